//! What the rows of a table refer to: the parties and the handoffs that their cells call.

use super::cells::{quoted, text_problem};
use super::draft::Draft;
use super::field::Record;
use super::import::Import;
use super::names::Named;
use super::register::Ends;
use super::rows::Said;
use super::settle::{otherwise, several};
use crate::model::{HandoffId, Party, PartyId, PartyKind};

/// How handoffs of one name are spoken of.
pub(super) const BETWEEN: &str = "handoffs between these two";

/// There was a problem, and it was reported.
pub(super) struct Refused;

impl Import<'_, '_> {
    /// The party that a cell calls, as a new process if it is to be created; `None` when the cell is empty.
    pub(super) fn end<R: Record>(
        &mut self,
        said: &Said<'_, R>,
        column: &str,
        create: bool,
    ) -> Result<Option<PartyId>, Refused> {
        let Some(cell) = said.reference(column) else { return Ok(None) };
        let Draft { party_names: register, former, .. } = &self.draft;
        let problem = match register.resolve((), cell) {
            Named::One(id) => return Ok(Some(id)),
            Named::Many(ids) => several("parties", cell, &ids, &|id| register.reference(id)),
            Named::Otherwise(id) => otherwise(cell, &register.reference(id)),
            Named::Nothing => match (former.get(cell), text_problem(cell)) {
                (_, Some(problem)) => problem,
                (Some(id), None) => {
                    let (cell, now) = (quoted(cell), quoted(&register.reference(*id)));
                    format!(
                        "{cell} is called {now} now: write that here too, or give {cell} a row of its own in parties"
                    )
                }
                (None, None) if create => return Ok(Some(self.new_process(cell))),
                (None, None) => {
                    format!("there is no party {}: add it, or write it as it is written there", quoted(cell))
                }
            },
        };
        self.log.problems.add(format!("{}: {problem}", said.place(column)));
        Err(Refused)
    }

    fn new_process(&mut self, name: &str) -> PartyId {
        let id = self.draft.party_names.add((), name, self.ids);
        *self.draft.party_mut(id) = Party::named(name, PartyKind::Process);
        id
    }

    /// The party that a row belongs to.
    pub(super) fn party_of<R: Record>(&mut self, said: &Said<'_, R>) -> Option<PartyId> {
        let party = self.end(said, "party", false).ok()?;
        if party.is_none() {
            let problem = "the party is missing: say which one this is about";
            self.log.problems.add(format!("{}: {problem}", said.place("party")));
        }
        party
    }

    /// The handoff that a row belongs to.
    pub(super) fn handoff_of<R: Record>(&mut self, said: &Said<'_, R>) -> Option<HandoffId> {
        let supplier = self.end(said, "supplier", false);
        let customer = self.end(said, "customer", false);
        let ends: Ends = (supplier.ok()?, customer.ok()?);
        let register = &self.draft.item_names;
        let problem = match said.reference("item") {
            None => "the item is missing: say which handoff this is about".into(),
            Some(item) => match register.resolve(ends, item) {
                Named::One(id) => return Some(id),
                Named::Many(ids) => several(BETWEEN, item, &ids, &|id| register.reference(id)),
                Named::Otherwise(id) => otherwise(item, &self.draft.whose(id)),
                Named::Nothing => {
                    let handoff = quoted(&self.draft.describe(ends, item));
                    format!("there is no handoff {handoff}: add it to handoffs, or write it as it is written there")
                }
            },
        };
        self.log.problems.add(format!("{}: {problem}", said.place("item")));
        None
    }
}
