//! Dates of the improvement loop over month ends, leap days and time zones, and calendar files as another program reads
//! them.

#[expect(dead_code, reason = "other tests use the rest")]
mod names;
#[expect(dead_code, reason = "other tests use the rest")]
mod told;

use std::collections::BTreeMap;

use ical::parser::ical::component::IcalCalendar;
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use peel::analysis::{events, events_until};
use peel::geom::pt;
use peel::model::{
    Document, Edit, Handoff, HandoffId, Interval, MapInfo, Party, PartyId, PartyKind, Period, Review, Schedule,
    Snapshot, Sprint, SprintId, days_after,
};
use peel::report::calendar;
use proptest::prelude::*;
use told::told;

fn day(text: &str) -> Date {
    text.parse().expect(text)
}

fn map(edits: Vec<Edit>) -> Document {
    let mut document = Document::default();
    document.apply(edits).expect("sound");
    document
}

fn process(id: &str, party: Party) -> [Edit; 2] {
    let id = PartyId::parse(id).expect("id");
    [Edit::PutParty(id, Party { kind: PartyKind::Process, ..party }), Edit::Place(id, pt(0.0, 0.0))]
}

fn read(text: &str) -> IcalCalendar {
    let mut calendars = ical::IcalParser::new(text.as_bytes());
    let calendar = calendars.next().expect("a calendar").expect("is read");
    assert!(calendars.next().is_none(), "one calendar");
    calendar
}

/// Every event by its id: its first day, the day after its last, and what people read.
fn entries(text: &str) -> BTreeMap<String, (String, String, String)> {
    let of = |event: &ical::parser::ical::component::IcalEvent, name: &str| {
        let property = event.properties.iter().find(|property| property.name == name);
        property.and_then(|property| property.value.clone()).unwrap_or_default()
    };
    let all = read(text).events;
    let count = all.len();
    let entries: BTreeMap<_, _> = all
        .iter()
        .map(|event| (of(event, "UID"), (of(event, "DTSTART"), of(event, "DTEND"), of(event, "SUMMARY"))))
        .collect();
    assert_eq!(entries.len(), count, "no id twice");
    for event in &all {
        let start = event.properties.iter().find(|property| property.name == "DTSTART").expect("a start");
        let params = start.params.clone().expect("parameters");
        assert_eq!(params, [("VALUE".to_owned(), vec!["DATE".to_owned()])], "all day, in no time zone");
        for needed in ["DTSTAMP", "SEQUENCE", "SUMMARY"] {
            assert!(!of(event, needed).is_empty(), "{needed}");
        }
    }
    entries
}

fn everywhere() -> Document {
    let schedule = Some(Schedule { every: Interval { count: 1, unit: Period::Month }, first: day("2026-01-31") });
    let reviews = vec![Review {
        finished: Some(day("2026-02-28")),
        notes: "All well; next: the form,\nthen the list \\ done".into(),
        ..Review::starting(day("2026-02-27"))
    }];
    let mut edits =
        process("a", Party { name: "Prüfung, Eingang; Ausgang".into(), reviews, ..Party::default() }).to_vec();
    edits.extend(process("b", Party { name: "👩‍⚕️ ".repeat(40), ..Party::default() }));
    edits.push(Edit::SetInfo(MapInfo { title: "Labor".into(), review: schedule, ..MapInfo::default() }));
    let (a, b) = (PartyId::parse("a").ok(), PartyId::parse("b").ok());
    let handoff = Handoff { valid_until: peel::model::When::parse("2026-06").ok(), ..Handoff::between(a, b, "file") };
    let id = HandoffId::parse("h").expect("id");
    edits.push(Edit::PutHandoff(id, handoff));
    let sprint = Sprint {
        goal: "BEGIN:VEVENT\nEND:VCALENDAR".into(),
        handoffs: vec![id],
        start: Some(day("2028-02-10")),
        ..Sprint::default()
    };
    edits.push(Edit::PutSprint(SprintId::parse("t").expect("id"), sprint));
    map(edits)
}

