//! What tests of written pages share: running the program, and the tags that pages are made of.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The tags of a page that is to be read.
pub const TAGS: [&str; 33] = [
    "html",
    "head",
    "meta",
    "title",
    "style",
    "body",
    "main",
    "h1",
    "h2",
    "h3",
    "p",
    "strong",
    "span",
    "br",
    "ul",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "section",
    "aside",
    "figure",
    "figcaption",
    "svg",
    "rect",
    "path",
    "text",
    "bdi",
    "div",
    "g",
];

/// Runs the program in a folder, with no display.
pub fn peel(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_peel"));
    command.args(words).current_dir(folder).env("PEEL_STATE_DIR", folder.join("state")).stdin(Stdio::null());
    for variable in ["DISPLAY", "WAYLAND_DISPLAY", "SOURCE_DATE_EPOCH"] {
        command.env_remove(variable);
    }
    command.output().expect("peel runs")
}

pub fn said(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// What a run that must succeed says.
pub fn done(folder: &Path, words: &[&str]) -> String {
    let output = peel(folder, words);
    assert!(output.status.success() && output.stderr.is_empty(), "{words:?}: {}", said(&output.stderr));
    said(&output.stdout)
}
