//! Finds what a crash left in journals, and lets a person take it up again or put it away. Nothing is deleted unasked.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::dirs::Dirs;
use super::journal::Journal;
use super::journal_file::{self, Contents, Header};
use super::journal_writer::{SUFFIX, Writer, lock_of, put_away};
use super::lock::LockFile;
use super::target::{self, Base};
use super::{dirs, format, leftovers, reason};
use crate::model::{Document, difference};

/// Most lines of a difference that are shown.
pub const MOST_LINES: usize = 50;

/// Work that is in a journal but not in its file. No other window is offered it while this is held.
#[derive(Debug)]
pub struct Recoverable {
    /// The journal.
    pub journal: PathBuf,
    /// The map's canonical path; `None` when it was never saved.
    pub path: Option<PathBuf>,
    /// What the map was last read from or written as.
    pub base: Option<Base>,
    /// The map as it was then, when that is still known.
    pub base_document: Option<Document>,
    /// The map with all the work.
    pub recovered: Document,
    /// When it was last changed, in seconds since 1970.
    pub changed_at: i64,
    /// What the work changed, in words: at most [`MOST_LINES`] lines and one that counts the rest.
    pub difference: Vec<String>,
    /// What is at the path now.
    pub on_disk: OnDisk,
    /// False when the end of the journal was damaged; all before that is here.
    pub whole: bool,
    lock: LockFile,
}

/// What is at the path of a map that can be recovered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnDisk {
    /// The map was never saved.
    Untitled,
    /// What the work began from.
    AsItWas,
    /// Something else: saving will ask.
    Changed,
    /// Nothing.
    Gone,
}

/// A journal that cannot be read. It was moved to where it is now, and is kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Where it is.
    pub journal: PathBuf,
    /// Why, in words.
    pub reason: String,
}

/// What a look through the journals found.
#[derive(Debug, Default)]
pub struct Found {
    /// Work to offer, the last changed first.
    pub recoverable: Vec<Recoverable>,
    /// Journals to tell about once.
    pub unreadable: Vec<Unreadable>,
}

/// Looks for work that was not saved in journals that no running program writes; `now` is in seconds since 1970.
///
/// Journals that hold nothing beyond their file are put away.
pub fn scan(dirs: &Dirs, now: i64) -> io::Result<Found> {
    let folder = dirs.journals();
    let mut found = Found::default();
    let mut names: Vec<PathBuf> = match fs::read_dir(&folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(found),
        entries => entries?.flatten().map(|entry| entry.path()).collect(),
    };
    names.sort();
    for path in &names {
        if path.extension().is_some_and(|extension| extension == "lock") {
            drop(LockFile::try_take(path)); // taking and dropping removes one that nobody holds
        }
    }
    for path in names.iter().filter(|path| path.to_string_lossy().ends_with(SUFFIX)) {
        look_at(path, now, &mut found);
    }
    put_copies_away(&mut found, now);
    leftovers::remove_temps(&folder, now);
    leftovers::expire(&folder.join("discarded"), now);
    Ok(found)
}

fn look_at(path: &Path, now: i64, found: &mut Found) {
    let Ok(Some(lock)) = LockFile::try_take(&lock_of(path)) else { return };
    let bytes = match fs::read(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return, // finished a moment ago
        Err(error) => {
            found.unreadable.push(Unreadable { journal: path.into(), reason: reason::in_words(&error) });
            return;
        }
        Ok(bytes) => bytes,
    };
    match journal_file::read(&bytes) {
        Err(reason) => found.unreadable.push(Unreadable { journal: set_aside(path), reason }),
        Ok(contents) => {
            let whole = contents.whole;
            match compare(path, contents, lock) {
                Some(recoverable) => found.recoverable.push(recoverable),
                None if whole => drop(put_away(path, now)), // the next look tries again
                // There is nothing to offer, but something may have been behind the damage.
                None => {
                    let reason = "its last edits are damaged".into();
                    found.unreadable.push(Unreadable { journal: set_aside(path), reason });
                }
            }
        }
    }
}

