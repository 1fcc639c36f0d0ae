//! Odd disks, clocks and neighbours: small disks, folders that go away, clocks that jump, a second window that saves.

use std::fs::File;
use std::time::{Duration, SystemTime};

use super::*;

/// Does something with the folder of the map on a small disk of its own; says so where none can be mounted.
fn on_a_disk(options: &str, what: &str, job: impl FnOnce(&Place) + std::panic::UnwindSafe) {
    let place = Place::new();
    let folder = place.folder().to_owned();
    let mounted = Command::new("mount").args(["-t", "tmpfs", "-o", options, "none"]).arg(&folder).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        note(&format!("no small disk can be mounted: {what} is not tried"));
        return;
    }
    let outcome = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| job(&place)));
    eventually("unmounted", || {
        Command::new("umount").args(["-l"]).arg(&folder).output().is_ok_and(|output| output.status.success())
            || !mounted_at(&folder)
    });
    outcome.expect("as above");
    told(what, &format!("a tmpfs of {options}"), 1, "said, and the old version stays");
}

fn mounted_at(folder: &Path) -> bool {
    let there = fs::read_to_string("/proc/self/mounts").expect("mounts");
    there.lines().any(|line| line.split(' ').nth(1).is_some_and(|at| Path::new(at) == folder))
}

#[test]
fn a_disk_without_room_for_another_file() {
    on_a_disk("nr_inodes=2", "no inode is left", |place| {
        fs::write(&place.map, format::write(&chain(3, "old"))).expect("the second inode");
        let error =
            save_at(&place.map, &chain(4, "new"), Some(base_of(&place.map)), &place.dirs).expect_err("none left");
        assert!(error.to_string().contains("the disk is full"), "{error}");
        assert_eq!(fs::read_to_string(&place.map).expect("reads"), format::write(&chain(3, "old")));
        assert_eq!(names(place.folder()), ["map.ron"]);
    });
}

#[test]
fn a_disk_that_is_read_only() {
    on_a_disk("size=1m", "the disk becomes read-only", |place| {
        let saved = save_at(&place.map, &chain(3, "old"), None, &place.dirs).expect("saved");
        let remount = Command::new("mount").args(["-o", "remount,ro"]).arg(place.folder()).status();
        assert!(remount.is_ok_and(|status| status.success()));
        let error = save_at(&place.map, &chain(4, "new"), Some(saved.base), &place.dirs).expect_err("read-only");
        assert!(error.to_string().contains("may only be read"), "{error}");
        assert_eq!(fs::read_to_string(&place.map).expect("reads"), format::write(&chain(3, "old")));
    });
}

#[test]
fn a_disk_that_is_unplugged() {
    on_a_disk("size=1m", "the disk is unplugged", |place| {
        let saved = save_at(&place.map, &chain(3, "old"), None, &place.dirs).expect("saved");
        let gone = Command::new("umount").args(["-l"]).arg(place.folder()).status();
        assert!(gone.is_ok_and(|status| status.success()));
        // The folder on which it was mounted is there: the work is saved in it, and that is said.
        let again = save_at(&place.map, &chain(4, "new"), Some(saved.base), &place.dirs).expect("saved");
        assert!(again.notes[0].contains("made again"), "{:?}", again.notes);
        fs::remove_dir_all(place.folder()).expect("removed");
        let error = save_at(&place.map, &chain(5, "newer"), Some(again.base), &place.dirs).expect_err("no folder");
        assert!(error.to_string().contains("Save as"), "{error}");
        fs::create_dir(place.folder()).expect("plugged in again");
        save_at(&place.map, &chain(5, "newer"), Some(again.base), &place.dirs).expect("saved");
    });
}

/// A limit on the length of files ends the process, as no handler of the signal is there: the old version stays.
#[test]
fn a_limit_on_the_length_of_files() {
    let place = Place::new();
    fs::write(&place.map, format::write(&chain(3, "old"))).expect("old");
    let status = child_command(&[], "limited", place.root.path()).stdout(Stdio::null()).status().expect("runs");
    assert!(status.signal() == Some(25) || status.code() == Some(REFUSED), "{status:?}");
    assert_eq!(fs::read_to_string(&place.map).expect("reads"), format::write(&chain(3, "old")));
    save_after(&place, "a limit on the length of files");
    told("a limit on the length of files", "setrlimit", 1, "the old version, whole");
}

pub fn limit_lengths() {
    let limit = rustix::process::Rlimit { current: Some(300), maximum: Some(300) };
    rustix::process::setrlimit(rustix::process::Resource::Fsize, limit).expect("a limit");
}

