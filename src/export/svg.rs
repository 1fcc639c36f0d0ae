//! Drawings: a scene as SVG with real text in an embedded font, with the map itself inside when wanted.

mod cff;
pub(super) mod draw;
pub(super) mod faces;
mod font;
mod kerning;
mod map;
pub(super) mod markup;
mod woff;

use super::{ExportError, Exporter, Picture};
use crate::geom::Rect;
use crate::scene::Scene;
use draw::Pen;
use faces::{FAMILIES, Faces};

/// The row of this format in the table of exporters.
pub const EXPORTER: Exporter =
    Exporter { id: "svg", title: "SVG drawing", extension: "svg", has_pixels: false, has_pages: false, export };

/// Why there is no drawing, or no map from one.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SvgError {
    /// The map is too long to go into a drawing, or the one in a drawing is.
    #[error("the map is too large to be kept inside a drawing (64 MB at most)")]
    Map,
    /// Not a drawing at all.
    #[error("this is not an SVG drawing")]
    NotSvg,
    /// There is a map, but it cannot be read.
    #[error("this drawing is damaged: the map in it cannot be read")]
    Damaged,
}

impl From<SvgError> for ExportError {
    fn from(error: SvgError) -> Self {
        Self(error.to_string())
    }
}

fn export(picture: &Picture<'_>) -> Result<Vec<u8>, ExportError> {
    let scene = picture.scene()?;
    let bounds = bounds(scene).ok_or_else(ExportError::nothing)?;
    let faces = Faces::of(std::iter::once(scene), picture.fonts);
    let mut pen = Pen::new(picture, &faces);
    pen.out.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"");
    frame(&mut pen.out, &bounds);
    pen.out.push_str(" role=\"img\" aria-labelledby=\"title about\">\n<title id=\"title\">");
    let page = picture.pages.first().map_or("", |page| page.title);
    markup::text(&mut pen.out, [picture.title, page, "Map"].into_iter().find(|t| !t.is_empty()).unwrap_or_default());
    pen.out.push_str("</title>\n<desc id=\"about\">");
    markup::text(&mut pen.out, &about(scene, page));
    pen.out.push_str("</desc>\n");
    if let Some(map) = picture.map {
        map::write(&mut pen.out, map)?;
    }
    pen.out.push_str("<style>\n");
    faces.rules(picture.fonts, &mut pen.out);
    pen.out.push_str("</style>\n");
    pen.scene(scene)?;
    pen.out.push_str("</svg>\n");
    Ok(pen.out.into_bytes())
}

/// The part of the plane that a scene shows, when that is a part at all.
pub(super) fn bounds(scene: &Scene) -> Option<Rect> {
    scene.bounds.filter(|bounds| !bounds.is_nothing() && bounds.min.is_finite() && bounds.max.is_finite())
}

/// Appends what every drawing has in common: its size, and how texts are set.
pub(super) fn frame(out: &mut String, bounds: &Rect) {
    markup::attribute(out, "width", bounds.width());
    markup::attribute(out, "height", bounds.height());
    out.push_str(" viewBox=\"");
    for (number, after) in [(bounds.min.x, " "), (bounds.min.y, " "), (bounds.width(), " "), (bounds.height(), "\"")] {
        markup::number(out, number);
        out.push_str(after);
    }
    // Texts keep their width at every zoom.
    out.push_str(&format!(" font-family=\"{FAMILIES}\" text-rendering=\"geometricPrecision\""));
}

/// What a scene shows, for people who cannot see it.
pub(super) fn about(scene: &Scene, page: &str) -> String {
    use crate::model::Subject::{Handoff, Party};
    let subjects: std::collections::BTreeSet<_> = scene.groups.iter().filter_map(|group| group.subject).collect();
    let count = |one: &str, more: &str, n: usize| format!("{n} {}", if n == 1 { one } else { more });
    let parties = count("party", "parties", subjects.iter().filter(|s| matches!(s, Party(_))).count());
    let handoffs = count("handoff", "handoffs", subjects.iter().filter(|s| matches!(s, Handoff(_))).count());
    let page = if page.is_empty() { String::new() } else { format!("{page}: ") };
    format!("{page}{parties}, {handoffs}.")
}

/// The map that was put into a drawing; `Ok(None)` when it holds none.
///
/// The text may come from anywhere: only the five entities of XML and character references are known, and a map of more
/// than 64 MB is refused.
pub fn embedded_map(svg: &str) -> Result<Option<String>, SvgError> {
    map::find(svg)
}
