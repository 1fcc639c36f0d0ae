//! CSV: read as people and spreadsheets write it, and written so that no spreadsheet runs it.

use super::cells::quoted;
use super::columns::{Cell, Column, kind_of, known};
use super::problems::ImportError;
use super::table::{Row, Table, TableKind};
use crate::model::MOST_RECORDS;
use crate::writing::csv::{cell as text_cell, unguarded};

/// How a CSV file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CsvStyle {
    /// Begin with a byte order mark, by which Excel knows UTF-8.
    pub bom: bool,
    /// Semicolons between the cells and commas in the numbers, as spreadsheets want them where 1.5 is written 1,5.
    pub semicolon: bool,
}

const BOM: &str = "\u{feff}";

/// Writes a table: CRLF at line ends, texts in quotation marks, and `'` before what a spreadsheet would run.
///
/// [`read_csv`] gives the same table back.
pub fn to_csv(table: &Table, style: CsvStyle) -> Vec<u8> {
    let delimiter = if style.semicolon { ";" } else { "," };
    let columns = table.kind.columns();
    let mut text = String::from(if style.bom { BOM } else { "" });
    let header: Vec<String> = table.header.iter().map(|cell| header_cell(cell)).collect();
    text.push_str(&header.join(delimiter));
    text.push_str("\r\n");
    for row in &table.rows {
        let cells: Vec<String> = row.cells.iter().enumerate().map(|(i, c)| written(c, columns.get(i), style)).collect();
        text.push_str(&cells.join(delimiter));
        text.push_str("\r\n");
    }
    text.into_bytes()
}

fn header_cell(cell: &str) -> String {
    let plain = cell.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    if plain { cell.into() } else { written(cell, None, CsvStyle::default()) }
}

fn written(cell: &str, column: Option<&Column>, style: CsvStyle) -> String {
    match column.map_or(Cell::Text, |column| column.cell) {
        _ if cell.is_empty() => String::new(),
        kind if kind.is_word() => cell.into(),
        kind if kind.is_number() && cell.parse::<f64>().is_ok() => {
            if style.semicolon {
                cell.replace('.', ",")
            } else {
                cell.into()
            }
        }
        _ => text_cell(cell),
    }
}

/// Reads a table. `name` is the name of the file, which says which table it is unless its columns do.
///
/// UTF-8 with or without byte order mark; comma, semicolon or tab. Errors name the line.
pub fn read_csv(name: &str, bytes: &[u8]) -> Result<Table, ImportError> {
    let text = utf8(name, bytes)?;
    let text = text.strip_prefix(BOM).unwrap_or(text);
    let (text, announced, skipped) = announced_delimiter(text);
    let delimiter = announced.unwrap_or_else(|| sniffed(text));
    let mut records = records(name, text, delimiter, skipped)?.into_iter();
    let Some(header) = records.next() else {
        return Err(ImportError::one(format!(
            "{name}: the file is empty: it needs a line with the names of the columns"
        )));
    };
    let header = trimmed(header.cells);
    let Some(kind) = kind_of(name, &header) else {
        return Err(ImportError::one(no_kind(name)));
    };
    let mut table = Table { kind, source: name.into(), sheet: false, header, rows: records.collect(), notes: vec![] };
    if delimiter == b',' {
        table.notes = doubtful_numbers(&table);
    }
    Ok(table)
}

/// What to say of a table of which neither the name nor the columns say what it is.
pub(super) fn no_kind(source: &str) -> String {
    let words = TableKind::ALL.map(TableKind::word);
    let signs = TableKind::ALL.map(|kind| format!("{} ({})", kind.word(), kind.signs()));
    let or = |all: &[String]| match all {
        [others @ .., last] => format!("{} or {last}", others.join(", ")),
        [] => String::new(),
    };
    format!(
        "{source}: neither its name nor its columns say which table it is: put {} into its name, or name its columns as \
         in {}",
        or(&words.map(String::from)),
        or(&signs)
    )
}

