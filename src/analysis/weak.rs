//! Weak points: single parties that everything depends on, long chains, items that many receive, and loops.

use std::cmp::Reverse;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::graph::{Chain, Loop, Walk};
use super::quality::roughly_sorted;
use crate::model::{HandoffId, PartyId};

/// Most parties, chains and items of each kind that are listed.
pub const MOST_LISTED: usize = 20;

/// A party that others reach the customer through, and through no other way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bottleneck {
    /// The party.
    pub party: PartyId,
    /// How many other parties reach the customer only through it.
    pub depend: usize,
    /// How many other parties feed the customer at all.
    pub of: usize,
}

/// Parties without which others do not reach the customer, those that most depend on first, then by name; at most
/// [`MOST_LISTED`]. A customer that also gives counts among those who depend.
///
/// They are the dominators in the graph against the flow from the customer (Cooper, Harvey, Kennedy: A simple, fast
/// dominance algorithm, 2001). O(E) for most chains.
pub fn bottlenecks(chain: &Chain<'_>, upstream: &Walk) -> Vec<Bottleneck> {
    let gates = gates(upstream);
    // The gate of a position is above it, so whoever depends on a position is counted there before it counts itself.
    let mut depend = vec![0_usize; upstream.len()];
    for (at, gate) in gates.iter().enumerate() {
        if let Some(gate) = gate {
            depend[*gate] += depend[at] + 1;
        }
    }
    let of = upstream.len().saturating_sub(1);
    let party = |at: usize| chain.party_at(upstream.order[at]);
    let mut found: Vec<(usize, usize)> =
        (0..of).filter(|at| depend[*at] > 0).map(|at| (party(at), depend[at])).collect();
    found.sort_unstable_by_key(|(party, depend)| (Reverse(*depend), *party));
    found.truncate(MOST_LISTED);
    let bottleneck = |(party, depend): (usize, usize)| Bottleneck { party: chain.parties()[party].0, depend, of };
    found.into_iter().map(bottleneck).collect()
}

/// For each position the nearest one that every way from it to the end passes; none for the end itself.
fn gates(upstream: &Walk) -> Vec<Option<usize>> {
    let mut gates: Vec<Option<usize>> = vec![None; upstream.len()];
    loop {
        let mut changed = false;
        for receiver in (0..upstream.len()).rev() {
            for feed in upstream.all_into(receiver).iter().filter(|feed| feed.giver() + 1 < upstream.len()) {
                let gate = gates[feed.giver()].map_or(receiver, |gate| common(&gates, gate, receiver));
                changed |= gates[feed.giver()].replace(gate) != Some(gate);
            }
        }
        // Only what closes a loop can change what was already decided.
        if !changed || upstream.loops.is_empty() {
            return gates;
        }
    }
}

/// The first gate that two positions have in common, or one of them when the other leads there.
fn common(gates: &[Option<usize>], mut a: usize, mut b: usize) -> usize {
    while a != b {
        let lower = a.min(b);
        // The end is the highest, so whatever is lower has a gate.
        let Some(gate) = gates[lower] else { return a.max(b) };
        (a, b) = (gate, a.max(b));
    }
    a
}

/// The chain with the most handoffs that ends at one customer.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LongestChain {
    /// The parties in the direction of the flow, the customer last.
    pub parties: Vec<PartyId>,
    /// The handoffs between them.
    pub handoffs: Vec<HandoffId>,
}

/// The longest chain of what `upstream` ends in; of equally long ones the first by name. O(V + E).
pub fn longest_chain(chain: &Chain<'_>, upstream: &Walk) -> LongestChain {
    let Some(end) = upstream.len().checked_sub(1) else { return LongestChain::default() };
    let (mut handoffs, mut last) = (vec![0_usize; upstream.len()], vec![None; upstream.len()]);
    for at in 0..upstream.len() {
        for feed in upstream.into(at) {
            if handoffs[feed.giver()] + 1 > handoffs[at] {
                (handoffs[at], last[at]) = (handoffs[feed.giver()] + 1, Some(feed));
            }
        }
    }
    let party = |at: usize| chain.parties()[chain.party_at(upstream.order[at])].0;
    let (mut longest, mut at) = (LongestChain { parties: vec![party(end)], handoffs: Vec::new() }, end);
    while let Some(feed) = last[at] {
        longest.handoffs.push(chain.links()[feed.link()].id);
        longest.parties.push(party(feed.giver()));
        at = feed.giver();
    }
    longest.parties.reverse();
    longest.handoffs.reverse();
    longest
}

