//! What has neither id nor name: the k-th row of a key is the k-th record of that key.

use std::collections::{BTreeMap, VecDeque};

use super::field::Record;
use super::import::{Count, Import};
use super::rows::Said;
use super::settle::{Log, full};
use jiff::civil::Date;

use crate::model::{
    HandoffId, MOST_OBSERVATIONS, MOST_RATINGS, MOST_REVIEWS, MOST_TASKS, NotApplicable, Observation, PartyId, Rating,
    Review, Side, Step, Task, When,
};

/// Records that are told apart by a few of their fields and their order.
pub(super) trait Repeated: Record {
    /// The fields that tell them apart; texts without the space around them.
    type Key: Ord;
    /// Most of them that one holder has.
    const MOST: usize;

    /// One of which nothing is known.
    fn blank() -> Self;
    /// What tells it apart.
    fn key(&self) -> Self::Key;

    /// The column of a record that does not go with the others, or with the rest of its row, and what is wrong there.
    fn unsound(_list: &[Self], _at: usize) -> Option<(&'static str, &'static str)> {
        None
    }
}

impl Repeated for Observation {
    type Key = (Option<When>, String);
    const MOST: usize = MOST_OBSERVATIONS;

    fn blank() -> Self {
        Self::of(0.0)
    }

    fn key(&self) -> Self::Key {
        (self.when, self.by.trim().to_owned())
    }
}

impl Repeated for Rating {
    type Key = (Side, String, Option<When>);
    const MOST: usize = MOST_RATINGS;

    fn blank() -> Self {
        Self::default()
    }

    fn key(&self) -> Self::Key {
        (self.side, self.who.trim().to_owned(), self.when)
    }
}

impl Repeated for Review {
    type Key = Date;
    const MOST: usize = MOST_REVIEWS;

    fn blank() -> Self {
        Self::starting(Date::default())
    }

    fn key(&self) -> Date {
        self.started
    }

    fn unsound(list: &[Self], at: usize) -> Option<(&'static str, &'static str)> {
        match list[at].finished {
            Some(finished) if finished < list[at].started => {
                Some(("finished", "this is before the review was started"))
            }
            None if list.iter().filter(|review| review.finished.is_none()).count() > 1 => {
                Some(("started", "another review of this process runs: finish one"))
            }
            _ => None,
        }
    }
}

impl Repeated for NotApplicable {
    type Key = Step;
    const MOST: usize = 7;

    fn blank() -> Self {
        Self::default()
    }

    fn key(&self) -> Step {
        self.step
    }
}

impl Repeated for Task {
    type Key = String;
    const MOST: usize = MOST_TASKS;

    fn blank() -> Self {
        Self::default()
    }

    fn key(&self) -> String {
        self.text.trim().to_owned()
    }
}

/// The records that no row means yet, by their keys.
pub(super) struct Open<K>(BTreeMap<K, VecDeque<usize>>);

impl<K: Ord> Open<K> {
    /// Records and their positions.
    pub(super) fn new(records: impl Iterator<Item = (K, usize)>) -> Self {
        let mut open: BTreeMap<K, VecDeque<usize>> = BTreeMap::new();
        for (key, at) in records {
            open.entry(key).or_default().push_back(at);
        }
        Self(open)
    }

    /// The position of the next record of the key.
    pub(super) fn take(&mut self, key: &K) -> Option<usize> {
        self.0.get_mut(key).and_then(VecDeque::pop_front)
    }
}

/// Writes rows into a list: those that mean a record change it, the others add one at the end.
pub(super) fn merge<R: Repeated>(list: &mut Vec<R>, rows: &[&Said<'_, R>], holder: &str, log: &mut Log) {
    let told = list.iter().enumerate().filter(|(_, one)| !one.is_silent());
    let mut open = Open::new(told.map(|(at, one)| (one.key(), at)));
    for said in rows {
        let mut new = R::blank();
        said.apply(&mut new, true);
        let at = if let Some(at) = open.take(&new.key()) {
            said.apply(&mut list[at], false);
            at
        } else if list.len() < R::MOST {
            list.push(new);
            list.len() - 1
        } else {
            log.problems.add(full(said, R::FIELDS[0].column.name, holder, R::MOST));
            continue;
        };
        if let Some((column, problem)) = R::unsound(list, at) {
            log.problems.add(format!("{}: {problem}", said.place(column)));
        }
    }
}

/// Counts the records that a [`merge`] added and changed.
pub(super) fn count<'r, R: Repeated>(
    count: &mut Count,
    old: impl Iterator<Item = &'r R>,
    new: impl Iterator<Item = &'r R>,
) {
    let old: Vec<&R> = old.collect();
    let mut open = Open::new(old.iter().enumerate().map(|(at, one)| (one.key(), at)));
    for one in new {
        count.count(open.take(&one.key()).map(|at| old[at]), one);
    }
}

impl Import<'_, '_> {
    /// Brings in the rows of ratings.
    pub(super) fn ratings(&mut self, said: &[Said<'_, Rating>]) {
        let mut of: BTreeMap<HandoffId, Vec<&Said<'_, Rating>>> = BTreeMap::new();
        for said in said {
            if let Some(handoff) = self.handoff_of(said) {
                of.entry(handoff).or_default().push(said);
            }
        }
        for (handoff, rows) in of {
            merge(&mut self.draft.handoff_mut(handoff).ratings, &rows, "handoff", &mut self.log);
        }
    }

    /// Brings in the rows of reviews.
    pub(super) fn reviews(&mut self, said: &[Said<'_, Review>]) {
        for (party, rows) in self.by_party(said) {
            merge(&mut self.draft.party_mut(party).reviews, &rows, "party", &mut self.log);
        }
    }

    /// Brings in the rows of steps that do not apply.
    pub(super) fn steps(&mut self, said: &[Said<'_, NotApplicable>]) {
        for (party, rows) in self.by_party(said) {
            merge(&mut self.draft.party_mut(party).not_applicable, &rows, "party", &mut self.log);
        }
    }

    fn by_party<'s, 'a, R: Record>(&mut self, said: &'s [Said<'a, R>]) -> BTreeMap<PartyId, Vec<&'s Said<'a, R>>> {
        let mut of: BTreeMap<PartyId, Vec<&Said<'_, R>>> = BTreeMap::new();
        for said in said {
            if let Some(party) = self.party_of(said) {
                of.entry(party).or_default().push(said);
            }
        }
        of
    }
}
