//! What is selected: a sorted set of parties and handoffs.

use std::collections::BTreeSet;

use crate::model::{Document, HandoffId, PartyId, Subject};

/// A set of selected things.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection(BTreeSet<Subject>);

impl Selection {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// One thing.
    pub fn one(subject: Subject) -> Self {
        Self(BTreeSet::from([subject]))
    }

    /// Everything on the map.
    pub fn all(document: &Document) -> Self {
        let parties = document.parties().map(|(id, _)| Subject::Party(id));
        Self(parties.chain(document.handoffs().map(|(id, _)| Subject::Handoff(id))).collect())
    }

    /// True when nothing is selected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Number of selected things.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// True when the subject is selected.
    pub fn has(&self, subject: Subject) -> bool {
        self.0.contains(&subject)
    }

    /// The selected things, parties first.
    pub fn iter(&self) -> impl Iterator<Item = Subject> {
        self.0.iter().copied()
    }

    /// The selected parties.
    pub fn parties(&self) -> impl Iterator<Item = PartyId> {
        self.0.iter().filter_map(|s| if let Subject::Party(id) = s { Some(*id) } else { None })
    }

    /// The selected handoffs.
    pub fn handoffs(&self) -> impl Iterator<Item = HandoffId> {
        self.0.iter().filter_map(|s| if let Subject::Handoff(id) = s { Some(*id) } else { None })
    }

    /// The selected thing when there is exactly one.
    pub fn single(&self) -> Option<Subject> {
        if self.len() == 1 { self.0.first().copied() } else { None }
    }

    /// The selected party when exactly one thing, a party, is selected.
    pub fn single_party(&self) -> Option<PartyId> {
        if let Some(Subject::Party(id)) = self.single() { Some(id) } else { None }
    }

    /// Adds the subject, or takes it out when it was there.
    pub fn toggle(&mut self, subject: Subject) {
        if !self.0.remove(&subject) {
            self.0.insert(subject);
        }
    }

    /// Adds the subject.
    pub fn insert(&mut self, subject: Subject) {
        self.0.insert(subject);
    }

    pub(super) fn keep_existing(&mut self, document: &Document) {
        self.0.retain(|subject| document.has(*subject));
    }
}

impl FromIterator<Subject> for Selection {
    fn from_iter<I: IntoIterator<Item = Subject>>(subjects: I) -> Self {
        Self(subjects.into_iter().collect())
    }
}
