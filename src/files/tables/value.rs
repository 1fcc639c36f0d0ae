//! What a cell says of a field, and how every type of field gives and takes it.

use jiff::civil::Date;

use crate::model::quantity::number;
use crate::model::{
    Agreement, Direction, HandoffKind, Known, Operator, PartyKind, Period, Side, Step, Timing, VoiceKind, When,
};

/// What is known of a field; what is not known has no value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    /// Words of people.
    Text(String),
    /// A number, in the unit of its column.
    Number(f64),
    /// Yes or no.
    Yes(bool),
    /// One of the words that a column offers.
    Word(&'static str),
    /// A period of the calendar.
    When(When),
    /// A day.
    Day(Date),
}

impl Value {
    /// The cell it is written as.
    pub(super) fn cell(self) -> String {
        match self {
            Self::Text(text) => text,
            Self::Number(value) => number(value),
            Self::Yes(yes) => if yes { "yes" } else { "no" }.into(),
            Self::Word(word) => word.into(),
            Self::When(when) => when.to_string(),
            Self::Day(day) => day.to_string(),
        }
    }
}

/// A field of a record. A value of another type than its own is passed over: columns and fields are tied in one table.
pub(super) trait Kept {
    /// What it holds; `None` when that is nothing.
    fn value(&self) -> Option<Value>;
    /// Holds the value from now on.
    fn keep(&mut self, value: &Value);
}

impl Kept for String {
    fn value(&self) -> Option<Value> {
        (!self.is_empty()).then(|| Value::Text(self.clone()))
    }

    fn keep(&mut self, value: &Value) {
        if let Value::Text(text) = value {
            self.clone_from(text);
        }
    }
}

impl Kept for f64 {
    fn value(&self) -> Option<Value> {
        Some(Value::Number(*self))
    }

    fn keep(&mut self, value: &Value) {
        if let Value::Number(number) = value {
            *self = *number;
        }
    }
}

impl Kept for bool {
    fn value(&self) -> Option<Value> {
        Some(Value::Yes(*self))
    }

    fn keep(&mut self, value: &Value) {
        if let Value::Yes(yes) = value {
            *self = *yes;
        }
    }
}

impl Kept for When {
    fn value(&self) -> Option<Value> {
        Some(Value::When(*self))
    }

    fn keep(&mut self, value: &Value) {
        if let Value::When(when) = value {
            *self = *when;
        }
    }
}

impl Kept for Date {
    fn value(&self) -> Option<Value> {
        Some(Value::Day(*self))
    }

    fn keep(&mut self, value: &Value) {
        if let Value::Day(day) = value {
            *self = *day;
        }
    }
}

impl Kept for u32 {
    fn value(&self) -> Option<Value> {
        Some(Value::Number(f64::from(*self)))
    }

    fn keep(&mut self, value: &Value) {
        if let Value::Number(number) = value {
            *self = *number as Self;
        }
    }
}

/// What may be unknown. It takes what its inside takes.
macro_rules! kept_if_known {
    ($($inside:ty = $value:ident),+) => {$(
        impl Kept for Option<$inside> {
            fn value(&self) -> Option<Value> {
                self.as_ref().and_then(Kept::value)
            }

            fn keep(&mut self, value: &Value) {
                if let Value::$value(known) = value {
                    *self = Some(*known);
                }
            }
        }
    )+};
}
kept_if_known!(f64 = Number, bool = Yes, When = When, Date = Day);

/// A type whose values are words.
pub(super) trait Words: Copy + 'static {
    /// Every value, in the order they are offered.
    fn all() -> &'static [Self];
    /// The word in tables.
    fn word(self) -> &'static str;

    /// The value of a word.
    fn of(word: &str) -> Option<Self> {
        Self::all().iter().copied().find(|value| value.word() == word)
    }
}

macro_rules! words_of {
    ($($name:ty),+) => {$(
        impl Words for $name {
            fn all() -> &'static [Self] {
                &Self::ALL
            }

            fn word(self) -> &'static str {
                <$name>::word(self)
            }
        }

        impl Kept for $name {
            fn value(&self) -> Option<Value> {
                Some(Value::Word(Words::word(*self)))
            }

            fn keep(&mut self, value: &Value) {
                if let Value::Word(word) = value {
                    *self = Words::of(word).unwrap_or(*self);
                }
            }
        }

        impl Kept for Option<$name> {
            fn value(&self) -> Option<Value> {
                self.as_ref().and_then(Kept::value)
            }

            fn keep(&mut self, value: &Value) {
                if let Value::Word(word) = value {
                    *self = Words::of(word).or(*self);
                }
            }
        }
    )+};
}
words_of!(PartyKind, HandoffKind, Known, Period, Agreement, Operator, Direction, Timing, VoiceKind, Side, Step);

/// The words that the cells of a column may hold.
#[derive(Debug, Clone, Copy)]
pub(super) struct Choice {
    words: fn() -> Vec<&'static str>,
    /// Other words that people write, each with the one it stands for.
    also: &'static [(&'static str, &'static str)],
}

impl Choice {
    /// The words of a type.
    pub(super) const fn of<T: Words>(also: &'static [(&'static str, &'static str)]) -> Self {
        Self { words: || T::all().iter().map(|value| value.word()).collect(), also }
    }

    /// The word that a text stands for: in any case, with spaces, hyphens or underscores between its parts.
    pub(super) fn find(self, text: &str) -> Option<&'static str> {
        let parts: Vec<String> = text.split([' ', '_', '-']).filter(|p| !p.is_empty()).map(str::to_lowercase).collect();
        let wanted = parts.join(" ");
        let said = self.also.iter().find(|(other, _)| *other == wanted).map(|(_, word)| *word);
        said.or_else(|| (self.words)().into_iter().find(|word| word.replace('-', " ") == wanted))
    }

    /// What may be written, for a message: "guess, sample or measured".
    pub(super) fn offer(self) -> String {
        let words = (self.words)();
        match words.split_last() {
            Some((last, others)) if !others.is_empty() => format!("{} or {last}", others.join(", ")),
            _ => words.concat(),
        }
    }
}
