//! Work that may take its time, on threads of its own; what comes of it arrives in the next frame.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::files::open::OpenedMap;
use crate::files::recovery::Found;
use crate::files::save::{SaveError, Saved};
use crate::model::{Document, Edit, PartyId};

/// What a file dialog was opened for.
#[derive(Debug, Clone, PartialEq)]
pub enum Purpose {
    /// To open a map.
    Open,
    /// To hold the open map against another.
    Compare,
    /// To save the map.
    Save,
    /// To write a picture whose name ends like this.
    Export(&'static str),
    /// To write tables.
    ExportTables,
    /// To read tables.
    ImportTables,
    /// To write a brief or a survey sheet whose name ends like this.
    Paper(&'static str),
}

/// Work on a thread that may be called off, until it writes.
#[derive(Debug, Clone, Default)]
pub struct Cancel {
    flag: Arc<AtomicBool>,
    /// It writes: too late. Locked by whoever decides.
    writes: Arc<Mutex<bool>>,
}

impl Cancel {
    /// The flag itself, for work that looks at it on the way.
    pub fn flag(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.flag)
    }

    /// Asked right before anything is written: from here on the work cannot be called off. An error when it was.
    pub fn commit(&self) -> Result<(), String> {
        let mut writes = self.writes.lock().unwrap_or_else(PoisonError::into_inner);
        if self.flag.load(Ordering::Relaxed) {
            return Err("cancelled".into());
        }
        *writes = true;
        Ok(())
    }

    /// Calls it off; false when it is too late.
    fn call_off(&self) -> bool {
        let writes = self.writes.lock().unwrap_or_else(PoisonError::into_inner);
        if !*writes {
            self.flag.store(true, Ordering::Relaxed);
        }
        !*writes
    }
}

/// Work that is under way.
#[derive(Debug)]
pub struct Running {
    /// Tells it from the others.
    pub number: u64,
    name: &'static str,
    /// What people read: “Reading the tables”; nothing for what they need not know of and cannot call off.
    pub title: Option<&'static str>,
    /// Since when.
    pub since: Instant,
    cancel: Cancel,
}

/// What people read of work that may take its time and may be called off.
const TITLES: [(&str, &str); 9] = [
    ("open", "Opening the map"),
    ("outside", "Reading the file"),
    ("compare", "Reading the other map"),
    ("import tables", "Reading the tables"),
    ("export tables", "Writing the tables"),
    ("export", "Painting the picture"),
    ("copy picture", "Painting the picture"),
    ("brief", "Writing the page"),
    ("tidy", "Arranging the map"),
];

/// Work that ends in an edit of the map that was shown when it began.
const OF_THE_MAP: [&str; 3] = ["import tables", "outside", "tidy"];

/// Work is told of, with a way to call it off, when it has taken this long.
pub const WORTH_TELLING: Duration = Duration::from_millis(500);

/// What came of a task.
#[derive(Debug)]
pub enum Done {
    /// Paths were chosen; none when the dialog was cancelled.
    Picked(Purpose, Vec<PathBuf>),
    /// A file was read.
    Opened(PathBuf, Result<Box<OpenedMap>, String>),
    /// A map to be held against was read.
    Compared(PathBuf, Result<Box<OpenedMap>, String>),
    /// What another program made of the file was read.
    Outside(super::outside::Wish, PathBuf, Result<Box<OpenedMap>, String>),
    /// The map was saved, or not.
    Saved(Box<Document>, Result<Saved, SaveError>),
    /// Something was written: what to say.
    Written(Result<String, String>),
    /// A page was written: what to say, and who was told by it.
    Told(Option<PartyId>, Result<String, String>),
    /// A picture for the clipboard.
    Picture(Result<egui::ColorImage, String>),
    /// Tables were read into a map: the map before, and with them.
    Imported(Box<Document>, Result<(Box<Document>, String), String>),
    /// The places that a map gets when it is arranged anew.
    Arranged(Box<Document>, Vec<Edit>),
    /// Faces that have the letters of the map.
    Faces(crate::scene::text::Fonts),
    /// Work that was not saved.
    Lost(Found),
    /// A mistake in the program stopped what has this name.
    Broken(String),
}

/// A native file dialog that is open.
#[derive(Debug)]
pub struct Waiting {
    /// What for.
    pub purpose: Purpose,
    /// Since when.
    pub since: Instant,
    number: u64,
}

/// A dialog that answers sooner than a person can was none: there is no portal and no zenity.
const NO_PERSON: Duration = Duration::from_millis(700);
/// After this long the window offers its own dialog.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// The threads and the way back from them.
#[derive(Debug)]
pub struct Tasks {
    ctx: egui::Context,
    sender: Sender<(u64, Done)>,
    receiver: Receiver<(u64, Done)>,
    /// The native dialog that is open.
    pub waiting: Option<Waiting>,
    /// Native dialogs do not work here.
    pub no_native: bool,
    /// What is under way, the oldest first.
    pub running: Vec<Running>,
    number: u64,
}

impl Tasks {
    /// No task yet.
    pub fn new(ctx: egui::Context) -> Self {
        let (sender, receiver) = channel();
        Self { ctx, sender, receiver, waiting: None, no_native: false, running: Vec::new(), number: 0 }
    }

