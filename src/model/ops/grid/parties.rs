//! The parties that a cell of a table names: found, or made at a free place.

use crate::geom::{Point, pt};
use crate::model::ops::{End, STEP, free_place};
use crate::model::{Document, Edit, IdGen, Party, PartyId, PartyKind};

/// Coordinates of new cards stay within this, with room for a card to be dragged.
const FAR: f32 = 990_000.0;

/// The party of this name for one end of a handoff whose other end is given, made beside that one (else below all) when
/// there is none; nobody for an empty name.
///
/// # Errors
/// When several parties have the name, or when it is that of the other end.
pub(in crate::model::ops) fn end_named(
    document: &Document,
    ids: &mut IdGen,
    name: &str,
    (end, other): (End, Option<PartyId>),
    edits: &mut Vec<Edit>,
) -> Result<Option<PartyId>, String> {
    match named(document, name)? {
        _ if name.is_empty() => Ok(None),
        Some(same) if other == Some(same) => Err(itself(name, end)),
        Some(there) => Ok(Some(there)),
        None => {
            let id = ids.make();
            edits.extend(put_party(document, id, name, beside(document, other, end)));
            Ok(Some(id))
        }
    }
}

/// Why a party cannot stand at this end.
pub(in crate::model::ops) fn itself(name: &str, end: End) -> String {
    match end {
        End::Supplier => format!("“{name}” cannot supply itself: name another supplier"),
        End::Customer => format!("“{name}” cannot be its own customer: name another one"),
    }
}

/// The party of this name, by the exact name or else in any case; none for an empty name.
///
/// # Errors
/// When several parties have it.
pub(in crate::model::ops) fn named(document: &Document, name: &str) -> Result<Option<PartyId>, String> {
    let name = name.trim();
    if name.is_empty() {
        return Ok(None);
    }
    let exact: Vec<PartyId> =
        document.parties().filter(|(_, party)| party.name.trim() == name).map(|(id, _)| id).collect();
    if let Some(found) = only(&exact, name)? {
        return Ok(Some(found));
    }
    let lower = name.to_lowercase();
    let alike = document.parties().filter(|(_, party)| party.name.trim().to_lowercase() == lower);
    only(&alike.map(|(id, _)| id).collect::<Vec<_>>(), name)
}

/// The only one of those found by a name.
///
/// # Errors
/// When there are several.
pub(in crate::model::ops) fn only(found: &[PartyId], name: &str) -> Result<Option<PartyId>, String> {
    match *found {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        _ => Err(format!("{} parties are called “{name}”: rename them or connect them on the map", found.len())),
    }
}

/// Makes a process at a free place near the one wanted.
pub(in crate::model::ops) fn put_party(document: &Document, id: PartyId, name: &str, wanted: Point) -> Vec<Edit> {
    put_party_at(id, name, free_place(document, on_map(wanted), pt(0.0, 1.0)))
}

/// Makes a process just there.
pub(in crate::model::ops) fn put_party_at(id: PartyId, name: &str, place: Point) -> Vec<Edit> {
    vec![Edit::PutParty(id, Party::named(name, PartyKind::Process)), Edit::Place(id, on_map(place))]
}

fn on_map(p: Point) -> Point {
    pt(p.x.clamp(-FAR, FAR), p.y.clamp(-FAR, FAR))
}

/// Where a new party at this end of a handoff stands well: its supplier left of the other end, its customer right.
pub(in crate::model::ops) fn beside(document: &Document, other: Option<PartyId>, end: End) -> Point {
    match (other.and_then(|id| document.place(id)), end) {
        (None, _) => below_all(document),
        (Some(from), End::Supplier) => from - pt(STEP.w, 0.0),
        (Some(from), End::Customer) => from + pt(STEP.w, 0.0),
    }
}

/// Below every card, in line with the leftmost.
pub(in crate::model::ops) fn below_all(document: &Document) -> Point {
    let places = document.parties().filter_map(|(id, _)| document.place(id));
    let corner = places.fold(None, |corner: Option<Point>, p| {
        Some(corner.map_or(p, |corner| pt(corner.x.min(p.x), corner.y.max(p.y))))
    });
    corner.map_or(pt(0.0, 0.0), |corner| corner + pt(0.0, STEP.h))
}
