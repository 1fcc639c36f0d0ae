//! The saved views of the map, which are the steps of a presentation: named, annotated, put in order, shown.

use egui::{Panel, RichText, ScrollArea};

use super::inspector::fields::{Field, Form};
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::model::{Edit, SavedView, ViewId, ops};
use crate::scene::Ink;

/// What the panel asks for, beside edits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Show a saved view.
    Show(ViewId),
    /// Keep what is shown now under its name.
    Renew(ViewId),
}

/// Shows the panel; `open` is the step whose notes are shown.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, open: &mut Option<ViewId>, focus: bool, out: &mut Vec<Action>) {
    let frame =
        egui::Frame::side_top_panel(ui.style()).inner_margin(egui::Margin { left: 12, right: 6, top: 10, bottom: 6 });
    Panel::left("steps").frame(frame).default_size(250.0).size_range(210.0..=420.0).show(ui, |ui| {
        let form = Form { cx, out, focus: false };
        form.heading(ui, "Views to present");
        let order = cx.document().views_in_order();
        if order.is_empty() {
            let words = "None yet. “Keep view” above makes a step of what is shown now: the view, how near, what stands \
                         out, and what you want to say. Without steps, “Present” peels the onion.";
            form.note(ui, Ink::Faint, words);
            return;
        }
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.set_width(ui.available_width() - 10.0);
            for (index, (id, view)) in order.iter().enumerate() {
                step(ui, cx, (index, order.len()), (*id, view), (open, focus), out);
            }
        });
    });
}

fn step(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    (index, count): (usize, usize),
    (id, view): (ViewId, &SavedView),
    (open, focus): (&mut Option<ViewId>, bool),
    out: &mut Vec<Action>,
) {
    let is_open = *open == Some(id);
    ui.horizontal(|ui| {
        let words = RichText::new(format!("{}.", index + 1)).color(color(cx.theme, Ink::Faint));
        ui.label(words);
        let name = if view.name.trim().is_empty() { "Unnamed view" } else { view.name.trim() };
        let label = egui::Button::selectable(is_open, name).truncate();
        let response = ui.add_sized(egui::vec2(ui.available_width(), 24.0), label);
        if response.on_hover_text(format!("Show it: {}", view.choice.kind.title())).clicked() {
            *open = Some(id);
            out.push(Action::Step(Wish::Show(id)));
        }
    });
    if !is_open {
        return;
    }
    ui.indent(("step", id), |ui| {
        let put = |change: &dyn Fn(&mut SavedView)| {
            let mut changed = view.clone();
            change(&mut changed);
            vec![Edit::PutView(id, changed)]
        };
        let mut form = Form { cx, out, focus };
        let field = |title, step, key| Field::new(title, step, (key, None), id);
        form.text(ui, field("Name", "name view", "view name"), &view.name, |v| put(&|s| s.name.clone_from(&v)));
        let notes = field("Notes for the speaker", "write notes", "view notes");
        form.long_text(ui, notes, &view.notes, |v| put(&|s| s.notes.clone_from(&v)));
        ui.horizontal_wrapped(|ui| {
            if ui.button("Renew").on_hover_text("Keep what is shown now under this name").clicked() {
                out.push(Action::Step(Wish::Renew(id)));
            }
            let mut to = |ui: &mut egui::Ui, sign: &str, hint: &str, can: bool, at: usize| {
                if ui.add_enabled(can, egui::Button::new(sign)).on_hover_text(hint).clicked() {
                    out.push(Action::edit("move view", ops::move_view(cx.document(), id, at)));
                }
            };
            to(ui, "Up", "Earlier", index > 0, index.saturating_sub(1));
            to(ui, "Down", "Later", index + 1 < count, index + 1);
            if ui.button("Delete").clicked() {
                out.push(Action::edit("delete view", vec![Edit::RemoveView(id)]));
            }
        });
        ui.add_space(6.0);
    });
}
