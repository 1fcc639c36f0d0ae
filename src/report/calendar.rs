//! The reviews, sprints and ends of agreements of a map as a calendar file.

use jiff::civil::DateTime;

use crate::analysis::{Event, EventKind, events};
use crate::model::Document;
use crate::writing::{Entry, ics};

/// The calendar of the map; `utc` is when it is made, in coordinated universal time.
pub fn calendar(document: &Document, utc: DateTime) -> String {
    let entries: Vec<Entry> = events(document).iter().map(entry).collect();
    let title = document.info().title.trim();
    let name = if title.is_empty() { "Peel".to_owned() } else { format!("Peel: {title}") };
    ics(&entries, &name, utc)
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
