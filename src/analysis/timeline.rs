//! The lead time drawn out: when each process starts and ends, what waits before it, and how much later it could be.

use super::graph::{Chain, Feed, Walk, Way};
use super::lead_time::Heads;
use super::quality::roughly_sorted;
use crate::model::{HandoffId, PartyId, PartyKind, Subject};

/// When everything that feeds one customer happens, in hours of work from the start of the longest path.
///
/// Each process starts as soon as all its inputs have come and waited; unknown times are taken as 0.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// Parties by start, then end, then name; the customer last. One that also gives is there twice.
    pub stops: Vec<Stop>,
    /// Forward handoffs between them in the order of names, without those that close a loop.
    pub legs: Vec<Leg>,
}

/// One party on the timeline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stop {
    /// The party.
    pub party: PartyId,
    /// When it starts.
    pub start_h: f64,
    /// Its PT; `None` is unknown, and 0 for external parties.
    pub process_h: Option<f64>,
    /// Whether its PT adds value; only processes say.
    pub value_adding: Option<bool>,
    /// How much longer it could take without making the lead time longer; 0 on the critical path.
    pub slack_h: f64,
    /// Whether it is on the critical path.
    pub on_path: bool,
}

/// One handoff on the timeline.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Leg {
    /// The handoff.
    pub handoff: HandoffId,
    /// When its supplier has done its part.
    pub start_h: f64,
    /// Its wait; `None` is unknown.
    pub wait_h: Option<f64>,
    /// How much longer it could wait without making the lead time longer; 0 on the critical path.
    pub slack_h: f64,
    /// Whether it is on the critical path.
    pub on_path: bool,
}

/// The timeline of what `upstream` ends in. Slack is total float as in the critical path method. O(V log V + E).
pub fn timeline(chain: &Chain<'_>, upstream: &Walk) -> Timeline {
    let heads = Heads::new(chain, upstream);
    timeline_of(chain, upstream, &heads, &heads.tails(chain, upstream))
}

/// [`timeline`] with the longest paths known.
pub(super) fn timeline_of(chain: &Chain<'_>, upstream: &Walk, heads: &Heads, tails: &[f64]) -> Timeline {
    let slack = |used: f64| less(heads.whole(), used);
    let stop = |at: usize| {
        let (party, numbers) = (chain.party_at(upstream.order[at]), chain.numbers());
        let is_process = numbers.kind[party] == PartyKind::Process;
        Stop {
            party: chain.parties()[party].0,
            start_h: heads.start(at),
            process_h: if is_process { numbers.process_h[party] } else { Some(0.0) },
            value_adding: numbers.value_adding[party],
            slack_h: if heads.is_on_path(at) { 0.0 } else { slack(heads.hours(at) + tails[at]) },
            on_path: heads.is_on_path(at),
        }
    };
    let leg = |way: &Way| {
        let wait_h = chain.numbers().wait_h[way.link()];
        let on_path = heads.has_on_path(way);
        let used = heads.hours(way.from()) + wait_h.unwrap_or(0.0) + heads.process(way.to()) + tails[way.to()];
        Leg {
            handoff: chain.numbers().handoff[way.link()],
            start_h: heads.hours(way.from()),
            wait_h,
            slack_h: if on_path { 0.0 } else { slack(used) },
            on_path,
        }
    };
    Timeline {
        stops: by_start(chain, upstream, heads).into_iter().map(stop).collect(),
        legs: upstream.ways().iter().filter(|way| way.is_kept()).map(leg).collect(),
    }
}

/// The positions by start, then end, then name; the end of the walk last.
fn by_start(chain: &Chain<'_>, upstream: &Walk, heads: &Heads) -> Vec<usize> {
    let stops = upstream.len().saturating_sub(1);
    // Times are not negative, so their bits sort as they do.
    let mut order = roughly_sorted((0..stops).map(|at| heads.start(at).to_bits()), stops);
    let party = |at: usize| chain.party_at(upstream.order[at]);
    order.sort_by(|a, b| {
        let by_start = heads.start(*a).total_cmp(&heads.start(*b));
        by_start.then_with(|| heads.hours(*a).total_cmp(&heads.hours(*b))).then_with(|| party(*a).cmp(&party(*b)))
    });
    order.extend(upstream.len().checked_sub(1));
    order
}

/// How much shorter one time is than a whole; nothing when only the order in which they were added up parts them.
fn less(whole: f64, part: f64) -> f64 {
    let less = whole - part;
    if less > whole * 1e-12 { less } else { 0.0 }
}

/// By how much the lead time falls when one time of the critical path is gone.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Gain {
    /// The process or handoff.
    pub subject: Subject,
    /// Its PT or wait, in hours.
    pub hours: f64,
    /// By how many hours the lead time falls without it; another path may then be the longest.
    pub gain_h: f64,
}

