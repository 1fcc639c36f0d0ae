//! The scenarios of the map: what each changes and why, and its figures beside those of today.

use egui::{Button, Grid, Id, RichText, ScrollArea};

use super::super::inspector;
use super::super::inspector::fields::{Field, Form};
use super::{difference_in_words, heading, line, note, said};
use crate::analysis::{Both, COMPARED, CustomerFigures, Report, compared};
use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::cx::Cx;
use crate::app::futures::{Wish, called};
use crate::app::words::{count, money};
use crate::model::ops::{changed, scenarios_in_order};
use crate::model::quantity::{MONEY, rounded};
use crate::model::{Altered, Edit, Scenario, ScenarioId, Subject, difference_of};
use crate::scene::{Ink, Weight};

/// Width of the names of figures.
const TITLES: f32 = 104.0;
/// Most changes that are listed.
const MOST_LISTED: usize = 100;

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let current = cx.editor.current();
    heading(ui, cx, out, "Future states");
    if current.scenarios_len() == 0 {
        let words = "A scenario is the map as it would be: add, remove and change what you like in it, say why, and \
                     hold its figures against today. The map itself stays as it is until you make the scenario the map.";
        note(ui, cx, words);
    }
    list(ui, cx, out);
    if ui.button("New scenario").clicked() {
        out.push(Action::Future(Wish::New));
    }
    other(ui, cx, out);
    beside(ui, cx, out);
    if let Some((id, scenario)) = cx.editor.scenario().and_then(|id| Some((id, current.scenario(id)?))) {
        about(ui, cx, (id, scenario), out);
        changes(ui, cx, (id, scenario), out);
    }
}

fn list(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let current = cx.editor.current();
    let mut row = |ui: &mut egui::Ui, id: Option<ScenarioId>, name: &str, about: &str| {
        let text = RichText::new(name).size(13.0);
        let button = Button::selectable(cx.editor.scenario() == id, text).truncate();
        let response = ui.add(button.min_size(egui::vec2(ui.available_width(), 24.0)));
        if response.on_hover_text(about).clicked() {
            out.push(Action::Future(Wish::Show(id)));
        }
    };
    if current.scenarios_len() > 0 {
        row(ui, None, "Today", "The map as it is");
    }
    let mut gone = None;
    for (id, scenario) in scenarios_in_order(current) {
        let name = called(scenario);
        let removed = inspector::parts::removable(ui, &format!("scenario {name}"), |ui| {
            row(ui, Some(id), name, &scenario.about());
        });
        if removed {
            gone = Some((id, name.to_owned()));
        }
    }
    if let Some((id, name)) = gone {
        out.push(Action::edit(format!("delete “{name}”"), vec![Edit::RemoveScenario(id)]));
    }
}

/// Another map that this one is held against: its figures beside ours, and every difference.
fn other(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(other) = cx.other else {
        if ui.button("Hold against a file…").on_hover_text("Another map, or an earlier version of this one").clicked()
        {
            out.push(Action::Command("compare-file"));
        }
        return;
    };
    heading(ui, cx, out, &format!("Held against {}", other.name));
    let customer = cx.customer();
    let then = customer.and_then(|now| other.report()?.customers.iter().find(|of| of.party == now.party));
    let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
    if let (Some(now), Some(then)) = (customer, then) {
        Grid::new("other map").num_columns(3).spacing([12.0, 3.0]).striped(true).show(ui, |ui| {
            ui.label("");
            ui.label(faint("There"));
            ui.label(faint("Here"));
            ui.end_row();
            for figure in COMPARED {
                let both = Both { now: (figure.get)(then), then: (figure.get)(now) };
                if both.now.is_none() && both.then.is_none() {
                    continue;
                }
                ui.label(faint(&super::capitalised(figure.title)));
                ui.label(both.now.map_or_else(|| "unknown".into(), |value| said(cx, figure.unit, value)));
                cell(ui, cx, figure, both);
                ui.end_row();
            }
        });
    } else if other.report().is_some() {
        note(ui, cx, "The external customer of this map is not in the other one.");
    }
    let (all, lines) = other.lines();
    note(ui, cx, &count(all, "difference", "differences"));
    for line in lines {
        ui.add(egui::Label::new(RichText::new(line).size(12.5)).wrap());
    }
    if all > lines.len() {
        note(ui, cx, &format!("and {} more", all - lines.len()));
    }
    if ui.button("End the comparison").clicked() {
        out.push(Action::EndCompare);
    }
}

