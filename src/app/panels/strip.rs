//! The strip of figures below the map: what the chosen external customer gets, each figure with what it is built on.

mod glance;

use egui::{Align, ComboBox, Frame, Layout, Margin, Panel, Popup, PopupCloseBehavior, RichText, Sense, UiBuilder};

use super::insights::Page;
use crate::analysis::{CustomerFigures, Report, Severity};
use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::cx::Cx;
use crate::app::views::wish;
use crate::app::words::count;
use crate::editor::Selection;
use crate::model::{Document, PartyId, PartyKind, Subject, ViewChoice};
use crate::scene::{Ink, Weight};
pub use glance::{Glance, glances};

/// Width of an explanation.
const EXPLAINED: f32 = 340.0;
/// Most missing things that an explanation names.
const MOST_MISSING: usize = 6;

/// Shows the strip.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(10, 4));
    Panel::bottom("figures").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.set_min_height(38.0);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 6.0;
                // It is there from the start: nothing on the canvas jumps when the first party is drawn.
                let Some(report) = cx.figures.report().filter(|_| !cx.document().is_empty()) else {
                    let words = "What the external customer gets is told here: lead time, quality, punctuality, cost.";
                    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                        ui.label(RichText::new(words).color(color(cx.theme, Ink::Faint)));
                    });
                    return;
                };
                doors(ui, cx, report, out);
                ui.separator();
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| figures(ui, cx, out));
            });
        });
    });
}

fn figures(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(now) = cx.customer() else {
        if cx.figures.is_at_work() {
            return;
        }
        let kind = PartyKind::Customer.title().to_lowercase();
        let words = format!("No {kind} yet: select the party that the work is for and press Alt+2.");
        ui.label(RichText::new(words).color(color(cx.theme, Ink::Warn)));
        return;
    };
    chooser(ui, cx, now.party, out);
    let of = |report: &'_ Report| report.customers.iter().position(|figures| figures.party == now.party);
    let find = |report: Option<&'_ Report>| Some(glances(cx.document(), &report?.customers[of(report?)?]));
    let shown = glances(cx.document(), now);
    // What is tried out stands beside what is shown; a scenario, beside today.
    let (glances_now, then) = match (find(cx.what_if.report()), cx.editor.scenario()) {
        (None, Some(_)) => match find(cx.futures.report(None)) {
            Some(today) => (today, Some(shown)),
            None => (shown, None),
        },
        (tried, _) => (shown, tried),
    };
    ui.spacing_mut().item_spacing.x = 0.0;
    let room = ui.available_width() / glances_now.len() as f32;
    for (at, glance) in glances_now.iter().enumerate() {
        let tried = then.as_ref().map(|then| &then[at]).filter(|tried| tried.value != glance.value);
        figure(ui, cx, (glance, tried), room, |ui| explain(ui, cx, (glance, now), out));
    }
}

fn chooser(ui: &mut egui::Ui, cx: &Cx<'_>, customer: PartyId, out: &mut Vec<Action>) {
    const MOST: usize = 300;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let name = cx.document().name_of(customer);
        let combo = ComboBox::from_id_salt("customer").selected_text(name).width(112.0).truncate();
        let response = combo.show_ui(ui, |ui| {
            let mut customers: Vec<(String, PartyId)> =
                cx.document().customers().map(|(id, _)| (cx.document().name_of(id), id)).collect();
            customers.sort();
            for (name, id) in customers.into_iter().take(MOST) {
                if ui.selectable_label(id == customer, name).clicked() {
                    out.push(wish(ViewChoice { customer: Some(id), ..cx.view.clone() }));
                }
            }
        });
        let words = "Whose figures are shown";
        response.response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::ComboBox, true, words));
        response.response.on_hover_text(words);
        let work = if cx.figures.is_at_work() { "receives · working…" } else { "receives" };
        ui.label(RichText::new(work).small().color(color(cx.theme, Ink::Faint)));
    });
    ui.add_space(4.0);
}

/// One figure: what it says above its name; a press explains it.
fn figure(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    (glance, tried): (&Glance, Option<&Glance>),
    room: f32,
    explanation: impl FnOnce(&mut egui::Ui),
) {
    let ink = |ink| color(cx.theme, ink);
    let strong = |text: String, size: f32| RichText::new(text).font(egui::FontId::new(size, family(Weight::SemiBold)));
    let said = glance.value.clone().unwrap_or_else(|| "unknown".into());
    let then = tried.map(|tried| tried.value.clone().unwrap_or_else(|| "unknown".into()));
    let builder = UiBuilder::new().id_salt(glance.name).sense(Sense::click());
    let response = ui.scope_builder(builder, |ui| {
        let hot = ui.response().hovered();
        let fill = if hot { ink(Ink::AccentSoft) } else { egui::Color32::TRANSPARENT };
        Frame::new().fill(fill).corner_radius(5).inner_margin(Margin::symmetric(6, 2)).show(ui, |ui| {
            ui.set_width(room - 12.0);
            ui.vertical(|ui| {
                ui.spacing_mut().item_spacing.y = 0.0;
                ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Truncate);
                let colour = match (glance.value.is_some(), glance.met) {
                    (false, _) => Ink::Faint,
                    (true, Some(false)) => Ink::Bad,
                    (true, Some(true)) => Ink::Good,
                    (true, None) => Ink::Text,
                };
                let mark = if glance.met == Some(false) { "✗ " } else { "" };
                ui.horizontal(|ui| {
                    ui.spacing_mut().item_spacing.x = 5.0;
                    match &then {
                        None => {
                            ui.label(strong(format!("{mark}{said}"), 15.0).color(ink(colour)));
                        }
                        Some(then) => {
                            // Where both do not fit, what is now gives way to what would be.
                            let then = egui::WidgetText::from(strong(then.clone(), 15.0).color(ink(Ink::Accent)));
                            let now = RichText::new(format!("{said} →")).small().color(ink(Ink::Faint));
                            let now = egui::WidgetText::from(now);
                            let wide = |text: &egui::WidgetText| {
                                let extend = Some(egui::TextWrapMode::Extend);
                                text.clone().into_galley(ui, extend, f32::INFINITY, egui::TextStyle::Body).size().x
                            };
                            let fits = wide(&now) + 5.0 + wide(&then) <= ui.available_width();
                            let now =
                                if fits { now } else { RichText::new("→").small().color(ink(Ink::Faint)).into() };
                            ui.label(now);
                            ui.label(then);
                        }
                    }
                });
                ui.label(RichText::new(glance.name).small().color(ink(Ink::Faint)));
            });
        });
    });
    let response = response.response;
    let label = format!("{}: {said}", glance.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &label));
    let hint = if glance.built_on.is_empty() { glance.name } else { &glance.built_on };
    let hint = then.map_or_else(|| hint.to_owned(), |then| format!("{said} → {then}\n{hint}"));
    let response = response.on_hover_text(hint);
    let popup = Popup::from_toggle_button_response(&response).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    popup.width(EXPLAINED).show(explanation);
}

