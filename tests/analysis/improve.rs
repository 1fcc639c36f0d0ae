//! The improvement loop: steps told by data, scenarios, sprints and reviews with their figures.

use jiff::civil::Date;
use peel::analysis::{
    Spot, StepState, compared, dues, freeze_handoff, freeze_process, gained, progress, report_on, steps,
};
use peel::geom::pt;
use peel::model::ops::future;
use peel::model::{
    Agreement, Change, Document, Edit, Frozen, Handoff, HandoffId, History, Interval, Lever, MapInfo, NotApplicable,
    Operator, Party, PartyId, PartyKind, Period, Requirement, RequirementId, Review, Scenario, Schedule, Snapshot,
    Sprint, SprintId, Standing, Step, Subject, Voice, VoiceId, VoiceKind, frozen,
};

fn day(text: &str) -> Date {
    text.parse().expect("sound")
}

fn id(text: &str) -> PartyId {
    PartyId::parse(text).expect("sound")
}

fn handoff_id(text: &str) -> HandoffId {
    HandoffId::parse(text).expect("sound")
}

fn add(name: &str, kind: PartyKind) -> [Edit; 2] {
    [Edit::PutParty(id(name), Party::named(name, kind)), Edit::Place(id(name), pt(0.0, 0.0))]
}

fn hand(name: &str, from: &str, to: &str) -> Edit {
    Edit::PutHandoff(handoff_id(name), Handoff::between(Some(id(from)), Some(id(to)), name))
}

fn put(document: &mut Document, party: &str, change: impl FnOnce(&mut Party)) {
    let mut changed = (**document.party(id(party)).expect("sound")).clone();
    change(&mut changed);
    document.apply(vec![Edit::PutParty(id(party), changed)]).expect("sound");
}

fn put_handoff(document: &mut Document, handoff: &str, change: impl FnOnce(&mut Handoff)) {
    let mut changed = (**document.handoff(handoff_id(handoff)).expect("sound")).clone();
    change(&mut changed);
    document.apply(vec![Edit::PutHandoff(handoff_id(handoff), changed)]).expect("sound");
}

fn requirement(actual: Option<f64>) -> Requirement {
    Requirement {
        measure: "share".into(),
        operator: Some(Operator::AtLeast),
        target: Some(80.0),
        observations: actual.map(History::of).unwrap_or_default(),
        ..Requirement::new(RequirementId::parse("r").expect("sound"), "complete")
    }
}

/// 507 minutes from the theatre to the report, 358 of them not value-adding: 149 minutes of work, the rest waits.
fn histology() -> Document {
    let mut document = Document::default();
    let chain = ["theatre", "reception", "processing", "reporting", "surgeon"];
    let mut edits = Vec::new();
    for (at, name) in chain.iter().enumerate() {
        let kind = if at == 4 { PartyKind::Customer } else { PartyKind::Process };
        edits.extend(add(name, kind));
    }
    document.apply(edits).expect("sound");
    let minutes = |value: f64| Some(value / 60.0);
    for (name, time, adds) in
        [("theatre", 9.0, true), ("reception", 20.0, false), ("processing", 90.0, true), ("reporting", 50.0, true)]
    {
        put(&mut document, name, |party| {
            party.process_time_h = minutes(time);
            party.value_adding = Some(adds);
        });
    }
    for (pair, wait) in chain.windows(2).zip([120.0, 60.0, 98.0, 60.0]) {
        let handoff =
            Handoff { wait_h: minutes(wait), ..Handoff::between(Some(id(pair[0])), Some(id(pair[1])), pair[0]) };
        document.apply(vec![Edit::PutHandoff(handoff_id(pair[0]), handoff)]).expect("sound");
    }
    document
}

#[test]
fn the_histology_scenario_doubles_the_share_of_time_that_adds_value() {
    let today = histology();
    let now = report_on(&today, None);
    let minutes = |hours: Option<f64>| (hours.unwrap() * 60.0 * 1e6).round() / 1e6;
    assert_eq!(minutes(now.customers[0].lead_time.hours.value), 507.0);
    assert!((now.customers[0].lead_time.pce().unwrap() - 0.2939).abs() < 5e-5);
    // The reception is left out, and samples are carried at once: 89 minutes are left that add no value.
    let id_of = |name: &str| Subject::Handoff(handoff_id(name));
    let wait = |name: &str, value: f64| Change {
        subject: id_of(name),
        lever: Lever::Wait,
        value: value / 60.0,
        why: "carried at once".into(),
    };
    let scenario = Scenario {
        changes: vec![
            Change {
                subject: Subject::Party(id("reception")),
                lever: Lever::ProcessTime,
                value: 5.0 / 60.0,
                why: "labels from the theatre".into(),
            },
            wait("theatre", 30.0),
            wait("reception", 14.0),
            wait("processing", 20.0),
            wait("reporting", 20.0),
        ],
        ..Scenario::default()
    };
    let then = report_on(&future(&today, &scenario), None);
    let lead = &then.customers[0].lead_time;
    assert_eq!(minutes(lead.hours.value), 238.0);
    assert_eq!(minutes(lead.hours.value) - minutes(lead.value_adding.value), 89.0);
    assert!((lead.pce().unwrap() - 0.6261).abs() < 5e-5, "{:?}", lead.pce());
    let held = compared(&scenario, &now, &then);
    let pce = peel::analysis::COMPARED.iter().position(|of| of.id == "pce").unwrap();
    let both = held.customers[0].figures[pce];
    assert!((both.delta().unwrap() - (149.0 / 238.0 - 149.0 / 507.0)).abs() < 1e-9);
}

