//! Keeps every edit of an open map on disk within milliseconds, on a thread of its own, so that nothing is lost when
//! the program or the machine dies.
//!
//! The journal lives in the state directory, never beside the map. It begins with the whole map as it was last read or
//! saved; then come edits. The thread sleeps while nothing happens.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use super::dirs::Dirs;
use super::journal_file::Header;
use super::journal_writer::Writer;
use super::target::Base;
use crate::model::Document;

/// The journal of one open map. Dropping it writes what waits and keeps the file; see [`Journal::finish`].
#[derive(Debug)]
pub struct Journal {
    sender: Option<Sender<Message>>,
    thread: Option<JoinHandle<()>>,
    shared: Arc<Shared>,
}

/// How safe the edits are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    /// On disk, or will be in a moment.
    Safe,
    /// The disk is slow: the oldest edit that is not on it is this old. Say so.
    Late(Duration),
    /// Not on disk, and why. It is tried again with every edit and from time to time. Say so, and to save elsewhere.
    Failing(String),
}

/// How old an edit may be before it is said that it is not safe yet.
const LATE: Duration = Duration::from_secs(1);

#[derive(Debug)]
enum Message {
    Record(Document, u64),
    Saved { path: PathBuf, base: Base, document: Document, revision: u64 },
    Finish,
}

#[derive(Debug, Default)]
struct Shared {
    progress: Mutex<Progress>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Progress {
    recorded: u64,
    durable: u64,
    /// The newest revision that was tried, whatever came of it.
    tried: u64,
    /// When the oldest edit that is not on disk was handed over.
    waiting_since: Option<Instant>,
    problem: Option<String>,
}

impl Shared {
    fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Journal {
    /// Starts the journal of a map that was just opened or made; `now` is in seconds since 1970.
    ///
    /// `path` and `base` tell the file it was read from. The document is what that file holds, without changes.
    pub fn start(dirs: &Dirs, path: Option<PathBuf>, base: Option<Base>, document: &Document, now: i64) -> Self {
        Self::with(Writer::new(dirs, Header { path, base, unsaved: false, written_at: now }, document))
    }

    /// Starts the thread; what is wrong shows in [`Journal::status`].
    pub(super) fn with(writer: Writer) -> Self {
        let (sender, inbox) = mpsc::channel();
        let shared = Arc::new(Shared::default());
        {
            let mut progress = shared.progress();
            progress.recorded = 1;
            progress.waiting_since = Some(Instant::now());
        }
        let worker = Worker { writer, newest: 1, shared: Arc::clone(&shared) };
        let thread = std::thread::Builder::new().name("journal".into()).spawn(move || worker.run(&inbox));
        if let Err(error) = &thread {
            shared.progress().problem = Some(format!("no thread could be started ({error})"));
        }
        Self { sender: Some(sender), thread: thread.ok(), shared }
    }

    /// Hands over the document after an edit and gives its revision. Takes no time: the document is shared, not copied.
    pub fn record(&self, document: &Document) -> u64 {
        let revision = self.next_revision();
        self.send(Message::Record(document.clone(), revision));
        revision
    }

    fn next_revision(&self) -> u64 {
        let mut progress = self.shared.progress();
        progress.recorded += 1;
        progress.waiting_since.get_or_insert_with(Instant::now);
        progress.recorded
    }

    /// Says that the document was saved and is durable under a canonical path: recovery begins from there.
    ///
    /// Edits that were recorded while the save ran are kept.
    pub fn saved(&self, path: &Path, base: Base, document: &Document) {
        let revision = self.next_revision();
        self.send(Message::Saved { path: path.into(), base, document: document.clone(), revision });
    }

    /// The last revision that survives a power cut.
    pub fn durable_revision(&self) -> u64 {
        self.shared.progress().durable
    }

    /// How long the oldest edit has been waiting to be on disk; zero when none is.
    pub fn lag(&self) -> Duration {
        self.shared.progress().waiting_since.map_or(Duration::ZERO, |since| since.elapsed())
    }

    /// How safe the edits are.
    pub fn status(&self) -> Status {
        if let Some(problem) = &self.shared.progress().problem {
            return Status::Failing(problem.clone());
        }
        let lag = self.lag();
        if lag > LATE { Status::Late(lag) } else { Status::Safe }
    }

    /// Waits until every edit is on disk; false when that fails or takes longer than the limit.
    pub fn flush(&self, limit: Duration) -> bool {
        let waiting = |progress: &mut Progress| progress.tried < progress.recorded;
        let waited = self.shared.changed.wait_timeout_while(self.shared.progress(), limit, waiting);
        let (progress, _) = waited.unwrap_or_else(PoisonError::into_inner);
        progress.durable >= progress.recorded
    }

    /// Ends it when the map is closed: nothing is left to recover. Edits that were never saved are put away for a month.
    pub fn finish(self) {
        self.send(Message::Finish);
    }

    fn send(&self, message: Message) {
        if self.sender.as_ref().is_some_and(|sender| sender.send(message).is_err()) {
            let mut progress = self.shared.progress();
            progress.problem.get_or_insert_with(|| "the thread that writes them ended".into());
        }
    }
}

impl Drop for Journal {
    fn drop(&mut self) {
        drop(self.sender.take()); // the thread writes what waits and ends
        if let Some(thread) = self.thread.take() {
            drop(thread.join()); // when it panicked, what it wrote is there
        }
    }
}

/// The thread's side.
struct Worker {
    writer: Writer,
    /// Revision of the newest document handed over.
    newest: u64,
    shared: Arc<Shared>,
}

/// After a failure it is tried again after this long, then after twice as long, and so on.
const FIRST_RETRY: Duration = Duration::from_secs(1);
const LONGEST_RETRY: Duration = Duration::from_mins(1);

impl Worker {
    fn run(mut self, inbox: &Receiver<Message>) {
        let mut retry = FIRST_RETRY;
        let mut safe = self.write(Instant::now());
        loop {
            let first = if safe {
                inbox.recv().map_err(mpsc::RecvTimeoutError::from) // sleeps until something happens
            } else {
                inbox.recv_timeout(retry)
            };
            match first {
                Ok(first) => {
                    for message in std::iter::once(first).chain(inbox.try_iter()) {
                        match message {
                            Message::Record(document, revision) => {
                                self.writer.wanted = document;
                                self.newest = revision;
                            }
                            Message::Saved { path, base, document, revision } => {
                                self.writer.saved(path, base, document);
                                self.newest = revision;
                            }
                            Message::Finish => {
                                self.writer.finish();
                                return;
                            }
                        }
                    }
                }
                Err(mpsc::RecvTimeoutError::Timeout) => {}
                Err(mpsc::RecvTimeoutError::Disconnected) => return,
            }
            safe = self.write(Instant::now());
            retry = if safe { FIRST_RETRY } else { (retry * 2).min(LONGEST_RETRY) };
        }
    }

    /// Brings the file up to date. Edits handed over after `taken` wait for the next time.
    fn write(&mut self, taken: Instant) -> bool {
        let outcome = self.writer.write();
        let mut progress = self.shared.progress();
        progress.tried = self.newest;
        match &outcome {
            Ok(()) => {
                progress.durable = self.newest;
                progress.problem = None;
                progress.waiting_since = (progress.recorded > self.newest).then_some(taken);
            }
            Err(error) => progress.problem = Some(super::reason::in_words(error)),
        }
        drop(progress);
        self.shared.changed.notify_all();
        outcome.is_ok()
    }
}
