//! Which links are turned round so that the rest has no loop.
//!
//! Only links inside a strongly connected part (Tarjan 1972) can close a loop. There the cards are put in a row by the
//! greedy rule of Eades, Lin and Smyth (1993), and the links that run against the row are turned.

use std::collections::{BTreeSet, VecDeque};

use super::super::LayerHint;
use super::lists::Lists;
use super::part::Part;

/// How many links may be looked at to take needless turns back.
const SECOND_THOUGHTS: usize = 2_000_000;
/// The old picture's turned links stay if they are no more than one in this many above the fewest found.
const WORSE: usize = 4;

/// For each link, whether it is turned. Back links are not: they shape nothing.
pub(in crate::layout) fn turned(part: &Part) -> Vec<bool> {
    let n = part.cards.len();
    let forward = || part.links.iter().enumerate().filter(|(_, l)| !l.back);
    let knot = knots(n, &Lists::group(n, forward().map(|(_, l)| (l.from, l.to as u32))));
    let knotted: Vec<usize> = forward().filter(|(_, l)| knot[l.from] == knot[l.to]).map(|(i, _)| i).collect();
    let mut turned = vec![false; part.links.len()];
    if knotted.is_empty() {
        return turned;
    }
    turn_against(part, &knotted, &Row::new(part, &knotted).fill(), &mut turned);
    if let Some(before) = as_before(part) {
        let mut kept = vec![false; part.links.len()];
        turn_against(part, &knotted, &before, &mut kept);
        let count = |turned: &[bool]| turned.iter().filter(|turned| **turned).count();
        if count(&kept) <= count(&turned) + count(&turned) / WORSE {
            return kept;
        }
    }
    turned
}

/// Turns the links that run against a row of the cards.
fn turn_against(part: &Part, knotted: &[usize], place: &[i32], turned: &mut [bool]) {
    let against: Vec<usize> =
        knotted.iter().copied().filter(|&i| place[part.links[i].from] > place[part.links[i].to]).collect();
    for &i in &against {
        turned[i] = true;
    }
    take_back(part, knotted, &against, turned);
}

/// The cards in the row of the old picture, if all were on it and no wish of theirs stands against it.
fn as_before(part: &Part) -> Option<Vec<i32>> {
    let along: Vec<f64> = part.cards.iter().map(|card| card.near.map(|spot| spot.along)).collect::<Option<_>>()?;
    let end = |hint| match hint {
        LayerHint::First => 0,
        LayerHint::None => 1,
        LayerHint::Last => 2,
    };
    let mut row: Vec<usize> = (0..along.len()).collect();
    row.sort_by(|&a, &b| {
        let ends = end(part.cards[a].hint).cmp(&end(part.cards[b].hint));
        ends.then(along[a].total_cmp(&along[b])).then(a.cmp(&b))
    });
    let mut place = vec![0; along.len()];
    for (i, v) in row.into_iter().enumerate() {
        place[v] = i as i32;
    }
    Some(place)
}

/// The number of the strongly connected part that each card belongs to (Tarjan, without recursion).
fn knots(n: usize, next: &Lists<u32>) -> Vec<u32> {
    const NONE: u32 = u32::MAX;
    let (mut seen, mut low, mut knot) = (vec![NONE; n], vec![0_u32; n], vec![NONE; n]);
    let (mut time, mut count) = (0, 0);
    let (mut open, mut path): (Vec<u32>, Vec<(u32, u32)>) = (Vec::new(), Vec::new());
    for start in 0..n {
        if seen[start] == NONE {
            path.push((start as u32, 0));
        }
        while let Some((v, at)) = path.pop() {
            let v = v as usize;
            if at == 0 {
                seen[v] = time;
                low[v] = time;
                time += 1;
                open.push(v as u32);
            } else {
                // Back from the child that was entered last.
                let child = next.of(v)[at as usize - 1] as usize;
                if knot[child] == NONE {
                    low[v] = low[v].min(low[child]);
                }
            }
            if let Some(&child) = next.of(v).get(at as usize) {
                path.push((v as u32, at + 1));
                if seen[child as usize] == NONE {
                    path.push((child, 0));
                }
            } else if low[v] == seen[v] {
                while let Some(w) = open.pop() {
                    knot[w as usize] = count;
                    if w as usize == v {
                        break;
                    }
                }
                count += 1;
            }
        }
    }
    knot
}

/// The row that the cards are put into, from both ends.
struct Row {
    out: Lists<u32>,
    into: Lists<u32>,
    /// Links to and from cards that have no place yet.
    outs: Vec<i32>,
    ins: Vec<i32>,
    /// Place in the row; `None` while it has none.
    place: Vec<Option<i32>>,
    /// Cards that neither end can take yet: most surplus of outputs first, ties as on the old picture.
    rest: BTreeSet<(i32, u32, u32)>,
    tie: Vec<u32>,
    /// Cards without inputs, and without outputs, among those that have no place.
    givers: VecDeque<u32>,
    takers: VecDeque<u32>,
    left: i32,
    right: i32,
    hint: Vec<LayerHint>,
}

