//! The SIPOC table: each cell is the map itself.

use std::sync::Arc;

use super::Ask;
use crate::model::ops::sipoc::{Sipoc, rows};
use crate::scene::drawing::{Drawing, Rows, Table};
use crate::scene::sheet::sipoc::{sipoc, without_empty};
use crate::scene::sheet::{Drawn, Memory, lay_out};

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let choice = ask.choice;
    let asked = Sipoc { process: choice.centre, filter: choice.filter.clone(), sort: choice.sort };
    let rows = rows(ask.document, &asked);
    // The rows in which typing makes something new are for the window alone.
    let rows = if ask.is_live { rows } else { without_empty(&rows) };
    let drawn = lay_out(&sipoc(ask.document, &rows), ask.document, ask.fonts, &mut Memory::default());
    table(drawn, Rows::Sipoc(rows))
}

/// A sheet as a drawing.
pub(super) fn table(drawn: Drawn, rows: Rows) -> Drawing {
    Drawing {
        behind: drawn.groups.into_iter().map(Arc::new).collect(),
        above: vec![Arc::new(drawn.header)],
        table: Some(Arc::new(Table { cells: drawn.cells, rows })),
        ..Drawing::default()
    }
}
