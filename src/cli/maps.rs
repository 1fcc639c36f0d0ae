//! Maps from files and to files, with the messages of a terminal.

use std::path::Path;

use super::failure::Failure;
use super::{export, output};
use crate::files;
use crate::files::dirs::Dirs;
use crate::files::lock::{DocumentLock, LockError};
use crate::files::open::OpenedMap;
use crate::files::save::{self, Request};
use crate::files::target::{self, Base};
use crate::model::Document;

/// Reads a map from its file, or from a picture that carries one.
pub(super) fn open(path: &Path) -> Result<OpenedMap, Failure> {
    files::open::open(path).map_err(Failure::refused)
}

/// Writes a map under a name that is free.
pub(super) fn create(document: &Document, path: &Path, when_taken: &str) -> Result<(), Failure> {
    check_name(path)?;
    check_folder(path)?;
    if path.exists() {
        return Err(Failure::is_there(path, when_taken));
    }
    write(document, path, None)
}

/// Writes a map over the file it was read from, which must not have changed since.
pub(super) fn update(document: &Document, path: &Path, base: Option<Base>) -> Result<(), Failure> {
    check_name(path)?;
    write(document, path, base)
}

fn write(document: &Document, path: &Path, base: Option<Base>) -> Result<(), Failure> {
    let dirs = Dirs::of_user()?;
    // An open window notices by itself that the file is another one now, and asks before it saves.
    let lock = DocumentLock::take(&dirs, path);
    if let Err(LockError::Locked(path)) = &lock {
        output::warn(&format!("“{}” is open in a window, which will ask before it saves", path.display()));
    }
    let now = jiff::Timestamp::now().as_second();
    let saved = save::save(document, &Request { path, base, overwrite: false, dirs: &dirs, now })?;
    for note in &saved.notes {
        output::warn(note);
    }
    if let Some(conflict) = saved.conflict {
        output::warn(&format!("another program's version turned up and was kept as “{}”", conflict.display()));
    }
    Ok(())
}

/// Refuses to give a map the name of a picture or table: nobody would find it again.
fn check_name(path: &Path) -> Result<(), Failure> {
    let ending = export::ending(path);
    if export::endings().any(|exported| exported == ending) {
        let name = path.display();
        let better = path.with_extension("ron");
        return Err(Failure::refused(format!("a map cannot be called “{name}”: call it “{}”", better.display())));
    }
    Ok(())
}

/// Refuses a file in a folder that is not there.
pub(super) fn check_folder(path: &Path) -> Result<(), Failure> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    match folder {
        Some(folder) if !folder.is_dir() => {
            let (name, folder) = (path.display(), folder.display());
            Err(Failure::refused(format!(
                "“{name}” cannot be written: there is no folder “{folder}”: make it, or choose another"
            )))
        }
        _ => Ok(()),
    }
}

/// True when both names lead to one file, which is there.
pub(super) fn is_same_file(a: &Path, b: &Path) -> bool {
    match (target::canonical(a), target::canonical(b)) {
        (Ok(a), Ok(b)) => a == b && a.exists(),
        _ => false,
    }
}
