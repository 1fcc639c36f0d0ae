//! What typing in a cell of the SIPOC table does to the map.

use super::{Column, Row, text};
use crate::model::ops::End;
use crate::model::ops::grid::needs;
use crate::model::ops::grid::parties::{below_all, end_named, named, put_party};
use crate::model::{Document, Edit, Handoff, HandoffId, IdGen, Party, PartyId, PartyKind};

/// The edits of typing `typed` in a cell; none when the cell says so already.
///
/// Another name in a supplier or customer cell gives that end of the handoff to the party of this name, which is made
/// as a process when there is none; an empty one leaves it to nobody. An item or a requirement in an empty row makes the
/// handoff. The process cell renames the process; anything in the last row of the table makes one.
///
/// # Errors
/// In words for the person who typed: an ambiguous name, a party that would supply itself, a text that is too long.
pub fn edit(document: &Document, ids: &mut IdGen, row: &Row, column: Column, typed: &str) -> Result<Vec<Edit>, String> {
    let (edits, _) = change(document, ids, *row, column, typed)?;
    if !edits.is_empty() {
        document.clone().apply(edits.clone()).map_err(|error| error.to_string())?;
    }
    Ok(edits)
}

/// The edits of typing in a cell, not yet held against the limits of a document; and the row as it then is.
pub(super) fn change(
    document: &Document,
    ids: &mut IdGen,
    mut row: Row,
    column: Column,
    typed: &str,
) -> Result<(Vec<Edit>, Row), String> {
    if typed.trim() == text(document, &row, column).trim() {
        return Ok((Vec::new(), row));
    }
    let typed = typed.trim();
    let Some(process) = row.process else {
        return in_new_row(document, ids, column, typed);
    };
    let Some(party) = document.party(process) else {
        return Err("this process is no longer on the map".into());
    };
    let Some(far) = column.far_end() else {
        let renamed = Party { name: typed.into(), ..(**party).clone() };
        return Ok((vec![Edit::PutParty(process, renamed)], row));
    };
    let (id, mut handoff) = match row.handoff(column) {
        Some(id) => (id, of_process(document, id, process, far)?),
        None => (ids.make(), new_handoff(process, far)),
    };
    let mut edits = Vec::new();
    match column {
        Column::Input | Column::Output => handoff.item = typed.into(),
        Column::InputNeeds | Column::OutputNeeds => {
            handoff.requirements = needs::read(&handoff.requirements, typed, ids);
        }
        Column::Supplier | Column::Customer | Column::Process => {
            let other = end_named(document, ids, typed, (far, Some(process)), &mut edits)?;
            match far {
                End::Supplier => handoff.supplier = other,
                End::Customer => handoff.customer = other,
            }
        }
    }
    edits.push(Edit::PutHandoff(id, handoff));
    match far {
        End::Supplier => row.input = Some(id),
        End::Customer => row.output = Some(id),
    }
    Ok((edits, row))
}

/// The handoff as it is, when it still belongs to the row.
fn of_process(document: &Document, id: HandoffId, process: PartyId, far: End) -> Result<Handoff, String> {
    let Some(handoff) = document.handoff(id) else {
        return Err("this handoff is no longer on the map".into());
    };
    let near = match far {
        End::Supplier => handoff.customer,
        End::Customer => handoff.supplier,
    };
    if near == Some(process) {
        Ok((**handoff).clone())
    } else {
        Err(format!("this handoff no longer belongs to “{}”", document.name_of(process)))
    }
}

/// A handoff of the process with its other end open.
fn new_handoff(process: PartyId, far: End) -> Handoff {
    match far {
        End::Supplier => Handoff::between(None, Some(process), ""),
        End::Customer => Handoff::between(Some(process), None, ""),
    }
}

/// Typing in the last row of the table: a process, and what was typed about it.
fn in_new_row(document: &Document, ids: &mut IdGen, column: Column, typed: &str) -> Result<(Vec<Edit>, Row), String> {
    let name = if column == Column::Process { typed } else { "" };
    if let Some(there) = named(document, name)? {
        return Err(match document.party(there).map(|party| party.kind) {
            Some(PartyKind::Process) => format!("“{name}” is on the map already: its rows stand above"),
            _ => format!("“{name}” is on the map already, but not as a process: choose another name"),
        });
    }
    let id: PartyId = ids.make();
    let mut edits = put_party(document, id, name, below_all(document));
    let row = Row::empty(id);
    if column == Column::Process {
        return Ok((edits, row));
    }
    let mut with_process = document.clone();
    with_process.apply(edits.clone()).map_err(|error| error.to_string())?;
    let (more, row) = change(&with_process, ids, row, column, typed)?;
    edits.extend(more);
    Ok((edits, row))
}
