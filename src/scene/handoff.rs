//! A handoff's arrow with the item's name, its figures, and what is not right about it.

mod words;

use std::sync::Arc;

use super::marks::Marks;
use super::shapes::{arrow_head, circle};
use super::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::geom::{Path, Point, Rect, pt};
use crate::model::{Handoff, HandoffKind, is_red};
pub use words::{Label, Spot, label};

const ITEM_SIZE: f32 = 12.0;
const ITEM_LINE: f32 = 14.5;
const ITEM_LINES: usize = 3;
const ITEM_WIDTH: f32 = 122.0;
const FIGURE_SIZE: f32 = 10.5;
const ARROW: f32 = 10.0;
/// Radius of the open end of a handoff that nobody supplies or receives yet.
pub const OPEN_RADIUS: f32 = 8.0;

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

/// A handoff's arrow, in map coordinates. Large maps have very many of them and show few at a time: its shapes are made
/// when they are asked for.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrow {
    /// Where it runs.
    pub path: Path,
    /// Holds the words at it.
    pub label_area: Rect,
    /// Holds everything painted.
    pub bounds: Rect,
    /// The line's colour.
    pub ink: Ink,
    drawn: Drawn,
}

/// How an arrow comes to its shapes.
#[derive(Debug, Clone, PartialEq)]
enum Drawn {
    /// From what is known of its handoff.
    From(Looks),
    /// They were given to it.
    As(Box<Shapes>),
}

/// What of a handoff is to be seen on its arrow.
#[derive(Debug, Clone, PartialEq)]
struct Looks {
    label: Arc<Label>,
    spot: Spot,
    tint: Option<Tint>,
    marks: Marks,
    state: State,
    kind: HandoffKind,
    critical: bool,
    /// Whether nobody supplies it, and whether nobody receives it.
    open: [bool; 2],
}

/// What is painted of an arrow.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Shapes {
    /// The line, its head, its open ends and its marks.
    pub line: Vec<Item>,
    /// The words; painted above all lines, so that none of them crosses a word.
    pub label: Vec<Item>,
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

/// Makes the arrow of a handoff along a way.
pub fn arrow(handoff: &Handoff, label: Arc<Label>, path: Path, spot: Spot) -> Arrow {
    let looks = Looks {
        label,
        spot,
        tint: None,
        marks: Marks::of(handoff),
        state: state(handoff),
        kind: handoff.kind,
        critical: handoff.critical,
        open: [handoff.supplier.is_none(), handoff.customer.is_none()],
    };
    let (_, label_area) = words::stand(&looks.label, &path, spot, looks.marks);
    let bounds = path.bounds().expand(OPEN_RADIUS + 2.0).union(&label_area.expand(3.0));
    Arrow { ink: looks.ink(), path, label_area, bounds, drawn: Drawn::From(looks) }
}

impl Looks {
    /// The colour that tells its state.
    fn ink(&self) -> Ink {
        match (self.state, self.kind) {
            (State::Failed, _) => Ink::Bad,
            (State::Unfinished, _) => Ink::Warn,
            (State::Plain, HandoffKind::Rework) => Ink::Rework,
            (State::Plain, HandoffKind::Forward) => Ink::Line,
        }
    }

    fn stroke(&self) -> Stroke {
        let dash = match (self.kind, self.state) {
            (HandoffKind::Rework, _) => Some((7.0, 5.0)),
            (HandoffKind::Forward, State::Unfinished) => Some((2.0, 4.0)),
            (HandoffKind::Forward, _) => None,
        };
        let (ink, width) = match self.tint {
            Some(Tint { ink, width }) => (ink, width),
            None => (self.ink(), if self.critical { 1.8 } else { 1.1 }),
        };
        Stroke { ink, width, dash }
    }

    fn line(&self, path: &Path) -> Vec<Item> {
        let stroke = self.stroke();
        let shaft = if self.open[1] { path.shortened(OPEN_RADIUS) } else { path.clone() };
        let mut line = line(&shaft, stroke, stroke.ink);
        for (is_open, at) in [(self.open[0], path.start()), (self.open[1], path.end())] {
            line.extend(is_open.then(|| open_end(at, self.ink())).into_iter().flatten());
        }
        if self.spot != Spot::Nowhere {
            line.extend(self.marks.draw(path));
        }
        line
    }

