//! The SIPOC table: each cell is the map itself.

use super::Ask;
use crate::model::ops::sipoc::{Sipoc, rows};
use crate::scene::drawing::{Drawing, Rows};
use crate::scene::sheet::sipoc::{sipoc, without_empty};
use crate::scene::sheet::{Memory, lay_out};

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let choice = ask.choice;
    let asked = Sipoc { process: choice.centre, filter: choice.filter.clone(), sort: choice.sort };
    let rows = rows(ask.document, &asked);
    // The rows in which typing makes something new are for the window alone.
    let rows = if ask.is_live { rows } else { without_empty(&rows) };
    let mut sheet = sipoc(ask.document, &rows);
    if let Some((column, from_last)) = choice.sort
        && let Some(head) = sheet.columns.get_mut(column.index())
    {
        head.title += if from_last { " ↑" } else { " ↓" };
    }
    let drawn = lay_out(&sheet, ask.document, ask.fonts, &mut Memory::default());
    drawn.into_drawing(Rows::Sipoc(rows), Vec::new())
}
