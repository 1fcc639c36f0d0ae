//! From the model to the records of file format 1 and back, without a check: that is `Document::apply`'s work.

use std::borrow::Cow;

use super::contract;
use super::values::{Coordinate, Number, Operator, Text, When};
use super::{
    Dismissal, Edit, Expectation, Handoff, List, Map, Measure, Party, Place, Requirement, Scenario, Sprint, View,
};
use crate::geom::{Point, pt};
use crate::model::{self, HandoffId, History, MapInfo, PartyId, RequirementId};

pub(super) fn text(text: &str) -> Text<'_> {
    Text(Cow::Borrowed(text))
}

pub(super) fn owned(text: &str) -> Text<'static> {
    Text(Cow::Owned(text.into()))
}

pub(super) fn number(value: Option<f64>) -> Option<Number> {
    value.map(Number)
}

pub(super) fn value(number: Option<Number>) -> Option<f64> {
    number.map(|n| n.0)
}

/// The records of a list.
pub(super) fn list<'a, R: From<&'a T>, T, const MOST: usize>(of: &'a [T]) -> List<R, MOST> {
    List(of.iter().map(Into::into).collect())
}

/// What the records of a list say.
pub(super) fn all<R, T: From<R>, const MOST: usize>(records: List<R, MOST>) -> Vec<T> {
    records.0.into_iter().map(Into::into).collect()
}

/// A point as a place in a file.
pub fn place(point: Point) -> Place {
    (Coordinate(point.x), Coordinate(point.y))
}

/// A place in a file as a point.
pub fn point((x, y): Place) -> Point {
    pt(x.0, y.0)
}

impl Map {
    /// What the file says of the whole map.
    pub fn new(info: &MapInfo) -> Self {
        let MapInfo { title, notes, hours_per_day, currency, lane_order, stale_after_days, review, dismissed } = info;
        Self {
            title: owned(title),
            hours_per_day: Number(*hours_per_day),
            currency: owned(currency),
            lane_order: List(lane_order.iter().map(|department| owned(department)).collect()),
            stale_after_days: Number(*stale_after_days),
            review: review.map(Into::into),
            dismissed: List(dismissed.iter().map(Dismissal::owned).collect()),
            notes: owned(notes),
        }
    }

    /// What the model keeps of it.
    pub fn into_model(self) -> MapInfo {
        MapInfo {
            title: self.title.0.into_owned(),
            notes: self.notes.0.into_owned(),
            hours_per_day: self.hours_per_day.0,
            currency: self.currency.0.into_owned(),
            lane_order: self.lane_order.0.into_iter().map(|department| department.0.into_owned()).collect(),
            stale_after_days: self.stale_after_days.0,
            review: self.review.map(Into::into),
            dismissed: all(self.dismissed),
        }
    }
}

impl<'a> Party<'a> {
    /// The record of a party, without its measures and what was said about it.
    pub fn new(id: PartyId, party: &'a model::Party, at: Option<Point>) -> Self {
        let model::Party {
            name,
            kind,
            department,
            owner,
            promise,
            notes,
            process_time_h,
            process_time_low_h,
            process_time_high_h,
            value_adding,
            rate_per_h,
            target_lead_time_h,
            measures: _,
            voices: _,
            dismissed,
            not_applicable,
            review,
            reviews,
        } = party;
        Self {
            id,
            name: text(name),
            kind: (*kind).into(),
            department: text(department),
            owner: text(owner),
            promise: text(promise),
            process_time_h: number(*process_time_h),
            process_time_low_h: number(*process_time_low_h),
            process_time_high_h: number(*process_time_high_h),
            value_adding: *value_adding,
            rate_per_h: number(*rate_per_h),
            target_lead_time_h: number(*target_lead_time_h),
            not_applicable: list(not_applicable),
            review: review.map(Into::into),
            reviews: list(reviews),
            dismissed: list(dismissed),
            notes: text(notes),
            at: at.map(place),
        }
    }

    /// The party without its place.
    pub fn into_model(self, measures: Vec<model::Measure>, voices: Vec<model::Voice>) -> model::Party {
        model::Party {
            name: self.name.0.into_owned(),
            kind: self.kind.into(),
            department: self.department.0.into_owned(),
            owner: self.owner.0.into_owned(),
            promise: self.promise.0.into_owned(),
            notes: self.notes.0.into_owned(),
            process_time_h: value(self.process_time_h),
            process_time_low_h: value(self.process_time_low_h),
            process_time_high_h: value(self.process_time_high_h),
            value_adding: self.value_adding,
            rate_per_h: value(self.rate_per_h),
            target_lead_time_h: value(self.target_lead_time_h),
            measures,
            voices,
            dismissed: all(self.dismissed),
            not_applicable: all(self.not_applicable),
            review: self.review.map(Into::into),
            reviews: all(self.reviews),
        }
    }
}

