//! What changed in a handoff, and between its two sides.

use super::lists::{self, Kind};
use super::{Changes, dismissed, requirements, short, yes_no};
use crate::model::{Aspect, Document, Handoff, HandoffId, Rating, Role, Told, When};

/// The lines about a handoff that was added or replaced.
pub(super) fn put(id: HandoffId, new: &Handoff, before: &Document, after: &Document, lines: &mut Vec<String>) {
    let Some(old) = before.handoff(id) else {
        lines.push(format!("handoff “{}” added", after.describe(new)));
        return;
    };
    let mut changes = Changes { of: format!("handoff “{}”", before.describe(old)), lines };
    for (field, from, to) in [("supplier", old.supplier, new.supplier), ("customer", old.customer, new.customer)] {
        changes.party(field, (from, before), (to, after));
    }
    changed(old, new, &mut changes);
    accord(old, new, &mut changes);
    requirements::all(&old.requirements, &new.requirements, &mut changes);
    dismissed(&old.dismissed, &new.dismissed, &mut changes);
}

fn changed(before: &Handoff, after: &Handoff, changes: &mut Changes<'_>) {
    let Handoff {
        supplier: _,
        customer: _,
        item,
        form,
        kind,
        critical,
        wait_h,
        wait_low_h,
        wait_high_h,
        complete_accurate_pct,
        on_time_pct,
        volume,
        period,
        known,
        sample_size,
        check_h,
        fix_receiver_h,
        fix_supplier_h,
        late_h,
        late_cost_per_h,
        escape_pct,
        escape_cost,
        agreement: _,
        contact: _,
        valid_until: _,
        ask: _,
        offer: _,
        told: _,
        roles: _,
        ratings: _,
        notes,
        requirements: _,
        dismissed: _,
    } = before;
    changes.text("item", item, &after.item);
    changes.word("form", form.title(), after.form.title());
    changes.word("kind", kind.title(), after.kind.title());
    changes.word("critical", yes_no(*critical), yes_no(after.critical));
    changes.number("wait", "h", *wait_h, after.wait_h);
    changes.number("shortest wait", "h", *wait_low_h, after.wait_low_h);
    changes.number("longest wait", "h", *wait_high_h, after.wait_high_h);
    changes.number("%C&A", "", *complete_accurate_pct, after.complete_accurate_pct);
    changes.number("on time", "%", *on_time_pct, after.on_time_pct);
    changes.number("volume", "", *volume, after.volume);
    changes.word("period", period.title(), after.period.title());
    changes.word("known by", requirements::how(*known), requirements::how(after.known));
    changes.number("sample size", "", *sample_size, after.sample_size);
    changes.number("checking", "h", *check_h, after.check_h);
    changes.number("mending by the receiver", "h", *fix_receiver_h, after.fix_receiver_h);
    changes.number("mending by the supplier", "h", *fix_supplier_h, after.fix_supplier_h);
    changes.number("lateness", "h", *late_h, after.late_h);
    changes.number("cost of an hour late", "", *late_cost_per_h, after.late_cost_per_h);
    changes.number("escaping defects", "%", *escape_pct, after.escape_pct);
    changes.number("cost of an escaped defect", "", *escape_cost, after.escape_cost);
    changes.text("notes", notes, &after.notes);
}

/// What the two sides said to and of each other.
fn accord(before: &Handoff, after: &Handoff, changes: &mut Changes<'_>) {
    changes.word("agreement", before.agreement.title(), after.agreement.title());
    changes.text("contact", &before.contact, &after.contact);
    changes.when("valid until", before.valid_until, after.valid_until);
    changes.text("ask", &before.ask, &after.ask);
    changes.text("offer", &before.offer, &after.offer);
    told(&before.told, &after.told, changes);
    roles(&before.roles, &after.roles, changes);
    ratings(&before.ratings, &after.ratings, changes);
}

fn told(before: &[Told], after: &[Told], changes: &mut Changes<'_>) {
    let name = |told: &Told| format!("told {} ({})", person(&told.who), and_when(told.state.title(), told.when));
    let kind = Kind { key: |told: &Told| told.when, called: &name, whole: &name, plural: "what was told" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let Told { when: _, state, who, what } = before;
        changes.word("state", state.title(), after.state.title());
        changes.text("who", who, &after.who);
        changes.text("what", what, &after.what);
    });
}

fn roles(before: &[Role], after: &[Role], changes: &mut Changes<'_>) {
    let name = |role: &Role| format!("role of {}", person(&role.who));
    let whole = |role: &Role| format!("{} ({})", name(role), role.raci.title().to_lowercase());
    let kind = Kind { key: |role: &Role| role.who.clone(), called: &name, whole: &whole, plural: "roles" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let Role { who: _, raci } = before;
        changes.line(&format!("{} → {}", raci.title(), after.raci.title()));
    });
}

fn ratings(before: &[Rating], after: &[Rating], changes: &mut Changes<'_>) {
    let name =
        |rating: &Rating| format!("rating by {} ({})", person(&rating.who), and_when(rating.side.title(), rating.when));
    let key = |rating: &Rating| (rating.side, rating.who.clone(), rating.when);
    let kind = Kind { key, called: &name, whole: &name, plural: "ratings" };
    lists::changed(&kind, before, after, changes, |before, after, changes| {
        let Rating { side: _, who: _, when: _, marks } = before;
        for (aspect, (old, new)) in Aspect::ALL.iter().zip(marks.iter().zip(after.marks)) {
            changes.number(&aspect.title().to_lowercase(), "", *old, new);
        }
    });
}

fn person(who: &str) -> String {
    if who.trim().is_empty() { "somebody".into() } else { short(who) }
}

/// “sent, 2026-03-31”.
fn and_when(word: &str, when: Option<When>) -> String {
    let word = word.to_lowercase();
    when.map_or_else(|| word.clone(), |when| format!("{word}, {when}"))
}
