//! What is written at a handoff: the item's name above its line, its figures below.

use std::sync::Arc;

use super::{FIGURE_SIZE, ITEM_LINE, ITEM_LINES, ITEM_SIZE, ITEM_WIDTH, Marks};
use crate::geom::{Path, Point, Rect, pt};
use crate::model::{Handoff, quantity};
use crate::scene::text::{Fonts, Line};
use crate::scene::{Align, Ink, Item, Weight};

/// What is written at a handoff, measured: depends on the handoff alone, not on where it runs. Large maps have very many
/// of them: all lines are one text.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Label {
    /// The lines, one under the other: those of the item, then that of the figures.
    text: Box<str>,
    /// Their widths.
    widths: [f32; ITEM_LINES + 1],
    /// How many lines the item has.
    item: u8,
    has_figures: bool,
}

/// Measures what is written at a handoff.
pub fn label(handoff: &Handoff, hours_per_day: f64, fonts: &Fonts) -> Label {
    let item = handoff.item.trim();
    let item =
        if item.is_empty() { Vec::new() } else { fonts.wrap(item, ITEM_SIZE, Weight::Regular, ITEM_WIDTH, ITEM_LINES) };
    let mut parts = Vec::new();
    parts.extend(handoff.complete_accurate_pct.map(|pct| format!("{} C&A", handoff.share_in_words(pct))));
    parts.extend(handoff.wait_h.filter(|h| *h > 0.0).map(|h| format!("wait {}", quantity::duration(h, hours_per_day))));
    let text = parts.join(" · ");
    let figures = (!text.is_empty()).then(|| fonts.fit(&text, FIGURE_SIZE, Weight::Regular, ITEM_WIDTH * 1.4));
    let (lines, has_figures) = (item.len() as u8, figures.is_some());
    let all: Vec<Line> = item.into_iter().chain(figures).collect();
    let mut widths = [0.0; ITEM_LINES + 1];
    for (width, line) in widths.iter_mut().zip(&all) {
        *width = line.width;
    }
    let text = all.iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n").into();
    Label { text, widths, item: lines, has_figures }
}

impl Label {
    /// Widest line, in map units; 0 when nothing is written.
    pub fn width(&self) -> f32 {
        self.widths.into_iter().fold(0.0, f32::max)
    }

    /// Height of all lines, in map units.
    pub fn height(&self) -> f32 {
        f32::from(self.item + u8::from(self.has_figures)) * ITEM_LINE
    }

    /// True when nothing is written.
    pub fn is_empty(&self) -> bool {
        self.item == 0 && !self.has_figures
    }

    fn item_width(&self) -> f32 {
        self.widths[..usize::from(self.item)].iter().copied().fold(0.0, f32::max)
    }

    fn figures_width(&self) -> f32 {
        self.widths[usize::from(self.item)]
    }
}

/// Where the words of a handoff stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Spot {
    /// At this share of the way: the item above a level line and the figures below it, both on a steep one.
    Along(f32),
    /// With their middle here.
    At(Point),
    /// Nowhere: they are in the details.
    Nowhere,
}

/// Where the two blocks of words stand.
pub(super) struct Stand {
    middle: f32,
    item_top: f32,
    figures_top: f32,
}

/// Where the words stand, and what holds them. Without words there is a small place to point at.
pub(super) fn stand(label: &Label, path: &Path, spot: Spot, marks: Marks) -> (Option<Stand>, Rect) {
    let (mid, direction) = match spot {
        Spot::Along(t) => (path.at(t), path.direction(t)),
        Spot::At(middle) => (middle, pt(0.0, 1.0)),
        Spot::Nowhere => (path.at(0.5), pt(0.0, 1.0)),
    };
    if spot == Spot::Nowhere || label.is_empty() {
        return (None, Rect { min: mid, max: mid }.expand(8.0));
    }
    let (lines, width) = (f32::from(label.item), label.width());
    let level = direction.x.abs() > direction.y.abs() * 1.6;
    let steep_top = mid.y - label.height() / 2.0;
    let (above, below) = if level { extent(path, mid.x, width / 2.0 + 4.0) } else { (mid.y, mid.y) };
    let off = if level { marks.clearance(path, mid, width) } else { 0.0 };
    let item_top = if level { above - lines * ITEM_LINE - 5.0 - off } else { steep_top };
    let figures_top = if level { below + 3.0 + off } else { steep_top + lines * ITEM_LINE };
    let stand = Stand { middle: mid.x, item_top, figures_top };
    let area = stand.blocks(label).into_iter().flatten().fold(Rect::NOTHING, |area, block| area.union(&block));
    (Some(stand), area)
}

impl Stand {
    /// What lies behind the item and behind the figures.
    fn blocks(&self, label: &Label) -> [Option<Rect>; 2] {
        let block = |top: f32, lines: u8, width: f32| {
            let half = width / 2.0 + 3.0;
            let (left, right) = (self.middle - half, self.middle + half);
            (lines > 0).then(|| Rect { min: pt(left, top), max: pt(right, top + f32::from(lines) * ITEM_LINE) })
        };
        let figures = block(self.figures_top, u8::from(label.has_figures), label.figures_width());
        [block(self.item_top, label.item, label.item_width()), figures]
    }

    /// Writes the words.
    pub(super) fn write(&self, label: &Label) -> Vec<Item> {
        let halo = |rect| Item::Rect { rect, radius: 3.0, fill: Some(Ink::Halo), stroke: None };
        let mut items: Vec<Item> = self.blocks(label).into_iter().flatten().map(halo).collect();
        for (i, (text, width)) in label.text.split('\n').zip(label.widths).enumerate() {
            let (top, size, ink) = if i < usize::from(label.item) {
                (self.item_top + i as f32 * ITEM_LINE, ITEM_SIZE, Ink::Text)
            } else {
                (self.figures_top, FIGURE_SIZE, Ink::Faint)
            };
            items.push(Item::Text {
                at: pt(self.middle, top + 11.0),
                align: Align::Center,
                size,
                weight: Weight::Regular,
                ink,
                text: Arc::from(text),
                width,
            });
        }
        items
    }
}

/// How high and how low a curve runs within `reach` left and right of `x`.
fn extent(path: &Path, x: f32, reach: f32) -> (f32, f32) {
    let near = path.points(32).filter(|p| (p.x - x).abs() <= reach).map(|p| p.y);
    near.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)))
}