impl<'a> Handoff<'a> {
    /// The record of a handoff, without its requirements.
    pub fn new(id: HandoffId, handoff: &'a model::Handoff) -> Self {
        Self {
            id: Some(id),
            supplier: handoff.supplier,
            customer: handoff.customer,
            item: text(&handoff.item),
            form: handoff.form.into(),
            kind: handoff.kind.into(),
            critical: handoff.critical,
            wait_h: number(handoff.wait_h),
            wait_low_h: number(handoff.wait_low_h),
            wait_high_h: number(handoff.wait_high_h),
            complete_accurate_pct: number(handoff.complete_accurate_pct),
            on_time_pct: number(handoff.on_time_pct),
            volume: number(handoff.volume),
            period: handoff.period.into(),
            known: handoff.known.map(Into::into),
            sample_size: number(handoff.sample_size),
            check_h: number(handoff.check_h),
            fix_receiver_h: number(handoff.fix_receiver_h),
            fix_supplier_h: number(handoff.fix_supplier_h),
            late_h: number(handoff.late_h),
            late_cost_per_h: number(handoff.late_cost_per_h),
            escape_pct: number(handoff.escape_pct),
            escape_cost: number(handoff.escape_cost),
            agreement: handoff.agreement.into(),
            contact: text(&handoff.contact),
            valid_until: handoff.valid_until.map(When),
            ask: text(&handoff.ask),
            offer: text(&handoff.offer),
            told: list(&handoff.told),
            roles: list(&handoff.roles),
            ratings: list(&handoff.ratings),
            dismissed: list(&handoff.dismissed),
            notes: text(&handoff.notes),
        }
    }

    /// The handoff with its requirements.
    pub fn into_model(self, requirements: Vec<model::Requirement>) -> model::Handoff {
        model::Handoff {
            supplier: self.supplier,
            customer: self.customer,
            item: self.item.0.into_owned(),
            form: self.form.into(),
            kind: self.kind.into(),
            critical: self.critical,
            wait_h: value(self.wait_h),
            wait_low_h: value(self.wait_low_h),
            wait_high_h: value(self.wait_high_h),
            complete_accurate_pct: value(self.complete_accurate_pct),
            on_time_pct: value(self.on_time_pct),
            volume: value(self.volume),
            period: self.period.into(),
            known: self.known.map(Into::into),
            sample_size: value(self.sample_size),
            check_h: value(self.check_h),
            fix_receiver_h: value(self.fix_receiver_h),
            fix_supplier_h: value(self.fix_supplier_h),
            late_h: value(self.late_h),
            late_cost_per_h: value(self.late_cost_per_h),
            escape_pct: value(self.escape_pct),
            escape_cost: value(self.escape_cost),
            agreement: self.agreement.into(),
            contact: self.contact.0.into_owned(),
            valid_until: self.valid_until.map(|when| when.0),
            ask: self.ask.0.into_owned(),
            offer: self.offer.0.into_owned(),
            told: all(self.told),
            roles: all(self.roles),
            ratings: all(self.ratings),
            notes: self.notes.0.into_owned(),
            requirements,
            dismissed: all(self.dismissed),
        }
    }
}

impl<'a> Requirement<'a> {
    /// The record of a requirement of a handoff.
    pub fn new(handoff: HandoffId, requirement: &'a model::Requirement) -> Self {
        let actual = contract::bare(&requirement.observations);
        Self {
            handoff,
            id: Some(requirement.id),
            text: text(&requirement.text),
            measure: text(&requirement.measure),
            unit: text(&requirement.unit),
            operator: requirement.operator.map(Operator),
            target: number(requirement.target),
            tolerance: number(requirement.tolerance),
            must: requirement.must,
            weight: Number(requirement.weight),
            basic: requirement.basic,
            actual: number(actual),
            observations: if actual.is_none() { list(requirement.observations.all()) } else { List::default() },
        }
    }

    /// True when it has both an actual value and a list of observations, so that nobody can say which one is meant.
    pub fn says_twice(&self) -> bool {
        self.actual.is_some() && !self.observations.is_empty()
    }

