//! The journal: whatever kills the program at whatever moment, the edits made before are found again.

mod disk;
#[path = "journal/ends.rs"]
mod ends;
#[path = "journal/recovery.rs"]
mod recovery;
mod strace;

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use disk::{budget, chain, child_command, note, quick_dir, told};
use peel::files::dirs::Dirs;
use peel::files::format;
use peel::files::journal::{Journal, Status};
use peel::files::recovery::{Found, MOST_LINES, OnDisk, scan};
use peel::files::save::{Request, save};
use peel::files::target::Base;
use peel::geom::pt;
use peel::model::{
    Change, Dismissal, Document, Edit, Handoff, HandoffId, Lever, MapInfo, Measure, MeasureId, Observation, Part,
    Party, PartyId, PartyKind, Requirement, RequirementId, SavedView, Scenario, ScenarioId, Subject, Told, ViewId,
    Voice, VoiceId, VoiceKind, check,
};
use strace::Chance;

const NOW: i64 = 1_800_000_000;
const SOON: Duration = Duration::from_secs(20);

fn info(title: &str) -> Edit {
    Edit::SetInfo(MapInfo { title: title.into(), ..MapInfo::default() })
}

fn edited(document: &Document, title: &str) -> Document {
    let mut document = document.clone();
    document.apply(vec![info(title)]).expect("sound");
    document
}

/// A saved map and where it is.
struct Place {
    _root: tempfile::TempDir,
    dirs: Dirs,
    map: PathBuf,
    base: Base,
    document: Document,
}

impl Place {
    fn new() -> Self {
        let root = quick_dir();
        let dirs = Dirs::below(root.path().join("state"));
        let map = fs::canonicalize(root.path()).expect("root").join("map.ron");
        let document = chain(5, "saved");
        let request = Request { path: &map, base: None, overwrite: false, dirs: &dirs, now: NOW };
        let base = save(&document, &request).expect("saved").base;
        Self { _root: root, dirs, map, base, document }
    }

    fn start(&self) -> Journal {
        Journal::start(&self.dirs, Some(self.map.clone()), Some(self.base), &self.document, NOW)
    }

    fn scan(&self) -> Found {
        scan(&self.dirs, NOW).expect("looks")
    }

    fn journals(&self) -> usize {
        let entries = fs::read_dir(self.dirs.journals()).expect("journals").flatten();
        entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "journal")).count()
    }
}

#[test]
fn a_crash_loses_no_edit() {
    let place = Place::new();
    let journal = place.start();
    let last = edited(&place.document, "two");
    journal.record(&edited(&place.document, "one"));
    let revision = journal.record(&last);
    assert!(journal.flush(SOON), "{:?}", journal.status());
    assert_eq!((journal.durable_revision(), journal.status(), journal.lag()), (revision, Status::Safe, Duration::ZERO));
    assert!(place.scan().recoverable.is_empty(), "not while the window is open");
    drop(journal); // as a crash does: the lock is gone, the file is there
    let found = place.scan().recoverable.pop().expect("found");
    assert_eq!((&found.recovered, found.base_document.as_ref()), (&last, Some(&place.document)));
    assert_eq!((found.path.as_ref(), found.base, found.on_disk), (Some(&place.map), Some(place.base), OnDisk::AsItWas));
    assert_eq!(found.difference, ["map: title “saved” → “two”"]);
    assert!(found.whole);
    assert!(place.scan().recoverable.is_empty(), "not offered by two windows at once");
    drop(found);
    assert_eq!(place.scan().recoverable.len(), 1, "looking deletes nothing");
}

