//! A requirement: what the receiver of a handoff needs of its item, and how well that is met.

use super::aim::{Aim, Operator};
use super::check::{Checks, number_fits, text_fits};
use super::id::RequirementId;
use super::observation::History;
use super::quantity::{TOLERANCE, VALUE, WEIGHT, number};

/// One requirement of a handoff.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// Stays with it through edits and merges.
    pub id: RequirementId,
    /// What is needed, in words.
    pub text: String,
    /// What is counted or measured to tell whether it is met.
    pub measure: String,
    /// The unit of target, tolerance and actual.
    pub unit: String,
    /// How the actual value is held against the target.
    pub operator: Option<Operator>,
    /// The value wanted.
    pub target: Option<f64>,
    /// How far off the target still passes, in the same unit.
    pub tolerance: Option<f64>,
    /// A must: failing it makes the handoff red whatever else is green.
    pub must: bool,
    /// How much it counts in the handoff's score.
    pub weight: f64,
    /// Basic, not differentiating: it is taken for granted, and must pass before the others count.
    pub basic: bool,
    /// What was seen, period by period.
    pub observations: History,
}

impl Requirement {
    /// A requirement of which only the words are known: a must of weight 1.
    pub fn new(id: RequirementId, text: impl Into<String>) -> Self {
        Self {
            id,
            text: text.into(),
            measure: String::new(),
            unit: String::new(),
            operator: None,
            target: None,
            tolerance: None,
            must: true,
            weight: 1.0,
            basic: false,
            observations: History::default(),
        }
    }

    /// Why nobody can say whether it is met; `None` when it can be tested.
    pub fn untestable(&self) -> Option<&'static str> {
        if self.measure.trim().is_empty() {
            Some("no measure yet: nobody can say whether this is met")
        } else if self.operator.is_none() {
            Some("no comparison yet: nobody can say whether this is met")
        } else if self.target.is_none() {
            Some("no target yet: nobody can say whether this is met")
        } else {
            None
        }
    }

    /// What is needed, with its target and the actual value: "complete at first submission: ≥ 80 % (actual 45 %)".
    pub fn in_words(&self) -> String {
        let mut words = self.text.trim().to_owned();
        if words.is_empty() {
            self.measure.trim().clone_into(&mut words);
        }
        if let Some(wanted) = self.wanted() {
            words += &format!("{}{wanted}", if words.is_empty() { "" } else { ": " });
        }
        if let Some(latest) = self.observations.latest() {
            let about = if latest.is_guess() { "≈ " } else { "" };
            words += &format!(" (actual {about}{})", self.with_unit(latest.value));
        }
        words
    }

    /// The value wanted: "≥ 80 %", or "= 5 ± 0.5 h"; `None` while operator or target are missing.
    pub fn wanted(&self) -> Option<String> {
        let Aim { operator, target, tolerance } = self.aim()?;
        let tolerance = if tolerance > 0.0 { format!(" ± {}", number(tolerance)) } else { String::new() };
        Some(format!("{} {}", operator.sign(), with_unit(&format!("{}{tolerance}", number(target)), &self.unit)))
    }

    /// A value with the unit behind it.
    pub fn with_unit(&self, value: f64) -> String {
        with_unit(&number(value), &self.unit)
    }

    /// What values are held against; `None` while operator or target are missing.
    pub fn aim(&self) -> Option<Aim> {
        let tolerance = self.tolerance.unwrap_or(0.0);
        Some(Aim { operator: self.operator?, target: self.target?, tolerance })
    }

    /// The value that counts: the latest one observed.
    pub fn actual(&self) -> Option<f64> {
        self.observations.actual()
    }

    /// Whether it is met; `None` while it cannot be tested or was not evaluated.
    pub fn met(&self) -> Option<bool> {
        Some(self.aim()?.met(self.actual()?))
    }

    /// How far the actual value is on the good side of the target, in its unit: more is better, below 0 is short of it.
    pub fn attainment(&self) -> Option<f64> {
        Some(self.aim()?.attainment(self.actual()?))
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { id: _, text, measure, unit, operator: _, target, tolerance, must: _, weight, basic: _, .. } = self;
        text_fits("requirement", text, report);
        text_fits("measure", measure, report);
        text_fits("unit", unit, report);
        number_fits("target", VALUE, *target, report);
        number_fits("tolerance", TOLERANCE, *tolerance, report);
        number_fits("weight", WEIGHT, Some(*weight), report);
        self.observations.check(report);
    }
}

/// A text with a unit behind it, if there is one.
pub(super) fn with_unit(text: &str, unit: &str) -> String {
    format!("{text} {}", unit.trim()).trim_end().to_owned()
}
