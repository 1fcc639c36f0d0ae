//! A handoff's arrow with the item's name, its figures, and what is not right about it.

use std::sync::Arc;

use super::marks::{clearance, on_arrow};
use super::shapes::{arrow_head, circle};
use super::text::{Fonts, Line};
use super::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::geom::{Path, Point, Rect, pt};
use crate::model::{Handoff, HandoffKind, is_red, quantity};

const ITEM_SIZE: f32 = 12.0;
const ITEM_LINE: f32 = 14.5;
const ITEM_LINES: usize = 3;
const ITEM_WIDTH: f32 = 122.0;
const FIGURE_SIZE: f32 = 10.5;
const ARROW: f32 = 10.0;
/// Radius of the open end of a handoff that nobody supplies or receives yet.
pub const OPEN_RADIUS: f32 = 8.0;

/// What is written at a handoff, measured: depends on the handoff alone, not on where it runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Label {
    item: Vec<Line>,
    figures: Option<Line>,
    width: f32,
    state: State,
}

/// What the colour and the mark of a handoff say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Nothing to remark.
    Plain,
    /// A must is failed.
    Failed,
    /// One end is missing.
    Unfinished,
}

/// A handoff's arrow, in map coordinates.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// Where it runs.
    pub path: Path,
    /// Holds the words at it.
    pub label_area: Rect,
    /// Holds everything painted.
    pub bounds: Rect,
    /// The line, its head, its open ends and its marks.
    pub line: Vec<Item>,
    /// The words; painted above all lines, so that none of them crosses a word.
    pub label: Vec<Item>,
    /// The line's colour.
    pub ink: Ink,
}

/// Whether a must of the handoff is failed, or an end is missing.
pub fn state(handoff: &Handoff) -> State {
    if handoff.ends().is_none() {
        State::Unfinished
    } else if is_red(handoff) {
        State::Failed
    } else {
        State::Plain
    }
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
    let width = item.iter().chain(&figures).map(|line| line.width).fold(0.0, f32::max);
    Label { item, figures, width, state: state(handoff) }
}

impl Label {
    /// Widest line, in map units; 0 when nothing is written.
    pub fn width(&self) -> f32 {
        self.width
    }

