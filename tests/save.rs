//! Saving: whatever fails at whatever moment, the old or the new version is there as a whole, and nobody else's is lost.
#![cfg(target_os = "linux")]

mod disk;
#[path = "save/odd.rs"]
mod odd;
#[path = "save/reordered.rs"]
mod reordered;
mod strace;

use std::collections::BTreeSet;
use std::fs;
use std::os::unix::ffi::OsStrExt as _;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, symlink};
use std::os::unix::process::{CommandExt as _, ExitStatusExt as _};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use disk::{budget, chain, child_command, note, quick_dir, told};
use peel::files::dirs::Dirs;
use peel::files::save::{Request, SaveError, Saved, save, save_bytes};
use peel::files::target::Base;
use peel::files::{backups, format};
use peel::model::Document;
use strace::{Call, calls, can_trace, mark, run, run_ahead};

const NOW: i64 = 1_800_000_000;
/// Long after every file of this test was made, by any clock.
const MUCH_LATER: i64 = 5_000_000_000;

fn save_at(path: &Path, document: &Document, base: Option<Base>, dirs: &Dirs) -> Result<Saved, SaveError> {
    save(document, &Request { path, base, overwrite: false, dirs, now: NOW })
}

fn base_of(path: &Path) -> Base {
    Base::of(&fs::read(path).expect("reads"))
}

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).expect("folder").map(|e| e.expect("entry").file_name().to_string_lossy().into());
    let mut names: Vec<String> = names.collect();
    names.sort();
    names
}

fn temps(folder: &Path) -> Vec<String> {
    names(folder).into_iter().filter(|name| name.starts_with(".peel-")).collect()
}

/// A folder with a map in it, and a state directory beside it.
struct Place {
    root: tempfile::TempDir,
    map: PathBuf,
    dirs: Dirs,
}

impl Place {
    fn new() -> Self {
        let root = quick_dir();
        fs::create_dir(root.path().join("maps")).expect("folder");
        let map = root.path().join("maps/map.ron");
        Self { map, dirs: Dirs::below(root.path().join("state")), root }
    }

    fn folder(&self) -> &Path {
        self.map.parent().expect("folder")
    }
}

#[test]
fn a_map_is_saved_and_saved_again() {
    let place = Place::new();
    let (one, two) = (chain(3, "one"), chain(4, "two"));
    let saved = save_at(&place.map, &one, None, &place.dirs).expect("saved");
    assert_eq!(fs::read_to_string(&place.map).expect("reads"), format::write(&one));
    assert_eq!((saved.base, saved.backup, saved.conflict), (base_of(&place.map), None, None));
    assert_eq!(saved.notes, [""; 0]);
    let again = save_at(&place.map, &two, Some(saved.base), &place.dirs).expect("saved");
    assert_eq!(fs::read_to_string(&place.map).expect("reads"), format::write(&two));
    assert_eq!(names(place.folder()), ["map.ron"], "nothing else is there");
    let versions = backups::list(&place.dirs, &again.path).expect("backups");
    assert_eq!(versions.len(), 1);
    assert_eq!(again.backup.as_ref(), Some(&versions[0].file));
    assert_eq!(versions[0].read().expect("reads"), format::write(&one).as_bytes());
}

#[test]
fn what_somebody_else_wrote_is_never_replaced_unasked() {
    let place = Place::new();
    let (mine, later) = (chain(3, "mine"), chain(3, "later"));
    let saved = save_at(&place.map, &mine, None, &place.dirs).expect("saved");
    fs::write(&place.map, "theirs").expect("foreign");
    let ask = save_at(&place.map, &later, Some(saved.base), &place.dirs);
    assert_eq!(ask, Err(SaveError::ChangedOnDisk(place.map.clone())));
    let ask = save_at(&place.map, &later, None, &place.dirs);
    assert_eq!(ask, Err(SaveError::ChangedOnDisk(place.map.clone())), "a new map over another file");
    assert_eq!(fs::read_to_string(&place.map).expect("reads"), "theirs");
    let request = Request { path: &place.map, base: Some(saved.base), overwrite: true, dirs: &place.dirs, now: NOW };
    let saved = save(&later, &request).expect("the person was asked");
    assert_eq!((saved.conflict, names(place.folder())), (None, vec!["map.ron".to_owned()]));
    let versions = backups::list(&place.dirs, &saved.path).expect("backups");
    assert_eq!(versions[0].read().expect("reads"), b"theirs", "kept all the same");
    // The same text from elsewhere (a sync client) is no change.
    fs::write(&place.map, format::write(&mine)).expect("foreign");
    save_at(&place.map, &mine, Some(saved.base), &place.dirs).expect("nothing to ask");
    fs::remove_file(&place.map).expect("removed");
    let saved = save_at(&place.map, &later, Some(base_of_text(&mine)), &place.dirs).expect("made again");
    assert!(saved.notes[0].contains("made again"), "{:?}", saved.notes);
    told("another program changed the file", "written, replaced, removed before a save", 4, "asked, and kept");
}

