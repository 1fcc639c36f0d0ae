//! What of the map is looked at: the parties a filter leaves, and what feeds a party.

use std::collections::BTreeSet;

use super::Ask;
use crate::model::{Document, Edit, HandoffId, PartyId, Subject, ViewChoice};
use crate::scene::drawing::Drawing;

/// The map without the parties that a filter leaves out, and without their handoffs.
pub fn filtered(document: &Document, choice: &ViewChoice) -> Document {
    let wanted = choice.filter.trim().to_lowercase();
    if wanted.is_empty() {
        return document.clone();
    }
    let has = |text: &str| text.to_lowercase().contains(&wanted);
    let out = document.parties().filter(|(_, party)| !has(&party.name) && !has(&party.department));
    let mut rest = document.clone();
    match rest.apply(out.map(|(id, _)| Edit::RemoveParty(id)).collect()) {
        Ok(()) => rest,
        // Removing parties is never refused.
        Err(_) => document.clone(),
    }
}

/// A drawing of the whole map without what a filter leaves out.
pub fn without_filtered(mut drawing: Drawing, ask: &Ask<'_>) -> Drawing {
    let rest = filtered(ask.document, ask.choice);
    drawing.cards.retain(|id, _| rest.party(*id).is_some());
    drawing.arrows.retain(|id, _| rest.handoff(*id).is_some());
    drawing
}

/// A party, all that feeds it by forward handoffs, and those handoffs. Nothing is followed through an external customer,
/// which is an end of the chain.
pub fn upstream(document: &Document, party: PartyId) -> BTreeSet<Subject> {
    let mut found = BTreeSet::new();
    let mut open = vec![party];
    while let Some(at) = open.pop() {
        if !found.insert(Subject::Party(at)) {
            continue;
        }
        let is_end = at != party && document.party(at).is_some_and(|p| p.kind == crate::model::PartyKind::Customer);
        if is_end {
            continue;
        }
        let inputs: Vec<(HandoffId, Option<PartyId>)> =
            document.inputs(at).filter(|(_, h)| h.is_forward()).map(|(id, h)| (id, h.supplier)).collect();
        for (id, supplier) in inputs {
            found.insert(Subject::Handoff(id));
            open.extend(supplier);
        }
    }
    found
}