/// `None` when the file holds all the work there is.
fn compare(journal: &Path, contents: Contents, lock: LockFile) -> Option<Recoverable> {
    let Contents { header: Header { path, base, unsaved, .. }, snapshot, document, changed_at, whole } = contents;
    let begun_from_nothing = path.is_none() && !unsaved && snapshot.is_empty();
    if !unsaved && snapshot == document && (path.is_some() || begun_from_nothing) {
        return None; // nothing was done
    }
    let bytes = path.as_deref().map(target::read);
    let (on_disk, there) = match &bytes {
        None => (OnDisk::Untitled, None),
        Some(Err(error)) if error.kind() == io::ErrorKind::NotFound => (OnDisk::Gone, None),
        Some(Err(_)) => (OnDisk::Changed, None),
        Some(Ok(bytes)) => {
            let there = format::read(bytes).ok().map(|opened| opened.document);
            let same = base == Some(Base::of(bytes));
            (if same { OnDisk::AsItWas } else { OnDisk::Changed }, there)
        }
    };
    if there.as_ref() == Some(&document) {
        return None; // saved, but the journal was not told any more
    }
    let base_document = match (unsaved, on_disk) {
        (false, OnDisk::Untitled) => Some(Document::default()),
        (false, _) => Some(snapshot),
        (true, OnDisk::AsItWas) => there.clone(),
        (true, _) => None,
    };
    let since = base_document.clone().or(there).unwrap_or_default();
    Some(Recoverable {
        journal: journal.into(),
        difference: shortened(difference(&since, &document)),
        path,
        base,
        base_document,
        recovered: document,
        changed_at,
        on_disk,
        whole,
        lock,
    })
}

fn shortened(mut lines: Vec<String>) -> Vec<String> {
    let more = lines.len().saturating_sub(MOST_LINES);
    lines.truncate(MOST_LINES);
    if more > 0 {
        lines.push(format!("and {more} more changes"));
    }
    lines
}

/// A crash right after work was taken up leaves two journals with the same work: one is enough to offer.
fn put_copies_away(found: &mut Found, now: i64) {
    found.recoverable.sort_by(|a, b| b.changed_at.cmp(&a.changed_at).then_with(|| a.journal.cmp(&b.journal)));
    let mut kept: Vec<Recoverable> = Vec::new();
    for recoverable in found.recoverable.drain(..) {
        let same = |other: &Recoverable| {
            (&other.path, other.base, &other.recovered) == (&recoverable.path, recoverable.base, &recoverable.recovered)
        };
        if kept.iter().any(same) {
            drop(put_away(&recoverable.journal, now)); // the next look tries again
        } else {
            kept.push(recoverable);
        }
    }
    found.recoverable = kept;
}

/// Moves an unreadable journal out of the way and gives its new path, or the old one when that fails.
fn set_aside(journal: &Path) -> PathBuf {
    let (Some(folder), Some(name)) = (journal.parent(), journal.file_name()) else { return journal.into() };
    let aside = folder.join("unreadable").join(name);
    let moved = dirs::make(&folder.join("unreadable")).and_then(|()| fs::rename(journal, &aside));
    if moved.is_ok() { aside } else { journal.into() }
}

impl Recoverable {
    /// Takes the work up again in a new journal. The old one is put away once the new one holds all the work on disk;
    /// until then a crash finds the old one.
    pub fn adopt(self, dirs: &Dirs, now: i64) -> Journal {
        let header = Header { path: self.path, base: self.base, unsaved: true, written_at: now };
        Journal::with(Writer::new(dirs, header, &self.recovered).replacing(self.journal, self.lock))
    }

    /// Puts the work away as not wanted; it is kept for a month.
    pub fn discard(self, now: i64) -> io::Result<()> {
        put_away(&self.journal, now)
    }
}
