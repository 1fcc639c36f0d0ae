//! Going along the chain from the keyboard: from a party to a handoff, from the handoff to the party at its other end.

use crate::geom::Point;
use crate::model::{Document, HandoffId, PartyId, Subject};

/// Which way to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// Towards the customer.
    Downstream,
    /// Towards the suppliers.
    Upstream,
    /// To the next beside it.
    Next,
    /// To the one before beside it.
    Previous,
}

/// Where a step from here leads; with nothing selected, to the first party.
pub fn step(document: &Document, from: Option<Subject>, walk: Walk) -> Option<Subject> {
    match (from, walk) {
        (None, _) => in_reading_order(document).first().map(|id| Subject::Party(*id)),
        (Some(Subject::Party(id)), Walk::Downstream) => {
            handoffs_by_place(document, id, true).first().map(|id| Subject::Handoff(*id))
        }
        (Some(Subject::Party(id)), Walk::Upstream) => {
            handoffs_by_place(document, id, false).first().map(|id| Subject::Handoff(*id))
        }
        (Some(Subject::Handoff(id)), Walk::Downstream) => document.handoff(id)?.customer.map(Subject::Party),
        (Some(Subject::Handoff(id)), Walk::Upstream) => document.handoff(id)?.supplier.map(Subject::Party),
        (Some(Subject::Party(id)), Walk::Next | Walk::Previous) => {
            neighbour(&in_reading_order(document), id, walk).map(Subject::Party)
        }
        (Some(Subject::Handoff(id)), Walk::Next | Walk::Previous) => {
            let handoff = document.handoff(id)?;
            let around = match (handoff.supplier, handoff.customer) {
                (Some(supplier), _) => handoffs_by_place(document, supplier, true),
                (None, Some(customer)) => handoffs_by_place(document, customer, false),
                (None, None) => return None,
            };
            let next = neighbour(&around, id, walk);
            // A supplier with one output: go on among what its customer receives.
            let inputs = || handoff.customer.map(|c| handoffs_by_place(document, c, false)).unwrap_or_default();
            if around.len() > 1 { next } else { neighbour(&inputs(), id, walk) }.map(Subject::Handoff)
        }
    }
}

fn neighbour<T: Copy + PartialEq>(list: &[T], from: T, walk: Walk) -> Option<T> {
    let at = list.iter().position(|other| *other == from)?;
    let count = list.len();
    let to = if walk == Walk::Next { (at + 1) % count } else { (at + count - 1) % count };
    list.get(to).copied()
}

/// The parties from the left to the right, and from the top down.
fn in_reading_order(document: &Document) -> Vec<PartyId> {
    let mut parties: Vec<(Point, PartyId)> =
        document.parties().filter_map(|(id, _)| Some((document.place(id)?, id))).collect();
    parties.sort_by(|(a, ida), (b, idb)| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)).then(ida.cmp(idb)));
    parties.into_iter().map(|(_, id)| id).collect()
}

/// What a party gives (or receives), ordered by how high the other end stands.
fn handoffs_by_place(document: &Document, party: PartyId, gives: bool) -> Vec<HandoffId> {
    let height = |end: Option<PartyId>| end.and_then(|id| document.place(id)).map_or(f32::MAX, |p| p.y);
    let mut handoffs: Vec<(f32, HandoffId)> = document
        .handoffs_of(party)
        .filter(|(_, h)| if gives { h.supplier == Some(party) } else { h.customer == Some(party) })
        .map(|(id, h)| (height(if gives { h.customer } else { h.supplier }), id))
        .collect();
    handoffs.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    handoffs.into_iter().map(|(_, id)| id).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{IdGen, ops};

    #[test]
    fn every_party_and_handoff_of_a_chain_is_reached() {
        let mut document = Document::default();
        let mut ids = IdGen::new(1, 2);
        let text = "A -> B: x\nA -> C: y\nC -> D: z\nB -> D: w";
        let (edits, _) = ops::paste_lines(&document, &mut ids, text, Point::default());
        document.apply(edits).unwrap();
        let mut seen = std::collections::BTreeSet::new();
        let mut open = vec![step(&document, None, Walk::Next).unwrap()];
        while let Some(at) = open.pop() {
            if seen.insert(at) {
                let ways = [Walk::Downstream, Walk::Upstream, Walk::Next, Walk::Previous];
                open.extend(ways.into_iter().filter_map(|walk| step(&document, Some(at), walk)));
            }
        }
        assert_eq!(seen.len(), 8, "four parties and four handoffs: {seen:?}");
    }
}
