//! What changed in a scenario.

use std::collections::BTreeMap;

use super::{Changes, quoted};
use crate::model::{
    Alteration, Altered, Change, Document, Handoff, HandoffId, Party, PartyId, Scenario, ScenarioId, Subject,
};

/// A scenario in a sentence.
pub(in crate::model) fn called(scenario: &Scenario) -> String {
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
    let Scenario { name, notes, cost, changes: old_changes, parties, handoffs, places, rank } = &**old;
    let mut changes = Changes { of: called(old), lines };
    changes.text("name", name, &new.name);
    changes.text("notes", notes, &new.notes);
    changes.number("cost", "", *cost, new.cost);
    numbers((old_changes, before), (&new.changes, after), &mut changes);
    altered((parties, before), (&new.parties, after), party, &mut changes);
    altered((handoffs, before), (&new.handoffs, after), handoff, &mut changes);
    if places.iter().any(|(id, place)| new.places.get(id).is_some_and(|other| other != place)) {
        changes.line("cards of new parties moved");
    }
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

/// Records that would come, go or be other.
fn altered<I: Ord + Copy, T: PartialEq>(
    before: (&BTreeMap<I, Altered<T>>, &Document),
    after: (&BTreeMap<I, Altered<T>>, &Document),
    called: fn(I, &Altered<T>, &Document) -> String,
    changes: &mut Changes<'_>,
) {
    for (id, old) in before.0.iter().filter(|(id, _)| !after.0.contains_key(id)) {
        changes.line(&format!("{} stays as it is", called(*id, old, before.1)));
    }
    for (id, new) in after.0 {
        let name = called(*id, new, after.1);
        let old = before.0.get(id);
        if old.is_none_or(|old| old.what != new.what) {
            changes.line(&match new.what {
                Alteration::Added(_) => format!("{name} would come"),
                Alteration::Removed => format!("{name} would go"),
                Alteration::Changed { .. } => format!("{name} would be other"),
            });
        }
        changes.text(&format!("why {name}"), old.map_or("", |old| &old.why), &new.why);
    }
}

fn party(id: PartyId, altered: &Altered<Party>, document: &Document) -> String {
    match &altered.what {
        Alteration::Added(party) => quoted(&party.name),
        _ => subject(Subject::Party(id), document),
    }
}

fn handoff(id: HandoffId, altered: &Altered<Handoff>, document: &Document) -> String {
    match &altered.what {
        Alteration::Added(handoff) => quoted(&handoff.item),
        _ => subject(Subject::Handoff(id), document),
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
