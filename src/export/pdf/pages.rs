//! The pages of a document: what each shows, its notes, and its line in the table of contents.

use std::collections::BTreeSet;

use super::canvas::Canvas;
use super::file::{File, Id, string};
use super::sheets::{MILLIMETRE, MOST_SHEETS, Sheet, Tile, sheets};
use super::words::Words;
use super::{PdfError, is_cancelled};
use crate::export::{Page, Paper, Picture};
use crate::geom::{Point, Rect, pt};
use crate::scene::text::Fonts;
use crate::scene::{Align, Ink, Item, Scene, Segment, Stroke, Weight};

/// Items painted between two looks at whether to stop.
const LOOK: usize = 256;
/// Side of the mark of a page's notes, in points.
const NOTE: f32 = 20.0;
/// Size of the words at the edge of a poster's sheet, in points.
const CAPTION: f32 = 8.0;

/// The finished pages.
pub(super) struct Pages {
    /// The tree of all pages.
    pub(super) tree: Id,
    /// The catalog's entries for the table of contents.
    pub(super) outline: String,
}

/// What is needed to paint pages.
struct Painter<'a, 'b> {
    picture: &'a Picture<'b>,
    file: &'a mut File,
    words: Words<'a>,
    opacities: BTreeSet<u8>,
    tree: Id,
    resources: Id,
    /// The pages so far.
    pages: Vec<Id>,
    /// Titles and the first page of each picture.
    contents: Vec<(&'a str, Id)>,
}

impl Pages {
    /// Paints all pictures and writes them.
    pub(super) fn paint(picture: &Picture<'_>, file: &mut File) -> Result<Self, PdfError> {
        let laid = lay_out(picture)?;
        let [tree, resources] = std::array::from_fn(|_| file.reserve());
        let (words, opacities) = (Words::new(picture.fonts), BTreeSet::new());
        let (pages, contents) = (Vec::new(), Vec::new());
        let mut painter = Painter { picture, file, words, opacities, tree, resources, pages, contents };
        for (page, bounds, sheets) in &laid {
            painter.picture(page, bounds, sheets)?;
        }
        let outline = painter.finish();
        Ok(Self { tree, outline })
    }
}

/// The pictures that show something, what they show, and their sheets.
type Laid<'a> = (&'a Page<'a>, Rect, Vec<Sheet>);

fn lay_out<'a>(picture: &Picture<'a>) -> Result<Vec<Laid<'a>>, PdfError> {
    let mut all = Vec::new();
    for page in picture.pages {
        let bounds = page.scene.bounds.filter(|b| !b.is_nothing() && b.min.is_finite() && b.max.is_finite());
        let Some(bounds) = bounds else { continue };
        all.push((page, bounds, sheets(&bounds, picture.paper, picture.scale())?));
    }
    let count = all.iter().map(|(_, _, sheets)| sheets.len()).sum();
    let is_poster = matches!(picture.paper, Paper::Tiles { .. });
    if is_poster && count > MOST_SHEETS { Err(PdfError::TooManyInAll(count)) } else { Ok(all) }
}

