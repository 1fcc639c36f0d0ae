//! Find: names, items, departments, notes and requirements; jumps there and outlines every hit.

use std::collections::BTreeSet;

use egui::{Align2, Area, Key, Modifiers, RichText, TextEdit};

use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::editor::Selection;
use crate::model::{Document, Subject};
use crate::scene::Ink;

/// The search, while it is open.
#[derive(Debug, Default)]
pub struct Find {
    text: String,
    at: usize,
    hits: Vec<Subject>,
    /// Text and revision that the hits are of.
    of: Option<(String, u64)>,
    shown: bool,
}

/// Everything that holds the text, whatever its case; nothing for an empty text.
pub fn find(document: &Document, text: &str) -> Vec<Subject> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let holds = |texts: &[&str]| texts.iter().any(|t| t.to_lowercase().contains(&wanted));
    let parties = document.parties().filter(|(_, p)| holds(&[&p.name, &p.department, &p.owner, &p.promise, &p.notes]));
    let mut hits: Vec<Subject> = parties.map(|(id, _)| Subject::Party(id)).collect();
    let of_requirements = |h: &crate::model::Handoff| h.requirements.iter().any(|r| holds(&[&r.text, &r.measure]));
    let handoffs = document.handoffs().filter(|(_, h)| holds(&[&h.item, &h.notes]) || of_requirements(h));
    hits.extend(handoffs.map(|(id, _)| Subject::Handoff(id)));
    hits
}

impl Find {
    /// Shows the search; gives whether it stays open, and what to outline.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) -> (bool, BTreeSet<Subject>) {
        let mut keep = true;
        let key = (self.text.clone(), cx.editor.revision());
        if self.of.as_ref() != Some(&key) {
            let fresh = self.of.as_ref().is_none_or(|(text, _)| *text != self.text);
            self.hits = find(cx.document(), &self.text);
            self.of = Some(key);
            self.at = self.at.min(self.hits.len().saturating_sub(1));
            if fresh {
                self.at = 0;
                self.go(out);
            }
        }
        let corner = ui.max_rect().right_top() + egui::vec2(-12.0, 12.0);
        Area::new(ui.id().with("find")).fixed_pos(corner).pivot(Align2::RIGHT_TOP).show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).show(ui, |ui| {
                ui.horizontal(|ui| keep = self.bar(ui, cx, out));
            });
        });
        let flagged = if keep { self.hits.iter().copied().collect() } else { BTreeSet::new() };
        (keep, flagged)
    }

    fn bar(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) -> bool {
        let (back, on, close) = ui.input_mut(|i| {
            let back = i.consume_key(Modifiers::SHIFT, Key::Enter);
            (back, i.consume_key(Modifiers::NONE, Key::Enter), i.consume_key(Modifiers::NONE, Key::Escape))
        });
        let field = TextEdit::singleline(&mut self.text).hint_text("Find names, items, notes").desired_width(220.0);
        let response = ui.add(field.id_salt("find-text"));
        if !std::mem::replace(&mut self.shown, true) {
            response.request_focus();
        }
        let count = self.hits.len();
        let words = match count {
            0 if self.text.trim().is_empty() => String::new(),
            0 => "nothing found".into(),
            _ => format!("{} of {count}", self.at + 1),
        };
        ui.label(RichText::new(words).small().color(color(cx.theme, Ink::Faint)));
        let step = |by: usize, at: &mut usize| *at = (*at + by) % count.max(1);
        if ui.button("‹").on_hover_text("The one before (Shift+Enter)").clicked() || back {
            step(count.max(1) - 1, &mut self.at);
            self.go(out);
        }
        if ui.button("›").on_hover_text("The next (Enter)").clicked() || on {
            step(1, &mut self.at);
            self.go(out);
        }
        !(ui.button("×").on_hover_text("Close (Esc)").clicked() || close)
    }

    fn go(&self, out: &mut Vec<Action>) {
        if let Some(subject) = self.hits.get(self.at) {
            out.push(Action::Select(Selection::one(*subject)));
            out.push(Action::Reveal([*subject].into()));
        }
    }
}
