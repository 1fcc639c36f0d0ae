//! What changed in the requirements of a handoff, and in what was observed of a requirement or a measure.

use super::lists::{self, Kind};
use super::{Changes, amount, called, yes_no};
use crate::model::{History, Known, Observation, Operator, Requirement};

/// The lines about the requirements of a handoff.
pub(super) fn all(before: &[Requirement], after: &[Requirement], changes: &mut Changes<'_>) {
    let name = |requirement: &Requirement| called("requirement", &requirement.text);
    let kind =
        Kind { key: |requirement: &Requirement| requirement.id, called: &name, whole: &name, plural: "requirements" };
    lists::changed(&kind, before, after, changes, changed);
}

fn changed(before: &Requirement, after: &Requirement, changes: &mut Changes<'_>) {
    let Requirement {
        id: _,
        text,
        measure,
        unit,
        operator,
        target,
        tolerance,
        must,
        weight,
        basic,
        observations: seen,
    } = before;
    changes.text("text", text, &after.text);
    changes.text("measure", measure, &after.measure);
    changes.text("unit", unit, &after.unit);
    let sign = |operator: Option<Operator>| operator.map_or("none", Operator::word);
    changes.word("comparison", sign(*operator), sign(after.operator));
    changes.number("target", unit, *target, after.target);
    changes.number("tolerance", unit, *tolerance, after.tolerance);
    changes.word("must", yes_no(*must), yes_no(after.must));
    changes.number("weight", "", Some(*weight), Some(after.weight));
    changes.word("basic", yes_no(*basic), yes_no(after.basic));
    observations(seen, &after.observations, &after.unit, changes);
}

/// The lines about observations. Those of one period are the same before and after.
pub(super) fn observations(before: &History, after: &History, unit: &str, changes: &mut Changes<'_>) {
    let name = |observation: &Observation| match observation.when {
        Some(when) => format!("observation {when}"),
        None => "undated observation".into(),
    };
    let whole = |observation: &Observation| format!("{}: {}", name(observation), amount(observation.value, unit));
    let kind = Kind { key: |o: &Observation| o.when, called: &name, whole: &whole, plural: "observations" };
    lists::changed(&kind, before.all(), after.all(), changes, |before, after, changes| {
        let Observation { when: _, value, sample_size, known, by } = before;
        changes.number("value", unit, Some(*value), Some(after.value));
        changes.number("sample size", "", *sample_size, after.sample_size);
        changes.word("known by", how(*known), how(after.known));
        changes.text("by", by, &after.by);
    });
}

/// How a number is known.
pub(super) fn how(known: Option<Known>) -> &'static str {
    known.map_or("unknown", Known::title)
}
