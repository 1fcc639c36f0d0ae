//! Rectangles with rounded corners, painted pixel by pixel from their exact coverage: they are most of a picture, and
//! a general rasteriser takes ten times as long for them and knows fewer shades.

use tiny_skia::PixmapMut;

use super::div255;
use crate::geom::Rect;
use crate::scene::theme::Rgba;

/// A rectangle with rounded corners, in pixels.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rounded {
    /// Its edges.
    pub(super) rect: Rect,
    /// Corner radius.
    pub(super) radius: f32,
}

/// How much of the pixel from `p` to `p + 1` lies between two numbers.
fn overlap(p: f32, from: f32, to: f32) -> f32 {
    (to.min(p + 1.0) - from.max(p)).clamp(0.0, 1.0)
}

impl Rounded {
    /// How much of the pixel with this top left corner is inside, 0 to 1.
    fn cover(&self, x: f32, y: f32) -> f32 {
        let Rect { min, max } = self.rect;
        let straight = overlap(x, min.x, max.x) * overlap(y, min.y, max.y);
        let r = self.radius;
        // How far the pixel's middle lies beyond the middle of the nearest corner's circle.
        let beyond = |p: f32, from: f32, to: f32| (from + r - p - 0.5).max(p + 0.5 - to + r);
        let (dx, dy) = (beyond(x, min.x, max.x), beyond(y, min.y, max.y));
        if r <= 0.0 || dx <= 0.0 || dy <= 0.0 {
            return straight;
        }
        // The circle's edge is nearly straight within a pixel.
        straight.min((r + 0.5 - (dx * dx + dy * dy).sqrt()).clamp(0.0, 1.0))
    }

    /// The same, smaller by `by` on every side; `None` when nothing is left.
    pub(super) fn inside(&self, by: f32) -> Option<Self> {
        let rect = self.rect.expand(-by);
        (!rect.is_nothing()).then(|| Self { rect, radius: (self.radius - by).max(0.0) })
    }
}

/// Lays a colour over what is inside of `outer` but not of `inner`.
pub(super) fn fill(pixels: &mut PixmapMut<'_>, outer: &Rounded, inner: Option<&Rounded>, color: Rgba) {
    let cover = |x: i32, y: i32| {
        let (x, y) = (x as f32, y as f32);
        let hole = inner.map_or(0.0, |inner| inner.cover(x, y));
        ((outer.cover(x, y) - hole).max(0.0) * 255.0 + 0.5) as u16
    };
    let (wide, high) = (pixels.width().cast_signed(), pixels.height().cast_signed());
    let Rect { min, max } = outer.rect;
    let (left, right) = ((min.x.floor() as i32).max(0), (max.x.ceil() as i32).min(wide));
    let (top, bottom) = ((min.y.floor() as i32).max(0), (max.y.ceil() as i32).min(high));
    if left >= right || top >= bottom {
        return;
    }
    // Columns that all have the cover of their row: those past the corners, or past the sides where there are none.
    let side = inner.map_or(0.0, |inner| inner.rect.min.x - min.x);
    let corner = side.max(outer.radius).max(side + inner.map_or(0.0, |inner| inner.radius));
    let straight = (min.y + corner).ceil() as i32..(max.y - corner).floor() as i32;
    let mut line = Line { data: pixels.data_mut().as_chunks_mut().0, wide: wide as usize, color };
    for y in top..bottom {
        let edge = if straight.contains(&y) { side } else { corner };
        let from = ((min.x + edge).ceil() as i32).clamp(left, right);
        let to = ((max.x - edge).floor() as i32).clamp(from, right);
        for x in (left..from).chain(to..right) {
            line.span(x, x + 1, y, cover(x, y));
        }
        if from < to {
            line.span(from, to, y, cover(from, y));
        }
    }
}

/// Rows of premultiplied pixels, and the colour that goes onto them.
struct Line<'a> {
    data: &'a mut [[u8; 4]],
    wide: usize,
    color: Rgba,
}

