//! What a process steers by, in file format 1: its measures, and what its customers said about it.

use super::convert::{all, list, number, text, value};
use super::values::{Direction, List, Number, Text, Timing, VoiceKind, When, is_default};
use super::{MOST_OBSERVATIONS, Observation};
use crate::model::{self, History, MeasureId, PartyId, VoiceId};

/// A measure and the process it belongs to.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Measure<'a> {
    /// The party it belongs to.
    pub party: PartyId,
    /// Its id, unique within the party; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<MeasureId>,
    #[serde(default, skip_serializing_if = "is_default")]
    name: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    unit: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    direction: Direction,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tolerance: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    timing: Option<Timing>,
    #[serde(default, skip_serializing_if = "is_default")]
    serves_promise: bool,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    observations: List<Observation<'a>, MOST_OBSERVATIONS>,
}

impl<'a> Measure<'a> {
    /// The record of a measure of a party.
    pub fn new(party: PartyId, measure: &'a model::Measure) -> Self {
        let model::Measure { id, name, unit, direction, target, tolerance, timing, serves_promise, observations } =
            measure;
        Self {
            party,
            id: Some(*id),
            name: text(name),
            unit: text(unit),
            direction: (*direction).into(),
            target: number(*target),
            tolerance: number(*tolerance),
            timing: timing.map(Into::into),
            serves_promise: *serves_promise,
            observations: list(observations.all()),
        }
    }

    /// The measure; `id` is used whatever the record says.
    pub fn into_model(self, id: MeasureId) -> model::Measure {
        model::Measure {
            id,
            name: self.name.0.into_owned(),
            unit: self.unit.0.into_owned(),
            direction: self.direction.into(),
            target: value(self.target),
            tolerance: value(self.tolerance),
            timing: self.timing.map(Into::into),
            serves_promise: self.serves_promise,
            observations: History::new(all(self.observations)),
        }
    }
}

/// What was said about a process: an expectation, a challenge or a recommendation.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Expectation<'a> {
    /// The party it is about.
    pub party: PartyId,
    /// Its id, unique among what was said about the party; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<VoiceId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer: Option<PartyId>,
    #[serde(default, skip_serializing_if = "is_default")]
    kind: VoiceKind,
    #[serde(default, skip_serializing_if = "is_default")]
    text: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    importance: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    satisfaction: Option<Number>,
    #[serde(default, skip_serializing_if = "is_default")]
    source: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    people: Option<Number>,
}

impl<'a> Expectation<'a> {
    /// The record of what was said about a party.
    pub fn new(party: PartyId, voice: &'a model::Voice) -> Self {
        let model::Voice { id, customer, kind, text: words, importance, satisfaction, source, when, people } = voice;
        Self {
            party,
            id: Some(*id),
            customer: *customer,
            kind: (*kind).into(),
            text: text(words),
            importance: number(*importance),
            satisfaction: number(*satisfaction),
            source: text(source),
            when: when.map(When),
            people: number(*people),
        }
    }

    /// What was said; `id` is used whatever the record says.
    pub fn into_model(self, id: VoiceId) -> model::Voice {
        model::Voice {
            id,
            customer: self.customer,
            kind: self.kind.into(),
            text: self.text.0.into_owned(),
            importance: value(self.importance),
            satisfaction: value(self.satisfaction),
            source: self.source.0.into_owned(),
            when: self.when.map(|when| when.0),
            people: value(self.people),
        }
    }
}
