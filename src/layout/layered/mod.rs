//! Layers with the flow: suppliers at one end, customers at the other, few crossings, straight and short links.
//!
//! The method of Sugiyama, Tagawa and Toda (1981), step by step: loops are opened ([`acyclic`]), cards get layers
//! ([`rank`]), long links get bends ([`layers`]), layers get an order ([`order`]), vertices get places ([`place`]) and
//! links their ways ([`routes`]). Parts that are not connected are arranged apart and packed ([`pack`]).

pub(super) mod acyclic;
pub(super) mod crossings;
pub(super) mod layers;
pub(super) mod lists;
pub(super) mod order;
pub(super) mod pack;
pub(super) mod part;
pub(super) mod place;
pub(super) mod rank;
mod relax;
pub(super) mod routes;
mod rows;
mod search;
mod sift;
mod simplex;
pub(super) mod start;
#[cfg(test)]
mod tests;

use super::{Layout, Request};
use crate::geom::{Point, Rect, Size, pt};
use layers::Layers;
use order::Order;
use pack::Shelves;
use part::{Members, Part, Spot, finite, tame};
use place::Room;
use routes::{Column, Ground, LANE};

/// What a label has to its sides, both together, and the widest gap that labels can ask for, in map units.
const LABEL_MARGIN: f64 = 48.0;
const WIDEST_LABEL_GAP: f64 = 260.0;

/// With no more links than this, the best of several arrangements is chosen.
const MOST_COMPARED: usize = 400;

/// Arranges in layers. Takes about n log n time and any request: numbers that are none count as zero.
pub fn layered(request: &Request) -> Layout {
    let mut layout = Layout {
        places: vec![Point::default(); request.nodes.len()],
        routes: vec![Vec::new(); request.edges.len()],
        reversed: vec![false; request.edges.len()],
        bounds: Rect::NOTHING,
    };
    let mut index = vec![0; request.nodes.len()];
    let (connected, alone): (Vec<Members>, Vec<Members>) =
        part::parts(request).into_iter().partition(|members| !members.edges.is_empty());
    for members in &connected {
        let part = Part::new(request, members, &mut index);
        arrange(&part, request).write(request, members, &mut layout);
    }
    pack(request, &connected, &alone, &mut layout);
    lead_around(request, &mut layout);
    stay_near(request, &mut layout);
    layout.bounds = bounds_of(request, &layout, 0..request.nodes.len(), 0..request.edges.len());
    layout
}

/// A part arranged, with its first layer at the origin.
struct Arranged {
    places: Vec<Spot>,
    routes: Vec<Vec<Spot>>,
    reversed: Vec<bool>,
}

/// A part in layers, with the places of its cards and bends across the flow.
#[derive(Debug, Clone, Default)]
pub(super) struct Skeleton {
    /// The cards and bends.
    pub(super) layers: Layers,
    /// The middle of each vertex across the flow.
    pub(super) across: Vec<f64>,
    /// For each link, whether it closes a loop.
    pub(super) reversed: Vec<bool>,
    /// How far beneath each card ways may run in its layer; cards that have no entry have no limit.
    pub(super) floor: Vec<f64>,
}

/// What each vertex takes across the flow.
pub(super) type Extents = dyn Fn(&Part, &Layers) -> Vec<f64>;

fn arrange(part: &Part, request: &Request) -> Arranged {
    let Skeleton { layers, across, reversed, .. } = skeleton(part, request, &sizes_across);
    let columns = columns(part, &layers, f64::from(tame(request.layer_gap)));
    let along = |v: usize| columns[layers.rank[v] as usize].middle();
    let places = (0..part.cards.len()).map(|v| Spot { along: along(v), across: across[v] }).collect();
    let routes = routes::routes(&Ground { part, layers: &layers, columns: &columns, across: &across });
    Arranged { places, routes, reversed }
}

/// Puts a part's cards and bends into layers, in order and in place. `extents` says how much room each takes.
pub(super) fn skeleton(part: &Part, request: &Request, extents: &Extents) -> Skeleton {
    let reversed = acyclic::turned(part);
    let layers = Layers::new(part, rank::ranks(part, &reversed));
    let columns = columns(part, &layers, f64::from(tame(request.layer_gap)));
    let size = extents(part, &layers);
    let gap = f64::from(tame(request.node_gap));
    let placed = |order: &Order| {
        let across = place::across(&Room { layers: &layers, order, size: &size, gap });
        let along = |v: usize| columns[layers.rank[v] as usize].middle();
        let places: Vec<Spot> = (0..part.cards.len()).map(|v| Spot { along: along(v), across: across[v] }).collect();
        (places, across)
    };
    let orders = order::orders(&layers, part);
    // Orders alike in the layers still differ in the crossings of links drawn straight over several layers.
    let compare = orders.len() > 1 && part.links.len() <= MOST_COMPARED;
    let candidates = orders.iter().take(if compare { orders.len() } else { 1 }).map(placed);
    let crossings = |places: &[Spot]| if compare { crossings::straight(part, places) } else { 0 };
    let best = candidates.min_by_key(|(places, _)| crossings(places));
    let (_, across) = best.unwrap_or_default();
    Skeleton { layers, across, reversed, floor: Vec::new() }
}

