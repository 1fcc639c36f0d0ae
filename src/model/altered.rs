//! Records that a scenario adds, removes or changes, and how a change meets a record that was changed meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::document::MapInfo;
use super::handoff::Handoff;
use super::measure::Measure;
use super::observation::{History, Observation};
use super::party::Party;
use super::requirement::Requirement;
use super::saved_view::SavedView;
use super::scenario::Scenario;
use super::sprint::Sprint;
use super::voice::Voice;

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Alteration<T> {
    /// It is new.
    Added(Arc<T>),
    /// It goes.
    Removed,
    /// It becomes another. Only the fields that differ between the two are changed, whatever the others hold by now.
    Changed {
        /// As it was when it was changed.
        before: Arc<T>,
        /// As it would be.
        after: Arc<T>,
    },
}

/// A record of the map that would be other than today.
#[derive(Debug, Clone, PartialEq)]
pub struct Altered<T> {
    /// What becomes of it.
    pub what: Alteration<T>,
    /// Why.
    pub why: String,
}

impl<T: Merge> Altered<T> {
    /// The record as it would be, from what it is today; `None` when it is not there then.
    ///
    /// What was added is taken as it is on the map once it is there, and what is gone from the map stays so.
    pub fn on(&self, today: Option<&Arc<T>>) -> Option<Arc<T>> {
        match (&self.what, today) {
            (Alteration::Removed, _) | (Alteration::Changed { .. }, None) => None,
            (Alteration::Added(_), Some(today)) => Some(Arc::clone(today)),
            (Alteration::Added(added), None) => Some(Arc::clone(added)),
            (Alteration::Changed { before, after }, Some(today)) if today == before => Some(Arc::clone(after)),
            (Alteration::Changed { before, after }, Some(today)) => {
                Some(Arc::new(T::merged(today, before, after, Wins::AfterUnlessGone)))
            }
        }
    }
}

/// Which of two wins where both changed the same thing in different ways.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wins {
    /// What the record holds today.
    Today,
    /// The change that is carried over; an item of a list that it changed comes back when it is gone today.
    After,
    /// The same, but what is gone today stays gone.
    AfterUnlessGone,
}

/// A record to which a change can be carried over that was made to an older state of it.
pub trait Merge: PartialEq + Sized {
    /// `today` with what differs between `before` and `after` done to it as well. Of a field that both changed, one
    /// wins; of lists, what was added is added and what was removed is removed.
    fn merged(today: &Self, before: &Self, after: &Self, wins: Wins) -> Self;
}

/// One value, of which nothing is merged.
fn plain<T: Clone + PartialEq>(today: &T, before: &T, after: &T, wins: Wins) -> T {
    let is_today = before == after || (wins == Wins::Today && today != before);
    if is_today { today.clone() } else { after.clone() }
}

/// Merges field by field; every field is named, so that none is forgotten.
macro_rules! merge {
    ($type:ident { plain: [$($plain:ident),*], keyed: [$($keyed:ident by $key:ident),*], bags: [$($bag:ident),*] }) => {
        impl Merge for $type {
            fn merged(today: &Self, before: &Self, after: &Self, wins: Wins) -> Self {
                Self {
                    $($plain: plain(&today.$plain, &before.$plain, &after.$plain, wins),)*
                    $($keyed: keyed(&today.$keyed, &before.$keyed, &after.$keyed, |item| item.$key, wins),)*
                    $($bag: Merge::merged(&today.$bag, &before.$bag, &after.$bag, wins),)*
                }
            }
        }
    };
}

merge!(Party {
    plain: [name, kind, department, owner, promise, notes, process_time_h, process_time_low_h, process_time_high_h,
        value_adding, rate_per_h, target_lead_time_h, review],
    keyed: [measures by id, voices by id],
    bags: [dismissed, not_applicable, reviews]
});

merge!(Handoff {
    plain: [supplier, customer, item, form, kind, critical, wait_h, wait_low_h, wait_high_h, complete_accurate_pct,
        on_time_pct, volume, period, known, sample_size, check_h, fix_receiver_h, fix_supplier_h, late_h,
        late_cost_per_h, escape_pct, escape_cost, agreement, contact, valid_until, ask, offer, notes],
    keyed: [requirements by id],
    bags: [told, roles, ratings, dismissed]
});

merge!(Requirement {
    plain: [id, text, measure, unit, operator, target, tolerance, must, weight, basic],
    keyed: [],
    bags: [observations]
});

merge!(Measure {
    plain: [id, name, unit, direction, target, tolerance, timing, serves_promise],
    keyed: [],
    bags: [observations]
});

merge!(Voice {
    plain: [id, customer, kind, text, importance, satisfaction, source, when, people],
    keyed: [],
    bags: []
});

merge!(MapInfo {
    plain: [title, notes, hours_per_day, currency, lane_order, stale_after_days, review],
    keyed: [],
    bags: [dismissed]
});

merge!(SavedView { plain: [name, notes, choice, area, rank], keyed: [], bags: [emphasis] });

merge!(Scenario { plain: [name, notes, cost, rank], keyed: [], bags: [changes, parties, handoffs, places] });

