//! Texts as cells of CSV that no spreadsheet runs.

/// What makes a spreadsheet run a cell that begins with it; the wide signs where it takes them for the narrow ones.
const RUN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// A text as a quoted cell, with `'` before what a spreadsheet would run; empty for no text.
///
/// One `'` more is written than the text has, and [`unguarded`] takes one off again, so that texts which begin with `'` come
/// back as well (the characters are those that OWASP names for CSV injection).
pub fn cell(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let guard = if guards(text).is_some() { "'" } else { "" };
    format!("\"{guard}{}\"", text.replace('"', "\"\""))
}

/// The text of a cell that was read, without the `'` of [`cell`].
pub fn unguarded(cell: &str) -> &str {
    if guards(cell).is_some_and(|n| n > 0) { &cell[1..] } else { cell }
}

/// The number of `'` before a character that makes a spreadsheet run the cell; `None` when there is no such character.
fn guards(cell: &str) -> Option<usize> {
    let rest = cell.trim_start_matches('\'');
    rest.starts_with(RUN).then_some(cell.len() - rest.len())
}
