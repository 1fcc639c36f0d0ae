//! Two versions of the map: what another program changed, what both changed, and which of the two is wanted.

use std::collections::BTreeSet;
use std::path::PathBuf;

use egui::{RichText, ScrollArea};

use super::{Answer, App, Dialog, buttons, then, title};
use crate::app::canvas::paint::{color, family};
use crate::app::outside::Wish;
use crate::files::target::Base;
use crate::model::{Conflict, Document, EditError, Merged, Merger};
use crate::scene::{Ink, Theme, Weight};

/// Most lines of what is new that are listed.
const MOST_LINES: usize = 100;
/// Most conflicts that are listed; of more, all are decided alike.
const MOST_CONFLICTS: usize = 500;

/// The versions, and what was decided.
#[derive(Debug)]
pub struct MergeDialog {
    merger: Merger,
    base: Base,
    news: Vec<String>,
    theirs: BTreeSet<usize>,
}

impl MergeDialog {
    /// Nothing is decided: yours stays.
    pub fn new(merger: Merger, base: Base) -> Self {
        Self { news: merger.news(), merger, base, theirs: BTreeSet::new() }
    }

    /// The map as it was decided.
    pub fn merged(&self) -> Result<Merged, EditError> {
        self.merger.merged(&self.theirs)
    }

    /// Your version, as it was compared.
    pub fn mine(&self) -> &Document {
        self.merger.mine()
    }

    /// Their version.
    pub fn theirs(&self) -> &Document {
        self.merger.theirs()
    }

    /// Their file.
    pub fn base(&self) -> Base {
        self.base
    }

    pub(super) fn ui(mut self: Box<Self>, ui: &mut egui::Ui, theme: Theme) -> Answer {
        title(ui, "Merge both versions");
        let faint = color(theme, Ink::Faint);
        let heading = |ui: &mut egui::Ui, text: String| {
            ui.add_space(6.0);
            ui.label(RichText::new(text).font(egui::FontId::new(13.5, family(Weight::SemiBold))));
        };
        let height = ui.ctx().content_rect().height();
        ScrollArea::vertical().max_height((height - 260.0).max(120.0)).auto_shrink([false, true]).show(ui, |ui| {
            heading(ui, format!("What they changed ({})", self.news.len()));
            if self.news.is_empty() {
                ui.label(RichText::new("Nothing that you have not changed too.").color(faint));
            }
            for line in self.news.iter().take(MOST_LINES) {
                ui.add(egui::Label::new(format!("•  {line}")).wrap());
            }
            if self.news.len() > MOST_LINES {
                ui.label(RichText::new(format!("and {} more", self.news.len() - MOST_LINES)).color(faint));
            }
            let all = self.merger.conflicts().len();
            heading(ui, format!("What both changed ({all})"));
            if all == 0 {
                ui.label(RichText::new("Nothing: both versions fit together.").color(faint));
            } else {
                ui.label(RichText::new("Yours stands before the arrow, theirs after it.").color(faint));
            }
            for (at, conflict) in self.merger.conflicts().iter().enumerate().take(MOST_CONFLICTS) {
                decide(ui, theme, (at, conflict), &mut self.theirs);
            }
            if all > MOST_CONFLICTS {
                let rest = all - MOST_CONFLICTS;
                ui.label(RichText::new(format!("and {rest} more: choose all of yours or all of theirs")).color(faint));
            }
        });
        if !self.merger.conflicts().is_empty() {
            ui.add_space(8.0);
            ui.horizontal(|ui| {
                if ui.button("All yours").clicked() {
                    self.theirs.clear();
                }
                if ui.button("All theirs").clicked() {
                    self.theirs = (0..self.merger.conflicts().len()).collect();
                }
            });
        }
        match buttons(ui, &["Merge", "Cancel"]) {
            Some(0) => then(move |app, _| app.merge(&self)),
            Some(_) => Answer::Closed,
            None => Answer::Open(Dialog::Merge(self)),
        }
    }
}

/// One conflict, and which side is wanted.
fn decide(ui: &mut egui::Ui, theme: Theme, (at, conflict): (usize, &Conflict), theirs: &mut BTreeSet<usize>) {
    let frame = egui::Frame::new().stroke((1.0, color(theme, Ink::CardEdge))).corner_radius(6).inner_margin(8);
    ui.add_space(2.0);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let mut side = |ui: &mut egui::Ui, title: &str, is_theirs: bool| {
                    let is_chosen = theirs.contains(&at) == is_theirs;
                    let response = ui.selectable_label(is_chosen, title);
                    let words = format!("{title}: {}", conflict.what);
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, is_chosen, &words)
                    });
                    if response.clicked() {
                        if is_theirs {
                            theirs.insert(at);
                        } else {
                            theirs.remove(&at);
                        }
                    }
                };
                side(ui, "Theirs", true);
                side(ui, "Yours", false);
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let what = RichText::new(&conflict.what).font(egui::FontId::new(13.0, family(Weight::SemiBold)));
                    ui.add(egui::Label::new(what).truncate());
                });
            });
        });
        for line in &conflict.lines {
            ui.add(egui::Label::new(line).wrap());
        }
    });
}

pub(super) fn changed_on_disk(ui: &mut egui::Ui, path: PathBuf, is_ours: bool) -> Answer {
    if is_ours {
        title(ui, "Another program changed the file");
        ui.label(format!("{} is not what it was when you opened or saved it.", path.display()));
        ui.label(
            "Merge both, or save yours under another name to keep both. If you replace it, theirs goes to the backups.",
        );
        return match buttons(ui, &["Merge both…", "Save as…", "Replace it", "Cancel"]) {
            Some(0) => then(|app, _| app.meet(Wish::Both)),
            Some(1) => then(App::save_as),
            Some(2) => then(move |app, _| app.save_to(path, true)),
            Some(_) => Answer::Closed,
            None => Answer::Open(Dialog::ChangedOnDisk(path, is_ours)),
        };
    }
    title(ui, "There is a file of this name");
    ui.label(format!("{} is another file. If you replace it, it goes to the backups.", path.display()));
    match buttons(ui, &["Save as…", "Replace it", "Cancel"]) {
        Some(0) => then(App::save_as),
        Some(1) => then(move |app, _| app.save_to(path, true)),
        Some(_) => Answer::Closed,
        None => Answer::Open(Dialog::ChangedOnDisk(path, is_ours)),
    }
}