fn base_of_text(document: &Document) -> Base {
    Base::of(format::write(document).as_bytes())
}

#[test]
fn a_replaced_version_that_no_backup_can_hold_stays_beside_the_map() {
    let place = Place::new();
    fs::write(&place.map, "theirs").expect("foreign");
    fs::write(place.dirs.state(), "no folder can be made here").expect("in the way");
    let request = Request { path: &place.map, base: None, overwrite: true, dirs: &place.dirs, now: NOW };
    let saved = save(&chain(3, "mine"), &request).expect("saved");
    let conflict = saved.conflict.expect("kept");
    assert!(
        conflict.file_name().expect("name").to_string_lossy().starts_with("map (conflict 2027-01-"),
        "{conflict:?}"
    );
    assert_eq!(fs::read_to_string(&conflict).expect("reads"), "theirs");
    assert!(saved.notes[0].contains("backups"), "{:?}", saved.notes);
    assert_eq!(temps(place.folder()), [""; 0]);
}

#[test]
fn mode_owner_and_attributes_are_kept() {
    let place = Place::new();
    let root = rustix::process::geteuid().is_root();
    for mode in [0o600, 0o640, 0o644, 0o660, 0o664, 0o666, 0o755] {
        fs::write(&place.map, "old").expect("old");
        fs::set_permissions(&place.map, fs::Permissions::from_mode(mode)).expect("mode");
        if root {
            std::os::unix::fs::chown(&place.map, Some(1000), Some(1001)).expect("owner");
        }
        let attribute = rustix::fs::XattrFlags::empty();
        let has_attributes = rustix::fs::setxattr(&place.map, "user.peel.test", b"kept", attribute).is_ok();
        let saved = save_at(&place.map, &chain(2, "new"), Some(base_of(&place.map)), &place.dirs).expect("saved");
        let found = fs::metadata(&place.map).expect("there");
        assert_eq!(found.mode() & 0o7777, mode, "{mode:o}");
        if root {
            assert_eq!((found.uid(), found.gid()), (1000, 1001), "{mode:o}");
        }
        if has_attributes {
            let mut value = [0; 16];
            let length = rustix::fs::getxattr(&place.map, "user.peel.test", &mut value[..]).expect("attribute");
            assert_eq!(&value[..length], b"kept");
        }
        assert_eq!(saved.notes, [""; 0]);
        save_bytes(&place.map, b"picture").expect("saved");
        assert_eq!(fs::metadata(&place.map).expect("there").mode() & 0o7777, mode, "exports too");
    }
    let plain = place.folder().join("plain");
    fs::write(&plain, "x").expect("plain");
    let new = place.folder().join("new.ron");
    save_at(&new, &chain(2, "new"), None, &place.dirs).expect("saved");
    let mode = |path: &Path| fs::metadata(path).expect("there").mode() & 0o7777;
    assert_eq!(mode(&new), mode(&plain), "a new file has the usual mode");
    told("mode, owner and attributes", "seven modes, another owner, a user attribute", 7, "kept");
}

