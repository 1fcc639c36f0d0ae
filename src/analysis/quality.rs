//! How quality and punctuality add up along the chain: rolled shares, who costs the customer how much, and leverage.
//!
//! Shares are multiplied as if failures were independent of each other; whoever shows these figures says so.

use super::graph::{Chain, Walk};
use crate::model::HandoffId;

/// A figure over those values that are known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Figure {
    /// The figure; `None` while nothing is known.
    pub value: Option<f64>,
    /// How many values are known.
    pub known: usize,
    /// How many values there are.
    pub of: usize,
}

impl Figure {
    /// The product of the known values.
    pub fn product(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self::fold(values, both)
    }

    /// The sum of the known values.
    pub fn sum(values: impl IntoIterator<Item = Option<f64>>) -> Self {
        Self::fold(values, |a, b| a + b)
    }

    fn fold(values: impl IntoIterator<Item = Option<f64>>, join: fn(f64, f64) -> f64) -> Self {
        let mut figure = Self::default();
        for value in values {
            figure.count(value);
            if let Some(known) = value {
                figure.value = Some(figure.value.map_or(known, |before| join(before, known)));
            }
        }
        figure
    }

    /// Takes one more value into a product.
    pub(super) fn multiply(&mut self, value: Option<f64>) {
        *self = self.times(Self::product([value]));
    }

    /// Takes one more value into a sum.
    pub(super) fn add(&mut self, value: Option<f64>) {
        self.count(value);
        if let Some(value) = value {
            self.value = Some(self.value.map_or(value, |before| before + value));
        }
    }

    /// Counts a value that the figure is taken over.
    pub(super) fn count(&mut self, value: Option<f64>) {
        self.of += 1;
        self.known += usize::from(value.is_some());
    }

    /// The product of two products over different values.
    pub fn times(self, other: Self) -> Self {
        let value = match (self.value, other.value) {
            (Some(a), Some(b)) => Some(both(a, b)),
            (known, None) | (None, known) => known,
        };
        Self { value, known: self.known + other.known, of: self.of + other.of }
    }

    /// True when a value is missing.
    pub fn is_partial(&self) -> bool {
        self.known < self.of
    }
}

/// The product of two shares. What is smaller than the smallest normal number is nothing: rounding would keep it from
/// ever getting smaller, and processors take a hundred times as long for such numbers.
pub(super) fn both(a: f64, b: f64) -> f64 {
    let product = a * b;
    if product < f64::MIN_POSITIVE { 0.0 } else { product }
}

/// What one handoff takes of all that is lost on the way to a party.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Share {
    /// The handoff.
    pub handoff: HandoffId,
    /// Its index in [`Chain::links`].
    pub link: usize,
    /// Its %C&A as a fraction.
    pub complete_accurate: f64,
    /// Its snowball share, 0 to 1.
    pub share: f64,
}

/// The quality figures at one party.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Quality {
    /// Rolled %C&A as a fraction: the product over the distinct critical forward handoffs that can reach the party.
    pub complete_accurate: Figure,
    /// Rolled on-time share over the same handoffs.
    pub on_time: Figure,
    /// Snowball shares of those handoffs whose %C&A is known, largest first. They sum to 1, or are all 0 when nothing
    /// is lost.
    pub shares: Vec<Share>,
}

/// The quality figures at the party that `upstream` ends in. O(E log E) in the part of the chain that feeds it.
pub fn quality(chain: &Chain<'_>, upstream: &Walk) -> Quality {
    let critical = critical_links(chain, upstream);
    let product = |values: &[Option<f64>]| Figure::product(critical.iter().map(|link| values[*link]));
    let known = snowball(chain, &critical);
    let shares: Vec<f64> = known.iter().map(|(.., share)| *share).collect();
    let share = |at: usize| {
        let (link, complete_accurate, share) = known[at];
        Share { handoff: chain.numbers().handoff[link], link, complete_accurate, share }
    };
    Quality {
        complete_accurate: product(&chain.numbers().complete_accurate),
        on_time: product(&chain.numbers().on_time),
        // Equal shares stay in the order of names.
        shares: largest_first(&shares).into_iter().map(share).collect(),
    }
}

