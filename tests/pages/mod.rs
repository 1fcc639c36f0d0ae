//! What tests of written pages share: running the program, and reading the tags that pages are made of.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use peel::writing::{Page, html, rich};

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

/// The tags of a file by name and attributes; stops the test where one is not closed or an attribute is not quoted.
pub fn tags(html: &str) -> Vec<(String, Vec<String>)> {
    let (mut found, mut open, mut rest) = (Vec::new(), Vec::new(), html);
    while let Some((text, after)) = rest.split_once('<') {
        assert!(
            !text.contains('>') || open.last().is_some_and(|tag| tag == "style" || tag == "script"),
            "a bare > in {text}"
        );
        let (inside, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        if inside.starts_with("!doctype") {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "nested");
            continue;
        }
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        let pieces: Vec<&str> = attributes.split('"').collect();
        let outside = pieces.iter().step_by(2).flat_map(|piece| piece.split_whitespace());
        let attributes: Vec<String> =
            outside.map(|name| name.trim_end_matches('=').to_owned()).filter(|name| name != "/").collect();
        found.push((name.to_owned(), attributes));
        let is_void = matches!(name, "meta" | "br" | "input" | "rect" | "path") || inside.ends_with('/');
        if name == "style" || name == "script" {
            let (_, after) = rest.split_once(&format!("</{name}>")).expect("it ends");
            rest = after;
        } else if !is_void {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?} never end");
    found
}

/// A page as a file and as a mail has our tags and no others, and no attribute that runs or loads anything.
pub fn has_our_tags(page: &Page, what: &str) {
    for (file, mail) in [(html(page), false), (rich(page).html, true)] {
        for (tag, attributes) in tags(&file) {
            assert!(TAGS.contains(&tag.as_str()), "{what}: <{tag}>");
            let odd = attributes.iter().find(|a| a.starts_with("on") || *a == "href" || *a == "src");
            assert!(odd.is_none(), "{what}: {tag} {attributes:?}");
            let is_styled = attributes.iter().all(|a| a == "style");
            assert!(!mail || is_styled, "{what}: {tag} {attributes:?} in a mail");
        }
    }
}
