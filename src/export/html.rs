//! Web pages: all pictures of a map in one file that needs nothing else, to be moved, peeled and searched.

use std::collections::BTreeMap;

use super::svg::draw::{Pen, name_of};
use super::svg::faces::{FAMILIES, Faces};
use super::svg::markup::{quoted, text};
use super::svg::{about, bounds, frame};
use super::{ExportError, Exporter, Page, Picture};
use crate::geom::Rect;
use crate::scene::{Ink, Theme};

/// The row of this format in the table of exporters.
pub const EXPORTER: Exporter =
    Exporter { id: "html", title: "Web page", extension: "html", has_pixels: false, has_pages: true, export };

const STYLE: &str = include_str!("html/page.css");
const SCRIPT: &str = include_str!("html/page.js");
/// What stands around the drawings.
const TOOLS: &str = include_str!("html/tools.html");
/// Longest map in a page, in bytes: as large as a map file may be.
const LONGEST_MAP: usize = 64 << 20;
/// What marks the map, before and after it.
const MAP: [&str; 2] = ["<script type=\"application/json\" id=\"peel-map\">", "</script>"];

fn export(picture: &Picture<'_>) -> Result<Vec<u8>, ExportError> {
    picture.scene()?;
    let pages: Vec<(&Page<'_>, Rect)> =
        picture.pages.iter().filter_map(|page| Some((page, bounds(page.scene)?))).collect();
    if pages.is_empty() {
        return Err(ExportError::nothing());
    }
    let mut faces = Faces::of(pages.iter().map(|(page, _)| page.scene), picture.fonts);
    add_words(&mut faces, picture);
    let mut pen = Pen::new(picture, &faces);
    body(&mut pen, picture, &pages)?;
    let mut style = format!(":root{{--families:{FAMILIES};{}}}\n{STYLE}", colors(picture.theme));
    faces.rules(picture.fonts, &mut style);
    // Scripts and styles run only with this word, which nobody can guess who has a say in what the page shows.
    let nonce = blake3::hash(pen.out.as_bytes()).to_hex();
    let mut out = head(title(picture), &nonce);
    out.reserve(style.len() + pen.out.len() + SCRIPT.len());
    out.push_str(&format!("<style nonce=\"{nonce}\">{style}</style>\n</head>\n"));
    out.push_str(&pen.out);
    out.push_str(&format!("<script nonce=\"{nonce}\">\n{SCRIPT}</script>\n</body>\n</html>\n"));
    Ok(out.into_bytes())
}

fn title<'a>(picture: &Picture<'a>) -> &'a str {
    if picture.title.is_empty() { "Map" } else { picture.title }
}

fn head(title: &str, nonce: &str) -> String {
    let mut out = String::from("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str(&format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'nonce-{nonce}'; \
         style-src 'nonce-{nonce}'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'\">\n"
    ));
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    out.push_str(concat!("<meta name=\"generator\" content=\"Peel ", env!("CARGO_PKG_VERSION"), "\">\n<title>"));
    text(&mut out, title);
    out.push_str("</title>\n");
    out
}

/// Everything that may be read on the page beside the drawings is set in the same letters.
fn add_words(faces: &mut Faces, picture: &Picture<'_>) {
    faces.add(&(' '..='~').collect::<String>());
    faces.add("–—−·×←→“”‘’…");
    faces.add(title(picture));
    for page in picture.pages {
        faces.add(page.title);
        faces.add(page.notes);
        for group in &page.scene.groups {
            faces.add(&group.title);
            faces.add(&group.about);
        }
    }
    for (name, value) in picture.details.values().flat_map(|detail| &detail.lines) {
        faces.add(name);
        faces.add(value);
    }
}

/// The colours of the page's own parts, as style sheet variables.
fn colors(theme: Theme) -> String {
    let names = [
        ("paper", Ink::Paper),
        ("card", Ink::Card),
        ("edge", Ink::CardEdge),
        ("text", Ink::Text),
        ("faint", Ink::Faint),
        ("accent", Ink::Accent),
        ("soft", Ink::AccentSoft),
        ("shade", Ink::Shadow),
    ];
    let scheme = match theme {
        Theme::Light => "light",
        Theme::Dark => "dark",
    };
    let one = |(name, ink)| {
        let [r, g, b, a] = theme.rgba(ink);
        format!("--{name}:#{r:02x}{g:02x}{b:02x}{a:02x};")
    };
    format!("{}color-scheme:{scheme}", names.map(one).concat())
}

