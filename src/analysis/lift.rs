//! Leverage: what the customer gains from one point more at a handoff.
//!
//! The rolled share is the product over the handoffs, so it is linear in each of them: a point more here gives the
//! customer as many points as the product of all the others says.

use super::graph::{Chain, Walk};
use super::quality::{both, critical_links, largest_first};
use crate::model::{HandoffId, Lever};

/// What one handoff can give to the customer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lift {
    /// The handoff.
    pub handoff: HandoffId,
    /// Its share now, as a fraction.
    pub now: f64,
    /// Points that the customer gains for each point here, 0 to 1: the product of the other known shares.
    pub per_point: f64,
    /// What the customer's rolled share gains if this one were perfect, as a fraction.
    pub at_most: f64,
}

/// The critical forward handoffs whose share is known, the one with the most to give first, then in the order of names.
///
/// `lever` is %C&A or on time; handoffs have no other share. O(E log E).
pub fn lifts(chain: &Chain<'_>, upstream: &Walk, lever: Lever) -> Vec<Lift> {
    let values = match lever {
        Lever::CompleteAccurate => &chain.numbers().complete_accurate,
        Lever::OnTime => &chain.numbers().on_time,
        Lever::Wait | Lever::ProcessTime => return Vec::new(),
    };
    let known = critical_links(chain, upstream).into_iter().filter_map(|link| Some((link, values[link]?)));
    let known: Vec<(usize, f64)> = known.collect();
    let zeros = known.iter().filter(|(_, q)| *q <= 0.0).count();
    let others: f64 = known.iter().map(|(_, q)| *q).filter(|q| *q > 0.0).fold(1.0, both);
    let per_point = |now: f64| match (zeros, now <= 0.0) {
        // Dividing may end a hair above 1.
        (0, _) => (others / now).clamp(0.0, 1.0),
        (1, true) => others,
        _ => 0.0,
    };
    let at_most: Vec<f64> = known.iter().map(|(_, now)| (1.0 - now) * per_point(*now)).collect();
    let lift = |at: usize| {
        let (link, now) = known[at];
        Lift { handoff: chain.numbers().handoff[link], now, per_point: per_point(now), at_most: at_most[at] }
    };
    largest_first(&at_most).into_iter().map(lift).collect()
}
