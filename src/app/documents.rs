//! Opening, saving and leaving maps; the journal behind them.

use std::path::{Path, PathBuf};
use std::time::Duration;

use super::canvas::Canvas;
use super::dialogs::picker::Picker;
use super::dialogs::{Dialog, Then};
use super::outside::Outside;
use super::tasks::{Done, Purpose};
use super::{App, Screen};
use crate::editor::Editor;
use crate::files::journal::{Journal, Status};
use crate::files::lock::DocumentLock;
use crate::files::names::file_name_of;
use crate::files::open::{self, OpenedMap};
use crate::files::recovery::{self, OnDisk, Recoverable};
use crate::files::samples;
use crate::files::save::{self, SaveError, Saved};
use crate::files::target::Base;
use crate::model::Document;

/// The file behind the map.
#[derive(Debug, Default)]
pub struct OpenFile {
    /// Where it is saved; `None` while it has no file.
    pub path: Option<PathBuf>,
    /// What is on the disk, as far as we know.
    pub base: Option<Base>,
    /// What to do when the save under way is done.
    pub then: Option<Then>,
    /// A save is under way.
    pub saving: bool,
    /// What another program may have made of it.
    pub outside: Outside,
    journal: Option<Journal>,
    lock: Option<DocumentLock>,
}

impl OpenFile {
    /// The map is in its file as far as its base says: notes that for the journal too.
    pub fn rebase(&mut self, base: Base, saved: &Document, now: &Document) {
        self.base = Some(base);
        if let (Some(journal), Some(path)) = (&self.journal, &self.path) {
            journal.saved(path, base, saved);
            journal.record(now);
        }
    }

    /// What the status line says of the journal when there is something to worry about.
    pub fn worry(&self) -> Option<String> {
        match self.journal.as_ref()?.status() {
            Status::Safe => None,
            Status::Late(_) => Some("Not yet safe on disk…".into()),
            Status::Failing(problem) => Some(format!("Edits are not kept safe: {problem}. Save elsewhere.")),
        }
    }
}

/// Seconds since 1970.
pub(super) fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// Autosave waits for this long a rest.
const REST: Duration = Duration::from_secs(2);

impl App {
    /// Leaves the map for something else, after asking when it was not saved.
    pub(super) fn leave_map(&mut self, then: Then) {
        self.editor.end_gesture();
        if self.screen == Screen::Map && self.editor.is_modified() && then.loses_work() {
            self.dialog = Some(Dialog::Unsaved(then));
        } else {
            self.go_on(then);
        }
    }

    /// Does what was asked, without asking again.
    pub(super) fn go_on(&mut self, then: Then) {
        match then {
            Then::New => self.show(Document::default(), None, None),
            Then::PickFile => self.pick(Purpose::Open),
            Then::Open(path) => self.open(path),
            Then::Sample(id) => {
                if let Some(sample) = samples::ALL.iter().find(|s| s.id == id) {
                    self.show(sample.open(), None, None);
                    self.say(format!("{}: change it as you like, it is a copy.", sample.title));
                }
            }
            Then::Welcome => {
                self.finish_journal();
                self.screen = Screen::Welcome;
            }
            Then::Quit => {
                self.finish_journal();
                self.closing = true;
            }
        }
    }

    /// Shows a map: the editor, the canvas and the journal start anew.
    pub(super) fn show(&mut self, document: Document, path: Option<PathBuf>, base: Option<Base>) {
        self.finish_journal();
        self.editor = Editor::new(document);
        self.start(path, base, None);
    }

    fn start(&mut self, path: Option<PathBuf>, base: Option<Base>, journal: Option<Journal>) {
        self.tasks.leave_map();
        self.canvas = Canvas::new();
        self.view = crate::model::ViewChoice::default();
        self.emphasis.clear();
        self.figures.forget();
        self.what_if = super::what_if::WhatIf::default();
        self.futures.forget();
        self.other = None;
        self.session.insight = super::panels::insights::State::default();
        self.presenting = None;
        self.session.open_step = None;
        self.journalled = self.editor.revision();
        self.screen = Screen::Map;
        self.session.find = None;
        self.status = super::Status::default();
        self.file = OpenFile { path, base, ..OpenFile::default() };
        self.take_lock();
        self.watch();
        self.file.journal = journal;
        if self.file.journal.is_none() {
            self.start_journal();
        }
        self.load_missing_faces();
    }

