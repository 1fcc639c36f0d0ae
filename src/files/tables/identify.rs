//! Which record each row means: the one with its id, else the one with its name, else a new one.

use std::collections::BTreeMap;

use super::names::{Named, Names};
use super::register::{Key, Scope, fresh_id, resolve};
use crate::model::IdGen;

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
pub(super) fn identify<S: Scope, I: Key<S>>(
    names: &mut Names<S, I>,
    wanted: &[Wanted<'_, S, I>],
    alias: &mut BTreeMap<I, I>,
    ids: &mut IdGen,
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
        found[at] = Some(match resolve(names, alias, row.scope, name) {
            Named::One(id) => match claims.get(&id) {
                Some(before) => Found::Again(id, *before),
                None => Found::Old(id),
            },
            Named::Nothing => {
                let id = fresh_id(names, alias, row.scope, ids);
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
fn unknown_id<S: Scope, I: Key<S>>(
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

/// A row changes the name of the record that it found by its id; one that it found by its name keeps the name.
pub(super) fn renames<I: PartialEq>(found: &Found<I>, id: Option<&I>) -> bool {
    match found {
        Found::New(_) => true,
        Found::Old(found) => id == Some(found),
        _ => false,
    }
}
