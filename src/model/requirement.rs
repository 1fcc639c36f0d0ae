//! A requirement: what the receiver of a handoff needs of its item, and how well that is met.

use super::check::{Checks, number_fits, text_fits};
use super::handoff::words;
use super::id::RequirementId;
use super::quantity::{TOLERANCE, VALUE, WEIGHT};

words!(
    /// How an actual value is held against the target.
    Operator {
        /// At least the target.
        #[default]
        AtLeast = ">=", "at least (≥)";
        /// At most the target.
        AtMost = "<=", "at most (≤)";
        /// The target, within the tolerance.
        Equal = "=", "exactly (=)";
    }
);

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
    /// The value last seen.
    pub actual: Option<f64>,
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
            actual: None,
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
        let unit = if self.unit.trim().is_empty() { String::new() } else { format!(" {}", self.unit.trim()) };
        let value = |v: f64| format!("{}{unit}", super::quantity::number(v));
        if let Some((operator, target)) = self.operator.zip(self.target) {
            words += &format!("{} {} {}", if words.is_empty() { "" } else { ":" }, operator.title(), value(target));
        }
        if let Some(actual) = self.actual {
            words += &format!(" (actual {})", value(actual));
        }
        words
    }

    /// Whether it is met; `None` while it cannot be tested or was not evaluated.
    pub fn met(&self) -> Option<bool> {
        let (operator, target, actual) = (self.operator?, self.target?, self.actual?);
        let tolerance = self.tolerance.unwrap_or(0.0);
        // A hair of slack, so that 0.1 + 0.2 meets a target of 0.3.
        let slack = 1e-9 * target.abs().max(actual.abs()).max(1e-3);
        Some(match operator {
            Operator::AtLeast => actual >= target - tolerance - slack,
            Operator::AtMost => actual <= target + tolerance + slack,
            Operator::Equal => (actual - target).abs() <= tolerance + slack,
        })
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { id: _, text, measure, unit, operator: _, target, tolerance, must: _, weight, actual } = self;
        text_fits("requirement", text, report);
        text_fits("measure", measure, report);
        text_fits("unit", unit, report);
        number_fits("target", VALUE, *target, report);
        number_fits("tolerance", TOLERANCE, *tolerance, report);
        number_fits("weight", WEIGHT, Some(*weight), report);
        number_fits("actual", VALUE, *actual, report);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn met_follows_operator_target_and_tolerance() {
        let id = RequirementId::parse("r").expect("id");
        for (operator, target, tolerance, actual, met) in [
            (Operator::AtLeast, 80.0, None, 80.0, true),
            (Operator::AtLeast, 80.0, None, 79.9, false),
            (Operator::AtLeast, 80.0, Some(1.0), 79.0, true),
            (Operator::AtMost, 4.0, None, 4.1, false),
            (Operator::AtMost, 0.3, None, 0.1 + 0.2, true),
            (Operator::Equal, 5.0, Some(0.5), 5.5, true),
            (Operator::Equal, 5.0, None, 5.1, false),
        ] {
            let requirement = Requirement {
                operator: Some(operator),
                target: Some(target),
                tolerance,
                actual: Some(actual),
                ..Requirement::new(id, "x")
            };
            assert_eq!(requirement.met(), Some(met), "{operator:?} {target} {actual}");
        }
        assert_eq!(Requirement::new(id, "x").met(), None, "unknown is unknown");
    }
}
