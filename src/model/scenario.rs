//! A scenario: a named future state, as the numbers that would be other than today. The map itself stays as it is.

use std::collections::BTreeSet;

use super::check::{Checks, number_fits, text_fits};
use super::document::Subject;
use super::handoff::{Handoff, words};
use super::party::Party;
use super::quantity::{HOURS, MONEY, PERCENT, Quantity};

/// Most scenarios of one map.
pub const MOST_SCENARIOS: usize = 1_000;
/// Most numbers that one scenario changes.
pub const MOST_CHANGES: usize = 10_000;

words!(
    /// A number that can be moved to see what becomes of the customer's result.
    Lever {
        /// %C&A of a handoff.
        #[default]
        CompleteAccurate = "complete_accurate_pct", "%C&A";
        /// On-time share of a handoff.
        OnTime = "on_time_pct", "On time";
        /// Waiting time of a handoff.
        Wait = "wait_h", "Wait";
        /// Process time of a process.
        ProcessTime = "process_time_h", "Process time";
    }
);

impl Lever {
    /// The levers that a party or handoff has.
    pub fn of(subject: Subject) -> &'static [Self] {
        match subject {
            Subject::Party(_) => &[Self::ProcessTime],
            Subject::Handoff(_) => &[Self::CompleteAccurate, Self::OnTime, Self::Wait],
        }
    }

    /// The unit and range of its values.
    pub fn quantity(self) -> Quantity {
        match self {
            Self::CompleteAccurate | Self::OnTime => PERCENT,
            Self::Wait | Self::ProcessTime => HOURS,
        }
    }

    /// The number on a handoff; `None` when it is unknown there, or no number of a handoff.
    pub fn on_handoff(self, handoff: &Handoff) -> Option<f64> {
        match self {
            Self::CompleteAccurate => handoff.complete_accurate_pct,
            Self::OnTime => handoff.on_time_pct,
            Self::Wait => handoff.wait_h,
            Self::ProcessTime => None,
        }
    }

    /// The number of a party; `None` when it is unknown there, or no number of a party.
    pub fn on_party(self, party: &Party) -> Option<f64> {
        if self == Self::ProcessTime { party.process_time_h } else { None }
    }
}

/// One number of the map that would be another.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The party or handoff whose number it is.
    pub subject: Subject,
    /// Which number.
    pub lever: Lever,
    /// What it would be: a percentage from 0 to 100, or hours.
    pub value: f64,
    /// Why it would.
    pub why: String,
}

/// A named future state as changes over the current map.
///
/// It may name parties and handoffs that are not there, as after somebody removed them: such changes are kept and do
/// nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scenario {
    /// What people call it.
    pub name: String,
    /// What it is for, and what it takes.
    pub notes: String,
    /// What it costs to get there, once, in the currency of the map.
    pub cost: Option<f64>,
    /// What would be other than today; at most one change of each number.
    pub changes: Vec<Change>,
    /// Where it stands among the scenarios: they are shown by rank, then by id.
    pub rank: u32,
}

impl Scenario {
    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { name, notes, cost, changes, rank: _ } = self;
        text_fits("name", name, report);
        text_fits("notes", notes, report);
        number_fits("cost", MONEY, *cost, report);
        let mut seen = BTreeSet::new();
        for Change { subject, lever, value, why } in changes {
            let within =
                &mut |_: &'static str, problem: String| report("changes", format!("hold a value that {problem}"));
            number_fits(lever.word(), lever.quantity(), Some(*value), within);
            text_fits("changes", why, &mut |field, problem| report(field, format!("hold a reason that {problem}")));
            if !Lever::of(*subject).contains(lever) {
                report("changes", format!("hold the field {}, which that record does not have", lever.word()));
            }
            if !seen.insert((*subject, *lever)) {
                report("changes", format!("hold the field {} of one record twice", lever.word()));
            }
        }
        if changes.len() > MOST_CHANGES {
            report("changes", format!("are more than {MOST_CHANGES}"));
        }
    }
}
