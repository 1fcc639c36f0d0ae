//! Copies: a part of a map as a map of its own, put into a map again under new ids.

use std::collections::{BTreeMap, BTreeSet};

use crate::geom::Point;
use crate::model::{Document, Edit, HandoffId, IdGen, PartyId, Subject};

/// Removes the subjects; handoffs of removed parties go with them.
pub fn delete(subjects: impl IntoIterator<Item = Subject>) -> Vec<Edit> {
    let edit = |subject| match subject {
        Subject::Party(id) => Edit::RemoveParty(id),
        Subject::Handoff(id) => Edit::RemoveHandoff(id),
    };
    subjects.into_iter().map(edit).collect()
}

/// The subjects as a map of their own: the parties, the handoffs between them, and the selected or open handoffs.
///
/// A selected handoff whose party is left out keeps that end open, unless no end would be left.
pub fn fragment(document: &Document, subjects: impl IntoIterator<Item = Subject>) -> Document {
    let subjects: BTreeSet<Subject> = subjects.into_iter().collect();
    let inside = |id: PartyId| subjects.contains(&Subject::Party(id));
    let mut edits = Vec::new();
    for (id, party) in document.parties().filter(|(id, _)| inside(*id)) {
        edits.push(Edit::PutParty(id, (**party).clone()));
        edits.extend(document.place(id).map(|place| Edit::Place(id, place)));
    }
    for (id, handoff) in document.handoffs() {
        let ends = [handoff.supplier, handoff.customer];
        let whole = ends.into_iter().flatten().all(inside);
        if !whole && !subjects.contains(&Subject::Handoff(id)) {
            continue;
        }
        let mut copy = (**handoff).clone();
        copy.supplier = copy.supplier.filter(|end| inside(*end));
        copy.customer = copy.customer.filter(|end| inside(*end));
        if copy.supplier.is_some() || copy.customer.is_some() {
            edits.push(Edit::PutHandoff(id, copy));
        }
    }
    let mut result = Document::default();
    // It holds records of a sound document and no end outside, so it cannot be refused.
    let applied = result.apply(edits);
    debug_assert!(applied.is_ok(), "a fragment is sound: {applied:?}");
    result
}

/// Puts a fragment into a map under new ids, moved by `by`: the edits, and what to select.
pub fn paste(fragment: &Document, ids: &mut IdGen, by: Point) -> (Vec<Edit>, Vec<Subject>) {
    let (mut edits, mut added) = (Vec::new(), Vec::new());
    let mut renamed: BTreeMap<PartyId, PartyId> = BTreeMap::new();
    for (old, party) in fragment.parties() {
        let id = ids.make();
        renamed.insert(old, id);
        edits.push(Edit::PutParty(id, (**party).clone()));
        edits.push(Edit::Place(id, fragment.place(old).unwrap_or_default() + by));
        added.push(Subject::Party(id));
    }
    for (_, handoff) in fragment.handoffs() {
        let id: HandoffId = ids.make();
        let mut copy = (**handoff).clone();
        copy.supplier = copy.supplier.and_then(|end| renamed.get(&end).copied());
        copy.customer = copy.customer.and_then(|end| renamed.get(&end).copied());
        for requirement in &mut copy.requirements {
            requirement.id = ids.make();
        }
        // What was put aside about a requirement was about that one.
        copy.dismissed.retain(|dismissal| dismissal.part.is_none());
        edits.push(Edit::PutHandoff(id, copy));
        added.push(Subject::Handoff(id));
    }
    (edits, added)
}

/// Copies the subjects within the map, moved by `by`: the edits, and what to select.
pub fn duplicate(
    document: &Document,
    ids: &mut IdGen,
    subjects: impl IntoIterator<Item = Subject>,
    by: Point,
) -> (Vec<Edit>, Vec<Subject>) {
    paste(&fragment(document, subjects), ids, by)
}
