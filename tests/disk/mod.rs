//! What the tests of saving and of the journal share.

#[path = "../told/mod.rs"]
mod told;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Command;

use peel::geom::pt;
use peel::model::{Document, Edit, Handoff, HandoffId, MapInfo, Party, PartyId, PartyKind};
pub use told::{budget, note, told};

/// A chain of parties, each handing to the next.
pub fn chain(parties: usize, title: &str) -> Document {
    let id = |i: usize| PartyId::parse(&format!("p{i}")).expect("id");
    let mut edits = vec![Edit::SetInfo(MapInfo { title: title.into(), ..MapInfo::default() })];
    for i in 0..parties {
        let mut party = Party::named(format!("Party {i}"), PartyKind::Process);
        party.process_time_h = Some(i as f64 / 8.0);
        edits.push(Edit::PutParty(id(i), party));
        edits.push(Edit::Place(id(i), pt((i % 100) as f32 * 200.0, (i / 100) as f32 * 120.0)));
    }
    for i in 1..parties {
        let handoff = Handoff::between(Some(id(i - 1)), Some(id(i)), format!("item {i}"));
        edits.push(Edit::PutHandoff(HandoffId::parse(&format!("h{i}")).expect("id"), handoff));
    }
    let mut document = Document::default();
    document.apply(edits).expect("sound");
    document
}

/// A temporary directory in memory where there is one, as many small syncs are slow on a disk in use by others.
pub fn quick_dir() -> tempfile::TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.expect("temporary directory")
}

/// This test program again, to do one job in a process of its own: the test `child` with the job in a variable.
pub fn child(job: &str, folder: &Path) -> (PathBuf, [&'static OsStr; 4], [(&'static str, std::ffi::OsString); 2]) {
    let arguments = ["--exact", "child", "--nocapture", "--test-threads=1"].map(OsStr::new);
    let variables = [("PEEL_TEST_JOB", job.into()), ("PEEL_TEST_FOLDER", folder.into())];
    (std::env::current_exe().expect("this program"), arguments, variables)
}

/// A command that runs [`child`], below another program when one is given.
pub fn child_command(below: &[&str], job: &str, folder: &Path) -> Command {
    let (program, arguments, variables) = child(job, folder);
    let mut command = match below {
        [] => Command::new(program),
        [first, rest @ ..] => {
            let mut command = Command::new(first);
            command.args(rest).arg(program);
            command
        }
    };
    // The search for libraries along a long path would fill the traces.
    command.args(arguments).envs(variables).env_remove("LD_LIBRARY_PATH");
    command
}

/// The job of a child, when this process is one.
pub fn job() -> Option<(String, PathBuf)> {
    let job = std::env::var("PEEL_TEST_JOB").ok()?;
    Some((job, std::env::var_os("PEEL_TEST_FOLDER")?.into()))
}
