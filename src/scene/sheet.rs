//! A table drawn as a scene: columns, wrapped cells, rows as high as their words, blocks of rows set apart.

mod draw;
pub mod list;
pub mod silos;
pub mod sipoc;

use std::sync::Arc;

use super::text::{Fonts, Line};
use super::{Align, Group, Ink, Weight};
use crate::geom::{Point, Rect, pt};
use crate::model::{Document, PartyKind, Subject};

/// Air between a mark and the words after it.
const MARK_GAP: f32 = 5.0;
/// Narrowest column.
const LEAST_WIDTH: f32 = 32.0;

/// What a table shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    /// The columns, from the left.
    pub columns: Vec<Head>,
    /// The rows, from the top; each has a cell for each column, also where a cell above spans it.
    pub rows: Vec<Vec<Cell>>,
    /// Indices of rows before which a block of rows ends; in any order.
    pub breaks: Vec<usize>,
    /// How it looks.
    pub look: Look,
}

/// How a table looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Look {
    /// Blocks of rows on white, thin lines between rows, words from the top.
    #[default]
    Blocks,
    /// Cells apart from each other, their words in the middle.
    Tiles,
    /// Like blocks, with less air: many columns of short words.
    Dense,
}

impl Look {
    /// Air between the edge of a cell and its words: left and right, above and below.
    fn pad(self) -> Point {
        match self {
            Self::Blocks | Self::Tiles => pt(12.0, 9.0),
            Self::Dense => pt(7.0, 6.0),
        }
    }

    /// The lowest row.
    fn least_height(self) -> f32 {
        match self {
            Self::Blocks => 36.0,
            Self::Tiles => 64.0,
            Self::Dense => 28.0,
        }
    }

    /// The air between blocks.
    fn gap(self) -> f32 {
        match self {
            Self::Blocks => 14.0,
            Self::Tiles => 8.0,
            Self::Dense => 6.0,
        }
    }

    /// The part of a cell in which words may stand.
    fn inner(self, rect: &Rect) -> Rect {
        Rect { min: rect.min + self.pad(), max: rect.max - self.pad() }
    }
}

/// What stands above a column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Head {
    /// The words; empty shows none.
    pub title: String,
    /// Width in map units; at least 32.
    pub width: f32,
    /// The first letter stands out: it is one of SIPOC.
    pub letter: bool,
    /// Where the words stand, as those below them.
    pub align: Side,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Cell {
    /// The words, a paragraph each; none for an empty cell.
    pub words: Vec<Words>,
    /// What a click on it selects; for several, the picture shows the words alone.
    pub subjects: Arc<[Subject]>,
    /// What it is to be called for people who cannot see it, when it is not one subject.
    pub title: String,
    /// What lies behind the words.
    pub fill: Option<Fill>,
    /// Over how many rows it goes, itself among them; 0 counts as 1. The cells below are then not shown.
    pub span: usize,
    /// Where the words stand.
    pub align: Side,
}

/// One paragraph in a cell.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// The text.
    pub text: String,
    /// Font size in map units.
    pub size: f32,
    /// Face.
    pub weight: Weight,
    /// Colour.
    pub ink: Ink,
    /// What stands before it, such as ✗; in the colour of the words.
    pub mark: Option<&'static str>,
    /// Most lines; what is longer ends with `…`.
    pub lines: usize,
}

/// What lies behind the words of a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fill {
    /// The shape and colour of a party's card; `Some` hue is the band of its department.
    Card(PartyKind, Option<u8>),
    /// Nothing, with a thin line around it.
    Empty,
    /// A colour.
    Plain(Ink),
    /// A colour with a line around it: a cell that is set off.
    Framed(Ink),
    /// The accent, the darker the more layers (up to 4); with a line around it when it is set off.
    Shade {
        /// How many layers.
        layers: u8,
        /// Set off.
        framed: bool,
    },
}

/// Where words stand in their cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// At the left.
    #[default]
    Left,
    /// In the middle.
    Middle,
    /// At the right.
    Right,
}

/// Where a cell is.
#[derive(Debug, Clone, PartialEq)]
pub struct CellArea {
    /// Index of its row.
    pub row: usize,
    /// Index of its column.
    pub column: usize,
    /// The whole cell.
    pub rect: Rect,
    /// Where its words may stand, for editing it in place.
    pub text_rect: Rect,
    /// What a click on it selects.
    pub subjects: Arc<[Subject]>,
}

/// A table, laid out: its upper left corner is the origin.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawn {
    /// The band with the titles of the columns, which a window may keep in sight while the rest moves.
    pub header: Group,
    /// Everything below it: lines and fills first, then the cells.
    pub groups: Vec<Arc<Group>>,
    /// Every cell that is shown, row by row.
    pub cells: Vec<CellArea>,
    /// Holds everything.
    pub bounds: Option<Rect>,
}

impl Words {
    /// Words of the usual size, in at most three lines.
    pub fn plain(text: impl Into<String>, ink: Ink) -> Self {
        Self { text: text.into(), size: 13.0, weight: Weight::Regular, ink, mark: None, lines: 3 }
    }

    /// The same words in the heavier face.
    #[must_use]
    pub fn strong(self) -> Self {
        Self { weight: Weight::SemiBold, ..self }
    }

    /// The same words in another size, in map units.
    #[must_use]
    pub fn sized(self, size: f32) -> Self {
        Self { size, ..self }
    }
}

impl Cell {
    /// A cell of one paragraph.
    pub fn of(words: Words) -> Self {
        Self { words: vec![words], ..Self::default() }
    }
}

impl CellArea {
    /// True when the point lies in the cell.
    pub fn contains(&self, p: Point) -> bool {
        self.rect.contains(p)
    }
}

