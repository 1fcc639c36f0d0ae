//! Scene items as egui shapes, at any zoom.

use egui::epaint::{CubicBezierShape, PathShape, PathStroke, RectShape};
use egui::{Color32, CornerRadius, FontFamily, FontId, Pos2, Shape, StrokeKind};

use super::camera::Camera;
use crate::geom::{Path, Point};
use crate::scene::{Align, Ink, Item, Segment, Stroke, Theme, Weight};

/// Texts smaller than this many screen points are left out.
pub const LEAST_TEXT: f32 = 4.0;

/// Paints items for one canvas, camera and theme.
pub struct Brush<'a> {
    /// Lays text out.
    pub ctx: &'a egui::Context,
    /// The canvas's rectangle on the screen.
    pub canvas: egui::Rect,
    /// What it looks at.
    pub camera: Camera,
    /// Light or dark.
    pub theme: Theme,
}

/// The egui colour of an ink.
pub fn color(theme: Theme, ink: Ink) -> Color32 {
    let [r, g, b, a] = theme.rgba(ink);
    Color32::from_rgba_unmultiplied(r, g, b, a)
}

/// The font family of a weight.
pub fn family(weight: Weight) -> FontFamily {
    match weight {
        Weight::Regular => FontFamily::Proportional,
        Weight::SemiBold => FontFamily::Name("semibold".into()),
    }
}

impl Brush<'_> {
    /// The egui colour of an ink.
    pub fn color(&self, ink: Ink) -> Color32 {
        color(self.theme, ink)
    }

    /// A map point on the screen.
    pub fn at(&self, p: Point) -> Pos2 {
        self.camera.to_screen(self.canvas, p)
    }

    /// Adds the shapes of an item, moved by `by` map units.
    pub fn item(&self, item: &Item, by: Point, out: &mut Vec<Shape>) {
        match item {
            Item::Rect { rect, radius, fill, stroke } => {
                let area = self.camera.rect_to_screen(self.canvas, &rect.translate(by));
                let corner = CornerRadius::same((radius * self.camera.zoom).round().clamp(0.0, 255.0) as u8);
                let fill = fill.map_or(Color32::TRANSPARENT, |ink| self.color(ink));
                let line = stroke.map_or(egui::Stroke::NONE, |s| self.stroke(s));
                out.push(RectShape::new(area, corner, fill, line, StrokeKind::Middle).into());
            }
            Item::Path { segments, fill, stroke } => self.path(segments, *fill, *stroke, by, out),
            Item::Text { at, align, size, weight, ink, text, width } => {
                if size * self.camera.zoom >= LEAST_TEXT {
                    let left = match align {
                        Align::Left => 0.0,
                        Align::Center => width / 2.0,
                        Align::Right => *width,
                    };
                    let start = self.at(*at + by) - egui::vec2(left * self.camera.zoom, 0.0);
                    out.push(self.text(text, start, size * self.camera.zoom, *weight, self.color(*ink)));
                }
            }
        }
    }

    /// One line of text whose baseline starts at `start` on the screen.
    pub fn text(&self, text: &str, start: Pos2, size: f32, weight: Weight, color: Color32) -> Shape {
        let font = FontId::new(size, family(weight));
        let galley = self.ctx.fonts_mut(|fonts| fonts.layout_no_wrap(text.to_owned(), font, color));
        let baseline = galley.rows.first().and_then(|row| Some(row.pos.y + row.glyphs.first()?.pos.y));
        Shape::galley(start - egui::vec2(0.0, baseline.unwrap_or(size)), galley, color)
    }

    fn stroke(&self, stroke: Stroke) -> egui::Stroke {
        // Never thinner than a pixel, or lines flicker when zoomed out.
        let least = 1.0 / self.ctx.pixels_per_point();
        egui::Stroke::new((stroke.width * self.camera.zoom).max(least), self.color(stroke.ink))
    }

    fn path(&self, segments: &[Segment], fill: Option<Ink>, stroke: Option<Stroke>, by: Point, out: &mut Vec<Shape>) {
        let line = stroke.map(|s| (self.stroke(s), s.dash));
        // An open curve is drawn as one; egui chooses how finely.
        if let ([Segment::Move(a), Segment::Cubic(b, c, d)], None, Some((line, None))) = (segments, fill, line) {
            let points = [*a, *b, *c, *d].map(|p| self.at(p + by));
            out.push(CubicBezierShape::from_points_stroke(points, false, Color32::TRANSPARENT, line).into());
            return;
        }
        for (points, closed) in self.flatten(segments, by) {
            if let (Some(ink), true) = (fill, points.len() > 2) {
                out.push(Shape::convex_polygon(points.clone(), self.color(ink), egui::Stroke::NONE));
            }
            match line {
                Some((line, Some((dash, gap)))) => {
                    let (dash, gap) = ((dash * self.camera.zoom).max(1.5), (gap * self.camera.zoom).max(1.5));
                    out.extend(Shape::dashed_line(&points, line, dash, gap));
                }
                Some((line, None)) => {
                    let shape =
                        PathShape { points, closed, fill: Color32::TRANSPARENT, stroke: PathStroke::from(line) };
                    out.push(shape.into());
                }
                None => {}
            }
        }
    }

    /// The outlines as points on the screen, each with whether it is closed.
    fn flatten(&self, segments: &[Segment], by: Point) -> Vec<(Vec<Pos2>, bool)> {
        let (mut outlines, mut points, mut last) = (Vec::new(), Vec::new(), Point::default());
        for segment in segments {
            match *segment {
                Segment::Move(p) => {
                    if !points.is_empty() {
                        outlines.push((std::mem::take(&mut points), false));
                    }
                    points.push(self.at(p + by));
                    last = p;
                }
                Segment::Line(p) => {
                    points.push(self.at(p + by));
                    last = p;
                }
                Segment::Cubic(b, c, d) => {
                    let curve = Path::cubic(last, b, c, d);
                    let length = (last.distance(b) + b.distance(c) + c.distance(d)) * self.camera.zoom;
                    let pieces = (length / 3.0).clamp(3.0, 64.0) as usize;
                    points.extend(curve.points(pieces).skip(1).map(|p| self.at(p + by)));
                    last = d;
                }
                Segment::Close => outlines.push((std::mem::take(&mut points), true)),
            }
        }
        if !points.is_empty() {
            outlines.push((points, false));
        }
        outlines
    }
}
