//! Cells understood: texts, numbers, durations, words and ids, with every refusal naming its cell.

use super::columns::Binding;
use super::problems::Problems;
use super::table::{Row, Table};
use crate::model::quantity::{HOURS, Quantity, QuantityError, parse_duration};
use crate::model::{Id, LONGEST_TEXT};

/// A cell's text for a message: short, on one line, in quotation marks.
pub(super) fn quoted(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut shown: String = text.chars().take(LONGEST).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        shown.push('…');
    }
    format!("“{shown}”")
}

/// Why a text cannot be kept in a map.
pub(super) fn text_problem(text: &str) -> Option<String> {
    if text.len() > LONGEST_TEXT && text.chars().count() > LONGEST_TEXT {
        Some(format!("the text is longer than {LONGEST_TEXT} characters"))
    } else if text.contains('\0') {
        Some("the text holds a NUL character: delete it".into())
    } else {
        None
    }
}

/// Reads the cells of one row by the names of their columns. An empty cell and a missing column are `None`.
#[derive(Debug)]
pub(super) struct Cells<'a, 'p> {
    /// The table, for messages.
    pub table: &'a Table,
    /// Where its columns are.
    pub columns: &'a Binding,
    /// The row.
    pub row: &'a Row,
    /// Hours of a day, for durations in days.
    pub hours_per_day: f64,
    /// Takes what is wrong.
    pub problems: &'p mut Problems,
}

impl<'a> Cells<'a, '_> {
    fn raw(&self, name: &str) -> &'a str {
        self.columns.at(name).and_then(|at| self.row.cells.get(at)).map_or("", String::as_str)
    }

    /// Reports a problem of the row's cell in the column.
    pub(super) fn refuse(&mut self, name: &str, problem: &str) {
        let place = self.table.place(self.row.line, name, self.columns.at(name));
        self.problems.add(format!("{place}: {problem}"));
    }

    /// A text that is kept: every character of it in a row with an id, else without the space around it.
    ///
    /// Rows with an id were written by this program or by somebody who knows its ids; they come back unchanged.
    pub(super) fn text(&mut self, name: &str, verbatim: bool) -> Option<String> {
        let raw = self.raw(name);
        let text = if verbatim { raw } else { raw.trim() };
        if let Some(problem) = text_problem(text) {
            self.refuse(name, &problem);
            return None;
        }
        (!text.is_empty()).then(|| text.into())
    }

    /// The name of something else, without the space around it.
    pub(super) fn reference(&mut self, name: &str) -> Option<&'a str> {
        let text = self.raw(name).trim();
        (!text.is_empty()).then_some(text)
    }

    /// The row's id.
    pub(super) fn id<T: From<Id>>(&mut self) -> Option<T> {
        let text = self.raw("id").trim();
        if text.is_empty() {
            return None;
        }
        match Id::parse(text) {
            Ok(id) => Some(T::from(id)),
            Err(error) => {
                self.refuse("id", &error.to_string());
                None
            }
        }
    }

    /// True when the id's cell is not empty, be it right or wrong.
    pub(super) fn has_id(&self) -> bool {
        !self.raw("id").trim().is_empty()
    }

    /// A number.
    pub(super) fn number(&mut self, name: &str, quantity: Quantity) -> Option<f64> {
        let read = quantity.parse(self.raw(name));
        self.known(name, read)
    }

    /// Hours: a number to the last digit, or a duration such as "90 min".
    pub(super) fn hours(&mut self, name: &str) -> Option<f64> {
        let read = match HOURS.parse(self.raw(name)) {
            Err(QuantityError::NotANumber) => parse_duration(self.raw(name), self.hours_per_day),
            read => read,
        };
        self.known(name, read)
    }

    fn known(&mut self, name: &str, read: Result<Option<f64>, QuantityError>) -> Option<f64> {
        read.unwrap_or_else(|error| {
            let cell = quoted(self.raw(name).trim());
            let is = match error {
                QuantityError::NotANumber | QuantityError::NotADuration => "is ",
                _ => "",
            };
            self.refuse(name, &format!("{cell} {is}{error}"));
            None
        })
    }

    /// Yes or no.
    pub(super) fn yes_no(&mut self, name: &str) -> Option<bool> {
        let words = [("yes", true), ("no", false), ("true", true), ("false", false), ("1", true), ("0", false)];
        self.word(name, &[words.as_slice(), &[("y", true), ("n", false)]].concat(), "yes or no")
    }

    /// One of some words, in any case and with any spaces; `offer` says which.
    pub(super) fn word<T: Copy>(&mut self, name: &str, words: &[(&str, T)], offer: &str) -> Option<T> {
        let raw = self.raw(name).trim();
        if raw.is_empty() {
            return None;
        }
        let parts: Vec<String> = raw.split([' ', '_', '-']).filter(|p| !p.is_empty()).map(str::to_lowercase).collect();
        let wanted = parts.join(" ");
        let found = words.iter().find(|(word, _)| *word == wanted).map(|(_, value)| *value);
        if found.is_none() {
            self.refuse(name, &format!("{} is not known here: write {offer}", quoted(raw)));
        }
        found
    }
}
