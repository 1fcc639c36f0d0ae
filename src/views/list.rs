//! All handoffs as a table: each cell is the map itself.

use std::sync::Arc;

use super::Ask;
use super::tall::{columns, side_by_side, sorted_by};
use crate::model::HandoffId;
use crate::model::ops::list::rows;
use crate::scene::drawing::{Drawing, Rows, Table};
use crate::scene::sheet::Drawn;
use crate::scene::sheet::list::{self, Kept, key, lay_out};

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let found = rows(ask.document, ask.choice.list_sort, &ask.choice.filter);
    let mut rows: Vec<Option<HandoffId>> = found.into_iter().map(Some).collect();
    let key = key(ask.document, &rows, ask.fonts);
    if ask.is_live {
        // The row in which typing makes something new is for the window alone.
        rows.push(None);
    }
    let before = ask.before.and_then(|drawing| drawing.table.as_ref()?.kept.as_deref());
    let (drawn, kept) = set(ask, &rows, before);
    let columns = if ask.is_live { 1 } else { columns(&drawn) };
    if columns > 1 {
        let most = rows.len().div_ceil(columns).max(1);
        return Drawing { key, ..side_by_side(rows.chunks(most).map(|part| set(ask, part, Some(&kept)).0)) };
    }
    let Drawn { header, groups, cells, bounds: _ } = drawn;
    let table = Table { cells, rows: Rows::Handoffs(rows), kept: Some(Arc::new(kept)) };
    Drawing { behind: groups, above: vec![Arc::new(header)], table: Some(Arc::new(table)), key, ..Drawing::default() }
}

fn set(ask: &Ask<'_>, rows: &[Option<HandoffId>], before: Option<&Kept>) -> (Drawn, Kept) {
    let mut columns = list::columns();
    sorted_by(&mut columns, ask.choice.list_sort.map(|(column, down)| (column.index(), down)));
    lay_out(ask.document, rows, columns, ask.fonts, before)
}
