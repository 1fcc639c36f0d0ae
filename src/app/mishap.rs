//! A mistake of this program in the middle of a frame or on a thread: it is caught, what was worked out is worked out anew,
//! and the work goes on. The document is never half changed, as an edit is done as a whole or not at all.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::time::{Duration, Instant};

use super::canvas::Canvas;
use super::{App, Screen};

/// Mistakes that follow each other as fast as this have one cause.
const SOON: Duration = Duration::from_secs(3);

/// The mistakes that were caught.
#[derive(Debug, Default)]
pub struct Mishaps {
    last: Option<Instant>,
    in_a_row: u8,
    /// A command after which the next frame fails.
    planted: Option<String>,
}

impl App {
    /// One frame that survives a mistake in it.
    pub fn frame(&mut self, ui: &mut egui::Ui) {
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| self.ui(ui))) {
            self.recover_from(ui.ctx(), panic);
        }
    }

    /// For tests: the next frame runs this command and fails right after it.
    pub fn plant_a_mistake(&mut self, command: &str) {
        self.mishaps.planted = Some(command.to_owned());
    }

    /// Fails where a test wants it.
    pub(super) fn trip(&mut self, ctx: &egui::Context) {
        if let Some(command) = self.mishaps.planted.take() {
            self.run_command(ctx, &command);
            std::panic::panic_any(format!("planted after {command}"));
        }
    }

    fn recover_from(&mut self, ctx: &egui::Context, panic: Box<dyn Any + Send>) {
        let Mishaps { last, in_a_row, .. } = &mut self.mishaps;
        *in_a_row = if last.is_some_and(|last| last.elapsed() < SOON) { *in_a_row + 1 } else { 1 };
        *last = Some(Instant::now());
        let in_a_row = *in_a_row;
        if in_a_row > 2 {
            // It cannot be drawn at all. The journal has the work, and the next start offers it.
            resume_unwind(panic);
        }
        self.dialog = None;
        self.canvas = Canvas::new();
        self.figures.forget();
        self.what_if = super::what_if::WhatIf::default();
        self.futures.forget();
        (self.other, self.session.find) = (None, None);
        if in_a_row == 2 {
            // Not what is open beside the map either.
            self.session = super::Session::default();
            self.view = crate::model::ViewChoice::default();
            self.emphasis.clear();
            self.presenting = None;
            self.editor.show(None);
        }
        self.editor.end_gesture();
        let what = if self.screen == Screen::Map { "Your map is as it was before; " } else { "" };
        self.say_error(format!("A mistake in the program was caught. {what}please report what you did last."));
        ctx.request_repaint();
    }

    /// A thread failed.
    pub(super) fn broken(&mut self, what: &str) {
        if what == "save" {
            self.file.saving = false;
            self.file.then = None;
        }
        self.say_error(format!(
            "A mistake in the program stopped “{what}”. Your map is as it was; save it under another name."
        ));
    }
}
