//! From map units to pixels, and where an item may leave ink.

use super::{MOST_PIXELS, MOST_SIDE, PngError};
use crate::geom::{Point, Rect, pt};
use crate::scene::{Item, Scene, Segment, Stroke};

/// Items that reach further than this from the picture's corner, in pixels, are left out: the rasteriser's numbers end
/// somewhere, and no map needs them.
const FAR: f32 = 250_000.0;
/// What a size in pixels may be off by before it counts as another pixel: rounding of `width * (pixels / width)`.
const ROUNDING: f64 = 0.01;

/// A whole picture: how the plane is mapped to it.
#[derive(Debug, Clone, Copy)]
pub(super) struct View {
    /// Map units at the picture's top left corner.
    origin: Point,
    /// Pixels per map unit.
    pub(super) scale: f32,
    /// Pixels from left to right.
    pub(super) width: u32,
    /// Pixels from top to bottom.
    pub(super) height: u32,
}

/// Pixels of a picture of the scene, rounded up; (0, 0) when there is nothing to show.
pub(super) fn pixels(scene: &Scene, scale: f32) -> (u32, u32) {
    let one = |units: f32| {
        let pixels = (f64::from(units) * f64::from(scale) - ROUNDING).ceil();
        if pixels.is_nan() { 0 } else { (pixels as u32).max(1) } // `as` stops at the largest number
    };
    match scene.bounds {
        Some(bounds) if !bounds.is_nothing() && scale > 0.0 => (one(bounds.width()), one(bounds.height())),
        _ => (0, 0),
    }
}

impl View {
    /// Refuses pictures that would not fit, before anything is allocated.
    pub(super) fn new(scene: &Scene, scale: f32) -> Result<Self, PngError> {
        let bounds = scene.bounds.filter(|b| !b.is_nothing() && b.min.is_finite() && b.max.is_finite());
        let bounds = bounds.ok_or(PngError::Empty)?;
        if !(scale.is_finite() && scale > 0.0) {
            return Err(PngError::Scale(scale));
        }
        let (width, height) = pixels(scene, scale);
        if !fits(width, height) {
            return Err(PngError::TooLarge { width, height, widest: widest(&bounds) });
        }
        Ok(Self { origin: bounds.min, scale, width, height })
    }

    /// A place in pixels from the picture's top left corner.
    pub(super) fn place(&self, p: Point) -> Point {
        (p - self.origin) * self.scale
    }

    /// Where an item may leave ink, in pixels; `None` when nowhere in the picture.
    pub(super) fn reach(&self, item: &Item) -> Option<Rect> {
        let half = |stroke: &Option<Stroke>| stroke.map_or(0.0, |s| s.width / 2.0);
        let units = match item {
            Item::Rect { rect, stroke, .. } => rect.expand(half(stroke)),
            Item::Path { segments, stroke, .. } => {
                // Mitred corners stick out by up to four times half the line's width.
                segments.iter().fold(Rect::NOTHING, |all, s| around(all, *s)).expand(4.0 * half(stroke))
            }
            Item::Text { at, size, width, .. } => {
                // Whatever the alignment; other scripts reach a little further up and down than Latin.
                Rect { min: *at, max: *at }.expand(size.mul_add(2.0, width.abs()))
            }
        };
        let reach = Rect { min: self.place(units.min), max: self.place(units.max) }.expand(2.0);
        let picture = Rect { min: pt(0.0, 0.0), max: pt(self.width as f32, self.height as f32) };
        let far = Rect { min: pt(-FAR, -FAR), max: pt(FAR, FAR) };
        (far.contains_rect(&reach) && picture.intersects(&reach)).then_some(reach)
    }
}

fn around(all: Rect, segment: Segment) -> Rect {
    match segment {
        Segment::Move(p) | Segment::Line(p) => all.with(p),
        Segment::Cubic(a, b, p) => all.with(a).with(b).with(p),
        Segment::Close => all,
    }
}

fn fits(width: u32, height: u32) -> bool {
    width <= MOST_SIDE && height <= MOST_SIDE && u64::from(width) * u64::from(height) <= MOST_PIXELS
}

/// The largest width in pixels that a picture of these proportions can have; 0 for a scene that is hardly more than a line.
fn widest(bounds: &Rect) -> u32 {
    let (w, h) = (f64::from(bounds.width()).max(1e-9), f64::from(bounds.height()).max(1e-9));
    let side = f64::from(MOST_SIDE);
    let largest = side.min(side * w / h).min((MOST_PIXELS as f64 * w / h).sqrt());
    // Heights are rounded up, so the first guess may be a few pixels too wide.
    let height = |width: u32| (f64::from(width) * h / w - ROUNDING).ceil().max(1.0) as u32;
    let guess = largest.floor().max(1.0) as u32;
    (1..=guess).rev().take(64).find(|width| fits(*width, height(*width))).unwrap_or(0)
}

/// The pixels per unit that give a picture exactly this wide; 0 when there is nothing to show.
pub(super) fn scale_for_width(scene: &Scene, width_px: u32) -> f32 {
    let width = scene.bounds.map_or(0.0, |b| f64::from(b.width()));
    if width > 0.0 { (f64::from(width_px) / width) as f32 } else { 0.0 }
}

/// The nearest line between pixels; halves go up, so that things that touch still touch.
pub(super) fn snap(v: f32) -> f32 {
    (v + 0.5).floor()
}
