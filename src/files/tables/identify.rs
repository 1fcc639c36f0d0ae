//! Which record each row means: the one with its id, else the one with its name, else a new one.

use std::collections::BTreeMap;

use super::export::Ends;
use super::names::{Named, Names};
use crate::model::HandoffId;

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

impl Scope for Ends {
    /// A row with an empty end leaves the end that is there.
    fn over(self, other: Self) -> Self {
        (self.0.or(other.0), self.1.or(other.1))
    }
}

/// What a row says of its identity.
#[derive(Debug)]
pub(super) struct Wanted<'t, S, I> {
    /// The id it gives.
    pub id: Option<I>,
    /// Where it belongs.
    pub scope: S,
    /// The name it gives; there when there is no id.
    pub name: Option<&'t str>,
}

/// The record that a row means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Found<I> {
    /// It was there.
    Old(I),
    /// It is new, with the row's id or a fresh one.
    New(I),
    /// An earlier row means it too; with that row's position.
    Again(I, usize),
    /// The row's id stands in an earlier row; with that row's position.
    Twice(usize),
    /// Several records have the name.
    Many(Vec<I>),
    /// The id in brackets belongs to a record that is called otherwise.
    Otherwise(I),
}

/// Finds the records of some rows and keeps their names up to date.
///
/// Rows whose id is there come first, whatever they call it now. Then rows whose id is not there (tables from another
/// map): one record of the name that no row named by id is theirs, and `alias` keeps which; otherwise they are new.
/// Then the rows without id. So the second import of a table finds for each row what the first one found or made.
pub(super) fn identify<S: Scope, I: Ord + Copy>(
    names: &mut Names<S, I>,
    wanted: &[Wanted<'_, S, I>],
    alias: &mut BTreeMap<I, I>,
    parse: impl Fn(&str) -> Option<I>,
    mut fresh: impl FnMut(S) -> I,
) -> Vec<Found<I>> {
    let mut found: Vec<Option<Found<I>>> = vec![None; wanted.len()];
    let mut claims: BTreeMap<I, usize> = BTreeMap::new();
    for (at, row) in wanted.iter().enumerate() {
        if let Some(id) = row.id.filter(|id| names.has(*id)) {
            let first = *claims.entry(id).or_insert(at);
            found[at] = Some(if first == at { Found::Old(id) } else { Found::Twice(first) });
        }
    }
    for (at, row) in wanted.iter().enumerate() {
        if let (Some(Found::Old(id)), Some((scope, name))) = (&found[at], row.id.and_then(|id| names.of(id))) {
            let name = row.name.unwrap_or(name).to_string();
            names.put(*id, row.scope.over(scope), &name);
        }
    }
    for (at, row) in wanted.iter().enumerate().filter(|(_, row)| row.id.is_some()) {
        if let (None, Some(id)) = (&found[at], row.id) {
            found[at] = Some(match alias.get(&id).and_then(|own| claims.get(own)) {
                Some(before) => Found::Twice(*before),
                None => unknown_id(names, row, id, &mut claims, alias, at),
            });
        }
    }
    for (at, row) in wanted.iter().enumerate().filter(|(_, row)| row.id.is_none()) {
        let name = row.name.unwrap_or_default();
        let parse = |text: &str| parse(text).map(|id| alias.get(&id).copied().unwrap_or(id));
        found[at] = Some(match names.resolve(row.scope, name, parse) {
            Named::One(id) => match claims.get(&id) {
                Some(before) => Found::Again(id, *before),
                None => Found::Old(id),
            },
            Named::Nothing => {
                let id = fresh_id(names, alias, || fresh(row.scope));
                names.put(id, row.scope, name);
                Found::New(id)
            }
            Named::Many(ids) => Found::Many(ids),
            Named::Otherwise(id) => Found::Otherwise(id),
        });
        if let Some(Found::Old(id) | Found::New(id)) = found[at] {
            claims.insert(id, at);
        }
    }
    found.into_iter().flatten().collect()
}

/// A row whose id is not in the map.
fn unknown_id<S: Scope, I: Ord + Copy>(
    names: &mut Names<S, I>,
    row: &Wanted<'_, S, I>,
    id: I,
    claims: &mut BTreeMap<I, usize>,
    alias: &mut BTreeMap<I, I>,
    at: usize,
) -> Found<I> {
    let name = row.name.unwrap_or_default();
    let free: Vec<I> = names.all(row.scope, name).iter().copied().filter(|other| !claims.contains_key(other)).collect();
    let own = match free[..] {
        [one] if !name.trim().is_empty() => one,
        _ => id,
    };
    alias.insert(id, own);
    claims.insert(own, at);
    if own == id {
        names.put(id, row.scope, name);
        return Found::New(id);
    }
    Found::Old(own)
}

/// An id that no record has and no row gives.
pub(super) fn fresh_id<S: Scope, I: Ord + Copy>(
    names: &Names<S, I>,
    alias: &BTreeMap<I, I>,
    mut fresh: impl FnMut() -> I,
) -> I {
    loop {
        let id = fresh();
        if !names.has(id) && !alias.contains_key(&id) {
            return id;
        }
    }
}
