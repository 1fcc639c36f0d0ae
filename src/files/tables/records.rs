//! The rows of parties and handoffs, which stand on the map themselves.

use super::identify::{Wanted, renames};
use super::import::Import;
use super::refer::BETWEEN;
use super::register::{Ends, Scope};
use super::rows::Said;
use super::settle::{Many, settle};
use crate::model::{Handoff, HandoffId, Party, PartyId};

impl Import<'_, '_> {
    /// Brings in the rows of parties.
    pub(super) fn parties(&mut self, said: &[Said<'_, Party>]) {
        let wanted: Vec<_> = said
            .iter()
            .map(|said| Wanted { id: said.id.map(PartyId::from), scope: (), name: said.text("name") })
            .collect();
        let register = &mut self.draft.party_names;
        let name_of = |id: PartyId| Some((id, register.names.of(id)?.1.to_string()));
        let before: Vec<_> = wanted.iter().filter_map(|wanted| name_of(wanted.id?)).collect();
        let found = register.identify(&wanted, self.ids);
        let rows: Vec<&Said<'_, Party>> = said.iter().collect();
        for (at, found) in found.iter().enumerate() {
            let call = |id| self.draft.party_names.reference(id);
            let many = Many { column: "name", noun: "parties", call: &call, whose: &call };
            if let Some(id) = settle(&rows, at, found, &many, &mut self.log) {
                rows[at].apply(self.draft.party_mut(id), renames(found, wanted[at].id.as_ref()));
            }
        }
        for (id, name) in before {
            if !name.is_empty() && self.draft.party_names.names.of(id).is_some_and(|((), now)| now != name) {
                self.draft.former.insert(name, id);
            }
        }
    }

    /// Brings in the rows of handoffs; parties that only they name become processes.
    pub(super) fn handoffs(&mut self, said: &[Said<'_, Handoff>]) {
        let (mut rows, mut wanted) = (Vec::new(), Vec::new());
        for said in said {
            let supplier = self.end(said, "supplier", true);
            let customer = self.end(said, "customer", true);
            if let (Ok(supplier), Ok(customer)) = (supplier, customer) {
                let id = said.id.map(HandoffId::from);
                wanted.push(Wanted { id, scope: (supplier, customer), name: said.text("item") });
                rows.push(said);
            }
        }
        let found = self.draft.item_names.identify(&wanted, self.ids);
        for (at, found) in found.iter().enumerate() {
            let call = |id| self.draft.item_names.reference(id);
            let many = Many { column: "item", noun: BETWEEN, call: &call, whose: &|id| self.draft.whose(id) };
            let Some(id) = settle(&rows, at, found, &many, &mut self.log) else { continue };
            let (row, ends) = (rows[at], wanted[at].scope);
            let handoff = self.draft.handoff_mut(id);
            (handoff.supplier, handoff.customer) = ends.over((handoff.supplier, handoff.customer));
            row.apply(handoff, renames(found, wanted[at].id.as_ref()));
            if let Some((column, problem)) = unsound((handoff.supplier, handoff.customer)) {
                self.log.problems.add(format!("{}: {problem}", row.place(column)));
            }
        }
    }
}

fn unsound(ends: Ends) -> Option<(&'static str, &'static str)> {
    match ends {
        (None, None) => Some(("supplier", "a handoff needs a supplier, a customer or both")),
        (supplier, customer) if supplier == customer => Some(("customer", "a party cannot hand off to itself")),
        _ => None,
    }
}
