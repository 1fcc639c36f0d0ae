//! The rows of sprints, which stand on the map themselves, and of their tasks.

use std::collections::BTreeMap;

use super::cells::quoted;
use super::identify::{Wanted, renames};
use super::import::Import;
use super::names::Named;
use super::repeated::merge;
use super::rows::Said;
use super::settle::{Many, otherwise, settle, several};
use crate::model::{Sprint, SprintId, Task};

impl Import<'_, '_> {
    /// Brings in the rows of sprints. A handoff that a row names is the one that is redesigned.
    pub(super) fn sprints(&mut self, said: &[Said<'_, Sprint>]) {
        let id = |said: &Said<'_, Sprint>| said.id.map(SprintId::from);
        let wanted: Vec<_> =
            said.iter().map(|said| Wanted { id: id(said), scope: (), name: said.text("goal") }).collect();
        let found = self.draft.sprint_names.identify(&wanted, self.ids);
        let rows: Vec<&Said<'_, Sprint>> = said.iter().collect();
        for (at, found) in found.iter().enumerate() {
            let call = |id| self.draft.sprint_names.reference(id);
            let many = Many { column: "goal", noun: "sprints", call: &call, whose: &call };
            let Some(id) = settle(&rows, at, found, &many, &mut self.log) else { continue };
            let row = rows[at];
            row.apply(self.draft.sprint_mut(id), renames(found, wanted[at].id.as_ref()));
            if ["supplier", "customer", "item"].iter().any(|column| row.reference(column).is_some())
                && let Some(handoff) = self.handoff_of(row)
            {
                let handoffs = &mut self.draft.sprint_mut(id).handoffs;
                if handoffs.first() != Some(&handoff) {
                    handoffs.retain(|other| *other != handoff);
                    handoffs.insert(0, handoff);
                }
            }
        }
    }

    /// Brings in the rows of tasks.
    pub(super) fn tasks(&mut self, said: &[Said<'_, Task>]) {
        let mut of: BTreeMap<SprintId, Vec<&Said<'_, Task>>> = BTreeMap::new();
        for said in said {
            let register = &self.draft.sprint_names;
            let problem = match said.reference("sprint") {
                None => "the sprint is missing: say which one this is about".to_owned(),
                Some(cell) => match register.resolve((), cell) {
                    Named::One(id) => {
                        of.entry(id).or_default().push(said);
                        continue;
                    }
                    Named::Many(ids) => several("sprints", cell, &ids, &|id| register.reference(id)),
                    Named::Otherwise(id) => otherwise(cell, &register.reference(id)),
                    Named::Nothing => {
                        let cell = quoted(cell);
                        format!("there is no sprint {cell}: add it to sprints, or write it as it is written there")
                    }
                },
            };
            self.log.problems.add(format!("{}: {problem}", said.place("sprint")));
        }
        for (sprint, rows) in of {
            merge(&mut self.draft.sprint_mut(sprint).tasks, &rows, "sprint", &mut self.log);
        }
    }
}
