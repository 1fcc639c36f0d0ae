//! The ids of a file: made where they were left out, unique, and naming what is there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;

use super::super::v1;
use super::FormatError;
use super::locate::{self, Step};
use super::report::similar;
use crate::model::{HandoffId, Id, PartyId, ScenarioId, SprintId, ViewId};

/// The ids of the parties, sorted.
pub(super) fn parties(text: &str, records: &[Box<v1::Party<'_>>]) -> Result<Vec<PartyId>, FormatError> {
    unique(text, "parties", records.iter().map(|p| Some(p.id)))?;
    let mut ids: Vec<PartyId> = records.iter().map(|p| p.id).collect();
    ids.sort_unstable();
    Ok(ids)
}

/// The ids of the handoffs, in the order of the file; their ends are among the parties (sorted).
pub(super) fn handoffs(
    text: &str,
    records: &[Box<v1::Handoff<'_>>],
    parties: &[PartyId],
) -> Result<Vec<HandoffId>, FormatError> {
    unique(text, "handoffs", records.iter().map(|h| h.id))?;
    for (row, record) in records.iter().enumerate() {
        for (end, id) in [("supplier", record.supplier), ("customer", record.customer)] {
            if let Some(id) = id.filter(|id| parties.binary_search(id).is_err()) {
                let message = missing(&format!("the {end} of this handoff"), "party", id, parties);
                return Err(at_field(text, "handoffs", row, end, message));
            }
        }
    }
    let given: Vec<Option<HandoffId>> = records.iter().map(|h| h.id).collect();
    Ok(complete("h", &given))
}

/// A list whose records each belong to a record of another list.
pub(super) struct Parts {
    /// The name of the list.
    pub list: &'static str,
    /// What one of its records is called.
    pub record: &'static str,
    /// What they belong to, and the field that names it.
    pub owner: &'static str,
}

/// The requirements of handoffs.
pub(super) const REQUIREMENTS: Parts = Parts { list: "requirements", record: "requirement", owner: "handoff" };
/// The measures of processes.
pub(super) const MEASURES: Parts = Parts { list: "measures", record: "measure", owner: "party" };
/// What was said about processes.
pub(super) const EXPECTATIONS: Parts = Parts { list: "expectations", record: "expectation", owner: "party" };

/// Positions in a list, by what the records there belong to.
pub(super) type Rows<O> = BTreeMap<O, Vec<usize>>;

/// The rows of the parts of each owner. Every owner is there (`owners` are sorted), and none has two parts of one id.
pub(super) fn rows<R, O: Copy + Ord + Display, I: Ord + Display>(
    text: &str,
    parts: &Parts,
    records: &[R],
    names: impl Fn(&R) -> (O, Option<I>),
    owners: &[O],
) -> Result<Rows<O>, FormatError> {
    let Parts { list, record: part, owner: whose } = parts;
    let mut grouped: Rows<O> = BTreeMap::new();
    for (row, record) in records.iter().enumerate() {
        let (owner, _) = names(record);
        if owners.binary_search(&owner).is_err() {
            let message = missing(&format!("the {whose} of this {part}"), whose, owner, owners);
            return Err(at_field(text, list, row, whose, message));
        }
        grouped.entry(owner).or_default().push(row);
    }
    for rows in grouped.values() {
        let mut seen = BTreeMap::new();
        for row in rows {
            let (_, Some(id)) = names(&records[*row]) else { continue };
            if let Some(first) = seen.get(&id) {
                return Err(twice(text, list, id, *first, *row));
            }
            seen.insert(id, *row);
        }
    }
    Ok(grouped)
}

/// The ids of the saved views, in the order of the file.
pub(super) fn views(text: &str, records: &[v1::View<'_>]) -> Result<Vec<ViewId>, FormatError> {
    unique(text, "views", records.iter().map(|view| view.id))?;
    let given: Vec<Option<ViewId>> = records.iter().map(|view| view.id).collect();
    Ok(complete("v", &given))
}

/// The ids of the scenarios, in the order of the file.
pub(super) fn scenarios(text: &str, records: &[v1::Scenario<'_>]) -> Result<Vec<ScenarioId>, FormatError> {
    unique(text, "scenarios", records.iter().map(|scenario| scenario.id))?;
    let given: Vec<Option<ScenarioId>> = records.iter().map(|scenario| scenario.id).collect();
    Ok(complete("s", &given))
}

/// The ids of the sprints, in the order of the file.
pub(super) fn sprints(text: &str, records: &[v1::Sprint<'_>]) -> Result<Vec<SprintId>, FormatError> {
    unique(text, "sprints", records.iter().map(|sprint| sprint.id))?;
    let given: Vec<Option<SprintId>> = records.iter().map(|sprint| sprint.id).collect();
    Ok(complete("t", &given))
}

/// Refuses an id that two records of the list share.
fn unique<T: Copy + Ord + Display>(
    text: &str,
    list: &str,
    ids: impl Iterator<Item = Option<T>>,
) -> Result<(), FormatError> {
    let mut sorted: Vec<(T, usize)> = ids.enumerate().filter_map(|(row, id)| Some((id?, row))).collect();
    sorted.sort_unstable();
    let mut double = sorted.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| (pair[1].1, pair[0]));
    match double.by_ref().min_by_key(|(row, _)| *row) {
        Some((row, (id, first))) => Err(twice(text, list, id, first, row)),
        None => Ok(()),
    }
}

fn twice(text: &str, list: &str, id: impl Display, first: usize, row: usize) -> FormatError {
    let place = locate::find(text, &[Step::Field(list), Step::Item(first)]);
    let (line, _) = locate::position(text, place.start);
    let message = format!("the id “{id}” is taken by the record on line {line}: give one of the two another id");
    at_field(text, list, row, "id", message)
}

fn missing<T: Copy + Display>(who: &str, what: &str, id: T, known: &[T]) -> String {
    let wanted = id.to_string();
    let advice = match similar(&wanted, known.iter().map(ToString::to_string)) {
        Some(likely) => format!("did you mean “{likely}”?"),
        None => format!("add that {what}, or name another"),
    };
    format!("{who} is “{wanted}”, and no {what} has that id: {advice}")
}

/// An error at a field of a record of a list, or at the record when the field is not there.
pub(super) fn at_field(text: &str, list: &str, row: usize, field: &str, message: impl Into<String>) -> FormatError {
    at_path(text, &[Step::Field(list), Step::Item(row), Step::Field(field)], message)
}

/// An error at the value that the path leads to, or as near to it as the file goes.
pub(super) fn at_path(text: &str, path: &[Step<'_>], message: impl Into<String>) -> FormatError {
    FormatError::at(text, locate::find(text, path).start, message)
}

/// Every record's id; one that was left out becomes `h1` for the first record, when the prefix is `h`, `h2` for the
/// second and so on, passing over what is taken.
pub(super) fn complete<T: Copy + Ord + From<Id>>(prefix: &str, given: &[Option<T>]) -> Vec<T> {
    let taken: BTreeSet<T> =
        if given.contains(&None) { given.iter().copied().flatten().collect() } else { BTreeSet::new() };
    let mut last = 0;
    let mut made = |row: usize| {
        last = row.max(last);
        loop {
            last += 1;
            if let Some(id) = Id::parse(&format!("{prefix}{last}")).ok().map(T::from).filter(|id| !taken.contains(id)) {
                return id;
            }
        }
    };
    given.iter().enumerate().map(|(row, id)| id.unwrap_or_else(|| made(row))).collect()
}
