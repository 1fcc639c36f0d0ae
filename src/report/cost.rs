//! What handoffs cost in a year, in four labelled parts, and rolled up.

use super::figures::{built_on, money, more, part, says, section, table, together};
use super::{MOST_ROWS, Told};
use crate::analysis::{Costs, HandoffCost};
use crate::model::HandoffId;
use crate::writing::{Block, Side, Tone, Words};

/// What stands above the amounts.
const PARTS: [(&str, Side); 5] = [
    ("Total", Side::Right),
    ("Checking", Side::Right),
    ("Repairing", Side::Right),
    ("Lateness", Side::Right),
    ("Escaped defects", Side::Right),
];

pub(super) fn cost(told: &Told<'_>) -> Vec<Block> {
    let report = told.report;
    let mut blocks = vec![part("What it costs in a year")];
    if report.cost.total().value.is_none_or(|total| total <= 0.0) {
        let text = "No cost is known yet. It takes volumes, the time to check and to repair, the cost of an hour of work, \
                    of an hour of lateness and of a defect that reaches the customer.";
        blocks.push(Block::Paragraph(Words::of(Tone::Warn, text)));
        return blocks;
    }
    let mut rows = vec![row(told, "Whole map", &report.cost)];
    for figures in told.customers() {
        rows.push(row(told, &format!("for {}", told.name(figures.party)), &figures.cost));
    }
    blocks.push(table(head("", Some("Built on")), rows));
    if report.customers.len() > 1 {
        blocks.push(says("Customers share handoffs, so their costs do not add up to those of the map."));
    }
    blocks.extend(costliest(told));
    blocks.extend(by_department(told));
    blocks.extend(by_layer(told));
    blocks
}

fn head(first: &str, last: Option<&str>) -> [(String, Side); 7] {
    let [a, b, c, d, e] = PARTS.map(|(name, side)| (name.to_owned(), side));
    [(first.to_owned(), Side::Left), a, b, c, d, e, (last.unwrap_or_default().to_owned(), Side::Left)]
}

fn row(told: &Told<'_>, name: &str, costs: &Costs) -> Vec<Words> {
    let Costs { appraisal, internal_failure, lateness, external_failure } = costs;
    let total = costs.total();
    let mut cells = vec![Words::plain(name), strong(money(told.document, total.value))];
    cells
        .extend([appraisal, internal_failure, lateness, external_failure].map(|part| money(told.document, part.value)));
    cells.push(built_on(total, "terms"));
    cells
}

fn strong(words: Words) -> Words {
    let is_known = words.lines.iter().flatten().all(|span| span.tone == Tone::Plain);
    if is_known { words.in_tone(Tone::Strong) } else { words }
}

/// The handoffs that are known to cost something, the costliest first.
fn costliest(told: &Told<'_>) -> Vec<Block> {
    let known = told.report.handoffs.iter().map(|figures| (figures.cost.yearly(), figures.handoff));
    let known = known.filter_map(|(cost, id)| Some((cost.total().filter(|total| *total > 0.0)?, cost, id)));
    let mut costs: Vec<(f64, HandoffCost, HandoffId)> = known.collect();
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rows = costs.iter().take(MOST_ROWS).map(|(_, cost, id)| {
        let parts = [cost.appraisal, cost.internal_failure, cost.lateness, cost.external_failure];
        let mut cells = vec![Words::plain(told.handoff(*id)), strong(money(told.document, cost.total()))];
        cells.extend(parts.map(|part| money(told.document, part)));
        cells
    });
    let head: Vec<(String, Side)> = head("Handoff", None).into_iter().take(6).collect();
    let table = Block::Table(crate::writing::Table { head, rows: rows.collect(), tall: false });
    let mut blocks = vec![section("The costliest handoffs"), table];
    blocks.extend(more(costs.len(), MOST_ROWS));
    blocks
}

fn by_department(told: &Told<'_>) -> Vec<Block> {
    let all = &told.report.cost_by_department;
    if all.iter().all(|of| of.department.is_empty()) {
        return Vec::new();
    }
    let total = |costs: &Costs| costs.total().value;
    let mut sorted: Vec<_> = all.iter().filter(|of| total(&of.given).or(total(&of.received)).is_some()).collect();
    sorted.sort_by(|a, b| total(&b.given).unwrap_or(-1.0).total_cmp(&total(&a.given).unwrap_or(-1.0)));
    let rows = sorted.iter().take(MOST_ROWS).map(|of| {
        let name = if of.department.is_empty() {
            Words::of(Tone::Faint, "no department, and external parties")
        } else {
            Words::plain(of.department.as_str())
        };
        let amounts = [&of.given, &of.received].map(|costs| money(told.document, total(costs)));
        std::iter::once(name).chain(amounts).collect()
    });
    let head = [
        ("Department", Side::Left),
        ("Caused: handoffs it gives", Side::Right),
        ("Felt: handoffs it receives", Side::Right),
    ];
    let rows = rows.collect();
    let mut blocks = vec![together(vec![section("By department"), table(head, rows)])];
    blocks.extend(more(sorted.len(), MOST_ROWS));
    blocks
}

fn by_layer(told: &Told<'_>) -> Vec<Block> {
    let known = |of: &&crate::analysis::LayerCost| of.cost.total().value.is_some();
    let all: Vec<_> = told.report.cost_by_layer.iter().filter(known).collect();
    if all.len() < 2 {
        return Vec::new();
    }
    let rows = all.iter().take(MOST_ROWS).map(|of| {
        let name = of.layer.map_or_else(|| "unconnected".to_owned(), |layer| layer.to_string());
        let total = of.cost.total();
        vec![Words::plain(name), money(told.document, total.value), built_on(total, "terms")]
    });
    let head = [("Layer of those who give", Side::Left), ("Caused", Side::Right), ("Built on", Side::Left)];
    let rows = rows.collect();
    let mut blocks = vec![together(vec![section("By layer"), table(head, rows)])];
    blocks.extend(more(all.len(), MOST_ROWS));
    blocks
}
