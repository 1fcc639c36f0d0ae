//! The reviews, sprints and ends of agreements of a map as a calendar file.

use jiff::Timestamp;

use crate::analysis::{Event, EventKind, events};
use crate::model::Document;
use crate::writing::{Entry, ics};

/// The calendar of the map; `now` is when it is made.
pub fn calendar(document: &Document, now: Timestamp) -> String {
    let entries: Vec<Entry> = events(document).iter().map(entry).collect();
    let title = document.info().title.trim();
    let name = if title.is_empty() { "Peel".to_owned() } else { format!("Peel: {title}") };
    ics(&entries, &name, now)
}

fn entry(event: &Event) -> Entry {
    let done = if event.done { "✓ " } else { "" };
    Entry {
        uid: event.uid.clone(),
        day: event.day,
        title: format!("{done}{}", event.title),
        notes: event.notes.clone(),
        category: match event.kind {
            EventKind::Review => "Review",
            EventKind::SprintStart | EventKind::SprintMiddle | EventKind::SprintEnd => "Sprint",
            EventKind::Agreement => "Agreement",
        },
    }
}
