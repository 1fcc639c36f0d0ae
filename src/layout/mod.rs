//! Where things go: deterministic arrangements of boxes and arrows. Pure.
//!
//! Every arrangement of places is a function from a [`Request`] to a [`Layout`] and a row of [`ALL`]. [`chain`] and
//! [`lanes`] also lead the [`Way`]s that a view draws.

pub mod chain;
pub mod lanes;
mod layered;
pub mod onion;
pub mod tidy;

pub use layered::layered;

use crate::geom::{Path, Point, Rect, Size};

/// Which way the work flows on the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Direction {
    /// Suppliers left, customers right.
    #[default]
    Right,
    /// Suppliers above, customers below.
    Down,
}

/// A wish for the layer of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LayerHint {
    /// Wherever its links are short.
    #[default]
    None,
    /// As far towards the suppliers' end as its inputs let it: an external supplier.
    First,
    /// As far towards the customers' end as its outputs let it: an external customer.
    Last,
}

/// A box to be placed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Node {
    /// Its size in map units.
    pub size: Size,
    /// Where its centre was; the picture stays as like it as a good arrangement lets it.
    pub near: Option<Point>,
    /// A wish for its layer.
    pub layer_hint: LayerHint,
}

/// An arrow to be led from one box to another.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Edge {
    /// Index of the node that gives. An edge with an end that is not there gets no route.
    pub from: usize,
    /// Index of the node that receives.
    pub to: usize,
    /// Known to run backwards (rework): it does not shape the layers.
    pub back: bool,
    /// The room its label wants between the layers; zero if it has none.
    pub label: Size,
}

/// What is to be arranged.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Request {
    /// The boxes.
    pub nodes: Vec<Node>,
    /// The arrows.
    pub edges: Vec<Edge>,
    /// Which way the work flows.
    pub direction: Direction,
    /// The least gap between two boxes of one layer, in map units.
    pub node_gap: f32,
    /// The least gap between two layers, in map units.
    pub layer_gap: f32,
}

/// An arrangement. All numbers are finite map units.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The centre of each node.
    pub places: Vec<Point>,
    /// For each edge the corners of its way, from the border of the giver to the border of the receiver; empty when an
    /// end is not there.
    pub routes: Vec<Vec<Point>>,
    /// For each edge, whether it closes a loop and so runs against the flow. Never true for a known back edge.
    pub reversed: Vec<bool>,
    /// Holds all nodes and routes; [`Rect::NOTHING`] when there are no nodes.
    pub bounds: Rect,
}

/// Where an arrow runs, ready to be drawn: from the border of the giver's card to the border of the receiver's.
#[derive(Debug, Clone, PartialEq)]
pub struct Way {
    /// The way itself.
    pub path: Path,
    /// The middle of the arrow's label, on the way or beside it; `None` when there is no room for one.
    pub label: Option<Point>,
}

/// A row of the table of arrangements.
#[derive(Debug, Clone, Copy)]
pub struct Method {
    /// The word on the command line.
    pub id: &'static str,
    /// The words in menus.
    pub title: &'static str,
    /// Arranges; the same request gives the same layout.
    pub run: fn(&Request) -> Layout,
}

/// Every arrangement, in the order they are offered.
pub const ALL: &[Method] = &[Method { id: "layered", title: "Layers, suppliers to customers", run: layered }];
