//! `peel export`: the map as a picture or as tables.
//!
//! Pictures are written by the exporters of [`crate::export`]; what a picture can show is a row of [`crate::views::ALL`].

mod picture;

use std::path::{Path, PathBuf};

use super::args::{Export, Picture};
use super::failure::Failure;
use super::{maps, output};
use crate::export;
use crate::files::{save, tables};
use crate::model::{Document, ViewKind};

/// Files of tables: their ending, and what they are in a few words.
const TABLES: [(&str, &str); 2] = [
    ("csv", "tables: OUT-parties.csv, OUT-handoffs.csv, OUT-requirements.csv …"),
    ("xlsx", "a workbook with the sheets parties, handoffs, requirements …"),
];

/// Files that are ready to be written.
#[derive(Debug)]
struct Made {
    files: Vec<(PathBuf, Vec<u8>)>,
    /// What to say of them beyond their names.
    note: Option<String>,
}

/// The endings of all that can be exported, in the order they are offered.
pub(super) fn endings() -> impl Iterator<Item = &'static str> {
    export::ALL.iter().map(|exporter| exporter.extension).chain(TABLES.iter().map(|(ending, _)| *ending))
}

/// The ending of a name in lower case; empty without one.
pub(super) fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// The endings and what they mean, for the help.
pub(super) fn endings_explained() -> String {
    let pictures =
        export::ALL.iter().map(|exporter| format!(".{}: {}, with the map inside", exporter.extension, exporter.title));
    let tables = TABLES.iter().map(|(ending, about)| format!(".{ending}: {about}"));
    pictures.chain(tables).collect::<Vec<_>>().join("\n")
}

/// The views and what they show, for the help.
pub(super) fn views_explained() -> String {
    ViewKind::ALL.map(|view| format!("{}: {}", view.id(), view.about())).join("\n")
}

/// Writes all files or none.
pub(super) fn export(arguments: &Export) -> Result<(), Failure> {
    let Export { map, out, picture } = arguments;
    let ending = ending(out);
    let made = if let Some(exporter) = export::by_extension(&ending) {
        let document = document(map, out)?;
        picture::make(&document, out, exporter, picture)?
    } else if TABLES.iter().any(|(known, _)| *known == ending) {
        refuse_options(out, picture)?;
        let files = tables::to_files(&document(map, out)?, out).map_err(Failure::refused)?;
        Made { files, note: None }
    } else {
        return Err(Failure::refused(unknown_ending(out, &ending)));
    };
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

/// The map to export, when there is a folder to write to.
fn document(map: &Path, out: &Path) -> Result<Document, Failure> {
    let document = maps::open(map)?.document;
    maps::check_folder(out)?;
    Ok(document)
}

fn refuse_options(out: &Path, picture: &Picture) -> Result<(), Failure> {
    let given = picture.given();
    if given.is_empty() {
        return Ok(());
    }
    let (out, given) = (out.display(), given.join(", "));
    Err(Failure::usage(format!("“{out}” is no picture, so leave out what only pictures have: {given}")))
}

fn unknown_ending(out: &Path, ending: &str) -> String {
    let known: Vec<String> = endings().map(|ending| format!(".{ending}")).collect();
    let has = if ending.is_empty() { "no ending".into() } else { format!("the ending .{ending}") };
    format!("“{}” has {has}; Peel exports {}: choose one of these", out.display(), known.join(", "))
}
