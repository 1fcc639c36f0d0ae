//! Angles in order: each card as near to its neighbours' angles as the others on its row let it.
//!
//! With its neighbours held, the best places on a row (least squares) are a monotone regression: the wishes, less the
//! room that the cards before need, are pooled wherever they do not ascend (Barlow et al. 1972).

use std::f64::consts::FRAC_PI_2;

use super::ground::{Ground, wrapped};
use super::rings::{Row, Rows};
use super::room::Stand;
use super::tight::compact;

/// Sweeps over the rows; fewer for many cards.
const SWEEPS: usize = 8;
const SWEEPS_OF_MANY: usize = 2;
const MANY: usize = 3000;
/// How hard its even place on the row pulls a card of the fullest ring, against one edge.
const EVEN: f64 = 3.0;
/// How hard it pulls the others.
const LOOSE: f64 = 0.15;

/// Rounds of bringing rows nearer to the centre, with as many sweeps after each.
const ROUNDS: usize = 3;

/// Deals the cards to the rows of their rings in the order of `theta`, and finds the angles they stand at. With
/// `tight`, rows are brought as near to the centre as they go; the labels of the rings up to that number lie in them.
pub(super) fn angles(ground: &Ground, rows: &mut Rows, mut theta: Vec<f64>, tight: Option<usize>) -> Vec<f64> {
    deal(rows, &theta);
    let mut work = Work { ground, pools: vec![], wishes: vec![], turns: vec![] };
    let mut even = theta.clone();
    let mut grown = 0.0;
    for i in 0..rows.list.len() {
        if rows.list[i].radius > 0.0 {
            rows.list[i].radius += grown;
            grown += work.begin(&mut rows.list[i], &mut theta);
            let n = rows.list[i].cards.len();
            let (low, high) = work.ends(&rows.list[i]);
            for (slot, &v) in rows.list[i].cards.iter().enumerate() {
                even[v as usize] = low + (high - low) * (slot as f64 + 0.5) / n as f64;
            }
        }
    }
    for &(v, y) in &rows.column {
        theta[v as usize] = if y < 0.0 { -FRAC_PI_2 } else { FRAC_PI_2 };
    }
    let fills: Vec<f64> = (0..rows.members.len()).map(|k| rows.fill(ground, k)).collect();
    let most = fills.iter().copied().fold(1e-9, f64::max);
    let base = fills.iter().position(|f| *f >= most - 1e-9).unwrap_or(0);
    let mut sweeps = |rows: &Rows, theta: &mut Vec<f64>, sweeps: usize| {
        let count = rows.list.len();
        for step in
            (0..sweeps * count).map(|i| if (i / count).is_multiple_of(2) { i % count } else { count - 1 - i % count })
        {
            let row = &rows.list[step];
            if row.radius > 0.0 {
                let hold = if row.ring == base { EVEN } else { LOOSE };
                work.settle(row, !rows.column.is_empty(), &even, hold, theta);
            }
        }
    };
    sweeps(rows, &mut theta, if ground.cards.len() > MANY { SWEEPS_OF_MANY } else { SWEEPS });
    if let Some(heads) = tight {
        for _ in 0..ROUNDS {
            compact(ground, rows, &theta, heads);
            sweeps(rows, &mut theta, ROUNDS);
        }
        compact(ground, rows, &theta, heads);
    }
    theta
}

/// Deals each ring's cards to its rows, so that the cards of one row are spread over the ring.
fn deal(rows: &mut Rows, theta: &[f64]) {
    for k in 0..rows.members.len() {
        let range = rows.of_ring[k].clone();
        let members = &mut rows.members[k];
        members.sort_by(|a, b| theta[*a as usize].total_cmp(&theta[*b as usize]).then(a.cmp(b)));
        let mine = &mut rows.list[range.clone()];
        if mine.first().is_none_or(|row| row.radius == 0.0) {
            continue;
        }
        let n = members.len();
        for row in mine.iter_mut() {
            row.cards.clear();
        }
        for (i, &v) in members.iter().enumerate() {
            // The row that lags most behind its share.
            let lag = |row: &Row| (row.count * (i + 1)) as f64 / n as f64 - row.cards.len() as f64;
            let last = mine.len() - 1;
            let best = (0..mine.len()).rev().max_by(|&a, &b| lag(&mine[a]).total_cmp(&lag(&mine[b]))).unwrap_or(last);
            mine[best].cards.push(v);
            rows.row_of[v as usize] = (range.start + best) as u32;
        }
    }
}

/// Cards that lie together: sum of weighted wishes, sum of weights, number.
type Pool = (f64, f64, usize);

struct Work<'a> {
    ground: &'a Ground,
    pools: Vec<Pool>,
    /// Of each card of the row: its wish and how hard it pulls.
    wishes: Vec<(f64, f64)>,
    /// Of each card of the row: the turns from its angle to the rays that bound its wedge, before and behind.
    turns: Vec<(f64, f64)>,
}

