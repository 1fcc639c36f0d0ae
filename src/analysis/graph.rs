//! The chain as a graph: dense indices in an order that names decide, who feeds whom, and walks against the flow.
//!
//! Every figure is computed over a [`Chain`], built once per document. Parties and handoffs are sorted by what people
//! wrote (ids only part equal names), so no figure depends on ids or on the order in which records came about.
//!
//! An external customer ends the chain in both roles, so it stands in the graph as two *nodes*: one that receives and
//! one that gives. Nothing can then be followed through it, and no figure needs to think of that again.

mod near;
mod numbers;
mod walk;

use super::quality::roughly_sorted;
use crate::model::{Document, Handoff, HandoffId, Party, PartyId, PartyKind};
use near::Near;
pub(super) use numbers::Numbers;
use numbers::inverse;
pub(super) use walk::{Feed, Way};
pub use walk::{Loop, Walk};

/// A handoff of the chain, with its ends as indices into [`Chain::parties`].
#[derive(Debug, Clone, Copy)]
pub struct Link<'a> {
    /// The id of the handoff.
    pub id: HandoffId,
    /// The handoff.
    pub handoff: &'a Handoff,
    /// Who gives.
    pub supplier: Option<usize>,
    /// Who receives.
    pub customer: Option<usize>,
}

/// A document made ready for computing: see the module. Takes O((V + E) log (V + E)) to build.
#[derive(Debug)]
pub struct Chain<'a> {
    document: &'a Document,
    parties: Vec<(PartyId, &'a Party)>,
    links: Vec<Link<'a>>,
    numbers: Numbers<'a>,
    /// The ids of the parties, sorted, and the index of each.
    index: (Vec<PartyId>, Vec<usize>),
    /// The indices of the links in the order of their ids.
    by_id: Vec<usize>,
    /// The nodes that each link leads from and to, when it is a forward one with both ends.
    flows: Vec<Option<(u32, u32)>>,
    /// Forward links by the node that receives.
    incoming: Near,
    /// The same links by the node that gives.
    outgoing: Near,
}

impl<'a> Chain<'a> {
    /// Reads the document.
    pub fn new(document: &'a Document) -> Self {
        Self::read(document, |_, _| ()).0
    }

    /// Reads the document, and something more of each link while it is at hand: see [`Numbers`].
    pub(super) fn read<T: Clone>(
        document: &'a Document,
        mut more: impl FnMut(&Numbers<'a>, &Link<'a>) -> T,
    ) -> (Self, Vec<T>) {
        let (ids, found): (Vec<PartyId>, Vec<&Party>) = document.parties().map(|(id, party)| (id, &**party)).unzip();
        let mut numbers = Numbers::new(found.len(), document.handoffs_len());
        let order = party_order(&found);
        numbers.parties(found.iter().copied(), &order);
        let parties: Vec<(PartyId, &Party)> = order.iter().map(|at| (ids[*at], found[*at])).collect();
        let index = (ids, inverse(&order));
        let at = |end: Option<PartyId>| Some(index.1[index.0.binary_search(&end?).ok()?]);
        let mut links: Vec<Link<'_>> = Vec::with_capacity(document.handoffs_len());
        let mut all_more = Vec::with_capacity(document.handoffs_len());
        for (id, handoff) in document.handoffs() {
            numbers.link(id, handoff);
            let link = Link { id, handoff, supplier: at(handoff.supplier), customer: at(handoff.customer) };
            all_more.push(more(&numbers, &link));
            links.push(link);
        }
        let order = link_order(&links, parties.len());
        numbers.sort_links(&order);
        let links: Vec<Link<'_>> = order.iter().map(|at| links[*at]).collect();
        let flow = |(link, is_forward): (&Link<'_>, &bool)| {
            let (supplier, customer) = link.supplier.zip(link.customer).filter(|_| *is_forward)?;
            let is_customer = numbers.kind[supplier] == PartyKind::Customer;
            let giving = if is_customer { supplier + parties.len() } else { supplier };
            Some((giving as u32, customer as u32))
        };
        let flows: Vec<Option<(u32, u32)>> = links.iter().zip(&numbers.forward).map(flow).collect();
        let turned = flows.iter().map(|flow| flow.map(|(giver, receiver)| (receiver, giver)));
        let incoming = Near::new(parties.len() * 2, turned);
        let outgoing = Near::new(parties.len() * 2, flows.iter().copied());
        let all_more = order.iter().map(|at| all_more[*at].clone()).collect();
        let by_id = inverse(&order);
        (Self { document, parties, links, numbers, index, by_id, flows, incoming, outgoing }, all_more)
    }

