//! Lines thinner than a pixel, painted as paler ones of a pixel: what a large map is full of when seen as a whole.

use tiny_skia::{Path, PathSegment, PixmapMut};

use super::rounded::lay;
use crate::geom::{Point, pt};
use crate::scene::theme::Rgba;

/// How far a chord may be from its curve, in pixels.
const FLAT: f32 = 0.1;
/// Most chords of one curve.
const MOST_CHORDS: f32 = 512.0;

/// Strokes a path given in pixels with a line of `width` pixels, at most 1.
pub(super) fn stroke(pixels: &mut PixmapMut<'_>, path: &Path, width: f32, color: Rgba) {
    let size = pt(pixels.width() as f32, pixels.height() as f32);
    let mut pen = Pen { pixels, size, width, color, at: pt(0.0, 0.0) };
    let mut first = pen.at;
    let point = |p: tiny_skia::Point| pt(p.x, p.y);
    for segment in path.segments() {
        match segment {
            PathSegment::MoveTo(p) => (first, pen.at) = (point(p), point(p)),
            PathSegment::LineTo(p) => pen.line(point(p)),
            PathSegment::QuadTo(a, p) => {
                let (from, a, p) = (pen.at, point(a), point(p));
                pen.cubic(from.lerp(a, 2.0 / 3.0), p.lerp(a, 2.0 / 3.0), p);
            }
            PathSegment::CubicTo(a, b, p) => pen.cubic(point(a), point(b), point(p)),
            PathSegment::Close => pen.line(first),
        }
    }
}

struct Pen<'a, 'b> {
    pixels: &'a mut PixmapMut<'b>,
    size: Point,
    width: f32,
    color: Rgba,
    at: Point,
}

impl Pen<'_, '_> {
    fn cubic(&mut self, a: Point, b: Point, to: Point) {
        let from = self.at;
        // The second differences bound how far the chords are from the curve: 3/4 of them over the square of their number.
        let bend = (from - a * 2.0 + b).length().max((a - b * 2.0 + to).length());
        let chords = (0.75 * bend / FLAT).sqrt().ceil().clamp(1.0, MOST_CHORDS);
        for i in 1..=chords as u32 {
            let t = i as f32 / chords;
            let (ab, bc, cd) = (from.lerp(a, t), a.lerp(b, t), b.lerp(to, t));
            self.line(ab.lerp(bc, t).lerp(bc.lerp(cd, t), t));
        }
    }

    fn line(&mut self, to: Point) {
        let from = std::mem::replace(&mut self.at, to);
        let beyond = |a: f32, b: f32, end: f32| a.max(b) < -1.0 || a.min(b) > end + 1.0;
        if beyond(from.x, to.x, self.size.x) || beyond(from.y, to.y, self.size.y) {
            return;
        }
        let by = to - from;
        if by.x.abs() >= by.y.abs() {
            self.steps((from, to), self.size.x, |x, y| (x, y));
        } else {
            let turned = |p: Point| pt(p.y, p.x);
            self.steps((turned(from), turned(to)), self.size.y, |x, y| (y, x));
        }
    }

    /// Walks along x, where the line is longer than along y, and shares each step's ink between two pixels across.
    fn steps(&mut self, (a, b): (Point, Point), end: f32, turn: impl Fn(i32, i32) -> (i32, i32)) {
        let (a, b) = if a.x <= b.x { (a, b) } else { (b, a) };
        let slope = (b.y - a.y) / (b.x - a.x);
        let length = b.x - a.x;
        if !(length > 0.0 && slope.is_finite()) {
            return;
        }
        // Straight up, a slanted line is thicker than across.
        let ink = (self.width * slope.mul_add(slope, 1.0).sqrt()).min(1.0) * 255.0;
        for x in a.x.floor().max(0.0) as i32..b.x.ceil().min(end) as i32 {
            let (from, to) = (a.x.max(x as f32), b.x.min(x as f32 + 1.0));
            let y = slope.mul_add(f32::midpoint(from, to) - a.x, a.y) - 0.5;
            let (row, down) = (y.floor(), y - y.floor());
            let ink = ink * (to - from);
            self.ink(turn(x, row as i32), ink * (1.0 - down));
            self.ink(turn(x, row as i32 + 1), ink * down);
        }
    }

    fn ink(&mut self, (x, y): (i32, i32), cover: f32) {
        let (wide, high) = (self.pixels.width(), self.pixels.height());
        let (Ok(x), Ok(y)) = (u32::try_from(x), u32::try_from(y)) else { return };
        if x < wide && y < high {
            let data = self.pixels.data_mut().as_chunks_mut::<4>().0;
            lay(std::slice::from_mut(&mut data[(y * wide + x) as usize]), self.color, (cover + 0.5) as u16);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use tiny_skia::PathBuilder;

    /// All the ink of a path on 64 × 64 pixels, in pixels.
    fn ink(width: f32, draw: impl Fn(&mut PathBuilder)) -> f32 {
        let mut bytes = vec![0; 64 * 64 * 4];
        let mut pixels = PixmapMut::from_bytes(&mut bytes, 64, 64).expect("a pixmap");
        let mut path = PathBuilder::new();
        draw(&mut path);
        stroke(&mut pixels, &path.finish().expect("a path"), width, [255; 4]);
        bytes.iter().step_by(4).map(|v| f32::from(*v)).sum::<f32>() / 255.0
    }

    proptest! {
        #[test]
        fn ink_is_length_times_width(
            x in 5.0f32..59.0, y in 5.0f32..59.0, to_x in 5.0f32..59.0, to_y in 5.0f32..59.0, width in 0.2f32..0.7,
        ) {
            let length = (to_x - x).hypot(to_y - y);
            let found = ink(width, |path| { path.move_to(x, y); path.line_to(to_x, to_y); });
            prop_assert!((found - length * width).abs() < 0.5 + 0.03 * length, "{found} for {length} × {width}");
        }

        #[test]
        fn whatever_comes_nothing_breaks(points in prop::collection::vec((-1e6f32..1e6, -1e6f32..1e6), 4)) {
            let [a, b, c, d] = [points[0], points[1], points[2], points[3]];
            let found = ink(0.5, |path| { path.move_to(a.0, a.1); path.cubic_to(b.0, b.1, c.0, c.1, d.0, d.1); path.close(); });
            prop_assert!(found.is_finite());
        }
    }

    #[test]
    fn a_level_line_on_the_grid_is_one_row() {
        let mut bytes = vec![0; 8 * 8 * 4];
        let mut pixels = PixmapMut::from_bytes(&mut bytes, 8, 8).expect("a pixmap");
        let mut path = PathBuilder::new();
        path.move_to(1.0, 3.5);
        path.line_to(6.0, 3.5);
        stroke(&mut pixels, &path.finish().expect("a path"), 0.4, [255; 4]);
        let inked: Vec<usize> = (0..64).filter(|i| bytes[i * 4] > 0).collect();
        assert_eq!(inked, [25, 26, 27, 28, 29]);
        assert!(inked.iter().all(|i| bytes[i * 4] == 102), "40 % of 255");
    }
}
