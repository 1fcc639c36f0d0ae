//! What the rows of a table call the records of a map: by name, or as `Name [id]` where a name is not enough.

use std::collections::BTreeMap;
use std::fmt::Display;

/// Names of records, each within a scope: () for parties, the two ends for handoffs, the handoff for requirements.
///
/// Names are compared without the space around them, and exactly.
#[derive(Debug)]
pub(super) struct Names<S, I> {
    by_name: BTreeMap<(S, String), Vec<I>>,
    name_of: BTreeMap<I, (S, String)>,
}

/// What a reference names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named<I> {
    /// Nothing yet.
    Nothing,
    /// This record.
    One(I),
    /// Several records have the name.
    Many(Vec<I>),
    /// The id in brackets belongs to a record that is called otherwise.
    Otherwise(I),
}

impl<S, I> Default for Names<S, I> {
    fn default() -> Self {
        Self { by_name: BTreeMap::new(), name_of: BTreeMap::new() }
    }
}

impl<S: Ord + Copy, I: Ord + Copy> Names<S, I> {
    /// Names a record, or names it anew.
    pub(super) fn put(&mut self, id: I, scope: S, name: &str) {
        let key = (scope, name.trim().to_string());
        if self.name_of.get(&id) == Some(&key) {
            return;
        }
        if let Some(old) = self.name_of.insert(id, key.clone())
            && let Some(same) = self.by_name.get_mut(&old)
        {
            same.retain(|other| *other != id);
        }
        self.by_name.entry(key).or_default().push(id);
    }

    /// True when the record has a name here, be it the empty one.
    pub(super) fn has(&self, id: I) -> bool {
        self.name_of.contains_key(&id)
    }

    /// The scope and the name of a record.
    pub(super) fn of(&self, id: I) -> Option<(S, &str)> {
        self.name_of.get(&id).map(|(scope, name)| (*scope, name.as_str()))
    }

    /// All records of that name.
    pub(super) fn all(&self, scope: S, name: &str) -> &[I] {
        self.by_name.get(&(scope, name.trim().to_string())).map_or(&[], Vec::as_slice)
    }

    /// Every record that has a name, with it.
    pub(super) fn iter(&self) -> impl Iterator<Item = (I, &str)> {
        self.name_of.iter().map(|(id, (_, name))| (*id, name.as_str()))
    }

    /// Finds what a cell calls: the exact name first, then the form that [`Names::reference`] writes.
    ///
    /// `parse` reads an id and says which record it stands for.
    pub(super) fn resolve(&self, scope: S, text: &str, parse: impl Fn(&str) -> Option<I>) -> Named<I> {
        match self.all(scope, text) {
            [] => {}
            [one] => return Named::One(*one),
            many => return Named::Many(many.to_vec()),
        }
        let text = text.trim();
        let Some((_, bracket)) = text.rsplit_once('[') else { return Named::Nothing };
        let Some(id) = bracket.strip_suffix(']').and_then(parse).filter(|id| self.has(*id)) else {
            return Named::Nothing;
        };
        let suffix = format!("[{bracket}");
        let mut rest = text;
        while let Some(base) = rest.strip_suffix(&suffix) {
            rest = base.trim_end();
            if self.of(id) == Some((scope, rest)) {
                return Named::One(id);
            }
        }
        Named::Otherwise(id)
    }
}

impl<S: Ord + Copy, I: Ord + Copy + Display> Names<S, I> {
    /// What a cell calls the record: its name, or `Name [id]` when others have the name too or it is empty.
    ///
    /// A name may itself look like that form; then the id is repeated until nothing is called so.
    pub(super) fn reference(&self, id: I) -> String {
        let Some((scope, name)) = self.of(id) else { return format!("[{id}]") };
        if !name.is_empty() && self.all(scope, name).len() == 1 {
            return name.into();
        }
        let mut text = format!("{name} [{id}]").trim_start().to_string();
        while !self.all(scope, &text).is_empty() {
            text = format!("{text} [{id}]");
        }
        text
    }
}