#[test]
fn links_stay_links() {
    let place = Place::new();
    let real = place.root.path().join("real.ron");
    fs::write(&real, "old").expect("old");
    symlink("../real.ron", &place.map).expect("link");
    let saved = save_at(&place.map, &chain(2, "new"), Some(base_of(&real)), &place.dirs).expect("saved");
    assert_eq!(fs::read_link(&place.map).expect("still a link"), Path::new("../real.ron"));
    assert_eq!(saved.path, fs::canonicalize(&real).expect("real"));
    assert_eq!(fs::read_to_string(&real).expect("reads"), format::write(&chain(2, "new")));

    fs::remove_file(&real).expect("now it dangles");
    save_at(&place.map, &chain(3, "newer"), None, &place.dirs).expect("saved");
    assert!(fs::symlink_metadata(&place.map).expect("there").is_symlink());
    assert_eq!(fs::read_to_string(&real).expect("made"), format::write(&chain(3, "newer")));
    save_bytes(&place.map, b"picture").expect("saved");
    assert_eq!((fs::read(&real).expect("reads"), place.map.is_symlink()), (b"picture".to_vec(), true));

    let second = place.root.path().join("second.ron");
    fs::hard_link(&real, &second).expect("hard link");
    let saved = save_at(&real, &chain(4, "newest"), Some(base_of(&real)), &place.dirs).expect("saved");
    assert!(saved.notes[0].contains("second name"), "{:?}", saved.notes);
    assert_eq!(fs::read(&second).expect("reads"), b"picture");
    told(
        "symbolic, dangling and hard links",
        "a save and an export through each",
        5,
        "links stay links, or it is said",
    );
}

#[test]
fn what_is_no_file_is_refused_and_left_alone() {
    let place = Place::new();
    let (folder, pipe) = (place.folder().join("folder"), place.folder().join("pipe"));
    fs::create_dir(&folder).expect("folder");
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, 0o600.into(), 0).expect("pipe");
    for path in [&folder, &pipe, Path::new("/dev/full"), Path::new("/")] {
        let document = chain(2, "new");
        for result in [save_at(path, &document, None, &place.dirs).map(drop), save_bytes(path, b"x")] {
            assert!(matches!(result, Err(SaveError::NotAFile { .. })), "{path:?} {result:?}");
        }
    }
    assert_eq!(names(place.folder()), ["folder", "pipe"]);
    let nowhere = place.folder().join("missing/map.ron");
    let error = save_at(&nowhere, &chain(2, "new"), None, &place.dirs).expect_err("no folder").to_string();
    assert!(error.contains("missing/map.ron") && error.contains("not there") && error.contains("Save as"), "{error}");
    let below_a_file = place.map.join("map.ron");
    fs::write(&place.map, "x").expect("file");
    let error = save_at(&below_a_file, &chain(2, "new"), None, &place.dirs).expect_err("no folder").to_string();
    assert!(error.contains("not a folder"), "{error}");
    told("a folder, pipe or device under the name", "mkdir, mkfifo, /dev/full", 8, "refused, left alone");
}

#[test]
fn odd_names_are_names_like_others() {
    let place = Place::new();
    let long = format!("{}.ron", "x".repeat(251));
    let accents = format!("{}é.ron", "é".repeat(124));
    for name in
        [b"-map.ron".as_slice(), b"a\nb.ron", b"\xff\xfe.ron", b"..ron", b" ", long.as_bytes(), accents.as_bytes()]
    {
        let path = place.folder().join(std::ffi::OsStr::from_bytes(name));
        let saved = save_at(&path, &chain(2, "one"), None, &place.dirs).expect("saved");
        save_at(&path, &chain(2, "two"), Some(saved.base), &place.dirs).expect("saved again");
        assert_eq!(fs::read_to_string(&path).expect("reads"), format::write(&chain(2, "two")));
        save_bytes(&path, b"x").expect("saved");
    }
    assert_eq!(names(place.folder()).len(), 7, "one file each: {:?}", names(place.folder()));
    let too_long = place.folder().join("x".repeat(256));
    let error = save_at(&too_long, &chain(2, "one"), None, &place.dirs).expect_err("refused").to_string();
    assert!(error.contains("too long"), "{error}");
    told(
        "odd names",
        "newline, bytes that are no text, 255 bytes, a leading -, 256 bytes",
        8,
        "saved, or said why not",
    );
}

