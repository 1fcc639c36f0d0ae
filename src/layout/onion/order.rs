//! Which card stands beside which: angles that cross little, by barycentres and exchanges of neighbours.

use std::f64::consts::{FRAC_PI_2, TAU};

use super::ground::{Ground, turned, wrapped};
use super::rings::Rows;

/// Sweeps over the rings, outwards and inwards by turns; fewer for many cards.
const SWEEPS: usize = 16;
const SWEEPS_OF_MANY: usize = 5;
const MANY: usize = 3000;
/// Rounds of exchanges.
const ROUNDS: usize = 8;
const ROUNDS_OF_MANY: usize = 2;
/// With no more edges than this several starts are compared by their crossings.
const MOST_COMPARED: usize = 500;
/// A picture as it was may have so many times the crossings of a new one, and so many more.
const PATIENCE: f64 = 1.2;
const PATIENCE_ALWAYS: usize = 3;
/// Steps of a radian that sorting knows.
const KEYS: f64 = 6e8;
/// What two cards of one department side by side are worth, in crossings.
const TOGETHER: f64 = 0.6;

/// Angles of all cards whose order crosses little.
pub(super) fn best(ground: &Ground, rows: &Rows) -> Vec<f64> {
    let fresh = || {
        let mut starts = vec![tree(ground, &rows.members, false)];
        if ground.edges.len() <= MOST_COMPARED {
            starts.insert(0, tree(ground, &by_group(ground, rows), false));
            starts.push(tree(ground, &rows.members, true));
            starts.push(even(rows, ground.cards.len()));
        }
        starts.into_iter().map(|theta| improved(ground, rows, theta, true))
    };
    let small = ground.edges.len() <= MOST_COMPARED;
    let count = |theta: &Vec<f64>| if small { straight(ground, rows, theta) } else { 0 };
    let known = ground.cards.iter().filter(|card| card.near.is_some()).count();
    if 2 * known < ground.cards.len() || known == 0 {
        return fresh().min_by_key(count).unwrap_or_default();
    }
    let kept = improved(ground, rows, remembered(ground, rows), false);
    if !small {
        return kept;
    }
    let Some(new) = fresh().min_by_key(count) else { return kept };
    let bearable = (count(&new) as f64 * PATIENCE) as usize + PATIENCE_ALWAYS;
    if count(&kept) <= bearable { kept } else { new }
}

/// Each ring with its departments one after the other.
fn by_group(ground: &Ground, rows: &Rows) -> Vec<Vec<u32>> {
    let mut members = rows.members.clone();
    for ring in &mut members {
        ring.sort_by_key(|&v| (ground.cards[v as usize].group, v));
    }
    members
}

/// Each ring in the order of its cards.
fn even(rows: &Rows, cards: usize) -> Vec<f64> {
    let mut theta = vec![0.0; cards];
    for members in &rows.members {
        for (i, &v) in members.iter().enumerate() {
            theta[v as usize] = slot(i, members.len());
        }
    }
    theta
}

/// The middle of place `i` of `n` around the circle.
fn slot(i: usize, n: usize) -> f64 {
    -FRAC_PI_2 + TAU * (i as f64 + 0.5) / n as f64
}

/// As wide a sector for each card as it has followers in a tree of its neighbours; with `last` the last possible one.
fn tree(ground: &Ground, rings: &[Vec<u32>], last: bool) -> Vec<f64> {
    let n = ground.cards.len();
    let mut parent = vec![u32::MAX; n];
    let mut width = vec![1_u32; n];
    for members in rings.iter().rev() {
        for &v in members {
            let ring = ground.cards[v as usize].ring;
            let mut inner = ground.near(v as usize).iter().filter(|&&w| ground.cards[w as usize].ring < ring);
            let found = if last { inner.next_back() } else { inner.next() };
            if let Some(&p) = found {
                parent[v as usize] = p;
                width[p as usize] += width[v as usize];
            }
        }
    }
    let whole: u32 = (0..n).filter(|&v| parent[v] == u32::MAX).map(|v| width[v]).sum();
    let unit = TAU / f64::from(whole.max(1));
    let mut from = -FRAC_PI_2;
    let mut next = vec![0.0; n];
    let mut theta = vec![0.0; n];
    for members in rings {
        for &v in members {
            let v = v as usize;
            let wide = f64::from(width[v]) * unit;
            let start = if parent[v] == u32::MAX { &mut from } else { &mut next[parent[v] as usize] };
            let begin = *start;
            *start += wide;
            theta[v] = begin + wide / 2.0;
            next[v] = begin;
        }
    }
    theta
}

