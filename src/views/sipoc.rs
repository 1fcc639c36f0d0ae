//! The SIPOC table: each cell is the map itself.

use std::sync::Arc;

use super::Ask;
use crate::geom::pt;
use crate::model::ops::sipoc::{Row, Sipoc, rows};
use crate::scene::Group;
use crate::scene::drawing::{Drawing, Rows};
use crate::scene::sheet::sipoc::{sipoc, without_empty};
use crate::scene::sheet::{Drawn, Memory, lay_out};

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let choice = ask.choice;
    let asked = Sipoc { process: choice.centre, filter: choice.filter.clone(), sort: choice.sort };
    let rows = rows(ask.document, &asked);
    // The rows in which typing makes something new are for the window alone.
    let rows = if ask.is_live { rows } else { without_empty(&rows) };
    let drawn = sheet(ask, &rows);
    let columns = if ask.is_live { 1 } else { columns(&drawn) };
    if columns == 1 {
        return drawn.into_drawing(Rows::Sipoc(rows), Vec::new());
    }
    let mut all = Drawing::default();
    let mut left = 0.0;
    for part in parts(&rows, columns) {
        let drawn = sheet(ask, part);
        let width = drawn.bounds.map_or(0.0, |bounds| bounds.width());
        let moved = |group: Group| Arc::new(group.translated(pt(left, 0.0)));
        all.behind.extend(drawn.groups.into_iter().map(moved));
        all.above.push(moved(drawn.header));
        left += width + COLUMN_GAP;
    }
    all
}

/// Air between the columns of a long table.
const COLUMN_GAP: f32 = 70.0;
/// Rows that are set side by side make a picture of about this width to its height.
const SHAPE: f32 = 1.5;

fn sheet(ask: &Ask<'_>, rows: &[Row]) -> Drawn {
    let mut sheet = sipoc(ask.document, rows);
    if let Some((column, from_last)) = ask.choice.sort
        && let Some(head) = sheet.columns.get_mut(column.index())
    {
        head.title += if from_last { " ↑" } else { " ↓" };
    }
    lay_out(&sheet, ask.document, ask.fonts, &mut Memory::default())
}

/// Into how many columns a table is cut for a picture: one, unless it is much higher than wide.
fn columns(drawn: &Drawn) -> usize {
    let Some(bounds) = drawn.bounds else { return 1 };
    let (w, h) = (bounds.width().max(1.0), bounds.height());
    if h < 2.5 * w { 1 } else { ((h / w * SHAPE).sqrt().round() as usize).max(1) }
}

/// The rows in so many parts of about the same length; a process stays whole.
fn parts(rows: &[Row], count: usize) -> Vec<&[Row]> {
    let most = rows.len().div_ceil(count.max(1)).max(1);
    let (mut parts, mut start, mut end) = (Vec::new(), 0, 0);
    for block in rows.chunk_by(|a, b| a.process == b.process && a.process.is_some()) {
        end += block.len();
        if end - start >= most {
            parts.push(&rows[start..end]);
            start = end;
        }
    }
    if start < rows.len() {
        parts.push(&rows[start..]);
    }
    parts
}