#[test]
fn read_only_files_and_folders_are_respected() {
    let place = Place::new();
    fs::write(&place.map, "old").expect("old");
    fs::set_permissions(&place.map, fs::Permissions::from_mode(0o444)).expect("mode");
    let refused = save_at(&place.map, &chain(2, "new"), Some(base_of(&place.map)), &place.dirs);
    assert_eq!(refused, Err(SaveError::ReadOnly(place.map.clone())), "also by the administrator");
    assert_eq!(save_bytes(&place.map, b"x"), Err(SaveError::ReadOnly(place.map.clone())));
    if !rustix::process::geteuid().is_root() {
        note("not the administrator: saving as another user is not tried");
        return;
    }
    // As nobody: a writable file in a folder of others, and a file of others in a folder of ours.
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("mode");
    for (file, folder, done) in [(0o666, 0o755, false), (0o644, 0o777, false), (0o666, 0o777, true)] {
        mode(place.root.path(), 0o755);
        mode(place.folder(), folder);
        mode(&place.map, file);
        let status =
            child_command(&[], "save", place.root.path()).uid(NOBODY).gid(NOBODY).stdout(Stdio::null()).status();
        assert_eq!(status.expect("runs").code(), Some(if done { SAVED } else { REFUSED }), "{file:o} {folder:o}");
        let found = fs::metadata(&place.map).expect("there");
        assert_eq!(found.uid(), if done { NOBODY } else { 0 }, "the owner cannot be kept");
        assert_eq!(found.mode() & 0o777, file);
        assert_eq!(temps(place.folder()), [""; 0]);
    }
    told("read-only and foreign files and folders", "chmod, another user", 5, "refused, or saved with its mode");
}

const NOBODY: u32 = 65534;

#[test]
fn a_full_disk_leaves_the_old_version() {
    let place = Place::new();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", "size=128k", "none"]).arg(place.folder()).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        note("no small disk can be mounted: a full one is not tried");
        return;
    }
    let outcome = std::panic::catch_unwind(|| {
        let small = chain(10, "small");
        let saved = save_at(&place.map, &small, None, &place.dirs).expect("room");
        let error = save_at(&place.map, &chain(2000, "big"), Some(saved.base), &place.dirs).expect_err("no room");
        let words = error.to_string();
        assert!(
            words.contains("map.ron") && words.contains("the disk is full") && words.contains("Make room"),
            "{words}"
        );
        assert!(save_bytes(&place.map, &vec![b'x'; 200_000]).is_err(), "no room");
        assert_eq!(names(place.folder()), ["map.ron"]);
        assert_eq!(fs::read_to_string(&place.map).expect("reads"), format::write(&small));
        // Processes that other tests are starting may hold the removed file for an instant.
        eventually("room again", || save_at(&place.map, &chain(11, "small"), Some(saved.base), &place.dirs).is_ok());
    });
    eventually("unmounted", || {
        Command::new("umount").arg(place.folder()).output().is_ok_and(|output| output.status.success())
    });
    outcome.expect("as above");
    told("the disk is full: save and export", "a tmpfs of 128 kB", 2, "said, the old version stays, then saved");
}

