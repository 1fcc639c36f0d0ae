//! Shortens links as a whole: the network simplex method of Gansner, Koutsofios, North and Vo (1993).
//!
//! A spanning tree of arcs as short as they may be fixes the ranks. A tree arc whose removal would let more weight be
//! shortened than lengthened leaves; the shortest arc across the gap enters. The cut value of a tree arc is the surplus
//! of outputs of the part that hangs on it, so only the sums on the path between both arcs change.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::lists::Lists;

/// How many vertices and arcs may be looked at; the ranks are feasible whenever it stops.
const PATIENCE: usize = 2_000_000;
/// How many promising tree arcs are compared before the best of them leaves.
const CHOICE: usize = 30;
const NONE: u32 = u32::MAX;

/// Demands `rank[to] >= rank[from] + least`; each step more costs `weight`.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Arc {
    pub(super) from: u32,
    pub(super) to: u32,
    pub(super) weight: i64,
    pub(super) least: i32,
}

/// Lowers the sum of weight × length. The arcs hold all vertices together, and `rank` keeps their demands.
pub(super) fn shorten(arcs: &[Arc], rank: &mut [i32]) {
    let tree = tighten_tree(arcs, rank);
    if tree.len() == arcs.len() {
        return; // Nothing could be shorter.
    }
    let mut simplex = Simplex::new(arcs, rank, tree);
    while simplex.work < PATIENCE {
        let Some(leaving) = simplex.leaving() else { break };
        let Some(entering) = simplex.entering(leaving) else { break };
        simplex.exchange(leaving, entering);
    }
}

/// Slack of an arc: how much shorter it could be.
fn slack(arc: &Arc, rank: &[i32]) -> i32 {
    rank[arc.to as usize] - rank[arc.from as usize] - arc.least
}

/// Grows a spanning tree of arcs without slack, shifting it as a whole to the next vertex that it cannot reach.
fn tighten_tree(arcs: &[Arc], rank: &mut [i32]) -> Vec<u32> {
    let n = rank.len();
    let touching = touching(n, arcs);
    let (mut inside, mut tree) = (vec![false; n], Vec::with_capacity(n));
    // Keys are slacks as of when the tree had not been shifted at all.
    let mut out: BinaryHeap<Reverse<(i32, u32)>> = BinaryHeap::new();
    let mut into: BinaryHeap<Reverse<(i32, u32)>> = BinaryHeap::new();
    let (mut shift, mut joined_at) = (0, vec![0; n]);
    let mut next = Some(0);
    while let Some(v) = next.take() {
        inside[v] = true;
        joined_at[v] = shift;
        for &i in touching.of(v) {
            let arc = &arcs[i as usize];
            if arc.from as usize == v && !inside[arc.to as usize] {
                out.push(Reverse((slack(arc, rank) + shift, i)));
            } else if arc.to as usize == v && !inside[arc.from as usize] {
                into.push(Reverse((slack(arc, rank) - shift, i)));
            }
        }
        while out.peek().is_some_and(|Reverse((_, i))| inside[arcs[*i as usize].to as usize]) {
            out.pop();
        }
        while into.peek().is_some_and(|Reverse((_, i))| inside[arcs[*i as usize].from as usize]) {
            into.pop();
        }
        let ahead = out.peek().map(|Reverse((key, i))| (key - shift, *i));
        let behind = into.peek().map(|Reverse((key, i))| (key + shift, *i));
        next = match (ahead, behind) {
            (Some((a, i)), b) if b.is_none_or(|(b, _)| a <= b) => {
                shift += a;
                tree.push(i);
                Some(arcs[i as usize].to as usize)
            }
            (_, Some((b, i))) => {
                shift -= b;
                tree.push(i);
                Some(arcs[i as usize].from as usize)
            }
            _ => None,
        };
    }
    for (rank, at) in rank.iter_mut().zip(joined_at) {
        *rank += shift - at;
    }
    tree
}

fn touching(n: usize, arcs: &[Arc]) -> Lists<u32> {
    let ends = arcs.iter().enumerate();
    Lists::group(n, ends.flat_map(|(i, arc)| [(arc.from as usize, i as u32), (arc.to as usize, i as u32)]))
}

