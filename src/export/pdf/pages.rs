//! The pages of a document: what each shows, its notes, and its line in the table of contents.

use std::collections::BTreeMap;

use krilla::Document;
use krilla::destination::XyzDestination;
use krilla::geom as pdf;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{Identifier, Tag, TagGroup, TagTree};

use super::canvas::Canvas;
use super::sheets::{MILLIMETRE, MOST_SHEETS, Sheet, Tile, sheets};
use super::words::Words;
use super::{PdfError, is_cancelled, notes};
use crate::export::{Page, Paper, Picture};
use crate::geom::{Point, Rect, pt};
use crate::model::Subject;
use crate::scene::text::Fonts;
use crate::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Weight};

/// Items painted between two looks at whether to stop.
const LOOK: usize = 256;
/// Size of the words at the edge of a poster's sheet, in points.
const CAPTION: f32 = 8.0;

/// Most groups of a document whose every thing is described to people who cannot see it. Nobody listens to more, and in
/// large documents the descriptions would be four fifths of the file.
const MOST_TOLD: usize = 2_000;

/// What is needed to paint pages.
struct Painter<'a, 'b> {
    picture: &'a Picture<'b>,
    document: &'a mut Document,
    words: Words<'a>,
    /// Number of pages so far.
    pages: usize,
    contents: Outline,
    /// What is on the pages, for people who cannot see them.
    tags: TagTree,
}

/// Whether the things in the pictures are described.
pub(super) fn is_told(picture: &Picture<'_>) -> bool {
    picture.pages.iter().map(|page| page.scene.groups.len()).sum::<usize>() <= MOST_TOLD
}

/// Paints all pictures onto pages of the document, with a table of contents.
pub(super) fn paint(picture: &Picture<'_>, document: &mut Document) -> Result<(), PdfError> {
    let laid = lay_out(picture)?;
    let (words, tags) = (Words::new(picture.fonts), TagTree::new());
    let mut painter = Painter { picture, document, words, pages: 0, contents: Outline::new(), tags };
    for (page, bounds, sheets) in &laid {
        painter.picture(page, bounds, sheets)?;
    }
    let Painter { document, contents, tags, .. } = painter;
    document.set_outline(contents);
    document.set_tag_tree(tags);
    Ok(())
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

impl Painter<'_, '_> {
    /// Paints a picture onto its sheets.
    fn picture(&mut self, page: &Page<'_>, bounds: &Rect, sheets: &[Sheet]) -> Result<(), PdfError> {
        let top = XyzDestination::new(self.pages, pdf::Point::from_xy(0.0, 0.0));
        self.contents.push_child(OutlineNode::new(Fonts::shown(page.title).into_owned(), top));
        // On a poster each sheet needs only what reaches it.
        let reaches = if sheets.len() > 1 { reaches(page.scene) } else { Vec::new() };
        let mut figures = Figures { is_told: is_told(self.picture), tags: Vec::new(), known: BTreeMap::new() };
        for (number, sheet) in sheets.iter().enumerate() {
            let page = Page { notes: if number == 0 { page.notes } else { "" }, ..page.clone() };
            self.sheet(&page, bounds, (sheet, &reaches), &mut figures)?;
        }
        figures.tags.into_iter().for_each(|tag| self.tags.push(tag));
        Ok(())
    }

    fn sheet<'a>(
        &mut self,
        page: &Page<'a>,
        bounds: &Rect,
        (sheet, reaches): (&Sheet, &[Rect]),
        figures: &mut Figures<'a>,
    ) -> Result<(), PdfError> {
        let settings = PageSettings::from_wh(short(sheet.size.w), short(sheet.size.h));
        let no_paper = || PdfError::Paper(sheet.size.w / MILLIMETRE, sheet.size.h / MILLIMETRE);
        let mut leaf = self.document.start_page_with(settings.ok_or_else(no_paper)?);
        if let Some(note) = notes::mark(page.notes, sheet.size, self.pages) {
            leaf.add_annotation(note);
        }
        self.pages += 1;
        let mut surface = leaf.surface();
        let mut canvas = Canvas::new(&mut surface, &mut self.words, self.picture.theme);
        let whole = Rect::from_min_size(pt(0.0, 0.0), sheet.size);
        canvas.furniture(&[Item::Rect { rect: whole, radius: 0.0, fill: Some(Ink::Paper), stroke: None }]);
        let (clip, part) = (sheet.clip(bounds), sheet.part(bounds));
        let (groups, picture) = (&page.scene.groups, self.picture);
        canvas.placed(&clip, (bounds.min, sheet.corner), sheet.scale, |canvas| {
            let is_here = |i: usize| reaches.get(i).is_none_or(|reach| reach.intersects(&part));
            paint_groups(canvas, groups, is_here, figures, picture)
        })?;
        if let Some(tile) = sheet.tile.filter(|tile| tile.rows * tile.columns > 1) {
            let name = if page.title.is_empty() { picture.title } else { page.title };
            canvas.furniture(&edge(sheet, &tile, name, picture.fonts));
        }
        Ok(())
    }
}

/// Paints the items that are here, by their numbers among all items.
fn paint_groups<'a>(
    canvas: &mut Canvas<'_, '_, '_>,
    groups: &'a [Group],
    is_here: impl Fn(usize) -> bool,
    figures: &mut Figures<'a>,
    picture: &Picture<'_>,
) -> Result<(), PdfError> {
    let (mut number, mut looked) = (0, None);
    for group in groups {
        if looked.replace(number / LOOK) != Some(number / LOOK) && is_cancelled(picture) {
            return Err(PdfError::Cancelled);
        }
        let items = (number..).zip(&group.items).filter(|(i, _)| is_here(*i)).map(|(_, item)| item);
        let items: Vec<&Item> = items.collect();
        number += group.items.len();
        if !items.is_empty() {
            let mark = canvas.content(&items);
            if figures.is_told {
                figures.add(group, mark);
            }
        }
    }
    Ok(())
}

/// What is on the sheets of a picture, for people who cannot see it: each thing once, however many marks it has.
struct Figures<'a> {
    is_told: bool,
    tags: Vec<TagGroup>,
    known: BTreeMap<(Subject, &'a str), usize>,
}

impl<'a> Figures<'a> {
    fn add(&mut self, group: &'a Group, mark: Identifier) {
        let new = self.tags.len();
        let place = group.subject.map_or(new, |subject| *self.known.entry((subject, &group.title)).or_insert(new));
        if place == new {
            let about = if group.about.is_empty() { String::new() } else { format!(". {}", group.about) };
            let words = Some(format!("{}{about}", group.title)).filter(|words| !words.is_empty());
            self.tags.push(words.map_or(TagGroup::new(Tag::P), |words| TagGroup::new(Tag::Figure(Some(words)))));
        }
        if let Some(tag) = self.tags.get_mut(place) {
            tag.push(mark);
        }
    }
}

/// A length with few digits.
fn short(value: f32) -> f32 {
    ((f64::from(value) * 1000.0).round() / 1000.0) as f32
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
