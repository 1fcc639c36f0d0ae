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
        Self::fold(values, |a, b| a * b)
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

    /// Counts a value that the figure is taken over.
    pub(super) fn count(&mut self, value: Option<f64>) {
        self.of += 1;
        self.known += usize::from(value.is_some());
    }

    /// The product of two products over different values.
    pub fn times(self, other: Self) -> Self {
        let value = match (self.value, other.value) {
            (Some(a), Some(b)) => Some(a * b),
            (known, None) | (None, known) => known,
        };
        Self { value, known: self.known + other.known, of: self.of + other.of }
    }

    /// True when a value is missing.
    pub fn is_partial(&self) -> bool {
        self.known < self.of
    }
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
    let value = |get: fn(&crate::model::Handoff) -> Option<f64>| {
        Figure::product(critical.iter().map(|link| get(chain.links()[*link].handoff)))
    };
    let mut shares: Vec<Share> = snowball(chain, &critical)
        .into_iter()
        .map(|(link, complete_accurate, share)| Share {
            handoff: chain.links()[link].id,
            link,
            complete_accurate,
            share,
        })
        .collect();
    // Stable, so that equal shares stay in the order of names.
    shares.sort_by(|a, b| b.share.total_cmp(&a.share));
    Quality {
        complete_accurate: value(crate::model::Handoff::complete_accurate),
        on_time: value(crate::model::Handoff::on_time),
        shares,
    }
}

/// The distinct critical forward handoffs that can reach the party that `upstream` ends in, also those around a loop.
pub(super) fn critical_links(chain: &Chain<'_>, upstream: &Walk) -> Vec<usize> {
    let links = upstream.order.iter().flat_map(|node| chain.incoming(*node));
    let mut critical: Vec<usize> = links.copied().filter(|link| chain.links()[*link].handoff.critical).collect();
    critical.sort_unstable();
    critical
}

/// Link, q and snowball share ln q / Σ ln q of those links whose q is known.
///
/// Where some q is 0, those share all of it equally. Where every q is 1 nothing is lost and every share is 0.
pub(super) fn snowball(chain: &Chain<'_>, links: &[usize]) -> Vec<(usize, f64, f64)> {
    let known = links.iter().filter_map(|link| Some((*link, chain.links()[*link].handoff.complete_accurate()?)));
    let known: Vec<(usize, f64)> = known.collect();
    let zeros = known.iter().filter(|(_, q)| *q <= 0.0).count();
    let lost: f64 = known.iter().map(|(_, q)| q.ln()).sum();
    let share = |q: f64| match (zeros, q <= 0.0) {
        (0, _) if lost < 0.0 => q.ln() / lost,
        (1.., true) => 1.0 / zeros as f64,
        _ => 0.0,
    };
    // ln 1 is divided by something negative, and -0 is no share; hence + 0.
    known.iter().map(|(link, q)| (*link, *q, share(*q) + 0.0)).collect()
}

/// On-time start of a party: the product of the on-time shares of its critical incoming forward handoffs (merge bias).
pub fn on_time_start(chain: &Chain<'_>, party: usize) -> Figure {
    let links = chain.incoming(party).iter().map(|link| chain.links()[*link].handoff);
    Figure::product(links.filter(|handoff| handoff.critical).map(crate::model::Handoff::on_time))
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
