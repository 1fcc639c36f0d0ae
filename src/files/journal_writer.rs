//! Brings the file of a journal up to date: appends edits and syncs them, or writes a new file when that is better.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Instant;

use super::dirs::{self, Dirs};
use super::journal_file::{self, Header};
use super::lock::LockFile;
use super::target::Base;
use super::{format, leftovers, replace};
use crate::model::Document;

/// What a journal file should hold, and what it does hold.
#[derive(Debug)]
pub(super) struct Writer {
    folder: PathBuf,
    /// Time of the start by the clock, and by one that does not jump.
    started: (i64, Instant),
    header: Header,
    /// The document as it was last read or saved.
    base: Document,
    /// The newest document.
    pub wanted: Document,
    /// The name and lock of the file, once it has one.
    name: Option<(PathBuf, LockFile)>,
    /// The file, while it can be appended to.
    file: Option<Open>,
    /// A recovered journal, put away once this one holds all of its work.
    replaced: Option<(PathBuf, LockFile)>,
}

/// A file that ends with a whole record.
#[derive(Debug)]
struct Open {
    file: File,
    /// What replaying it gives.
    document: Document,
    length: u64,
    /// Its length when it was new.
    fresh: u64,
}

/// A file grows to this many times its fresh length before it is written anew.
const GROWTH: u64 = 4;
/// But not before it has this many bytes.
const SMALL: u64 = 256 << 10;

impl Writer {
    pub fn new(dirs: &Dirs, header: Header, document: &Document) -> Self {
        Self {
            folder: dirs.journals(),
            started: (header.written_at, Instant::now()),
            header,
            base: document.clone(),
            wanted: document.clone(),
            name: None,
            file: None,
            replaced: None,
        }
    }

    /// Takes the place of a journal that was recovered, once it can.
    pub fn replacing(mut self, journal: PathBuf, lock: LockFile) -> Self {
        self.replaced = Some((journal, lock));
        self
    }

    /// From now on the journal begins with this document.
    pub fn saved(&mut self, path: PathBuf, base: Base, document: Document) {
        let written_at = self.now();
        self.header = Header { path: Some(path), base: Some(base), unsaved: false, written_at };
        self.base = document;
        self.file = None;
    }

    /// Makes the newest document durable. After an error what was durable before still is.
    pub fn write(&mut self) -> io::Result<()> {
        let now = self.now();
        let Some(open) = self.file.as_mut().filter(|open| open.length < SMALL.max(GROWTH * open.fresh)) else {
            return self.write_anew(now);
        };
        match edits_text(&open.document, &self.wanted) {
            Edits::None => return Ok(()),
            Edits::Text(text) => {
                if open.append(&journal_file::edits_record(now, &text), &self.wanted)? {
                    return Ok(());
                }
            }
            Edits::NotExact => {}
        }
        self.write_anew(now)
    }

    /// Writes a file with the base and all edits since, and puts it in the place of the old one.
    fn write_anew(&mut self, now: i64) -> io::Result<()> {
        self.file = None;
        let bytes = match edits_text(&self.base, &self.wanted) {
            Edits::None => Self::snapshot(&self.base, &self.header)?,
            Edits::Text(text) => {
                [Self::snapshot(&self.base, &self.header)?, journal_file::edits_record(now, &text)].concat()
            }
            // Better the document alone than edits that do not lead to it.
            Edits::NotExact => Self::snapshot(&self.wanted, &Header { unsaved: true, ..self.header.clone() })?,
        };
        let path = self.name()?;
        replace::write_whole(&path, &bytes)?;
        let length = bytes.len() as u64;
        let file = OpenOptions::new().append(true).open(&path)?;
        self.file = Some(Open { file, document: self.wanted.clone(), length, fresh: length });
        if let Some((journal, _)) = &self.replaced
            && put_away(journal, now).is_ok()
        {
            self.replaced = None;
        }
        Ok(())
    }

    fn snapshot(document: &Document, header: &Header) -> io::Result<Vec<u8>> {
        let text = format::write(document);
        match format::reads_back(&text, document) {
            Ok(()) => Ok(journal_file::snapshot_record(header, &text)),
            Err(_) => Err(io::Error::other("the text of the map does not read back; save it")),
        }
    }

    /// The name of the file, which is locked before it exists.
    fn name(&mut self) -> io::Result<PathBuf> {
        if let Some((path, _)) = &self.name {
            return Ok(path.clone());
        }
        dirs::make(&self.folder)?;
        for _ in 0..3 {
            let path = self.folder.join(replace::random_hex()? + SUFFIX);
            // Another window that looks for work to recover may hold it for an instant.
            if let Some(lock) = LockFile::try_take(&lock_of(&path))? {
                self.name = Some((path.clone(), lock));
                return Ok(path);
            }
        }
        Err(io::ErrorKind::WouldBlock.into())
    }

    /// The map was closed. A journal with unsaved edits is put away.
    pub fn finish(mut self) {
        let unsaved = self.header.unsaved || self.wanted != self.base;
        if unsaved {
            drop(self.write()); // if it fails, what was durable is put away
        }
        let Some((path, _lock)) = &self.name else { return };
        if unsaved {
            drop(put_away(path, self.now())); // if it fails, it is offered at the next start
        } else {
            drop(fs::remove_file(path)); // holds nothing that is not in the map; the next start looks again
        }
    }

    fn now(&self) -> i64 {
        self.started.0.saturating_add(self.started.1.elapsed().as_secs().cast_signed())
    }
}

impl Open {
    /// Appends a record and syncs it. False when the file cannot be appended to any more.
    ///
    /// A failed sync is never repeated: the system forgets what it could not write, and the second one would succeed.
    fn append(&mut self, record: &[u8], document: &Document) -> io::Result<bool> {
        if let Err(error) = self.file.write_all(record) {
            // Take off what was written, so that a later record is not hidden behind it.
            return if self.file.set_len(self.length).is_ok() { Err(error) } else { Ok(false) };
        }
        if self.file.sync_data().is_err() {
            return Ok(false);
        }
        self.length += record.len() as u64;
        self.document = document.clone();
        Ok(true)
    }
}

enum Edits {
    None,
    Text(String),
    /// Replaying the edits would give another document.
    NotExact,
}

/// The text of the edits between two documents, when replaying it leads exactly from one to the other.
fn edits_text(from: &Document, to: &Document) -> Edits {
    let edits = from.edits_to(to);
    if edits.is_empty() {
        return Edits::None;
    }
    let text = format::write_edits(&edits);
    let mut replayed = from.clone();
    match format::read_edits(&text).map(|edits| replayed.apply(edits)) {
        Ok(Ok(())) if replayed.edits_to(to).is_empty() => Edits::Text(text),
        _ => Edits::NotExact,
    }
}

/// What journals are called.
pub(super) const SUFFIX: &str = ".journal";

/// The file that is locked while a program writes a journal.
pub(super) fn lock_of(journal: &Path) -> PathBuf {
    journal.with_extension("lock")
}

/// Moves a journal to `discarded/`, where it stays for a month.
pub(super) fn put_away(journal: &Path, now: i64) -> io::Result<()> {
    let (Some(folder), Some(name)) = (journal.parent(), journal.file_name()) else {
        return Err(io::ErrorKind::InvalidInput.into());
    };
    let discarded = folder.join("discarded");
    dirs::make(&discarded)?;
    leftovers::put_away(journal, now)?;
    fs::rename(journal, discarded.join(name))?;
    dirs::sync(&discarded)?;
    dirs::sync(folder)
}