/// The angles before; new cards stand at their neighbours.
fn remembered(ground: &Ground, rows: &Rows) -> Vec<f64> {
    let mut theta = even(rows, ground.cards.len());
    for (card, theta) in ground.cards.iter().zip(&mut theta) {
        *theta = card.near.unwrap_or(*theta);
    }
    for members in &rows.members {
        for &v in members.iter().filter(|&&v| ground.cards[v as usize].near.is_none()) {
            let old = ground.near(v as usize).iter().filter(|&&w| ground.cards[w as usize].near.is_some());
            let sum = old.map(|&w| theta[w as usize].sin_cos()).fold((0.0, 0.0), |s, d| (s.0 + d.0, s.1 + d.1));
            if sum.0.hypot(sum.1) > 1e-6 {
                theta[v as usize] = turned(sum.0.atan2(sum.1));
            }
        }
    }
    theta
}

/// Sweeps (when asked to) and exchanges.
fn improved(ground: &Ground, rows: &Rows, theta: Vec<f64>, sweep: bool) -> Vec<f64> {
    let many = ground.cards.len() > MANY;
    let mut work = Work::new(ground, rows, theta);
    if sweep {
        for i in 0..if many { SWEEPS_OF_MANY } else { SWEEPS } {
            work.sweep(i % 2 == 0);
        }
    }
    for _ in 0..if many { ROUNDS_OF_MANY } else { ROUNDS } {
        if !work.exchange() {
            break;
        }
    }
    work.theta
}

struct Work<'a> {
    ground: &'a Ground,
    order: Vec<Vec<u32>>,
    /// How even each ring is spread: 1 for the fullest, less for those that can follow it.
    even: Vec<f64>,
    theta: Vec<f64>,
    unit: Vec<(f64, f64)>,
    /// The centre has no angle.
    first: usize,
    keys: Vec<u64>,
}

impl<'a> Work<'a> {
    fn new(ground: &'a Ground, rows: &'a Rows, theta: Vec<f64>) -> Self {
        let fills: Vec<f64> = (0..rows.members.len()).map(|k| rows.fill(ground, k)).collect();
        let most = fills.iter().copied().fold(1e-9, f64::max);
        let first = usize::from(!rows.column.is_empty());
        let mut unit: Vec<(f64, f64)> = theta.iter().map(|t| (t.cos(), t.sin())).collect();
        for &(v, _) in &rows.column {
            unit[v as usize] = (0.0, 0.0);
        }
        let mut order = rows.members.clone();
        for ring in &mut order {
            ring.sort_by(|a, b| theta[*a as usize].total_cmp(&theta[*b as usize]).then(a.cmp(b)));
        }
        Self { ground, order, even: fills.iter().map(|f| f / most).collect(), theta, unit, first, keys: vec![] }
    }

    fn sweep(&mut self, outwards: bool) {
        let count = self.order.len();
        for step in self.first..count {
            self.settle(if outwards { step } else { count - 1 + self.first - step });
        }
    }

