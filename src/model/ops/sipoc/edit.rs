//! What typing in a cell of the SIPOC table does to the map.

use super::{Column, Row, needs, text};
use crate::geom::{Point, pt};
use crate::model::ops::{End, STEP, free_place};
use crate::model::{Document, Edit, Handoff, HandoffId, IdGen, Party, PartyId, PartyKind};

/// Coordinates of new cards stay within this, with room for a card to be dragged.
const FAR: f32 = 990_000.0;

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
            let other = other_party(document, ids, typed, (process, far), &mut edits)?;
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

/// The party of this name, made beside the process when there is none; nobody for an empty name.
fn other_party(
    document: &Document,
    ids: &mut IdGen,
    name: &str,
    (process, far): (PartyId, End),
    edits: &mut Vec<Edit>,
) -> Result<Option<PartyId>, String> {
    if name.is_empty() {
        return Ok(None);
    }
    match named(document, name)? {
        Some(same) if same == process => Err(match far {
            End::Supplier => format!("“{name}” cannot supply itself: name another supplier"),
            End::Customer => format!("“{name}” cannot be its own customer: name another one"),
        }),
        Some(other) => Ok(Some(other)),
        None => {
            let id = ids.make();
            let from = document.place(process).unwrap_or_default();
            let beside = match far {
                End::Supplier => from - pt(STEP.w, 0.0),
                End::Customer => from + pt(STEP.w, 0.0),
            };
            edits.extend(put_party(document, id, name, beside));
            Ok(Some(id))
        }
    }
}

/// The party of this name, by the exact name or else in any case; none for an empty name.
///
/// # Errors
/// When several parties have it.
pub(super) fn named(document: &Document, name: &str) -> Result<Option<PartyId>, String> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    let one = |found: Vec<PartyId>| match found[..] {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(format!("{} parties are called “{name}”: rename them or connect them on the map", found.len())),
    };
    let exact = document.parties().filter(|(_, party)| party.name.trim() == name).map(|(id, _)| id).collect();
    if let Some(found) = one(exact)? {
        return Ok(Some(found));
    }
    let lower = name.to_lowercase();
    let alike = document.parties().filter(|(_, party)| party.name.trim().to_lowercase() == lower);
    one(alike.map(|(id, _)| id).collect())
}

fn put_party(document: &Document, id: PartyId, name: &str, wanted: Point) -> Vec<Edit> {
    let on_map = |p: Point| pt(p.x.clamp(-FAR, FAR), p.y.clamp(-FAR, FAR));
    let place = on_map(free_place(document, on_map(wanted), pt(0.0, 1.0)));
    vec![Edit::PutParty(id, Party::named(name, PartyKind::Process)), Edit::Place(id, place)]
}

/// Below every card, in line with the leftmost.
fn below_all(document: &Document) -> Point {
    let places = document.parties().filter_map(|(id, _)| document.place(id));
    let corner = places.fold(None, |corner: Option<Point>, p| {
        Some(corner.map_or(p, |corner| pt(corner.x.min(p.x), corner.y.max(p.y))))
    });
    corner.map_or(pt(0.0, 0.0), |corner| corner + pt(0.0, STEP.h))
}
