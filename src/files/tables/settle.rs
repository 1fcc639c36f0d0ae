//! What is said of rows: which record one means, or why that cannot be told.

use super::cells::quoted;
use super::field::Record;
use super::identify::Found;
use super::problems::Problems;
use super::rows::Said;

/// What is to be told.
#[derive(Debug, Default)]
pub(super) struct Log {
    /// What keeps the tables out.
    pub problems: Problems,
    /// What is doubtful.
    pub warnings: Vec<String>,
}

/// How records are spoken of when a name means several.
pub(super) struct Many<'n, I> {
    /// The column with the name.
    pub column: &'static str,
    /// What they are, in the plural.
    pub noun: &'n str,
    /// What a cell calls a record so that it means that one only; empty when only its id does.
    pub call: &'n dyn Fn(I) -> String,
    /// Which record has an id.
    pub whose: &'n dyn Fn(I) -> String,
}

/// The record that a row means, unless that is a problem; two rows that mean the same are worth a warning.
pub(super) fn settle<R: Record, I: Copy>(
    rows: &[&Said<'_, R>],
    at: usize,
    found: &Found<I>,
    many: &Many<'_, I>,
    log: &mut Log,
) -> Option<I> {
    let said = rows[at];
    let earlier = |before: usize| rows[before].table.row_place(rows[before].line());
    let (column, problem) = match found {
        Found::Old(id) | Found::New(id) => return Some(*id),
        Found::Again(id, before) => {
            let (place, earlier) = (said.place(many.column), earlier(*before));
            log.warnings.push(format!("{place}: the same as in {earlier}: the two rows were read as one"));
            return Some(*id);
        }
        Found::Twice(before) => ("id", format!("the same id as in {}: an id belongs to one row", earlier(*before))),
        Found::Many(ids) => (many.column, several(many.noun, said.cell(many.column), ids, many.call)),
        Found::Otherwise(id) => (many.column, otherwise(said.cell(many.column), &(many.whose)(*id))),
    };
    log.problems.add(format!("{}: {problem}", said.place(column)));
    None
}

/// A problem: the name of a cell means several records.
pub(super) fn several<I: Copy>(noun: &str, cell: &str, ids: &[I], call: &dyn Fn(I) -> String) -> String {
    let calls: Vec<String> = ids.iter().take(3).map(|id| call(*id)).filter(|call| !call.is_empty()).collect();
    let advice = if calls.is_empty() {
        "give the id".to_string()
    } else {
        format!("write {}", calls.iter().map(|call| quoted(call)).collect::<Vec<_>>().join(" or "))
    };
    format!("{} {noun} are called {}: {advice}", ids.len(), quoted(cell.trim()))
}

/// A problem: the id in brackets is that of another record.
pub(super) fn otherwise(cell: &str, call: &str) -> String {
    format!("the id in {} belongs to {}: write that, or leave the id out", quoted(cell.trim()), quoted(call))
}

/// A problem: there is no room for what a row adds.
pub(super) fn full<R: Record>(said: &Said<'_, R>, column: &str, holder: &str, most: usize) -> String {
    format!("{}: a {holder} holds at most {most} {}", said.place(column), R::KIND.nouns().1)
}
