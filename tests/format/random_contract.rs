//! Random contract data: what was observed, said, told, rated and measured.

use std::collections::BTreeSet;

use peel::model::{
    Agreement, Direction, Handoff, History, Known, Measure, MeasureId, Observation, PartyId, Raci, Rating, Role, Side,
    Timing, Told, Voice, VoiceId, VoiceKind, When,
};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::documents::{id, number, text};

pub fn when() -> impl Strategy<Value = When> {
    (1900..=2999_u16, 1..=12_u8, 1..=28_u8, 0..5_u8).prop_map(|(year, month, day, length)| {
        let text = match length {
            0 => format!("{year}-{month:02}-{day:02}"),
            1 => format!("{year}-W{day:02}"),
            2 => format!("{year}-{month:02}"),
            3 => format!("{year}-Q{}", month.div_ceil(3)),
            _ => format!("{year}"),
        };
        When::parse(&text).unwrap()
    })
}

fn observation() -> impl Strategy<Value = Observation> {
    let n = option::of((0..1_000_000_000_u32).prop_map(f64::from));
    (option::of(when()), number(-1e15, 1e15), n, option::of(select(Known::ALL)), text())
        .prop_map(|(when, value, sample_size, known, by)| Observation { when, value, sample_size, known, by })
}

/// Nothing, one bare value, or several observations.
pub fn history() -> impl Strategy<Value = History> {
    prop_oneof![
        2 => Just(History::default()),
        1 => number(-1e15, 1e15).prop_map(History::of),
        2 => vec(observation(), 1..4).prop_map(History::new),
    ]
}

pub fn measures() -> impl Strategy<Value = Vec<Measure>> {
    let values = (option::of(number(-1e15, 1e15)), option::of(number(0.0, 1e15)), history());
    let words = (select(Direction::ALL), option::of(select(Timing::ALL)), any::<bool>());
    let measure = (id(), text(), text(), words, values).prop_map(
        |(id, name, unit, (direction, timing, serves_promise), (target, tolerance, observations))| Measure {
            id: MeasureId::parse(&id).unwrap(),
            name,
            unit,
            direction,
            target,
            tolerance,
            timing,
            serves_promise,
            observations,
        },
    );
    vec(measure, 0..3).prop_map(|mut measures| {
        let mut seen = BTreeSet::new();
        measures.retain(|measure| seen.insert(measure.id));
        measures
    })
}

/// What was said by customers that need not be there.
pub fn voices() -> impl Strategy<Value = Vec<Voice>> {
    let score = || option::of(number(0.0, 10.0));
    let people = option::of((0..1_000_000_u32).prop_map(f64::from));
    let said = (select(VoiceKind::ALL), text(), text(), option::of(id()), option::of(when()));
    let voice = (id(), said, score(), score(), people).prop_map(
        |(id, (kind, text, source, customer, when), importance, satisfaction, people)| Voice {
            id: VoiceId::parse(&id).unwrap(),
            customer: customer.map(|id| PartyId::parse(&id).unwrap()),
            kind,
            text,
            importance,
            satisfaction,
            source,
            when,
            people,
        },
    );
    vec(voice, 0..3).prop_map(|mut voices| {
        let mut seen = BTreeSet::new();
        voices.retain(|voice| seen.insert(voice.id));
        voices
    })
}

/// A handoff with nothing but what its two sides said to and of each other.
pub fn accord() -> impl Strategy<Value = Handoff> {
    let told = (option::of(when()), select(Agreement::ALL), text(), text()).prop_map(|(when, state, who, what)| Told {
        when,
        state,
        who,
        what,
    });
    let role = (text(), select(Raci::ALL)).prop_map(|(who, raci)| Role { who, raci });
    let roles = vec(role, 0..4).prop_map(|mut roles| {
        let mut accountable = 0;
        roles.retain(|role| {
            accountable += usize::from(role.raci == Raci::Accountable);
            role.raci != Raci::Accountable || accountable == 1
        });
        roles
    });
    let marks = proptest::array::uniform4(option::of(number(0.0, 10.0)));
    let rating = (select(Side::ALL), text(), option::of(when()), marks).prop_map(|(side, who, when, marks)| Rating {
        side,
        who,
        when,
        marks,
    });
    let lists = (vec(told, 0..3), roles, vec(rating, 0..3));
    (text(), option::of(when()), text(), text(), lists).prop_map(
        |(contact, valid_until, ask, offer, (told, roles, ratings))| Handoff {
            contact,
            valid_until,
            ask,
            offer,
            told,
            roles,
            ratings,
            ..Handoff::default()
        },
    )
}
