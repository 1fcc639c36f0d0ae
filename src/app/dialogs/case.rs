//! The true cost case of a sprint or scenario: what it looks like on paper, and its files.

use egui::{RichText, Ui};

use super::brief::{PREVIEW, sheets};
use super::{Answer, Dialog, then, title};
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::scene::Ink;
use crate::scene::text::Fonts;
use crate::writing::{self, Page, Sheet};

/// A case that is looked at.
#[derive(Debug)]
pub struct CaseDialog {
    page: Page,
    made: Vec<Sheet>,
}

/// The files it can be.
const FORMS: [(&str, &str); 3] = [("PDF", "pdf"), ("Web page", "html"), ("Markdown", "md")];

impl CaseDialog {
    /// The case on this page.
    pub fn new(page: Page, fonts: &Fonts) -> Self {
        let made = writing::pdf(&page, fonts);
        Self { page, made }
    }

    /// Shows it; what was pressed is the answer.
    pub(super) fn ui(self, ui: &mut Ui, cx: &Cx<'_>) -> Answer {
        ui.set_width(PREVIEW.x + 60.0);
        title(ui, "True cost case");
        sheets(ui, cx.theme, &self.made, "case");
        let mut answer = None;
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Save as").color(color(cx.theme, Ink::Faint)));
            for (name, ending) in FORMS {
                if ui.button(format!("{name}…")).clicked() {
                    let page = self.page.clone();
                    answer = Some(then(move |app, _| app.save_page(page, ending)));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
                    answer = Some(Answer::Closed);
                }
            });
        });
        answer.unwrap_or_else(|| Answer::Open(Dialog::Case(Box::new(self))))
    }
}
