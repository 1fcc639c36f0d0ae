//! The display list on a page's surface.

use std::sync::Arc;

use krilla::color::rgb;
use krilla::geom as pdf;
use krilla::num::NormalizedF32;
use krilla::paint;
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ContentTag, Identifier};

use super::words::Words;
use crate::geom::{Point, Rect, pt};
use crate::scene::{Align, Ink, Item, Segment, Stroke, Theme, Weight};

/// How far a quarter circle's Bézier handles reach, as a share of its radius: 4/3 (√2 − 1).
const HANDLE: f32 = 0.552_284_8;
/// Coordinates beyond this many map units are left out.
const FAR: f32 = 1e7;

/// A page being painted. Points are counted from its top left corner, downwards.
pub(super) struct Canvas<'a, 'b, 'c> {
    surface: &'a mut Surface<'c>,
    words: &'a mut Words<'b>,
    theme: Theme,
    /// The point of the plane that the surface's own (0, 0) stands for at present.
    origin: Point,
}

impl<'a, 'b, 'c> Canvas<'a, 'b, 'c> {
    pub(super) fn new(surface: &'a mut Surface<'c>, words: &'a mut Words<'b>, theme: Theme) -> Self {
        Self { surface, words, theme, origin: pt(0.0, 0.0) }
    }

    /// Paints with `scale` points a unit, inside of `clip` only, with `origin` of the items' plane at `at` of the page.
    pub(super) fn placed<T>(
        &mut self,
        clip: &Rect,
        (origin, at): (Point, Point),
        scale: f32,
        paint: impl FnOnce(&mut Self) -> T,
    ) -> T {
        let mut edge = pdf::PathBuilder::new();
        if let Some(clip) = pdf::Rect::from_ltrb(clip.min.x, clip.min.y, clip.max.x, clip.max.y) {
            edge.push_rect(clip);
        }
        let edge = edge.finish();
        if let Some(edge) = &edge {
            self.surface.push_clip_path(edge, &paint::FillRule::NonZero);
        }
        self.surface.push_transform(&pdf::Transform::from_row(scale, 0.0, 0.0, scale, at.x, at.y));
        let before = std::mem::replace(&mut self.origin, origin);
        let made = paint(self);
        self.origin = before;
        self.surface.pop();
        if edge.is_some() {
            self.surface.pop();
        }
        made
    }

    /// Paints what the picture is about; the mark says so to people who cannot see it.
    pub(super) fn content(&mut self, items: &[&Item]) -> Identifier {
        let mark = self.surface.start_tagged(ContentTag::Other);
        items.iter().for_each(|item| self.item(item));
        self.surface.end_tagged();
        mark
    }

    /// Paints what tells nothing about the picture.
    pub(super) fn furniture(&mut self, items: &[Item]) {
        self.surface.start_tagged(ContentTag::Artifact(Artifact::default()));
        items.iter().for_each(|item| self.item(item));
        self.surface.end_tagged();
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Rect { rect, radius, fill, stroke } => {
                let known = rect.min.is_finite() && rect.max.is_finite() && !rect.is_nothing();
                if known && rect.union(&Rect { min: pt(0.0, 0.0), max: pt(0.0, 0.0) }).width() < FAR {
                    let outline = Outline::at(self.origin).rounded(rect, *radius);
                    self.shape(*fill, *stroke, outline);
                }
            }
            Item::Path { segments, fill, stroke } => {
                if segments.iter().all(is_near) {
                    let outline = Outline::at(self.origin).segments(segments);
                    self.shape(*fill, *stroke, outline);
                }
            }
            Item::Text { at, align, size, weight, ink, text, width } => {
                let left = match align {
                    Align::Left => at.x,
                    Align::Center => at.x - width / 2.0,
                    Align::Right => at.x - width,
                };
                let at = pt(left, at.y);
                if *size > 0.0 && at.is_finite() && size.is_finite() {
                    self.text(at, (*size, *weight), *ink, text);
                }
            }
        }
    }

    /// Fills, then strokes.
    fn shape(&mut self, fill: Option<Ink>, stroke: Option<Stroke>, outline: Option<pdf::Path>) {
        let stroke = stroke.filter(|stroke| stroke.width > 0.0 && stroke.width.is_finite());
        let Some(outline) = outline.filter(|_| fill.is_some() || stroke.is_some()) else { return };
        let opacity = |ink: Ink| self.theme.rgba(ink)[3];
        let apart = fill.zip(stroke).is_some_and(|(ink, stroke)| opacity(ink).min(opacity(stroke.ink)) < 255);
        self.surface.set_fill(fill.map(|ink| self.fill(ink)));
        self.surface.set_stroke(stroke.filter(|_| !apart).map(|stroke| self.pen(&stroke)));
        self.surface.draw_path(&outline);
        if apart {
            self.surface.set_fill(None);
            self.surface.set_stroke(stroke.map(|stroke| self.pen(&stroke)));
            self.surface.draw_path(&outline);
        }
    }

    fn fill(&self, ink: Ink) -> paint::Fill {
        let (paint, opacity) = self.color(ink);
        paint::Fill { paint, opacity, rule: paint::FillRule::NonZero }
    }

    fn pen(&self, stroke: &Stroke) -> paint::Stroke {
        let (paint, opacity) = self.color(stroke.ink);
        let dash = stroke.dash.filter(|(on, off)| *on >= 0.0 && *off > 0.01 && on.is_finite() && off.is_finite());
        paint::Stroke {
            paint,
            opacity,
            width: stroke.width.max(0.01),
            miter_limit: 4.0,
            dash: dash.map(|(on, off)| paint::StrokeDash { array: vec![on, off], offset: 0.0 }),
            ..paint::Stroke::default()
        }
    }

    fn color(&self, ink: Ink) -> (paint::Paint, NormalizedF32) {
        let [r, g, b, opacity] = self.theme.rgba(ink);
        let opacity = NormalizedF32::new(f32::from(opacity) / 255.0).unwrap_or(NormalizedF32::ONE);
        (rgb::Color::new(r, g, b).into(), opacity)
    }

    fn text(&mut self, at: Point, (size, weight): (f32, Weight), ink: Ink, text: &Arc<str>) {
        let run = self.words.run(text, weight);
        if run.pieces.is_empty() {
            return;
        }
        self.surface.set_stroke(None);
        self.surface.set_fill(Some(self.fill(ink)));
        for piece in &run.pieces {
            let start = short(at + pt(piece.x * size, 0.0) - self.origin);
            let start = pdf::Point::from_xy(start.x, start.y);
            self.surface.draw_glyphs(start, &piece.glyphs, piece.font.clone(), &run.text, size, false);
        }
    }
}

