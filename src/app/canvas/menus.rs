//! The context menus of a party, a handoff, several things, and the paper.

use super::Canvas;
use crate::app::action::Action;
use crate::app::commands;
use crate::app::cx::Cx;
use crate::model::Subject;

const PARTY: &[&str] = &[
    "rename",
    "details",
    "-",
    "add-customer",
    "add-supplier",
    "add-sibling",
    "add-input",
    "add-output",
    "-",
    "kind-process",
    "kind-customer",
    "kind-supplier",
    "-",
    "brief",
    "brief-mirror",
    "survey",
    "-",
    "copy",
    "cut",
    "duplicate",
    "delete",
    "-",
    "zoom-selection",
];
const HANDOFF: &[&str] = &[
    "rename",
    "details",
    "add-requirement",
    "-",
    "rework",
    "critical",
    "reverse",
    "-",
    "brief",
    "-",
    "copy",
    "delete",
    "-",
    "zoom-selection",
];
const SEVERAL: &[&str] = &[
    "connect",
    "-",
    "align-left",
    "align-center",
    "align-right",
    "align-top",
    "align-middle",
    "align-bottom",
    "-",
    "distribute-across",
    "distribute-down",
    "-",
    "copy",
    "cut",
    "duplicate",
    "delete",
    "-",
    "zoom-selection",
];
const PAPER: &[&str] = &[
    "add-party-here",
    "paste",
    "-",
    "select-all",
    "tidy",
    "-",
    "fit",
    "zoom-100",
    "-",
    "grid",
    "guides",
    "-",
    "export",
];

impl Canvas {
    /// Shows the menu that fits what was pressed.
    pub fn context_menu(&mut self, response: &egui::Response, cx: &Cx<'_>, out: &mut Vec<Action>) {
        let subject = self.menu_at.and_then(|(_, subject)| subject);
        response.context_menu(|ui| {
            let list = match (subject, cx.editor.selection().len()) {
                (Some(_), 2..) => SEVERAL,
                (Some(Subject::Party(_)), _) => PARTY,
                (Some(Subject::Handoff(_)), _) => HANDOFF,
                (None, _) => PAPER,
            };
            commands::menu(ui, list, cx, out);
        });
    }

    /// Where the last menu was opened, on the map.
    pub fn menu_point(&self) -> Option<crate::geom::Point> {
        self.menu_at.map(|(point, _)| point)
    }

    /// True while a menu or other popup is open.
    pub fn menu_open(&self, ui: &egui::Ui) -> bool {
        egui::Popup::is_any_open(ui.ctx())
    }
}
