//! Which findings a map raises, and that none is raised twice for one cause.

use super::*;
use peel::analysis::findings::ALL;
use peel::model::History;

pub fn sound_plan(handoffs: &[(&str, &str)]) -> Plan {
    let mut plan = Plan::of(&handoffs.iter().map(|(from, to)| (*from, *to, None)).collect::<Vec<_>>());
    for (_, _, handoff) in &mut plan.handoffs {
        *handoff = sound(handoff.clone());
    }
    plan
}

/// Kind and subject of every finding; the map is `-`.
fn found(plan: &Plan) -> Vec<(&'static str, String)> {
    let document = plan.build();
    let report = report(&document);
    let subject = |subject: Option<Subject>| match subject {
        None => "-".to_owned(),
        Some(Subject::Party(id)) => document.name_of(id),
        Some(Subject::Handoff(id)) => document.handoff(id).map(|h| h.item.clone()).expect("is there"),
    };
    report.findings.iter().map(|finding| (finding.kind, subject(finding.subject))).collect()
}

fn expect(plan: &Plan, expected: &[(&str, &str)]) {
    let found = found(plan);
    let found: Vec<(&str, &str)> = found.iter().map(|(kind, subject)| (*kind, subject.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_sound_map_raises_nothing() {
    expect(&sound_plan(&[("A", "B"), ("B", ">C"), ("<S", "A")]), &[]);
    expect(&Plan::default(), &[]);
}

#[test]
fn each_rule_is_raised_by_its_cause_alone() {
    type Change = fn(&mut Handoff);
    let on_the_first: [(Change, &[&str]); 9] = [
        (|h| h.agreement = Agreement::Disputed, &["disputed-agreement"]),
        (|h| h.agreement = Agreement::None, &["fence"]),
        (|h| h.agreement = Agreement::Draft, &["fence"]),
        (|h| h.agreement = Agreement::Sent, &[]),
        (|h| (h.requirements.clear(), h.agreement = Agreement::None).1, &["handoff-without-requirement"]),
        (|h| h.requirements[0].observations = History::of(79.0), &["must-failed"]),
        (|h| (h.requirements[0].observations = History::of(79.0), h.requirements[0].must = false).1, &[]),
        (|h| h.requirements[0].observations = History::default(), &["requirement-never-evaluated"]),
        (|h| h.requirements[0] = Requirement::new(h.requirements[0].id, "quick"), &["requirement-cannot-be-tested"]),
    ];
    for (change, kinds) in on_the_first {
        let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
        change(&mut plan.handoffs[0].2);
        expect(&plan, &kinds.iter().map(|kind| (*kind, "item 0")).collect::<Vec<_>>());
    }
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
    plan.handoffs[0].2.requirements[0].measure = " ".into();
    plan.handoffs[0].2.requirements[0].observations = History::default();
    plan.handoffs[0].2.agreement = Agreement::None;
    expect(&plan, &[("requirement-cannot-be-tested", "item 0")]);
    plan.handoffs[0].2.requirements.push(requirement(1, Some(90.0)));
    expect(&plan, &[("requirement-cannot-be-tested", "item 0"), ("fence", "item 0")]);
}

#[test]
fn open_ends_are_reported_where_they_are() {
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C"), ("A", ""), ("", "B")]);
    expect(&plan, &[("output-nobody-receives", "item 2"), ("input-nobody-supplies", "item 3")]);
    plan.handoffs[2].2 = Handoff { item: "item 2".into(), ..plain() };
    plan.handoffs[3].2 = Handoff { item: "item 3".into(), ..plain() };
    plan.handoffs[2].2.requirements = vec![requirement(0, Some(90.0))];
    let both = [("output-nobody-receives", "item 2"), ("input-nobody-supplies", "item 3")];
    expect(&plan, &[both[0], both[1], ("handoff-without-requirement", "item 3")]);
}

#[test]
fn only_the_last_process_of_a_dead_end_is_named() {
    let into_nothing = "process-reaches-no-external-customer";
    expect(&sound_plan(&[("A", "B"), ("B", "D"), ("E", ">C"), ("A", "E")]), &[(into_nothing, "D")]);
    expect(&sound_plan(&[("A", "B"), ("B", ""), ("E", ">C")]), &[("output-nobody-receives", "item 1")]);
    let circle = [("A", "B"), ("B", "D"), ("D", "B"), ("E", ">C")];
    expect(&sound_plan(&circle), &[(into_nothing, "B"), ("loop-in-forward-handoffs", "item 1")]);
    expect(&sound_plan(&[("A", "B")]), &[("no-external-customer", "-")]);
    let mut rework = sound_plan(&[("A", ">C"), ("B", "A")]);
    rework.handoffs[1].2.kind = HandoffKind::Rework;
    rework.handoffs[1].2.requirements.clear();
    expect(&rework, &[(into_nothing, "B")]);
    rework.handoffs[1].1 = None;
    expect(&rework, &[(into_nothing, "B"), ("output-nobody-receives", "item 1")]);
}

#[test]
fn names_that_are_missing_are_notes() {
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
    plan.parties[0].name = " ".into();
    plan.handoffs[1].2.item = String::new();
    let document = plan.build();
    let report = report(&document);
    let messages: Vec<_> = report.findings.iter().map(|finding| finding.message(&document).into_owned()).collect();
    assert_eq!(
        messages,
        ["A process has no name: unnamed process → B: item 0.", "“B → C: unnamed item” has no name."],
        "both say where"
    );
    assert!(report.findings.iter().all(|f| f.severity == peel::analysis::Severity::Note), "notes");
}

#[test]
fn the_gravest_come_first_and_requirements_are_named() {
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
    plan.handoffs[0].2.item = String::new();
    plan.handoffs[1].2.agreement = Agreement::Disputed;
    plan.handoffs[1].2.requirements =
        vec![requirement(7, Some(12.5)), Requirement { tolerance: Some(5.0), ..requirement(8, Some(1.0)) }];
    let document = plan.build();
    let findings = report(&document).findings;
    let kinds: Vec<_> = findings.iter().map(|finding| finding.kind).collect();
    assert_eq!(kinds, ["must-failed", "must-failed", "disputed-agreement", "unnamed-item"]);
    assert_eq!(findings[0].requirement(), RequirementId::parse("r7").ok(), "which requirement");
    assert_eq!(
        findings[0].message(&document),
        "“B → C: item 1”, “requirement 7”: not met, actual 12.5 %, wanted >= 80 %.",
        "in words"
    );
    assert!(findings[1].message(&document).ends_with("wanted >= 80 % ± 5 %."), "{}", findings[1].message(&document));
}

#[test]
fn kinds_are_stable_words_and_say_what_to_do() {
    let mut kinds: Vec<&str> = ALL.iter().map(|rule| rule.kind).collect();
    for rule in ALL {
        assert!(rule.kind.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", rule.kind);
        for words in [rule.title, rule.why, rule.remedy] {
            assert!(words.chars().next().is_some_and(char::is_uppercase), "{}: {words}", rule.kind);
        }
        assert!(rule.why.ends_with('.') && rule.remedy.ends_with('.'), "{}", rule.kind);
    }
    kinds.sort_unstable();
    kinds.dedup();
    assert_eq!(kinds.len(), ALL.len(), "one rule a kind");
}

#[test]
fn measures_promises_and_ratings_are_looked_at() {
    use peel::model::{Direction, Measure, MeasureId, Rating, Side, Timing};
    let mut plan = sound_plan(&[("A", "B"), ("B", ">C")]);
    let measure = |id: &str, timing, actual: f64| Measure {
        direction: Direction::Lower,
        target: Some(5.0),
        timing,
        observations: History::of(actual),
        ..Measure::new(MeasureId::parse(id).expect(id), id)
    };
    plan.parties[0].promise = "Always on the day".into();
    expect(&plan, &[("promise-without-measure", "A")]);
    plan.parties[0].measures = vec![Measure { serves_promise: true, ..measure("m1", None, 4.0) }];
    expect(&plan, &[]);
    plan.parties[0].measures.push(measure("m2", Some(Timing::Lagging), 4.0));
    expect(&plan, &[("only-lagging-measures", "A")]);
    plan.parties[0].measures[0].timing = Some(Timing::Leading);
    expect(&plan, &[]);
    plan.parties[0].measures.pop();
    expect(&plan, &[("only-leading-measures", "A")]);
    plan.parties[0].measures.push(measure("m3", Some(Timing::Lagging), 4.0));
    plan.handoffs[0].2.requirements[0].observations = History::of(12.5);
    expect(&plan, &[("must-failed", "item 0"), ("local-green-whole-red", "A")]);
    plan.parties[0].measures[1].observations = History::of(6.0);
    expect(&plan, &[("must-failed", "item 0")]);
    plan.handoffs[0].2.requirements[0].observations = History::of(95.0);
    let rating = |side, overall| Rating { side, marks: [None, None, None, Some(overall)], ..Rating::default() };
    plan.handoffs[1].2.ratings = vec![rating(Side::Supplier, 8.0), rating(Side::Receiver, 6.5)];
    expect(&plan, &[]);
    plan.handoffs[1].2.ratings[1].marks[3] = Some(6.0);
    expect(&plan, &[("ratings-far-apart", "item 1")]);
}
