//! Lining cards up: align, distribute, move.

use std::collections::BTreeMap;

use crate::geom::{Point, Rect, pt};
use crate::model::{Document, Edit, PartyId};

/// The rectangles of some cards.
pub type Boxes = BTreeMap<PartyId, Rect>;

/// What is brought to one line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alignment {
    /// Left edges.
    Left,
    /// Middles, left to right.
    Center,
    /// Right edges.
    Right,
    /// Top edges.
    Top,
    /// Middles, top to bottom.
    Middle,
    /// Bottom edges.
    Bottom,
}

/// Brings the cards to one line: the outermost edge, or the middle of all.
pub fn align(boxes: &Boxes, alignment: Alignment) -> Vec<Edit> {
    let all = boxes.values().fold(Rect::NOTHING, |sum, r| sum.union(r));
    let moved = |r: &Rect| {
        let c = r.center();
        match alignment {
            Alignment::Left => pt(all.min.x + r.width() / 2.0, c.y),
            Alignment::Center => pt(all.center().x, c.y),
            Alignment::Right => pt(all.max.x - r.width() / 2.0, c.y),
            Alignment::Top => pt(c.x, all.min.y + r.height() / 2.0),
            Alignment::Middle => pt(c.x, all.center().y),
            Alignment::Bottom => pt(c.x, all.max.y - r.height() / 2.0),
        }
    };
    boxes.iter().filter(|(_, r)| moved(r) != r.center()).map(|(id, r)| Edit::Place(*id, moved(r))).collect()
}

/// Makes the gaps between the cards equal; the outermost two stay. Left to right, or top to bottom when `down`.
pub fn distribute(boxes: &Boxes, down: bool) -> Vec<Edit> {
    let along = |p: Point| if down { p.y } else { p.x };
    let length = |r: &Rect| if down { r.height() } else { r.width() };
    let mut order: Vec<(PartyId, Rect)> = boxes.iter().map(|(id, r)| (*id, *r)).collect();
    order.sort_by(|(ida, a), (idb, b)| along(a.center()).total_cmp(&along(b.center())).then(ida.cmp(idb)));
    let (Some((_, first)), Some((_, last))) = (order.first(), order.last()) else { return Vec::new() };
    if order.len() < 3 {
        return Vec::new();
    }
    let span = along(last.max) - along(first.min);
    let filled: f32 = order.iter().map(|(_, r)| length(r)).sum();
    let gap = (span - filled) / (order.len() - 1) as f32;
    let (mut at, mut edits) = (along(first.min), Vec::new());
    for (id, r) in &order {
        let middle = at + length(r) / 2.0;
        let place = if down { pt(r.center().x, middle) } else { pt(middle, r.center().y) };
        if place != r.center() {
            edits.push(Edit::Place(*id, place));
        }
        at += length(r) + gap;
    }
    edits
}

/// Moves parties by a vector.
pub fn shift(document: &Document, parties: impl IntoIterator<Item = PartyId>, by: Point) -> Vec<Edit> {
    let places = parties.into_iter().filter_map(|id| Some((id, document.place(id)?)));
    places.map(|(id, place)| Edit::Place(id, place + by)).collect()
}
