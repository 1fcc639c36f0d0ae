//! The request, made safe to reckon with: circle space, neighbours, no number that is none.

use super::Request;
use super::egg::Egg;
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
    /// How the rings are squeezed.
    pub egg: Egg,
    start: Vec<u32>,
    near: Vec<u32>,
}

/// With no more labels than this gaps are as high as they are.
const FEW_LABELS: usize = 60;
/// What a label keeps from the cards above and below it, both together, and the most it asks for, in map units.
const LABEL_AIR: f64 = 7.0;
const HIGHEST_LABEL: f64 = 80.0;

impl Ground {
    pub(super) fn new(request: &Request, aspect: f64) -> Self {
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
        let gaps = gaps(request, &edges, &cards, vec![ring_gap; rings]);
        let egg = Egg::default();
        Self { cards, edges, node_gap, aspect, heads: heads.collect(), gaps, egg, start, near }
    }

    /// The cards that share an edge with this one, each as often as they do.
    pub(super) fn near(&self, v: usize) -> &[u32] {
        &self.near[self.start[v] as usize..self.start[v + 1] as usize]
    }

    /// A point of circle space on the map.
    pub(super) fn point(&self, at: (f64, f64)) -> Point {
        let (x, y) = self.egg.squeezed(at);
        pt((x * self.aspect) as f32, y as f32)
    }
}

/// Few labels get gaps that they fit in beside a spoke.
fn gaps(request: &Request, edges: &[(u32, u32, u32)], cards: &[Card], mut gaps: Vec<f64>) -> Vec<f64> {
    let high = |i: u32| f64::from(tame(request.edges[i as usize].label.h));
    if edges.iter().filter(|edge| high(edge.2) > 0.0).count() > FEW_LABELS {
        return gaps;
    }
    for &(from, to, i) in edges {
        let (a, b) = (cards[from as usize].ring, cards[to as usize].ring);
        if a.abs_diff(b) == 1 && high(i) > 0.0 {
            let gap = &mut gaps[a.min(b)];
            *gap = gap.max((high(i) + LABEL_AIR).min(HIGHEST_LABEL));
        }
    }
    gaps
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

/// Whether a way meets a rectangle: by straight pieces of its curves.
pub(super) fn meets(points: &[Point], rect: &Rect) -> bool {
    points.windows(2).any(|pair| {
        let (from, way) = (pair[0], pair[1] - pair[0]);
        let axes = [(from.x, way.x, rect.min.x, rect.max.x), (from.y, way.y, rect.min.y, rect.max.y)];
        let (mut enter, mut leave) = (0.0_f32, 1.0_f32);
        for (at, step, low, high) in axes {
            if step.abs() < 1e-6 {
                if at < low || at > high {
                    return false;
                }
                continue;
            }
            let (one, other) = ((low - at) / step, (high - at) / step);
            enter = enter.max(one.min(other));
            leave = leave.min(one.max(other));
        }
        enter <= leave
    })
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
