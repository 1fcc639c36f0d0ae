//! Where the guide leads: to the field in which the next thing to do is done.

use super::App;
use super::panels::insights::Page;
use super::panels::inspector;
use crate::analysis::Spot;
use crate::editor::Selection;
use crate::model::Subject;

impl App {
    /// Selects what is to be worked on, shows it, and gives the keyboard to the field.
    pub(super) fn go(&mut self, ctx: &egui::Context, subject: Subject, spot: Spot) {
        self.editor.end_gesture();
        self.editor.select(Selection::one(subject));
        self.canvas.reveal([subject].into());
        match (spot, subject) {
            (Spot::Sprint, Subject::Handoff(id)) => self.plan_sprint(id),
            (Spot::Schedule | Spot::Review, _) => self.session.insights = Some(Page::Reviews),
            _ => {
                self.session.inspector = true;
                inspector::lead_to(ctx, spot);
            }
        }
    }

    /// Starts the questions of a workshop.
    pub(super) fn ask(&mut self) {
        self.session.insights = Some(Page::Guide);
        self.session.insight.ask();
    }
}
