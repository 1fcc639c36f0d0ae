//! Puts the labels of arrows where they hide nothing: on their ways or close beside them, clear of cards, of the rings' labels and of one another.

use super::ground::{rect, tame};
use super::{Request, Ring};
use crate::geom::{Point, Rect, Size, pt};
use crate::layout::Way;

/// With more labels than this none is put: they could not be read.
const MOST: usize = 4000;
/// With no more ways than this a label keeps off other ways where it can.
const FEW: usize = 120;
/// Where on its way a label may stand, the best first.
const TRIES: [f32; 19] =
    [0.5, 0.46, 0.54, 0.42, 0.58, 0.38, 0.62, 0.34, 0.66, 0.3, 0.7, 0.26, 0.74, 0.22, 0.78, 0.17, 0.83, 0.12, 0.88];
/// What a label keeps clear of cards and of other labels, in map units.
const MARGIN: f32 = 2.0;
/// How far a label stands from a way that it stands beside.
const BESIDE: f32 = 7.0;
/// How many points stand for a way.
const POINTS: usize = 48;

/// Finds a place for each label that has one.
pub(super) fn put(request: &Request, places: &[Point], rings: &[Ring], ways: &mut [Option<Way>]) {
    let size = |i: usize| Size { w: tame(request.edges[i].label.w), h: tame(request.edges[i].label.h) };
    let wanted: Vec<usize> =
        (0..ways.len()).filter(|&i| ways[i].is_some() && size(i).w > 0.0 && size(i).h > 0.0).collect();
    if wanted.is_empty() || wanted.len() > MOST {
        return;
    }
    let mut taken: Vec<Rect> = request.nodes.iter().zip(places).map(|(node, at)| rect(*at, node.size)).collect();
    let heads = rings.iter().zip(&request.heads).filter(|(_, size)| size.w > 0.0 && size.h > 0.0);
    taken.extend(heads.map(|(ring, size)| rect(ring.head, *size)));
    let mut grid = Grid::new(taken);
    let dots: Vec<Vec<Point>> =
        if ways.len() <= FEW { ways.iter().map(|way| way.as_ref().map_or(vec![], spaced)).collect() } else { vec![] };
    for i in wanted {
        let Some(way) = &mut ways[i] else { continue };
        let mut best: Option<(usize, Point)> = None;
        for at in tries(&spaced(way), size(i)) {
            let room = rect(at, size(i)).expand(MARGIN);
            if grid.is_taken(&room) || best.is_some_and(|(least, _)| least == 0) {
                continue;
            }
            let others = dots.iter().enumerate().filter(|(j, _)| *j != i);
            let hidden = others.map(|(_, dots)| dots.iter().filter(|p| room.contains(**p)).count()).sum();
            if best.is_none_or(|(least, _)| hidden < least) {
                best = Some((hidden, at));
            }
        }
        if let Some((_, at)) = best {
            grid.take(rect(at, size(i)));
            way.label = Some(at);
        }
    }
}

/// Places for a label, the best first: beside a steep way that is hardly longer than the label is high, else on it.
fn tries(points: &[Point], size: Size) -> Vec<Point> {
    let on: Vec<Point> = TRIES.iter().map(|t| along(points, *t)).collect();
    let (Some(first), Some(last)) = (points.first(), points.last()) else { return on };
    let (dx, dy) = ((last.x - first.x).abs(), (last.y - first.y).abs());
    let aside = size.w / 2.0 + BESIDE;
    let beside = [0.5, 0.4, 0.6].map(|t| along(points, t));
    let beside: Vec<Point> = beside.iter().flat_map(|p| [pt(p.x + aside, p.y), pt(p.x - aside, p.y)]).collect();
    if dx < dy && dy < 2.2 * size.h { [beside, on].concat() } else { [on, beside].concat() }
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