    fn take_lock(&mut self) {
        self.file.lock = None;
        if let (Some(dirs), Some(path)) = (&self.dirs, &self.file.path) {
            match DocumentLock::take(dirs, path) {
                Ok(lock) => self.file.lock = Some(lock),
                Err(error) => self.say_error(format!("{error}.")),
            }
        }
    }

    fn start_journal(&mut self) {
        let Some(dirs) = &self.dirs else { return };
        let (path, base) = (self.file.path.clone(), self.file.base);
        self.file.journal = Some(Journal::start(dirs, path, base, self.editor.current(), now()));
    }

    /// Sends the document to the journal.
    pub(super) fn journal(&mut self) {
        if let Some(journal) = &self.file.journal {
            journal.record(self.editor.current());
        }
    }

    /// The map is left on purpose: its journal is not needed any more.
    fn finish_journal(&mut self) {
        if let Some(journal) = self.file.journal.take() {
            journal.finish();
        }
        self.file.lock = None;
    }

    /// Reads a map on a thread and shows it.
    pub fn open(&mut self, path: PathBuf) {
        self.say(format!("Opening {}…", path.display()));
        self.spawn("open", move |_| {
            let result = open::open(&path).map(Box::new);
            Done::Opened(path, result)
        });
    }

    pub(super) fn opened(&mut self, path: &Path, result: Result<Box<OpenedMap>, String>) {
        match result {
            Ok(loaded) => {
                let OpenedMap { document, base } = *loaded;
                let known = base.is_some();
                self.show(document, known.then(|| path.to_owned()), base);
                if known {
                    self.change_settings(|s| s.opened(path));
                }
                if !known {
                    self.say(format!("The map inside {}: save it under a name of its own.", path.display()));
                }
            }
            Err(message) => {
                self.change_settings(|s| s.forget(path));
                self.say_error("Not opened.");
                self.dialog = Some(Dialog::Message { title: "This file cannot be opened".into(), text: message });
            }
        }
    }

    pub(super) fn save(&mut self, _: &egui::Context) {
        self.save_then(None);
    }

    pub(super) fn save_as(&mut self, _: &egui::Context) {
        self.editor.end_gesture();
        self.pick(Purpose::Save);
    }

    /// Saves, asking for a name when there is none; then goes on.
    pub(super) fn save_then(&mut self, then: Option<Then>) {
        self.editor.end_gesture();
        self.file.then = then;
        match self.file.path.clone() {
            Some(path) => self.save_to(path, false),
            None => self.pick(Purpose::Save),
        }
    }

    /// Saves on a thread. `overwrite`: the person was asked whether to replace what is there.
    pub(super) fn save_to(&mut self, path: PathBuf, overwrite: bool) {
        if self.screen != Screen::Map || self.file.saving {
            return;
        }
        self.editor.end_gesture();
        self.file.saving = true;
        let base = self.file.base.filter(|_| self.file.path.as_ref() == Some(&path));
        let (document, dirs) = (self.editor.current().clone(), self.dirs.clone());
        let fallback = std::env::temp_dir().join("peel-backups");
        self.spawn("save", move |_| {
            let dirs = dirs.unwrap_or_else(|| crate::files::dirs::Dirs::below(fallback));
            let request = save::Request { path: &path, base, overwrite, dirs: &dirs, now: now() };
            let result = save::save(&document, &request);
            Done::Saved(Box::new(document), result)
        });
    }

