//! One front for the tables that can be typed into, the SIPOC and the list of handoffs, so that a window treats them alike.

pub(super) mod needs;
pub(super) mod parties;
pub(super) mod tsv;

use std::ops::Range;

pub use tsv::MOST_PASTED;

use super::{list, sipoc};
use crate::model::{Document, Edit, HandoffId, IdGen, PartyId, ViewChoice};

/// The rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grid<'a> {
    /// Those of a SIPOC.
    Sipoc(&'a [sipoc::Row]),
    /// Those of the list of handoffs; `None` is the empty one at the end.
    List(&'a [Option<HandoffId>]),
}

/// A cell, by row and column, from 0.
pub type At = (usize, usize);

/// The record that a row shows, to find the row again when others come and go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Record {
    /// The process of a SIPOC's block.
    process: Option<PartyId>,
    /// The handoff; `None` for the process itself.
    handoff: Option<HandoffId>,
}

const NO_CELL: &str = "there is no such cell";

impl Grid<'_> {
    /// Number of rows.
    pub fn rows(self) -> usize {
        match self {
            Self::Sipoc(rows) => rows.len(),
            Self::List(rows) => rows.len(),
        }
    }

    /// Number of columns.
    pub fn columns(self) -> usize {
        match self {
            Self::Sipoc(_) => sipoc::Column::ALL.len(),
            Self::List(_) => list::Column::ALL.len(),
        }
    }

    /// The words above a column; empty beyond the last.
    pub fn title(self, column: usize) -> &'static str {
        match self {
            Self::Sipoc(_) => sipoc::Column::ALL.get(column).map_or("", |column| column.title()),
            Self::List(_) => list::Column::ALL.get(column).map_or("", |column| column.title()),
        }
    }

    /// True for a column that follows from others and cannot be typed into.
    pub fn is_read_only(self, column: usize) -> bool {
        match self {
            Self::Sipoc(_) => false,
            Self::List(_) => list::Column::ALL.get(column).is_some_and(|column| column.is_read_only()),
        }
    }

    /// What a cell holds, as a field to type in begins with it.
    pub fn text(self, document: &Document, (row, column): At) -> String {
        match self {
            Self::Sipoc(rows) => {
                let cell = rows.get(row).zip(sipoc::Column::ALL.get(column));
                cell.map_or_else(String::new, |(row, column)| sipoc::text(document, row, *column))
            }
            Self::List(rows) => {
                let cell = rows.get(row).copied().flatten().zip(list::Column::ALL.get(column));
                cell.map_or_else(String::new, |(id, column)| list::text(document, id, *column))
            }
        }
    }

    /// The edits of typing in a cell; none when it says so already.
    ///
    /// # Errors
    /// In words for the person who typed; see [`sipoc::edit`] and [`list::edit`].
    pub fn edit(
        self,
        document: &Document,
        ids: &mut IdGen,
        (row, column): At,
        typed: &str,
    ) -> Result<Vec<Edit>, String> {
        match self {
            Self::Sipoc(rows) => {
                let (row, column) = rows.get(row).zip(sipoc::Column::ALL.get(column)).ok_or(NO_CELL)?;
                sipoc::edit(document, ids, row, *column, typed)
            }
            Self::List(rows) => {
                let (id, column) = rows.get(row).zip(list::Column::ALL.get(column)).ok_or(NO_CELL)?;
                list::edit(document, ids, *id, *column, typed)
            }
        }
    }

    /// The edits of pasting a block of cells from a spreadsheet with its upper left corner in a cell, and how many cells
    /// change the map by it.
    ///
    /// # Errors
    /// All or nothing: in words, with the row of the block and the column; see [`sipoc::paste`] and [`list::paste`].
    pub fn paste(
        self,
        document: &Document,
        ids: &mut IdGen,
        (row, column): At,
        block: &str,
    ) -> Result<(Vec<Edit>, usize), String> {
        match self {
            Self::Sipoc(rows) => {
                let column = sipoc::Column::ALL.get(column).ok_or(NO_CELL)?;
                sipoc::paste(document, ids, rows, (row, *column), block)
            }
            Self::List(rows) => {
                let column = list::Column::ALL.get(column).ok_or(NO_CELL)?;
                list::paste(document, ids, rows, (row, *column), block)
            }
        }
    }

    /// The cells between two, both included, in any order, as text for a spreadsheet.
    pub fn copy(self, document: &Document, a: At, b: At) -> String {
        let ends = |a: usize, b: usize| a.min(b)..a.max(b).saturating_add(1);
        let (rows, columns): (Range<usize>, Range<usize>) = (ends(a.0, b.0), ends(a.1, b.1));
        match self {
            Self::Sipoc(shown) => {
                let column = |index: usize| sipoc::Column::ALL[index.min(sipoc::Column::ALL.len() - 1)];
                let area = sipoc::Area { rows, first: column(columns.start), last: column(columns.end - 1) };
                sipoc::copy(document, shown, &area)
            }
            Self::List(shown) => list::copy(document, shown, rows, columns),
        }
    }

    /// The choice after a click on the title of a column: sorted by it, then from the last, then as usual. Each table keeps
    /// its own.
    pub fn sorted(self, choice: &ViewChoice, column: usize) -> ViewChoice {
        let mut choice = choice.clone();
        match self {
            Self::Sipoc(_) => choice.sort = next(choice.sort, sipoc::Column::ALL.get(column)),
            Self::List(_) => choice.list_sort = next(choice.list_sort, list::Column::ALL.get(column)),
        }
        choice
    }

    /// The record that a cell is about once these edits of it are done; `None` for a cell in which nothing was made.
    pub fn record(self, (row, column): At, edits: &[Edit]) -> Option<Record> {
        let made = edits.iter().find_map(|edit| match edit {
            Edit::PutHandoff(id, _) => Some(*id),
            _ => None,
        });
        let new_process = edits.iter().find_map(|edit| match edit {
            Edit::PutParty(id, _) => Some(*id),
            _ => None,
        });
        match self {
            Self::Sipoc(rows) => {
                let (row, column) = rows.get(row).zip(sipoc::Column::ALL.get(column))?;
                let process = Some(row.process.or(new_process)?);
                Some(Record { process, handoff: made.or(row.handoff(*column)) })
            }
            Self::List(rows) => {
                let handoff = Some(made.or(rows.get(row).copied().flatten())?);
                Some(Record { process: None, handoff })
            }
        }
    }

    /// The first row that shows a record.
    pub fn find(self, record: Record) -> Option<usize> {
        let Record { process, handoff } = record;
        match self {
            Self::Sipoc(rows) => rows.iter().position(|row| {
                let shows = |id| row.input == Some(id) || row.output == Some(id);
                row.process == process && handoff.is_none_or(shows)
            }),
            Self::List(rows) => rows.iter().position(|id| id.is_some() && *id == handoff),
        }
    }
}

/// How a table is sorted after a click on a column.
fn next<C: Copy + PartialEq>(now: Option<(C, bool)>, clicked: Option<&C>) -> Option<(C, bool)> {
    let Some(clicked) = clicked.copied() else { return now };
    match now {
        Some((column, false)) if column == clicked => Some((clicked, true)),
        Some((column, true)) if column == clicked => None,
        _ => Some((clicked, false)),
    }
}
