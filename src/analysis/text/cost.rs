//! The section about cost: the whole map, each external customer, and the handoffs that cost most.

use super::{Figure, MOST_HANDOFFS, called, described, more, over, plain, table};
use crate::analysis::cost::{Costs, HandoffCost};
use crate::analysis::report::Report;
use crate::model::quantity::rounded;
use crate::model::{Document, HandoffId};

/// What stands above the amounts.
const HEADING: [&str; 5] = ["total", "appraisal", "internal failure", "lateness", "external failure"];

/// Totals and the costliest handoffs, all for a year.
///
/// Empty while nothing is known to cost anything: a handoff without defects costs no mending, whatever else is unknown,
/// and that alone is not worth a table.
pub(in super::super) fn cost(document: &Document, report: &Report) -> String {
    if report.cost.total().value.is_none_or(|total| total <= 0.0) {
        return String::new();
    }
    let currency = match document.info().currency.trim() {
        "" => String::new(),
        currency => format!("in {}", plain(currency)),
    };
    let mut rows = vec![[vec![currency], with(HEADING.map(String::from), "")].concat()];
    let mut sums = |label: &str, costs: &Costs| {
        let Costs { appraisal, internal_failure, lateness, external_failure } = costs;
        let parts = [appraisal, internal_failure, lateness, external_failure].map(|part| part.value);
        let amounts = with(amounts(costs.total(), parts), &over(costs.total(), "terms"));
        rows.push([vec![label.to_owned()], amounts].concat());
    };
    sums("whole map", &report.cost);
    for figures in &report.customers {
        sums(&format!("for {}", called(document, figures.party)), &figures.cost);
    }
    let right = [false, true, true, true, true, true, false];
    table("  ", &rows, &right) + &costliest(document, report) + &roll_ups(report)
}

/// The handoffs that are known to cost something, the costliest first.
fn costliest(document: &Document, report: &Report) -> String {
    let known = report.handoffs.iter().map(|figures| (figures.cost.yearly(), figures.handoff));
    let known = known.filter_map(|(cost, id)| Some((cost.total().filter(|total| *total > 0.0)?, cost, id)));
    let mut costs: Vec<(f64, HandoffCost, HandoffId)> = known.collect();
    // Stable, so that equal costs stay in the order of names.
    costs.sort_by(|a, b| b.0.total_cmp(&a.0));
    let rows = costs.iter().take(MOST_HANDOFFS).map(|(_, cost, id)| {
        let HandoffCost { appraisal, internal_failure, lateness, external_failure, .. } = *cost;
        let parts = [appraisal, internal_failure, lateness, external_failure];
        with(amounts(cost.figure(), parts), &described(document, *id))
    });
    let heading = with(HEADING.map(String::from), "handoff");
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
    let text = "  costliest handoffs\n".to_owned() + &table("    ", &rows, &[true, true, true, true, true, false]);
    text + &more("    ", costs.len(), MOST_HANDOFFS)
}

/// By department, as giver and as receiver, and by layer of the givers; only where something is known to cost anything.
fn roll_ups(report: &Report) -> String {
    let amount = |costs: &Costs| costs.total().value.filter(|total| *total > 0.0);
    let word = |value: Option<f64>| value.map_or("–".into(), |value| rounded(value, 2));
    let department = |name: &str| if name.is_empty() { "no department".to_owned() } else { plain(name) };
    let mut departments: Vec<(f64, Vec<String>)> = Vec::new();
    for of in &report.cost_by_department {
        let (given, received) = (amount(&of.given), amount(&of.received));
        if given.or(received).is_some() {
            let row = vec![word(given), word(received), department(&of.department)];
            departments.push((given.unwrap_or(0.0), row));
        }
    }
    departments.sort_by(|a, b| b.0.total_cmp(&a.0));
    let mut text = String::new();
    let heading = ["caused", "felt", "by department"].map(str::to_owned).to_vec();
    let shown = departments.iter().take(MOST_HANDOFFS).map(|(_, row)| row.clone());
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(shown).collect();
    // One that has no name tells nothing.
    if report.cost_by_department.iter().any(|of| !of.department.is_empty()) {
        text += &table("    ", &rows, &[true, true, false]);
        text += &more("    ", departments.len(), MOST_HANDOFFS);
    }
    let layers = report.cost_by_layer.iter().filter_map(|of| Some((of.layer, amount(&of.cost)?)));
    let layers: Vec<(Option<usize>, f64)> = layers.collect();
    let rows = layers.iter().take(MOST_HANDOFFS).map(|(layer, total)| {
        vec![rounded(*total, 2), layer.map_or("unconnected".into(), |layer| format!("layer {layer}"))]
    });
    let heading = ["caused", "by layer"].map(str::to_owned).to_vec();
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
    text += &table("    ", &rows, &[true, false]);
    text + &more("    ", layers.len(), MOST_HANDOFFS)
}

fn with(amounts: [String; 5], end: &str) -> Vec<String> {
    amounts.into_iter().chain([end.to_owned()]).collect()
}

fn amounts(total: Figure, parts: [Option<f64>; 4]) -> [String; 5] {
    let amount = |value: Option<f64>| value.map_or("unknown".into(), |value| rounded(value, 2));
    let at_least = if total.value.is_some() && total.is_partial() { "at least " } else { "" };
    let [a, b, c, d] = parts.map(amount);
    [format!("{at_least}{}", amount(total.value)), a, b, c, d]
}
