//! What is seen of a requirement or measure, and what the two sides of a handoff said to and of each other, in file
//! format 1: the records that stand in lists inside other records.

use super::convert::{number, text, value};
use super::values::{Agreement, Known, Number, Raci, Side, Text, When, is_default};
use crate::model::{self, History};

/// An actual value.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Observation<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    value: Number,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    n: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known: Option<Known>,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Text<'a>,
}

/// The value of a history that is nothing but one value.
pub(super) fn bare(history: &History) -> Option<f64> {
    let [model::Observation { when: None, value, sample_size: None, known: None, by }] = history.all() else {
        return None;
    };
    by.is_empty().then_some(*value)
}

impl<'a> From<&'a model::Observation> for Observation<'a> {
    fn from(observation: &'a model::Observation) -> Self {
        let model::Observation { when, value, sample_size, known, by } = observation;
        Self {
            when: when.map(When),
            value: Number(*value),
            n: number(*sample_size),
            known: known.map(Into::into),
            by: text(by),
        }
    }
}

impl From<Observation<'_>> for model::Observation {
    fn from(record: Observation<'_>) -> Self {
        Self {
            when: record.when.map(|when| when.0),
            value: record.value.0,
            sample_size: value(record.n),
            known: record.known.map(Into::into),
            by: record.by.0.into_owned(),
        }
    }
}

/// An entry in the history of an agreement.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Told<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(default, skip_serializing_if = "is_default")]
    state: Agreement,
    #[serde(default, skip_serializing_if = "is_default")]
    who: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    what: Text<'a>,
}

impl<'a> From<&'a model::Told> for Told<'a> {
    fn from(told: &'a model::Told) -> Self {
        let model::Told { when, state, who, what } = told;
        Self { when: when.map(When), state: (*state).into(), who: text(who), what: text(what) }
    }
}

impl From<Told<'_>> for model::Told {
    fn from(record: Told<'_>) -> Self {
        Self {
            when: record.when.map(|when| when.0),
            state: record.state.into(),
            who: record.who.0.into_owned(),
            what: record.what.0.into_owned(),
        }
    }
}

/// Somebody's role at a handoff.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Role<'a> {
    #[serde(default, skip_serializing_if = "is_default")]
    who: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    raci: Raci,
}

impl<'a> From<&'a model::Role> for Role<'a> {
    fn from(role: &'a model::Role) -> Self {
        let model::Role { who, raci } = role;
        Self { who: text(who), raci: (*raci).into() }
    }
}

impl From<Role<'_>> for model::Role {
    fn from(record: Role<'_>) -> Self {
        Self { who: record.who.0.into_owned(), raci: record.raci.into() }
    }
}

/// What one person thinks of a handoff.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rating<'a> {
    #[serde(default, skip_serializing_if = "is_default")]
    side: Side,
    #[serde(default, skip_serializing_if = "is_default")]
    who: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    speed: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ease: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    proactive: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    overall: Option<Number>,
}

impl<'a> From<&'a model::Rating> for Rating<'a> {
    fn from(rating: &'a model::Rating) -> Self {
        let model::Rating { side, who, when, marks } = rating;
        let [speed, ease, proactive, overall] = marks.map(number);
        Self { side: (*side).into(), who: text(who), when: when.map(When), speed, ease, proactive, overall }
    }
}

impl From<Rating<'_>> for model::Rating {
    fn from(record: Rating<'_>) -> Self {
        Self {
            side: record.side.into(),
            who: record.who.0.into_owned(),
            when: record.when.map(|when| when.0),
            marks: [record.speed, record.ease, record.proactive, record.overall].map(value),
        }
    }
}
