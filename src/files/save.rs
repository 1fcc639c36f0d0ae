//! Saves a map so that at every instant, and after every failure, the old or the new version is there as a whole.
//!
//! The order is what makes it safe: the text is parsed back and compared while a temporary file beside the map is written
//! and synced; only then are the two names exchanged, in one step; the folder is synced; what came out from under the
//! map's name is looked at, because another program may have replaced it a moment before; the file is read back. Only
//! then is the map said to be saved. Call it on a thread of its own: a sync takes its time.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};

use super::dirs::{self, Dirs};
use super::reason::{in_words, what_to_do};
use super::replace::{self, How, Out, Temp};
use super::target::{self, Base};
use super::{backups, format, leftovers};
use crate::model::Document;
use crate::threads::both;

/// Where to save, and what is expected to be there.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The file; links are followed.
    pub path: &'a Path,
    /// What the map was last read from or written as; `None` for one that has no file of its own yet.
    pub base: Option<Base>,
    /// Replace what is there although it is not the base: the person was asked.
    pub overwrite: bool,
    /// Where backups go.
    pub dirs: &'a Dirs,
    /// Seconds since 1970, for the names of backups and conflict copies.
    pub now: i64,
}

/// A map that is safe on disk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saved {
    /// Its canonical path.
    pub path: PathBuf,
    /// The base of the next save.
    pub base: Base,
    /// Another program's version that turned up at the last moment, kept beside the map under this name.
    pub conflict: Option<PathBuf>,
    /// The version that was replaced, in the backups.
    pub backup: Option<PathBuf>,
    /// What else the person should know, in whole sentences.
    pub notes: Vec<String>,
}

/// Why a map or picture was not saved.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// There is a folder or a device.
    #[error("“{path}” is {what}, not a file: choose another name", path = .path.display())]
    NotAFile {
        /// Where.
        path: PathBuf,
        /// What is there.
        what: &'static str,
    },
    /// The file or its folder may only be read.
    #[error("“{}” may only be read: use Save as with another name or folder", .0.display())]
    ReadOnly(PathBuf),
    /// What is there is not what the map came from. Ask, then save with `overwrite` or elsewhere.
    #[error("“{}” was changed by another program: save under another name, or replace it", .0.display())]
    ChangedOnDisk(PathBuf),
    /// The text does not read back as the map: a mistake of this program. The file is as it was.
    #[error("“{path}” was not saved, because its text would not read back: {reason}. Please report this", path = .path.display())]
    Unsound {
        /// Where to.
        path: PathBuf,
        /// What does not hold.
        reason: String,
    },
    /// The system refused. The file is as it was.
    #[error("“{path}” was not saved: {reason}. {advice}", path = .path.display())]
    Failed {
        /// Where to.
        path: PathBuf,
        /// What went wrong, in words.
        reason: String,
        /// What to do, as a sentence.
        advice: &'static str,
    },
    /// The new version is there, but whether a power cut would spare it is not known. Keep the journal.
    #[error("“{path}” was written but is not safe yet: {reason}. Save again", path = .path.display())]
    NotDurable {
        /// Where.
        path: PathBuf,
        /// What is there now: the base of the next save.
        base: Base,
        /// What went wrong, in words.
        reason: String,
    },
    /// Something else is there right after the save.
    #[error("“{}” was saved, but another program replaced it at once: save again, or under another name", .0.display())]
    ReplacedAtOnce(PathBuf),
}

impl SaveError {
    fn failed(path: &Path, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::ReadOnly(path.into()),
            io::ErrorKind::IsADirectory => Self::NotAFile { path: path.into(), what: "a folder" },
            _ => Self::Failed { path: path.into(), reason: in_words(error), advice: what_to_do(error) },
        }
    }
}

/// Saves the map. After an error other than `NotDurable` and `ReplacedAtOnce` the file is as it was.
pub fn save(document: &Document, request: &Request<'_>) -> Result<Saved, SaveError> {
    let Request { path, base, dirs, now, .. } = *request;
    let target = Target::at(path)?;
    let text = format::write(document);
    let (ready, sound) = both(|| target.ready(text.as_bytes(), request), || format::reads_back(&text, document));
    sound.map_err(|reason| SaveError::Unsound { path: path.into(), reason })?;
    let Ready { new, seen, temp } = ready?;
    let failed = |error| SaveError::failed(path, &error);
    let mut notes = target.notes(&temp, base.is_some());
    let out = temp.exchange(&target.path, How::Swap).map_err(failed)?;
    let synced = dirs::sync(&target.folder);
    let known = [base, seen, Some(new)];
    let (backup, conflict) =
        Keeper { target: &target, dirs, now, synced: synced.is_ok() }.keep(out, &known, &mut notes);
    let not_durable =
        |error: io::Error| SaveError::NotDurable { path: path.into(), base: new, reason: in_words(&error) };
    synced.map_err(not_durable)?;
    if target::read(&target.path).map_err(not_durable)? != text.as_bytes() {
        return Err(SaveError::ReplacedAtOnce(path.into()));
    }
    drop(leftovers::sweep(dirs, &target.folder, now)); // the next save tries again
    Ok(Saved { path: target.path, base: new, conflict, backup, notes })
}

