//! Before an audience: full screen, larger text, the onion peeled ring by ring, saved views as steps.

use std::collections::BTreeSet;

use egui::{Key, Modifiers};

use super::App;
use crate::model::{Document, HandoffId, SavedView, Subject, ViewChoice, ViewId, ViewKind};
use crate::views::{self, Layers, SoFar};

/// How much larger text is before an audience.
pub(super) const LARGER: f32 = 1.2;

/// A presentation under way.
#[derive(Debug)]
pub struct Presenting {
    /// The saved view that is shown; none when the map has none.
    pub at: Option<ViewId>,
    /// The handoff that is shown in large.
    pub large: Option<HandoffId>,
    /// The notes of the step are shown.
    pub notes: bool,
    /// The view as it was before.
    was: (ViewChoice, BTreeSet<Subject>),
    figures: Option<Figures>,
}

/// What is said of the part of the chain in view; kept until map or view change.
#[derive(Debug, Clone)]
pub struct Figures {
    document: Document,
    choice: ViewChoice,
    /// The layers.
    pub layers: Layers,
    /// What is in view.
    pub so_far: SoFar,
    /// What the outermost layer in view is.
    pub name: String,
}

impl App {
    /// Starts: at the first saved view, else with the customer alone in the middle of the onion.
    pub(super) fn present(&mut self, ctx: &egui::Context) {
        if self.presenting.is_some() {
            self.end_presentation(ctx);
            return;
        }
        self.session.find = None;
        let was = (self.view.clone(), self.emphasis.clone());
        let at = self.editor.document().views_in_order().first().map(|(id, _)| *id);
        self.presenting = Some(Presenting { at, large: None, notes: false, was, figures: None });
        match at {
            Some(id) => self.show_step(id),
            None => {
                self.emphasis.clear();
                self.look_at(ViewChoice { kind: ViewKind::Onion, layers: Some(0), ..ViewChoice::default() });
                self.canvas.fit_all();
            }
        }
        self.canvas.most_zoom(Some(2.0));
        self.canvas.focus();
        ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(true));
        self.say("");
    }

    /// Ends: the view is as it was.
    pub(super) fn end_presentation(&mut self, ctx: &egui::Context) {
        let Some(presenting) = self.presenting.take() else { return };
        (self.view, self.emphasis) = presenting.was;
        self.canvas.most_zoom(None);
        self.canvas.fit_all();
        self.canvas.focus();
        ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(false));
    }

    /// Shows a saved view.
    pub(super) fn show_step(&mut self, id: ViewId) {
        let Some(saved) = self.editor.document().view(id).cloned() else { return };
        if let Some(presenting) = &mut self.presenting {
            presenting.at = Some(id);
            presenting.large = None;
        }
        self.look_at(saved.choice.clone());
        let document = self.editor.document();
        self.emphasis = saved.emphasis.iter().copied().filter(|subject| document.has(*subject)).collect();
        match saved.area {
            Some(area) => self.canvas.look(area),
            None => self.canvas.fit_all(),
        }
    }

    /// One step on: the next layer while the onion is peeled, then the next saved view.
    pub(super) fn advance(&mut self) {
        if self.presenting.as_mut().and_then(|p| p.large.take()).is_some() {
            return;
        }
        if views::of(self.view.kind).peels && self.view.layers.is_some() {
            self.peel(true);
        } else {
            self.step(1);
        }
    }

    /// One step back.
    pub(super) fn retreat(&mut self) {
        if self.presenting.as_mut().and_then(|p| p.large.take()).is_some() {
            return;
        }
        let first = self.step_now().map_or(Some(0), |view| view.choice.layers);
        let peels = views::of(self.view.kind).peels;
        if peels && first.is_some_and(|first| self.view.layers.is_none_or(|now| now > first)) {
            self.peel(false);
        } else {
            self.step(-1);
        }
    }

    /// The saved view that is shown in the presentation.
    pub(super) fn step_now(&self) -> Option<&SavedView> {
        let at = self.presenting.as_ref()?.at?;
        self.editor.document().view(at).map(|view| &**view)
    }

    fn step(&mut self, by: isize) {
        let order: Vec<ViewId> = self.editor.document().views_in_order().into_iter().map(|(id, _)| id).collect();
        let now = self.presenting.as_ref().and_then(|p| p.at);
        let Some(at) = now.and_then(|now| order.iter().position(|id| *id == now)) else { return };
        if let Some(next) = at.checked_add_signed(by).and_then(|to| order.get(to)) {
            self.show_step(*next);
        }
    }

    /// The keys of a presentation; true when one was pressed.
    pub(super) fn present_keys(&mut self, ctx: &egui::Context) -> bool {
        if self.presenting.is_none() {
            return false;
        }
        let pressed = |key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, key));
        let any = |keys: &[Key]| keys.iter().any(|key| pressed(*key));
        if any(&[Key::ArrowRight, Key::ArrowDown, Key::PageDown, Key::Space]) {
            self.advance();
        } else if any(&[Key::ArrowLeft, Key::ArrowUp, Key::PageUp, Key::Backspace]) {
            self.retreat();
        } else if pressed(Key::Home) {
            self.first_step();
        } else if pressed(Key::N) {
            if let Some(presenting) = &mut self.presenting {
                presenting.notes = !presenting.notes;
            }
        } else if pressed(Key::Escape) {
            self.leave_step(ctx);
        } else {
            return false;
        }
        true
    }

    fn first_step(&mut self) {
        match self.editor.document().views_in_order().first().map(|(id, _)| *id) {
            Some(id) => self.show_step(id),
            None => self.look_at(ViewChoice { layers: Some(0), ..self.view.clone() }),
        }
    }

    /// Esc: the large handoff, else the spotlight, else the presentation.
    fn leave_step(&mut self, ctx: &egui::Context) {
        let large = self.presenting.as_mut().and_then(|p| p.large.take());
        if large.is_some() || self.canvas.cancel() {
            return;
        }
        if self.view.spotlight.is_some() {
            self.look_at(ViewChoice { spotlight: None, ..self.view.clone() });
        } else {
            self.end_presentation(ctx);
        }
    }

    /// What was clicked before an audience: paper goes on, a party gets the spotlight, a handoff is opened.
    pub(super) fn present_click(&mut self, subject: Option<Subject>) {
        let Some(presenting) = &mut self.presenting else { return };
        match subject {
            None if presenting.large.is_some() => presenting.large = None,
            None => self.advance(),
            Some(Subject::Party(id)) => {
                let spotlight = Some(id).filter(|_| self.view.spotlight != Some(id));
                self.look_at(ViewChoice { spotlight, ..self.view.clone() });
            }
            Some(Subject::Handoff(id)) => presenting.large = Some(id),
        }
    }

    /// The figures of what is in view.
    pub(super) fn figures_in_view(&mut self) -> Option<Figures> {
        let document = self.editor.document();
        let presenting = self.presenting.as_mut()?;
        if let Some(kept) = &presenting.figures
            && kept.document.is_same(document)
            && kept.choice == self.view
        {
            return Some(kept.clone());
        }
        let layers = views::layers(document, &self.view);
        let shown = self.view.layers.unwrap_or(layers.last());
        let figures = Figures {
            document: document.clone(),
            choice: self.view.clone(),
            so_far: views::so_far(document, &layers, shown),
            name: views::name_of(shown, &layers, document),
            layers,
        };
        presenting.figures = Some(figures.clone());
        Some(figures)
    }
}