    /// Sorts a ring by the directions of its cards' neighbours.
    fn settle(&mut self, k: usize) {
        let mut keys = std::mem::take(&mut self.keys);
        keys.clear();
        for &v in &self.order[k] {
            let (mut x, mut y) = (0.0, 0.0);
            for &w in self.ground.near(v as usize) {
                let (ux, uy) = self.unit[w as usize];
                x += ux;
                y += uy;
            }
            let wish = if x.hypot(y) > 1e-6 { turned(y.atan2(x)) } else { self.theta[v as usize] };
            // Angle and card in one number sort fastest.
            keys.push(((wish + FRAC_PI_2) * KEYS) as u64 * (1 << 32) + u64::from(v));
        }
        keys.sort_unstable();
        let n = keys.len();
        for (i, key) in keys.iter().enumerate() {
            let (wish, v) = ((key >> 32) as f64 / KEYS - FRAC_PI_2, *key as u32);
            let angle = wish + self.even[k] * (slot(i, n) - wish);
            self.order[k][i] = v;
            self.theta[v as usize] = angle;
            let (sin, cos) = angle.sin_cos();
            self.unit[v as usize] = (cos, sin);
        }
        self.keys = keys;
    }

    /// Neighbours on a ring change places where that crosses less, or brings departments together; false if none did.
    fn exchange(&mut self) -> bool {
        let mut any = false;
        for k in self.first..self.order.len() {
            let n = self.order[k].len();
            for i in 0..n.saturating_sub(usize::from(n < 3)) {
                let j = (i + 1) % n;
                if i != j && self.gain(k, i, j) > 1e-9 {
                    let (u, v) = (self.order[k][i] as usize, self.order[k][j] as usize);
                    self.order[k].swap(i, j);
                    self.theta.swap(u, v);
                    self.unit.swap(u, v);
                    any = true;
                }
            }
        }
        any
    }

    /// What an exchange of two neighbours is worth, in crossings.
    fn gain(&self, k: usize, i: usize, j: usize) -> f64 {
        let order = &self.order[k];
        let (u, v) = (order[i] as usize, order[j] as usize);
        let middle = self.theta[u] + wrapped(self.theta[v] - self.theta[u]) / 2.0;
        let mut gain = 0;
        for &p in self.ground.near(u) {
            let (p, ring) = (p as usize, self.ground.cards[p as usize].ring);
            if p == v || ring < self.first {
                continue;
            }
            let at = wrapped(self.theta[p] - middle);
            for &q in self.ground.near(v) {
                let q = q as usize;
                let other = self.ground.cards[q].ring;
                if q == u || q == p || other < self.first || (ring > k) != (other > k) {
                    continue;
                }
                let to = wrapped(self.theta[q] - middle);
                gain += i64::from(at > to) - i64::from(at < to);
            }
        }
        let n = order.len();
        let group = |at: usize| self.ground.cards[order[at % n] as usize].group;
        let same = |a: usize, b: usize| f64::from(u8::from(group(a).is_some() && group(a) == group(b)));
        let before = i + n - 1;
        gain as f64 + TOGETHER * (same(before, j) + same(i, j + 1) - same(before, i) - same(j, j + 1))
    }
}

/// Crossings of straight lines between the cards; edges that share a card do not cross. Takes edges² time.
pub(super) fn straight(ground: &Ground, rows: &Rows, theta: &[f64]) -> usize {
    let radius = |v: usize| {
        let range = &rows.of_ring[ground.cards[v].ring];
        rows.list.get(range.start).map_or(0.0, |row| row.radius)
    };
    let spot = |v: u32| (radius(v as usize) * theta[v as usize].cos(), radius(v as usize) * theta[v as usize].sin());
    let side = |a: (f64, f64), b: (f64, f64), c: (f64, f64)| (b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0);
    let lines: Vec<_> = ground.edges.iter().map(|&(a, b, _)| (a, b, spot(a), spot(b))).collect();
    let mut crossings = 0;
    for (i, &(a, b, pa, pb)) in lines.iter().enumerate() {
        for &(c, d, pc, pd) in &lines[i + 1..] {
            if a != c && a != d && b != c && b != d {
                let crosses = side(pa, pb, pc) * side(pa, pb, pd) < 0.0 && side(pc, pd, pa) * side(pc, pd, pb) < 0.0;
                crossings += usize::from(crosses);
            }
        }
    }
    crossings
}