struct Simplex<'a> {
    arcs: &'a [Arc],
    rank: &'a mut [i32],
    touching: Lists<u32>,
    /// Tree arcs at each vertex.
    branches: Vec<Vec<u32>>,
    /// The tree arc towards the root (`NONE` at the root).
    up: Vec<u32>,
    /// Vertices in preorder; those of the subtree of `v` stand from `first[v]` to before `end[v]`.
    row: Vec<u32>,
    first: Vec<u32>,
    end: Vec<u32>,
    /// Weight that leaves the subtree of a vertex less weight that enters it.
    surplus: Vec<i64>,
    /// Where the search for a leaving arc goes on.
    cursor: usize,
    work: usize,
    stack: Vec<u32>,
}

impl<'a> Simplex<'a> {
    fn new(arcs: &'a [Arc], rank: &'a mut [i32], tree: Vec<u32>) -> Self {
        let n = rank.len();
        let mut branches = vec![Vec::new(); n];
        for i in tree {
            branches[arcs[i as usize].from as usize].push(i);
            branches[arcs[i as usize].to as usize].push(i);
        }
        let mut surplus = vec![0; n];
        for arc in arcs {
            surplus[arc.from as usize] += arc.weight;
            surplus[arc.to as usize] -= arc.weight;
        }
        let mut new = Self {
            touching: touching(n, arcs),
            arcs,
            rank,
            branches,
            up: vec![NONE; n],
            row: vec![0; n],
            first: vec![0; n],
            end: vec![n as u32; n],
            surplus,
            cursor: 0,
            work: 0,
            stack: Vec::new(),
        };
        new.number(0, 0);
        for at in (1..n).rev() {
            let v = new.row[at] as usize;
            let parent = new.parent(v);
            new.surplus[parent] += new.surplus[v];
        }
        new
    }

    fn other_end(&self, arc: u32, v: usize) -> usize {
        let arc = &self.arcs[arc as usize];
        (if arc.from as usize == v { arc.to } else { arc.from }) as usize
    }

    fn parent(&self, v: usize) -> usize {
        self.other_end(self.up[v], v)
    }

    /// Numbers the subtree of `root` in preorder from `from` on, and points its vertices to the root.
    fn number(&mut self, root: usize, from: u32) {
        let (mut at, mut stack) = (from, std::mem::take(&mut self.stack));
        stack.push(root as u32);
        while let Some(v) = stack.pop() {
            let v = v as usize;
            self.first[v] = at;
            self.row[at as usize] = v as u32;
            at += 1;
            for k in 0..self.branches[v].len() {
                let arc = self.branches[v][k];
                if arc != self.up[v] {
                    let child = self.other_end(arc, v);
                    self.up[child] = arc;
                    stack.push(child as u32);
                }
            }
        }
        self.stack = stack;
        self.work += (at - from) as usize;
        self.close(from, at);
    }

    /// Sets `end` of the vertices that stand from `from` to before `to`: a subtree ends where that of its last child does.
    fn close(&mut self, from: u32, to: u32) {
        for place in from..to {
            let v = self.row[place as usize] as usize;
            self.end[v] = place + 1;
        }
        for place in (from + 1..to).rev() {
            let v = self.row[place as usize] as usize;
            let parent = self.parent(v);
            self.end[parent] = self.end[parent].max(self.end[v]);
        }
    }

    fn below(&self, v: usize, root: usize) -> bool {
        self.first[root] <= self.first[v] && self.first[v] < self.end[root]
    }

    /// The surplus that a vertex's arc to the root cuts off; negative when the arc should become longer.
    fn cut(&self, v: usize) -> i64 {
        let gives = self.arcs[self.up[v] as usize].from as usize == v;
        if gives { self.surplus[v] } else { -self.surplus[v] }
    }

