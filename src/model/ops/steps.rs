//! Steps of the method: saying that one does not apply to a process, and taking it up again.

use crate::model::{Document, Edit, NotApplicable, PartyId, Step};

/// Says that a step does not apply; what was said before is replaced. Empty without words, and when the party is not
/// there.
pub fn set_aside(document: &Document, party: PartyId, step: NotApplicable) -> Vec<Edit> {
    if step.reason.trim().is_empty() {
        return Vec::new();
    }
    changed(document, party, |list| {
        list.retain(|other| other.step != step.step);
        list.push(step);
    })
}

/// Takes a step up again. Empty when it was not set aside.
pub fn take_up(document: &Document, party: PartyId, step: Step) -> Vec<Edit> {
    let is_aside = document.party(party).is_some_and(|party| party.not_applicable.iter().any(|of| of.step == step));
    if is_aside { changed(document, party, |list| list.retain(|of| of.step != step)) } else { Vec::new() }
}

fn changed(document: &Document, id: PartyId, change: impl FnOnce(&mut Vec<NotApplicable>)) -> Vec<Edit> {
    let Some(party) = document.party(id) else { return Vec::new() };
    let mut party = (**party).clone();
    change(&mut party.not_applicable);
    vec![Edit::PutParty(id, party)]
}
