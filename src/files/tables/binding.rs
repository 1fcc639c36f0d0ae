//! Where a foreign table has the columns of its kind.

use super::columns::{Need, find};
use super::problems::Problems;
use super::table::{Table, TableKind};

/// Where a table has the columns of its kind.
#[derive(Debug)]
pub(super) struct Binding {
    at: Vec<Option<usize>>,
    kind: TableKind,
}

impl Binding {
    /// The position in the table of one of the kind's columns.
    pub(super) fn at(&self, name: &str) -> Option<usize> {
        let column = self.kind.columns().iter().position(|column| column.name == name)?;
        self.at[column]
    }
}

/// Finds the columns of a table; reports those missing or there twice as problems, those unknown as warnings.
pub(super) fn bind(table: &Table, problems: &mut Problems, warnings: &mut Vec<String>) -> Binding {
    let (kind, source) = (table.kind, &table.source);
    let mut at = vec![None; kind.columns().len()];
    let mut unknown = Vec::new();
    for (position, cell) in table.header.iter().enumerate() {
        match find(kind, cell) {
            Some(column) if at[column].is_some() => {
                problems.add(format!("{source}: the column {} is there twice: keep one", kind.columns()[column].name));
            }
            Some(column) => at[column] = Some(position),
            None if cell.trim().is_empty() && !holds_something(table, position) => {}
            None if cell.trim().is_empty() => unknown.push(format!("number {} without a name", position + 1)),
            None => unknown.push(super::cells::quoted(cell)),
        }
    }
    if !unknown.is_empty() {
        let (columns, were) = if unknown.len() == 1 { ("column", "was") } else { ("columns", "were") };
        let (unknown, names) = (unknown.join(", "), kind.column_names().join(", "));
        warnings.push(format!("{source}: the {columns} {unknown} {were} left out; {} may have {names}", kind.word()));
    }
    let binding = Binding { at, kind };
    let has_id = binding.at("id").is_some();
    for column in kind.columns() {
        let needed = column.need == Need::Always || (column.need == Need::WithoutId && !has_id);
        if needed && binding.at(column.name).is_none() {
            problems.add(format!("{source}: the column {} is missing", column.name));
        }
    }
    binding
}

fn holds_something(table: &Table, position: usize) -> bool {
    table.rows.iter().any(|row| row.cells.get(position).is_some_and(|cell| !cell.trim().is_empty()))
}
