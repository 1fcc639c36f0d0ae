//! Rows understood: what each row of the three tables says of its record; what it does not say is `None`.

use super::cells::Cells;
use super::columns::{Binding, bind};
use super::problems::Problems;
use super::table::{Row, Table, TableKind};
use crate::model::quantity::{PERCENT, SAMPLE, VALUE, VOLUME, WEIGHT};
use crate::model::{
    Handoff, HandoffId, HandoffKind, Known, Observation, Operator, Party, PartyId, PartyKind, Requirement,
    RequirementId,
};

/// A row and where it stands.
#[derive(Debug)]
pub(super) struct Said<'a, T> {
    /// The table, for messages.
    pub table: &'a Table,
    /// Where its columns are.
    pub columns: &'a Binding,
    /// Its line.
    pub line: usize,
    /// Its cells.
    pub source: &'a Row,
    /// What it says.
    pub row: T,
}

impl<T> Said<'_, T> {
    /// The place of one of its cells.
    pub(super) fn place(&self, name: &str) -> String {
        self.table.place(self.line, name, self.columns.at(name))
    }

    /// The text of one of its cells.
    pub(super) fn cell(&self, name: &str) -> &str {
        self.columns.at(name).and_then(|at| self.source.cells.get(at)).map_or("", String::as_str)
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

/// Reads the rows of all tables of a kind; rows with problems are left out.
pub(super) fn read<'a, T: FromCells<'a>>(
    bound: &'a [Bound<'a>],
    hours_per_day: f64,
    problems: &mut Problems,
) -> Vec<Said<'a, T>> {
    let mut said = Vec::new();
    for Bound { table, columns, .. } in bound.iter().filter(|bound| bound.table.kind == T::KIND && bound.sound) {
        for row in &table.rows {
            let mut own = Problems::default();
            fits(table, row, &mut own);
            let mut cells = Cells { table, columns, row, hours_per_day, problems: &mut own };
            let read = T::from_cells(&mut cells);
            match own.or(read) {
                Ok(row_read) => said.push(Said { table, columns, line: row.line, source: row, row: row_read }),
                Err(error) => problems.add_all(error),
            }
        }
    }
    said
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
        let cell = super::cells::quoted(cell);
        problems.add(format!("{place}: {cell} stands beyond the last of the {columns} columns: {advice}"));
    }
}

/// What is read from the cells of a row.
pub(super) trait FromCells<'a>: Sized {
    /// The tables it is read from.
    const KIND: TableKind;

    /// Reads it; what is wrong is reported to the cells.
    fn from_cells(cells: &mut Cells<'a, '_>) -> Self;
}

/// What a row of `parties` says.
#[derive(Debug)]
pub(super) struct PartyRow {
    pub id: Option<PartyId>,
    pub name: Option<String>,
    kind: Option<PartyKind>,
    department: Option<String>,
    owner: Option<String>,
    promise: Option<String>,
    process_time_h: Option<f64>,
    value_adding: Option<bool>,
}

impl<'a> FromCells<'a> for PartyRow {
    const KIND: TableKind = TableKind::Parties;

    fn from_cells(cells: &mut Cells<'a, '_>) -> Self {
        const KINDS: &[(&str, PartyKind)] = &[
            ("process", PartyKind::Process),
            ("internal", PartyKind::Process),
            ("internal process", PartyKind::Process),
            ("customer", PartyKind::Customer),
            ("external customer", PartyKind::Customer),
            ("supplier", PartyKind::Supplier),
            ("external supplier", PartyKind::Supplier),
        ];
        let id = cells.id();
        let verbatim = cells.has_id();
        let name = cells.text("name", verbatim);
        if name.is_none() && !verbatim {
            cells.refuse("name", "the name is missing");
        }
        Self {
            id,
            name,
            kind: cells.word("kind", KINDS, "process, customer or supplier"),
            department: cells.text("department", verbatim),
            owner: cells.text("owner", verbatim),
            promise: cells.text("promise", verbatim),
            process_time_h: cells.hours("process_time_h"),
            value_adding: cells.yes_no("value_adding"),
        }
    }
}

impl PartyRow {
    /// Writes what the row says into a party; `renames` is false when the party was found by its name.
    pub(super) fn apply(&self, party: &mut Party, renames: bool) {
        if renames {
            set(&mut party.name, self.name.as_ref());
        }
        set(&mut party.kind, self.kind.as_ref());
        set(&mut party.department, self.department.as_ref());
        set(&mut party.owner, self.owner.as_ref());
        set(&mut party.promise, self.promise.as_ref());
        party.process_time_h = self.process_time_h.or(party.process_time_h);
        party.value_adding = self.value_adding.or(party.value_adding);
    }
}

/// What a row of `handoffs` says.
#[derive(Debug)]
pub(super) struct HandoffRow<'a> {
    pub id: Option<HandoffId>,
    pub supplier: Option<&'a str>,
    pub customer: Option<&'a str>,
    pub item: Option<String>,
    kind: Option<HandoffKind>,
    critical: Option<bool>,
    wait_h: Option<f64>,
    complete_accurate_pct: Option<f64>,
    on_time_pct: Option<f64>,
    volume: Option<f64>,
    sample_size: Option<f64>,
    known: Option<Known>,
}

