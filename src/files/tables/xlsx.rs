//! XLSX: the sheets parties, handoffs, requirements … of a workbook, as the texts that a person sees in the cells.

use std::collections::BTreeMap;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use calamine::{Cell, DataRef, ExcelDateTime, Reader, Xlsx};

use super::columns::kind_of;
use super::csv::{most_rows, no_kind, trimmed};
use super::problems::{ImportError, Problems};
use super::table::{Row, Table, TableKind, letters};
use super::unpack::unpacked;
use crate::model::MOST_RECORDS;
use crate::model::quantity::{number, rounded};

/// Most columns of a sheet; a cell further right is refused.
const MOST_COLUMNS: u32 = 100;

type Workbook = Xlsx<Cursor<Vec<u8>>>;

/// Reads the sheets of a workbook that are named as the tables are; the first tells of the others.
///
/// When none is, sheets are known by their columns. Errors name sheet and cell; damaged files are errors as well.
pub fn read_xlsx(name: &str, bytes: &[u8]) -> Result<Vec<Table>, ImportError> {
    let refuse = |problem: &str| ImportError::one(format!("{name}: the workbook cannot be read: {problem}"));
    let plain = unpacked(bytes).map_err(|problem| refuse(&problem))?;
    // The reader of workbooks is careful, but was not written for files made to harm it.
    catch_unwind(AssertUnwindSafe(|| {
        let mut workbook: Workbook = Xlsx::new(Cursor::new(plain)).map_err(|error| refuse(&error.to_string()))?;
        sheets(name, &mut workbook)
    }))
    .unwrap_or_else(|_panic| Err(refuse("it is damaged")))
}

fn sheets(name: &str, workbook: &mut Workbook) -> Result<Vec<Table>, ImportError> {
    let all = workbook.sheet_names();
    if all.is_empty() {
        return Err(ImportError::one(format!("{name}: there is no sheet in this workbook")));
    }
    let named: Vec<&String> = all.iter().filter(|sheet| named_kind(sheet).is_some()).collect();
    let (mut tables, mut problems, mut others) = (Vec::new(), Problems::default(), Vec::new());
    for sheet in &all {
        if !named.is_empty() && !named.contains(&sheet) {
            others.push(super::cells::quoted(sheet));
            continue;
        }
        let source = format!("{name}, sheet {}", sheet.trim());
        match table(&source, sheet, workbook) {
            Ok(Some(table)) => tables.push(table),
            Ok(None) => others.push(super::cells::quoted(sheet)),
            Err(error) => problems.add_all(error),
        }
    }
    let mut tables = problems.or(tables)?;
    match tables.first_mut() {
        None => return Err(ImportError::one(no_kind(&format!("{name}, sheets {}", others.join(", "))))),
        Some(_) if others.is_empty() => {}
        Some(first) => {
            let (sheets, were) = if others.len() == 1 { ("sheet", "was") } else { ("sheets", "were") };
            first.notes.push(format!("{name}: the {sheets} {} {were} left out", others.join(", ")));
        }
    }
    Ok(tables)
}

fn named_kind(sheet: &str) -> Option<TableKind> {
    TableKind::ALL.into_iter().find(|kind| kind.word() == sheet.trim().to_lowercase())
}

/// Which table a sheet is: by its name, else by the columns in its first row.
fn kind(sheet: &str, header: Option<&Vec<String>>) -> Option<TableKind> {
    named_kind(sheet).or_else(|| kind_of("", header?))
}

/// The table on a sheet; `None` when neither its name nor its columns say which it is.
fn table(source: &str, sheet: &str, workbook: &mut Workbook) -> Result<Option<Table>, ImportError> {
    let mut rows = rows(source, sheet, workbook)?.into_iter();
    let header = rows.next().map(|row| row.cells).unwrap_or_default();
    let Some(kind) = kind(sheet, Some(&header)) else { return Ok(None) };
    let header = trimmed(header);
    if header.is_empty() {
        return Err(ImportError::one(format!(
            "{source}: the sheet is empty: it needs a row with the names of the columns"
        )));
    }
    let (source, rows) = (source.into(), rows.collect());
    Ok(Some(Table { kind, source, sheet: true, header, rows, notes: Vec::new() }))
}

