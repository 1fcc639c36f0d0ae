//! The map as a SIPOC table: suppliers, inputs, requirements, process, outputs, requirements, customers. A cell is the
//! map itself: what is typed there changes a party or a handoff.
//!
//! Every process has a block of rows. Row i shows its i-th input beside its i-th output, and one more row at the end is
//! empty: typing there makes a handoff. The last row of the table belongs to no process: typing there makes one.

mod edit;
mod order;
mod paste;
#[cfg(test)]
pub(super) mod tests;

use std::ops::Range;

pub use edit::edit;
pub use paste::paste;

use super::End;
use super::grid::{needs, tsv};
use crate::model::{Document, Handoff, HandoffId, PartyId, PartyKind};

/// A row of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row {
    /// The process of the block; `None` is the row in which typing makes a process.
    pub process: Option<PartyId>,
    /// The handoff that the process receives; `None` is an empty cell in which typing makes one.
    pub input: Option<HandoffId>,
    /// The handoff that the process gives; `None` as for `input`.
    pub output: Option<HandoffId>,
}

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Who gives the input.
    Supplier,
    /// The item of the input.
    Input,
    /// What the process needs of the input.
    InputNeeds,
    /// The process.
    Process,
    /// The item of the output.
    Output,
    /// What the customer needs of the output.
    OutputNeeds,
    /// Who receives the output.
    Customer,
}

/// Which rows are wanted, and in which order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sipoc {
    /// The one party whose block is shown; all processes when `None`.
    pub process: Option<PartyId>,
    /// Only blocks whose process, and else rows of which any cell, holds this text in any case; empty shows all.
    pub filter: String,
    /// The column by which inputs and outputs are ordered within blocks, or the blocks themselves when it is the
    /// process; and whether downwards from the last. `None` is the usual order: blocks from suppliers to customers,
    /// handoffs by the name of the other party, then by item.
    pub sort: Option<(Column, bool)>,
}

impl Column {
    /// Every column, from the left.
    pub const ALL: [Self; 7] =
        [Self::Supplier, Self::Input, Self::InputNeeds, Self::Process, Self::Output, Self::OutputNeeds, Self::Customer];

    /// The word for it in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Input => "input",
            Self::InputNeeds => "input-requirements",
            Self::Process => "process",
            Self::Output => "output",
            Self::OutputNeeds => "output-requirements",
            Self::Customer => "customer",
        }
    }

    /// The words above it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Supplier => "Suppliers",
            Self::Input => "Inputs",
            Self::InputNeeds | Self::OutputNeeds => "Requirements",
            Self::Process => "Process",
            Self::Output => "Outputs",
            Self::Customer => "Customers",
        }
    }

    /// The place of the column, from 0 at the left.
    pub fn index(self) -> usize {
        self as usize
    }

    /// The end of the handoff which is not the process: its supplier left of the process, its customer right of it.
    pub fn far_end(self) -> Option<End> {
        match self {
            Self::Supplier | Self::Input | Self::InputNeeds => Some(End::Supplier),
            Self::Process => None,
            Self::Output | Self::OutputNeeds | Self::Customer => Some(End::Customer),
        }
    }
}

impl Row {
    /// The row in which typing makes a process.
    pub const NEW: Self = Self { process: None, input: None, output: None };

    /// The empty row at the end of a block.
    pub fn empty(process: PartyId) -> Self {
        Self { process: Some(process), ..Self::NEW }
    }

    /// True when it shows no handoff.
    pub fn is_empty(&self) -> bool {
        self.input.is_none() && self.output.is_none()
    }

    /// The handoff that a cell of the row is about.
    pub fn handoff(&self, column: Column) -> Option<HandoffId> {
        match column.far_end()? {
            End::Supplier => self.input,
            End::Customer => self.output,
        }
    }
}

/// The rows of the table. O((V + E) log (V + E)).
pub fn rows(document: &Document, asked: &Sipoc) -> Vec<Row> {
    let wanted = asked.filter.trim().to_lowercase();
    let has = |row: &Row, column: &Column| text(document, row, *column).to_lowercase().contains(&wanted);
    let mut rows = Vec::new();
    for process in blocks(document, asked) {
        let block = block(document, process, asked.sort);
        let all = wanted.is_empty() || has(&Row::empty(process), &Column::Process);
        let before = rows.len();
        rows.extend(block.into_iter().filter(|row| all || Column::ALL.iter().any(|column| has(row, column))));
        if rows.len() > before || all {
            rows.push(Row::empty(process));
        }
    }
    if asked.process.is_none() {
        rows.push(Row::NEW);
    }
    rows
}

