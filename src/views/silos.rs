//! Department by department: how many handoffs go from each to each, and how well.

use super::{Ask, figures, filtered};
use crate::analysis::matrix;
use crate::model::Figure;
use crate::model::quantity::{duration, number};
use crate::scene::drawing::{Drawing, Rows};
use crate::scene::sheet::lay_out;
use crate::scene::sheet::silos::{key, silos, slack_step};
use crate::scene::theme::STEPS;

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let (figure, hours_per_day) = (ask.choice.figure, ask.document.info().hours_per_day);
    let document = &filtered(ask.document, ask.choice);
    let told = figures::told(ask.document, ask.choice);
    let matrix = matrix(document, figure, &|id| told.values.get(&id).copied());
    let words = |value: f64| match figure {
        Figure::Slack if slack_step(value) == STEPS - 1 => "critical path".into(),
        Figure::Slack => format!("slack {}", duration(value * told.lead_time_h, hours_per_day)),
        _ => number(value.round()),
    };
    let drawn = lay_out(&silos(&matrix, hours_per_day, ask.fonts, &words), document, ask.fonts);
    let mut key = key(figure);
    if let Some(entry) = figures::on_the_way(ask.document, ask.choice) {
        key.insert(1.min(key.len()), entry);
    }
    drawn.into_drawing(Rows::Silos, key)
}
