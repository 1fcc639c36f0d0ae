//! Numbers as sentences need them. A value and its unit are tied together, so that no line ends between them.

use crate::model::quantity::{number, rounded};
use crate::model::{Aim, Known, Observation, Operator};
use crate::writing::{Tone, Words};

/// Spaces that hold together.
pub(crate) fn tied(text: &str) -> String {
    text.replace(' ', "\u{a0}")
}

/// A value in percent: "22.3 %".
pub(super) fn percent(pct: f64) -> String {
    tied(&format!("{} %", rounded(pct, 1)))
}

/// A value in its unit, with no more digits than somebody typed.
pub(super) fn with_unit(value: f64, unit: &str) -> String {
    tied(format!("{} {}", number(value), unit.trim()).trim_end())
}

/// An amount of money: "12,500 €".
pub(crate) fn money(amount: f64, currency: &str) -> String {
    tied(&crate::model::words::money(amount, currency))
}

/// The distance between two values in words: "35 points" of a share in percent, else in the unit.
pub(super) fn distance(from: f64, to: f64, unit: &str) -> String {
    // What is left of rounding is no distance.
    let size = from.abs().max(to.abs());
    let gap = (to - from).abs();
    let digits = if size > 0.0 { (9 - size.log10().floor() as i32).clamp(0, 15) } else { 0 };
    let gap: f64 = format!("{gap:.*}", digits as usize).parse().unwrap_or(gap);
    match unit.trim() {
        "%" => tied(&format!("{} {}", number(gap), if gap == 1.0 { "point" } else { "points" })),
        unit => with_unit(gap, unit),
    }
}

/// How far a value is from what is wanted: "35 points short", "2 h too much", "on target".
pub(super) fn gap(aim: Aim, actual: f64, unit: &str) -> String {
    let distance = distance(aim.target, actual, unit);
    if distance.starts_with("0\u{a0}") || distance == "0" {
        return "on target".into();
    }
    match (aim.operator, actual < aim.target) {
        (Operator::AtLeast, true) => format!("{distance} short"),
        (Operator::AtLeast, false) => format!("{distance} above"),
        (Operator::AtMost, true) => format!("{distance} below"),
        (Operator::AtMost, false) => format!("{distance} too much"),
        (Operator::Equal, _) => format!("off by {distance}"),
    }
}

/// What is wanted, for a sentence: "at least 80 %", "5 ± 0.5 h".
pub(super) fn wanted(aim: Aim, unit: &str) -> String {
    let tolerance = if aim.tolerance > 0.0 { format!(" ± {}", number(aim.tolerance)) } else { String::new() };
    let value = tied(format!("{}{tolerance} {}", number(aim.target), unit.trim()).trim_end());
    match aim.operator {
        Operator::AtLeast => format!("at least {value}"),
        Operator::AtMost => format!("at most {value}"),
        Operator::Equal => value,
    }
}

/// A value that was seen, and below it how it is known and between what it may lie when it is a share of a known number.
/// A guess looks like one.
pub(super) fn seen(observation: &Observation, unit: &str) -> Words {
    let [source, interval] = doubts(observation, unit);
    let words = value(observation, unit).line(Tone::Faint, source);
    if interval.is_empty() { words } else { words.line(Tone::Faint, interval) }
}

/// The same in one line.
pub(super) fn seen_in_line(observation: &Observation, unit: &str) -> Words {
    let doubts: Vec<String> = doubts(observation, unit).into_iter().filter(|text| !text.is_empty()).collect();
    value(observation, unit).then(Tone::Faint, format!(" ({})", doubts.join("; ")))
}

fn value(observation: &Observation, unit: &str) -> Words {
    let is_guess = observation.known == Some(Known::Guess);
    Words::of(if is_guess { Tone::Guess } else { Tone::Plain }, with_unit(observation.value, unit))
}

/// How a value is known, and the interval of a share.
fn doubts(observation: &Observation, unit: &str) -> [String; 2] {
    let source = observation.source();
    let unsaid = if observation.known.is_none() { "source not noted" } else { "" };
    let parts: Vec<&str> = [source.as_str(), unsaid].into_iter().filter(|part| !part.is_empty()).collect();
    let interval = observation.interval_pct().filter(|_| unit.trim() == "%");
    let interval = interval.map(|(low, high)| tied(&format!("95 % sure: {}–{} %", rounded(low, 1), rounded(high, 1))));
    [parts.join(", "), interval.unwrap_or_default()]
}

/// "a, b and c".
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_told_in_words() {
        let aim = |operator, target| Aim { operator, target, tolerance: 0.0 };
        for (aim, actual, unit, words) in [
            (aim(Operator::AtLeast, 80.0), 45.0, "%", "35 points short"),
            (aim(Operator::AtLeast, 80.0), 81.0, " % ", "1 point above"),
            (aim(Operator::AtMost, 4.0), 6.5, "h", "2.5 h too much"),
            (aim(Operator::AtMost, 4.0), 3.0, "h", "1 h below"),
            (aim(Operator::AtMost, 0.3), 0.1 + 0.2, "", "on target"),
            (aim(Operator::Equal, 5.0), 4.5, "mm", "off by 0.5 mm"),
            (aim(Operator::Equal, 5e14), 5e14, "mm", "on target"),
            (aim(Operator::AtLeast, 1e-7), 0.0, "g", "1e-7 g short"),
        ] {
            assert_eq!(gap(aim, actual, unit).replace('\u{a0}', " "), words);
        }
    }
}
