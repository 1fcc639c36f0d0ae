//! What has to be done again on the way to a customer.

use super::figures::{built_on, faint, hours, long_text, more, section, share, table, together};
use super::{MOST_ROWS, Told};
use crate::analysis::{CustomerFigures, Rework};
use crate::model::quantity::rounded;
use crate::writing::{Block, Side, Tone, Words};

pub(super) fn rework(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let rework = &figures.rework;
    let known = |one: &&Rework| one.one_pass_h().is_some_and(|hours| hours > 0.0);
    let each: Vec<&Rework> = rework.each.iter().filter(known).collect();
    let Some(once) = rework.one_pass_h.value.filter(|once| *once > 0.0 || !each.is_empty()) else { return Vec::new() };
    let day = told.document.info().hours_per_day;
    let mut words = Words::plain(format!("On the critical path, doing it again once adds {}", long_text(once, day)));
    if let Some(until) = rework.until_right_h.value {
        words = words.and(format!(", and until it is right {}", long_text(until, day)));
    }
    let words = words.and(". ").join(built_on(rework.one_pass_h, "handoffs"));
    let head = [
        ("Handoff", Side::Left),
        ("%C&A", Side::Right),
        ("Passes", Side::Right),
        ("One pass adds", Side::Right),
        ("Until right", Side::Right),
    ];
    let row = |one: &&Rework| {
        let name = Words::plain(told.handoff(one.handoff));
        let name = if one.sends_back { name.line(Tone::Faint, "sends work back") } else { name };
        let name = if one.on_path { name } else { name.line(Tone::Faint, "beside the critical path") };
        vec![
            name,
            share(one.complete_accurate),
            one.passes().map_or_else(|| faint("never right"), |passes| Words::plain(rounded(passes, 2))),
            hours(one.one_pass_h()),
            hours(one.until_right_h()),
        ]
    };
    let rows = each.iter().take(MOST_ROWS).map(row).collect();
    let mut blocks = vec![section("Done again"), Block::Paragraph(words)];
    if !each.is_empty() {
        blocks.push(table(head, rows));
    }
    let mut blocks = vec![together(blocks)];
    blocks.extend(more(each.len(), MOST_ROWS));
    blocks
}
