//! How wide the columns of a table are.

use super::lines::{Line, Style, extents};
use crate::scene::text::Fonts;
use crate::writing::{Table, Words};

/// Rows that are measured; those of longer tables are much the same.
const MEASURED: usize = 400;

/// A cell that is set.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Where its column begins.
    pub left: f32,
    /// How wide its column is.
    pub width: f32,
    /// Its words.
    pub lines: Vec<Line>,
    /// At the right of its column.
    pub is_right: bool,
}

/// Beginning and width of each column within `room`, with `gap` between them.
///
/// As browsers do it: every column gets what its longest word needs, and of the rest in the measure of what its longest
/// line would like.
pub(super) fn widths(
    fonts: &Fonts,
    table: &Table,
    (cell, head): (Style, Style),
    (room, gap): (f32, f32),
) -> Vec<(f32, f32)> {
    let count = table.head.len();
    let room = (room - gap * (count - 1) as f32).max(1.0);
    if table.tall {
        // Whoever writes by hand needs room everywhere.
        let width = room / count as f32;
        return (0..count).map(|column| (column as f32 * (width + gap), width)).collect();
    }
    let mut wanted = vec![(0.0_f32, 0.0_f32); count];
    let mut measure = |column: usize, words: &Words, style: Style| {
        let (line, word) = extents(fonts, words, style);
        wanted[column] = (wanted[column].0.max(line), wanted[column].1.max(word));
    };
    for (column, (name, _)) in table.head.iter().enumerate() {
        measure(column, &Words::plain(&**name), head);
    }
    for row in table.rows.iter().take(MEASURED) {
        for (column, (words, _)) in table.cells(row).enumerate() {
            if let Some(words) = words {
                measure(column, words, cell);
            }
        }
    }
    let fair = room / count as f32;
    let least: Vec<f32> = wanted.iter().map(|(_, word)| word.min(fair)).collect();
    let more: Vec<f32> = wanted.iter().zip(&least).map(|((line, _), least)| (line - least).clamp(0.0, room)).collect();
    let (rest, asked) = (room - least.iter().sum::<f32>(), more.iter().sum::<f32>());
    // What nobody asks for goes to all alike in the measure of what they have.
    let factor = if asked > 0.0 { (rest / asked).min(1.0) } else { 0.0 };
    let mut widths: Vec<f32> = least.iter().zip(&more).map(|(least, more)| least + more * factor).collect();
    let used: f32 = widths.iter().sum::<f32>().max(1.0);
    for width in &mut widths {
        *width *= room / used;
    }
    let mut left = 0.0;
    let place = |width: f32| {
        let at = left;
        left += width + gap;
        (at, width)
    };
    widths.into_iter().map(place).collect()
}
