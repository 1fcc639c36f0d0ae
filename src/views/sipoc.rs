//! The SIPOC table: each cell is the map itself.

use super::Ask;
use super::tall::{columns, side_by_side, sorted_by};
use crate::model::ops::sipoc::{Row, Sipoc, rows};
use crate::scene::drawing::{Drawing, Rows};
use crate::scene::sheet::sipoc::{sipoc, without_empty};
use crate::scene::sheet::{Drawn, lay_out};

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
    side_by_side(parts(&rows, columns).into_iter().map(|part| sheet(ask, part)))
}

fn sheet(ask: &Ask<'_>, rows: &[Row]) -> Drawn {
    let mut sheet = sipoc(ask.document, rows);
    sorted_by(&mut sheet.columns, ask.choice.sort.map(|(column, down)| (column.index(), down)));
    lay_out(&sheet, ask.document, ask.fonts)
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