fn eventually(what: &str, mut done: impl FnMut() -> bool) {
    let tried = (0..100).any(|_| {
        let done = done();
        if !done {
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        done
    });
    assert!(tried, "{what}");
}

/// A writer that replaces the map as sync clients do, while it is saved over and over: every version of its is seen by
/// a save, or taken out by itself, or kept beside the map.
#[test]
fn versions_that_arrive_during_a_save_are_kept() {
    let place = Place::new();
    fs::write(&place.map, "foreign 0").expect("first");
    let spare = place.folder().join("spare");
    let stop = std::sync::atomic::AtomicBool::new(false);
    let (mut seen, mut conflicts, mut saves) = (BTreeSet::new(), 0, 0);
    let taken = std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            let mut taken = BTreeSet::new();
            for version in 1.. {
                fs::write(&spare, format!("foreign {version}")).expect("written");
                rustix::fs::renameat_with(
                    rustix::fs::CWD,
                    &spare,
                    rustix::fs::CWD,
                    &place.map,
                    rustix::fs::RenameFlags::EXCHANGE,
                )
                .expect("exchanged");
                taken.insert(fs::read_to_string(&spare).expect("reads"));
                if stop.load(std::sync::atomic::Ordering::Relaxed) {
                    return (taken, version);
                }
                std::thread::sleep(std::time::Duration::from_micros(version % 7 * 300));
            }
            unreachable!("ends when it is told to")
        });
        let started = std::time::Instant::now();
        for round in 0.. {
            let there = fs::read(&place.map).expect("always there");
            seen.insert(String::from_utf8(there.clone()).expect("text"));
            let document = chain(2, &format!("mine {round}"));
            match save(
                &document,
                &Request {
                    path: &place.map,
                    base: Some(Base::of(&there)),
                    overwrite: false,
                    dirs: &place.dirs,
                    now: NOW + round,
                },
            ) {
                Ok(saved) => {
                    saves += 1;
                    conflicts += u32::from(saved.conflict.is_some());
                }
                Err(SaveError::ChangedOnDisk(_)) => {}
                // It was put in place, and what came out was dealt with.
                Err(SaveError::ReplacedAtOnce(_)) => saves += 1,
                Err(error) => panic!("{error}"),
            }
            if (conflicts >= 20 && saves >= 200) || started.elapsed().as_secs() > 20 {
                break;
            }
        }
        stop.store(true, std::sync::atomic::Ordering::Relaxed);
        writer.join().expect("writer")
    });
    let (taken, last) = taken;
    let mut kept: BTreeSet<String> = BTreeSet::new();
    for name in names(place.folder()) {
        kept.insert(fs::read_to_string(place.folder().join(name)).expect("reads"));
    }
    for version in 0..=last {
        let text = format!("foreign {version}");
        assert!(seen.contains(&text) || taken.contains(&text) || kept.contains(&text), "{text} of {last} is lost");
    }
    assert!(conflicts > 0, "the moment was never met: {saves} saves, {last} versions");
    let result = format!("{last} versions of theirs, {conflicts} kept beside the map, none lost");
    told("the file is replaced during saves", "names exchanged at moments of chance", saves, &result);
}

// ---- A fault at every system call ----

const SAVED: i32 = 40;
const REFUSED: i32 = 41;
const NOT_DURABLE: i32 = 42;
const REPLACED: i32 = 43;

/// Not a test by itself: a process that the others start, watch and kill.
#[test]
fn child() {
    let Some((job, root)) = disk::job() else { return };
    let (map, dirs) = (root.join("maps/map.ron"), Dirs::below(root.join("state")));
    if job == "loop" {
        save_for_ever(&map, &dirs);
    }
    if job == "limited" {
        odd::limit_lengths();
    }
    let document = chain(20, "new");
    let base = fs::read(&map).ok().map(|bytes| Base::of(&bytes));
    let overwrite = job == "overwrite";
    let base = base.filter(|_| !overwrite);
    run_ahead();
    mark(); // the trace is read from here
    let result = if job == "export" {
        save_bytes(&map, format::write(&document).as_bytes())
    } else {
        save(&document, &Request { path: &map, base, overwrite, dirs: &dirs, now: NOW }).map(drop)
    };
    mark(); // to here
    std::process::exit(match result {
        Ok(()) => SAVED,
        Err(SaveError::NotDurable { .. }) => NOT_DURABLE,
        Err(SaveError::ReplacedAtOnce(_)) => REPLACED,
        Err(_) => REFUSED,
    })
}

/// The order that a power cut asks for, which no kill can show.
#[test]
fn the_file_is_synced_before_it_is_moved_and_the_folder_before_the_old_one_goes() {
    if !can_trace("the order of syncs is not looked at") {
        return;
    }
    let place = Place::new();
    fs::write(&place.map, format::write(&chain(3, "old"))).expect("old");
    let (status, trace) = run(place.root.path(), "save", &[]);
    assert_eq!(status.code(), Some(SAVED));
    let folder = format!("\"{}\", O_RDONLY|O_CLOEXEC)", fs::canonicalize(place.folder()).expect("folder").display());
    let whole = calls_of_the_marker(&trace);
    let mut lines = whole.iter().skip_while(|line| !line.contains(strace::MARK)).skip(1);
    for step in ["O_EXCL", "write(", "fsync(", "RENAME_EXCHANGE", folder.as_str(), "fsync(", "unlink(", strace::MARK] {
        assert!(lines.any(|line| line.contains(step) && line.contains(" = ")), "{step} does not follow:\n{trace}");
    }
}

