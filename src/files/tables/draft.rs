//! The map as it will be: the records that an import touches, over those that it leaves alone.

use std::collections::{BTreeMap, BTreeSet};

use super::export::{Ends, item_names, party_names};
use super::grid::free_places;
use super::import::{Count, Imported};
use super::names::Names;
use super::problems::ImportError;
use crate::model::{Document, Edit, Handoff, HandoffId, Party, PartyId, RequirementId};

/// A map with the changes of an import.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    into: &'a Document,
    parties: BTreeMap<PartyId, Party>,
    handoffs: BTreeMap<HandoffId, Handoff>,
    /// New parties in the order they were made.
    unplaced: Vec<PartyId>,
    /// The names of all parties, as they will be.
    pub party_names: Names<(), PartyId>,
    /// The items of all handoffs, as they will be.
    pub item_names: Names<Ends, HandoffId>,
    /// Which party an id of the tables means, where that is another id.
    pub party_alias: BTreeMap<PartyId, PartyId>,
    /// Which handoff an id of the tables means, where that is another id.
    pub handoff_alias: BTreeMap<HandoffId, HandoffId>,
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
            party_names: party_names(into),
            item_names: item_names(into),
            party_alias: BTreeMap::new(),
            handoff_alias: BTreeMap::new(),
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
        self.item_names.of(id).map_or_else(String::new, |(ends, item)| self.describe(ends, item))
    }

    /// Warns of names that differ only by case or spaces, where one of them is new.
    pub(super) fn near_names(&self) -> Vec<String> {
        let bare = |name: &str| -> String {
            name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
        };
        let new = |id: &PartyId| {
            self.into
                .party(*id)
                .is_none_or(|old| Some(old.name.trim()) != self.party_names.of(*id).map(|((), name)| name))
        };
        let touched: BTreeSet<String> =
            self.parties.iter().filter(|(id, _)| new(id)).map(|(_, p)| bare(&p.name)).collect();
        if touched.is_empty() {
            return Vec::new();
        }
        let mut alike: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (_, name) in self.party_names.iter() {
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

    /// The document with the changes, and how many they are.
    pub(super) fn finish(self, warnings: Vec<String>) -> Result<Imported, ImportError> {
        let (mut edits, mut document) = (Vec::new(), self.into.clone());
        let [mut parties, mut handoffs, mut requirements] = [Count::default(); 3];
        for (id, party) in self.parties {
            let old = self.into.party(id).map(|party| &**party);
            if parties.count(old, &party) {
                edits.push(Edit::PutParty(id, party));
            }
        }
        let places = free_places(self.into, self.unplaced.len());
        edits.extend(self.unplaced.iter().zip(places).map(|(id, place)| Edit::Place(*id, place)));
        for (id, handoff) in self.handoffs {
            let old = self.into.handoff(id).map(|handoff| &**handoff);
            count_requirements(&mut requirements, old, &handoff);
            let bare = |handoff: &Handoff| Handoff { requirements: Vec::new(), ..handoff.clone() };
            handoffs.count(old.map(bare).as_ref(), &bare(&handoff));
            if old != Some(&handoff) {
                edits.push(Edit::PutHandoff(id, handoff));
            }
        }
        if !edits.is_empty() {
            document
                .apply(edits)
                .map_err(|error| ImportError::one(format!("the map cannot take these tables: {error}")))?;
        }
        Ok(Imported { document, parties, handoffs, requirements, warnings, unplaced: self.unplaced })
    }
}

fn count_requirements(count: &mut Count, old: Option<&Handoff>, new: &Handoff) {
    let there: BTreeMap<RequirementId, _> = old.iter().flat_map(|h| &h.requirements).map(|r| (r.id, r)).collect();
    for requirement in &new.requirements {
        count.count(there.get(&requirement.id).copied(), requirement);
    }
}