/// Figures of the chosen customer, today and in the scenarios.
fn beside(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let order = super::beside(cx);
    if order.is_empty() {
        return;
    }
    let Some(customer) = cx.customer().map(|figures| figures.party) else { return };
    let find = |report: &'_ Report| report.customers.iter().position(|figures| figures.party == customer);
    let of = |id: Option<ScenarioId>| -> Option<&CustomerFigures> {
        let report = cx.futures.report(id)?;
        report.customers.get(find(report)?)
    };
    heading(ui, cx, out, &format!("Side by side, for “{}”", cx.document().name_of(customer)));
    let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
    let now = of(None);
    ScrollArea::horizontal().id_salt("beside").show(ui, |ui| {
        Grid::new("side by side").num_columns(2 + order.len()).spacing([8.0, 3.0]).striped(true).show(ui, |ui| {
            ui.label("");
            ui.label(faint("Today"));
            for id in &order {
                let name = cx.editor.current().scenario(*id).map_or("", |scenario| called(scenario));
                let strong = cx.editor.scenario() == Some(*id);
                let text = faint(name);
                let text = if strong { text.color(color(cx.theme, Ink::Accent)) } else { text };
                ui.scope(|ui| {
                    ui.set_max_width(76.0);
                    ui.add(egui::Label::new(text).truncate()).on_hover_text(name);
                });
            }
            ui.end_row();
            for figure in COMPARED {
                let get = |figures: Option<&CustomerFigures>| figures.and_then(figure.get);
                let (today, then): (_, Vec<_>) = (get(now), order.iter().map(|id| get(of(Some(*id)))).collect());
                if today.is_none() && then.iter().all(Option::is_none) {
                    continue;
                }
                ui.vertical(|ui| {
                    ui.set_width(TITLES);
                    ui.add_space(2.0);
                    ui.add(egui::Label::new(faint(&super::capitalised(figure.title))).wrap());
                });
                cell(ui, cx, figure, Both { now: None, then: today });
                for then in then {
                    cell(ui, cx, figure, Both { now: today, then });
                }
                ui.end_row();
            }
            saving(ui, cx, &order);
        });
    });
    let all = cx.editor.current().scenarios_len();
    if all > order.len() {
        note(ui, cx, &format!("{} of {all} scenarios; the one that is shown is always among them.", order.len()));
    }
}

fn cell(ui: &mut egui::Ui, cx: &Cx<'_>, figure: &crate::analysis::Compare, both: Both) {
    let value = both.then.map_or_else(|| "unknown".into(), |value| said(cx, figure.unit, value));
    let by = both.delta().filter(|by| by.abs() > 1e-9);
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let strong = egui::FontId::new(13.0, family(Weight::SemiBold));
        let value = if by.is_some() { RichText::new(value).font(strong) } else { RichText::new(value) };
        ui.add(egui::Label::new(value).extend());
        if let Some(by) = by {
            let better = (by > 0.0) == figure.more_is_better;
            let ink = if better { Ink::Good } else { Ink::Bad };
            let words = RichText::new(difference_in_words(cx, figure.unit, by)).small().color(color(cx.theme, ink));
            ui.add(egui::Label::new(words).extend());
        }
    });
}

/// What each scenario saves in a year, and how soon it pays.
fn saving(ui: &mut egui::Ui, cx: &Cx<'_>, order: &[ScenarioId]) {
    let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
    let Some(now) = cx.futures.report(None) else { return };
    let held = |id: &ScenarioId| {
        let scenario = cx.editor.current().scenario(*id)?;
        Some(compared(scenario, now, cx.futures.report(Some(*id))?))
    };
    let held: Vec<_> = order.iter().map(held).collect();
    let saves = |saved: f64| money(saved, &cx.document().info().currency);
    let known = |held: &Option<crate::analysis::Compared>| {
        held.as_ref().and_then(|held| held.saving.value).filter(|saved| saved.abs() > 1e-9)
    };
    if held.iter().any(|held| known(held).is_some()) {
        ui.label(faint("Saves a year"));
        ui.label("");
        for held in &held {
            ui.label(known(held).map(saves).unwrap_or_default());
        }
        ui.end_row();
        ui.label(faint("Pays for itself"));
        ui.label("");
        for held in &held {
            let days = held.as_ref().and_then(|held| held.payback_days);
            let words = days.map(|days| format!("{} d", rounded(days.ceil(), 0))).unwrap_or_default();
            ui.label(words).on_hover_text("working days");
        }
        ui.end_row();
    }
}

