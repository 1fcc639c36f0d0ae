//! Draws the runs: along the cards' strips and the columns, and in bends through the gaps.

use super::super::layered::part::Spot;
use super::gaps::{End, Grid, Pass, Run, TURN, Zones};
use super::pen::Pen;

/// Radius of the corner beneath a card.
const CORNER: f64 = 11.0;

/// The curve's points from giver to receiver, and the middle of the label.
pub(in crate::layout) fn draw(grid: &Grid, run: &Run) -> (Vec<Spot>, Spot) {
    let (Some(first), Some(last)) = (run.passes.first(), run.passes.last()) else {
        return (Pen::at(0.0, 0.0).finish(false), Spot::default());
    };
    if run.turns {
        return turn(grid, run, first);
    }
    let low = grid.columns[first.gap];
    let mut pen = match run.ends[0] {
        End::Side(inset) => Pen::at(low.end - inset, first.from),
        End::Beneath { aside, edge } => {
            let (along, radius) = (low.middle() + aside, CORNER.min((first.from - edge) / 2.0));
            let mut pen = Pen::at(along, edge);
            pen.line(along, first.from - radius);
            pen.corner(along + radius, first.from, false);
            pen
        }
    };
    for pass in &run.passes {
        through(&mut pen, &grid.gaps[pass.gap], pass);
    }
    let high = grid.columns[(last.gap + 1).min(grid.columns.len() - 1)];
    match run.ends[1] {
        End::Side(inset) => pen.line(high.start + inset, last.to),
        End::Beneath { aside, edge } => {
            let (along, radius) = (high.middle() + aside, CORNER.min((last.to - edge) / 2.0));
            pen.line(along - radius, last.to);
            pen.corner(along, last.to - radius, true);
            pen.line(along, edge);
        }
    }
    let pass = &run.passes[run.label_at.min(run.passes.len() - 1)];
    (pen.finish(run.backwards), label(&grid.gaps[pass.gap], pass))
}

fn through(pen: &mut Pen, zones: &Zones, pass: &Pass) {
    let before = zones.start + f64::from(pass.tracks[0]) * zones.step;
    pen.line(before, pass.from);
    let middle = pass.middle.unwrap_or(pass.to);
    pen.bend(before + zones.bends[0], middle);
    if pass.middle.is_some() {
        let after = zones.right + f64::from(pass.tracks[1]) * zones.step;
        pen.line(after, middle);
        pen.bend(after + zones.bends[1], pass.to);
    }
    pen.line(zones.end, pass.to);
}

/// The middle of the middle zone, or else the middle of the bend.
fn label(zones: &Zones, pass: &Pass) -> Spot {
    match pass.middle {
        Some(across) => Spot { along: f64::midpoint(zones.left, zones.right), across },
        None => Spot { along: f64::midpoint(zones.start, zones.end), across: f64::midpoint(pass.from, pass.to) },
    }
}

/// Out of the column, across the flow through the label, and back.
fn turn(grid: &Grid, run: &Run, pass: &Pass) -> (Vec<Spot>, Spot) {
    let (zones, column) = (grid.gaps[pass.gap], grid.columns[pass.gap]);
    let middle = pass.middle.unwrap_or(f64::midpoint(pass.from, pass.to));
    let tall = (pass.from - pass.to).abs().max(run.label.across + 2.0 * TURN);
    let down = if pass.to >= pass.from { 1.0 } else { -1.0 };
    let (out, back) = (middle - down * tall / 2.0, middle + down * tall / 2.0);
    let along = f64::midpoint(zones.left, zones.right);
    let inset = |end: End| if let End::Side(inset) = end { inset } else { 0.0 };
    let mut pen = Pen::at(column.end - inset(run.ends[0]), pass.from);
    pen.line(zones.start, pass.from);
    pen.bend(zones.left, out);
    pen.line(along - TURN, out);
    pen.corner(along, out + down * TURN, true);
    pen.line(along, back - down * TURN);
    pen.corner(along - TURN, back, false);
    pen.line(zones.left, back);
    pen.bend(zones.start, pass.to);
    pen.line(column.end - inset(run.ends[1]), pass.to);
    (pen.finish(false), Spot { along, across: middle })
}
