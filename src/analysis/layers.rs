//! The rings of the onion: how many handoffs a party is away from an external customer.

use std::collections::VecDeque;

use super::graph::{Chain, Walk};

/// Layers by the shortest way to an external customer: layer(v) = 1 + min layer(u) over the forward handoffs v → u.
///
/// By party index; external customers have 0, and `None` is *unconnected*: no external customer can be reached. O(V + E).
pub fn nearest(chain: &Chain<'_>) -> Vec<Option<usize>> {
    nearest_to(chain, chain.customers())
}

/// As [`nearest`], around other parties than all the external customers: those have layer 0.
pub fn nearest_to(chain: &Chain<'_>, centre: impl Iterator<Item = usize>) -> Vec<Option<usize>> {
    let mut layer = nearest_nodes(chain, centre);
    layer.truncate(chain.parties().len());
    layer
}

/// As [`nearest_to`], by node: an external customer that also gives has a layer as a giver too.
pub fn nearest_nodes(chain: &Chain<'_>, centre: impl Iterator<Item = usize>) -> Vec<Option<usize>> {
    let mut layer = vec![None; chain.nodes_len()];
    let mut queue: VecDeque<usize> = centre.collect();
    for &customer in &queue {
        layer[customer] = Some(0);
    }
    while let Some(node) = queue.pop_front() {
        for (giver, _) in chain.incoming(node).iter().filter_map(|link| chain.flow(*link)) {
            if layer[giver].is_none() {
                layer[giver] = layer[node].map(|further_in| further_in + 1);
                queue.push_back(giver);
            }
        }
    }
    layer
}

/// As [`longest`], around one party, which has layer 0. `upstream` is its [`Chain::upstream`]. O(V + E).
pub fn longest_to(chain: &Chain<'_>, upstream: &Walk, centre: usize) -> Vec<Option<usize>> {
    let mut layer = longest_nodes(chain, upstream, centre);
    layer.truncate(chain.parties().len());
    layer
}

/// As [`longest_to`], by node: an external customer that also gives has a layer as a giver too.
pub fn longest_nodes(chain: &Chain<'_>, upstream: &Walk, centre: usize) -> Vec<Option<usize>> {
    let mut layer = vec![None; chain.nodes_len()];
    for &node in upstream.order.iter().rev() {
        if node == centre {
            layer[node] = Some(0);
            continue;
        }
        let kept = chain.outgoing(node).iter().filter(|link| !upstream.leaves_out(**link));
        layer[node] = kept.filter_map(|link| layer[chain.flow(*link)?.1]).max().map(|further_in: usize| further_in + 1);
    }
    layer
}

/// Layers by the longest way to an external customer, so that no forward handoff between layers above 0 stays inside
/// a ring; handoffs that close a loop are left out.
///
/// By party index, as [`nearest`]; connected are exactly the same parties. `whole` is [`Chain::whole`]. O(V + E).
pub fn longest(chain: &Chain<'_>, whole: &Walk) -> Vec<Option<usize>> {
    let mut layer = vec![None; chain.nodes_len()];
    for &node in whole.order.iter().rev() {
        let kept = chain.outgoing(node).iter().filter(|link| !whole.leaves_out(**link));
        layer[node] = kept.filter_map(|link| layer[chain.flow(*link)?.1]).max().map(|further_in: usize| further_in + 1);
        if node < chain.parties().len() && chain.is_customer(node) {
            layer[node] = Some(0);
        }
    }
    layer.truncate(chain.parties().len());
    layer
}
