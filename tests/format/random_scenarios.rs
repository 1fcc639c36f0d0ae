//! Random scenarios, and random findings that were put aside.

use std::collections::BTreeSet;

use peel::model::{Change, Dismissal, HandoffId, Lever, MeasureId, Part, PartyId, RequirementId, Scenario, Subject};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::documents::{id, number, text};
use super::random_contract::when;
use super::random_improve::{altered_handoffs, altered_parties};

fn part() -> impl Strategy<Value = Part> {
    prop_oneof![
        id().prop_map(|id| Part::Requirement(RequirementId::parse(&id).unwrap())),
        id().prop_map(|id| Part::Measure(MeasureId::parse(&id).unwrap())),
    ]
}

/// Any text that is not blank.
fn words() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.trim().is_empty() { format!("{text}fence") } else { text })
}

/// Findings that were put aside, those of no rule and of parts that are gone included.
pub fn dismissed() -> impl Strategy<Value = Vec<Dismissal>> {
    let one = (words(), option::of(part()), words(), option::of(when()));
    vec(one.prop_map(|(kind, part, reason, when)| Dismissal { kind, part, reason, when }), 0..3)
}

/// A number that would be another. Few records, so that several numbers of one are changed.
fn change() -> impl Strategy<Value = Change> {
    let id = prop_oneof![2 => select(vec!["a", "b"]).prop_map(String::from), 1 => id()];
    let subject = (id, any::<bool>()).prop_map(|(id, party)| {
        if party {
            Subject::Party(PartyId::parse(&id).unwrap())
        } else {
            Subject::Handoff(HandoffId::parse(&id).unwrap())
        }
    });
    let lever = subject.prop_flat_map(|subject| (Just(subject), select(Lever::of(subject))));
    let value = lever.prop_flat_map(|(subject, lever)| {
        let range = lever.quantity();
        (Just((subject, lever)), number(range.min, range.max))
    });
    (value, text()).prop_map(|(((subject, lever), value), why)| Change { subject, lever, value, why })
}

/// Any sound scenario; what it changes need not be there.
pub fn scenario() -> impl Strategy<Value = Scenario> {
    let changes = vec(change(), 0..8).prop_map(|mut changes| {
        let mut seen = BTreeSet::new();
        changes.retain(|change| seen.insert((change.subject, change.lever)));
        changes
    });
    let records = (altered_parties(), altered_handoffs());
    ((text(), text()), option::of(number(0.0, 1e12)), changes, records, any::<u32>()).prop_map(
        |((name, notes), cost, changes, ((parties, places), handoffs), rank)| Scenario {
            name,
            notes,
            cost,
            changes,
            parties,
            handoffs,
            places,
            rank,
        },
    )
}
