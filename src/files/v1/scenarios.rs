//! Scenarios, and findings that were put aside, in file format 1.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::convert::{list, number, owned, text, value};
use super::values::{Lever, Number, Text, When, is_default};
use super::{Expectation, Handoff, List, Measure, Party, Requirement};
use crate::geom::Point;
use crate::model::{
    self, Alteration, Altered, HandoffId, MOST_CHANGES, MOST_MEASURES, MOST_REQUIREMENTS, MOST_VOICES, MeasureId, Part,
    PartyId, RequirementId, ScenarioId, Subject,
};

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
    #[serde(default, skip_serializing_if = "List::is_empty")]
    parties: List<AlteredParty<'a>, MOST_CHANGES>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    handoffs: List<AlteredHandoff<'a>, MOST_CHANGES>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'a>,
}

/// A party that would come (`added`), go (neither), or be other (`before` and `after`).
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AlteredParty<'a> {
    id: PartyId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added: Option<WholeParty<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<WholeParty<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<WholeParty<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    why: Text<'a>,
}

/// A party with all that belongs to it.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeParty<'a> {
    party: Party<'a>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    measures: List<Measure<'a>, MOST_MEASURES>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    expectations: List<Expectation<'a>, MOST_VOICES>,
}

/// A handoff that would come (`added`), go (neither), or be other (`before` and `after`).
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct AlteredHandoff<'a> {
    id: HandoffId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added: Option<WholeHandoff<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    before: Option<WholeHandoff<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    after: Option<WholeHandoff<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    why: Text<'a>,
}

/// A handoff with its requirements.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct WholeHandoff<'a> {
    handoff: Handoff<'a>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    requirements: List<Requirement<'a>, MOST_REQUIREMENTS>,
}

/// Where a scenario does not say clearly what it means, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct Unclear {
    /// The list of the scenario.
    pub list: &'static str,
    /// The entry of the list.
    pub item: usize,
    /// What is wrong.
    pub problem: &'static str,
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
        let model::Scenario { name, notes, cost, changes, parties, handoffs, places, rank } = scenario;
        let parties = parties.iter().map(|(id, altered)| {
            let whole = |party: &'a Arc<model::Party>| WholeParty::new(*id, party, places.get(id).copied());
            let (added, before, after) = states(altered, whole);
            AlteredParty { id: *id, added, before, after, why: text(&altered.why) }
        });
        let handoffs = handoffs.iter().map(|(id, altered)| {
            let (added, before, after) = states(altered, |handoff| WholeHandoff::new(*id, handoff));
            AlteredHandoff { id: *id, added, before, after, why: text(&altered.why) }
        });
        Self {
            id: Some(id),
            rank: Some(*rank),
            name: text(name),
            cost: number(*cost),
            changes: list(changes),
            parties: List(parties.collect()),
            handoffs: List(handoffs.collect()),
            notes: text(notes),
        }
    }

    /// The first entry of which nobody could tell what it means; `None` when all are clear.
    pub fn unclear(&self) -> Option<Unclear> {
        let changes = self.changes.0.iter().enumerate().filter(|(_, change)| !change.names_one());
        let changes = changes.map(|(item, change)| Unclear {
            list: "changes",
            item,
            problem: if change.party.is_some() { NAMES_BOTH } else { NAMES_NEITHER },
        });
        let mut seen = BTreeSet::new();
        let parties = self.parties.0.iter().enumerate().filter_map(move |(item, altered)| {
            let states = [&altered.added, &altered.before, &altered.after];
            let shape = states.map(Option::is_some);
            let own = states.into_iter().flatten().all(|whole| whole.is_of(altered.id));
            let placed = altered.added.as_ref().is_none_or(|whole| whole.party.at.is_some());
            let problem = problem(shape, own, seen.insert(altered.id)).or((!placed).then_some(NO_PLACE));
            problem.map(|problem| Unclear { list: "parties", item, problem })
        });
        let mut seen = BTreeSet::new();
        let handoffs = self.handoffs.0.iter().enumerate().filter_map(move |(item, altered)| {
            let states = [&altered.added, &altered.before, &altered.after];
            let own = states.into_iter().flatten().all(|whole| whole.is_of(altered.id));
            let problem = problem(states.map(Option::is_some), own, seen.insert(altered.id));
            problem.map(|problem| Unclear { list: "handoffs", item, problem })
        });
        changes.chain(parties).chain(handoffs).next()
    }

    /// The scenario; `rank` is used where the record has none. What is not clear is left out.
    pub fn into_model(self, rank: u32) -> model::Scenario {
        let mut places = BTreeMap::new();
        let parties = self.parties.0.into_iter().filter_map(|altered| {
            let at = altered.added.as_ref().and_then(|whole| whole.party.at);
            places.extend(at.map(|at| (altered.id, super::point(at))));
            let states = [altered.added, altered.before, altered.after];
            let what = alteration(states.map(|whole| whole.and_then(WholeParty::into_model)))?;
            Some((altered.id, Altered { what, why: altered.why.0.into_owned() }))
        });
        let parties = parties.collect();
        let handoffs = self.handoffs.0.into_iter().filter_map(|altered| {
            let states = [altered.added, altered.before, altered.after];
            let what = alteration(states.map(|whole| whole.and_then(WholeHandoff::into_model)))?;
            Some((altered.id, Altered { what, why: altered.why.0.into_owned() }))
        });
        model::Scenario {
            name: self.name.0.into_owned(),
            notes: self.notes.0.into_owned(),
            cost: value(self.cost),
            changes: self.changes.0.into_iter().filter_map(Change::into_model).collect(),
            parties,
            handoffs: handoffs.collect(),
            places,
            rank: self.rank.unwrap_or(rank),
        }
    }
}