    pub(super) fn saved(&mut self, document: Document, result: Result<Saved, SaveError>) {
        self.file.saving = false;
        match result {
            Ok(saved) => {
                let renamed = self.file.path.as_ref() != Some(&saved.path);
                self.editor.mark_saved(document);
                self.file.path = Some(saved.path.clone());
                self.file.rebase(saved.base, self.editor.saved(), self.editor.current());
                if renamed {
                    self.take_lock();
                }
                // What was seen is of before the save, or of right after it: it is looked at anew.
                self.watch();
                self.change_settings(|s| s.opened(&saved.path));
                let mut text = format!("Saved {}.", saved.path.display());
                if let Some(conflict) = &saved.conflict {
                    text += &format!(" Another program had changed it: its version is kept as {}.", conflict.display());
                }
                for note in &saved.notes {
                    text += &format!(" {note}");
                }
                self.say(text);
                if let Some(then) = self.file.then.take() {
                    self.leave_map(then);
                }
            }
            Err(error) => {
                self.file.then = None;
                self.say_error(format!("Not saved: {error}."));
                self.dialog = Some(match error {
                    SaveError::ChangedOnDisk(path) => {
                        let is_ours = self.file.path.as_ref().is_some_and(|ours| *ours == path);
                        Dialog::ChangedOnDisk(path, is_ours)
                    }
                    other => Dialog::NotSaved(format!("{other}.")),
                });
            }
        }
    }

    /// Saves by itself after a rest, when the person wants that and the map has a file.
    pub(super) fn autosave(&mut self, ctx: &egui::Context) {
        let wanted = self.settings.autosave && self.file.path.is_some() && self.dialog.is_none();
        let Some(last) = self.last_edit.filter(|_| wanted && self.screen == Screen::Map && !self.file.saving) else {
            return;
        };
        if last.elapsed() < REST {
            ctx.request_repaint_after(REST.saturating_sub(last.elapsed()) + Duration::from_millis(20));
        } else {
            self.last_edit = None;
            if self.editor.is_modified() {
                self.save_then(None);
            }
        }
    }

    /// Opens a native file dialog, or the window's own where there is none.
    pub(super) fn pick(&mut self, purpose: Purpose) {
        if self.tasks.no_native {
            self.dialog =
                Some(Dialog::Picker(Picker::new(purpose.clone(), &self.suggested_for(&purpose), &self.start_folder())));
            return;
        }
        let mut dialog = rfd::AsyncFileDialog::new().set_directory(self.start_folder());
        dialog = match purpose {
            Purpose::Open | Purpose::Compare => {
                let endings = [vec!["ron"], crate::export::extensions()].concat();
                dialog.add_filter("Maps and pictures with a map", &endings).set_title("Open a map")
            }
            Purpose::Save => {
                dialog.add_filter("Map", &["ron"]).set_file_name(self.suggested()).set_title("Save the map")
            }
            Purpose::Export(_) => {
                let exporter = self.session.export.exporter();
                dialog.add_filter(exporter.title, &[exporter.extension]).set_file_name(self.suggested_picture())
            }
            Purpose::ExportTables => dialog.add_filter("Workbook", &["xlsx"]).add_filter("CSV tables", &["csv"]),
            Purpose::Paper(extension) => {
                let name = self.suggested_paper(extension);
                dialog.add_filter(extension.to_uppercase(), &[extension]).set_file_name(name)
            }
            Purpose::ImportTables => dialog.add_filter("Tables", &["csv", "xlsx"]).set_title("Import tables"),
        };
        self.tasks.pick(purpose, dialog);
        self.dialog = Some(Dialog::WaitingForFile);
    }

    pub(super) fn picked(&mut self, purpose: Purpose, paths: Vec<PathBuf>) {
        if matches!(self.dialog, Some(Dialog::WaitingForFile | Dialog::Picker(_))) {
            self.dialog = None;
        }
        let Some(first) = paths.first().cloned() else {
            if self.tasks.no_native {
                // No portal and no zenity here: ask in the window instead.
                self.pick(purpose);
            } else {
                self.file.then = None;
            }
            return;
        };
        match purpose {
            Purpose::Open => self.open(first),
            Purpose::Compare => self.compare_with(first),
            Purpose::Save => self.save_to(with_extension(first, "ron"), false),
            Purpose::Export(ending) => self.export_to(with_extension(first, ending)),
            Purpose::ExportTables => self.export_tables_to(first),
            Purpose::ImportTables => self.import_from(paths),
            Purpose::Paper(extension) => self.write_paper(with_extension(first, extension)),
        }
    }

