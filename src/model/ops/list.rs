//! All handoffs as a table: a row for each, rework too. A cell is the map itself: what is typed there changes the handoff.

mod edit;
mod order;
mod paste;
mod read;
#[cfg(test)]
mod tests;
mod words;

pub use edit::edit;
pub use paste::paste;
pub use words::{figures, shown, worst};

use std::ops::Range;

use super::grid::{needs, tsv};
use crate::model::quantity::{duration_exact, number};
use crate::model::{Contract, Document, Handoff, HandoffId, PartyId, contract};

/// A column of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// Who gives.
    Supplier,
    /// What is handed over.
    Item,
    /// Who receives.
    Customer,
    /// How it stands as a contract; follows from the requirements.
    State,
    /// What the receiver needs.
    Requirements,
    /// How well the requirements are met; follows from them.
    Score,
    /// %C&A.
    CompleteAccurate,
    /// Share of deliveries on time.
    OnTime,
    /// Waiting time.
    Wait,
    /// Deliveries per period.
    Volume,
    /// How the two shares are known.
    Known,
    /// State of the agreement.
    Agreement,
    /// Whom to talk to.
    Contact,
}

impl Column {
    /// Every column, from the left.
    pub const ALL: [Self; 13] = [
        Self::Supplier,
        Self::Item,
        Self::Customer,
        Self::State,
        Self::Requirements,
        Self::Score,
        Self::CompleteAccurate,
        Self::OnTime,
        Self::Wait,
        Self::Volume,
        Self::Known,
        Self::Agreement,
        Self::Contact,
    ];

    /// The word for it in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Supplier => "supplier",
            Self::Item => "item",
            Self::Customer => "customer",
            Self::State => "state",
            Self::Requirements => "requirements",
            Self::Score => "score",
            Self::CompleteAccurate => "complete-accurate",
            Self::OnTime => "on-time",
            Self::Wait => "wait",
            Self::Volume => "volume",
            Self::Known => "known",
            Self::Agreement => "agreement",
            Self::Contact => "contact",
        }
    }

    /// The words above it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Supplier => "Supplier",
            Self::Item => "Item",
            Self::Customer => "Customer",
            Self::State => "State",
            Self::Requirements => "Requirements",
            Self::Score => "Score",
            Self::CompleteAccurate => "%C&A",
            Self::OnTime => "On time",
            Self::Wait => "Wait",
            Self::Volume => "Volume",
            Self::Known => "Known",
            Self::Agreement => "Agreement",
            Self::Contact => "Contact",
        }
    }

    /// The place of the column, from 0 at the left.
    pub fn index(self) -> usize {
        self as usize
    }

    /// True for what follows from the requirements and cannot be typed.
    pub fn is_read_only(self) -> bool {
        matches!(self, Self::State | Self::Score)
    }

    /// True for a number.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Score | Self::CompleteAccurate | Self::OnTime | Self::Wait | Self::Volume)
    }
}

/// How a handoff stands, from the worst to the best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// By its requirements.
    Contract(Contract),
    /// An input without a supplier.
    NobodySupplies,
    /// An output without a customer.
    NobodyReceives,
    /// It goes back upstream, and nothing is required of it.
    Rework,
}

impl State {
    /// The words on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::Contract(contract) => contract.title(),
            Self::NobodySupplies => "nobody supplies it yet",
            Self::NobodyReceives => "nobody receives it yet",
            Self::Rework => "rework",
        }
    }

    /// Its place from the worst (0) to the best; `None` where there is nothing to judge.
    fn rank(self) -> Option<u64> {
        match self {
            Self::Contract(Contract::Failed) => Some(0),
            Self::Contract(Contract::Short) => Some(1),
            Self::NobodySupplies => Some(2),
            Self::NobodyReceives => Some(3),
            Self::Contract(Contract::Missing) => Some(4),
            Self::Contract(Contract::Untested) => Some(5),
            Self::Contract(Contract::Met) => Some(6),
            Self::Rework => None,
        }
    }
}

