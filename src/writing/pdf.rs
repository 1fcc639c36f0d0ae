//! Sheets of paper: a page laid out on A4, for the exporter of PDF documents.
//!
//! Blocks become [`Part`]s, pieces that are never cut; [`sheets`] puts them on paper one below the other.

mod columns;
mod lines;
mod sheets;

use std::sync::Arc;

use super::words::shown;
use super::{Block, Chart, Level, Page, Table, Tone, Words};
use crate::geom::{Rect, Size, pt};
use crate::scene::text::Fonts;
use crate::scene::{Ink, Item, Scene, Segment, Stroke, Weight};
use columns::{Cell, widths};
use lines::{Line, Style, set};

/// An A4 sheet in points; a unit of the scenes is one point.
pub const PAPER: Size = Size { w: 595.0, h: 842.0 };
/// Blank edge of the sheet.
const MARGIN: f32 = 48.0;
/// Where the text ends above the footer.
const BOTTOM: f32 = PAPER.h - 58.0;
/// Height of the room for text on a sheet.
const ROOM: f32 = BOTTOM - MARGIN;

const BODY: Style = Style { size: 9.6, lead: 13.6, weight: Weight::Regular, ink: Ink::Text };
const CELL: Style = Style { size: 9.0, lead: 12.4, weight: Weight::Regular, ink: Ink::Text };
const HEAD: Style = Style { size: 7.8, lead: 10.6, weight: Weight::SemiBold, ink: Ink::Faint };
const TITLE: Style = Style { size: 20.0, lead: 25.0, weight: Weight::SemiBold, ink: Ink::Text };
const PART: Style = Style { size: 13.0, lead: 17.0, weight: Weight::SemiBold, ink: Ink::Text };
const SECTION: Style = Style { size: 10.2, lead: 14.0, weight: Weight::SemiBold, ink: Ink::Text };
const ABOUT: Style = Style { size: 9.6, lead: 13.6, weight: Weight::Regular, ink: Ink::Faint };
/// Width of the labels of facts, and of the gap between columns.
const LABEL: f32 = 96.0;
const GAP: f32 = 12.0;
/// Above and below the words of a row.
const PAD: f32 = 4.0;
/// Room for handwriting.
const TALL: f32 = 34.0;
/// How far blocks beside a bar stand in.
const BESIDE_BAR: f32 = 13.0;

/// One sheet of paper.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// For a table of contents: the heading that the sheet begins with or goes on under.
    pub title: String,
    /// What is on it, [`PAPER`] large.
    pub scene: Scene,
}

/// How strongly a part wants to stand on the sheet of the next one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Tie {
    /// Not at all.
    None,
    /// While the group fits on a sheet.
    Group,
    /// As a heading does.
    Heading,
}

/// A piece that stands on one sheet, its upper edge at 0.
#[derive(Debug, Clone)]
struct Part {
    /// Room above, unless it is the first of a sheet.
    gap: f32,
    height: f32,
    items: Vec<Item>,
    tie: Tie,
    /// What stands above it when a sheet begins with it: the head of its table.
    head: Option<Arc<Part>>,
    /// What it shows, for those who cannot see it; empty for text.
    about: String,
    /// Its words when it is a heading.
    heading: Option<String>,
}

/// The page on sheets of paper; at least one.
pub fn pdf(page: &Page, fonts: &Fonts) -> Vec<Sheet> {
    let mut setter = Setter { fonts, left: MARGIN, width: PAPER.w - 2.0 * MARGIN, parts: Vec::new() };
    setter.title(page);
    setter.blocks(&page.blocks);
    sheets::sheets(&setter.parts, shown(&page.title).trim(), fonts)
}

/// Sets blocks within a column.
struct Setter<'a> {
    fonts: &'a Fonts,
    left: f32,
    width: f32,
    parts: Vec<Part>,
}

