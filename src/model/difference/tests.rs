//! Every field of every record has its words.

use super::*;
use crate::geom::pt;
use crate::model::*;

fn small() -> Document {
    let (sales, lab) = (PartyId::parse("sales").unwrap(), PartyId::parse("lab").unwrap());
    let mut handoff = Handoff::between(Some(sales), Some(lab), "order");
    handoff.requirements = vec![Requirement::new(RequirementId::parse("r1").unwrap(), "complete")];
    let mut document = Document::default();
    let edits = vec![
        Edit::PutParty(sales, Party::named("Sales", PartyKind::Process)),
        Edit::Place(sales, pt(0.0, 0.0)),
        Edit::PutParty(lab, Party::named("Lab", PartyKind::Customer)),
        Edit::Place(lab, pt(300.0, 0.0)),
        Edit::PutHandoff(HandoffId::parse("h").unwrap(), handoff),
    ];
    document.apply(edits).expect("sound");
    document
}

fn changed(edits: Vec<Edit>) -> Vec<String> {
    let before = small();
    let mut after = before.clone();
    after.apply(edits).expect("sound");
    difference(&before, &after)
}

#[test]
fn records_that_come_and_go_are_named() {
    let before = small();
    assert_eq!(difference(&before, &before), [""; 0]);
    assert_eq!(
        difference(&Document::default(), &before),
        ["party “Lab” added", "party “Sales” added", "handoff “Sales → Lab: order” added"]
    );
    let lab = PartyId::parse("lab").unwrap();
    assert_eq!(changed(vec![Edit::RemoveParty(lab)]), ["handoff “Sales → Lab: order” removed", "party “Lab” removed"]);
    let sales = PartyId::parse("sales").unwrap();
    assert_eq!(changed(vec![Edit::Place(lab, pt(1.0, 1.0)), Edit::Place(sales, pt(2.0, 2.0))]), ["2 cards moved"]);
    assert_eq!(changed(vec![Edit::Place(lab, pt(1.0, 1.0))]), ["1 card moved"]);
}

