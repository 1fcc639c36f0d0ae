//! Where ways leave and enter cards, and where they pass rows: side by side, in the order of where they go.

use super::ground::{Ground, turned, wrapped};
use super::rings::Rows;
use super::room::{Stand, reach};

/// The distance of two ways side by side, in map units.
const LANE: f64 = 13.0;
/// The least distance of a way from a card that it passes.
const CLEAR: f64 = 4.0;
/// The share of a card's width that its ports use.
const WIDE: f64 = 0.75;

/// The wedges of all cards, and the gates between them.
pub(super) struct Gates<'a> {
    pub ground: &'a Ground,
    pub rows: &'a Rows,
    pub theta: &'a [f64],
    /// The first and the last ray that a card keeps ways from; of cards in a row only.
    pub shadow: Vec<(f64, f64)>,
    /// Sine and cosine of each card's angle; of cards in a row only.
    pub unit: Vec<(f64, f64)>,
    /// The angles of each row's cards, in order.
    angles: Vec<Vec<f64>>,
    /// The rays beside the label at the top of each row.
    ends: Vec<(f64, f64)>,
}

impl<'a> Gates<'a> {
    pub(super) fn new(ground: &'a Ground, rows: &'a Rows, theta: &'a [f64]) -> Self {
        use std::f64::consts::FRAC_PI_2;
        let margin = CLEAR.min(ground.node_gap / 4.0);
        let mut shadow = vec![(0.0, 0.0); theta.len()];
        let mut unit = vec![(0.0, 1.0); theta.len()];
        let mut ends = Vec::with_capacity(rows.list.len());
        for row in &rows.list {
            let stand = |half: (f64, f64)| Stand { half, radius: row.radius, margin };
            let turn = row.head.map_or(0.0, |half| stand(half).to_ray(-FRAC_PI_2, 1.0));
            ends.push((-FRAC_PI_2 + turn, 3.0 * FRAC_PI_2 - turn));
            for &v in row.cards.iter().filter(|_| row.radius > 0.0) {
                let (stand, at) = (stand(ground.cards[v as usize].half), theta[v as usize]);
                unit[v as usize] = at.sin_cos();
                let (before, behind) = stand.to_rays(unit[v as usize]);
                shadow[v as usize] = (at - before, at + behind);
            }
        }
        let angles = rows.list.iter().map(|row| row.cards.iter().map(|&v| theta[v as usize]).collect()).collect();
        Self { ground, rows, theta, shadow, unit, angles, ends }
    }

    /// The gate of a row that lies at or beside an angle: its number and the rays within it.
    pub(super) fn gate(&self, row: usize, angle: f64) -> (usize, (f64, f64)) {
        let cards = &self.rows.list[row].cards;
        let gate = self.angles[row].partition_point(|at| *at < angle);
        let low = gate.checked_sub(1).map_or(self.ends[row].0, |i| self.shadow[cards[i] as usize].1);
        let high = cards.get(gate).map_or(self.ends[row].1, |&v| self.shadow[v as usize].0);
        if low <= high { (gate, (low, high)) } else { (gate, (f64::midpoint(low, high), f64::midpoint(low, high))) }
    }

    /// How far from a card's middle its outermost port may be, as an angle.
    pub(super) fn reach(&self, v: usize) -> f64 {
        let half = self.ground.cards[v].half;
        // Its farthest corner is seen under a smaller angle than its middle.
        let far = self.rows.list[self.rows.row_of[v] as usize].radius + reach(half);
        let (sin, cos) = self.unit[v];
        (WIDE * (half.0 * sin.abs() + half.1 * cos.abs()) / far.max(1e-9)).min(0.9).asin()
    }
}

/// A way that wants to leave a card (or pass a gate) at an angle.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    /// The card and its side, or the row and its gate.
    pub place: (u32, u32),
    /// The angle wished for, relative to the card or absolute.
    pub angle: f64,
    /// Where the answer goes.
    pub slot: u32,
}

impl Wish {
    /// Place, angle (to a few billionths) and slot in one number: that sorts fastest.
    fn key(&self) -> u128 {
        let angle = ((self.angle + 16.0) * f64::from(1 << 27)) as u32;
        let place = (u128::from(self.place.0) << 32) | u128::from(self.place.1);
        (place << 64) | (u128::from(angle) << 32) | u128::from(self.slot)
    }
}

/// Sorts wishes so that those of one place follow one another by angle, and calls `each` with every such run.
fn runs(wishes: &mut [Wish], mut each: impl FnMut(&[Wish])) {
    wishes.sort_unstable_by_key(Wish::key);
    for run in wishes.chunk_by(|a, b| a.place == b.place) {
        each(run);
    }
}

