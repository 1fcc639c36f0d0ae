//! Names for screen readers: every visible card and handoff is a list item that can be found, read and pressed.

use egui::accesskit::{Action as Request, Role};
use egui::{Sense, WidgetInfo, WidgetType};

use super::Canvas;
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::editor::Selection;
use crate::model::Subject;

impl Canvas {
    /// Adds the names; costs nothing while nobody listens.
    pub fn access(&self, ui: &mut egui::Ui, response: &egui::Response, cx: &Cx<'_>, out: &mut Vec<Action>) {
        let (parties, handoffs) = (cx.document().parties_len(), cx.document().handoffs_len());
        let about = format!("Map, {parties} parties, {handoffs} handoffs");
        let listening = ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_role(Role::List);
            node.set_label(about);
        });
        if listening.is_none() {
            return;
        }
        let canvas = self.rect();
        for (id, placed) in &self.drawing().cards {
            let area = self.camera.rect_to_screen(canvas, &placed.rect());
            if canvas.intersects(area) {
                let (name, about) = (cx.document().name_of(*id), cx.document().about_party(*id));
                self.item(ui, cx, (Subject::Party(*id), area), (name, about), out);
            }
        }
        for (id, arrow) in &self.drawing().arrows {
            let area = self.camera.rect_to_screen(canvas, &arrow.label_area);
            let Some(handoff) = cx.document().handoff(*id).filter(|_| canvas.intersects(area)) else { continue };
            let about = cx.document().about_handoff(handoff);
            let name = cx.document().describe(handoff);
            self.item(ui, cx, (Subject::Handoff(*id), area), (name, about), out);
        }
        for (at, (subject, bounds, row)) in self.drawing().rows().enumerate() {
            let area = self.camera.rect_to_screen(canvas, &bounds);
            if canvas.intersects(area) {
                let words = (row.title.to_string(), row.about.to_string());
                ui.push_id(("row", at), |ui| self.item(ui, cx, (subject, area), words, out));
            }
        }
    }

    fn item(
        &self,
        ui: &mut egui::Ui,
        cx: &Cx<'_>,
        (subject, area): (Subject, egui::Rect),
        (name, about): (String, String),
        out: &mut Vec<Action>,
    ) {
        let id = ui.id().with(subject);
        let selected = cx.editor.selection().has(subject);
        // Senses nothing, so that it takes no press from the canvas below it.
        let response = ui.interact(area, id, Sense::hover());
        response.widget_info(|| WidgetInfo::selected(WidgetType::Other, true, selected, &name));
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::ListItem);
            node.set_description(about);
            node.set_selected(selected);
            node.add_action(Request::Click);
        });
        if ui.input(|i| i.has_accesskit_action_request(id, Request::Click)) {
            out.push(Action::Select(Selection::one(subject)));
            out.push(Action::Reveal([subject].into()));
        }
    }
}
