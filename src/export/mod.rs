//! Scene to bytes: one painter a file, and its row in the table here. Pure.

pub mod html;
pub mod pdf;
pub mod png;
pub mod svg;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::model::Subject;
pub use crate::scene::Detail;
use crate::scene::text::Fonts;
use crate::scene::{Scene, Theme};

/// How large a picture is to be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Extent {
    /// Pixels per map unit; 1 is the size on the screen at 100 %.
    Scale(f32),
    /// Pixels from left to right, exactly.
    Width(u32),
}

/// One picture of a document: a page of a PDF, a leaf of a web page.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// What is to be seen.
    pub scene: &'a Scene,
    /// What it is called: the view, or the step of a presentation.
    pub title: &'a str,
    /// What is to be said with it; may be empty.
    pub notes: &'a str,
}

/// What paper a page is for, in formats that have paper.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Paper {
    /// As large as the picture.
    #[default]
    Fit,
    /// This many millimetres, upright; turned when the picture is wider than high. The picture is made to fit.
    Sheet {
        /// Shorter side.
        width: f32,
        /// Longer side.
        height: f32,
    },
    /// As many sheets of this size (millimetres, upright) as the picture needs at its scale, to be glued together.
    Tiles {
        /// Shorter side.
        width: f32,
        /// Longer side.
        height: f32,
        /// How much of a sheet is on the next one again, in millimetres.
        overlap: f32,
    },
}

/// What every exporter is given.
#[derive(Debug, Clone)]
pub struct Picture<'a> {
    /// What is to be seen, at least one; formats that hold one picture take the first.
    pub pages: &'a [Page<'a>],
    /// What is known of parties and handoffs.
    pub details: &'a BTreeMap<Subject, Detail>,
    /// What paper it is for.
    pub paper: Paper,
    /// The fonts that the scene was measured with.
    pub fonts: &'a Fonts,
    /// Light or dark.
    pub theme: Theme,
    /// Without paper behind it, in formats that can be so.
    pub transparent: bool,
    /// How large; exporters of vector pictures may leave it aside.
    pub extent: Extent,
    /// The map's title, to be noted in the file.
    pub title: &'a str,
    /// The map itself as text, to be kept in the file where the format can, so that the picture can be opened again.
    pub map: Option<&'a str>,
    /// Set to true by somebody else, it ends the work soon.
    pub cancel: Option<Arc<AtomicBool>>,
}

impl<'a> Picture<'a> {
    /// The first picture, if there is anything on it.
    pub fn scene(&self) -> Result<&'a Scene, ExportError> {
        self.pages
            .first()
            .map(|page| page.scene)
            .filter(|scene| scene.bounds.is_some())
            .ok_or_else(ExportError::nothing)
    }

    /// An error once somebody has cancelled the export.
    pub fn go_on(&self) -> Result<(), ExportError> {
        let is_cancelled = self.cancel.as_ref().is_some_and(|cancel| cancel.load(Ordering::Relaxed));
        if is_cancelled { Err(ExportError("the export was cancelled".into())) } else { Ok(()) }
    }

    /// Pixels per map unit.
    pub fn scale(&self) -> f32 {
        match self.extent {
            Extent::Scale(scale) => scale,
            Extent::Width(pixels) => self.scene().map_or(1.0, |scene| png::scale_for_width(scene, pixels)),
        }
    }
}

/// Why nothing was exported: what is wrong and what to do, for a person.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{0}")]
pub struct ExportError(pub String);

impl ExportError {
    fn nothing() -> Self {
        Self("there is nothing to show in a picture yet: add a party first".into())
    }
}

/// A format that a scene can be exported to.
#[derive(Debug, Clone, Copy)]
pub struct Exporter {
    /// Stable name.
    pub id: &'static str,
    /// What people read in a menu.
    pub title: &'static str,
    /// How its files' names end, without the dot, in small letters.
    pub extension: &'static str,
    /// True when its pictures have a size in pixels, so that asking for one makes sense.
    pub has_pixels: bool,
    /// True when one file holds several pictures.
    pub has_pages: bool,
    /// Gives the bytes of a file; the same ones for the same picture.
    pub export: fn(&Picture<'_>) -> Result<Vec<u8>, ExportError>,
}

/// Every exporter, in the order in which they are offered.
pub const ALL: &[Exporter] = &[png::EXPORTER, svg::EXPORTER, pdf::EXPORTER, html::EXPORTER];

/// The exporter for files whose names end like this, in any case, without the dot.
pub fn by_extension(extension: &str) -> Option<&'static Exporter> {
    ALL.iter().find(|exporter| exporter.extension.eq_ignore_ascii_case(extension))
}

