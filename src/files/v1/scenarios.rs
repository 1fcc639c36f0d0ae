//! Scenarios, and findings that were put aside, in file format 1.

use super::List;
use super::convert::{list, number, owned, text, value};
use super::values::{Lever, Number, Text, When, is_default};
use crate::model::{self, HandoffId, MOST_CHANGES, MeasureId, Part, PartyId, RequirementId, ScenarioId, Subject};

/// A scenario.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scenario<'a> {
    /// Its id; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ScenarioId>,
    /// Its place in the order; left out by hand, its place in the list.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    name: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cost: Option<Number>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    changes: List<Change<'a>, MOST_CHANGES>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'a>,
}

/// A number that would be another. It names a party or a handoff.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    party: Option<PartyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    handoff: Option<HandoffId>,
    field: Lever,
    value: Number,
    #[serde(default, skip_serializing_if = "is_default")]
    why: Text<'a>,
}

impl<'a> Scenario<'a> {
    /// The record of a scenario.
    pub fn new(id: ScenarioId, scenario: &'a model::Scenario) -> Self {
        let model::Scenario { name, notes, cost, changes, rank } = scenario;
        Self {
            id: Some(id),
            rank: Some(*rank),
            name: text(name),
            cost: number(*cost),
            changes: list(changes),
            notes: text(notes),
        }
    }

    /// The first change that does not name one record, a party or a handoff; and whether it names both.
    pub fn unclear_change(&self) -> Option<(usize, bool)> {
        let (at, change) = self.changes.0.iter().enumerate().find(|(_, change)| !change.names_one())?;
        Some((at, change.party.is_some()))
    }

    /// The scenario; `rank` is used where the record has none. Changes that name no record are left out.
    pub fn into_model(self, rank: u32) -> model::Scenario {
        model::Scenario {
            name: self.name.0.into_owned(),
            notes: self.notes.0.into_owned(),
            cost: value(self.cost),
            changes: self.changes.0.into_iter().filter_map(Change::into_model).collect(),
            rank: self.rank.unwrap_or(rank),
        }
    }
}

impl Change<'_> {
    fn names_one(&self) -> bool {
        self.party.is_some() != self.handoff.is_some()
    }

    fn into_model(self) -> Option<model::Change> {
        let subject = match (self.party, self.handoff) {
            (Some(id), None) => Subject::Party(id),
            (None, Some(id)) => Subject::Handoff(id),
            _ => return None,
        };
        let (lever, value, why) = (self.field.into(), self.value.0, self.why.0.into_owned());
        Some(model::Change { subject, lever, value, why })
    }
}

impl<'a> From<&'a model::Change> for Change<'a> {
    fn from(change: &'a model::Change) -> Self {
        let model::Change { subject, lever, value, why } = change;
        let (party, handoff) = match *subject {
            Subject::Party(id) => (Some(id), None),
            Subject::Handoff(id) => (None, Some(id)),
        };
        Self { party, handoff, field: (*lever).into(), value: Number(*value), why: text(why) }
    }
}

/// A finding that was put aside.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dismissal<'a> {
    kind: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    requirement: Option<RequirementId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    measure: Option<MeasureId>,
    reason: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
}

impl<'a> From<&'a model::Dismissal> for Dismissal<'a> {
    fn from(dismissal: &'a model::Dismissal) -> Self {
        let model::Dismissal { kind, part, reason, when } = dismissal;
        let (requirement, measure) = match *part {
            None => (None, None),
            Some(Part::Requirement(id)) => (Some(id), None),
            Some(Part::Measure(id)) => (None, Some(id)),
        };
        Self { kind: text(kind), requirement, measure, reason: text(reason), when: when.map(When) }
    }
}

impl Dismissal<'_> {
    /// True when it names both a requirement and a measure, so that nobody can say which one is meant.
    pub fn says_twice(&self) -> bool {
        self.requirement.is_some() && self.measure.is_some()
    }
}

impl Dismissal<'static> {
    /// The record of one that is kept for the map as a whole.
    pub(super) fn owned(dismissal: &model::Dismissal) -> Self {
        let record = Dismissal::from(dismissal);
        let Dismissal { requirement, measure, when, .. } = record;
        Self { kind: owned(&dismissal.kind), requirement, measure, reason: owned(&dismissal.reason), when }
    }
}

impl From<Dismissal<'_>> for model::Dismissal {
    /// Of one that names both parts, the requirement is kept.
    fn from(record: Dismissal<'_>) -> Self {
        let part = record.requirement.map(Part::Requirement).or(record.measure.map(Part::Measure));
        Self {
            kind: record.kind.0.into_owned(),
            part,
            reason: record.reason.0.into_owned(),
            when: record.when.map(|when| when.0),
        }
    }
}
