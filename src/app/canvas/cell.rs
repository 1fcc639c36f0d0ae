//! Typing into a cell of a table, in a field over it.

use egui::{Align2, Area, Color32, Key, Modifiers, Order, Stroke, TextEdit};

use super::Canvas;
use super::paint::color;
use super::table::{Go, Typing};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::panels::inspector::fields::named_field;
use crate::model::LONGEST_TEXT;
use crate::scene::Ink;

impl Canvas {
    /// The field over the cell that is typed into.
    pub fn cell_editor(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
        let Some((mut typing, at)) = self.cursor.typing.take().zip(self.cursor.at) else { return };
        let Some(rect) = self.cell(at).map(|cell| cell.rect) else { return };
        let go = if typing.ready { leave_key(ui) } else { None };
        let screen = self.camera.rect_to_screen(self.rect(), &rect);
        let label = self.cells_grid().map_or("", |grid| grid.title(at.1));
        self.cell_field(ui, cx, screen, label, &mut typing);
        typing.text.retain(|c| !matches!(c, '\n' | '\r' | '\t' | '\0'));
        match go {
            None => self.cursor.typing = Some(typing),
            Some(Leave::Drop) => out.push(Action::FocusCanvas),
            Some(Leave::Keep(go)) => {
                out.push(Action::FocusCanvas);
                self.set_cell(cx, at, &typing.text, Some(go), out);
            }
        }
    }

    fn cell_field(&self, ui: &mut egui::Ui, cx: &Cx<'_>, screen: egui::Rect, label: &str, typing: &mut Typing) {
        let ink = |ink| color(cx.theme, ink);
        let id = ui.id().with("cell");
        let size = (13.0 * self.camera.zoom).clamp(12.0, 40.0);
        let area = Area::new(id).order(Order::Foreground).fixed_pos(screen.left_center()).pivot(Align2::LEFT_CENTER);
        area.show(ui.ctx(), |ui| {
            let frame = egui::Frame::new()
                .fill(ink(Ink::Card))
                .stroke(Stroke::new(2.0, ink(Ink::Accent)))
                .corner_radius(4)
                .inner_margin(egui::Margin::symmetric(8, 5));
            frame.show(ui, |ui| {
                let edit = TextEdit::multiline(&mut typing.text)
                    .id(id.with("text"))
                    .font(egui::FontId::proportional(size))
                    .text_color(ink(Ink::Text))
                    .background_color(Color32::TRANSPARENT)
                    .frame(egui::Frame::NONE)
                    .margin(egui::Margin::ZERO)
                    .desired_rows(1)
                    .desired_width((screen.width() - 20.0).max(140.0))
                    .char_limit(LONGEST_TEXT)
                    .hint_text(label)
                    .lock_focus(true);
                let mut output = edit.show(ui);
                output.response.response.widget_info(|| named_field(label, &typing.text));
                if !typing.ready {
                    typing.ready = true;
                    ui.ctx().request_repaint();
                    output.response.response.request_focus();
                    if std::mem::take(&mut typing.fresh) {
                        let end = egui::text::CCursor::new(typing.text.chars().count());
                        let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), end);
                        output.state.cursor.set_char_range(Some(all));
                        output.state.store(ui.ctx(), output.response.response.id);
                    }
                }
            });
        });
    }
}

/// How typing into a cell is ended.
enum Leave {
    /// What was typed is dropped.
    Drop,
    /// It is kept, and the keyboard goes on.
    Keep(Go),
}

/// The key that ends typing.
fn leave_key(ui: &egui::Ui) -> Option<Leave> {
    ui.input_mut(|i| {
        if i.consume_key(Modifiers::NONE, Key::Escape) {
            Some(Leave::Drop)
        } else if i.consume_key(Modifiers::SHIFT, Key::Tab) {
            Some(Leave::Keep(Go::Left))
        } else if i.consume_key(Modifiers::NONE, Key::Tab) {
            Some(Leave::Keep(Go::Right))
        } else if i.consume_key(Modifiers::SHIFT, Key::Enter) {
            Some(Leave::Keep(Go::Up))
        } else if i.consume_key(Modifiers::NONE, Key::Enter) {
            Some(Leave::Keep(Go::Down))
        } else {
            None
        }
    })
}