impl Row {
    fn new(part: &Part, knotted: &[usize]) -> Self {
        let n = part.cards.len();
        let links = || knotted.iter().map(|&i| &part.links[i]);
        let out = Lists::group(n, links().map(|l| (l.from, l.to as u32)));
        let into = Lists::group(n, links().map(|l| (l.to, l.from as u32)));
        let (mut outs, mut ins) = (vec![0; n], vec![0; n]);
        for link in links() {
            outs[link.from] += 1;
            ins[link.to] += 1;
        }
        let mut by_place: Vec<u32> = (0..n as u32).collect();
        let along = |v: u32| part.cards[v as usize].near.map_or(f64::INFINITY, |spot| spot.along);
        by_place.sort_by(|&a, &b| along(a).total_cmp(&along(b)).then(a.cmp(&b)));
        let mut tie = vec![0; n];
        for (i, &v) in by_place.iter().enumerate() {
            tie[v as usize] = i as u32;
        }
        // Cards outside every knot have no links here and take no part.
        let inside = |v: &usize| outs[*v] + ins[*v] > 0;
        let rest = (0..n).filter(inside).map(|v| (ins[v] - outs[v], tie[v], v as u32)).collect();
        Self {
            out,
            into,
            outs,
            ins,
            place: vec![None; n],
            rest,
            tie,
            givers: VecDeque::new(),
            takers: VecDeque::new(),
            left: 0,
            right: 0,
            hint: part.cards.iter().map(|card| card.hint).collect(),
        }
    }

    fn fill(mut self) -> Vec<i32> {
        let inside: Vec<u32> = self.rest.iter().map(|&(_, _, v)| v).collect();
        for &v in &inside {
            match self.hint[v as usize] {
                LayerHint::First => self.put(v, false),
                LayerHint::Last => self.put(v, true),
                LayerHint::None => {}
            }
        }
        loop {
            if let Some(v) = self.takers.pop_front() {
                self.put(v, true);
            } else if let Some(v) = self.givers.pop_front() {
                self.put(v, false);
            } else if let Some(&(_, _, v)) = self.rest.first() {
                self.put(v, false);
            } else {
                break;
            }
        }
        self.place.into_iter().map(|place| place.unwrap_or(0)).collect()
    }

    /// Gives a card the next place at the customers' end or at the suppliers'.
    fn put(&mut self, v: u32, at_end: bool) {
        let i = v as usize;
        if self.place[i].is_some() {
            return;
        }
        self.rest.remove(&(self.ins[i] - self.outs[i], self.tie[i], v));
        if at_end {
            self.right -= 1;
            // All places at this end come after all of the other: there are fewer cards than this.
            self.place[i] = Some(i32::MAX + self.right);
        } else {
            self.left += 1;
            self.place[i] = Some(self.left);
        }
        for k in self.out.range(i) {
            self.lose(self.out.item(k), false);
        }
        for k in self.into.range(i) {
            self.lose(self.into.item(k), true);
        }
    }

    /// A neighbour was placed: one link fewer counts for this card.
    fn lose(&mut self, v: u32, output: bool) {
        let i = v as usize;
        if self.place[i].is_some() {
            return;
        }
        self.rest.remove(&(self.ins[i] - self.outs[i], self.tie[i], v));
        if output {
            self.outs[i] -= 1;
        } else {
            self.ins[i] -= 1;
        }
        self.rest.insert((self.ins[i] - self.outs[i], self.tie[i], v));
        if self.outs[i] == 0 {
            self.takers.push_back(v);
        } else if self.ins[i] == 0 {
            self.givers.push_back(v);
        }
    }
}

/// Turns links back that close no loop after all, as far as the looking does not take too long.
fn take_back(part: &Part, knotted: &[usize], against: &[usize], turned: &mut [bool]) {
    let n = part.cards.len();
    let next = Lists::group(n, knotted.iter().map(|&i| (part.links[i].from, i as u32)));
    let (mut seen, mut stack, mut looked) = (vec![usize::MAX; n], Vec::new(), 0);
    for &candidate in against {
        let (from, to) = (part.links[candidate].from, part.links[candidate].to);
        stack.clear();
        stack.push(to);
        seen[to] = candidate;
        let mut closes = false;
        while let Some(v) = stack.pop() {
            if v == from {
                closes = true;
                break;
            }
            for &i in next.of(v) {
                looked += 1;
                let w = part.links[i as usize].to;
                if !turned[i as usize] && seen[w] != candidate {
                    seen[w] = candidate;
                    stack.push(w);
                }
            }
        }
        if looked > SECOND_THOUGHTS {
            return;
        }
        if !closes {
            turned[candidate] = false;
        }
    }
}
