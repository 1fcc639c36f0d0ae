//! The menu bar, with the commands used most and the zoom at its right.

use egui::{MenuBar, Panel};

use crate::app::action::Action;
use crate::app::commands::{Menu, by_id, whole_menu};
use crate::app::cx::Cx;

/// Buttons beside the menus: their sign and the command.
const QUICK: &[&[(&str, &str)]] = &[
    &[("Undo", "undo"), ("Redo", "redo"), ("+ Party", "add-party"), ("Tidy", "tidy"), ("Find", "find")],
    &[("Keep view", "keep-view"), ("Present", "present")],
];

/// Shows the bar.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, zoom: f32, out: &mut Vec<Action>) {
    let frame = egui::Frame::side_top_panel(ui.style()).inner_margin(egui::Margin::symmetric(8, 4));
    Panel::top("menu").frame(frame).show(ui, |ui| {
        MenuBar::new().ui(ui, |ui| {
            for menu in Menu::ALL {
                ui.menu_button(menu.title(), |ui| whole_menu(ui, menu, cx, out));
            }
            for group in QUICK {
                ui.separator();
                for (sign, id) in *group {
                    button(ui, cx, sign, id, out);
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                button(ui, cx, "Details", "inspector", out);
                ui.separator();
                button(ui, cx, "Fit", "fit", out);
                button(ui, cx, "+", "zoom-in", out);
                let shown = egui::Button::new(percent(zoom)).frame_when_inactive(false);
                let shown = shown.min_size(egui::vec2(54.0, 0.0));
                if ui.add(shown).on_hover_text("Back to 100 %").clicked() {
                    out.push(Action::Command("zoom-100"));
                }
                button(ui, cx, "−", "zoom-out", out);
            });
        });
    });
}

/// A zoom in per cent, with a digit more from far away.
fn percent(zoom: f32) -> String {
    let percent = zoom * 100.0;
    match percent {
        ..0.95 => format!("{percent:.2} %"),
        0.95..9.5 => format!("{percent:.1} %"),
        _ => format!("{percent:.0} %"),
    }
}

/// A button for a command.
pub fn button(ui: &mut egui::Ui, cx: &Cx<'_>, sign: &str, id: &'static str, out: &mut Vec<Action>) {
    let Some(command) = by_id(id) else { return };
    let keys = command.keys_shown(ui.ctx());
    let hint = if keys.is_empty() { command.shown(cx) } else { format!("{} ({keys})", command.shown(cx)) };
    let enabled = (command.enabled)(cx);
    let response = ui.add_enabled(enabled, egui::Button::new(sign).frame_when_inactive(false));
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, enabled, command.title));
    if response.on_hover_text(hint).clicked() {
        out.push(Action::Command(id));
    }
}
