//! Brings rows as near to the centre as their cards let them, where these stand: beside the origin a card is deeper
//! than above or below it.

use std::f64::consts::FRAC_PI_2;

use super::ground::Ground;
use super::rings::{Row, Rows};
use super::room::{Stand, reach};

/// Steps of the search for a radius.
const STEPS: usize = 24;

/// Gives each row the least radius at which its cards, at these angles, keep clear of one another and of the row within.
/// The labels of the rings up to `heads` lie in their rows, too.
pub(super) fn compact(ground: &Ground, rows: &mut Rows, theta: &[f64], heads: usize) {
    let mut inside: Option<(f64, usize)> = None;
    for row in &mut rows.list {
        if row.radius > 0.0 {
            let inner = inside.map_or(0.0, |(outer, ring)| {
                outer + if ring == row.ring { ground.node_gap } else { ground.gaps[row.ring - 1] }
            });
            shrink(ground, row, theta, inner, row.ring <= heads);
        }
        inside = Some((row.outer(), row.ring));
    }
}

fn shrink(ground: &Ground, row: &mut Row, theta: &[f64], inner: f64, with_head: bool) {
    let head = row.head.filter(|_| with_head);
    let widest = row.cards.iter().map(|&v| reach(ground.cards[v as usize].half)).fold(0.0, f64::max);
    let widest = row.head.map_or(widest, |(a, _)| a.max(widest));
    let mut low = (1.2 * (widest + ground.node_gap)).max(inner);
    let fits = |row: &mut Row, radius: f64| {
        row.radius = radius;
        let (near, _) = reaches(ground, row, theta, head);
        near >= inner && clear(ground, row, theta)
    };
    if !fits(row, low) {
        let mut high = (2.0 * low).max(row.radius);
        while !fits(row, high) && high < 1e12 {
            (low, high) = (high, 2.0 * high);
        }
        for _ in 0..STEPS {
            let middle = f64::midpoint(low, high);
            if fits(row, middle) { high = middle } else { low = middle }
        }
        low = high;
    }
    row.radius = low;
    let (near, far) = reaches(ground, row, theta, head);
    (row.low, row.high) = (low - near, far - low);
}

/// The distances from the origin between which the cards of a row lie, and its label.
fn reaches(ground: &Ground, row: &Row, theta: &[f64], head: Option<(f64, f64)>) -> (f64, f64) {
    let spots = row.cards.iter().map(|&v| (theta[v as usize], ground.cards[v as usize].half));
    let spots = spots.chain(head.map(|half| (-FRAC_PI_2, half)));
    spots.fold((row.radius, row.radius), |(near, far), (angle, (a, b))| {
        let (x, y) = ((row.radius * angle.cos()).abs(), (row.radius * angle.sin()).abs());
        (near.min((x - a).max(0.0).hypot((y - b).max(0.0))), far.max((x + a).hypot(y + b)))
    })
}

/// Whether the wedges of a row's cards follow one another, beside the label.
fn clear(ground: &Ground, row: &Row, theta: &[f64]) -> bool {
    let margin = ground.node_gap / 2.0;
    let stand = |half: (f64, f64)| Stand { half, radius: row.radius, margin };
    let turn = row.head.map_or(0.0, |half| stand(half).to_ray(-FRAC_PI_2, 1.0));
    let mut ray = -FRAC_PI_2 + turn - 1e-6;
    for &v in &row.cards {
        let (stand, at) = (stand(ground.cards[v as usize].half), theta[v as usize]);
        let (before, behind) = stand.to_rays(at.sin_cos());
        if at - before < ray {
            return false;
        }
        ray = at + behind - 1e-6;
    }
    ray <= 3.0 * FRAC_PI_2 - turn
}
