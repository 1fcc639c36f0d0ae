//! The real program, run as people and scripts run it.

#[path = "cli/failures.rs"]
mod failures;
#[path = "cli/figures.rs"]
mod figures;
#[path = "cli/hostile.rs"]
mod hostile;
#[path = "cli/improve.rs"]
mod improve;
#[expect(dead_code, reason = "other tests use the rest")]
mod names;
#[path = "cli/pictures.rs"]
mod pictures;
#[path = "cli/readme.rs"]
mod readme;
#[path = "cli/scenarios.rs"]
mod scenarios;
#[path = "cli/tables.rs"]
mod tables;
#[path = "cli/terminal.rs"]
mod terminal;
mod told;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

use serde_json::Value;

/// Every sample by the word that names it.
const SAMPLES: [&str; 3] = ["lab", "loan", "release"];

/// A folder to work in, with a state directory apart from it.
struct Place {
    root: tempfile::TempDir,
}

/// How the program ended and what it said.
#[derive(Debug)]
struct Ran {
    status: i32,
    out: String,
    err: String,
}

impl Place {
    fn new() -> Self {
        let root = tempfile::tempdir().expect("tempdir");
        fs::create_dir(root.path().join("work")).expect("work");
        Self { root }
    }

    /// A place with the samples in it.
    fn with_samples() -> Self {
        let place = Self::new();
        for sample in SAMPLES {
            place.done(&["new", &format!("{sample}.ron"), "--sample", sample]);
        }
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.root.path().join("work").join(name)
    }

    fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path(name), bytes).expect(name);
    }

    /// The program, to be run in the folder without a display and with a state directory of its own.
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_peel"));
        command.args(words).current_dir(self.path("")).env("PEEL_STATE_DIR", self.root.path().join("state"));
        for variable in ["DISPLAY", "WAYLAND_DISPLAY", "WAYLAND_SOCKET", "SOURCE_DATE_EPOCH"] {
            command.env_remove(variable);
        }
        command.stdin(Stdio::null());
        command
    }

    fn peel(&self, words: &[&str]) -> Ran {
        ran(&mut self.command(words))
    }

    /// Runs what must succeed without a complaint; gives what it printed.
    fn done(&self, words: &[&str]) -> String {
        let ran = self.peel(words);
        assert_eq!((ran.status, ran.err.as_str()), (0, ""), "peel {words:?}");
        ran.out
    }

    /// The figures of a map.
    fn figures(&self, map: &str) -> Value {
        serde_json::from_str(&self.done(&["analyse", map, "--json"])).expect("JSON")
    }

    /// Everything in the folder: names, content, and when it was written as what file.
    fn everything(&self) -> BTreeMap<PathBuf, (Vec<u8>, SystemTime, u64)> {
        let mut found = BTreeMap::new();
        collect(&self.path(""), &mut found);
        found
    }
}

fn collect(folder: &Path, found: &mut BTreeMap<PathBuf, (Vec<u8>, SystemTime, u64)>) {
    for entry in fs::read_dir(folder).expect("folder") {
        let path = entry.expect("entry").path();
        let about = path.symlink_metadata().expect("metadata");
        let bytes = if about.is_file() { fs::read(&path).expect("file") } else { Vec::new() };
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&about);
        #[cfg(not(unix))]
        let number = 0;
        // What a folder holds is told by the rest.
        let time = if about.is_dir() { SystemTime::UNIX_EPOCH } else { about.modified().expect("time") };
        if about.is_dir() {
            collect(&path, found);
        }
        found.insert(path, (bytes, time, number));
    }
}

fn ran(command: &mut Command) -> Ran {
    let output = command.output().expect("peel runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let status = output.status.code().expect("it ended by itself");
    Ran { status, out: text(output.stdout), err: text(output.stderr) }
}

fn close(value: &Value, expected: f64, within: f64, what: &str) {
    let actual = value.as_f64().unwrap_or_else(|| panic!("{what} is {value}"));
    assert!((actual - expected).abs() <= within, "{what}: {actual} is not {expected}");
}
