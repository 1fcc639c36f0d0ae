//! Lays the parts of a picture beside and beneath each other.

use crate::geom::{Point, Size, pt};

/// Rows are made so that a picture of many small parts is about this much wider than high.
const SHAPE: f64 = 1.6;

/// The top left corners of boxes in rows: as many to a row as its width lets, each row as high as its highest box.
///
/// A row may be as wide as the widest box, or as a picture of good shape asks for. Boxes keep their order.
#[derive(Debug, Clone)]
pub(in crate::layout) struct Shelves {
    width: f64,
    /// Where the next box begins, and how high its row is so far.
    along: f64,
    top: f64,
    height: f64,
}

impl Shelves {
    /// Room for boxes of these sizes.
    pub(in crate::layout) fn new(sizes: impl Iterator<Item = Size>, gap: f64) -> Self {
        let (mut widest, mut area) = (0.0_f64, 0.0);
        for size in sizes {
            widest = widest.max(f64::from(size.w));
            area += (f64::from(size.w) + gap) * (f64::from(size.h) + gap);
        }
        Self { width: widest.max((area * SHAPE).sqrt()), along: 0.0, top: 0.0, height: 0.0 }
    }

    /// Where the next box goes; it keeps a gap to those after it and beneath.
    pub(in crate::layout) fn put(&mut self, size: Size, gap: f64) -> Point {
        if self.along > 0.0 && self.along + f64::from(size.w) > self.width {
            self.new_row(gap);
        }
        let at = pt(self.along as f32, self.top as f32);
        self.along += f64::from(size.w) + gap;
        self.height = self.height.max(f64::from(size.h));
        at
    }

    /// The next box begins a new row.
    pub(in crate::layout) fn new_row(&mut self, gap: f64) {
        if self.along > 0.0 {
            self.top += self.height + gap;
            (self.along, self.height) = (0.0, 0.0);
        }
    }
}
