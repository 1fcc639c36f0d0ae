//! A scenario held against today: the figures of every external customer now and then, and what it saves.

use std::collections::BTreeMap;

use super::cost::{HandoffCost, payback_days};
use super::quality::Figure;
use super::report::{CustomerFigures, Report};
use crate::model::quantity::rounded;
use crate::model::{HandoffId, PartyId, Scenario};

/// What a figure is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Hours of work.
    Hours,
    /// A fraction of 1.
    Share,
    /// An amount in the currency of the map.
    Money,
    /// A whole number.
    Count,
    /// Any other number.
    Number,
}

impl Unit {
    /// A value in words, with no more digits than matter.
    pub fn words(self, value: f64, currency: &str) -> String {
        match self {
            Self::Hours => format!("{} h", rounded(value, 2)),
            Self::Share => format!("{} %", rounded(value * 100.0, 2)),
            Self::Money => format!("{} {currency}", rounded(value, 2)).trim_end().to_owned(),
            Self::Count => rounded(value, 0),
            Self::Number => rounded(value, 2),
        }
    }
}

/// A figure of a customer that two states of the map are compared by.
#[derive(Debug)]
pub struct Compare {
    /// Its key in the JSON.
    pub id: &'static str,
    /// What people read.
    pub title: &'static str,
    /// What it is counted in.
    pub unit: Unit,
    /// True when more of it is better.
    pub more_is_better: bool,
    /// The figure.
    pub get: fn(&CustomerFigures) -> Option<f64>,
}

/// Every such figure, in the order they are shown.
pub const COMPARED: &[Compare] = &[
    Compare {
        id: "lead_time_h",
        title: "lead time",
        unit: Unit::Hours,
        more_is_better: false,
        get: |figures| figures.lead_time.hours.value,
    },
    Compare {
        id: "process_time_h",
        title: "process time",
        unit: Unit::Hours,
        more_is_better: false,
        get: |figures| figures.lead_time.process_time.value,
    },
    Compare {
        id: "wait_h",
        title: "waiting",
        unit: Unit::Hours,
        more_is_better: false,
        get: |figures| figures.lead_time.wait.value,
    },
    Compare {
        id: "activity_ratio",
        title: "activity ratio",
        unit: Unit::Share,
        more_is_better: true,
        get: |figures| figures.lead_time.activity_ratio(),
    },
    Compare {
        id: "pce",
        title: "PCE",
        unit: Unit::Share,
        more_is_better: true,
        get: |figures| figures.lead_time.pce(),
    },
    Compare {
        id: "rolled_complete_accurate",
        title: "rolled %C&A",
        unit: Unit::Share,
        more_is_better: true,
        get: |figures| figures.quality.complete_accurate.value,
    },
    Compare {
        id: "rolled_on_time",
        title: "rolled on time",
        unit: Unit::Share,
        more_is_better: true,
        get: |figures| figures.quality.on_time.value,
    },
    Compare {
        id: "on_time_start",
        title: "on-time start",
        unit: Unit::Share,
        more_is_better: true,
        get: |figures| figures.on_time_start.value,
    },
    Compare {
        id: "rework_h",
        title: "expected rework",
        unit: Unit::Hours,
        more_is_better: false,
        get: |figures| figures.rework.one_pass_h.value,
    },
    Compare {
        id: "crossing",
        title: "handoffs between departments",
        unit: Unit::Count,
        more_is_better: false,
        get: |figures| Some(figures.crossing.crossing as f64),
    },
    Compare {
        id: "longest_chain",
        title: "handoffs in the longest chain",
        unit: Unit::Count,
        more_is_better: false,
        get: |figures| Some(figures.longest_chain.handoffs.len() as f64),
    },
    Compare {
        id: "cost_per_year",
        title: "cost in a year",
        unit: Unit::Money,
        more_is_better: false,
        get: |figures| figures.cost.told().value,
    },
];

/// A figure now and in the scenario.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Both {
    /// Today.
    pub now: Option<f64>,
    /// With the changes made.
    pub then: Option<f64>,
}

impl Both {
    /// Then minus now; `None` while either is unknown.
    pub fn delta(self) -> Option<f64> {
        Some(self.then? - self.now?)
    }
}

/// One external customer now and then.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerCompared {
    /// The customer.
    pub party: PartyId,
    /// The figures, in the order of [`COMPARED`].
    pub figures: Vec<Both>,
}

/// A scenario held against today.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Compared {
    /// The customers, in the order of names.
    pub customers: Vec<CustomerCompared>,
    /// What all handoffs cost less in a year. Only terms count that are known in both states, so that filling in what was
    /// unknown is no loss; `known` of `of` terms.
    pub saving: Figure,
    /// Working days until the saving has paid for the cost of the scenario; `None` when one is unknown or nothing is
    /// saved.
    pub payback_days: Option<f64>,
}

/// Compares two states of a map, or two versions of it: `then` is the later one. O((C + E) log).
pub fn compared(scenario: &Scenario, now: &Report, then: &Report) -> Compared {
    let later: BTreeMap<PartyId, &CustomerFigures> = then.customers.iter().map(|of| (of.party, of)).collect();
    let customer = |before: &CustomerFigures| {
        let after = later.get(&before.party)?;
        let both = |figure: &Compare| Both { now: (figure.get)(before), then: (figure.get)(after) };
        Some(CustomerCompared { party: before.party, figures: COMPARED.iter().map(both).collect() })
    };
    let saving = saving(now, then);
    Compared {
        customers: now.customers.iter().filter_map(customer).collect(),
        payback_days: payback_days(scenario.cost, saving.value, Some(0.0)),
        saving,
    }
}

/// The parts that handoffs cost less, summed over all handoffs. What is only in one of the two states costs nothing in
/// the other.
fn saving(now: &Report, then: &Report) -> Figure {
    let mut later: BTreeMap<HandoffId, HandoffCost> =
        then.handoffs.iter().map(|of| (of.handoff, of.cost.yearly())).collect();
    let mut terms = Vec::with_capacity(4 * now.handoffs.len());
    for of in &now.handoffs {
        let before = of.cost.yearly();
        match later.remove(&of.handoff) {
            Some(after) => terms.extend(less(&before, &after)),
            None => terms.extend(parts(&before)),
        }
    }
    terms.extend(later.values().flat_map(parts).map(|part| part.map(|part| -part)));
    Figure::sum(terms)
}

fn parts(cost: &HandoffCost) -> [Option<f64>; 4] {
    [cost.appraisal, cost.internal_failure, cost.lateness, cost.external_failure]
}

fn less(now: &HandoffCost, then: &HandoffCost) -> [Option<f64>; 4] {
    let gap = |now: Option<f64>, then: Option<f64>| Some(now? - then?);
    let same_terms = now.internal_known == then.internal_known;
    let ([a, b, c, d], [e, f, g, h]) = (parts(now), parts(then));
    [gap(a, e), gap(b, f).filter(|_| same_terms), gap(c, g), gap(d, h)]
}