#[test]
fn work_that_is_taken_up_stays_safe_until_it_is_saved() {
    let place = Place::new();
    let last = edited(&place.document, "work");
    let journal = place.start();
    journal.record(&last);
    drop(journal);
    for crash in 0..3 {
        let found = place.scan().recoverable.pop().expect("found");
        assert_eq!((&found.recovered, found.base_document.as_ref()), (&last, Some(&place.document)), "crash {crash}");
        drop(found.adopt(&place.dirs, NOW));
        assert_eq!(place.journals(), 1, "the old one was put away");
    }
    let journal = place.scan().recoverable.pop().expect("found").adopt(&place.dirs, NOW);
    let more = edited(&last, "more");
    journal.record(&more);
    let request = Request { path: &place.map, base: Some(place.base), overwrite: false, dirs: &place.dirs, now: NOW };
    let saved = save(&more, &request).expect("saved");
    let during = edited(&more, "while it was saved");
    journal.record(&during);
    journal.saved(&saved.path, saved.base, &more);
    drop(journal);
    let found = place.scan().recoverable.pop().expect("the last edit");
    assert_eq!((&found.recovered, found.base_document.as_ref()), (&during, Some(&more)));
    found.discard(NOW).expect("put away");
    assert!(place.scan().recoverable.is_empty() && place.journals() == 0);
    let discarded = fs::read_dir(place.dirs.journals().join("discarded")).expect("there").count();
    assert_eq!(discarded, 5, "nothing was deleted");
}

#[test]
fn nothing_is_offered_where_nothing_is_missing() {
    let place = Place::new();
    drop(place.start()); // killed before anything was done
    assert!(place.scan().recoverable.is_empty());

    fs::write(&place.map, format::write(&edited(&place.document, "a colleague's"))).expect("written");
    drop(place.start()); // killed before anything was done, the file changed since
    assert!(place.scan().recoverable.is_empty());

    let journal = place.start(); // killed between the save and the word of it
    journal.record(&edited(&place.document, "a colleague's"));
    drop(journal);
    assert!(place.scan().recoverable.is_empty());

    let journal = place.start();
    journal.record(&edited(&place.document, "thrown away"));
    journal.finish();
    assert!(place.scan().recoverable.is_empty());

    drop(Journal::start(&place.dirs, None, None, &Document::default(), NOW)); // an empty window
    let found = place.scan();
    assert!(found.recoverable.is_empty() && found.unreadable.is_empty());
    assert_eq!(place.journals(), 0, "all put away");
    let names: Vec<_> = fs::read_dir(place.dirs.journals()).expect("there").flatten().map(|e| e.file_name()).collect();
    assert_eq!(names, ["discarded"], "no litter");
}

#[test]
fn what_is_on_disk_now_is_told() {
    let place = Place::new();
    let work = edited(&place.document, "work");
    let journal = place.start();
    journal.record(&work);
    drop(journal);
    let look = |expected: OnDisk| {
        let found = place.scan().recoverable.pop().expect("found");
        assert_eq!((found.on_disk, &found.recovered), (expected, &work));
        assert_eq!(found.base_document.as_ref(), Some(&place.document), "the journal holds it too");
        assert_eq!(found.difference, ["map: title “saved” → “work”"], "what the work changed, not what others did");
    };
    look(OnDisk::AsItWas);
    fs::write(&place.map, format::write(&edited(&place.document, "theirs"))).expect("written");
    look(OnDisk::Changed);
    fs::write(&place.map, "no map any more").expect("written");
    look(OnDisk::Changed);
    fs::remove_file(&place.map).expect("removed");
    look(OnDisk::Gone);

    let untitled = Journal::start(&place.dirs, None, None, &Document::default(), NOW);
    untitled.record(&chain(100, "sketch"));
    drop(untitled);
    let found = place.scan().recoverable;
    let found = found.iter().find(|found| found.path.is_none()).expect("untitled");
    assert_eq!((found.on_disk, found.recovered.parties_len()), (OnDisk::Untitled, 100));
    assert_eq!(found.difference.len(), MOST_LINES + 1);
    assert_eq!(found.difference[MOST_LINES], "and 150 more changes");
}

