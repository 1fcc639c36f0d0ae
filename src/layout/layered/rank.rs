//! The layer of each card: links lead to higher layers, and the links are short in all.

use super::super::LayerHint;
use super::lists::Lists;
use super::part::{Part, find};
use super::simplex::{self, Arc};

/// Rounds of nudging.
const NUDGES: usize = 16;

/// The layer of each card, from 0 at the suppliers' end.
///
/// Back links shape nothing, but where only they hold two groups of cards together one of them counts, turned round, so
/// that the receiver of the rework is to the left.
pub(in crate::layout) fn ranks(part: &Part, turned: &[bool]) -> Vec<u32> {
    let n = part.cards.len();
    let mut arcs = shaping(part, turned);
    let all = arcs.iter().map(|arc| arc.weight).sum::<i64>();
    hold_ends(part, &mut arcs, all + 1);
    let ends = arcs.iter().map(|arc| arc.to.max(arc.from) as usize + 1).max().unwrap_or(0).max(n);
    let mut rank = from_customers(ends, &arcs);
    nudge(&arcs, &mut rank);
    simplex::shorten(&arcs, &mut rank);
    rank.truncate(n);
    let lowest = rank.iter().copied().min().unwrap_or(0);
    rank.into_iter().map(|r| (r - lowest) as u32).collect()
}

/// One arc per pair of cards with links that shape the layers, as heavy as they are many.
fn shaping(part: &Part, turned: &[bool]) -> Vec<Arc> {
    let mut pairs = Vec::with_capacity(part.links.len());
    let mut group: Vec<usize> = (0..part.cards.len()).collect();
    for (link, &turned) in part.links.iter().zip(turned).filter(|(link, _)| !link.back) {
        let (from, to) = if turned { (link.to, link.from) } else { (link.from, link.to) };
        pairs.push((from as u32, to as u32));
        let (a, b) = (find(&mut group, from), find(&mut group, to));
        group[a] = b;
    }
    for link in part.links.iter().filter(|link| link.back) {
        let (a, b) = (find(&mut group, link.from), find(&mut group, link.to));
        if a != b {
            group[a] = b;
            pairs.push((link.to as u32, link.from as u32));
        }
    }
    pairs.sort_unstable();
    let mut arcs: Vec<Arc> = Vec::with_capacity(pairs.len());
    for (from, to) in pairs {
        match arcs.last_mut() {
            Some(arc) if (arc.from, arc.to) == (from, to) => arc.weight += 1,
            _ => arcs.push(Arc { from, to, weight: 1, least: 1 }),
        }
    }
    arcs
}

/// Ties external suppliers to the first layer and external customers to the last, by a point beyond each end.
fn hold_ends(part: &Part, arcs: &mut Vec<Arc>, pull: i64) {
    let n = part.cards.len();
    let (mut gives, mut takes) = (vec![false; n], vec![false; n]);
    for arc in arcs.iter() {
        gives[arc.from as usize] = true;
        takes[arc.to as usize] = true;
    }
    let has = |hint| part.cards.iter().any(|card| card.hint == hint);
    let mut beyond = n as u32;
    if has(LayerHint::First) {
        let held = |v: usize| part.cards[v].hint == LayerHint::First;
        for v in (0..n).filter(|&v| held(v) || !takes[v]) {
            arcs.push(Arc { from: beyond, to: v as u32, weight: if held(v) { pull } else { 0 }, least: 0 });
        }
        beyond += 1;
    }
    if has(LayerHint::Last) {
        let held = |v: usize| part.cards[v].hint == LayerHint::Last;
        for v in (0..n).filter(|&v| held(v) || !gives[v]) {
            arcs.push(Arc { from: v as u32, to: beyond, weight: if held(v) { pull } else { 0 }, least: 0 });
        }
    }
}

/// Longest path to the customers' end: each vertex as far right as what it gives to lets it. Ends at 0, the rest below.
fn from_customers(n: usize, arcs: &[Arc]) -> Vec<i32> {
    let into = Lists::group(n, arcs.iter().enumerate().map(|(i, arc)| (arc.to as usize, i as u32)));
    let mut open = vec![0_u32; n];
    for arc in arcs {
        open[arc.from as usize] += 1;
    }
    let mut rank = vec![0; n];
    let mut ready: Vec<usize> = (0..n).filter(|&v| open[v] == 0).collect();
    while let Some(v) = ready.pop() {
        for &i in into.of(v) {
            let arc = &arcs[i as usize];
            let u = arc.from as usize;
            rank[u] = rank[u].min(rank[v] - arc.least);
            open[u] -= 1;
            if open[u] == 0 {
                ready.push(u);
            }
        }
    }
    rank
}

/// Moves single vertices as far as their arcs let them to the side that pulls more, until none moves.
///
/// The simplex method would find these moves too; this finds the many easy ones in linear time.
fn nudge(arcs: &[Arc], rank: &mut [i32]) {
    let n = rank.len();
    let out = Lists::group(n, arcs.iter().map(|arc| (arc.from as usize, *arc)));
    let into = Lists::group(n, arcs.iter().map(|arc| (arc.to as usize, *arc)));
    let pull: Vec<i64> = (0..n)
        .map(|v| out.of(v).iter().map(|a| a.weight).sum::<i64>() - into.of(v).iter().map(|a| a.weight).sum::<i64>())
        .collect();
    for round in 0..NUDGES {
        let mut moved = false;
        for i in 0..n {
            let v = if round % 2 == 0 { i } else { n - 1 - i };
            let to = match pull[v].signum() {
                1 => out.of(v).iter().map(|a| rank[a.to as usize] - a.least).min(),
                -1 => into.of(v).iter().map(|a| rank[a.from as usize] + a.least).max(),
                _ => None,
            };
            if let Some(to) = to.filter(|&to| to != rank[v]) {
                rank[v] = to;
                moved = true;
            }
        }
        if !moved {
            return;
        }
    }
}
