//! What records may hold, and every invariant of a whole document, written plainly and slowly.

use std::collections::BTreeSet;
use std::fmt::Display;

use jiff::civil::Date;

use super::document::Document;
use super::party::PartyKind;
use super::quantity::{COORDINATE, Quantity};
use super::scenario::MOST_SCENARIOS;
use super::sprint::MOST_SPRINTS;
use super::when::YEARS;

/// Longest text a field may hold, in characters.
pub const LONGEST_TEXT: usize = 10_000;
/// Most records of one kind that a map may hold.
pub const MOST_RECORDS: usize = 200_000;
/// Most requirements that one handoff may hold.
pub const MOST_REQUIREMENTS: usize = 1_000;
/// Most views that may be saved in one map.
pub const MOST_VIEWS: usize = 1_000;
/// Most departments whose lanes may have a place of their own in the order.
pub const MOST_LANES: usize = 10_000;

/// Takes the name of a field and what is wrong with it.
pub(crate) type Checks<'a> = &'a mut dyn FnMut(&'static str, String);

/// Reports a text that is too long or holds a NUL.
pub(super) fn text_fits(field: &'static str, text: &str, report: Checks<'_>) {
    if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
        report(field, format!("is longer than {LONGEST_TEXT} characters"));
    } else if text.contains('\0') {
        report(field, "holds a NUL character".into());
    }
}

/// Reports a known number that does not fit its quantity.
pub(super) fn number_fits(field: &'static str, quantity: Quantity, value: Option<f64>, report: Checks<'_>) {
    if let Some(Err(error)) = value.map(|v| quantity.check(v)) {
        report(field, error.to_string());
    }
}

/// Reports a day that no file can name.
pub(super) fn day_fits(field: &'static str, day: Date, report: Checks<'_>) {
    if !YEARS.contains(&day.year()) {
        report(field, format!("must lie between the years {} and {}", YEARS.start(), YEARS.end()));
    }
}

/// Reports a list that is too long, or in which two records have one id.
pub(super) fn unique<I: Ord + Copy + Display>(
    field: &'static str,
    ids: impl ExactSizeIterator<Item = I>,
    most: usize,
    report: Checks<'_>,
) {
    if ids.len() > most {
        report(field, format!("are more than {most}"));
    }
    let mut seen = BTreeSet::new();
    if let Some(twice) = ids.into_iter().find(|id| !seen.insert(*id)) {
        report(field, format!("have the id {twice} twice"));
    }
}

/// Every broken invariant of the document, in words; empty when it is sound.
///
/// `Document::apply` keeps a document sound without calling this; tests and readers of foreign files do call it.
pub fn check(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for (id, party) in document.parties() {
        party.check(&mut |field, problem| found.push(format!("party {id}: {field} {problem}")));
        match document.place(id) {
            None => found.push(format!("party {id} has no place")),
            Some(place) => {
                for value in [place.x, place.y] {
                    if let Err(error) = COORDINATE.check(f64::from(value)) {
                        found.push(format!("party {id}: place {error}"));
                    }
                }
            }
        }
    }
    for (id, handoff) in document.handoffs() {
        handoff.check(&mut |field, problem| found.push(format!("handoff {id}: {field} {problem}")));
        for end in handoff.known_ends() {
            if document.party(end).is_none() {
                found.push(format!("handoff {id} names the party {end}, which is not there"));
            }
            if !document.handoffs_of(end).any(|(other, _)| other == id) {
                found.push(format!("handoff {id} is not listed at {end}"));
            }
        }
    }
    if document.places_len() != document.parties_len() {
        found.push("a place belongs to no party".into());
    }
    let customers = document.parties().filter(|(_, party)| party.kind == PartyKind::Customer).count();
    if customers != document.customers_len() || document.customers().any(|(_, party)| party.kind != PartyKind::Customer)
    {
        found.push("the list of customers is not that of the parties".into());
    }
    let ends = document.handoffs().map(|(_, h)| usize::from(h.supplier.is_some()) + usize::from(h.customer.is_some()));
    if ends.sum::<usize>() != document.links_len() {
        found.push("the list of links is longer than the handoffs' ends".into());
    }
    for (id, view) in document.views() {
        view.check(&mut |field, problem| found.push(format!("view {id}: {field} {problem}")));
    }
    if document.views_len() > MOST_VIEWS {
        found.push(format!("more than {MOST_VIEWS} views"));
    }
    for (id, scenario) in document.scenarios() {
        scenario.check(&mut |field, problem| found.push(format!("scenario {id}: {field} {problem}")));
    }
    if document.scenarios_len() > MOST_SCENARIOS {
        found.push(format!("more than {MOST_SCENARIOS} scenarios"));
    }
    for (id, sprint) in document.sprints() {
        sprint.check(&mut |field, problem| found.push(format!("sprint {id}: {field} {problem}")));
    }
    if document.sprints_len() > MOST_SPRINTS {
        found.push(format!("more than {MOST_SPRINTS} sprints"));
    }
    document.info().check(&mut |field, problem| found.push(format!("map: {field} {problem}")));
    found
}