/// Name, cost and purpose of the scenario that is shown.
fn about(ui: &mut egui::Ui, cx: &Cx<'_>, (id, scenario): (ScenarioId, &Scenario), out: &mut Vec<Action>) {
    heading(ui, cx, out, &format!("“{}”", called(scenario)));
    let put = |change: &dyn Fn(&mut Scenario)| {
        let mut changed = scenario.clone();
        change(&mut changed);
        vec![Edit::PutScenario(id, changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, None), id);
    let mut form = Form { cx, out, focus: false };
    form.text(ui, field("Name", "name scenario", "scenario name"), &scenario.name, |v| put(&|s| s.name.clone_from(&v)));
    let cost = field("What it costs to get there", "change cost of scenario", "scenario cost");
    form.number(ui, cost, MONEY, scenario.cost, |v| put(&|s| s.cost = v));
    let notes = field("What it is for, and what it takes", "change notes of scenario", "scenario notes");
    form.long_text(ui, notes, &scenario.notes, |v| put(&|s| s.notes.clone_from(&v)));
    let left = changed(cx.editor.current(), scenario);
    ui.horizontal_wrapped(|ui| {
        let hint = "Makes the map of today so, as one step that can be undone";
        let apply = ui.add_enabled(!left.is_empty(), Button::new("Make it the map"));
        if apply.on_hover_text(hint).on_disabled_hover_text("The map is so already").clicked() {
            out.push(Action::Future(Wish::Apply(id)));
        }
        if ui.button("Cost case…").on_hover_text("One page: baseline, change, cost of doing nothing, payback").clicked()
        {
            out.push(Action::Case(crate::app::cases::Case::Scenario(id)));
        }
        if ui.button("Duplicate").clicked() {
            out.push(Action::Future(Wish::Duplicate(id)));
        }
        if ui.button("Discard").on_hover_text("Deletes the scenario; the map stays as it is").clicked() {
            out.push(Action::edit(format!("delete “{}”", called(scenario)), vec![Edit::RemoveScenario(id)]));
        }
    });
    if left.is_empty() && !scenario.subjects().is_empty() {
        note(ui, cx, "Everything it changes is on the map already.");
    }
}

/// What the scenario changes, each with the reason.
fn changes(ui: &mut egui::Ui, cx: &Cx<'_>, (id, scenario): (ScenarioId, &Scenario), out: &mut Vec<Action>) {
    let subjects = scenario.subjects();
    heading(ui, cx, out, "What is other, and why");
    if subjects.is_empty() {
        note(ui, cx, "Nothing yet: edit the map as you always do; it becomes part of this scenario.");
    }
    let without_why = subjects.iter().filter(|subject| why(scenario, **subject).trim().is_empty()).count();
    if without_why > 0 && !subjects.is_empty() {
        let words = count(without_why, "change says", "changes say");
        note(ui, cx, &format!("{words} not why."));
    }
    for subject in subjects.iter().take(MOST_LISTED) {
        change(ui, cx, (id, scenario), *subject, out);
    }
    if subjects.len() > MOST_LISTED {
        note(ui, cx, &format!("and {} more", subjects.len() - MOST_LISTED));
    }
}

fn change(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    (id, scenario): (ScenarioId, &Scenario),
    subject: Subject,
    out: &mut Vec<Action>,
) {
    let (current, future) = (cx.editor.current(), cx.document());
    let word = match (current.has(subject), future.has(subject)) {
        (false, true) => "New",
        (true, false) => "Gone",
        (true, true) => "Changed",
        (false, false) => "Not on the map any more",
    };
    let name = super::super::strip::named_in(if future.has(subject) { future } else { current }, subject);
    let restored = inspector::parts::removable(ui, &format!("what becomes of {name}"), |ui| {
        if future.has(subject) {
            line(ui, cx, subject, (word, ""), out);
        } else {
            ui.label(RichText::new(format!("{word}  {name}")).color(color(cx.theme, Ink::Faint)));
        }
    });
    if restored {
        out.push(Action::Future(Wish::LeaveAlone(id, subject)));
    }
    ui.indent(("change", subject), |ui| {
        if word == "Changed" {
            for line in difference_of(current, future, subject).into_iter().take(8) {
                note(ui, cx, &line);
            }
        }
        let mut text = why(scenario, subject).to_owned();
        let field = Id::new(("why", id, subject));
        inspector::parts::typed(ui, field, &format!("Why {name}"), "why", &mut text);
        if text != why(scenario, subject) {
            let edits = vec![Edit::PutScenario(id, with_why(scenario, subject, &text))];
            let merge = Some(("why of a change", Some(subject)));
            out.push(Action::Edit { label: "say why".into(), merge, edits, select: None });
        }
    });
}

/// Why a record would be other: the first reason that was given for it.
fn why(scenario: &Scenario, subject: Subject) -> &str {
    fn of<T>(altered: Option<&Altered<T>>) -> &str {
        altered.map_or("", |altered| altered.why.as_str())
    }
    let record = match subject {
        Subject::Party(id) => of(scenario.parties.get(&id)),
        Subject::Handoff(id) => of(scenario.handoffs.get(&id)),
    };
    let numbers = scenario.changes.iter().filter(|change| change.subject == subject).map(|change| change.why.as_str());
    std::iter::once(record).chain(numbers).find(|why| !why.is_empty()).unwrap_or("")
}

/// The scenario with this reason for all that it does to a record.
fn with_why(scenario: &Scenario, subject: Subject, why: &str) -> Scenario {
    let mut scenario = scenario.clone();
    let record = match subject {
        Subject::Party(id) => scenario.parties.get_mut(&id).map(|altered| &mut altered.why),
        Subject::Handoff(id) => scenario.handoffs.get_mut(&id).map(|altered| &mut altered.why),
    };
    if let Some(record) = record {
        why.clone_into(record);
    }
    let numbers = scenario.changes.iter_mut().filter(|change| change.subject == subject);
    numbers.for_each(|change| why.clone_into(&mut change.why));
    scenario
}