/// How a handoff stands: what is not met comes before an end that is open, and that before everything else.
pub fn state(handoff: &Handoff) -> State {
    match (contract(handoff), handoff.supplier, handoff.customer) {
        (Some(bad @ (Contract::Failed | Contract::Short)), ..) => State::Contract(bad),
        (_, None, _) => State::NobodySupplies,
        (_, _, None) => State::NobodyReceives,
        (Some(contract), ..) => State::Contract(contract),
        (None, ..) => State::Rework,
    }
}

/// The rows of the table: by the names of supplier and customer, else by a column, and then from the last when the flag
/// says so. Numbers within names count as numbers; what is unknown comes last both ways. A filter keeps rows of which any
/// cell holds its text, in any case. O(E log E).
pub fn rows(document: &Document, sort: Option<(Column, bool)>, filter: &str) -> Vec<HandoffId> {
    let wanted = filter.trim().to_lowercase();
    let mut rows = order::ordered(document, sort);
    if !wanted.is_empty() {
        rows.retain(|id| document.handoff(*id).is_some_and(|handoff| holds(document, handoff, &wanted)));
    }
    rows
}

/// True when any cell of the row holds the text, which is in lower case.
fn holds(document: &Document, handoff: &Handoff, wanted: &str) -> bool {
    let has = |text: &str| text.to_lowercase().contains(wanted);
    // Also the requirements for which there is no room.
    Column::ALL.into_iter().any(|column| has(&shown(document, handoff, column))) || has(&needs::text(handoff))
}

/// What a cell holds, in full, for editing and for spreadsheets; empty where there is nothing.
pub fn text(document: &Document, id: HandoffId, column: Column) -> String {
    document.handoff(id).map_or_else(String::new, |handoff| text_of(document, handoff, column))
}

fn text_of(document: &Document, handoff: &Handoff, column: Column) -> String {
    let percent = |pct: Option<f64>| pct.map_or_else(String::new, |pct| format!("{} %", number(pct)));
    match column {
        Column::Supplier => name(document, handoff.supplier).to_owned(),
        Column::Customer => name(document, handoff.customer).to_owned(),
        Column::Item => handoff.item.clone(),
        Column::Requirements => needs::text(handoff),
        Column::CompleteAccurate => percent(handoff.complete_accurate_pct),
        Column::OnTime => percent(handoff.on_time_pct),
        Column::Wait => handoff.wait_h.map_or_else(String::new, duration_exact),
        Column::Volume => {
            handoff.volume.map_or_else(String::new, |v| format!("{} a {}", number(v), handoff.period.word()))
        }
        Column::Known => handoff.known.map_or_else(String::new, |known| known.word().to_owned()),
        Column::Contact => handoff.contact.clone(),
        Column::State | Column::Score | Column::Agreement => shown(document, handoff, column),
    }
}

fn name(document: &Document, party: Option<PartyId>) -> &str {
    party.and_then(|id| document.party(id)).map_or("", |party| party.name.as_str())
}

/// The cells of some rows, from one column to another, as text for a spreadsheet; [`paste`] reads it again. What lies
/// outside the table is left out; `None` is the empty row at the end.
pub fn copy(document: &Document, rows: &[Option<HandoffId>], area: Range<usize>, columns: Range<usize>) -> String {
    let end = area.end.min(rows.len());
    let columns = columns.start.min(Column::ALL.len())..columns.end.min(Column::ALL.len());
    let columns = Column::ALL.get(columns).unwrap_or_default();
    let cell = |id: &Option<HandoffId>, column| id.map_or_else(String::new, |id| text(document, id, column));
    let rows = rows.get(area.start.min(end)..end).unwrap_or_default();
    tsv::block(rows.iter().map(|id| columns.iter().map(|column| cell(id, *column)).collect()))
}
