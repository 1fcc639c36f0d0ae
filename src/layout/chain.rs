//! The chain: suppliers at one end, customers at the other, ways and labels ready to be drawn.
//!
//! Cards and the bends of long links stand as [`layered`](super::layered) puts them. The ways are smooth, run level
//! past the cards and bend in the gaps between the layers, where the labels stand in columns ([`gaps`]). What runs
//! against the flow leaves and enters beneath the cards.

pub(in crate::layout) mod draw;
pub(in crate::layout) mod gaps;
mod pen;
mod runs;
pub(in crate::layout) mod shift;
#[cfg(test)]
pub(in crate::layout) mod tests;
mod tracks;

use super::layered::layers::Layers;
use super::layered::pack::Shelves;
use super::layered::part::{self, Members, Part, Spot, finite, tame};
use super::layered::{Skeleton, skeleton};
use super::{Direction, Edge, Request, Way};
use crate::geom::{Path, Point, Rect, Size, pt};
use gaps::{Grid, Run};

/// The least share of the gap between two cards that return arrows beneath the upper one may use.
const SHARE: f64 = 0.4;

/// A chain, ready to be drawn. All numbers are finite map units.
#[derive(Debug, Clone, PartialEq)]
pub struct Chain {
    /// The centre of each node.
    pub places: Vec<Point>,
    /// For each edge its way; `None` when an end is not there.
    pub ways: Vec<Option<Way>>,
    /// Holds all nodes, ways and labels; [`Rect::NOTHING`] when there are no nodes.
    pub bounds: Rect,
}

/// Arranges in layers and leads the ways. Takes about n log n time and any request; the order of equal edges in the
/// request does not matter.
pub fn chain(request: &Request) -> Chain {
    let order = canonical(&request.edges);
    let sorted = Request { edges: order.iter().map(|&e| request.edges[e]).collect(), ..request.clone() };
    let drawn = chain_of_sorted(&sorted);
    let mut ways = vec![None; order.len()];
    for (way, e) in drawn.ways.into_iter().zip(order) {
        ways[e] = way;
    }
    Chain { ways, ..drawn }
}

/// The edges in an order that depends on what they are alone.
pub(super) fn canonical(edges: &[Edge]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..edges.len()).collect();
    order.sort_by(|&a, &b| {
        let (a, b) = (&edges[a], &edges[b]);
        let ends = (a.from, a.to, a.back).cmp(&(b.from, b.to, b.back));
        ends.then(a.label.w.total_cmp(&b.label.w)).then(a.label.h.total_cmp(&b.label.h))
    });
    order
}

fn chain_of_sorted(request: &Request) -> Chain {
    let mut chain = Chain {
        places: vec![Point::default(); request.nodes.len()],
        ways: vec![None; request.edges.len()],
        bounds: Rect::NOTHING,
    };
    let mut index = vec![0; request.nodes.len()];
    let parts = part::parts(request);
    let (connected, alone): (Vec<Members>, Vec<Members>) = parts.into_iter().partition(|m| !m.edges.is_empty());
    let drawn: Vec<Drawn> = connected.iter().chain(&alone).map(|m| draw_part(request, m, &mut index)).collect();
    pack(request, drawn, connected.len(), &mut chain);
    stay_near(request, &mut chain);
    chain
}

/// A part with numbers of its own.
struct Drawn {
    places: Vec<(usize, Point)>,
    ways: Vec<(usize, Way)>,
    bounds: Rect,
}

fn draw_part(request: &Request, members: &Members, index: &mut [usize]) -> Drawn {
    let part = Part::new(request, members, index);
    let gap = f64::from(tame(request.node_gap));
    let skeleton = skeleton(&part, request, &move |part, layers| extents(part, layers, gap));
    let loops: Vec<usize> = members.nodes.iter().flat_map(|&node| loops_of(&request.edges, node)).collect();
    let loop_at = |&e: &usize| (index[request.edges[e].from], Spot::of_size(request.edges[e].label, request.direction));
    let loops_at: Vec<(usize, Spot)> = loops.iter().map(loop_at).collect();
    let (grid, runs) = led(&part, &skeleton, &loops_at, request.layer_gap);
    let mut drawn = Drawn { places: Vec::new(), ways: Vec::new(), bounds: Rect::NOTHING };
    for (card, &node) in members.nodes.iter().enumerate() {
        let along = grid.columns[skeleton.layers.rank[card] as usize].middle();
        let place = Spot { along, across: skeleton.across[card] }.point(request.direction);
        drawn.places.push((node, place));
        drawn.bounds = drawn.bounds.union(&around(place, request.nodes[node].size));
    }
    for (&edge, run) in members.edges.iter().chain(&loops).zip(&runs) {
        let way = way(draw::draw(&grid, run), request.direction);
        let label = way.label.map_or(Rect::NOTHING, |at| around(at, request.edges[edge].label));
        drawn.bounds = drawn.bounds.union(&way.path.bounds()).union(&label);
        drawn.ways.push((edge, way));
    }
    drawn
}

