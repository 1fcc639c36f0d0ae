//! What it takes to do again what was not right: once, and until it is right.
//!
//! With q the %C&A of a handoff, a step that gets something it cannot use waits and works once more. One pass costs
//! (1 − q) · (wait into the step + its PT). Until it is right, 1/q passes are expected (the mean of a geometric
//! distribution), so (1/q − 1) of these times come on top.
//!
//! A rework handoff says where the work goes instead: it costs its wait and the times along the loop, from the process
//! it goes back to, to the one that sent it. Its q is its own %C&A or, while that is unknown, that of the handoff by which
//! the work came; that handoff then does not count a second time.

use super::graph::{Chain, Walk};
use super::lead_time::Heads;
use super::quality::{Figure, largest_first};
use crate::model::HandoffId;

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

/// The rework of what feeds the party that `upstream` ends in. O(V + E log E), and for each rework handoff the part of
/// the chain between its ends.
pub fn rework(chain: &Chain<'_>, upstream: &Walk) -> ReworkTimes {
    rework_of(chain, upstream, &Heads::new(chain, upstream))
}

/// [`rework`] with the longest paths known.
pub(super) fn rework_of(chain: &Chain<'_>, upstream: &Walk, heads: &Heads) -> ReworkTimes {
    let (back, explained) = sent_back(chain, upstream, heads);
    let mut times = ReworkTimes { each: Vec::with_capacity(upstream.ways().len() + back.len()), ..Default::default() };
    // In the order of names: rounding must not tell in which order records came about.
    let mut back = back.into_iter().peekable();
    for way in upstream.ways().iter().filter(|way| way.is_kept()) {
        while let Some((_, rework)) = back.next_if(|(link, _)| *link < way.link()) {
            times.take(rework);
        }
        if explained.binary_search(&way.link()).is_err() {
            times.take(Rework {
                handoff: chain.numbers().handoff[way.link()],
                sends_back: false,
                complete_accurate: chain.numbers().complete_accurate[way.link()],
                once_h: chain.numbers().wait_h[way.link()].unwrap_or(0.0) + heads.process(way.to()),
                on_path: heads.has_on_path(way),
            });
        }
    }
    back.for_each(|(_, rework)| times.take(rework));
    // Unknown ones come last: no time is below 0.
    let hours = times.each.iter().map(|rework| rework.one_pass_h().map_or(0.0, |hours| (hours + 0.0).next_up()));
    let order = largest_first(&hours.collect::<Vec<_>>());
    times.each = order.into_iter().map(|at| times.each[at]).collect();
    times
}

impl ReworkTimes {
    fn take(&mut self, rework: Rework) {
        if rework.on_path {
            self.one_pass_h.add(rework.one_pass_h());
            self.until_right_h.add(rework.until_right_h());
        }
        if rework.complete_accurate != Some(1.0) {
            self.each.push(rework);
        }
    }
}

/// Rework handoffs between parties of the walk, and the forward handoffs that they explain, both sorted.
fn sent_back(chain: &Chain<'_>, upstream: &Walk, heads: &Heads) -> (Vec<(usize, Rework)>, Vec<usize>) {
    let (mut found, mut explained) = (Vec::new(), Vec::new());
    let numbers = chain.numbers();
    let is_rework = |link: &usize| !numbers.forward[*link];
    let mut places = None;
    let mut round = Round::new(upstream.len());
    for at in (0..chain.links().len()).filter(is_rework) {
        let link = &chain.links()[at];
        let (Some(sender), Some(redoes)) = (link.supplier, link.customer) else { continue };
        let places = places.get_or_insert_with(|| positions(chain, upstream));
        let (Some(to), Some(from)) = (places[sender], places[chain.giving(redoes)]) else { continue };
        let (hours, came_by) = round.longest(chain, upstream, heads, (from, to)).unwrap_or((heads.process(from), None));
        explained.extend(came_by);
        let rework = Rework {
            handoff: link.id,
            sends_back: true,
            complete_accurate: numbers.complete_accurate[at]
                .or(came_by.and_then(|link| numbers.complete_accurate[link])),
            once_h: numbers.wait_h[at].unwrap_or(0.0) + hours,
            on_path: heads.is_on_path(to) && heads.is_on_path(from),
        };
        found.push((at, rework));
    }
    explained.sort_unstable();
    (found, explained)
}

/// The position of each node in a walk.
fn positions(chain: &Chain<'_>, upstream: &Walk) -> Vec<Option<usize>> {
    let mut places = vec![None; chain.nodes_len()];
    for (at, node) in upstream.order.iter().enumerate() {
        places[*node] = Some(at);
    }
    places
}

/// Finds longest ways between two positions, looking only at what lies between them.
struct Round {
    /// By position: the length of the longest way there, for what was reached from the beginning of the way.
    hours: Vec<Option<f64>>,
    met: Vec<bool>,
}

impl Round {
    fn new(positions: usize) -> Self {
        Self { hours: vec![None; positions], met: vec![false; positions] }
    }

    /// The longest way from one position to another, both PTs included, and its last link; `None` when there is no way.
    fn longest(
        &mut self,
        chain: &Chain<'_>,
        upstream: &Walk,
        heads: &Heads,
        (from, to): (usize, usize),
    ) -> Option<(f64, Option<usize>)> {
        // Everything that gets to the end of the way and does not lie before its beginning.
        let mut between = vec![to];
        self.met[to] = true;
        let mut next = 0;
        while let Some(&at) = between.get(next) {
            next += 1;
            for feed in upstream.into(at).filter(|feed| feed.giver() >= from) {
                if !std::mem::replace(&mut self.met[feed.giver()], true) {
                    between.push(feed.giver());
                }
            }
        }
        between.sort_unstable();
        let mut last = None;
        for &at in &between {
            if at == from {
                self.hours[at] = Some(heads.process(at));
                continue;
            }
            let ways = upstream.into(at).filter(|feed| feed.giver() >= from).filter_map(|feed| {
                Some((self.hours[feed.giver()]? + chain.numbers().wait_h[feed.link()].unwrap_or(0.0), feed.link()))
            });
            // The first by name of equally long ones.
            let longest = ways.reduce(|best, way| if way.0 > best.0 { way } else { best });
            self.hours[at] = longest.map(|(hours, _)| hours + heads.process(at));
            last = longest.map(|(_, link)| link);
        }
        let found = self.hours[to].map(|hours| (hours, last.filter(|_| from != to)));
        for at in between {
            (self.hours[at], self.met[at]) = (None, false);
        }
        found
    }
}
