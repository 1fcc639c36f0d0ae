//! Finds the field that the model refused, by asking the model about one record at a time.
//!
//! The rules are written once, in the model; this only finds out which record broke one. It runs after a refusal, so it
//! may take its time.

use super::super::v1;
use super::build::{Content, content};
use super::locate::{self, Step};
use super::{FormatError, report};
use crate::geom::pt;
use crate::model::{Document, Edit, EditError, Handoff, HandoffId, MOST_REQUIREMENTS, Party};

/// The error, at the field that caused it.
pub(super) fn culprit(text: &str, error: &EditError) -> FormatError {
    let whole = || FormatError::whole(error.to_string());
    let Ok(content) = report::parse::<v1::File>(text).and_then(|file| content(text, file)) else { return whole() };
    let Content { info, parties, handoffs, requirement_rows, views, .. } = content;
    if let Some((field, problem)) = refusal(vec![Edit::SetInfo(info)]) {
        return at(text, &[Step::Field("map"), Step::Field(field)], field, &problem);
    }
    for (row, (id, party, place)) in parties.into_iter().enumerate() {
        if let Some((field, problem)) = refusal(vec![Edit::PutParty(id, party), Edit::Place(id, place)]) {
            let field = if field == "place" { "at" } else { field };
            return in_list(text, "parties", row, field, &problem);
        }
    }
    for ((row, (id, handoff)), rows) in handoffs.into_iter().enumerate().zip(requirement_rows) {
        if let Some(error) = in_handoff(text, (row, id), handoff, &rows) {
            return error;
        }
    }
    for (row, (id, view)) in views.into_iter().enumerate() {
        if let Some((field, problem)) = refusal(vec![Edit::PutView(id, view)]) {
            return in_list(text, "views", row, field, &problem);
        }
    }
    whole()
}

/// What is wrong with a handoff (at its row), or with one of its requirements (at theirs).
fn in_handoff(text: &str, (row, id): (usize, HandoffId), mut handoff: Handoff, rows: &[usize]) -> Option<FormatError> {
    if let Some(row) = rows.get(MOST_REQUIREMENTS) {
        let problem = format!("has more than {MOST_REQUIREMENTS} requirements, beginning with this one");
        return Some(in_list(text, "requirements", *row, "handoff", &problem));
    }
    let ends = [handoff.supplier, handoff.customer].into_iter().flatten();
    let parties: Vec<Edit> =
        ends.flat_map(|end| [Edit::PutParty(end, Party::default()), Edit::Place(end, pt(0.0, 0.0))]).collect();
    let refusal_of = |handoff: &Handoff| {
        let mut edits = parties.clone();
        edits.push(Edit::PutHandoff(id, handoff.clone()));
        refusal(edits)
    };
    let requirements = std::mem::take(&mut handoff.requirements);
    if let Some((field, problem)) = refusal_of(&handoff) {
        return Some(in_list(text, "handoffs", row, field, &problem));
    }
    for (requirement, row) in requirements.into_iter().zip(rows) {
        handoff.requirements = vec![requirement];
        if let Some((field, problem)) = refusal_of(&handoff) {
            let field = if field == "requirement" { "text" } else { field };
            return Some(in_list(text, "requirements", *row, field, &problem));
        }
    }
    None
}

/// The field and the problem, when the model refuses the edits on an empty document.
fn refusal(edits: Vec<Edit>) -> Option<(&'static str, String)> {
    match Document::default().apply(edits) {
        Err(EditError::Invalid { field, problem, .. }) => Some((field, problem)),
        _ => None,
    }
}

fn in_list(text: &str, list: &str, row: usize, field: &str, problem: &str) -> FormatError {
    at(text, &[Step::Field(list), Step::Item(row), Step::Field(field)], field, problem)
}

/// The error at the end of a path, or as near to it as the file goes; short values are quoted.
fn at(text: &str, path: &[Step<'_>], field: &str, problem: &str) -> FormatError {
    let place = locate::find(text, path).start;
    let message = match locate::written(text, path) {
        Some((value, _)) if value.len() <= 40 => format!("{field} {problem}, and here it is {value}"),
        Some(_) => format!("{field} {problem}"),
        None => problem.to_string(),
    };
    FormatError::at(text, place, message)
}
