//! The shapes of a table that is laid out.

use std::ops::Range;
use std::sync::Arc;

use super::{CellArea, Drawn, Fill, Grid, Head, Look, MARK_GAP, Sheet, Side, Wrapped, align};
use crate::geom::{Rect, pt};
use crate::model::{Document, PartyKind, Subject};
use crate::scene::drawing::{Drawing, Entry, Rows, Table};
use crate::scene::shapes::{Corner, outline};
use crate::scene::text::{Fonts, Line};
use crate::scene::{Align, Group, Ink, Item, Segment, Stroke, Weight};

const LETTER_SIZE: f32 = 30.0;
const HEAD_LINE: f32 = 17.0;
const HEAD_LINES: usize = 4;
/// Radius of the corners of blocks and tiles.
const ROUND: f32 = 8.0;
/// Lines between so many rows are in one group.
const ROWS_TOGETHER: usize = 64;

type Parts<'a> = (&'a Grid, &'a [Vec<usize>], &'a [Vec<Wrapped>]);

/// Height of the band above.
pub(super) fn head_height(sheet: &Sheet, xs: &[f32], fonts: &Fonts) -> f32 {
    let lines = |(i, head): (usize, &Head)| title(head, xs[i + 1] - xs[i], (sheet.look, fonts)).len();
    let lines = sheet.columns.iter().enumerate().map(lines).max().unwrap_or(0).max(1);
    let letters = sheet.columns.iter().any(|head| head.letter);
    20.0 + (lines as f32 * HEAD_LINE).max(if letters { LETTER_SIZE + 2.0 } else { 0.0 })
}

fn title(head: &Head, width: f32, (look, fonts): (Look, &Fonts)) -> Vec<Line> {
    let room = width - look.pad().x - letter(head, fonts).1;
    fonts.wrap(&head.title, head_size(look), Weight::SemiBold, room, HEAD_LINES)
}

fn head_size(look: Look) -> f32 {
    if look == Look::Dense { 12.0 } else { 13.0 }
}

/// The letter that stands before a title, and the room it takes.
fn letter(head: &Head, fonts: &Fonts) -> (String, f32) {
    let letter: String = head.title.chars().take(usize::from(head.letter)).collect();
    let width = fonts.width(&letter, LETTER_SIZE, Weight::SemiBold);
    (letter, if width > 0.0 { width + 8.0 } else { 0.0 })
}

/// Paints everything.
pub(super) fn paint(sheet: &Sheet, document: &Document, fonts: &Fonts, parts: Parts<'_>) -> Drawn {
    let (grid, ..) = parts;
    let header = header(sheet, grid, fonts);
    let mut groups = match sheet.look {
        Look::Blocks => blocks(sheet, parts),
        Look::Dense => one_block(grid),
        Look::Tiles => Vec::new(),
    };
    let mut cells = Vec::new();
    cell_groups(sheet, document, parts, &mut groups, &mut cells);
    let all = groups.iter().chain([&header]).filter_map(|group| group.bounds);
    let bounds = all.fold(Rect::NOTHING, |sum, r| sum.union(&r));
    let groups = groups.into_iter().map(Arc::new).collect();
    Drawn { header, groups, cells, bounds: Some(bounds) }
}

impl Drawn {
    /// The table as the drawing of a view, with what its rows are and what its legend explains. The header is above, so
    /// that it can be kept in sight.
    pub fn into_drawing(self, rows: Rows, key: Vec<Entry>) -> Drawing {
        let Self { header, groups, cells, bounds: _ } = self;
        Drawing {
            behind: groups,
            above: vec![Arc::new(header)],
            table: Some(Arc::new(Table { cells, rows, kept: None })),
            key,
            ..Drawing::default()
        }
    }
}