    /// The vertex below the arc that leaves the tree.
    fn leaving(&mut self) -> Option<usize> {
        let (n, mut best, mut found) = (self.rank.len(), None, 0);
        for _ in 0..n {
            self.cursor = if self.cursor + 1 < n { self.cursor + 1 } else { 0 };
            self.work += 1;
            let v = self.cursor;
            if self.up[v] == NONE {
                continue;
            }
            let cut = self.cut(v);
            if cut < 0 {
                if best.is_none_or(|(least, _)| cut < least) {
                    best = Some((cut, v));
                }
                found += 1;
                if found == CHOICE {
                    break;
                }
            }
        }
        best.map(|(_, v)| v)
    }

    /// The arc with the least slack that leads across the gap against the leaving arc above `v`.
    fn entering(&mut self, v: usize) -> Option<u32> {
        let n = self.rank.len();
        let (first, end) = (self.first[v] as usize, self.end[v] as usize);
        let sub_gives = self.arcs[self.up[v] as usize].from as usize == v;
        let small = end - first <= n / 2;
        let ranges = if small { [first..end, 0..0] } else { [0..first, end..n] };
        // Looked at from the smaller side: does the arc wanted start there?
        let starts_here = sub_gives != small;
        let mut best: Option<(i32, u32)> = None;
        for at in ranges.into_iter().flatten() {
            let u = self.row[at] as usize;
            self.work += self.touching.of(u).len();
            for &i in self.touching.of(u) {
                let arc = &self.arcs[i as usize];
                if (arc.from as usize == u) != starts_here {
                    continue;
                }
                let other = if starts_here { arc.to } else { arc.from } as usize;
                if self.below(other, v) != small {
                    let candidate = (slack(arc, self.rank), i);
                    if best.is_none_or(|best| candidate < best) {
                        best = Some(candidate);
                    }
                }
            }
            if best.is_some_and(|(slack, _)| slack == 0) {
                break;
            }
        }
        best.map(|(_, i)| i)
    }

    /// Puts the entering arc into the tree in place of the one above `v`.
    fn exchange(&mut self, v: usize, entering: u32) {
        let leaving = self.up[v];
        let arc = self.arcs[entering as usize];
        let (inner, outer) = if self.below(arc.from as usize, v) {
            (arc.from as usize, arc.to as usize)
        } else {
            (arc.to as usize, arc.from as usize)
        };
        let by = slack(&arc, self.rank);
        self.shift(v, if arc.from as usize == inner { by } else { -by });
        let (top, cut_off) = (self.parent(v), self.surplus[v]);
        let meeting = self.carry(top, outer, cut_off);
        self.turn(inner, v, cut_off);
        for (old, end) in [(leaving, v), (leaving, top)] {
            self.branches[end].retain(|&branch| branch != old);
        }
        self.branches[inner].push(entering);
        self.branches[outer].push(entering);
        self.number(meeting, self.first[meeting]);
    }

    /// Moves the subtree of `v`, or rather everything else if that is less.
    fn shift(&mut self, v: usize, by: i32) {
        let n = self.rank.len();
        let (first, end) = (self.first[v] as usize, self.end[v] as usize);
        let small = end - first <= n / 2;
        let (ranges, by) = if small { ([first..end, 0..0], by) } else { ([0..first, end..n], -by) };
        if by != 0 {
            for at in ranges.into_iter().flatten() {
                self.rank[self.row[at] as usize] += by;
                self.work += 1;
            }
        }
    }

    /// Takes the surplus that is cut off from the old way to the root to the new one; gives where both meet.
    fn carry(&mut self, old: usize, new: usize, cut_off: i64) -> usize {
        let mut meeting = new;
        while !self.below(old, meeting) {
            self.surplus[meeting] += cut_off;
            meeting = self.parent(meeting);
            self.work += 1;
        }
        let mut v = old;
        while v != meeting {
            self.surplus[v] -= cut_off;
            v = self.parent(v);
            self.work += 1;
        }
        meeting
    }

    /// Makes `inner` the root of the subtree of `v`: the surpluses on the way turn round.
    fn turn(&mut self, inner: usize, v: usize, whole: i64) {
        let (mut u, mut before) = (inner, 0);
        loop {
            let own = self.surplus[u];
            self.surplus[u] = whole - before;
            before = own;
            if u == v {
                break;
            }
            u = self.parent(u);
            self.work += 1;
        }
    }
}
