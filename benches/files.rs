//! Times what keeps work safe: `cargo bench --no-default-features --bench files [-- PARTIES …]`; a map has twice as many
//! handoffs as parties. The folder is that of `TMPDIR`, so it may be set to the disk that is of interest.
//!
//! Prints milliseconds, medians: the text of a map written and read, opened from its file, saved as the program saves (read
//! back, written, synced, exchanged, read again), an edit and its undo, and how long an edit takes to be durable in the
//! journal (the median and the slowest of a hundred). The last column is the memory that the process holds, in MB.
#![expect(clippy::print_stdout, reason = "the table is the result")]

#[path = "common/maps.rs"]
mod maps;
#[path = "common/time.rs"]
mod time;

use std::time::{Duration, Instant};

use maps::{counts, document};
use peel::editor::Editor;
use peel::files::dirs::Dirs;
use peel::files::format;
use peel::files::journal::Journal;
use peel::files::open::open;
use peel::files::save::{Request, Saved, save};
use peel::model::{Document, Edit, Party};
use time::median;

const NOW: i64 = 1_800_000_000;

fn main() {
    println!("| parties | MB | write | read | open | save | edit | undo | journal, median | journal, most | memory |");
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for count in counts(&[100, 1_000, 10_000, 50_000]) {
        row(count);
    }
}

fn row(count: usize) {
    let document = document(count);
    let runs = if count > 20_000 { 5 } else { 15 };
    let Ok(folder) = tempfile::tempdir() else { return };
    let (path, dirs) = (folder.path().join("map.ron"), Dirs::below(folder.path().join("state")));
    let text = format::write(&document);
    let megabytes = text.len() as f64 / 1e6;
    let write = median(runs, |_| drop(format::write(&document)));
    let read = median(runs, |_| drop(format::read(text.as_bytes())));
    let mut base = None;
    let save = median(runs, |run| {
        let request = Request { path: &path, base, overwrite: false, dirs: &dirs, now: NOW + run as i64 };
        base = save(&changed(&document, run), &request).ok().map(|Saved { base, .. }| base);
        assert!(base.is_some(), "saved");
    });
    let open = median(runs, |_| assert!(open(&path).is_ok(), "opened"));
    let mut editor = Editor::new(document.clone());
    // Looked up beforehand: that is no part of an edit.
    let mut edits: Vec<Vec<Edit>> = (0..1_001).map(|run| rename(&document, run)).collect();
    let edit = median(1_001, |run| {
        let done = editor.edit("rename", None, std::mem::take(&mut edits[run]));
        assert!(done.is_ok(), "edited");
    });
    let undo = median(1_001, |_| drop(editor.undo()));
    let mut durable = journal(&document, &dirs);
    durable.sort_by(f64::total_cmp);
    let (middle, most) = (durable[durable.len() / 2], durable[durable.len() - 1]);
    println!(
        "| {count} | {megabytes:.1} | {write:.1} | {read:.1} | {open:.1} | {save:.1} | {edit:.4} | {undo:.4} | {middle:.1} | {most:.1} | {} |",
        memory()
    );
}

/// Another name for one of the parties.
fn rename(document: &Document, run: usize) -> Vec<Edit> {
    let one = document.parties().nth(run * 37 % document.parties_len());
    let renamed = one.map(|(id, party)| Edit::PutParty(id, Party { name: format!("Name {run}"), ..(**party).clone() }));
    renamed.into_iter().collect()
}

fn changed(document: &Document, run: usize) -> Document {
    let mut changed = document.clone();
    assert!(changed.apply(rename(document, run)).is_ok(), "renamed");
    changed
}

/// Milliseconds from an edit until it survives a power cut.
fn journal(document: &Document, dirs: &Dirs) -> Vec<f64> {
    let patience = Duration::from_mins(1);
    let journal = Journal::start(dirs, None, None, document, NOW);
    assert!(journal.flush(patience), "the first snapshot");
    let mut edited = document.clone();
    let times = (0..100).map(|run| {
        assert!(edited.apply(rename(document, run)).is_ok(), "renamed");
        let start = Instant::now();
        journal.record(&edited);
        assert!(journal.flush(patience), "durable");
        start.elapsed().as_secs_f64() * 1000.0
    });
    let times = times.collect();
    journal.finish();
    times
}

/// Resident memory in MB, where the system tells.
fn memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(String::new, |kilobytes| (kilobytes / 1024).to_string())
}
