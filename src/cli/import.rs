//! `peel import`: tables into a new map, or into one that is there.

use super::args::Import;
use super::failure::Failure;
use super::maps;
use super::output;
use crate::files::open::OpenedMap;
use crate::files::tables::{self, ImportError};
use crate::layout::tidy;
use crate::model::Document;

/// Reads the tables and writes the map with them in it.
pub(super) fn import(arguments: &Import) -> Result<(), Failure> {
    let Import { tables: files, out, into } = arguments;
    let opened = into.as_deref().map(maps::open).transpose()?;
    let before = opened.as_ref().map_or_else(Document::default, |opened| opened.document.clone());
    let read = tables::read_files(files).map_err(|error| refused(&error))?;
    let imported = tables::import(&read, &before, &mut crate::files::ids::fresh()).map_err(|error| refused(&error))?;
    let summary = imported.summary();
    let document = tidy::place_new(imported.document, &imported.unplaced);
    let updates = into.as_deref().is_some_and(|into| maps::is_same_file(into, out));
    let base = opened.and_then(|OpenedMap { base, .. }| base);
    let name = out.display();
    let done = if updates && base.is_none() {
        return Err(Failure::is_there(out, "it is a picture with the map inside; choose another name for --out"));
    } else if updates && document == before {
        format!("Nothing changed: {name} is as it was.") // also the comments that a person wrote into it
    } else if updates {
        maps::update(&document, out, base)?;
        format!("Updated: {name}.")
    } else {
        let when_taken = format!("choose another name, or add to it with --into {name}");
        maps::create(&document, out, &when_taken)?;
        format!("Written: {name}.")
    };
    for warning in &imported.warnings {
        output::warn(warning);
    }
    output::tell(&format!("{summary}\n{done}"));
    Ok(())
}

/// One problem in a line; several under each other.
fn refused(error: &ImportError) -> Failure {
    match error.count {
        0 | 1 => Failure::refused(error.to_string()),
        count => Failure::refused(format!("nothing was imported, the tables have {count} problems:\n{error}")),
    }
}