/// The band with the titles.
pub(super) fn header(sheet: &Sheet, grid: &Grid, fonts: &Fonts) -> Group {
    let right = grid.xs.last().copied().unwrap_or_default();
    let band = Rect { min: pt(0.0, 0.0), max: pt(right, grid.head) };
    let mut items = Vec::new();
    if sheet.look != Look::Tiles {
        // Opaque, as rows may pass below it.
        items.push(Item::Rect { rect: band, radius: 0.0, fill: Some(Ink::Paper), stroke: None });
        let line = Rect { min: pt(0.0, grid.head - 2.0), max: band.max };
        items.push(Item::Rect { rect: line, radius: 1.0, fill: Some(Ink::Accent), stroke: None });
    }
    for (i, head) in sheet.columns.iter().enumerate() {
        head_words(head, (grid.xs[i], grid.xs[i + 1], grid.head), (sheet.look, fonts), &mut items);
    }
    Group { bounds: Some(band), items, ..Group::default() }
}

type Place = (f32, f32, f32);

fn head_words(head: &Head, (left, right, height): Place, (look, fonts): (Look, &Fonts), items: &mut Vec<Item>) {
    let lines = title(head, right - left, (look, fonts));
    let pad = look.pad().x;
    let mut write = |text: Arc<str>, width, at, size, ink, align| {
        items.push(Item::Text { at, align, size, weight: Weight::SemiBold, ink, text, width });
    };
    let foot = height - 14.0;
    let (letter, room) = letter(head, fonts);
    if head.letter {
        let at = pt(left + pad, foot);
        write(letter.into(), room - 8.0, at, LETTER_SIZE, Ink::Accent, Align::Left);
    }
    let top = foot - (lines.len().max(1) - 1) as f32 * HEAD_LINE;
    let x = match head.align {
        Side::Left => left + pad + room,
        Side::Middle => f32::midpoint(left, right),
        Side::Right => right - pad,
    };
    let ink = if head.align == Side::Middle || head.letter { Ink::Text } else { Ink::Faint };
    for (i, line) in lines.into_iter().enumerate() {
        let at = pt(x, top + i as f32 * HEAD_LINE);
        write(line.text, line.width, at, head_size(look), ink, align(head.align));
    }
}

/// A white ground for each block, thin lines between its rows and columns.
fn blocks(sheet: &Sheet, (grid, shown, _): Parts<'_>) -> Vec<Group> {
    let mut breaks: Vec<usize> = sheet.breaks.iter().copied().filter(|at| *at < sheet.rows.len()).collect();
    breaks.extend([0, sheet.rows.len()]);
    breaks.sort_unstable();
    breaks.dedup();
    let right = grid.xs.last().copied().unwrap_or_default();
    let block = |range: &[usize]| {
        let (first, end) = (range[0], range[1]);
        let rect = Rect { min: pt(0.0, grid.rows[first].0), max: pt(right, grid.rows[end - 1].1) };
        let mut items = vec![fill(rect)];
        for (r, spans) in (first..end).zip(&shown[first..end]).skip(1) {
            let y = grid.rows[r].0;
            for run in runs(spans) {
                // Between cells that show nothing there is nothing to part.
                if run.clone().any(|c| shows(sheet, r, c) || shows(sheet, r - 1, c)) {
                    items.push(line(pt(grid.xs[run.start], y), pt(grid.xs[run.end], y), Ink::Grid));
                }
            }
        }
        for x in grid.xs[1..].iter().take(grid.xs.len().saturating_sub(2)) {
            items.push(line(pt(*x, rect.min.y), pt(*x, rect.max.y), Ink::Grid));
        }
        items.push(edge(rect));
        Group { bounds: Some(rect.expand(1.0)), items, ..Group::default() }
    };
    breaks.windows(2).map(block).collect()
}

fn fill(rect: Rect) -> Item {
    Item::Rect { rect, radius: ROUND, fill: Some(Ink::Card), stroke: None }
}

fn edge(rect: Rect) -> Item {
    Item::Rect { rect, radius: ROUND, fill: None, stroke: Some(Stroke::solid(Ink::CardEdge, 1.0)) }
}

