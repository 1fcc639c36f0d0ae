//! The map as it will be: the records that an import touches, over those that it leaves alone.

use std::collections::{BTreeMap, BTreeSet};

use super::export::{item_names, party_names, sprint_names};
use super::names::Names;
use super::owned::Of;
use super::register::{Ends, Register};
use crate::model::{Document, Handoff, HandoffId, Measure, Party, PartyId, Requirement, Sprint, SprintId};

/// A map with the changes of an import.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    /// The map before the import.
    pub into: &'a Document,
    /// Parties that the import touches.
    pub parties: BTreeMap<PartyId, Party>,
    /// Handoffs that the import touches.
    pub handoffs: BTreeMap<HandoffId, Handoff>,
    /// New parties in the order they were made.
    pub unplaced: Vec<PartyId>,
    /// All parties, as they will be called.
    pub party_names: Register<(), PartyId>,
    /// All handoffs, by their items as they will be.
    pub item_names: Register<Ends, HandoffId>,
    /// The requirements of the handoffs that tables speak of.
    pub requirement_names: Register<HandoffId, Of<Requirement>>,
    /// The measures of the parties that tables speak of.
    pub measure_names: Register<PartyId, Of<Measure>>,
    /// Sprints that the import touches.
    pub sprints: BTreeMap<SprintId, Sprint>,
    /// All sprints, by their goals as they will be.
    pub sprint_names: Register<(), SprintId>,
    /// Names that parties had before the import.
    pub former: BTreeMap<String, PartyId>,
}

impl<'a> Draft<'a> {
    /// Nothing changed yet.
    pub(super) fn new(into: &'a Document) -> Self {
        Self {
            into,
            parties: BTreeMap::new(),
            handoffs: BTreeMap::new(),
            unplaced: Vec::new(),
            party_names: party_names(into).into(),
            item_names: item_names(into).into(),
            requirement_names: Names::default().into(),
            measure_names: Names::default().into(),
            sprints: BTreeMap::new(),
            sprint_names: sprint_names(into).into(),
            former: BTreeMap::new(),
        }
    }

    /// A party to write on; a new one when it is not there.
    pub(super) fn party_mut(&mut self, id: PartyId) -> &mut Party {
        let (into, unplaced) = (self.into, &mut self.unplaced);
        self.parties.entry(id).or_insert_with(|| {
            let old = into.party(id).map(|party| (**party).clone());
            old.unwrap_or_else(|| {
                unplaced.push(id);
                Party::default()
            })
        })
    }

    /// A handoff to write on; a new one when it is not there.
    pub(super) fn handoff_mut(&mut self, id: HandoffId) -> &mut Handoff {
        let into = self.into;
        self.handoffs.entry(id).or_insert_with(|| into.handoff(id).map_or_else(Handoff::default, |h| (**h).clone()))
    }

    /// A sprint to write on; a new one when it is not there.
    pub(super) fn sprint_mut(&mut self, id: SprintId) -> &mut Sprint {
        let into = self.into;
        self.sprints.entry(id).or_insert_with(|| into.sprint(id).map_or_else(Sprint::default, |of| (**of).clone()))
    }

    /// A party as it will be.
    pub(super) fn party(&self, id: PartyId) -> Option<&Party> {
        self.parties.get(&id).or_else(|| self.into.party(id).map(|party| &**party))
    }

    /// A handoff as it will be.
    pub(super) fn handoff(&self, id: HandoffId) -> Option<&Handoff> {
        self.handoffs.get(&id).or_else(|| self.into.handoff(id).map(|handoff| &**handoff))
    }

    /// A handoff for a message: `Sales → Planning: order`.
    pub(super) fn describe(&self, ends: Ends, item: &str) -> String {
        let name = |end: Option<PartyId>| end.map_or_else(|| "nobody".into(), |id| self.party_names.reference(id));
        format!("{} → {}: {item}", name(ends.0), name(ends.1))
    }

    /// Which handoff has the id, for a message.
    pub(super) fn whose(&self, id: HandoffId) -> String {
        self.item_names.names.of(id).map_or_else(String::new, |(ends, item)| self.describe(ends, item))
    }

    /// A requirement as it was before the import.
    pub(super) fn before(&self, own: Of<Requirement>) -> Option<&Requirement> {
        self.into.handoff(own.owner)?.requirements.iter().find(|requirement| requirement.id == own.id)
    }

    /// Warns of names that differ only by case or spaces, where one of them is new.
    pub(super) fn near_names(&self) -> Vec<String> {
        let bare = |name: &str| -> String {
            name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
        };
        let new = |id: &PartyId| {
            self.into
                .party(*id)
                .is_none_or(|old| Some(old.name.trim()) != self.party_names.names.of(*id).map(|((), name)| name))
        };
        let touched: BTreeSet<String> =
            self.parties.iter().filter(|(id, _)| new(id)).map(|(_, p)| bare(&p.name)).collect();
        if touched.is_empty() {
            return Vec::new();
        }
        let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (_, name) in self.party_names.names.iter() {
            let bare = bare(name);
            if touched.contains(&bare) {
                alike.entry(bare).or_default().insert(name);
            }
        }
        let alike = alike.into_values().filter(|names| names.len() > 1);
        let listed = alike.map(|names| names.into_iter().map(super::cells::quoted).collect::<Vec<_>>().join(" and "));
        listed
            .map(|names| format!("{names} are different parties, though only case or spaces differ: is that meant?"))
            .collect()
    }
}
