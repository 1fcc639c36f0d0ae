//! Lanes: a band for each department, with the columns of the chain running through all of them.
//!
//! Columns are the chain's layers, common to all lanes. A long link runs within the lane of one of its ends, in a row
//! of its own, and changes lanes only in the gaps between two columns; there it is led as on the chain.

mod columns;
mod rows;
mod sequence;
#[cfg(test)]
mod tests;

use super::chain::{around, canonical, draw, extents, led, loops_of, median, moved, way};
use super::layered::Skeleton;
use super::layered::layers::Layers;
use super::layered::part::{Spot, finite, tame};
use super::{Direction, Edge, LayerHint, Node, Request, Way};
use crate::geom::{Point, Rect, Size, pt};
use columns::Whole;
use sequence::Traffic;

/// No more lanes than this; nodes of others go into the last.
const MOST_LANES: usize = 10_000;
/// What a lane is longer than its columns at either end, in map units.
const OVERHANG: f32 = 28.0;

/// A box to be placed in a lane.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LaneNode {
    /// Its size in map units.
    pub size: Size,
    /// The number of its lane.
    pub lane: usize,
    /// A wish for its layer.
    pub layer_hint: LayerHint,
    /// Where its centre was.
    pub near: Option<Point>,
}

/// What is to be arranged. Lengths are map units.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LanesRequest {
    /// The boxes.
    pub nodes: Vec<LaneNode>,
    /// The arrows.
    pub edges: Vec<Edge>,
    /// Number of lanes.
    pub lanes: usize,
    /// The gap between two lanes.
    pub lane_gap: f32,
    /// The least gap between two boxes of one column.
    pub node_gap: f32,
    /// The least gap between two columns.
    pub layer_gap: f32,
    /// The least height of a lane.
    pub head: f32,
    /// The lanes from the top; those left out follow. `None`: so that links between lanes are short.
    pub order: Option<Vec<usize>>,
    /// A lane that is always at the top: the external suppliers'.
    pub first: Option<usize>,
    /// A lane that is always at the bottom: the external customers'.
    pub last: Option<usize>,
}

/// Lanes, ready to be drawn. All numbers are finite map units.
#[derive(Debug, Clone, PartialEq)]
pub struct Lanes {
    /// The centre of each node.
    pub places: Vec<Point>,
    /// For each edge its way; `None` when an end is not there.
    pub ways: Vec<Option<Way>>,
    /// The band of each lane, by its number; all are equally long.
    pub lanes: Vec<Rect>,
    /// The lanes from the top.
    pub order: Vec<usize>,
    /// Holds all lanes, nodes, ways and labels; [`Rect::NOTHING`] when there are no lanes and no nodes.
    pub bounds: Rect,
}

/// Arranges in lanes and columns and leads the ways. Takes about n log n time and any request.
pub fn lanes(request: &LanesRequest) -> Lanes {
    let count = request.lanes.clamp(usize::from(!request.nodes.is_empty()), MOST_LANES);
    let lane: Vec<usize> = request.nodes.iter().map(|node| node.lane.min(count.saturating_sub(1))).collect();
    let sorted = canonical(&request.edges);
    let plain = Request {
        nodes: request.nodes.iter().map(|n| Node { size: n.size, near: n.near, layer_hint: n.layer_hint }).collect(),
        edges: sorted.iter().map(|&e| request.edges[e]).collect(),
        direction: Direction::Right,
        node_gap: request.node_gap,
        layer_gap: request.layer_gap,
    };
    let whole = Whole::new(&plain, &lane);
    let order = lane_order(request, count, &lane, &whole);
    let (skeleton, bands) = stack(request, &whole, &lane, &order);
    let mut lanes = lead(&plain, &whole, &skeleton, &bands);
    lanes.order = order;
    let mut ways = vec![None; sorted.len()];
    for (way, e) in std::mem::take(&mut lanes.ways).into_iter().zip(sorted) {
        ways[e] = way;
    }
    lanes.ways = ways;
    stay_near(request, &mut lanes);
    lanes
}

/// The lanes from the top: as asked for, or a good order; lanes that are pinned are at their ends either way.
fn lane_order(request: &LanesRequest, count: usize, lane: &[usize], whole: &Whole) -> Vec<usize> {
    let there = |lane: &usize| *lane < count;
    let first = request.first.filter(there);
    let last = request.last.filter(there).filter(|last| Some(*last) != first);
    let Some(given) = &request.order else {
        let cards: Vec<(usize, u32)> = lane.iter().copied().zip(whole.rank.iter().copied()).collect();
        let links = whole.part.links.iter().map(|link| (link.from, link.to));
        return Traffic::new(count, &cards, links).order(first, last);
    };
    let mut taken = vec![false; count];
    for pinned in first.into_iter().chain(last) {
        taken[pinned] = true;
    }
    let mut order: Vec<usize> = first.into_iter().collect();
    for lane in given.iter().copied().filter(there).chain(0..count) {
        if !std::mem::replace(&mut taken[lane], true) {
            order.push(lane);
        }
    }
    order.extend(last);
    order
}

/// Where a lane begins and ends across the flow.
type Band = (f64, f64);