#[test]
fn another_program_reads_the_calendar() {
    let now: DateTime = "2026-11-22T23:30:00".parse().expect("a time");
    let text = calendar(&everywhere(), now);
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.contains('\n') && !line.contains('\r'), "{line}");
    }
    assert!(text.ends_with("END:VCALENDAR\r\n") && text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"));
    let entries = entries(&text);
    let entry = |id: &str| entries[&format!("{id}@peel")].clone();
    let (start, end, title) = entry("review-a-0");
    assert_eq!((start.as_str(), end.as_str()), ("20260228", "20260301"), "the day it was finished");
    assert_eq!(title, "✓ Review: Prüfung\\, Eingang\\; Ausgang");
    let starts: Vec<String> = (1..5).map(|k| entry(&format!("review-a-{k}")).0).collect();
    assert_eq!(starts, ["20260328", "20260428", "20260528", "20260628"], "an interval after the last");
    let starts: Vec<String> = (0..4).map(|k| entry(&format!("review-b-{k}")).0).collect();
    assert_eq!(starts, ["20260131", "20260228", "20260331", "20260430"], "the last day of shorter months");
    assert_eq!(entry("sprint-t-start").0, "20280210");
    assert_eq!(entry("sprint-t-middle").0, "20280219");
    assert_eq!(
        (entry("sprint-t-end").0, entry("sprint-t-end").1),
        ("20280229".into(), "20280301".into()),
        "a leap day"
    );
    assert!(entry("sprint-t-end").2.starts_with("Sprint ends: BEGIN:VEVENT"), "a goal is text and nothing else");
    assert_eq!(entry("agreement-h").0, "20260630");
    assert_eq!(entries.len(), 1 + 4 + 4 + 3 + 1);
}

#[test]
fn a_second_import_updates() {
    let first: DateTime = "2026-11-22T10:00:00".parse().expect("a time");
    let before = everywhere();
    let mut after = before.clone();
    let id = PartyId::parse("b").expect("id");
    let mut party = (**before.party(id).expect("there")).clone();
    party.reviews.push(Review { finished: Some(day("2026-02-05")), ..Review::starting(day("2026-02-01")) });
    after.apply(vec![Edit::PutParty(id, party)]).expect("sound");
    let (one, two) = (calendar(&before, first), calendar(&after, first + 5.minutes()));
    let (early, late) = (entries(&one), entries(&two));
    assert!(early.keys().all(|id| late.contains_key(id)), "nothing is left behind in a calendar");
    assert_eq!(late["review-b-0@peel"].0, "20260205", "the first was finished then");
    assert_eq!(late["review-b-1@peel"].0, "20260305", "and the second moved");
    let sequence = |text: &str| -> i64 {
        let line = text.lines().find_map(|line| line.strip_prefix("SEQUENCE:")).expect("a sequence");
        line.trim().parse().expect("a number")
    };
    assert_eq!(sequence(&two) - sequence(&one), 5, "later files count more");
    assert_eq!(calendar(&before, first), one, "the same twice");
}

