//! PDF documents: the display list as vectors, with text that can be searched and copied, on one page or many sheets.

mod attached;
mod canvas;
mod notes;
mod pages;
mod sheets;
mod words;

use std::collections::BTreeMap;
use std::sync::atomic::Ordering;

use krilla::metadata::Metadata;
use krilla::{Document, SerializeSettings};

use super::{ExportError, Exporter, Extent, Page, Paper, Picture};
use crate::scene::Theme;
use crate::scene::text::Fonts;
use crate::writing::Sheet;

/// The row of this format in the table of exporters.
pub const EXPORTER: Exporter =
    Exporter { id: "pdf", title: "PDF document", extension: "pdf", has_pixels: false, has_pages: true, export };

/// Usual sheets of paper: name, title, and the sides of the upright sheet in millimetres.
pub const PAPERS: &[(&str, &str, f32, f32)] = &[
    ("a4", "A4", 210.0, 297.0),
    ("letter", "Letter", 215.9, 279.4),
    ("a3", "A3", 297.0, 420.0),
    ("tabloid", "Tabloid", 279.4, 431.8),
    ("a2", "A2", 420.0, 594.0),
    ("a1", "A1", 594.0, 841.0),
    ("a0", "A0", 841.0, 1189.0),
];

/// Why there is no document, or no map from one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum PdfError {
    /// The scale is no positive number.
    #[error("a picture cannot be {0} times its usual size: choose a scale above 0")]
    Scale(f32),
    /// The paper has no usable size; width and height in millimetres.
    #[error("paper cannot be {0} × {1} mm: choose sides from 20 to 5,080 mm")]
    Paper(f32, f32),
    /// A poster of far too many sheets; rows and columns.
    #[error("this would be {0} rows of {1} sheets, and {max} sheets is the most: choose a smaller scale or larger paper", max = sheets::MOST_SHEETS)]
    TooManySheets(usize, usize),
    /// All pictures together would take too many sheets.
    #[error("this would be {0} sheets, and {max} is the most: choose fewer pictures, a smaller scale or larger paper", max = sheets::MOST_SHEETS)]
    TooManyInAll(usize),
    /// The map is too long to go into a document, or the one in a document is.
    #[error("the map is too large to be kept inside a document (64 MB at most)")]
    Map,
    /// The library that writes documents gave up, over a font for example.
    #[error("the document could not be written: {0}")]
    Writing(String),
    /// Somebody cancelled.
    #[error("the export was cancelled")]
    Cancelled,
    /// Not a PDF file at all.
    #[error("this is not a PDF document")]
    NotPdf,
    /// A PDF file with a fault.
    #[error("this document is damaged: {0}")]
    Damaged(&'static str),
}

impl From<PdfError> for ExportError {
    fn from(error: PdfError) -> Self {
        Self(error.to_string())
    }
}

/// A document of sheets that are laid out already, a unit being a point: each as large as its scene.
pub fn written(title: &str, sheets: &[Sheet], fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    let pages = sheets.iter().map(|sheet| Page { scene: &sheet.scene, title: &sheet.title, notes: "" });
    export(&Picture {
        pages: &pages.collect::<Vec<_>>(),
        details: &BTreeMap::new(),
        paper: Paper::Fit,
        fonts,
        theme: Theme::Light,
        transparent: false,
        extent: Extent::Scale(1.0 / sheets::POINTS),
        title: title.trim(),
        map: None,
        cancel: None,
    })
}

/// The map that was put into a document; `Ok(None)` when it holds none.
///
/// The bytes may come from anywhere: unpacking ends at 64 MB.
pub fn embedded_map(pdf: &[u8]) -> Result<Option<String>, PdfError> {
    attached::find(pdf)
}

fn is_cancelled(picture: &Picture<'_>) -> bool {
    picture.cancel.as_ref().is_some_and(|cancel| cancel.load(Ordering::Relaxed))
}

/// Pictures that show nothing are left out; the first must show something.
fn export(picture: &Picture<'_>) -> Result<Vec<u8>, ExportError> {
    let first = picture.scene()?.bounds.filter(|b| !b.is_nothing() && b.min.is_finite() && b.max.is_finite());
    first.ok_or_else(ExportError::nothing)?;
    Ok(document(picture)?)
}

/// No date is noted, so the same picture gives the same bytes.
fn document(picture: &Picture<'_>) -> Result<Vec<u8>, PdfError> {
    let settings = SerializeSettings {
        // No second copy of title and program in XML.
        xmp_metadata: false,
        enable_tagging: pages::is_told(picture),
        ..SerializeSettings::default()
    };
    let mut document = Document::new_with(settings);
    pages::paint(picture, &mut document)?;
    if let Some(map) = picture.map {
        document.embed_file(attached::file(map)?);
    }
    let about = Metadata::new()
        .title(picture.title.trim().into())
        .creator("Peel".into())
        .producer(concat!("Peel ", env!("CARGO_PKG_VERSION")).into())
        .language("en".into());
    document.set_metadata(about);
    let mut bytes = document.finish().map_err(|error| PdfError::Writing(error.to_string()))?;
    if picture.pages.iter().any(|page| !page.notes.trim().is_empty()) {
        notes::finish(&mut bytes);
    }
    Ok(bytes)
}
