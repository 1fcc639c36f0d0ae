//! Tables with more rows than a picture is high: cut into parts that stand side by side. And the sign above the column by
//! which a table is sorted.

use std::sync::Arc;

use crate::geom::pt;
use crate::scene::Group;
use crate::scene::drawing::Drawing;
use crate::scene::sheet::{Drawn, Head};

/// Air between the columns of a long table.
const COLUMN_GAP: f32 = 70.0;
/// Rows that are set side by side make a picture of about this width to its height.
const SHAPE: f32 = 1.5;

/// Into how many columns a table is cut for a picture: one, unless it is much higher than wide.
pub(super) fn columns(drawn: &Drawn) -> usize {
    let Some(bounds) = drawn.bounds else { return 1 };
    let (w, h) = (bounds.width().max(1.0), bounds.height());
    if h < 2.5 * w { 1 } else { ((h / w * SHAPE).sqrt().round() as usize).max(1) }
}

/// The parts of a table in one drawing, each with its header.
pub(super) fn side_by_side(parts: impl Iterator<Item = Drawn>) -> Drawing {
    let (mut all, mut left) = (Drawing::default(), 0.0);
    for drawn in parts {
        let width = drawn.bounds.map_or(0.0, |bounds| bounds.width());
        let moved = |group: &Group| Arc::new(group.translated(pt(left, 0.0)));
        all.behind.extend(drawn.groups.iter().map(|group| moved(group)));
        all.above.push(moved(&drawn.header));
        left += width + COLUMN_GAP;
    }
    all
}

/// Shows above a column that the rows are sorted by it, and whether from the last.
pub(super) fn sorted_by(columns: &mut [Head], sort: Option<(usize, bool)>) {
    if let Some((column, from_last)) = sort
        && let Some(head) = columns.get_mut(column)
    {
        head.title += if from_last { " ↑" } else { " ↓" };
    }
}
