//! The figure that was chosen in tables and charts, which have no arrows to colour: a stripe in the colour of its step at
//! everything they tell of a handoff or a party.

use std::sync::Arc;

use super::Ask;
use super::figures::{self, Told, told};
use crate::geom::{Rect, pt};
use crate::model::{Figure, Subject, ViewKind};
use crate::scene::drawing::Drawing;
use crate::scene::handoff::Tint;
use crate::scene::theme::STEPS;
use crate::scene::{Group, Ink, Item};

/// How far left of the row of a chart its stripe begins, in map units.
const BESIDE: f32 = 12.0;
/// Clear of the edge of a cell, and of the band of its department.
const INSIDE: f32 = 1.5;
const BEHIND_BAND: f32 = 7.0;
/// Between the bar of a wait and the stripe below it.
const BELOW: f32 = 1.0;

/// The drawing with a stripe at each row and cell whose subject the figure knows, and its legend.
pub(super) fn striped(mut drawing: Drawing, ask: &Ask<'_>) -> Drawing {
    let (choice, document) = (ask.choice, ask.document);
    if choice.figure == Figure::None || drawing.behind.iter().all(|group| group.subject.is_none()) {
        return drawing;
    }
    let told = told(document, choice);
    for group in &mut drawing.behind {
        if let Some((rect, ink)) = stripe(group, choice.kind, &told) {
            let mut striped = (**group).clone();
            striped.bounds = striped.bounds.map(|bounds| bounds.union(&rect));
            striped.items.push(Item::Rect { rect, radius: 1.0, fill: Some(ink), stroke: None });
            *group = Arc::new(striped);
        }
    }
    drawing.key.extend(figures::key(document, choice));
    drawing
}

/// Where the stripe of a group is and its colour; `None` where the figure has nothing to say.
fn stripe(group: &Group, kind: ViewKind, told: &Told) -> Option<(Rect, Ink)> {
    let (subject, bounds) = (group.subject?, group.bounds?);
    let Tint { ink, width } = match subject {
        Subject::Handoff(id) => figures::tint(told.steps.get(&id).copied()),
        Subject::Party(id) => {
            let on_path = told.path.contains(&id).then_some(STEPS - 1);
            figures::tint(Some(on_path.or_else(|| told.processes.get(&id).copied())?))
        }
    };
    let beside = |left: f32, air: f32| Rect {
        min: pt(left, bounds.min.y + air),
        max: pt(left + width, (bounds.max.y - air).max(bounds.min.y + air)),
    };
    let rect = match (kind, subject) {
        (ViewKind::Timeline, Subject::Handoff(_)) => {
            let top = bounds.max.y + BELOW;
            Rect { min: pt(bounds.min.x, top), max: pt(bounds.max.x, top + width) }
        }
        (ViewKind::Timeline | ViewKind::Snowball, _) => beside(bounds.min.x - BESIDE, 3.0),
        _ if has_band(group) => beside(bounds.min.x + BEHIND_BAND, INSIDE),
        _ => beside(bounds.min.x + INSIDE, INSIDE),
    };
    Some((rect, ink))
}

/// Whether a cell begins with the band of a department.
fn has_band(group: &Group) -> bool {
    matches!(group.items.first(), Some(Item::Path { fill: Some(Ink::Department(_)), .. }))
}
