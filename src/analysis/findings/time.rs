//! Findings about what is too old, and about ranges of times.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::{Hit, Rule, Seen, Severity, quoted};
use crate::model::{History, Part, Subject};

pub(super) const OVERDUE: Rule = Rule {
    kind: "review-overdue",
    title: "Review overdue",
    severity: Severity::Warning,
    why: "What was agreed drifts from what is needed; a date until which it holds makes both sides look again.",
    remedy: "Go through the agreement with the other side, then set a new date until which it holds.",
    run: |seen| {
        let Some(today) = seen.today else { return Vec::new() };
        let document = seen.chain.document();
        let hit = |link: &super::super::graph::Link<'_>| {
            let until = link.handoff.valid_until.filter(|until| until.last() < today)?;
            let what = document.describe(link.handoff);
            Some(Hit::at(Subject::Handoff(link.id), format!("“{what}”: the agreement was valid until {until}.")))
        };
        seen.chain.links().iter().filter_map(hit).collect()
    },
};

pub(super) const STALE: Rule = Rule {
    kind: "stale-observation",
    title: "Stale observation",
    severity: Severity::Note,
    why: "A figure from long ago tells what was; whoever acts on it repairs yesterday’s handoff.",
    remedy: "Look again and enter what is so now. How old is too old is set for the map as a whole.",
    run: |seen| {
        let days = seen.chain.document().info().stale_after_days;
        let oldest = seen.today.and_then(|today| today.checked_sub((days as i64).days()).ok());
        oldest.map_or_else(Vec::new, |oldest| stale(seen, oldest))
    },
};

pub(super) const RANGE: Rule = Rule {
    kind: "range-does-not-hold-likely-time",
    title: "Range that does not hold the likely time",
    severity: Severity::Note,
    why: "A simulation draws times between the shortest and the longest, with the likely one in between.",
    remedy: "Enter the likely time, and set the shortest at most and the longest at least to it.",
    run: |seen| {
        let document = seen.chain.document();
        let party = |(id, party): &(_, &crate::model::Party)| {
            let range = [party.process_time_low_h, party.process_time_high_h];
            let says = unfit(range, party.process_time_h)?;
            Some(Hit::at(Subject::Party(*id), format!("{}: the process time’s {says}.", document.name_of(*id))))
        };
        let link = |link: &super::super::graph::Link<'_>| {
            let says = unfit([link.handoff.wait_low_h, link.handoff.wait_high_h], link.handoff.wait_h)?;
            let what = document.describe(link.handoff);
            Some(Hit::at(Subject::Handoff(link.id), format!("“{what}”: the wait’s {says}.")))
        };
        let parties = seen.chain.parties().iter().filter_map(party);
        parties.chain(seen.chain.links().iter().filter_map(link)).collect()
    },
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

/// Requirements and measures whose latest observation is older than a day. Undated ones tell no age.
fn stale(seen: &Seen<'_>, oldest: Date) -> Vec<Hit> {
    let old = |history: &History| {
        let when = history.latest()?.when?;
        (when.last() < oldest).then_some(when)
    };
    let document = seen.chain.document();
    let mut hits = Vec::new();
    for link in seen.chain.links() {
        for requirement in &link.handoff.requirements {
            // What cannot be tested is found by itself.
            let Some(when) = old(&requirement.observations).filter(|_| requirement.untestable().is_none()) else {
                continue;
            };
            let what = quoted(&requirement.text, "an unnamed requirement");
            let message = format!("“{}”, {what}: last observed {when}.", document.describe(link.handoff));
            let (subject, part) = (Some(Subject::Handoff(link.id)), Some(Part::Requirement(requirement.id)));
            hits.push(Hit { subject, part, message });
        }
    }
    for (id, party) in seen.chain.parties() {
        for measure in &party.measures {
            let Some(when) = old(&measure.observations) else { continue };
            let what = quoted(&measure.name, "an unnamed measure");
            let message = format!("{}, {what}: last observed {when}.", document.name_of(*id));
            let (subject, part) = (Some(Subject::Party(*id)), Some(Part::Measure(measure.id)));
            hits.push(Hit { subject, part, message });
        }
    }
    hits
}