/// One line of a cell, relative to the cell's words.
struct Set {
    line: Line,
    size: f32,
    weight: Weight,
    ink: Ink,
    mark: Option<(&'static str, f32)>,
    indent: f32,
    baseline: f32,
}

/// A cell's words, wrapped.
#[derive(Default)]
struct Wrapped {
    lines: Vec<Set>,
    height: f32,
}

/// Where rows and columns are.
struct Grid {
    /// Left edges of the columns, and the right edge of the last.
    xs: Vec<f32>,
    /// Upper and lower edge of each row.
    rows: Vec<(f32, f32)>,
    head: f32,
}

/// Lays the table out: wraps the words, makes the rows high enough, and paints. `document` gives the names of subjects.
/// Words that the fonts wrapped for a table not long ago are not wrapped again.
pub fn lay_out(sheet: &Sheet, document: &Document, fonts: &Fonts) -> Drawn {
    if sheet.columns.is_empty() {
        return Drawn::default();
    }
    let xs = edges(sheet);
    let shown = shown_cells(sheet);
    let mut wrapped: Vec<Vec<Wrapped>> = Vec::with_capacity(sheet.rows.len());
    for (r, row) in sheet.rows.iter().enumerate() {
        let cells = row.iter().take(sheet.columns.len()).enumerate();
        let words = cells.map(|(c, cell)| {
            if shown[r][c] == 0 {
                Wrapped::default()
            } else {
                wrap(cell, xs[c + 1] - xs[c] - 2.0 * sheet.look.pad().x, fonts)
            }
        });
        wrapped.push(words.collect());
    }
    let head = draw::head_height(sheet, &xs, fonts);
    let grid = Grid { rows: heights(sheet, &shown, &wrapped, head), xs, head };
    draw::paint(sheet, document, fonts, (&grid, &shown, &wrapped))
}

/// Left edges of the columns, and the right edge of the last.
fn edges(sheet: &Sheet) -> Vec<f32> {
    let mut xs = vec![0.0];
    for head in &sheet.columns {
        let width = if head.width.is_finite() { head.width.clamp(LEAST_WIDTH, 10_000.0) } else { LEAST_WIDTH };
        xs.push(xs.last().copied().unwrap_or_default() + width);
    }
    xs
}

/// For each cell over how many rows it goes; 0 where a cell above covers it.
fn shown_cells(sheet: &Sheet) -> Vec<Vec<usize>> {
    let mut covered = vec![0; sheet.columns.len()];
    let mut shown = Vec::with_capacity(sheet.rows.len());
    for (r, row) in sheet.rows.iter().enumerate() {
        let mut spans = Vec::with_capacity(row.len());
        for (c, cell) in row.iter().take(sheet.columns.len()).enumerate() {
            if covered[c] > r {
                spans.push(0);
            } else {
                let span = cell.span.clamp(1, sheet.rows.len() - r);
                covered[c] = r + span;
                spans.push(span);
            }
        }
        shown.push(spans);
    }
    shown
}

fn wrap(cell: &Cell, width: f32, fonts: &Fonts) -> Wrapped {
    let mut wrapped = Wrapped::default();
    for words in &cell.words {
        let mark = words.mark.map(|mark| (mark, fonts.width(mark, words.size, Weight::SemiBold)));
        let indent = mark.map_or(0.0, |(_, width)| width.max(words.size * 0.8) + MARK_GAP);
        let leading = (words.size * 1.34).max(1.0);
        let lines = fonts.wrapped(&words.text, words.size, words.weight, width - indent, words.lines);
        for (i, line) in lines.iter().enumerate() {
            wrapped.lines.push(Set {
                line: line.clone(),
                size: words.size,
                weight: words.weight,
                ink: words.ink,
                mark: mark.filter(|_| i == 0),
                indent,
                baseline: wrapped.height + leading * 0.5 + words.size * 0.36,
            });
            wrapped.height += leading;
        }
    }
    wrapped
}

/// Upper and lower edge of every row.
fn heights(sheet: &Sheet, shown: &[Vec<usize>], wrapped: &[Vec<Wrapped>], head: f32) -> Vec<(f32, f32)> {
    let pad = 2.0 * sheet.look.pad().y;
    let mut heights: Vec<f32> = vec![sheet.look.least_height(); sheet.rows.len()];
    for (r, row) in wrapped.iter().enumerate() {
        for (cell, _) in row.iter().zip(&shown[r]).filter(|(_, span)| **span == 1) {
            heights[r] = heights[r].max(cell.height + pad);
        }
    }
    // What spans several rows and is higher than them makes the last of them higher.
    for (r, row) in wrapped.iter().enumerate() {
        for (cell, span) in row.iter().zip(&shown[r]).filter(|(_, span)| **span > 1) {
            let there: f32 = heights[r..r + span].iter().sum();
            heights[r + span - 1] += (cell.height + pad - there).max(0.0);
        }
    }
    let mut breaks = vec![false; sheet.rows.len()];
    for at in sheet.breaks.iter().filter(|at| **at > 0 && **at < sheet.rows.len()) {
        breaks[*at] = true;
    }
    let mut y = head + sheet.look.gap();
    let mut place = |(height, is_break): (f32, bool)| {
        y += if is_break { sheet.look.gap() } else { 0.0 };
        let top = y;
        y += height;
        (top, y)
    };
    heights.into_iter().zip(breaks).map(&mut place).collect()
}

impl Drawn {
    /// The cell at a point.
    pub fn cell_at(&self, p: Point) -> Option<&CellArea> {
        self.cells.iter().find(|cell| cell.contains(p))
    }
}

fn align(side: Side) -> Align {
    match side {
        Side::Left => Align::Left,
        Side::Middle => Align::Center,
        Side::Right => Align::Right,
    }
}
