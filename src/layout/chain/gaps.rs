//! Leads ways through the gaps between columns, each past the labels of the others and through its own.
//!
//! A gap has three zones. In the outer two the ways bend. In the middle one everything runs level: there the labels
//! stand in a column, each on its way, and ways without a label in this gap take a little room among them. So no way
//! meets a label of another, and since nothing bends inside the columns, none meets a card.

use super::super::layered::lists::Lists;
use super::super::layered::part::Spot;
use super::super::layered::routes::Column;
use super::shift::{Wish, apart};
use super::tracks::tracks;

/// Air between two labels of a gap, and what a way without a label takes there.
const AIR: f64 = 7.0;
const THIN: f64 = 4.0;
/// Air before and after a label.
const MARGIN: f64 = 6.0;
/// An outer zone is this share of the farthest bend in it, within limits.
const SLOPE: f64 = 0.32;
const NARROWEST: f64 = 26.0;
const WIDEST: f64 = 84.0;
/// Largest distance between two tracks.
const TRACK: f64 = 7.0;
/// Radius of the two corners of a way that turns round in a gap.
pub(in crate::layout) const TURN: f64 = 14.0;
/// How many map units nearer to the receiver are worth less crowding in a gap.
const NEARER: f64 = 20.0;

/// How a way meets a card.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::layout) enum End {
    /// At the side that faces the gap; that side is so far inside the column.
    Side(f64),
    /// From beneath: that far from the column's middle, and the card's lower edge is there.
    Beneath { aside: f64, edge: f64 },
}

/// What a way does in a gap: from a place across the flow at its start to one at its end.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::layout) struct Pass {
    /// The gap after the column of this number.
    pub(in crate::layout) gap: usize,
    /// Where the way comes out of the column before. If it turns round: where the giver's end of it does.
    pub(in crate::layout) from: f64,
    /// Where it enters the column after. If it turns round: where it enters the column before again.
    pub(in crate::layout) to: f64,
    /// Where it runs in the middle zone; `None` if the gap needs no such zone.
    pub(in crate::layout) middle: Option<f64>,
    /// Its tracks before and after the labels; the first if there is no middle zone.
    pub(in crate::layout) tracks: [u32; 2],
}

/// A way to be led, from the card in the lower column to the one in the higher.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::layout) struct Run {
    /// The gaps it passes, with the flow; never none.
    pub(in crate::layout) passes: Vec<Pass>,
    /// How it meets the card in the lower column (of the giver, if it turns), and in the higher (of the receiver).
    pub(in crate::layout) ends: [End; 2],
    /// It comes back into the column that it left, in its only gap.
    pub(in crate::layout) turns: bool,
    /// It goes against the flow.
    pub(in crate::layout) backwards: bool,
    /// It passes beneath everything between its first gap and its last.
    pub(in crate::layout) hops: bool,
    /// The extent of its label.
    pub(in crate::layout) label: Spot,
    /// The number of the pass where its label stands.
    pub(in crate::layout) label_at: usize,
}

impl Pass {
    /// A pass whose middle is not known.
    pub(in crate::layout) fn new(gap: usize, from: f64, to: f64) -> Self {
        Self { gap, from, to, middle: None, tracks: [0; 2] }
    }
}

/// The zones of a gap along the flow: it begins, the labels begin and end, it ends.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::layout) struct Zones {
    pub(in crate::layout) start: f64,
    pub(in crate::layout) left: f64,
    pub(in crate::layout) right: f64,
    pub(in crate::layout) end: f64,
    /// The distance of two tracks, and the length of a bend, before and after the labels.
    pub(in crate::layout) step: f64,
    pub(in crate::layout) bends: [f64; 2],
}

/// Where the columns and the gaps after them lie.
#[derive(Debug, Clone, PartialEq, Default)]
pub(in crate::layout) struct Grid {
    pub(in crate::layout) columns: Vec<Column>,
    pub(in crate::layout) gaps: Vec<Zones>,
}

