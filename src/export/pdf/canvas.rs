//! The display list as the operators of a page.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::file::number;
use super::words::Words;
use crate::geom::{Point, Rect, pt};
use crate::scene::{Align, Ink, Item, Segment, Stroke, Theme, Weight};

/// How far a quarter circle's Bézier handles reach, as a share of its radius: 4/3 (√2 − 1).
const HANDLE: f32 = 0.552_284_8;
/// Coordinates beyond this many map units are left out: numbers in the file keep two decimals.
const FAR: f32 = 1e7;

/// Red, green and blue.
type Rgb = [u8; 3];

/// What a viewer has been told so far, so that it is not told again.
#[derive(Debug, Default)]
struct Told {
    fill: Option<Rgb>,
    line: Option<Rgb>,
    opacity: Option<u8>,
    width: Option<f32>,
    dash: Option<Option<(f32, f32)>>,
    font: Option<(u8, f32)>,
}

/// A page being painted; y grows upwards on it.
pub(super) struct Canvas<'a, 'b> {
    pub(super) out: Vec<u8>,
    words: &'a mut Words<'b>,
    theme: Theme,
    /// The point of the plane that is at (0, 0).
    origin: Point,
    told: Told,
    /// Opacities that were used.
    opacities: &'a mut BTreeSet<u8>,
}

impl<'a, 'b> Canvas<'a, 'b> {
    pub(super) fn new(words: &'a mut Words<'b>, theme: Theme, opacities: &'a mut BTreeSet<u8>) -> Self {
        Self { out: Vec::new(), words, theme, origin: pt(0.0, 0.0), told: Told::default(), opacities }
    }

    /// From here until [`Canvas::end`], items are painted `scale` points a unit, inside of `clip` only (points from the
    /// page's lower left corner), with `origin` of their plane at `at` of the page.
    pub(super) fn begin(&mut self, clip: &Rect, origin: Point, at: Point, scale: f32) {
        self.out.extend(b"q ");
        self.numbers(&[clip.min.x, clip.min.y, clip.width(), clip.height()]);
        self.out.extend(b"re W n ");
        self.out.extend(format!("{scale:.6} 0 0 {scale:.6} {:.4} {:.4} cm 4 M\n", at.x, at.y).bytes());
        (self.origin, self.told) = (origin, Told::default());
    }

    pub(super) fn end(&mut self) {
        self.out.extend(b"Q\n");
        self.told = Told::default();
    }