/// Places all vertices, lane under lane.
fn stack(request: &LanesRequest, whole: &Whole, lane: &[usize], order: &[usize]) -> (Skeleton, Vec<Band>) {
    let layers = Layers::new(&whole.part, whole.rank.clone());
    let gap = f64::from(tame(request.node_gap));
    let size = extents(&whole.part, &layers, gap);
    let lane_of = columns::lanes_of(&layers, lane);
    let mut level = vec![0; order.len()];
    for (place, &lane) in order.iter().enumerate() {
        level[lane] = place as u32;
    }
    let levels: Vec<u32> = lane_of.iter().map(|&lane| level[lane]).collect();
    let rows = rows::order(&layers, &whole.part, &levels);
    let placed = rows::places(&layers, &rows, &lane_of, order.len(), &size, gap);
    let labels = label_heights(whole, lane, order.len());
    let (mut across, mut bands) = (vec![0.0; layers.len()], vec![(0.0, 0.0); order.len()]);
    let mut top = 0.0;
    for &lane in order {
        let rows = &placed[lane];
        let needed = rows.bottom - rows.top + gap;
        let height = needed.max(f64::from(tame(request.head))).max(labels[lane]);
        let middle = top + height / 2.0 - f64::midpoint(rows.top, rows.bottom);
        for &(v, at) in &rows.places {
            across[v] = middle + at;
        }
        bands[lane] = (top, top + height);
        top += height + f64::from(tame(request.lane_gap));
    }
    let floor = lane.iter().map(|&lane| bands[lane].1).collect();
    (Skeleton { layers, across, reversed: whole.reversed.clone(), floor }, bands)
}

/// The room that the labels within each lane take, where they are most.
fn label_heights(whole: &Whole, lane: &[usize], lanes: usize) -> Vec<f64> {
    const AIR: f64 = 7.0;
    let inside = whole.part.links.iter().filter(|link| lane[link.from] == lane[link.to]);
    let mut heights: Vec<(usize, u32, f64)> = inside
        .map(|link| (lane[link.from], whole.rank[link.from].min(whole.rank[link.to]), link.label.across + AIR))
        .collect();
    heights.sort_by_key(|height| (height.0, height.1));
    let mut most = vec![0.0_f64; lanes];
    for gap in heights.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        most[gap[0].0] = most[gap[0].0].max(gap.iter().map(|label| label.2).sum());
    }
    most
}

/// Leads the ways, and draws the bands as long as all columns.
fn lead(request: &Request, whole: &Whole, skeleton: &Skeleton, bands: &[Band]) -> Lanes {
    let loops: Vec<usize> = (0..request.nodes.len()).flat_map(|node| loops_of(&request.edges, node)).collect();
    let loop_at = |&e: &usize| (request.edges[e].from, Spot::of_size(request.edges[e].label, Direction::Right));
    let loops_at: Vec<(usize, Spot)> = loops.iter().map(loop_at).collect();
    let (grid, runs) = led(&whole.part, skeleton, &loops_at, request.layer_gap);
    let mut lanes = Lanes {
        places: Vec::with_capacity(request.nodes.len()),
        ways: vec![None; request.edges.len()],
        lanes: Vec::with_capacity(bands.len()),
        order: Vec::new(),
        bounds: Rect::NOTHING,
    };
    for card in 0..request.nodes.len() {
        let along = grid.columns[skeleton.layers.rank[card] as usize].middle();
        lanes.places.push(Spot { along, across: skeleton.across[card] }.point(Direction::Right));
    }
    for (&edge, run) in whole.edges.iter().chain(&loops).zip(&runs) {
        let way = way(draw::draw(&grid, run), Direction::Right);
        let label = way.label.map_or(Rect::NOTHING, |at| around(at, request.edges[edge].label));
        lanes.bounds = lanes.bounds.union(&way.path.bounds()).union(&label);
        lanes.ways[edge] = Some(way);
    }
    let start = grid.columns.first().map_or(0.0, |column| column.start as f32);
    // What turns round behind the last column is inside the lanes too.
    let end = grid.gaps.last().map_or(0.0, |gap| gap.end as f32);
    for &(top, bottom) in bands {
        let band = Rect { min: pt(start - OVERHANG, top as f32), max: pt(end + OVERHANG, bottom as f32) };
        lanes.bounds = lanes.bounds.union(&band);
        lanes.lanes.push(band);
    }
    lanes
}

/// Moves the whole picture to where it was.
fn stay_near(request: &LanesRequest, lanes: &mut Lanes) {
    let moves = request.nodes.iter().zip(&lanes.places).filter_map(|(node, place)| Some((node.near?, *place)));
    let (mut x, mut y): (Vec<f32>, Vec<f32>) =
        moves.map(|(near, place)| (finite(near.x) - place.x, finite(near.y) - place.y)).unzip();
    let by = pt(median(&mut x), median(&mut y));
    for place in &mut lanes.places {
        *place = *place + by;
    }
    for way in lanes.ways.iter_mut().flatten() {
        *way = moved(way, by);
    }
    for lane in &mut lanes.lanes {
        *lane = lane.translate(by);
    }
    if !lanes.bounds.is_nothing() {
        lanes.bounds = lanes.bounds.translate(by);
    }
}
