//! Tables: the map to and from CSV files and workbooks.

use std::path::{Path, PathBuf};

use super::App;
use super::tasks::{Cancel, Done, Purpose};
use crate::files::{save, tables};
use crate::model::Document;

impl App {
    pub(super) fn export_tables(&mut self, _: &egui::Context) {
        self.pick(Purpose::ExportTables);
    }

    pub(super) fn import_tables(&mut self, _: &egui::Context) {
        self.pick(Purpose::ImportTables);
    }

    pub(super) fn export_tables_to(&mut self, path: PathBuf) {
        let document = self.editor.document().clone();
        self.spawn("export tables", move |cancel| Done::Written(write_tables(&document, &path, cancel)));
    }

    /// Reads tables into the open map, on a thread.
    pub(super) fn import_from(&mut self, paths: Vec<PathBuf>) {
        let document =
            if self.screen == super::Screen::Map { self.editor.document().clone() } else { Document::default() };
        let mut ids = self.ids.borrow().clone();
        // The thread takes ids of its own from here; ours go on after them.
        self.ids.borrow_mut().skip(1_000_000);
        self.spawn("import tables", move |_| {
            let read = tables::read_files(&paths).map_err(|error| error.to_string());
            let imported =
                read.and_then(|t| tables::import(&t, &document, &mut ids).map_err(|error| error.to_string()));
            let imported = imported.map(|imported| {
                let mut words = imported.summary();
                for warning in imported.warnings.iter().take(3) {
                    words += &format!(" {warning}");
                }
                (Box::new(crate::layout::tidy::place_new(imported.document, &imported.unplaced)), words)
            });
            Done::Imported(Box::new(document), imported)
        });
    }

    pub(super) fn imported(&mut self, before: &Document, result: Result<(Box<Document>, String), String>) {
        match result {
            Ok((document, words)) => {
                if self.screen != super::Screen::Map {
                    self.show(Document::default(), None, None);
                }
                // What was edited while they were read stays, where the tables do not say otherwise.
                let edits = before.edits_to(&document);
                match self.editor.edit("import tables", None, edits) {
                    Ok(()) => self.say(words),
                    Err(error) => self.say_error(format!("Not imported: {error}.")),
                }
                self.canvas.fit_all();
            }
            Err(message) => {
                self.say_error("Not imported.");
                let title = "These tables cannot be imported".into();
                self.dialog = Some(super::dialogs::Dialog::Message { title, text: message });
            }
        }
    }
}

/// Writes `NAME.xlsx`, or `NAME-parties.csv`, `NAME-handoffs.csv` and so on.
fn write_tables(document: &Document, path: &Path, cancel: &Cancel) -> Result<String, String> {
    let failed = |error: String| format!("Not exported: {error}");
    let files = tables::to_files(document, path).map_err(failed)?;
    cancel.commit()?;
    let all: Vec<(&Path, &[u8])> = files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())).collect();
    save::save_all(&all).map_err(|error| failed(error.to_string()))?;
    let names: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
    Ok(format!("Exported {}.", names.join(", ")))
}
