//! A table as it was read or is to be written: text cells under a header, with the places that messages name.

use crate::model::MOST_RECORDS;

/// Which table a table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum TableKind {
    /// One row per party.
    Parties,
    /// One row per handoff.
    Handoffs,
    /// One row per requirement of a handoff.
    Requirements,
    /// One row per measure of a party.
    Measures,
    /// One row per observation of a requirement or a measure.
    Observations,
    /// One row for each thing that a customer said about a party.
    Expectations,
    /// One row for what one person thinks of a handoff.
    Ratings,
    /// One row per review of a process.
    Reviews,
    /// One row for each step that does not apply to a process.
    Steps,
    /// One row per sprint.
    Sprints,
    /// One row per task of a sprint.
    Tasks,
}

impl TableKind {
    /// All kinds, in the order they build on each other.
    pub const ALL: [Self; 11] = [
        Self::Parties,
        Self::Handoffs,
        Self::Requirements,
        Self::Measures,
        Self::Observations,
        Self::Expectations,
        Self::Ratings,
        Self::Reviews,
        Self::Steps,
        Self::Sprints,
        Self::Tasks,
    ];

    /// The name of the sheet, and the word looked for in the name of a file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Parties => "parties",
            Self::Handoffs => "handoffs",
            Self::Requirements => "requirements",
            Self::Measures => "measures",
            Self::Observations => "observations",
            Self::Expectations => "expectations",
            Self::Ratings => "ratings",
            Self::Reviews => "reviews",
            Self::Steps => "steps",
            Self::Sprints => "sprints",
            Self::Tasks => "tasks",
        }
    }

    /// True for the tables that are written even without rows.
    pub(super) fn is_always_there(self) -> bool {
        matches!(self, Self::Parties | Self::Handoffs | Self::Requirements)
    }

    /// Most rows of a table: of what belongs to the records of a map there may be more than of these.
    pub(super) fn most_rows(self) -> usize {
        match self {
            Self::Parties | Self::Handoffs => MOST_RECORDS,
            _ => 5 * MOST_RECORDS,
        }
    }

    /// One record and several, for a sentence.
    pub(super) fn nouns(self) -> (&'static str, &'static str) {
        match self {
            Self::Parties => ("party", "parties"),
            Self::Handoffs => ("handoff", "handoffs"),
            Self::Requirements => ("requirement", "requirements"),
            Self::Measures => ("measure", "measures"),
            Self::Observations => ("observation", "observations"),
            Self::Expectations => ("expectation", "expectations"),
            Self::Ratings => ("rating", "ratings"),
            Self::Reviews => ("review", "reviews"),
            Self::Steps => ("step that does not apply", "steps that do not apply"),
            Self::Sprints => ("sprint", "sprints"),
            Self::Tasks => ("task", "tasks"),
        }
    }

    /// The columns by which it is known, for a message.
    pub(super) fn signs(self) -> &'static str {
        match self {
            Self::Parties => "name …",
            Self::Handoffs => "supplier, customer, item …",
            Self::Requirements => "supplier, customer, item, requirement …",
            Self::Measures => "party, measure …",
            Self::Observations => "requirement or measure, period, value …",
            Self::Expectations => "party, expectation …",
            Self::Ratings => "supplier, customer, item, overall …",
            Self::Reviews => "party, started …",
            Self::Steps => "party, step, reason",
            Self::Sprints => "goal …",
            Self::Tasks => "sprint, task …",
        }
    }
}

/// One row below the header.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Row {
    /// The line of the file, or the row of the sheet, that it begins in; the first is 1.
    pub line: usize,
    /// The texts of its cells from the first column on; those missing at the end are empty.
    pub cells: Vec<String>,
}

/// A table of texts, not yet understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Which table it is.
    pub kind: TableKind,
    /// The file, or the file and its sheet, for messages.
    pub source: String,
    /// True for a sheet of a workbook, where messages name cells such as B7 instead of lines.
    pub sheet: bool,
    /// The names of the columns as they were written.
    pub header: Vec<String>,
    /// The rows that are not empty.
    pub rows: Vec<Row>,
    /// What the reader noticed and its user should hear; the import passes it on as warnings.
    pub notes: Vec<String>,
}

impl Table {
    /// A place for a message: `handoffs.csv, line 7, wait_h` or `plan.xlsx, sheet handoffs, cell F7 (wait_h)`.
    ///
    /// `at` is the column's position, when the table has the column.
    pub(super) fn place(&self, line: usize, name: &str, at: Option<usize>) -> String {
        match (self.sheet, at) {
            (false, _) => format!("{}, line {line}, {name}", self.source),
            (true, Some(at)) => format!("{}, cell {}{line} ({name})", self.source, letters(at)),
            (true, None) => format!("{}, row {line}, {name}", self.source),
        }
    }

    /// The place of a whole row for a message.
    pub(super) fn row_place(&self, line: usize) -> String {
        format!("{}, {} {line}", self.source, if self.sheet { "row" } else { "line" })
    }
}

/// The letters of a column of a sheet: 0 is A, 26 is AA.
pub(super) fn letters(column: usize) -> String {
    let (mut rest, mut text) = (column + 1, Vec::new());
    while rest > 0 {
        text.push(char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    text.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_have_the_letters_of_a_sheet() {
        for (column, text) in [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (16_383, "XFD")] {
            assert_eq!(letters(column), text, "{column}");
        }
    }
}
