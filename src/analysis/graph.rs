//! The chain as a graph: dense indices in an order that names decide, who feeds whom, and walks against the flow.
//!
//! Every figure is computed over a [`Chain`], built once per document. Parties and handoffs are sorted by what people
//! wrote (ids only part equal names), so no figure depends on ids or on the order in which records came about.
//!
//! An external customer ends the chain in both roles, so it stands in the graph as two *nodes*: one that receives and
//! one that gives. Nothing can then be followed through it, and no figure needs to think of that again.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::model::{Document, Handoff, HandoffId, Party, PartyId, PartyKind};

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
    index: BTreeMap<PartyId, usize>,
    /// Links by the node that receives; only forward ones with both ends.
    incoming: Vec<Vec<usize>>,
    /// The same links by the node that gives.
    outgoing: Vec<Vec<usize>>,
}

/// How many parties of a loop are kept for a sentence about it.
const LOOP_SHOWN: usize = 6;

/// A loop of forward handoffs, found when the handoff that closes it was met.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Loop {
    /// Index of the handoff that is left out so that the loop is open.
    pub closing: usize,
    /// Indices of the parties in the direction of the flow, beginning where the closing handoff ends; at most six.
    pub parties: Vec<usize>,
    /// How many parties the loop has.
    pub length: usize,
}

/// The part of the chain that feeds one or more nodes, in an order to compute in.
#[derive(Debug, Clone, Default)]
pub struct Walk {
    /// Nodes, every one after all that feed it by handoffs that are not left out.
    pub order: Vec<usize>,
    /// The loops met, sorted by the handoff that closes them.
    pub loops: Vec<Loop>,
}

impl Walk {
    /// True when the link is left out because it closes a loop.
    pub fn leaves_out(&self, link: usize) -> bool {
        self.loops.binary_search_by_key(&link, |found| found.closing).is_ok()
    }
}