type PartyChange = (fn(&mut Party), &'static str);
type HandoffChange = (fn(&mut Handoff), &'static str);

#[test]
fn every_field_of_a_party_has_its_words() {
    let table: [PartyChange; 9] = [
        (|p| p.name = "Order desk".into(), "name “Sales” → “Order desk”"),
        (|p| p.kind = PartyKind::Supplier, "kind Process → External supplier"),
        (|p| p.department = "Trade".into(), "department nothing → “Trade”"),
        (|p| p.owner = "Ada".into(), "owner nothing → “Ada”"),
        (|p| p.promise = "quick".into(), "promise nothing → “quick”"),
        (|p| p.notes = "a\nb".into(), "notes nothing → “a b”"),
        (|p| p.process_time_h = Some(0.25), "process time unknown → 0.25 h"),
        (|p| p.value_adding = Some(false), "value-adding unknown → no"),
        (|p| p.rate_per_h = Some(60.0), "rate per hour unknown → 60"),
    ];
    let sales = PartyId::parse("sales").unwrap();
    for (change, words) in table {
        let mut party = (**small().party(sales).unwrap()).clone();
        change(&mut party);
        assert_eq!(changed(vec![Edit::PutParty(sales, party)]), [format!("party “Sales”: {words}")]);
    }
}

#[test]
fn every_field_of_a_handoff_has_its_words() {
    let table: [HandoffChange; 46] = [
        (|h| h.supplier = None, "supplier Sales → nobody"),
        (|h| h.customer = None, "customer Lab → nobody"),
        (|h| h.item = "request".into(), "item “order” → “request”"),
        (|h| h.form = Form::Material, "form Information → Material"),
        (|h| h.kind = HandoffKind::Rework, "kind Forward → Rework"),
        (|h| h.critical = false, "critical yes → no"),
        (|h| h.wait_h = Some(2.0), "wait unknown → 2 h"),
        (|h| h.complete_accurate_pct = Some(90.0), "%C&A unknown → 90"),
        (|h| h.on_time_pct = Some(80.5), "on time unknown → 80.5 %"),
        (|h| h.volume = Some(10.0), "volume unknown → 10"),
        (|h| h.period = Period::Day, "period month → day"),
        (|h| h.known = Some(Known::Sample), "known by unknown → Sample"),
        (|h| h.sample_size = Some(500.0), "sample size unknown → 500"),
        (|h| h.check_h = Some(0.1), "checking unknown → 0.1 h"),
        (|h| h.fix_receiver_h = Some(0.5), "mending by the receiver unknown → 0.5 h"),
        (|h| h.fix_supplier_h = Some(2.0), "mending by the supplier unknown → 2 h"),
        (|h| h.late_h = Some(3.0), "lateness unknown → 3 h"),
        (|h| h.late_cost_per_h = Some(20.0), "cost of an hour late unknown → 20"),
        (|h| h.escape_pct = Some(5.0), "escaping defects unknown → 5 %"),
        (|h| h.escape_cost = Some(400.0), "cost of an escaped defect unknown → 400"),
        (|h| h.agreement = Agreement::Agreed, "agreement None → Agreed"),
        (|h| h.contact = "Ana".into(), "contact nothing → “Ana”"),
        (|h| h.valid_until = Some(when("2026-Q4")), "valid until unknown → 2026-Q4"),
        (|h| h.ask = "sooner".into(), "ask nothing → “sooner”"),
        (|h| h.offer = "a form".into(), "offer nothing → “a form”"),
        (|h| h.told.push(Told::default()), "told somebody (none) added"),
        (|h| h.roles.push(Role::default()), "role of somebody (responsible) added"),
        (|h| h.ratings.push(Rating::default()), "rating by somebody (receiver) added"),
        (|h| h.wait_low_h = Some(1.0), "shortest wait unknown → 1 h"),
        (|h| h.wait_high_h = Some(9.0), "longest wait unknown → 9 h"),
        (|h| h.dismissed.push(aside("first")), "dismissal of fence added"),
        (|h| h.notes = "x".repeat(50), "notes nothing → “xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”"),
        (|h| h.requirements.clear(), "requirement “complete” removed"),
        (
            |h| h.requirements.push(Requirement::new(RequirementId::parse("r2").unwrap(), "")),
            "requirement without words added",
        ),
        (|h| h.requirements[0].text = "whole".into(), "requirement “complete”: text “complete” → “whole”"),
        (|h| h.requirements[0].measure = "share".into(), "requirement “complete”: measure nothing → “share”"),
        (|h| h.requirements[0].unit = "%".into(), "requirement “complete”: unit nothing → “%”"),
        (|h| h.requirements[0].operator = Some(Operator::AtMost), "requirement “complete”: comparison none → <="),
        (|h| h.requirements[0].target = Some(-5.0), "requirement “complete”: target unknown → -5"),
        (|h| h.requirements[0].tolerance = Some(0.5), "requirement “complete”: tolerance unknown → 0.5"),
        (|h| h.requirements[0].must = false, "requirement “complete”: must yes → no"),
        (|h| h.requirements[0].weight = 3.0, "requirement “complete”: weight 1 → 3"),
        (|h| h.requirements[0].basic = true, "requirement “complete”: basic no → yes"),
        (|h| h.requirements[0].observations = History::of(7.0), "requirement “complete”: undated observation: 7 added"),
        (|h| h.requirements[0].id = RequirementId::parse("r9").unwrap(), "requirement “complete” removed"),
        (|h| h.item = String::new(), "item “order” → nothing"),
    ];
    let id = HandoffId::parse("h").unwrap();
    for (change, words) in table {
        let mut handoff = (**small().handoff(id).unwrap()).clone();
        change(&mut handoff);
        let lines = changed(vec![Edit::PutHandoff(id, handoff)]);
        assert_eq!(lines[0], format!("handoff “Sales → Lab: order”: {words}"));
    }
}

#[test]
fn what_is_said_of_the_map_has_its_words() {
    let lane_order = vec!["Trade".into(), "Ops".into()];
    let aside = Dismissal { kind: "loop".into(), part: None, reason: "so meant".into(), when: None };
    let info = MapInfo {
        title: "New".into(),
        notes: "n".into(),
        hours_per_day: 7.5,
        currency: "€".into(),
        lane_order,
        stale_after_days: 30.0,
        review: Some(Schedule {
            every: Interval { count: 3, unit: Period::Month },
            first: "2026-12-31".parse().unwrap(),
        }),
        dismissed: vec![aside],
    };
    assert_eq!(
        changed(vec![Edit::SetInfo(info)]),
        [
            "map: title nothing → “New”",
            "map: notes nothing → “n”",
            "map: working day 8 h → 7.5 h",
            "map: currency nothing → “€”",
            "map: order of lanes nothing → “Trade, Ops”",
            "map: stale after 90 d → 30 d",
            "map: reviews none → every 3 months from 2026-12-31",
            "map: dismissal of loop added"
        ]
    );
    let long = |end: &str| MapInfo { notes: "x".repeat(50) + end, ..MapInfo::default() };
    let (mut before, mut after) = (small(), small());
    before.apply(vec![Edit::SetInfo(long("a"))]).unwrap();
    after.apply(vec![Edit::SetInfo(long("b"))]).unwrap();
    assert_eq!(difference(&before, &after), ["map: notes changed"], "behind what is shown");
}

fn aside(reason: &str) -> Dismissal {
    Dismissal { kind: "fence".into(), part: None, reason: reason.into(), when: None }
}

#[test]
fn a_dismissal_and_a_scenario_have_their_words() {
    let (before, id) = (told(), HandoffId::parse("h").unwrap());
    let put = |document: &Document, dismissal: Dismissal| {
        let mut handoff = (**document.handoff(id).unwrap()).clone();
        handoff.dismissed = vec![dismissal];
        Edit::PutHandoff(id, handoff)
    };
    let (mut first, mut second) = (before.clone(), before.clone());
    first.apply(vec![put(&before, aside("first"))]).unwrap();
    second.apply(vec![put(&before, Dismissal { when: Some(when("2026-05")), ..aside("second") })]).unwrap();
    let of = "handoff “Sales → Lab: order”: dismissal of fence";
    let lines = [format!("{of}: reason “first” → “second”"), format!("{of}: date unknown → 2026-05")];
    assert_eq!(difference(&first, &second), lines);

    let s = ScenarioId::parse("s").unwrap();
    let change = |subject, lever, value| Change { subject, lever, value, why: String::new() };
    let sales = Subject::Party(PartyId::parse("sales").unwrap());
    let old = Scenario {
        name: "Soon".into(),
        changes: vec![
            change(Subject::Handoff(id), Lever::CompleteAccurate, 80.0),
            change(sales, Lever::ProcessTime, 1.0),
        ],
        ..Scenario::default()
    };
    let new = Scenario {
        name: "Later".into(),
        notes: "n".into(),
        cost: Some(100.0),
        rank: 2,
        changes: vec![
            Change { why: "a form".into(), ..change(Subject::Handoff(id), Lever::CompleteAccurate, 95.0) },
            change(Subject::Handoff(id), Lever::Wait, 2.0),
        ],
        handoffs: [(id, Altered { what: Alteration::Removed, why: "not needed".into() })].into(),
        ..Scenario::default()
    };
    let (mut first, mut second) = (before.clone(), before.clone());
    first.apply(vec![Edit::PutScenario(s, old)]).unwrap();
    second.apply(vec![Edit::PutScenario(s, new)]).unwrap();
    assert_eq!(difference(&before, &first), ["scenario “Soon” added"]);
    assert_eq!(difference(&first, &before), ["scenario “Soon” removed"]);
    let lines = [
        "name “Soon” → “Later”",
        "notes nothing → “n”",
        "cost unknown → 100",
        "%C&A of “Sales → Lab: order” 80 % → 95 %",
        "why %C&A of “Sales → Lab: order” nothing → “a form”",
        "Process time of “Sales” is no longer changed",
        "Wait of “Sales → Lab: order” would be 2 h",
        "“Sales → Lab: order” would go",
        "why “Sales → Lab: order” nothing → “not needed”",
        "place in the order changed",
    ];
    assert_eq!(difference(&first, &second), lines.map(|line| format!("scenario “Soon”: {line}")));
}

fn when(text: &str) -> When {
    When::parse(text).expect(text)
}

fn seen(month: &str, value: f64) -> Observation {
    Observation { when: Some(when(month)), ..Observation::of(value) }
}

/// The small map, with all that people say of their work.
fn told() -> Document {
    let mut document = small();
    let (sales, id) = (PartyId::parse("sales").unwrap(), HandoffId::parse("h").unwrap());
    let mut party = (**document.party(sales).unwrap()).clone();
    let measures = ["m1", "m2"].map(|id| {
        let history = History::new(vec![seen("2026-01", 2.0), seen("2026-02", 3.0)]);
        let id = MeasureId::parse(id).unwrap();
        Measure { unit: "h".into(), target: Some(3.0), observations: history, ..Measure::new(id, format!("time {id}")) }
    });
    party.measures = measures.to_vec();
    let voice = |id, kind, text| Voice::new(VoiceId::parse(id).unwrap(), PartyId::parse("lab").ok(), kind, text);
    party.voices = vec![voice("e1", VoiceKind::Expectation, "quick"), voice("e2", VoiceKind::Challenge, "")];
    let mut handoff = (**document.handoff(id).unwrap()).clone();
    let told =
        |month, who: &str| Told { when: Some(when(month)), who: who.into(), state: Agreement::Sent, ..Told::default() };
    handoff.told = vec![told("2026-01", "Ana"), told("2026-03-31", "Bo")];
    handoff.roles = ["Ana", "Bo"].map(|who| Role { who: who.into(), raci: Raci::Consulted }).to_vec();
    let rated = |side, who: &str| Rating { side, who: who.into(), when: Some(when("2026")), marks: [Some(7.0); 4] };
    handoff.ratings = vec![rated(Side::Supplier, "Ana"), rated(Side::Receiver, "Bo")];
    handoff.requirements[0].unit = "%".into();
    handoff.requirements[0].observations =
        [seen("2026-01", 40.0), seen("2026-02", 45.0), seen("2026-02", 46.0)].into_iter().collect();
    document.apply(vec![Edit::PutParty(sales, party), Edit::PutHandoff(id, handoff)]).expect("sound");
    document
}

/// The lines, without what they all begin with.
fn lines_since(before: &Document, edit: Edit, start: &str) -> Vec<String> {
    let mut after = before.clone();
    after.apply(vec![edit]).expect("sound");
    let lines = difference(before, &after);
    lines.into_iter().map(|line| line.strip_prefix(start).unwrap_or(&line).to_owned()).collect()
}

#[test]
fn what_the_sides_of_a_handoff_say_has_its_words() {
    type Change = (fn(&mut Handoff), &'static [&'static str]);
    let table: &[Change] = &[
        (|h| h.told[1].who = "Cy".into(), &["told Bo (sent, 2026-03-31): who “Bo” → “Cy”"]),
        (|h| h.told[0].what = "80 %".into(), &["told Ana (sent, 2026-01): what nothing → “80 %”"]),
        (|h| h.told[0].state = Agreement::Draft, &["told Ana (sent, 2026-01): state Sent → Draft"]),
        (|h| drop(h.told.remove(0)), &["told Ana (sent, 2026-01) removed"]),
        (
            |h| h.told[0].when = Some(when("2026-02")),
            &["told Ana (sent, 2026-01) removed", "told Ana (sent, 2026-02) added"],
        ),
        (|h| h.told.reverse(), &["what was told in another order"]),
        (|h| h.roles[0].raci = Raci::Accountable, &["role of Ana: Consulted → Accountable"]),
        (|h| drop(h.roles.pop()), &["role of Bo (consulted) removed"]),
        (|h| h.roles.insert(0, Role { who: "Ana".into(), raci: Raci::Informed }), &["role of Ana (informed) added"]),
        (|h| h.roles.swap(0, 1), &["roles in another order"]),
        (|h| h.ratings[0].marks[0] = Some(8.0), &["rating by Ana (supplier, 2026): speed 7 → 8"]),
        (|h| h.ratings[1].marks[1] = None, &["rating by Bo (receiver, 2026): ease of doing business 7 → unknown"]),
        (|h| h.ratings[1].marks[2] = None, &["rating by Bo (receiver, 2026): proactive and anticipating 7 → unknown"]),
        (|h| h.ratings[1].marks[3] = Some(1.0), &["rating by Bo (receiver, 2026): overall 7 → 1"]),
        (
            |h| h.ratings[1].side = Side::Supplier,
            &["rating by Bo (receiver, 2026) removed", "rating by Bo (supplier, 2026) added"],
        ),
        (|h| h.ratings.reverse(), &["ratings in another order"]),
    ];
    let (before, id) = (told(), HandoffId::parse("h").unwrap());
    for (change, words) in table {
        let mut handoff = (**before.handoff(id).unwrap()).clone();
        change(&mut handoff);
        assert_eq!(lines_since(&before, Edit::PutHandoff(id, handoff), "handoff “Sales → Lab: order”: "), *words);
    }
}

#[test]
fn what_was_observed_has_its_words() {
    type Change = (fn(&mut History), &'static [&'static str]);
    let table: &[Change] = &[
        (
            |h| {
                h.add(seen("2026-03", 80.0));
            },
            &["observation 2026-03: 80 % added"],
        ),
        (|h| h.remove(1), &["observation 2026-02: 45 % removed"]),
        (
            |h| {
                h.change(2, |o| o.value = 50.5);
            },
            &["observation 2026-02: value 46 % → 50.5 %"],
        ),
        (
            |h| {
                h.change(0, |o| o.sample_size = Some(40.0));
            },
            &["observation 2026-01: sample size unknown → 40"],
        ),
        (
            |h| {
                h.change(0, |o| o.known = Some(Known::Guess));
            },
            &["observation 2026-01: known by unknown → Guess"],
        ),
        (
            |h| {
                h.change(0, |o| o.by = "Ana".into());
            },
            &["observation 2026-01: by nothing → “Ana”"],
        ),
        (
            |h| {
                h.change(0, |o| o.when = None);
            },
            &["observation 2026-01: 40 % removed", "undated observation: 40 % added"],
        ),
        (
            |h| *h = History::of(1.0),
            &[
                "observation 2026-01: 40 % removed",
                "observation 2026-02: 45 % removed",
                "observation 2026-02: 46 % removed",
                "undated observation: 1 % added",
            ],
        ),
    ];
    let (before, id) = (told(), HandoffId::parse("h").unwrap());
    for (change, words) in table {
        let mut handoff = (**before.handoff(id).unwrap()).clone();
        change(&mut handoff.requirements[0].observations);
        let start = "handoff “Sales → Lab: order”: requirement “complete”: ";
        assert_eq!(lines_since(&before, Edit::PutHandoff(id, handoff), start), *words);
    }
}