impl<'a> FromCells<'a> for HandoffRow<'a> {
    const KIND: TableKind = TableKind::Handoffs;

    fn from_cells(cells: &mut Cells<'a, '_>) -> Self {
        const KINDS: &[(&str, HandoffKind)] = &[("forward", HandoffKind::Forward), ("rework", HandoffKind::Rework)];
        const KNOWN: &[(&str, Known)] =
            &[("guess", Known::Guess), ("sample", Known::Sample), ("measured", Known::Measured)];
        let id = cells.id();
        let verbatim = cells.has_id();
        let item = cells.text("item", verbatim);
        if item.is_none() && !verbatim {
            cells.refuse("item", "the item is missing: say what is handed over");
        }
        Self {
            id,
            supplier: cells.reference("supplier"),
            customer: cells.reference("customer"),
            item,
            kind: cells.word("kind", KINDS, "forward or rework"),
            critical: cells.yes_no("critical"),
            wait_h: cells.hours("wait_h"),
            complete_accurate_pct: cells.number("complete_accurate_pct", PERCENT),
            on_time_pct: cells.number("on_time_pct", PERCENT),
            volume: cells.number("volume", VOLUME),
            sample_size: cells.number("sample_size", SAMPLE),
            known: cells.word("known", KNOWN, "guess, sample or measured"),
        }
    }
}

impl HandoffRow<'_> {
    /// Writes what the row says, but for the ends, into a handoff; `renames` is false when it was found by its item.
    pub(super) fn apply(&self, handoff: &mut Handoff, renames: bool) {
        if renames {
            set(&mut handoff.item, self.item.as_ref());
        }
        set(&mut handoff.kind, self.kind.as_ref());
        set(&mut handoff.critical, self.critical.as_ref());
        handoff.wait_h = self.wait_h.or(handoff.wait_h);
        handoff.complete_accurate_pct = self.complete_accurate_pct.or(handoff.complete_accurate_pct);
        handoff.on_time_pct = self.on_time_pct.or(handoff.on_time_pct);
        handoff.volume = self.volume.or(handoff.volume);
        handoff.sample_size = self.sample_size.or(handoff.sample_size);
        handoff.known = self.known.or(handoff.known);
    }
}

/// What a row of `requirements` says.
#[derive(Debug)]
pub(super) struct RequirementRow<'a> {
    pub id: Option<RequirementId>,
    pub supplier: Option<&'a str>,
    pub customer: Option<&'a str>,
    pub item: Option<&'a str>,
    pub text: Option<String>,
    measure: Option<String>,
    unit: Option<String>,
    operator: Option<Operator>,
    target: Option<f64>,
    actual: Option<f64>,
    must: Option<bool>,
    weight: Option<f64>,
}

impl<'a> FromCells<'a> for RequirementRow<'a> {
    const KIND: TableKind = TableKind::Requirements;

    fn from_cells(cells: &mut Cells<'a, '_>) -> Self {
        const OPERATORS: &[(&str, Operator)] = &[
            (">=", Operator::AtLeast),
            ("≥", Operator::AtLeast),
            ("at least", Operator::AtLeast),
            ("<=", Operator::AtMost),
            ("≤", Operator::AtMost),
            ("at most", Operator::AtMost),
            ("=", Operator::Equal),
            ("==", Operator::Equal),
            ("exactly", Operator::Equal),
        ];
        let id = cells.id();
        let verbatim = cells.has_id();
        let text = cells.text("requirement", verbatim);
        if text.is_none() && !verbatim {
            cells.refuse("requirement", "the requirement is missing: say what the receiver needs");
        }
        Self {
            id,
            supplier: cells.reference("supplier"),
            customer: cells.reference("customer"),
            item: cells.reference("item"),
            text,
            measure: cells.text("measure", verbatim),
            unit: cells.text("unit", verbatim),
            operator: cells.word("operator", OPERATORS, ">=, <= or ="),
            target: cells.number("target", VALUE),
            actual: cells.number("actual", VALUE),
            must: cells.yes_no("must"),
            weight: cells.number("weight", WEIGHT),
        }
    }
}

impl RequirementRow<'_> {
    /// Writes what the row says into a requirement; `renames` is false when it was found by its words.
    pub(super) fn apply(&self, requirement: &mut Requirement, renames: bool) {
        if renames {
            set(&mut requirement.text, self.text.as_ref());
        }
        set(&mut requirement.measure, self.measure.as_ref());
        set(&mut requirement.unit, self.unit.as_ref());
        requirement.operator = self.operator.or(requirement.operator);
        requirement.target = self.target.or(requirement.target);
        if let Some(actual) = self.actual.filter(|actual| requirement.actual() != Some(*actual)) {
            requirement.observations.add(Observation::of(actual));
        }
        set(&mut requirement.must, self.must.as_ref());
        set(&mut requirement.weight, self.weight.as_ref());
    }
}

/// An empty cell leaves what is there.
fn set<T: Clone>(field: &mut T, said: Option<&T>) {
    if let Some(said) = said {
        field.clone_from(said);
    }
}
