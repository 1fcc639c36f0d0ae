//! Lead time to a party: the longest path of process times and waits, and what it is made of.

use super::graph::{Chain, Feed, Walk, Way};
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

/// The longest path into every position of a walk, its own PT included.
#[derive(Debug)]
pub(super) struct Heads {
    start: Vec<f64>,
    hours: Vec<f64>,
    process: Vec<f64>,
    /// The last link of each path and who gives it.
    last: Vec<Option<Feed>>,
    /// Whether each position is on the longest path into the end of the walk.
    on_path: Vec<bool>,
    /// Every process and handoff, and how many of their times are known.
    times: Figure,
}

impl Heads {
    /// Of equally long paths the one with more handoffs counts, then the first by name. O(V + E).
    pub fn new(chain: &Chain<'_>, upstream: &Walk) -> Self {
        let numbers = chain.numbers();
        let [mut start, mut hours, mut process] = [0; 3].map(|_| vec![0.0; upstream.len()]);
        let (mut handoffs, mut last) = (vec![0_u32; upstream.len()], vec![None; upstream.len()]);
        let mut times = Figure::default();
        for (at, &node) in upstream.order.iter().enumerate() {
            let mut best = (0.0, 0);
            for feed in upstream.into(at) {
                let wait = numbers.wait_h[feed.link()];
                times.count(wait);
                let way = (hours[feed.giver()] + wait.unwrap_or(0.0), handoffs[feed.giver()] + 1);
                if way > best {
                    (best, last[at]) = (way, Some(feed));
                }
            }
            let party = chain.party_at(node);
            if numbers.kind[party] == PartyKind::Process {
                times.count(numbers.process_h[party]);
                process[at] = numbers.process_h[party].unwrap_or(0.0);
            }
            (start[at], hours[at], handoffs[at]) = (best.0, best.0 + process[at], best.1);
        }
        let mut heads = Self { start, hours, process, last, on_path: vec![false; upstream.len()], times };
        let path = heads.path();
        for at in path.iter().map(|feed| feed.giver()).chain(upstream.len().checked_sub(1)) {
            heads.on_path[at] = true;
        }
        heads
    }

    /// Whether a position is on the longest path into the end of the walk.
    pub fn is_on_path(&self, position: usize) -> bool {
        self.on_path[position]
    }

    /// Whether a link is on the longest path into the end of the walk.
    pub fn has_on_path(&self, way: &Way) -> bool {
        self.on_path[way.to()] && self.last[way.to()].is_some_and(|feed| feed.link() == way.link())
    }

    /// The length of the longest path into a position, without its own PT, in hours.
    pub fn start(&self, position: usize) -> f64 {
        self.start[position]
    }

    /// The length of the longest path into a position, its own PT included, in hours.
    pub fn hours(&self, position: usize) -> f64 {
        self.hours[position]
    }

    /// The PT of a position in hours; 0 while it is unknown.
    pub fn process(&self, position: usize) -> f64 {
        self.process[position]
    }

    /// The lead time: the longest path into the end of the walk.
    pub fn whole(&self) -> f64 {
        self.hours.last().copied().unwrap_or(0.0)
    }

    /// The links of the longest path into the end of the walk with the positions of their givers, from the end backwards.
    pub fn path(&self) -> Vec<Feed> {
        let (mut path, mut at) = (Vec::new(), self.hours.len().saturating_sub(1));
        while let Some(feed) = self.last.get(at).copied().flatten() {
            path.push(feed);
            at = feed.giver();
        }
        path
    }

    /// The longest path from each position to the end of the walk, without its own PT. O(V + E).
    pub fn tails(&self, chain: &Chain<'_>, upstream: &Walk) -> Vec<f64> {
        let waits = &chain.numbers().wait_h;
        let mut tails: Vec<f64> = vec![0.0; upstream.len()];
        for at in (0..upstream.len()).rev() {
            let rest = self.process[at] + tails[at];
            for feed in upstream.into(at) {
                tails[feed.giver()] = tails[feed.giver()].max(waits[feed.link()].unwrap_or(0.0) + rest);
            }
        }
        tails
    }
}

/// The lead time to the party that `upstream` ends in: max over paths of Σ PT of processes + Σ wait of handoffs.
///
/// Of equally long paths the one with more handoffs counts, then the first by name. Only processes have a PT. O(V + E).
pub fn lead_time(chain: &Chain<'_>, upstream: &Walk) -> LeadTime {
    lead_time_of(chain, upstream, &Heads::new(chain, upstream))
}

/// [`lead_time`] with the longest paths known.
pub(super) fn lead_time_of(chain: &Chain<'_>, upstream: &Walk, heads: &Heads) -> LeadTime {
    if upstream.len() == 0 {
        return LeadTime::default();
    }
    let mut times = heads.times;
    times.value = (times.known > 0).then_some(heads.whole());
    let left_out = upstream.loops.iter().map(|found| chain.links()[found.closing].id).collect();
    LeadTime { hours: times, left_out, ..critical_path(chain, upstream, heads) }
}

/// What the longest path is made of.
fn critical_path(chain: &Chain<'_>, upstream: &Walk, heads: &Heads) -> LeadTime {
    let path = heads.path();
    let positions: Vec<usize> =
        std::iter::once(upstream.len() - 1).chain(path.iter().map(|feed| feed.giver())).collect();
    let on_path = |at: &usize| chain.parties()[chain.party_at(upstream.order[*at])];
    let processes = || positions.iter().rev().map(on_path).filter(|(_, party)| party.kind == PartyKind::Process);
    if path.is_empty() && processes().next().is_none() {
        return LeadTime::default();
    }
    let links = || path.iter().rev().map(|feed| &chain.links()[feed.link()]);
    LeadTime {
        process_time: Figure::sum(processes().map(|(_, party)| party.process_time_h)),
        value_adding: Figure::sum(processes().map(|(_, party)| value_adding_time(party))),
        wait: Figure::sum(links().map(|link| link.handoff.wait_h)),
        parties: positions.iter().rev().map(|at| on_path(at).0).collect(),
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