fn body(pen: &mut Pen<'_>, picture: &Picture<'_>, pages: &[(&Page<'_>, Rect)]) -> Result<(), ExportError> {
    pen.out.push_str("<body>\n<header>\n");
    pen.element("h1", title(picture));
    if pages.len() > 1 {
        pen.out.push_str("<div class=\"tabs\" role=\"tablist\" aria-label=\"Views\">");
        for (i, (page, _)) in pages.iter().enumerate() {
            pen.out.push_str(&format!("<button role=\"tab\" aria-controls=\"page-{}\">", i + 1));
            text(&mut pen.out, &heading(page, i));
            pen.out.push_str("</button>");
        }
        pen.out.push_str("</div>\n");
    }
    let (find, others) = TOOLS.split_once("<!-- -->\n").unwrap_or((TOOLS, ""));
    pen.out.push_str(find);
    pen.out.push_str("</header>\n<main>\n");
    for (i, (page, bounds)) in pages.iter().enumerate() {
        leaf(pen, page, bounds, i)?;
    }
    pen.out.push_str(others);
    pen.out.push_str("</main>\n");
    data(&mut pen.out, picture)
}

/// What a page is called.
fn heading(page: &Page<'_>, index: usize) -> String {
    if page.title.is_empty() { format!("Page {}", index + 1) } else { page.title.into() }
}

fn leaf(pen: &mut Pen<'_>, page: &Page<'_>, bounds: &Rect, index: usize) -> Result<(), ExportError> {
    let number = index + 1;
    pen.out.push_str(&format!("<section class=\"page\" id=\"page-{number}\">\n"));
    pen.element("h2", &heading(page, index));
    pen.out.push_str("<div class=\"stage\"><svg class=\"drawing\" role=\"group\"");
    quoted(&mut pen.out, "aria-label", &about(page.scene, page.title));
    frame(&mut pen.out, bounds);
    pen.out.push_str(">\n");
    pen.begin_live(format!("v{number}."));
    pen.scene(page.scene)?;
    pen.out.push_str("</svg></div>\n");
    if !page.notes.is_empty() {
        pen.out.push_str("<p class=\"notes\">");
        text(&mut pen.out, page.notes);
        pen.out.push_str("</p>\n");
    }
    pen.out.push_str("</section>\n");
    Ok(())
}

/// What the script reads, and the map itself.
fn data(out: &mut String, picture: &Picture<'_>) -> Result<(), ExportError> {
    let details: BTreeMap<String, &[(String, String)]> =
        picture.details.iter().map(|(subject, detail)| (name_of(*subject), detail.lines.as_slice())).collect();
    let json = |value: serde_json::Result<String>| {
        // In a script element nothing ends early that has no such sign.
        value.map(|text| text.replace('<', "\\u003c")).map_err(|error| ExportError(error.to_string()))
    };
    let [start, end] = MAP;
    out.push_str("<script type=\"application/json\" id=\"peel-details\">");
    out.push_str(&json(serde_json::to_string(&details))?);
    out.push_str(end);
    out.push('\n');
    if let Some(map) = picture.map {
        if map.len() > LONGEST_MAP {
            return Err(ExportError("the map is too large to be kept inside a page (64 MB at most)".into()));
        }
        out.push_str(start);
        out.push_str(&json(serde_json::to_string(map))?);
        out.push_str(end);
        out.push('\n');
    }
    Ok(())
}

/// The map that was put into a page; `Ok(None)` when it holds none.
///
/// The text may come from anywhere; a map of more than 64 MB is refused.
pub fn embedded_map(html: &str) -> Result<Option<String>, ExportError> {
    let [start, end] = MAP;
    let Some((_, rest)) = html.split_once(start) else { return Ok(None) };
    let damaged = || ExportError("this page is damaged: the map in it cannot be read".into());
    let (map, _) = rest.split_once(end).ok_or_else(damaged)?;
    // An escaped character takes at most six times the room of its byte.
    if map.len() > 6 * LONGEST_MAP + 2 {
        return Err(ExportError("the map in this page is too large (64 MB at most)".into()));
    }
    let map: String = serde_json::from_str(map).map_err(|_error| damaged())?;
    if map.len() > LONGEST_MAP { Err(damaged()) } else { Ok(Some(map)) }
}
