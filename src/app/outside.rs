//! Another program changed the file of the open map, as the synchronisation of a cloud does: theirs, mine, or both.

use std::path::{Path, PathBuf};

use super::App;
use super::dialogs::Dialog;
use super::dialogs::merge::MergeDialog;
use super::documents::OpenFile;
use super::tasks::Done;
use crate::files::open::{self, OpenedMap};
use crate::files::target::Base;
use crate::files::watch::{Seen, Watch};
use crate::model::{Document, Merger};

/// What a person wants then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// Theirs is shown instead, as a step that can be taken back.
    Theirs,
    /// Mine stays; a save replaces theirs.
    Mine,
    /// Both are made one.
    Both,
    /// Nothing now.
    Later,
}

/// What is seen of the file from outside.
#[derive(Debug, Default)]
pub struct Outside {
    watch: Option<Watch>,
    seen: Option<Seen>,
    /// What somebody did not want to hear of.
    waved: Option<Seen>,
}

impl Outside {
    /// Takes up what the watch has seen.
    pub fn look(&mut self) {
        if let Some(seen) = self.watch.as_ref().and_then(Watch::latest) {
            self.seen = Some(seen);
        }
    }

    /// True when there is no file any more.
    pub fn is_gone(&self) -> bool {
        self.seen == Some(Seen::Gone)
    }
}

impl OpenFile {
    /// What another program made of the file, when that is not known to the person yet.
    pub fn news(&self) -> Option<Seen> {
        let seen = self.outside.seen.filter(|seen| !self.saving && self.outside.waved != Some(*seen))?;
        let is_known = matches!(seen, Seen::There(base) if Some(base) == self.base);
        (!is_known && self.base.is_some()).then_some(seen)
    }
}

impl App {
    /// Looks at the file of the map from now on; what was seen before is forgotten.
    pub(super) fn watch(&mut self) {
        let ctx = self.tasks.context().clone();
        let watch = |path: &PathBuf| Watch::start(path, move || ctx.request_repaint());
        self.file.outside = Outside { watch: self.file.path.as_ref().and_then(watch), ..Outside::default() };
    }

    /// Does what a person wants to do about it.
    pub(super) fn meet(&mut self, wish: Wish) {
        let Some(path) = self.file.path.clone() else { return };
        if wish == Wish::Later {
            self.file.outside.waved = self.file.outside.seen;
            return;
        }
        self.editor.end_gesture();
        self.spawn("outside", move |_| {
            let result = open::open(&path).map(Box::new);
            Done::Outside(wish, path, result)
        });
    }

    /// What another program made of the file was read.
    pub(super) fn met(&mut self, wish: Wish, path: &Path, result: Result<Box<OpenedMap>, String>) {
        if self.file.path.as_deref() != Some(path) {
            return; // another map is shown by now
        }
        let (theirs, base) = match result.map(|opened| (opened.document, opened.base)) {
            Ok((theirs, Some(base))) => (theirs, base),
            // Nothing that could be read there; a save asks again before it replaces it.
            Ok((_, None)) => return self.unreadable(format!("{} is a picture now.", path.display())),
            Err(message) => return self.unreadable(message),
        };
        match wish {
            Wish::Theirs => {
                let edits = self.editor.current().edits_to(&theirs);
                if let Err(error) = self.editor.edit_current("take over their version", None, edits) {
                    return self.say_error(format!("Not taken over: {error}."));
                }
                self.settle(theirs, base);
                self.say("Their version is shown. Ctrl+Z brings yours back.");
            }
            Wish::Mine => {
                self.settle(theirs, base);
                self.say("Yours stays. The next save replaces theirs, which then goes to the backups.");
            }
            Wish::Both => {
                let merger = Merger::new(self.editor.saved(), self.editor.current(), &theirs);
                self.dialog = Some(Dialog::Merge(Box::new(MergeDialog::new(merger, base))));
            }
            Wish::Later => {}
        }
    }

    fn unreadable(&mut self, text: String) {
        self.dialog = Some(Dialog::Message { title: "Their version cannot be read".into(), text });
    }

    /// From now on theirs is what the map is held against and what a save may replace.
    fn settle(&mut self, theirs: Document, base: Base) {
        self.editor.mark_saved(theirs);
        self.file.rebase(base, self.editor.saved(), self.editor.current());
        self.file.outside.waved = None;
    }

    /// Makes both versions one, as a step.
    pub(super) fn merge(&mut self, dialog: &MergeDialog) {
        let merged = dialog.merged();
        let done = merged.and_then(|merged| {
            // From the map as it was compared: what a thread brought while the dialog was open stays.
            let edits = dialog.mine().edits_to(&merged.document);
            self.editor.edit_current("merge with their version", None, edits)?;
            Ok(merged.notes)
        });
        match done {
            Ok(notes) => {
                self.settle(dialog.theirs().clone(), dialog.base());
                let mut text = "Both versions are one now: look at it, then save.".to_owned();
                for note in notes {
                    text += &format!(" {note}");
                }
                self.say(text);
            }
            Err(error) => self.say_error(format!("Not merged: {error}.")),
        }
    }
}