#[test]
fn measures_and_what_customers_said_have_their_words() {
    type Change = (fn(&mut Party), &'static [&'static str]);
    let table: &[Change] = &[
        (|p| p.measures[0].name = "wait".into(), &["measure “time m1”: name “time m1” → “wait”"]),
        (|p| p.measures[0].unit = String::new(), &["measure “time m1”: unit “h” → nothing"]),
        (
            |p| p.measures[0].direction = Direction::Lower,
            &["measure “time m1”: direction higher is better → lower is better"],
        ),
        (|p| p.measures[0].target = Some(4.0), &["measure “time m1”: target 3 h → 4 h"]),
        (|p| p.measures[0].tolerance = Some(0.5), &["measure “time m1”: tolerance unknown → 0.5 h"]),
        (|p| p.measures[0].timing = Some(Timing::Leading), &["measure “time m1”: timing unknown → leading"]),
        (|p| p.measures[0].serves_promise = true, &["measure “time m1”: serves the promise no → yes"]),
        (|p| p.measures[0].observations.remove(1), &["measure “time m1”: observation 2026-02: 3 h removed"]),
        (|p| drop(p.measures.remove(0)), &["measure “time m1” removed"]),
        (|p| p.measures.push(Measure::new(MeasureId::parse("m3").unwrap(), "")), &["measure without words added"]),
        (|p| p.measures.reverse(), &["measures in another order"]),
        (|p| p.voices[0].customer = None, &["expectation “quick”: customer Lab → nobody"]),
        (|p| p.voices[0].customer = PartyId::parse("gone").ok(), &["expectation “quick”: customer Lab → gone"]),
        (|p| p.voices[0].kind = VoiceKind::Challenge, &["expectation “quick”: kind Expectation → Challenge"]),
        (|p| p.voices[1].text = "late".into(), &["challenge without words: text nothing → “late”"]),
        (|p| p.voices[0].importance = Some(9.0), &["expectation “quick”: importance unknown → 9"]),
        (|p| p.voices[0].satisfaction = Some(3.0), &["expectation “quick”: satisfaction unknown → 3"]),
        (|p| p.voices[0].source = "survey".into(), &["expectation “quick”: source nothing → “survey”"]),
        (|p| p.voices[0].when = Some(when("2026-W07")), &["expectation “quick”: date unknown → 2026-W07"]),
        (|p| p.voices[0].people = Some(12.0), &["expectation “quick”: people unknown → 12"]),
        (|p| p.voices.rotate_left(1), &["expectations in another order"]),
        (
            |p| p.voices[0] = Voice::new(VoiceId::parse("e3").unwrap(), None, VoiceKind::Recommendation, "yes"),
            &["expectation “quick” removed", "recommendation “yes” added"],
        ),
    ];
    let (before, id) = (told(), PartyId::parse("sales").unwrap());
    for (change, words) in table {
        let mut party = (**before.party(id).unwrap()).clone();
        change(&mut party);
        assert_eq!(lines_since(&before, Edit::PutParty(id, party), "party “Sales”: "), *words);
    }
}

#[test]
fn long_lists_are_compared_at_once() {
    let (id, mut before) = (HandoffId::parse("h").unwrap(), small());
    let with = |value: fn(usize) -> f64| {
        let mut handoff = (**small().handoff(id).unwrap()).clone();
        handoff.requirements[0].observations = (0..MOST_OBSERVATIONS).map(|i| Observation::of(value(i))).collect();
        Edit::PutHandoff(id, handoff)
    };
    before.apply(vec![with(|i| i as f64)]).expect("sound");
    assert_eq!(lines_since(&before, with(|i| -1.0 - i as f64), "").len(), MOST_OBSERVATIONS);
}