fn utf8<'a>(name: &str, bytes: &'a [u8]) -> Result<&'a str, ImportError> {
    const ADVICE: &str = "save the table as “CSV UTF-8”";
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(ImportError::one(format!(
            "{name}: this is UTF-16 text (it begins with a byte 0x{:02X}): {ADVICE}",
            bytes[0]
        )));
    }
    let line = |at: usize| bytes[..at].split(|byte| *byte == b'\n').count();
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let byte = bytes.get(at).copied().unwrap_or_default();
        ImportError::one(format!("{name}, line {}: the byte 0x{byte:02X} is not UTF-8: {ADVICE}", line(at)))
    })?;
    match text.find('\0') {
        Some(at) => Err(ImportError::one(format!("{name}, line {}: a NUL character: is this a text file?", line(at)))),
        None => Ok(text),
    }
}

/// A first line such as `sep=;`, which Excel understands: the rest of the text, the delimiter and the lines skipped.
fn announced_delimiter(text: &str) -> (&str, Option<u8>, usize) {
    let Some(rest) = text.strip_prefix("sep=") else { return (text, None, 0) };
    let Some(delimiter) = rest.bytes().next().filter(|byte| b",;\t|".contains(byte)) else { return (text, None, 0) };
    match rest[1..].strip_prefix("\r\n").or_else(|| rest[1..].strip_prefix('\n')) {
        Some(rest) => (rest, Some(delimiter), 1),
        None => (text, None, 0),
    }
}

/// The delimiter under which most cells of the first line are columns that are known; else the one it has most of.
fn sniffed(text: &str) -> u8 {
    let first_line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let score = |delimiter: u8| {
        let mut reader = reader(text, delimiter);
        let record = reader.records().next().and_then(Result::ok).unwrap_or_default();
        let header: Vec<String> = record.iter().map(String::from).collect();
        let columns = TableKind::ALL.into_iter().map(|kind| known(kind, &header)).max();
        (columns, first_line.bytes().filter(|byte| *byte == delimiter).count())
    };
    // max_by_key takes the last of equals.
    *b"\t;,".iter().max_by_key(|delimiter| score(**delimiter)).unwrap_or(&b',')
}

fn reader(text: &str, delimiter: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(text.as_bytes())
}

/// All records that hold something, the header first. Lines are those of the file.
fn records(name: &str, text: &str, delimiter: u8, skipped: usize) -> Result<Vec<Row>, ImportError> {
    // A last line of our own: when it does not come back as one, a quotation mark before it was never closed.
    const END: &str = "end";
    let text = format!("{text}\n{END}\n");
    let mut reader = reader(&text, delimiter);
    let mut lines = Lines::new(text.as_bytes());
    let (mut rows, mut record) = (Vec::new(), csv::StringRecord::new());
    let (mut last, mut most) = (Row::default(), None);
    while reader.read_record(&mut record).map_err(|error| ImportError::one(format!("{name}: {error}")))? {
        if last.cells.iter().any(|cell| !cell.trim().is_empty()) {
            rows.push(last);
        }
        let line = skipped + lines.of(record.position().map_or(0, |position| position.byte() as usize));
        last = Row { line, cells: record.iter().map(|cell| unguarded(cell).to_string()).collect() };
        if rows.len() > MOST_RECORDS + 1 {
            let header = |first: Option<&Row>| first.map(|first| trimmed(first.cells.clone())).unwrap_or_default();
            let most = *most.get_or_insert_with(|| most_rows(kind_of(name, &header(rows.first()))));
            if rows.len() > most + 1 {
                return Err(ImportError::one(format!("{name}, line {line}: a table may have at most {most} rows")));
            }
        }
    }
    if last.cells == [END] {
        return Ok(rows);
    }
    let line = last.line;
    Err(ImportError::one(format!("{name}, line {line}: a quotation mark is opened here and never closed")))
}