/// The map inside a picture of any of the formats, `Ok(None)` when it holds none; `None` when the bytes are no picture.
///
/// The bytes may come from anywhere.
pub fn embedded_map(bytes: &[u8]) -> Option<Result<Option<String>, ExportError>> {
    let text = || std::str::from_utf8(bytes).map_err(|_not_text| ExportError("this picture is damaged".into()));
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).trim_start().to_ascii_lowercase();
    if bytes.starts_with(b"\x89PNG") {
        Some(png::embedded_map(bytes).map_err(Into::into))
    } else if bytes.starts_with(b"%PDF-") {
        Some(pdf::embedded_map(bytes).map_err(Into::into))
    } else if start.starts_with("<!doctype html") {
        Some(text().and_then(html::embedded_map))
    } else if start.starts_with("<svg") || start.starts_with("<?xml") {
        Some(text().and_then(|svg| svg::embedded_map(svg).map_err(Into::into)))
    } else {
        None
    }
}

/// The endings of pictures that can be opened.
pub fn extensions() -> Vec<&'static str> {
    ALL.iter().map(|exporter| exporter.extension).collect()
}

/// A file and what is to be in it.
pub type File = (PathBuf, Vec<u8>);

/// The files of a picture: one when the format holds all pages or there is one, else numbered ones beside `out`.
pub fn files(exporter: &Exporter, picture: &Picture<'_>, out: &Path) -> Result<Vec<File>, ExportError> {
    if exporter.has_pages || picture.pages.len() <= 1 {
        return Ok(vec![(out.to_owned(), (exporter.export)(picture)?)]);
    }
    let file = |(number, page): (usize, &Page<'_>)| {
        let one = Picture { pages: std::slice::from_ref(page), ..picture.clone() };
        Ok((numbered(out, number, picture.pages.len()), (exporter.export)(&one)?))
    };
    (1..).zip(picture.pages).map(file).collect()
}

/// "map.png" as "map-07.png", with as many digits as the last number has, and at least two.
fn numbered(out: &Path, number: usize, last: usize) -> PathBuf {
    let (stem, digits) = (out.file_stem().unwrap_or_default().to_string_lossy(), last.to_string().len().max(2));
    let ending = out.extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
    out.with_file_name(format!("{stem}-{number:0digits$}{ending}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::{Rect, pt};

    #[test]
    fn every_exporter_writes_a_file_and_can_be_found() {
        let scene = Scene { bounds: Some(Rect { min: pt(0.0, 0.0), max: pt(30.0, 20.0) }), ..Scene::default() };
        let fonts = Fonts::bundled();
        fn page(scene: &Scene) -> [Page<'_>; 1] {
            [Page { scene, title: "Map", notes: "" }]
        }
        let empty = Scene::default();
        let (pages, details) = (page(&scene), BTreeMap::new());
        let picture = Picture {
            pages: &pages,
            details: &details,
            paper: Paper::Fit,
            fonts: &fonts,
            theme: Theme::Light,
            transparent: false,
            extent: Extent::Width(90),
            title: "Loan approval",
            map: Some("(map)"),
            cancel: None,
        };
        assert_eq!(picture.scale(), 3.0);
        for exporter in ALL {
            let file = (exporter.export)(&picture).expect(exporter.id);
            assert!(!file.is_empty(), "{}", exporter.id);
            let found = by_extension(&exporter.extension.to_uppercase()).expect(exporter.id);
            assert_eq!(found.id, exporter.id);
            let nothing = Picture { pages: &page(&empty), ..picture.clone() };
            let error = (exporter.export)(&nothing).expect_err("nothing to show").to_string();
            assert!(error.contains("nothing to show"), "{}: {error}", exporter.id);
            assert_eq!(ALL.iter().filter(|e| e.id == exporter.id || e.extension == exporter.extension).count(), 1);
        }
        assert!(by_extension("doc").is_none());
    }
}
