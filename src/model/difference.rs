//! Says in words what changed from one document to another, for people who have to choose between the two.

mod handoffs;
mod lists;
mod parties;
mod requirements;
mod scenarios;
mod sprints;
#[cfg(test)]
mod tests;
mod views;

pub(super) use scenarios::called as scenario_called;
pub(super) use sprints::called as sprint_called;
pub(super) use views::called as view_called;

use super::dismissal::Dismissal;
use super::document::{Document, MapInfo, Subject};
use super::edit::Edit;
use super::id::PartyId;
use super::quantity::number;
use super::review::Schedule;
use super::when::When;
use jiff::civil::Date;

/// Every change from `before` to `after`, one line each; empty when they are equal.
///
/// Lines read like “party “Sales” added” or “handoff “Sales → Planning: order”: %C&A 80 → 90”. Cards that only moved
/// are counted in one line.
pub fn difference(before: &Document, after: &Document) -> Vec<String> {
    let (mut lines, mut moved) = (Vec::new(), 0);
    for edit in before.each_edit_to(after) {
        match edit {
            Edit::SetInfo(info) => info_changed(before.info(), &info, &mut lines),
            Edit::PutParty(id, party) => parties::put(id, &party, before, after, &mut lines),
            Edit::RemoveParty(id) => lines.push(format!("party “{}” removed", before.name_of(id))),
            Edit::Place(id, _) => moved += usize::from(before.party(id).is_some()),
            Edit::PutHandoff(id, handoff) => handoffs::put(id, &handoff, before, after, &mut lines),
            Edit::RemoveHandoff(id) => {
                if let Some(old) = before.handoff(id) {
                    lines.push(format!("handoff “{}” removed", before.describe(old)));
                }
            }
            Edit::PutView(id, view) => views::put(id, &view, before, after, &mut lines),
            Edit::RemoveView(id) => lines.extend(before.view(id).map(|old| format!("{} removed", views::called(old)))),
            Edit::PutScenario(id, scenario) => scenarios::put(id, &scenario, before, after, &mut lines),
            Edit::RemoveScenario(id) => {
                lines.extend(before.scenario(id).map(|old| format!("{} removed", scenarios::called(old))));
            }
            Edit::PutSprint(id, sprint) => sprints::put(id, &sprint, before, after, &mut lines),
            Edit::RemoveSprint(id) => {
                lines.extend(before.sprint(id).map(|old| format!("{} removed", sprints::called(old))));
            }
        }
    }
    match moved {
        0 => {}
        1 => lines.push("1 card moved".into()),
        many => lines.push(format!("{many} cards moved")),
    }
    lines
}

/// What changed of one party or handoff that is in both documents, without its name: “%C&A 80 → 90”.
pub fn difference_of(before: &Document, after: &Document, subject: Subject) -> Vec<String> {
    let mut lines = Vec::new();
    let called = match subject {
        Subject::Party(id) => {
            if let Some(party) = after.party(id).filter(|_| before.party(id).is_some()) {
                parties::put(id, party, before, after, &mut lines);
            }
            format!("party “{}”: ", before.name_of(id))
        }
        Subject::Handoff(id) => {
            let Some(old) = before.handoff(id) else { return Vec::new() };
            if let Some(handoff) = after.handoff(id) {
                handoffs::put(id, handoff, before, after, &mut lines);
            }
            format!("handoff “{}”: ", before.describe(old))
        }
    };
    lines.into_iter().map(|line| line.strip_prefix(&called).map_or(line.clone(), str::to_owned)).collect()
}

/// Collects the changed fields of one record.
struct Changes<'a> {
    of: String,
    lines: &'a mut Vec<String>,
}

