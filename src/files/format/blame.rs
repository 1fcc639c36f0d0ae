//! Finds the field that the model refused, by asking the model about one record at a time.
//!
//! The rules are written once, in the model; this only finds out which record broke one. It runs after a refusal, so it
//! may take its time.

mod items;

use super::super::v1;
use super::build::{Content, content};
use super::locate::{self, Step};
use super::{FormatError, report};
use crate::geom::{Point, pt};
use crate::model::quantity::VALUE;
use crate::model::{
    Document, Edit, EditError, Handoff, HandoffId, MOST_MEASURES, MOST_REQUIREMENTS, MOST_VOICES, MapInfo, Party,
    PartyId, Records, Requirement,
};

/// The error, at the field that caused it.
pub(super) fn culprit(text: &str, error: &EditError) -> FormatError {
    let whole = || FormatError::whole(error.to_string());
    let Ok(content) = report::parse::<v1::File>(text).and_then(|file| content(text, file)) else { return whole() };
    let Content { records, requirement_rows, measure_rows, expectation_rows, .. } = content;
    let Records { info, parties, handoffs, views, scenarios, sprints } = records;
    let of_map = |info| refusal(vec![Edit::SetInfo(info)]);
    if let Some((field, problem)) = of_map(info.clone()) {
        let path = [Step::Field("map"), Step::Field(field)];
        return items::in_dismissed(text, &path, (field, &problem), &info.dismissed, |dismissed| {
            of_map(MapInfo { dismissed, ..MapInfo::default() })
        });
    }
    for (row, (id, party, place)) in parties.enumerate() {
        let rows = |rows: &super::ids::Rows<PartyId>| rows.get(&id).cloned().unwrap_or_default();
        let parts = [rows(&measure_rows), rows(&expectation_rows)];
        if let Some(error) = in_party(text, (row, id, place), party, &parts) {
            return error;
        }
    }
    for (row, (id, handoff)) in handoffs.enumerate() {
        let rows = requirement_rows.get(&id).map(Vec::as_slice).unwrap_or_default();
        if let Some(error) = in_handoff(text, (row, id), handoff, rows) {
            return error;
        }
    }
    for (row, (id, view)) in views.into_iter().enumerate() {
        if let Some((field, problem)) = refusal(vec![Edit::PutView(id, view)]) {
            return in_list(text, "views", row, field, &problem);
        }
    }
    for (row, (id, scenario)) in scenarios.into_iter().enumerate() {
        let refusal_of = |scenario| refusal(vec![Edit::PutScenario(id, scenario)]);
        if let Some((field, problem)) = refusal_of(scenario.clone()) {
            let path = [Step::Field("scenarios"), Step::Item(row), Step::Field(field)];
            return items::in_scenario(text, &path, (field, &problem), &scenario, refusal_of);
        }
    }
    for (row, (id, sprint)) in sprints.into_iter().enumerate() {
        let refusal_of = |sprint| refusal(vec![Edit::PutSprint(id, sprint)]);
        if let Some((field, problem)) = refusal_of(sprint.clone()) {
            let path = [Step::Field("sprints"), Step::Item(row), Step::Field(field)];
            return items::in_sprint(text, &path, (field, &problem), &sprint, refusal_of);
        }
    }
    whole()
}

