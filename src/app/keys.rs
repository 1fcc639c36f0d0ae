//! Who hears a key: a text field, a menu, the map, or a command.

use super::action::Action;
use super::{App, Screen, commands, look};

impl App {
    /// Shortcuts, and the clipboard's keys, which arrive as events of their own.
    pub(super) fn keys(&mut self, ctx: &egui::Context, out: &mut Vec<Action>) {
        let on_map = self.screen == Screen::Map;
        // The toolkit takes the keyboard from a text field on Esc before anybody is asked.
        let was_text = std::mem::replace(&mut self.session.in_text, ctx.text_edit_focused());
        // An open menu has the keyboard too: Esc closes it, and nothing else.
        let in_menu = egui::Popup::is_any_open(ctx);
        let in_text = in_menu || was_text || ctx.text_edit_focused() || (on_map && self.canvas.is_editing());
        if on_map && !in_text && !self.canvas.is_table() {
            self.clipboard_events(ctx);
        }
        if was_text && !in_menu && !self.canvas.is_editing() && ctx.input(|i| i.key_pressed(egui::Key::Escape)) {
            out.push(Action::FocusCanvas);
        }
        if on_map && !in_text && (self.present_keys(ctx) || self.table_keys(ctx, out)) {
            return;
        }
        let hears = match (in_text, on_map && self.canvas.would_name(ctx, &self.editor)) {
            (true, _) => commands::Hears::Text,
            (false, true) => commands::Hears::CommandsAndLetters,
            (false, false) => commands::Hears::Commands,
        };
        let theme = look::theme(ctx);
        let cx = self.cx(theme);
        if let Some(command) = commands::pressed(ctx, &cx, hears)
            && (on_map || matches!(command.menu, commands::Menu::File | commands::Menu::Help))
        {
            out.push(Action::Command(command.id));
        }
    }
}