/// The clock of the saves and that of the file jump: content alone decides, and earlier versions keep their order.
#[test]
fn clocks_that_jump() {
    let place = Place::new();
    let at = |seconds: u64| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    let clocks = [NOW, 0, -1, 4_070_908_800, NOW, NOW + 1, i64::MIN, i64::MAX, NOW];
    let mut base = None;
    for (round, now) in clocks.into_iter().enumerate() {
        let document = chain(2, &format!("round {round}"));
        let request = Request { path: &place.map, base, overwrite: false, dirs: &place.dirs, now };
        let saved = save(&document, &request).unwrap_or_else(|error| panic!("{round}: {error}"));
        assert_eq!(saved.conflict, None);
        base = Some(saved.base);
        let stamp = at([0, 4_070_908_800, 1][round % 3]);
        File::options().write(true).open(&place.map).and_then(|file| file.set_modified(stamp)).expect("a time");
        let versions = backups::list(&place.dirs, &saved.path).expect("backups");
        let kept: Vec<Vec<u8>> = versions.iter().map(|version| version.read().expect("reads")).collect();
        let wanted = (0..round).rev().map(|n| format::write(&chain(2, &format!("round {n}"))).into_bytes());
        assert_eq!(kept, wanted.collect::<Vec<_>>(), "{round}");
    }
    // Another program's change is seen though length and time are those of before.
    let mut theirs = fs::read(&place.map).expect("reads");
    let letter = theirs.iter().position(|byte| *byte == b'P').expect("a name");
    theirs[letter] = b'Q';
    let time = fs::metadata(&place.map).expect("there").modified().expect("a time");
    fs::write(&place.map, &theirs).expect("written");
    File::options().write(true).open(&place.map).and_then(|file| file.set_modified(time)).expect("a time");
    let refused = save_at(&place.map, &chain(2, "mine"), base, &place.dirs);
    assert!(matches!(refused, Err(SaveError::ChangedOnDisk(_))), "{refused:?}");
    told("clock jumps: saves", "the clock and the file's time in 1970, 2099, beyond all years", 9, "nothing lost");
    told("a change that neither length nor time shows", "same length, time put back", 1, "seen, nothing replaced");
}

/// Two windows that save the same map over and over, each over what it read last: no version that was said to be saved is
/// replaced by somebody who did not know it, unless it is kept beside.
#[test]
fn two_windows_that_save_one_map() {
    let place = Place::new();
    fs::write(&place.map, format::write(&chain(2, "start"))).expect("first");
    let rounds = budget(150, 5_000);
    let window = |name: &'static str| {
        let (map, state) = (place.map.clone(), place.root.path().join(format!("state {name}")));
        move || {
            let dirs = Dirs::below(state);
            let mut done = Vec::new();
            for round in 0..rounds {
                let there = fs::read(&map).expect("always there");
                let before = format::read(&there).expect("whole").document.info().title.clone();
                std::thread::sleep(Duration::from_micros(round % 5 * 200));
                let title = format!("{name} {round}");
                // By the true clock, as what the other writes just now is not to be swept up as long forgotten.
                let now = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).expect("later").as_secs() as i64;
                let (document, base) = (chain(2, &title), Some(Base::of(&there)));
                match save(&document, &Request { path: &map, base, overwrite: false, dirs: &dirs, now }) {
                    Ok(_) => done.push((before, Some(title))),
                    // It went over the version that it knew, and was itself replaced, which the person is told.
                    Err(SaveError::ReplacedAtOnce(_)) => done.push((before, None)),
                    // Said to the person, who decides: the other version is there as it was.
                    Err(SaveError::ChangedOnDisk(_)) => {}
                    Err(error) => panic!("{error}"),
                }
            }
            done
        }
    };
    let (one, two) = (window("one"), window("two"));
    let done: Vec<(String, Option<String>)> = std::thread::scope(|scope| {
        let threads = [scope.spawn(one), scope.spawn(two)];
        threads.into_iter().flat_map(|thread| thread.join().expect("a window")).collect()
    });
    let title_of = |text: &[u8]| format::read(text).expect("whole").document.info().title.clone();
    let mut known: BTreeSet<String> = done.iter().map(|(before, _)| before.clone()).collect();
    known.extend(names(place.folder()).iter().map(|n| title_of(&fs::read(place.folder().join(n)).expect("reads"))));
    let canonical = fs::canonicalize(&place.map).expect("there");
    for state in ["state one", "state two"] {
        let versions = backups::list(&Dirs::below(place.root.path().join(state)), &canonical).expect("backups");
        known.extend(versions.iter().map(|version| title_of(&version.read().expect("reads"))));
    }
    let saved: Vec<&String> = done.iter().filter_map(|(_, title)| title.as_ref()).collect();
    let lost: Vec<&&String> = saved.iter().filter(|title| !known.contains(**title)).collect();
    assert!(lost.is_empty(), "{lost:?} were said to be saved");
    assert!(saved.len() as u64 > rounds / 4, "{} saves came through", saved.len());
    let result = format!("{} saves went through, none lost", saved.len());
    told("two windows on one file", "both save over and over, each over what it read", 2 * rounds, &result);
}
