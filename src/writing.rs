//! Written pages: headings, paragraphs, tables and charts, and how they become Markdown, HTML, mail and paper. Pure.
//!
//! A [`Page`] says what is to be read and never how it looks; each renderer is a file here. Names come from people, so
//! every renderer makes their markup harmless. A judgement always carries a mark, so that colour never stands alone.

pub mod csv;
mod html;
mod ics;
mod mail;
mod markdown;
mod pdf;
mod plain;
mod svg;
mod words;
mod workbook;

pub(crate) use html::colors;
pub use html::{escaped, html};
pub use ics::{Entry, ics};
pub use mail::{Rich, rich};
pub use markdown::markdown;
pub use pdf::{PAPER, Sheet, pdf};
pub use plain::plain;
pub(crate) use words::shown;
pub use words::{Span, Tone, Words};
pub use workbook::{Cell, Column, Shows, Tab, WorkbookError, workbook};
pub(crate) use workbook::{empty as empty_workbook, write_text};

use crate::geom::Size;
use crate::scene::Item;

/// Something to be read: a brief, a report, an agreement.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// What it is.
    pub title: String,
    /// More about it, in one line; may be empty.
    pub subtitle: String,
    /// The day it is of, ready to read; may be empty.
    pub date: String,
    /// What follows, from top to bottom.
    pub blocks: Vec<Block>,
}

/// A part of a page.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    /// The name of what follows; on paper never the last line of a page.
    Heading(Level, String),
    /// A paragraph.
    Paragraph(Words),
    /// A list with a dot before each entry.
    List(Vec<Words>),
    /// Labels, each with what is to be said of it.
    Facts(Vec<(String, Words)>),
    /// A table.
    Table(Table),
    /// A drawing.
    Chart(Chart),
    /// Blocks that are kept on one page where they fit on one; with a tone, a bar of that colour stands beside them.
    Group(Option<Tone>, Vec<Block>),
}

/// How much a heading holds below it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// A part of the page.
    Part,
    /// A section of a part.
    Section,
}

/// A table. Rows that are shorter than the head are filled up with empty cells.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// The columns' names and which side their cells stand at.
    pub head: Vec<(String, Side)>,
    /// The rows.
    pub rows: Vec<Vec<Words>>,
    /// Rows have room for handwriting.
    pub tall: bool,
}

/// Which side of its column a cell stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Side {
    /// For words.
    #[default]
    Left,
    /// For numbers.
    Right,
}

/// A drawing, with words for those who cannot see it.
#[derive(Debug, Clone, PartialEq)]
pub struct Chart {
    /// The shapes; the upper left corner is at the origin. One unit is one point on paper.
    pub items: Vec<Item>,
    /// Width and height.
    pub size: Size,
    /// What it shows, in words; stands above it, or instead of it.
    pub about: String,
}

impl Page {
    /// Every block, those inside of groups too.
    pub fn all_blocks(&self) -> Vec<&Block> {
        let (mut found, mut open): (Vec<&Block>, Vec<&Block>) = (Vec::new(), self.blocks.iter().rev().collect());
        while let Some(block) = open.pop() {
            found.push(block);
            if let Block::Group(_, inside) = block {
                open.extend(inside.iter().rev());
            }
        }
        found
    }
}

impl Table {
    /// The cell of a row under each of the columns.
    fn cells<'a>(&'a self, row: &'a [Words]) -> impl Iterator<Item = (Option<&'a Words>, Side)> {
        self.head.iter().enumerate().map(|(column, (_, side))| (row.get(column), *side))
    }
}
