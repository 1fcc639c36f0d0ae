//! How loss grows towards one customer, layer by layer, and what a single handoff spoils further on.

use std::collections::{BTreeSet, VecDeque};

use super::graph::{Chain, Walk};
use super::quality::Figure;
use crate::model::{Document, Handoff, HandoffId, PartyId, PartyKind};

/// What is lost on the way out of one layer, and on the whole way to there. All shares are fractions.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Step {
    /// The layer of those who give, counted from the customer.
    pub layer: usize,
    /// How many parties give from there.
    pub parties: usize,
    /// Critical forward handoffs that they give and that can reach the customer.
    pub handoffs: usize,
    /// Product of their %C&A.
    pub complete_accurate: Figure,
    /// Product of their on-time shares.
    pub on_time: Figure,
    /// Product of the %C&A of these handoffs and of all from layers further out.
    pub complete_accurate_so_far: Figure,
    /// Product of the on-time shares of these handoffs and of all from layers further out.
    pub on_time_so_far: Figure,
}

/// The steps of the snowball, from the outermost layer to the one that gives to the customer.
///
/// Every critical forward handoff that can reach the customer belongs to the layer of its giver, whichever way it goes
/// from there; so the last step's products are the rolled shares at the customer. `layers` are those of the nodes around
/// the customer (see [`super::layers::nearest_nodes`]). O(V + E).
pub fn snowball(chain: &Chain<'_>, upstream: &Walk, layers: &[Option<usize>]) -> Vec<Step> {
    steps(chain, upstream, |giver| layers[upstream.order[giver]])
}

/// [`snowball`] with the layer of each position of the walk.
pub(super) fn steps(chain: &Chain<'_>, upstream: &Walk, layer: impl Fn(usize) -> Option<usize>) -> Vec<Step> {
    let numbers = chain.numbers();
    let mut steps: Vec<Step> = Vec::new();
    let mut given = vec![false; upstream.len()];
    // In the order of names: rounding must not tell in which order records came about.
    for way in upstream.ways().iter().filter(|way| numbers.critical[way.link()]) {
        let Some(layer) = layer(way.from()) else { continue };
        if steps.len() <= layer {
            steps.resize_with(layer + 1, Step::default);
        }
        let step = &mut steps[layer];
        step.parties += usize::from(!std::mem::replace(&mut given[way.from()], true));
        step.handoffs += 1;
        step.complete_accurate.multiply(numbers.complete_accurate[way.link()]);
        step.on_time.multiply(numbers.on_time[way.link()]);
    }
    let mut so_far = (Figure::default(), Figure::default());
    let numbered = steps.into_iter().enumerate().rev().filter(|(_, step)| step.handoffs > 0);
    let whole = |(layer, step): (usize, Step)| {
        so_far = (so_far.0.times(step.complete_accurate), so_far.1.times(step.on_time));
        Step { layer, complete_accurate_so_far: so_far.0, on_time_so_far: so_far.1, ..step }
    };
    numbered.map(whole).collect()
}

/// Everything downstream of a handoff: what its failure reaches.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Spoiled {
    /// The parties, its receiver first, then in the order they are reached.
    pub parties: Vec<PartyId>,
    /// The forward handoffs, itself not among them.
    pub handoffs: Vec<HandoffId>,
}

/// What a critical forward handoff spoils when it fails; a handoff that is not critical spoils nothing.
///
/// It is asked for wherever the pointer comes, so it walks the records themselves: O(what is spoiled · log E).
pub fn spoils(document: &Document, handoff: HandoffId) -> Spoiled {
    let mut spoiled = Spoiled::default();
    let given = |handoff: &Handoff| handoff.customer.filter(|_| handoff.is_forward() && handoff.supplier.is_some());
    let failing = document.handoff(handoff).filter(|handoff| handoff.critical);
    let Some(receiver) = failing.and_then(|handoff| given(handoff)) else { return spoiled };
    let mut seen = BTreeSet::from([receiver]);
    let mut queue = VecDeque::from([receiver]);
    while let Some(party) = queue.pop_front() {
        spoiled.parties.push(party);
        // What an external customer gives is made of something else than what it receives.
        if document.party(party).is_some_and(|party| party.kind == PartyKind::Customer) {
            continue;
        }
        for (id, next) in document.outputs(party).filter_map(|(id, handoff)| Some((id, given(handoff)?))) {
            if id != handoff {
                spoiled.handoffs.push(id);
            }
            if seen.insert(next) {
                queue.push_back(next);
            }
        }
    }
    spoiled
}
