//! Adding parties where they do not cover others.

use crate::geom::{Point, Rect, Size, pt};
use crate::model::{Document, Edit, Handoff, HandoffId, IdGen, Party, PartyId, PartyKind};

/// Distance between the middles of neighbouring cards: room for a card and for the item's name beside it.
pub const STEP: Size = Size { w: 320.0, h: 140.0 };
/// The room around a card's middle in which no other card's middle may lie: a tall card and a little air.
const CLEAR: Size = Size { w: 210.0, h: 130.0 };

/// What adding made: the party, the handoff that connects it (if any), and the edits.
#[derive(Debug, Clone, PartialEq)]
pub struct Added {
    /// The new party.
    pub party: PartyId,
    /// The new handoff.
    pub handoff: Option<HandoffId>,
    /// What to apply.
    pub edits: Vec<Edit>,
}

/// Where a new neighbour stands to a party.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// It receives from the party: to the right.
    Customer,
    /// It gives to the party: to the left.
    Supplier,
    /// It stands beside the party, with the same first customer (or else the same first supplier).
    Sibling,
}

/// Adds a party at a free place near `wanted`.
pub fn add_party(document: &Document, ids: &mut IdGen, party: Party, wanted: Point) -> Added {
    let id = ids.make();
    let place = free_place(document, wanted, pt(0.0, 1.0));
    Added { party: id, handoff: None, edits: vec![Edit::PutParty(id, party), Edit::Place(id, place)] }
}

/// Adds an unnamed process beside a party and connects it; `None` when the party is not there.
pub fn add_neighbour(document: &Document, ids: &mut IdGen, beside: PartyId, side: Side) -> Option<Added> {
    let from = document.place(beside)?;
    let wanted = match side {
        Side::Customer => from + pt(STEP.w, 0.0),
        Side::Supplier => from - pt(STEP.w, 0.0),
        Side::Sibling => from + pt(0.0, STEP.h),
    };
    let mut added = add_party(document, ids, Party::named("", PartyKind::Process), wanted);
    let link = match side {
        Side::Customer => Some((Some(beside), Some(added.party))),
        Side::Supplier => Some((Some(added.party), Some(beside))),
        Side::Sibling => {
            let customer = document.outputs(beside).find_map(|(_, h)| if h.is_forward() { h.customer } else { None });
            let supplier = document.inputs(beside).find_map(|(_, h)| if h.is_forward() { h.supplier } else { None });
            match (customer, supplier) {
                (Some(customer), _) => Some((Some(added.party), Some(customer))),
                (None, Some(supplier)) => Some((Some(supplier), Some(added.party))),
                (None, None) => None,
            }
        }
    };
    if let Some((supplier, customer)) = link {
        let id = ids.make();
        added.handoff = Some(id);
        added.edits.push(Edit::PutHandoff(id, Handoff::between(supplier, customer, "")));
    }
    Some(added)
}

/// The place nearest to `wanted` at which a card covers no other: looked for along `direction` and against it in turn,
/// then ever further sideways.
pub fn free_place(document: &Document, wanted: Point, direction: Point) -> Point {
    let taken: Vec<Point> = document.parties().filter_map(|(id, _)| document.place(id)).collect();
    free_among(&taken, wanted, direction)
}

/// [`free_place`] among the given middles of cards.
pub fn free_among(taken: &[Point], wanted: Point, direction: Point) -> Point {
    let half = Size { w: CLEAR.w, h: CLEAR.h };
    let is_free = |p: Point| {
        let area = Rect::from_corners(p - pt(half.w, half.h), p + pt(half.w, half.h));
        !taken.iter().any(|t| t.x > area.min.x && t.x < area.max.x && t.y > area.min.y && t.y < area.max.y)
    };
    let along = pt(direction.x * STEP.w, direction.y * STEP.h);
    let across = pt(direction.y * STEP.w, direction.x * STEP.h);
    for ring in 0..=taken.len() as i32 {
        for side in 0..=ring {
            for (a, b) in [(ring, side), (-ring, side), (ring, -side), (-ring, -side)] {
                let place = wanted + along * a as f32 + across * (b as f32 / 2.0);
                if is_free(place) {
                    return place;
                }
            }
        }
    }
    wanted
}
