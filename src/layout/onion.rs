//! Rings around the customer: each layer of the onion on an ellipse of its own, few crossings, short spokes.
//!
//! Everything is reckoned in circle space, where widths are divided by the request's aspect, so that rings are circles;
//! at the end x is stretched again. Cards stand in rows ([`rings`]); a row has its annulus to itself, and within the
//! row each card has its wedge of rays from the origin to itself ([`room`]). So no two cards can overlap, and a way that keeps
//! between the rows, and between two wedges where it passes a row, can cross no card ([`ways`]).

mod egg;
mod ground;
mod labels;
mod order;
mod place;
mod ports;
mod rings;
mod room;
mod shape;
mod spiral;
#[cfg(test)]
mod tests;
mod tight;
mod ways;

use super::Way;
use crate::geom::{Path, Point, Rect, Size};
use shape::Plan;

/// A card to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Node {
    /// Its size in map units.
    pub size: Size,
    /// Its ring; 0 is the centre. Rings beyond the number of nodes count as the last possible one.
    pub ring: usize,
    /// The number of its department: cards of one department stay together where that costs little.
    pub group: Option<u32>,
    /// The angle it stood at, in radians (see [`Onion::angles`]).
    pub near: Option<f32>,
}

/// An arrow to be led from one card to another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Edge {
    /// Index of the node that gives. An edge with an end that is not there gets no way.
    pub from: usize,
    /// Index of the node that receives.
    pub to: usize,
    /// The size of its label; zero if it has none.
    pub label: Size,
}

/// What is to be arranged. Lengths are map units.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The cards.
    pub nodes: Vec<Node>,
    /// The arrows.
    pub edges: Vec<Edge>,
    /// The least gap between two cards of one ring.
    pub node_gap: f32,
    /// The least gap between two rings.
    pub ring_gap: f32,
    /// How many times wider than high the rings are. If it is not between 0.2 and 5, small onions get what makes them
    /// largest on a page of 16 to 9, and large ones [`ASPECT`].
    pub aspect: f32,
    /// The size of the label of each ring, which stands at its top. Rings without one have no label.
    pub heads: Vec<Size>,
}

/// The usual [`Request::aspect`]: cards and screens are wider than high.
pub const ASPECT: f32 = 1.35;

/// One ring around the origin: an ellipse, or an egg where its upper side is empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    /// The outer border of its band, closed.
    pub outline: Path,
    /// The middle of its label.
    pub head: Point,
}

/// An arrangement around the origin. All numbers are finite map units.
#[derive(Debug, Clone, PartialEq)]
pub struct Onion {
    /// The centre of each card.
    pub places: Vec<Point>,
    /// Where each card stands on its ring, in radians of circle space: 0 is right, π/2 below, from −π/2 to 3π/2.
    pub angles: Vec<f32>,
    /// The rings from the centre outwards, with those that have no card.
    pub rings: Vec<Ring>,
    /// For each edge where it runs; `None` when an end is not there.
    pub ways: Vec<Option<Way>>,
    /// Holds all cards, rings and ways; [`Rect::NOTHING`] when there are no nodes.
    pub bounds: Rect,
}

/// Arranges in rings. Takes about n log n time and any request: numbers that are none count as zero.
pub fn onion(request: &Request) -> Onion {
    if request.nodes.is_empty() {
        let ways = vec![None; request.edges.len()];
        return Onion { places: vec![], angles: vec![], rings: vec![], ways, bounds: Rect::NOTHING };
    }
    let mut plans = shape::plans(request);
    if plans.len() == 1
        && let Some(plan) = plans.pop()
    {
        return drawn(request, &plan).0;
    }
    let drawings = plans.iter().map(|plan| drawn(request, plan)).map(|(onion, missing)| {
        let size = shape::extent(&onion.bounds);
        (size * (1.0 + LABEL_WORTH * missing as f64) * if is_clear(request, &onion) { 1.0 } else { 1e3 }, onion)
    });
    let best = drawings.min_by(|a, b| a.0.total_cmp(&b.0));
    best.map_or_else(|| onion(&Request::default()), |(_, onion)| onion)
}

/// A picture may be so much larger for each label that has a place then, as a share.
const LABEL_WORTH: f64 = 0.03;

/// The onion as planned, and how many labels have no place in it.
fn drawn(request: &Request, Plan { ground, rows, theta }: &Plan) -> (Onion, usize) {
    let rings = rows.rings(ground);
    let mut ways = ways::ways(ground, rows, theta, &rings, request.edges.len());
    let places: Vec<Point> = (0..theta.len()).map(|v| ground.point(rows.spot(v, theta))).collect();
    let missing = labels::put(request, &places, &rings, &mut ways);
    let mut bounds = Rect::NOTHING;
    for (node, place) in request.nodes.iter().zip(&places) {
        bounds = bounds.union(&ground::rect(*place, node.size));
    }
    for (k, ring) in rings.iter().enumerate() {
        bounds = bounds.union(&ring.outline.bounds());
        bounds = bounds.union(&ground::rect(ring.head, request.heads.get(k).copied().unwrap_or_default()));
    }
    for (way, edge) in ways.iter().zip(&request.edges) {
        let Some(way) = way else { continue };
        bounds = bounds.union(&way.path.bounds());
        bounds = way.label.map_or(bounds, |at| bounds.union(&ground::rect(at, edge.label)));
    }
    (Onion { places, angles: theta.iter().map(|t| *t as f32).collect(), rings, ways, bounds }, missing)
}

/// Whether no way crosses a card or the label of a ring.
fn is_clear(request: &Request, onion: &Onion) -> bool {
    let cards: Vec<Rect> =
        onion.places.iter().zip(&request.nodes).map(|(at, node)| ground::rect(*at, node.size)).collect();
    let heads: Vec<Rect> =
        onion.rings.iter().zip(&request.heads).map(|(r, size)| ground::rect(r.head, *size)).collect();
    request.edges.iter().zip(&onion.ways).all(|(edge, way)| {
        let Some(way) = way else { return true };
        let points: Vec<Point> = way.path.points(12).collect();
        let foreign = cards.iter().enumerate().filter(|(i, _)| *i != edge.from && *i != edge.to);
        !heads.iter().any(|head| ground::meets(&points, head))
            && !foreign.into_iter().any(|(_, card)| ground::meets(&points, card))
    })
}
