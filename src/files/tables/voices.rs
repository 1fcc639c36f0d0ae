//! The rows of expectations: by their ids, else by the customer, the kind, the words and the source.

use std::collections::{BTreeMap, BTreeSet};

use super::import::Import;
use super::repeated::Open;
use super::rows::Said;
use super::settle::full;
use crate::model::{MOST_VOICES, PartyId, Voice, VoiceId, VoiceKind};

/// A row and the customer it names.
type Row<'s, 'a> = (&'s Said<'a, Voice>, Option<PartyId>);

/// What tells voices about a party apart.
type Key = (Option<PartyId>, VoiceKind, String, String);

impl Import<'_, '_> {
    /// Brings in the rows of expectations.
    pub(super) fn expectations(&mut self, said: &[Said<'_, Voice>]) {
        let mut of: BTreeMap<PartyId, Vec<Row<'_, '_>>> = BTreeMap::new();
        for said in said {
            let (party, customer) = (self.party_of(said), self.end(said, "customer", false));
            if let (Some(party), Ok(customer)) = (party, customer) {
                of.entry(party).or_default().push((said, customer));
            }
        }
        for (party, rows) in of {
            self.voices_of(party, &rows);
        }
    }

    /// Rows whose id is there come first, then those whose id is not there (tables from another map), then those
    /// without: each means the next voice of its key that no other row means, or a new one.
    fn voices_of(&mut self, party: PartyId, rows: &[Row<'_, '_>]) {
        let mut voices = std::mem::take(&mut self.draft.party_mut(party).voices);
        let position: BTreeMap<VoiceId, usize> = voices.iter().enumerate().map(|(at, voice)| (voice.id, at)).collect();
        let (mut given, mut rest) = (BTreeMap::new(), Vec::new());
        for row @ (said, customer) in rows {
            let id = said.id.map(VoiceId::from);
            if let Some(before) = id.and_then(|id| given.insert(id, *said)) {
                let earlier = before.table.row_place(before.line());
                let problem = format!("the same id as in {earlier}: an id belongs to one row");
                self.log.problems.add(format!("{}: {problem}", said.place("id")));
            } else if let Some(at) = id.and_then(|id| position.get(&id)) {
                said.apply(&mut voices[*at], true);
                voices[*at].customer = customer.or(voices[*at].customer);
            } else {
                rest.push(row);
            }
        }
        let key = |voice: &Voice| -> Key {
            let customer = voice.customer.filter(|customer| self.draft.party_names.names.has(*customer));
            (customer, voice.kind, voice.text.trim().to_owned(), voice.source.trim().to_owned())
        };
        let free = voices.iter().enumerate().filter(|(_, voice)| !given.contains_key(&voice.id));
        let mut open = Open::new(free.map(|(at, voice)| (key(voice), at)));
        let mut taken: BTreeSet<VoiceId> = position.keys().chain(given.keys()).copied().collect();
        rest.sort_by_key(|(said, _)| said.id.is_none());
        for (said, customer) in rest {
            let id = said.id.map_or_else(|| fresh(&mut taken, self.ids), VoiceId::from);
            let mut new = Voice::new(id, *customer, VoiceKind::default(), "");
            said.apply(&mut new, true);
            if let Some(at) = open.take(&key(&new)) {
                said.apply(&mut voices[at], false);
            } else if said.id.is_none() && is_unanswered(&new, &voices) {
                // A line of a survey sheet that was left open.
            } else if voices.len() < MOST_VOICES {
                voices.push(new);
            } else {
                self.log.problems.add(full(said, "expectation", "party", MOST_VOICES));
            }
        }
        self.draft.party_mut(party).voices = voices;
    }
}

/// True for words without marks that the customer said before.
fn is_unanswered(new: &Voice, voices: &[Voice]) -> bool {
    let marked = new.importance.is_some() || new.satisfaction.is_some();
    let same = |old: &Voice| (old.customer, old.kind) == (new.customer, new.kind) && old.text.trim() == new.text.trim();
    !marked && voices.iter().any(same)
}

/// An id that no voice has and no row gives.
fn fresh(taken: &mut BTreeSet<VoiceId>, ids: &mut crate::model::IdGen) -> VoiceId {
    loop {
        let id = ids.make();
        if taken.insert(id) {
            return id;
        }
    }
}