    /// Does the work on a thread of its own; false when the system gives none.
    pub fn spawn(&mut self, name: &'static str, work: impl FnOnce(&Cancel) -> Done + Send + 'static) -> bool {
        self.number += 1;
        let (number, cancel) = (self.number, Cancel::default());
        let (sender, ctx, what, stop) = (self.sender.clone(), self.ctx.clone(), name.to_owned(), cancel.clone());
        let run = move || {
            let done = catch_unwind(AssertUnwindSafe(|| work(&stop))).unwrap_or(Done::Broken(what));
            // The window may be gone by now; then nobody wants to know.
            drop(sender.send((number, done)));
            ctx.request_repaint();
        };
        let is_begun = std::thread::Builder::new().name(name.into()).spawn(run).is_ok();
        if is_begun {
            let title = TITLES.iter().find(|(of, _)| *of == name).map(|(_, title)| *title);
            self.running.push(Running { number, name, title, since: Instant::now(), cancel });
            self.ctx.request_repaint();
        }
        is_begun
    }

    /// Calls work off: nobody hears what came of it, and it writes nothing. False when it is too late for that.
    pub fn cancel(&mut self, number: u64) -> bool {
        let at = self.running.iter().position(|running| running.number == number && running.cancel.call_off());
        at.map(|at| self.running.remove(at)).is_some()
    }

    /// Another map is shown: work that would change the one before is called off.
    pub fn leave_map(&mut self) {
        self.running.retain(|running| !OF_THE_MAP.contains(&running.name) || !running.cancel.call_off());
    }

    /// The work that people may be told of.
    pub fn titled(&self) -> impl Iterator<Item = (&'static str, &Running)> {
        self.running.iter().filter_map(|running| Some((running.title?, running)))
    }

    /// Opens a native file dialog.
    pub fn pick(&mut self, purpose: Purpose, dialog: rfd::AsyncFileDialog) {
        self.number += 1;
        let number = self.number;
        self.waiting = Some(Waiting { purpose: purpose.clone(), since: Instant::now(), number });
        self.ctx.request_repaint_after(PATIENCE);
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let several = purpose == Purpose::ImportTables;
        let writes = matches!(purpose, Purpose::Save | Purpose::Export(_) | Purpose::ExportTables | Purpose::Paper(_));
        // Made on the window's thread, as macOS wants it; waited for on another.
        let (one, many) = match (writes, several) {
            (true, _) => (Some(futures_of(dialog.save_file())), None),
            (false, true) => (None, Some(Box::pin(dialog.pick_files()))),
            (false, false) => (Some(futures_of(dialog.pick_file())), None),
        };
        let run = move || {
            let mut paths = Vec::new();
            if let Some(one) = one {
                paths.extend(pollster::block_on(one).map(|file| file.path().to_owned()));
            }
            if let Some(many) = many {
                paths.extend(pollster::block_on(many).into_iter().flatten().map(|file| file.path().to_owned()));
            }
            drop(sender.send((number, Done::Picked(purpose, paths))));
            ctx.request_repaint();
        };
        if std::thread::Builder::new().name("file dialog".into()).spawn(run).is_err() {
            self.no_native = true;
        }
    }

    /// The window's context.
    pub fn context(&self) -> &egui::Context {
        &self.ctx
    }

    /// What is done by now. A dialog nobody could have answered comes back as no dialog at all.
    pub fn receive(&mut self) -> Vec<Done> {
        let mut all = Vec::new();
        while let Ok((number, done)) = self.receiver.try_recv() {
            if let Some(at) = self.running.iter().position(|running| running.number == number) {
                self.running.remove(at);
                all.push(done);
                continue;
            }
            let Some(waiting) = self.waiting.take_if(|w| w.number == number) else { continue };
            if let Done::Picked(_, paths) = &done
                && paths.is_empty()
                && waiting.since.elapsed() < NO_PERSON
            {
                self.no_native = true;
            }
            all.push(done);
        }
        all
    }
}

type Picking = std::pin::Pin<Box<dyn Future<Output = Option<rfd::FileHandle>> + Send>>;

fn futures_of(future: impl Future<Output = Option<rfd::FileHandle>> + Send + 'static) -> Picking {
    Box::pin(future)
}
