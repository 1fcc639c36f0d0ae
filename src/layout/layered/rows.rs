//! Rows: vertices that are tied together to lie straight, and move as one.
//!
//! Steps that must be straight are tied first. That the rows so made fit beside each other is found by projecting in
//! turn on "each row is straight" and "each layer keeps its gaps" (Dykstra 1983). Then rows go to the median of their
//! neighbours, which makes links short, and are tied to a neighbour wherever both can lie straight without a push.

use std::collections::BTreeMap;

use super::layers::Near;
use super::lists::Lists;
use super::place::Room;
use super::relax::Pools;

/// Rounds of projecting.
const PROJECTIONS: usize = 30;
/// Rounds of moving and tying.
const ROUNDS: usize = 4;
/// A row longer than this is not tried for every neighbour of its vertices: that would take too long.
const LONG: usize = 64;
/// So many vertices are looked at to tie rows, and no more.
const PATIENCE: usize = 20_000_000;
const NONE: u32 = u32::MAX;

/// Ties what should be straight, and moves it to where it fits.
pub(super) fn straighten(room: &Room<'_>, at: &mut Vec<f64>) {
    let row = tied(room, at);
    project(room, &row, at);
    fit(room, &row, at);
    let mut rows = Rows::new(room, row, std::mem::take(at));
    for round in 0..ROUNDS {
        rows.shorten(round % 2 == 0);
        rows.tie();
    }
    *at = rows.at;
}

/// The row of each vertex, named by its first: the insides of long links, and cards that only have each other.
///
/// No two ties cross, so the rows have an order.
fn tied(room: &Room<'_>, at: &[f64]) -> Vec<u32> {
    let (layers, pos) = (room.layers, &room.order.pos);
    let mut steps = Vec::new();
    for v in 0..layers.len() as u32 {
        for near in layers.before.of(v as usize) {
            let inside = layers.is_bend(v) && layers.is_bend(near.v);
            let only = layers.before.of(v as usize).len() == 1 && layers.after.of(near.v as usize).len() == 1;
            if inside || only {
                steps.push((!inside, (at[v as usize] - at[near.v as usize]).abs(), near.v, v));
            }
        }
    }
    steps.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
    let mut ties: Vec<BTreeMap<u32, u32>> = vec![BTreeMap::new(); layers.count];
    let mut before = vec![NONE; layers.len()];
    for (_, _, u, v) in steps {
        let ties = &mut ties[layers.rank[u as usize] as usize];
        let (a, b) = (pos[u as usize], pos[v as usize]);
        let crosses_left = ties.range(..a).next_back().is_some_and(|(_, &end)| end > b);
        let crosses_right = ties.range(a..).next().is_some_and(|(_, &end)| end < b);
        if !crosses_left && !crosses_right {
            ties.insert(a, b);
            before[v as usize] = u;
        }
    }
    let mut row: Vec<u32> = (0..layers.len() as u32).collect();
    for &v in room.order.layers.iter().flatten() {
        if before[v as usize] != NONE {
            row[v as usize] = row[before[v as usize] as usize];
        }
    }
    row
}

/// Brings the places near to where the rows are straight and the gaps are kept.
fn project(room: &Room<'_>, row: &[u32], at: &mut [f64]) {
    let mut pools = Pools::default();
    let mut wish = vec![0.0; at.len()];
    let mut means = vec![(0.0, 0.0); at.len()];
    // What the gaps moved each vertex by the last time; the next projection starts without that.
    let mut moved = vec![0.0; at.len()];
    for _ in 0..PROJECTIONS {
        means.fill((0.0, 0.0));
        for (&at, &row) in at.iter().zip(row) {
            means[row as usize].0 += at;
            means[row as usize].1 += 1.0;
        }
        for (v, wish) in wish.iter_mut().enumerate() {
            let (sum, count) = means[row[v] as usize];
            *wish = sum / count + moved[v];
        }
        for layer in &room.order.layers {
            pools.settle(room, layer, at, |v, _| (wish[v as usize], 1.0));
        }
        for (v, moved) in moved.iter_mut().enumerate() {
            *moved = wish[v] - at[v];
        }
    }
}

/// Makes the rows straight and the gaps kept: the middle between pushing everything one way and the other.
fn fit(room: &Room<'_>, row: &[u32], at: &mut [f64]) {
    let n = row.len();
    let pairs = || {
        let beside = room.order.layers.iter().flat_map(|layer| layer.windows(2));
        beside.map(|pair| (row[pair[0] as usize], row[pair[1] as usize], room.apart(pair[0], pair[1])))
    };
    let after = Lists::group(n, pairs().map(|(a, b, apart)| (a as usize, (b, apart))));
    let mut open = vec![0_u32; n];
    for (_, b, _) in pairs() {
        open[b as usize] += 1;
    }
    let mut sorted: Vec<u32> = (0..n as u32).filter(|&v| row[v as usize] == v && open[v as usize] == 0).collect();
    let mut next = 0;
    while next < sorted.len() {
        for &(other, _) in after.of(sorted[next] as usize) {
            open[other as usize] -= 1;
            if open[other as usize] == 0 {
                sorted.push(other);
            }
        }
        next += 1;
    }
    let mut mean = vec![(0.0, 0.0); n];
    for (&at, &row) in at.iter().zip(row) {
        mean[row as usize].0 += at;
        mean[row as usize].1 += 1.0;
    }
    let mean: Vec<f64> = mean.into_iter().map(|(sum, count)| if count > 0.0 { sum / count } else { 0.0 }).collect();
    let (mut up, mut down) = (mean.clone(), mean);
    for &a in &sorted {
        for &(b, apart) in after.of(a as usize) {
            up[b as usize] = up[b as usize].max(up[a as usize] + apart);
        }
    }
    for &a in sorted.iter().rev() {
        for &(b, apart) in after.of(a as usize) {
            down[a as usize] = down[a as usize].min(down[b as usize] - apart);
        }
    }
    for (at, &row) in at.iter_mut().zip(row) {
        *at = f64::midpoint(up[row as usize], down[row as usize]);
    }
}

