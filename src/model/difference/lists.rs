//! What changed in a list of records that belong to another one.

use std::collections::BTreeMap;

use super::Changes;

/// How the records of a list are told apart and called.
pub(super) struct Kind<'a, T, K> {
    /// Records of one key are the same one before and after; several of one key are taken in their order.
    pub key: fn(&T) -> K,
    /// What a record is called.
    pub called: &'a dyn Fn(&T) -> String,
    /// What a record is called when it was added or removed.
    pub whole: &'a dyn Fn(&T) -> String,
    /// What all of them are called.
    pub plural: &'static str,
}

/// The lines about a list: records that are gone, then those that are new or changed, then their order.
pub(super) fn changed<T: PartialEq, K: Ord>(
    kind: &Kind<'_, T, K>,
    before: &[T],
    after: &[T],
    changes: &mut Changes<'_>,
    mut each: impl FnMut(&T, &T, &mut Changes<'_>),
) {
    if before == after {
        return;
    }
    let old_of = partners(kind.key, before, after);
    let mut kept = vec![false; before.len()];
    for old in old_of.iter().flatten() {
        kept[*old] = true;
    }
    for (old, _) in before.iter().zip(kept).filter(|(_, kept)| !kept) {
        changes.line(&format!("{} removed", (kind.whole)(old)));
    }
    for (new, old) in after.iter().zip(&old_of) {
        match old.map(|old| &before[old]) {
            None => changes.line(&format!("{} added", (kind.whole)(new))),
            Some(old) if old == new => {}
            Some(old) => each(old, new, &mut changes.within(&(kind.called)(old))),
        }
    }
    if !old_of.iter().flatten().is_sorted() {
        changes.line(&format!("{} in another order", kind.plural));
    }
}

/// For each record after, the index of the same one before.
fn partners<T: PartialEq, K: Ord>(key: fn(&T) -> K, before: &[T], after: &[T]) -> Vec<Option<usize>> {
    let mut groups: BTreeMap<K, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    for (index, record) in before.iter().enumerate() {
        groups.entry(key(record)).or_default().0.push(index);
    }
    for (index, record) in after.iter().enumerate() {
        groups.entry(key(record)).or_default().1.push(index);
    }
    let mut old_of = vec![None; after.len()];
    for (old, new) in groups.into_values() {
        let same = |(old, new): &(&usize, &usize)| before[**old] == after[**new];
        // What is the same at both ends is left out, so that one record added or removed is just that.
        let start = old.iter().zip(&new).take_while(same).count();
        let end = old[start..].iter().rev().zip(new[start..].iter().rev()).take_while(same).count();
        let first = old[..old.len() - end].iter().zip(&new[..new.len() - end]);
        let last = old[old.len() - end..].iter().zip(&new[new.len() - end..]);
        for (old, new) in first.chain(last) {
            old_of[*new] = Some(*old);
        }
    }
    old_of
}
