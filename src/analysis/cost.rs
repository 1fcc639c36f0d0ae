//! What handoffs cost: four labelled parts for one handoff, and their sums over many.
//!
//! With V the volume, q the %C&A and the rates those of the two parties:
//! appraisal = V · time to check · rate of the receiver;
//! internal failure = V · (1 − q) · (time to mend of the receiver · its rate + time to mend of the supplier · its rate);
//! lateness = V · (1 − on time) · mean lateness · cost of an hour late;
//! external failure = V · (1 − q) · share that escapes · cost of an escaped defect.
//!
//! A term is known when all its factors are, or when one of them is zero: nothing is then left to know. Internal failure
//! has two terms, the others one; a sum is taken over its known terms and says over how many of how many.

use super::graph::{Chain, Link, Numbers, Walk};
use super::quality::Figure;
use crate::model::{Document, Handoff, PartyId, Period};

/// What one handoff costs in each of its own periods.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct HandoffCost {
    /// The period that the amounts are for.
    pub period: Period,
    /// Checking what arrives.
    pub appraisal: Option<f64>,
    /// Mending what arrives defective, by its receiver and by its supplier; the sum of the terms that are known.
    pub internal_failure: Option<f64>,
    /// How many of the two terms of internal failure are known.
    pub internal_known: usize,
    /// Waiting for what arrives late.
    pub lateness: Option<f64>,
    /// Defects that reach the external customer.
    pub external_failure: Option<f64>,
}

/// How many terms internal failure has.
const INTERNAL_TERMS: usize = 2;

/// What a handoff of the document costs.
pub fn handoff_cost(document: &Document, handoff: &Handoff) -> HandoffCost {
    let rate = |end: Option<PartyId>| end.and_then(|id| document.party(id)?.rate_per_h);
    cost_between(handoff, rate(handoff.supplier), rate(handoff.customer))
}

/// What a link costs, with the rates of the parties.
pub(super) fn link_cost(numbers: &Numbers<'_>, link: &Link<'_>) -> HandoffCost {
    let rate = |end: Option<usize>| end.and_then(|at| numbers.rate_per_h[at]);
    cost_between(link.handoff, rate(link.supplier), rate(link.customer))
}

/// What a handoff costs with the rates of its two ends.
fn cost_between(handoff: &Handoff, supplier: Option<f64>, receiver: Option<f64>) -> HandoffCost {
    let volume = handoff.volume;
    // In percent as long as possible: 100 − 90 is exact, 1 − 0.9 is not.
    let missing = |pct: Option<f64>| pct.map(|pct| (100.0 - pct) / 100.0);
    let (defects, late) = (missing(handoff.complete_accurate_pct), missing(handoff.on_time_pct));
    let escape = handoff.escape_pct.map(|pct| pct / 100.0);
    let internal = Figure::sum([
        product([volume, defects, handoff.fix_receiver_h, receiver]),
        product([volume, defects, handoff.fix_supplier_h, supplier]),
    ]);
    HandoffCost {
        period: handoff.period,
        appraisal: product([volume, handoff.check_h, receiver]),
        internal_failure: internal.value,
        internal_known: internal.known,
        lateness: product([volume, late, handoff.late_h, handoff.late_cost_per_h]),
        external_failure: product([volume, defects, escape, handoff.escape_cost]),
    }
}

/// The product, when all factors are known or one of them is zero.
fn product<const N: usize>(factors: [Option<f64>; N]) -> Option<f64> {
    if factors.contains(&Some(0.0)) {
        return Some(0.0);
    }
    let product: Option<f64> = factors.into_iter().product();
    // No sound document holds what could make it anything else.
    product.filter(|product| product.is_finite())
}

impl HandoffCost {
    /// The sum of what is known, for one period of its own; `None` while nothing is known.
    pub fn total(&self) -> Option<f64> {
        self.figure().value
    }

    /// [`HandoffCost::total`], and how many of the five terms are known.
    pub fn figure(&self) -> Figure {
        self.parts().into_iter().fold(Figure::default(), plus)
    }

    /// The same for a year, so that handoffs with different periods can be compared and added.
    #[must_use]
    pub fn yearly(&self) -> Self {
        let times = |amount: Option<f64>| amount.map(|amount| amount * self.period.per_year());
        Self {
            period: Period::Year,
            appraisal: times(self.appraisal),
            internal_failure: times(self.internal_failure),
            internal_known: self.internal_known,
            lateness: times(self.lateness),
            external_failure: times(self.external_failure),
        }
    }

    fn parts(&self) -> [Figure; 4] {
        let internal = Figure { value: self.internal_failure, known: self.internal_known, of: INTERNAL_TERMS };
        let one = |amount| Figure::sum([amount]);
        [one(self.appraisal), internal, one(self.lateness), one(self.external_failure)]
    }
}

/// What several handoffs cost in a year; `known` and `of` count the terms.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Costs {
    /// Checking what arrives.
    pub appraisal: Figure,
    /// Mending what arrives defective.
    pub internal_failure: Figure,
    /// Waiting for what arrives late.
    pub lateness: Figure,
    /// Defects that reach the external customer.
    pub external_failure: Figure,
}