    /// Height of all lines, in map units.
    pub fn height(&self) -> f32 {
        self.item.len() as f32 * ITEM_LINE + if self.figures.is_some() { ITEM_LINE } else { 0.0 }
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

/// Makes the arrow of a handoff along a way. `tint` replaces the colour that tells its state.
pub fn arrow(handoff: &Handoff, label: &Label, path: Path, spot: Spot, tint: Option<Tint>) -> Arrow {
    let ink = match (tint, label.state, handoff.kind) {
        (Some(tint), _, _) => tint.ink,
        (None, State::Failed, _) => Ink::Bad,
        (None, State::Unfinished, _) => Ink::Warn,
        (None, State::Plain, HandoffKind::Rework) => Ink::Rework,
        (None, State::Plain, HandoffKind::Forward) => Ink::Line,
    };
    let width = if handoff.critical { 1.8 } else { 1.1 };
    let width = tint.map_or(width, |tint| tint.width);
    let dash = match (handoff.kind, label.state) {
        (HandoffKind::Rework, _) => Some((7.0, 5.0)),
        (HandoffKind::Forward, State::Unfinished) => Some((2.0, 4.0)),
        (HandoffKind::Forward, _) => None,
    };
    let shaft = if handoff.customer.is_none() { path.shortened(OPEN_RADIUS) } else { path.clone() };
    let (tip, direction, head) = (shaft.end(), shaft.end_direction(), ARROW + (width - 1.8).max(0.0) * 1.5);
    let mut segments = vec![Segment::Move(path.start())];
    segments.extend(shaft.shortened(head - 1.0).curves().map(|[_, b, c, d]| Segment::Cubic(b, c, d)));
    let mut line = vec![Item::Path { segments, fill: None, stroke: Some(Stroke { ink, width, dash }) }];
    line.push(arrow_head(tip, direction, head, ink));
    for open in [(handoff.supplier.is_none(), path.start()), (handoff.customer.is_none(), path.end())] {
        line.extend(open.0.then(|| open_end(open.1, ink)).into_iter().flatten());
    }
    if spot != Spot::Nowhere {
        line.extend(on_arrow(handoff, &path));
    }
    let mut items = Vec::new();
    let label_area = write_label(handoff, label, (&path, spot), &mut items);
    let bounds = path.bounds().expand(OPEN_RADIUS + 2.0).union(&label_area.expand(3.0));
    // Large maps have very many of them.
    line.shrink_to_fit();
    items.shrink_to_fit();
    Arrow { path, label_area, bounds, line, label: items, ink }
}

impl Arrow {
    /// This arrow in another colour and width.
    pub fn tinted(&self, tint: Tint) -> Self {
        let paint = |item: &Item| match item.inked(|_| tint.ink) {
            Item::Path { segments, fill, stroke } => {
                let stroke = stroke.map(|s| Stroke { width: tint.width, ..s });
                Item::Path { segments, fill, stroke }
            }
            other => other,
        };
        // Marks and the ring of an open end keep their own colours.
        let line = self.line.iter().enumerate().map(|(i, item)| if i < 2 { paint(item) } else { item.clone() });
        Self { line: line.collect(), ink: tint.ink, ..self.clone() }
    }

    /// This arrow on its way to another one; the words are those of the other, moved along.
    pub fn towards(&self, other: &Self, t: f32) -> Self {
        let path = self.path.lerp(&other.path, t);
        let by = (self.label_area.center() - other.label_area.center()) * (1.0 - t);
        let label = other.label.iter().map(|item| item.translated(by)).collect();
        let label_area = other.label_area.translate(by);
        let mut segments = vec![Segment::Move(path.start())];
        let mut head = None;
        if let Some(Item::Path { fill: Some(ink), .. }) = other.line.get(1) {
            head = Some(arrow_head(path.end(), path.end_direction(), ARROW, *ink));
        }
        segments.extend(path.shortened(ARROW - 1.0).curves().map(|[_, b, c, d]| Segment::Cubic(b, c, d)));
        let stroke = match other.line.first() {
            Some(Item::Path { stroke, .. }) => *stroke,
            _ => None,
        };
        let line = std::iter::once(Item::Path { segments, fill: None, stroke }).chain(head).collect();
        let bounds = path.bounds().expand(OPEN_RADIUS + 2.0).union(&label_area.expand(3.0));
        Self { path, label_area, bounds, line, label, ink: other.ink }
    }
}

/// How a figure shows on an arrow.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tint {
    /// Colour.
    pub ink: Ink,
    /// Width of the line in map units.
    pub width: f32,
}

/// A ring with a question mark: nobody yet.
fn open_end(at: Point, ink: Ink) -> [Item; 2] {
    let ring = circle(at, OPEN_RADIUS, Some(Ink::WarnSoft), Some(Stroke::solid(ink, 1.3)));
    let mark = Item::Text {
        at: at + pt(0.0, 3.8),
        align: Align::Center,
        size: 10.5,
        weight: Weight::SemiBold,
        ink,
        text: Arc::from("?"),
        width: 6.0,
    };
    [ring, mark]
}

/// Writes the item above the line and the figures below it; beside a steep line both stand on it.
fn write_label(handoff: &Handoff, label: &Label, (path, spot): (&Path, Spot), items: &mut Vec<Item>) -> Rect {
    let (mid, direction) = match spot {
        Spot::Along(t) => (path.at(t), path.direction(t)),
        Spot::At(middle) => (middle, pt(0.0, 1.0)),
        Spot::Nowhere => (path.at(0.5), pt(0.0, 1.0)),
    };
    let lines = label.item.len() as f32;
    if spot == Spot::Nowhere || (label.item.is_empty() && label.figures.is_none()) {
        return Rect { min: mid, max: mid }.expand(8.0);
    }
    let level = direction.x.abs() > direction.y.abs() * 1.6;
    let steep_top = mid.y - label.height() / 2.0;
    let (above, below) = if level { extent(path, mid.x, label.width / 2.0 + 4.0) } else { (mid.y, mid.y) };
    let off = if level { clearance(handoff, path, mid, label.width) } else { 0.0 };
    let item_top = if level { above - lines * ITEM_LINE - 5.0 - off } else { steep_top };
    let figures_top = if level { below + 3.0 + off } else { steep_top + lines * ITEM_LINE };
    let mut area = Rect::NOTHING;
    let mut block = |top: f32, height: f32, width: f32, items: &mut Vec<Item>| {
        if height > 0.0 {
            let rect =
                Rect { min: pt(mid.x - width / 2.0 - 3.0, top), max: pt(mid.x + width / 2.0 + 3.0, top + height) };
            items.push(Item::Rect { rect, radius: 3.0, fill: Some(Ink::Halo), stroke: None });
            area = area.union(&rect);
        }
    };
    let item_width = label.item.iter().map(|l| l.width).fold(0.0, f32::max);
    block(item_top, lines * ITEM_LINE, item_width, items);
    block(
        figures_top,
        if label.figures.is_some() { ITEM_LINE } else { 0.0 },
        label.figures.as_ref().map_or(0.0, |l| l.width),
        items,
    );
    let write = |line: &Line, top: f32, size: f32, ink| Item::Text {
        at: pt(mid.x, top + 11.0),
        align: Align::Center,
        size,
        weight: Weight::Regular,
        ink,
        text: line.text.clone(),
        width: line.width,
    };
    for (i, line) in label.item.iter().enumerate() {
        items.push(write(line, item_top + i as f32 * ITEM_LINE, ITEM_SIZE, Ink::Text));
    }
    if let Some(line) = &label.figures {
        items.push(write(line, figures_top, FIGURE_SIZE, Ink::Faint));
    }
    area
}

/// How high and how low a curve runs within `reach` left and right of `x`.
fn extent(path: &Path, x: f32, reach: f32) -> (f32, f32) {
    let near = path.points(32).filter(|p| (p.x - x).abs() <= reach).map(|p| p.y);
    near.fold((f32::INFINITY, f32::NEG_INFINITY), |(low, high), y| (low.min(y), high.max(y)))
}
