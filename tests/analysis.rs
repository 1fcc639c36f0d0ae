//! The figures against the expected numbers of the method, and against slow, plainly written enumerations.

use std::collections::BTreeMap;

use peel::analysis::{CustomerFigures, Report, leverage, report, rolled_if};
use peel::geom::pt;
use peel::model::{
    Agreement, Document, Edit, Handoff, HandoffId, HandoffKind, History, MapInfo, Operator, Party, PartyId, PartyKind,
    Requirement, RequirementId, Subject, check,
};

#[path = "analysis/against_oracles.rs"]
mod against_oracles;
#[path = "analysis/cost.rs"]
mod cost;
#[path = "analysis/findings.rs"]
mod findings;
#[path = "analysis/findings_random.rs"]
mod findings_random;
#[path = "analysis/findings_time.rs"]
mod findings_time;
#[path = "analysis/improve.rs"]
mod improve;
#[path = "analysis/leverage.rs"]
mod leverage;
#[path = "analysis/odd.rs"]
mod odd;
#[path = "analysis/output.rs"]
mod output;
#[path = "analysis/plans.rs"]
mod plans;
#[path = "analysis/rework.rs"]
mod rework;
#[path = "analysis/simulation.rs"]
mod simulation;
#[path = "analysis/snowball.rs"]
mod snowball;
#[path = "analysis/sums.rs"]
mod sums;
#[path = "analysis/timeline.rs"]
mod timeline;
#[path = "analysis/weak.rs"]
mod weak;

/// A map written down by names; built with any ids and in any order.
#[derive(Debug, Clone, Default)]
struct Plan {
    info: MapInfo,
    parties: Vec<Party>,
    /// The ends are indices into `parties`.
    handoffs: Vec<(Option<usize>, Option<usize>, Handoff)>,
}

impl Plan {
    fn party(&mut self, party: Party) -> usize {
        self.parties.push(party);
        self.parties.len() - 1
    }

    fn at(&self, name: &str) -> usize {
        self.parties.iter().position(|party| party.name == name).expect(name)
    }

    /// Ends are found by name: capital letters make processes, `>` in front an external customer, `<` a supplier.
    fn end(&mut self, name: &str) -> usize {
        let (kind, name) = match name.as_bytes().first() {
            Some(b'>') => (PartyKind::Customer, &name[1..]),
            Some(b'<') => (PartyKind::Supplier, &name[1..]),
            _ => (PartyKind::Process, name),
        };
        let known = self.parties.iter().position(|party| party.name == name);
        known.unwrap_or_else(|| self.party(Party::named(name, kind)))
    }

    fn handoff(&mut self, from: &str, to: &str, handoff: Handoff) -> &mut Handoff {
        let from = (!from.is_empty()).then(|| self.end(from));
        let to = (!to.is_empty()).then(|| self.end(to));
        self.handoffs.push((from, to, handoff));
        &mut self.handoffs.last_mut().expect("just pushed").2
    }

    /// Each handoff carries its number as item.
    fn of(handoffs: &[(&str, &str, Option<f64>)]) -> Self {
        let mut plan = Self::default();
        for (at, (from, to, pct)) in handoffs.iter().enumerate() {
            let handoff = Handoff { complete_accurate_pct: *pct, item: format!("item {at}"), ..Handoff::default() };
            plan.handoff(from, to, handoff);
        }
        plan
    }

    fn build(&self) -> Document {
        self.build_with(|at| at, false)
    }

    /// `number` gives each record another id; `backwards` adds the records in the opposite order.
    fn build_with(&self, number: impl Fn(usize) -> usize, backwards: bool) -> Document {
        let party = |at: usize| PartyId::parse(&format!("p{:06}", number(at))).expect("id");
        let mut edits = vec![Edit::SetInfo(self.info.clone())];
        for (at, record) in self.parties.iter().enumerate() {
            edits.push(Edit::PutParty(party(at), record.clone()));
            edits.push(Edit::Place(party(at), pt(0.0, 0.0)));
        }
        for (at, (from, to, handoff)) in self.handoffs.iter().enumerate() {
            let record = Handoff { supplier: from.map(party), customer: to.map(party), ..handoff.clone() };
            edits.push(Edit::PutHandoff(HandoffId::parse(&format!("h{:06}", number(at))).expect("id"), record));
        }
        if backwards {
            edits.reverse();
        }
        let mut document = Document::default();
        document.apply(edits).expect("a sound map");
        assert_eq!(check(&document), Vec::<String>::new(), "sound");
        document
    }
}

