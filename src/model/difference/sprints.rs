//! What changed in a sprint, in the reviews of a process, and in figures that were frozen.

use super::lists::{self, Kind};
use super::{Changes, called as named, quoted};
use crate::model::{
    Document, Frozen, HandoffId, NotApplicable, Review, Snapshot, Sprint, SprintId, Standing, Step, Task,
};

/// A sprint in a sentence.
pub(in crate::model) fn called(sprint: &Sprint) -> String {
    if sprint.goal.trim().is_empty() {
        "sprint without a goal".into()
    } else {
        format!("sprint {}", quoted(&sprint.goal))
    }
}

/// The lines about a sprint that was added or replaced.
pub(super) fn put(id: SprintId, new: &Sprint, before: &Document, after: &Document, lines: &mut Vec<String>) {
    let Some(old) = before.sprint(id) else {
        lines.push(format!("{} added", called(new)));
        return;
    };
    let Sprint { goal, owner, handoffs, why_several, start, days, tasks, cost, baseline, result, notes } = &**old;
    let mut changes = Changes { of: called(old), lines };
    changes.text("goal", goal, &new.goal);
    changes.text("owner", owner, &new.owner);
    let name = |document: &Document, id: &HandoffId| {
        document.handoff(*id).map_or_else(|| id.to_string(), |handoff| document.describe(handoff))
    };
    let all =
        |document: &Document, ids: &[HandoffId]| ids.iter().map(|id| name(document, id)).collect::<Vec<_>>().join(", ");
    if *handoffs != new.handoffs {
        changes.text("handoffs", &all(before, handoffs), &all(after, &new.handoffs));
    }
    changes.text("why several", why_several, &new.why_several);
    changes.day("start", *start, new.start);
    changes.number("length", "d", Some(f64::from(*days)), Some(f64::from(new.days)));
    tasks_changed(tasks, &new.tasks, &mut changes);
    changes.number("cost", "", *cost, new.cost);
    for (field, old, new) in [("baseline", baseline, &new.baseline), ("result", result, &new.result)] {
        snapshot(field, old.as_ref(), new.as_ref(), &mut changes);
    }
    changes.text("notes", notes, &new.notes);
}

fn tasks_changed(before: &[Task], after: &[Task], changes: &mut Changes<'_>) {
    let name = |task: &Task| named("task", &task.text);
    let kind = Kind { key: |task: &Task| task.text.clone(), called: &name, whole: &name, plural: "tasks" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let Task { text: _, owner, done } = before;
        changes.text("owner", owner, &after.owner);
        changes.day("done", *done, after.done);
    });
}

fn snapshot(field: &str, before: Option<&Snapshot>, after: Option<&Snapshot>, changes: &mut Changes<'_>) {
    let day = |snapshot: Option<&Snapshot>| snapshot.map(|snapshot| snapshot.day);
    changes.day(field, day(before), day(after));
    let figures = |snapshot: Option<&Snapshot>| snapshot.map(|snapshot| snapshot.figures.clone()).unwrap_or_default();
    frozen(&figures(before), &figures(after), &mut changes.within(field));
}

fn frozen(before: &[Frozen], after: &[Frozen], changes: &mut Changes<'_>) {
    let name = |of: &Frozen| of.figure.clone();
    let key = |of: &Frozen| (of.figure.clone(), of.customer);
    let kind = Kind { key, called: &name, whole: &name, plural: "figures" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        changes.number("value", "", Some(before.value), Some(after.value));
    });
}

/// Reviews of a process.
pub(super) fn reviews(before: &[Review], after: &[Review], changes: &mut Changes<'_>) {
    let name = |review: &Review| format!("review of {}", review.started);
    let kind = Kind { key: |review: &Review| review.started, called: &name, whole: &name, plural: "reviews" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let Review { started: _, finished, by, notes, steps, figures } = before;
        changes.day("finished", *finished, after.finished);
        changes.text("led by", by, &after.by);
        changes.text("notes", notes, &after.notes);
        changes.word("steps", &standings(*steps), &standings(after.steps));
        frozen(figures, &after.figures, changes);
    });
}

/// “1 done, 2 partly done …”.
fn standings(steps: Option<[Standing; 7]>) -> String {
    let Some(steps) = steps else { return "unknown".into() };
    let words = Step::ALL.iter().zip(steps);
    words
        .map(|(step, standing)| format!("{} {}", step.number(), standing.title().to_lowercase()))
        .collect::<Vec<_>>()
        .join(", ")
}

/// Steps that do not apply to a process.
pub(super) fn not_applicable(before: &[NotApplicable], after: &[NotApplicable], changes: &mut Changes<'_>) {
    let name = |of: &NotApplicable| format!("step {} not applicable", of.step.number());
    let kind = Kind { key: |of: &NotApplicable| of.step, called: &name, whole: &name, plural: "steps not applicable" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let NotApplicable { step: _, reason, when } = before;
        changes.text("reason", reason, &after.reason);
        changes.when("date", *when, after.when);
    });
}
