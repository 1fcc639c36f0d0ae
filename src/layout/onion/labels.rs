//! Puts the labels of arrows where they hide nothing: on or beside their ways, clear of cards, of the rings' labels and
//! of one another.

use super::ground::{rect, tame};
use super::{Request, Ring};
use crate::geom::{Point, Rect, Size};
use crate::layout::Way;

/// With more labels than this none is put: they could not be read.
const MOST: usize = 4000;
/// With no more ways than this a label keeps off other ways where it can.
const FEW: usize = 120;
/// Where on its way a label may stand, the best first.
const TRIES: [f32; 19] =
    [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78, 0.17, 0.83, 0.12, 0.88];
/// What a label keeps clear of cards and of other labels, in map units.
const MARGIN: f32 = 3.0;
/// How many points stand for a way.
const POINTS: usize = 48;
/// What a label beside a way keeps from it, in map units.
const BESIDE: f32 = 6.0;
/// How much steeper than flat a way is that has its label beside it rather than on it.
const STEEP: f32 = 0.8;

/// Finds a place for each label that has one; gives how many have none.
pub(super) fn put(request: &Request, places: &[Point], rings: &[Ring], ways: &mut [Option<Way>]) -> usize {
    let size = |i: usize| Size { w: tame(request.edges[i].label.w), h: tame(request.edges[i].label.h) };
    let mut wanted: Vec<usize> =
        (0..ways.len()).filter(|&i| ways[i].is_some() && size(i).w > 0.0 && size(i).h > 0.0).collect();
    if wanted.is_empty() || wanted.len() > MOST {
        return wanted.len();
    }
    let mut taken: Vec<Rect> = request.nodes.iter().zip(places).map(|(node, at)| rect(*at, node.size)).collect();
    let heads = rings.iter().zip(&request.heads).filter(|(_, size)| size.w > 0.0 && size.h > 0.0);
    taken.extend(heads.map(|(ring, size)| rect(ring.head, *size)));
    let mut grid = Grid::new(taken);
    let few = ways.len() <= FEW;
    let all: Vec<Vec<Point>> = ways.iter().map(|way| way.as_ref().map_or(vec![], spaced)).collect();
    // Long ways have more places to choose from.
    let length = |i: usize| all[i].windows(2).map(|p| p[0].distance(p[1])).sum::<f32>();
    if few {
        wanted.sort_by(|a, b| length(*a).total_cmp(&length(*b)));
    }
    let mut missing = 0;
    for i in wanted {
        let mut best: Option<(f32, Point)> = None;
        for (at, strain) in candidates(&all[i], size(i), few) {
            let room = rect(at, size(i)).expand(MARGIN);
            if best.is_some_and(|(least, _)| least <= strain) || grid.is_taken(&room) {
                continue;
            }
            let others = if few { &all[..] } else { &[] }.iter().enumerate().filter(|(j, _)| *j != i);
            let hidden: usize = others.map(|(_, dots)| dots.iter().filter(|p| room.contains(**p)).count()).sum();
            let strain = strain + hidden as f32;
            if best.is_none_or(|(least, _)| strain < least) {
                best = Some((strain, at));
            }
        }
        if let Some((_, at)) = best {
            grid.take(rect(at, size(i)));
        } else {
            missing += 1;
        }
        if let Some(way) = &mut ways[i] {
            way.label = best.map(|(_, at)| at);
        }
    }
    missing
}

/// Where the label of a way may stand, with how bad that is: as bad as hiding so many points of other ways.
fn candidates(points: &[Point], size: Size, beside: bool) -> Vec<(Point, f32)> {
    let mut found = Vec::new();
    for (i, share) in TRIES.into_iter().enumerate() {
        let at = along(points, share);
        let away = i as f32 * 0.1;
        let way = along(points, share + 0.04) - along(points, share - 0.04);
        let steep = way.y.abs() > STEEP * way.x.abs();
        found.push((at, away + if steep { 1.5 } else { 0.0 }));
        if !beside {
            continue;
        }
        // Beside as much of the way as the label is high, or above or below as much of it as it is wide.
        let near = |p: &&Point| {
            if steep { (p.y - at.y).abs() <= size.h / 2.0 } else { (p.x - at.x).abs() <= size.w / 2.0 }
        };
        let span = |axis: fn(&Point) -> f32| {
            let close = points.iter().filter(near).filter(|p| p.distance(at) < size.w);
            close.map(axis).fold((axis(&at), axis(&at)), |(low, high), x| (low.min(x), high.max(x)))
        };
        if steep {
            let (low, high) = span(|p| p.x);
            let half = size.w / 2.0 + BESIDE;
            found.push((Point { x: high + half, y: at.y }, away + (high - at.x) * 0.1));
            found.push((Point { x: low - half, y: at.y }, away + 0.05 + (at.x - low) * 0.1));
        } else {
            let (low, high) = span(|p| p.y);
            let half = size.h / 2.0 + BESIDE;
            found.push((Point { x: at.x, y: low - half }, away + 1.0 + (at.y - low) * 0.1));
            found.push((Point { x: at.x, y: high + half }, away + 1.05 + (high - at.y) * 0.1));
        }
    }
    found
}

/// Points of a way, in order.
fn spaced(way: &Way) -> Vec<Point> {
    let pieces = POINTS.div_ceil(way.path.curves().len());
    way.path.points(pieces).collect()
}

/// The point at a share of the length of a line through points.
fn along(points: &[Point], share: f32) -> Point {
    let whole: f32 = points.windows(2).map(|p| p[0].distance(p[1])).sum();
    let mut left = whole * share;
    for pair in points.windows(2) {
        let step = pair[0].distance(pair[1]);
        if step >= left && step > 0.0 {
            return pair[0].lerp(pair[1], left / step);
        }
        left -= step;
    }
    points.last().copied().unwrap_or_default()
}

/// Rectangles, found by where they are.
struct Grid {
    all: Vec<Rect>,
    bounds: Rect,
    cells: Vec<Vec<u32>>,
}

/// Cells of the grid in each direction.
const CELLS: usize = 64;

impl Grid {
    fn new(all: Vec<Rect>) -> Self {
        let bounds = all.iter().fold(Rect::NOTHING, |sum, r| sum.union(r));
        let mut grid = Self { all: vec![], bounds, cells: vec![vec![]; CELLS * CELLS] };
        for rect in all {
            grid.take(rect);
        }
        grid
    }

    /// The cells that a rectangle touches; beyond the bounds those at the border.
    fn cells(&self, rect: &Rect) -> impl Iterator<Item = usize> + use<> {
        let cell =
            |at: f32, from: f32, whole: f32| (((at - from) / whole.max(1.0) * CELLS as f32) as usize).min(CELLS - 1);
        let (from, size) = (self.bounds.min, self.bounds.size());
        let columns = cell(rect.min.x, from.x, size.w)..=cell(rect.max.x, from.x, size.w);
        let lines = cell(rect.min.y, from.y, size.h)..=cell(rect.max.y, from.y, size.h);
        lines.flat_map(move |line| columns.clone().map(move |column| line * CELLS + column))
    }

    fn take(&mut self, rect: Rect) {
        for cell in self.cells(&rect) {
            self.cells[cell].push(self.all.len() as u32);
        }
        self.all.push(rect);
    }

    fn is_taken(&self, rect: &Rect) -> bool {
        self.cells(rect).any(|cell| self.cells[cell].iter().any(|&i| self.all[i as usize].intersects(rect)))
    }
}
