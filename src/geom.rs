//! Points, sizes and rectangles in map units: y grows downwards and one unit is one pixel at 100 % zoom.
//!
//! The core has its own types so that it never needs the toolkit's.

mod path;

pub use path::Path;

/// A place on the map.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Point {
    /// Distance to the right of the origin.
    pub x: f32,
    /// Distance below the origin.
    pub y: f32,
}

/// A width and a height, never negative.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Size {
    /// Width.
    pub w: f32,
    /// Height.
    pub h: f32,
}

/// An axis-parallel rectangle; `min` is its top left corner.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rect {
    /// Top left corner.
    pub min: Point,
    /// Bottom right corner.
    pub max: Point,
}

/// Shorthand for a [`Point`].
pub const fn pt(x: f32, y: f32) -> Point {
    Point { x, y }
}

impl Point {
    /// Distance to another point.
    pub fn distance(self, other: Self) -> f32 {
        (self - other).length()
    }

    /// Length, read as a vector from the origin.
    pub fn length(self) -> f32 {
        self.x.hypot(self.y)
    }

    /// The point `t` of the way to `other` (0 = here, 1 = there).
    pub fn lerp(self, other: Self, t: f32) -> Self {
        pt(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }

    /// True when both coordinates are finite.
    pub fn is_finite(self) -> bool {
        self.x.is_finite() && self.y.is_finite()
    }
}

impl std::ops::Add for Point {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        pt(self.x + other.x, self.y + other.y)
    }
}

impl std::ops::Sub for Point {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        pt(self.x - other.x, self.y - other.y)
    }
}

impl std::ops::Mul<f32> for Point {
    type Output = Self;
    fn mul(self, factor: f32) -> Self {
        pt(self.x * factor, self.y * factor)
    }
}

impl Rect {
    /// A rectangle that holds nothing; joining anything to it gives that thing.
    pub const NOTHING: Self =
        Self { min: pt(f32::INFINITY, f32::INFINITY), max: pt(f32::NEG_INFINITY, f32::NEG_INFINITY) };

    /// From the top left corner and a size.
    pub fn from_min_size(min: Point, size: Size) -> Self {
        Self { min, max: pt(min.x + size.w, min.y + size.h) }
    }

    /// From any two opposite corners.
    pub fn from_corners(a: Point, b: Point) -> Self {
        Self { min: pt(a.x.min(b.x), a.y.min(b.y)), max: pt(a.x.max(b.x), a.y.max(b.y)) }
    }

    /// Width; 0 for [`Rect::NOTHING`].
    pub fn width(&self) -> f32 {
        (self.max.x - self.min.x).max(0.0)
    }

    /// Height; 0 for [`Rect::NOTHING`].
    pub fn height(&self) -> f32 {
        (self.max.y - self.min.y).max(0.0)
    }

    /// Width and height.
    pub fn size(&self) -> Size {
        Size { w: self.width(), h: self.height() }
    }

    /// The middle.
    pub fn center(&self) -> Point {
        self.min.lerp(self.max, 0.5)
    }

    /// True when it holds nothing.
    pub fn is_nothing(&self) -> bool {
        self.min.x > self.max.x || self.min.y > self.max.y
    }

    /// True when the point lies inside or on the border.
    pub fn contains(&self, p: Point) -> bool {
        p.x >= self.min.x && p.x <= self.max.x && p.y >= self.min.y && p.y <= self.max.y
    }

    /// True when the other rectangle lies wholly inside.
    pub fn contains_rect(&self, other: &Self) -> bool {
        self.contains(other.min) && self.contains(other.max)
    }

    /// True when the two share some area or touch.
    pub fn intersects(&self, other: &Self) -> bool {
        self.min.x <= other.max.x && other.min.x <= self.max.x && self.min.y <= other.max.y && other.min.y <= self.max.y
    }

    /// The smallest rectangle that holds both.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            min: pt(self.min.x.min(other.min.x), self.min.y.min(other.min.y)),
            max: pt(self.max.x.max(other.max.x), self.max.y.max(other.max.y)),
        }
    }

    /// The smallest rectangle that holds this and the point.
    #[must_use]
    pub fn with(&self, p: Point) -> Self {
        self.union(&Self { min: p, max: p })
    }

    /// The smallest rectangle of whole numbers that holds it.
    #[must_use]
    pub fn rounded_out(&self) -> Self {
        Self { min: pt(self.min.x.floor(), self.min.y.floor()), max: pt(self.max.x.ceil(), self.max.y.ceil()) }
    }

    /// Larger by `margin` on every side.
    #[must_use]
    pub fn expand(&self, margin: f32) -> Self {
        Self { min: pt(self.min.x - margin, self.min.y - margin), max: pt(self.max.x + margin, self.max.y + margin) }
    }

    /// Moved by a vector.
    #[must_use]
    pub fn translate(&self, by: Point) -> Self {
        Self { min: self.min + by, max: self.max + by }
    }
}