/// Places the labels of the runs and makes the gaps wide enough for them. `floor` is below all cards.
pub(in crate::layout) fn lead(widths: &[f64], least_gap: f64, floor: f64, runs: &mut [Run]) -> Grid {
    choose_gaps(widths.len(), runs);
    let passes = |runs: &[Run]| -> Vec<(usize, (u32, u32))> {
        let of = |(r, run): (usize, &Run)| -> Vec<(usize, (u32, u32))> {
            run.passes.iter().enumerate().map(|(p, pass)| (pass.gap, (r as u32, p as u32))).collect()
        };
        runs.iter().enumerate().flat_map(of).collect()
    };
    let members = Lists::group(widths.len(), passes(runs).into_iter());
    let mut extents = Vec::with_capacity(widths.len());
    let mut lowest = floor;
    for gap in 0..widths.len() {
        let extent = settle(members.of(gap), runs);
        lowest = lowest.max(extent.lowest);
        extents.push(extent);
    }
    sink(runs, lowest);
    for run in runs.iter().filter(|run| run.hops) {
        for pass in &run.passes {
            extents[pass.gap].bend(pass);
        }
    }
    for (gap, extent) in extents.iter_mut().enumerate() {
        extent.tracks = lay_tracks(members.of(gap), runs);
    }
    grid(widths, least_gap, &extents)
}

/// Gives the ways of a gap their tracks; the highest ones.
fn lay_tracks(members: &[(u32, u32)], runs: &mut [Run]) -> [u32; 2] {
    let bending: Vec<(usize, usize)> =
        members.iter().map(|&(r, p)| (r as usize, p as usize)).filter(|&(r, _)| !runs[r].turns).collect();
    let mut most = [0; 2];
    for (side, most) in most.iter_mut().enumerate() {
        let ways = bending.iter().map(|&(r, p)| {
            let pass = runs[r].passes[p];
            match (side, pass.middle) {
                (0, middle) => (pass.from, middle.unwrap_or(pass.to)),
                (_, middle) => (middle.unwrap_or(pass.to), pass.to),
            }
        });
        let found = tracks(&ways.collect::<Vec<_>>());
        for (&(r, p), track) in bending.iter().zip(found) {
            runs[r].passes[p].tracks[side] = track;
            *most = track.max(*most);
        }
    }
    most
}

/// The label of each run goes into the least crowded gap that it passes, or one nearer to its receiver.
fn choose_gaps(gaps: usize, runs: &mut [Run]) {
    let mut load = vec![0.0; gaps];
    let mut order: Vec<usize> = (0..runs.len()).collect();
    order.sort_by_key(|&r| runs[r].passes.len());
    for r in order {
        let run = &mut runs[r];
        let last = run.passes.len().saturating_sub(1);
        let cost = |p: usize| {
            let far = if run.backwards { p } else { last - p };
            load[run.passes[p].gap] + NEARER * far as f64
        };
        run.label_at = (0..=last).min_by(|&a, &b| cost(a).total_cmp(&cost(b))).unwrap_or(0);
        if run.label.across > 0.0 {
            load[run.passes[run.label_at].gap] += run.label.across + AIR;
        }
    }
}

/// What a gap must have room for.
#[derive(Debug, Clone, Copy, Default)]
struct Extent {
    /// The widest label.
    middle: f64,
    /// The farthest bends before and after the labels, or over the whole gap.
    left: f64,
    right: f64,
    lowest: f64,
    used: bool,
    /// The highest track before and after the labels.
    tracks: [u32; 2],
}

impl Extent {
    fn bend(&mut self, pass: &Pass) {
        match pass.middle {
            Some(middle) => {
                self.left = self.left.max((pass.from - middle).abs());
                self.right = self.right.max((pass.to - middle).abs());
            }
            None => self.left = self.left.max((pass.from - pass.to).abs()),
        }
    }
}

