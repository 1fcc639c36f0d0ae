//! What it takes to do again what was not right: once, and until it is right.
//!
//! With q the %C&A of a handoff, a step that gets something it cannot use waits and works once more. One pass costs
//! (1 − q) · (wait into the step + its PT). Until it is right, 1/q passes are expected (the mean of a geometric
//! distribution), so (1/q − 1) of these times come on top.
//!
//! A rework handoff says where the work goes instead: it costs its wait and the times along the loop, from the process
//! it goes back to, to the one that sent it. Its q is its own %C&A or, while that is unknown, that of the handoff by which
//! the work came; that handoff then does not count a second time.

use std::collections::BTreeSet;

use super::graph::{Chain, Walk};
use super::lead_time::Heads;
use super::quality::Figure;
use crate::model::{Handoff, HandoffId, PartyKind};

/// The largest share, as a fraction, that counts as never right: times until it is would be beyond all numbers.
const NEXT_TO_NOTHING: f64 = 1e-12;

/// What one handoff costs in time when things have to be done again.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rework {
    /// The forward handoff that was not right, or the rework handoff that sends it back.
    pub handoff: HandoffId,
    /// Whether it is a rework handoff.
    pub sends_back: bool,
    /// The share that is right, as a fraction; `None` is unknown.
    pub complete_accurate: Option<f64>,
    /// The hours of one repetition.
    pub once_h: f64,
    /// Whether it lies on the critical path.
    pub on_path: bool,
}

impl Rework {
    /// Extra hours with one pass of rework: (1 − q) · the hours of a repetition.
    pub fn one_pass_h(&self) -> Option<f64> {
        Some((1.0 - self.complete_accurate?) * self.once_h)
    }

    /// Expected passes until it is right: 1/q; `None` when next to nothing ever is right, or nobody knows.
    pub fn passes(&self) -> Option<f64> {
        let q = self.complete_accurate.filter(|q| *q > NEXT_TO_NOTHING)?;
        Some(1.0 / q)
    }

    /// Extra hours until it is right: (1/q − 1) · the hours of a repetition.
    pub fn until_right_h(&self) -> Option<f64> {
        let extra = self.passes()? - 1.0;
        Some(extra * self.once_h)
    }
}

/// The rework on the way to one customer.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ReworkTimes {
    /// Handoffs with a %C&A that is unknown or below 100 %, the costliest in one pass first, then by name.
    pub each: Vec<Rework>,
    /// Extra hours on the critical path with one pass; over how many of its handoffs it is known.
    pub one_pass_h: Figure,
    /// Extra hours on the critical path until all is right. A handoff of which nothing is right counts as unknown.
    pub until_right_h: Figure,
}

/// The rework of what feeds the party that `upstream` ends in. O(V + E) for each rework handoff there is.
pub fn rework(chain: &Chain<'_>, upstream: &Walk) -> ReworkTimes {
    let Some(&end) = upstream.order.last() else { return ReworkTimes::default() };
    let heads = Heads::new(chain, upstream);
    let path = heads.path(chain, end);
    let on_path: BTreeSet<usize> = path.iter().map(|(link, _)| *link).collect();
    let nodes: BTreeSet<usize> = std::iter::once(end).chain(path.iter().map(|(_, giver)| *giver)).collect();
    let (mut found, explained) = sent_back(chain, upstream, &nodes);
    for &node in &upstream.order {
        for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
            let handoff = chain.links()[link].handoff;
            let q = handoff.complete_accurate();
            if !explained.contains(&link) {
                let once_h = handoff.wait_h.unwrap_or(0.0) + heads.process(node);
                let (handoff, on_path) = (chain.links()[link].id, on_path.contains(&link));
                found.push((link, Rework { handoff, sends_back: false, complete_accurate: q, once_h, on_path }));
            }
        }
    }
    found.sort_by_key(|(link, _)| *link);
    let along = || found.iter().map(|(_, rework)| rework).filter(|rework| rework.on_path);
    let (one_pass_h, until_right_h) =
        (Figure::sum(along().map(Rework::one_pass_h)), Figure::sum(along().map(Rework::until_right_h)));
    let mut each: Vec<Rework> =
        found.iter().map(|(_, rework)| *rework).filter(|rework| rework.complete_accurate != Some(1.0)).collect();
    each.sort_by(|a, b| b.one_pass_h().unwrap_or(-1.0).total_cmp(&a.one_pass_h().unwrap_or(-1.0)));
    ReworkTimes { each, one_pass_h, until_right_h }
}

/// Rework handoffs between parties of the walk, and the forward handoffs that they explain.
fn sent_back(chain: &Chain<'_>, upstream: &Walk, path: &BTreeSet<usize>) -> (Vec<(usize, Rework)>, BTreeSet<usize>) {
    let (mut found, mut explained) = (Vec::new(), BTreeSet::new());
    let mut position = vec![None; chain.nodes_len()];
    for (at, node) in upstream.order.iter().enumerate() {
        position[*node] = Some(at);
    }
    for (at, link) in chain.links().iter().enumerate().filter(|(_, link)| !link.handoff.is_forward()) {
        let (Some(sender), Some(redoes)) = (link.supplier, link.customer) else { continue };
        let redoes = chain.giving(redoes);
        let (Some(last), Some(first)) = (position[sender], position[redoes]) else { continue };
        let around = around(chain, upstream, (first, redoes), (last, sender));
        let (hours, came_by) = around.unwrap_or((process_h(chain, redoes), None));
        explained.extend(came_by);
        let came = came_by.and_then(|link| chain.links()[link].handoff.complete_accurate());
        found.push((
            at,
            Rework {
                handoff: link.id,
                sends_back: true,
                complete_accurate: link.handoff.complete_accurate().or(came),
                once_h: link.handoff.wait_h.unwrap_or(0.0) + hours,
                on_path: path.contains(&sender) && path.contains(&redoes),
            },
        ));
    }
    (found, explained)
}

fn process_h(chain: &Chain<'_>, node: usize) -> f64 {
    let party = chain.parties()[chain.party_at(node)].1;
    if party.kind == PartyKind::Process { party.process_time_h.unwrap_or(0.0) } else { 0.0 }
}

/// The longest way from one node (with its position in the walk) to another, both PTs included, and its last link;
/// `None` when there is no way.
fn around(
    chain: &Chain<'_>,
    upstream: &Walk,
    (first, from): (usize, usize),
    (last, to): (usize, usize),
) -> Option<(f64, Option<usize>)> {
    if first > last {
        return None;
    }
    let mut best: std::collections::BTreeMap<usize, (f64, Option<usize>)> =
        [(from, (process_h(chain, from), None))].into();
    for node in upstream.order[first..=last].iter().skip(1) {
        let into = chain.incoming(*node).iter().filter(|link| !upstream.leaves_out(**link));
        let ways = into.filter_map(|link| {
            let (hours, _) = best.get(&chain.flow(*link)?.0)?;
            let wait = |handoff: &Handoff| handoff.wait_h.unwrap_or(0.0);
            Some((hours + wait(chain.links()[*link].handoff), *link))
        });
        // The first by name of equally long ones.
        let longest = ways.fold(None, |best: Option<(f64, usize)>, way| match best {
            Some(best) if best.0 >= way.0 => Some(best),
            _ => Some(way),
        });
        if let Some((hours, link)) = longest {
            best.insert(*node, (hours + process_h(chain, *node), Some(link)));
        }
    }
    best.get(&to).copied()
}
