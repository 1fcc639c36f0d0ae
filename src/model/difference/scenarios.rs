//! What changed in a scenario.

use super::{Changes, quoted};
use crate::model::{Change, Document, Scenario, ScenarioId, Subject};

/// A scenario in a sentence.
pub(super) fn called(scenario: &Scenario) -> String {
    if scenario.name.trim().is_empty() {
        "unnamed scenario".into()
    } else {
        format!("scenario {}", quoted(&scenario.name))
    }
}

/// The lines about a scenario that was added or replaced.
pub(super) fn put(id: ScenarioId, new: &Scenario, before: &Document, after: &Document, lines: &mut Vec<String>) {
    let Some(old) = before.scenario(id) else {
        lines.push(format!("{} added", called(new)));
        return;
    };
    let Scenario { name, notes, cost, changes: old_changes, rank } = &**old;
    let mut changes = Changes { of: called(old), lines };
    changes.text("name", name, &new.name);
    changes.text("notes", notes, &new.notes);
    changes.number("cost", "", *cost, new.cost);
    numbers((old_changes, before), (&new.changes, after), &mut changes);
    if *rank != new.rank {
        changes.line("place in the order changed");
    }
}

fn numbers(before: (&[Change], &Document), after: (&[Change], &Document), changes: &mut Changes<'_>) {
    let find = |of: &[Change], wanted: &Change| {
        of.iter().find(|c| (c.subject, c.lever) == (wanted.subject, wanted.lever)).cloned()
    };
    for old in before.0 {
        let (of, field) = (subject(old.subject, before.1), old.lever.title());
        match find(after.0, old) {
            None => changes.line(&format!("{field} of {of} is no longer changed")),
            Some(new) => {
                let unit = old.lever.quantity().unit;
                changes.number(&format!("{field} of {of}"), unit, Some(old.value), Some(new.value));
                changes.text(&format!("why {field} of {of}"), &old.why, &new.why);
            }
        }
    }
    for new in after.0.iter().filter(|new| find(before.0, new).is_none()) {
        let of = subject(new.subject, after.1);
        let to = super::amount(new.value, new.lever.quantity().unit);
        changes.line(&format!("{} of {of} would be {to}", new.lever.title()));
    }
}

fn subject(subject: Subject, document: &Document) -> String {
    match subject {
        Subject::Party(id) => format!("“{}”", document.name_of(id)),
        Subject::Handoff(id) => {
            document.handoff(id).map_or_else(|| id.to_string(), |handoff| format!("“{}”", document.describe(handoff)))
        }
    }
}