impl Work<'_> {
    fn stand(&self, row: &Row, v: u32) -> Stand {
        Stand { half: self.ground.cards[v as usize].half, radius: row.radius, margin: self.ground.node_gap / 2.0 }
    }

    /// The first and the last ray that cards may use, beside the label at the top.
    fn ends(&self, row: &Row) -> (f64, f64) {
        let margin = self.ground.node_gap / 2.0;
        let turn = row.head.map_or(0.0, |half| Stand { half, radius: row.radius, margin }.to_ray(-FRAC_PI_2, 1.0));
        (-FRAC_PI_2 + turn, 3.0 * FRAC_PI_2 - turn)
    }

    /// Makes the row large enough for its cards in their order, and puts them as near to their angles as they fit.
    /// Gives by how much the row grew.
    fn begin(&mut self, row: &mut Row, theta: &mut [f64]) -> f64 {
        let before = row.radius;
        for _ in 0..60 {
            let (low, high) = self.ends(row);
            let ray = row.cards.iter().fold(low, |ray, &v| {
                let stand = self.stand(row, v);
                let angle = ray + stand.beside(ray);
                angle + stand.to_ray(angle, 1.0)
            });
            if ray <= high {
                break;
            }
            row.radius += row.radius * ((ray - low) / (high - low).max(0.1) - 1.0).clamp(0.02, 1.0);
        }
        self.wishes.clear();
        self.wishes.extend(row.cards.iter().map(|&v| (theta[v as usize], 1.0)));
        self.pool(row, theta);
        row.radius - before
    }

    /// Brings the cards of a row near to their neighbours.
    fn settle(&mut self, row: &Row, column: bool, even: &[f64], hold: f64, theta: &mut [f64]) {
        self.wishes.clear();
        for &v in &row.cards {
            let at = theta[v as usize];
            let mut sum = hold * (even[v as usize] - at);
            let mut weight = hold;
            for &w in self.ground.near(v as usize) {
                if column && self.ground.cards[w as usize].ring == 0 {
                    continue;
                }
                sum += wrapped(theta[w as usize] - at);
                weight += 1.0;
            }
            self.wishes.push((at + sum / weight, weight));
        }
        self.pool(row, theta);
    }

    /// The angles nearest to the wishes.
    fn pool(&mut self, row: &Row, theta: &mut [f64]) {
        let (low, high) = self.ends(row);
        self.turns.clear();
        for &v in &row.cards {
            self.turns.push(self.stand(row, v).to_rays(theta[v as usize].sin_cos()));
        }
        self.pools.clear();
        let mut offset = low;
        let mut offsets = Vec::with_capacity(row.cards.len());
        for (&(wish, weight), &(before, behind)) in self.wishes.iter().zip(&self.turns) {
            offset += before;
            offsets.push(offset);
            let mut pool = ((wish - offset) * weight, weight, 1);
            while let Some(&(sum, weight, count)) = self.pools.last() {
                if sum / weight < pool.0 / pool.1 {
                    break;
                }
                pool = (pool.0 + sum, pool.1 + weight, pool.2 + count);
                self.pools.pop();
            }
            self.pools.push(pool);
            offset += behind;
        }
        let slack = (high - offset).max(0.0);
        let shifts = self.pools.iter().flat_map(|&(sum, weight, count)| std::iter::repeat_n(sum / weight, count));
        for ((&v, offset), shift) in row.cards.iter().zip(offsets).zip(shifts) {
            theta[v as usize] = offset + shift.clamp(0.0, slack);
        }
        self.repair(row, (low, high), theta);
    }

    /// The needs differ a little at the new angles: pushes cards on that come too near, first forwards and then back.
    fn repair(&self, row: &Row, (low, high): (f64, f64), theta: &mut [f64]) {
        let mut ray = low;
        for &v in &row.cards {
            let stand = self.stand(row, v);
            let at = &mut theta[v as usize];
            let (before, mut behind) = stand.to_rays(at.sin_cos());
            if *at - before < ray {
                *at = at.max(ray + stand.beside(ray));
                behind = stand.to_ray(*at, 1.0);
            }
            ray = *at + behind;
        }
        if ray <= high {
            return;
        }
        ray = high;
        for &v in row.cards.iter().rev() {
            let stand = self.stand(row, v);
            let at = &mut theta[v as usize];
            *at = at.min(ray - stand.beside(ray));
            ray = *at - stand.to_ray(*at, -1.0);
        }
        if ray >= low - 1e-9 {
            return;
        }
        ray = low;
        for &v in &row.cards {
            let stand = self.stand(row, v);
            theta[v as usize] = ray + stand.beside(ray);
            ray = theta[v as usize] + stand.to_ray(theta[v as usize], 1.0);
        }
    }
}
