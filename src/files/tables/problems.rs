//! What kept tables from being read or imported: all of it, so that a list is repaired in one go.

use std::fmt;

/// Most problems that are shown in full; the rest is counted.
pub const MOST_SHOWN: usize = 20;

/// Everything that is wrong with the tables. Nothing of them was imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImportError {
    /// The first [`MOST_SHOWN`] problems, a sentence each: file, line and column, the cell, and what to do.
    pub problems: Vec<String>,
    /// How many there are in all.
    pub count: usize,
}

impl ImportError {
    /// A single problem.
    pub(super) fn one(problem: impl Into<String>) -> Self {
        Self { problems: vec![problem.into()], count: 1 }
    }
}

impl fmt::Display for ImportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.problems.join("\n"))?;
        match self.count.saturating_sub(self.problems.len()) {
            0 => Ok(()),
            1 => write!(f, "\nand 1 problem more"),
            more => write!(f, "\nand {more} problems more"),
        }
    }
}

impl std::error::Error for ImportError {}

/// Collects problems.
#[derive(Debug, Default)]
pub(super) struct Problems {
    shown: Vec<String>,
    count: usize,
}

impl Problems {
    /// Adds one.
    pub(super) fn add(&mut self, problem: String) {
        self.count += 1;
        if self.shown.len() < MOST_SHOWN {
            self.shown.push(problem);
        }
    }

    /// Adds all of an error.
    pub(super) fn add_all(&mut self, error: ImportError) {
        let hidden = error.count.saturating_sub(error.problems.len());
        for problem in error.problems {
            self.add(problem);
        }
        self.count += hidden;
    }

    /// True while there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The value, when there was no problem.
    pub(super) fn or<T>(self, value: T) -> Result<T, ImportError> {
        if self.is_empty() { Ok(value) } else { Err(ImportError { problems: self.shown, count: self.count }) }
    }
}
