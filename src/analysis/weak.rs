//! Weak points: single parties that everything depends on, long chains, items that many receive, and loops.

use std::collections::{BTreeMap, BTreeSet};

use petgraph::algo::dominators::simple_fast;
use petgraph::graph::{DiGraph, NodeIndex};

use super::graph::{Chain, Loop, Walk};
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
/// [`MOST_LISTED`].
///
/// They are the dominators in the graph against the flow from the customer (Cooper, Harvey, Kennedy: A simple, fast
/// dominance algorithm, 2001). O(E) for most graphs.
pub fn bottlenecks(chain: &Chain<'_>, upstream: &Walk) -> Vec<Bottleneck> {
    let Some(&end) = upstream.order.last() else { return Vec::new() };
    let mut graph: DiGraph<usize, ()> = DiGraph::with_capacity(upstream.order.len(), upstream.order.len() * 2);
    let mut index: Vec<Option<NodeIndex>> = vec![None; chain.nodes_len()];
    for &node in &upstream.order {
        index[node] = Some(graph.add_node(node));
    }
    for &node in &upstream.order {
        for (giver, _) in chain.incoming(node).iter().filter_map(|link| chain.flow(*link)) {
            if let (Some(receiver), Some(giver)) = (index[node], index[giver]) {
                graph.add_edge(receiver, giver, ());
            }
        }
    }
    let Some(root) = index[end] else { return Vec::new() };
    let dominators = simple_fast(&graph, root);
    // How many nodes are below each in the tree of dominators: givers come before whom they feed in the walk only
    // along some way, so each node counts itself at all that dominate it.
    let mut below = vec![0_usize; graph.node_count()];
    let depth = depths(&graph, root, |node| dominators.immediate_dominator(node));
    let mut deepest: Vec<NodeIndex> = graph.node_indices().collect();
    deepest.sort_by_key(|node| std::cmp::Reverse(depth[node.index()]));
    for node in deepest {
        if let Some(above) = dominators.immediate_dominator(node) {
            below[above.index()] += below[node.index()] + 1;
        }
    }
    let of = graph.node_count() - 1;
    let others = graph.node_indices().filter(|node| *node != root && below[node.index()] > 0);
    let mut found: Vec<(usize, usize)> = others.map(|node| (graph[node], below[node.index()])).collect();
    found.sort_by_key(|(node, depend)| (std::cmp::Reverse(*depend), chain.party_at(*node)));
    found.truncate(MOST_LISTED);
    let bottleneck =
        |(node, depend): (usize, usize)| Bottleneck { party: chain.parties()[chain.party_at(node)].0, depend, of };
    found.into_iter().map(bottleneck).collect()
}

/// The depth of each node in the tree of dominators.
fn depths(graph: &DiGraph<usize, ()>, root: NodeIndex, above: impl Fn(NodeIndex) -> Option<NodeIndex>) -> Vec<usize> {
    const UNKNOWN: usize = usize::MAX;
    let mut depth = vec![UNKNOWN; graph.node_count()];
    depth[root.index()] = 0;
    for node in graph.node_indices() {
        let mut way = vec![node];
        while let Some(last) = way.last().copied()
            && depth[last.index()] == UNKNOWN
        {
            // Everything here is reached from the root, so there is always one above.
            let Some(next) = above(last) else { break };
            way.push(next);
        }
        let known = way.pop().map_or(0, |last| match depth[last.index()] {
            UNKNOWN => 0,
            depth => depth,
        });
        for (further, node) in way.into_iter().rev().enumerate() {
            depth[node.index()] = known + 1 + further;
        }
    }
    depth
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
    let Some(&end) = upstream.order.last() else { return LongestChain::default() };
    let mut best: Vec<(usize, Option<usize>)> = vec![(0, None); chain.nodes_len()];
    for &node in &upstream.order {
        for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
            let Some((giver, _)) = chain.flow(link) else { continue };
            if best[giver].0 + 1 > best[node].0 {
                best[node] = (best[giver].0 + 1, Some(link));
            }
        }
    }
    let (mut parties, mut handoffs, mut node) = (vec![chain.parties()[chain.party_at(end)].0], Vec::new(), end);
    while let Some((link, (giver, _))) = best[node].1.and_then(|link| Some((link, chain.flow(link)?))) {
        handoffs.push(chain.links()[link].id);
        parties.push(chain.parties()[chain.party_at(giver)].0);
        node = giver;
    }
    parties.reverse();
    handoffs.reverse();
    LongestChain { parties, handoffs }
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
    let mut items: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for link in 0..chain.links().len() {
        let name = chain.links()[link].handoff.item.trim();
        if !name.is_empty() && chain.flow(link).is_some() {
            items.entry(name.to_lowercase()).or_default().push(link);
        }
    }
    let item = |links: Vec<usize>| {
        let ends = |end: fn((usize, usize)) -> usize| {
            links.iter().filter_map(|link| chain.flow(*link).map(end)).collect::<BTreeSet<_>>().len()
        };
        SharedItem {
            item: links.first().map(|link| chain.links()[*link].handoff.item.trim().to_owned()).unwrap_or_default(),
            receivers: ends(|(_, receiver)| receiver),
            suppliers: ends(|(giver, _)| giver),
            handoffs: links.iter().map(|link| chain.links()[*link].id).collect(),
        }
    };
    let mut shared: Vec<SharedItem> = items.into_values().map(item).filter(|item| item.receivers > 1).collect();
    shared.sort_by_key(|item| std::cmp::Reverse((item.receivers, item.handoffs.len())));
    shared.truncate(MOST_LISTED);
    shared
}
