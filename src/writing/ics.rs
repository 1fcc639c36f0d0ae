//! A calendar file (RFC 5545): all-day events that Outlook, Google and Apple calendars take, and move when they are taken
//! again.
//!
//! An all-day event is a date without a time zone, so it stands on the same day wherever it is read. Ids are those of the
//! events, so a second import updates; a sequence that grows with every minute makes calendars believe the later file.

use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

/// An all-day event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id, the same whenever it is written.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// What people read.
    pub title: String,
    /// More about it; may be empty.
    pub notes: String,
    /// What sort of event it is.
    pub category: &'static str,
}

/// Longest line in bytes, its end not counted (RFC 5545, section 3.1).
const LINE: usize = 75;
/// Minutes since this day count the sequence, so that it is small.
const SINCE: DateTime = DateTime::constant(2024, 1, 1, 0, 0, 0, 0);

/// The calendar. `utc` is when it is made, in coordinated universal time.
pub fn ics(events: &[Entry], name: &str, utc: DateTime) -> String {
    let mut out = String::new();
    let name = name.trim();
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Peel//Peel//EN");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, "METHOD:PUBLISH");
    if !name.is_empty() {
        line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    }
    let stamp = utc.strftime("%Y%m%dT%H%M%SZ").to_string();
    let sequence = utc.duration_since(SINCE).as_mins().clamp(0, i64::from(i32::MAX));
    for event in events {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}@peel", event.uid));
        line(&mut out, &format!("DTSTAMP:{stamp}"));
        line(&mut out, &format!("SEQUENCE:{sequence}"));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", date(event.day)));
        // The end is the first day that is no part of it.
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", date(event.day.checked_add(1.day()).unwrap_or(Date::MAX))));
        line(&mut out, &format!("SUMMARY:{}", escaped(&event.title)));
        if !event.notes.trim().is_empty() {
            line(&mut out, &format!("DESCRIPTION:{}", escaped(event.notes.trim())));
        }
        line(&mut out, &format!("CATEGORIES:{}", escaped(event.category)));
        // Nobody is busy all day because of it.
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn date(day: Date) -> String {
    day.strftime("%Y%m%d").to_string()
}

/// A text as the value of a property: on one line, with what has a meaning escaped; what cannot be seen is left out.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let plain = text.replace("\r\n", "\n").replace('\r', "\n");
    for c in plain.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            ';' => out.push_str("\\;"),
            ',' => out.push_str("\\,"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push(' '),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// A line and its end, folded where it is too long; a character is never cut.
fn line(out: &mut String, text: &str) {
    let mut room = LINE;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            // The space at its beginning counts.
            room = LINE - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}
