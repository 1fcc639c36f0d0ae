//! `peel export`: the map as a picture or as tables.
//!
//! What can be written is a row of [`EXPORTERS`]; what a picture can show is a row of [`VIEWS`].

mod picture;
mod tables;

use std::path::{Path, PathBuf};

use super::args::{Export, Picture};
use super::failure::Failure;
use super::{maps, output};
use crate::files::save;
use crate::model::Document;
pub(super) use picture::views;

/// A kind of file that a map can be written as.
#[derive(Debug)]
pub(super) struct Exporter {
    /// The ending of its files, in lower case.
    pub ending: &'static str,
    /// What it is, in a few words.
    about: &'static str,
    /// True when the options of pictures apply.
    is_picture: bool,
    /// Makes the files; writes nothing.
    make: fn(&Job<'_>) -> Result<Made, Failure>,
}

/// Every kind of file, in the order they are offered.
pub(super) const EXPORTERS: &[Exporter] = &[
    Exporter {
        ending: "png",
        about: "a picture, which carries the map and can be opened again",
        is_picture: true,
        make: picture::png,
    },
    Exporter {
        ending: "csv",
        about: "three tables: OUT-parties.csv, OUT-handoffs.csv, OUT-requirements.csv",
        is_picture: false,
        make: tables::make,
    },
    Exporter {
        ending: "xlsx",
        about: "a workbook with the sheets parties, handoffs, requirements",
        is_picture: false,
        make: tables::make,
    },
];

/// What is to be written.
#[derive(Debug)]
struct Job<'a> {
    document: &'a Document,
    out: &'a Path,
    picture: &'a Picture,
}

/// Files that are ready to be written.
#[derive(Debug)]
struct Made {
    files: Vec<(PathBuf, Vec<u8>)>,
    /// What to say of them beyond their names.
    note: Option<String>,
}

/// The ending of a name in lower case; empty without one.
pub(super) fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The endings and what they mean, for the help.
pub(super) fn endings() -> String {
    let lines = EXPORTERS.iter().map(|exporter| format!(".{} {}", exporter.ending, exporter.about));
    lines.collect::<Vec<_>>().join("\n")
}

/// Writes all files or none.
pub(super) fn export(arguments: &Export) -> Result<(), Failure> {
    let Export { map, out, picture } = arguments;
    let exporter = exporter_of(out)?;
    let given = picture.given();
    if !exporter.is_picture && !given.is_empty() {
        let (out, given) = (out.display(), given.join(", "));
        return Err(Failure::usage(format!("“{out}” is no picture, so leave out what only pictures have: {given}")));
    }
    let document = maps::open(map)?.document;
    maps::check_folder(out)?;
    let made = (exporter.make)(&Job { document: &document, out, picture })?;
    if let Some((taken, _)) = made.files.iter().find(|(file, _)| maps::is_same_file(file, map)) {
        return Err(Failure::is_there(taken, "it is the map itself; choose another name"));
    }
    let files: Vec<(&Path, &[u8])> =
        made.files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())).collect();
    save::save_all(&files)?;
    let names: Vec<String> = made.files.iter().map(|(path, _)| path.display().to_string()).collect();
    let note = made.note.map(|note| format!(" ({note})")).unwrap_or_default();
    output::tell(&format!("Written: {}{note}.", names.join(", ")));
    Ok(())
}

fn exporter_of(out: &Path) -> Result<&'static Exporter, Failure> {
    let wanted = ending(out);
    EXPORTERS.iter().find(|exporter| exporter.ending == wanted).ok_or_else(|| {
        let known: Vec<String> = EXPORTERS.iter().map(|exporter| format!(".{}", exporter.ending)).collect();
        let has = if wanted.is_empty() { "no ending".into() } else { format!("the ending .{wanted}") };
        Failure::refused(format!(
            "“{}” has {has}; Peel exports {}: choose one of these",
            out.display(),
            known.join(", ")
        ))
    })
}
