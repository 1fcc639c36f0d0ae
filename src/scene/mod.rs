//! What is to be seen, as a list of shapes with semantic colours: painted alike by the window and by every exporter. Pure.

pub mod card;
mod chart;
pub mod drawing;
pub mod gap_matrix;
pub mod handoff;
pub mod histogram;
pub mod map;
pub mod marks;
pub mod picture;
pub mod place;
pub mod route;
pub mod run_chart;
pub mod shapes;
pub mod sheet;
pub mod snowball;
pub mod text;
pub mod theme;
pub mod timeline;

use std::sync::Arc;

use crate::geom::{Point, Rect};
use crate::model::Subject;
pub use chart::message;
pub use theme::{Ink, Theme};

/// How heavy a text is; each is one face of the bundled font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Inter Regular.
    Regular,
    /// Inter in its semibold weight.
    SemiBold,
}

/// Which part of a text stands at its point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// The text begins there.
    Left,
    /// The middle of the text is there.
    Center,
    /// The text ends there.
    Right,
}

/// A line: its colour, its width in map units, and a dash and gap length when it is not solid.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stroke {
    /// Colour.
    pub ink: Ink,
    /// Width in map units.
    pub width: f32,
    /// Lengths of dash and gap in map units; `None` is solid.
    pub dash: Option<(f32, f32)>,
}

impl Stroke {
    /// A solid line.
    pub const fn solid(ink: Ink, width: f32) -> Self {
        Self { ink, width, dash: None }
    }
}

/// One step of a path.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    /// Starts a new outline.
    Move(Point),
    /// A straight line.
    Line(Point),
    /// A cubic Bézier curve: two control points and the end.
    Cubic(Point, Point, Point),
    /// Back to the start of the outline.
    Close,
}

/// One shape. Coordinates are map units.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// A rectangle with rounded corners.
    Rect {
        /// Where.
        rect: Rect,
        /// Corner radius; at most half of the shorter side.
        radius: f32,
        /// Inside, when painted.
        fill: Option<Ink>,
        /// Border (centred on the edge), when painted.
        stroke: Option<Stroke>,
    },
    /// Lines and curves.
    Path {
        /// The outline.
        segments: Vec<Segment>,
        /// Inside (non-zero winding), when painted.
        fill: Option<Ink>,
        /// The line itself, when painted.
        stroke: Option<Stroke>,
    },
    /// One line of text; wrapping was done before.
    Text {
        /// On the baseline, at the part of the text that `align` names.
        at: Point,
        /// See `at`.
        align: Align,
        /// Font size in map units (pixels per em at 100 %).
        size: f32,
        /// Face.
        weight: Weight,
        /// Colour.
        ink: Ink,
        /// The characters; no line breaks.
        text: Arc<str>,
        /// Width as measured with the scene's fonts, in map units.
        width: f32,
    },
}

/// The shapes of one thing on the map, painted in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Group {
    /// What it shows; `None` for titles, legends and other furniture.
    pub subject: Option<Subject>,
    /// What it shows, in words: the name of a party, "Sales → Planning: order". Empty for furniture.
    pub title: Arc<str>,
    /// More about it, for people who cannot see it; may be empty.
    pub about: Arc<str>,
    /// The onion layer with which it comes into view when the picture is peeled; `None` is always there, and
    /// [`Group::APART`] only when all layers are shown.
    pub layer: Option<usize>,
    /// Holds everything the group paints.
    pub bounds: Option<Rect>,
    /// The shapes, the first at the bottom.
    pub items: Vec<Item>,
}

impl Group {
    /// The layer of what is in no layer: it reaches no customer.
    pub const APART: usize = usize::MAX;

    /// The same group moved by a vector.
    #[must_use]
    pub fn translated(&self, by: Point) -> Self {
        let items = self.items.iter().map(|item| item.translated(by)).collect();
        Self { items, bounds: self.bounds.map(|bounds| bounds.translate(by)), ..self.clone() }
    }
}

/// A whole picture: groups painted in order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scene {
    /// The groups, the first at the bottom.
    pub groups: Vec<Group>,
    /// The part of the plane that the picture shows, margins included; `None` when there is nothing.
    pub bounds: Option<Rect>,
}

/// What is known of one thing on the picture, for formats in which one can ask for it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Detail {
    /// Names and values, in the order they are shown.
    pub lines: Vec<(String, String)>,
}