/// Leads the links of a part, and after them the loops of single cards, and finds where the columns lie.
pub(super) fn led(part: &Part, skeleton: &Skeleton, loops: &[(usize, Spot)], layer_gap: f32) -> (Grid, Vec<Run>) {
    let mut widths = vec![0.0_f64; skeleton.layers.count];
    for (card, &rank) in part.cards.iter().zip(&skeleton.layers.rank) {
        widths[rank as usize] = widths[rank as usize].max(card.size.along);
    }
    let mut runs = runs::runs(part, skeleton, &widths, loops);
    let floor = runs::floor(part, skeleton);
    let grid = gaps::lead(&widths, f64::from(tame(layer_gap)), floor, &mut runs);
    (grid, runs)
}

/// What each vertex takes across the flow: cards with room beneath for their return arrows, bends for links side by side.
pub(super) fn extents(part: &Part, layers: &Layers, gap: f64) -> Vec<f64> {
    let returns = runs::returns(part, layers);
    let room = |n: usize| (runs::strip(n) - gap * SHARE).max(0.0) * 2.0;
    let mut size: Vec<f64> = part.cards.iter().zip(returns).map(|(card, n)| card.size.across + room(n)).collect();
    size.resize(layers.len(), 0.0);
    for strand in &layers.strands {
        let range = strand.bend as usize..(strand.bend + strand.bends) as usize;
        size[range].fill(f64::from(strand.weight - 1) * super::layered::routes::LANE);
    }
    size
}

/// The edges from a node to itself; the edges are sorted by their givers and receivers.
pub(super) fn loops_of(edges: &[Edge], node: usize) -> std::ops::Range<usize> {
    let start = edges.partition_point(|e| (e.from, e.to) < (node, node));
    start..edges.partition_point(|e| (e.from, e.to) <= (node, node))
}

/// Turns a curve and the place of its label into a way on the map.
pub(super) fn way((points, label): (Vec<Spot>, Spot), direction: Direction) -> Way {
    let points: Vec<Point> = points.into_iter().map(|spot| spot.point(direction)).collect();
    let first = points.first().copied().unwrap_or_default();
    let path = Path::chain(points).unwrap_or_else(|| Path::line(first, first));
    Way { path, label: Some(label.point(direction)) }
}

/// The rectangle of a size around its middle.
pub(super) fn around(middle: Point, size: Size) -> Rect {
    let size = Size { w: tame(size.w), h: tame(size.h) };
    Rect::from_min_size(middle - pt(size.w / 2.0, size.h / 2.0), size)
}

/// Connected parts first, as they are sorted; then the single nodes, in rows of their own.
fn pack(request: &Request, drawn: Vec<Drawn>, connected: usize, chain: &mut Chain) {
    let gap = f64::from(tame(request.node_gap));
    let mut shelves = Shelves::new(drawn.iter().map(|part| part.bounds.size()), gap);
    for (i, part) in drawn.into_iter().enumerate() {
        if i == connected {
            shelves.new_row(2.0 * gap);
        }
        let by = shelves.put(part.bounds.size(), if i < connected { 2.0 * gap } else { gap }) - part.bounds.min;
        for (node, place) in part.places {
            chain.places[node] = place + by;
        }
        for (edge, way) in part.ways {
            chain.ways[edge] = Some(moved(&way, by));
        }
        chain.bounds = chain.bounds.union(&part.bounds.translate(by));
    }
}

pub(super) fn moved(way: &Way, by: Point) -> Way {
    Way { path: way.path.translated(by), label: way.label.map(|at| at + by) }
}

/// Moves the whole picture to where it was: by the median of the moves that bring each node back, so that a few nodes
/// that found other places do not drag the rest along.
fn stay_near(request: &Request, chain: &mut Chain) {
    let moves = request.nodes.iter().zip(&chain.places).filter_map(|(node, place)| Some((node.near?, *place)));
    let (mut x, mut y): (Vec<f32>, Vec<f32>) =
        moves.map(|(near, place)| (finite(near.x) - place.x, finite(near.y) - place.y)).unzip();
    let by = pt(median(&mut x), median(&mut y));
    for place in &mut chain.places {
        *place = *place + by;
    }
    for way in chain.ways.iter_mut().flatten() {
        *way = moved(way, by);
    }
    if !chain.bounds.is_nothing() {
        chain.bounds = chain.bounds.translate(by);
    }
}

/// The middle value; 0 for none.
pub(super) fn median(values: &mut [f32]) -> f32 {
    if values.is_empty() {
        return 0.0;
    }
    let middle = values.len() / 2;
    *values.select_nth_unstable_by(middle, f32::total_cmp).1
}
