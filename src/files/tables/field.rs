//! A column that is a field of a record: its name, what its cells hold, and the way into the record.

use super::columns::{Cell, Column, Need};
use super::table::TableKind;
use super::value::Value;

/// A field of a record and its column.
#[derive(Debug)]
pub(super) struct Field<R> {
    /// Its column.
    pub column: Column,
    /// True when it tells the record from others, so that a record found by it keeps it.
    pub key: bool,
    /// What the record holds.
    pub get: fn(&R) -> Option<Value>,
    /// Lets the record hold a value.
    pub set: fn(&mut R, &Value),
}

// A copy costs nothing, and a record need not be one for that.
impl<R> Clone for Field<R> {
    fn clone(&self) -> Self {
        *self
    }
}
impl<R> Copy for Field<R> {}

/// A field that tells the record from others.
pub(super) const fn key<R>(field: Field<R>) -> Field<R> {
    Field { key: true, ..field }
}

/// The field by which the record is called: a row has to give it unless it has an id.
pub(super) const fn name<R>(field: Field<R>) -> Field<R> {
    Field { key: true, column: Column { need: Need::WithoutId, ..field.column }, ..field }
}

/// A field that every row has to give.
pub(super) const fn always<R>(field: Field<R>) -> Field<R> {
    Field { column: Column { need: Need::Always, ..field.column }, ..field }
}

/// A column that is a field.
pub(super) const fn column(name: &'static str, cell: Cell) -> Column {
    Column { name, cell, need: Need::Never }
}

/// `field!("owner", Text, |party| party.owner)`: a column, what its cells hold, and the place in the record.
macro_rules! field {
    ($name:literal, $cell:expr, |$record:ident| $place:expr) => {
        $crate::files::tables::field::Field {
            column: $crate::files::tables::field::column($name, $cell),
            key: false,
            get: |$record| $crate::files::tables::value::Kept::value(&$place),
            set: |$record, value| $crate::files::tables::value::Kept::keep(&mut $place, value),
        }
    };
}
pub(super) use field;

/// A record that a row of a table stands for.
pub(super) trait Record: Clone + PartialEq + 'static {
    /// Its table.
    const KIND: TableKind;
    /// The first columns: what the record belongs to, by name.
    const BELONGS: &'static [Column];
    /// The columns behind them.
    const FIELDS: &'static [Field<Self>];
    /// False when rows have no id. With one, texts are kept to the last character; see [`super::cells::Cells`].
    const HAS_ID: bool = true;
    /// What to say when a field that is needed is missing.
    const MISSING: &'static str = "the cell is empty";
    /// A row that holds none of these says nothing; empty when every row says something.
    const TELLING: &'static [&'static str] = &[];

    /// True when there is nothing to tell: such records are not written, and such rows passed over.
    fn is_silent(&self) -> bool {
        !Self::TELLING.is_empty() && !Self::FIELDS.iter().any(|field| tells(field) && (field.get)(self).is_some())
    }
}

/// True for the fields without which a row says nothing.
pub(super) fn tells<R: Record>(field: &Field<R>) -> bool {
    R::TELLING.contains(&field.column.name)
}

/// All columns of a record's table.
pub(super) fn columns<R: Record>() -> Vec<Column> {
    let id = R::HAS_ID.then_some(column("id", Cell::Id));
    R::BELONGS.iter().copied().chain(R::FIELDS.iter().map(|field| field.column)).chain(id).collect()
}