#[test]
fn a_scenario_that_adds_and_removes_handoffs_is_held_against_today_by_ids() {
    let today = histology();
    let cost = |handoff: &mut Handoff| {
        handoff.volume = Some(10.0);
        handoff.period = Period::Day;
        handoff.check_h = Some(0.1);
    };
    let mut today = today;
    put(&mut today, "reception", |party| party.rate_per_h = Some(50.0));
    put(&mut today, "processing", |party| party.rate_per_h = Some(50.0));
    put_handoff(&mut today, "theatre", cost);
    put_handoff(&mut today, "reception", cost);
    // Without the reception: one check is left out, another is made by the processing for what comes from the theatre.
    let mut then = today.clone();
    then.apply(vec![Edit::RemoveParty(id("reception")), hand("direct", "theatre", "processing")]).unwrap();
    put_handoff(&mut then, "direct", |handoff| {
        cost(handoff);
        handoff.check_h = Some(0.05);
    });
    let held = compared(
        &Scenario { cost: Some(6500.0), ..Scenario::default() },
        &report_on(&today, None),
        &report_on(&then, None),
    );
    // 2 · 10 · 260 · 0.1 · 50 a year, less 10 · 260 · 0.05 · 50.
    assert!((held.saving.value.unwrap() - (26_000.0 - 6_500.0)).abs() < 1e-6, "{:?}", held.saving);
    assert!((held.payback_days.unwrap() - 6500.0 / (19_500.0 / 260.0)).abs() < 1e-9);
}

#[test]
fn the_loan_sprint_takes_expected_passes_from_two_to_one() {
    let mut document = Document::default();
    let parties =
        [add("submission", PartyKind::Process), add("check", PartyKind::Process), add("borrower", PartyKind::Customer)];
    document.apply(parties.concat()).unwrap();
    document.apply(vec![hand("file", "submission", "check"), hand("loan", "check", "borrower")]).unwrap();
    put(&mut document, "submission", |party| party.rate_per_h = Some(40.0));
    put_handoff(&mut document, "file", |handoff| {
        handoff.complete_accurate_pct = Some(45.0);
        (handoff.volume, handoff.period) = (Some(10.0), Period::Day);
        handoff.fix_supplier_h = Some(4.0);
        handoff.fix_receiver_h = Some(0.0);
    });
    put(&mut document, "check", |party| party.rate_per_h = Some(40.0));
    let baseline = freeze_handoff(&document, &report_on(&document, None), handoff_id("file"));
    let sprint = Sprint {
        handoffs: vec![handoff_id("file")],
        start: Some(day("2026-11-01")),
        cost: Some(5600.0),
        baseline: Some(Snapshot { day: day("2026-11-01"), figures: baseline }),
        ..Sprint::default()
    };
    document.apply(vec![Edit::PutSprint(SprintId::parse("t").unwrap(), sprint)]).unwrap();
    put_handoff(&mut document, "file", |handoff| handoff.complete_accurate_pct = Some(80.0));
    let now = freeze_handoff(&document, &report_on(&document, None), handoff_id("file"));
    let running = document.sprint(SprintId::parse("t").unwrap()).unwrap();
    let finished =
        Sprint { result: Some(Snapshot { day: day("2026-11-20"), figures: now.clone() }), ..(**running).clone() };
    for (sprint, now) in [(&**running, now.as_slice()), (&finished, &[])] {
        let brings = gained(&document, sprint, now);
        let figure = |name: &str| {
            let held = brings.figures.iter().find(|held| held.figure == name && held.customer.is_none()).unwrap();
            (held.both.now.unwrap(), held.both.then.unwrap())
        };
        assert_eq!(figure("complete_accurate"), (0.45, 0.8));
        let (before, after) = figure("expected_passes");
        assert_eq!(((before * 100.0).round() / 100.0, after), (2.22, 1.25));
        // 10 a day, 4 h at 40 for each that comes back: from 5.5 to 2 a day.
        assert!((brings.saving.unwrap() - 3.5 * 160.0 * 260.0).abs() < 1e-6, "{:?}", brings.saving);
        assert!((brings.payback_days.unwrap() - 10.0).abs() < 1e-9, "working days");
        let rolled = brings.figures.iter().find(|held| held.figure == "rolled_complete_accurate").unwrap();
        assert_eq!((rolled.customer, rolled.both.now), (Some(id("borrower")), Some(0.45)));
    }
    // What happens later changes nothing of what was frozen.
    put_handoff(&mut document, "file", |handoff| handoff.complete_accurate_pct = Some(10.0));
    let brings = gained(&document, &finished, &[]);
    assert_eq!(brings.figures[0].both.then, Some(0.8));
}