impl Changes<'_> {
    /// The changes of a record that belongs to this one.
    fn within(&mut self, what: &str) -> Changes<'_> {
        Changes { of: format!("{}: {what}", self.of), lines: self.lines }
    }

    fn line(&mut self, what: &str) {
        self.lines.push(format!("{}: {what}", self.of));
    }

    fn shown(&mut self, field: &str, before: &str, after: &str) {
        self.line(&format!("{field} {before} → {after}"));
    }

    fn word(&mut self, field: &str, before: &str, after: &str) {
        if before != after {
            self.shown(field, before, after);
        }
    }

    fn text(&mut self, field: &str, before: &str, after: &str) {
        if before == after {
            return;
        }
        let (short_before, short_after) = (quoted(before), quoted(after));
        if short_before == short_after {
            self.line(&format!("{field} changed")); // they differ behind what is shown
        } else {
            self.shown(field, &short_before, &short_after);
        }
    }

    fn number(&mut self, field: &str, unit: &str, before: Option<f64>, after: Option<f64>) {
        let show = |value: Option<f64>| value.map_or_else(|| "unknown".into(), |value| amount(value, unit));
        if before != after {
            self.shown(field, &show(before), &show(after));
        }
    }

    fn when(&mut self, field: &str, before: Option<When>, after: Option<When>) {
        let show = |when: Option<When>| when.map_or_else(|| "unknown".into(), |when| when.to_string());
        self.word(field, &show(before), &show(after));
    }

    fn day(&mut self, field: &str, before: Option<Date>, after: Option<Date>) {
        self.when(field, before.map(When::day), after.map(When::day));
    }

    fn schedule(&mut self, before: Option<Schedule>, after: Option<Schedule>) {
        let show = |schedule: Option<Schedule>| {
            schedule.map_or_else(|| "none".into(), |at| format!("{} from {}", at.every.words(), at.first))
        };
        self.word("reviews", &show(before), &show(after));
    }

    /// One of the ends of something. Compared by id: a renamed party is a change of the party.
    fn party(&mut self, field: &str, before: (Option<PartyId>, &Document), after: (Option<PartyId>, &Document)) {
        let name = |(id, document): (Option<PartyId>, &Document)| {
            id.map_or_else(|| "nobody".into(), |id| document.name_of(id))
        };
        if before.0 != after.0 {
            self.shown(field, &name(before), &name(after));
        }
    }
}

/// A value with its unit.
fn amount(value: f64, unit: &str) -> String {
    if unit.is_empty() { number(value) } else { format!("{} {unit}", number(value)) }
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    const SHOWN: usize = 40;
    let mut characters = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let mut start: String = characters.by_ref().take(SHOWN).collect();
    if characters.next().is_some() {
        start.push('…');
    }
    start
}

fn quoted(text: &str) -> String {
    if text.is_empty() { "nothing".into() } else { format!("“{}”", short(text)) }
}

/// What a record is called: its kind and its own words.
fn called(kind: &str, words: &str) -> String {
    if words.is_empty() { format!("{kind} without words") } else { format!("{kind} {}", quoted(words)) }
}

fn yes_no(value: bool) -> &'static str {
    if value { "yes" } else { "no" }
}

/// Findings that were put aside or raised again.
fn dismissed(before: &[Dismissal], after: &[Dismissal], changes: &mut Changes<'_>) {
    let name = |dismissal: &Dismissal| format!("dismissal of {}", dismissal.kind);
    let key = |dismissal: &Dismissal| (dismissal.kind.clone(), dismissal.part);
    let kind = lists::Kind { key, called: &name, whole: &name, plural: "dismissals" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let Dismissal { kind: _, part: _, reason, when } = before;
        changes.text("reason", reason, &after.reason);
        changes.when("date", *when, after.when);
    });
}

fn info_changed(before: &MapInfo, after: &MapInfo, lines: &mut Vec<String>) {
    let MapInfo { title, notes, hours_per_day, currency, lane_order, stale_after_days, review, dismissed: old } =
        before;
    let mut changes = Changes { of: "map".into(), lines };
    changes.text("title", title, &after.title);
    changes.text("notes", notes, &after.notes);
    changes.number("working day", "h", Some(*hours_per_day), Some(after.hours_per_day));
    changes.text("currency", currency, &after.currency);
    changes.text("order of lanes", &lane_order.join(", "), &after.lane_order.join(", "));
    changes.number("stale after", "d", Some(*stale_after_days), Some(after.stale_after_days));
    changes.schedule(*review, after.review);
    dismissed(old, &after.dismissed, &mut changes);
}
