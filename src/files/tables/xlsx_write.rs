//! A workbook with the tables of a map, whose bytes depend on nothing but the tables.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

use super::columns::Cell;
use super::table::Table;

/// Why no workbook could be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be made: {0}")]
pub struct WriteError(#[from] XlsxError);

/// Writes the tables as sheets: numbers as numbers, texts as texts and never as formulas.
///
/// Control characters are written as Excel writes them (`_x0007_`); [`super::read_xlsx`] gives the same tables back.
/// Fails when a text or a table is larger than a sheet may hold.
pub fn to_xlsx(tables: &[Table]) -> Result<Vec<u8>, WriteError> {
    let mut workbook = Workbook::new();
    // The clock would make every export of the same map different.
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    for table in tables {
        fill(workbook.add_worksheet(), table)?;
    }
    Ok(workbook.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, table: &Table) -> Result<(), XlsxError> {
    sheet.set_name(table.kind.word())?.set_freeze_panes(1, 0)?;
    let bold = Format::new().set_bold();
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
                _ => write_text(sheet, line, at, cell)?,
            };
        }
    }
    Ok(())
}

/// Writes a text so that it reads back to the last character.
///
/// The writer takes texts from `<r>` to `</r>` for markup, and an escape such as `_x0041` is completed by the `_` of an
/// escaped control character behind it. Such texts go as one run of rich text with every `_x` escaped.
fn write_text<'s>(sheet: &'s mut Worksheet, line: u32, at: u16, text: &str) -> Result<&'s mut Worksheet, XlsxError> {
    let escaped = |c: char| (c < ' ' && !matches!(c, '\t' | '\n')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let markup = text.starts_with("<r>") && text.ends_with("</r>");
    if markup || (text.contains("_x") && text.contains(escaped)) {
        let run = text.replace("_x", "_x005F_x");
        return sheet.write_rich_string(line, at, &[(&Format::default(), &run)]);
    }
    sheet.write_string(line, at, text)
}
