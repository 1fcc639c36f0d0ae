//! Power cuts: a process works on a small disk of its own, whose whole content is copied in one instant. The copy is what a
//! disk holds that lost its power then; it is mounted, which replays the file system's own journal, and looked at.
//!
//! The disk is a file on an XFS that can copy files by reference (`FICLONE`), so that a copy is of one moment. Needs the
//! administrator's rights, loop devices and `mkfs.xfs`; says what it left out. Models a disk that keeps whatever it was
//! given: what its own cache would lose or reorder is not tried.

use std::fs;
use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{budget, child_command, note, told};

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
pub fn cuts(what: &str, job: &str, prepare: impl Fn(&Path), check: impl Fn(&Path, &[String], &str)) {
    let root = tempfile::tempdir().expect("temporary directory");
    let outer = root.path().join("outer.img");
    let xfs = made("mkfs.xfs", &["-q", "-f", "-m", "reflink=1"], &outer, 2_000);
    let Some(_kept) = xfs.then(|| Mounted::new(&outer, "loop", root.path().join("outer"))).flatten() else {
        note("no XFS can be made and mounted here (mkfs.xfs, loop devices and root): power cuts are not tried");
        return;
    };
    let count = budget(12, 1_250);
    for (name, program, arguments, options, megabytes) in KINDS {
        let image = root.path().join("outer/disk.img");
        if !made(program, arguments, &image, *megabytes) {
            note(&format!("{program} is not installed: power cuts on {name} are not tried"));
            continue;
        }
        let copy = root.path().join("outer/cut.img");
        let mut said_in_all = 0;
        for cut in 0..count {
            let Some(disk) = Mounted::new(&image, options, root.path().join("disk")) else {
                note(&format!("{name} cannot be mounted: power cuts on it are not tried"));
                break;
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
            std::thread::sleep(Duration::from_micros(30_000 + cut * 7_919 % 60_000));
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
            said_in_all += u64::from(!said.is_empty());
        }
        assert!(count < 6 || said_in_all > count / 4, "{name}: only {said_in_all} cuts came after something was said");
        told(&format!("power cut while {what}, {name}"), "copy of a loop device in one instant", count, "nothing lost");
    }
}
