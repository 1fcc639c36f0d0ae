//! How a report begins: what it is built on, what matters most, the customers beside each other, and the scenario.

use super::figures::{compared_row, faint, hours_text, long_text, money, part, points, says, share, share_text, table};
use super::{MOST_ROWS, Told};
use crate::analysis::{COMPARED, CustomerFigures, Severity};
use crate::brief::{listed, money as amount};
use crate::model::quantity::rounded;
use crate::model::words::count;
use crate::model::{Scenario, Subject};
use crate::writing::{Block, Side, Tone, Words};

/// Customers that are told of in the first words.
const FIRST: usize = 3;

pub(super) fn opening(told: &Told<'_>) -> Vec<Block> {
    let (document, report) = (told.document, told.report);
    let mut blocks = vec![says(format!(
        "{} and {}, {}. A day has {} working hours. Shares are multiplied as if failures were independent of each other. \
         What is unknown is left out, never taken for zero: every figure says over how many of how many it is.",
        count(document.parties_len(), "party", "parties"),
        count(document.handoffs_len(), "handoff", "handoffs"),
        count(report.customers.len(), "external customer", "external customers"),
        rounded(document.info().hours_per_day, 2),
    ))];
    let mut first: Vec<Block> = told.customers().iter().take(FIRST).flat_map(|one| matters(told, one)).collect();
    first.push(Block::Paragraph(on_the_whole(told)));
    blocks.push(Block::Group(Some(Tone::Strong), first));
    if report.customers.is_empty() {
        blocks.push(says(
            "Nobody on this map is an external customer, so there is nobody whose result could be worked out.",
        ));
    }
    blocks.extend(scenario(told));
    blocks.extend(customers(told));
    blocks
}

/// What a customer gets, where most of it is lost, and where the time goes.
fn matters(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let name = told.name(figures.party);
    let day = told.document.info().hours_per_day;
    let at_least = if figures.lead_time.is_at_least() { "at least " } else { "" };
    let gets = figures.quality.complete_accurate.value.map(|q| format!("gets {} complete and accurate", share_text(q)));
    let late = figures.quality.on_time.value.map(|q| format!("{} on time", share_text(q)));
    let lead = figures.lead_time.hours.value.map(|hours| format!("after {at_least}{}", long_text(hours, day)));
    let parts: Vec<String> = [gets, late].into_iter().flatten().collect();
    let mut first = listed(&parts);
    first = match (first.is_empty(), lead) {
        (true, None) => "gets nothing of which anything is known yet".to_owned(),
        (true, Some(lead)) => format!("is served {lead}"),
        (false, lead) => format!("{first} {}", lead.unwrap_or_default()),
    };
    let mut words = Words::of(Tone::Strong, name.as_str()).and(format!(" {}.", first.trim()));
    if let Some(worst) = figures.quality.shares.first().filter(|worst| worst.share > 0.0) {
        let lift = figures.quality_lifts.iter().find(|lift| lift.handoff == worst.handoff);
        // In a very long chain a single point is next to nothing.
        let gives = lift.filter(|lift| lift.per_point >= 0.005).map(|lift| {
            let result = figures.quality.complete_accurate.value.unwrap_or(0.0) + lift.at_most;
            let (points, result) = (points(lift.per_point), share_text(result));
            format!(" A point more there gives {name} {points} points; if it were perfect, {result} would be right.")
        });
        words = words.line(Tone::Plain, "Most is lost at ").then(Tone::Strong, told.handoff(worst.handoff));
        words = words.and(format!(": {} of the loss.", share_text(worst.share))).and(gives.unwrap_or_default());
    }
    if let Some(gain) = figures.gains.first().filter(|gain| gain.gain_h > 0.0) {
        let ratio = figures.lead_time.activity_ratio().map(|r| format!("Work is {} of the lead time. ", share_text(r)));
        let (what, name) = match gain.subject {
            Subject::Party(id) => ("the work of ", told.name(id)),
            Subject::Handoff(id) => ("the wait of ", told.handoff(id)),
        };
        words = words.line(Tone::Plain, format!("{}Most time is in {what}", ratio.unwrap_or_default()));
        let text =
            format!(": {}; without it the lead time falls by {}.", hours_text(gain.hours), hours_text(gain.gain_h));
        words = words.then(Tone::Strong, name).and(text);
    }
    vec![Block::Paragraph(words)]
}

