//! The chain: layers from suppliers to external customers, whichever way it runs.

use super::Ask;
use super::net::Net;
use crate::layout::chain::chain;
use crate::layout::{Direction, Node, Request};
use crate::model::Flow;
use crate::scene::card::FULL;
use crate::scene::drawing::Drawing;

/// Least gap between two layers, and between two cards of a layer.
const LAYER_GAP: f32 = 96.0;
const CARD_GAP: f32 = 40.0;

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let net = Net::new(ask.document, ask.fonts, |_| Some(&FULL));
    let node = |knot| Node { size: net.size(knot), near: net.near(knot, ask.before), layer_hint: net.hint(knot) };
    let request = Request {
        nodes: net.knots.iter().map(|knot| node(*knot)).collect(),
        edges: net.edges(),
        direction: match ask.choice.flow {
            Flow::Right => Direction::Right,
            Flow::Down => Direction::Down,
        },
        node_gap: CARD_GAP,
        layer_gap: LAYER_GAP,
    };
    let layout = chain(&request);
    net.drawing(&layout.places, layout.ways)
}
