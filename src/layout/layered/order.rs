//! The order of the vertices of each layer: where cards were placed before, much like it was, or else with few crossings.

use super::layers::Layers;
use super::part::Part;
use super::search::{Found, Search};
use super::start;

/// A new order replaces the old picture's only if it has fewer crossings than this share of the old order's.
const BETTER: f64 = 0.8;
/// And by more than this many: on a small picture a few crossings are no reason to move everything.
const FEW: f64 = 3.0;

/// An order of all layers.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct Order {
    /// The vertices of each layer.
    pub(in crate::layout) layers: Vec<Vec<u32>>,
    /// The place of each vertex in its layer.
    pub(in crate::layout) pos: Vec<u32>,
}

impl Order {
    /// Layers as given; the places follow.
    pub(in crate::layout) fn new(layers: Vec<Vec<u32>>, vertices: usize) -> Self {
        let mut new = Self { layers, pos: vec![0; vertices] };
        for r in 0..new.layers.len() {
            new.renumber(r);
        }
        new
    }

    /// Each layer sorted by a key of its vertices; ties by their numbers.
    pub(in crate::layout) fn by_key(layers: &Layers, key: &[f64]) -> Self {
        let mut sorted = vec![Vec::new(); layers.count];
        for v in 0..layers.len() {
            sorted[layers.rank[v] as usize].push(v as u32);
        }
        for layer in &mut sorted {
            layer.sort_by(|&a, &b| key[a as usize].total_cmp(&key[b as usize]).then(a.cmp(&b)));
        }
        Self::new(sorted, layers.len())
    }

    /// Sets the places of one layer's vertices.
    pub(in crate::layout) fn renumber(&mut self, r: usize) {
        for (i, &v) in self.layers[r].iter().enumerate() {
            self.pos[v as usize] = i as u32;
        }
    }

    /// Turns the picture over if the order runs rather against the keys (more of them, in layers of any size, descend).
    fn face(&mut self, layers: &Layers, key: &[f64]) {
        let mut agreement = 0_i64;
        for layer in &self.layers {
            let cards = || layer.iter().filter(|&&v| !layers.is_bend(v)).map(|&v| key[v as usize]);
            for (a, b) in cards().zip(cards().skip(1)) {
                agreement += i64::from(a < b) - i64::from(a > b);
            }
        }
        if agreement < 0 {
            for r in 0..self.layers.len() {
                self.layers[r].reverse();
                self.renumber(r);
            }
        }
    }
}

/// Good orders of the layers, the one with the fewest crossings first; a large graph has one.
///
/// Where cards were placed before, their order stays unless new ones are much better.
pub(in crate::layout) fn orders(layers: &Layers, part: &Part) -> Vec<Order> {
    let mut search = Search::new(layers);
    let placed = part.cards.iter().filter(|card| card.near.is_some()).count();
    if placed == 0 || 2 * placed < part.cards.len() {
        let by_number: Vec<f64> = (0..layers.len()).map(|v| v as f64).collect();
        return faced(search.fresh(None), layers, &by_number);
    }
    let (key, anchored) = start::near(layers, part);
    let before = Order::by_key(layers, &key);
    let (crossings, calm) = search.calm(before.clone(), &anchored);
    if crossings == 0 {
        return vec![calm];
    }
    let fresh = search.fresh(Some(before));
    if fresh.first().is_none_or(|(fewer, _)| *fewer as f64 + FEW >= crossings as f64 * BETTER) {
        return vec![calm];
    }
    faced(fresh, layers, &key)
}

fn faced(found: Vec<Found>, layers: &Layers, key: &[f64]) -> Vec<Order> {
    let mut orders: Vec<Order> = found.into_iter().map(|(_, order)| order).collect();
    for order in &mut orders {
        order.face(layers, key);
    }
    orders
}