/// One ground for all rows, and lines between them; these in groups, for a window that paints what is in sight.
pub(super) fn one_block(grid: &Grid) -> Vec<Group> {
    let (Some(first), Some(last)) = (grid.rows.first(), grid.rows.last()) else { return Vec::new() };
    let right = grid.xs.last().copied().unwrap_or_default();
    let area = |top: f32, foot: f32| Rect { min: pt(0.0, top), max: pt(right, foot) };
    let rect = area(first.0, last.1);
    let mut groups = vec![Group { bounds: Some(rect.expand(1.0)), items: vec![fill(rect)], ..Group::default() }];
    for rows in grid.rows[1..].chunks(ROWS_TOGETHER) {
        let items = rows.iter().map(|(top, _)| line(pt(0.0, *top), pt(right, *top), Ink::Grid)).collect();
        let bounds = area(rows[0].0, rows[rows.len() - 1].0).expand(1.0);
        groups.push(Group { bounds: Some(bounds), items, ..Group::default() });
    }
    groups.push(Group { bounds: Some(rect.expand(1.0)), items: vec![edge(rect)], ..Group::default() });
    groups
}

/// The columns of a row from one that a cell above covers to the next.
fn runs(spans: &[usize]) -> Vec<Range<usize>> {
    let covered = (0..spans.len()).filter(|c| spans[*c] == 0).chain([spans.len()]);
    let mut start = 0;
    let mut run = |end: usize| {
        let run = start..end;
        start = end + 1;
        run
    };
    covered.map(&mut run).filter(|run| !run.is_empty()).collect()
}

fn shows(sheet: &Sheet, row: usize, column: usize) -> bool {
    let cell = sheet.rows.get(row).and_then(|row| row.get(column));
    cell.is_some_and(|cell| !cell.words.is_empty() || !cell.subjects.is_empty())
}

fn line(from: crate::geom::Point, to: crate::geom::Point, ink: Ink) -> Item {
    let segments = vec![Segment::Move(from), Segment::Line(to)];
    Item::Path { segments, fill: None, stroke: Some(Stroke::solid(ink, 1.0)) }
}

/// A group for each run of cells about the same thing.
fn cell_groups(
    sheet: &Sheet,
    document: &Document,
    (grid, shown, wrapped): Parts<'_>,
    groups: &mut Vec<Group>,
    cells: &mut Vec<CellArea>,
) {
    for (r, row) in sheet.rows.iter().enumerate() {
        let mut last: Option<Subject> = None;
        for (c, cell) in row.iter().enumerate().take(shown[r].len()) {
            let span = shown[r][c];
            if span == 0 {
                last = None;
                continue;
            }
            let rect = Rect { min: pt(grid.xs[c], grid.rows[r].0), max: pt(grid.xs[c + 1], grid.rows[r + span - 1].1) };
            cells.push(CellArea {
                row: r,
                column: c,
                rect,
                text_rect: sheet.look.inner(&rect),
                subjects: cell.subjects.clone(),
            });
            let mut items = Vec::new();
            if let Some(fill) = cell.fill {
                ground(fill, &rect, (sheet.look, wrapped[r][c].height), &mut items);
            }
            // Clear of the band of a department.
            let banded = matches!(cell.fill, Some(Fill::Card(PartyKind::Process, _)));
            let room = Rect { min: rect.min + pt(if banded { 4.0 } else { 0.0 }, 0.0), max: rect.max };
            words(&wrapped[r][c], cell.align, &room, sheet.look, &mut items);
            let subject = if let [one] = cell.subjects[..] { Some(one) } else { None };
            match groups.last_mut() {
                Some(group) if subject.is_some() && subject == last => {
                    group.items.append(&mut items);
                    group.bounds = group.bounds.map(|bounds| bounds.union(&rect));
                }
                _ if items.is_empty() => {
                    last = None;
                    continue;
                }
                _ => groups.push(group(document, subject, &cell.title, rect, items)),
            }
            last = subject;
        }
    }
}

