//! A block of cells from a spreadsheet, put into the SIPOC table cell by cell.

use std::collections::BTreeMap;

use super::edit::change;
use super::{Column, Row};
use crate::model::ops::End;
use crate::model::ops::grid::parties::named;
use crate::model::ops::grid::tsv;
use crate::model::{Document, Edit, HandoffId, IdGen, PartyId, PartyKind};

/// The edits of pasting a block of cells with its upper left corner at a row and column of the table, and how many cells
/// change the map by it.
///
/// It is as if every cell was typed, row by row: what comes into the empty row at the end of a block makes handoffs and
/// another empty row below; a pasted row without items leads on into the next block. Where a new handoff would repeat one
/// that the process has, with the same party and item, that one is taken. Process cells may be empty below the first of
/// a block. In the last row of the table a process that is there already goes on at its end.
///
/// # Errors
/// All or nothing: in words, with the row (of the block, from 1) and column of the cell.
pub fn paste(
    document: &Document,
    ids: &mut IdGen,
    rows: &[Row],
    at: (usize, Column),
    block: &str,
) -> Result<(Vec<Edit>, usize), String> {
    let lines = tsv::cells(block)?;
    let mut pasting =
        Pasting { map: document.clone(), ids, rows, next: at.0, open: None, names: BTreeMap::new(), cells: 0 };
    for (number, cells) in lines.iter().enumerate() {
        let line = Line::new(number + 1, at.1, cells)?;
        pasting.line(&line)?;
    }
    Ok((document.edits_to(&pasting.map), pasting.cells))
}

/// A row of the block, by column.
struct Line<'a> {
    number: usize,
    cells: BTreeMap<Column, &'a str>,
}

impl<'a> Line<'a> {
    fn new(number: usize, first: Column, cells: &'a [String]) -> Result<Self, String> {
        let columns = &Column::ALL[first.index()..];
        if let Some(over) = cells.iter().skip(columns.len()).find(|cell| !cell.trim().is_empty()) {
            return Err(format!(
                "row {number}: “{}” would stand right of the customers; paste further left",
                over.trim()
            ));
        }
        let cells = columns.iter().copied().zip(cells.iter().map(|cell| cell.trim())).collect();
        Ok(Self { number, cells })
    }

    /// What stands in a column; empty when the block does not cover it.
    fn get(&self, column: Column) -> &'a str {
        self.cells.get(&column).copied().unwrap_or_default()
    }

    /// True when something is said of a handoff.
    fn has_handoffs(&self) -> bool {
        self.cells.iter().any(|(column, cell)| *column != Column::Process && !cell.is_empty())
    }

    fn error(&self, column: Column, problem: &str) -> String {
        format!("row {}, {}: {problem}", self.number, column.title())
    }
}

struct Pasting<'a> {
    /// The map with all that was pasted so far.
    map: Document,
    ids: &'a mut IdGen,
    rows: &'a [Row],
    /// Index of the row that comes next.
    next: usize,
    /// The block whose end is growing, with `next` at its empty row or at the last row of the table.
    open: Option<PartyId>,
    /// The names that processes were given.
    names: BTreeMap<PartyId, String>,
    cells: usize,
}

impl Pasting<'_> {
    fn line(&mut self, line: &Line<'_>) -> Result<(), String> {
        let Some(start) = self.row_for(line) else {
            return match line.cells.values().find(|cell| !cell.is_empty()) {
                Some(cell) => Err(format!("row {}: there is no row for “{cell}” here", line.number)),
                None => Ok(()),
            };
        };
        let mut row = self.named_row(start, line)?;
        for far in [End::Supplier, End::Customer] {
            self.take_same(&mut row, line, far);
        }
        for (&column, &cell) in &line.cells {
            if column == Column::Process {
                self.process(&mut row, line)?;
            } else if row.process.is_some() || !cell.is_empty() {
                self.cell(&mut row, line, column)?;
            }
        }
        // The empty row of a block is at its end again after something was typed there; the last row of the table always.
        let stays = self.in_last_row() || (start.is_empty() && !row.is_empty());
        self.open = row.process.filter(|_| stays);
        self.next += usize::from(!stays);
        Ok(())
    }

    /// The row of the table that a line goes to.
    fn row_for(&mut self, line: &Line<'_>) -> Option<Row> {
        if let Some(process) = self.open {
            let name = line.get(Column::Process);
            let here = name.is_empty() || self.map.party(process).is_some_and(|party| party.name.trim() == name);
            if here && line.has_handoffs() {
                return Some(Row::empty(process));
            }
            self.open = None;
            self.next += usize::from(!self.in_last_row());
        }
        self.rows.get(self.next).copied()
    }

    fn in_last_row(&self) -> bool {
        self.rows.get(self.next).is_some_and(|row| row.process.is_none())
    }

    /// In the last row of the table: the process that the line names, when it is there already.
    fn named_row(&self, row: Row, line: &Line<'_>) -> Result<Row, String> {
        if row.process.is_some() {
            return Ok(row);
        }
        let found =
            named(&self.map, line.get(Column::Process)).map_err(|problem| line.error(Column::Process, &problem))?;
        let is_process = |id: &PartyId| self.map.party(*id).is_some_and(|party| party.kind == PartyKind::Process);
        Ok(found.filter(is_process).map_or(row, Row::empty))
    }

    fn process(&mut self, row: &mut Row, line: &Line<'_>) -> Result<(), String> {
        let name = line.get(Column::Process);
        if name.is_empty() {
            return Ok(()); // as in a table whose process cells are merged
        }
        if let Some(given) = row.process.and_then(|id| self.names.get(&id)).filter(|given| *given != name) {
            return Err(
                line.error(Column::Process, &format!("this row belongs to “{given}”, it cannot be “{name}” too"))
            );
        }
        self.cell(row, line, Column::Process)?;
        if let Some(id) = row.process {
            self.names.insert(id, name.into());
        }
        Ok(())
    }

    fn cell(&mut self, row: &mut Row, line: &Line<'_>, column: Column) -> Result<(), String> {
        let cell = line.get(column);
        let (edits, after) =
            change(&self.map, self.ids, *row, column, cell).map_err(|problem| line.error(column, &problem))?;
        if !edits.is_empty() {
            self.map.apply(edits).map_err(|error| line.error(column, &error.to_string()))?;
            self.cells += 1;
        }
        *row = after;
        Ok(())
    }

    /// Where the row has no handoff yet: the one that the process has already with the party and item of the line.
    fn take_same(&self, row: &mut Row, line: &Line<'_>, far: End) {
        let (party, item, slot) = match far {
            End::Supplier => (Column::Supplier, Column::Input, &mut row.input),
            End::Customer => (Column::Customer, Column::Output, &mut row.output),
        };
        let item = line.get(item);
        let (Some(process), None, Some(name)) = (row.process, *slot, line.cells.get(&party)) else { return };
        let Ok(other) = named(&self.map, name) else { return };
        // Somebody new, or no item by which to know it.
        if item.is_empty() || (other.is_none() && !name.is_empty()) {
            return;
        }
        let ends = match far {
            End::Supplier => (other, Some(process)),
            End::Customer => (Some(process), other),
        };
        let same = |(id, handoff): (HandoffId, &std::sync::Arc<crate::model::Handoff>)| {
            ((handoff.supplier, handoff.customer) == ends && handoff.item.trim() == item).then_some(id)
        };
        *slot = self.map.handoffs_of(process).find_map(same);
    }
}
