//! What goes from department to department, as a square table: the numbers, without how they are worked out or drawn.

use std::collections::BTreeMap;

use super::id::HandoffId;
use super::view::Figure;

/// A row and column of the table.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Silo {
    /// All external suppliers.
    Suppliers,
    /// The processes of a department.
    Department(String),
    /// The processes of so many further departments, when there are too many for a table.
    Others(usize),
    /// The processes of which nobody said a department.
    NoDepartment,
    /// All external customers.
    Customers,
}

/// Some handoffs, and a figure taken over them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Exchange {
    /// The handoffs, forward and rework, by id.
    pub handoffs: Vec<HandoffId>,
    /// The figure over the known values: shares as fractions, waits in hours. `None` while nothing is known, and when no
    /// figure is asked for.
    pub value: Option<f64>,
    /// Over how many handoffs it is taken.
    pub known: usize,
}

/// The table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Matrix {
    /// Rows and columns alike: external suppliers, departments by name, external customers.
    pub silos: Vec<Silo>,
    /// What goes from a row to a column; only where there are handoffs.
    pub cells: BTreeMap<(usize, usize), Exchange>,
    /// All that each gives, also to itself.
    pub given: Vec<Exchange>,
    /// All that each receives, also from itself.
    pub received: Vec<Exchange>,
    /// What each gives to other departments: it crosses a boundary.
    pub given_across: Vec<Exchange>,
    /// What each receives from other departments.
    pub received_across: Vec<Exchange>,
    /// All that crosses a boundary between departments.
    pub across: Exchange,
    /// Everything in the table.
    pub all: Exchange,
    /// Handoffs that nobody gives or receives yet; they are in no cell.
    pub open: Vec<HandoffId>,
    /// What the figures are.
    pub figure: Figure,
}

impl Silo {
    /// The words for it.
    pub fn title(&self) -> String {
        match self {
            Self::Suppliers => "External suppliers".into(),
            Self::Department(name) => name.clone(),
            Self::Others(count) => format!("{count} other departments"),
            Self::NoDepartment => "No department".into(),
            Self::Customers => "External customers".into(),
        }
    }
}
