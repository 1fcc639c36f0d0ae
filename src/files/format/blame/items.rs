//! Finds what is wrong in a list that stands inside a record: the item, and the field of it.

use serde::de::DeserializeOwned;

use super::super::super::v1;
use super::super::locate::{self, Step};
use super::super::{FormatError, report};
use super::{Refusal, at};
use crate::model::{Aspect, Handoff, History, Observation, Rating, Role, Told};

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

/// The error in the observations of a requirement or measure; `refusal_of` tells what the model says to some of them.
pub(super) fn in_history(
    text: &str,
    path: &[Step<'_>],
    problem: &str,
    refusal_of: impl Fn(History) -> Option<(&'static str, String)>,
) -> FormatError {
    let refused = |some: &[Observation]| refusal_of(History::new(some.to_vec()));
    find::<v1::Observation<'_>, _>(text, path, ("observations", problem), refused, &OBSERVATION)
}

/// The error in a field of a handoff; within its lists, at the item.
pub(super) fn in_handoff(
    text: &str,
    path: &[Step<'_>],
    refusal: Refusal<'_>,
    handoff: &Handoff,
    refusal_of: impl Fn(Handoff) -> Option<(&'static str, String)>,
) -> FormatError {
    let bare = || Handoff { told: Vec::new(), roles: Vec::new(), ratings: Vec::new(), ..handoff.clone() };
    match refusal.0 {
        "told" => {
            let refused = |some: &[Told]| refusal_of(Handoff { told: some.to_vec(), ..bare() });
            find::<v1::Told<'_>, _>(text, path, refusal, refused, &TOLD)
        }
        "roles" => {
            let refused = |some: &[Role]| refusal_of(Handoff { roles: some.to_vec(), ..bare() });
            find::<v1::Role<'_>, _>(text, path, refusal, refused, &ROLE)
        }
        "ratings" => {
            let refused = |some: &[Rating]| refusal_of(Handoff { ratings: some.to_vec(), ..bare() });
            find::<v1::Rating<'_>, _>(text, path, refusal, refused, &RATING)
        }
        field => at(text, path, field, refusal.1),
    }
}

/// The error in the list at the end of the path: at the first item with which the list is refused, and at the field of it
/// that makes a difference. At the list itself where no item is to blame.
fn find<R: DeserializeOwned, T: From<R> + Clone>(
    text: &str,
    path: &[Step<'_>],
    (list, problem): Refusal<'_>,
    refused: impl Fn(&[T]) -> Option<(&'static str, String)>,
    fields: &[Field<T>],
) -> FormatError {
    let written =
        locate::written(text, path).and_then(|(list, _)| report::parse::<v1::List<R, { usize::MAX }>>(list).ok());
    let mut items: Vec<T> = written.unwrap_or_default().0.into_iter().map(T::from).collect();
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
