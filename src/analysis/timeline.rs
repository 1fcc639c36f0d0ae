//! The lead time drawn out: when each process starts and ends, what waits before it, and how much later it could be.

use super::graph::{Chain, Walk};
use super::lead_time::Heads;
use crate::model::{HandoffId, PartyId, PartyKind};

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

/// The timeline of what `upstream` ends in. Slack is total float as in the critical path method. O(V log V + E log E).
pub fn timeline(chain: &Chain<'_>, upstream: &Walk) -> Timeline {
    let Some(&end) = upstream.order.last() else { return Timeline::default() };
    let heads = Heads::new(chain, upstream);
    let tails = heads.tails(chain, upstream);
    let whole = heads.hours(end);
    let (mut on_path, mut path_links) = (vec![false; chain.nodes_len()], Vec::new());
    on_path[end] = true;
    for (link, giver) in heads.path(chain, end) {
        on_path[giver] = true;
        path_links.push(link);
    }
    path_links.sort_unstable();
    let slack = |used: f64| less(whole, used);
    let mut stops = Vec::new();
    let mut legs = Vec::new();
    for &node in &upstream.order {
        let (id, party) = chain.parties()[chain.party_at(node)];
        let is_process = party.kind == PartyKind::Process;
        let process_h = if is_process { party.process_time_h } else { Some(0.0) };
        let stop = Stop {
            party: id,
            start_h: heads.hours(node) - heads.process(node),
            process_h,
            value_adding: party.value_adding.filter(|_| is_process),
            slack_h: if on_path[node] { 0.0 } else { slack(heads.hours(node) + tails[node]) },
            on_path: on_path[node],
        };
        stops.push((node, stop));
        for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
            let Some((giver, _)) = chain.flow(link) else { continue };
            let wait_h = chain.links()[link].handoff.wait_h;
            let on_path = path_links.binary_search(&link).is_ok();
            let used = heads.hours(giver) + wait_h.unwrap_or(0.0) + heads.process(node) + tails[node];
            let (start_h, slack_h) = (heads.hours(giver), if on_path { 0.0 } else { slack(used) });
            legs.push((link, Leg { handoff: chain.links()[link].id, start_h, wait_h, slack_h, on_path }));
        }
    }
    let order = |(node, stop): &(usize, Stop)| (*node == end, stop.start_h, heads.hours(*node), chain.party_at(*node));
    stops.sort_by(|a, b| {
        let (a, b) = (order(a), order(b));
        a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)).then(a.2.total_cmp(&b.2)).then(a.3.cmp(&b.3))
    });
    legs.sort_by_key(|(link, _)| *link);
    Timeline {
        stops: stops.into_iter().map(|(_, stop)| stop).collect(),
        legs: legs.into_iter().map(|(_, leg)| leg).collect(),
    }
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
    pub subject: crate::model::Subject,
    /// Its PT or wait, in hours.
    pub hours: f64,
    /// By how many hours the lead time falls without it; another path may then be the longest.
    pub gain_h: f64,
}

/// Most parts of a critical path for which it is worked out what would be without them.
const MOST_GAINS: usize = 400;

/// The times on the critical path, the most rewarding first; only those that are known and not 0. O(P · (V + E)) for the
/// P longest of them, at most 400.
pub fn gains(chain: &Chain<'_>, upstream: &Walk) -> Vec<Gain> {
    use crate::model::Subject::{Handoff, Party};
    let Some(&end) = upstream.order.last() else { return Vec::new() };
    let heads = Heads::new(chain, upstream);
    let whole = heads.hours(end);
    let path = heads.path(chain, end);
    let nodes = std::iter::once(end).chain(path.iter().map(|(_, giver)| *giver));
    let processes = nodes.map(|node| (Without::Node(node), heads.process(node)));
    let waits = path.iter().map(|(link, _)| (Without::Link(*link), chain.links()[*link].handoff.wait_h.unwrap_or(0.0)));
    let mut parts: Vec<(Without, f64)> = processes.chain(waits).filter(|(_, hours)| *hours > 0.0).collect();
    parts.sort_by(|a, b| b.1.total_cmp(&a.1));
    parts.truncate(MOST_GAINS);
    let gain = |(without, hours): (Without, f64)| {
        let left = Heads::without(chain, upstream, Some(without)).hours(end);
        let subject = match without {
            Without::Node(node) => Party(chain.parties()[chain.party_at(node)].0),
            Without::Link(link) => Handoff(chain.links()[link].id),
        };
        Gain { subject, hours, gain_h: less(whole, left).min(hours) }
    };
    let mut gains: Vec<Gain> = parts.into_iter().map(gain).collect();
    gains.sort_by(|a, b| b.gain_h.total_cmp(&a.gain_h));
    gains
}

/// A time that is taken as 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Without {
    /// The PT of a node.
    Node(usize),
    /// The wait of a link.
    Link(usize),
}