/// A calendar has these properties and no others.
const OURS: [&str; 6] = ["VERSION", "PRODID", "CALSCALE", "METHOD", "X-WR-CALNAME", "BEGIN"];
/// And so has an event.
const OURS_OF_EVENTS: [&str; 10] =
    ["UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "DESCRIPTION", "CATEGORIES", "TRANSP", "END"];

/// The text of a value (RFC 5545, section 3.3.11).
fn meant(value: &str) -> String {
    let (mut out, mut rest) = (String::new(), value.chars());
    while let Some(c) = rest.next() {
        match c {
            '\\' => match rest.next() {
                Some('n') => out.push('\n'),
                Some(c @ ('\\' | ';' | ',')) => out.push(c),
                other => panic!("{other:?} is escaped in {value}"),
            },
            ';' | ',' => panic!("{c} is not escaped in {value}"),
            c => out.push(c),
        }
    }
    out
}

/// What a calendar keeps of a text.
fn kept(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    text.chars().filter(|c| !c.is_control() || *c == '\n').collect()
}

/// Our events as they are, in a calendar of theirs.
fn check_calendar(document: &Document, label: &str) {
    let now: DateTime = "2026-11-22T23:30:00".parse().expect("a time");
    let (text, expected) = (calendar(document, now), events(document));
    for line in text.split("\r\n") {
        assert!(line.len() <= 75 && !line.chars().any(char::is_control), "{label}: {line:?}");
    }
    let calendar = read(&text);
    assert!(calendar.properties.iter().all(|property| OURS.contains(&property.name.as_str())), "{label}: {text}");
    assert!(calendar.alarms.is_empty() && calendar.todos.is_empty() && calendar.timezones.is_empty(), "{label}");
    assert_eq!(calendar.events.len(), expected.len(), "{label}");
    for event in &calendar.events {
        let names = || event.properties.iter().map(|property| property.name.as_str());
        assert!(event.alarms.is_empty() && names().all(|name| OURS_OF_EVENTS.contains(&name)), "{label}: {event:?}");
        let once = OURS_OF_EVENTS.iter().all(|ours| names().filter(|name| name == ours).count() <= 1);
        assert!(once, "{label}: {event:?}");
    }
    // Word for word, by our own unfolding: theirs drops spaces.
    let unfolded = text.replace("\r\n ", "");
    let values = |name: &str| -> Vec<String> {
        unfolded.split("\r\n").filter_map(|line| line.strip_prefix(name)).map(meant).collect()
    };
    let titles = |done: bool, title: &str| kept(&format!("{}{title}", if done { "✓ " } else { "" }));
    let expected_titles: Vec<String> = expected.iter().map(|event| titles(event.done, &event.title)).collect();
    assert_eq!(values("SUMMARY:"), expected_titles, "{label}");
    let notes = expected.iter().map(|event| event.notes.trim()).filter(|notes| !notes.is_empty()).map(kept);
    assert_eq!(values("DESCRIPTION:"), notes.collect::<Vec<_>>(), "{label}");
}

#[test]
fn names_are_text_in_a_calendar() {
    let names = names::kept();
    for name in &names {
        check_calendar(&names::crowd(std::slice::from_ref(name)), &name.0);
    }
    check_calendar(&names::crowd(&names), "all together");
    told("hostile names: calendar", "a table of texts", names.len() as u64, "our properties only, and word for word");
}

fn dates() -> impl Strategy<Value = Date> {
    prop_oneof![
        3 => (1950..2100_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Date::new(y, m, d).expect("a day")),
        2 => (1950..2100_i16, 1..=12_i8).prop_map(|(y, m)| Date::new(y, m, 1).expect("a day").last_of_month()),
        1 => (490..525_i16).prop_map(|y| Date::new(y * 4, 2, 29).unwrap_or(Date::constant(2028, 2, 29))),
    ]
}

/// Days of a month, told by the rule of the calendar and not by a library.
fn length_of(year: i32, month: i32) -> i32 {
    let leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month as usize - 1]
}

/// So many months later, the day as near to the first as that month has.
fn months_later(day: Date, months: i32) -> (i32, i32, i32) {
    let whole = i32::from(day.year()) * 12 + i32::from(day.month()) - 1 + months;
    let (year, month) = (whole.div_euclid(12), whole.rem_euclid(12) + 1);
    (year, month, i32::from(day.day()).min(length_of(year, month)))
}

