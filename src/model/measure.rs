//! A measure: a number that a team steers by.

use super::aim::{Aim, Operator};
use super::check::{Checks, number_fits, text_fits};
use super::handoff::words;
use super::id::MeasureId;
use super::observation::History;
use super::quantity::{TOLERANCE, VALUE, number};
use super::requirement::with_unit;

/// Most measures of one process.
pub const MOST_MEASURES: usize = 1_000;

words!(
    /// Which way a measure is to go.
    Direction {
        /// More is better.
        #[default]
        Higher = "higher", "higher is better";
        /// Less is better.
        Lower = "lower", "lower is better";
    }
);

words!(
    /// What a measure tells of.
    Timing {
        /// Of what comes: it moves before the result does.
        Leading = "leading", "leading";
        /// Of what was: it is counted when the result is there.
        #[default]
        Lagging = "lagging", "lagging";
    }
);

/// A measure of a process.
#[derive(Debug, Clone, PartialEq)]
pub struct Measure {
    /// Stays with it through edits and merges.
    pub id: MeasureId,
    /// What is counted or measured.
    pub name: String,
    /// The unit of target, tolerance and values.
    pub unit: String,
    /// Which way is better.
    pub direction: Direction,
    /// The value wanted.
    pub target: Option<f64>,
    /// How far off the target still passes, in the same unit.
    pub tolerance: Option<f64>,
    /// Leading or lagging; `None` when nobody said.
    pub timing: Option<Timing>,
    /// It shows whether the promise of the process is kept.
    pub serves_promise: bool,
    /// What was seen, period by period.
    pub observations: History,
}

impl Measure {
    /// A measure of which only the name is known.
    pub fn new(id: MeasureId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            unit: String::new(),
            direction: Direction::default(),
            target: None,
            tolerance: None,
            timing: None,
            serves_promise: false,
            observations: History::default(),
        }
    }

    /// What values are held against; `None` without a target.
    pub fn aim(&self) -> Option<Aim> {
        let operator = match self.direction {
            Direction::Higher => Operator::AtLeast,
            Direction::Lower => Operator::AtMost,
        };
        Some(Aim { operator, target: self.target?, tolerance: self.tolerance.unwrap_or(0.0) })
    }

    /// The value that counts: the latest one observed.
    pub fn actual(&self) -> Option<f64> {
        self.observations.actual()
    }

    /// Whether the target is met; `None` without a target or a value.
    pub fn met(&self) -> Option<bool> {
        Some(self.aim()?.met(self.actual()?))
    }

    /// The value wanted: "≥ 80 %"; `None` without a target.
    pub fn wanted(&self) -> Option<String> {
        let aim = self.aim()?;
        Some(format!("{} {}", aim.operator.sign(), self.with_unit(aim.target)))
    }

    /// A value with the unit behind it.
    pub fn with_unit(&self, value: f64) -> String {
        with_unit(&number(value), &self.unit)
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { id: _, name, unit, direction: _, target, tolerance, timing: _, serves_promise: _, observations } =
            self;
        text_fits("name", name, report);
        text_fits("unit", unit, report);
        number_fits("target", VALUE, *target, report);
        number_fits("tolerance", TOLERANCE, *tolerance, report);
        observations.check(report);
    }
}
