//! How many pairs of links between two layers cross.

use super::layers::Layers;
use super::part::{Part, Spot};

/// Crossings of the links from each layer to the next, counted as in Barth, Jünger and Mutzel (2002) with a Fenwick
/// tree: O(links × log of the layer's size). A strand counts once for each of its links.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct Counter {
    tree: Vec<u64>,
    ends: Vec<(u32, u32)>,
}

impl Counter {
    /// All crossings of an order.
    pub(in crate::layout) fn total(&mut self, layers: &Layers, order: &[Vec<u32>], pos: &[u32]) -> u64 {
        let mut sum = 0;
        for pair in order.windows(2) {
            sum += self.between(layers, &pair[0], pair[1].len(), pos);
        }
        sum
    }

    /// Crossings of the links from one layer (as it is ordered) to the next, which has `after` vertices.
    pub(in crate::layout) fn between(&mut self, layers: &Layers, layer: &[u32], after: usize, pos: &[u32]) -> u64 {
        self.tree.clear();
        self.tree.resize(after + 1, 0);
        let (mut crossings, mut so_far) = (0, 0);
        for &v in layer {
            self.ends.clear();
            self.ends.extend(layers.after.of(v as usize).iter().map(|near| (pos[near.v as usize], near.weight)));
            // Links from one vertex do not cross: count them all before any is entered.
            for &(end, weight) in &self.ends {
                crossings += u64::from(weight) * (so_far - self.up_to(end));
            }
            for k in 0..self.ends.len() {
                let (end, weight) = self.ends[k];
                self.add(end, u64::from(weight));
                so_far += u64::from(weight);
            }
        }
        crossings
    }

    /// Weight of the links entered that end at or before a position.
    fn up_to(&self, end: u32) -> u64 {
        let (mut i, mut sum) = (end as usize + 1, 0);
        while i > 0 {
            sum += self.tree[i];
            i &= i - 1;
        }
        sum
    }

    fn add(&mut self, end: u32, weight: u64) {
        let mut i = end as usize + 1;
        while i < self.tree.len() {
            self.tree[i] += weight;
            i += i & i.wrapping_neg();
        }
    }
}

/// Crossings of the links drawn as straight lines from middle to middle. Links that share a card do not cross.
pub(in crate::layout) fn straight(part: &Part, places: &[Spot]) -> usize {
    let side = |a: Spot, b: Spot, c: Spot| {
        let turn = (b.along - a.along) * (c.across - a.across) - (b.across - a.across) * (c.along - a.along);
        if turn == 0.0 { 0.0 } else { turn.signum() }
    };
    let mut crossings = 0;
    for (i, first) in part.links.iter().enumerate() {
        let (a, b) = (places[first.from], places[first.to]);
        for second in &part.links[i + 1..] {
            let ends = [second.from, second.to];
            let (c, d) = (places[second.from], places[second.to]);
            let apart = a.along.max(b.along) < c.along.min(d.along) || c.along.max(d.along) < a.along.min(b.along);
            if apart || ends.contains(&first.from) || ends.contains(&first.to) {
                continue;
            }
            if side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0 {
                crossings += 1;
            }
        }
    }
    crossings
}
