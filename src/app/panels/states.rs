//! The row of states: the map as it is today, and as each scenario would have it; one press shows another.

use egui::{Button, Frame, Margin, Panel, RichText};

use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::app::futures::{Wish, called};
use crate::app::panels::insights::Page;
use crate::model::ScenarioId;
use crate::model::ops::scenarios_in_order;
use crate::scene::Ink;

/// Most scenarios that have a button of their own; the others are on the page.
const MOST: usize = 8;

/// Shows the row, when the map has scenarios.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let current = cx.editor.current();
    if current.scenarios_len() == 0 && cx.other.is_none() {
        return;
    }
    let shown = cx.editor.scenario();
    let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(8, 3));
    let frame =
        if shown.is_some() || cx.other.is_some() { frame.fill(color(cx.theme, Ink::AccentSoft)) } else { frame };
    Panel::top("states").frame(frame).resizable(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            state(ui, cx, None, "Today", out);
            let order = scenarios_in_order(current);
            for (id, scenario) in order.iter().take(MOST) {
                state(ui, cx, Some(*id), called(scenario), out);
            }
            if order.len() > MOST {
                let more = Button::new(format!("{} more…", order.len() - MOST)).frame(false);
                if ui.add(more).clicked() {
                    out.push(Action::Insights(Some(Page::Scenarios)));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Scenarios").on_hover_text("Side by side, with what is other and why").clicked() {
                    out.push(Action::Insights(Some(Page::Scenarios)));
                }
                if let Some(other) = cx.other.filter(|_| shown.is_none()) {
                    if super::inspector::parts::remove(ui, "the comparison") {
                        out.push(Action::EndCompare);
                    }
                    let text = RichText::new(format!("Held against {}", other.name)).small();
                    ui.add(egui::Label::new(text).truncate());
                }
                let about = shown.and_then(|id| current.scenario(id)).map(|scenario| scenario.about());
                if let Some(about) = about {
                    let text = RichText::new(about).small().color(color(cx.theme, Ink::Faint));
                    ui.add(egui::Label::new(text).truncate());
                }
            });
        });
    });
}

fn state(ui: &mut egui::Ui, cx: &Cx<'_>, id: Option<ScenarioId>, name: &str, out: &mut Vec<Action>) {
    const LONGEST: usize = 28;
    let short: String = if name.chars().count() > LONGEST {
        name.chars().take(LONGEST - 1).chain(['…']).collect()
    } else {
        name.to_owned()
    };
    let is_shown = cx.editor.scenario() == id;
    let response = ui.selectable_label(is_shown, short);
    let words = format!("State: {name}");
    response.widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, is_shown, &words));
    let hint = if id.is_some() { "The map as this scenario would have it" } else { "The map as it is" };
    if response.on_hover_text(format!("{hint} (Ctrl+] and Ctrl+[ turn)")).clicked() {
        out.push(Action::Future(Wish::Show(id)));
        out.push(Action::FocusCanvas);
    }
}
