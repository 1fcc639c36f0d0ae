//! Which findings random maps raise, against each rule written out as a sentence of the method, and what is put aside.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::plans::*;
use super::*;
use jiff::ToSpan as _;
use jiff::civil::Date;
use peel::analysis::findings::ALL;
use peel::analysis::{Finding, report_on};
use peel::model::ops::{dismiss, raise_again};
use peel::model::{Dismissal, FAR_APART, Part, Rating, Side, Sprint, SprintId, Timing};

type Key = (&'static str, Option<Subject>, Option<Part>);

fn key(finding: &Finding) -> Key {
    (finding.kind, finding.subject, finding.part)
}

/// Raised and put aside together.
fn everything(report: &Report) -> Vec<Key> {
    report.findings.iter().chain(report.dismissed.iter().map(|(finding, _)| finding)).map(key).collect()
}

fn overall(ratings: &[Rating], side: Side) -> Option<f64> {
    let mut marks: Vec<f64> = ratings.iter().filter(|r| r.side == side).filter_map(|r| r.marks[3]).collect();
    marks.sort_by(f64::total_cmp);
    // One a side in these maps.
    marks.pop()
}

fn of_handoff(document: &Document, id: HandoffId, handoff: &Handoff, say: &mut impl FnMut(&'static str, Option<Part>)) {
    let open = (handoff.supplier.is_none(), handoff.customer.is_none());
    let testable = |r: &Requirement| !r.measure.is_empty() && r.operator.is_some() && r.target.is_some();
    let told = ![Agreement::None, Agreement::Draft].contains(&handoff.agreement);
    let oldest = today() - (document.info().stale_after_days as i64).days();
    let mut when = |kind, so: bool| {
        if so {
            say(kind, None);
        }
    };
    when("output-nobody-receives", open.1);
    when("input-nobody-supplies", open.0);
    when("disputed-agreement", handoff.agreement == Agreement::Disputed);
    let asked = handoff.kind == HandoffKind::Forward && !open.1;
    when("handoff-without-requirement", asked && handoff.requirements.is_empty());
    when("fence", open == (false, false) && !told && handoff.requirements.iter().any(testable));
    when("unnamed-item", handoff.item.trim().is_empty());
    let marks = (overall(&handoff.ratings, Side::Supplier), overall(&handoff.ratings, Side::Receiver));
    when("ratings-far-apart", matches!(marks, (Some(a), Some(b)) if (a - b).abs() >= FAR_APART));
    when("review-overdue", handoff.valid_until.is_some_and(|until| until.last() < today()));
    let (low, high) = (handoff.wait_low_h, handoff.wait_high_h);
    when("range-does-not-hold-likely-time", unfit(low, handoff.wait_h, high));
    for r in &handoff.requirements {
        let part = Some(Part::Requirement(r.id));
        let mut when = |kind, so: bool| {
            if so {
                say(kind, part);
            }
        };
        let met = r.actual().map(|actual| actual >= 80.0);
        when("must-failed", r.must && met == Some(false));
        when("requirement-cannot-be-tested", !testable(r));
        when("requirement-never-evaluated", testable(r) && r.observations.is_empty());
        let last = r.observations.latest().and_then(|seen| seen.when);
        when("stale-observation", testable(r) && last.is_some_and(|last| last.last() < oldest));
    }
    assert!(document.handoff(id).is_some(), "is there");
}

fn unfit(low: Option<f64>, likely: Option<f64>, high: Option<f64>) -> bool {
    match likely {
        None => low.is_some() || high.is_some(),
        Some(likely) => low.is_some_and(|low| low > likely) || high.is_some_and(|high| high < likely),
    }
}

fn of_party(document: &Document, id: PartyId, party: &Party, say: &mut impl FnMut(&'static str, Option<Part>)) {
    let oldest = today() - (document.info().stale_after_days as i64).days();
    for measure in &party.measures {
        let last = measure.observations.latest().and_then(|seen| seen.when);
        if last.is_some_and(|last| last.last() < oldest) {
            say("stale-observation", Some(Part::Measure(measure.id)));
        }
    }
    let mut when = |kind, so: bool| {
        if so {
            say(kind, None);
        }
    };
    when("unnamed-party", party.name.trim().is_empty());
    let promises = !party.promise.trim().is_empty();
    when("promise-without-measure", promises && !party.measures.iter().any(|m| m.serves_promise));
    let timings: BTreeSet<Timing> = party.measures.iter().filter_map(|m| m.timing).collect();
    when("only-lagging-measures", timings == BTreeSet::from([Timing::Lagging]));
    when("only-leading-measures", timings == BTreeSet::from([Timing::Leading]));
    let (low, high) = (party.process_time_low_h, party.process_time_high_h);
    when("range-does-not-hold-likely-time", unfit(low, party.process_time_h, high));
    let red = |h: &Handoff| h.requirements.iter().any(|r| r.must && r.actual().is_some_and(|actual| actual < 80.0));
    let met: Vec<bool> = party.measures.iter().filter_map(|m| Some(m.actual()? >= m.target?)).collect();
    let gives_red = document.handoffs().any(|(_, h)| h.supplier == Some(id) && red(h));
    when("local-green-whole-red", !met.is_empty() && met.iter().all(|met| *met) && gives_red);
}

/// Every rule written out, but for the two that pick one of several: loops, and processes that reach no customer.
fn expected(document: &Document) -> Vec<Key> {
    let mut found = Vec::new();
    if document.parties_len() > 0 && document.customers().next().is_none() {
        found.push(("no-external-customer", None, None));
    }
    for (id, party) in document.parties() {
        of_party(document, id, party, &mut |kind, part| found.push((kind, Some(Subject::Party(id)), part)));
    }
    for (id, handoff) in document.handoffs() {
        of_handoff(document, id, handoff, &mut |kind, part| found.push((kind, Some(Subject::Handoff(id)), part)));
    }
    found.sort_unstable();
    found
}

const PICKED: [&str; 2] = ["loop-in-forward-handoffs", "process-reaches-no-external-customer"];

fn dismissed_in(document: &Document, (kind, subject, part): Key) -> Option<Dismissal> {
    let list = match subject {
        None => &document.info().dismissed,
        Some(Subject::Party(id)) => &document.party(id).expect("is there").dismissed,
        Some(Subject::Handoff(id)) => &document.handoff(id).expect("is there").dismissed,
    };
    list.iter().find(|dismissal| dismissal.kind == kind && dismissal.part == part).cloned()
}

proptest! {
    #![proptest_config(cases(700))]

    #[test]
    fn findings_are_those_of_the_sentences_and_none_is_raised_twice(plan in plans()) {
        let document = plan.build();
        let report = report_on(&document, Some(today()));
        let mut found = everything(&report);
        found.sort_unstable();
        prop_assert!(found.windows(2).all(|pair| pair[0] != pair[1]), "none twice: {found:?}");
        found.retain(|(kind, ..)| !PICKED.contains(kind));
        prop_assert_eq!(found, expected(&document));
        for finding in &report.findings {
            prop_assert_eq!(dismissed_in(&document, key(finding)), None);
        }
        for (finding, dismissal) in &report.dismissed {
            prop_assert_eq!(dismissed_in(&document, key(finding)), Some(dismissal.clone()));
        }
        let place = |finding: &Finding| (finding.severity, ALL.iter().position(|rule| rule.kind == finding.kind));
        prop_assert!(report.findings.is_sorted_by_key(place), "the gravest first, then by rule");
        for finding in report.findings.iter().chain(report.dismissed.iter().map(|(finding, _)| finding)) {
            let message = finding.message(&document);
            for words in [finding.title(), finding.why(), finding.remedy(), &message] {
                prop_assert!(words.trim() == words && words.len() > 3, "{finding:?}");
            }
            prop_assert!(message.ends_with('.') && !message.contains("  "), "{finding:?}");
            let named = match finding.subject {
                None => "The map".to_owned(),
                Some(Subject::Party(id)) => document.name_of(id),
                Some(Subject::Handoff(id)) if message.starts_with("Nobody") => document.handoff(id).expect("is there").item.clone(),
                Some(Subject::Handoff(id)) => format!("“{}”", document.describe(document.handoff(id).expect("is there"))),
            };
            prop_assert!(message.contains(&named), "{finding:?} names {named}");
        }
    }

    #[test]
    fn processes_that_reach_nobody_are_found_where_the_way_ends(plan in plans()) {
        let document = plan.build();
        let all = edges(&document);
        let reaches = |id: PartyId| document.customers().any(|(customer, _)| can_reach(&document, &all, id, customer));
        let (found, has_customer) = (everything(&report(&document)), document.customers().next().is_some());
        let ends: BTreeSet<Subject> =
            found.iter().filter(|(kind, ..)| *kind == PICKED[1]).filter_map(|(_, subject, _)| *subject).collect();
        // Whoever reaches no customer gets, by its handoffs, to one that is named, to an open end or to one outside.
        for (id, _) in document.parties().filter(|(_, p)| p.kind == PartyKind::Process) {
            let explained = document.parties().any(|(end, party)| {
                can_reach(&document, &all, id, end)
                    && (ends.contains(&Subject::Party(end))
                        || (party.kind == PartyKind::Supplier)
                        || document.outputs(end).any(|(_, h)| h.customer.is_none() && h.is_forward()))
            });
            prop_assert!(reaches(id) || !has_customer || explained, "{id} is explained by {ends:?}");
            prop_assert!(!(reaches(id) && ends.contains(&Subject::Party(id))), "{id} reaches a customer");
            prop_assert!(has_customer || ends.is_empty(), "the map has no customer: that is said once");
        }
    }

    #[test]
    fn what_is_put_aside_hides_exactly_that_and_comes_back(plan in plans(), lot in any::<prop::sample::Index>()) {
        let document = plan.build();
        let before = report_on(&document, Some(today()));
        if before.findings.is_empty() {
            return Ok(());
        }
        let one = lot.get(&before.findings).clone();
        let reason = Dismissal { kind: one.kind.into(), part: one.part, reason: "known".into(), when: when(7) };
        let mut aside = document.clone();
        aside.apply(dismiss(&document, one.subject, reason.clone())).expect("sound");
        let after = report_on(&aside, Some(today()));
        let raised: Vec<&Finding> = before.findings.iter().filter(|finding| key(finding) != key(&one)).collect();
        prop_assert_eq!(after.findings.iter().collect::<Vec<_>>(), raised, "exactly that one is gone");
        prop_assert_eq!(after.dismissed.len(), before.dismissed.len() + 1);
        prop_assert!(after.dismissed.contains(&(one.clone(), reason)), "with the reason");
        let mut again = aside.clone();
        again.apply(raise_again(&aside, one.kind, one.subject, one.part)).expect("sound");
        let again = report_on(&again, Some(today()));
        prop_assert_eq!((again.findings, again.dismissed), (before.findings, before.dismissed));
    }
}

#[test]
fn every_rule_can_be_raised() {
    use proptest::strategy::ValueTree;
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut raised: BTreeMap<&str, usize> = ALL.iter().map(|rule| (rule.kind, 0)).collect();
    for at in 0..400 {
        let mut plan = plans().new_tree(&mut runner).expect("a plan").current();
        if at % 5 == 0 {
            plan.parties[0].name = " ".into();
            for (_, _, handoff) in &mut plan.handoffs {
                handoff.item = String::new();
            }
        }
        let mut document = plan.build();
        if at % 50 == 0 {
            let sprint = |start: Date, handoffs| {
                Edit::PutSprint(
                    SprintId::parse(&format!("t{start}").replace('-', "")).expect("id"),
                    Sprint { start: Some(start), handoffs, ..Sprint::default() },
                )
            };
            let all = document.handoffs().map(|(id, _)| id).take(2).chain(HandoffId::parse("gone")).collect();
            let sprints = vec![sprint(today(), all), sprint(today() - 30.days(), Vec::new())];
            document.apply(sprints).expect("sound");
        }
        for (kind, ..) in everything(&report_on(&document, Some(today()))) {
            *raised.get_mut(kind).expect("a rule") += 1;
        }
    }
    assert!(raised.values().all(|times| *times >= 3), "{raised:?}");
}