    /// A name for a file of this sort.
    fn suggested_for(&self, purpose: &Purpose) -> String {
        match purpose {
            Purpose::Paper(extension) => self.suggested_paper(extension),
            _ => self.suggested(),
        }
    }

    /// A name for the file, from the title.
    fn suggested(&self) -> String {
        match self.file.path.as_ref().and_then(|p| p.file_name()) {
            Some(name) => name.to_string_lossy().into_owned(),
            None => format!("{}.ron", file_name_of(&self.editor.document().info().title)),
        }
    }

    fn suggested_picture(&self) -> String {
        let extension = self.session.export.exporter().extension;
        Path::new(&self.suggested()).with_extension(extension).to_string_lossy().into_owned()
    }

    fn start_folder(&self) -> PathBuf {
        let beside = self.file.path.as_ref().and_then(|p| p.parent()).map(Path::to_owned);
        let recent = || Path::new(self.settings.recent.first()?).parent().map(Path::to_owned);
        beside.or_else(recent).filter(|p| p.is_dir()).or_else(|| std::env::current_dir().ok()).unwrap_or_default()
    }

    /// Opens files that were dropped on the window.
    pub(super) fn dropped_files(&mut self, ctx: &egui::Context) {
        let dropped: Vec<PathBuf> = ctx.input(|i| i.raw.dropped_files.iter().map(|f| f.path().to_owned()).collect());
        let is_table = |p: &PathBuf| {
            p.extension().is_some_and(|e| e.eq_ignore_ascii_case("csv") || e.eq_ignore_ascii_case("xlsx"))
        };
        if !dropped.is_empty() && dropped.iter().all(is_table) {
            self.import_from(dropped);
        } else if let Some(path) = dropped.into_iter().next() {
            self.leave_map(Then::Open(path));
        }
    }

    /// Asks before the window closes with unsaved work.
    pub(super) fn close_requested(&mut self, ctx: &egui::Context) {
        if self.closing {
            ctx.send_viewport_cmd(egui::ViewportCommand::Close);
        } else if ctx.input(|i| i.viewport().close_requested()) {
            ctx.send_viewport_cmd(egui::ViewportCommand::CancelClose);
            self.leave_map(Then::Quit);
            if self.closing {
                ctx.send_viewport_cmd(egui::ViewportCommand::Close);
            }
        }
    }

    /// Looks on a thread for work that was not saved before a crash.
    pub(super) fn look_for_lost_work(&mut self) {
        if let Some(dirs) = self.dirs.clone() {
            self.spawn("recovery", move |_| Done::Lost(recovery::scan(&dirs, now()).unwrap_or_default()));
        }
    }

    /// Goes on with work that was not saved: shown as a modified map over what is on the disk.
    pub(super) fn recover(&mut self, lost: Recoverable) {
        let Some(dirs) = self.dirs.clone() else { return };
        self.finish_journal();
        let saved = lost.base_document.clone().unwrap_or_default();
        self.editor = Editor::recovered(lost.recovered.clone(), saved);
        let (path, base, on_disk) = (lost.path.clone(), lost.base, lost.on_disk);
        // The old journal is put away only once the new one holds all the work.
        let journal = lost.adopt(&dirs, now());
        self.start(path, base, Some(journal));
        self.say(match on_disk {
            OnDisk::Changed => "Recovered. The file was changed since: saving will ask.",
            OnDisk::Gone => "Recovered. Its file is gone: save it to have it back.",
            OnDisk::AsItWas | OnDisk::Untitled => "Recovered. Save it to keep it.",
        });
    }

    /// Puts work away that is not wanted.
    pub(super) fn discard(&mut self, lost: Recoverable) {
        if let Err(error) = lost.discard(now()) {
            self.say_error(format!("It could not be put away: {error}."));
        }
    }
}

/// Adds the extension when the person gave none.
fn with_extension(path: PathBuf, extension: &str) -> PathBuf {
    if path.extension().is_some() { path } else { path.with_extension(extension) }
}