#[test]
fn damaged_journals_are_told_and_kept() {
    let place = Place::new();
    let journals = place.dirs.journals();
    let journal = place.start();
    journal.record(&edited(&place.document, "work"));
    drop(journal);
    let file = fs::read_dir(&journals).expect("there").flatten().map(|e| e.path()).find(|p| p.is_file()).expect("file");
    let bytes = fs::read(&file).expect("reads");
    let mut hit = bytes.clone();
    hit[20] ^= 4; // in the beginning
    fs::write(journals.join("aa.journal"), &hit).expect("written");
    fs::write(journals.join("bb.journal"), b"").expect("written");
    fs::write(journals.join("cc.journal"), vec![0; 5000]).expect("written");
    fs::write(journals.join("dd.journal"), &bytes[..bytes.len() - 1]).expect("written"); // the only edit is torn
    let found = place.scan();
    assert_eq!(found.recoverable.len(), 1);
    let names: Vec<_> = found.unreadable.iter().map(|u| u.journal.file_name().expect("name").to_owned()).collect();
    assert_eq!(names, ["aa.journal", "bb.journal", "cc.journal", "dd.journal"]);
    assert!(found.unreadable.iter().all(|u| u.journal.exists() && !u.reason.is_empty()), "{found:?}");
    drop(found);
    let again = place.scan();
    assert_eq!((again.recoverable.len(), again.unreadable.len()), (1, 0), "told once");
}

#[test]
fn a_long_session_does_not_grow_without_end() {
    let place = Place::new();
    let journal = place.start();
    let mut document = place.document.clone();
    let text = "x".repeat(5000);
    let mut largest = 0;
    for i in 0..400 {
        document = edited(&document, &format!("{text} {i}"));
        journal.record(&document);
        if i % 2 == 0 {
            assert!(journal.flush(SOON), "{:?}", journal.status());
            let sizes =
                fs::read_dir(place.dirs.journals()).expect("there").flatten().map(|e| e.metadata().map(|m| m.len()));
            largest = largest.max(sizes.map(|size| size.unwrap_or(0)).sum());
        }
    }
    assert!(largest > 200_000 && largest < 350_000, "{largest}");
    drop(journal);
    assert_eq!(place.scan().recoverable.pop().expect("found").recovered, document);
}

