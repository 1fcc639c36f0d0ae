//! Scenarios, findings that were put aside, and times that vary, in files and in the journal.

use peel::files::format::{read_edits, write, write_edits};
use peel::model::ops::scenarios_in_order;
use peel::model::{
    Change, Dismissal, Document, Edit, Handoff, HandoffId, Lever, MapInfo, MeasureId, Part, Party, PartyId, PartyKind,
    RequirementId, Scenario, ScenarioId, Subject, When, check,
};

use super::{SCENARIOS, document, handoff, party};

fn dismissal(kind: &str, part: Option<Part>, reason: &str, when: &str) -> Dismissal {
    Dismissal { kind: kind.into(), part, reason: reason.into(), when: When::parse(when).ok() }
}

fn requirement(id: &str) -> Option<Part> {
    RequirementId::parse(id).ok().map(Part::Requirement)
}

fn change(subject: Subject, lever: Lever, value: f64, why: &str) -> Change {
    Change { subject, lever, value, why: why.into() }
}

fn scenario(id: &str) -> ScenarioId {
    ScenarioId::parse(id).unwrap()
}

#[test]
fn findings_put_aside_and_times_that_vary_read_as_meant() {
    let read = document(SCENARIOS);
    assert_eq!(write(&read), SCENARIOS, "written as it was");
    assert!(check(&read).is_empty(), "sound, though some of what is named is gone");
    let info = MapInfo {
        title: "Scenarios".into(),
        notes: "n".into(),
        stale_after_days: 30.0,
        dismissed: vec![
            dismissal("no-customer", None, "A map of one silo.\nOn purpose.", "2026-Q1"),
            dismissal("a rule of \"tomorrow\"", None, "?", ""),
        ],
        ..MapInfo::default()
    };
    assert_eq!(*read.info(), info);
    let desk = read.party(party("desk")).unwrap();
    let measure = MeasureId::parse("m1").ok().map(Part::Measure);
    let expected = Party {
        notes: "n".into(),
        process_time_h: Some(2.0),
        process_time_low_h: Some(0.5),
        process_time_high_h: Some(6.25),
        value_adding: Some(true),
        rate_per_h: Some(60.0),
        target_lead_time_h: Some(8.0),
        measures: desk.measures.clone(),
        dismissed: vec![
            dismissal("only-lagging", measure, "Counted once a year", "2026-03-31"),
            dismissal("no-input", None, "It begins here", ""),
        ],
        ..Party::named("Desk", PartyKind::Process)
    };
    assert_eq!(**desk, expected);
    assert_eq!(read.party(party("client")).unwrap().target_lead_time_h, Some(40.0));
    let risk = read.party(party("risk")).unwrap();
    assert_eq!((risk.process_time_h, risk.process_time_high_h), (None, Some(1e6)));
    assert_eq!(risk.process_time_low_h.map(f64::to_bits), Some((-0.0_f64).to_bits()), "minus zero stays");
    let file = read.handoff(handoff("file")).unwrap();
    let expected = Handoff {
        wait_h: Some(8.0),
        wait_low_h: Some(1.0),
        wait_high_h: Some(40.5),
        complete_accurate_pct: Some(80.0),
        on_time_pct: Some(90.0),
        notes: "n".into(),
        requirements: file.requirements.clone(),
        dismissed: vec![
            dismissal("untestable", requirement("r1"), "Until May", ""),
            dismissal("untestable", requirement("gone"), "It was there", ""),
            dismissal("fence", None, "They sit together", "2026-W13"),
        ],
        ..Handoff::between(Some(party("desk")), Some(party("risk")), "File")
    };
    assert_eq!(**file, expected);
    let loan = read.handoff(handoff("loan")).unwrap();
    assert_eq!((loan.wait_h, loan.wait_low_h, loan.wait_high_h), (None, Some(0.0), None));
}

#[test]
fn scenarios_read_as_meant() {
    let read = document(SCENARIOS);
    let order: Vec<String> = scenarios_in_order(&read).iter().map(|(id, _)| id.to_string()).collect();
    assert_eq!(order, ["b", "a", "s9"], "by rank, then by id");
    let (file, desk) = (Subject::Handoff(handoff("file")), Subject::Party(party("desk")));
    let expected = Scenario {
        name: "Check \"at once\"".into(),
        notes: "Ask Ana.".into(),
        cost: Some(1250.5),
        changes: vec![
            change(file, Lever::CompleteAccurate, 95.0, "A list at the desk"),
            change(file, Lever::Wait, 0.25, ""),
            change(desk, Lever::ProcessTime, 2.5, "The list\ntakes time"),
            change(file, Lever::OnTime, 99.9, ""),
            change(Subject::Party(PartyId::parse("gone").unwrap()), Lever::ProcessTime, 0.0, ""),
            change(Subject::Handoff(HandoffId::parse("desk").unwrap()), Lever::Wait, 1e6, ""),
        ],
        rank: 2,
        ..Scenario::default()
    };
    assert_eq!(**read.scenario(scenario("a")).unwrap(), expected);
    let free = Scenario { name: "Free".into(), cost: Some(0.0), rank: 1, ..Scenario::default() };
    assert_eq!(**read.scenario(scenario("b")).unwrap(), free);
    assert_eq!(**read.scenario(scenario("s9")).unwrap(), Scenario { rank: 2, ..Scenario::default() });
}