/// A place with two decimals, so that the numbers in the file are short.
fn short(p: Point) -> Point {
    let short = |v: f32| (v * 100.0).round() / 100.0;
    pt(short(p.x), short(p.y))
}

/// A path being made, around a point of the plane.
struct Outline {
    origin: Point,
    path: pdf::PathBuilder,
}

impl Outline {
    fn at(origin: Point) -> Self {
        Self { origin, path: pdf::PathBuilder::new() }
    }

    fn move_to(&mut self, p: Point) {
        let p = short(p - self.origin);
        self.path.move_to(p.x, p.y);
    }

    fn line_to(&mut self, p: Point) {
        let p = short(p - self.origin);
        self.path.line_to(p.x, p.y);
    }

    fn cubic_to(&mut self, [a, b, p]: [Point; 3]) {
        let [a, b, p] = [a, b, p].map(|p| short(p - self.origin));
        self.path.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y);
    }

    /// Clockwise from the left end of the upper side. `None` when there is nothing of it, as of all that is made here.
    fn rounded(mut self, rect: &Rect, radius: f32) -> Option<pdf::Path> {
        let (a, b) = (rect.min, rect.max);
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        if radius.is_nan() || radius <= 0.0 {
            self.move_to(a);
            [pt(b.x, a.y), b, pt(a.x, b.y)].into_iter().for_each(|p| self.line_to(p));
            self.path.close();
            return self.path.finish();
        }
        let kept = radius * (1.0 - HANDLE);
        self.move_to(pt(a.x + radius, a.y));
        // The end of each side, both handles of the corner, and its end.
        for [side, first, second, end] in [
            [pt(b.x - radius, a.y), pt(b.x - kept, a.y), pt(b.x, a.y + kept), pt(b.x, a.y + radius)],
            [pt(b.x, b.y - radius), pt(b.x, b.y - kept), pt(b.x - kept, b.y), pt(b.x - radius, b.y)],
            [pt(a.x + radius, b.y), pt(a.x + kept, b.y), pt(a.x, b.y - kept), pt(a.x, b.y - radius)],
            [pt(a.x, a.y + radius), pt(a.x, a.y + kept), pt(a.x + kept, a.y), pt(a.x + radius, a.y)],
        ] {
            self.line_to(side);
            self.cubic_to([first, second, end]);
        }
        self.path.close();
        self.path.finish()
    }

    fn segments(mut self, segments: &[Segment]) -> Option<pdf::Path> {
        let (mut first, mut open) = (None, false);
        for segment in segments {
            if let Segment::Line(p) | Segment::Cubic(_, _, p) = *segment
                && !open
            {
                // After a closed outline the next one starts where that one did; one without a start, at its first point.
                self.move_to(first.unwrap_or(p));
                (first, open) = (Some(first.unwrap_or(p)), true);
            }
            match *segment {
                Segment::Move(p) => {
                    self.move_to(p);
                    (first, open) = (Some(p), true);
                }
                Segment::Line(p) => self.line_to(p),
                Segment::Cubic(a, b, p) => self.cubic_to([a, b, p]),
                Segment::Close if open => {
                    self.path.close();
                    open = false;
                }
                Segment::Close => {}
            }
        }
        self.path.finish()
    }
}

fn is_near(segment: &Segment) -> bool {
    let near = |p: Point| p.x.abs() < FAR && p.y.abs() < FAR; // false for what is no number
    match *segment {
        Segment::Move(p) | Segment::Line(p) => near(p),
        Segment::Cubic(a, b, p) => near(a) && near(b) && near(p),
        Segment::Close => true,
    }
}
