//! The command palette: every command, found by some of its letters.

use egui::{Key, Modifiers, RichText, ScrollArea, TextEdit};

use super::{Answer, Dialog};
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::commands::{self, Command};
use crate::app::cx::Cx;
use crate::scene::Ink;

/// The palette, while it is open.
#[derive(Debug, Default)]
pub struct Palette {
    text: String,
    at: usize,
    shown: bool,
}

/// How well a title fits what was typed: lower is better, `None` is not at all. Letters may be left out, words not mixed.
pub fn fit(title: &str, typed: &str) -> Option<usize> {
    let (title, typed) = (title.to_lowercase(), typed.trim().to_lowercase());
    if let Some(at) = title.find(&typed) {
        return Some(at);
    }
    let mut rest = title.char_indices();
    let (mut last, mut gaps) = (0, 0);
    for wanted in typed.chars().filter(|c| !c.is_whitespace()) {
        let (at, _) = rest.find(|(_, c)| *c == wanted)?;
        gaps += at - last;
        last = at + 1;
    }
    Some(100 + gaps)
}

impl Palette {
    /// Shows the palette.
    pub(super) fn ui(mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) -> Answer {
        ui.set_width(460.0);
        let mut found: Vec<(usize, &'static Command)> = commands::all()
            .filter(|c| (c.enabled)(cx))
            .filter_map(|c| Some((fit(&c.shown(cx), &self.text)?, c)))
            .collect();
        found.sort_by_key(|(fit, _)| *fit);
        let (down, up, enter, escape) = ui.input_mut(|i| {
            let mut key = |key| i.consume_key(Modifiers::NONE, key);
            (key(Key::ArrowDown), key(Key::ArrowUp), key(Key::Enter), key(Key::Escape))
        });
        let before = self.text.clone();
        let field =
            TextEdit::singleline(&mut self.text).hint_text("What do you want to do?").desired_width(f32::INFINITY);
        let response = ui.add(field.id_salt("palette-text"));
        if !std::mem::replace(&mut self.shown, true) {
            response.request_focus();
        }
        self.at = if self.text == before { self.at } else { 0 };
        self.at = (self.at + usize::from(down)).saturating_sub(usize::from(up)).min(found.len().saturating_sub(1));
        let mut run = enter.then(|| found.get(self.at).map(|(_, c)| c.id)).flatten();
        ScrollArea::vertical().max_height(360.0).auto_shrink([false, true]).show(ui, |ui| {
            for (index, (_, command)) in found.iter().enumerate() {
                let keys = RichText::new(command.keys_shown(ui.ctx())).small().color(color(cx.theme, Ink::Faint));
                let menu = RichText::new(command.menu.title()).small().color(color(cx.theme, Ink::Faint));
                let text = egui::Atoms::new((menu, command.shown(cx), egui::Atom::grow(), keys));
                let button =
                    egui::Button::selectable(index == self.at, text).min_size(egui::vec2(ui.available_width(), 0.0));
                let response = ui.add(button);
                if index == self.at && (down || up) {
                    response.scroll_to_me(None);
                }
                if response.clicked() {
                    run = Some(command.id);
                }
            }
            if found.is_empty() {
                ui.label("No command is called that.");
            }
        });
        match run {
            Some(id) => {
                out.push(Action::Command(id));
                Answer::Closed
            }
            None if escape => Answer::Closed,
            None => Answer::Open(Dialog::Palette(self)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn letters_find_commands_and_whole_words_come_first() {
        assert_eq!(fit("Zoom in", "zoom"), Some(0), "at the start");
        assert!(fit("Select all", "all") < fit("Align left edges", "all"), "a word before scattered letters");
        assert!(fit("Align left edges", "ale").is_some(), "letters left out");
        assert_eq!(fit("Undo", "xyz"), None, "not at all");
    }
}