#[test]
fn a_fault_at_every_system_call_of_a_save() {
    every_fault("save", Some(&format::write(&chain(3, "old"))), &[]);
}

#[test]
fn a_fault_at_every_system_call_of_a_first_save() {
    every_fault("save", None, &[]);
}

#[test]
fn a_fault_at_every_system_call_of_replacing_a_foreign_version() {
    every_fault("overwrite", Some("theirs"), &[]);
}

#[test]
fn a_fault_at_every_system_call_where_names_cannot_be_exchanged() {
    every_fault("overwrite", Some("theirs"), &["inject=renameat2:error=EINVAL".into()]);
}

#[test]
fn a_fault_at_every_system_call_of_an_export() {
    every_fault("export", Some("an older picture"), &[]);
}

fn every_fault(job: &str, old: Option<&str>, always: &[String]) {
    if !can_trace("faults at every system call are not tried") {
        return;
    }
    let fresh = || {
        let place = Place::new();
        if let Some(old) = old {
            fs::write(&place.map, old).expect("old");
        }
        place
    };
    let (status, trace) = run(fresh().root.path(), job, always);
    assert_eq!(status.code(), Some(SAVED), "without a fault: {trace}");
    let calls = calls(&trace);
    assert!(calls.len() > 10, "{calls:?}");
    let (mut runs, mut left) = (0, 0);
    let mut try_out = |faults: &[String]| {
        let (place, what) = (fresh(), format!("{job} {faults:?}"));
        let all: Vec<String> = always.iter().chain(faults).cloned().collect();
        let (status, trace) = run(place.root.path(), job, &all);
        check_after(&place, old, status, &what, &trace);
        left += temps(place.folder()).len();
        runs += 1;
        save_after(&place, &what);
    };
    // What comes of a failed close is the standard library's business: nothing for files, a panic for folders.
    let can_fail = |name: &str| name != "close" && (name != "renameat2" || always.is_empty());
    let inject = |(name, nth): &Call, fault: &str| {
        let (fault, on) = fault.strip_suffix('+').map_or((fault, ""), |fault| (fault, "+"));
        format!("inject={name}:{fault}:when={nth}{on}")
    };
    for (at, call) in calls.iter().enumerate() {
        if call.0 != "renameat2" || always.is_empty() {
            try_out(&[inject(call, "signal=KILL")]);
        }
        // By day one of the rarer errors at each call, by night each of them.
        let rare = &RARE[budget(at as u64 % 3, 0) as usize..][..budget(1, RARE.len() as u64) as usize];
        for fault in USUAL.iter().chain(rare).filter(|_| can_fail(&call.0)) {
            try_out(&[inject(call, fault)]);
        }
    }
    let mut chance = strace::Chance(calls.len() as u64);
    let pairs = budget(20, 2_000);
    for _ in 0..pairs {
        let mut any = || {
            let call = &calls[chance.below(calls.len() as u64) as usize];
            let fault = ["signal=KILL", "error=EIO", "error=ENOSPC+", "error=EACCES"][chance.below(4) as usize];
            (call, fault)
        };
        let ((one, first), (two, second)) = (any(), any());
        if one.0 != two.0 && can_fail(&one.0) && can_fail(&two.0) {
            try_out(&[inject(one, first), inject(two, second)]);
        }
    }
    let how = format!(
        "strace: killed, EIO, ENOSPC, EINTR, EDQUOT, EACCES at each of {} system calls, once and from then on, and pairs of \
         them; {left} temporary files swept",
        calls.len()
    );
    let turned = if always.is_empty() { "" } else { " where names cannot be exchanged" };
    let old = if old.is_some() { "over an older file" } else { "of a first file" };
    told(&format!("every system call of {job}{turned} {old}"), &how, runs, "the old or the new version, whole");
}

