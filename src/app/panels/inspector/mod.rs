//! The inspector: every field of what is selected, or of the map.

mod agreement;
mod chooser;
mod cost;
mod ends;
pub mod fields;
pub mod handoff;
mod many;
mod map;
mod measures;
mod observations;
pub mod parts;
mod party;
mod ratings;
mod requirements;
mod voices;

pub use party::reveal_measures;
pub use requirements::{reveal_new, reveal_requirement};

use egui::{Panel, ScrollArea};

use crate::analysis::Spot;
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::model::Subject;

/// Opens the page on which something is done, and gives the keyboard to its field in the next frame.
pub fn lead_to(ctx: &egui::Context, spot: Spot) {
    match spot {
        Spot::Inputs | Spot::Outputs => parts::open_tab(ctx, "party", 0),
        Spot::Voices => parts::open_tab(ctx, "party", party::VOICES),
        Spot::Item | Spot::Customer | Spot::Supplier => parts::open_tab(ctx, "handoff", 0),
        Spot::Requirements => parts::open_tab(ctx, "handoff", handoff::REQUIREMENTS),
        Spot::Agreement => parts::open_tab(ctx, "handoff", handoff::AGREEMENT),
        Spot::Sprint | Spot::Schedule | Spot::Review => {}
    }
    parts::lead(ctx, spot);
}

/// Opens the page that begins with the name or item.
pub fn open_name(ctx: &egui::Context, subject: Subject) {
    let kind = match subject {
        Subject::Party(_) => "party",
        Subject::Handoff(_) => "handoff",
    };
    parts::open_tab(ctx, kind, 0);
}

/// Shows the inspector; `focus` gives the keyboard to its first field.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, focus: bool, out: &mut Vec<Action>) {
    let frame =
        egui::Frame::side_top_panel(ui.style()).inner_margin(egui::Margin { left: 14, right: 6, top: 10, bottom: 6 });
    let panel = Panel::right("inspector").frame(frame).default_size(346.0).size_range(250.0..=520.0);
    panel.show(ui, |ui| {
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let width = ui.available_width() - 10.0;
            ui.vertical(|ui| {
                ui.set_width(width);
                match cx.editor.selection().single() {
                    Some(Subject::Party(id)) => party::ui(ui, cx, id, focus, out),
                    Some(Subject::Handoff(id)) => handoff::ui(ui, cx, id, focus, out),
                    None if cx.editor.selection().is_empty() => map::ui(ui, cx, focus, out),
                    None => many::ui(ui, cx, out),
                }
                parts::end_lead(ui);
                ui.add_space(16.0);
            });
        });
    });
}
