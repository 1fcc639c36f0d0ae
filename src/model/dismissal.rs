//! A finding that somebody put aside, with the reason.

use super::check::{Checks, text_fits};
use super::id::{MeasureId, RequirementId};
use super::when::When;

/// Most findings of one record that may be put aside.
pub const MOST_DISMISSED: usize = 1_000;

/// The part of a party or handoff that a finding is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// A requirement of a handoff.
    Requirement(RequirementId),
    /// A measure of a process.
    Measure(MeasureId),
}

/// A finding that is not to be raised any more. It is kept with the party, handoff or map that it is about.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dismissal {
    /// Which kind of finding: the stable word of the rule. A kind that no rule has is kept and means nothing.
    pub kind: String,
    /// The requirement or measure that it is about, when it is about one.
    pub part: Option<Part>,
    /// Why.
    pub reason: String,
    /// When it was put aside.
    pub when: Option<When>,
}

/// Reports what findings put aside may not hold.
pub(super) fn check_dismissed(dismissed: &[Dismissal], report: Checks<'_>) {
    for Dismissal { kind, part: _, reason, when: _ } in dismissed {
        for (words, text) in [("a kind", kind), ("a reason", reason)] {
            text_fits("dismissed", text, &mut |field, problem| report(field, format!("holds {words} that {problem}")));
            if text.trim().is_empty() {
                report("dismissed", format!("holds {words} without words"));
            }
        }
    }
    if dismissed.len() > MOST_DISMISSED {
        report("dismissed", format!("has more than {MOST_DISMISSED} entries"));
    }
}