    pub(super) fn item(&mut self, item: &Item) {
        match item {
            Item::Rect { rect, radius, fill, stroke } => {
                let known = rect.min.is_finite() && rect.max.is_finite() && !rect.is_nothing();
                if known && rect.union(&Rect { min: pt(0.0, 0.0), max: pt(0.0, 0.0) }).width() < FAR {
                    self.shape(*fill, *stroke, |canvas| canvas.rounded(rect, *radius));
                }
            }
            Item::Path { segments, fill, stroke } => {
                if segments.iter().all(is_near) {
                    self.shape(*fill, *stroke, |canvas| canvas.segments(segments));
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
    fn shape(&mut self, fill: Option<Ink>, stroke: Option<Stroke>, outline: impl Fn(&mut Self)) {
        let stroke = stroke.filter(|stroke| stroke.width > 0.0 && stroke.width.is_finite());
        let opacity = |ink: Ink| self.theme.rgba(ink)[3];
        let together = fill.zip(stroke).is_some_and(|(ink, stroke)| opacity(ink).min(opacity(stroke.ink)) == 255);
        if let Some(ink) = fill {
            self.fill_color(ink);
            if !together {
                outline(self);
                self.out.extend(b"f\n");
            }
        }
        if let Some(stroke) = stroke {
            self.pen(&stroke);
            outline(self);
            self.out.extend(if together { &b"B\n"[..] } else { b"S\n" });
        }
    }

    fn fill_color(&mut self, ink: Ink) {
        let [r, g, b, opacity] = self.theme.rgba(ink);
        self.opacity(opacity);
        if self.told.fill.replace([r, g, b]) != Some([r, g, b]) {
            self.color([r, g, b], b"rg ");
        }
    }

    fn pen(&mut self, stroke: &Stroke) {
        let [r, g, b, opacity] = self.theme.rgba(stroke.ink);
        self.opacity(opacity);
        if self.told.line.replace([r, g, b]) != Some([r, g, b]) {
            self.color([r, g, b], b"RG ");
        }
        if self.told.width.replace(stroke.width) != Some(stroke.width) {
            self.numbers(&[stroke.width.max(0.01)]);
            self.out.extend(b"w ");
        }
        let dash = stroke.dash.filter(|(on, off)| *on >= 0.0 && *off > 0.01 && on.is_finite() && off.is_finite());
        if self.told.dash.replace(dash).unwrap_or_default() != dash {
            self.out.extend(b"[");
            if let Some((on, off)) = dash {
                self.numbers(&[on, off]);
            }
            self.out.extend(b"]0 d ");
        }
    }

    /// Both of areas and of lines.
    fn opacity(&mut self, opacity: u8) {
        if self.told.opacity.replace(opacity).unwrap_or(255) != opacity {
            self.opacities.insert(opacity);
            self.out.extend(format!("/A{opacity} gs ").bytes());
        }
    }

    fn color(&mut self, color: Rgb, operator: &[u8]) {
        for value in color {
            let thousandths = (u32::from(value) * 1000 + 127) / 255;
            let text = if thousandths == 1000 { "1 ".into() } else { format!(".{thousandths:03} ") };
            self.out.extend(text.bytes());
        }
        self.out.extend(operator);
    }

    fn numbers(&mut self, values: &[f32]) {
        values.iter().for_each(|value| number(&mut self.out, *value));
    }

    fn point(&mut self, p: Point) {
        self.numbers(&[p.x - self.origin.x, self.origin.y - p.y]);
    }

    fn rounded(&mut self, rect: &Rect, radius: f32) {
        let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0);
        if radius.is_nan() || radius <= 0.0 {
            self.point(pt(rect.min.x, rect.max.y));
            self.numbers(&[rect.width(), rect.height()]);
            return self.out.extend(b"re ");
        }
        let (a, b, kept) = (rect.min, rect.max, radius * (1.0 - HANDLE));
        self.point(pt(a.x + radius, a.y));
        self.out.extend(b"m ");
        // Clockwise: the end of each side, both handles of the corner, and its end.
        let corner = |x: f32, y: f32| pt(x, y);
        for [side, first, second, end] in [
            [corner(b.x - radius, a.y), corner(b.x - kept, a.y), corner(b.x, a.y + kept), corner(b.x, a.y + radius)],
            [corner(b.x, b.y - radius), corner(b.x, b.y - kept), corner(b.x - kept, b.y), corner(b.x - radius, b.y)],
            [corner(a.x + radius, b.y), corner(a.x + kept, b.y), corner(a.x, b.y - kept), corner(a.x, b.y - radius)],
            [corner(a.x, a.y + radius), corner(a.x, a.y + kept), corner(a.x + kept, a.y), corner(a.x + radius, a.y)],
        ] {
            self.point(side);
            self.out.extend(b"l ");
            [first, second, end].into_iter().for_each(|p| self.point(p));
            self.out.extend(b"c ");
        }
        self.out.extend(b"h ");
    }

    fn segments(&mut self, segments: &[Segment]) {
        let (mut first, mut open) = (None, false);
        for segment in segments {
            if let Segment::Line(p) | Segment::Cubic(_, _, p) = *segment
                && !open
            {
                // After a closed outline the next one starts where that one did; one without a start, at its first point.
                self.point(first.unwrap_or(p));
                self.out.extend(b"m ");
                (first, open) = (Some(first.unwrap_or(p)), true);
            }
            match *segment {
                Segment::Move(p) => {
                    self.point(p);
                    self.out.extend(b"m ");
                    (first, open) = (Some(p), true);
                }
                Segment::Line(p) => {
                    self.point(p);
                    self.out.extend(b"l ");
                }
                Segment::Cubic(a, b, p) => {
                    [a, b, p].into_iter().for_each(|p| self.point(p));
                    self.out.extend(b"c ");
                }
                Segment::Close if open => {
                    self.out.extend(b"h ");
                    open = false;
                }
                Segment::Close => {}
            }
        }
    }

    fn text(&mut self, at: Point, (size, weight): (f32, Weight), ink: Ink, text: &Arc<str>) {
        let pieces = self.words.pieces(text, weight);
        if pieces.is_empty() {
            return;
        }
        self.fill_color(ink);
        self.out.extend(b"BT ");
        let mut from = self.origin;
        for piece in pieces.iter() {
            let font = (piece.face.0, size);
            if self.told.font.replace(font) != Some(font) {
                self.out.extend(format!("/F{} ", piece.face.0).bytes());
                self.numbers(&[size]);
                self.out.extend(b"Tf ");
            }
            let to = at + pt(piece.at.x, -piece.at.y) * size;
            self.numbers(&[to.x - from.x, from.y - to.y]);
            self.out.extend(b"Td ");
            self.out.extend(&piece.show);
            from = to;
        }
        self.out.extend(b"ET\n");
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