/// Saves a picture, table or page in one step: afterwards there is the old file or the new one, never a part of it.
pub fn save_bytes(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    save_all(&[(path, bytes)])
}

/// Saves files that belong together, each as [`save_bytes`] does. No name is touched before all of them are written
/// beside their places, so that a full disk or a name that is refused leaves everything as it was.
pub fn save_all(files: &[(&Path, &[u8])]) -> Result<(), SaveError> {
    let mut ready = Vec::with_capacity(files.len());
    for (path, bytes) in files {
        let target = Target::at(path)?;
        let temp = Temp::write(&target.folder, bytes, target.old()).map_err(|error| SaveError::failed(path, &error))?;
        ready.push((target, temp));
    }
    for (target, temp) in ready {
        let moved = temp.over(&target.path).and_then(|()| dirs::sync(&target.folder));
        moved.map_err(|error| SaveError::failed(target.asked, &error))?;
    }
    Ok(())
}

/// A new version, written and synced beside the map.
struct Ready {
    /// The new version.
    new: Base,
    /// What was under the map's name before.
    seen: Option<Base>,
    temp: Temp,
}

/// Where a save goes: a file that may be written, or a free name in a folder that may be.
struct Target<'a> {
    asked: &'a Path,
    path: PathBuf,
    folder: PathBuf,
    found: Option<Metadata>,
}

impl<'a> Target<'a> {
    fn at(asked: &'a Path) -> Result<Self, SaveError> {
        let failed = |error: io::Error| SaveError::failed(asked, &error);
        let path = target::canonical(asked).map_err(failed)?;
        let found = match target::regular(&path) {
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                return Err(SaveError::NotAFile { path: asked.into(), what: "a device or pipe" });
            }
            found => found.map_err(failed)?,
        };
        if target::read_only(&path, found.as_ref()) {
            return Err(SaveError::ReadOnly(asked.into()));
        }
        let folder = path.parent().map_or_else(PathBuf::new, Path::to_path_buf);
        Ok(Self { asked, path, folder, found })
    }

    fn old(&self) -> Option<(&Path, &Metadata)> {
        self.found.as_ref().map(|found| (self.path.as_path(), found))
    }

    /// Looks at what is there, and writes the new version beside it.
    fn ready(&self, bytes: &[u8], request: &Request<'_>) -> Result<Ready, SaveError> {
        let new = Base::of(bytes);
        let seen = self.seen()?;
        if !request.overwrite && seen.is_some() && seen != request.base && seen != Some(new) {
            return Err(SaveError::ChangedOnDisk(self.asked.into()));
        }
        let temp =
            Temp::write(&self.folder, bytes, self.old()).map_err(|error| SaveError::failed(self.asked, &error))?;
        Ok(Ready { new, seen, temp })
    }

    /// What is there now. Content too long for a map is told by its length alone.
    fn seen(&self) -> Result<Option<Base>, SaveError> {
        let Some(found) = &self.found else { return Ok(None) };
        match target::read(&self.path) {
            Ok(bytes) => Ok(Some(Base::of(&bytes))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                Ok(Some(Base { hash: blake3::hash(b""), len: found.len() }))
            }
            Err(error) => Err(SaveError::failed(self.asked, &error)),
        }
    }

    fn notes(&self, temp: &Temp, had_base: bool) -> Vec<String> {
        let mut notes = Vec::new();
        if had_base && self.found.is_none() {
            notes.push("The file was not there any more and was made again.".into());
        }
        if !temp.kept_attributes {
            notes.push("Not all of the file's owner, group and permissions could be kept.".into());
        }
        #[cfg(unix)]
        if self.found.as_ref().is_some_and(|found| std::os::unix::fs::MetadataExt::nlink(found) > 1) {
            notes.push("The file has a second name (a hard link), which still leads to the earlier version.".into());
        }
        notes
    }
}

