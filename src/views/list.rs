//! All handoffs as a table: each cell is the map itself.

use super::Ask;
use super::tall::{columns, side_by_side, sorted_by};
use crate::model::HandoffId;
use crate::model::ops::list::rows;
use crate::scene::drawing::{Drawing, Rows};
use crate::scene::sheet::list::{key, list};
use crate::scene::sheet::{Drawn, lay_out};

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let found = rows(ask.document, ask.choice.list_sort, &ask.choice.filter);
    let mut rows: Vec<Option<HandoffId>> = found.into_iter().map(Some).collect();
    let key = key(ask.document, &rows, ask.fonts);
    if ask.is_live {
        rows.push(None);
    }
    let drawn = sheet(ask, &rows);
    let columns = if ask.is_live { 1 } else { columns(&drawn) };
    if columns == 1 {
        return drawn.into_drawing(Rows::Handoffs(rows), key);
    }
    let most = rows.len().div_ceil(columns).max(1);
    Drawing { key, ..side_by_side(rows.chunks(most).map(|part| sheet(ask, part))) }
}

fn sheet(ask: &Ask<'_>, rows: &[Option<HandoffId>]) -> Drawn {
    let mut sheet = list(ask.document, rows);
    sorted_by(&mut sheet, ask.choice.list_sort.map(|(column, down)| (column.index(), down)));
    lay_out(&sheet, ask.document, ask.fonts)
}
