//! Opens a map: from its file, or from a picture that carries one.

use std::io::{self, ErrorKind};
use std::path::Path;

use super::format;
use super::target::{self, Base};
use crate::export;
use crate::layout::tidy;
use crate::model::Document;

/// A map as it was read.
#[derive(Debug)]
pub struct OpenedMap {
    /// The map; parties that had no place were given one.
    pub document: Document,
    /// The file's content, for a later save; `None` when the map was inside a picture.
    pub base: Option<Base>,
}

/// Reads a map. The error is one message that names the file, where in it, and what to do.
pub fn open(path: &Path) -> Result<OpenedMap, String> {
    let name = path.display();
    let bytes = target::read(path).map_err(|error| unread(path, &error))?;
    let (opened, base) = if let Some(inside) = export::embedded_map(&bytes) {
        let text = inside.map_err(|error| format!("{name}: {error}"))?;
        let none = || format!("{name} is a picture without a map inside: name the map that it was made from");
        let text = text.ok_or_else(none)?;
        (format::read(text.as_bytes()).map_err(|error| format!("{name}, the map inside, {error}"))?, None)
    } else {
        let refused = |error: format::FormatError| {
            let between = if error.line.is_some() { "," } else { ":" };
            format!("{name}{between} {error}")
        };
        (format::read(&bytes).map_err(refused)?, Some(Base::of(&bytes)))
    };
    Ok(OpenedMap { document: tidy::place_new(opened.document, &opened.unplaced), base })
}

/// Why a file could not be read, in words.
fn unread(path: &Path, error: &io::Error) -> String {
    let name = path.display();
    match error.kind() {
        ErrorKind::NotFound => format!("there is no file “{name}”: check the name, or make a map with `peel new`"),
        ErrorKind::PermissionDenied => format!("{name}: you may not read this file: ask for the permission"),
        ErrorKind::InvalidInput if path.is_dir() => format!("{name} is a folder: name the map in it"),
        _ => format!("{name} cannot be read: {error}: name a map file"),
    }
}
