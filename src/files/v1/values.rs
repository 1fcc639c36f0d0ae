//! The values of file format 1: texts, numbers, words and lists that end at a limit.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, Error as _, SeqAccess, Visitor};
use serde::ser::{Error as _, Serialize, Serializer};

use crate::model;

/// True for what is left out of a file.
pub(super) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// A text, written on one line with as few escapes as a reader needs.
///
/// `ron` would escape by tables of Unicode that change with the compiler, and write an apostrophe as `\'`; here the list
/// of what is escaped is part of the format. It asks for a serializer that does not escape by itself.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Text<'a>(pub(super) Cow<'a, str>);

impl Serialize for Text<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.is_ascii() && !self.0.bytes().any(|b| b < b' ' || matches!(b, b'"' | b'\\' | 0x7f)) {
            return serializer.serialize_str(&self.0);
        }
        let quoted = quoted(&self.0);
        ron::value::RawValue::from_ron(&quoted).map_err(S::Error::custom)?.serialize(serializer)
    }
}

/// The text in quotes, with escapes for quotes, backslashes, and what cannot be seen or would turn a line around.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) => out.push_str(&format!("\\u{{{:x}}}", u32::from(c))),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Control characters, line separators, marks that turn the direction of a line, and the byte order mark.
fn is_hidden(c: char) -> bool {
    matches!(c, '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

impl<'de> Deserialize<'de> for Text<'_> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(|text| Self(Cow::Owned(text)))
    }
}

/// Defines a number that is written without a fraction when it has none, and reads back bit by bit.
macro_rules! plain_number {
    ($(#[$doc:meta])* $name:ident, $float:ty, $serialize:ident, $exact:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy)]
        pub struct $name(pub(super) $float);

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.0.to_bits() == other.0.to_bits()
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                let whole = self.0.fract() == 0.0 && self.0.abs() <= $exact;
                if whole && !(self.0 == 0.0 && self.0.is_sign_negative()) {
                    serializer.serialize_i64(self.0 as i64)
                } else {
                    serializer.$serialize(self.0)
                }
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <$float>::deserialize(deserializer).map(Self)
            }
        }
    };
}

plain_number!(
    /// A number of a record.
    Number, f64, serialize_f64, 1e15
);
plain_number!(
    /// A coordinate on the map.
    Coordinate, f32, serialize_f32, 1e7
);

/// A list of records that is refused as soon as it is longer than a map may be.
#[derive(Debug)]
pub struct List<T, const MOST: usize>(pub Vec<T>);

impl<T, const MOST: usize> Default for List<T, MOST> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T, const MOST: usize> List<T, MOST> {
    /// True when there is nothing in it.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize, const MOST: usize> Serialize for List<T, MOST> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

impl<'de, T: Deserialize<'de>, const MOST: usize> Deserialize<'de> for List<T, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_seq(Records(PhantomData))
    }
}

/// Reads the records of a [`List`].
struct Records<T, const MOST: usize>(PhantomData<T>);

impl<'de, T: Deserialize<'de>, const MOST: usize> Visitor<'de> for Records<T, MOST> {
    type Value = List<T, MOST>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut records = Vec::new();
        while let Some(record) = seq.next_element()? {
            if records.len() == MOST {
                return Err(A::Error::custom(format!("more than {MOST} records in one list")));
            }
            records.push(record);
        }
        Ok(List(records))
    }
}

