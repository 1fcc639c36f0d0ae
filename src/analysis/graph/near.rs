//! Who is next to whom: for each node its links and the nodes at their other ends, in two flat lists.

/// The links of every node on one side of it.
#[derive(Debug, Default)]
pub(super) struct Near {
    /// Where the links of each node begin; one more than there are nodes.
    starts: Vec<u32>,
    links: Vec<usize>,
    others: Vec<u32>,
}

impl Near {
    /// `ends` gives for each link the node it belongs to and the other one; nothing for a link that does not count.
    /// The links of a node stay in the order of links.
    pub fn new(nodes: usize, ends: impl Iterator<Item = Option<(u32, u32)>> + Clone) -> Self {
        let mut starts = vec![0_u32; nodes + 1];
        for (node, _) in ends.clone().flatten() {
            starts[node as usize + 1] += 1;
        }
        for node in 0..nodes {
            starts[node + 1] += starts[node];
        }
        let mut next = starts.clone();
        let count = starts[nodes] as usize;
        let (mut links, mut others) = (vec![0; count], vec![0; count]);
        for (link, end) in ends.enumerate() {
            if let Some((node, other)) = end {
                let at = next[node as usize] as usize;
                next[node as usize] += 1;
                (links[at], others[at]) = (link, other);
            }
        }
        Self { starts, links, others }
    }

    /// The links of a node.
    pub fn links(&self, node: usize) -> &[usize] {
        &self.links[self.range(node)]
    }

    /// The nodes at the other ends of [`Near::links`].
    pub fn others(&self, node: usize) -> &[u32] {
        &self.others[self.range(node)]
    }

    fn range(&self, node: usize) -> std::ops::Range<usize> {
        self.starts[node] as usize..self.starts[node + 1] as usize
    }
}
