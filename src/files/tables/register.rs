//! Registers: which records there are of a kind, what they are called, and which of them the ids of foreign tables mean.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::identify::{Found, Wanted, identify};
use super::names::{Named, Names};
use crate::model::{HandoffId, Id, IdGen, PartyId, SprintId};

/// The ends of a handoff, within which items are told apart.
pub(super) type Ends = (Option<PartyId>, Option<PartyId>);

/// Where names are told apart.
pub(super) trait Scope: Ord + Copy {
    /// This scope, with what it leaves open taken from the other.
    fn over(self, other: Self) -> Self;
}

impl Scope for () {
    fn over(self, _other: Self) -> Self {}
}

impl Scope for HandoffId {
    fn over(self, _other: Self) -> Self {
        self
    }
}

impl Scope for PartyId {
    fn over(self, _other: Self) -> Self {
        self
    }
}

impl Scope for Ends {
    /// A row with an empty end leaves the end that is there.
    fn over(self, other: Self) -> Self {
        (self.0.or(other.0), self.1.or(other.1))
    }
}

/// What tells records of a scope apart for good.
pub(super) trait Key<S>: Ord + Copy + fmt::Display {
    /// The record of the scope that has the id.
    fn of(scope: S, id: Id) -> Self;
}

impl Key<()> for PartyId {
    fn of((): (), id: Id) -> Self {
        id.into()
    }
}

impl Key<Ends> for HandoffId {
    fn of(_: Ends, id: Id) -> Self {
        id.into()
    }
}

impl Key<()> for SprintId {
    fn of((): (), id: Id) -> Self {
        id.into()
    }
}

/// An id that is unique within its owner only, such as that of a requirement within its handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Own<O, I> {
    /// What the record belongs to.
    pub owner: O,
    /// The record.
    pub id: I,
}

impl<O, I: fmt::Display> fmt::Display for Own<O, I> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.id.fmt(f)
    }
}

impl<O: Ord + Copy, I: Ord + Copy + fmt::Display + From<Id>> Key<O> for Own<O, I> {
    fn of(owner: O, id: Id) -> Self {
        Self { owner, id: id.into() }
    }
}

/// The records of a kind by their names, kept up to date while tables come in.
#[derive(Debug)]
pub(super) struct Register<S, I> {
    /// What they are called.
    pub names: Names<S, I>,
    /// Which record an id of the tables means, where that is one with another id.
    alias: BTreeMap<I, I>,
    /// Scopes whose records are all in here, of registers that are filled as they are needed.
    pub learnt: BTreeSet<S>,
}

impl<S, I> From<Names<S, I>> for Register<S, I> {
    fn from(names: Names<S, I>) -> Self {
        Self { names, alias: BTreeMap::new(), learnt: BTreeSet::new() }
    }
}

impl<S: Scope, I: Key<S>> Register<S, I> {
    /// The record of each row; see [`identify`].
    pub(super) fn identify(&mut self, wanted: &[Wanted<'_, S, I>], ids: &mut IdGen) -> Vec<Found<I>> {
        identify(&mut self.names, wanted, &mut self.alias, ids)
    }

    /// What a cell calls.
    pub(super) fn resolve(&self, scope: S, text: &str) -> Named<I> {
        resolve(&self.names, &self.alias, scope, text)
    }

    /// What cells call a record.
    pub(super) fn reference(&self, id: I) -> String {
        self.names.reference(id)
    }

    /// Adds a record with an id of its own.
    pub(super) fn add(&mut self, scope: S, name: &str, ids: &mut IdGen) -> I {
        let id = fresh_id(&self.names, &self.alias, scope, ids);
        self.names.put(id, scope, name);
        id
    }
}

/// What a cell calls; ids in brackets are those of the tables.
pub(super) fn resolve<S: Scope, I: Key<S>>(
    names: &Names<S, I>,
    alias: &BTreeMap<I, I>,
    scope: S,
    text: &str,
) -> Named<I> {
    names.resolve(scope, text, |id| {
        let id = I::of(scope, Id::parse(id).ok()?);
        Some(alias.get(&id).copied().unwrap_or(id))
    })
}

/// An id that no record has and no row gives.
pub(super) fn fresh_id<S: Scope, I: Key<S>>(
    names: &Names<S, I>,
    alias: &BTreeMap<I, I>,
    scope: S,
    ids: &mut IdGen,
) -> I {
    loop {
        let id = I::of(scope, ids.make());
        if !names.has(id) && !alias.contains_key(&id) {
            return id;
        }
    }
}