/// Errors that a full or broken disk gives, and rarer ones: of an interruption there is no end if it comes again and again.
const USUAL: [&str; 4] = ["error=ENOSPC", "error=EIO", "error=ENOSPC+", "error=EIO+"];
const RARE: [&str; 5] = ["error=EINTR", "error=EDQUOT", "error=EACCES", "error=EDQUOT+", "error=EACCES+"];

fn check_after(place: &Place, old: Option<&str>, status: ExitStatus, what: &str, trace: &str) {
    let new = format::write(&chain(20, "new"));
    let found = fs::read_to_string(&place.map).ok();
    let (is_old, is_new) = (found.as_deref() == old, found.as_deref() == Some(new.as_str()));
    assert!(is_old || is_new, "{what}: neither old nor new: {found:?}\n{trace}");
    match status.code() {
        Some(SAVED) => assert!(is_new, "{what}: said to be saved"),
        Some(REFUSED) if !what.starts_with("export") => assert!(is_old, "{what}: said to be as it was\n{trace}"),
        Some(NOT_DURABLE) => assert!(is_new, "{what}: said to be there"),
        Some(REFUSED) => {}
        Some(code) => panic!("{what}: ended with {code}\n{trace}"),
        None => assert_eq!(status.signal(), Some(9), "{what}"),
    }
    // One being written, one taken out.
    assert!(temps(place.folder()).len() <= 2, "{what}: {:?}", names(place.folder()));
    if what.starts_with("overwrite") {
        assert!(is_kept(place, "theirs"), "{what}: the foreign version is lost\n{trace}");
    }
}

/// True when a text is in the folder of the map or in its backups.
fn is_kept(place: &Place, text: &str) -> bool {
    let beside = |name: &String| fs::read_to_string(place.folder().join(name)).is_ok_and(|found| found == text);
    let canonical = fs::canonicalize(place.folder()).expect("folder").join("map.ron");
    let versions = backups::list(&place.dirs, &canonical).expect("backups");
    names(place.folder()).iter().any(beside)
        || versions.iter().any(|version| version.read().is_ok_and(|bytes| bytes == text.as_bytes()))
}

/// A save after the fault goes well and sweeps up, without losing what was swept.
fn save_after(place: &Place, what: &str) {
    let foreign = is_kept(place, "theirs");
    let dirs = &place.dirs;
    let request = Request { path: &place.map, base: None, overwrite: true, dirs, now: MUCH_LATER };
    save(&chain(4, "after"), &request).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert_eq!(fs::read_to_string(&place.map).expect("reads"), format::write(&chain(4, "after")), "{what}");
    assert_eq!(temps(place.folder()), [""; 0], "{what}: swept");
    let swept = fs::read_dir(dirs.leftovers()).into_iter().flatten().flatten();
    let in_leftovers =
        swept.map(|entry| fs::read_to_string(entry.path())).any(|text| text.is_ok_and(|t| t == "theirs"));
    assert!(!foreign || in_leftovers || is_kept(place, "theirs"), "{what}: lost by sweeping");
}

/// Kills at moments of chance: what was said to be saved is there, or a later version, and always as a whole.
#[test]
fn kills_at_random_moments() {
    let place = Place::new();
    fs::write(&place.map, format::write(&chain(20, "0"))).expect("old");
    let (mut acknowledged, mut first_save) = (0, std::time::Duration::ZERO);
    let rounds = budget(150, 20_000);
    for round in 0..rounds {
        // As busy as the machine is now: from a start that comes to nothing to some saves.
        if round % 25 == 0 {
            first_save = time_to_a_save(&place);
        }
        let mut command = child_command(&[], "loop", place.root.path());
        let mut child = command.stdout(Stdio::piped()).spawn().expect("starts");
        std::thread::sleep(first_save.mul_f64((round * 7919 % 1000) as f64 / 500.0));
        child.kill().expect("killed");
        let output = String::from_utf8(child.wait_with_output().expect("ended").stdout).expect("text");
        let said = output.lines().filter_map(|line| line.strip_prefix("saved ")?.strip_suffix('.')?.parse().ok()).max();
        let found = fs::read_to_string(&place.map).expect("never missing");
        let title = format::read(found.as_bytes()).expect("whole").document.info().title.clone();
        let version: u64 = title.parse().expect("number");
        assert!(found == format::write(&chain(20, &title)), "round {round}");
        assert!(version >= said.unwrap_or(0), "round {round}: {version} is there, {said:?} was said to be saved");
        acknowledged += u64::from(said.is_some());
    }
    let left = temps(place.folder()).len();
    save_after(&place, "kills");
    assert!(acknowledged > rounds / 8, "only {acknowledged} of {rounds} came to save");
    let how =
        format!("kill -9 at moments of chance, {acknowledged} of them after a save; {left} temporary files swept");
    told("kill while saving", &how, rounds, "nothing lost");
}

