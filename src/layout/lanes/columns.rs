//! All parties of the map in common columns: the layers of the chain, whatever their lanes.

use std::collections::BTreeMap;

use super::super::layered::layers::Layers;
use super::super::layered::part::{self, Members, Part};
use super::super::layered::{acyclic, rank};
use super::super::{LayerHint, Request};

/// The whole map as one part, and the lane of each of its cards.
#[derive(Debug, Clone, Default)]
pub(super) struct Whole {
    /// Cards are nodes by their numbers.
    pub(super) part: Part,
    /// The links as edges by their numbers.
    pub(super) edges: Vec<usize>,
    /// The column of each card.
    pub(super) rank: Vec<u32>,
    /// For each link, whether it closes a loop.
    pub(super) reversed: Vec<bool>,
}

impl Whole {
    /// Connected parts get their layers; those that end with an external customer all end in the last column.
    pub(super) fn new(request: &Request, lane: &[usize]) -> Self {
        let parts = part::parts(request);
        let mut edges: Vec<usize> = parts.iter().flat_map(|members| members.edges.iter().copied()).collect();
        edges.sort_unstable();
        let mut index = vec![0; request.nodes.len()];
        let mut rank = vec![0; request.nodes.len()];
        let mut turned = vec![false; request.edges.len()];
        let (connected, alone): (Vec<&Members>, Vec<&Members>) = parts.iter().partition(|m| !m.edges.is_empty());
        for members in &connected {
            let part = Part::new(request, members, &mut index);
            let reversed = acyclic::turned(&part);
            for (&node, r) in members.nodes.iter().zip(rank::ranks(&part, &reversed)) {
                rank[node] = r;
            }
            for (&edge, reversed) in members.edges.iter().zip(reversed) {
                turned[edge] = reversed;
            }
        }
        let last = rank.iter().copied().max().unwrap_or(0);
        for members in &connected {
            let ends = members.nodes.iter().any(|&node| request.nodes[node].layer_hint == LayerHint::Last);
            let most = members.nodes.iter().map(|&node| rank[node]).max().unwrap_or(0);
            for &node in members.nodes.iter().filter(|_| ends) {
                rank[node] += last - most;
            }
        }
        seat(request, &alone, lane, last, &mut rank);
        let all = Members { nodes: (0..request.nodes.len()).collect(), edges };
        let part = Part::new(request, &all, &mut index);
        let reversed = all.edges.iter().map(|&edge| turned[edge]).collect();
        Self { part, edges: all.edges, rank, reversed }
    }
}

/// Single nodes go where their lane has the fewest cards.
fn seat(request: &Request, alone: &[&Members], lane: &[usize], last: u32, rank: &mut [u32]) {
    let mut used: BTreeMap<(usize, u32), usize> = BTreeMap::new();
    let single: Vec<usize> = alone.iter().flat_map(|members| members.nodes.iter().copied()).collect();
    let mut is_single = vec![false; rank.len()];
    for &node in &single {
        is_single[node] = true;
    }
    for node in (0..rank.len()).filter(|&node| !is_single[node]) {
        *used.entry((lane[node], rank[node])).or_default() += 1;
    }
    // Where each lane's search goes on: columns before hold as many cards as the fullest so far.
    let mut next: BTreeMap<usize, (u32, usize)> = BTreeMap::new();
    for node in single {
        let column = match request.nodes[node].layer_hint {
            LayerHint::First => 0,
            LayerHint::Last => last,
            LayerHint::None => {
                let (column, most) = next.entry(lane[node]).or_insert((0, 1));
                while used.get(&(lane[node], *column)).is_some_and(|count| count >= most) {
                    *column += 1;
                    if *column > last {
                        (*column, *most) = (0, *most + 1);
                    }
                }
                *column
            }
        };
        rank[node] = column;
        *used.entry((lane[node], column)).or_default() += 1;
    }
}

/// The lane of each vertex: a long link runs in the lane of that end where fewer cards are in its way.
pub(super) fn lanes_of(layers: &Layers, lane: &[usize]) -> Vec<usize> {
    let mut used: BTreeMap<(usize, u32), usize> = BTreeMap::new();
    for (card, &lane) in lane.iter().enumerate() {
        *used.entry((lane, layers.rank[card])).or_default() += 1;
    }
    let mut lanes = lane.to_vec();
    lanes.resize(layers.len(), 0);
    for strand in layers.strands.iter().filter(|strand| strand.bends > 0) {
        let (low, high) = (lane[strand.low as usize], lane[strand.high as usize]);
        let bends = strand.bend as usize..(strand.bend + strand.bends) as usize;
        let crowd = |lane: usize| -> usize {
            bends.clone().map(|bend| used.get(&(lane, layers.rank[bend])).copied().unwrap_or(0)).sum()
        };
        let chosen = if low == high || crowd(low) <= crowd(high) { low } else { high };
        lanes[bends].fill(chosen);
    }
    lanes
}