impl Costs {
    /// The sums over handoffs, whatever their periods.
    pub fn of<'a>(costs: impl IntoIterator<Item = &'a HandoffCost>) -> Self {
        let mut sums = Self::default();
        for cost in costs {
            sums.add(cost);
        }
        sums
    }

    /// Takes in one more handoff.
    fn add(&mut self, cost: &HandoffCost) {
        let Self { appraisal, internal_failure, lateness, external_failure } = self;
        for (sum, part) in
            [appraisal, internal_failure, lateness, external_failure].into_iter().zip(cost.yearly().parts())
        {
            *sum = plus(*sum, part);
        }
    }

    /// [`Costs::total`], unknown while it is 0 and a term is unknown: a handoff without defects costs no repair, whatever
    /// else is unknown, and that alone is no cost to tell.
    pub fn told(&self) -> Figure {
        let total = self.total();
        Figure { value: total.value.filter(|value| *value > 0.0 || !total.is_partial()), ..total }
    }

    /// The four parts together.
    pub fn total(&self) -> Figure {
        let Self { appraisal, internal_failure, lateness, external_failure } = *self;
        [appraisal, internal_failure, lateness, external_failure].into_iter().fold(Figure::default(), plus)
    }
}

/// Costs of some handoffs by who gives and by who receives them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct DepartmentCost {
    /// The department; empty is none, and stands for external parties too.
    pub department: String,
    /// What the handoffs cost in a year that it gives: where cost is caused.
    pub given: Costs,
    /// What the handoffs cost in a year that it receives: where cost is mostly felt.
    pub received: Costs,
}

/// What the handoffs cost that one layer gives.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct LayerCost {
    /// The layer of those who give; `None` is unconnected, or nobody.
    pub layer: Option<usize>,
    /// What their handoffs cost in a year.
    pub cost: Costs,
}

/// The cost of every department with handoffs, by name. Each handoff is in exactly one `given` and one `received`.
pub(super) fn by_department(chain: &Chain<'_>, costs: &[HandoffCost]) -> Vec<DepartmentCost> {
    let numbers = chain.numbers();
    let of = |end: Option<usize>| end.map_or(0, |at| numbers.department[at]);
    let mut found: Vec<Option<DepartmentCost>> = vec![None; numbers.departments.len()];
    let named = |at: usize| DepartmentCost { department: numbers.departments[at].into(), ..DepartmentCost::default() };
    for (link, cost) in chain.links().iter().zip(costs) {
        let (giver, receiver) = (of(link.supplier), of(link.customer));
        found[giver].get_or_insert_with(|| named(giver)).given.add(cost);
        found[receiver].get_or_insert_with(|| named(receiver)).received.add(cost);
    }
    found.into_iter().flatten().collect()
}

/// The cost of every layer, the customers first and what is unconnected last; each handoff is in exactly one.
pub(super) fn by_layer(chain: &Chain<'_>, layers: &[Option<usize>], costs: &[HandoffCost]) -> Vec<LayerCost> {
    let mut found: Vec<Option<Costs>> = Vec::new();
    let mut apart: Option<Costs> = None;
    for (link, cost) in chain.links().iter().zip(costs) {
        let sums = match link.supplier.and_then(|at| layers[at]) {
            None => &mut apart,
            Some(layer) => {
                found.resize(found.len().max(layer + 1), None);
                &mut found[layer]
            }
        };
        sums.get_or_insert_default().add(cost);
    }
    let numbered = found.into_iter().enumerate().map(|(layer, cost)| (Some(layer), cost));
    let all = numbered.chain([(None, apart)]);
    all.filter_map(|(layer, cost)| Some(LayerCost { layer, cost: cost? })).collect()
}

/// Working days until what was saved has paid for what it cost: cost / saving per day, with 260 working days a year.
///
/// `before` and `after` are costs of a year. `None` when nothing is saved or a number is missing.
pub fn payback_days(cost: Option<f64>, before: Option<f64>, after: Option<f64>) -> Option<f64> {
    let saving = before? - after?;
    let days = cost? / (saving / Period::Day.per_year());
    (saving > 0.0 && days.is_finite()).then_some(days)
}

/// The sum of two sums.
fn plus(a: Figure, b: Figure) -> Figure {
    let value = match (a.value, b.value) {
        (Some(a), Some(b)) => Some(a + b),
        (known, None) | (None, known) => known,
    };
    Figure { value, known: a.known + b.known, of: a.of + b.of }
}

/// What the handoffs cost that can reach the party that `upstream` ends in: all forward ones, critical or not.
///
/// `costs` are those of [`Chain::links`], in that order. Customers share handoffs, so their costs do not add up to those
/// of the map; rework belongs to the map alone.
pub(super) fn upstream_costs(upstream: &Walk, costs: &[HandoffCost]) -> Costs {
    // In the order of names: rounding must not tell in which order records came about.
    Costs::of(upstream.ways().iter().map(|way| &costs[way.link()]))
}