impl Setter<'_> {
    fn title(&mut self, page: &Page) {
        self.text(&Words::plain(&*page.title), TITLE, 0.0, Tie::Heading);
        let about: Vec<&str> = [&*page.subtitle, &*page.date].into_iter().filter(|t| !t.trim().is_empty()).collect();
        self.text(&Words::plain(about.join(" · ")), ABOUT, 3.0, Tie::Heading);
        let y = 8.0;
        self.push(0.0, y + 6.0, vec![rule(self.left, self.width, y, Ink::CardEdge, 0.8)]);
    }

    fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block);
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Heading(level, text) => {
                let (style, gap) = if *level == Level::Part { (PART, 20.0) } else { (SECTION, 12.0) };
                let first = self.parts.len();
                self.text(&Words::plain(&**text), style, gap, Tie::Heading);
                if let Some(part) = self.parts.get_mut(first).filter(|_| *level == Level::Part) {
                    part.heading = Some(shown(text).trim().to_owned());
                }
            }
            Block::Paragraph(words) => self.text(words, BODY, 6.0, Tie::None),
            Block::List(entries) => self.list(entries),
            Block::Facts(facts) => self.facts(facts),
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
            Block::Group(tone, inside) => self.group(*tone, inside),
        }
    }

    fn push(&mut self, gap: f32, height: f32, items: Vec<Item>) {
        let part = Part { gap, height, items, tie: Tie::None, head: None, about: String::new(), heading: None };
        self.parts.push(part);
    }

    /// A part a line. The first two lines and the last two stay together; `tie` is that of the last line.
    fn text(&mut self, words: &Words, style: Style, gap: f32, tie: Tie) {
        let lines = set(self.fonts, words, style, self.width);
        let count = lines.len();
        for (at, line) in lines.into_iter().enumerate() {
            let is_last = at + 1 == count;
            let items = line.items(self.left, style.baseline(self.fonts), 0.0);
            self.push(if at == 0 { gap } else { 0.0 }, style.lead, items);
            if let Some(part) = self.parts.last_mut() {
                part.tie = if is_last || at == 0 || at + 2 == count { Tie::Heading } else { Tie::None };
                part.tie = if is_last { tie } else { part.tie };
            }
        }
    }

    fn list(&mut self, entries: &[Words]) {
        let (left, width) = (self.left, self.width);
        for (at, words) in entries.iter().enumerate() {
            let first = self.parts.len();
            (self.left, self.width) = (left + 12.0, width - 12.0);
            self.text(words, BODY, if at == 0 { 5.0 } else { 2.0 }, Tie::None);
            (self.left, self.width) = (left, width);
            let dot = Line::of(self.fonts, "•", ABOUT).items(left + 2.0, BODY.baseline(self.fonts), 0.0);
            if let Some(part) = self.parts.get_mut(first) {
                part.items.extend(dot);
            }
        }
    }

    fn facts(&mut self, facts: &[(String, Words)]) {
        let label = LABEL.min(self.width * 0.3);
        let style = Style { ink: Ink::Faint, ..BODY };
        for (at, (name, words)) in facts.iter().enumerate() {
            let names = set(self.fonts, &Words::plain(&**name), style, label - GAP);
            let says = set(self.fonts, words, BODY, self.width - label);
            let cells = [
                Cell { left: self.left, width: label - GAP, lines: names, is_right: false },
                Cell { left: self.left + label, width: self.width - label, lines: says, is_right: false },
            ];
            self.row(&cells, (BODY, 0.0), if at == 0 { 6.0 } else { 3.0 });
        }
    }

    /// Cells beside each other; as one part where that fits on a sheet. `pad` is the room above and below.
    fn row(&mut self, cells: &[Cell], (style, pad): (Style, f32), gap: f32) {
        let most = ((ROOM * 0.8) / style.lead) as usize;
        let count = cells.iter().map(|cell| cell.lines.len()).max().unwrap_or(0).max(1);
        for from in (0..count).step_by(most.max(1)) {
            let to = (from + most).min(count);
            let mut items = Vec::new();
            for cell in cells {
                for (at, line) in cell.lines.iter().enumerate().skip(from).take(to - from) {
                    let y = pad + style.baseline(self.fonts) + (at - from) as f32 * style.lead;
                    items.extend(line.items(cell.left, y, if cell.is_right { cell.width - line.width } else { 0.0 }));
                }
            }
            self.push(if from == 0 { gap } else { 0.0 }, 2.0 * pad + (to - from) as f32 * style.lead, items);
        }
    }

    fn table(&mut self, table: &Table) {
        if table.head.is_empty() {
            return;
        }
        let places = widths(self.fonts, table, (CELL, HEAD), (self.width, GAP));
        let cell = |words: &Words, column: usize, style: Style| {
            let (left, width) = places[column];
            let is_right = table.head[column].1 == super::Side::Right;
            Cell { left: self.left + left, width, lines: set(self.fonts, words, style, width), is_right }
        };
        let names = table.head.iter().enumerate().map(|(i, (name, _))| cell(&Words::plain(&**name), i, HEAD));
        let names: Vec<Cell> = names.collect();
        let rows = table.rows.iter().map(|row| {
            table.cells(row).enumerate().filter_map(|(i, (words, _))| Some(cell(words?, i, CELL))).collect()
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let first = self.parts.len();
        self.row(&names, (HEAD, 2.5), 7.0);
        let (left, width) = (self.left, self.width);
        if let Some(head) = self.parts.last_mut() {
            head.items.push(rule(left, width, head.height, Ink::CardEdge, 1.0));
        }
        for part in &mut self.parts[first..] {
            part.tie = Tie::Heading;
        }
        let head = self.parts.last().cloned().map(|part| Arc::new(Part { gap: 0.0, ..part }));
        for cells in &rows {
            let first = self.parts.len();
            self.row(cells, (CELL, PAD), 0.0);
            self.finish_row(first, table.tall, head.as_ref());
        }
    }

    fn finish_row(&mut self, first: usize, is_tall: bool, head: Option<&Arc<Part>>) {
        let (left, width) = (self.left, self.width);
        for part in &mut self.parts[first..] {
            part.head = head.cloned();
        }
        let Some(last) = self.parts.last_mut() else { return };
        if is_tall && last.height < TALL {
            let down = pt(0.0, TALL - last.height);
            last.items = last.items.iter().map(|item| item.translated(down)).collect();
            last.height = TALL;
        }
        let ink = if is_tall { Ink::CardEdge } else { Ink::Grid };
        last.items.push(rule(left, width, last.height, ink, 0.7));
    }

    fn chart(&mut self, chart: &Chart) {
        let Size { w, h } = chart.size;
        if !(w > 0.0 && h > 0.0 && w.is_finite() && h.is_finite()) {
            return;
        }
        let scale = (self.width / w).min(ROOM * 0.9 / h).min(1.0);
        self.text(&Words::plain(&*chart.about), BODY, 8.0, Tie::Heading);
        let corner = pt(self.left, 0.0);
        let items = chart.items.iter().map(|item| item.scaled(scale).translated(corner)).collect();
        self.push(6.0, h * scale, items);
        if let Some(part) = self.parts.last_mut() {
            part.about = shown(&chart.about);
        }
    }

    fn group(&mut self, tone: Option<Tone>, inside: &[Block]) {
        let (left, width, first) = (self.left, self.width, self.parts.len());
        if tone.is_some() {
            (self.left, self.width) = (left + BESIDE_BAR, (width - BESIDE_BAR).max(width / 2.0));
        }
        self.blocks(inside);
        (self.left, self.width) = (left, width);
        let count = self.parts.len();
        for (at, part) in self.parts.iter_mut().enumerate().skip(first) {
            if at + 1 < count {
                part.tie = part.tie.max(Tie::Group);
            }
            if let Some(tone) = tone {
                part.gap = if at == first { 10.0 } else { part.gap };
                let top = if at == first { 0.0 } else { -part.gap };
                part.items.push(bar(left, top, part.height, tone.ink()));
            }
        }
    }
}

/// A bar at the left of what it belongs to.
fn bar(left: f32, top: f32, bottom: f32, ink: Ink) -> Item {
    let rect = Rect { min: pt(left, top), max: pt(left + 3.0, bottom) };
    Item::Rect { rect, radius: 0.0, fill: Some(if ink == Ink::Text { Ink::CardEdge } else { ink }), stroke: None }
}

/// A line across the column.
fn rule(left: f32, width: f32, y: f32, ink: Ink, thick: f32) -> Item {
    let segments = vec![Segment::Move(pt(left, y)), Segment::Line(pt(left + width, y))];
    Item::Path { segments, fill: None, stroke: Some(Stroke::solid(ink, thick)) }
}