/// What a figure is, what it is built on, what is missing, and where to go from there.
fn explain(ui: &mut egui::Ui, cx: &Cx<'_>, (glance, figures): (&Glance, &CustomerFigures), out: &mut Vec<Action>) {
    let ink = |ink| color(cx.theme, ink);
    ui.set_width(EXPLAINED);
    ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Wrap);
    let heading = egui::FontId::new(14.5, family(Weight::SemiBold));
    ui.label(RichText::new(glance.name).font(heading));
    ui.label(glance.how);
    if !glance.built_on.is_empty() {
        ui.label(RichText::new(format!("Built on: {}.", glance.built_on)).color(ink(Ink::Faint)));
    }
    let missing = glance::missing(cx.document(), figures, glance.name, MOST_MISSING + 1);
    if !missing.is_empty() {
        ui.add_space(4.0);
        ui.label(RichText::new("Still to be entered").small().color(ink(Ink::Warn)));
        for (subject, what) in missing.iter().take(MOST_MISSING) {
            let text = format!("{what}: {}", named(cx, *subject));
            if ui.add(egui::Button::new(text).frame_when_inactive(false).truncate()).clicked() {
                go_to(*subject, out);
                ui.close();
            }
        }
        if missing.len() > MOST_MISSING {
            ui.label(RichText::new("and more").small().color(ink(Ink::Faint)));
        }
    }
    ui.add_space(4.0);
    let door = match glance.name {
        "Lead time" | "Activity ratio" | "PCE" => Some(("Times and slack", Page::Time)),
        "Rolled %C&A" | "Rolled on time" => Some(("What if …", Page::WhatIf)),
        "Cost a year" => Some(("Cost by department and layer", Page::Cost)),
        "Cross departments" => Some(("Weak points", Page::Weak)),
        _ => Some(("Findings", Page::Findings)),
    };
    if let Some((words, page)) = door
        && ui.button(words).clicked()
    {
        out.push(Action::Insights(Some(page)));
        ui.close();
    }
}

/// Selects something and moves the canvas there.
pub fn go_to(subject: Subject, out: &mut Vec<Action>) {
    out.push(Action::Select(Selection::one(subject)));
    out.push(Action::Reveal([subject].into()));
}

/// A party or handoff in a sentence.
pub fn named(cx: &Cx<'_>, subject: Subject) -> String {
    named_in(cx.document(), subject)
}

/// A party or handoff of a map in a sentence.
pub fn named_in(document: &Document, subject: Subject) -> String {
    match subject {
        Subject::Party(id) => document.name_of(id),
        Subject::Handoff(id) => document.handoff(id).map_or_else(String::new, |h| document.describe(h)),
    }
}

/// The ways to what else the map tells.
fn doors(ui: &mut egui::Ui, cx: &Cx<'_>, report: &Report, out: &mut Vec<Action>) {
    let ink = |ink| color(cx.theme, ink);
    let mut open = |page| out.push(Action::Insights(Some(page)));
    let what_if = if cx.what_if.is_on() { "What if ●" } else { "What if" };
    let hint = "Try other numbers and see what the customer gets (F8)";
    if ui.button(what_if).on_hover_text(hint).clicked() {
        open(Page::WhatIf);
    }
    let [errors, warnings, notes] = Severity::ALL.map(|severity| report.found(severity));
    let (words, colour) = match (errors, warnings, notes) {
        (0, 0, 0) => ("No findings".to_owned(), Ink::Faint),
        (0, 0, n) => (count(n, "note", "notes"), Ink::Text),
        (0, n, _) => (count(n, "warning", "warnings"), Ink::Warn),
        (n, ..) => (count(n, "error", "errors"), Ink::Bad),
    };
    let button = ui.button(RichText::new(words).color(ink(colour)));
    let all = format!("{errors} errors, {warnings} warnings, {notes} notes (F7)");
    button.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, "Open findings"));
    if button.on_hover_text(all).clicked() {
        open(Page::Findings);
    }
}