    /// The requirement; `id` is used whatever the record says, and observations before an actual value.
    pub fn into_model(self, id: RequirementId) -> model::Requirement {
        model::Requirement {
            id,
            text: self.text.0.into_owned(),
            measure: self.measure.0.into_owned(),
            unit: self.unit.0.into_owned(),
            operator: self.operator.map(|o| o.0),
            target: value(self.target),
            tolerance: value(self.tolerance),
            must: self.must,
            weight: self.weight.0,
            basic: self.basic,
            observations: match self.actual {
                Some(actual) if self.observations.is_empty() => History::of(actual.0),
                _ => History::new(all(self.observations)),
            },
        }
    }
}

impl<'a> Edit<'a> {
    /// The record of an edit.
    pub fn new(edit: &'a model::Edit) -> Self {
        match edit {
            model::Edit::PutParty(id, party) => {
                let measures = party.measures.iter().map(|measure| Measure::new(*id, measure)).collect();
                let voices = party.voices.iter().map(|voice| Expectation::new(*id, voice)).collect();
                Self::PutParty(Party::new(*id, party, None), measures, voices)
            }
            model::Edit::RemoveParty(id) => Self::RemoveParty(*id),
            model::Edit::Place(id, point) => Self::Place(*id, place(*point)),
            model::Edit::PutHandoff(id, handoff) => {
                let requirements = handoff.requirements.iter().map(|r| Requirement::new(*id, r)).collect();
                Self::PutHandoff(Handoff::new(*id, handoff), requirements)
            }
            model::Edit::RemoveHandoff(id) => Self::RemoveHandoff(*id),
            model::Edit::PutView(id, view) => Self::PutView(View::new(*id, view)),
            model::Edit::RemoveView(id) => Self::RemoveView(*id),
            model::Edit::PutScenario(id, scenario) => Self::PutScenario(Scenario::new(*id, scenario)),
            model::Edit::RemoveScenario(id) => Self::RemoveScenario(*id),
            model::Edit::PutSprint(id, sprint) => Self::PutSprint(Sprint::new(*id, sprint)),
            model::Edit::RemoveSprint(id) => Self::RemoveSprint(*id),
            model::Edit::SetInfo(info) => Self::SetInfo(Map::new(info)),
        }
    }

    /// The edit; `None` when a record came without its id or says two things where one is meant.
    pub fn into_model(self) -> Option<model::Edit> {
        Some(match self {
            Self::PutParty(party, measures, voices) => {
                clear(&party.dismissed)?;
                let measures = measures.into_iter().map(|m| m.id.map(|id| m.into_model(id)));
                let voices = voices.into_iter().map(|v| v.id.map(|id| v.into_model(id)));
                let (measures, voices) = (measures.collect::<Option<_>>()?, voices.collect::<Option<_>>()?);
                model::Edit::PutParty(party.id, party.into_model(measures, voices))
            }
            Self::RemoveParty(id) => model::Edit::RemoveParty(id),
            Self::Place(id, at) => model::Edit::Place(id, point(at)),
            Self::PutHandoff(handoff, requirements) => {
                let id = handoff.id?;
                clear(&handoff.dismissed)?;
                let given = |r: &Requirement<'_>| r.id.filter(|_| !r.says_twice());
                let requirements = requirements.into_iter().map(|r| given(&r).map(|id| r.into_model(id)));
                model::Edit::PutHandoff(id, handoff.into_model(requirements.collect::<Option<_>>()?))
            }
            Self::RemoveHandoff(id) => model::Edit::RemoveHandoff(id),
            Self::PutView(view) => model::Edit::PutView(view.id?, view.into_model(0)),
            Self::RemoveView(id) => model::Edit::RemoveView(id),
            Self::PutScenario(scenario) => {
                let id = scenario.id.filter(|_| scenario.unclear().is_none())?;
                model::Edit::PutScenario(id, scenario.into_model(0))
            }
            Self::RemoveScenario(id) => model::Edit::RemoveScenario(id),
            Self::PutSprint(sprint) => model::Edit::PutSprint(sprint.id?, sprint.into_model()),
            Self::RemoveSprint(id) => model::Edit::RemoveSprint(id),
            Self::SetInfo(map) => {
                clear(&map.dismissed)?;
                model::Edit::SetInfo(map.into_model())
            }
        })
    }
}

/// `None` when one of the findings put aside names two parts.
fn clear<const MOST: usize>(dismissed: &List<Dismissal<'_>, MOST>) -> Option<()> {
    (!dismissed.0.iter().any(Dismissal::says_twice)).then_some(())
}
