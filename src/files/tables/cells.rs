//! Cells understood: texts, numbers, durations, words and ids, with every refusal naming its cell.

use super::binding::Binding;
use super::columns::{Cell, Column};
use super::problems::Problems;
use jiff::civil::Date;

use super::table::{Row, Table};
use super::value::{Choice, Value};
use crate::model::quantity::{HOURS, Quantity, QuantityError, parse_duration};
use crate::model::{Id, LONGEST_TEXT, When};

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

    /// What the row says in a column; `None` when it says nothing, or what cannot be understood, which is reported.
    pub(super) fn value(&mut self, column: &Column, verbatim: bool) -> Option<Value> {
        let name = column.name;
        match column.cell {
            Cell::Text | Cell::Id => self.text(name, verbatim).map(Value::Text),
            Cell::Word(choice) => self.word(name, choice).map(Value::Word),
            Cell::YesNo => self.yes_no(name).map(Value::Yes),
            Cell::Number(quantity) => self.number(name, quantity).map(Value::Number),
            Cell::Hours => self.hours(name).map(Value::Number),
            Cell::When => self.when(name).map(Value::When),
            Cell::Day => self.day(name).map(Value::Day),
        }
    }

    /// A text that is kept: every character of it when it is `verbatim`, else without the space around it.
    ///
    /// Rows with an id were written by this program or by somebody who knows its ids; they come back unchanged. So do
    /// rows of tables that have no ids.
    fn text(&mut self, name: &str, verbatim: bool) -> Option<String> {
        let raw = self.raw(name);
        let text = if verbatim { raw } else { raw.trim() };
        if let Some(problem) = text_problem(text) {
            self.refuse(name, &problem);
            return None;
        }
        (!text.is_empty()).then(|| text.into())
    }

    /// The row's id.
    pub(super) fn id(&mut self) -> Option<Id> {
        let text = self.raw("id").trim();
        if text.is_empty() {
            return None;
        }
        Id::parse(text).map_err(|error| self.refuse("id", &error.to_string())).ok()
    }

    /// True when the id's cell is not empty, be it right or wrong.
    pub(super) fn has_id(&self) -> bool {
        !self.is_empty("id")
    }

    /// True when there is nothing in the cell.
    pub(super) fn is_empty(&self, name: &str) -> bool {
        self.raw(name).trim().is_empty()
    }

    fn number(&mut self, name: &str, quantity: Quantity) -> Option<f64> {
        let read = quantity.parse(self.raw(name));
        self.known(name, read)
    }

    /// Hours: a number to the last digit, or a duration such as "90 min".
    fn hours(&mut self, name: &str) -> Option<f64> {
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

    /// A period; a date that a spreadsheet wrote may have a time of day behind it.
    fn when(&mut self, name: &str) -> Option<When> {
        let raw = self.raw(name).trim();
        if raw.is_empty() {
            return None;
        }
        let shown: String = without_time(raw).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        When::parse(&shown).map_err(|error| self.refuse(name, &error.to_string())).ok()
    }

    /// A day; a longer period is refused.
    fn day(&mut self, name: &str) -> Option<Date> {
        let day = self.when(name)?.as_day();
        if day.is_none() {
            let cell = quoted(self.raw(name).trim());
            self.refuse(name, &format!("{cell} is not a day: write for example 2026-03-31"));
        }
        day
    }

    fn yes_no(&mut self, name: &str) -> Option<bool> {
        let raw = self.raw(name).trim();
        let said = match raw.to_lowercase().as_str() {
            "" => return None,
            "yes" | "y" | "true" | "1" => Some(true),
            "no" | "n" | "false" | "0" => Some(false),
            _ => None,
        };
        if said.is_none() {
            self.refuse_word(name, "yes or no");
        }
        said
    }

    fn word(&mut self, name: &str, choice: Choice) -> Option<&'static str> {
        let raw = self.raw(name).trim();
        if raw.is_empty() {
            return None;
        }
        let found = choice.find(raw);
        if found.is_none() {
            self.refuse_word(name, &choice.offer());
        }
        found
    }

    fn refuse_word(&mut self, name: &str, offer: &str) {
        let cell = quoted(self.raw(name).trim());
        self.refuse(name, &format!("{cell} is not known here: write {offer}"));
    }
}

/// A text without the time of day at its end: `2026-03-31 00:00:00`, `2026-03-31T00:00`.
fn without_time(text: &str) -> &str {
    let is_time = |time: &str| {
        time.contains(':') && time.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b'Z'))
    };
    match text.split_once([' ', 'T']) {
        Some((date, time)) if is_time(time) => date,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_of_day_comes_off_a_date() {
        for text in ["2026-03-31 00:00:00", "2026-03-31T00:00", "2026-03-31T00:00:00.000Z", "2026-03-31"] {
            assert_eq!(without_time(text), "2026-03-31", "{text}");
        }
        for text in ["2026 Q1", "2026-03-31 soon", "31 12:00 x"] {
            assert_eq!(without_time(text), text);
        }
    }
}