    /// The document this was made of.
    pub fn document(&self) -> &'a Document {
        self.document
    }

    /// All parties, sorted by name, kind, department and id.
    pub fn parties(&self) -> &[(PartyId, &'a Party)] {
        &self.parties
    }

    /// All handoffs, also rework and those that lack an end, sorted by supplier, customer, item and id.
    pub fn links(&self) -> &[Link<'a>] {
        &self.links
    }

    /// What figures are made of, by the indices of parties and links.
    pub(super) fn numbers(&self) -> &Numbers<'a> {
        &self.numbers
    }

    /// The indices of the parties in the order of their ids: that in which the records mostly lie in memory.
    pub(super) fn parties_by_id(&self) -> &[usize] {
        &self.index.1
    }

    /// The indices of the links in the order of their ids.
    pub(super) fn links_by_id(&self) -> &[usize] {
        &self.by_id
    }

    /// The index of a party.
    pub fn index_of(&self, party: PartyId) -> Option<usize> {
        self.index.0.binary_search(&party).ok().map(|at| self.index.1[at])
    }

    /// The indices of the external customers.
    pub fn customers(&self) -> impl Iterator<Item = usize> {
        (0..self.parties.len()).filter(|party| self.is_customer(*party))
    }

    /// True when the party is an external customer.
    pub fn is_customer(&self, party: usize) -> bool {
        self.numbers.kind[party] == PartyKind::Customer
    }

    /// Number of nodes; the node in which a party receives has the index of the party.
    pub fn nodes_len(&self) -> usize {
        self.parties.len() * 2
    }

    /// The party that a node stands for.
    pub fn party_at(&self, node: usize) -> usize {
        if node < self.parties.len() { node } else { node - self.parties.len() }
    }

    /// The node in which a party gives: its own, except that an external customer has another.
    pub fn giving(&self, party: usize) -> usize {
        if self.is_customer(party) { party + self.parties.len() } else { party }
    }

    /// The nodes a link leads from and to, when it is a forward handoff with both ends.
    pub fn flow(&self, link: usize) -> Option<(usize, usize)> {
        self.flows[link].map(|(giver, receiver)| (giver as usize, receiver as usize))
    }

    /// The forward links that end in a node, in the order of [`Chain::links`].
    pub fn incoming(&self, node: usize) -> &[usize] {
        self.incoming.links(node)
    }

    /// The forward links that start in a node, in the order of [`Chain::links`].
    pub fn outgoing(&self, node: usize) -> &[usize] {
        self.outgoing.links(node)
    }

    /// The nodes that feed a node, once for each link of [`Chain::incoming`].
    pub(super) fn givers(&self, node: usize) -> impl Iterator<Item = usize> {
        self.incoming.others(node).iter().map(|giver| *giver as usize)
    }
}

/// The indices of parties, which come by id, in the order of name, kind, department and id.
fn party_order(parties: &[&Party]) -> Vec<usize> {
    let key = |(at, party): (usize, &&Party)| (beginning(&party.name), at);
    let mut keys: Vec<([u64; 3], usize)> = parties.iter().enumerate().map(key).collect();
    let words = |at: usize| (&parties[at].name, parties[at].kind, &parties[at].department);
    keys.sort_unstable_by(|a, b| a.0.cmp(&b.0).then_with(|| words(a.1).cmp(&words(b.1))).then(a.1.cmp(&b.1)));
    keys.into_iter().map(|(_, at)| at).collect()
}

/// The first letters of a name as numbers that sort as they do: most names differ in them.
fn beginning(name: &str) -> [u64; 3] {
    let mut bytes = [[0; 8]; 3];
    for (to, from) in bytes.as_flattened_mut().iter_mut().zip(name.as_bytes()) {
        *to = *from;
    }
    bytes.map(u64::from_be_bytes)
}

/// The indices of links, which come by id, in the order of supplier, customer, item and id.
fn link_order(links: &[Link<'_>], parties: usize) -> Vec<usize> {
    let end = |end: Option<usize>| end.map_or(0, |at| at + 1);
    let ends = |link: &Link<'_>| end(link.supplier) * (parties + 1) + end(link.customer);
    // Pairs of parties are far fewer than there are numbers, so nothing of a key is lost.
    let bits = links.len().next_power_of_two().ilog2();
    let mut order = roughly_sorted(links.iter().map(|link| (ends(link) as u64) << bits), links.len());
    for parallel in order.chunk_by_mut(|a, b| ends(&links[*a]) == ends(&links[*b])) {
        parallel.sort_by_key(|at| &links[*at].handoff.item);
    }
    order
}
