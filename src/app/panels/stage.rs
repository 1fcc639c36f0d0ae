//! What the audience sees beside the picture: where the presentation is, the figures of what is in view, a handoff in large.

use egui::{Align2, Area, Color32, Frame, Order, RichText};

use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::cx::Cx;
use crate::app::presenting::{Figures, Presenting};
use crate::model::quantity::{duration, rounded};
use crate::model::{Handoff, ViewKind};
use crate::scene::{Ink, Theme, Weight};
use crate::views;

/// Shows title, figures and, when it is open, a handoff in large.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, presenting: &Presenting, figures: &Figures, out: &mut Vec<Action>) {
    let canvas = ui.max_rect();
    head(ui, cx, presenting, figures, canvas);
    foot(ui, cx, figures, canvas);
    if presenting.notes {
        notes(ui, cx, presenting, canvas);
    }
    if let Some(handoff) = presenting.large.and_then(|id| cx.document().handoff(id)) {
        large(ui, cx, handoff, canvas, out);
    }
}

fn text(words: impl Into<String>, size: f32, weight: Weight, ink: Color32) -> RichText {
    RichText::new(words).font(egui::FontId::new(size, family(weight))).color(ink)
}

fn sheet(theme: Theme) -> Frame {
    let ink = |ink| color(theme, ink);
    Frame::new().fill(ink(Ink::Card)).corner_radius(10).stroke(egui::Stroke::new(1.0, ink(Ink::Grid)))
}

/// The step's name, above.
fn head(ui: &egui::Ui, cx: &Cx<'_>, presenting: &Presenting, figures: &Figures, canvas: egui::Rect) {
    let ink = |ink| color(cx.theme, ink);
    let order = cx.document().views_in_order();
    let at = presenting.at.and_then(|now| order.iter().position(|(id, _)| *id == now));
    let title = match at.and_then(|at| order.get(at)) {
        Some((_, view)) => view.name.clone(),
        None if cx.document().info().title.trim().is_empty() => cx.view.kind.title().to_owned(),
        None => cx.document().info().title.clone(),
    };
    let area = Area::new(ui.id().with("step")).order(Order::Middle).interactable(false);
    area.fixed_pos(canvas.left_top() + egui::vec2(24.0, 18.0)).show(ui.ctx(), |ui| {
        ui.set_max_width(canvas.width() * 0.6);
        ui.label(text(title, 22.0, Weight::SemiBold, ink(Ink::Text)));
        let peels = views::of(cx.view.kind).peels && (cx.view.layers.is_some() || cx.view.kind == ViewKind::Onion);
        if peels {
            let shown = cx.view.layers.unwrap_or(figures.layers.last());
            let words = match cx.view.layers {
                Some(_) => format!("{} · {shown} of {}", figures.name, figures.layers.last()),
                None => format!("All {} layers", figures.layers.last()),
            };
            ui.label(text(words, 15.0, Weight::Regular, ink(Ink::Faint)));
        }
    });
    if let Some(at) = at {
        let words = format!("{} / {}", at + 1, order.len());
        let area = Area::new(ui.id().with("number")).order(Order::Middle).interactable(false);
        area.fixed_pos(canvas.right_top() + egui::vec2(-24.0, 18.0)).pivot(Align2::RIGHT_TOP).show(ui.ctx(), |ui| {
            ui.label(text(words, 14.0, Weight::Regular, ink(Ink::Faint)));
        });
    }
}

/// The figures of what is in view, below.
fn foot(ui: &egui::Ui, cx: &Cx<'_>, figures: &Figures, canvas: egui::Rect) {
    let so_far = &figures.so_far;
    let day = cx.document().info().hours_per_day;
    let percent = |value: f64| format!("{} %", rounded(value * 100.0, 1));
    let partial = |figure: &crate::analysis::Figure| {
        if figure.is_partial() { format!("known {} of {}", figure.known, figure.of) } else { String::new() }
    };
    let at_least = |hours: f64| {
        let least = if so_far.lead_time_h.is_partial() { "≥ " } else { "" };
        format!("{least}{}", duration(hours, day))
    };
    let mut shown = vec![
        ("parties", so_far.parties.to_string(), String::new()),
        ("handoffs", so_far.handoffs.to_string(), String::new()),
        ("departments", so_far.departments.to_string(), String::new()),
    ];
    let rolled = &so_far.complete_accurate;
    shown.extend(so_far.lead_time_h.value.map(|h| ("lead time", at_least(h), String::new())));
    shown.extend(rolled.value.map(|v| ("complete and accurate", percent(v), partial(rolled))));
    shown.extend(so_far.on_time.value.map(|v| ("on time", percent(v), partial(&so_far.on_time))));
    let ink = |ink| color(cx.theme, ink);
    let area = Area::new(ui.id().with("figures")).order(Order::Middle).interactable(false);
    area.fixed_pos(canvas.center_bottom() - egui::vec2(0.0, 16.0)).pivot(Align2::CENTER_BOTTOM).show(ui.ctx(), |ui| {
        sheet(cx.theme).inner_margin(egui::Margin::symmetric(20, 8)).show(ui, |ui| {
            ui.style_mut().wrap_mode = Some(egui::TextWrapMode::Extend);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = 28.0;
                for (name, value, note) in shown {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.y = 0.0;
                        ui.label(text(value, 22.0, Weight::SemiBold, ink(Ink::Text)));
                        let name = if note.is_empty() { name.to_owned() } else { format!("{name} ({note})") };
                        ui.label(text(name, 12.5, Weight::Regular, ink(Ink::Faint)));
                    });
                }
            });
        });
    });
}