/// The rows of a sheet that hold something. Read cell by cell: a range would make room for all that lies between.
fn rows(source: &str, sheet: &str, workbook: &mut Workbook) -> Result<Vec<Row>, ImportError> {
    let unread = |error: calamine::XlsxError| ImportError::one(format!("{source}: the sheet cannot be read: {error}"));
    let mut reader = workbook.worksheet_cells_reader(sheet).map_err(unread)?;
    let shows: Vec<Shows> = reader
        .styles()
        .iter()
        .map(|style| style.number_format.as_ref().map_or(Shows::Value, |format| Shows::of(&format.format_code)))
        .collect();
    let (mut rows, mut problems, mut most) = (BTreeMap::<u32, Vec<String>>::new(), Problems::default(), None);
    while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(unread)? {
        let (row, column) = cell.get_position();
        let place = || format!("{source}, cell {}{}", letters(column as usize), u64::from(row) + 1);
        let text = match shown(&cell, shows.get(style).copied().unwrap_or(Shows::Value)) {
            Ok(text) => text,
            Err(problem) => {
                problems.add(format!("{}: {problem}", place()));
                continue;
            }
        };
        if text.is_empty() {
            continue;
        }
        if column >= MOST_COLUMNS {
            return Err(ImportError::one(format!("{}: a table may have at most {MOST_COLUMNS} columns", place())));
        }
        let cells = rows.entry(row).or_default();
        cells.resize(cells.len().max(column as usize + 1), String::new());
        cells[column as usize] = text;
        if rows.len() > MOST_RECORDS + 1 {
            let most = *most.get_or_insert_with(|| most_rows(kind(sheet, rows.values().next())));
            if rows.len() > most + 1 {
                return Err(ImportError::one(format!("{}: a table may have at most {most} rows", place())));
            }
        }
    }
    let rows = rows.into_iter().filter(|(_, cells)| cells.iter().any(|cell| !cell.trim().is_empty()));
    problems.or(rows.map(|(row, cells)| Row { line: row as usize + 1, cells }).collect())
}

/// The text of a cell as a person would type it.
fn shown(cell: &Cell<DataRef<'_>>, shows: Shows) -> Result<String, String> {
    Ok(match cell.get_value() {
        DataRef::Empty => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_string(),
        DataRef::Int(value) => value.to_string(),
        // A cell that shows 97 % holds 0.97; what is meant is what is seen, without the noise of the multiplication.
        DataRef::Float(value) if shows == Shows::Percent => rounded(value * 100.0, 10),
        DataRef::Float(value) => number(*value),
        DataRef::Bool(value) => if *value { "yes" } else { "no" }.into(),
        DataRef::DateTime(value) => time(*value, shows),
        DataRef::Error(error) => return Err(format!("the cell shows the error {error}: correct its formula")),
    })
}

/// A time of less than a day, or a duration, as hours; a date as 2026-11-30, or as the month or year that is shown.
fn time(value: ExcelDateTime, shows: Shows) -> String {
    if value.is_duration() || (0.0..1.0).contains(&value.as_f64()) {
        return format!("{} h", rounded(value.as_f64() * 24.0, 9));
    }
    let (year, month, day, ..) = value.to_ymd_hms_milli();
    match shows {
        Shows::Month => format!("{year:04}-{month:02}"),
        Shows::Year => format!("{year:04}"),
        Shows::Value | Shows::Percent => format!("{year:04}-{month:02}-{day:02}"),
    }
}

/// What a number format shows of the number behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shows {
    /// The number, or the whole date.
    Value,
    /// Hundredths: it has a %.
    Percent,
    /// The month of a date.
    Month,
    /// The year of a date.
    Year,
}

impl Shows {
    /// Judged by the first section of a format and what in it is neither quoted nor escaped nor in brackets.
    fn of(format: &str) -> Self {
        let (mut quoted, mut escaped, mut bracket, mut plain) = (false, false, false, String::new());
        for c in format.chars() {
            match c {
                _ if escaped => escaped = false,
                '"' => quoted = !quoted,
                '\\' | '_' | '*' if !quoted => escaped = true,
                '[' | ']' if !quoted => bracket = c == '[',
                ';' if !quoted => break,
                _ if !quoted && !bracket => plain.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
        let has = |part: char| plain.contains(part);
        match (has('%'), has('y') && !has('d') && !has('h'), has('m')) {
            (true, ..) => Self::Percent,
            (_, true, true) => Self::Month,
            (_, true, false) => Self::Year,
            _ => Self::Value,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_follows_from_the_format() {
        for (format, shows) in [
            ("0%", Shows::Percent),
            ("0.00 %", Shows::Percent),
            ("General", Shows::Value),
            ("0\" %\"", Shows::Value),
            ("0\\%", Shows::Value),
            ("\"a\"0%", Shows::Percent),
            ("mmm-yy", Shows::Month),
            ("[$-409]MMMM\\ yyyy;@", Shows::Month),
            ("yyyy", Shows::Year),
            ("yyyy-mm-dd", Shows::Value),
            ("yyyy\"-m-d\"", Shows::Year),
            ("m/d/yy h:mm", Shows::Value),
            ("[h]:mm", Shows::Value),
        ] {
            assert_eq!(Shows::of(format), shows, "{format}");
        }
    }
}
