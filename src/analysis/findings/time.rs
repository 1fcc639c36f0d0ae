//! Findings about what is too old, and about ranges of times.

use super::{Hit, Look, Rule, Seen, Severity, improve, quoted};
use crate::model::{History, Part, Subject, When};

pub(super) const OVERDUE: Rule = Rule {
    kind: "review-overdue",
    title: "Review overdue",
    severity: Severity::Warning,
    why: "What was agreed drifts from what is needed; a day on which both sides look again keeps them together.",
    remedy: "Go through it with the other side, then finish the review, or set a new date until which the agreement holds.",
    looks: &[
        Look::Party(improve::review),
        Look::Handoff(|seen, link, hits| {
            let (Some(today), Some(until)) = (seen.today, link.handoff.valid_until) else { return };
            if until.last() < today {
                hits.push(Hit::of(link, format!(": the agreement was valid until {until}.")));
            }
        }),
    ],
};

pub(super) const STALE: Rule = Rule {
    kind: "stale-observation",
    title: "Stale observation",
    severity: Severity::Note,
    why: "A figure from long ago tells what was; whoever acts on it repairs yesterday’s handoff.",
    remedy: "Look again and enter what is so now. How old is too old is set for the map as a whole.",
    looks: &[
        Look::Party(stale_measures),
        Look::Requirement(|seen, requirement| {
            // What cannot be tested is found by itself.
            let when = stale(seen, &requirement.observations).filter(|_| requirement.untestable().is_none())?;
            Some(format!("last observed {when}"))
        }),
    ],
};

pub(super) const RANGE: Rule = Rule {
    kind: "range-does-not-hold-likely-time",
    title: "Range that does not hold the likely time",
    severity: Severity::Note,
    why: "A simulation draws times between the shortest and the longest, with the likely one in between.",
    remedy: "Enter the likely time, and set the shortest at most and the longest at least to it.",
    looks: &[
        Look::Party(|seen, at, hits| {
            let (id, party) = seen.chain.parties()[at];
            let range = [party.process_time_low_h, party.process_time_high_h];
            if let Some(says) = unfit(range, party.process_time_h) {
                hits.push(Hit::at(Subject::Party(id), format!("{}: the process time’s {says}.", seen.name(at))));
            }
        }),
        Look::Handoff(|_, link, hits| {
            if let Some(says) = unfit([link.handoff.wait_low_h, link.handoff.wait_high_h], link.handoff.wait_h) {
                hits.push(Hit::of(link, format!(": the wait’s {says}.")));
            }
        }),
    ],
};

/// What does not fit about a range and the likely value.
fn unfit([low, high]: [Option<f64>; 2], likely: Option<f64>) -> Option<&'static str> {
    match (likely, low, high) {
        (None, None, None) => None,
        (None, ..) => Some("likely value is unknown"),
        (Some(likely), Some(low), _) if low > likely => Some("shortest value is longer than the likely one"),
        (Some(likely), _, Some(high)) if high < likely => Some("longest value is shorter than the likely one"),
        _ => None,
    }
}

/// When something was last seen, if that is too long ago. What has no date tells no age.
fn stale(seen: &Seen<'_>, history: &History) -> Option<When> {
    let when = history.latest()?.when?;
    (when.last() < seen.oldest?).then_some(when)
}

fn stale_measures(seen: &Seen<'_>, at: usize, hits: &mut Vec<Hit>) {
    let (id, party) = seen.chain.parties()[at];
    for measure in &party.measures {
        if let Some(when) = stale(seen, &measure.observations) {
            let what = quoted(&measure.name, "an unnamed measure");
            let message = format!("{}, {what}: last observed {when}.", seen.name(at));
            hits.push(Hit { part: Some(Part::Measure(measure.id)), ..Hit::at(Subject::Party(id), message) });
        }
    }
}