impl<'a> Painter<'a, '_> {
    /// Paints a picture onto its sheets.
    fn picture(&mut self, page: &'a Page<'_>, bounds: &Rect, sheets: &[Sheet]) -> Result<(), PdfError> {
        // On a poster each sheet needs only what reaches it.
        let reaches = if sheets.len() > 1 { reaches(page.scene) } else { Vec::new() };
        for (number, sheet) in sheets.iter().enumerate() {
            let [id, content] = std::array::from_fn(|_| self.file.reserve());
            let bytes = self.sheet(page, bounds, sheet, &reaches)?;
            self.file.stream(content, "", &bytes);
            let notes = if number == 0 { self.notes(page.notes, sheet) } else { String::new() };
            let body = format!(
                "<< /Type /Page /Parent {} /MediaBox [0 0 {} {}] /Resources {} /Contents {content} \
                 /Group << /S /Transparency /CS /DeviceRGB >> {notes}>>",
                self.tree,
                short(sheet.size.w),
                short(sheet.size.h),
                self.resources,
            );
            self.file.object(id, &body);
            if number == 0 {
                self.contents.push((page.title, id));
            }
            self.pages.push(id);
        }
        Ok(())
    }

    /// The operators of one sheet.
    fn sheet(&mut self, page: &Page<'_>, bounds: &Rect, sheet: &Sheet, reaches: &[Rect]) -> Result<Vec<u8>, PdfError> {
        let (whole, height) = (Rect::from_min_size(pt(0.0, 0.0), sheet.size), sheet.size.h);
        let mut canvas = Canvas::new(&mut self.words, self.picture.theme, &mut self.opacities);
        canvas.begin(&whole, pt(0.0, 0.0), pt(0.0, height), 1.0);
        canvas.item(&Item::Rect { rect: whole, radius: 0.0, fill: Some(Ink::Paper), stroke: None });
        canvas.end();
        let (clip, part) = (sheet.clip(bounds), sheet.part(bounds));
        let upright = Rect { min: pt(clip.min.x, height - clip.max.y), max: pt(clip.max.x, height - clip.min.y) };
        canvas.begin(&upright, bounds.min, pt(sheet.corner.x, height - sheet.corner.y), sheet.scale);
        for (i, item) in page.scene.groups.iter().flat_map(|group| &group.items).enumerate() {
            if i % LOOK == 0 && is_cancelled(self.picture) {
                return Err(PdfError::Cancelled);
            }
            if reaches.get(i).is_none_or(|reach| reach.intersects(&part)) {
                canvas.item(item);
            }
        }
        canvas.end();
        if let Some(tile) = sheet.tile.filter(|tile| tile.rows * tile.columns > 1) {
            canvas.begin(&whole, pt(0.0, 0.0), pt(0.0, height), 1.0);
            let name = if page.title.is_empty() { self.picture.title } else { page.title };
            for item in edge(sheet, &tile, name, self.picture.fonts) {
                canvas.item(&item);
            }
            canvas.end();
        }
        Ok(canvas.out)
    }

    /// The notes of a page as a mark in its corner that opens; it is not printed. Gives the page's entry.
    fn notes(&mut self, notes: &str, sheet: &Sheet) -> String {
        let notes = notes.trim();
        if notes.is_empty() {
            return String::new();
        }
        let (id, right, top) = (self.file.reserve(), sheet.size.w - 4.0, sheet.size.h - 4.0);
        let [left, bottom] = [right - NOTE, top - NOTE].map(|v| short(v.max(0.0)));
        let (right, top, notes) = (short(right), short(top), string(notes));
        // Flags: its size stays as it is when the page is enlarged or turned.
        self.file.object(id, &format!(
            "<< /Type /Annot /Subtype /Text /Rect [{left} {bottom} {right} {top}] /Contents {notes} /Name /Note /F 24 \
             /C [1 .85 .3] /T (Notes) >>"
        ));
        format!("/Annots [{id}] ")
    }

    /// Writes what the pages share, and the tree and the contents of all pages; gives the catalog's entries for the latter.
    fn finish(mut self) -> String {
        let faces = self.words.faces.write(self.file);
        let opacities: String = self
            .opacities
            .iter()
            .map(|opacity| {
                let share = short(f32::from(*opacity) / 255.0);
                format!("/A{opacity} << /ca {share} /CA {share} >> ")
            })
            .collect();
        let resources = format!("<< /Font << {faces}>> /ExtGState << {opacities}/A255 << /ca 1 /CA 1 >> >> >>");
        self.file.object(self.resources, &resources);
        let kids: String = self.pages.iter().map(|id| format!("{id} ")).collect();
        self.file.object(self.tree, &format!("<< /Type /Pages /Kids [{kids}] /Count {} >>", self.pages.len()));
        self.outline()
    }

    fn outline(&mut self) -> String {
        let root = self.file.reserve();
        let lines: Vec<Id> = self.contents.iter().map(|_| self.file.reserve()).collect();
        for (i, (title, page)) in self.contents.iter().enumerate() {
            let link = |name: &str, line: Option<&Id>| line.map_or(String::new(), |id| format!("/{name} {id} "));
            let before = link("Prev", i.checked_sub(1).and_then(|i| lines.get(i)));
            let after = link("Next", lines.get(i + 1));
            let title = string(&Fonts::shown(title));
            let body = format!("<< /Title {title} /Parent {root} {before}{after}/Dest [{page} /Fit] >>");
            self.file.object(lines[i], &body);
        }
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else { return String::new() };
        let body = format!("<< /Type /Outlines /First {first} /Last {last} /Count {} >>", lines.len());
        self.file.object(root, &body);
        let open = if lines.len() > 1 { "/PageMode /UseOutlines " } else { "" };
        format!("/Outlines {root} {open}")
    }
}

