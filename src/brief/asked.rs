//! What to ask of a supplier when nobody has put it into words yet.

use super::figures::{wanted, with_unit};
use crate::model::{Handoff, Requirement};

/// How a requirement stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// It was evaluated and is met.
    Met,
    /// It was evaluated and is not met.
    Failed,
    /// It could be evaluated and never was.
    Unevaluated,
    /// Nobody can say whether it is met.
    Untestable,
}

/// How a requirement stands.
pub(super) fn standing(requirement: &Requirement) -> Standing {
    match (requirement.met(), requirement.untestable()) {
        (Some(true), _) => Standing::Met,
        (Some(false), _) => Standing::Failed,
        (None, Some(_)) => Standing::Untestable,
        (None, None) => Standing::Unevaluated,
    }
}

/// A requirement's words.
pub(super) fn name(requirement: &Requirement) -> String {
    let words = [&requirement.text, &requirement.measure].map(|text| text.trim());
    words.into_iter().find(|text| !text.is_empty()).unwrap_or("unnamed requirement").to_owned()
}

/// The requirements in the order in which they are told: the basic ones first, then the musts, then as they stand.
pub(super) fn in_order(handoff: &Handoff) -> Vec<&Requirement> {
    let mut all: Vec<&Requirement> = handoff.requirements.iter().collect();
    all.sort_by_key(|requirement| (!requirement.basic, !requirement.must));
    all
}

/// The failed requirement that hurts most: a must before others, a basic one before others, then the one that is furthest
/// off its target in the measure of that and of its weight.
pub(super) fn worst(handoff: &Handoff) -> Option<&Requirement> {
    let far = |r: &Requirement| {
        let (Some(aim), Some(actual)) = (r.aim(), r.actual()) else { return 0.0 };
        r.weight * (aim.target - actual).abs() / aim.target.abs().max(1e-9)
    };
    let failed = handoff.requirements.iter().filter(|requirement| standing(requirement) == Standing::Failed);
    // The first of equals, as people put the weighty ones first.
    failed.rev().max_by(|a, b| (a.must, a.basic).cmp(&(b.must, b.basic)).then(far(a).total_cmp(&far(b))))
}

/// One sentence: what is asked of the supplier; `None` when there is nothing to ask.
pub(super) fn asked(handoff: &Handoff) -> Option<String> {
    if let Some(worst) = worst(handoff) {
        let (aim, actual) = (worst.aim()?, with_unit(worst.actual()?, &worst.unit));
        return Some(format!("Please bring “{}” from {actual} to {}.", name(worst), wanted(aim, &worst.unit)));
    }
    let first = |state| in_order(handoff).into_iter().find(|requirement| standing(requirement) == state);
    if let Some(unevaluated) = first(Standing::Unevaluated) {
        return Some(format!("Please count “{}” with us: nobody knows yet whether it is met.", name(unevaluated)));
    }
    let untestable = first(Standing::Untestable)?;
    Some(format!("Please agree with us on how to tell whether “{}” is met.", name(untestable)))
}