/// Costs, boundaries and findings in one paragraph.
fn on_the_whole(told: &Told<'_>) -> Words {
    let report = told.report;
    let mut sentences = Vec::new();
    let total = report.cost.total();
    if let Some(cost) = total.value.filter(|cost| *cost > 0.0) {
        let at_least = if total.is_partial() { "at least " } else { "" };
        let cost = amount(cost, &told.document.info().currency);
        sentences.push(format!("Checking, repairing, lateness and escaped defects cost {at_least}{cost} a year."));
    }
    if let (Some(lost), true) = (report.silos.share_of_loss, report.silos.crossing > 0) {
        let lost = share_text(lost);
        sentences.push(format!("{lost} of all that is lost is lost between departments."));
    }
    let counted = |severity: Severity| {
        let n = report.findings.iter().filter(|finding| finding.severity == severity).count();
        (n > 0).then(|| count(n, severity.word(), &format!("{}s", severity.word())))
    };
    let counted: Vec<String> = Severity::ALL.into_iter().filter_map(counted).collect();
    sentences.push(match counted.as_slice() {
        [] => "Nothing was found to be wrong or missing.".into(),
        counted => format!("The map itself raises {}.", listed(counted)),
    });
    Words::plain(sentences.join(" "))
}

/// All external customers beside each other, when there are several.
fn customers(told: &Told<'_>) -> Vec<Block> {
    let all = &told.report.customers;
    if all.len() < 2 || told.options.customer.is_some() {
        return Vec::new();
    }
    let row = |figures: &CustomerFigures| {
        let lead = &figures.lead_time;
        let at_least = if lead.is_at_least() { "≥\u{a0}" } else { "" };
        let time = lead.hours.value.map(|hours| format!("{at_least}{}", hours_text(hours)));
        vec![
            Words::plain(told.name(figures.party)),
            time.map_or_else(|| faint("not known"), Words::plain),
            share(lead.pce()),
            share(figures.quality.complete_accurate.value),
            share(figures.quality.on_time.value),
            money(told.document, figures.cost.total().value.filter(|value| *value > 0.0)),
        ]
    };
    let head = [
        ("Customer", Side::Left),
        ("Lead time", Side::Right),
        ("PCE", Side::Right),
        ("Rolled %C&A", Side::Right),
        ("Rolled on time", Side::Right),
        ("Cost in a year", Side::Right),
    ];
    let shown = told.customers().len();
    let mut blocks = vec![part("External customers")];
    blocks.push(table(head, all.iter().take(MOST_ROWS * 2).map(row).collect()));
    blocks.extend(super::figures::more(all.len(), MOST_ROWS * 2));
    if shown < all.len() {
        blocks.push(Block::Paragraph(faint(format!(
            "The {shown} that get the least complete and accurate are told one by one below. A report can be made for any \
             other one."
        ))));
    }
    blocks
}

/// What the scenario changes.
fn scenario(told: &Told<'_>) -> Vec<Block> {
    let Some((scenario, compared)) = told.options.scenario else { return Vec::new() };
    let mut blocks =
        vec![part(format!("The scenario “{}”", scenario.name.trim())), Block::Paragraph(about(told, scenario))];
    let head = [("Figure", Side::Left), ("Now", Side::Right), ("Then", Side::Right), ("Difference", Side::Right)];
    let shown: Vec<_> = told.customers().iter().map(|figures| figures.party).collect();
    for customer in compared.customers.iter().filter(|customer| shown.contains(&customer.party)) {
        let figures = COMPARED.iter().zip(&customer.figures);
        let known = figures.filter(|(_, both)| both.now.is_some() || both.then.is_some());
        let rows: Vec<Vec<Words>> = known
            .map(|(compare, both)| {
                let about = (compare.unit, compare.more_is_better);
                compared_row(told.document, compare.title, about, *both)
            })
            .collect();
        let name = Block::Heading(crate::writing::Level::Section, told.name(customer.party));
        blocks.push(super::figures::together(vec![name, table(head, rows)]));
    }
    let currency = &told.document.info().currency;
    let saving = compared.saving;
    if let Some(saved) = saving.value.filter(|saved| *saved != 0.0) {
        let word = if saved > 0.0 { "It saves" } else { "It costs more:" };
        let mut text = format!("{word} {} a year", amount(saved.abs(), currency));
        text += &format!(" ({} of {} terms known in both states).", saving.known, saving.of);
        text += &compared
            .payback_days
            .map_or(String::new(), |days| format!(" That pays for it in {} working days.", rounded(days, 1)));
        blocks.push(says(text));
    }
    blocks
}

fn about(told: &Told<'_>, scenario: &Scenario) -> Words {
    let cost = scenario.cost.map(|cost| format!("; it costs {}", amount(cost, &told.document.info().currency)));
    let text = format!("All figures of this report are with {}{}.", scenario.about(), cost.unwrap_or_default());
    let notes = Words::written(&scenario.notes);
    let words = Words::plain(text);
    if notes.is_empty() { words } else { words.line(Tone::Plain, "").join(notes) }
}
