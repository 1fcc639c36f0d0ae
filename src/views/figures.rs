//! The figure that colours handoffs and rings: five steps from good to bad, told by colour and by the line's width.

use std::collections::{BTreeMap, BTreeSet};

use super::towards::towards;
use crate::analysis::lead_time::lead_time;
use crate::analysis::quality::quality;
use crate::analysis::{handoff_cost, progress, timeline};
use crate::geom::{Rect, pt};
use crate::model::{Agreement, Document, Figure, Handoff, HandoffId, PartyId, ViewChoice, is_red, score};
use crate::scene::drawing::Entry;
use crate::scene::handoff::Tint;
use crate::scene::sheet::silos::{DONE_STEPS, LOSS_STEPS, SLACK_STEPS, loss_step, slack_step, steps_step};
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
    (Figure::Loss, LOSS_STEPS),
    (Figure::Slack, SLACK_STEPS),
    (Figure::Steps, DONE_STEPS),
];

/// What a figure tells of a whole map, worked out once.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Told {
    /// Of each handoff what it does not hold itself, where it is known: its cost in a year, its share of the loss (a
    /// fraction), its slack (as a part of the lead time), the share of the seven steps that its supplier has done.
    pub values: BTreeMap<HandoffId, f64>,
    /// The step of each handoff whose figure is known, 0 (good) to 4 (bad).
    pub steps: BTreeMap<HandoffId, u8>,
    /// The lead time in hours, when the figure is slack.
    pub lead_time_h: f64,
    /// The parties of the critical path, when the figure is slack.
    pub path: BTreeSet<PartyId>,
    /// The step of each process, when the figure tells of processes.
    pub processes: BTreeMap<PartyId, u8>,
}

/// Works out the figure that was chosen. O(E log E) at most.
pub fn told(document: &Document, choice: &ViewChoice) -> Told {
    let mut told = match choice.figure {
        Figure::Cost => costs(document),
        Figure::Loss => losses(document, choice),
        Figure::Slack => slacks(document, choice),
        Figure::Steps => steps_done(document),
        _ => Told::default(),
    };
    // A cost is good or bad beside the dearest.
    let most = told.values.values().copied().fold(0.0, f64::max);
    let whole = if choice.figure == Figure::Cost && most > 0.0 { most } else { 1.0 };
    let step = |(id, handoff): (HandoffId, &std::sync::Arc<Handoff>)| {
        let part = told.values.get(&id).map(|value| value / whole);
        Some((id, step_of(choice.figure, handoff, document.info().hours_per_day, part)?))
    };
    let steps = document.handoffs().filter_map(step).collect();
    told.steps = steps;
    told
}

fn costs(document: &Document) -> Told {
    let cost = |handoff| handoff_cost(document, handoff).yearly().total();
    let values = document.handoffs().filter_map(|(id, handoff)| Some((id, cost(&**handoff)?))).collect();
    Told { values, ..Told::default() }
}

fn losses(document: &Document, choice: &ViewChoice) -> Told {
    let shares = towards(document, choice, |chain, upstream, _| quality(chain, upstream).shares).unwrap_or_default();
    Told { values: shares.into_iter().map(|share| (share.handoff, share.share)).collect(), ..Told::default() }
}

/// The seven steps of whoever gives. Views know no day, so nothing is overdue in them.
fn steps_done(document: &Document) -> Told {
    let all = progress(document, None);
    let share: BTreeMap<PartyId, f64> = all.iter().map(|of| (of.party, of.over() as f64 / 7.0)).collect();
    let given = |(id, handoff): (HandoffId, &std::sync::Arc<Handoff>)| Some((id, *share.get(&handoff.supplier?)?));
    Told {
        values: document.handoffs().filter_map(given).collect(),
        processes: share.iter().map(|(id, share)| (*id, steps_step(*share))).collect(),
        ..Told::default()
    }
}

