//! The order of blocks from suppliers to customers: layers by the longest way to an external customer.

use std::collections::BTreeMap;

use crate::model::{Document, Party, PartyId, PartyKind};

/// The layer of every party that reaches an external customer, by the longest way: 0 for these customers, else 1 more
/// than the largest of those it gives to; handoffs that close a loop are left out.
///
/// The same numbers as the onion's, from the same walk against the flow in the order of names.
pub(super) fn longest_layers(document: &Document) -> BTreeMap<PartyId, usize> {
    let flow = Flow::new(document);
    let (order, left_out) = flow.walk();
    let mut layers: Vec<Option<usize>> = vec![None; flow.parties.len()];
    for &party in order.iter().rev() {
        let kept = flow.outgoing[party].iter().filter(|link| !left_out[**link]);
        let further_in = kept.filter_map(|link| layers[flow.links[*link].1]).max();
        layers[party] = if flow.is_customer(party) { Some(0) } else { further_in.map(|layer| layer + 1) };
    }
    flow.parties.iter().zip(layers).filter_map(|((id, _), layer)| Some((*id, layer?))).collect()
}

/// Forward handoffs between parties, as indices in the order of names.
struct Flow<'a> {
    parties: Vec<(PartyId, &'a Party)>,
    /// Giver and receiver. Nothing is followed through an external customer, so what these give is not among them.
    links: Vec<(usize, usize)>,
    incoming: Vec<Vec<usize>>,
    outgoing: Vec<Vec<usize>>,
}

impl<'a> Flow<'a> {
    fn new(document: &'a Document) -> Self {
        let mut parties: Vec<(PartyId, &Party)> = document.parties().map(|(id, party)| (id, &**party)).collect();
        parties.sort_by(|(ida, a), (idb, b)| {
            (&a.name, a.kind, &a.department, ida).cmp(&(&b.name, b.kind, &b.department, idb))
        });
        let index: BTreeMap<PartyId, usize> = parties.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
        let forward = document.handoffs().filter(|(_, handoff)| handoff.is_forward());
        let ends = forward.filter_map(|(id, handoff)| {
            let (from, to) = handoff.ends()?;
            Some((*index.get(&from)?, *index.get(&to)?, &handoff.item, id))
        });
        let mut sorted: Vec<_> = ends.filter(|(from, ..)| parties[*from].1.kind != PartyKind::Customer).collect();
        sorted.sort();
        let links: Vec<(usize, usize)> = sorted.into_iter().map(|(from, to, ..)| (from, to)).collect();
        let (mut incoming, mut outgoing) = (vec![Vec::new(); parties.len()], vec![Vec::new(); parties.len()]);
        for (link, (from, to)) in links.iter().enumerate() {
            outgoing[*from].push(link);
            incoming[*to].push(link);
        }
        Self { parties, links, incoming, outgoing }
    }

    fn is_customer(&self, party: usize) -> bool {
        self.parties[party].1.kind == PartyKind::Customer
    }

    /// Depth-first from the customers against the flow: parties after all that feed them, and for each link whether it
    /// closes a loop.
    fn walk(&self) -> (Vec<usize>, Vec<bool>) {
        let (mut order, mut left_out) = (Vec::new(), vec![false; self.links.len()]);
        let (mut seen, mut open) = (vec![false; self.parties.len()], vec![false; self.parties.len()]);
        let mut stack: Vec<(usize, usize)> = Vec::new();
        for root in (0..self.parties.len()).filter(|party| self.is_customer(*party)) {
            if !std::mem::replace(&mut seen[root], true) {
                open[root] = true;
                stack.push((root, 0));
            }
            while let Some((party, next)) = stack.last_mut() {
                let (party, position) = (*party, *next);
                *next += 1;
                let Some(&link) = self.incoming[party].get(position) else {
                    open[party] = false;
                    order.push(party);
                    stack.pop();
                    continue;
                };
                let giver = self.links[link].0;
                left_out[link] = open[giver];
                if !std::mem::replace(&mut seen[giver], true) {
                    open[giver] = true;
                    stack.push((giver, 0));
                }
            }
        }
        (order, left_out)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::random_map;
    use super::*;

    #[test]
    fn layers_are_those_of_the_onion() {
        use crate::analysis::{Chain, layers};
        for seed in 0..60 {
            let document = random_map(seed);
            let chain = Chain::new(&document);
            let whole = layers::longest(&chain, &chain.whole());
            let expected = chain.parties().iter().zip(whole).filter_map(|((id, _), layer)| Some((*id, layer?)));
            assert_eq!(longest_layers(&document), expected.collect(), "map {seed}");
        }
    }
}
