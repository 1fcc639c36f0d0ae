//! Does what views asked for, once the frame is drawn.

use super::action::Action;
use super::{App, Status, commands, dialogs, panels};

impl App {
    /// Does what a view asked for.
    pub fn act(&mut self, ctx: &egui::Context, action: Action) {
        match action {
            Action::Edit { label, merge, edits, select } => match self.edit_noted(label, merge, edits) {
                Ok(()) => {
                    // What was said before is over; the name of the step stands beside Undo.
                    self.status = Status::default();
                    if let Some(selection) = select {
                        self.editor.select(selection);
                    }
                }
                Err(error) => self.say_error(format!("Not done: {error}.")),
            },
            Action::EndGesture => self.editor.end_gesture(),
            Action::Select(selection) => {
                self.editor.end_gesture();
                self.editor.select(selection);
            }
            Action::Reveal(subjects) => self.canvas.reveal(subjects),
            Action::Rename(subject) => self.canvas.rename(subject),
            Action::View(choice) => self.look_at(*choice),
            Action::Step(panels::steps::Wish::Show(id)) => self.show_step(id),
            Action::Step(panels::steps::Wish::Renew(id)) => self.keep_view(Some(id)),
            Action::PresentClick(subject) => self.present_click(subject),
            Action::TryOut(wish) => self.try_out(wish),
            Action::Future(wish) => self.see_future(wish),
            Action::Go(subject, spot) => self.go(ctx, subject, spot),
            Action::FinishReview(id) => self.finish_review(id),
            Action::Case(case) => self.ask_case(case),
            Action::EndCompare => self.other = None,
            Action::Outside(wish) => self.meet(wish),
            Action::Cancel(number) => {
                if self.tasks.cancel(number) {
                    self.say("Cancelled: nothing was changed or written.");
                }
            }
            Action::Insights(page) => self.session.insights = page,
            Action::Command(id) => {
                if let Some(command) = commands::by_id(id) {
                    (command.run)(self, ctx);
                }
            }
            Action::Open(path) => self.leave_map(dialogs::Then::Open(path)),
            Action::Sample(id) => self.leave_map(dialogs::Then::Sample(id)),
            Action::FocusCanvas => self.canvas.focus(),
            Action::FocusInspector => self.focus_inspector(),
            Action::NameInInspector(subject) => {
                panels::inspector::open_name(ctx, subject);
                self.focus_inspector();
            }
            Action::Complain(text) => self.say_error(text),
            Action::Say(text) => self.say(text),
        }
    }
}
