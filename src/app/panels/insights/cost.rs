//! What the handoffs cost: for the customer, by department, by layer, and which cost most.

use egui::RichText;

use super::super::inspector::fields::Form;
use super::{line, of_customer, rows};
use crate::analysis::Costs;
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::app::words::money;
use crate::model::Subject;
use crate::scene::Ink;

/// Most handoffs that are listed.
const MOST: usize = 10;

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(report) = cx.figures.report().cloned() else { return };
    if report.cost.total().value.is_none_or(|total| total <= 0.0) {
        let words = "No cost is known yet. Select a handoff, open Cost in its details and say how many deliveries there \
                     are, how long checking and mending take, and what an hour costs.";
        Form { cx, out, focus: false }.note(ui, Ink::Faint, words);
        return;
    }
    if let Some(figures) = of_customer(ui, cx, out) {
        let title = format!("A year of what “{}” receives", cx.document().name_of(figures.party));
        parts(ui, cx, &title, "cost of customer", &figures.cost, out);
    }
    parts(ui, cx, "The whole map, a year", "cost of map", &report.cost, out);
    let table: Vec<(String, String, String)> = report
        .cost_by_department
        .iter()
        .map(|of| {
            let name = if of.department.is_empty() { "No department" } else { &of.department };
            (name.to_owned(), amount(cx, &of.given), amount(cx, &of.received))
        })
        .collect();
    grid(ui, cx, "By department", ["", "gives", "receives"], &table, out);
    let layers = report.cost_by_layer.iter().map(|of| {
        let name = of.layer.map_or_else(|| "Not connected".into(), |layer| format!("Layer {layer} gives"));
        (name, amount(cx, &of.cost), String::new())
    });
    grid(ui, cx, "By layer", ["", "a year", ""], &layers.collect::<Vec<_>>(), out);
    costliest(ui, cx, &report, out);
}

fn amount(cx: &Cx<'_>, costs: &Costs) -> String {
    let total = costs.total();
    let least = if total.is_partial() { "≥ " } else { "" };
    let currency = &cx.document().info().currency;
    total.value.map_or_else(|| "unknown".into(), |value| format!("{least}{}", money(value, currency)))
}

/// The four labelled parts and their sum.
fn parts(ui: &mut egui::Ui, cx: &Cx<'_>, title: &str, id: &str, costs: &Costs, out: &mut Vec<Action>) {
    Form { cx, out, focus: false }.heading(ui, title);
    let currency = &cx.document().info().currency;
    let said = |value: Option<f64>| value.map_or_else(|| "unknown".into(), |value| money(value, currency));
    let row = |name, figure: &crate::analysis::Figure| {
        let note = if figure.is_partial() { format!("{} of {} known", figure.known, figure.of) } else { String::new() };
        (name, said(figure.value), note)
    };
    let total = costs.total();
    rows(
        ui,
        cx,
        id,
        &[
            row("Appraisal", &costs.appraisal),
            row("Internal failure", &costs.internal_failure),
            row("Lateness", &costs.lateness),
            row("External failure", &costs.external_failure),
            row("All that is known", &total),
        ],
    );
}

fn grid(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    title: &str,
    heads: [&str; 3],
    rows: &[(String, String, String)],
    out: &mut Vec<Action>,
) {
    Form { cx, out, focus: false }.heading(ui, title);
    let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
    egui::Grid::new(title).num_columns(3).spacing([14.0, 3.0]).show(ui, |ui| {
        for head in heads {
            ui.label(faint(head));
        }
        ui.end_row();
        for (name, first, second) in rows {
            ui.add(egui::Label::new(name).truncate());
            ui.label(first);
            ui.label(second);
            ui.end_row();
        }
    });
}

fn costliest(ui: &mut egui::Ui, cx: &Cx<'_>, report: &crate::analysis::Report, out: &mut Vec<Action>) {
    let known = report.handoffs.iter().map(|figures| (figures.cost.yearly().total(), figures.handoff));
    let known = known.filter_map(|(total, id)| Some((total.filter(|total| *total > 0.0)?, id)));
    let known: Vec<_> = known.filter(|(_, id)| cx.document().handoff(*id).is_some()).collect();
    let known = super::first(known, MOST, |a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    Form { cx, out, focus: false }.heading(ui, "Costliest handoffs, a year");
    for (total, id) in known {
        let before = money(total, &cx.document().info().currency);
        line(ui, cx, Subject::Handoff(id), (&before, ""), out);
    }
}
