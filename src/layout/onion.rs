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
mod spiral;
#[cfg(test)]
mod tests;
mod ways;

use super::Way;
use crate::geom::{Path, Point, Rect, Size};
use egg::Egg;
use ground::Ground;
use rings::Rows;

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
    /// How many times wider than high the rings are; [`ASPECT`] if it is not between 0.2 and 5.
    pub aspect: f32,
    /// The size of the label of each ring, which stands at its top. Rings without one have no label.
    pub heads: Vec<Size>,
}

/// The usual [`Request::aspect`]: cards and screens are wider than high.
pub const ASPECT: f32 = 1.35;

/// With no more cards than this the rings are as narrow as their cards let them at the angles they stand at.
const TIGHT: usize = 600;

/// One ring, an ellipse around the origin.
#[derive(Debug, Clone, PartialEq)]
pub struct Ring {
    /// Half axes of the line its cards stand on; the middle one when they stand in several rows.
    pub radius: Size,
    /// Half axes of the inner border of its band.
    pub inner: Size,
    /// Half axes of the outer border of its band.
    pub outer: Size,
    /// The closed curve of the outer border: an ellipse, flatter at the top where no card stands in the outer rings.
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
    let ground = Ground::new(request);
    if ground.cards.is_empty() {
        let ways = vec![None; request.edges.len()];
        return Onion { places: vec![], angles: vec![], rings: vec![], ways, bounds: Rect::NOTHING };
    }
    let mut rows = Rows::new(&ground);
    let theta = order::best(&ground, &rows);
    let mut theta = place::angles(&ground, &mut rows, theta);
    if request.nodes.len() <= TIGHT {
        for _ in 0..3 {
            rows.tighten(&ground, &theta);
            theta = place::angles(&ground, &mut rows, theta);
        }
        rows.settle(&ground, &theta);
    }
    let mut ways = ways::ways(&ground, &rows, &theta, request.edges.len());
    let places: Vec<Point> = (0..theta.len()).map(|v| ground.point(rows.spot(v, &theta))).collect();
    let mut rings = rows.rings(&ground);
    let egg = Egg::new(request, &ground, &rows, &theta);
    if let Some(egg) = &egg {
        egg.squeeze(&mut ways);
    }
    for ring in &mut rings {
        egg::outline(ring, egg.as_ref());
    }
    labels::put(request, &places, &rings, &mut ways);
    let mut bounds = Rect::NOTHING;
    for (node, place) in request.nodes.iter().zip(&places) {
        bounds = bounds.union(&ground::rect(*place, node.size));
    }
    for (k, ring) in rings.iter().enumerate() {
        bounds = ring.outline.points(2).fold(bounds, |bounds, p| bounds.with(p));
        bounds = bounds.union(&ground::rect(ring.head, request.heads.get(k).copied().unwrap_or_default()));
    }
    for (way, edge) in ways.iter().zip(&request.edges) {
        let Some(way) = way else { continue };
        bounds = bounds.union(&way.path.bounds());
        bounds = way.label.map_or(bounds, |at| bounds.union(&ground::rect(at, edge.label)));
    }
    Onion { places, angles: theta.iter().map(|t| *t as f32).collect(), rings, ways, bounds }
}
