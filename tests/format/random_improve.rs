//! Random parts of the improvement loop: schedules, reviews, sprints, and records that a scenario changes.

use std::collections::BTreeMap;

use jiff::civil::Date;
use peel::geom::Point;
use peel::model::{
    Alteration, Altered, Frozen, Handoff, HandoffId, Interval, NotApplicable, Party, PartyId, Period, Review, Schedule,
    Snapshot, Sprint, Standing, Step, Task,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use std::sync::Arc;

use super::documents::{handoff, id, number, party_without_loop, place, text};
use super::random_contract::when;

pub fn day() -> impl Strategy<Value = Date> {
    prop_oneof![
        3 => (1900..=2999_i16, 1..=12_i8, 1..=28_i8).prop_map(|(y, m, d)| Date::new(y, m, d).unwrap()),
        1 => select(vec!["2028-02-29", "1900-01-01", "2999-12-31", "2026-01-31"]).prop_map(|day| day.parse().unwrap()),
    ]
}

/// Any text that is not blank.
fn words() -> impl Strategy<Value = String> {
    text().prop_map(|text| if text.trim().is_empty() { format!("{text}!") } else { text })
}

pub fn schedule() -> impl Strategy<Value = Schedule> {
    (1..=1000_u32, select(Period::ALL), day())
        .prop_map(|(count, unit, first)| Schedule { every: Interval { count, unit }, first })
}

pub fn not_applicable() -> impl Strategy<Value = Vec<NotApplicable>> {
    let one = (select(Step::ALL), words(), option::of(when()));
    vec(one.prop_map(|(step, reason, when)| NotApplicable { step, reason, when }), 0..4).prop_map(|mut all| {
        let mut seen = std::collections::BTreeSet::new();
        all.retain(|of| seen.insert(of.step));
        all
    })
}

fn figures() -> impl Strategy<Value = Vec<Frozen>> {
    let customer = option::of(id().prop_map(|id| PartyId::parse(&id).unwrap()));
    vec((text(), customer, number(-1e15, 1e15)), 0..3)
        .prop_map(|all| all.into_iter().map(|(figure, customer, value)| Frozen { figure, customer, value }).collect())
}

pub fn reviews() -> impl Strategy<Value = Vec<Review>> {
    let steps = option::of(proptest::array::uniform7(select(Standing::ALL)));
    let one = (day(), option::of(day()), (text(), text()), steps, figures());
    vec(one, 0..3).prop_map(|all| {
        let mut running = false;
        let mut reviews = Vec::new();
        for (a, b, (by, notes), steps, figures) in all {
            let (started, finished) = (b.map_or(a, |b| a.min(b)), b.map(|b| a.max(b)));
            if finished.is_none() && running {
                continue;
            }
            running |= finished.is_none();
            reviews.push(Review { started, finished, by, notes, steps, figures });
        }
        reviews
    })
}

fn snapshot() -> impl Strategy<Value = Option<Snapshot>> {
    option::of((day(), figures()).prop_map(|(day, figures)| Snapshot { day, figures }))
}

/// Any sound sprint; what it touches need not be there.
pub fn sprint() -> impl Strategy<Value = Sprint> {
    let handoffs = vec(id().prop_map(|id| HandoffId::parse(&id).unwrap()), 0..3).prop_map(|mut ids| {
        ids.sort();
        ids.dedup();
        ids
    });
    let task = (text(), text(), option::of(day())).prop_map(|(text, owner, done)| Task { text, owner, done });
    let texts = (text(), text(), text(), text());
    let numbers = (option::of(day()), prop_oneof![Just(20), 1..=366_u32], option::of(number(0.0, 1e12)));
    (texts, handoffs, numbers, vec(task, 0..3), (snapshot(), snapshot())).prop_map(
        |((goal, owner, why_several, notes), handoffs, (start, days, cost), tasks, (baseline, result))| Sprint {
            goal,
            owner,
            handoffs,
            why_several,
            start,
            days,
            tasks,
            cost,
            baseline,
            result,
            notes,
        },
    )
}

fn altered<T: Clone + std::fmt::Debug + 'static>(
    record: impl Strategy<Value = T> + Clone + 'static,
) -> impl Strategy<Value = Altered<T>> {
    let what = prop_oneof![
        record.clone().prop_map(|added| Alteration::Added(Arc::new(added))),
        Just(()).prop_map(|()| Alteration::Removed),
        (record.clone(), record)
            .prop_map(|(before, after)| Alteration::Changed { before: Arc::new(before), after: Arc::new(after) }),
    ];
    (what, text()).prop_map(|(what, why)| Altered { what, why })
}

type Parties = (BTreeMap<PartyId, Altered<Party>>, BTreeMap<PartyId, Point>);

/// Parties that a scenario changes, and the places of those that come.
pub fn altered_parties() -> impl Strategy<Value = Parties> {
    btree_map(id(), (altered(party_without_loop().boxed()), place()), 0..3).prop_map(|all| {
        let (mut parties, mut places) = (BTreeMap::new(), BTreeMap::new());
        for (id, (altered, place)) in all {
            let id = PartyId::parse(&id).unwrap();
            if matches!(altered.what, Alteration::Added(_)) {
                places.insert(id, place);
            }
            parties.insert(id, altered);
        }
        (parties, places)
    })
}

/// Handoffs that a scenario changes.
pub fn altered_handoffs() -> impl Strategy<Value = BTreeMap<HandoffId, Altered<Handoff>>> {
    let end = || option::of(id().prop_map(|id| PartyId::parse(&id).unwrap()));
    let whole = (handoff(), end(), end()).prop_map(|(handoff, supplier, customer)| {
        let customer = customer.filter(|customer| Some(*customer) != supplier);
        let supplier = supplier.or(if customer.is_none() { PartyId::parse("x").ok() } else { None });
        Handoff { supplier, customer, ..handoff }
    });
    btree_map(id(), altered(whole.boxed()), 0..3)
        .prop_map(|all| all.into_iter().map(|(id, altered)| (HandoffId::parse(&id).unwrap(), altered)).collect())
}