/// Finds a place for the version that a save replaced.
struct Keeper<'a> {
    target: &'a Target<'a>,
    dirs: &'a Dirs,
    now: i64,
    /// Whether the new version is safe, so that the old one may leave the folder.
    synced: bool,
}

impl Keeper<'_> {
    /// A version that was known goes to the backups; one that nobody saw stays beside the map. Gives (backup, conflict).
    fn keep(&self, out: Out, known: &[Option<Base>], notes: &mut Vec<String>) -> (Option<PathBuf>, Option<PathBuf>) {
        let (bytes, file) = match out {
            Out::Nothing => return (None, None),
            Out::File(file) => (target::read(&file).ok(), Some(file)),
            Out::Bytes(bytes) => (Some(bytes), None),
        };
        // `known` is what we last wrote, what the person agreed to replace, and what we just wrote.
        let found = bytes.as_deref().map(Base::of);
        let is_known = found.is_some() && known.contains(&found);
        let stored = match bytes.as_deref().filter(|_| is_known) {
            Some(bytes) => backups::store(self.dirs, &self.target.path, bytes, self.now),
            None => Err(io::ErrorKind::Other.into()),
        };
        let is_own = found.is_some() && (found == known[0] || found == known[2]);
        if let Err(error) = &stored
            && is_known
        {
            notes.push(format!("The earlier version could not be added to the backups: {}.", in_words(error)));
        }
        if stored.is_err() && !is_own {
            let conflict = self.keep_beside(file, bytes.as_deref(), notes);
            return (None, conflict);
        }
        if let Some(file) = file.filter(|_| self.synced) {
            drop(std::fs::remove_file(file)); // the sweep of a later save takes it away
        }
        (stored.ok(), None)
    }

    /// Gives another program's version a name that a person finds.
    fn keep_beside(&self, file: Option<PathBuf>, bytes: Option<&[u8]>, notes: &mut Vec<String>) -> Option<PathBuf> {
        let file = match (file, bytes) {
            (Some(file), _) => file,
            (None, Some(bytes)) => {
                let file = self.target.folder.join(replace::temp_name().ok()?);
                replace::write_whole(&file, bytes).ok()?;
                file
            }
            (None, None) => return None,
        };
        for copy in 1..100 {
            let name = self.target.folder.join(conflict_name(&self.target.path, self.now, copy));
            match replace::place(&file, &name) {
                Ok(()) => {
                    drop(dirs::sync(&self.target.folder)); // durable under one of its two names in any case
                    return Some(name);
                }
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(_) => break,
            }
        }
        notes.push(format!("Another program's version was found and kept as “{}”.", file.display()));
        Some(file)
    }
}

/// `map (conflict 2026-11-21 143805).ron`, in local time and at most 255 bytes long; `copy` counts from 1.
fn conflict_name(path: &Path, now: i64, copy: u32) -> String {
    let time = jiff::Timestamp::from_second(now).unwrap_or_default();
    let time = time.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H%M%S");
    let text = |part: Option<&std::ffi::OsStr>| part.map_or_else(String::new, |p| p.to_string_lossy().into_owned());
    let (mut stem, mut extension) = (text(path.file_stem()), text(path.extension()));
    if !extension.is_empty() {
        extension.insert(0, '.');
    }
    let number = if copy > 1 { format!(" {copy}") } else { String::new() };
    let rest = format!(" (conflict {time}{number})");
    extension.truncate(extension.floor_char_boundary(100));
    stem.truncate(stem.floor_char_boundary(255 - extension.len() - rest.len()));
    format!("{stem}{rest}{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_conflict_copy_has_a_name_that_fits() {
        for (name, copy, start, end) in [
            ("map.ron", 1, "map (conflict 20", ").ron"),
            ("map.ron", 2, "map (conflict 20", " 2).ron"),
            ("map", 1, "map (conflict 20", ")"),
            (".ron", 1, ".ron (conflict 20", ")"),
        ] {
            let made = conflict_name(Path::new(name), 1_800_000_000, copy);
            assert!(made.starts_with(start) && made.ends_with(end), "{made}");
        }
        let long = format!("{}.ron", "é".repeat(125));
        let made = conflict_name(Path::new(&long), 1_800_000_000, 99);
        assert!(made.len() <= 255 && made.ends_with(").ron"), "{} {made}", made.len());
        let made = conflict_name(Path::new(&format!("a.{}", "x".repeat(250))), i64::MAX, 1);
        assert!(made.len() <= 255 && made.contains("(conflict 19"), "{} {made}", made.len());
    }
}
