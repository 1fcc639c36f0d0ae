//! The window's own file dialog, for systems that offer none: a path to type, and what lies in its folder.

use std::path::{Path, PathBuf};

use egui::{RichText, ScrollArea, TextEdit};

use super::{Answer, Dialog, buttons, then, title};
use crate::app::canvas::paint::color;
use crate::app::panels::inspector::fields::named_field;
use crate::app::tasks::Purpose;
use crate::files::folder;
use crate::scene::{Ink, Theme};

/// The dialog, while it is open.
#[derive(Debug)]
pub struct Picker {
    purpose: Purpose,
    path: String,
    /// The folder that was listed, and what is in it: folders end with a slash.
    listed: Option<(PathBuf, Vec<String>)>,
    /// A file that is there and would be replaced: asked about.
    replace: Option<PathBuf>,
    shown: bool,
}

impl Picker {
    /// Starts in a folder; to write something, with a suggested name.
    pub fn new(purpose: Purpose, suggested: &str, folder: &Path) -> Self {
        let name = match purpose {
            Purpose::Open | Purpose::Compare | Purpose::ImportTables => String::new(),
            Purpose::Save | Purpose::Paper(_) => suggested.to_owned(),
            Purpose::Export(ending) => Path::new(suggested).with_extension(ending).to_string_lossy().into_owned(),
            Purpose::ExportTables => Path::new(suggested).with_extension("xlsx").to_string_lossy().into_owned(),
        };
        let path = folder.join(name).to_string_lossy().into_owned();
        Self { purpose, path, listed: None, replace: None, shown: false }
    }

    fn endings(&self) -> Vec<&'static str> {
        match self.purpose {
            Purpose::Open | Purpose::Compare => [vec!["ron"], crate::export::extensions()].concat(),
            Purpose::Save => vec!["ron"],
            Purpose::Export(ending) | Purpose::Paper(ending) => vec![ending],
            Purpose::ExportTables | Purpose::ImportTables => vec!["xlsx", "csv"],
        }
    }

    fn writes(&self) -> bool {
        !matches!(self.purpose, Purpose::Open | Purpose::Compare | Purpose::ImportTables)
    }

    /// The folder of what is typed.
    fn folder(&self) -> PathBuf {
        let path = Path::new(&self.path);
        if self.path.ends_with('/') || path.is_dir() {
            path.to_owned()
        } else {
            path.parent().unwrap_or(path).to_owned()
        }
    }

    fn list(&mut self) {
        let folder = self.folder();
        if self.listed.as_ref().is_some_and(|(of, _)| *of == folder) {
            return;
        }
        let names = folder::list(&folder, &self.endings());
        self.listed = Some((folder, names));
    }

    /// Shows the dialog.
    pub(super) fn ui(mut self, ui: &mut egui::Ui, theme: Theme) -> Answer {
        ui.set_width(520.0);
        let (head, go) = match self.purpose {
            Purpose::Open => ("Open a map", "Open"),
            Purpose::Compare => ("Hold against a map", "Compare"),
            Purpose::Save => ("Save the map", "Save"),
            Purpose::Export(_) => ("Export the picture", "Export"),
            Purpose::ExportTables => ("Export tables", "Export"),
            Purpose::Paper(_) => ("Save the page", "Save"),
            Purpose::ImportTables => ("Import tables", "Import"),
        };
        title(ui, head);
        let response = ui.add(TextEdit::singleline(&mut self.path).id_salt("path").desired_width(f32::INFINITY));
        response.widget_info(|| named_field("File", &self.path));
        if !std::mem::replace(&mut self.shown, true) {
            response.request_focus();
            select_name(ui, response.id, &self.path);
        }
        if response.changed() {
            self.replace = None;
        }
        self.list();
        self.entries(ui);
        if self.purpose == Purpose::ImportTables {
            let words = "For several CSV files, write their names with semicolons between them.";
            ui.label(RichText::new(words).small().color(color(theme, Ink::Faint)));
        }
        if let Some(path) = &self.replace {
            ui.label(RichText::new(format!("{} is there already.", path.display())).color(color(theme, Ink::Warn)));
        }
        let go = if self.replace.is_some() { "Replace it" } else { go };
        match buttons(ui, &[go, "Cancel"]) {
            Some(0) => self.agreed(),
            Some(_) => then(|app, _| app.file.then = None),
            None => Answer::Open(Dialog::Picker(self)),
        }
    }

    fn entries(&mut self, ui: &mut egui::Ui) {
        let Some((folder, names)) = &self.listed else { return };
        let mut chosen = None;
        ScrollArea::vertical().max_height(240.0).auto_shrink([false, false]).show(ui, |ui| {
            if folder.parent().is_some() && ui.selectable_label(false, "../").clicked() {
                chosen = folder.parent().map(|p| format!("{}/", p.display()));
            }
            for name in names {
                if ui.selectable_label(false, name).clicked() {
                    chosen = Some(folder.join(name).to_string_lossy().into_owned());
                }
            }
        });
        if let Some(chosen) = chosen {
            self.path = chosen.replace("//", "/");
            self.replace = None;
        }
    }

    fn agreed(mut self) -> Answer {
        let mut paths: Vec<PathBuf> =
            self.path.split(';').map(|p| PathBuf::from(p.trim())).filter(|p| !p.as_os_str().is_empty()).collect();
        let ending = self.endings().first().copied().unwrap_or_default();
        if self.writes() {
            paths.truncate(1);
            for path in paths.iter_mut().filter(|p| p.extension().is_none()) {
                path.set_extension(ending);
            }
        }
        let Some(first) = paths.first().cloned() else { return Answer::Open(Dialog::Picker(self)) };
        if first.is_dir() {
            self.path = format!("{}/", first.display()).replace("//", "/");
            return Answer::Open(Dialog::Picker(self));
        }
        if self.writes() && first.exists() && self.replace.as_ref() != Some(&first) {
            self.replace = Some(first);
            return Answer::Open(Dialog::Picker(self));
        }
        let purpose = self.purpose;
        then(move |app, _| app.picked(purpose, paths))
    }
}

/// Selects the file's name without its ending, for typing another.
fn select_name(ui: &egui::Ui, id: egui::Id, path: &str) {
    let end = path.chars().count();
    let name = path.rfind('/').map_or(0, |at| path[..=at].chars().count());
    let stem = path.rfind('.').map_or(end, |at| path[..at].chars().count()).max(name);
    let cursor = |at: usize| egui::text::CCursor::new(at);
    let mut state = egui::text_edit::TextEditState::load(ui.ctx(), id).unwrap_or_default();
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(cursor(name), cursor(stem))));
    state.store(ui.ctx(), id);
}
