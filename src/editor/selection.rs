//! What is selected: a sorted set of parties and handoffs.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Document, HandoffId, PartyId, Subject};

/// A set of selected things; a copy of it costs nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Selection(Arc<BTreeSet<Subject>>);

impl Selection {
    /// Nothing.
    pub fn none() -> Self {
        Self::default()
    }

    /// One thing.
    pub fn one(subject: Subject) -> Self {
        Self::from_iter([subject])
    }

    /// Everything on the map.
    pub fn all(document: &Document) -> Self {
        let parties = document.parties().map(|(id, _)| Subject::Party(id));
        parties.chain(document.handoffs().map(|(id, _)| Subject::Handoff(id))).collect()
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

    /// True when both are the very same set; a cheap test that may miss equal ones.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The selected parties.
    pub fn parties(&self) -> impl Iterator<Item = PartyId> {
        self.0.iter().map_while(|s| if let Subject::Party(id) = s { Some(*id) } else { None })
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
        let all = Arc::make_mut(&mut self.0);
        if !all.remove(&subject) {
            all.insert(subject);
        }
    }

    /// Adds the subject.
    pub fn insert(&mut self, subject: Subject) {
        Arc::make_mut(&mut self.0).insert(subject);
    }

    pub(super) fn keep_existing(&mut self, document: &Document) {
        if !self.0.iter().all(|subject| document.has(*subject)) {
            Arc::make_mut(&mut self.0).retain(|subject| document.has(*subject));
        }
    }
}

impl FromIterator<Subject> for Selection {
    fn from_iter<I: IntoIterator<Item = Subject>>(subjects: I) -> Self {
        Self(Arc::new(subjects.into_iter().collect()))
    }
}
