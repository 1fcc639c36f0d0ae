//! `peel brief`: what a party's handoffs ask for, as a page to be read.

use std::path::Path;

use super::args::Brief;
use super::failure::Failure;
use super::{dates, faces, names, written};
use crate::brief::ALL;
use crate::export::pdf;
use crate::writing::{self, Page};

const ENDINGS: [&str; 3] = ["md", "html", "pdf"];

/// The endings, for the help.
pub(super) fn endings() -> String {
    ENDINGS.map(|ending| format!(".{ending}")).join(", ")
}

/// The kinds and what they are, for the help.
pub(super) fn kinds_explained() -> String {
    ALL.iter().map(|kind| format!("{}: {}", kind.id, kind.about)).collect::<Vec<_>>().join("\n")
}

/// Writes the page.
pub(super) fn brief(arguments: &Brief) -> Result<(), Failure> {
    let Brief { map, out, party, kind, date } = arguments;
    let ending = written::check_ending(out, "a brief", &ENDINGS)?;
    let document = written::document(map, out)?;
    let party = names::party_called(&document, party)?;
    let page = (kind.make)(&document, party, &dates::date(*date)?.to_string());
    let (bytes, note) = match ending {
        "md" => (writing::markdown(&page).into_bytes(), String::new()),
        "html" => (writing::html(&page).into_bytes(), String::new()),
        _ => paper(&page, out)?,
    };
    written::write(out, &bytes, &note)
}

/// The page as a PDF, and how many sheets it has.
pub(super) fn paper(page: &Page, out: &Path) -> Result<(Vec<u8>, String), Failure> {
    let (sheets, fonts) = faces::set(|fonts| writing::pdf(page, fonts), |sheet| &sheet.scene);
    let refused = |error| Failure::refused(format!("“{}” was not written: {error}", out.display()));
    let bytes = pdf::written(&page.title, &sheets, &fonts).map_err(refused)?;
    let count = sheets.len();
    Ok((bytes, format!(" ({count} {})", if count == 1 { "page" } else { "pages" })))
}
