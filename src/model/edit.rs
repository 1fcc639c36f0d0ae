//! The few edits there are, and the only function that writes a document.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::check::{MOST_RECORDS, MOST_VIEWS};
use super::document::{Document, MapInfo, Subject};
use super::handoff::Handoff;
use super::id::{HandoffId, PartyId, ScenarioId, SprintId, ViewId};
use super::party::{Party, PartyKind};
use super::quantity::COORDINATE;
use super::saved_view::SavedView;
use super::scenario::{MOST_SCENARIOS, Scenario};
use super::sprint::{MOST_SPRINTS, Sprint};
use crate::geom::Point;

/// Puts or removes one record. A feature is a function that returns a list of these, not another variant.
#[derive(Debug, Clone, PartialEq)]
pub enum Edit {
    /// Adds a party or replaces it. A new one needs a place in the same list of edits.
    PutParty(PartyId, Party),
    /// Removes a party, its place and every handoff it gives or receives.
    RemoveParty(PartyId),
    /// Moves the middle of a party's card.
    Place(PartyId, Point),
    /// Adds a handoff or replaces it.
    PutHandoff(HandoffId, Handoff),
    /// Removes a handoff.
    RemoveHandoff(HandoffId),
    /// Adds a saved view or replaces it. It may name parties and handoffs that are not there.
    PutView(ViewId, SavedView),
    /// Removes a saved view.
    RemoveView(ViewId),
    /// Adds a scenario or replaces it. It may name parties and handoffs that are not there.
    PutScenario(ScenarioId, Scenario),
    /// Removes a scenario.
    RemoveScenario(ScenarioId),
    /// Adds a sprint or replaces it. It may name handoffs that are not there.
    PutSprint(SprintId, Sprint),
    /// Removes a sprint.
    RemoveSprint(SprintId),
    /// Replaces what is said of the map as a whole.
    SetInfo(MapInfo),
}

/// Why a list of edits was refused. Nothing of it was done.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum EditError {
    /// A field holds what it may not.
    #[error("{record}: {field} {problem}")]
    Invalid {
        /// The record, in words.
        record: String,
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        problem: String,
    },
    /// A handoff or place names a party that is not there.
    #[error("the party {0} is not there")]
    NoParty(PartyId),
    /// A new party came without a place.
    #[error("the party {0} has no place on the map")]
    NoPlace(PartyId),
    /// The map would hold more than it may.
    #[error(
        "a map holds at most {MOST_RECORDS} parties, {MOST_RECORDS} handoffs, {MOST_VIEWS} saved views, \
         {MOST_SCENARIOS} scenarios and {MOST_SPRINTS} sprints"
    )]
    TooMany,
}

impl Document {
    /// Does all the edits in order, or none: on an error the document is as it was.
    pub fn apply(&mut self, edits: impl IntoIterator<Item = Edit>) -> Result<(), EditError> {
        let mut next = self.clone();
        let mut touched = BTreeSet::new();
        for edit in edits {
            next.apply_one(edit, &mut touched)?;
        }
        for subject in touched {
            next.keeps_integrity(subject)?;
        }
        let records = next.parties.len().max(next.handoffs.len());
        let (views, scenarios, sprints) = (next.views.len(), next.scenarios.len(), next.sprints.len());
        if records > MOST_RECORDS || views > MOST_VIEWS || scenarios > MOST_SCENARIOS || sprints > MOST_SPRINTS {
            return Err(EditError::TooMany);
        }
        *self = next;
        Ok(())
    }

