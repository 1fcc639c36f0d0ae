//! Every state that a power cut may leave by the rules of a file system that keeps nothing in order but what is synced:
//! the calls of a real save are traced, and after each of them any part of the written blocks, and any part of the changes
//! of names, may have come to the disk.
//!
//! Changes of one name, or of one file's names, keep their order, as each builds on the one before. A block is a
//! sixteenth of a file. A file is told to be whole by its blocks: what is in them is the work of other tests.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Stdio;

use super::{Place, SAVED, can_trace, chain, child_command, format, fs, strace, told};

const BLOCKS: u32 = 16;

/// A call that changes the disk, or makes changes last.
#[derive(Debug, Clone, PartialEq)]
enum Call {
    Create(String),
    /// So many bytes at the end.
    Write(String, u64),
    SyncFile(String),
    SyncFolder(String),
    Exchange(String, String),
    Rename(String, String),
    Unlink(String),
    MakeFolder(String),
}

/// The calls between the marks that did something.
fn calls(trace: &str, below: &str) -> Vec<Call> {
    let whole = super::calls_of_the_marker(trace);
    let inside = whole.iter().skip_while(|line| !line.contains(strace::MARK)).skip(1);
    let inside = inside.take_while(|line| !line.contains(strace::MARK));
    inside.filter(|line| !line.contains(" = -1 ") && line.contains(below)).filter_map(|line| call(line)).collect()
}

fn call(line: &str) -> Option<Call> {
    let (_, call) = line.trim().split_once(char::is_whitespace)?;
    let (name, rest) = call.trim().split_once('(')?;
    let quoted: Vec<String> = rest.split('"').skip(1).step_by(2).map(str::to_owned).collect();
    // A file that is open is shown as 3</its/path>.
    let open = || Some(rest.split_once('<')?.1.split_once('>')?.0.to_owned());
    let first = || quoted.first().cloned();
    Some(match name {
        "openat" if rest.contains("O_CREAT") => {
            assert!(rest.contains("O_EXCL"), "a file of that name might be there: {line}");
            Call::Create(first()?)
        }
        "write" => Call::Write(open()?, rest.rsplit_once("= ")?.1.trim().parse().ok()?),
        "fsync" | "fdatasync" => {
            let path = open()?;
            if fs::metadata(&path).is_ok_and(|found| found.is_dir()) {
                Call::SyncFolder(path)
            } else {
                Call::SyncFile(path)
            }
        }
        "renameat2" if rest.contains("RENAME_EXCHANGE") => Call::Exchange(first()?, quoted.get(1)?.clone()),
        "rename" | "renameat" | "renameat2" => Call::Rename(first()?, quoted.get(1)?.clone()),
        "unlink" | "unlinkat" => Call::Unlink(first()?),
        "mkdir" | "mkdirat" => Call::MakeFolder(first()?),
        "link" | "linkat" | "symlink" | "truncate" | "ftruncate" | "pwrite64" | "pwritev" | "writev" | "sendfile"
        | "copy_file_range" => {
            panic!("the model knows nothing of {line}")
        }
        _ => return None,
    })
}

/// A file: so many bytes were written, and so many of them will last.
#[derive(Debug, Clone, Copy, Default)]
struct File {
    written: u64,
    synced: u64,
}

/// The file that each name leads to. A folder is a file without content.
type Names = BTreeMap<String, usize>;

/// The disk as the program sees it, and what of it will last.
#[derive(Debug)]
struct Disk {
    files: Vec<File>,
    now: Names,
    lasting: Names,
    /// Changes of names that are not synced yet, and the file that each makes, if it makes one.
    pending: Vec<(Call, usize)>,
    /// The folders that were made: what is in one is lost with it.
    made: Vec<String>,
}

/// The file that is there before.
const OLD: usize = 0;

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// The names that a change of names is about.
fn about(call: &Call) -> Vec<&str> {
    match call {
        Call::Create(path) | Call::Unlink(path) | Call::MakeFolder(path) => vec![path],
        Call::Exchange(one, other) | Call::Rename(one, other) => vec![one, other],
        Call::Write(..) | Call::SyncFile(_) | Call::SyncFolder(_) => vec![],
    }
}