/// Days since 1 March of the year 0, by the lengths of months alone.
fn day_number(day: Date) -> i64 {
    let years = (0..i32::from(day.year())).map(|year| if length_of(year, 2) == 29 { 366 } else { 365 });
    let months = (1..i32::from(day.month())).map(|month| length_of(i32::from(day.year()), month));
    i64::from(years.sum::<i32>()) + i64::from(months.sum::<i32>()) + i64::from(day.day())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn intervals_are_those_of_the_calendar(first in dates(), count in 1..40_u32, times in 0..30_u32) {
        let span = (count * times) as i32;
        let after = |unit| Interval { count, unit }.after(first, times).expect("within the calendar");
        let parts = |day: Date| (i32::from(day.year()), i32::from(day.month()), i32::from(day.day()));
        prop_assert_eq!(parts(after(Period::Month)), months_later(first, span));
        prop_assert_eq!(parts(after(Period::Quarter)), months_later(first, 3 * span));
        if times * count < 100 {
            prop_assert_eq!(parts(after(Period::Year)), months_later(first, 12 * span));
        }
        prop_assert_eq!(day_number(after(Period::Day)) - day_number(first), i64::from(span));
        prop_assert_eq!(day_number(after(Period::Week)) - day_number(first), 7 * i64::from(span));
    }

    #[test]
    fn a_sprint_has_its_days(start in dates(), days in 1..=366_u32) {
        let sprint = Sprint { start: Some(start), days, ..Sprint::default() };
        let (last, middle) = (sprint.last_day().expect("a day"), sprint.middle().expect("a day"));
        prop_assert_eq!(day_number(last) - day_number(start) + 1, i64::from(days));
        prop_assert!(start <= middle && middle <= last);
        prop_assert!((day_number(middle) - day_number(start)) * 2 <= i64::from(days));
        for today in [start, last, days_after(last, 40)] {
            prop_assert_eq!(i64::from(sprint.days_left(today).expect("days")), day_number(last) - day_number(today));
        }
    }

    #[test]
    fn reviews_come_in_order_and_none_is_left_out(
        first in dates(),
        count in 1..30_u32,
        unit in proptest::sample::select(Period::ALL),
        finished in proptest::collection::vec(dates(), 0..4),
        ahead in 0..400_u32,
    ) {
        let reviews = finished.iter().map(|day| Review { finished: Some(*day), ..Review::starting(*day) }).collect();
        let review = Some(Schedule { every: Interval { count, unit }, first });
        let document = map(process("p", Party { review, reviews, ..Party::default() }).to_vec());
        let next = finished.iter().max().map_or(first, |last| Interval { count, unit }.after(*last, 1).expect("a day"));
        let open = |events: &[peel::analysis::Event]| -> Vec<Date> {
            events.iter().filter(|event| !event.done).map(|event| event.day).collect()
        };
        let four = open(&events(&document));
        prop_assert_eq!((four.len(), four[0]), (4, next));
        prop_assert!(four.windows(2).all(|pair| pair[0] < pair[1]), "{:?}", four);
        let until = days_after(next, ahead);
        let all = open(&events_until(&document, until));
        prop_assert!(all.iter().all(|day| *day <= until) && all.first() == Some(&next));
        let expected = four.iter().filter(|day| **day <= until);
        prop_assert!(expected.zip(&all).all(|(a, b)| a == b), "{:?} {:?}", four, all);
        let ids: Vec<String> = events(&document).into_iter().map(|event| event.uid).collect();
        let mut once = ids.clone();
        once.sort();
        once.dedup();
        prop_assert_eq!(once.len(), ids.len(), "ids are their own");
        let done = events(&document).iter().filter(|event| event.done).count();
        prop_assert_eq!(done, finished.len());
    }

    #[test]
    fn a_day_stays_that_day_wherever_the_file_is_made(start in dates(), hours in -12..14_i8) {
        // The clock of whoever exports changes nothing but the stamp.
        let sprint = Sprint { start: Some(start), result: Some(Snapshot { day: start, figures: Vec::new() }), ..Sprint::default() };
        let document = map(vec![Edit::PutSprint(SprintId::parse("t").expect("id"), sprint)]);
        let zone = TimeZone::fixed(jiff::tz::offset(hours));
        let made = start.at(23, 59, 0, 0).to_zoned(zone).expect("a time");
        let now = made.with_time_zone(TimeZone::UTC).datetime();
        let entries = entries(&calendar(&document, now));
        let (from, to, _) = &entries["sprint-t-start@peel"];
        prop_assert_eq!(from, &start.strftime("%Y%m%d").to_string());
        prop_assert_eq!(to, &days_after(start, 1).strftime("%Y%m%d").to_string());
    }
}
