//! Faults at system calls, as strace injects them: by the name of the call and its count in its thread.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::disk::{child_command, note};

/// A child looks for this file before and after what is to fail; the trace is read between the two.
pub const MARK: &str = "/peel-test-mark";

/// True when strace is there; says so when it is not.
pub fn can_trace(what: &str) -> bool {
    let found = Command::new("strace").arg("-V").output().is_ok();
    if !found {
        note(&format!("strace is not installed: {what}"));
    }
    found
}

/// One end of what is to fail.
pub fn mark() {
    drop(fs::symlink_metadata(MARK));
}

/// Calls each function that the start of the process calls too, so often that the counts of this thread are ahead: faults
/// are given by name and count, and each thread counts for itself.
pub fn run_ahead() {
    use std::io::{Read as _, Seek as _, Write as _};
    for _ in 0..40 {
        let mut null = fs::OpenOptions::new().read(true).write(true).open("/dev/null").expect("opens");
        drop((null.read(&mut [0]), null.write(&[0]), null.metadata(), null.stream_position()));
        drop(fs::symlink_metadata("/dev/null"));
        drop(fs::read_dir("/dev/fd").map(Iterator::count));
        rustix::fs::access("/dev/null", rustix::fs::Access::READ_OK).expect("there");
        getrandom::fill(&mut [0]).expect("random");
    }
}

/// Which call of which name, counted in the thread that saves.
pub type Call = (String, usize);

/// The calls of a job between the marks, from a trace without faults: those that can be hit by their count alone, as no
/// thread comes to as many of that name before the marks. Of the thread that marked, all have to be such.
pub fn calls(trace: &str) -> Vec<Call> {
    let thread = trace.lines().find(|line| line.contains(MARK)).expect("a mark").split_whitespace().next().expect("id");
    let (mut counts, mut before, mut inside) = (BTreeMap::<(&str, &str), usize>::new(), None, false);
    let mut found: Vec<(&str, &str, usize)> = Vec::new();
    for line in trace.lines() {
        let Some((id, call)) = line.split_once(char::is_whitespace) else { continue };
        let Some((name, _)) = call.trim_start().split_once('(') else { continue };
        if !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
            continue; // “resumed”, signals
        }
        let count = counts.entry((id, name)).or_default();
        *count += 1;
        if line.contains(MARK) {
            inside = !inside;
            before.get_or_insert_with(|| counts.clone());
        } else if inside && is_of_files(name) {
            found.push((id, name, *count));
        }
    }
    let before = before.unwrap_or_default();
    found.retain(|(id, name, nth)| {
        let ahead = before.iter().all(|((_, of), count)| of != name || count < nth);
        assert!(ahead || *id != thread, "the start would be hit: {name} {nth} {before:?}");
        ahead
    });
    let found: BTreeSet<Call> = found.into_iter().map(|(_, name, nth)| (name.to_owned(), nth)).collect();
    found.into_iter().collect()
}

/// Runs a job with faults as strace injects them.
pub fn run(root: &Path, job: &str, faults: &[String]) -> (ExitStatus, String) {
    let log = root.join("trace");
    let mut below = vec!["strace", "-f", "-qq", "-o", log.to_str().expect("path")];
    for fault in faults {
        below.extend(["-e", fault]);
    }
    let mut command = child_command(&below, job, root);
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().expect("strace runs");
    (status, fs::read_to_string(log).unwrap_or_default())
}

/// Memory, threads and signals: nothing on the disk changes between these, and failing them aborts the program or never ends.
fn is_of_files(name: &str) -> bool {
    let of_memory = [
        "mmap",
        "munmap",
        "mprotect",
        "mremap",
        "brk",
        "madvise",
        "futex",
        "sigaltstack",
        "rseq",
        "clone",
        "clone3",
        "exit",
        "exit_group",
        "prctl",
        "gettid",
        "set_robust_list",
    ];
    !of_memory.contains(&name) && !name.starts_with("rt_sig") && !name.starts_with("sched_")
}

/// A generator of pseudo-random numbers (`SplitMix64`), the same in the process that is killed and in the one that checks.
pub struct Chance(pub u64);

impl Chance {
    /// A number below `end`.
    pub fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let z = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        (z ^ (z >> 27)) % end
    }
}
