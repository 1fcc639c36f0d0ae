//! The figure that colours handoffs and rings: five steps from good to bad, told by colour and by the line's width.

use std::collections::BTreeMap;

use crate::analysis::handoff_cost;
use crate::geom::{Rect, pt};
use crate::model::{Agreement, Document, Figure, Handoff, HandoffId, is_red, score};
use crate::scene::drawing::Entry;
use crate::scene::handoff::Tint;
use crate::scene::{Ink, Item};

/// Widest of the five lines' steps, in map units.
const STEP_WIDTH: f32 = 0.9;

/// What each step from good to bad means for a figure; empty when the figure has no steps.
pub const STEPS_SHOWN: &[(Figure, [&str; 5])] = &[
    (Figure::CompleteAccurate, ["≥ 98 %", "≥ 95 %", "≥ 90 %", "≥ 80 %", "< 80 %"]),
    (Figure::OnTime, ["≥ 98 %", "≥ 95 %", "≥ 90 %", "≥ 80 %", "< 80 %"]),
    (Figure::Wait, ["≤ ½ h", "≤ ½ day", "≤ 1 day", "≤ 3 days", "> 3 days"]),
    (Figure::Cost, ["≤ 10 % of the dearest", "≤ 25 %", "≤ 50 %", "≤ 75 %", "> 75 %"]),
    (Figure::Agreement, ["agreed", "discussed", "sent", "draft", "disputed"]),
    (Figure::Score, ["all met", "≥ 90 %", "≥ 75 %", "≥ 50 %", "less, or a must failed"]),
];

/// The step of each handoff whose figure is known.
pub fn steps(document: &Document, figure: Figure) -> BTreeMap<HandoffId, u8> {
    let costs = costs(document, figure);
    let dearest = costs.values().copied().fold(0.0, f64::max);
    let step = |(id, handoff): (HandoffId, &std::sync::Arc<Handoff>)| {
        let cost = costs.get(&id).map(|cost| if dearest > 0.0 { cost / dearest } else { 0.0 });
        Some((id, step_of(figure, handoff, document.info().hours_per_day, cost)?))
    };
    document.handoffs().filter_map(step).collect()
}

/// The cost of each handoff in a year, when that is the figure and something is known of it.
pub(super) fn costs(document: &Document, figure: Figure) -> BTreeMap<HandoffId, f64> {
    if figure != Figure::Cost {
        return BTreeMap::new();
    }
    let cost = |(id, handoff)| Some((id, handoff_cost(document, handoff).yearly().total()?));
    document.handoffs().filter_map(|(id, handoff)| cost((id, &**handoff))).collect()
}

/// The step of one handoff, 0 (good) to 4 (bad); `None` when the figure is unknown. `cost` is its share of the dearest.
pub fn step_of(figure: Figure, handoff: &Handoff, hours_per_day: f64, cost: Option<f64>) -> Option<u8> {
    let falls = |value: f64, limits: [f64; 4]| limits.iter().filter(|limit| value < **limit).count() as u8;
    let rises = |value: f64, limits: [f64; 4]| limits.iter().filter(|limit| value > **limit).count() as u8;
    match figure {
        Figure::None => None,
        Figure::CompleteAccurate => Some(falls(handoff.complete_accurate_pct?, [98.0, 95.0, 90.0, 80.0])),
        Figure::OnTime => Some(falls(handoff.on_time_pct?, [98.0, 95.0, 90.0, 80.0])),
        Figure::Wait => Some(rises(handoff.wait_h?, [0.5, hours_per_day / 2.0, hours_per_day, 3.0 * hours_per_day])),
        Figure::Cost => Some(rises(cost?, [0.1, 0.25, 0.5, 0.75])),
        Figure::Agreement => match handoff.agreement {
            Agreement::None => None,
            Agreement::Agreed => Some(0),
            Agreement::Discussed => Some(1),
            Agreement::Sent => Some(2),
            Agreement::Draft => Some(3),
            Agreement::Disputed => Some(4),
        },
        // A failed must is red whatever else is green.
        Figure::Score if is_red(handoff) => Some(4),
        Figure::Score => Some(falls(score(handoff)?.share * 100.0, [100.0, 90.0, 75.0, 50.0])),
    }
}

/// How a step shows on an arrow; unknown is thin and faint.
pub fn tint(step: Option<u8>) -> Tint {
    match step {
        Some(step) => Tint { ink: Ink::Step(step), width: 1.4 + f32::from(step) * STEP_WIDTH },
        None => Tint { ink: Ink::Faint, width: 0.9 },
    }
}

/// The legend of a figure.
pub fn key(figure: Figure) -> Vec<Entry> {
    let Some((_, words)) = STEPS_SHOWN.iter().find(|(of, _)| *of == figure) else { return Vec::new() };
    let swatch = |step: Option<u8>| {
        let Tint { ink, width } = tint(step);
        let rect = Rect { min: pt(-15.0, -width / 2.0), max: pt(15.0, width / 2.0) };
        vec![Item::Rect { rect, radius: 0.0, fill: Some(ink), stroke: None }]
    };
    let mut entries = vec![Entry { swatch: Vec::new(), text: format!("{}:", figure.title()) }];
    entries
        .extend(words.iter().zip(0..).map(|(text, step)| Entry { swatch: swatch(Some(step)), text: (*text).into() }));
    entries.push(Entry { swatch: swatch(None), text: "unknown".into() });
    entries
}