impl<'a> Chain<'a> {
    /// Reads the document.
    pub fn new(document: &'a Document) -> Self {
        let mut parties: Vec<(PartyId, &Party)> = document.parties().map(|(id, party)| (id, &**party)).collect();
        parties.sort_by(|a, b| party_order(a.1, b.1).then(a.0.cmp(&b.0)));
        let index: BTreeMap<PartyId, usize> = parties.iter().enumerate().map(|(i, (id, _))| (*id, i)).collect();
        let at = |end: Option<PartyId>| end.and_then(|id| index.get(&id).copied());
        let mut links: Vec<Link<'_>> = document
            .handoffs()
            .map(|(id, handoff)| Link { id, handoff, supplier: at(handoff.supplier), customer: at(handoff.customer) })
            .collect();
        links.sort_by(link_order);
        let (incoming, outgoing) = (vec![Vec::new(); parties.len() * 2], vec![Vec::new(); parties.len() * 2]);
        let mut chain = Self { document, parties, links, index, incoming, outgoing };
        for link in 0..chain.links.len() {
            if let Some((giver, receiver)) = chain.flow(link) {
                chain.incoming[receiver].push(link);
                chain.outgoing[giver].push(link);
            }
        }
        chain
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

    /// The index of a party.
    pub fn index_of(&self, party: PartyId) -> Option<usize> {
        self.index.get(&party).copied()
    }

    /// The indices of the external customers.
    pub fn customers(&self) -> impl Iterator<Item = usize> {
        (0..self.parties.len()).filter(|party| self.is_customer(*party))
    }

    /// True when the party is an external customer.
    pub fn is_customer(&self, party: usize) -> bool {
        self.parties[party].1.kind == PartyKind::Customer
    }

    /// Number of nodes; the node in which a party receives has the index of the party.
    pub fn nodes_len(&self) -> usize {
        self.incoming.len()
    }

    /// The party that a node stands for.
    pub fn party_at(&self, node: usize) -> usize {
        node % self.parties.len().max(1)
    }

    /// The node in which a party gives: its own, except that an external customer has another.
    pub fn giving(&self, party: usize) -> usize {
        if self.is_customer(party) { party + self.parties.len() } else { party }
    }

    /// The nodes a link leads from and to, when it is a forward handoff with both ends.
    pub fn flow(&self, link: usize) -> Option<(usize, usize)> {
        let Link { handoff, supplier, customer, .. } = self.links[link];
        if handoff.is_forward() { Some((self.giving(supplier?), customer?)) } else { None }
    }

    /// The forward links that end in a node, in the order of [`Chain::links`].
    pub fn incoming(&self, node: usize) -> &[usize] {
        &self.incoming[node]
    }

    /// The forward links that start in a node, in the order of [`Chain::links`].
    pub fn outgoing(&self, node: usize) -> &[usize] {
        &self.outgoing[node]
    }

    /// The parties and handoffs that feed a party, which itself comes last. O(V + E).
    ///
    /// The walk goes against the flow, so whatever can reach the party still reaches it when the handoffs that close
    /// loops are left out: of a loop, the handoff that leads away from the party again is the one to go.
    pub fn upstream(&self, party: usize) -> Walk {
        self.walk(std::iter::once(party))
    }

    /// Every node of the map: what feeds the external customers, then what feeds dead ends, then the rest.
    ///
    /// As in [`Chain::upstream`], a party that can reach an external customer still does without the closing handoffs.
    pub fn whole(&self) -> Walk {
        let dead_ends = (0..self.nodes_len()).filter(|node| self.outgoing[*node].is_empty());
        self.walk(self.customers().chain(dead_ends).chain(0..self.nodes_len()))
    }

    /// Depth-first against the flow, on a stack of its own: chains may be deeper than the program's.
    fn walk(&self, roots: impl Iterator<Item = usize>) -> Walk {
        const UNSEEN: usize = usize::MAX;
        const DONE: usize = usize::MAX - 1;
        let mut walk = Walk::default();
        // Otherwise the position on the stack.
        let mut state = vec![UNSEEN; self.nodes_len()];
        let mut stack: Vec<(usize, usize)> = Vec::new();
        for root in roots {
            if state[root] == UNSEEN {
                state[root] = 0;
                stack.push((root, 0));
            }
            while let Some((node, next)) = stack.last_mut() {
                let (node, position) = (*node, *next);
                *next += 1;
                let Some(&link) = self.incoming[node].get(position) else {
                    state[node] = DONE;
                    walk.order.push(node);
                    stack.pop();
                    continue;
                };
                let Some((giver, _)) = self.flow(link) else { continue };
                match state[giver] {
                    UNSEEN => {
                        state[giver] = stack.len();
                        stack.push((giver, 0));
                    }
                    DONE => {}
                    start => walk.loops.push(self.loop_on(link, &stack[start..])),
                }
            }
        }
        walk.loops.sort_by_key(|found| found.closing);
        walk
    }

    /// The stack runs against the flow, from the giver of the closing link to its receiver.
    fn loop_on(&self, closing: usize, stack: &[(usize, usize)]) -> Loop {
        let parties = stack.iter().rev().take(LOOP_SHOWN).map(|(node, _)| self.party_at(*node)).collect();
        Loop { closing, parties, length: stack.len() }
    }

    /// A number for each node, equal for nodes that can reach each other (Kosaraju's second pass over the walk of
    /// [`Chain::whole`]).
    pub fn components(&self, whole: &Walk) -> Vec<usize> {
        let mut component = vec![usize::MAX; self.nodes_len()];
        let mut stack = Vec::new();
        for &root in whole.order.iter().rev() {
            stack.push(root);
            while let Some(node) = stack.pop() {
                if component[node] == usize::MAX {
                    component[node] = root;
                    stack.extend(self.outgoing[node].iter().filter_map(|link| Some(self.flow(*link)?.1)));
                }
            }
        }
        component
    }
}

fn party_order(a: &Party, b: &Party) -> Ordering {
    (&a.name, a.kind, &a.department).cmp(&(&b.name, b.kind, &b.department))
}

fn link_order(a: &Link<'_>, b: &Link<'_>) -> Ordering {
    (a.supplier, a.customer, &a.handoff.item, a.id).cmp(&(b.supplier, b.customer, &b.handoff.item, b.id))
}