/// A group about a subject.
pub(super) fn group(document: &Document, subject: Option<Subject>, title: &str, rect: Rect, items: Vec<Item>) -> Group {
    let (title, about) = match subject {
        Some(Subject::Party(id)) => (document.name_of(id), document.about_party(id)),
        Some(Subject::Handoff(id)) => document
            .handoff(id)
            .map_or_else(Default::default, |handoff| (document.describe(handoff), document.about_handoff(handoff))),
        None => (title.to_owned(), String::new()),
    };
    Group { subject, title: title.into(), about: about.into(), layer: None, bounds: Some(rect), items }
}

fn ground(fill: Fill, rect: &Rect, (look, words): (Look, f32), items: &mut Vec<Item>) {
    let filled = |segments, ink| Item::Path { segments, fill: Some(ink), stroke: None };
    match fill {
        Fill::Empty => {
            let stroke = Some(Stroke::solid(Ink::Grid, 1.0));
            items.push(Item::Rect { rect: rect.expand(-2.0), radius: ROUND, fill: None, stroke });
        }
        Fill::Plain(ink) => items.push(tile(rect, look, Some(ink), false)),
        Fill::Framed(ink) => items.push(tile(rect, look, Some(ink), true)),
        Fill::Shade { layers, framed } => {
            items.push(tile(rect, look, Some(Ink::Card), framed));
            items.extend((0..layers.min(4)).map(|_| tile(rect, look, Some(Ink::AccentSoft), false)));
        }
        Fill::Card(PartyKind::Process, hue) => {
            if let Some(hue) = hue {
                let band = Rect { min: rect.min + pt(0.5, 0.5), max: pt(rect.min.x + 5.5, rect.max.y - 0.5) };
                items.push(filled(outline(&band, Corner::Round(0.0), Corner::Round(0.0)), Ink::Department(hue)));
            }
        }
        Fill::Card(kind, _) => {
            let mut rect = Rect { min: rect.min + pt(4.0, 4.0), max: rect.max - pt(4.0, 4.0) };
            if look != Look::Tiles {
                rect.max.y = rect.max.y.min(rect.min.y + words + 10.0);
            }
            let (corner, inside, edge) = if kind == PartyKind::Customer {
                (Corner::Round((rect.height() / 2.0).clamp(0.0, 14.0)), Ink::CustomerCard, Ink::CustomerEdge)
            } else {
                (Corner::Cut((rect.height() / 2.0).clamp(0.0, 7.0)), Ink::SupplierCard, Ink::SupplierEdge)
            };
            let stroke = Some(Stroke::solid(edge, 1.2));
            items.push(Item::Path { segments: outline(&rect, corner, corner), fill: Some(inside), stroke });
        }
    }
}

fn tile(rect: &Rect, look: Look, fill: Option<Ink>, framed: bool) -> Item {
    let (rect, radius) = if look == Look::Tiles { (rect.expand(-2.0), ROUND) } else { (*rect, 0.0) };
    let stroke = framed.then_some(Stroke::solid(Ink::Line, 1.6));
    Item::Rect { rect, radius, fill, stroke }
}

/// The words of a cell.
pub(super) fn words(wrapped: &Wrapped, side: Side, rect: &Rect, look: Look, items: &mut Vec<Item>) {
    let area = look.inner(rect);
    let top = match look {
        Look::Blocks | Look::Dense => area.min.y,
        Look::Tiles => rect.center().y - wrapped.height / 2.0,
    };
    let align = align(side);
    for set in &wrapped.lines {
        let x = match align {
            Align::Left => area.min.x + set.indent,
            Align::Center => rect.center().x,
            Align::Right => area.max.x,
        };
        let at = pt(x, top + set.baseline);
        if let Some((mark, width)) = set.mark {
            let at = pt(area.min.x + (set.indent - MARK_GAP) / 2.0, at.y);
            let (weight, text) = (Weight::SemiBold, mark.into());
            items.push(Item::Text { at, align: Align::Center, size: set.size, weight, ink: set.ink, text, width });
        }
        items.push(Item::Text {
            at,
            align,
            size: set.size,
            weight: set.weight,
            ink: set.ink,
            text: set.line.text.clone(),
            width: set.line.width,
        });
    }
}
