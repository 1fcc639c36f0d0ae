//! The improvement loop in file format 1: steps that do not apply, schedules, reviews and sprints.

use jiff::civil::Date;

use super::List;
use super::convert::{all, list, number, text, value};
use super::values::{Day, Number, Period, Standing, Step, Text, When, is_default};
use crate::model::{self, HandoffId, MOST_FROZEN, MOST_TASKS, MOST_TOUCHED, PartyId, SPRINT_DAYS, SprintId};

/// A step that does not apply.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NotApplicable<'a> {
    step: Step,
    reason: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<When>,
}

impl<'a> From<&'a model::NotApplicable> for NotApplicable<'a> {
    fn from(of: &'a model::NotApplicable) -> Self {
        let model::NotApplicable { step, reason, when } = of;
        Self { step: (*step).into(), reason: text(reason), when: when.map(When) }
    }
}

impl From<NotApplicable<'_>> for model::NotApplicable {
    fn from(record: NotApplicable<'_>) -> Self {
        let NotApplicable { step, reason, when } = record;
        Self { step: step.into(), reason: reason.0.into_owned(), when: when.map(|when| when.0) }
    }
}

/// How often something is reviewed, and when for the first time.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    every: u32,
    unit: Period,
    first: Day,
}

impl From<model::Schedule> for Schedule {
    fn from(schedule: model::Schedule) -> Self {
        let model::Schedule { every: model::Interval { count, unit }, first } = schedule;
        Self { every: count, unit: unit.into(), first: Day(first) }
    }
}

impl From<Schedule> for model::Schedule {
    fn from(record: Schedule) -> Self {
        let every = model::Interval { count: record.every, unit: record.unit.into() };
        Self { every, first: record.first.0 }
    }
}

/// A figure as it was.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Frozen<'a> {
    figure: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer: Option<PartyId>,
    value: Number,
}

impl<'a> From<&'a model::Frozen> for Frozen<'a> {
    fn from(frozen: &'a model::Frozen) -> Self {
        let model::Frozen { figure, customer, value } = frozen;
        Self { figure: text(figure), customer: *customer, value: Number(*value) }
    }
}

impl From<Frozen<'_>> for model::Frozen {
    fn from(record: Frozen<'_>) -> Self {
        let Frozen { figure, customer, value } = record;
        Self { figure: figure.0.into_owned(), customer, value: value.0 }
    }
}

/// A review of a process.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Review<'a> {
    started: Day,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    finished: Option<Day>,
    #[serde(default, skip_serializing_if = "is_default")]
    by: Text<'a>,
    /// One for each step, in their order; steps left out at the end are open.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    steps: List<Standing, 7>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    figures: List<Frozen<'a>, MOST_FROZEN>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'a>,
}

impl<'a> From<&'a model::Review> for Review<'a> {
    fn from(review: &'a model::Review) -> Self {
        let model::Review { started, finished, by, notes, steps, figures } = review;
        Self {
            started: Day(*started),
            finished: finished.map(Day),
            by: text(by),
            steps: List(steps.iter().flatten().map(|standing| (*standing).into()).collect()),
            figures: list(figures),
            notes: text(notes),
        }
    }
}

impl From<Review<'_>> for model::Review {
    fn from(record: Review<'_>) -> Self {
        let Review { started, finished, by, steps, figures, notes } = record;
        Self {
            started: started.0,
            finished: day(finished),
            by: by.0.into_owned(),
            notes: notes.0.into_owned(),
            steps: (!steps.is_empty()).then(|| std::array::from_fn(|at| standing(steps.0.get(at)))),
            figures: all(figures),
        }
    }
}

fn standing(written: Option<&Standing>) -> model::Standing {
    written.map_or(model::Standing::Open, |standing| (*standing).into())
}

fn day(day: Option<Day>) -> Option<Date> {
    day.map(|day| day.0)
}

/// Something to do in a sprint.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Task<'a> {
    #[serde(default, skip_serializing_if = "is_default")]
    text: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    owner: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    done: Option<Day>,
}

impl<'a> From<&'a model::Task> for Task<'a> {
    fn from(task: &'a model::Task) -> Self {
        let model::Task { text: words, owner, done } = task;
        Self { text: text(words), owner: text(owner), done: done.map(Day) }
    }
}

impl From<Task<'_>> for model::Task {
    fn from(record: Task<'_>) -> Self {
        let Task { text, owner, done } = record;
        Self { text: text.0.into_owned(), owner: owner.0.into_owned(), done: day(done) }
    }
}

/// The figures of a day.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Snapshot<'a> {
    day: Day,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    figures: List<Frozen<'a>, MOST_FROZEN>,
}

impl<'a> From<&'a model::Snapshot> for Snapshot<'a> {
    fn from(snapshot: &'a model::Snapshot) -> Self {
        let model::Snapshot { day, figures } = snapshot;
        Self { day: Day(*day), figures: list(figures) }
    }
}

impl From<Snapshot<'_>> for model::Snapshot {
    fn from(record: Snapshot<'_>) -> Self {
        Self { day: record.day.0, figures: all(record.figures) }
    }
}

/// A sprint. The handoffs it names need not be there.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sprint<'a> {
    /// Its id; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<SprintId>,
    #[serde(default, skip_serializing_if = "is_default")]
    goal: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    owner: Text<'a>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    handoffs: List<HandoffId, MOST_TOUCHED>,
    #[serde(default, skip_serializing_if = "is_default")]
    why_several: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<Day>,
    #[serde(default = "twenty", skip_serializing_if = "is_twenty")]
    days: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    cost: Option<Number>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    tasks: List<Task<'a>, MOST_TASKS>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    baseline: Option<Snapshot<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    result: Option<Snapshot<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'a>,
}

impl<'a> Sprint<'a> {
    /// The record of a sprint.
    pub fn new(id: SprintId, sprint: &'a model::Sprint) -> Self {
        let model::Sprint { goal, owner, handoffs, why_several, start, days, tasks, cost, baseline, result, notes } =
            sprint;
        Self {
            id: Some(id),
            goal: text(goal),
            owner: text(owner),
            handoffs: List(handoffs.clone()),
            why_several: text(why_several),
            start: start.map(Day),
            days: *days,
            cost: number(*cost),
            tasks: list(tasks),
            baseline: baseline.as_ref().map(Into::into),
            result: result.as_ref().map(Into::into),
            notes: text(notes),
        }
    }

    /// The sprint.
    pub fn into_model(self) -> model::Sprint {
        model::Sprint {
            goal: self.goal.0.into_owned(),
            owner: self.owner.0.into_owned(),
            handoffs: self.handoffs.0,
            why_several: self.why_several.0.into_owned(),
            start: day(self.start),
            days: self.days,
            tasks: all(self.tasks),
            cost: value(self.cost),
            baseline: self.baseline.map(Into::into),
            result: self.result.map(Into::into),
            notes: self.notes.0.into_owned(),
        }
    }
}

fn twenty() -> u32 {
    SPRINT_DAYS
}

fn is_twenty(days: &u32) -> bool {
    *days == twenty()
}