merge!(Sprint {
    plain: [goal, owner, why_several, start, days, cost, baseline, result, notes],
    keyed: [],
    bags: [handoffs, tasks]
});

impl Merge for History {
    fn merged(today: &Self, before: &Self, after: &Self, wins: Wins) -> Self {
        let all = |history: &Self| -> Vec<Observation> { history.all().to_vec() };
        Self::new(Merge::merged(&all(today), &all(before), &all(after), wins))
    }
}

impl<T: Clone + PartialEq> Merge for Vec<T> {
    fn merged(today: &Self, before: &Self, after: &Self, _: Wins) -> Self {
        if today == before {
            return after.clone();
        }
        let mut merged = today.clone();
        for gone in without(before, after) {
            if let Some(at) = merged.iter().position(|item| *item == gone) {
                merged.remove(at);
            }
        }
        for added in without(after, before) {
            if !merged.contains(&added) {
                merged.push(added);
            }
        }
        merged
    }
}

/// Each key is merged by itself, its value as a whole.
impl<K: Clone + Ord, V: Clone + PartialEq> Merge for BTreeMap<K, V> {
    fn merged(today: &Self, before: &Self, after: &Self, wins: Wins) -> Self {
        let mut merged = today.clone();
        for key in before.keys().chain(after.keys()) {
            match plain(&today.get(key), &before.get(key), &after.get(key), wins) {
                Some(value) => drop(merged.insert(key.clone(), value.clone())),
                None => drop(merged.remove(key)),
            }
        }
        merged
    }
}

/// The items of the first that are not in the second, each as often as it is there more often.
fn without<T: Clone + PartialEq>(first: &[T], second: &[T]) -> Vec<T> {
    let mut rest: Vec<&T> = second.iter().collect();
    let mut found = Vec::new();
    for item in first {
        match rest.iter().position(|other| *other == item) {
            Some(at) => drop(rest.remove(at)),
            None => found.push(item.clone()),
        }
    }
    found
}

/// Items with an id: each is merged with itself. One that is gone on either side is gone, unless the other side changed it
/// and wins; one that is new on either is there, those of `today` first.
fn keyed<T: Merge + Clone, I: PartialEq>(
    today: &[T],
    before: &[T],
    after: &[T],
    id: impl Fn(&T) -> I,
    wins: Wins,
) -> Vec<T> {
    if today == before {
        return after.to_vec();
    }
    let find = |list: &[T], wanted: &T| list.iter().position(|item| id(item) == id(wanted));
    let mut merged = Vec::with_capacity(today.len());
    for item in today {
        match (find(before, item), find(after, item)) {
            (Some(was), Some(is)) => merged.push(T::merged(item, &before[was], &after[is], wins)),
            (Some(was), None) if wins == Wins::Today && *item != before[was] => merged.push(item.clone()),
            (Some(_), None) => {}
            (None, Some(is)) if wins == Wins::After => merged.push(after[is].clone()),
            (None, _) => merged.push(item.clone()),
        }
    }
    for item in after.iter().filter(|item| find(today, item).is_none()) {
        let comes = find(before, item).is_none_or(|was| wins == Wins::After && *item != before[was]);
        if comes {
            merged.push(item.clone());
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{PartyKind, RequirementId};

    fn party(name: &str, owner: &str, hours: f64) -> Party {
        Party { owner: owner.into(), process_time_h: Some(hours), ..Party::named(name, PartyKind::Process) }
    }

    fn need(id: &str, text: &str, actual: Option<f64>) -> Requirement {
        let observations = actual.map(History::of).unwrap_or_default();
        Requirement { text: text.into(), observations, ..Requirement::new(RequirementId::parse(id).unwrap(), "") }
    }

    #[test]
    fn only_what_was_changed_is_carried_over() {
        let (before, after) = (party("Desk", "Ana", 1.0), party("Front desk", "Ana", 1.0));
        let today = party("Desk", "Bo", 3.0);
        let altered = Altered {
            what: Alteration::Changed { before: Arc::new(before), after: Arc::new(after) },
            why: String::new(),
        };
        assert_eq!(*altered.on(Some(&Arc::new(today))).unwrap(), party("Front desk", "Bo", 3.0));
        assert_eq!(altered.on(None), None, "gone meanwhile");
    }

    #[test]
    fn lists_take_what_both_sides_added() {
        let of = |requirements: Vec<Requirement>| Handoff { requirements, ..Handoff::default() };
        let before = of(vec![need("a", "clear", None), need("b", "whole", None)]);
        let after = of(vec![need("a", "very clear", None), need("c", "early", None)]);
        let today = of(vec![need("a", "clear", Some(5.0)), need("b", "whole", None), need("d", "signed", None)]);
        let merged = Handoff::merged(&today, &before, &after, Wins::AfterUnlessGone);
        let expected =
            of(vec![need("a", "very clear", Some(5.0)), need("d", "signed", None), need("c", "early", None)]);
        assert_eq!(merged, expected);
        assert_eq!(Vec::merged(&vec![1, 1, 2, 5], &vec![1, 1, 2], &vec![1, 3], Wins::Today), [1, 5, 3]);
    }
}
