//! Rectangles and paths into one tile of the picture.

use tiny_skia::{FillRule, Paint, Path, PathBuilder, PixmapMut, StrokeDash, Transform};

use super::rounded::{self, Rounded};
use super::thin;
use super::view::{View, snap};
use crate::geom::{Point, Rect, pt};
use crate::scene::theme::Rgba;
use crate::scene::{Segment, Stroke, Theme};

/// Sides shorter than this, in pixels, stay where they are: moving them onto whole pixels would change them too much.
const SMALL: f32 = 4.0;
/// Lines wider than this, in pixels, look the same on and off the pixel grid.
const WIDE: f32 = 3.5;
/// Dashes shorter than this, in pixels, cannot be told apart: a paler line looks the same.
const SHORT: f32 = 0.6;
/// How far a quarter circle's Bézier handles reach, as a share of its radius: 4/3 (√2 − 1).
const HANDLE: f32 = 0.552_284_8;

/// One tile of the picture.
pub(super) struct Tile<'a> {
    /// The whole picture's mapping.
    pub(super) view: &'a View,
    /// Colours.
    pub(super) theme: Theme,
    /// The tile's top left corner in pixels of the picture; whole numbers.
    pub(super) corner: Point,
    /// What is painted on.
    pub(super) pixels: PixmapMut<'a>,
}

fn paint(color: Rgba, opacity: f32) -> Paint<'static> {
    let [r, g, b, a] = color;
    let mut paint = Paint::default();
    paint.set_color_rgba8(r, g, b, (f32::from(a) * opacity).round() as u8);
    paint
}

impl Tile<'_> {
    /// A rectangle with rounded corners, filled and bordered. Its edges go onto whole pixels, so that they are sharp
    /// at every scale, unless it is tiny.
    pub(super) fn rect(&mut self, rect: Rect, radius: f32, fill: Option<Rgba>, stroke: Option<(Rgba, Stroke)>) {
        let width = stroke.map_or(0.0, |(_, s)| (s.width * self.view.scale).max(0.0));
        let at = self.place_rect(rect, width);
        let radius = (radius * self.view.scale).clamp(0.0, (at.width().min(at.height()) / 2.0).max(0.0));
        if let Some(fill) = fill {
            self.fill_rounded(at, radius, fill);
        }
        match stroke {
            Some((color, stroke)) if stroke.dash.is_some() => {
                let mut outline = PathBuilder::new();
                add_rounded(&mut outline, &at, radius);
                self.stroke(outline.finish(), color, &stroke);
            }
            Some((color, _)) if width > 0.0 => {
                let sharp = if radius > 0.0 { radius + width / 2.0 } else { 0.0 };
                let outer = Rounded { rect: at.expand(width / 2.0), radius: sharp };
                rounded::fill(&mut self.pixels, &outer, outer.inside(width).as_ref(), color);
            }
            _ => {}
        }
    }

    /// A rectangle in pixels of the tile, the middle of its border on its edge.
    fn place_rect(&self, rect: Rect, width: f32) -> Rect {
        let (min, max) = (self.view.place(rect.min), self.view.place(rect.max));
        let half = width / 2.0;
        let axis = |from: f32, to: f32, corner: f32| {
            if to - from < SMALL {
                (from - corner, to - corner)
            } else {
                // The outer edges of the border are what is put onto the grid.
                (snap(from - half) + half - corner, snap(to + half) - half - corner)
            }
        };
        let ((x0, x1), (y0, y1)) = (axis(min.x, max.x, self.corner.x), axis(min.y, max.y, self.corner.y));
        Rect { min: pt(x0, y0), max: pt(x1, y1) }
    }

    /// Fills a rectangle given in pixels of the tile.
    pub(super) fn fill_rounded(&mut self, rect: Rect, radius: f32, color: Rgba) {
        rounded::fill(&mut self.pixels, &Rounded { rect, radius }, None, color);
    }

    /// Lines and curves, filled and stroked.
    pub(super) fn path(&mut self, segments: &[Segment], fill: Option<Rgba>, stroke: Option<(Rgba, Stroke)>) {
        let width = stroke.map_or(0.0, |(_, s)| s.width * self.view.scale);
        let gridded = fill.is_none() && width <= WIDE && is_upright(segments);
        let half = width.max(1.0) / 2.0; // a line thinner than a pixel is painted as a paler one of a pixel
        let place = |p: Point| {
            let p = self.view.place(p);
            (if gridded { pt(snap(p.x - half) + half, snap(p.y - half) + half) } else { p }) - self.corner
        };
        let path = build(segments, place);
        if let Some(fill) = fill {
            self.fill(path.as_ref(), fill, FillRule::Winding);
        }
        if let Some((color, stroke)) = stroke {
            self.stroke(path, color, &stroke);
        }
    }

    /// Fills a path given in pixels of the tile.
    pub(super) fn fill(&mut self, path: Option<&Path>, color: Rgba, rule: FillRule) {
        // A path without an area has nothing inside.
        if let Some(path) = path.filter(|p| p.bounds().width() > 1e-3 && p.bounds().height() > 1e-3) {
            self.pixels.fill_path(path, &paint(color, 1.0), rule, Transform::identity(), None);
        }
    }

    fn stroke(&mut self, path: Option<Path>, color: Rgba, stroke: &Stroke) {
        let (Some(path), scale) = (path, self.view.scale) else { return };
        let width = stroke.width * scale;
        if !(width > 0.0 && width.is_finite()) {
            return;
        }
        let (mut opacity, mut dash) = (1.0, None);
        if let Some((on, off)) = stroke.dash.filter(|(on, off)| *on >= 0.0 && *off > 0.0) {
            dash = StrokeDash::new(vec![on * scale, off * scale], 0.0).filter(|_| on.min(off) * scale >= SHORT);
            opacity = if dash.is_some() { 1.0 } else { on / (on + off) };
        }
        if width < 1.0 {
            let [r, g, b, a] = color;
            let dashed = dash.and_then(|dash| path.dash(&dash, 1.0));
            let color = [r, g, b, (f32::from(a) * opacity).round() as u8];
            return thin::stroke(&mut self.pixels, dashed.as_ref().unwrap_or(&path), width, color);
        }
        let stroke = tiny_skia::Stroke { width, dash, ..tiny_skia::Stroke::default() };
        self.pixels.stroke_path(&path, &paint(color, opacity), &stroke, Transform::identity(), None);
    }
}

