//! Ends that nobody asked for: whatever ends the process, what was done before is found again.
#![cfg(target_os = "linux")]

use std::os::unix::process::ExitStatusExt as _;

use rustix::process::{Resource, Rlimit, Signal};

use super::*;

const EDITS: u64 = 60;

/// How a process ends: the word for its child, what it is, and the signal that it dies of, if of one.
const ENDS: [(&str, &str, Option<i32>); 10] = [
    ("abort", "abort", Some(6)),
    ("stack", "the stack overflows", Some(6)),
    ("memory", "the memory is used up (a limit of 1 GB)", Some(6)),
    ("panic", "a panic that nothing catches", None),
    ("SEGV", "SIGSEGV", Some(11)),
    ("BUS", "SIGBUS", Some(7)),
    ("TERM", "SIGTERM: the end of a session", Some(15)),
    ("HUP", "SIGHUP: the terminal closes", Some(1)),
    ("INT", "SIGINT", Some(2)),
    ("XFSZ", "SIGXFSZ: a limit on the length of files", Some(25)),
];

/// The child: edits, waits as long as a person sees nothing of it, and ends.
pub fn work_and_end(dirs: &Dirs, how: &str) -> ! {
    let mut document = Document::default();
    let journal = Journal::start(dirs, None, None, &document, NOW);
    for number in 1..=EDITS {
        document = edited(&document, &number.to_string());
        journal.record(&document);
    }
    for _ in 0..TICKS {
        tick(dirs.state());
    }
    let limit = |resource, bytes| {
        let limit = Rlimit { current: Some(bytes), maximum: Some(bytes) };
        rustix::process::setrlimit(resource, limit).expect("a limit");
    };
    match how {
        "abort" => std::process::abort(),
        "stack" => drop(deep(1)),
        "memory" => {
            limit(Resource::As, 1 << 30);
            let mut hoard = Vec::new();
            while std::hint::black_box(true) {
                hoard.push(vec![1_u8; 1 << 24]);
            }
        }
        "panic" => panic!("as asked"),
        "XFSZ" => {
            limit(Resource::Fsize, 100);
            fs::write(dirs.state().join("long"), [b'x'; 1000]).expect("never");
        }
        signal => {
            let signal = match signal {
                "SEGV" => Signal::SEGV,
                "BUS" => Signal::BUS,
                "TERM" => Signal::TERM,
                "HUP" => Signal::HUP,
                _ => Signal::INT,
            };
            // The first of a fault of memory is taken by the runtime, which looks whether a stack overflowed.
            for _ in 0..2 {
                rustix::process::kill_process(rustix::process::getpid(), signal).expect("sent");
                std::thread::sleep(Duration::from_millis(50));
            }
        }
    }
    unreachable!("{how} is the end")
}

/// Calls itself until there is no room left.
fn deep(n: u64) -> u64 {
    let room = std::hint::black_box([n; 64]);
    if n == 0 { 0 } else { deep(n + 1) + std::hint::black_box(room[(n % 64) as usize]) }
}

#[test]
fn whatever_ends_the_process_loses_nothing() {
    for (how, what, signal) in ENDS {
        let rounds = budget(2, 200);
        for round in 0..rounds {
            let root = quick_dir();
            let output = child_command(&[], &format!("end {how}"), root.path()).output().expect("runs");
            assert_eq!(output.status.signal(), signal, "{how} {round}: {output:?}");
            assert!(!output.status.success(), "{how}");
            let found = scan(&Dirs::below(root.path()), NOW).expect("looks").recoverable.pop().expect("found");
            assert_eq!(found.recovered, edited(&Document::default(), &EDITS.to_string()), "{how} {round}");
        }
        told("an end while editing", what, rounds, "nothing older than 100 ms lost");
    }
}

/// The clock of a journal and of the look for it, far apart both ways: it orders and forgets nothing.
#[test]
fn clocks_that_jump_lose_nothing() {
    let times = [NOW, 0, -1, i64::MIN, i64::MAX, 4_070_908_800, NOW + 1];
    for then in times {
        for now in times {
            let place = Place::new();
            let work = edited(&place.document, "work");
            let journal = Journal::start(&place.dirs, Some(place.map.clone()), Some(place.base), &place.document, then);
            journal.record(&work);
            assert!(journal.flush(SOON));
            drop(journal);
            let found = scan(&place.dirs, now).expect("looks").recoverable.pop().expect("found");
            assert_eq!(found.recovered, work, "{then} {now}");
            drop(found.adopt(&place.dirs, now));
            let found = scan(&place.dirs, then).expect("looks").recoverable.pop().expect("found");
            assert_eq!(found.recovered, work, "{then} {now}");
        }
    }
    let how = "journal begun and looked for at 1970, 2099, before and beyond all years";
    told("clock jumps: recovery", how, (times.len() * times.len()) as u64, "nothing lost");
}