/// The processes whose blocks are shown, in order.
fn blocks(document: &Document, asked: &Sipoc) -> Vec<PartyId> {
    if let Some(one) = asked.process {
        return document.party(one).map(|_| one).into_iter().collect();
    }
    let processes = document.parties().filter(|(_, party)| party.kind == PartyKind::Process);
    let mut named: Vec<(String, PartyId)> = processes.map(|(id, p)| (p.name.trim().to_lowercase(), id)).collect();
    named.sort();
    match asked.sort {
        Some((Column::Process, true)) => named.reverse(),
        Some((Column::Process, false)) => {}
        _ => {
            let layers = order::longest_layers(document);
            // Stable, so equal layers stay in the order of names; what reaches no customer comes last.
            named.sort_by_key(|(_, id)| std::cmp::Reverse(layers.get(id).copied()));
        }
    }
    named.into_iter().map(|(_, id)| id).collect()
}

/// The rows of a process that show something.
fn block(document: &Document, process: PartyId, sort: Option<(Column, bool)>) -> Vec<Row> {
    let inputs = sorted(document, document.inputs(process).map(|(id, _)| id).collect(), End::Supplier, sort);
    let outputs = sorted(document, document.outputs(process).map(|(id, _)| id).collect(), End::Customer, sort);
    let row = |i: usize| Row { process: Some(process), input: inputs.get(i).copied(), output: outputs.get(i).copied() };
    (0..inputs.len().max(outputs.len())).map(row).collect()
}

/// Handoffs in the order of a column of their side; by the other party's name, then by item, when it is of the other.
fn sorted(document: &Document, mut handoffs: Vec<HandoffId>, far: End, sort: Option<(Column, bool)>) -> Vec<HandoffId> {
    let (party, item) = match far {
        End::Supplier => (Column::Supplier, Column::Input),
        End::Customer => (Column::Customer, Column::Output),
    };
    // An empty cell comes after every other.
    let key = |id: HandoffId, column: Column| {
        let text = handoff_text(document, id, column).trim().to_lowercase();
        (text.is_empty(), text)
    };
    handoffs.sort_by_cached_key(|id| (key(*id, party), key(*id, item), *id));
    if let Some((column, down)) = sort.filter(|(column, _)| column.far_end() == Some(far)) {
        if down {
            handoffs.sort_by_cached_key(|id| {
                let (empty, text) = key(*id, column);
                (empty, std::cmp::Reverse(text))
            });
        } else {
            handoffs.sort_by_cached_key(|id| key(*id, column));
        }
    }
    handoffs
}

/// What a cell says; empty where there is nothing, or where the other end of the handoff is nobody yet.
pub fn text(document: &Document, row: &Row, column: Column) -> String {
    match (column, row.handoff(column)) {
        (Column::Process, _) => {
            row.process.and_then(|id| document.party(id)).map_or_else(String::new, |party| party.name.clone())
        }
        (_, Some(id)) => handoff_text(document, id, column),
        (_, None) => String::new(),
    }
}

/// A rectangle of cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Area {
    /// Indices of its rows.
    pub rows: Range<usize>,
    /// Its first column.
    pub first: Column,
    /// Its last column.
    pub last: Column,
}

/// The cells of an area as text for a spreadsheet; what lies outside the table is left out. [`paste`] reads it again.
pub fn copy(document: &Document, rows: &[Row], area: &Area) -> String {
    let columns = Column::ALL.into_iter().filter(|column| (area.first..=area.last).contains(column));
    let columns: Vec<Column> = columns.collect();
    let end = area.rows.end.min(rows.len());
    let rows = rows.get(area.rows.start.min(end)..end).unwrap_or_default();
    tsv::block(rows.iter().map(|row| columns.iter().map(|column| text(document, row, *column)).collect()))
}

fn handoff_text(document: &Document, id: HandoffId, column: Column) -> String {
    let Some(handoff) = document.handoff(id) else { return String::new() };
    match column {
        Column::Input | Column::Output => handoff.item.clone(),
        Column::InputNeeds | Column::OutputNeeds => needs::text(handoff),
        Column::Supplier => name(document, handoff, End::Supplier),
        Column::Customer => name(document, handoff, End::Customer),
        Column::Process => String::new(),
    }
}

fn name(document: &Document, handoff: &Handoff, end: End) -> String {
    let id = match end {
        End::Supplier => handoff.supplier,
        End::Customer => handoff.customer,
    };
    id.and_then(|id| document.party(id)).map_or_else(String::new, |party| party.name.clone())
}