#[test]
fn a_lever_is_the_field_of_the_record() {
    let sound = document(SCENARIOS);
    let subjects = [Subject::Party(party("desk")), Subject::Handoff(handoff("file"))];
    let mut seen = Vec::new();
    for subject in subjects {
        for lever in Lever::of(subject) {
            let mut document = sound.clone();
            let changes = vec![change(subject, *lever, 1.0, "")];
            document
                .apply(vec![Edit::PutScenario(scenario("a"), Scenario { changes, ..Scenario::default() })])
                .unwrap();
            let text = write(&document);
            assert!(text.contains(&format!("field: {}, value: 1)", lever.word())), "{text}");
            let id = if subject == subjects[0] { "(id: \"desk\", " } else { "(id: \"file\", " };
            let record = text.lines().find(|line| line.trim_start().starts_with(id)).unwrap();
            assert!(record.contains(&format!(" {}: ", lever.word())), "the record has that field: {record}");
            seen.push(*lever);
        }
    }
    seen.sort_unstable();
    assert_eq!(seen, Lever::ALL);
}

#[test]
fn scenarios_written_by_hand_stand_in_their_order() {
    let text = r#"(version: 1,
        scenarios: [(name: "one", changes: []), (id: "s1", name: "two"), (name: "three", rank: 0, cost: Some(1),
            changes: [(value: 5, field: on_time_pct, handoff: Some("h"), party: None,), Change(party: "p", field: process_time_h, value: 1e0)])],
        map: (dismissed: [(reason: "x", kind: "y", measure: None), Dismissal(kind: "z", reason: "x", requirement: Some("r"), when: "31.3.2026")]))"#;
    let read = document(text);
    let order: Vec<String> = scenarios_in_order(&read).iter().map(|(id, s)| format!("{id} {}", s.name)).collect();
    assert_eq!(order, ["s2 one", "s3 three", "s1 two"], "by place in the list where no rank is said");
    let changes = read.scenario(scenario("s3")).unwrap().changes.clone();
    let expected = [
        change(Subject::Handoff(handoff("h")), Lever::OnTime, 5.0, ""),
        change(Subject::Party(party("p")), Lever::ProcessTime, 1.0, ""),
    ];
    assert_eq!(changes, expected, "in the order of the file");
    let dismissed = [dismissal("y", None, "x", ""), dismissal("z", requirement("r"), "x", "2026-03-31")];
    assert_eq!(read.info().dismissed, dismissed);
    assert_eq!(document(&write(&read)), read);
}

#[test]
fn the_journal_carries_scenarios_and_refuses_what_cannot_be_told() {
    let read = document(SCENARIOS);
    let edits = Document::default().edits_to(&read);
    assert_eq!(read_edits(&write_edits(&edits)).unwrap(), edits);
    let back = read.edits_to(&Document::default());
    assert!(back.contains(&Edit::RemoveScenario(scenario("s9"))), "{back:?}");
    assert_eq!(read_edits(&write_edits(&back)).unwrap(), back);

    let aside = |part: &str| format!("dismissed:[(kind:\"x\",reason:\"y\"),(kind:\"x\",{part}reason:\"y\")]");
    let both = "requirement:\"r\",measure:\"m\",";
    let change = |subject: &str| format!("[put_scenario((id:\"s\",changes:[({subject}field:wait_h,value:1)]))]");
    for (sound, wrong) in [
        (format!("[set_info(({}))]", aside("measure:\"m\",")), format!("[set_info(({}))]", aside(both))),
        (
            format!("[put_party((id:\"a\",{}))]", aside("requirement:\"r\",")),
            format!("[put_party((id:\"a\",{}))]", aside(both)),
        ),
        (
            format!("[put_handoff((id:\"h\",supplier:\"a\",{}),[])]", aside("")),
            format!("[put_handoff((id:\"h\",supplier:\"a\",{}),[])]", aside(both)),
        ),
        (change("handoff:\"h\","), change("")),
        (change("handoff:\"h\","), change("party:\"a\",handoff:\"h\",")),
        ("[put_scenario((id:\"s\"))]".into(), "[put_scenario((name:\"s\"))]".into()),
    ] {
        assert_eq!(read_edits(&sound).unwrap().len(), 1, "{sound}");
        let error = read_edits(&wrong).unwrap_err();
        assert!(error.message.contains("changed by hand"), "{wrong}: {error}");
    }
}
