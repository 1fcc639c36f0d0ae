//! What of the map is looked at: the parties a filter leaves, and what feeds a party.

use std::collections::BTreeSet;

use crate::model::{Document, Edit, HandoffId, Party, PartyId, Subject, ViewChoice};

/// What a filter leaves in view.
pub(super) struct Shown {
    wanted: String,
}

impl Shown {
    /// What a choice shows.
    pub fn of(choice: &ViewChoice) -> Self {
        Self { wanted: choice.filter.trim().to_lowercase() }
    }

    /// True when nothing is left out.
    pub fn is_all(&self) -> bool {
        self.wanted.is_empty()
    }

    /// Whether a party is shown: by its name or its department.
    pub fn party(&self, party: &Party) -> bool {
        let has = |text: &str| text.to_lowercase().contains(&self.wanted);
        self.is_all() || has(&party.name) || has(&party.department)
    }

    /// Whether a handoff of a shown party is meant.
    pub fn handoff(&self, document: &Document, id: HandoffId) -> bool {
        let ends = document.handoff(id).into_iter().flat_map(|handoff| [handoff.supplier, handoff.customer]);
        self.is_all() || ends.flatten().filter_map(|end| document.party(end)).any(|party| self.party(party))
    }
}

/// The map without the parties that a filter leaves out, and without their handoffs.
pub fn filtered(document: &Document, choice: &ViewChoice) -> Document {
    let shown = Shown::of(choice);
    if shown.is_all() {
        return document.clone();
    }
    let out = document.parties().filter(|(_, party)| !shown.party(party));
    let mut rest = document.clone();
    match rest.apply(out.map(|(id, _)| Edit::RemoveParty(id))) {
        Ok(()) => rest,
        // Removing parties is never refused.
        Err(_) => document.clone(),
    }
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
