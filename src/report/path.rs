//! The critical path as a table, what it would be worth to do without its times, and what comes next in length.

use super::figures::{hours, hours_text, more, or_unknown, says, section, table, together};
use super::{MOST_ROWS, Told};
use crate::analysis::{CustomerFigures, Gain, PathStep, Stop, path_steps};
use crate::model::{PartyKind, Subject};
use crate::writing::{Block, Side, Tone, Words};

/// Most steps of a path that are written out, and most gains and neighbours.
const MOST_STEPS: usize = 40;
const MOST_BESIDE: usize = 10;
/// Longest path that is kept on one page.
const MOST_TOGETHER: usize = 16;

pub(super) fn path(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let steps = path_steps(told.document, figures);
    if steps.is_empty() {
        return Vec::new();
    }
    let head =
        [("Start", Side::Right), ("Critical path", Side::Left), ("Process", Side::Right), ("Then waits", Side::Right)];
    let rows = steps.iter().take(MOST_STEPS).map(|step| row(told, step)).collect();
    let about = says("The longest path: whatever takes longer here makes the customer wait longer.");
    let whole = vec![section("Where the time goes"), about, table(head, rows)];
    let mut blocks = if steps.len() <= MOST_TOGETHER { vec![together(whole)] } else { whole };
    blocks.extend(more(steps.len(), MOST_STEPS));
    blocks.extend(gains(told, &figures.gains));
    blocks.extend(beside(told, figures));
    let left_out: Vec<String> = figures.lead_time.left_out.iter().take(MOST_ROWS).map(|id| told.handoff(*id)).collect();
    if !left_out.is_empty() {
        let text = format!("Left out, because it closes a loop: {}", left_out.join("; "));
        blocks.push(Block::Paragraph(Words::of(Tone::Warn, text)));
        blocks.extend(more(figures.lead_time.left_out.len(), MOST_ROWS));
    }
    blocks
}

fn row(told: &Told<'_>, step: &PathStep) -> Vec<Words> {
    let item = step.handoff.and_then(|id| told.document.handoff(id)).map(|handoff| handoff.item.trim().to_owned());
    let name = Words::plain(told.name(step.party));
    let name = match item.filter(|item| !item.is_empty()) {
        Some(item) => name.line(Tone::Faint, format!("→ {item}")),
        None => name,
    };
    let process = if step.is_process { hours(step.process_h) } else { Words::default() };
    let waste = step.value_adding == Some(false);
    vec![
        Words::plain(hours_text(step.start_h)),
        name,
        if waste { process.line(Tone::Faint, "adds no value") } else { process },
        if step.handoff.is_some() { hours(step.wait_h) } else { Words::default() },
    ]
}

fn gains(told: &Told<'_>, gains: &[Gain]) -> Option<Block> {
    let gains: Vec<&Gain> = gains.iter().filter(|gain| gain.gain_h > 0.0).take(MOST_BESIDE).collect();
    if gains.is_empty() {
        return None;
    }
    let row = |gain: &&Gain| {
        let name = match gain.subject {
            Subject::Party(id) => format!("work of {}", told.name(id)),
            Subject::Handoff(id) => format!("wait of {}", told.handoff(id)),
        };
        vec![Words::plain(name), hours(Some(gain.hours)), hours(Some(gain.gain_h))]
    };
    let head = [("Without the", Side::Left), ("which takes", Side::Right), ("lead time falls by", Side::Right)];
    Some(together(vec![section("Where time could be won"), table(head, gains.iter().map(row).collect())]))
}

/// Processes beside the critical path, those with the least slack first.
fn beside(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let is_process = |stop: &&Stop| told.document.party(stop.party).is_some_and(|p| p.kind == PartyKind::Process);
    let stops = figures.timeline.stops.iter().filter(|stop| !stop.on_path).filter(is_process);
    let mut others: Vec<&Stop> = stops.collect();
    if others.is_empty() {
        return Vec::new();
    }
    others.sort_by(|a, b| a.slack_h.total_cmp(&b.slack_h));
    let row = |stop: &&Stop| {
        vec![
            Words::plain(told.name(stop.party)),
            Words::plain(hours_text(stop.start_h)),
            or_unknown(stop.process_h.map(hours_text)),
            Words::plain(hours_text(stop.slack_h)),
        ]
    };
    let head =
        [("Beside it", Side::Left), ("Earliest start", Side::Right), ("Process", Side::Right), ("Slack", Side::Right)];
    let rows = others.iter().take(MOST_BESIDE).map(row).collect();
    let mut blocks = vec![together(vec![section("Beside the critical path, least slack first"), table(head, rows)])];
    blocks.extend(more(others.len(), MOST_BESIDE));
    blocks
}