/// True when there are straight lines and all of them run along the axes.
fn is_upright(segments: &[Segment]) -> bool {
    let (mut straight, mut first, mut last) = (0, pt(0.0, 0.0), pt(0.0, 0.0));
    let along_axis = |a: Point, b: Point| (a.x - b.x).abs() < 1e-3 || (a.y - b.y).abs() < 1e-3;
    for segment in segments {
        let to = match *segment {
            Segment::Move(p) => {
                (first, last) = (p, p);
                continue;
            }
            Segment::Cubic(_, _, p) => {
                last = p;
                continue;
            }
            Segment::Line(p) => p,
            Segment::Close => first,
        };
        if !along_axis(last, to) {
            return false;
        }
        (straight, last) = (straight + 1, to);
    }
    straight > 0
}

fn build(segments: &[Segment], place: impl Fn(Point) -> Point) -> Option<Path> {
    let mut path = PathBuilder::with_capacity(segments.len(), segments.len() * 2);
    for segment in segments {
        match *segment {
            Segment::Move(p) => {
                let p = place(p);
                path.move_to(p.x, p.y);
            }
            Segment::Line(p) => {
                let p = place(p);
                path.line_to(p.x, p.y);
            }
            Segment::Cubic(a, b, p) => {
                let (a, b, p) = (place(a), place(b), place(p));
                path.cubic_to(a.x, a.y, b.x, b.y, p.x, p.y);
            }
            Segment::Close => path.close(),
        }
    }
    path.finish()
}

/// Adds the outline of a rectangle with rounded corners.
fn add_rounded(path: &mut PathBuilder, rect: &Rect, radius: f32) {
    let (Rect { min: a, max: b }, r) = (*rect, radius.min(rect.width() / 2.0).min(rect.height() / 2.0));
    let h = r * (1.0 - HANDLE);
    path.move_to(a.x + r, a.y);
    path.line_to(b.x - r, a.y);
    path.cubic_to(b.x - h, a.y, b.x, a.y + h, b.x, a.y + r);
    path.line_to(b.x, b.y - r);
    path.cubic_to(b.x, b.y - h, b.x - h, b.y, b.x - r, b.y);
    path.line_to(a.x + r, b.y);
    path.cubic_to(a.x + h, b.y, a.x, b.y - h, a.x, b.y - r);
    path.line_to(a.x, a.y + r);
    path.cubic_to(a.x, a.y + h, a.x + h, a.y, a.x + r, a.y);
    path.close();
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;
    use crate::scene::{Ink, Scene};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(3000))]
        #[test]
        fn far_away_points_do_no_harm(
            points in prop::collection::vec((-1.0f32..1.0, -1.0f32..1.0), 4), e in 1.0f32..6.0, width in 0.5f32..9.0,
        ) {
            let far = 10f32.powf(e);
            let p: Vec<Point> = points.iter().map(|(x, y)| pt(x * far, y * far)).collect();
            let scene = Scene { bounds: Some(Rect::from_min_size(pt(0.0, 0.0), Size { w: 64.0, h: 64.0 })), ..Scene::default() };
            let view = View::new(&scene, 1.0).expect("a view");
            let mut bytes = vec![0; 64 * 64 * 4];
            let pixels = PixmapMut::from_bytes(&mut bytes, 64, 64).expect("a pixmap");
            let mut tile = Tile { view: &view, theme: Theme::Light, corner: pt(0.0, 0.0), pixels };
            let color = [0, 0, 0, 255];
            let stroke = Some((color, Stroke::solid(Ink::Line, width)));
            tile.path(&[Segment::Move(p[0]), Segment::Cubic(p[1], p[2], p[3])], Some(color), stroke);
            tile.path(&[Segment::Move(p[0]), Segment::Line(p[1]), Segment::Line(p[2])], Some(color), stroke);
        }
    }
}
