//! The days that the improvement loop has in the calendar: reviews, sprints, and agreements that end.

use std::sync::Arc;

use jiff::civil::Date;

use super::reviews::{running, schedule};
use crate::model::{Document, Handoff, HandoffId, Party, PartyId, Sprint, SprintId, Subject, last_finished};

/// What a day is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EventKind {
    /// A process is to be reviewed, or was.
    Review,
    /// A sprint begins.
    SprintStart,
    /// Half of a sprint is over.
    SprintMiddle,
    /// The last day of a sprint.
    SprintEnd,
    /// The last day of an agreement.
    Agreement,
}

/// A day in the calendar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// The day.
    pub day: Date,
    /// What it is for.
    pub kind: EventKind,
    /// The same for this very event whenever it is asked for, so that a calendar that has it moves it: the fourth review
    /// of a process stays that, whenever it is due.
    pub uid: String,
    /// What people read.
    pub title: String,
    /// More about it; may be empty.
    pub notes: String,
    /// The party or handoff it is about.
    pub subject: Option<Subject>,
    /// True when it is over: a review that was finished, a sprint with its result.
    pub done: bool,
}

/// So many reviews to come of each process are in a calendar file. Always as many, so that none is left over from an
/// interval that was shorter.
pub const REVIEWS_AHEAD: u32 = 4;
/// Most reviews to come of one process that are looked at.
const MOST_AHEAD: u32 = 2_000;

/// Every event up to a day, the earliest first: all that was, and reviews to come as far as that day.
pub fn events_until(document: &Document, until: Date) -> Vec<Event> {
    all(document, &|k, day| k < MOST_AHEAD && day <= until)
}

/// The events of a calendar file: all that was, and the next [`REVIEWS_AHEAD`] reviews of each process.
pub fn events(document: &Document) -> Vec<Event> {
    all(document, &|k, _| k < REVIEWS_AHEAD)
}

fn all(document: &Document, goes_on: &dyn Fn(u32, Date) -> bool) -> Vec<Event> {
    let mut events = Vec::new();
    for (id, party) in document.parties() {
        reviews(document, (id, party), goes_on, &mut events);
    }
    for (id, sprint) in document.sprints() {
        sprint_days(document, (id, sprint), &mut events);
    }
    for (id, handoff) in document.handoffs() {
        events.extend(agreement(document, (id, handoff)));
    }
    events.sort_by(|a, b| (a.day, a.kind, &a.title, &a.uid).cmp(&(b.day, b.kind, &b.title, &b.uid)));
    events
}

fn reviews(
    document: &Document,
    (id, party): (PartyId, &Arc<Party>),
    goes_on: &dyn Fn(u32, Date) -> bool,
    events: &mut Vec<Event>,
) {
    let name = document.name_of(id);
    let event = |number: usize, day, done, notes: String| Event {
        day,
        kind: EventKind::Review,
        uid: format!("review-{id}-{number}"),
        title: format!("Review: {name}"),
        notes,
        subject: Some(Subject::Party(id)),
        done,
    };
    let mut finished: Vec<_> = party.reviews.iter().filter_map(|review| Some((review.finished?, review))).collect();
    finished.sort_by_key(|(day, _)| *day);
    for (number, (day, review)) in finished.iter().enumerate() {
        events.push(event(number, *day, true, review.notes.clone()));
    }
    let Some(schedule) = schedule(document, party) else { return };
    let every = format!("Go through the steps of the method again, {}.", schedule.every.words());
    let since = running(party).map(|review| format!(" It runs since {}.", review.started)).unwrap_or_default();
    let mut before = last_finished(&party.reviews);
    for k in 0.. {
        let Some(day) = schedule.due(&party.reviews, k).filter(|day| goes_on(k, *day)) else { break };
        // At the end of the calendar days do not move on.
        if k > 0 && before.is_some_and(|before| day <= before) {
            break;
        }
        before = Some(day);
        let notes = if k == 0 { format!("{every}{since}") } else { every.clone() };
        events.push(event(finished.len() + k as usize, day, false, notes));
    }
}

fn sprint_days(document: &Document, (id, sprint): (SprintId, &Arc<Sprint>), events: &mut Vec<Event>) {
    let goal = if sprint.goal.trim().is_empty() { "Sprint" } else { sprint.goal.trim() };
    let handoffs = sprint.handoffs.iter().filter_map(|id| document.handoff(*id)).map(|of| document.describe(of));
    let mut notes: Vec<String> = handoffs.collect();
    notes.extend((!sprint.owner.trim().is_empty()).then(|| format!("Owner: {}", sprint.owner.trim())));
    let subject = sprint.handoffs.iter().copied().map(Subject::Handoff).find(|of| document.has(*of));
    let days = [
        (EventKind::SprintStart, "start", "Sprint starts", sprint.start),
        (EventKind::SprintMiddle, "middle", "Sprint, half time", sprint.middle()),
        (EventKind::SprintEnd, "end", "Sprint ends", sprint.last_day()),
    ];
    for (kind, word, title, day) in days {
        events.extend(day.map(|day| Event {
            day,
            kind,
            uid: format!("sprint-{id}-{word}"),
            title: format!("{title}: {goal}"),
            notes: notes.join("\n"),
            subject,
            done: sprint.result.is_some(),
        }));
    }
}

fn agreement(document: &Document, (id, handoff): (HandoffId, &Arc<Handoff>)) -> Option<Event> {
    Some(Event {
        day: handoff.valid_until?.last(),
        kind: EventKind::Agreement,
        uid: format!("agreement-{id}"),
        title: format!("Agreement ends: {}", document.describe(handoff)),
        notes: "Go through it with the other side and set a new date until which it holds.".to_owned(),
        subject: Some(Subject::Handoff(id)),
        done: false,
    })
}
