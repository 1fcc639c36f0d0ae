//! Connecting parties: new handoffs, other ends, other directions, requirements.

use crate::model::{Document, Edit, Handoff, HandoffId, IdGen, PartyId, Requirement};

/// One end of a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum End {
    /// Where it comes from.
    Supplier,
    /// Where it goes.
    Customer,
}

/// A new handoff; `None` when its ends are the same or both missing.
pub fn connect(
    ids: &mut IdGen,
    supplier: Option<PartyId>,
    customer: Option<PartyId>,
    item: &str,
) -> Option<(HandoffId, Vec<Edit>)> {
    if supplier == customer {
        return None;
    }
    let id = ids.make();
    Some((id, vec![Edit::PutHandoff(id, Handoff::between(supplier, customer, item))]))
}

/// Gives one end of a handoff to another party (or to nobody); `None` when that cannot be or changes nothing.
pub fn reattach(document: &Document, handoff: HandoffId, end: End, to: Option<PartyId>) -> Option<Vec<Edit>> {
    let mut changed = (**document.handoff(handoff)?).clone();
    let (moved, other) = match end {
        End::Supplier => (&mut changed.supplier, changed.customer),
        End::Customer => (&mut changed.customer, changed.supplier),
    };
    if *moved == to || other == to {
        return None;
    }
    *moved = to;
    Some(vec![Edit::PutHandoff(handoff, changed)])
}

/// Turns handoffs round: the supplier becomes the customer.
pub fn reverse(document: &Document, handoffs: impl IntoIterator<Item = HandoffId>) -> Vec<Edit> {
    let turned = handoffs.into_iter().filter_map(|id| {
        let mut changed = (**document.handoff(id)?).clone();
        std::mem::swap(&mut changed.supplier, &mut changed.customer);
        Some(Edit::PutHandoff(id, changed))
    });
    turned.collect()
}

/// Adds a requirement to a handoff; `None` when the handoff is not there.
pub fn add_requirement(document: &Document, ids: &mut IdGen, handoff: HandoffId, text: &str) -> Option<Vec<Edit>> {
    let mut changed = (**document.handoff(handoff)?).clone();
    changed.requirements.push(Requirement::new(ids.make(), text));
    Some(vec![Edit::PutHandoff(handoff, changed)])
}

/// The party with this name: the exact name first, then whatever the case.
pub fn party_by_name(document: &Document, name: &str) -> Option<PartyId> {
    let name = name.trim();
    let lower = name.to_lowercase();
    let exact = document.parties().find(|(_, p)| p.name.trim() == name);
    exact.or_else(|| document.parties().find(|(_, p)| p.name.trim().to_lowercase() == lower)).map(|(id, _)| id)
}