/// Counts lines up to ever later bytes of a text.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self { text, at: 0, line: 1 }
    }

    /// The line of the first character from the byte on that is no line break: a record's position may be that of the
    /// break before it.
    fn of(&mut self, byte: usize) -> usize {
        while let Some(c) = self.text.get(self.at)
            && (self.at < byte || matches!(c, b'\r' | b'\n'))
        {
            let ends = *c == b'\n' || (*c == b'\r' && self.text.get(self.at + 1) != Some(&b'\n'));
            self.line += usize::from(ends);
            self.at += 1;
        }
        self.line
    }
}

/// Most rows of a table, if it is known which it is.
pub(super) fn most_rows(kind: Option<TableKind>) -> usize {
    kind.map_or(MOST_RECORDS, TableKind::most_rows)
}

/// A header without the empty cells at its end.
pub(super) fn trimmed(mut header: Vec<String>) -> Vec<String> {
    while header.last().is_some_and(|cell| cell.trim().is_empty()) {
        header.pop();
    }
    header
}

/// Numbers such as `1,200`, which are read with a decimal comma but may have been meant otherwise.
fn doubtful_numbers(table: &Table) -> Vec<String> {
    let kinds: Vec<bool> = table.header.iter().map(|cell| known_number(table.kind, cell)).collect();
    let mut notes = Vec::new();
    for row in &table.rows {
        for (at, cell) in row.cells.iter().enumerate().filter(|(at, _)| kinds.get(*at).copied().unwrap_or(false)) {
            let thousands = cell.trim().split_once(',').is_some_and(|(before, after)| {
                let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
                digits(before) && digits(after) && after.len() == 3 && before.len() <= 3 && !before.starts_with('0')
            });
            if thousands {
                let place = table.place(row.line, table.header[at].trim(), Some(at));
                let (cell, point, whole) =
                    (quoted(cell.trim()), cell.trim().replace(',', "."), cell.trim().replace(',', ""));
                notes.push(format!("{place}: {cell} was read as {point}; write {whole} if that is meant"));
            }
        }
    }
    notes
}

fn known_number(kind: TableKind, header: &str) -> bool {
    super::columns::of(kind, header).is_some_and(|column| column.cell.is_number())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let table = read_csv("parties.csv", text.as_bytes()).expect("reads");
        table.rows.into_iter().map(|row| (row.line, row.cells)).collect()
    }

    #[test]
    fn every_row_knows_its_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["name,promise", "a,\"one", "two\"", "", ",", "b,x", "", "c"].join(end);
            let lines: Vec<usize> = rows(&text).iter().map(|(line, _)| *line).collect();
            assert_eq!(lines, [2, 6, 8], "{end:?}");
        }
        assert_eq!(rows("\u{feff}sep=;\r\nname;owner\r\na;b\r\n"), [(3, vec!["a".into(), "b".into()])], "announced");
    }

    #[test]
    fn the_delimiter_is_the_one_that_gives_columns() {
        for header in ["name,owner", "name;owner", "name\towner", "NAME;owner;note, remark, comment, other"] {
            let delimiter = header.chars().find(|c| ",;\t".contains(*c)).expect("one");
            let got = rows(&format!("{header}\na{delimiter}b"));
            assert_eq!(got[0].1[..2], ["a".to_string(), "b".into()], "{header}");
        }
    }

    #[test]
    fn guards_come_off_as_they_went_on() {
        for text in ["=1", "+", "-x", "@a", "\tq", "\rq", "'=1", "''-", "'x", "x=1", "", "'", "' =", "=\"'\n"] {
            let cell = written(
                text,
                Some(&Column { cell: Cell::Text, ..TableKind::Parties.columns()[0] }),
                CsvStyle::default(),
            );
            let back = rows(&format!("name,owner\nx,{cell}\n"));
            assert_eq!(back[0].1[1], text, "{cell}");
            assert!(!cell.starts_with("\"=") && !cell.starts_with("\"@"), "{cell}");
        }
    }
}
