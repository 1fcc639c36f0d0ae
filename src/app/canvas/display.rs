//! How `egui_graphs` shows a party and a handoff: the items of the scene, painted through the canvas's own camera. From
//! far away [`super::far`] does.
//!
//! The graph's payload is `Copy` and the shapes hold pointers, because the widget clones both ends of every edge in
//! every frame. What is out of sight gives no shapes. The camera is ours: the widget's own fits its content unasked in the
//! first frame and shifts it twice when the canvas moves.

use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

use egui::{Pos2, Shape, Vec2};
use egui_graphs::{DisplayEdge, DisplayNode, DrawContext, EdgeProps, Node, NodeProps};
use petgraph::Directed;

use super::camera::Camera;
use super::paint::Brush;
use crate::geom::{Point, Rect};
use crate::model::{HandoffId, PartyId};
use crate::scene::Theme;
use crate::scene::card::Card;
use crate::scene::handoff::Arrow;

/// A node of the graph: a party, or the open end of a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Knot {
    /// A party.
    Party(PartyId),
    /// Nobody yet: the missing supplier or customer of the handoff.
    Open(HandoffId),
}

/// What all shapes of a canvas share: the camera and the theme of this frame.
#[derive(Debug, Default)]
pub struct Stage {
    /// The canvas on the screen.
    pub canvas: Cell<Option<egui::Rect>>,
    /// What it looks at.
    pub camera: Cell<Camera>,
    /// Light or dark.
    pub theme: Cell<Theme>,
}

impl Stage {
    fn brush<'a>(&self, ctx: &'a egui::Context) -> Option<Brush<'a>> {
        Some(Brush { ctx, canvas: self.canvas.get()?, camera: self.camera.get(), theme: self.theme.get() })
    }
}

/// Shows a party.
#[derive(Debug, Clone, Default)]
pub struct CardShape {
    /// The stage it plays on.
    pub stage: Rc<Stage>,
    /// Its card; `None` for an open end, which its handoff paints.
    pub card: Option<Arc<Card>>,
    /// Where the middle of the card is.
    pub place: Point,
}

impl From<NodeProps<Knot>> for CardShape {
    fn from(_: NodeProps<Knot>) -> Self {
        Self::default()
    }
}

impl CardShape {
    fn rect(&self) -> Option<Rect> {
        self.card.as_ref().map(|card| card.rect(self.place))
    }
}

impl DisplayNode<Knot, HandoffId, Directed, u32> for CardShape {
    fn closest_boundary_point(&self, _: Vec2) -> Pos2 {
        egui::pos2(self.place.x, self.place.y)
    }

    fn shapes(&mut self, cx: &DrawContext<'_>) -> Vec<Shape> {
        let (Some(card), Some(rect), Some(brush)) = (&self.card, self.rect(), self.stage.brush(cx.ctx)) else {
            return Vec::new();
        };
        let area = brush.camera.rect_to_screen(brush.canvas, &rect.expand(super::SHADE));
        if !brush.canvas.intersects(area) {
            return Vec::new();
        }
        let words = card.words();
        let mut shapes = Vec::with_capacity(card.body.len() + words.len());
        for item in card.body.iter().chain(&words) {
            brush.item(item, self.place, &mut shapes);
        }
        shapes
    }

    fn update(&mut self, _: &NodeProps<Knot>) {}

    fn is_inside(&self, pos: Pos2) -> bool {
        self.rect().is_some_and(|rect| rect.contains(Point { x: pos.x, y: pos.y }))
    }
}

/// Shows a handoff.
#[derive(Debug, Clone, Default)]
pub struct ArrowShape {
    /// The stage it plays on.
    pub stage: Rc<Stage>,
    /// Its arrow.
    pub arrow: Option<Arc<Arrow>>,
}

impl From<EdgeProps<HandoffId>> for ArrowShape {
    fn from(_: EdgeProps<HandoffId>) -> Self {
        Self::default()
    }
}

type Knots = Node<Knot, HandoffId, Directed, u32, CardShape>;

impl DisplayEdge<Knot, HandoffId, Directed, u32, CardShape> for ArrowShape {
    fn shapes(&mut self, _: &Knots, _: &Knots, cx: &DrawContext<'_>) -> Vec<Shape> {
        let (Some(arrow), Some(brush)) = (&self.arrow, self.stage.brush(cx.ctx)) else { return Vec::new() };
        let area = brush.camera.rect_to_screen(brush.canvas, &arrow.bounds);
        if !brush.canvas.intersects(area) {
            return Vec::new();
        }
        let line = arrow.line();
        let mut shapes = Vec::with_capacity(line.len());
        for item in &line {
            brush.item(item, Point::default(), &mut shapes);
        }
        shapes
    }

    fn update(&mut self, _: &EdgeProps<HandoffId>) {}

    fn is_inside(&self, _: &Knots, _: &Knots, pos: Pos2) -> bool {
        self.arrow.as_ref().is_some_and(|arrow| arrow.path.distance(Point { x: pos.x, y: pos.y }) < 6.0)
    }
}
