//! What a value is held against: an operator, a target and a tolerance.

use super::handoff::words;

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

impl Operator {
    /// The sign people write.
    pub fn sign(self) -> &'static str {
        match self {
            Self::AtLeast => "≥",
            Self::AtMost => "≤",
            Self::Equal => "=",
        }
    }
}

/// A target that values can be held against.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Aim {
    /// How.
    pub operator: Operator,
    /// The value wanted.
    pub target: f64,
    /// How far off the target still passes.
    pub tolerance: f64,
}

impl Aim {
    /// Whether a value passes.
    pub fn met(self, actual: f64) -> bool {
        // A hair of slack, so that 0.1 + 0.2 meets a target of 0.3.
        let slack = 1e-9 * self.target.abs().max(actual.abs()).max(1e-3);
        self.attainment(actual) >= -self.tolerance - slack
    }

    /// How far a value is on the good side of the target, in its unit: more is better, below 0 is short of it.
    ///
    /// For "exactly" nothing is better than the target itself, which gives 0.
    pub fn attainment(self, actual: f64) -> f64 {
        match self.operator {
            Operator::AtLeast => actual - self.target,
            Operator::AtMost => self.target - actual,
            Operator::Equal => -(actual - self.target).abs(),
        }
    }

    /// True when going from one value to another is a step in the right direction, false for the wrong one; `None` when
    /// it makes no difference.
    pub fn is_better(self, from: f64, to: f64) -> Option<bool> {
        let step = self.attainment(to) - self.attainment(from);
        (step.abs() > 1e-12).then_some(step > 0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn met_and_attainment_follow_operator_target_and_tolerance() {
        for (operator, target, tolerance, actual, met, attainment) in [
            (Operator::AtLeast, 80.0, 0.0, 80.0, true, 0.0),
            (Operator::AtLeast, 80.0, 0.0, 45.0, false, -35.0),
            (Operator::AtLeast, 80.0, 1.0, 79.0, true, -1.0),
            (Operator::AtMost, 4.0, 0.0, 4.1, false, -0.1),
            (Operator::AtMost, 4.0, 0.0, 3.0, true, 1.0),
            (Operator::AtMost, 0.3, 0.0, 0.1 + 0.2, true, 0.0),
            (Operator::Equal, 5.0, 0.5, 5.5, true, -0.5),
            (Operator::Equal, 5.0, 0.0, 4.9, false, -0.1),
        ] {
            let aim = Aim { operator, target, tolerance };
            assert_eq!(aim.met(actual), met, "{aim:?} {actual}");
            assert!((aim.attainment(actual) - attainment).abs() < 1e-9, "{aim:?} {actual}");
        }
        let aim = Aim { operator: Operator::AtMost, target: 4.0, tolerance: 0.0 };
        assert_eq!(
            [aim.is_better(5.0, 4.0), aim.is_better(4.0, 5.0), aim.is_better(4.0, 4.0)],
            [Some(true), Some(false), None]
        );
    }
}