impl Line<'_> {
    fn span(&mut self, from: i32, to: i32, y: i32, cover: u16) {
        let first = y as usize * self.wide;
        if cover > 0 {
            lay(&mut self.data[first + from as usize..first + to as usize], self.color, cover);
        }
    }
}

/// Lays a colour over premultiplied pixels, `cover` of 255 of it.
pub(super) fn lay(pixels: &mut [[u8; 4]], color: Rgba, cover: u16) {
    let alpha = div255(u16::from(color[3]) * cover);
    let [r, g, b, _] = color;
    if alpha == 255 {
        pixels.fill([r, g, b, 255]);
    } else if alpha > 0 {
        let new = [r, g, b, 255].map(|v| u16::from(v) * alpha);
        for pixel in pixels {
            for (old, new) in pixel.iter_mut().zip(new) {
                *old = div255(new + u16::from(*old) * (255 - alpha)) as u8;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;
    use proptest::prelude::*;

    fn paint(outer: Rounded, inner: Option<Rounded>) -> Vec<u8> {
        let mut bytes = vec![0; 24 * 24 * 4];
        let mut pixels = PixmapMut::from_bytes(&mut bytes, 24, 24).expect("a pixmap");
        fill(&mut pixels, &outer, inner.as_ref(), [255, 255, 255, 255]);
        bytes.into_iter().step_by(4).collect()
    }

    /// Cover by looking at 16 × 16 points of each pixel.
    fn slow(outer: Rounded, inner: Option<Rounded>) -> Vec<f32> {
        let inside = |shape: &Rounded, x: f32, y: f32| {
            let Rect { min, max } = shape.rect;
            let r = shape.radius;
            let (dx, dy) = ((min.x + r - x).max(x - max.x + r), (min.y + r - y).max(y - max.y + r));
            shape.rect.contains(pt(x, y)) && (dx <= 0.0 || dy <= 0.0 || dx.hypot(dy) <= r)
        };
        let mut cover = Vec::new();
        for pixel in 0..24 * 24 {
            let points = (0..256).filter(|i| {
                let x = (pixel % 24) as f32 + ((i % 16) as f32 + 0.5) / 16.0;
                let y = (pixel / 24) as f32 + ((i / 16) as f32 + 0.5) / 16.0;
                inside(&outer, x, y) && !inner.is_some_and(|inner| inside(&inner, x, y))
            });
            cover.push(points.count() as f32 / 256.0 * 255.0);
        }
        cover
    }

    proptest! {
        #[test]
        fn cover_is_what_many_points_say(
            x in -8.0f32..20.0, y in -8.0f32..20.0, w in 2.0f32..40.0, h in 2.0f32..40.0,
            radius in 0.0f32..9.0, border in 0.0f32..4.0, ring in any::<bool>(),
        ) {
            let radius = radius.min(w / 2.0).min(h / 2.0);
            let outer = Rounded { rect: Rect { min: pt(x, y), max: pt(x + w, y + h) }, radius };
            let inner = outer.inside(border).filter(|_| ring);
            for (i, (fast, slow)) in paint(outer, inner).iter().zip(slow(outer, inner)).enumerate() {
                // Small circles are not quite straight within a pixel.
                prop_assert!((f32::from(*fast) - slow).abs() < 45.0, "({}, {}): {fast} not {slow}", i % 24, i / 24);
            }
        }
    }

    #[test]
    fn whole_pixels_are_exact() {
        let rect = Rect { min: pt(3.0, 4.0), max: pt(20.0, 10.0) };
        let outer = Rounded { rect, radius: 0.0 };
        for (i, cover) in paint(outer, outer.inside(1.0)).iter().enumerate() {
            let (x, y) = (i % 24, i / 24);
            let within = (3..20).contains(&x) && (4..10).contains(&y);
            let hole = (4..19).contains(&x) && (5..9).contains(&y);
            assert_eq!(*cover, if within && !hole { 255 } else { 0 }, "({x}, {y})");
        }
    }
}
