//! Columns: what their cells hold, and how a foreign table is recognised by those it has.

use std::sync::LazyLock;

use super::field;
use super::table::TableKind;
use super::value::Choice;
use crate::model::quantity::Quantity;
use crate::model::{
    Handoff, Measure, NotApplicable, Observation, Party, Rating, Requirement, Review, Sprint, Task, Voice,
};

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy)]
pub(super) enum Cell {
    /// Free text; the only cells that could be mistaken for a formula.
    Text,
    /// An id, which may begin with a minus.
    Id,
    /// One of a few words.
    Word(Choice),
    /// Yes or no.
    YesNo,
    /// A number.
    Number(Quantity),
    /// A number of hours, or a duration such as "90 min".
    Hours,
    /// A period of the calendar.
    When,
    /// A day.
    Day,
}

impl Cell {
    /// True for the cells that are numbers in a sheet.
    pub(super) fn is_number(self) -> bool {
        matches!(self, Self::Number(_) | Self::Hours)
    }

    /// True for the cells that hold one of our own words, which need no quotation marks.
    pub(super) fn is_word(self) -> bool {
        matches!(self, Self::Word(_) | Self::YesNo | Self::When | Self::Day)
    }
}

/// One column of a table.
#[derive(Debug, Clone, Copy)]
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

/// The names of all columns as they are compared, in the order of [`TableKind::ALL`].
static BARE: LazyLock<[Vec<String>; TableKind::ALL.len()]> =
    LazyLock::new(|| TableKind::ALL.map(|kind| kind.columns().iter().map(|column| bare(column.name)).collect()));

/// The columns of every kind of table, in the order of [`TableKind::ALL`].
static COLUMNS: LazyLock<[Vec<Column>; TableKind::ALL.len()]> = LazyLock::new(|| {
    TableKind::ALL.map(|kind| match kind {
        TableKind::Parties => field::columns::<Party>(),
        TableKind::Handoffs => field::columns::<Handoff>(),
        TableKind::Requirements => field::columns::<Requirement>(),
        TableKind::Measures => field::columns::<Measure>(),
        TableKind::Observations => field::columns::<Observation>(),
        TableKind::Expectations => field::columns::<Voice>(),
        TableKind::Ratings => field::columns::<Rating>(),
        TableKind::Reviews => field::columns::<Review>(),
        TableKind::Steps => field::columns::<NotApplicable>(),
        TableKind::Sprints => field::columns::<Sprint>(),
        TableKind::Tasks => field::columns::<Task>(),
    })
});

impl TableKind {
    /// The columns, in the order they are written.
    pub(super) fn columns(self) -> &'static [Column] {
        &COLUMNS[self as usize]
    }

    /// The names of the columns, in the order they are written.
    pub(super) fn column_names(self) -> Vec<&'static str> {
        self.columns().iter().map(|column| column.name).collect()
    }
}

/// What is compared of a column's name: its letters and digits in lower case.
fn bare(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The position among the kind's columns of the column that a header cell names.
pub(super) fn find(kind: TableKind, header: &str) -> Option<usize> {
    let wanted = bare(header);
    BARE[kind as usize].iter().position(|name| *name == wanted)
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
    let header: Vec<String> = header.iter().map(|cell| bare(cell)).collect();
    let has = |column: &str| header.iter().any(|cell| cell == column);
    let any = |columns: &[&str]| columns.iter().any(|column| has(column));
    // From the most telling columns to those that several tables have.
    if has("value") && any(&["requirement", "measure"]) && !has("target") {
        Some(TableKind::Observations)
    } else if has("goal") {
        Some(TableKind::Sprints)
    } else if has("sprint") && has("task") {
        Some(TableKind::Tasks)
    } else if has("party") && has("started") {
        Some(TableKind::Reviews)
    } else if has("party") && has("step") {
        Some(TableKind::Steps)
    } else if has("expectation") || (has("party") && any(&["importance", "satisfaction"])) {
        Some(TableKind::Expectations)
    } else if has("requirement") {
        Some(TableKind::Requirements)
    } else if has("item") && any(&["speed", "ease", "proactive", "overall"]) {
        Some(TableKind::Ratings)
    } else if has("supplier") && has("customer") {
        Some(TableKind::Handoffs)
    } else if has("party") && has("measure") {
        Some(TableKind::Measures)
    } else if has("name") {
        Some(TableKind::Parties)
    } else {
        None
    }
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
            ("x.csv", "Party,Measure", Some(TableKind::Measures)),
            ("x.csv", "party,measure,value", Some(TableKind::Observations)),
            ("x.csv", "supplier,customer,item,requirement,period,value", Some(TableKind::Observations)),
            ("x.csv", "supplier,customer,item,requirement,target,value", Some(TableKind::Requirements)),
            ("x.csv", "party,expectation", Some(TableKind::Expectations)),
            ("x.csv", "party,customer,Importance", Some(TableKind::Expectations)),
            ("x.csv", "supplier,customer,item,overall", Some(TableKind::Ratings)),
            ("Ratings of May.csv", "supplier,customer,item", Some(TableKind::Ratings)),
            ("x.csv", "party,value", None),
            ("x.csv", "goal,start", Some(TableKind::Sprints)),
            ("x.csv", "sprint,task", Some(TableKind::Tasks)),
            ("x.csv", "party,started", Some(TableKind::Reviews)),
            ("x.csv", "party,step,reason", Some(TableKind::Steps)),
        ];
        for (name, columns, kind) in cases {
            assert_eq!(kind_of(name, &header(columns)), kind, "{name} {columns}");
        }
        for kind in TableKind::ALL {
            let own: Vec<String> = kind.column_names().into_iter().map(String::from).collect();
            assert_eq!(kind_of("handoffs and ratings.csv", &own), Some(kind), "own columns are enough");
            assert_eq!(
                kind.columns().len(),
                own.iter().collect::<std::collections::BTreeSet<_>>().len(),
                "no two alike"
            );
        }
    }
}
