//! Refuses records that say two things where one is meant, or none: nobody could tell which of them counts.

use super::super::v1::{self, Dismissal};
use super::locate::Step::{Field, Item};
use super::{FormatError, ids};

/// The error at the first such record.
pub(super) fn check(text: &str, file: &v1::File) -> Result<(), FormatError> {
    let v1::File { map, parties, handoffs, requirements, scenarios, .. } = file;
    if let Some(item) = two_parts(&map.dismissed.0) {
        return Err(ids::at_path(text, &[Field("map"), Field("dismissed"), Item(item), Field("measure")], TWO_PARTS));
    }
    let parties = parties.0.iter().map(|party| &party.dismissed.0);
    let handoffs = handoffs.0.iter().map(|handoff| &handoff.dismissed.0);
    in_list(text, "parties", parties).or(in_list(text, "handoffs", handoffs)).map_or(Ok(()), Err)?;
    if let Some(row) = requirements.0.iter().position(|requirement| requirement.says_twice()) {
        let message =
            "a requirement has either `actual` or `observations`: make its actual value one of the observations";
        return Err(ids::at_field(text, "requirements", row, "actual", message));
    }
    let unclear = scenarios.0.iter().enumerate().find_map(|(row, scenario)| Some((row, scenario.unclear()?)));
    let Some((row, v1::Unclear { list, item, problem })) = unclear else { return Ok(()) };
    Err(ids::at_path(text, &[Field("scenarios"), Item(row), Field(list), Item(item)], problem))
}

const TWO_PARTS: &str =
    "a dismissal is about a `requirement`, about a `measure`, or about neither: remove one of the two";

/// The error at the first finding put aside that names two parts, in the records of a list.
fn in_list<'a>(
    text: &str,
    list: &str,
    records: impl Iterator<Item = &'a Vec<Dismissal<'static>>>,
) -> Option<FormatError> {
    let (row, item) = records.enumerate().find_map(|(row, dismissed)| Some((row, two_parts(dismissed)?)))?;
    let path = [Field(list), Item(row), Field("dismissed"), Item(item), Field("measure")];
    Some(ids::at_path(text, &path, TWO_PARTS))
}

/// The first finding put aside that names two parts.
pub(super) fn two_parts(dismissed: &[Dismissal<'_>]) -> Option<usize> {
    dismissed.iter().position(Dismissal::says_twice)
}
