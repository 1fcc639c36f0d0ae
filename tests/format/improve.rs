//! The improvement loop in files and in the journal: reviews, sprints, and scenarios that change whole records.

use std::sync::Arc;

use peel::files::format::{read, read_edits, write, write_edits};
use peel::model::ops::future;
use peel::model::{
    Alteration, Document, Edit, Frozen, Interval, Period, ScenarioId, Schedule, SprintId, SprintState, Standing, Step,
    check,
};

use super::bad::refused;
use super::{IMPROVE, document, handoff, party};

#[test]
fn the_improvement_loop_reads_as_meant() {
    let read = document(IMPROVE);
    assert_eq!(write(&read), IMPROVE, "written as it was");
    assert!(check(&read).is_empty(), "{:?}", check(&read));
    let schedule =
        |count, unit, first: &str| Schedule { every: Interval { count, unit }, first: first.parse().unwrap() };
    assert_eq!(read.info().review, Some(schedule(1, Period::Quarter, "2027-01-31")));
    let desk = read.party(party("desk")).unwrap();
    assert_eq!(desk.review, Some(schedule(2, Period::Week, "2026-11-30")));
    let [no] = desk.not_applicable.as_slice() else { panic!("{:?}", desk.not_applicable) };
    assert_eq!((no.step, no.reason.as_str()), (Step::Expectations, "It has one customer, who sits beside it"));
    let [first, running] = desk.reviews.as_slice() else { panic!("{:?}", desk.reviews) };
    let (done, open) = (Standing::Done, Standing::Open);
    assert_eq!(first.steps, Some([done, done, Standing::NotApplicable, Standing::Partly, done, open, open]));
    let frozen = Frozen { figure: "rolled_complete_accurate".into(), customer: Some(party("client")), value: 0.72 };
    assert_eq!(first.figures[1], frozen);
    assert_eq!((running.finished, running.by.as_str()), (None, "Ana"));

    let sprint = read.sprint(SprintId::parse("t1").unwrap()).unwrap();
    assert_eq!((sprint.goal.as_str(), sprint.days, sprint.cost), ("Files come whole", 20, Some(2600.0)));
    assert_eq!(sprint.last_day(), Some("2028-03-01".parse().unwrap()), "over a leap day");
    assert_eq!(sprint.state("2028-02-20".parse().unwrap()), SprintState::Running);
    assert_eq!(sprint.handoffs, [handoff("file"), handoff("gone")]);
    let bare = read.sprint(SprintId::parse("t9").unwrap()).unwrap();
    assert_eq!((bare.days, bare.state("2026-01-01".parse().unwrap())), (5, SprintState::Finished));
}

#[test]
fn a_scenario_changes_whole_records() {
    let read = document(IMPROVE);
    let scenario = read.scenario(ScenarioId::parse("s").unwrap()).unwrap();
    assert_eq!(scenario.about(), "1 party and 1 handoff changed, 1 party and 1 handoff added, 1 handoff removed");
    let altered = &scenario.handoffs[&handoff("file")];
    assert!(matches!(&altered.what, Alteration::Changed { after, .. } if after.requirements.len() == 1));
    let future = future(&read, scenario);
    assert_eq!(future.party(party("desk")).unwrap().owner, "Bo", "changed");
    assert_eq!(future.party(party("desk")).unwrap().process_time_h, Some(2.0), "what was not changed is as it is");
    assert_eq!(future.place(party("robot")), read.place(party("desk")).map(|at| at + peel::geom::pt(0.0, 200.0)));
    assert!(future.handoff(handoff("loan")).is_none() && future.handoff(handoff("new")).is_some());
    assert_eq!(future.handoff(handoff("file")).unwrap().requirements[0].text, "signed");
    // What no longer fits is left out: the robot's customer is gone.
    let mut less = read.clone();
    less.apply(vec![Edit::RemoveParty(party("client"))]).unwrap();
    let without = peel::model::ops::future(&less, scenario);
    assert!(without.handoff(handoff("new")).is_none() && without.party(party("robot")).is_some());
    assert!(check(&without).is_empty());
}

#[test]
fn the_journal_carries_the_improvement_loop() {
    let read = document(IMPROVE);
    let edits = Document::default().edits_to(&read);
    assert_eq!(read_edits(&write_edits(&edits)).unwrap(), edits);
    let back = read.edits_to(&Document::default());
    assert!(back.contains(&Edit::RemoveSprint(SprintId::parse("t9").unwrap())), "{back:?}");
    assert_eq!(read_edits(&write_edits(&back)).unwrap(), back);
    for wrong in
        ["[put_sprint((goal:\"x\"))]", "[put_scenario((id:\"s\",parties:[(id:\"a\",before:(party:(id:\"a\")))]))]"]
    {
        assert!(read_edits(wrong).unwrap_err().message.contains("changed by hand"), "{wrong}");
    }
}

