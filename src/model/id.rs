//! Names of records that stay unique when maps made apart are merged.
//!
//! An id is 1 to 12 characters of `a`–`z`, `0`–`9`, `-` and `_`, held as one number: it is `Copy`, sorts like its
//! text, and a person writing a file by hand may choose `sales` as readily as the program chooses `f2k90qz3m001`.

use std::fmt;
use std::num::NonZeroU64;

const LONGEST: usize = 12;
const BASE: u64 = 39;
const ALPHABET: &[u8; 38] = b"-0123456789_abcdefghijklmnopqrstuvwxyz";

/// The untyped id behind [`PartyId`], [`HandoffId`] and the others. As no id is 0, one that may be missing takes no more
/// room than one that is there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(NonZeroU64);

/// Why a text is no id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{}” is not an id: use 1 to 12 of the characters a-z, 0-9, - and _", .0.escape_debug())]
pub struct IdError(String);

impl Id {
    const MIN: Self = Self(NonZeroU64::MIN);
    const MAX: Self = Self(NonZeroU64::MAX);

    /// Reads an id; upper case is refused, so that one record has one spelling.
    pub fn parse(text: &str) -> Result<Self, IdError> {
        let refuse = || IdError(text.chars().take(40).collect());
        if text.is_empty() || text.len() > LONGEST {
            return Err(refuse());
        }
        let mut value = 0;
        for position in 0..LONGEST {
            let digit = match text.as_bytes().get(position) {
                None => 0,
                Some(byte) => digit(*byte).ok_or_else(refuse)?,
            };
            value = value * BASE + digit;
        }
        NonZeroU64::new(value).map(Self).ok_or_else(refuse)
    }

    /// Calls back with the text. A map is full of ids, so this neither allocates nor formats.
    fn with_text<T>(self, take: impl FnOnce(&str) -> T) -> T {
        let (mut rest, mut text, mut length) = (self.0.get(), [0; LONGEST], 0);
        for place in (0..LONGEST).rev() {
            let digit = (rest % BASE) as usize;
            rest /= BASE;
            if digit > 0 {
                text[place] = ALPHABET[digit - 1];
                length = length.max(place + 1);
            }
        }
        take(std::str::from_utf8(&text[..length]).unwrap_or_default())
    }
}

/// The digit of a character, from 1; 0 stands for no character.
fn digit(byte: u8) -> Option<u64> {
    Some(match byte {
        b'-' => 1,
        b'0'..=b'9' => u64::from(byte - b'0') + 2,
        b'_' => 12,
        b'a'..=b'z' => u64::from(byte - b'a') + 13,
        _ => return None,
    })
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.with_text(|text| f.write_str(text))
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for Id {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.with_text(|text| serializer.serialize_str(text))
    }
}

impl<'de> serde::Deserialize<'de> for Id {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;

        impl serde::de::Visitor<'_> for Text {
            type Value = Id;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id")
            }

            fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Id, E> {
                Id::parse(text).map_err(E::custom)
            }
        }
        deserializer.deserialize_str(Text)
    }
}

