//! Another map, or an earlier version of this one, that the open map is held against.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use super::App;
use super::figures::Figures;
use super::panels::insights::Page;
use super::tasks::{Done, Purpose};
use crate::analysis::Report;
use crate::files::open::{self, OpenedMap};
use crate::model::{Document, difference};

/// Most differences that are listed.
pub const MOST_LINES: usize = 200;

/// The other map.
#[derive(Debug)]
pub struct Other {
    /// The name of its file.
    pub name: String,
    /// What it holds.
    pub document: Document,
    figures: Figures,
    /// How the open map differs, in words, and what it was found for; of more lines than are listed, the first.
    lines: Option<(Document, usize, Vec<String>)>,
}

impl Other {
    /// Brings its figures and the list of differences up to date.
    pub fn sync(&mut self, ctx: &egui::Context, shown: &Document, today: Date) {
        self.figures.sync(ctx, &self.document, today);
        if self.lines.as_ref().is_none_or(|(of, ..)| !of.is_same(shown)) {
            let mut lines = difference(&self.document, shown);
            let all = lines.len();
            lines.truncate(MOST_LINES);
            self.lines = Some((shown.clone(), all, lines));
        }
    }

    /// Its figures; `None` while they are not known yet.
    pub fn report(&self) -> Option<&Report> {
        self.figures.report().map(|report| &**report)
    }

    /// How the open map differs, and how many differences there are.
    pub fn lines(&self) -> (usize, &[String]) {
        self.lines.as_ref().map_or((0, &[]), |(_, all, lines)| (*all, lines))
    }
}

impl App {
    /// Asks for a map to hold this one against.
    pub(super) fn ask_other(&mut self) {
        self.pick(Purpose::Compare);
    }

    /// Reads it on a thread.
    pub fn compare_with(&mut self, path: PathBuf) {
        self.say(format!("Reading {}…", path.display()));
        self.spawn("compare", move |_| {
            let result = open::open(&path).map(Box::new);
            Done::Compared(path, result)
        });
    }

    pub(super) fn compared(&mut self, path: &Path, result: Result<Box<OpenedMap>, String>) {
        match result {
            Ok(loaded) => {
                let name = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                self.say(format!("Held against {name}: what is new, changed or gone since then is marked."));
                let document = loaded.document;
                self.other = Some(Other { name, document, figures: Figures::default(), lines: None });
                self.session.insights = Some(Page::Scenarios);
            }
            Err(message) => {
                self.say_error("Not compared.");
                let title = "This file cannot be read".into();
                self.dialog = Some(super::dialogs::Dialog::Message { title, text: message });
            }
        }
    }
}
