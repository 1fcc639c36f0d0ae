//! Power cuts: a process works on a small disk of its own, whose whole content is copied in one instant. The copy is what a
//! disk holds that lost its power then; it is mounted, which replays the file system's own journal, and looked at.
//!
//! The disk is a file on an XFS that can copy files by reference (`FICLONE`), so that a copy is of one moment. Needs the
//! administrator's rights, loop devices and `mkfs.xfs`; says what it left out. Models a disk that keeps whatever it was
//! given: what its own cache would lose or reorder is not tried. A program of its own, as it keeps the disk busy, and other
//! tests look at how long the disk takes.
#![cfg(target_os = "linux")]

mod disk;

use std::fs;
use std::io::{BufRead as _, Write as _};
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use disk::{budget, chain, child_command, note, quick_dir, told};
use peel::files::dirs::Dirs;
use peel::files::format;
use peel::files::journal::Journal;
use peel::files::recovery::scan;
use peel::files::save::{Request, save};
use peel::files::target::Base;
use peel::model::{Document, check};

const NOW: i64 = 1_800_000_000;
/// So long it is waited for the first that is safe.
const PATIENCE: Duration = Duration::from_secs(30);

/// A file system: its name, what makes it, how it is mounted, and the size of its disk in MB.
type Kind = (&'static str, &'static str, &'static [&'static str], &'static str, u64);

const KINDS: &[Kind] = &[
    ("ext4", "mkfs.ext4", &["-q", "-F"], "loop", 32),
    ("ext4 noauto_da_alloc,commit=1", "mkfs.ext4", &["-q", "-F"], "loop,noauto_da_alloc,commit=1", 32),
    ("xfs", "mkfs.xfs", &["-q", "-f"], "loop,nouuid", 300),
    ("btrfs", "mkfs.btrfs", &["-q", "-f"], "loop", 128),
];

/// What is mounted for as long as this is there.
struct Mounted(PathBuf);

impl Mounted {
    fn new(image: &Path, options: &str, at: PathBuf) -> Option<Self> {
        fs::create_dir_all(&at).ok()?;
        let mounted = Command::new("mount").args(["-o", options]).arg(image).arg(&at).output().ok()?;
        mounted.status.success().then_some(Self(at))
    }
}

impl Drop for Mounted {
    fn drop(&mut self) {
        // A process that was killed a moment ago may still hold it.
        for _ in 0..200 {
            if Command::new("umount").arg(&self.0).output().is_ok_and(|output| output.status.success()) {
                return;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn made(program: &str, arguments: &[&str], image: &Path, megabytes: u64) -> bool {
    let file = fs::File::create(image).and_then(|file| file.set_len(megabytes << 20));
    let run = || Command::new(program).args(arguments).arg(image).output();
    file.is_ok() && run().is_ok_and(|output| output.status.success())
}

/// Cuts the power of a job at moments of chance, on every file system that can be had. `prepare` fills the folder before
/// the first cut; `check` is given the folder as it is after a cut and the lines that the job had said before.
fn cuts(what: &str, job: &str, prepare: impl Fn(&Path), check: impl Fn(&Path, &[String], &str)) {
    let root = tempfile::tempdir().expect("temporary directory");
    let outer = root.path().join("outer.img");
    let xfs = made("mkfs.xfs", &["-q", "-f", "-m", "reflink=1"], &outer, 2_000);
    let Some(_kept) = xfs.then(|| Mounted::new(&outer, "loop", root.path().join("outer"))).flatten() else {
        note("no XFS can be made and mounted here (mkfs.xfs, loop devices and root): power cuts are not tried");
        return;
    };
    let count = budget(12, 1_250);
    'kinds: for (name, program, arguments, options, megabytes) in KINDS {
        let image = root.path().join("outer/disk.img");
        if !made(program, arguments, &image, *megabytes) {
            note(&format!("{program} is not installed: power cuts on {name} are not tried"));
            continue;
        }
        let copy = root.path().join("outer/cut.img");
        for cut in 0..count {
            let Some(disk) = Mounted::new(&image, options, root.path().join("disk")) else {
                note(&format!("{name} cannot be mounted: power cuts on it are not tried"));
                continue 'kinds;
            };
            if cut == 0 {
                prepare(&disk.0);
                assert!(Command::new("sync").arg("-f").arg(&disk.0).status().expect("sync").success());
            }
            let mut child = child_command(&[], job, &disk.0).stdout(Stdio::piped()).spawn().expect("starts");
            let output = std::io::BufReader::new(child.stdout.take().expect("piped"));
            let lines = Arc::new(Mutex::new(Vec::new()));
            let heard = Arc::clone(&lines);
            let reader = std::thread::spawn(move || {
                for line in output.lines().map_while(Result::ok) {
                    heard.lock().expect("lines").push(line);
                }
            });
            let begin = Instant::now();
            while lines.lock().expect("lines").is_empty() && begin.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(1));
            }
            std::thread::sleep(Duration::from_micros(cut * 7_919 % 60_000));
            // What was said before the copy began must be in it.
            let said = lines.lock().expect("lines").clone();
            let copied = Command::new("cp").arg("--reflink=always").args([&image, &copy]).status();
            child.kill().expect("killed");
            child.wait().expect("ended");
            reader.join().expect("reader");
            drop(disk);
            assert!(copied.is_ok_and(|status| status.success()), "copied in one instant");
            let after =
                Mounted::new(&copy, options, root.path().join("after")).expect("a disk after a power cut mounts");
            check(&after.0, &said, &format!("{name}, cut {cut}"));
            assert!(!said.is_empty(), "{name}, cut {cut}: nothing was said to be safe within {PATIENCE:?}");
        }
        told(&format!("power cut while {what}, {name}"), "copy of a loop device in one instant", count, "nothing lost");
    }
}

/// Not a test by itself: saves or edits until it is killed, and says what is safe.
#[test]
fn child() {
    let Some((job, root)) = disk::job() else { return };
    match job.as_str() {
        "save" => save_for_ever(&root),
        "edit" => edit_for_ever(&root),
        _ => {}
    }
}

fn place(root: &Path) -> (PathBuf, Dirs) {
    (root.join("maps/map.ron"), Dirs::below(root.join("state")))
}

fn say(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).expect("written");
}