macro_rules! typed_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(Id);

        impl $name {
            /// Reads an id from its text.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                Id::parse(text).map(Self)
            }

            /// A number that is different for every id, for hashing and for widget ids.
            pub fn as_u64(self) -> u64 {
                self.0.0.get()
            }
        }

        impl From<Id> for $name {
            fn from(id: Id) -> Self {
                Self(id)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

typed_id!(
    /// Names a party.
    PartyId
);
typed_id!(
    /// Names a handoff.
    HandoffId
);
impl HandoffId {
    /// Sorts before every id.
    pub(super) const MIN: Self = Self(Id::MIN);
    /// Sorts after every id.
    pub(super) const MAX: Self = Self(Id::MAX);
}
typed_id!(
    /// Names a requirement of a handoff.
    RequirementId
);
typed_id!(
    /// Names a measure of a process.
    MeasureId
);
typed_id!(
    /// Names something that a customer said about a process.
    VoiceId
);
typed_id!(
    /// Names a saved view.
    ViewId
);
typed_id!(
    /// Names a scenario.
    ScenarioId
);
typed_id!(
    /// Names a sprint.
    SprintId
);

/// Makes new ids: the hour (4 characters), 5 random ones and a counter of 3, all to the base 36.
///
/// Ids of one session sort in the order they were made; two sessions of the same hour share their random part with a
/// chance of 1 in 60 million. The clock and the chance come from outside, so that tests can repeat a run.
#[derive(Debug, Clone)]
pub struct IdGen {
    hour: u64,
    random: u64,
    counter: u64,
}

const COUNTERS: u64 = 36 * 36 * 36;

impl IdGen {
    /// `hour` counts from any fixed day; `seed` should be random.
    pub fn new(hour: u64, seed: u64) -> Self {
        Self { hour, random: seed, counter: 0 }
    }

    /// Leaves ids out, for somebody who took a copy of this and makes at most `count` of them.
    pub fn skip(&mut self, count: u64) {
        // A block of counters is shared by one random part; a fresh part per block is enough.
        for _ in 0..=count / COUNTERS {
            self.random = split_mix(self.random);
        }
        self.counter = 0;
    }

    /// The next id, as any of the id types.
    pub fn make<T: From<Id>>(&mut self) -> T {
        if self.counter == COUNTERS {
            self.counter = 0;
            self.random = split_mix(self.random);
        }
        let random = split_mix(self.random ^ 0x9e37_79b9_7f4a_7c15);
        let (mut text, mut at) = ([0; LONGEST], LONGEST);
        for (mut value, digits) in [(self.counter, 3), (random, 5), (self.hour, 4)] {
            for _ in 0..digits {
                at -= 1;
                let digit = (value % 36) as u8;
                text[at] = if digit < 10 { b'0' + digit } else { b'a' + digit - 10 };
                value /= 36;
            }
        }
        self.counter += 1;
        let mut value = 0;
        for byte in text {
            value = value * BASE + digit(byte).unwrap_or_default();
        }
        // Its first character is no gap, so it is never the smallest.
        T::from(NonZeroU64::new(value).map_or(Id::MIN, Id))
    }
}

/// One step of the `SplitMix64` generator (Steele, Lea, Flood 2014). No two numbers give the same.
pub(crate) fn split_mix(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_keeps_its_text_and_sorts_like_it() {
        let texts = ["-", "0", "0a", "9", "_", "a", "a-b", "ab", "sales", "zzzzzzzzzzzz"];
        let ids: Vec<Id> = texts.iter().map(|t| Id::parse(t).expect(t)).collect();
        assert!(ids.is_sorted(), "{ids:?}");
        for (text, id) in texts.iter().zip(&ids) {
            assert_eq!(&id.to_string(), text, "text is kept");
        }
    }

    #[test]
    fn an_id_that_may_be_missing_takes_no_more_room() {
        assert_eq!(size_of::<Option<HandoffId>>(), size_of::<u64>());
        assert!(HandoffId::parse("-").is_ok_and(|least| HandoffId::MIN < least));
        assert!(HandoffId::parse("zzzzzzzzzzzz").is_ok_and(|last| last < HandoffId::MAX));
    }

    #[test]
    fn what_is_no_id_is_refused() {
        for text in ["", "Sales", "a b", "é", "thirteen-char", "a\0"] {
            assert!(Id::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn made_ids_are_unique_and_in_order() {
        let mut ids = IdGen::new(412_345, 7);
        let made: Vec<PartyId> = (0..100_000).map(|_| ids.make()).collect();
        let mut unique = made.clone();
        unique.sort();
        unique.dedup();
        assert_eq!(unique.len(), made.len(), "unique");
        assert!(made[..COUNTERS as usize].is_sorted(), "in order of making");
        assert_eq!(made[0].to_string().len(), LONGEST, "whole length");
    }
}
