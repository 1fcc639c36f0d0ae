//! Weak points: parties that everything depends on, long chains, loops, and items that many receive.

use super::figures::{more, part, says, section, table, together};
use super::{MOST_ROWS, Told};
use crate::analysis::{Bottleneck, CustomerFigures, LoopFound, SharedItem};
use crate::model::PartyId;
use crate::model::words::count;
use crate::writing::{Block, Side, Words};

/// Most parties that hold a customer up, and most parties of a chain that are named.
const MOST_NECKS: usize = 10;
const MOST_OF_CHAIN: usize = 30;

/// Those of one customer.
pub(super) fn of_customer(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let mut blocks = Vec::new();
    if !figures.bottlenecks.is_empty() {
        let row = |one: &Bottleneck| {
            vec![Words::plain(told.name(one.party)), Words::plain(format!("{} of {}", one.depend, one.of))]
        };
        let head = [("Party", Side::Left), ("Others that reach the customer only through it", Side::Right)];
        let rows = figures.bottlenecks.iter().take(MOST_NECKS).map(row).collect();
        blocks.push(together(vec![section("What everything depends on"), table(head, rows)]));
        blocks.extend(more(figures.bottlenecks.len(), MOST_NECKS));
    }
    let chain = &figures.longest_chain;
    if chain.handoffs.len() > 1 {
        let text = format!("The longest chain has {}: ", count(chain.handoffs.len(), "handoff", "handoffs"));
        blocks.push(says(text + &way(told, &chain.parties, chain.parties.len())));
    }
    blocks
}

/// Those of the map as a whole.
pub(super) fn weak(told: &Told<'_>) -> Vec<Block> {
    let weak = &told.report.weak;
    if weak.loops.is_empty() && weak.shared.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![part("Weak points of the map")];
    if !weak.loops.is_empty() {
        blocks.push(section("Loops of forward handoffs"));
        let row = |one: &LoopFound| {
            let parties = Words::plain(way(told, &one.parties, one.length));
            vec![parties, Words::plain(told.handoff(one.closing))]
        };
        let head = [("Parties", Side::Left), ("Left out, so that the loop is open", Side::Left)];
        blocks.push(table(head, weak.loops.iter().take(MOST_ROWS).map(row).collect()));
        blocks.extend(more(weak.loops.len(), MOST_ROWS));
    }
    if !weak.shared.is_empty() {
        let row = |one: &SharedItem| {
            let counted = [one.receivers, one.suppliers, one.handoffs.len()];
            let counted = counted.map(|count| Words::plain(count.to_string()));
            std::iter::once(Words::plain(one.item.as_str())).chain(counted).collect()
        };
        let head =
            [("Item", Side::Left), ("Receivers", Side::Right), ("Suppliers", Side::Right), ("Handoffs", Side::Right)];
        let rows = weak.shared.iter().take(MOST_ROWS).map(row).collect();
        blocks.push(together(vec![section("Items that several receive"), table(head, rows)]));
        blocks.extend(more(weak.shared.len(), MOST_ROWS));
    }
    blocks
}

/// Names in the direction of the flow; `all` is how many there are.
fn way(told: &Told<'_>, parties: &[PartyId], all: usize) -> String {
    let mut names: Vec<String> = parties.iter().take(MOST_OF_CHAIN).map(|party| told.name(*party)).collect();
    if all > names.len() {
        names.push(format!("… {} more", all - names.len()));
    }
    names.join(" → ")
}
