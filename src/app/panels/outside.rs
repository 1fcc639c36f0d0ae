//! The row that says that another program changed the file.

use egui::{Align, Button, Frame, Label, Layout, Margin, Panel, RichText};

use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::cx::Cx;
use crate::app::documents::OpenFile;
use crate::app::outside::Wish;
use crate::files::watch::Seen;
use crate::scene::{Ink, Weight};

/// Shows the row, when there is something to say.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, file: &OpenFile, out: &mut Vec<Action>) {
    let (Some(news), Some(path)) = (file.news(), &file.path) else { return };
    let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
    let is_modified = cx.editor.is_modified();
    let (head, text) = match (news, is_modified) {
        (Seen::Gone, _) => {
            ("Its file is gone", format!("{name} was moved, renamed or deleted; your map is still here."))
        }
        (_, true) => {
            ("Another program changed the file", format!("{name} is not what it was, and you have changes too."))
        }
        (_, false) => ("Another program changed the file", format!("{name} is not what it was.")),
    };
    let frame = Frame::side_top_panel(ui.style()).inner_margin(Margin::symmetric(8, 4));
    let fill = color(cx.theme, Ink::AccentSoft);
    Panel::top("outside").frame(frame.fill(fill)).resizable(false).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.label(RichText::new(head).font(egui::FontId::new(13.0, family(Weight::SemiBold))));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let mut wish = |ui: &mut egui::Ui, title: &str, hint: &str, action: Action| {
                    if ui.add(Button::new(title)).on_hover_text(hint).clicked() {
                        out.push(action);
                        out.push(Action::FocusCanvas);
                    }
                };
                wish(ui, "Later", "A save asks before it replaces anything", Action::Outside(Wish::Later));
                if news == Seen::Gone {
                    wish(ui, "Save again", "Makes the file again", Action::Command("save"));
                    wish(ui, "Save as…", "Saves under another name", Action::Command("save-as"));
                } else {
                    let mine = "Yours stays; the next save replaces theirs, which then goes to the backups";
                    wish(ui, "Keep yours", mine, Action::Outside(Wish::Mine));
                    let theirs = "Shows their version; one undo brings yours back";
                    wish(ui, "Take theirs", theirs, Action::Outside(Wish::Theirs));
                    if is_modified {
                        let both = "Record by record; where both changed the same thing you decide";
                        wish(ui, "Merge both…", both, Action::Outside(Wish::Both));
                    }
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    ui.add(Label::new(RichText::new(text).color(color(cx.theme, Ink::Text))).truncate());
                });
            });
        });
    });
}