const NAMES_BOTH: &str = "a change names either a `party` or a `handoff`, and this one names both: remove one";
const NAMES_NEITHER: &str =
    "a change names either a `party` or a `handoff`, and this one names neither: say whose number it changes";
const TWICE: &str = "this record is changed twice in one scenario: make it one";
const SHAPE: &str =
    "say what comes as `added`, or what changes as `before` and `after`; a record with none of them goes";
const OTHER: &str = "this holds a record of another id, or one without an id: give all the same";
const NO_PLACE: &str = "a party that comes needs its place, as `at: (x, y)`";

/// What is wrong with an entry: which of its three states are there, whether they are of its id, and whether it is the
/// first of it.
fn problem([added, before, after]: [bool; 3], own: bool, first: bool) -> Option<&'static str> {
    match () {
        () if before != after || (added && before) => Some(SHAPE),
        () if !own => Some(OTHER),
        () if !first => Some(TWICE),
        () => None,
    }
}

/// What comes, what was and what would be, of an altered record.
fn states<'a, T, W>(altered: &'a Altered<T>, whole: impl Fn(&'a Arc<T>) -> W) -> (Option<W>, Option<W>, Option<W>) {
    match &altered.what {
        Alteration::Added(added) => (Some(whole(added)), None, None),
        Alteration::Removed => (None, None, None),
        Alteration::Changed { before, after } => (None, Some(whole(before)), Some(whole(after))),
    }
}

/// What becomes of a record with these states; `None` when they do not say.
fn alteration<T>(states: [Option<T>; 3]) -> Option<Alteration<T>> {
    match states.map(|state| state.map(Arc::new)) {
        [Some(added), None, None] => Some(Alteration::Added(added)),
        [None, None, None] => Some(Alteration::Removed),
        [None, Some(before), Some(after)] => Some(Alteration::Changed { before, after }),
        _ => None,
    }
}

impl<'a> WholeParty<'a> {
    fn new(id: PartyId, party: &'a model::Party, at: Option<Point>) -> Self {
        Self {
            party: Party::new(id, party, at),
            measures: List(party.measures.iter().map(|measure| Measure::new(id, measure)).collect()),
            expectations: List(party.voices.iter().map(|voice| Expectation::new(id, voice)).collect()),
        }
    }

    fn is_of(&self, id: PartyId) -> bool {
        self.party.id == id
            && self.measures.0.iter().all(|measure| measure.party == id && measure.id.is_some())
            && self.expectations.0.iter().all(|said| said.party == id && said.id.is_some())
            && !self.party.dismissed.0.iter().any(Dismissal::says_twice)
    }

    fn into_model(self) -> Option<model::Party> {
        let measures = self.measures.0.into_iter().map(|m| m.id.map(|id| m.into_model(id)));
        let voices = self.expectations.0.into_iter().map(|v| v.id.map(|id| v.into_model(id)));
        Some(self.party.into_model(measures.collect::<Option<_>>()?, voices.collect::<Option<_>>()?))
    }
}

impl<'a> WholeHandoff<'a> {
    fn new(id: HandoffId, handoff: &'a model::Handoff) -> Self {
        Self {
            handoff: Handoff::new(id, handoff),
            requirements: List(handoff.requirements.iter().map(|r| Requirement::new(id, r)).collect()),
        }
    }

    fn is_of(&self, id: HandoffId) -> bool {
        let clear = |r: &Requirement<'_>| r.handoff == id && r.id.is_some() && !r.says_twice();
        self.handoff.id == Some(id)
            && self.requirements.0.iter().all(clear)
            && !self.handoff.dismissed.0.iter().any(Dismissal::says_twice)
    }

    fn into_model(self) -> Option<model::Handoff> {
        let requirements = self.requirements.0.into_iter().map(|r| r.id.map(|id| r.into_model(id)));
        Some(self.handoff.into_model(requirements.collect::<Option<_>>()?))
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