fn change(names: &mut Names, (call, file): &(Call, usize)) {
    match call {
        Call::Create(path) | Call::MakeFolder(path) => names.extend([(path.clone(), *file)]),
        Call::Unlink(path) => names.retain(|name, _| name != path),
        Call::Rename(from, to) => {
            let moved = names.remove(from);
            names.extend(moved.map(|file| (to.clone(), file)));
        }
        Call::Exchange(one, other) => {
            let (first, second) = (names.remove(one), names.remove(other));
            names.extend(second.map(|file| (one.clone(), file)));
            names.extend(first.map(|file| (other.clone(), file)));
        }
        Call::Write(..) | Call::SyncFile(_) | Call::SyncFolder(_) => {}
    }
}

impl Disk {
    fn with(map: Option<&str>) -> Self {
        let now: Names = map.map(|map| (map.to_owned(), OLD)).into_iter().collect();
        Self { files: vec![File::default()], lasting: now.clone(), now, pending: Vec::new(), made: Vec::new() }
    }

    fn carry_out(&mut self, call: &Call) {
        match call {
            Call::Write(path, length) => self.files[self.now[path]].written += length,
            Call::SyncFile(path) => {
                let file = &mut self.files[self.now[path]];
                file.synced = file.written;
            }
            Call::SyncFolder(path) => {
                let all = std::mem::take(&mut self.pending);
                let (synced, pending): (Vec<_>, Vec<_>) =
                    all.into_iter().partition(|(call, _)| about(call).iter().all(|name| folder(name) == path));
                for call in &synced {
                    change(&mut self.lasting, call);
                }
                self.pending = pending;
            }
            _ => {
                if matches!(call, Call::Create(_) | Call::MakeFolder(_)) {
                    self.files.push(File::default());
                }
                if let Call::MakeFolder(path) = call {
                    self.made.push(path.clone());
                }
                let made = (call.clone(), self.files.len() - 1);
                change(&mut self.now, &made);
                self.pending.push(made);
            }
        }
    }

    /// Every choice of the changes of names that are not synced: none is there without those before it of its names.
    fn names(&self) -> Vec<Names> {
        let chosen = |choice: u32, at: usize| choice & (1 << at) != 0;
        let follows = |at: usize, before: usize| {
            about(&self.pending[at].0).iter().any(|name| about(&self.pending[before].0).contains(name))
        };
        let is_legal = |choice: &u32| {
            let mut pairs = (0..self.pending.len()).flat_map(|at| (0..at).map(move |before| (at, before)));
            pairs.all(|(at, before)| !chosen(*choice, at) || chosen(*choice, before) || !follows(at, before))
        };
        (0..1_u32 << self.pending.len())
            .filter(is_legal)
            .map(|choice| {
                let mut names = self.lasting.clone();
                let kept = self.pending.iter().enumerate().filter(|(at, _)| chosen(choice, *at));
                for (_, call) in kept {
                    change(&mut names, call);
                }
                let lost: Vec<&String> = self.made.iter().filter(|folder| !names.contains_key(*folder)).collect();
                names.retain(|name, _| !lost.iter().any(|folder| Path::new(name).starts_with(folder)));
                names
            })
            .collect()
    }
}

/// Looks at every state after every call; gives how many there are, and the first that is not as it should be. `judge` is
/// told where each name leads, whether a file is whole, and whether the save was said to be done.
fn every_state(
    calls: &[Call],
    mut disk: Disk,
    judge: impl Fn(&Names, &dyn Fn(usize) -> bool, bool) -> Result<(), String>,
) -> (u64, Result<(), String>) {
    let mut last = Disk::with(None);
    last.now.clone_from(&disk.now);
    for call in calls {
        last.carry_out(call);
    }
    let mut states = 0;
    for done in 0..=calls.len() {
        if done > 0 {
            disk.carry_out(&calls[done - 1]);
        }
        // One file at a time is being written; without a sync there are more, and no other of them is counted on.
        let open = disk.files.iter().position(|file| file.synced < file.written);
        for names in disk.names() {
            for blocks in 0..if open.is_some() { 1_u32 << BLOCKS } else { 1 } {
                let is_whole = |file: usize| {
                    let File { written, synced } = disk.files[file];
                    let lasts = written == synced || (open == Some(file) && blocks + 1 == 1 << BLOCKS);
                    lasts && written == last.files[file].written
                };
                states += 1;
                if let Err(problem) = judge(&names, &is_whole, done == calls.len()) {
                    let call = done.checked_sub(1).map(|at| &calls[at]);
                    return (states, Err(format!("{problem} after {call:?}: {names:?}")));
                }
            }
        }
    }
    (states, Ok(()))
}