/// What is wrong with a party (at its row), with one of its measures, or with what was said about it (at theirs).
fn in_party(
    text: &str,
    (row, id, place): (usize, PartyId, Point),
    mut party: Party,
    [measure_rows, expectation_rows]: &[Vec<usize>; 2],
) -> Option<FormatError> {
    let many = too_many(text, "measures", "party", measure_rows, MOST_MEASURES);
    let many = many.or_else(|| too_many(text, "expectations", "party", expectation_rows, MOST_VOICES));
    if many.is_some() {
        return many;
    }
    let (measures, voices) = (std::mem::take(&mut party.measures), std::mem::take(&mut party.voices));
    let refusal_of = |party: Party, place| refusal(vec![Edit::PutParty(id, party), Edit::Place(id, place)]);
    let bare = party.clone();
    if let Some((field, problem)) = refusal_of(party, place) {
        let field = if field == "place" { "at" } else { field };
        let path = [Step::Field("parties"), Step::Item(row), Step::Field(field)];
        let refused = |party| refusal_of(party, pt(0.0, 0.0));
        return Some(items::in_party(text, &path, (field, &problem), &bare, refused));
    }
    let with = |measures, voices| refusal_of(Party { measures, voices, ..Party::default() }, pt(0.0, 0.0));
    for (measure, row) in measures.into_iter().zip(measure_rows) {
        match with(vec![measure.clone()], Vec::new()) {
            None => {}
            Some(("observations", problem)) => {
                let path = [Step::Field("measures"), Step::Item(*row), Step::Field("observations")];
                return Some(items::in_history(text, &path, &problem, |observations| {
                    let measure = crate::model::Measure { observations, ..measure.clone() };
                    with(vec![measure], Vec::new())
                }));
            }
            Some((field, problem)) => return Some(in_list(text, "measures", *row, field, &problem)),
        }
    }
    for (voice, row) in voices.into_iter().zip(expectation_rows) {
        if let Some((field, problem)) = with(Vec::new(), vec![voice]) {
            let field = if field == "expectation" { "text" } else { field };
            return Some(in_list(text, "expectations", *row, field, &problem));
        }
    }
    None
}

/// What is wrong with a handoff (at its row), or with one of its requirements (at theirs).
fn in_handoff(text: &str, (row, id): (usize, HandoffId), mut handoff: Handoff, rows: &[usize]) -> Option<FormatError> {
    let many = too_many(text, "requirements", "handoff", rows, MOST_REQUIREMENTS);
    if many.is_some() {
        return many;
    }
    let ends = handoff.known_ends();
    let parties: Vec<Edit> =
        ends.flat_map(|end| [Edit::PutParty(end, Party::default()), Edit::Place(end, pt(0.0, 0.0))]).collect();
    let refusal_of = |handoff: Handoff| {
        let mut edits = parties.clone();
        edits.push(Edit::PutHandoff(id, handoff));
        refusal(edits)
    };
    let requirements = std::mem::take(&mut handoff.requirements);
    if let Some((field, problem)) = refusal_of(handoff.clone()) {
        let path = [Step::Field("handoffs"), Step::Item(row), Step::Field(field)];
        return Some(items::in_handoff(text, &path, (field, &problem), &handoff, refusal_of));
    }
    for (requirement, row) in requirements.into_iter().zip(rows) {
        let with = |requirement| refusal_of(Handoff { requirements: vec![requirement], ..handoff.clone() });
        let Some((field, problem)) = with(requirement.clone()) else { continue };
        return Some(in_requirement(text, *row, (field, &problem), &requirement, with));
    }
    None
}

/// What is wrong with a requirement, at its row.
fn in_requirement(
    text: &str,
    row: usize,
    (field, problem): Refusal<'_>,
    requirement: &Requirement,
    refusal_of: impl Fn(Requirement) -> Option<(&'static str, String)>,
) -> FormatError {
    let path = |field| [Step::Field("requirements"), Step::Item(row), Step::Field(field)];
    let single = locate::written(text, &path("actual")).and_then(|_| requirement.actual());
    match (field, single) {
        ("requirement", _) => in_list(text, "requirements", row, "text", problem),
        ("observations", Some(actual)) => {
            let problem = VALUE.check(actual).err().map_or_else(|| problem.to_owned(), |error| error.to_string());
            in_list(text, "requirements", row, "actual", &problem)
        }
        ("observations", None) => items::in_history(text, &path(field), problem, |observations| {
            refusal_of(Requirement { observations, ..requirement.clone() })
        }),
        _ => in_list(text, "requirements", row, field, problem),
    }
}

/// A field and what is wrong with it.
type Refusal<'a> = (&'a str, &'a str);

/// The error of an owner with more parts than it may have, at the first one too many.
fn too_many(text: &str, list: &str, owner: &str, rows: &[usize], most: usize) -> Option<FormatError> {
    let row = rows.get(most)?;
    Some(in_list(text, list, *row, owner, &format!("has more than {most} {list}, beginning with this one")))
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
