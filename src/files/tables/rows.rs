//! Rows understood: what each row of a table says of its record.

use std::marker::PhantomData;

use super::binding::{Binding, bind};
use super::cells::{Cells, quoted};
use super::columns::Need;
use super::field::{Field, Record, tells};
use super::problems::Problems;
use super::table::{Row, Table};
use super::value::Value;
use crate::model::Id;

/// What a row says, and where it stands.
#[derive(Debug)]
pub(super) struct Said<'a, R> {
    /// The table, for messages.
    pub table: &'a Table,
    columns: &'a Binding,
    source: &'a Row,
    /// The id it gives.
    pub id: Option<Id>,
    /// The fields it says something of, by position.
    values: Vec<(usize, Value)>,
    record: PhantomData<fn() -> R>,
}

impl<'a, R: Record> Said<'a, R> {
    /// Its line.
    pub(super) fn line(&self) -> usize {
        self.source.line
    }

    /// The place of one of its cells.
    pub(super) fn place(&self, name: &str) -> String {
        self.table.place(self.line(), name, self.columns.at(name))
    }

    /// The text of one of its cells.
    pub(super) fn cell(&self, name: &str) -> &'a str {
        self.columns.at(name).and_then(|at| self.source.cells.get(at)).map_or("", String::as_str)
    }

    /// The name of something else in one of its cells, without the space around it.
    pub(super) fn reference(&self, name: &str) -> Option<&'a str> {
        Some(self.cell(name).trim()).filter(|text| !text.is_empty())
    }

    fn value(&self, name: &str) -> Option<&Value> {
        self.values.iter().find(|(at, _)| R::FIELDS[*at].column.name == name).map(|(_, value)| value)
    }

    /// What it says in a column of texts.
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        if let Value::Text(text) = self.value(name)? { Some(text) } else { None }
    }

    /// What it says in a column of numbers.
    pub(super) fn number(&self, name: &str) -> Option<f64> {
        if let Value::Number(number) = self.value(name)? { Some(*number) } else { None }
    }

    /// Writes what it says into a record; of the fields that tell it from others only if it `renames`.
    pub(super) fn apply(&self, record: &mut R, renames: bool) {
        for (at, value) in &self.values {
            let field = &R::FIELDS[*at];
            if renames || !field.key {
                (field.set)(record, value);
            }
        }
    }

    /// True when it says nothing.
    fn is_silent(&self) -> bool {
        !R::TELLING.is_empty() && !self.values.iter().any(|(at, _)| tells(&R::FIELDS[*at]))
    }
}

/// A table and its columns.
#[derive(Debug)]
pub(super) struct Bound<'a> {
    table: &'a Table,
    columns: Binding,
    /// False when its columns had problems: then its rows say nothing.
    sound: bool,
}

/// Finds the columns of all tables.
pub(super) fn bind_all<'a>(tables: &'a [Table], problems: &mut Problems, warnings: &mut Vec<String>) -> Vec<Bound<'a>> {
    let bound = tables.iter().map(|table| {
        let mut own = Problems::default();
        let columns = bind(table, &mut own, warnings);
        let sound = own.or(()).map_err(|error| problems.add_all(error)).is_ok();
        Bound { table, columns, sound }
    });
    bound.collect()
}

/// Reads the rows of all tables of a kind; rows that say nothing and rows with problems are left out.
pub(super) fn read<'a, R: Record>(
    bound: &'a [Bound<'a>],
    hours_per_day: f64,
    problems: &mut Problems,
) -> Vec<Said<'a, R>> {
    let mut said = Vec::new();
    for Bound { table, columns, .. } in bound.iter().filter(|bound| bound.table.kind == R::KIND && bound.sound) {
        for row in &table.rows {
            let mut own = Problems::default();
            fits(table, row, &mut own);
            let mut cells = Cells { table, columns, row, hours_per_day, problems: &mut own };
            let (id, values) = understood::<R>(&mut cells);
            match own.or(Said { table, columns, source: row, id, values, record: PhantomData }) {
                Ok(read) if read.is_silent() => {}
                Ok(read) => said.push(read),
                Err(error) => problems.add_all(error),
            }
        }
    }
    said
}

/// The id of a row and the fields it says something of; what is wrong is reported to the cells.
fn understood<R: Record>(cells: &mut Cells<'_, '_>) -> (Option<Id>, Vec<(usize, Value)>) {
    let (id, has_id) = if R::HAS_ID { (cells.id(), cells.has_id()) } else { (None, false) };
    let mut values = Vec::new();
    for (at, Field { column, .. }) in R::FIELDS.iter().enumerate() {
        match cells.value(column, has_id || !R::HAS_ID) {
            Some(value) => values.push((at, value)),
            None if column.need == Need::Never || !cells.is_empty(column.name) => {}
            None if column.need == Need::WithoutId && has_id => {}
            None => cells.refuse(column.name, R::MISSING),
        }
    }
    (id, values)
}

/// Cells missing at the end are empty; a cell beyond the header has no meaning.
fn fits(table: &Table, row: &Row, problems: &mut Problems) {
    let columns = table.header.len();
    let beyond = row.cells.iter().enumerate().skip(columns).find(|(_, cell)| !cell.trim().is_empty());
    if let Some((at, cell)) = beyond {
        let place = if table.sheet {
            table.place(row.line, "no column", Some(at))
        } else {
            format!("{}, column {}", table.row_place(row.line), at + 1)
        };
        let advice = if table.sheet {
            "name the column or clear the cell"
        } else {
            "put a text with a comma into quotation marks"
        };
        let cell = quoted(cell);
        problems.add(format!("{place}: {cell} stands beyond the last of the {columns} columns: {advice}"));
    }
}
