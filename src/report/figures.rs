//! Numbers and tables as a report shows them.

use crate::analysis::{Both, Figure, Unit};
use crate::brief::{money as amount, tied};
use crate::model::quantity::rounded;
use crate::model::{Document, Handoff, Known, Observation};
use crate::writing::{Block, Level, Side, Table, Tone, Words};

/// Text beside the point.
pub(super) fn faint(text: impl Into<String>) -> Words {
    Words::of(Tone::Faint, text)
}

/// Words, or that nobody knows.
pub(super) fn or_unknown(words: Option<String>) -> Words {
    words.map_or_else(|| faint("not known"), Words::plain)
}

/// A fraction of 1 in percent: "62.4 %". What is left of a long chain is little, and not nothing.
pub(super) fn share_text(share: f64) -> String {
    if share > 0.0 && share < 0.0005 {
        return tied("< 0.1 %");
    }
    tied(&format!("{} %", rounded(share * 100.0, 1)))
}

/// See [`share_text`].
pub(super) fn share(share: Option<f64>) -> Words {
    or_unknown(share.map(share_text))
}

/// "7.85 h".
pub(super) fn hours_text(hours: f64) -> String {
    tied(&format!("{} h", rounded(hours, 2)))
}

/// See [`hours_text`].
pub(super) fn hours(hours: Option<f64>) -> Words {
    or_unknown(hours.map(hours_text))
}

/// "7.85 h", and from a day on "205.5 h (25.7 d)".
pub(super) fn long_text(hours: f64, day: f64) -> String {
    if hours < day {
        hours_text(hours)
    } else {
        tied(&format!("{} h ({} d)", rounded(hours, 2), rounded(hours / day, 1)))
    }
}

/// Points that a customer gains for a point somewhere: "0.78".
pub(super) fn points(per_point: f64) -> String {
    if per_point > 0.0 && per_point < 0.005 { tied("< 0.01") } else { rounded(per_point, 2) }
}

/// An amount in the currency of the map.
pub(super) fn money(document: &Document, value: Option<f64>) -> Words {
    or_unknown(value.map(|value| amount(value, &document.info().currency)))
}

/// The same of bare counts.
pub(super) fn part_of(known: usize, of: usize, what: &str) -> Words {
    built_on(Figure { value: None, known, of }, what)
}

/// "7 of 8 handoffs known"; doubtful when some are missing.
pub(super) fn built_on(figure: Figure, what: &str) -> Words {
    if figure.of == 0 {
        return Words::default();
    }
    let tone = if figure.is_partial() { Tone::Warn } else { Tone::Faint };
    Words::of(tone, format!("{} of {} {what} known", figure.known, figure.of))
}

/// %C&A of a handoff with how it is known: a guess looks like one, and a sample tells between what it may lie.
pub(super) fn quality(handoff: &Handoff) -> Words {
    let Some(pct) = handoff.complete_accurate_pct else { return faint("not known") };
    let seen = Observation { known: handoff.known, sample_size: handoff.sample_size, ..Observation::of(pct) };
    let tone = if handoff.known == Some(Known::Guess) { Tone::Guess } else { Tone::Plain };
    let words = Words::of(tone, share_text(pct / 100.0));
    let Some((low, high)) = seen.interval_pct() else { return words };
    let n = handoff.sample_size.map(|n| format!("n = {}, ", rounded(n, 0))).unwrap_or_default();
    words.line(Tone::Faint, tied(&format!("{n}{}–{} %", rounded(low, 0), rounded(high, 0))))
}

/// A table of columns with their sides.
pub(super) fn table<const N: usize>(head: [(impl Into<String>, Side); N], rows: Vec<Vec<Words>>) -> Block {
    Block::Table(Table { head: head.map(|(name, side)| (name.into(), side)).to_vec(), rows, tall: false })
}

/// What a list leaves out.
pub(super) fn more(all: usize, shown: usize) -> Option<Block> {
    (all > shown).then(|| Block::Paragraph(faint(format!("and {} more", all - shown))))
}

/// The name of a part.
pub(super) fn part(text: impl Into<String>) -> Block {
    Block::Heading(Level::Part, text.into())
}

/// The name of a section.
pub(super) fn section(text: &str) -> Block {
    Block::Heading(Level::Section, text.to_owned())
}

/// A section that is kept on one page where it fits.
pub(super) fn together(blocks: Vec<Block>) -> Block {
    Block::Group(None, blocks)
}

/// A paragraph of ordinary text.
pub(super) fn says(text: impl Into<String>) -> Block {
    Block::Paragraph(Words::plain(text))
}

/// A figure before and after as a row: its title, both values, and the difference as good or bad. `unit` comes with whether
/// more is better.
pub(super) fn compared_row(document: &Document, title: &str, unit: (Unit, bool), both: Both) -> Vec<Words> {
    let value = |value: Option<f64>| match unit.0 {
        Unit::Share => share(value),
        Unit::Hours => hours(value),
        Unit::Money => money(document, value),
        Unit::Count => or_unknown(value.map(|count| rounded(count, 0))),
        Unit::Number => or_unknown(value.map(|number| rounded(number, 2))),
    };
    let delta = both.delta().map_or_else(|| faint("not known"), |delta| difference(document, unit, delta));
    vec![Words::plain(title), value(both.now), value(both.then), delta]
}

fn difference(document: &Document, (unit, more_is_better): (Unit, bool), delta: f64) -> Words {
    // What is left of rounding is no difference.
    if delta.abs() < 1e-9 {
        return faint("the same");
    }
    let sign = if delta > 0.0 { "+" } else { "−" };
    let size = delta.abs();
    let text = match unit {
        Unit::Share => tied(&format!("{} points", rounded(size * 100.0, 1))),
        Unit::Hours => hours_text(size),
        Unit::Money => amount(size, &document.info().currency),
        Unit::Count => rounded(size, 0),
        Unit::Number => rounded(size, 2),
    };
    let tone = if (delta > 0.0) == more_is_better { Tone::Good } else { Tone::Bad };
    Words::of(tone, format!("{sign}{text}"))
}
