//! The SIPOC table as a sheet: who supplies what, what is needed of it, what comes out, and for whom.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Cell, Fill, Head, Look, Sheet, Side, Words};
use crate::model::ops::End;
use crate::model::ops::sipoc::{Column, Row};
use crate::model::{Document, Handoff, HandoffId, PartyId, PartyKind, Requirement, Subject};
use crate::scene::Ink;
use crate::scene::map::hues;

/// Most requirements of a handoff that are written out.
const NEEDS: usize = 8;
/// Columns of parties, of items and of requirements, in map units.
const WIDTHS: [f32; 7] = [172.0, 176.0, 226.0, 182.0, 176.0, 226.0, 172.0];

/// The sheet of some rows, such as those of [`crate::model::ops::sipoc::rows`]. In a picture for others, leave out the
/// rows that are empty with [`without_empty`]; where they are there, they say faintly what to type.
pub fn sipoc(document: &Document, rows: &[Row]) -> Sheet {
    let hues = hues(document);
    let spans = spans(rows);
    let builder = Builder { document, hues: &hues };
    let columns = Column::ALL.into_iter().zip(WIDTHS).map(|(column, width)| Head {
        title: column.title().into(),
        width,
        letter: !matches!(column, Column::InputNeeds | Column::OutputNeeds),
        align: Side::Left,
    });
    let cells = |(i, row): (usize, &Row)| -> Vec<Cell> {
        Column::ALL.into_iter().map(|column| builder.cell(row, column, spans[i])).collect()
    };
    Sheet {
        columns: columns.collect(),
        rows: rows.iter().enumerate().map(cells).collect(),
        breaks: (1..rows.len()).filter(|i| spans[*i] > 0).collect(),
        look: Look::Blocks,
    }
}

/// The rows without those that are empty, but for the only one of a process.
pub fn without_empty(rows: &[Row]) -> Vec<Row> {
    let spans = spans(rows);
    let keeps = |(i, row): (usize, &Row)| {
        let only = row.process.is_some() && spans[i] == 1;
        (!row.is_empty() || only).then_some(*row)
    };
    rows.iter().enumerate().filter_map(keeps).collect()
}

/// For the first row of each block the number of its rows, else 0.
fn spans(rows: &[Row]) -> Vec<usize> {
    let mut spans = vec![0; rows.len()];
    let mut first = 0;
    for i in 0..rows.len() {
        if i == 0 || rows[i].process != rows[first].process {
            first = i;
        }
        spans[first] += 1;
    }
    spans
}

struct Builder<'a> {
    document: &'a Document,
    hues: &'a BTreeMap<String, u8>,
}

impl Builder<'_> {
    fn cell(&self, row: &Row, column: Column, span: usize) -> Cell {
        let Some(process) = row.process else {
            let hint = Words::plain("+ process", Ink::Faint);
            return if column == Column::Process { Cell::of(hint) } else { Cell::default() };
        };
        if column == Column::Process {
            return if span > 0 { Cell { span, ..self.party(process, true) } } else { Cell::default() };
        }
        let Some((id, handoff)) = row.handoff(column).and_then(|id| Some((id, self.document.handoff(id)?))) else {
            return self.hint(row, column);
        };
        let subjects: Arc<[Subject]> = [Subject::Handoff(id)].into();
        match column {
            Column::Supplier => self.end(id, handoff, End::Supplier),
            Column::Customer => self.end(id, handoff, End::Customer),
            Column::Input | Column::Output => Cell { subjects, ..Cell::of(item(handoff)) },
            _ => Cell { subjects, words: needs(handoff), ..Cell::default() },
        }
    }

    /// What can be typed in the empty row of a block.
    fn hint(&self, row: &Row, column: Column) -> Cell {
        match column {
            Column::Supplier if row.is_empty() => Cell::of(Words::plain("+ supplier", Ink::Faint)),
            Column::Customer if row.is_empty() => Cell::of(Words::plain("+ customer", Ink::Faint)),
            _ => Cell::default(),
        }
    }

    fn end(&self, id: HandoffId, handoff: &Handoff, end: End) -> Cell {
        let party = match end {
            End::Supplier => handoff.supplier,
            End::Customer => handoff.customer,
        };
        match party {
            Some(party) => self.party(party, false),
            None => Cell {
                subjects: [Subject::Handoff(id)].into(),
                ..Cell::of(Words { mark: Some("?"), ..Words::plain("nobody yet", Ink::Warn) })
            },
        }
    }

    fn party(&self, id: PartyId, whole: bool) -> Cell {
        let Some(party) = self.document.party(id) else { return Cell::default() };
        let name = party.name.trim();
        let words = if name.is_empty() {
            Words::plain("Unnamed", Ink::Faint)
        } else {
            Words { lines: 4, ..Words::plain(name, Ink::Text) }
        };
        let mut cell = Cell { subjects: [Subject::Party(id)].into(), ..Cell::default() };
        let department = party.department.trim();
        cell.words.push(if whole { words.strong().sized(15.0) } else { words });
        if whole && !department.is_empty() {
            cell.words.push(Words { lines: 2, ..Words::plain(department, Ink::Faint).sized(11.5) });
        }
        if whole || party.kind != PartyKind::Process {
            cell.fill = Some(Fill::Card(party.kind, self.hues.get(department).copied()));
        }
        cell
    }
}

fn item(handoff: &Handoff) -> Words {
    match handoff.item.trim() {
        "" => Words::plain("unnamed item", Ink::Faint),
        item => Words { lines: 4, ..Words::plain(item, Ink::Text) },
    }
}

/// The requirements, one below the other: failed musts in red with a cross, met ones with a tick.
fn needs(handoff: &Handoff) -> Vec<Words> {
    let shown: Vec<&Requirement> = handoff.requirements.iter().filter(|r| !r.text.trim().is_empty()).collect();
    let one = |requirement: &&Requirement| {
        let (mark, ink) = match (requirement.met(), requirement.must) {
            (Some(true), _) => ("✓", Ink::Text),
            (Some(false), true) => ("✗", Ink::Bad),
            (Some(false), false) => ("✗", Ink::Warn),
            (None, _) => ("·", Ink::Text),
        };
        Words { mark: Some(mark), ..Words::plain(requirement.text.trim(), ink).sized(12.5) }
    };
    let mut words: Vec<Words> = shown.iter().take(NEEDS).map(one).collect();
    if shown.len() > NEEDS {
        words.push(Words::plain(format!("and {} more", shown.len() - NEEDS), Ink::Faint).sized(11.5));
    }
    words
}