/// A step: name, PT h, wait after h, defects %, value-adding.
type Step = (&'static str, f64, f64, f64, bool);

/// Each step hands to the next, the last to the customer.
fn steps(steps: &[Step], customer: &str) -> Plan {
    let mut plan = Plan::default();
    for (name, hours, _, _, value) in steps {
        let party = Party::named(*name, PartyKind::Process);
        plan.party(Party { process_time_h: Some(*hours), value_adding: Some(*value), ..party });
    }
    for (at, (name, _, wait, defects, _)) in steps.iter().enumerate() {
        let to = steps.get(at + 1).map_or_else(|| format!(">{customer}"), |next| next.0.to_owned());
        let q = Some(100.0 - defects);
        let handoff = Handoff { wait_h: Some(*wait), complete_accurate_pct: q, item: name.to_string(), ..plain() };
        plan.handoff(name, &to, handoff);
    }
    plan
}

fn plain() -> Handoff {
    Handoff::default()
}

const LAB: &[Step] = &[
    ("collection", 0.25, 0.5, 3.0, true),
    ("transport", 0.5, 1.0, 2.0, false),
    ("accessioning", 0.25, 0.5, 5.0, true),
    ("analysis", 1.0, 2.0, 2.0, true),
    ("validation", 0.25, 0.5, 4.0, true),
    ("report", 0.1, 1.0, 1.0, true),
];

const LOAN: &[Step] = &[
    ("submission", 0.5, 0.0, 20.0, true),
    ("document check", 1.0, 24.0, 10.0, true),
    ("credit assessment", 2.0, 8.0, 5.0, true),
    ("risk review", 1.0, 24.0, 3.0, true),
    ("decision", 0.5, 48.0, 0.0, true),
    ("offer and acceptance", 0.25, 72.0, 5.0, true),
    ("disbursement", 0.25, 24.0, 1.0, true),
];

const RELEASE: &[Step] = &[
    ("development", 16.0, 0.0, 15.0, true),
    ("review", 1.0, 8.0, 10.0, true),
    ("automated tests", 0.5, 0.25, 5.0, true),
    ("staging", 0.25, 0.5, 2.0, true),
    ("QA", 2.0, 4.0, 8.0, true),
    ("approval", 0.25, 24.0, 0.0, false),
    ("production", 0.25, 0.25, 1.0, true),
    ("monitoring", 0.5, 0.0, 2.0, true),
];

/// The borrower hands in the application and is paid.
fn loan() -> Plan {
    let mut plan = steps(LOAN, "borrower");
    plan.handoff(">borrower", "submission", Handoff { item: "application".into(), wait_h: Some(0.0), ..plain() });
    let borrower = plan.at("borrower");
    assert_eq!(plan.handoffs.last().map(|(from, ..)| *from), Some(Some(borrower)), "one borrower");
    plan
}

fn close(actual: Option<f64>, expected: f64, within: f64, what: &str) {
    let actual = actual.unwrap_or_else(|| panic!("{what} is unknown"));
    assert!((actual - expected).abs() <= within, "{what}: {actual} is not {expected}");
}

fn only_customer(report: &Report) -> &CustomerFigures {
    assert_eq!(report.customers.len(), 1, "one customer");
    &report.customers[0]
}

/// The shares by the name of the supplier.
fn shares(document: &Document, figures: &CustomerFigures) -> BTreeMap<String, f64> {
    let supplier = |id| document.name_of(document.handoff(id).and_then(|h| h.supplier).expect("a supplier"));
    figures.quality.shares.iter().map(|share| (supplier(share.handoff), share.share)).collect()
}

#[test]
fn expected_numbers_of_the_three_templates() {
    // LT, PT, wait, PCE %, activity ratio %, rolled %, shares % in the order of the steps.
    type Case<'a> = (Plan, &'a [Step], [f64; 6], &'a [f64]);
    let cases: [Case<'_>; 3] = [
        (steps(LAB, "clinician"), LAB, [7.85, 2.35, 5.5, 23.57, 29.94, 84.1112], &[17.6, 11.7, 29.6, 11.7, 23.6, 5.8]),
        (loan(), LOAN, [205.5, 5.5, 200.0, 2.68, 2.68, 62.4003], &[47.3, 22.3, 10.9, 6.5, 0.0, 10.9, 2.1]),
        (steps(RELEASE, "users"), RELEASE, [57.75, 20.75, 37.0, 35.50, 35.93, 63.5712], &[]),
    ];
    for (plan, steps, [lead, process, wait, pce, activity, rolled], expected_shares) in cases {
        let document = plan.build();
        let report = report(&document);
        let figures = only_customer(&report);
        let time = &figures.lead_time;
        close(time.hours.value, lead, 1e-9, "lead time");
        close(time.process_time.value, process, 1e-9, "process time");
        close(time.wait.value, wait, 1e-9, "wait");
        close(time.pce(), pce / 100.0, 5e-5, "PCE");
        close(time.activity_ratio(), activity / 100.0, 5e-5, "activity ratio");
        close(figures.quality.complete_accurate.value, rolled / 100.0, 5e-7, "rolled %C&A");
        assert!(!time.is_at_least(), "every time is known");
        let shares = shares(&document, figures);
        for (step, share) in steps.iter().zip(expected_shares) {
            close(shares.get(step.0).copied(), share / 100.0, 5.1e-4, step.0);
        }
        close(Some(shares.values().sum()), 1.0, 1e-9, "shares");
    }
}

#[test]
fn quality_falls_step_by_step_along_the_laboratory() {
    let document = steps(LAB, "clinician").build();
    let chain = peel::analysis::Chain::new(&document);
    let names = ["transport", "accessioning", "analysis", "validation", "report", "clinician"];
    for (name, rolled) in names.into_iter().zip([97.00, 95.06, 90.31, 88.50, 84.96, 84.11]) {
        let party = chain.parties().iter().position(|(_, party)| party.name == name).expect(name);
        let quality = peel::analysis::quality(&chain, &chain.upstream(party));
        close(quality.complete_accurate.value, rolled / 100.0, 5.1e-5, name);
    }
}

#[test]
fn one_better_submission_lifts_the_loan() {
    let document = loan().build();
    let chain = peel::analysis::Chain::new(&document);
    let upstream = chain.upstream(chain.customers().next().expect("the borrower"));
    let (id, _) = document.handoffs().find(|(_, h)| h.item == "submission").expect("the handoff");
    let better = rolled_if(&chain, &upstream, id, 0.95);
    close(better.value, 0.741_003, 5e-7, "with 5 % defects");
    assert_eq!((better.known, better.of), (7, 8), "the application is unknown");
    close(leverage(0.8, 0.95).map(|factor| 0.624_003_f64 * factor), 0.741_003, 1e-6, "by leverage");
    let application = document.handoffs().find(|(_, h)| h.item == "application").expect("the handoff").0;
    close(rolled_if(&chain, &upstream, application, 0.5).value, 0.312_001, 1e-6, "an unknown one becomes known");
    assert_eq!(leverage(0.0, 0.5), None, "nothing times anything is nothing");
    let path = &report(&document).customers[0].lead_time.parties;
    assert_eq!((path.len(), path.first()), (9, path.last()), "from the borrower to the borrower");
}

#[test]
fn a_shared_ancestor_counts_once() {
    let q = Some(90.0);
    let plan = Plan::of(&[("S", "A", q), ("A", "B", q), ("A", "C", q), ("B", ">D", q), ("C", ">D", q)]);
    let report = report(&plan.build());
    close(only_customer(&report).quality.complete_accurate.value, 0.59049, 1e-12, "five handoffs");
}

#[test]
fn five_steps_by_the_hours_of_the_day() {
    let days = [1.0, 0.5, 5.0, 2.0, 1.0];
    let minutes = [10.0, 5.0, 120.0, 30.0, 15.0];
    let quality = [50.0, 75.0, 85.0, 99.0, 95.0];
    for (day, ratio) in [(8.0, 0.03947), (24.0, 0.01316)] {
        let mut plan = Plan { info: MapInfo { hours_per_day: day, ..MapInfo::default() }, ..Plan::default() };
        let times = minutes.map(|minutes| minutes / 60.0);
        for (at, time) in times.into_iter().enumerate() {
            let party = Party::named(format!("step {at}"), PartyKind::Process);
            plan.party(Party { process_time_h: Some(time), ..party });
        }
        for at in 0..5 {
            let wait_h = Some(days[at] * day - times[at]);
            let handoff = Handoff { wait_h, complete_accurate_pct: Some(quality[at]), ..plain() };
            let to = if at == 4 { ">end".into() } else { format!("step {}", at + 1) };
            plan.handoff(&format!("step {at}"), &to, handoff);
        }
        let report = report(&plan.build());
        let figures = only_customer(&report);
        close(figures.lead_time.hours.value.map(|hours| hours / day), 9.5, 1e-9, "days");
        close(figures.lead_time.process_time.value, 3.0, 1e-9, "PT");
        close(figures.lead_time.activity_ratio(), ratio, 5e-6, "activity ratio");
        close(figures.quality.complete_accurate.value, 0.29978, 5e-6, "rolled");
        assert_eq!(figures.lead_time.pce(), None, "nobody said what adds value");
    }
}

#[test]
fn edge_cases_have_defined_results() {
    let empty = report(&Document::default());
    assert_eq!(empty, Report::default(), "nothing in, nothing out");

    let one = report(&Plan::of(&[("A", ">C", Some(80.0))]).build());
    let figures = only_customer(&one);
    assert_eq!(figures.quality.complete_accurate.value, Some(0.8), "one handoff");
    assert_eq!(figures.quality.shares[0].share, 1.0, "takes everything");
    assert_eq!(figures.lead_time.hours.value, None, "no time is known");
    assert_eq!((figures.lead_time.hours.known, figures.lead_time.hours.of), (0, 2), "PT and wait");

    let q = [("A", "B", Some(0.0)), ("B", "D", Some(0.0)), ("D", "E", Some(50.0)), ("E", ">C", None)];
    let zero = report(&Plan::of(&q).build());
    let figures = only_customer(&zero);
    assert_eq!(figures.quality.complete_accurate.value, Some(0.0), "q = 0");
    assert_eq!((figures.quality.complete_accurate.known, figures.quality.complete_accurate.of), (3, 4), "over");
    let shares: Vec<f64> = figures.quality.shares.iter().map(|share| share.share).collect();
    assert_eq!(shares, [0.5, 0.5, 0.0], "those with 0 share everything, the unknown one is not there");

    let perfect = report(&Plan::of(&[("A", "B", Some(100.0)), ("B", ">C", Some(100.0))]).build());
    let figures = only_customer(&perfect);
    assert_eq!(figures.quality.complete_accurate.value, Some(1.0), "q = 100 %");
    assert!(figures.quality.shares.iter().all(|share| share.share == 0.0), "nothing lost, no shares");

    let mut plan = steps(&[("A", 0.0, 0.0, 10.0, true)], "C");
    let figures = &report(&plan.build()).customers[0];
    assert_eq!(figures.lead_time.hours.value, Some(0.0), "LT = 0");
    assert_eq!((figures.lead_time.pce(), figures.lead_time.activity_ratio()), (None, None), "no ratio of nothing");
    plan.parties[1].kind = PartyKind::Process;
    let nobody = report(&plan.build());
    assert!(nobody.customers.is_empty(), "no customer");
    assert!(nobody.parties.iter().all(|party| party.nearest.is_none() && party.longest.is_none()), "unconnected");
    assert!(nobody.findings.iter().any(|f| f.kind == "no-external-customer"), "is said");

    let lonely = report(&Plan { parties: vec![Party::named("C", PartyKind::Customer)], ..Plan::default() }.build());
    let figures = only_customer(&lonely);
    assert!(figures.lead_time.parties.is_empty() && figures.quality.shares.is_empty(), "nothing comes");
    assert_eq!((figures.quality.complete_accurate.value, lonely.parties[0].nearest), (None, Some(0)), "unknown");
}

#[test]
fn a_loop_is_opened_where_work_goes_back() {
    let q = Some(90.0);
    // D sends work back to B by a handoff that should have been rework.
    let mut plan = Plan::of(&[("A", "B", q), ("B", "D", q), ("D", "E", q), ("E", ">C", q), ("D", "B", q)]);
    for party in &mut plan.parties {
        party.process_time_h = Some(1.0);
    }
    let document = plan.build();
    let report = report(&document);
    let figures = only_customer(&report);
    assert_eq!(figures.lead_time.hours.value, Some(4.0), "every process once");
    let left_out: Vec<_> =
        figures.lead_time.left_out.iter().map(|id| &document.handoff(*id).expect("h").item).collect();
    assert_eq!(left_out, ["item 4"], "the one that goes back");
    close(figures.quality.complete_accurate.value, 0.9_f64.powi(5), 1e-12, "quality is lost on it all the same");
    let layers: Vec<_> = report.parties.iter().map(|party| (party.nearest, party.longest)).collect();
    let expected = [Some(4), Some(3), Some(0), Some(2), Some(1)];
    assert_eq!(layers, expected.map(|layer| (layer, layer)), "A B C D E");
    let found = report.findings.iter().find(|f| f.kind == "loop-in-forward-handoffs").expect("is said");
    assert_eq!(found.subject, figures.lead_time.left_out.first().map(|id| Subject::Handoff(*id)), "where");
    assert!(found.message(&document).contains("B → D → B"), "{}", found.message(&document));
}

#[test]
fn a_dead_end_does_not_decide_where_a_loop_opens() {
    let plan = Plan::of(&[("B", "D", None), ("A", "B", None), ("B", "A", None), ("A", ">X", None)]);
    let report = report(&plan.build());
    let layers: Vec<_> = report.parties.iter().map(|party| (party.nearest, party.longest)).collect();
    let expected = [Some(1), Some(2), None, Some(0)];
    assert_eq!(layers, expected.map(|layer| (layer, layer)), "A B D X: B still reaches X by way of A");
}

#[test]
fn each_customer_keeps_all_that_feeds_it() {
    // A and B feed each other, and each a customer: no single handoff can be left out for both.
    let mut plan = Plan::of(&[("A", "B", None), ("B", "A", None), ("A", ">X", None), ("B", ">Y", None)]);
    for party in &mut plan.parties {
        party.process_time_h = Some(2.0);
    }
    let report = report(&plan.build());
    let times: Vec<_> = report.customers.iter().map(|figures| figures.lead_time.hours.value).collect();
    assert_eq!(times, [Some(4.0), Some(4.0)], "both processes, for both customers");
}

#[test]
fn nothing_is_followed_through_an_external_customer() {
    let q = Some(50.0);
    // What X gets is not upstream of what it gives.
    let mut plan = Plan::of(&[("A", ">X", q), (">X", "B", q), ("B", ">Y", q)]);
    plan.parties[0].process_time_h = Some(7.0);
    let document = plan.build();
    let report = report(&document);
    let [x, y] = report.customers.as_slice() else { panic!("two customers") };
    assert_eq!(x.quality.complete_accurate.value, Some(0.5), "one handoff");
    assert_eq!(y.quality.complete_accurate.value, Some(0.25), "two, from X on");
    assert_eq!(x.lead_time.hours.value, Some(7.0), "A");
    assert_eq!(y.lead_time.hours.value, None, "nothing known from X on");
    assert_eq!(y.lead_time.parties.len(), 3, "X, B, Y");
    assert!(!report.findings.iter().any(|f| f.kind == "loop-in-forward-handoffs"), "no loop");
}

#[test]
fn unknown_times_make_it_at_least() {
    let mut plan = steps(&[("A", 1.0, 2.0, 0.0, true), ("B", 4.0, 0.0, 0.0, true)], "C");
    plan.parties[1].process_time_h = None;
    plan.parties[0].value_adding = None;
    let report = report(&plan.build());
    let time = &only_customer(&report).lead_time;
    assert_eq!((time.hours.value, time.hours.known, time.hours.of), (Some(3.0), 3, 4), "adds nothing");
    assert!(time.is_at_least(), "and is said");
    assert_eq!((time.process_time.known, time.process_time.of), (1, 2), "one PT of two");
    assert_eq!((time.value_adding.value, time.pce()), (None, None), "nothing is known to add value");
}

#[test]
fn the_lead_time_of_a_process_holds_its_own_time() {
    let document = steps(LAB, "clinician").build();
    let chain = peel::analysis::Chain::new(&document);
    for (name, hours, parties) in [("collection", 0.25, 1), ("transport", 1.25, 2), ("clinician", 7.85, 7)] {
        let party = chain.parties().iter().position(|(_, party)| party.name == name).expect(name);
        let time = peel::analysis::lead_time(&chain, &chain.upstream(party));
        close(time.hours.value, hours, 1e-9, name);
        assert_eq!(time.parties.len(), parties, "{name}");
        assert_eq!(time.parties.last(), chain.parties().get(party).map(|(id, _)| id), "{name} comes last");
    }
}

#[test]
fn punctuality_starts_where_inputs_meet() {
    let mut plan = Plan::of(&[("A", "M", None), ("B", "M", None), ("D", "M", None), ("M", ">C", None)]);
    for (at, pct) in [(0, 80.0), (1, 50.0), (2, 10.0), (3, 90.0)] {
        plan.handoffs[at].2.on_time_pct = Some(pct);
    }
    plan.handoffs[2].2.critical = false;
    plan.handoff("C", "M", Handoff { kind: HandoffKind::Rework, on_time_pct: Some(1.0), ..plain() });
    let document = plan.build();
    let report = report(&document);
    let start = |name: &str| {
        let figures = report.parties.iter().find(|p| document.name_of(p.party) == name).expect(name);
        (figures.on_time_start.value, figures.on_time_start.of)
    };
    assert_eq!(start("M"), (Some(0.4), 2), "critical forward inputs only");
    assert_eq!(start("A"), (None, 0), "no inputs");
    close(only_customer(&report).quality.on_time.value, 0.36, 1e-12, "rolled on time");
}

#[test]
fn silos_count_what_crosses_a_known_boundary() {
    let handoffs = [("A", "B", 80.0), ("B", "D", 50.0), ("D", "E", 90.0), ("E", ">C", 90.0), ("<S", "A", 90.0)];
    let mut plan = Plan::of(&handoffs.map(|(from, to, q)| (from, to, Some(q))));
    for (name, department) in [("A", "Sales"), ("B", " Sales "), ("D", "Plant"), ("C", "Client"), ("S", "Vendor")] {
        let at = plan.at(name);
        plan.parties[at].department = department.into();
    }
    plan.handoff("D", "A", Handoff { kind: HandoffKind::Rework, ..plain() });
    let report = report(&plan.build());
    let silos = &report.silos;
    assert_eq!((silos.handoffs, silos.of, silos.crossing), (3, 4, 2), "E has no department; S and C need none");
    let flows: Vec<_> = silos.matrix.iter().map(|f| (f.from.as_str(), f.to.as_str(), f.handoffs)).collect();
    assert_eq!(flows, [("Plant", "Sales", 1), ("Sales", "Plant", 1), ("Sales", "Sales", 1)], "matrix");
    let lost = |q: f64| q.ln();
    let all = lost(0.8) + lost(0.5) + 3.0 * lost(0.9);
    close(silos.share_of_loss, lost(0.5) / all, 1e-12, "B → D of everything");
}

#[test]
fn deep_and_wide_maps_are_computed_without_recursion() {
    const DEEP: usize = 60_000;
    let names: Vec<String> = (0..DEEP).map(|at| format!("step {at:06}")).collect();
    let mut plan = Plan::default();
    for name in &names {
        plan.party(Party { process_time_h: Some(1.0), ..Party::named(name, PartyKind::Process) });
    }
    let customer = plan.party(Party::named("customer", PartyKind::Customer));
    let handoff = |q: f64| Handoff { complete_accurate_pct: Some(q), item: "item".into(), ..plain() };
    for at in 0..DEEP {
        plan.handoffs.push((Some(at), Some(if at + 1 < DEEP { at + 1 } else { customer }), handoff(99.0)));
    }
    // One loop as long as the chain.
    plan.handoffs.push((Some(DEEP - 1), Some(0), handoff(100.0)));
    let report = report(&plan.build());
    let figures = only_customer(&report);
    assert_eq!(figures.lead_time.hours.value, Some(DEEP as f64), "length");
    assert_eq!(figures.lead_time.left_out.len(), 1, "the loop");
    assert_eq!(figures.quality.complete_accurate.of, DEEP + 1, "handoffs");
    assert_eq!(report.parties.iter().filter_map(|p| p.longest).max(), Some(DEEP), "layers");
}

fn requirement(id: usize, actual: Option<f64>) -> Requirement {
    Requirement {
        measure: "share".into(),
        unit: "%".into(),
        operator: Some(Operator::AtLeast),
        target: Some(80.0),
        observations: actual.map(History::of).unwrap_or_default(),
        ..Requirement::new(RequirementId::parse(&format!("r{id}")).expect("id"), format!("requirement {id}"))
    }
}

/// Agreed, with a requirement that is met: nothing to find.
fn sound(mut handoff: Handoff) -> Handoff {
    handoff.agreement = Agreement::Agreed;
    handoff.requirements = vec![requirement(0, Some(90.0))];
    if handoff.item.is_empty() {
        handoff.item = "item".into();
    }
    handoff
}