/// Defines the frozen words of an enum of the model, the word that is left out, and the way to the model and back.
macro_rules! words {
    ($($name:ident = $default:ident { $($(#[$other:meta])* $value:ident),+ })+) => { $(
        #[doc = concat!("The words of a ", stringify!($name), ".")]
        #[derive(Debug, Clone, Copy, PartialEq, serde::Serialize, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $(#[doc = stringify!($value)] $(#[$other])* $value),+ }

        impl Default for $name {
            fn default() -> Self {
                Self::$default
            }
        }

        impl From<model::$name> for $name {
            fn from(value: model::$name) -> Self {
                match value { $(model::$name::$value => Self::$value),+ }
            }
        }

        impl From<$name> for model::$name {
            fn from(value: $name) -> Self {
                match value { $($name::$value => Self::$value),+ }
            }
        }
    )+ };
}

words!(
    PartyKind = Process { Process, Customer, Supplier }
    Form = Information { Information, Material, Decision, Approval }
    HandoffKind = Forward { Forward, Rework }
    Known = Guess { Guess, Sample, Measured }
    Period = Month { Day, Week, Month, Quarter, Year }
    Agreement = None { None, Draft, Sent, Discussed, Agreed, Disputed }
    ViewKind = Map { Map, Chain, Onion, Lanes, Sipoc, Silos, Place, List, Snowball, Timeline }
    Flow = Right { Right, Down }
    LayerMode = Nearest { Nearest, Longest }
    SipocColumn = Supplier { Supplier, Input, InputNeeds, Process, Output, OutputNeeds, Customer }
    ListColumn = Supplier { Supplier, Item, Customer, State, Requirements, Score, CompleteAccurate, OnTime, Wait, Volume, Known, Agreement, Contact }
    Figure = None { None, CompleteAccurate, OnTime, Wait, Cost, Agreement, Score, #[serde(rename = "share_of_loss")] Loss, Slack, #[serde(rename = "steps_done")] Steps }
    Raci = Responsible { Responsible, Accountable, Consulted, Informed }
    Side = Receiver { Supplier, Receiver }
    Direction = Higher { Higher, Lower }
    Timing = Lagging { Leading, Lagging }
    Lever = CompleteAccurate {
        #[serde(rename = "complete_accurate_pct")] CompleteAccurate,
        #[serde(rename = "on_time_pct")] OnTime,
        #[serde(rename = "wait_h")] Wait,
        #[serde(rename = "process_time_h")] ProcessTime
    }
    VoiceKind = Expectation { Expectation, Challenge, Recommendation }
    Step = InputsAndOutputs { InputsAndOutputs, Customers, Expectations, Change, Suppliers, Requirements, Schedule }
    Standing = Open { Open, Partly, Done, NotApplicable }
);

/// A day, week, month, quarter or year, as a text such as `"2026-03"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct When(pub(super) model::When);

impl Serialize for When {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for When {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        model::When::parse(&text).map(Self).map_err(D::Error::custom)
    }
}

/// A day, as a text such as `"2026-03-31"`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Day(pub(super) Date);

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Cow::<'de, str>::deserialize(deserializer)?;
        let day = model::When::parse(&text).ok().and_then(model::When::as_day);
        day.map(Self).ok_or_else(|| {
            let text: String = text.chars().take(40).collect();
            D::Error::custom(format!("“{text}” is not a day: write for example 2026-03-31"))
        })
    }
}

/// How an actual value is held against a target, as the text `">="`, `"<="` or `"="`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Operator(pub(super) model::Operator);

const OPERATORS: [(&str, model::Operator); 3] =
    [(">=", model::Operator::AtLeast), ("<=", model::Operator::AtMost), ("=", model::Operator::Equal)];

impl Serialize for Operator {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match OPERATORS.iter().find(|(_, operator)| *operator == self.0) {
            Some((word, _)) => serializer.serialize_str(word),
            None => Err(S::Error::custom("an operator without a word")),
        }
    }
}

impl<'de> Deserialize<'de> for Operator {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let word = Cow::<'de, str>::deserialize(deserializer)?;
        let Some((_, operator)) = OPERATORS.iter().find(|(known, _)| *known == word) else {
            let word: String = word.chars().take(40).collect();
            return Err(D::Error::custom(format!("“{word}” is not an operator: write \">=\", \"<=\" or \"=\"")));
        };
        Ok(Self(*operator))
    }
}