    fn label(&self, path: &Path) -> Vec<Item> {
        let (stand, _) = words::stand(&self.label, path, self.spot, self.marks);
        stand.map_or_else(Vec::new, |stand| stand.write(&self.label))
    }

    fn has_words(&self) -> bool {
        self.spot != Spot::Nowhere && !self.label.is_empty()
    }
}

/// A line up to its head, and the head.
fn line(path: &Path, stroke: Stroke, head: Ink) -> Vec<Item> {
    let mut segments = vec![Segment::Move(path.start())];
    segments.extend(path.shortened(ARROW - 1.0).curves().map(|[_, b, c, d]| Segment::Cubic(b, c, d)));
    let shaft = Item::Path { segments, fill: None, stroke: Some(stroke) };
    vec![shaft, arrow_head(path.end(), path.end_direction(), ARROW, head)]
}

impl Arrow {
    /// Everything that is painted of it.
    pub fn shapes(&self) -> Shapes {
        match &self.drawn {
            Drawn::From(looks) => Shapes { line: looks.line(&self.path), label: looks.label(&self.path) },
            Drawn::As(shapes) => (**shapes).clone(),
        }
    }

    /// See [`Shapes::line`].
    pub fn line(&self) -> Vec<Item> {
        match &self.drawn {
            Drawn::From(looks) => looks.line(&self.path),
            Drawn::As(shapes) => shapes.line.clone(),
        }
    }

    /// See [`Shapes::label`].
    pub fn label(&self) -> Vec<Item> {
        match &self.drawn {
            Drawn::From(looks) => looks.label(&self.path),
            Drawn::As(shapes) => shapes.label.clone(),
        }
    }

    /// True when something is written at it.
    pub fn has_words(&self) -> bool {
        match &self.drawn {
            Drawn::From(looks) => looks.has_words(),
            Drawn::As(shapes) => !shapes.label.is_empty(),
        }
    }

    /// The words that it was made with, as they were measured; `None` for an arrow with shapes of its own.
    pub fn measured(&self) -> Option<&Arc<Label>> {
        match &self.drawn {
            Drawn::From(looks) => Some(&looks.label),
            Drawn::As(_) => None,
        }
    }

    /// This arrow with other shapes.
    #[must_use]
    pub fn drawn_as(self, shapes: Shapes) -> Self {
        Self { drawn: Drawn::As(Box::new(shapes)), ..self }
    }

    /// This arrow in another colour and width. Marks and the ring of an open end keep their own colours.
    #[must_use]
    pub fn tinted(&self, tint: Tint) -> Self {
        let drawn = match &self.drawn {
            Drawn::From(looks) => Drawn::From(Looks { tint: Some(tint), ..looks.clone() }),
            Drawn::As(shapes) => {
                let mut shapes = shapes.clone();
                for item in shapes.line.iter_mut().take(2) {
                    *item = item.inked(|_| tint.ink);
                    if let Item::Path { stroke: Some(stroke), .. } = item {
                        stroke.width = tint.width;
                    }
                }
                Drawn::As(shapes)
            }
        };
        Self { drawn, ink: tint.ink, ..self.clone() }
    }

    /// This arrow on its way to another one; the words are those of the other, moved along.
    #[must_use]
    pub fn towards(&self, other: &Self, t: f32) -> Self {
        let path = self.path.lerp(&other.path, t);
        let by = (self.label_area.center() - other.label_area.center()) * (1.0 - t);
        let shapes = other.shapes();
        let label = shapes.label.iter().map(|item| item.translated(by)).collect();
        let label_area = other.label_area.translate(by);
        let (stroke, head) = match &shapes.line[..] {
            [Item::Path { stroke: Some(stroke), .. }, Item::Path { fill: Some(head), .. }, ..] => (*stroke, *head),
            _ => (Stroke::solid(other.ink, 1.0), other.ink),
        };
        let bounds = path.bounds().expand(OPEN_RADIUS + 2.0).union(&label_area.expand(3.0));
        let shapes = Shapes { line: line(&path, stroke, head), label };
        Self { path, label_area, bounds, ..other.clone() }.drawn_as(shapes)
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