/// The angles of the ports, by slot: side by side around the middle of each card.
pub(super) fn ports(gates: &Gates<'_>, wishes: &mut [Wish], answers: &mut [f64]) {
    runs(wishes, |run| {
        let v = run[0].place.0 as usize;
        let radius = gates.rows.list[gates.rows.row_of[v] as usize].radius.max(1e-9);
        let step = (LANE / radius).min(2.0 * gates.reach(v) / run.len() as f64);
        for (i, wish) in run.iter().enumerate() {
            answers[wish.slot as usize] = gates.theta[v] + step * (i as f64 - (run.len() - 1) as f64 / 2.0);
        }
    });
}

/// The angles at which ways pass rows, by slot.
pub(super) fn lanes(gates: &Gates<'_>, wishes: &mut [Wish], answers: &mut [f64]) {
    let mut angles = Vec::new();
    runs(wishes, |run| {
        let (row, gate) = (run[0].place.0 as usize, run[0].angle);
        let (_, (low, high)) = gates.gate(row, gate);
        angles.clear();
        angles.extend(run.iter().map(|wish| wish.angle.clamp(low, high)));
        if run.len() > 1 {
            spread(&mut angles, LANE / gates.rows.list[row].radius.max(1e-9), low, high);
        }
        for (wish, angle) in run.iter().zip(&angles) {
            answers[wish.slot as usize] = *angle;
        }
    });
}

/// The angles at which ways enter the cards of a column, by slot; `angle` of a wish is where the way comes from.
pub(super) fn entries(gates: &Gates<'_>, wishes: &mut [Wish], answers: &mut [f64]) {
    let outer = gates.rows.list[0].outer();
    let mut angles = Vec::new();
    runs(wishes, |run| {
        let v = run[0].place.0;
        let (a, b) = gates.ground.cards[v as usize].half;
        let step = (LANE / a.min(b).max(1.0)).min(5.6 / run.len() as f64);
        angles.clear();
        angles.extend(run.iter().map(|wish| wish.angle));
        spread(&mut angles, step, f64::NEG_INFINITY, f64::INFINITY);
        for (wish, angle) in run.iter().zip(&angles) {
            let (low, high) = slab(gates, v);
            let (sin, cos) = angle.sin_cos();
            let down = (outer * sin).clamp(low, high).clamp(-outer, outer);
            let side = if cos < 0.0 { -1.0 } else { 1.0 };
            let entry = if down == outer * sin {
                *angle
            } else {
                down.atan2(side * (outer * outer - down * down).max(0.0).sqrt())
            };
            answers[wish.slot as usize] = wish.angle + wrapped(entry - wish.angle);
        }
    });
}

/// How high and how low a straight way to a card of the column may begin, so that it meets none of the others.
fn slab(gates: &Gates<'_>, v: u32) -> (f64, f64) {
    let column = &gates.rows.column;
    let half = gates.ground.cards[v as usize].half.1 * 0.6;
    let Some(i) = column.iter().position(|(u, _)| *u == v) else { return (0.0, 0.0) };
    let low = if i == 0 && gates.rows.crown.is_none() { f64::NEG_INFINITY } else { column[i].1 - half };
    let high = if i + 1 == column.len() { f64::INFINITY } else { column[i].1 + half };
    (low, high)
}

/// Moves sorted angles apart, as little as possible, between two bounds; closer than `step` when they are too many.
fn spread(angles: &mut [f64], step: f64, low: f64, high: f64) {
    let n = angles.len();
    let step = step.min((high - low) / n as f64);
    let (low, high) = (low + step * 0.25, high - step * 0.25);
    let mut pools: Vec<(f64, usize)> = Vec::with_capacity(n);
    for (i, angle) in angles.iter().enumerate() {
        let mut pool = (angle - i as f64 * step, 1);
        while let Some(&(sum, count)) = pools.last() {
            if sum / (count as f64) < pool.0 / pool.1 as f64 {
                break;
            }
            pool = (pool.0 + sum, pool.1 + count);
            pools.pop();
        }
        pools.push(pool);
    }
    let most = (high - (n - 1) as f64 * step).max(low);
    let shifts = pools.iter().flat_map(|&(sum, count)| std::iter::repeat_n(sum / count as f64, count));
    for (i, (angle, shift)) in angles.iter_mut().zip(shifts).enumerate() {
        *angle = shift.clamp(low, most) + i as f64 * step;
    }
}

/// An angle brought to where the gates of rows are counted.
pub(super) fn on_row(angle: f64) -> f64 {
    turned(angle)
}
