//! Tidy: the whole map in layers, suppliers left and customers right, as edits of the places.

use std::collections::{BTreeMap, BTreeSet};

use super::{Direction, Edge, LayerHint, Node, Request, layered};
use crate::geom::{Point, Rect, Size, pt};
use crate::model::{Document, Edit, HandoffId, PartyId, PartyKind};

/// Least gap between two layers: an arrow and a short item's name fit into it.
const LAYER_GAP: f32 = 120.0;
/// Least gap between two cards of a layer.
const CARD_GAP: f32 = 44.0;
/// Size of a card whose text was not measured.
const USUAL: Size = Size { w: 184.0, h: 92.0 };

/// How large things are.
pub struct Sizes<'a> {
    /// Width and height of a card.
    pub card: &'a dyn Fn(PartyId) -> Size,
    /// Room that the words at a handoff take.
    pub label: &'a dyn Fn(HandoffId) -> Size,
}

impl std::fmt::Debug for Sizes<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Sizes")
    }
}

/// Moves every party to its place in the layers. The picture keeps its middle.
pub fn tidy(document: &Document, sizes: &Sizes<'_>) -> Vec<Edit> {
    let ids: Vec<PartyId> = document.parties().map(|(id, _)| id).collect();
    let places = arranged(document, &ids, sizes);
    let old = ids.iter().filter_map(|id| document.place(*id)).fold(Rect::NOTHING, |sum, p| sum.with(p));
    let new = places.iter().fold(Rect::NOTHING, |sum, p| sum.with(*p));
    if old.is_nothing() || new.is_nothing() {
        return Vec::new();
    }
    let by = old.center() - new.center();
    let moved = |p: Point| pt((p.x + by.x).round(), (p.y + by.y).round());
    let edits = ids.iter().zip(places).map(|(id, place)| (*id, moved(place)));
    edits.filter(|(id, place)| document.place(*id) != Some(*place)).map(|(id, place)| Edit::Place(id, place)).collect()
}

/// Gives places to the parties that came without one: all of them in layers when none had a place, else the new ones in
/// layers of their own below the others.
pub fn place_new(document: Document, unplaced: &[PartyId]) -> Document {
    if unplaced.is_empty() {
        return document;
    }
    let usual = |_: PartyId| USUAL;
    let sizes = Sizes { card: &usual, label: &|_| Size { w: 110.0, h: 30.0 } };
    let places = arranged(&document, unplaced, &sizes);
    let new: BTreeSet<&PartyId> = unplaced.iter().collect();
    let taken = document.parties().filter(|(id, _)| !new.contains(id));
    let taken = taken.filter_map(|(id, _)| document.place(id)).fold(Rect::NOTHING, |sum, p| sum.with(p));
    let new = places.iter().fold(Rect::NOTHING, |sum, p| sum.with(*p));
    let by = if taken.is_nothing() {
        pt(0.0, 0.0) - new.min
    } else {
        pt(taken.min.x - new.min.x, taken.max.y + 180.0 - new.min.y)
    };
    let edit =
        |(id, place): (&PartyId, Point)| Edit::Place(*id, pt((place.x + by.x).round(), (place.y + by.y).round()));
    let mut placed = document.clone();
    match placed.apply(unplaced.iter().zip(places).map(edit)) {
        Ok(()) => placed,
        // Too far out to be a place: the provisional ones stay.
        Err(_) => document,
    }
}

fn arranged(document: &Document, ids: &[PartyId], sizes: &Sizes<'_>) -> Vec<Point> {
    let index: BTreeMap<PartyId, usize> = ids.iter().enumerate().map(|(i, id)| (*id, i)).collect();
    let node = |id: &PartyId| {
        let kind = document.party(*id).map_or(PartyKind::Process, |p| p.kind);
        // A customer that also supplies is an end of the chain in both roles: it stands at the customers' end.
        let layer_hint = match kind {
            PartyKind::Process => LayerHint::None,
            PartyKind::Customer => LayerHint::Last,
            PartyKind::Supplier => LayerHint::First,
        };
        Node { size: (sizes.card)(*id), near: document.place(*id), layer_hint }
    };
    let edge = |(id, handoff): (HandoffId, &std::sync::Arc<crate::model::Handoff>)| {
        let (supplier, customer) = handoff.ends()?;
        let (from, to) = (*index.get(&supplier)?, *index.get(&customer)?);
        let gives = document.party(supplier).is_some_and(|p| p.kind == PartyKind::Customer);
        Some(Edge { from, to, back: !handoff.is_forward() || gives, label: (sizes.label)(id) })
    };
    let request = Request {
        nodes: ids.iter().map(node).collect(),
        edges: document.handoffs().filter_map(edge).collect(),
        direction: Direction::Right,
        node_gap: CARD_GAP,
        layer_gap: LAYER_GAP,
    };
    layered(&request).places
}
