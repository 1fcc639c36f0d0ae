//! One connected part of a request, in numbers of its own: *along* runs with the flow, *across* is the other axis.

use std::cmp::Ordering;

use super::super::{Direction, LayerHint, Request};
use crate::geom::{Point, Size};

/// Larger sizes and gaps are cut to this, and larger places to the square of it, so that no sum overflows.
const LARGEST: f32 = 1e6;

/// A box.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct Card {
    /// Width along and across the flow.
    pub(in crate::layout) size: Spot,
    /// Where its centre was.
    pub(in crate::layout) near: Option<Spot>,
    /// A wish for its layer.
    pub(in crate::layout) hint: LayerHint,
}

/// A place (or an extent) along and across the flow.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::layout) struct Spot {
    /// With the flow.
    pub(in crate::layout) along: f64,
    /// Square to it.
    pub(in crate::layout) across: f64,
}

/// An arrow between two different cards of the part.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct Link {
    /// The card that gives.
    pub(in crate::layout) from: usize,
    /// The card that receives.
    pub(in crate::layout) to: usize,
    /// Rework: does not shape the layers.
    pub(in crate::layout) back: bool,
    /// Extent of its label.
    pub(in crate::layout) label: Spot,
}

/// A connected part.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct Part {
    /// Its boxes.
    pub(in crate::layout) cards: Vec<Card>,
    /// Its arrows.
    pub(in crate::layout) links: Vec<Link>,
}

/// Which nodes and edges of the request make up a part.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct Members {
    /// Node indices, ascending.
    pub(in crate::layout) nodes: Vec<usize>,
    /// Edge indices, ascending; none is a loop of one node.
    pub(in crate::layout) edges: Vec<usize>,
}

impl Spot {
    /// Turns a point of the map.
    pub(in crate::layout) fn of_point(p: Point, direction: Direction) -> Self {
        let p = Point { x: finite(p.x), y: finite(p.y) };
        match direction {
            Direction::Right => Self { along: f64::from(p.x), across: f64::from(p.y) },
            Direction::Down => Self { along: f64::from(p.y), across: f64::from(p.x) },
        }
    }

    /// Turns a size; what is negative or no number counts as zero.
    pub(in crate::layout) fn of_size(size: Size, direction: Direction) -> Self {
        Self::of_point(Point { x: tame(size.w), y: tame(size.h) }, direction)
    }

    /// Turns back.
    pub(in crate::layout) fn point(self, direction: Direction) -> Point {
        match direction {
            Direction::Right => Point { x: self.along as f32, y: self.across as f32 },
            Direction::Down => Point { x: self.across as f32, y: self.along as f32 },
        }
    }
}

/// A size or gap between zero and [`LARGEST`]; zero for what is no number.
pub(in crate::layout) fn tame(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(0.0, LARGEST) }
}

/// A coordinate that can be reckoned with; zero for what is no number.
pub(in crate::layout) fn finite(value: f32) -> f32 {
    if value.is_nan() { 0.0 } else { value.clamp(-LARGEST * LARGEST, LARGEST * LARGEST) }
}

/// The connected parts, the largest first; those of one size in the order of their first nodes.
pub(in crate::layout) fn parts(request: &Request) -> Vec<Members> {
    let n = request.nodes.len();
    let mut group: Vec<usize> = (0..n).collect();
    for edge in request.edges.iter().filter(|e| e.from < n && e.to < n) {
        let (a, b) = (find(&mut group, edge.from), find(&mut group, edge.to));
        group[a.max(b)] = a.min(b);
    }
    let (mut index, mut parts) = (vec![usize::MAX; n], Vec::<Members>::new());
    for node in 0..n {
        let root = find(&mut group, node);
        if index[root] == usize::MAX {
            index[root] = parts.len();
            parts.push(Members::default());
        }
        parts[index[root]].nodes.push(node);
    }
    for (e, edge) in request.edges.iter().enumerate().filter(|(_, e)| e.from < n && e.to < n && e.from != e.to) {
        let root = find(&mut group, edge.from);
        parts[index[root]].edges.push(e);
    }
    parts.sort_by(|a, b| match b.nodes.len().cmp(&a.nodes.len()) {
        Ordering::Equal => a.nodes[0].cmp(&b.nodes[0]),
        other => other,
    });
    parts
}

/// The representative of a group, with the way to it halved.
pub(in crate::layout) fn find(group: &mut [usize], mut v: usize) -> usize {
    while group[v] != v {
        group[v] = group[group[v]];
        v = group[v];
    }
    v
}

impl Part {
    /// Takes the members out of the request. `index` maps nodes of the request to cards and is written here.
    pub(in crate::layout) fn new(request: &Request, members: &Members, index: &mut [usize]) -> Self {
        for (i, &node) in members.nodes.iter().enumerate() {
            index[node] = i;
        }
        let card = |&node: &usize| {
            let node = &request.nodes[node];
            Card {
                size: Spot::of_size(node.size, request.direction),
                near: node.near.map(|p| Spot::of_point(p, request.direction)),
                hint: node.layer_hint,
            }
        };
        let link = |&edge: &usize| {
            let edge = &request.edges[edge];
            let label = Spot::of_size(edge.label, request.direction);
            Link { from: index[edge.from], to: index[edge.to], back: edge.back, label }
        };
        Self { cards: members.nodes.iter().map(card).collect(), links: members.edges.iter().map(link).collect() }
    }
}
