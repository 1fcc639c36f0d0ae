//! Blocks of cells as spreadsheets put them on the clipboard: tabs between cells, line ends between rows.

use crate::model::quantity::VALUE;

/// Most rows that can be pasted at once.
pub const MOST_PASTED: usize = 10_000;

/// Rows of cells as text for a spreadsheet.
///
/// Cells with tabs, line ends or a quotation mark in front stand in quotation marks. A cell that a spreadsheet would run
/// gets a `'` in front, which [`cells`] takes off again.
pub(in crate::model::ops) fn block(rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut block = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| written(cell)).collect();
        block.push_str(&cells.join("\t"));
        block.push('\n');
    }
    block
}

fn written(cell: &str) -> String {
    let guard = if guards(cell).is_some_and(|marks| marks > 0 || !is_number(cell)) { "'" } else { "" };
    if guard.is_empty() && cell.starts_with('"') || cell.contains(['\t', '\n', '\r']) {
        format!("\"{guard}{}\"", cell.replace('"', "\"\""))
    } else {
        format!("{guard}{cell}")
    }
}

fn is_number(cell: &str) -> bool {
    matches!(VALUE.parse(cell), Ok(Some(_)))
}

/// The number of `'` before a character that makes a spreadsheet run the cell; `None` when there is no such character.
fn guards(cell: &str) -> Option<usize> {
    let rest = cell.trim_start_matches('\'');
    rest.starts_with(['=', '+', '-', '@']).then_some(cell.len() - rest.len())
}

/// The cells of a block, row by row; rows may differ in length. Nothing at all has no rows.
///
/// # Errors
/// In words, when there are more than [`MOST_PASTED`] rows.
pub(in crate::model::ops) fn cells(block: &str) -> Result<Vec<Vec<String>>, String> {
    let (mut rows, mut row, mut rest) = (Vec::new(), Vec::new(), block);
    while !rest.is_empty() {
        let (cell, after) = one_cell(rest);
        row.push(unguarded(cell));
        let ended = after.is_empty() || !after.starts_with('\t');
        rest = match after.strip_prefix("\r\n") {
            Some(next) => next,
            None => after.get(1..).unwrap_or_default(),
        };
        if ended {
            rows.push(std::mem::take(&mut row));
        } else if rest.is_empty() {
            row.push(String::new()); // a tab at the very end: an empty cell follows
            rows.push(std::mem::take(&mut row));
        }
    }
    if rows.len() > MOST_PASTED {
        return Err(format!("the block has {} rows; at most {MOST_PASTED} can be pasted at once", rows.len()));
    }
    Ok(rows)
}

/// The first cell of a text, and what follows it: a tab, a line end or nothing.
fn one_cell(text: &str) -> (String, &str) {
    let ends = ['\t', '\n', '\r'];
    if let Some(inside) = text.strip_prefix('"') {
        let mut from = 0;
        while let Some(at) = inside[from..].find('"').map(|at| from + at) {
            let after = &inside[at + 1..];
            if after.starts_with('"') {
                from = at + 2;
            } else if after.is_empty() || after.starts_with(ends) {
                return (inside[..at].replace("\"\"", "\""), after);
            } else {
                break; // no quoted cell after all: "Gold" standard
            }
        }
    }
    let end = text.find(ends).unwrap_or(text.len());
    (text[..end].into(), &text[end..])
}

fn unguarded(cell: String) -> String {
    match guards(&cell) {
        Some(1..) => cell[1..].into(),
        _ => cell,
    }
}
