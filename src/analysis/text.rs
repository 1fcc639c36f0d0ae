//! The report as lines for a terminal.

mod cost;
mod customers;
mod findings;
mod handoffs;
mod improve;
mod map;
mod scenario;

use super::quality::Figure;
use super::report::{Report, SECTIONS};
use crate::model::quantity::rounded;
use crate::model::{Document, HandoffId, PartyId};

pub(super) use cost::cost;
pub(super) use customers::customers;
pub(super) use findings::{dismissed, findings};
pub use findings::{dismissed_text, findings_text};
pub(super) use handoffs::handoffs;
pub(super) use improve::{reviews, sprints, steps};
pub(super) use map::{layers, silos, weak_points};
pub use scenario::{compared_text, scenario_text};

/// Width that lists are wrapped at.
const WIDTH: usize = 100;
/// Most names of one layer, and most handoffs of one customer, that are written out.
const MOST_NAMES: usize = 60;
const MOST_HANDOFFS: usize = 10;

/// The whole report: a heading, then every section that has something to show.
pub fn text(document: &Document, report: &Report) -> String {
    let title = match document.info().title.trim() {
        "" => "Untitled map".to_owned(),
        title => plain(title),
    };
    let mut text = format!(
        "{title}\n{} parties, {} handoffs. A day has {} working hours. Shares are multiplied as if failures were \
         independent of each other.\nWhat is unknown is left out: every figure says over how many of how many it is.\n",
        document.parties_len(),
        document.handoffs_len(),
        rounded(document.info().hours_per_day, 2),
    );
    for section in SECTIONS {
        let lines = (section.text)(document, report);
        if !lines.is_empty() {
            text += &format!("\n{}\n{lines}", section.title);
        }
    }
    text
}

/// "7.85 h", and from a day on "205.5 h (25.69 d)".
fn hours(value: Option<f64>, day: f64) -> String {
    match value {
        None => "unknown".into(),
        Some(hours) if hours < day => format!("{} h", rounded(hours, 2)),
        Some(hours) => format!("{} h ({} d)", rounded(hours, 2), rounded(hours / day, 2)),
    }
}

/// What is left of a long chain is little, and not nothing.
fn percent(value: Option<f64>) -> String {
    match value {
        None => "unknown".into(),
        Some(fraction) if fraction > 0.0 && fraction < 0.00005 => "< 0.01 %".into(),
        Some(fraction) => format!("{:.2} %", fraction * 100.0),
    }
}

fn over(figure: Figure, what: &str) -> String {
    if figure.of == 0 { String::new() } else { format!("{} of {} {what} known", figure.known, figure.of) }
}

/// A handoff for a line: "Sales → Planning: order".
fn described(document: &Document, handoff: HandoffId) -> String {
    document.handoff(handoff).map(|handoff| plain(&document.describe(handoff))).unwrap_or_default()
}

/// "and 3 more", when a list was cut.
fn more(indent: &str, all: usize, shown: usize) -> String {
    if all > shown { format!("{indent}and {} more\n", all - shown) } else { String::new() }
}

fn called(document: &Document, party: PartyId) -> String {
    plain(&document.name_of(party))
}

/// On one line, and without anything a terminal would obey.
fn plain(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// The first of them, and how many more there are.
fn some(names: impl Iterator<Item = String>) -> impl Iterator<Item = String> {
    let mut names: Vec<String> = names.collect();
    let more = names.len().saturating_sub(MOST_NAMES);
    names.truncate(MOST_NAMES);
    names.into_iter().chain((more > 0).then(|| format!("and {more} more")))
}

/// Rows with columns as wide as their widest cell; `right` says which are set to the right.
fn table(indent: &str, rows: &[Vec<String>], right: &[bool]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..right.len()).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row.iter().zip(&widths).zip(right);
        let cells = cells.map(|((cell, width), right)| match right {
            true => format!("{cell:>width$}"),
            false => format!("{cell:<width$}"),
        });
        text += format!("{indent}{}", cells.collect::<Vec<_>>().join("  ")).trim_end();
        text += "\n";
    }
    text
}

/// The parts behind a label, broken before [`WIDTH`] and continued below the first.
fn wrapped<S: AsRef<str>>(indent: &str, label: &str, parts: impl Iterator<Item = S>, between: &str) -> String {
    let margin = indent.chars().count() + label.chars().count();
    let (mut text, mut column) = (format!("{indent}{label}"), margin);
    for (at, part) in parts.enumerate() {
        let part = part.as_ref();
        let (separator, length) = (if at > 0 { between } else { "" }, part.chars().count());
        text += separator.trim_end();
        if at > 0 && column + separator.chars().count() + length > WIDTH {
            text += &format!("\n{}{part}", " ".repeat(margin));
            column = margin + length;
        } else {
            text += &separator[separator.trim_end().len()..];
            text += part;
            column += separator.chars().count() + length;
        }
    }
    text.trim_end().to_owned() + "\n"
}
