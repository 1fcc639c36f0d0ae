//! What changed in a party, its measures, and what was said about it.

use super::lists::{self, Kind};
use super::{Changes, called, dismissed, requirements, sprints, yes_no};
use crate::model::{Document, Measure, Party, PartyId, Timing, Voice};

/// The lines about a party that was added or replaced.
pub(super) fn put(id: PartyId, new: &Party, before: &Document, after: &Document, lines: &mut Vec<String>) {
    let Some(old) = before.party(id) else {
        lines.push(format!("party “{}” added", after.name_of(id)));
        return;
    };
    let mut changes = Changes { of: format!("party “{}”", before.name_of(id)), lines };
    changed(old, new, &mut changes);
    measures(&old.measures, &new.measures, &mut changes);
    voices((&old.voices, before), (&new.voices, after), &mut changes);
    dismissed(&old.dismissed, &new.dismissed, &mut changes);
    sprints::not_applicable(&old.not_applicable, &new.not_applicable, &mut changes);
    changes.schedule(old.review, new.review);
    sprints::reviews(&old.reviews, &new.reviews, &mut changes);
}

fn changed(before: &Party, after: &Party, changes: &mut Changes<'_>) {
    let Party {
        name,
        kind,
        department,
        owner,
        promise,
        notes,
        process_time_h,
        process_time_low_h,
        process_time_high_h,
        value_adding,
        rate_per_h,
        target_lead_time_h,
        measures: _,
        voices: _,
        dismissed: _,
        not_applicable: _,
        review: _,
        reviews: _,
    } = before;
    changes.text("name", name, &after.name);
    changes.word("kind", kind.title(), after.kind.title());
    changes.text("department", department, &after.department);
    changes.text("owner", owner, &after.owner);
    changes.text("promise", promise, &after.promise);
    changes.text("notes", notes, &after.notes);
    changes.number("process time", "h", *process_time_h, after.process_time_h);
    changes.number("shortest process time", "h", *process_time_low_h, after.process_time_low_h);
    changes.number("longest process time", "h", *process_time_high_h, after.process_time_high_h);
    let known = |value: Option<bool>| value.map_or("unknown", yes_no);
    changes.word("value-adding", known(*value_adding), known(after.value_adding));
    changes.number("rate per hour", "", *rate_per_h, after.rate_per_h);
    changes.number("target lead time", "h", *target_lead_time_h, after.target_lead_time_h);
}

fn measures(before: &[Measure], after: &[Measure], changes: &mut Changes<'_>) {
    let name = |measure: &Measure| called("measure", &measure.name);
    let kind = Kind { key: |measure: &Measure| measure.id, called: &name, whole: &name, plural: "measures" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let Measure { id: _, name, unit, direction, target, tolerance, timing, serves_promise, observations } = before;
        changes.text("name", name, &after.name);
        changes.text("unit", unit, &after.unit);
        changes.word("direction", direction.title(), after.direction.title());
        changes.number("target", unit, *target, after.target);
        changes.number("tolerance", unit, *tolerance, after.tolerance);
        let tells = |timing: Option<Timing>| timing.map_or("unknown", Timing::title);
        changes.word("timing", tells(*timing), tells(after.timing));
        changes.word("serves the promise", yes_no(*serves_promise), yes_no(after.serves_promise));
        requirements::observations(observations, &after.observations, &after.unit, changes);
    });
}

fn voices(before: (&[Voice], &Document), after: (&[Voice], &Document), changes: &mut Changes<'_>) {
    let name = |voice: &Voice| called(&voice.kind.title().to_lowercase(), &voice.text);
    let kind = Kind { key: |voice: &Voice| voice.id, called: &name, whole: &name, plural: "expectations" };
    let (old_map, new_map) = (before.1, after.1);
    lists::changed(&kind, before.0, after.0, changes, |before, after, changes| {
        let Voice { id: _, customer, kind, text, importance, satisfaction, source, when, people } = before;
        changes.party("customer", (*customer, old_map), (after.customer, new_map));
        changes.word("kind", kind.title(), after.kind.title());
        changes.text("text", text, &after.text);
        changes.number("importance", "", *importance, after.importance);
        changes.number("satisfaction", "", *satisfaction, after.satisfaction);
        changes.text("source", source, &after.source);
        changes.when("date", *when, after.when);
        changes.number("people", "", *people, after.people);
    });
}
