//! Findings by the calendar and about ranges: the boundary day, weeks and quarters, and what has no date.

use super::findings::sound_plan;
use super::*;
use jiff::civil::{Date, date};
use peel::analysis::{findings_text, json, report_on};
use peel::model::{Measure, MeasureId, Observation, Part, When};

const TODAY: Date = date(2026, 4, 30);

fn seen(when: &str) -> History {
    History::new(vec![Observation { when: When::parse(when).ok(), ..Observation::of(90.0) }])
}

/// A sound map whose first requirement was seen then.
fn observed(when: &str) -> Plan {
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
    plan.handoffs[0].2.requirements[0].observations = seen(when);
    plan
}

fn kinds_on(plan: &Plan, today: Option<Date>) -> Vec<&'static str> {
    report_on(&plan.build(), today).findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn the_latest_observation_is_stale_after_the_days_of_the_map() {
    // 90 days before 2026-04-30 is 2026-01-30.
    for (when, days, stale) in [
        ("2026-01-30", 90.0, false),
        ("2026-01-29", 90.0, true),
        ("2026-04-29", 1.0, false),
        ("2026-04-28", 1.0, true),
        ("2026-04-30", 1.0, false),
        ("2026-05-02", 1.0, false),
        // Week 5 ends on 2026-02-01, week 4 on 2026-01-25.
        ("2026-W05", 90.0, false),
        ("2026-W04", 90.0, true),
        ("2026-W05", 87.0, true),
        ("2026-01", 90.0, false),
        ("2025-12", 90.0, true),
        ("2026-Q1", 30.0, false),
        ("2026-Q1", 29.0, true),
        ("2025-Q4", 90.0, true),
        ("2025-Q4", 120.0, false),
        ("2025", 119.0, true),
        ("2026", 1.0, false),
        ("1900", 36_500.0, true),
        ("", 1.0, false),
    ] {
        let mut plan = observed(when);
        plan.info.stale_after_days = days;
        let expected: &[&str] = if stale { &["stale-observation"] } else { &[] };
        assert_eq!(kinds_on(&plan, Some(TODAY)), expected, "{when} after {days} days");
        assert_eq!(kinds_on(&plan, None), [""; 0], "{when}: nothing is old without a day");
    }
}

#[test]
fn only_the_latest_counts_and_only_of_what_can_be_tested() {
    let mut plan = observed("2024");
    let history = &mut plan.handoffs[0].2.requirements[0].observations;
    history.add(Observation { when: When::parse("2026-04").ok(), ..Observation::of(90.0) });
    assert_eq!(kinds_on(&plan, Some(TODAY)), [""; 0], "it was looked at again");

    let mut plan = observed("2024");
    plan.handoffs[0].2.requirements[0].target = None;
    assert_eq!(kinds_on(&plan, Some(TODAY)), ["requirement-cannot-be-tested"], "one cause, one finding");
    let mut plan = observed("2024");
    plan.handoffs[0].2.requirements[0].target = Some(95.0);
    assert_eq!(kinds_on(&plan, Some(TODAY)), ["must-failed", "stale-observation"], "it may have got better since");
}

#[test]
fn measures_become_stale_too_and_the_finding_says_which() {
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
    let measure = |at: &str, when: &str| Measure {
        observations: seen(when),
        ..Measure::new(MeasureId::parse(at).expect("id"), format!("hours of {at}"))
    };
    plan.parties[0].measures = vec![measure("m1", "2026-04"), measure("m2", "2025-Q3"), measure("m3", "")];
    plan.parties[0].measures.push(Measure::new(MeasureId::parse("m4").expect("id"), "never seen"));
    let document = plan.build();
    let report = report_on(&document, Some(TODAY));
    let [found] = report.findings.as_slice() else { panic!("one: {:?}", report.findings) };
    assert_eq!(found.message(&document), "A, “hours of m2”: last observed 2025-Q3.");
    assert_eq!(found.part, Some(Part::Measure(MeasureId::parse("m2").expect("id"))));
    assert_eq!(found.requirement(), None, "it is none of a requirement");
    let document = observed("2025").build();
    let requirement = report_on(&document, Some(TODAY));
    assert_eq!(requirement.findings[0].message(&document), "“A → B: item 0”, “requirement 0”: last observed 2025.");
    assert!(requirement.findings[0].requirement().is_some());
}

