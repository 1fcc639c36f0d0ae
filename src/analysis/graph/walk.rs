//! A walk against the flow: the part of the chain that feeds something, in an order to compute in.
//!
//! What is computed along a walk is held by *position*: the place of a node in [`Walk::order`]. A forward handoff leads
//! from a lower position to a higher one, except when it closes a loop; so no figure needs to ask which are left out.

use super::Chain;

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
    /// Where the feeds of each position begin; one more than there are positions.
    starts: Vec<u32>,
    feeds: Vec<Feed>,
    ways: Vec<Way>,
}

/// A forward link into some position, kept small: there are many.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct Feed {
    link: u32,
    giver: u32,
}

/// A forward link between two positions.
#[derive(Debug, Clone, Copy)]
pub(in crate::analysis) struct Way {
    link: u32,
    from: u32,
    to: u32,
}

impl Feed {
    /// Index of the link.
    pub fn link(self) -> usize {
        self.link as usize
    }

    /// The position of its giver.
    pub fn giver(self) -> usize {
        self.giver as usize
    }
}

impl Way {
    /// Index of the link.
    pub fn link(self) -> usize {
        self.link as usize
    }

    /// The position of its giver.
    pub fn from(self) -> usize {
        self.from as usize
    }

    /// The position of its receiver.
    pub fn to(self) -> usize {
        self.to as usize
    }

    /// False when the link closes a loop and is left out.
    pub fn is_kept(self) -> bool {
        self.from < self.to
    }
}

impl Walk {
    /// True when the link is left out because it closes a loop.
    pub fn leaves_out(&self, link: usize) -> bool {
        self.loops.binary_search_by_key(&link, |found| found.closing).is_ok()
    }

    /// How many positions there are.
    pub(in crate::analysis) fn len(&self) -> usize {
        self.order.len()
    }

    /// All forward links into a position, in the order of [`Chain::links`].
    pub(in crate::analysis) fn all_into(&self, position: usize) -> &[Feed] {
        &self.feeds[self.starts[position] as usize..self.starts[position + 1] as usize]
    }

    /// The forward links into a position without those that close a loop, in the order of [`Chain::links`].
    pub(in crate::analysis) fn into(&self, position: usize) -> impl Iterator<Item = Feed> {
        self.all_into(position).iter().copied().filter(move |feed| feed.giver() < position)
    }

    /// All forward links of the walk, those that close a loop too, in the order of [`Chain::links`].
    pub(in crate::analysis) fn ways(&self) -> &[Way] {
        &self.ways
    }

    /// How many handoffs each position is away from the last one, at least, over all forward links.
    pub(in crate::analysis) fn layers(&self) -> Vec<Option<usize>> {
        let mut layers = vec![None; self.len()];
        let mut queue = Vec::with_capacity(self.len());
        if let Some(last) = layers.last_mut() {
            *last = Some(0);
            queue.push(self.len() - 1);
        }
        let mut met = 0;
        while let Some(&position) = queue.get(met) {
            met += 1;
            for feed in self.all_into(position) {
                let giver = feed.giver();
                if layers[giver].is_none() {
                    layers[giver] = layers[position].map(|layer| layer + 1);
                    queue.push(giver);
                }
            }
        }
        layers
    }

    /// Completes a walk of which order and loops are known; `place` holds the position of each node that was met.
    fn complete(mut self, chain: &Chain<'_>, place: &[u32]) -> Self {
        self.loops.sort_by_key(|found| found.closing);
        self.starts.reserve_exact(self.order.len() + 1);
        self.starts.push(0);
        let mut met = LinkSet::new(chain.links().len());
        for &node in &self.order {
            let givers = chain.incoming.others(node);
            for (&link, &giver) in chain.incoming.links(node).iter().zip(givers) {
                self.feeds.push(Feed { link: link as u32, giver: place[giver as usize] });
                met.insert(link);
            }
            self.starts.push(self.feeds.len() as u32);
        }
        self.ways.reserve_exact(self.feeds.len());
        met.each(|link| {
            if let Some((giver, receiver)) = chain.flow(link) {
                self.ways.push(Way { link: link as u32, from: place[giver], to: place[receiver] });
            }
        });
        self
    }
}

/// Some of the links, given back in their order.
struct LinkSet(Vec<u64>);

impl LinkSet {
    fn new(links: usize) -> Self {
        Self(vec![0; links.div_ceil(64)])
    }

    fn insert(&mut self, link: usize) {
        self.0[link / 64] |= 1 << (link % 64);
    }

    fn each(&self, mut take: impl FnMut(usize)) {
        for (at, word) in self.0.iter().enumerate() {
            let mut left = *word;
            while left != 0 {
                take(at * 64 + left.trailing_zeros() as usize);
                left &= left - 1;
            }
        }
    }
}

/// A node that was not met yet.
const UNSEEN: u32 = u32::MAX;
/// Added to the place on the stack of a node that is being walked; other places are positions.
const OPEN: u32 = 1 << 31;

impl Chain<'_> {
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
        let dead_ends = (0..self.nodes_len()).filter(|node| self.outgoing(*node).is_empty());
        self.walk(self.customers().chain(dead_ends).chain(0..self.nodes_len()))
    }

    /// Depth-first against the flow, on a stack of its own: chains may be deeper than the program's.
    fn walk(&self, roots: impl Iterator<Item = usize>) -> Walk {
        let mut walk = Walk::default();
        let mut place = vec![UNSEEN; self.nodes_len()];
        // Each node with how many of its links were followed.
        let mut stack: Vec<(usize, usize)> = Vec::new();
        for root in roots {
            if place[root] == UNSEEN {
                place[root] = OPEN;
                stack.push((root, 0));
            }
            while let Some((node, next)) = stack.last_mut() {
                let (node, at) = (*node, *next);
                *next += 1;
                let Some(&giver) = self.incoming.others(node).get(at) else {
                    place[node] = walk.order.len() as u32;
                    walk.order.push(node);
                    stack.pop();
                    continue;
                };
                match place[giver as usize] {
                    UNSEEN => {
                        place[giver as usize] = OPEN + stack.len() as u32;
                        stack.push((giver as usize, 0));
                    }
                    open if open >= OPEN => {
                        let link = self.incoming.links(node)[at];
                        walk.loops.push(self.loop_on(link, &stack[(open - OPEN) as usize..]));
                    }
                    _ => {}
                }
            }
        }
        walk.complete(self, &place)
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
                    stack.extend(self.outgoing.others(node).iter().map(|receiver| *receiver as usize));
                }
            }
        }
        component
    }
}
