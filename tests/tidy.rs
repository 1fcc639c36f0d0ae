//! The shape of the source: who may use whom, and what every file begins with.
#![expect(clippy::unwrap_used, reason = "a test ends there")]

use std::fs;
use std::path::{Path, PathBuf};

/// The source files below a folder, with their text.
fn sources(folder: &str) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut open = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(folder)];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if path.extension().is_some_and(|e| e == "rs") {
            let text = fs::read_to_string(&path).unwrap();
            found.push((path, text));
        }
    }
    assert!(!found.is_empty(), "there is something in {folder}");
    found
}

/// The lines of code of a file: no comments, and nothing from its tests on.
fn code(text: &str) -> impl Iterator<Item = &str> {
    let whole = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    whole.lines().filter(|line| !line.trim_start().starts_with("//"))
}

fn refuse(folder: &str, words: &[&str]) {
    for (path, text) in sources(folder) {
        for word in words {
            let found = code(&text).find(|line| line.contains(word));
            assert!(found.is_none(), "{}: “{word}” in {:?}", path.display(), found.unwrap_or_default());
        }
    }
}

#[test]
fn the_core_knows_neither_window_nor_files_nor_clock() {
    let single = ["brief.rs", "report.rs", "writing.rs"];
    let folders = ["model", "editor", "analysis", "layout", "scene", "views", "export", "brief", "report", "writing"];
    for folder in folders.into_iter().chain(single) {
        refuse(folder, &["egui", "crate::app", "crate::cli", "crate::files", "std::fs", "SystemTime", "Instant"]);
        // Of the library of dates the calendar alone, which knows no clock.
        for (path, text) in sources(folder) {
            let calendar = |line: &&str| !line.contains("jiff::civil") && !line.contains("jiff::ToSpan");
            let found = code(&text).filter(|line| line.contains("jiff")).find(calendar);
            assert!(found.is_none(), "{}: a clock in {:?}", path.display(), found.unwrap_or_default());
        }
    }
    refuse("geom.rs", &["egui", "crate::"]);
}

#[test]
fn arrows_point_one_way() {
    let above = ["crate::editor", "crate::views", "crate::export"];
    refuse("model", &[&above[..], &["crate::analysis", "crate::layout", "crate::scene"]].concat());
    refuse("analysis", &[&above[..], &["crate::layout", "crate::scene"]].concat());
    refuse("layout", &[&above[..], &["crate::analysis", "crate::scene"]].concat());
    refuse("scene", &[&above[..], &["crate::analysis", "crate::layout"]].concat());
    refuse("views", &["crate::editor", "crate::export"]);
    for folder in ["brief", "brief.rs", "report", "report.rs"] {
        refuse(folder, &[&above[..], &["crate::layout"]].concat());
    }
    for folder in ["writing", "writing.rs"] {
        let may_not = ["crate::analysis", "crate::layout", "crate::model", "crate::brief", "crate::report"];
        refuse(folder, &[&above[..], &may_not].concat());
    }
    refuse("export", &["crate::editor", "crate::views", "crate::layout", "crate::analysis"]);
    refuse("files", &["egui", "crate::app", "crate::cli"]);
    refuse("cli", &["egui"]);
}

#[test]
fn only_files_touches_the_disk() {
    for folder in ["app", "cli"] {
        refuse(folder, &["std::fs", "File::open", "File::create", "read_dir"]);
    }
}

#[test]
fn every_file_says_what_it_is_and_none_is_too_long() {
    for (path, text) in sources("") {
        assert!(text.starts_with("//! "), "{} begins with a sentence", path.display());
        let lines = code(&text).count();
        assert!(lines <= 450, "{} has {lines} lines of code", path.display());
    }
}