/// Saves one version after the other, with rests: the next save would make the one before it safe.
fn save_for_ever(root: &Path) {
    let (map, dirs) = place(root);
    let mut base = Some(Base::of(&fs::read(&map).expect("reads")));
    let first = version(&fs::read(&map).expect("reads"), "the first");
    for version in first + 1.. {
        let request = Request { path: &map, base, overwrite: false, dirs: &dirs, now: NOW };
        base = Some(save(&chain(20, &version.to_string()), &request).expect("saved").base);
        say(&format!("{version}.\n"));
        std::thread::sleep(Duration::from_millis(version * 7 % 40));
    }
}

/// Edits for ever, and says which edit the journal holds safely.
fn edit_for_ever(root: &Path) {
    let journal = Journal::start(&Dirs::below(root), None, None, &Document::default(), NOW);
    // Numbers of a later session are larger than those of one before.
    let first = std::time::UNIX_EPOCH.elapsed().expect("a clock").as_micros() as u64;
    for number in 1_u64.. {
        journal.record(&chain(3, &(first + number).to_string()));
        // The first revision is the start.
        let durable = journal.durable_revision().saturating_sub(1);
        if durable > 0 {
            say(&format!("{}.\n", first + durable));
        }
        std::thread::sleep(Duration::from_micros(number * 131 % 2_000));
    }
}

/// The largest number that was said as a whole.
fn most(said: &[String]) -> u64 {
    said.iter().filter_map(|line| line.strip_suffix('.')?.parse().ok()).max().unwrap_or(0)
}

/// The number in the title of a map, which is checked to be exactly that version.
fn version(text: &[u8], what: &str) -> u64 {
    let opened = format::read(text).unwrap_or_else(|error| panic!("{what}: {error}"));
    let title = opened.document.info().title.clone();
    assert!(text == format::write(&chain(20, &title)).as_bytes(), "{what}");
    title.parse().expect("a number")
}

#[test]
fn power_cuts_lose_no_save() {
    // Backups are on another disk, as a sync of theirs would make the map safe too.
    let elsewhere = quick_dir();
    let prepare = |root: &Path| {
        fs::create_dir(root.join("maps")).expect("folder");
        symlink(elsewhere.path(), root.join("state")).expect("link");
        fs::write(place(root).0, format::write(&chain(20, "0"))).expect("old");
    };
    let look = |root: &Path, said: &[String], what: &str| {
        let found = version(&fs::read(place(root).0).unwrap_or_else(|error| panic!("{what}: {error}")), what);
        assert!(found >= most(said), "{what}: {found} is there, {} was said to be saved", most(said));
    };
    cuts("saving", "save", prepare, look);
}

#[test]
fn power_cuts_lose_no_edit_that_was_said_to_be_durable() {
    let look = |root: &Path, said: &[String], what: &str| {
        // Each cut is a session more in the same folder.
        let found = scan(&Dirs::below(root), NOW).expect("looks");
        assert_eq!(found.unreadable.len(), 0, "{what}");
        let sound = found.recoverable.iter().all(|one| check(&one.recovered).is_empty());
        let numbers = found.recoverable.iter().filter_map(|one| one.recovered.info().title.parse::<u64>().ok());
        let last = numbers.max().unwrap_or(0);
        assert!(sound && last >= most(said), "{what}: {last} was found, {} was said to be durable", most(said));
    };
    cuts("editing", "edit", |_| (), look);
}
