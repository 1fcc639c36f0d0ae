//! A workbook: sheets with real numbers, for those who reckon on. Its bytes depend on nothing but what is in it.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};

/// One sheet.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tab {
    /// What stands on its tab; at most 31 characters, none of `[ ] : * ? / \`.
    pub name: &'static str,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows.
    pub rows: Vec<Vec<Cell>>,
}

/// A column of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its heading.
    pub name: &'static str,
    /// How its numbers are shown.
    pub shows: Shows,
}

/// How numbers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shows {
    /// Short words.
    Text,
    /// Sentences: a wide column.
    Prose,
    /// Numbers as they are.
    Plain,
    /// Whole numbers.
    Count,
    /// With two decimals where there are any.
    Number,
    /// Hours, with two decimals.
    Hours,
    /// A fraction of 1 as percent.
    Share,
    /// An amount, in groups of three digits.
    Money,
}

/// What is in a cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// Nothing: not known, or nothing to say.
    Empty,
    /// A text, never a formula.
    Text(String),
    /// A number.
    Number(f64),
}

/// Why no workbook could be made.
#[derive(Debug, thiserror::Error)]
#[error("the workbook cannot be made: {0}")]
pub struct WorkbookError(#[from] XlsxError);

/// Most rows of a sheet; the last says how many more there would be.
pub const MOST_ROWS: usize = 200_000;
/// Most characters that a cell can hold.
const LONGEST: usize = 32_767;

impl From<Option<f64>> for Cell {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }
}

impl From<f64> for Cell {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<usize> for Cell {
    fn from(value: usize) -> Self {
        Self::Number(value as f64)
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text) }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Shows {
    fn format(self) -> Format {
        let format = Format::new().set_align(FormatAlign::Top);
        match self {
            Self::Text | Self::Plain => format,
            Self::Prose => format.set_text_wrap(),
            Self::Count => format.set_num_format("0"),
            Self::Number => format.set_num_format("0.00"),
            Self::Hours | Self::Money => format.set_num_format("#,##0.00"),
            Self::Share => format.set_num_format("0.00%"),
        }
    }

    fn width(self, heading: &str) -> f64 {
        match self {
            Self::Text => 28.0,
            Self::Prose => 60.0,
            Self::Money => 16.0,
            _ => (heading.chars().count() as f64 + 2.0).clamp(10.0, 18.0),
        }
    }
}

/// A workbook without sheets. The clock would make every one different, so it was always made on the same day.
pub(crate) fn empty() -> Result<Workbook, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2000, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    Ok(workbook)
}

/// The sheets, followed by those that `more` adds.
pub fn workbook(
    tabs: &[Tab],
    more: impl FnOnce(&mut Workbook) -> Result<(), XlsxError>,
) -> Result<Vec<u8>, WorkbookError> {
    let mut workbook = empty()?;
    for tab in tabs {
        fill(workbook.add_worksheet(), tab)?;
    }
    more(&mut workbook)?;
    Ok(workbook.save_to_buffer()?)
}

fn fill(sheet: &mut Worksheet, tab: &Tab) -> Result<(), XlsxError> {
    sheet.set_name(tab.name)?.set_freeze_panes(1, 0)?;
    let heading = Format::new().set_bold().set_text_wrap().set_align(FormatAlign::Top);
    let formats: Vec<Format> = tab.columns.iter().map(|column| column.shows.format()).collect();
    for (at, column) in (0_u16..).zip(&tab.columns) {
        sheet.write_string_with_format(0, at, column.name, &heading)?;
        sheet.set_column_width(at, column.shows.width(column.name))?;
    }
    for (line, row) in (1_u32..).zip(tab.rows.iter().take(MOST_ROWS)) {
        for ((at, cell), format) in (0_u16..).zip(row).zip(&formats) {
            match cell {
                Cell::Number(value) if value.is_finite() => {
                    sheet.write_number_with_format(line, at, *value, format)?;
                }
                Cell::Text(text) => {
                    write_text(sheet, (line, at), &shortened(text), format)?;
                }
                Cell::Empty | Cell::Number(_) => {}
            }
        }
    }
    if let (Ok(last), true) = (u32::try_from(MOST_ROWS + 1), tab.rows.len() > MOST_ROWS) {
        sheet.write_string(last, 0, format!("and {} more", tab.rows.len() - MOST_ROWS))?;
    }
    Ok(())
}

fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    if text.chars().count() <= LONGEST {
        return text.into();
    }
    text.chars().take(LONGEST - 1).chain(['…']).collect::<String>().into()
}

/// Writes a text so that it reads back to the last character.
///
/// The writer takes texts from `<r>` to `</r>` for markup, and an escape such as `_x0041` is completed by the `_` of an
/// escaped control character behind it. Such texts go as one run of rich text with every `_x` escaped.
pub(crate) fn write_text<'s>(
    sheet: &'s mut Worksheet,
    (line, at): (u32, u16),
    text: &str,
    format: &Format,
) -> Result<&'s mut Worksheet, XlsxError> {
    let escaped = |c: char| (c < ' ' && !matches!(c, '\t' | '\n')) || matches!(c, '\u{fffe}' | '\u{ffff}');
    let markup = text.starts_with("<r>") && text.ends_with("</r>");
    if markup || (text.contains("_x") && text.contains(escaped)) {
        let run = text.replace("_x", "_x005F_x");
        return sheet.write_rich_string_with_format(line, at, &[(&Format::default(), &run)], format);
    }
    sheet.write_string_with_format(line, at, text, format)
}
