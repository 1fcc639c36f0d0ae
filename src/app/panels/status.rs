//! The status line: what happened, what undo would take back, how much there is, and whether it is safe.

use std::time::Duration;

use egui::{Panel, RichText};

use crate::app::action::Action;
use crate::app::canvas::Arranging;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::app::documents::OpenFile;
use crate::app::tasks::{Tasks, WORTH_TELLING};
use crate::model::ViewKind;
use crate::scene::Ink;

/// Shows the line.
pub fn ui(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    (text, is_error): (&str, bool),
    file: &OpenFile,
    (tasks, arranging): (&Tasks, Option<Arranging>),
    out: &mut Vec<Action>,
) {
    let frame = egui::Frame::side_top_panel(ui.style()).inner_margin(egui::Margin::symmetric(10, 3));
    Panel::bottom("status").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            let faint = |text: String| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let document = cx.document();
                let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
                ui.label(faint(format!(
                    "{} · {}",
                    count(document.parties_len(), "party", "parties"),
                    count(document.handoffs_len(), "handoff", "handoffs")
                )));
                let state = match (file.saving, cx.editor.is_modified() || file.outside.is_gone(), &file.path) {
                    (true, _, _) => "Saving…",
                    (false, true, _) => "Not saved",
                    (false, false, None) => "",
                    (false, false, Some(_)) => "Saved",
                };
                if !state.is_empty() {
                    ui.label(faint(state.to_owned()));
                }
                if let Some(label) = cx.editor.undo_label() {
                    let button = egui::Button::new(faint(format!("Undo: {label}"))).frame(false).truncate();
                    if ui.add(button).on_hover_text("Take this back (Ctrl+Z)").clicked() {
                        out.push(Action::Command("undo"));
                    }
                }
                if let Some(worry) = file.worry() {
                    ui.label(RichText::new(worry).small().color(color(cx.theme, Ink::Bad)));
                }
                if let Some(cancel) = work(ui, tasks, arranging) {
                    out.push(cancel);
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let ink = if is_error { Ink::Bad } else { Ink::Text };
                    let shown = if text.is_empty() { hint(cx) } else { text };
                    let ink = if text.is_empty() { Ink::Faint } else { ink };
                    let label = egui::Label::new(RichText::new(shown).small().color(color(cx.theme, ink))).truncate();
                    ui.add(label);
                });
            });
        });
    });
}

/// Tells of what takes long; gives what calls it off when that is asked for.
fn work(ui: &mut egui::Ui, tasks: &Tasks, arranging: Option<Arranging>) -> Option<Action> {
    let tasks = tasks.titled().map(|(title, running)| (title, running.since, Action::Cancel(running.number)));
    let view = arranging.map(|view| ("Arranging the view", view.since, Action::View(Box::new(view.instead))));
    let (title, since, cancel) = tasks.chain(view).min_by_key(|(_, since, _)| *since)?;
    let wait = WORTH_TELLING.saturating_sub(since.elapsed());
    if !wait.is_zero() {
        // In every frame until then, as each one forgets what the one before asked for.
        ui.ctx().request_repaint_after(wait);
        return None;
    }
    let clicked = ui.add(egui::Button::new(RichText::new("Cancel").small())).clicked();
    ui.label(RichText::new(format!("{title}… {} s", since.elapsed().as_secs())).small());
    ui.ctx().request_repaint_after(Duration::from_millis(250));
    clicked.then_some(cancel)
}

/// What can be done now, for people who have read nothing.
fn hint(cx: &Cx<'_>) -> &'static str {
    match cx.view.kind {
        ViewKind::Sipoc => {
            return "Type into a cell · Tab and Enter go on · paste from a spreadsheet · click a heading to sort";
        }
        ViewKind::List => {
            return "Type into a cell · Tab and Enter go on · a supplier or customer in the last row makes a handoff";
        }
        ViewKind::Silos => return "Click a cell to select its handoffs; Ctrl+1 shows them on the map",
        ViewKind::Snowball if cx.editor.selection().is_empty() => {
            return "Point at a row to see what it spoils · click it to change its numbers · F8 tries out other numbers";
        }
        ViewKind::Timeline if cx.editor.selection().is_empty() => {
            return "Click a row to change its times · F9 tells the critical path, slack and rework, and simulates";
        }
        ViewKind::Lanes if cx.editor.selection().is_empty() => {
            return "Drag a lane’s name to put it elsewhere · “Use as positions” gives the map these places";
        }
        ViewKind::Chain | ViewKind::Onion if cx.editor.selection().is_empty() => {
            return "[ and ] show fewer and more layers · F5 presents · “Use as positions” gives the map these places";
        }
        _ => {}
    }
    match cx.editor.selection().len() {
        0 if cx.document().is_empty() => "Type a name, or double-click anywhere, to add the first party",
        0 => "Double-click to add a party · drag to select · Ctrl+K for everything else",
        1 if cx.editor.selection().single_party().is_some() => {
            "Type to rename · Tab adds its customer · Shift+Tab a supplier · drag a + to connect"
        }
        1 => "Type to name the item · drag an end to another party",
        _ => "Drag to move them all · Alt-drag to copy · Ctrl+Shift+arrows align",
    }
}