fn standings(document: &Document, party: &str, today: &str) -> String {
    let letter = |state: &StepState| match state.standing {
        Standing::Open => 'o',
        Standing::Partly => 'p',
        Standing::Done => 'd',
        Standing::NotApplicable => 'n',
    };
    steps(document, id(party), Some(day(today))).iter().map(letter).collect()
}

#[test]
fn a_step_is_done_when_the_data_that_shows_it_is_there() {
    let today = "2026-11-22";
    let mut map = Document::default();
    map.apply(
        [add("lab", PartyKind::Process), add("ward", PartyKind::Customer), add("post", PartyKind::Supplier)].concat(),
    )
    .unwrap();
    let next = |map: &Document| {
        let all = steps(map, id("lab"), Some(day(today)));
        let open = all.into_iter().find(|state| !state.standing.is_over()).unwrap();
        (open.step.number(), open.to_do.unwrap())
    };
    assert_eq!(standings(&map, "lab", today), "ooooooo");
    assert_eq!((next(&map).0, next(&map).1.spot), (1, Spot::Outputs), "backwards from the customer");
    map.apply(vec![Edit::PutHandoff(handoff_id("result"), Handoff::between(Some(id("lab")), None, ""))]).unwrap();
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("ooooooo", Spot::Inputs));
    map.apply(vec![Edit::PutHandoff(handoff_id("sample"), Handoff::between(None, Some(id("lab")), "sample"))]).unwrap();
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("poooooo", Spot::Item));
    put_handoff(&mut map, "result", |handoff| handoff.item = "result".into());
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("doooooo", Spot::Customer));
    put_handoff(&mut map, "result", |handoff| handoff.customer = Some(id("ward")));
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("ddooooo", Spot::Voices));
    let voice = Voice::new(VoiceId::parse("v").unwrap(), Some(id("ward")), VoiceKind::Expectation, "fast");
    put(&mut map, "lab", |party| party.voices.push(voice));
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("dddoooo", Spot::Requirements));
    put_handoff(&mut map, "result", |handoff| handoff.requirements = vec![requirement(Some(45.0))]);
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("dddoooo", Spot::Sprint));
    let sprint = Sprint {
        handoffs: vec![handoff_id("result")],
        result: Some(Snapshot { day: day(today), figures: Vec::new() }),
        ..Sprint::default()
    };
    map.apply(vec![Edit::PutSprint(SprintId::parse("t").unwrap(), sprint)]).unwrap();
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("ddddooo", Spot::Supplier));
    put_handoff(&mut map, "sample", |handoff| handoff.supplier = Some(id("post")));
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("dddddoo", Spot::Requirements));
    put_handoff(&mut map, "sample", |handoff| handoff.requirements = vec![requirement(Some(99.0))]);
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("dddddpo", Spot::Agreement));
    put_handoff(&mut map, "sample", |handoff| handoff.agreement = Agreement::Sent);
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("ddddddo", Spot::Schedule));
    let every = Interval { count: 3, unit: Period::Month };
    map.apply(vec![Edit::SetInfo(MapInfo {
        review: Some(Schedule { every, first: day("2026-11-21") }),
        ..MapInfo::default()
    })])
    .unwrap();
    assert_eq!((standings(&map, "lab", today).as_str(), next(&map).1.spot), ("ddddddp", Spot::Review), "overdue");
    put(&mut map, "lab", |party| {
        party.reviews = vec![Review { finished: Some(day(today)), ..Review::starting(day(today)) }];
    });
    assert_eq!(standings(&map, "lab", today), "ddddddd");
    put(&mut map, "lab", |party| {
        party.not_applicable = vec![NotApplicable { step: Step::Expectations, reason: "none".into(), when: None }];
        party.voices.clear();
    });
    assert_eq!(standings(&map, "lab", today), "ddndddd");
    assert!(steps(&map, id("ward"), None).is_empty(), "steps are for processes");
    let all = progress(&map, Some(day(today)));
    assert_eq!((all.len(), all[0].over()), (1, 7));
}

