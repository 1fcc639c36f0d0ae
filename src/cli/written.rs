//! Files that are written from a map and are no maps themselves.

use std::path::Path;

use super::export::ending;
use super::failure::Failure;
use super::{maps, output};
use crate::files::save;
use crate::model::Document;

/// Refuses a file whose ending is none of the known ones; gives its ending.
pub(super) fn check_ending(out: &Path, what: &str, known: &[&'static str]) -> Result<&'static str, Failure> {
    let has = ending(out);
    known.iter().find(|known| **known == has).copied().ok_or_else(|| {
        let list: Vec<String> = known.iter().map(|ending| format!(".{ending}")).collect();
        let has = if has.is_empty() { "no ending".into() } else { format!("the ending .{has}") };
        let (out, list) = (out.display(), list.join(", "));
        Failure::refused(format!("“{out}” has {has}; {what} can be {list}: choose one of these"))
    })
}

/// The map, when there is a folder to write to and the file is not the map itself.
pub(super) fn document(map: &Path, out: &Path) -> Result<Document, Failure> {
    let document = maps::open(map)?.document;
    maps::check_folder(out)?;
    if maps::is_same_file(out, map) {
        return Err(Failure::is_there(out, "it is the map itself; choose another name"));
    }
    Ok(document)
}

/// Writes the file whole or not at all, and says so.
pub(super) fn write(out: &Path, bytes: &[u8], note: &str) -> Result<(), Failure> {
    save::save_all(&[(out, bytes)])?;
    output::tell(&format!("Written: {}{note}.", out.display()));
    Ok(())
}
