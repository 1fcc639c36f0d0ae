//! One owner per map: a lock file in the state directory, held while the map is open.
//!
//! The map itself is never locked: a save puts another file in its place, and a lock on the old one says nothing.
//! The system frees the lock when the program ends, however it ends.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::dirs::{self, Dirs};
use super::{reason, target};

/// Says that this program has the map open, until it is dropped.
#[derive(Debug)]
pub struct DocumentLock {
    _held: LockFile,
}

/// Why a map is not ours to write.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LockError {
    /// Another window has it open.
    #[error("“{}” is open in another window: change it there, or save this one under another name", .0.display())]
    Locked(PathBuf),
    /// It cannot be told whether another window has it open.
    #[error("“{path}” cannot be locked: {reason}. Do not open it twice", path = path.display())]
    Failed {
        /// The map.
        path: PathBuf,
        /// What went wrong, in words.
        reason: String,
    },
}

impl DocumentLock {
    /// Takes the lock of a map, whose folder must be there; links to one map have one lock.
    pub fn take(dirs: &Dirs, path: &Path) -> Result<Self, LockError> {
        let failed = |error: io::Error| LockError::Failed { path: path.into(), reason: reason::in_words(&error) };
        let canonical = target::canonical(path).map_err(failed)?;
        let folder = dirs.locks();
        dirs::make(&folder).map_err(failed)?;
        let file = folder.join(target::key(&canonical) + ".lock");
        match LockFile::try_take(&file).map_err(failed)? {
            Some(held) => Ok(Self { _held: held }),
            None => Err(LockError::Locked(canonical)),
        }
    }
}

/// A file that is locked and stands under its name; removed when dropped.
#[derive(Debug)]
pub(super) struct LockFile {
    path: PathBuf,
    file: File,
}

impl LockFile {
    /// Makes and locks the file; `None` when somebody else holds it.
    pub fn try_take(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let file = OpenOptions::new().create(true).truncate(false).write(true).open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
            }
            // Its last owner may have removed it between the two steps: then another could lock a new one beside us.
            if super::replace::same_file(&file, path) {
                return Ok(Some(Self { path: path.to_owned(), file }));
            }
        }
    }
}

impl Drop for LockFile {
    fn drop(&mut self) {
        if super::replace::same_file(&self.file, &self.path) {
            drop(fs::remove_file(&self.path)); // an empty file that stays does no harm
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_has_one_owner_at_a_time() {
        let root = tempfile::tempdir().expect("tempdir");
        let dirs = Dirs::below(root.path().join("state"));
        let map = root.path().join("map.ron");
        let first = DocumentLock::take(&dirs, &map).expect("first");
        assert!(matches!(DocumentLock::take(&dirs, &map), Err(LockError::Locked(_))), "second");
        fs::write(&map, "saved meanwhile").expect("map");
        #[cfg(unix)]
        {
            let link = root.path().join("link.ron");
            std::os::unix::fs::symlink("map.ron", &link).expect("link");
            assert!(matches!(DocumentLock::take(&dirs, &link), Err(LockError::Locked(_))), "through a link");
        }
        let other = DocumentLock::take(&dirs, &root.path().join("other.ron")).expect("another map");
        drop(first);
        DocumentLock::take(&dirs, &map).expect("free again");
        drop(other);
        assert_eq!(fs::read_dir(dirs.locks()).expect("locks").count(), 0, "no litter");
        let gone = DocumentLock::take(&dirs, &root.path().join("gone/map.ron"));
        assert!(matches!(gone, Err(LockError::Failed { .. })), "{gone:?}");
    }

    #[test]
    fn of_many_who_take_a_lock_one_has_it() {
        let root = tempfile::tempdir().expect("tempdir");
        let path = root.path().join("one.lock");
        let holders = std::sync::atomic::AtomicU32::new(0);
        let taken = std::sync::atomic::AtomicU32::new(0);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..500 {
                        if let Some(held) = LockFile::try_take(&path).expect("no error") {
                            use std::sync::atomic::Ordering::SeqCst;
                            assert_eq!(holders.fetch_add(1, SeqCst), 0, "alone");
                            taken.fetch_add(1, SeqCst);
                            holders.fetch_sub(1, SeqCst);
                            drop(held);
                        }
                    }
                });
            }
        });
        assert!(taken.into_inner() > 100, "taken in turn");
    }
}