/// A number for an object, with few digits.
fn short(value: f32) -> f64 {
    (f64::from(value) * 1000.0).round() / 1000.0
}

/// Where each item of a scene may leave ink, in map units.
fn reaches(scene: &Scene) -> Vec<Rect> {
    let half = |stroke: &Option<Stroke>| stroke.map_or(0.0, |s| s.width / 2.0);
    let reach = |item: &Item| match item {
        Item::Rect { rect, stroke, .. } => rect.expand(half(stroke)),
        // Mitred corners stick out by up to four times half the line's width.
        Item::Path { segments, stroke, .. } => {
            segments.iter().fold(Rect::NOTHING, |all, s| around(all, *s)).expand(4.0 * half(stroke))
        }
        // Whatever the alignment; other scripts reach a little further up and down than Latin.
        Item::Text { at, size, width, .. } => Rect { min: *at, max: *at }.expand(size.mul_add(2.0, width.abs())),
    };
    scene.groups.iter().flat_map(|group| &group.items).map(reach).collect()
}

fn around(all: Rect, segment: Segment) -> Rect {
    match segment {
        Segment::Move(p) | Segment::Line(p) => all.with(p),
        Segment::Cubic(a, b, p) => all.with(a).with(b).with(p),
        Segment::Close => all,
    }
}

/// What stands at the edge of a poster's sheet, in points from its top left corner: marks where to cut, shorter ones where
/// the next sheet begins, and which sheet it is.
fn edge(sheet: &Sheet, tile: &Tile, name: &str, fonts: &Fonts) -> Vec<Item> {
    let (window, stroke) = (sheet.window, Some(Stroke::solid(Ink::Faint, 0.35)));
    let (gap, long) = (0.2 * window.min.x, 0.7 * window.min.x);
    let mut items = Vec::new();
    let mut line = |from: Point, to: Point| {
        items.push(Item::Path { segments: vec![Segment::Move(from), Segment::Line(to)], fill: None, stroke });
    };
    let mut across = |x: f32, long: f32| {
        line(pt(x, window.min.y - gap), pt(x, window.min.y - gap - long));
        line(pt(x, window.max.y + gap), pt(x, window.max.y + gap + long));
    };
    across(window.min.x, long);
    across(window.max.x, long);
    let shared = tile.overlap > MILLIMETRE;
    if shared && tile.column + 1 < tile.columns {
        across(window.max.x - tile.overlap, long / 2.0);
    }
    let mut down = |y: f32, long: f32| {
        line(pt(window.min.x - gap, y), pt(window.min.x - gap - long, y));
        line(pt(window.max.x + gap, y), pt(window.max.x + gap + long, y));
    };
    down(window.min.y, long);
    down(window.max.y, long);
    if shared && tile.row + 1 < tile.rows {
        down(window.max.y - tile.overlap, long / 2.0);
    }
    let Tile { row, column, rows, columns, .. } = *tile;
    let place = format!("row {}, column {} of {rows} × {columns}", row + 1, column + 1);
    let size = CAPTION.min(0.4 * window.min.x);
    let room = window.width() - tile.overlap - 2.0 * size;
    let name =
        fonts.fit(name, size, Weight::Regular, (room - fonts.width(&place, size, Weight::Regular)).max(0.0) * 0.8);
    let text = if name.text.is_empty() { place } else { format!("{} · {place}", name.text) };
    let line = fonts.line(&text, size, Weight::Regular);
    let at = pt(window.min.x + size, window.max.y + 0.5 * window.min.x + 0.35 * size);
    let (align, weight) = (Align::Left, Weight::Regular);
    items.push(Item::Text { at, align, size, weight, ink: Ink::Faint, text: line.text, width: line.width });
    items
}
