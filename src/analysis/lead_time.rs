//! Lead time to a party: the longest path of process times and waits, and what it is made of.

use super::graph::{Chain, Walk};
use super::quality::Figure;
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
#[derive(Clone, Copy, Default)]
struct Best {
    hours: f64,
    handoffs: usize,
    last: Option<usize>,
}

/// The lead time to the party that `upstream` ends in: max over paths of Σ PT of processes + Σ wait of handoffs.
///
/// Of equally long paths the one with more handoffs counts, then the first by name. Only processes have a PT. O(V + E).
pub fn lead_time(chain: &Chain<'_>, upstream: &Walk) -> LeadTime {
    let Some(&end) = upstream.order.last() else { return LeadTime::default() };
    let mut best = vec![Best::default(); chain.nodes_len()];
    let mut times = Figure::default();
    for &node in &upstream.order {
        let party = chain.parties()[chain.party_at(node)].1;
        let is_process = party.kind == PartyKind::Process;
        if is_process {
            times.count(party.process_time_h);
        }
        for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
            let Some((giver, _)) = chain.flow(link) else { continue };
            let wait = chain.links()[link].handoff.wait_h;
            times.count(wait);
            let (hours, handoffs) = (best[giver].hours + wait.unwrap_or(0.0), best[giver].handoffs + 1);
            if (hours, handoffs) > (best[node].hours, best[node].handoffs) {
                best[node] = Best { hours, handoffs, last: Some(link) };
            }
        }
        if is_process {
            best[node].hours += party.process_time_h.unwrap_or(0.0);
        }
    }
    times.value = (times.known > 0).then_some(best[end].hours);
    let left_out = upstream.loops.iter().map(|found| chain.links()[found.closing].id).collect();
    LeadTime { hours: times, left_out, ..critical_path(chain, &best, end) }
}

/// Follows the best path back from its end.
fn critical_path(chain: &Chain<'_>, best: &[Best], end: usize) -> LeadTime {
    let (mut nodes, mut links) = (vec![end], Vec::new());
    let mut node = end;
    while let Some((link, (giver, _))) = best[node].last.and_then(|link| Some((link, chain.flow(link)?))) {
        links.push(link);
        nodes.push(giver);
        node = giver;
    }
    let on_path = |node: &usize| chain.parties()[chain.party_at(*node)];
    let processes = || nodes.iter().rev().map(on_path).filter(|(_, party)| party.kind == PartyKind::Process);
    if links.is_empty() && processes().next().is_none() {
        return LeadTime::default();
    }
    LeadTime {
        process_time: Figure::sum(processes().map(|(_, party)| party.process_time_h)),
        value_adding: Figure::sum(processes().map(|(_, party)| value_adding_time(party))),
        wait: Figure::sum(links.iter().rev().map(|link| chain.links()[*link].handoff.wait_h)),
        parties: nodes.iter().rev().map(|node| on_path(node).0).collect(),
        handoffs: links.iter().rev().map(|link| chain.links()[*link].id).collect(),
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
