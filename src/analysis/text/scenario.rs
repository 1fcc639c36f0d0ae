//! A scenario held against today, as lines for a terminal.

use super::{called, over, percent, plain, table};
use crate::analysis::compare::{Both, COMPARED, Compare, Compared, Unit};
use crate::model::quantity::rounded;
use crate::model::{Document, Scenario};

/// What a scenario is, and what it changes for every customer where it was held against today.
pub fn scenario_text(document: &Document, scenario: &Scenario, compared: Option<&Compared>) -> String {
    let changes = scenario.about();
    let currency = plain(document.info().currency.trim());
    let cost = scenario.cost.map(|cost| format!(", costs {} {currency}", rounded(cost, 2)).trim_end().to_owned());
    let mut text = format!("Scenario “{}”: {changes}{}\n", plain(scenario.name.trim()), cost.unwrap_or_default());
    text += &compared.map(|compared| compared_text(document, compared)).unwrap_or_default();
    text
}

/// The figures of every customer in both states, and what the later one saves.
pub fn compared_text(document: &Document, compared: &Compared) -> String {
    let (mut text, currency) = (String::new(), plain(document.info().currency.trim()));
    for customer in &compared.customers {
        let heading = ["", "now", "then", "difference"].map(str::to_owned).to_vec();
        let figures = COMPARED.iter().zip(&customer.figures);
        let known = figures.filter(|(_, both)| both.now.is_some() || both.then.is_some());
        let rows = known.map(|(compare, both)| row(compare, *both, &currency));
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
        text +=
            &format!("  {}\n{}", called(document, customer.party), table("    ", &rows, &[false, true, true, true]));
    }
    if let Some(saving) = compared.saving.value.filter(|saving| *saving != 0.0) {
        let word = if saving > 0.0 { "saves" } else { "costs more:" };
        let amount = format!("{} {currency}", rounded(saving.abs(), 2));
        text += &format!("  {word} {} a year ({})\n", amount.trim_end(), over(compared.saving, "terms"));
    }
    if let Some(days) = compared.payback_days {
        text += &format!("  pays for itself in {} working days\n", rounded(days, 1));
    }
    text
}

fn row(compare: &Compare, both: Both, currency: &str) -> Vec<String> {
    let value = |value: Option<f64>| match (compare.unit, value) {
        (_, None) => "unknown".to_owned(),
        (Unit::Share, share) => percent(share),
        (Unit::Hours, Some(hours)) => format!("{} h", rounded(hours, 2)),
        (Unit::Count, Some(count)) => rounded(count, 0),
        (Unit::Number, Some(number)) => rounded(number, 2),
        (Unit::Money, Some(amount)) => format!("{} {currency}", rounded(amount, 2)).trim_end().to_owned(),
    };
    let delta = both.delta().map(|delta| {
        // What is left of rounding is no difference.
        let delta = if delta.abs() < 1e-9 { 0.0 } else { delta };
        let sign = if delta > 0.0 { "+" } else { "" };
        match compare.unit {
            Unit::Share => format!("{sign}{:.2} points", delta * 100.0),
            Unit::Hours => format!("{sign}{} h", rounded(delta, 2)),
            Unit::Count => format!("{sign}{}", rounded(delta, 0)),
            Unit::Number => format!("{sign}{}", rounded(delta, 2)),
            Unit::Money => format!("{sign}{} {currency}", rounded(delta, 2)).trim_end().to_owned(),
        }
    });
    vec![compare.title.to_owned(), value(both.now), value(both.then), delta.unwrap_or_default()]
}
