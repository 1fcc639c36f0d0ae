//! The columns of the three tables, and how the columns of a foreign table are recognised among them.

use super::problems::Problems;
use super::table::{Table, TableKind};
use crate::model::quantity::{PERCENT, Quantity, SAMPLE, VALUE, VOLUME, WEIGHT};

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Cell {
    /// Free text; the only cells that could be mistaken for a formula.
    Text,
    /// An id, which may begin with a minus.
    Id,
    /// One of a few words.
    Word,
    /// A number.
    Number(Quantity),
    /// A number of hours, or a duration such as "90 min".
    Hours,
}

impl Cell {
    /// True for the cells that are numbers in a sheet.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Number(_) | Self::Hours)
    }
}

/// One column of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Column {
    /// Its name in files.
    pub name: &'static str,
    /// What its cells hold.
    pub cell: Cell,
    /// Whether a table must have it.
    pub need: Need,
}

/// Whether a table must have a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    /// Always: nothing can be understood without it.
    Always,
    /// Unless the rows have ids.
    WithoutId,
    /// Never.
    Never,
}

const fn column(name: &'static str, cell: Cell, need: Need) -> Column {
    Column { name, cell, need }
}

use Cell::{Hours, Id, Number, Text, Word};
use Need::{Always, Never, WithoutId};

/// The columns of `parties`.
pub(super) const PARTIES: &[Column] = &[
    column("name", Text, WithoutId),
    column("kind", Word, Never),
    column("department", Text, Never),
    column("owner", Text, Never),
    column("process_time_h", Hours, Never),
    column("value_adding", Word, Never),
    column("promise", Text, Never),
    column("id", Id, Never),
];

/// The columns of `handoffs`.
pub(super) const HANDOFFS: &[Column] = &[
    column("supplier", Text, WithoutId),
    column("customer", Text, WithoutId),
    column("item", Text, WithoutId),
    column("kind", Word, Never),
    column("critical", Word, Never),
    column("wait_h", Hours, Never),
    column("complete_accurate_pct", Number(PERCENT), Never),
    column("on_time_pct", Number(PERCENT), Never),
    column("volume", Number(VOLUME), Never),
    column("sample_size", Number(SAMPLE), Never),
    column("known", Word, Never),
    column("id", Id, Never),
];

/// The columns of `requirements`.
pub(super) const REQUIREMENTS: &[Column] = &[
    column("supplier", Text, Always),
    column("customer", Text, Always),
    column("item", Text, Always),
    column("requirement", Text, WithoutId),
    column("measure", Text, Never),
    column("unit", Text, Never),
    column("operator", Word, Never),
    column("target", Number(VALUE), Never),
    column("actual", Number(VALUE), Never),
    column("must", Word, Never),
    column("weight", Number(WEIGHT), Never),
    column("id", Id, Never),
];

/// What is compared of a column's name: its letters and digits in lower case.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The position among the kind's columns of the column that a header cell names.
fn find(kind: TableKind, header: &str) -> Option<usize> {
    let wanted = bare(header);
    kind.columns().iter().position(|column| bare(column.name) == wanted)
}

/// The kind's column that a header cell names.
pub(super) fn of(kind: TableKind, header: &str) -> Option<&'static Column> {
    find(kind, header).map(|at| &kind.columns()[at])
}

/// How many cells of a header are columns of the kind.
pub(super) fn known(kind: TableKind, header: &[String]) -> usize {
    header.iter().filter(|cell| find(kind, cell).is_some()).count()
}

/// Which table it is: by the name of the file or sheet, else by the columns.
pub(super) fn kind_of(name: &str, header: &[String]) -> Option<TableKind> {
    let name = name.to_lowercase();
    let mut named = TableKind::ALL.into_iter().filter(|kind| name.contains(kind.word()));
    if let (Some(kind), None) = (named.next(), named.next()) {
        return Some(kind);
    }
    let has = |column: &str| header.iter().any(|cell| bare(cell) == column);
    if has("requirement") {
        Some(TableKind::Requirements)
    } else if has("supplier") && has("customer") {
        Some(TableKind::Handoffs)
    } else if has("name") {
        Some(TableKind::Parties)
    } else {
        None
    }
}

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
        let needed = column.need == Always || (column.need == WithoutId && !has_id);
        if needed && binding.at(column.name).is_none() {
            problems.add(format!("{source}: the column {} is missing", column.name));
        }
    }
    binding
}

fn holds_something(table: &Table, position: usize) -> bool {
    table.rows.iter().any(|row| row.cells.get(position).is_some_and(|cell| !cell.trim().is_empty()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Vec<String> {
        text.split(',').map(String::from).collect()
    }

    #[test]
    fn columns_are_found_however_they_are_written() {
        for name in ["process_time_h", "Process Time H", "PROCESS-TIME (h)", " processTimeH "] {
            assert_eq!(find(TableKind::Parties, name), Some(4), "{name}");
        }
        assert_eq!(find(TableKind::Parties, "process time"), None, "a part is not enough");
    }

    #[test]
    fn a_table_is_known_by_its_name_or_its_columns() {
        let cases = [
            ("Our Parties 2.csv", "x", Some(TableKind::Parties)),
            ("HANDOFFS.CSV", "name,kind", Some(TableKind::Handoffs)),
            ("x.csv", "Supplier,customer,item", Some(TableKind::Handoffs)),
            ("x.csv", "supplier,customer,item,requirement", Some(TableKind::Requirements)),
            ("handoffs and requirements.csv", "supplier,customer,item", Some(TableKind::Handoffs)),
            ("x.csv", "NAME,department", Some(TableKind::Parties)),
            ("x.csv", "colour,size", None),
            ("x.csv", "supplier,item", None),
        ];
        for (name, columns, kind) in cases {
            assert_eq!(kind_of(name, &header(columns)), kind, "{name} {columns}");
        }
    }
}
