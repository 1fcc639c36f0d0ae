//! Notices that another program changed a file that is open: a cloud's synchronisation, an editor, a colleague.
//!
//! A thread looks at the file's entry every second, by its path, so it also sees a file that was put in its place, which a
//! watch on the file itself would not; network folders tell nobody of changes. Only when the entry is another is the
//! file read, and only when its content is another does the window hear of it. A look costs a few microseconds.

use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, SystemTime};

use super::target::{self, Base};

/// How often the entry is looked at.
const EVERY: Duration = Duration::from_secs(1);

/// What stands under the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seen {
    /// A file with this content.
    There(Base),
    /// No file any more.
    Gone,
}

/// A file that is looked at until this is dropped.
#[derive(Debug)]
pub struct Watch {
    seen: Receiver<Seen>,
    _stop: Sender<()>,
}

impl Watch {
    /// Looks at a file from now on, and calls `wake` whenever there is something new. `None` when the system gives no
    /// thread; then a save still looks before it writes.
    pub fn start(path: &Path, wake: impl Fn() + Send + 'static) -> Option<Self> {
        let path = path.to_owned();
        let (tell, seen) = mpsc::channel();
        let (stop, stopped) = mpsc::channel();
        let run = move || {
            let mut look = Look::new(path);
            while let Err(RecvTimeoutError::Timeout) = stopped.recv_timeout(EVERY) {
                if let Some(seen) = look.again() {
                    if tell.send(seen).is_err() {
                        return;
                    }
                    wake();
                }
            }
        };
        std::thread::Builder::new().name("watch".into()).spawn(run).ok()?;
        Some(Self { seen, _stop: stop })
    }

    /// What was seen last, when that is something new.
    pub fn latest(&self) -> Option<Seen> {
        self.seen.try_iter().last()
    }
}

/// What is known of an entry.
#[derive(Debug)]
struct Look {
    path: PathBuf,
    entry: Option<Entry>,
    told: Option<Seen>,
}

/// What differs between two files, or two states of one, without reading them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    len: u64,
    modified: Option<SystemTime>,
    /// Number of the file and the time of its last change by any means: nobody can set that one back.
    #[cfg(unix)]
    unix: (u64, i64, i64),
}

impl Entry {
    fn of(found: &Metadata) -> Self {
        #[cfg(unix)]
        use std::os::unix::fs::MetadataExt as _;
        Self {
            len: found.len(),
            modified: found.modified().ok(),
            #[cfg(unix)]
            unix: (found.ino(), found.ctime(), found.ctime_nsec()),
        }
    }
}

impl Look {
    fn new(path: PathBuf) -> Self {
        Self { path, entry: None, told: None }
    }

    /// Looks; says what is there when it is not what was told last.
    fn again(&mut self) -> Option<Seen> {
        let seen = match fs::metadata(&self.path) {
            Ok(found) => {
                let entry = Entry::of(&found);
                if self.entry == Some(entry) {
                    return None;
                }
                // A file that is being written, or may not be read now, is looked at again.
                let bytes = target::read(&self.path).ok()?;
                let after = fs::metadata(&self.path).ok()?;
                if Entry::of(&after) != entry {
                    return None;
                }
                self.entry = Some(entry);
                Seen::There(Base::of(&bytes))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                self.entry = None;
                Seen::Gone
            }
            Err(_) => return None,
        };
        (self.told.replace(seen) != Some(seen)).then_some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_content_is_told_once_however_it_came() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.ron");
        let there = |text: &str| Some(Seen::There(Base::of(text.as_bytes())));
        let mut look = Look::new(path.clone());
        assert_eq!([look.again(), look.again()], [Some(Seen::Gone), None]);
        fs::write(&path, "one").unwrap();
        assert_eq!([look.again(), look.again()], [there("one"), None]);
        // Written in place, with the same length and the old time.
        let time = fs::metadata(&path).unwrap().modified().unwrap();
        fs::write(&path, "two").unwrap();
        fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        assert_eq!([look.again(), look.again()], [there("two"), None]);
        // Put in its place.
        fs::write(folder.path().join("other"), "six").unwrap();
        fs::rename(folder.path().join("other"), &path).unwrap();
        assert_eq!([look.again(), look.again()], [there("six"), None]);
        // Touched only.
        fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        assert_eq!(look.again(), None);
        fs::remove_file(&path).unwrap();
        assert_eq!([look.again(), look.again()], [Some(Seen::Gone), None]);
        fs::write(&path, "six").unwrap();
        assert_eq!(look.again(), there("six"), "as before, but it had been gone");
    }

    #[test]
    fn a_thread_looks_until_nobody_wants_to_know() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("map.ron");
        fs::write(&path, "one").unwrap();
        let (wake, woken) = mpsc::channel();
        let watch = Watch::start(&path, move || wake.send(()).unwrap_or_default()).unwrap();
        let patience = Duration::from_secs(20);
        woken.recv_timeout(patience).unwrap();
        assert_eq!(watch.latest(), Some(Seen::There(Base::of(b"one"))));
        fs::write(&path, "three").unwrap();
        woken.recv_timeout(patience).unwrap();
        // It may have been read while it was written.
        if watch.latest() != Some(Seen::There(Base::of(b"three"))) {
            woken.recv_timeout(patience).unwrap();
        }
        drop(watch);
        assert!(woken.recv_timeout(patience).is_err(), "the thread has ended, and with it the other side");
    }
}