/// The times on the critical path, the most rewarding first; only those that are known and not 0. O(V + E + P log P) for
/// a critical path of P handoffs.
pub fn gains(chain: &Chain<'_>, upstream: &Walk) -> Vec<Gain> {
    let heads = Heads::new(chain, upstream);
    gains_of(chain, upstream, &heads, &heads.tails(chain, upstream))
}

/// [`gains`] with the longest paths known.
pub(super) fn gains_of(chain: &Chain<'_>, upstream: &Walk, heads: &Heads, tails: &[f64]) -> Vec<Gain> {
    let mut path = heads.path();
    path.reverse();
    let mut stops: Vec<usize> = path.iter().map(|feed| feed.giver()).collect();
    stops.extend(upstream.len().checked_sub(1));
    let (around_stops, around_links) = other_ways(chain, upstream, heads, tails, &stops);
    let gain = |subject: Subject, hours: f64, other: f64| {
        // Without it the path is shorter by all of it, unless another way is longer then.
        (hours > 0.0).then(|| Gain { subject, hours, gain_h: less(heads.whole(), other).min(hours) })
    };
    let stop = |(at, other): (&usize, f64)| {
        let party = chain.parties()[chain.party_at(upstream.order[*at])].0;
        gain(Subject::Party(party), heads.process(*at), other)
    };
    let link = |(feed, other): (&Feed, f64)| {
        let hours = chain.numbers().wait_h[feed.link()].unwrap_or(0.0);
        gain(Subject::Handoff(chain.links()[feed.link()].id), hours, other)
    };
    let stops = stops.iter().zip(around_stops).rev().filter_map(stop);
    let mut gains: Vec<Gain> = stops.chain(path.iter().zip(around_links).rev().filter_map(link)).collect();
    // The larger part first, of those that give as much; otherwise from the customer on.
    gains.sort_by(|a, b| b.gain_h.total_cmp(&a.gain_h).then(b.hours.total_cmp(&a.hours)));
    gains
}

/// The longest way to the end that avoids each stop of the critical path, and that avoids each of its links.
///
/// Positions only grow along a way. So whatever goes past a position without meeting it does so on one link, from below
/// to above, or begins above; and whatever comes to a position or past it does so on one link, or begins there or above.
fn other_ways(
    chain: &Chain<'_>,
    upstream: &Walk,
    heads: &Heads,
    tails: &[f64],
    stops: &[usize],
) -> (Vec<f64>, Vec<f64>) {
    // The longest way that begins at each position or above.
    let mut begun: Vec<f64> = (0..upstream.len()).map(|at| heads.process(at) + tails[at]).collect();
    for at in (1..begun.len()).rev() {
        begun[at - 1] = begun[at - 1].max(begun[at]);
    }
    let begun = |at: usize| begun.get(at).copied().unwrap_or(0.0);
    let mut past = Ranges::new(stops.len());
    let mut to_or_past = Ranges::new(stops.len());
    // For each position, how many stops are below it.
    let mut below = vec![0; upstream.len() + 1];
    for at in stops {
        below[at + 1] = 1;
    }
    for at in 0..upstream.len() {
        below[at + 1] += below[at];
    }
    for way in upstream.ways().iter().filter(|way| way.is_kept() && !heads.has_on_path(way)) {
        let wait = chain.numbers().wait_h[way.link()].unwrap_or(0.0);
        let length = heads.hours(way.from()) + wait + heads.process(way.to()) + tails[way.to()];
        past.raise(below[way.from() + 1], below[way.to()], length);
        to_or_past.raise(below[way.from() + 1], below[way.to() + 1], length);
    }
    let past = past.largest().into_iter().zip(stops).map(|(length, at)| length.max(begun(at + 1)));
    let to_or_past = to_or_past.largest().into_iter().zip(stops).map(|(length, at)| length.max(begun(*at)));
    (past.collect(), to_or_past.skip(1).collect())
}

/// The largest of the values given to ranges of places, at each place. Each range is covered by two of a power of two.
struct Ranges(Vec<Vec<f64>>);

impl Ranges {
    fn new(places: usize) -> Self {
        let levels = places.checked_ilog2().map_or(0, |level| level + 1);
        Self((0..levels).map(|level| vec![0.0; places + 1 - (1 << level)]).collect())
    }

    /// Raises the places from one to before another to a value.
    fn raise(&mut self, from: usize, to: usize, value: f64) {
        if let Some(level) = to.saturating_sub(from).checked_ilog2() {
            let row = &mut self.0[level as usize];
            for at in [from, to - (1 << level)] {
                row[at] = row[at].max(value);
            }
        }
    }

    fn largest(mut self) -> Vec<f64> {
        for level in (1..self.0.len()).rev() {
            let (lower, upper) = self.0.split_at_mut(level);
            let half = 1 << (level - 1);
            for (at, value) in upper[0].iter().enumerate() {
                for at in [at, at + half] {
                    lower[level - 1][at] = lower[level - 1][at].max(*value);
                }
            }
        }
        self.0.into_iter().next().unwrap_or_default()
    }
}