fn slacks(document: &Document, choice: &ViewChoice) -> Told {
    let times = towards(document, choice, |chain, upstream, _| {
        let whole = lead_time(chain, upstream).hours.value?;
        Some((whole, timeline(chain, upstream)))
    });
    let Some((whole, timeline)) = times.flatten() else { return Told::default() };
    let part = |hours: f64| if whole > 0.0 { hours / whole } else { 0.0 };
    Told {
        values: timeline.legs.iter().map(|leg| (leg.handoff, part(leg.slack_h))).collect(),
        lead_time_h: whole,
        path: timeline.stops.iter().filter(|stop| stop.on_path).map(|stop| stop.party).collect(),
        ..Told::default()
    }
}

/// The step of one handoff, 0 (good) to 4 (bad); `None` when the figure is unknown. `part` is what the handoff does not
/// hold itself: its cost as a part of the dearest, its share of the loss, its slack as a part of the lead time, the share of
/// steps that its supplier has done.
pub fn step_of(figure: Figure, handoff: &Handoff, hours_per_day: f64, part: Option<f64>) -> Option<u8> {
    let falls = |value: f64, limits: [f64; 4]| limits.iter().filter(|limit| value < **limit).count() as u8;
    let rises = |value: f64, limits: [f64; 4]| limits.iter().filter(|limit| value > **limit).count() as u8;
    match figure {
        Figure::None => None,
        Figure::CompleteAccurate => Some(falls(handoff.complete_accurate_pct?, [98.0, 95.0, 90.0, 80.0])),
        Figure::OnTime => Some(falls(handoff.on_time_pct?, [98.0, 95.0, 90.0, 80.0])),
        Figure::Wait => Some(rises(handoff.wait_h?, [0.5, hours_per_day / 2.0, hours_per_day, 3.0 * hours_per_day])),
        Figure::Cost => Some(rises(part?, [0.1, 0.25, 0.5, 0.75])),
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
        Figure::Loss => Some(loss_step(part?)),
        Figure::Slack => Some(slack_step(part?)),
        Figure::Steps => Some(steps_step(part?)),
    }
}

/// How a step shows on an arrow; unknown is thin and faint.
pub fn tint(step: Option<u8>) -> Tint {
    match step {
        Some(step) => Tint { ink: Ink::Step(step), width: 1.4 + f32::from(step) * STEP_WIDTH },
        None => Tint { ink: Ink::Faint, width: 0.9 },
    }
}

/// The legend of the figure that was chosen.
pub fn key(document: &Document, choice: &ViewChoice) -> Vec<Entry> {
    let figure = choice.figure;
    let Some((_, words)) = STEPS_SHOWN.iter().find(|(of, _)| *of == figure) else { return Vec::new() };
    let swatch = |step: Option<u8>| {
        let Tint { ink, width } = tint(step);
        let rect = Rect { min: pt(-15.0, -width / 2.0), max: pt(15.0, width / 2.0) };
        vec![Item::Rect { rect, radius: 0.0, fill: Some(ink), stroke: None }]
    };
    let mut entries = vec![Entry { swatch: Vec::new(), text: format!("{}:", figure.title()) }];
    entries.extend(on_the_way(document, choice));
    entries
        .extend(words.iter().zip(0..).map(|(text, step)| Entry { swatch: swatch(Some(step)), text: (*text).into() }));
    let unknown = match figure {
        Figure::Loss => "unknown, or not on the way",
        Figure::Slack => "not on the way",
        Figure::Steps => "given by nobody inside",
        _ => "unknown",
    };
    entries.push(Entry { swatch: swatch(None), text: unknown.into() });
    entries
}

/// Whose figures are shown, where that is not told by itself.
pub(super) fn on_the_way(document: &Document, choice: &ViewChoice) -> Option<Entry> {
    let depends = matches!(choice.figure, Figure::Loss | Figure::Slack) && document.customers().count() > 1;
    let customer = choice.customer_of(document).filter(|_| depends)?;
    Some(Entry { swatch: Vec::new(), text: format!("on the way to {}", document.name_of(customer)) })
}