/// Cards as they are; bends as wide as their links side by side, and in the middle of a long link as its label.
fn sizes_across(part: &Part, layers: &Layers) -> Vec<f64> {
    let mut size: Vec<f64> = part.cards.iter().map(|card| card.size.across).collect();
    size.resize(layers.len(), 0.0);
    for strand in &layers.strands {
        let range = strand.bend as usize..(strand.bend + strand.bends) as usize;
        size[range].fill(f64::from(strand.weight - 1) * LANE);
    }
    for (link, strand) in part.links.iter().zip(&layers.strand_of) {
        if let Some(strand) = strand.map(|s| layers.strands[s as usize]).filter(|strand| strand.bends > 0) {
            let middle = &mut size[(strand.bend + strand.bends / 2) as usize];
            *middle = middle.max(link.label.across);
        }
    }
    size
}

/// Each layer as wide as its widest card, with room between two for the labels of the links between them.
fn columns(part: &Part, layers: &Layers, layer_gap: f64) -> Vec<Column> {
    let mut widths = vec![0.0_f64; layers.count];
    for (card, &rank) in part.cards.iter().zip(&layers.rank) {
        widths[rank as usize] = widths[rank as usize].max(card.size.along);
    }
    let mut gaps = vec![layer_gap; layers.count];
    for (link, strand) in part.links.iter().zip(&layers.strand_of) {
        let Some(strand) = strand.map(|s| layers.strands[s as usize]) else { continue };
        let rank = layers.rank[strand.low as usize];
        if link.label.along > 0.0 && layers.rank[strand.high as usize] == rank + 1 {
            let gap = &mut gaps[rank as usize];
            *gap = gap.max((link.label.along + LABEL_MARGIN).min(WIDEST_LABEL_GAP));
        }
    }
    let mut start = 0.0;
    let column = |(width, gap): (&f64, &f64)| {
        let column = Column { start, end: start + width };
        start += width + gap;
        column
    };
    widths.iter().zip(&gaps).map(column).collect()
}

impl Arranged {
    fn write(self, request: &Request, members: &Members, layout: &mut Layout) {
        for (&node, spot) in members.nodes.iter().zip(self.places) {
            layout.places[node] = spot.point(request.direction);
        }
        for ((&edge, route), reversed) in members.edges.iter().zip(self.routes).zip(self.reversed) {
            layout.routes[edge] = route.into_iter().map(|spot| spot.point(request.direction)).collect();
            layout.reversed[edge] = reversed;
        }
    }
}

/// Connected parts first, as they are sorted; then the nodes without any edge, in rows of their own.
fn pack(request: &Request, connected: &[Members], alone: &[Members], layout: &mut Layout) {
    let gap = f64::from(tame(request.node_gap));
    let bounds = |part: &Members| bounds_of(request, layout, part.nodes.iter().copied(), part.edges.iter().copied());
    let boxes: Vec<Rect> = connected.iter().map(bounds).collect();
    let single = |part: &Members| size_of(request, part.nodes[0]);
    let mut shelves = Shelves::new(boxes.iter().map(Rect::size).chain(alone.iter().map(single)), gap);
    for (part, bounds) in connected.iter().zip(boxes) {
        let by = shelves.put(bounds.size(), 2.0 * gap) - bounds.min;
        for &node in &part.nodes {
            layout.places[node] = layout.places[node] + by;
        }
        for &edge in &part.edges {
            shift(&mut layout.routes[edge], by);
        }
    }
    shelves.new_row(2.0 * gap);
    for part in alone {
        let size = single(part);
        layout.places[part.nodes[0]] = shelves.put(size, gap) + pt(size.w / 2.0, size.h / 2.0);
    }
}

/// An edge from a node to itself leaves at its right side and comes back from above.
fn lead_around(request: &Request, layout: &mut Layout) {
    for (edge, route) in request.edges.iter().zip(&mut layout.routes) {
        if edge.from == edge.to && edge.from < request.nodes.len() {
            let (at, size, out) = (layout.places[edge.from], size_of(request, edge.from), LANE as f32);
            let (right, top) = (at.x + size.w / 2.0, at.y - size.h / 2.0);
            *route = vec![
                pt(right, at.y),
                pt(right + out, at.y),
                pt(right + out, top - out),
                pt(at.x, top - out),
                pt(at.x, top),
            ];
        }
    }
}

/// Moves the whole picture to where it was, on the mean of the nodes that were placed.
fn stay_near(request: &Request, layout: &mut Layout) {
    let (mut sum, mut count) = ((0.0, 0.0), 0.0);
    for (node, place) in request.nodes.iter().zip(&layout.places) {
        if let Some(near) = node.near {
            sum.0 += f64::from(finite(near.x)) - f64::from(place.x);
            sum.1 += f64::from(finite(near.y)) - f64::from(place.y);
            count += 1.0;
        }
    }
    if count > 0.0 {
        let by = pt((sum.0 / count) as f32, (sum.1 / count) as f32);
        shift(&mut layout.places, by);
        for route in &mut layout.routes {
            shift(route, by);
        }
    }
}

fn shift(points: &mut [Point], by: Point) {
    for point in points {
        *point = *point + by;
    }
}

fn size_of(request: &Request, node: usize) -> Size {
    let size = request.nodes[node].size;
    Size { w: tame(size.w), h: tame(size.h) }
}

/// What holds these nodes and the routes of these edges.
fn bounds_of(
    request: &Request,
    layout: &Layout,
    nodes: impl Iterator<Item = usize>,
    edges: impl Iterator<Item = usize>,
) -> Rect {
    let mut bounds = Rect::NOTHING;
    for node in nodes {
        let (size, at) = (size_of(request, node), layout.places[node]);
        bounds = bounds.union(&Rect::from_min_size(at - pt(size.w / 2.0, size.h / 2.0), size));
    }
    for edge in edges {
        bounds = layout.routes[edge].iter().fold(bounds, |bounds, point| bounds.with(*point));
    }
    bounds
}