struct Rows<'a> {
    room: &'a Room<'a>,
    at: Vec<f64>,
    row: Vec<u32>,
    members: Vec<Vec<u32>>,
    wishes: Vec<(f64, f64)>,
    looked: usize,
}

impl<'a> Rows<'a> {
    fn new(room: &'a Room<'a>, row: Vec<u32>, at: Vec<f64>) -> Self {
        let mut members = vec![Vec::new(); row.len()];
        for &v in room.order.layers.iter().flatten() {
            members[row[v as usize] as usize].push(v);
        }
        Self { room, at, row, members, wishes: Vec::new(), looked: 0 }
    }

    /// Between which places a row can move without a push.
    fn free(&self, row: u32) -> (f64, f64) {
        let (mut low, mut high) = (f64::NEG_INFINITY, f64::INFINITY);
        for &v in &self.members[row as usize] {
            let layer = &self.room.order.layers[self.room.layers.rank[v as usize] as usize];
            let pos = self.room.order.pos[v as usize] as usize;
            if pos > 0 {
                low = low.max(self.at[layer[pos - 1] as usize] + self.room.apart(layer[pos - 1], v));
            }
            if let Some(&next) = layer.get(pos + 1) {
                high = high.min(self.at[next as usize] - self.room.apart(v, next));
            }
        }
        (low, high)
    }

    fn move_to(&mut self, row: u32, place: f64) {
        for &v in &self.members[row as usize] {
            self.at[v as usize] = place;
        }
    }

    fn steps(&self, v: u32) -> impl Iterator<Item = &Near> {
        self.room.layers.before.of(v as usize).iter().chain(self.room.layers.after.of(v as usize))
    }

    /// Where the neighbours of a row are, and how hard they pull, by place.
    fn collect_wishes(&mut self, row: u32) {
        let mut wishes = std::mem::take(&mut self.wishes);
        wishes.clear();
        for &v in &self.members[row as usize] {
            let others = self.steps(v).filter(|near| self.row[near.v as usize] != row);
            wishes.extend(others.map(|near| (self.at[near.v as usize], f64::from(near.pull))));
        }
        wishes.sort_by(|a, b| a.0.total_cmp(&b.0));
        self.wishes = wishes;
    }

    /// Moves each row towards the median of its neighbours, or not at all between two medians.
    fn shorten(&mut self, forth: bool) {
        let n = self.row.len() as u32;
        for i in 0..n {
            let row = if forth { i } else { n - 1 - i };
            if self.members[row as usize].is_empty() {
                continue;
            }
            self.collect_wishes(row);
            let Some((first, last)) = median(&self.wishes) else { continue };
            let (low, high) = self.free(row);
            let place = self.at[row as usize].clamp(first, last);
            if low <= high {
                self.move_to(row, place.clamp(low, high));
            }
        }
    }

    /// Ties rows to neighbours where one of them can move to the other's place and no link gets much longer by it.
    fn tie(&mut self) {
        let layers = self.room.layers;
        let mut steps = Vec::new();
        for v in 0..layers.len() as u32 {
            for near in layers.before.of(v as usize) {
                if self.row[v as usize] != self.row[near.v as usize] {
                    let pull = f64::from(near.pull);
                    let bent = (self.at[v as usize] - self.at[near.v as usize]).abs();
                    steps.push((pull, bent, near.v, v));
                }
            }
        }
        steps.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.total_cmp(&b.1)).then((a.2, a.3).cmp(&(b.2, b.3))));
        for (pull, _, u, v) in steps {
            let (a, b) = (self.row[u as usize], self.row[v as usize]);
            let (in_a, in_b) = (self.members[a as usize].len(), self.members[b as usize].len());
            let (short, long) = if in_a <= in_b { (a, b) } else { (b, a) };
            if short == long || self.looked > PATIENCE {
                continue;
            }
            let joined = self.moves(short, self.at[long as usize], pull)
                || in_a.max(in_b) <= LONG && self.moves(long, self.at[short as usize], pull);
            if joined {
                let members = std::mem::take(&mut self.members[short as usize]);
                for &w in &members {
                    self.row[w as usize] = long;
                }
                self.members[long as usize].extend(members);
            }
        }
    }

    /// Moves a row if it can and may.
    fn moves(&mut self, row: u32, place: f64, pull: f64) -> bool {
        self.looked += self.members[row as usize].len();
        let (low, high) = self.free(row);
        if place < low || place > high {
            return false;
        }
        self.collect_wishes(row);
        let length = |at: f64| self.wishes.iter().map(|(wish, pull)| pull * (wish - at).abs()).sum::<f64>();
        // A straight link is worth a little length elsewhere.
        if length(place) > length(self.at[row as usize]) + pull * self.room.gap {
            return false;
        }
        self.move_to(row, place);
        true
    }
}

/// The weighted medians of sorted wishes: all places between the two are as good.
fn median(wishes: &[(f64, f64)]) -> Option<(f64, f64)> {
    let whole: f64 = wishes.iter().map(|wish| wish.1).sum();
    let (mut sum, mut first) = (0.0, None);
    for &(place, weight) in wishes {
        sum += weight;
        if 2.0 * sum >= whole {
            first = first.or(Some(place));
        }
        if 2.0 * sum > whole {
            return first.map(|first| (first, place));
        }
    }
    None
}