#[test]
fn reviews_fall_due_by_the_process_else_by_the_map() {
    let mut map = Document::default();
    map.apply([add("a", PartyKind::Process), add("b", PartyKind::Process), add("c", PartyKind::Customer)].concat())
        .unwrap();
    assert!(dues(&map).is_empty());
    let at = |unit, count, first: &str| Some(Schedule { every: Interval { count, unit }, first: day(first) });
    map.apply(vec![Edit::SetInfo(MapInfo { review: at(Period::Month, 1, "2027-01-31"), ..MapInfo::default() })])
        .unwrap();
    put(&mut map, "b", |party| party.review = at(Period::Week, 2, "2026-12-01"));
    let days = |map: &Document| dues(map).iter().map(|due| format!("{} {}", due.party, due.day)).collect::<Vec<_>>();
    assert_eq!(days(&map), ["b 2026-12-01", "a 2027-01-31"], "an external customer is not reviewed");
    put(&mut map, "a", |party| {
        party.reviews = vec![Review { finished: Some(day("2027-01-31")), ..Review::starting(day("2027-01-30")) }];
    });
    assert_eq!(days(&map)[1], "a 2027-02-28", "a month after the 31st");
    put(&mut map, "b", |party| {
        party.not_applicable = vec![NotApplicable { step: Step::Schedule, reason: "ends soon".into(), when: None }];
    });
    assert_eq!(days(&map), ["a 2027-02-28"]);
    let report = report_on(&map, Some(day("2027-03-01")));
    let found: Vec<_> = report.findings.iter().map(|finding| finding.message(&map)).collect();
    assert!(found.iter().any(|said| said == "a: its review was due on 2027-02-28."), "{found:?}");
    assert!(
        report_on(&map, Some(day("2027-02-28"))).findings.iter().all(|of| of.kind != "review-overdue"),
        "the day itself"
    );
}

#[test]
fn sprints_that_cannot_show_what_they_brought_are_found() {
    let mut map = Document::default();
    map.apply([add("a", PartyKind::Process), add("b", PartyKind::Customer)].concat()).unwrap();
    map.apply(vec![hand("x", "a", "b"), hand("y", "a", "b")]).unwrap();
    let found = |map: &Document, today: &str| {
        let report = report_on(map, Some(day(today)));
        let kinds = report.findings.iter().filter(|of| of.kind.starts_with("sprint-"));
        kinds.map(|of| (of.kind, of.subject)).collect::<Vec<_>>()
    };
    let sprint = Sprint { handoffs: vec![handoff_id("x")], start: Some(day("2026-11-01")), ..Sprint::default() };
    let set = |map: &mut Document, sprint: &Sprint| {
        map.apply(vec![Edit::PutSprint(SprintId::parse("t").unwrap(), sprint.clone())]).unwrap();
    };
    set(&mut map, &sprint);
    let x = Some(Subject::Handoff(handoff_id("x")));
    assert_eq!(found(&map, "2026-10-31"), [], "planned");
    assert_eq!(found(&map, "2026-11-01"), [("sprint-without-baseline", x)]);
    let baseline = Some(Snapshot { day: day("2026-11-01"), figures: Vec::new() });
    let sprint = Sprint { baseline: baseline.clone(), ..sprint };
    set(&mut map, &sprint);
    assert_eq!(found(&map, "2026-11-20"), [], "its last day");
    assert_eq!(found(&map, "2026-11-21"), [("sprint-overdue", x)]);
    let several = Sprint { handoffs: vec![handoff_id("gone"), handoff_id("y")], result: baseline, ..sprint };
    set(&mut map, &several);
    assert_eq!(found(&map, "2026-12-21"), [("sprint-across-handoffs", Some(Subject::Handoff(handoff_id("y"))))]);
    set(&mut map, &Sprint { why_several: "one form".into(), ..several });
    assert_eq!(found(&map, "2026-12-21"), []);
}

#[test]
fn a_review_freezes_the_figures_of_the_process() {
    let document = peel::files::samples::ALL.iter().find(|sample| sample.id == "loan").unwrap().open();
    let report = report_on(&document, None);
    let (credit, _) = document.parties().find(|(_, party)| party.name == "Credit assessment").unwrap();
    let figures = freeze_process(&document, &report, credit, None);
    let value = |name: &str| frozen(&figures, name, None);
    assert_eq!((value("process_time_h"), value("inputs_complete_accurate")), (Some(2.0), Some(0.9)));
    assert_eq!(value("on_time_start"), None, "unknown is not frozen");
    let (borrower, _) = document.customers().next().unwrap();
    assert!((frozen(&figures, "rolled_complete_accurate", Some(borrower)).unwrap() - 0.624_003).abs() < 1e-6);
    assert!(figures.iter().all(|of: &Frozen| of.value.is_finite()));
}
