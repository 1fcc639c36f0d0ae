//! Lead time to a party: the longest path of process times and waits, and what it is made of.

use super::graph::{Chain, Walk};
use super::quality::Figure;
use super::timeline::Without;
use crate::model::{HandoffId, Party, PartyId, PartyKind};

/// The lead time to one party. All times are hours of work.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct LeadTime {
    /// The length of the critical path; `known` and `of` count every process and handoff upstream, as the longest of
    /// all paths is sought. While some time is unknown, the lead time is at least this.
    pub hours: Figure,
    /// PT of the processes on the critical path.
    pub process_time: Figure,
    /// PT of those of them that add value. Unknown where either the time or the value is.
    pub value_adding: Figure,
    /// Wait of the handoffs on the critical path.
    pub wait: Figure,
    /// The parties on the critical path, the party itself last; empty when nothing leads to an external one.
    pub parties: Vec<PartyId>,
    /// The handoffs between them, one fewer.
    pub handoffs: Vec<HandoffId>,
    /// Handoffs that were left out because they close a loop.
    pub left_out: Vec<HandoffId>,
}

impl LeadTime {
    /// True when some time is unknown, so that the true lead time may be longer.
    pub fn is_at_least(&self) -> bool {
        self.hours.value.is_some() && self.hours.is_partial()
    }

    /// Σ PT / LT on the critical path, 0 to 1.
    pub fn activity_ratio(&self) -> Option<f64> {
        self.ratio(self.process_time)
    }

    /// Process cycle efficiency: Σ value-adding PT / LT on the critical path, 0 to 1.
    pub fn pce(&self) -> Option<f64> {
        self.ratio(self.value_adding)
    }

    fn ratio(&self, part: Figure) -> Option<f64> {
        let whole = self.hours.value.filter(|hours| *hours > 0.0)?;
        // Adding up in another order may end a hair above the whole.
        Some((part.value? / whole).clamp(0.0, 1.0))
    }
}

/// The best path into a node: its length, its number of handoffs, and the last of them.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    hours: f64,
    handoffs: usize,
    last: Option<usize>,
}

/// The longest path into every node of a walk, its own PT included.
#[derive(Debug)]
pub(super) struct Heads {
    best: Vec<Best>,
    process: Vec<f64>,
    /// Every process and handoff, and how many of their times are known.
    times: Figure,
}

impl Heads {
    /// Of equally long paths the one with more handoffs counts, then the first by name. O(V + E).
    pub fn new(chain: &Chain<'_>, upstream: &Walk) -> Self {
        Self::without(chain, upstream, None)
    }

    /// As [`Heads::new`], as if one time were 0.
    pub fn without(chain: &Chain<'_>, upstream: &Walk, without: Option<Without>) -> Self {
        let (mut best, mut process) = (vec![Best::default(); chain.nodes_len()], vec![0.0; chain.nodes_len()]);
        let mut times = Figure::default();
        for &node in &upstream.order {
            let party = chain.parties()[chain.party_at(node)].1;
            if party.kind == PartyKind::Process {
                times.count(party.process_time_h);
                let gone = without == Some(Without::Node(node));
                process[node] = party.process_time_h.filter(|_| !gone).unwrap_or(0.0);
            }
            for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
                let Some((giver, _)) = chain.flow(link) else { continue };
                let wait = chain.links()[link].handoff.wait_h;
                times.count(wait);
                let wait = wait.filter(|_| without != Some(Without::Link(link))).unwrap_or(0.0);
                let (hours, handoffs) = (best[giver].hours + wait, best[giver].handoffs + 1);
                if (hours, handoffs) > (best[node].hours, best[node].handoffs) {
                    best[node] = Best { hours, handoffs, last: Some(link) };
                }
            }
            best[node].hours += process[node];
        }
        Self { best, process, times }
    }

    /// The length of the longest path into a node, its own PT included, in hours.
    pub fn hours(&self, node: usize) -> f64 {
        self.best[node].hours
    }

    /// The PT of a node in hours; 0 while it is unknown.
    pub fn process(&self, node: usize) -> f64 {
        self.process[node]
    }

    /// The links of the longest path into a node with their givers, from the node backwards.
    pub fn path(&self, chain: &Chain<'_>, end: usize) -> Vec<(usize, usize)> {
        let (mut path, mut node) = (Vec::new(), end);
        while let Some((link, (giver, _))) = self.best[node].last.and_then(|link| Some((link, chain.flow(link)?))) {
            path.push((link, giver));
            node = giver;
        }
        path
    }

    /// The longest path from each node to the end of the walk, without its own PT. O(V + E).
    pub fn tails(&self, chain: &Chain<'_>, upstream: &Walk) -> Vec<f64> {
        let mut tails: Vec<f64> = vec![0.0; chain.nodes_len()];
        for &node in upstream.order.iter().rev() {
            let rest = self.process[node] + tails[node];
            for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
                if let Some((giver, _)) = chain.flow(link) {
                    tails[giver] = tails[giver].max(chain.links()[link].handoff.wait_h.unwrap_or(0.0) + rest);
                }
            }
        }
        tails
    }
}

/// The lead time to the party that `upstream` ends in: max over paths of Σ PT of processes + Σ wait of handoffs.
///
/// Of equally long paths the one with more handoffs counts, then the first by name. Only processes have a PT. O(V + E).
pub fn lead_time(chain: &Chain<'_>, upstream: &Walk) -> LeadTime {
    let Some(&end) = upstream.order.last() else { return LeadTime::default() };
    let heads = Heads::new(chain, upstream);
    let mut times = heads.times;
    times.value = (times.known > 0).then_some(heads.hours(end));
    let left_out = upstream.loops.iter().map(|found| chain.links()[found.closing].id).collect();
    LeadTime { hours: times, left_out, ..critical_path(chain, &heads, end) }
}

/// What the longest path is made of.
fn critical_path(chain: &Chain<'_>, heads: &Heads, end: usize) -> LeadTime {
    let path = heads.path(chain, end);
    let nodes: Vec<usize> = std::iter::once(end).chain(path.iter().map(|(_, giver)| *giver)).collect();
    let on_path = |node: &usize| chain.parties()[chain.party_at(*node)];
    let processes = || nodes.iter().rev().map(on_path).filter(|(_, party)| party.kind == PartyKind::Process);
    if path.is_empty() && processes().next().is_none() {
        return LeadTime::default();
    }
    let links = || path.iter().rev().map(|(link, _)| &chain.links()[*link]);
    LeadTime {
        process_time: Figure::sum(processes().map(|(_, party)| party.process_time_h)),
        value_adding: Figure::sum(processes().map(|(_, party)| value_adding_time(party))),
        wait: Figure::sum(links().map(|link| link.handoff.wait_h)),
        parties: nodes.iter().rev().map(|node| on_path(node).0).collect(),
        handoffs: links().map(|link| link.id).collect(),
        ..LeadTime::default()
    }
}

/// PT that adds value; a step that adds none has 0, also while its PT is unknown.
fn value_adding_time(party: &Party) -> Option<f64> {
    match (party.value_adding, party.process_time_h) {
        (Some(false), _) => Some(0.0),
        (Some(true), time) => time,
        (None, time) => time.filter(|hours| *hours == 0.0),
    }
}