#[test]
fn an_agreement_is_overdue_from_the_day_after_its_last() {
    for (until, overdue) in [
        ("2026-04-30", false),
        ("2026-04-29", true),
        ("2026-W18", false),
        ("2026-W17", true),
        ("2026-04", false),
        ("2026-03", true),
        ("2026-Q2", false),
        ("2026-Q1", true),
        ("2026", false),
        ("2025", true),
    ] {
        let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
        plan.handoffs[1].2.valid_until = When::parse(until).ok();
        let expected: &[&str] = if overdue { &["review-overdue"] } else { &[] };
        assert_eq!(kinds_on(&plan, Some(TODAY)), expected, "{until}");
        assert_eq!(kinds_on(&plan, None), [""; 0], "{until} without a day");
    }
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
    plan.handoffs[1].2.valid_until = When::parse("2026-Q1").ok();
    let document = plan.build();
    let report = report_on(&document, Some(TODAY));
    assert_eq!(report.findings[0].message(&document), "“B → C: item 1”: the agreement was valid until 2026-Q1.");
    assert_eq!(json(&document, &report)["findings"][0]["kind"], "review-overdue");
    assert!(findings_text(&document, &report.findings).contains("review-overdue"));
}

#[test]
fn a_range_has_to_hold_the_likely_time() {
    let (one, two, three) = (Some(1.0), Some(2.0), Some(3.0));
    let table = [
        (None, None, None, None),
        (None, two, None, None),
        (one, two, three, None),
        (two, two, two, None),
        (one, two, None, None),
        (None, two, three, None),
        (one, None, None, Some("likely value is unknown")),
        (None, None, three, Some("likely value is unknown")),
        (three, two, None, Some("shortest value is longer than the likely one")),
        (three, two, one, Some("shortest value is longer than the likely one")),
        (None, two, one, Some("longest value is shorter than the likely one")),
        (one, two, Some(1.5), Some("longest value is shorter than the likely one")),
    ];
    for (low, likely, high, says) in table {
        let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
        let party = &mut plan.parties[0];
        (party.process_time_low_h, party.process_time_h, party.process_time_high_h) = (low, likely, high);
        let handoff = &mut plan.handoffs[1].2;
        (handoff.wait_low_h, handoff.wait_h, handoff.wait_high_h) = (low, likely, high);
        let document = plan.build();
        let report = report(&document);
        let messages: Vec<_> = report.findings.iter().map(|finding| finding.message(&document).into_owned()).collect();
        let expected: Vec<String> = says
            .iter()
            .flat_map(|says| [format!("A: the process time’s {says}."), format!("“B → C: item 1”: the wait’s {says}.")])
            .collect();
        assert_eq!(messages, expected, "{low:?} {likely:?} {high:?}");
        let kind = "range-does-not-hold-likely-time";
        assert!(report.findings.iter().all(|finding| finding.kind == kind && finding.part.is_none()));
    }
}

#[test]
fn days_at_the_end_of_the_calendar_are_looked_at_too() {
    for today in [Date::MIN, Date::MAX, date(1900, 1, 1), date(2999, 12, 31)] {
        for when in ["1900", "2999", "2999-W52", "2026-04-30"] {
            let mut plan = observed(when);
            plan.handoffs[0].2.valid_until = When::parse(when).ok();
            plan.info.stale_after_days = 36_500.0;
            let kinds = kinds_on(&plan, Some(today));
            assert!(kinds.len() <= 2, "{today} {when}: {kinds:?}");
        }
    }
}