/// The calls of the thread that marked, each with its result, also where other threads called meanwhile.
fn calls_of_the_marker(trace: &str) -> Vec<String> {
    let thread =
        trace.lines().find(|line| line.contains(strace::MARK)).expect("a mark").split_whitespace().next().expect("id");
    let mut calls: Vec<String> = Vec::new();
    for line in trace.lines().filter(|line| line.split_whitespace().next() == Some(thread)) {
        match (line.split_once(" resumed>"), calls.last_mut()) {
            (Some((_, result)), Some(call)) => *call = call.replace("<unfinished ...>", result),
            _ => calls.push(line.to_owned()),
        }
    }
    calls
}

/// How long a process takes from its start to the first version that it says to be saved.
fn time_to_a_save(place: &Place) -> std::time::Duration {
    use std::io::BufRead as _;
    let started = std::time::Instant::now();
    let mut child = child_command(&[], "loop", place.root.path()).stdout(Stdio::piped()).spawn().expect("starts");
    let mut lines = std::io::BufReader::new(child.stdout.take().expect("piped")).lines();
    assert!(lines.any(|line| line.expect("text").starts_with("saved ")), "it saves");
    let time = started.elapsed();
    child.kill().expect("killed");
    child.wait().expect("ended");
    time
}

/// Saves one version after the other, until killed.
fn save_for_ever(map: &Path, dirs: &Dirs) {
    let first = format::read(&fs::read(map).expect("reads")).expect("map").document.info().title.parse::<u64>();
    let (mut base, mut out) = (Some(base_of(map)), std::io::stdout());
    for version in first.expect("number") + 1.. {
        let document = chain(20, &version.to_string());
        base = Some(save_at(map, &document, base, dirs).expect("saved").base);
        std::io::Write::write_all(&mut out, format!("saved {version}.\n").as_bytes()).expect("written");
    }
}

/// Prints how long a save of a large map takes, on the disk.
#[test]
#[ignore = "prints figures, checks nothing"]
fn time_of_a_save() {
    let root = tempfile::tempdir().expect("tempdir");
    let (map, dirs) = (root.path().join("map.ron"), Dirs::below(root.path().join("state")));
    let mut base = None;
    let mut times = Vec::new();
    for round in 0..40 {
        let document = chain(10_000, &format!("round {round}"));
        let started = std::time::Instant::now();
        let saved = save(&document, &Request { path: &map, base, overwrite: false, dirs: &dirs, now: NOW + round });
        base = Some(saved.expect("saved").base);
        times.push(started.elapsed());
    }
    times.sort();
    let bytes = fs::read(&map).expect("reads");
    let mut parts = Vec::new();
    let document = format::read(&bytes).expect("map").document;
    for part in [
        &(|| drop(format::write(&document))) as &dyn Fn(),
        &|| drop(format::read(&bytes)),
        &|| drop(backups::store(&dirs, Path::new("/elsewhere"), &bytes, NOW)),
        &|| save_bytes(&root.path().join("export"), &bytes).expect("saved"),
    ] {
        let started = std::time::Instant::now();
        part();
        parts.push(started.elapsed());
    }
    note(&format!("save of 10,000 parties, {} bytes: p50 {:?}, max {:?}", bytes.len(), times[20], times[39]));
    note(&format!("of which write, read back, backup, file: {parts:?}"));
}
