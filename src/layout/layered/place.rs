//! Where the vertices lie across the flow: near their neighbours, with straight links where there is room.
//!
//! First every layer lies as near to its neighbours as the gaps let it ([`relax`]). Then the bends of a long link, and
//! cards that only have each other, are tied into rows that move as one ([`rows`]).

use super::layers::Layers;
use super::order::Order;
use super::{relax, rows};

/// What the places depend on.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct Room<'a> {
    /// The graph.
    pub(in crate::layout) layers: &'a Layers,
    /// Which vertex lies beside which.
    pub(in crate::layout) order: &'a Order,
    /// Extent across the flow of each vertex.
    pub(in crate::layout) size: &'a [f64],
    /// The least gap between two cards.
    pub(in crate::layout) gap: f64,
}

impl Room<'_> {
    /// The least distance between the middles of two vertices that lie beside each other.
    ///
    /// Lines may come nearer to each other than cards. Two cards with a line between them still keep the whole gap.
    pub(in crate::layout) fn apart(&self, u: u32, v: u32) -> f64 {
        let share = match (self.layers.is_bend(u), self.layers.is_bend(v)) {
            (false, false) => 1.0,
            (true, true) => 0.4,
            _ => 0.6,
        };
        f64::midpoint(self.size[u as usize], self.size[v as usize]) + self.gap * share
    }
}

/// The middle of each vertex across the flow.
pub(in crate::layout) fn across(room: &Room<'_>) -> Vec<f64> {
    let mut at = relax::relaxed(room);
    rows::straighten(room, &mut at);
    at
}