/// The speaker's notes.
fn notes(ui: &egui::Ui, cx: &Cx<'_>, presenting: &Presenting, canvas: egui::Rect) {
    let saved = presenting.at.and_then(|id| cx.document().view(id));
    let words = saved.map(|view| view.notes.trim()).filter(|notes| !notes.is_empty());
    let words = words.unwrap_or("No notes for this step. N hides them.");
    let area = Area::new(ui.id().with("notes")).order(Order::Middle).interactable(false);
    area.fixed_pos(canvas.left_bottom() + egui::vec2(24.0, -90.0)).pivot(Align2::LEFT_BOTTOM).show(ui.ctx(), |ui| {
        sheet(cx.theme).inner_margin(egui::Margin::same(14)).show(ui, |ui| {
            ui.set_max_width(340.0);
            ui.label(text(words, 15.0, Weight::Regular, color(cx.theme, Ink::Text)));
        });
    });
}

/// One handoff, readable from the last row.
fn large(ui: &egui::Ui, cx: &Cx<'_>, handoff: &Handoff, canvas: egui::Rect, out: &mut Vec<Action>) {
    let ink = |ink| color(cx.theme, ink);
    let document = cx.document();
    let name = |end: Option<crate::model::PartyId>| end.map_or_else(|| "nobody yet".into(), |id| document.name_of(id));
    let area = Area::new(ui.id().with("large")).order(Order::Foreground);
    let shown = area.fixed_pos(canvas.center()).pivot(Align2::CENTER_CENTER).show(ui.ctx(), |ui| {
        sheet(cx.theme).inner_margin(egui::Margin::same(28)).show(ui, |ui| {
            ui.set_width((canvas.width() * 0.62).min(760.0));
            let ends = format!("{} → {}", name(handoff.supplier), name(handoff.customer));
            ui.label(text(ends, 18.0, Weight::Regular, ink(Ink::Faint)));
            let item = if handoff.item.trim().is_empty() { "Unnamed item" } else { handoff.item.trim() };
            ui.label(text(item, 30.0, Weight::SemiBold, ink(Ink::Text)));
            ui.add_space(12.0);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = 36.0;
                for (name, value) in measured(handoff, document.info().hours_per_day) {
                    ui.vertical(|ui| {
                        ui.label(text(value, 26.0, Weight::SemiBold, ink(Ink::Text)));
                        ui.label(text(name, 14.0, Weight::Regular, ink(Ink::Faint)));
                    });
                }
            });
            ui.add_space(12.0);
            if handoff.requirements.is_empty() {
                ui.label(text("Nobody has said yet what is needed.", 17.0, Weight::Regular, ink(Ink::Warn)));
            }
            for requirement in &handoff.requirements {
                let (mark, mark_ink) = match requirement.met() {
                    Some(true) => ("✓ met", Ink::Good),
                    Some(false) => ("✗ not met", Ink::Bad),
                    None => ("? not known", Ink::Warn),
                };
                ui.horizontal_wrapped(|ui| {
                    ui.label(text(mark, 16.0, Weight::SemiBold, ink(mark_ink)));
                    ui.label(text(requirement.in_words(), 17.0, Weight::Regular, ink(Ink::Text)));
                });
            }
        });
    });
    if shown.response.interact(egui::Sense::click()).clicked() {
        out.push(Action::PresentClick(None));
    }
}

/// The figures of a handoff that are known.
fn measured(handoff: &Handoff, hours_per_day: f64) -> Vec<(&'static str, String)> {
    let mut shown = Vec::new();
    shown.extend(handoff.complete_accurate_pct.map(|v| ("complete and accurate", handoff.share_in_words(v))));
    shown.extend(handoff.on_time_pct.map(|v| ("on time", handoff.share_in_words(v))));
    shown.extend(handoff.wait_h.map(|h| ("wait", duration(h, hours_per_day))));
    shown.extend(handoff.volume.map(|v| ("deliveries", format!("{} a {}", rounded(v, 1), handoff.period.title()))));
    shown
}