/// Each with the place (marked ¦) and the words of its error, as one line behind the fields of a party called `a`.
const PARTY: &[(&str, &str)] = &[
    ("not_applicable: [(step: expectations, reason: \"x\"), (step: change, reason: ¦\" \")]", "a reason without words"),
    ("not_applicable: [(step: ¦third, reason: \"x\")]", "`third` is not possible here"),
    ("not_applicable: [¦(reason: \"x\")]", "a step that does not apply needs the field `step`"),
    (
        "not_applicable: [(step: change, reason: \"x\"), ¦(step: change, reason: \"y\")]",
        "not_applicable holds the step change twice",
    ),
    ("review: (every: 1, unit: month, first: \"¦2026-02-30\")", "“2026-02-30” is not a day: write for example"),
    ("review: (every: 1, unit: month, first: \"¦2026-02\")", "“2026-02” is not a day"),
    ("review: ¦(every: 0, unit: month, first: \"2026-02-01\")", "review must be every 1 to 1000 periods"),
    ("review: (every: -¦1, unit: month, first: \"2026-02-01\")", "a whole number"),
    ("review: (every: 1, unit: ¦months, first: \"2026-02-01\")", "did you mean `month`?"),
    ("review: (every: 1, ¦units: month, first: \"2026-02-01\")", "a schedule has no field `units`"),
    ("review: ¦(every: 1, unit: month)", "a schedule needs the field `first`"),
    (
        "reviews: [¦(started: \"2026-02-02\", finished: \"2026-02-01\")]",
        "reviews hold one that was finished before it was started",
    ),
    ("reviews: [(started: \"2026-02-02\"), ¦(started: \"2026-03-02\")]", "reviews hold two that run: finish one"),
    ("reviews: [¦(finished: \"2026-03-02\")]", "a review needs the field `started`"),
    ("reviews: [(started: \"2026-02-02\", by: ¦\"\\u{0}\")]", "reviews hold a name that holds a NUL character"),
    ("reviews: [(started: \"2026-02-02\", steps: [done, ¦finished])]", "`finished` is not possible here"),
];

/// The same of sprints.
const SPRINTS: &[(&str, &str)] = &[
    ("(days: ¦0)", "days must lie between 1 and 366 d, and here it is 0"),
    ("(days: ¦367)", "days must lie between 1 and 366 d"),
    ("(days: 1¦.5)", "a comma or a closing bracket"),
    ("(start: \"¦tomorrow\")", "“tomorrow” is not a day"),
    ("(cost: ¦-1)", "cost must lie between 0"),
    ("(goal: ¦\"\\u{0}\")", "goal holds a NUL character"),
    ("(tasks: [(text: \"a\"), (text: ¦\"\\u{0}\")])", "tasks hold a text that holds a NUL character"),
    ("(tasks: [(text: \"a\", done: ¦true)])", "a text in double quotes was expected"),
    ("(handoffs: ¦[\"h\", \"h\"])", "handoffs have the id h twice"),
    ("(baseline: ¦(figures: []))", "a snapshot needs the field `day`"),
    (
        "(result: (day: \"2026-01-01\", figures: [(figure: \"x\", value: 1), (figure: \"y\", value: ¦NaN)]))",
        "must be a finite number",
    ),
    ("(id: \"t1\"), (id: ¦\"t1\")", "the id “t1” is taken by the record on line"),
    ("(¦aim: \"x\")", "a sprint has no field `aim`"),
];

/// The same of records that a scenario changes.
const ALTERED: &[(&str, &str)] = &[
    ("parties: [¦(id: \"x\", before: (party: (id: \"x\")))]", "say what comes as `added`"),
    (
        "parties: [¦(id: \"x\", added: (party: (id: \"x\", at: (0, 0))), before: (party: (id: \"x\")), after: (party: (id: \"x\")))]",
        "say what comes as `added`",
    ),
    ("parties: [¦(id: \"x\", added: (party: (id: \"y\", at: (0, 0))))]", "this holds a record of another id"),
    ("parties: [¦(id: \"x\", added: (party: (id: \"x\")))]", "a party that comes needs its place"),
    ("parties: [(id: \"x\"), ¦(id: \"x\")]", "this record is changed twice in one scenario"),
    ("parties: [(id: \"x\", added: (¦id: \"x\"))]", "a whole party has no field `id`"),
    ("handoffs: [¦(id: \"h\", added: (handoff: (supplier: \"a\")))]", "or one without an id"),
    ("handoffs: [¦(why: \"x\")]", "an altered record needs the field `id`"),
    (
        "parties: ¦[(id: \"x\", added: (party: (id: \"x\", process_time_h: -1, at: (0, 0))))]",
        "parties hold, under the id x, a record whose process_time_h must lie between 0",
    ),
    (
        "handoffs: ¦[(id: \"h\", added: (handoff: (id: \"h\", supplier: \"a\", customer: \"a\")))]",
        "under the id h, a record whose customer must be another party than the supplier",
    ),
];

#[test]
fn what_is_wrong_in_the_improvement_loop_is_told_where_and_why() {
    let mut wrong = Vec::new();
    for (bad, part) in PARTY {
        wrong.extend(refused(
            &format!("(version: 1,\n  parties: [(id: \"a\", at: (0, 0)),\n    (id: \"b\", {bad})])"),
            part,
        ));
    }
    for (bad, part) in SPRINTS {
        wrong.extend(refused(&format!("(version: 1,\n  sprints: [(goal: \"one\"),\n    {bad}])"), part));
    }
    for (bad, part) in ALTERED {
        wrong.extend(refused(&format!("(version: 1,\n  scenarios: [(name: \"one\"),\n    (id: \"s\", {bad})])"), part));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(read(b"(version: 1, sprints: [()])").is_ok(), "all may be left out");
    assert_eq!(Arc::strong_count(document(IMPROVE).sprint(SprintId::parse("t1").unwrap()).unwrap()), 1);
}
