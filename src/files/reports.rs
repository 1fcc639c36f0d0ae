//! The files that a report can be: what they are called, and their bytes.

use std::path::Path;

use super::tables;
use crate::analysis::Report;
use crate::export::pdf;
use crate::model::Document;
use crate::report::{Options, page, tabs};
use crate::scene::text::Fonts;
use crate::writing;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Form {
    /// Its ending.
    pub extension: &'static str,
    /// What people read in a menu.
    pub title: &'static str,
    /// What it is good for, in a few words.
    pub about: &'static str,
}

/// Every kind of file, in the order in which they are offered.
pub const FORMS: &[Form] = &[
    Form { extension: "pdf", title: "PDF", about: "on A4 paper, to hand round" },
    Form { extension: "html", title: "Web page", about: "one file, for the screen and for mail" },
    Form { extension: "md", title: "Markdown", about: "for wikis and repositories" },
    Form { extension: "xlsx", title: "Workbook", about: "every figure as a number, with the tables of the map behind" },
];

/// The form of a file with this ending.
pub fn form_of(path: &Path) -> Option<&'static Form> {
    let ending = path.extension()?.to_string_lossy().to_lowercase();
    FORMS.iter().find(|form| form.extension == ending)
}

/// The bytes of a report; one message for a person when they cannot be made. `fonts` are those of a PDF, which must have
/// all letters of it.
pub fn written(
    form: &Form,
    document: &Document,
    report: &Report,
    options: &Options<'_>,
    fonts: &Fonts,
) -> Result<Vec<u8>, String> {
    match form.extension {
        "md" => Ok(writing::markdown(&page(document, report, options)).into_bytes()),
        "html" => Ok(writing::html(&page(document, report, options)).into_bytes()),
        "xlsx" => {
            let sheets = tables::tables(document);
            let more = |workbook: &mut _| tables::add_sheets(workbook, &sheets);
            writing::workbook(&tabs(document, report, options), more).map_err(|error| error.to_string())
        }
        _ => {
            let page = page(document, report, options);
            pdf::written(&page.title, &writing::pdf(&page, fonts), fonts).map_err(|error| error.to_string())
        }
    }
}
