//! Faults while work is recovered: at every system call of taking it up again.
#![cfg(target_os = "linux")]

use super::strace::{calls, can_trace, mark, run, run_ahead};
use super::*;

/// The child: takes up what is there, and ends once it is safe.
pub fn adopt(dirs: &Dirs) -> ! {
    run_ahead();
    mark();
    if let Some(found) = scan(dirs, NOW).ok().and_then(|mut found| found.recoverable.pop()) {
        let journal = found.adopt(dirs, NOW);
        journal.flush(Duration::from_secs(2));
        drop(journal);
    }
    mark();
    std::process::exit(0)
}

#[test]
fn a_fault_at_every_system_call_of_a_recovery() {
    if !can_trace("faults during recovery are not tried") {
        return;
    }
    let fresh = || {
        let place = Place::new();
        let work = edited(&place.document, "work");
        let journal = place.start();
        journal.record(&work);
        drop(journal);
        (place, work)
    };
    let (place, _) = fresh();
    let (status, trace) = run(place.dirs.state(), "adopt", &[]);
    assert_eq!(status.code(), Some(0), "{trace}");
    let calls = calls(&trace);
    assert!(calls.len() > 20 && calls.iter().any(|(name, _)| name == "fsync"), "{calls:?}");
    let mut runs = 0;
    for (at, (name, nth)) in calls.iter().enumerate() {
        let rare = ["error=EINTR", "error=EDQUOT", "error=EACCES"];
        let rare = &rare[budget(at as u64 % 3, 0) as usize..][..budget(1, 3) as usize];
        for fault in ["signal=KILL", "error=EIO", "error=ENOSPC"].iter().chain(rare) {
            // What comes of a failed close is the standard library's business.
            if name == "close" && *fault != "signal=KILL" {
                continue;
            }
            let (place, work) = fresh();
            let fault = format!("inject={name}:{fault}:when={nth}");
            let (status, trace) = run(place.dirs.state(), "adopt", std::slice::from_ref(&fault));
            let found = place.scan();
            let is_there = found.recoverable.iter().any(|found| found.recovered == work);
            assert!(is_there, "{fault} ended with {status:?}, then {found:?}\n{trace}");
            runs += 1;
        }
    }
    let how = format!("strace: killed, EIO, ENOSPC, EINTR, EDQUOT, EACCES at each of {} system calls", calls.len());
    told("every system call of a recovery", &how, runs, "the work is found again");
}