/// The map is what it was or what it will be, and after the save it is that; what was there is somewhere; what has a name
/// of its own is whole.
fn is_safe(
    map: &str,
    was_there: bool,
    keeps: bool,
) -> impl Fn(&Names, &dyn Fn(usize) -> bool, bool) -> Result<(), String> {
    move |names, is_whole, is_done| {
        let found = names.get(map);
        let is_new = found.is_some_and(|file| *file != OLD && is_whole(*file));
        let is_old = if was_there { found == Some(&OLD) } else { found.is_none() };
        let mut kept = names.iter().filter(|(name, file)| **file == OLD || name.contains(".ron.gz"));
        let partial = names.iter().find(|(name, file)| !name.contains("/.peel-") && !is_whole(**file));
        match () {
            () if !is_old && !is_new => Err("the map is neither the old nor the new one".into()),
            () if is_done && !is_new => Err("what was said to be saved is not there".into()),
            () if was_there && keeps && !kept.any(|(_, file)| is_whole(*file)) => Err("the old map is nowhere".into()),
            () => partial.map_or(Ok(()), |(name, _)| Err(format!("{name} is there in part"))),
        }
    }
}

/// The calls of a job, as traced, and the name of its map.
fn traced(job: &str, old: Option<&str>) -> (Vec<Call>, String) {
    let place = Place::new();
    if let Some(old) = old {
        fs::write(&place.map, old).expect("old");
    }
    let log = place.root.path().join("trace");
    let below = ["strace", "-f", "-qq", "-y", "-o", log.to_str().expect("path")];
    let mut command = child_command(&below, job, place.root.path());
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("strace runs");
    assert_eq!(status.code(), Some(SAVED));
    let root = place.root.path().to_str().expect("path");
    (calls(&fs::read_to_string(log).expect("a trace"), root), place.map.to_str().expect("path").to_owned())
}

#[test]
fn whatever_a_power_cut_leaves_of_unsynced_changes_is_the_old_or_the_new_version() {
    if !can_trace("what a power cut may leave is not looked at") {
        return;
    }
    let old = format::write(&chain(3, "old"));
    let mut all = 0;
    for (job, old, keeps) in [("save", Some(&*old), true), ("save", None, true), ("export", Some(&*old), false)] {
        let (calls, map) = traced(job, old);
        assert!(calls.iter().any(|call| matches!(call, Call::Write(_, length) if *length > 1_000)), "{calls:?}");
        let disk = || Disk::with(old.map(|_| &*map));
        let judge = is_safe(&map, old.is_some(), keeps);
        let (states, found) = every_state(&calls, disk(), &judge);
        assert_eq!(found, Ok(()), "{job} {calls:#?}");
        all += states;
        // The same without one of its syncs is found out. Of the two of the folder of backups either would do: one comes
        // with the backup, one with the line of text beside it.
        let syncs = (0..calls.len()).filter(|at| matches!(calls[*at], Call::SyncFile(_) | Call::SyncFolder(_)));
        let needless = syncs.filter(|at| {
            let without: Vec<Call> = [&calls[..*at], &calls[at + 1..]].concat();
            every_state(&without, disk(), &judge).1.is_ok()
        });
        let of_backups = |call: &Call| matches!(call, Call::SyncFolder(path) if folder(path).ends_with("/backups"));
        let others: Vec<&Call> = needless.map(|at| &calls[at]).filter(|call| !of_backups(call)).collect();
        assert_eq!(others, Vec::<&Call>::new(), "{job}");
    }
    assert!(all >= 100_000, "{all}");
    let how = "each call of save, first save and export; any unsynced sixteenths of files and changes of names";
    told("a power cut, by the rules alone", how, all, "the old or the new version, whole");
}
