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
        for giver in chain.givers(node) {
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
    longest_around(chain, upstream, |node| node == centre)
}

/// Layers by the longest way to an external customer, so that no forward handoff between layers above 0 stays inside
/// a ring; handoffs that close a loop are left out.
///
/// By party index, as [`nearest`]; connected are exactly the same parties. `whole` is [`Chain::whole`]. O(V + E).
pub fn longest(chain: &Chain<'_>, whole: &Walk) -> Vec<Option<usize>> {
    let parties = chain.parties().len();
    let mut layer = longest_around(chain, whole, |node| node < parties && chain.is_customer(node));
    layer.truncate(parties);
    layer
}

/// The longest way from each node to one of the centres, which have layer 0.
fn longest_around(chain: &Chain<'_>, walk: &Walk, is_centre: impl Fn(usize) -> bool) -> Vec<Option<usize>> {
    let mut layer = vec![None; chain.nodes_len()];
    for (position, &node) in walk.order.iter().enumerate().rev() {
        if is_centre(node) {
            layer[node] = Some(0);
        }
        let Some(further_in) = layer[node] else { continue };
        for feed in walk.into(position) {
            let giver = walk.order[feed.giver()];
            layer[giver] = layer[giver].max(Some(further_in + 1));
        }
    }
    layer
}