/// An item that several parties receive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedItem {
    /// What it is called where it is met first.
    pub item: String,
    /// How many parties receive it.
    pub receivers: usize,
    /// How many parties give it.
    pub suppliers: usize,
    /// The forward handoffs that carry it, in the order of names.
    pub handoffs: Vec<HandoffId>,
}

/// A loop of forward handoffs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LoopFound {
    /// The handoff that closes it and is left out.
    pub closing: HandoffId,
    /// Parties in the direction of the flow; of long loops the first few.
    pub parties: Vec<PartyId>,
    /// How many parties it has.
    pub length: usize,
}

/// What is weak on the map as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WeakPoints {
    /// Items with more than one receiver, those with the most first; at most [`MOST_LISTED`].
    pub shared: Vec<SharedItem>,
    /// Loops of forward handoffs, in the order of the handoffs that close them.
    pub loops: Vec<LoopFound>,
}

/// The weak points of the map; `whole` is [`Chain::whole`]. O(E log E).
pub fn weak_points(chain: &Chain<'_>, whole: &Walk) -> WeakPoints {
    let party = |at: &usize| chain.parties()[*at].0;
    let found = |found: &Loop| LoopFound {
        closing: chain.links()[found.closing].id,
        parties: found.parties.iter().map(party).collect(),
        length: found.length,
    };
    WeakPoints { shared: shared(chain), loops: whole.loops.iter().map(found).collect() }
}

/// Items are the same when their names are, but for upper case and space around them.
fn shared(chain: &Chain<'_>) -> Vec<SharedItem> {
    // Numbers of 64 bits for names: that two names of a map have one number will not happen.
    let mut folded = String::new();
    let number = |(at, item): (usize, &&str)| {
        fold_into(&mut folded, item.trim());
        let mut hasher = DefaultHasher::new();
        folded.hash(&mut hasher);
        (!folded.is_empty() && chain.flow(at).is_some()).then(|| (hasher.finish(), at))
    };
    let numbers: Vec<(u64, usize)> = chain.numbers().item.iter().enumerate().filter_map(number).collect();
    let mut order = roughly_sorted(numbers.iter().map(|(number, _)| *number), numbers.len());
    order.sort_by_key(|at| numbers[*at].0);
    let named: Vec<(u64, usize)> = order.into_iter().map(|at| numbers[at]).collect();
    let ends = |links: &[(u64, usize)], end: fn((usize, usize)) -> usize| {
        let mut ends: Vec<usize> = links.iter().filter_map(|(_, link)| chain.flow(*link).map(end)).collect();
        ends.sort_unstable();
        ends.dedup();
        ends.len()
    };
    let several = named.chunk_by(|a, b| a.0 == b.0).filter(|links| links.len() > 1);
    let counted = several.map(|links| ((ends(links, |(_, receiver)| receiver), links.len()), links));
    let mut counted: Vec<_> = counted.filter(|((receivers, _), _)| *receivers > 1).collect();
    counted.sort_by_key(|(counts, _)| Reverse(*counts));
    // Names decide only between the last that are listed and those with as many.
    let last = counted.get(MOST_LISTED - 1).map(|(counts, _)| *counts);
    counted.retain(|(counts, _)| last.is_none_or(|last| *counts >= last));
    let item = |links: &[(u64, usize)]| links.first().map_or("", |(_, link)| chain.numbers().item[*link].trim());
    counted.sort_by_cached_key(|(counts, links)| (Reverse(*counts), item(links).to_lowercase()));
    counted.truncate(MOST_LISTED);
    let shared = counted.into_iter().map(|((receivers, _), links)| SharedItem {
        item: item(links).to_owned(),
        receivers,
        suppliers: ends(links, |(giver, _)| giver),
        handoffs: links.iter().map(|(_, link)| chain.links()[*link].id).collect(),
    });
    shared.collect()
}

/// Replaces a text by a name with all letters small.
fn fold_into(text: &mut String, name: &str) {
    text.clear();
    if name.is_ascii() {
        text.push_str(name);
        text.make_ascii_lowercase();
    } else {
        text.push_str(&name.to_lowercase());
    }
}
