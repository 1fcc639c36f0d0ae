//! What one external customer gets: the figures at a glance, and the sections about it.

use super::figures::{built_on, faint, long_text, or_unknown, part, section, share, table, together};
use super::{Told, handoffs, path, rework, snowball, spread, weak};
use crate::analysis::{CustomerFigures, Figure};
use crate::writing::{Block, Side, Tone, Words};

pub(super) fn customer(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let mut blocks = vec![part(format!("What {} gets", told.name(figures.party)))];
    blocks.push(together(vec![section("Figures at a glance"), at_a_glance(told, figures)]));
    blocks.extend(snowball::snowball(told, figures));
    blocks.extend(handoffs::ranked(told, figures));
    blocks.extend(path::path(told, figures));
    blocks.extend(rework::rework(told, figures));
    blocks.extend(spread::spread(told, figures));
    blocks.extend(weak::of_customer(told, figures));
    blocks
}

fn at_a_glance(told: &Told<'_>, figures: &CustomerFigures) -> Block {
    let CustomerFigures { lead_time, quality, on_time_start, crossing, .. } = figures;
    let day = told.document.info().hours_per_day;
    let time = |figure: Figure| or_unknown(figure.value.map(|hours| long_text(hours, day)));
    let lead = lead_time.hours.value.map(|hours| {
        let at_least = if lead_time.is_at_least() { "at least " } else { "" };
        format!("{at_least}{}", long_text(hours, day))
    });
    let counted = Figure { value: None, known: crossing.handoffs, of: crossing.of };
    let cost = figures.cost.told();
    let mut rows = vec![
        ("Lead time", or_unknown(lead), built_on(lead_time.hours, "times")),
        (
            "Process time on the critical path",
            time(lead_time.process_time),
            built_on(lead_time.process_time, "processes"),
        ),
        ("of it value-adding", time(lead_time.value_adding), built_on(lead_time.value_adding, "processes")),
        ("Waiting on the critical path", time(lead_time.wait), built_on(lead_time.wait, "handoffs")),
        ("Activity ratio (process time / lead time)", share(lead_time.activity_ratio()), Words::default()),
        ("Process cycle efficiency (value-adding / lead time)", share(lead_time.pce()), Words::default()),
        ("Rolled %C&A", share(quality.complete_accurate.value), built_on(quality.complete_accurate, "handoffs")),
        ("Rolled on time", share(quality.on_time.value), built_on(quality.on_time, "handoffs")),
        ("On-time start", share(on_time_start.value), built_on(*on_time_start, "inputs")),
        (
            "Handoffs that cross departments",
            or_unknown((crossing.handoffs > 0).then(|| crossing.crossing.to_string())),
            built_on(counted, "handoffs"),
        ),
        ("Cost in a year", super::figures::money(told.document, cost.value), built_on(cost, "terms")),
    ];
    if let Some(target) = told.document.party(figures.party).and_then(|party| party.target_lead_time_h) {
        let over = lead_time.hours.value.map(|hours| hours - target);
        let kept = match over {
            None => faint(""),
            Some(over) if over > 0.0 => Words::of(Tone::Bad, format!("{} too long", super::figures::hours_text(over))),
            Some(_) if lead_time.is_at_least() => Words::of(Tone::Warn, "kept as far as is known"),
            Some(_) => Words::of(Tone::Good, "kept"),
        };
        rows.insert(1, ("target", Words::plain(long_text(target, day)), kept));
    }
    let rows = rows.into_iter().map(|(what, value, on)| vec![Words::plain(what), value, on]).collect();
    table([("Figure", Side::Left), ("Value", Side::Right), ("Built on", Side::Left)], rows)
}