/// The indices of values, none of them negative, the largest first; equal ones stay in their order. O(n log n).
pub(super) fn largest_first(values: &[f64]) -> Vec<usize> {
    // The bits of such numbers sort as they do.
    let mut order = roughly_sorted(values.iter().map(|value| !(value + 0.0).to_bits()), values.len());
    order.sort_by(|a, b| values[*b].total_cmp(&values[*a]));
    order
}

/// The indices of keys, sorted by all but the last bits of the keys, then by index.
///
/// Keys and indices together are plain numbers, which sort several times faster than anything else does. Putting the
/// result quite in order takes one more pass over what is all but sorted.
pub(super) fn roughly_sorted(keys: impl Iterator<Item = u64>, count: usize) -> Vec<usize> {
    let last_bits = (count.next_power_of_two() - 1) as u64;
    let mut keys: Vec<u64> = keys.enumerate().map(|(at, key)| key & !last_bits | at as u64).collect();
    keys.sort_unstable();
    keys.into_iter().map(|key| (key & last_bits) as usize).collect()
}

/// The distinct critical forward handoffs that can reach the party that `upstream` ends in, also those around a loop.
pub(super) fn critical_links(chain: &Chain<'_>, upstream: &Walk) -> Vec<usize> {
    let critical = &chain.numbers().critical;
    upstream.ways().iter().map(|way| way.link()).filter(|link| critical[*link]).collect()
}

/// Link, q and snowball share ln q / Σ ln q of those links whose q is known.
///
/// Where some q is 0, those share all of it equally. Where every q is 1 nothing is lost and every share is 0.
pub(super) fn snowball(chain: &Chain<'_>, links: &[usize]) -> Vec<(usize, f64, f64)> {
    let values = &chain.numbers().complete_accurate;
    let known = links.iter().filter_map(|link| Some((*link, values[*link]?)));
    let mut known: Vec<(usize, f64, f64)> = known.map(|(link, q)| (link, q, q.ln())).collect();
    let zeros = known.iter().filter(|(_, q, _)| *q <= 0.0).count();
    let lost: f64 = known.iter().map(|(.., lost)| lost).sum();
    for (_, q, share) in &mut known {
        *share = match (zeros, *q <= 0.0) {
            // ln 1 is divided by something negative, and -0 is no share; hence + 0.
            (0, _) if lost < 0.0 => *share / lost + 0.0,
            (1.., true) => 1.0 / zeros as f64,
            _ => 0.0,
        };
    }
    known
}

/// On-time start of a party: the product of the on-time shares of its critical incoming forward handoffs (merge bias).
pub fn on_time_start(chain: &Chain<'_>, party: usize) -> Figure {
    let numbers = chain.numbers();
    let critical = chain.incoming(party).iter().filter(|link| numbers.critical[**link]);
    Figure::product(critical.map(|link| numbers.on_time[*link]))
}

/// By what the end result is multiplied when a handoff with q becomes one with `better`; both are fractions.
///
/// `None` where q is 0, as no factor leads away from nothing: use [`rolled_if`].
pub fn leverage(q: f64, better: f64) -> Option<f64> {
    let factor = better / q;
    (q > 0.0 && factor.is_finite()).then_some(factor)
}

/// Rolled %C&A at the party that `upstream` ends in, if one handoff had the %C&A `better` (a fraction).
pub fn rolled_if(chain: &Chain<'_>, upstream: &Walk, handoff: HandoffId, better: f64) -> Figure {
    Figure::product(critical_links(chain, upstream).into_iter().map(|link| {
        let link = &chain.links()[link];
        if link.id == handoff { Some(better) } else { link.handoff.complete_accurate() }
    }))
}
