//! Small shapes made of paths.

use super::{Ink, Item, Segment, Stroke};
use crate::geom::{Point, Rect, pt};

/// Distance of a control point that makes a cubic look like a quarter of a circle of radius 1.
const ROUND: f32 = 0.552_285;

/// How one corner of a box looks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Corner {
    /// Rounded with this radius; 0 is square.
    Round(f32),
    /// Cut off by this much.
    Cut(f32),
}

/// The outline of a box whose left and right corners may differ.
pub fn outline(rect: &Rect, left: Corner, right: Corner) -> Vec<Segment> {
    let (a, b) = (rect.min, rect.max);
    // Clockwise from the upper left: where the edge comes from, the corner, where it goes.
    let corners = [
        (left, pt(0.0, 1.0), pt(a.x, a.y), pt(1.0, 0.0)),
        (right, pt(-1.0, 0.0), pt(b.x, a.y), pt(0.0, 1.0)),
        (right, pt(0.0, -1.0), pt(b.x, b.y), pt(-1.0, 0.0)),
        (left, pt(1.0, 0.0), pt(a.x, b.y), pt(0.0, -1.0)),
    ];
    let mut segments = Vec::with_capacity(9);
    for (corner, back, at, on) in corners {
        let (size, round) = match corner {
            Corner::Round(r) => (r, true),
            Corner::Cut(c) => (c, false),
        };
        let (start, end) = (at + back * size, at + on * size);
        segments.push(if segments.is_empty() { Segment::Move(start) } else { Segment::Line(start) });
        if round && size > 0.0 {
            let (c, d) = (at + back * (size * (1.0 - ROUND)), at + on * (size * (1.0 - ROUND)));
            segments.push(Segment::Cubic(c, d, end));
        } else if size > 0.0 {
            segments.push(Segment::Line(end));
        }
    }
    segments.push(Segment::Close);
    segments
}

/// An arrow head with its point at `tip`, looking along `direction`.
pub fn arrow_head(tip: Point, direction: Point, length: f32, ink: Ink) -> Item {
    let size = direction.length().max(1e-3);
    let along = direction * (1.0 / size);
    let across = pt(-along.y, along.x);
    let back = tip - along * length;
    let half = length * 0.42;
    let segments = vec![
        Segment::Move(tip),
        Segment::Line(back + across * half),
        Segment::Line(back - across * half),
        Segment::Close,
    ];
    Item::Path { segments, fill: Some(ink), stroke: None }
}

/// A circle, filled, drawn or both.
pub fn circle(center: Point, radius: f32, fill: Option<Ink>, stroke: Option<Stroke>) -> Item {
    let rect = Rect { min: center - pt(radius, radius), max: center + pt(radius, radius) };
    Item::Rect { rect, radius, fill, stroke }
}

impl Item {
    /// The same shape moved by a vector.
    #[must_use]
    pub fn translated(&self, by: Point) -> Self {
        self.mapped(1.0, by)
    }

    /// The same shape, larger by a factor around the origin.
    #[must_use]
    pub fn scaled(&self, factor: f32) -> Self {
        self.mapped(factor, pt(0.0, 0.0))
    }

    /// The same shape in other colours.
    #[must_use]
    pub fn inked(&self, to: impl Fn(Ink) -> Ink) -> Self {
        let mut item = self.clone();
        match &mut item {
            Self::Rect { fill, stroke, .. } | Self::Path { fill, stroke, .. } => {
                *fill = fill.map(&to);
                *stroke = stroke.map(|s| Stroke { ink: to(s.ink), ..s });
            }
            Self::Text { ink, .. } => *ink = to(*ink),
        }
        item
    }

    fn mapped(&self, factor: f32, by: Point) -> Self {
        let to = |p: Point| p * factor + by;
        let line = |stroke: &Option<Stroke>| {
            stroke.map(|s| Stroke { width: s.width * factor, dash: s.dash.map(|(a, b)| (a * factor, b * factor)), ..s })
        };
        match self {
            Self::Rect { rect, radius, fill, stroke } => {
                let rect = Rect { min: to(rect.min), max: to(rect.max) };
                Self::Rect { rect, radius: radius * factor, fill: *fill, stroke: line(stroke) }
            }
            Self::Path { segments, fill, stroke } => {
                let moved = |s: &Segment| match *s {
                    Segment::Move(p) => Segment::Move(to(p)),
                    Segment::Line(p) => Segment::Line(to(p)),
                    Segment::Cubic(a, b, c) => Segment::Cubic(to(a), to(b), to(c)),
                    Segment::Close => Segment::Close,
                };
                Self::Path { segments: segments.iter().map(moved).collect(), fill: *fill, stroke: line(stroke) }
            }
            Self::Text { at, align, size, weight, ink, text, width } => Self::Text {
                at: to(*at),
                align: *align,
                size: size * factor,
                weight: *weight,
                ink: *ink,
                text: text.clone(),
                width: width * factor,
            },
        }
    }
}