/// Shifts the labels and ways of a gap apart.
fn settle(members: &[(u32, u32)], runs: &mut [Run]) -> Extent {
    let mut extent = Extent { lowest: f64::NEG_INFINITY, used: !members.is_empty(), ..Extent::default() };
    let pass_of = |runs: &[Run], (r, p): (u32, u32)| runs[r as usize].passes[p as usize];
    let labelled = |run: &Run, p: u32| run.label.along > 0.0 && run.label_at == p as usize;
    let wanted = members.iter().any(|&(r, p)| labelled(&runs[r as usize], p) || runs[r as usize].turns);
    if !wanted {
        for &member in members {
            extent.bend(&pass_of(runs, member));
        }
        return extent;
    }
    let mut items: Vec<(Wish, f64, (u32, u32))> = Vec::with_capacity(members.len());
    for &(r, p) in members {
        let (run, pass) = (&runs[r as usize], pass_of(runs, (r, p)));
        let label = if labelled(run, p) { run.label } else { Spot::default() };
        let tall = if run.turns { (pass.from - pass.to).abs().max(label.across + 2.0 * TURN) } else { label.across };
        let slope = if run.turns { 0.0 } else { (pass.from - pass.to).abs() };
        // What runs straight should stay straight; what bends anyway gives way. What hops is at the end of the column.
        let stiff = if tall > THIN { 8.0 } else { 40.0 };
        let weight = if run.hops { 1e-3 } else { 1.0 + stiff / (1.0 + slope / 8.0) };
        let at = f64::midpoint(pass.from, pass.to);
        items.push((Wish { at, weight, height: tall.max(THIN) }, pass.from, (r, p)));
        extent.middle = extent.middle.max(label.along + 2.0 * MARGIN).max(if run.turns { 2.0 * TURN } else { 0.0 });
    }
    items.sort_by(|a, b| a.0.at.total_cmp(&b.0.at).then(a.1.total_cmp(&b.1)).then(a.2.cmp(&b.2)));
    let wishes: Vec<Wish> = items.iter().map(|item| item.0).collect();
    for ((wish, _, (r, p)), at) in items.iter().zip(apart(&wishes, AIR)) {
        let run = &mut runs[*r as usize];
        let pass = &mut run.passes[*p as usize];
        pass.middle = Some(at);
        extent.lowest = extent.lowest.max(at + wish.height / 2.0);
        if run.turns {
            extent.left = extent.left.max((at - f64::midpoint(pass.from, pass.to)).abs());
        } else if !run.hops {
            extent.bend(pass);
        }
    }
    extent
}

/// Leads the runs that hop beneath everything there is.
fn sink(runs: &mut [Run], lowest: f64) {
    for (i, run) in runs.iter_mut().filter(|run| run.hops).enumerate() {
        let level = lowest + 2.0 * AIR + i as f64 * AIR;
        if let [first, .., last] = &mut run.passes[..] {
            (first.to, last.from) = (level, level);
        }
    }
}

fn grid(widths: &[f64], least_gap: f64, extents: &[Extent]) -> Grid {
    let mut grid = Grid::default();
    let mut start = 0.0;
    let zone = |bend: f64| (bend * SLOPE).clamp(NARROWEST, WIDEST);
    for (i, (width, extent)) in widths.iter().zip(extents).enumerate() {
        let end = start + width;
        grid.columns.push(Column { start, end });
        let inner = i + 1 < widths.len();
        let mut bends = match (extent.used, extent.middle > 0.0) {
            (true, true) => [zone(extent.left), if inner { zone(extent.right) } else { 0.0 }],
            (true, false) => [(extent.left * SLOPE).min(WIDEST), 0.0],
            (false, _) => [0.0; 2],
        };
        let most = f64::from(extent.tracks[0].max(extent.tracks[1]));
        let step = if most > 0.0 { TRACK.min(WIDEST / most) } else { 0.0 };
        let room = extent.tracks.map(|track| f64::from(track) * step);
        let spare = least_gap - bends[0] - bends[1] - room[0] - room[1] - extent.middle;
        if inner && spare > 0.0 {
            bends = if extent.middle > 0.0 { bends.map(|bend| bend + spare / 2.0) } else { [bends[0] + spare, 0.0] };
        }
        let left = end + bends[0] + room[0];
        let right = left + extent.middle;
        let zones = Zones { start: end, left, right, end: right + bends[1] + room[1], step, bends };
        start = zones.end;
        grid.gaps.push(zones);
    }
    grid
}