    fn apply_one(&mut self, edit: Edit, touched: &mut BTreeSet<Subject>) -> Result<(), EditError> {
        match edit {
            Edit::PutParty(id, party) => {
                self.put_party(id, party.into())?;
                touched.insert(Subject::Party(id));
            }
            Edit::RemoveParty(id) => {
                let gone: Vec<HandoffId> = self.handoffs_of(id).map(|(handoff, _)| handoff).collect();
                for handoff in gone {
                    self.remove_handoff(handoff);
                }
                self.parties.remove(&id);
                self.customers.remove(&id);
                self.places.remove(&id);
            }
            Edit::Place(id, place) => {
                self.put_place(id, place)?;
                touched.insert(Subject::Party(id));
            }
            Edit::PutHandoff(id, handoff) => {
                let handoff = sound_handoff(handoff.into())?;
                self.remove_handoff(id);
                self.links.extend(handoff.known_ends().map(|end| (end, id)));
                self.handoffs.insert(id, handoff);
                touched.insert(Subject::Handoff(id));
            }
            Edit::RemoveHandoff(id) => self.remove_handoff(id),
            Edit::PutView(id, view) => {
                first_problem(|report| view.check(report), || format!("view “{}”", view.name))?;
                self.views.insert(id, Arc::new(view));
            }
            Edit::RemoveView(id) => {
                self.views.remove(&id);
            }
            Edit::PutScenario(id, scenario) => {
                first_problem(|report| scenario.check(report), || format!("scenario “{}”", scenario.name))?;
                self.scenarios.insert(id, Arc::new(scenario));
            }
            Edit::RemoveScenario(id) => {
                self.scenarios.remove(&id);
            }
            Edit::PutSprint(id, sprint) => {
                first_problem(|report| sprint.check(report), || format!("sprint “{}”", sprint.goal))?;
                self.sprints.insert(id, Arc::new(sprint));
            }
            Edit::RemoveSprint(id) => {
                self.sprints.remove(&id);
            }
            Edit::SetInfo(info) => {
                first_problem(|report| info.check(report), || "map".into())?;
                self.info = Arc::new(info);
            }
        }
        Ok(())
    }

    /// Puts a party, if it is sound.
    pub(super) fn put_party(&mut self, id: PartyId, party: Arc<Party>) -> Result<(), EditError> {
        first_problem(|report| party.check(report), || format!("party “{}”", party.name))?;
        if party.kind == PartyKind::Customer {
            self.customers.insert(id);
        } else {
            self.customers.remove(&id);
        }
        self.parties.insert(id, party);
        Ok(())
    }

    /// Puts the middle of a party's card, if it is on the map.
    pub(super) fn put_place(&mut self, id: PartyId, place: Point) -> Result<(), EditError> {
        for value in [place.x, place.y] {
            COORDINATE.check(f64::from(value)).map_err(|error| EditError::Invalid {
                record: format!("party “{}”", self.name_of(id)),
                field: "place",
                problem: error.to_string(),
            })?;
        }
        self.places.insert(id, place);
        Ok(())
    }

    fn remove_handoff(&mut self, id: HandoffId) {
        if let Some(old) = self.handoffs.remove(&id) {
            for end in old.known_ends() {
                self.links.remove(&(end, id));
            }
        }
    }

    /// What must hold after all the edits, of the records they touched and that are still there.
    fn keeps_integrity(&self, subject: Subject) -> Result<(), EditError> {
        match subject {
            Subject::Party(id) => match (self.parties.contains_key(&id), self.places.contains_key(&id)) {
                (true, false) => Err(EditError::NoPlace(id)),
                (false, true) => Err(EditError::NoParty(id)),
                _ => Ok(()),
            },
            Subject::Handoff(id) => {
                let Some(handoff) = self.handoffs.get(&id) else { return Ok(()) };
                if let Some(missing) = handoff.known_ends().find(|end| !self.parties.contains_key(end)) {
                    return Err(EditError::NoParty(missing));
                }
                Ok(())
            }
        }
    }
}

/// A handoff to be put, if it is sound.
pub(super) fn sound_handoff(handoff: Arc<Handoff>) -> Result<Arc<Handoff>, EditError> {
    first_problem(|report| handoff.check(report), || format!("handoff “{}”", handoff.item))?;
    Ok(handoff)
}

fn first_problem(
    check: impl FnOnce(&mut dyn FnMut(&'static str, String)),
    record: impl FnOnce() -> String,
) -> Result<(), EditError> {
    let mut first = None;
    check(&mut |field, problem| {
        if first.is_none() {
            first = Some((field, problem));
        }
    });
    match first {
        None => Ok(()),
        Some((field, problem)) => Err(EditError::Invalid { record: record(), field, problem }),
    }
}
