//! The request, made safe to reckon with: circle space, neighbours, no number that is none.

use super::{ASPECT, Request};
use crate::geom::{Point, Rect, Size, pt};

/// No length is taken for more, in map units.
const LARGEST: f32 = 1e6;

/// A card in circle space.
#[derive(Debug, Clone, Copy)]
pub(super) struct Card {
    /// Half its width and half its height.
    pub half: (f64, f64),
    pub ring: usize,
    pub group: Option<u32>,
    /// Its angle before, from −π/2 to 3π/2.
    pub near: Option<f64>,
}

/// What is to be arranged.
#[derive(Debug)]
pub(super) struct Ground {
    pub cards: Vec<Card>,
    /// Giver, receiver and number of each edge whose ends are there.
    pub edges: Vec<(u32, u32, u32)>,
    pub node_gap: f64,
    pub aspect: f64,
    /// Half sizes of the labels of the rings.
    pub heads: Vec<Option<(f64, f64)>>,
    /// The least gap outside each ring.
    pub gaps: Vec<f64>,
    start: Vec<u32>,
    near: Vec<u32>,
}

impl Ground {
    pub(super) fn new(request: &Request) -> Self {
        let aspect = if (0.2..=5.0).contains(&request.aspect) { request.aspect } else { ASPECT };
        let aspect = f64::from(aspect);
        let n = request.nodes.len();
        let half = |size: Size| (f64::from(tame(size.w)) / (2.0 * aspect), f64::from(tame(size.h)) / 2.0);
        let cards: Vec<Card> = request
            .nodes
            .iter()
            .map(|node| Card {
                half: half(node.size),
                ring: node.ring.min(n),
                group: node.group,
                near: node.near.filter(|a| a.is_finite()).map(|a| turned(f64::from(a))),
            })
            .collect();
        let there =
            |(i, e): (usize, &super::Edge)| (e.from < n && e.to < n).then_some((e.from as u32, e.to as u32, i as u32));
        let edges: Vec<_> = request.edges.iter().enumerate().filter_map(there).collect();
        let heads = request.heads.iter().take(n + 1).map(|h| (tame(h.w) > 0.0 && tame(h.h) > 0.0).then(|| half(*h)));
        let (start, near) = neighbours(&edges, n);
        let rings = cards.iter().map(|card| card.ring + 1).max().unwrap_or(0);
        let ring_gap = f64::from(tame(request.ring_gap)).max(8.0);
        let node_gap = f64::from(tame(request.node_gap)).max(4.0);
        let gaps = vec![ring_gap; rings];
        Self { cards, edges, node_gap, aspect, heads: heads.collect(), gaps, start, near }
    }

    /// The cards that share an edge with this one, each as often as they do.
    pub(super) fn near(&self, v: usize) -> &[u32] {
        &self.near[self.start[v] as usize..self.start[v + 1] as usize]
    }

    /// A point of circle space on the map.
    pub(super) fn point(&self, (x, y): (f64, f64)) -> Point {
        pt((x * self.aspect) as f32, y as f32)
    }
}

fn neighbours(edges: &[(u32, u32, u32)], n: usize) -> (Vec<u32>, Vec<u32>) {
    let mut start = vec![0_u32; n + 2];
    let ends = || edges.iter().filter(|e| e.0 != e.1).flat_map(|&(a, b, _)| [(a, b), (b, a)]);
    for (a, _) in ends() {
        start[a as usize + 2] += 1;
    }
    for i in 1..start.len() {
        start[i] += start[i - 1];
    }
    let mut near = vec![0; start[n + 1] as usize];
    for (a, b) in ends() {
        let slot = &mut start[a as usize + 1];
        near[*slot as usize] = b;
        *slot += 1;
    }
    (start, near)
}

/// A length that can be reckoned with; zero for what is no number.
pub(super) fn tame(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, LARGEST) }
}

/// The rectangle of this size around a point.
pub(super) fn rect(at: Point, size: Size) -> Rect {
    let size = Size { w: tame(size.w), h: tame(size.h) };
    Rect::from_min_size(at - pt(size.w / 2.0, size.h / 2.0), size)
}

/// The same angle from −π/2 to 3π/2.
pub(super) fn turned(angle: f64) -> f64 {
    (angle + std::f64::consts::FRAC_PI_2).rem_euclid(std::f64::consts::TAU) - std::f64::consts::FRAC_PI_2
}

/// The same angle from −π to π.
pub(super) fn wrapped(angle: f64) -> f64 {
    use std::f64::consts::{PI, TAU};
    if (-PI..=PI).contains(&angle) { angle } else { angle - TAU * (angle / TAU).round() }
}