#[test]
fn a_journal_that_cannot_be_written_says_so_and_catches_up() {
    let place = Place::new();
    let journals = place.dirs.journals();
    fs::create_dir_all(place.dirs.state()).expect("made");
    fs::write(&journals, "in the way").expect("written");
    let journal = place.start();
    let work = edited(&place.document, "work");
    journal.record(&work);
    let waiting = Instant::now();
    while !matches!(journal.status(), Status::Failing(_)) {
        assert!(waiting.elapsed() < SOON, "{:?}", journal.status());
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(!journal.flush(Duration::ZERO), "not durable");
    fs::remove_file(&journals).expect("out of the way");
    while journal.status() != Status::Safe {
        assert!(waiting.elapsed() < SOON, "{:?}", journal.status());
        std::thread::sleep(Duration::from_millis(5));
    }
    assert!(journal.flush(SOON));
    drop(journal);
    assert_eq!(place.scan().recoverable.pop().expect("found").recovered, work);
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_told_and_costs_nothing_that_was_safe() {
    let root = quick_dir();
    let mounted =
        std::process::Command::new("mount").args(["-t", "tmpfs", "-o", "size=64k", "none"]).arg(root.path()).output();
    if !mounted.is_ok_and(|output| output.status.success()) {
        note("no small disk can be mounted: a full one is not tried");
        return;
    }
    let outcome = std::panic::catch_unwind(|| {
        let dirs = Dirs::below(root.path().join("state"));
        let journal = Journal::start(&dirs, None, None, &Document::default(), NOW);
        let (mut document, mut safe) = (Document::default(), Document::default());
        for i in 0..100 {
            document = edited(&document, &format!("{i} {}", "x".repeat(2000)));
            journal.record(&document);
            if !journal.flush(SOON) {
                break;
            }
            safe = document.clone();
        }
        assert_eq!(journal.status(), Status::Failing("the disk is full".into()));
        assert_ne!(safe, document);
        // A small edit still fits where a large one did not: it brings everything up to date.
        document = edited(&document, "small");
        journal.record(&document);
        let fits = journal.flush(SOON);
        assert_eq!(journal.status() == Status::Safe, fits);
        document = edited(&document, &"y".repeat(9000));
        journal.record(&document);
        assert!(!journal.flush(SOON), "too large for what is left");
        drop(journal);
        let found = scan(&dirs, NOW).expect("looks").recoverable.pop().expect("found");
        assert!(fits && found.recovered == edited(&safe, "small"), "{:.60?}", found.recovered.info().title);
    });
    let unmount = || std::process::Command::new("umount").arg(root.path()).output().is_ok_and(|o| o.status.success());
    assert!(
        (0..100).any(|_| unmount() || {
            std::thread::sleep(Duration::from_millis(20));
            false
        }),
        "unmounted"
    );
    outcome.expect("as above");
    told("the disk is full: journal", "a tmpfs of 64 kB", 1, "said, what was durable is found");
}

// ---- Kills ----

/// One edit of chance; its number is in the title.
fn random_edit(chance: &mut Chance, document: &Document, number: u64) -> Document {
    let party = |n: u64| PartyId::parse(&format!("p{n}")).expect("id");
    let (a, b) = (chance.below(40), chance.below(40));
    let mut edits = vec![info(&number.to_string())];
    match chance.below(10) {
        0 => edits.push(Edit::RemoveParty(party(a))),
        1 if document.party(party(a)).is_some() && document.party(party(b)).is_some() && a != b => {
            let mut handoff = Handoff::between(Some(party(a)), Some(party(b)), format!("“{number}”\n\\ é"));
            let mut requirement = Requirement::new(RequirementId::parse("r").expect("id"), "in time");
            requirement.observations = (0..b).map(|value| Observation::of(value as f64)).collect();
            handoff.requirements = vec![requirement];
            handoff.told = vec![Told { who: format!("“{number}”"), ..Told::default() }];
            handoff.dismissed = vec![aside(Some(Part::Requirement(RequirementId::parse("r").expect("id"))), number)];
            (handoff.wait_low_h, handoff.wait_high_h) = (Some(a as f64 / 7.0), Some(b as f64));
            edits.push(Edit::PutHandoff(HandoffId::parse(&format!("h{}", chance.below(60))).expect("id"), handoff));
        }
        2 => edits.push(Edit::RemoveHandoff(HandoffId::parse(&format!("h{}", chance.below(60))).expect("id"))),
        3 => {
            // The parties it names may be gone.
            let emphasis = vec![Subject::Party(party(a)), Subject::Party(party(b))];
            let view = SavedView { name: format!("View {number}"), emphasis, rank: a as u32, ..SavedView::default() };
            edits.push(Edit::PutView(ViewId::parse(&format!("v{}", b % 8)).expect("id"), view));
        }
        4 => edits.push(Edit::RemoveView(ViewId::parse(&format!("v{}", b % 8)).expect("id"))),
        5 => edits.push(Edit::PutScenario(scenario(b % 8), random_scenario(a, b, number))),
        6 => edits.push(Edit::RemoveScenario(scenario(b % 8))),
        _ => {
            let mut named = Party::named(format!("Party {number}"), PartyKind::Process);
            named.dismissed = (0..a % 3).map(|_| aside(None, number)).collect();
            named.target_lead_time_h = Some(b as f64 / 3.0);
            named.measures = vec![Measure::new(MeasureId::parse("m").expect("id"), format!("Measure {number}"))];
            named.voices =
                vec![Voice::new(VoiceId::parse("e").expect("id"), Some(party(b)), VoiceKind::Challenge, "é\n")];
            edits.push(Edit::PutParty(party(a), named));
            edits.push(Edit::Place(party(a), pt(chance.below(1000) as f32 / 7.0, -(chance.below(1000) as f32))));
        }
    }
    let mut next = document.clone();
    next.apply(edits).expect("sound");
    next
}

fn scenario(number: u64) -> ScenarioId {
    ScenarioId::parse(&format!("s{number}")).expect("id")
}

/// A scenario whose parties and handoffs may be gone.
fn random_scenario(a: u64, b: u64, number: u64) -> Scenario {
    let handoff = Subject::Handoff(HandoffId::parse(&format!("h{a}")).expect("id"));
    let party = Subject::Party(PartyId::parse(&format!("p{b}")).expect("id"));
    let change = |subject, lever, value| Change { subject, lever, value, why: format!("“{number}”\n") };
    let changes = vec![
        change(handoff, Lever::Wait, a as f64 / 7.0),
        change(party, Lever::ProcessTime, b as f64),
        change(handoff, Lever::CompleteAccurate, 99.9),
    ];
    let cost = (a > b).then_some(number as f64 / 3.0);
    Scenario {
        name: format!("Scenario {number}"),
        notes: "é".into(),
        cost,
        changes,
        rank: b as u32,
        ..Scenario::default()
    }
}

/// A finding that was put aside.
fn aside(part: Option<Part>, number: u64) -> Dismissal {
    Dismissal { kind: "fence".into(), part, reason: format!("Known \\ {number}"), when: None }
}

/// Not a test by itself: edits until it is killed, and says what it has done.
#[test]
fn child() {
    let Some((job, folder)) = disk::job() else { return };
    let dirs = Dirs::below(folder);
    match job.as_str() {
        "idle" => idle(&dirs),
        "adopt" => recovery::adopt(&dirs),
        "recover" => loop {
            // Recovery that never comes to an end: taken up, and killed again and again.
            let found = scan(&dirs, NOW).expect("looks").recoverable.pop().expect("never lost");
            let journal = found.adopt(&dirs, NOW);
            std::thread::sleep(Duration::from_micros(u64::from(std::process::id()) % 7 * 200));
            drop(journal);
        },
        _ => {}
    }
    if let Some(how) = job.strip_prefix("end ") {
        ends::work_and_end(&dirs, how);
    }
    let (seed, end) = job.split_once(',').expect("seed and end");
    let (seed, end): (u64, u64) = (seed.parse().expect("number"), end.parse().expect("number"));
    let (mut chance, mut document) = (Chance(seed), Document::default());
    let journal = Journal::start(&dirs, None, None, &document, NOW);
    let mut out = std::io::stdout();
    for number in 1..=end {
        document = random_edit(&mut chance, &document, number);
        let revision = journal.record(&document);
        // The first revision is the start.
        assert_eq!(revision, number + 1);
        let durable = journal.durable_revision().saturating_sub(1);
        out.write_all(format!("edit {number} durable {durable}.\n").as_bytes()).expect("written");
        std::thread::sleep(Duration::from_micros(chance.below(400)));
    }
    std::process::exit(0); // as hard as a kill
}

/// Ends with 0 when the thread of a journal does not run while nothing happens.
fn idle(dirs: &Dirs) {
    let journal = Journal::start(dirs, None, None, &chain(3, "idle"), NOW);
    assert!(journal.flush(SOON));
    let runs = || {
        for task in fs::read_dir("/proc/self/task").expect("threads").flatten() {
            if fs::read_to_string(task.path().join("comm")).is_ok_and(|name| name.trim() == "journal") {
                let status = fs::read_to_string(task.path().join("status")).expect("reads");
                return status.lines().filter(|line| line.contains("ctxt_switches")).map(str::to_owned).collect();
            }
        }
        Vec::new()
    };
    std::thread::sleep(Duration::from_millis(50));
    let before = runs();
    std::thread::sleep(Duration::from_millis(400));
    std::process::exit(i32::from(before.is_empty() || before != runs()));
}

#[test]
#[cfg(target_os = "linux")]
fn the_thread_sleeps_while_nothing_happens() {
    let root = quick_dir();
    let status = child_command(&[], "idle", root.path()).stdout(Stdio::null()).status().expect("runs");
    assert_eq!(status.code(), Some(0));
}

#[test]
fn kills_during_recovery_lose_nothing() {
    let place = Place::new();
    let work = edited(&place.document, "work");
    let journal = place.start();
    journal.record(&work);
    drop(journal);
    let kills = budget(60, 5_000);
    for kill in 0..kills {
        let mut command = child_command(&[], "recover", place.dirs.state());
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("starts");
        std::thread::sleep(Duration::from_micros(2000 + kill * 7919 % 20_000));
        child.kill().expect("killed");
        assert!(child.wait().expect("ended").code().is_none(), "kill {kill}: it ended by itself");
        let found = place.scan();
        assert_eq!((found.recoverable.len(), found.unreadable.len()), (1, 0), "kill {kill}");
        assert_eq!(found.recoverable[0].recovered, work, "kill {kill}");
    }
    told("kill during recovery from a kill", "kill -9 at moments of chance", kills, "nothing lost");
}

/// Syncs, renames and appends that fail: what was said to be durable is.
#[test]
#[cfg(target_os = "linux")]
fn failing_disks_lose_nothing_that_was_said_to_be_durable() {
    if std::process::Command::new("strace").arg("-V").output().is_err() {
        note("strace is not installed: failing disks are not tried");
        return;
    }
    for fault in [
        "fdatasync:error=EIO:when=3",
        "fdatasync:error=EIO:when=2+2",
        "fdatasync:error=EIO:when=5+",
        "fsync:error=EIO:when=5+",
        "fsync,fdatasync:error=EIO:when=9+3",
        "rename:error=ENOSPC:when=2+",
        "fdatasync:error=ENOSPC:when=1+2",
        "ftruncate:error=EIO:when=1+",
    ] {
        let (root, inject) = (quick_dir(), format!("inject={fault}"));
        let below = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", &inject];
        let output = child_command(&below, "11,150", root.path()).output().expect("runs");
        assert!(output.status.success(), "{fault}: {}", String::from_utf8_lossy(&output.stderr));
        let said = String::from_utf8(output.stdout).expect("text");
        let durable = said.lines().filter_map(|line| line.strip_suffix('.')?.rsplit_once(' ')?.1.parse::<u64>().ok());
        let (durable, found) = (durable.max().unwrap_or(0), recovered_number(root.path(), 11));
        assert!(found >= durable, "{fault}: {found} was found, {durable} was said to be durable");
        let result = format!("{durable} of 150 edits said to be durable, {found} found");
        told(&format!("journal, {fault}"), "strace", 1, &result);
    }
}

/// Ticks that come each 5 ms, as far as the machine lets a thread run and sync a file. Time that is lost to something else is
/// lost to the journal too.
const TICK: Duration = Duration::from_millis(5);
/// 100 ms of such time.
const TICKS: usize = 20;

/// Waits for one tick.
pub fn tick(folder: &Path) {
    std::thread::sleep(TICK);
    let file = fs::File::create(folder.join("tick")).expect("created");
    file.sync_data().expect("synced");
}

/// What a child said it had done more than 100 ms before its end, what it said it had done, and what was durable.
fn run_and_kill(folder: &Path, seed: u64, after: Duration) -> (u64, u64, u64) {
    let mut child =
        child_command(&[], &format!("{seed},{}", u64::MAX), folder).stdout(Stdio::piped()).spawn().expect("starts");
    let output = BufReader::new(child.stdout.take().expect("piped"));
    let reader = std::thread::spawn(move || {
        let mut said = Vec::new();
        for line in output.lines().map_while(Result::ok) {
            let words: Vec<&str> = line.trim_end_matches('.').split(' ').collect();
            if let (true, ["edit", number, "durable", durable]) = (line.ends_with('.'), words.as_slice()) {
                let parse = |text: &str| text.parse::<u64>().expect("number");
                said.push((Instant::now(), parse(number), parse(durable)));
            }
        }
        said
    });
    let (mut ticks, started) = (Vec::new(), Instant::now());
    while started.elapsed() < after {
        ticks.push(Instant::now());
        tick(folder);
    }
    child.kill().expect("killed");
    child.wait().expect("ended");
    let said = reader.join().expect("reader");
    let before = ticks.len().checked_sub(TICKS).map(|at| ticks[at]);
    let early = said.iter().filter(|(when, ..)| before.is_some_and(|before| *when < before)).map(|said| said.1).max();
    let last = said.last().map_or((0, 0), |said| (said.1, said.2));
    (early.unwrap_or(0), last.0, last.1)
}

#[test]
fn kills_at_random_moments_lose_nothing_older_than_a_tenth_of_a_second() {
    let kills = budget(160, 10_000);
    const AT_ONCE: u64 = 4;
    let totals = std::thread::scope(|scope| {
        let workers = (0..AT_ONCE).map(|worker| {
            scope.spawn(move || {
                let (mut recovered, mut with_early, mut largest_gap) = (0, 0, 0);
                for seed in (worker..kills).step_by(AT_ONCE as usize) {
                    let root = quick_dir();
                    let wait = Duration::from_millis(20 + seed * 7919 % 220);
                    let (early, last, durable) = run_and_kill(root.path(), seed, wait);
                    let found = recovered_number(root.path(), seed);
                    assert!(found >= durable, "seed {seed}: {found} was found, {durable} was said to be durable");
                    assert!(found >= early, "seed {seed}: {found} was found, {early} was done 100 ms before the end");
                    recovered += u64::from(found > 0);
                    with_early += u64::from(early > 0);
                    largest_gap = largest_gap.max(last.saturating_sub(found));
                }
                (recovered, with_early, largest_gap)
            })
        });
        let workers: Vec<_> = workers.collect();
        workers
            .into_iter()
            .map(|worker| worker.join().expect("worker"))
            .fold((0, 0, 0), |sum: (u64, u64, u64), one| (sum.0 + one.0, sum.1 + one.1, sum.2.max(one.2)))
    });
    let (recovered, with_early, largest_gap) = totals;
    assert!(recovered > kills / 2 && with_early > kills / 4, "too few came to work: {totals:?}");
    let how = format!(
        "kill -9 at moments of chance, {recovered} of them with work, {with_early} with some older than 100 ms"
    );
    let result = format!("nothing older than 100 ms lost, at most the last {largest_gap} edits");
    told("kill while editing", &how, kills, &result);
}

/// Which edit the recovered map ends with; it is checked to be exactly what the child had then.
fn recovered_number(folder: &Path, seed: u64) -> u64 {
    let dirs = Dirs::below(folder);
    let Some(found) = scan(&dirs, NOW).expect("looks").recoverable.pop() else { return 0 };
    assert_eq!(check(&found.recovered), [""; 0], "sound");
    let number: u64 = found.recovered.info().title.parse().expect("number");
    let (mut chance, mut document) = (Chance(seed), Document::default());
    for n in 1..=number {
        document = random_edit(&mut chance, &document, n);
        chance.below(400);
    }
    assert_eq!(found.recovered, document, "seed {seed}: not what was there after edit {number}");
    number
}

/// Prints how long an edit takes to be durable, on the disk.
#[test]
#[ignore = "prints figures, checks nothing"]
fn time_of_an_edit() {
    for parties in [100, 10_000] {
        let root = tempfile::tempdir().expect("tempdir");
        let mut document = chain(parties, "start");
        let journal = Journal::start(&Dirs::below(root.path()), None, None, &document, NOW);
        let started = Instant::now();
        assert!(journal.flush(SOON));
        let start = started.elapsed();
        let (mut times, mut handing_over) = (Vec::new(), Vec::new());
        for i in 0..1000 {
            let id = PartyId::parse(&format!("p{}", i * 7919 % parties)).expect("id");
            let party = Party::named(format!("Renamed {i}"), PartyKind::Process);
            document.apply(vec![Edit::PutParty(id, party)]).expect("sound");
            let started = Instant::now();
            journal.record(&document);
            handing_over.push(started.elapsed());
            assert!(journal.flush(SOON));
            times.push(started.elapsed());
        }
        times.sort();
        handing_over.sort();
        note(&format!(
            "{parties} parties: start {start:?}; edit to durable p50 {:?}, p99 {:?}, max {:?}; record p50 {:?}, p99 {:?}",
            times[500], times[990], times[999], handing_over[500], handing_over[990]
        ));
    }
}
