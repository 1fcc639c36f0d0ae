//! Finds what is wrong in a list that stands inside a record: the item, and the field of it.

use super::super::super::v1;
use super::super::locate::{self, Step};
use super::super::{FormatError, report};
use super::{Refusal, at};
use crate::model::{
    Aspect, Change, Dismissal, Frozen, Handoff, History, Lever, NotApplicable, Observation, Party, Rating, Review,
    Role, Scenario, Snapshot, Sprint, Task, Told,
};

/// A field of an item, and what makes it sound whatever it was.
type Field<T> = (&'static str, fn(&mut T));

const OBSERVATION: [Field<Observation>; 3] =
    [("value", |o| o.value = 0.0), ("n", |o| o.sample_size = None), ("by", |o| o.by.clear())];
const TOLD: [Field<Told>; 2] = [("who", |told| told.who.clear()), ("what", |told| told.what.clear())];
const ROLE: [Field<Role>; 1] = [("who", |role| role.who.clear())];
const RATING: [Field<Rating>; 5] = [
    ("who", |rating| rating.who.clear()),
    ("speed", |rating| rating.marks[Aspect::Speed as usize] = None),
    ("ease", |rating| rating.marks[Aspect::Ease as usize] = None),
    ("proactive", |rating| rating.marks[Aspect::Proactive as usize] = None),
    ("overall", |rating| rating.marks[Aspect::Overall as usize] = None),
];
const DISMISSAL: [Field<Dismissal>; 2] = [("kind", |d| d.kind = "x".into()), ("reason", |d| d.reason = "x".into())];
const TASK: [Field<Task>; 2] = [("text", |task| task.text.clear()), ("owner", |task| task.owner.clear())];
const FROZEN: [Field<Frozen>; 2] = [("figure", |of| of.figure.clear()), ("value", |of| of.value = 0.0)];
const NOT_APPLICABLE: [Field<NotApplicable>; 1] = [("reason", |of| of.reason = "x".into())];
const REVIEW: [Field<Review>; 3] = [
    ("by", |review| review.by.clear()),
    ("notes", |review| review.notes.clear()),
    ("figures", |review| review.figures.clear()),
];
// A lever that the record has stays: what is there twice is the change as a whole.
const CHANGE: [Field<Change>; 3] = [
    ("field", |change| {
        let levers = Lever::of(change.subject);
        if !levers.contains(&change.lever) {
            change.lever = levers.first().copied().unwrap_or_default();
        }
    }),
    ("value", |change| change.value = 0.0),
    ("why", |change| change.why.clear()),
];

/// The error in the observations of a requirement or measure; `refusal_of` tells what the model says to some of them.
pub(super) fn in_history(
    text: &str,
    path: &[Step<'_>],
    problem: &str,
    refusal_of: impl Fn(History) -> Option<(&'static str, String)>,
) -> FormatError {
    // As they stand in the file, and not in the order of their periods.
    let written = locate::written(text, path).and_then(|(list, _)| report::parse::<Written>(list).ok());
    let items = written.unwrap_or_default().0.into_iter().map(Observation::from).collect();
    let refused = |some: &[Observation]| refusal_of(History::new(some.to_vec()));
    find(text, path, ("observations", problem), items, refused, &OBSERVATION)
}

/// A list of observations in a file.
type Written = v1::List<v1::Observation<'static>, { usize::MAX }>;

/// The error in a field of a record that may have findings put aside; within these, at the one.
pub(super) fn in_dismissed(
    text: &str,
    path: &[Step<'_>],
    refusal: Refusal<'_>,
    dismissed: &[Dismissal],
    refusal_of: impl Fn(Vec<Dismissal>) -> Option<(&'static str, String)>,
) -> FormatError {
    if refusal.0 != "dismissed" {
        return at(text, path, refusal.0, refusal.1);
    }
    find(text, path, refusal, dismissed.to_vec(), |some| refusal_of(some.to_vec()), &DISMISSAL)
}

/// The error in a field of a party; within its lists, at the item.
pub(super) fn in_party(
    text: &str,
    path: &[Step<'_>],
    refusal: Refusal<'_>,
    party: &Party,
    refusal_of: impl Fn(Party) -> Option<(&'static str, String)>,
) -> FormatError {
    match refusal.0 {
        "not_applicable" => {
            let refused =
                |some: &[NotApplicable]| refusal_of(Party { not_applicable: some.to_vec(), ..Party::default() });
            find(text, path, refusal, party.not_applicable.clone(), refused, &NOT_APPLICABLE)
        }
        "reviews" => {
            let refused = |some: &[Review]| refusal_of(Party { reviews: some.to_vec(), ..Party::default() });
            find(text, path, refusal, party.reviews.clone(), refused, &REVIEW)
        }
        _ => in_dismissed(text, path, refusal, &party.dismissed, |dismissed| {
            refusal_of(Party { dismissed, ..Party::default() })
        }),
    }
}

/// The error in a field of a scenario; within its changes, at the one.
pub(super) fn in_scenario(
    text: &str,
    path: &[Step<'_>],
    refusal: Refusal<'_>,
    scenario: &Scenario,
    refusal_of: impl Fn(Scenario) -> Option<(&'static str, String)>,
) -> FormatError {
    if refusal.0 != "changes" {
        return at(text, path, refusal.0, refusal.1);
    }
    let refused = |some: &[Change]| refusal_of(Scenario { changes: some.to_vec(), ..Scenario::default() });
    find(text, path, refusal, scenario.changes.clone(), refused, &CHANGE)
}

/// The error in a field of a sprint; within its tasks and figures, at the one.
pub(super) fn in_sprint(
    text: &str,
    path: &[Step<'_>],
    refusal: Refusal<'_>,
    sprint: &Sprint,
    refusal_of: impl Fn(Sprint) -> Option<(&'static str, String)>,
) -> FormatError {
    let snapshot = match refusal.0 {
        "tasks" => {
            let refused = |some: &[Task]| refusal_of(Sprint { tasks: some.to_vec(), ..Sprint::default() });
            return find(text, path, refusal, sprint.tasks.clone(), refused, &TASK);
        }
        "baseline" => &sprint.baseline,
        "result" => &sprint.result,
        _ => return at(text, path, refusal.0, refusal.1),
    };
    let Some(Snapshot { day, figures }) = snapshot else { return at(text, path, refusal.0, refusal.1) };
    let mut path = path.to_vec();
    path.push(Step::Field("figures"));
    let refused = |some: &[Frozen]| {
        let baseline = Some(Snapshot { day: *day, figures: some.to_vec() });
        refusal_of(Sprint { baseline, ..Sprint::default() })
    };
    find(text, &path, refusal, figures.clone(), refused, &FROZEN)
}

/// The error in a field of a handoff; within its lists, at the item.
pub(super) fn in_handoff(
    text: &str,
    path: &[Step<'_>],
    refusal: Refusal<'_>,
    handoff: &Handoff,
    refusal_of: impl Fn(Handoff) -> Option<(&'static str, String)>,
) -> FormatError {
    // Each list by itself: what else is wrong with the handoff is no fault of an item.
    let bare = Handoff::between(handoff.supplier, handoff.customer, "");
    match refusal.0 {
        "told" => {
            let refused = |some: &[Told]| refusal_of(Handoff { told: some.to_vec(), ..bare.clone() });
            find(text, path, refusal, handoff.told.clone(), refused, &TOLD)
        }
        "roles" => {
            let refused = |some: &[Role]| refusal_of(Handoff { roles: some.to_vec(), ..bare.clone() });
            find(text, path, refusal, handoff.roles.clone(), refused, &ROLE)
        }
        "ratings" => {
            let refused = |some: &[Rating]| refusal_of(Handoff { ratings: some.to_vec(), ..bare.clone() });
            find(text, path, refusal, handoff.ratings.clone(), refused, &RATING)
        }
        _ => in_dismissed(text, path, refusal, &handoff.dismissed, |dismissed| {
            refusal_of(Handoff { dismissed, ..bare.clone() })
        }),
    }
}

/// The error in the list at the end of the path, with these items: at the first item with which the list is refused, and at the field of it
/// that makes a difference. At the list itself where no item is to blame.
fn find<T: Clone>(
    text: &str,
    path: &[Step<'_>],
    (list, problem): Refusal<'_>,
    mut items: Vec<T>,
    refused: impl Fn(&[T]) -> Option<(&'static str, String)>,
    fields: &[Field<T>],
) -> FormatError {
    // As many as are sound, and as many as are not.
    let (mut sound, mut bad) = (0, items.len());
    while sound + 1 < bad {
        let middle = usize::midpoint(sound, bad);
        if refused(&items[..middle]).is_some() { bad = middle } else { sound = middle }
    }
    items.truncate(bad);
    let Some((_, here)) = refused(&items) else { return at(text, path, list, problem) };
    let mut path = path.to_vec();
    path.push(Step::Item(items.len().saturating_sub(1)));
    let makes_a_difference = |(_, mend): &&Field<T>| {
        let mut mended = items.clone();
        mended.last_mut().map(mend);
        refused(&mended).is_none_or(|(_, problem)| problem != here)
    };
    path.extend(fields.iter().find(makes_a_difference).map(|(field, _)| Step::Field(field)));
    at(text, &path, list, &here)
}
