//! A workbook with the tables of a map, whose bytes depend on nothing but the tables.

use rust_xlsxwriter::{Format, Workbook, Worksheet, XlsxError};

use super::columns::Cell;
use super::table::Table;
use crate::writing::{empty_workbook, write_text};

/// Why no workbook could be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be made: {0}")]
pub struct WriteError(#[from] XlsxError);

/// Writes the tables as sheets: numbers as numbers, texts as texts and never as formulas.
///
/// Control characters are written as Excel writes them (`_x0007_`); [`super::read_xlsx`] gives the same tables back.
/// Fails when a text or a table is larger than a sheet may hold.
pub fn to_xlsx(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = empty_workbook()?;
    add_sheets(&mut workbook, tables)?;
    Ok(workbook.save_to_buffer()?)
}

/// Adds the tables as sheets to a workbook, as [`to_xlsx`] does.
pub(crate) fn add_sheets(workbook: &mut Workbook, tables: &[Table]) -> Result<(), XlsxError> {
    tables.iter().try_for_each(|table| fill(workbook.add_worksheet(), table))
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.kind.word())?.set_freeze_panes(1, 0)?;
    let (bold, plain) = (Format::new().set_bold(), Format::default());
    let columns = table.kind.columns();
    let kind = |at: u16| columns.get(usize::from(at)).map_or(Cell::Text, |column| column.cell);
    for (at, name) in (0_u16..).zip(&table.header) {
        let width = match kind(at) {
            Cell::Text => 28.0,
            Cell::Id => 15.0,
            _ => (name.chars().count() as f64 + 3.0).max(11.0),
        };
        sheet.write_string_with_format(0, at, name, &bold)?.set_column_width(at, width)?;
    }
    for (line, row) in (1_u32..).zip(&table.rows) {
        for (at, cell) in (0_u16..).zip(&row.cells) {
            match cell.parse::<f64>() {
                Ok(value) if kind(at).is_number() && value.is_finite() => sheet.write_number(line, at, value)?,
                _ => write_text(sheet, (line, at), cell, &plain)?,
            };
        }
    }
    Ok(())
}
