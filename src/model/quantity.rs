//! What numbers a field may hold, and how durations are written and read.

use std::fmt;

/// A kind of number: its unit, its range, and what it is called in an error.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantity {
    /// The unit shown beside the field ("h", "%" …); empty for a plain number.
    pub unit: &'static str,
    /// Smallest value allowed.
    pub min: f64,
    /// Largest value allowed.
    pub max: f64,
    /// True when only whole numbers are allowed.
    pub whole: bool,
}

/// Process time and waiting time, in hours.
pub const HOURS: Quantity = Quantity { unit: "h", min: 0.0, max: 1_000_000.0, whole: false };
/// A share, in percent.
pub const PERCENT: Quantity = Quantity { unit: "%", min: 0.0, max: 100.0, whole: false };
/// Deliveries per period.
pub const VOLUME: Quantity = Quantity { unit: "", min: 0.0, max: 1e12, whole: false };
/// An amount of money, or one for each hour or defect, in the currency of the map.
pub const MONEY: Quantity = Quantity { unit: "", min: 0.0, max: 1e12, whole: false };
/// A sample size.
pub const SAMPLE: Quantity = Quantity { unit: "", min: 0.0, max: 1e9, whole: true };
/// A mark that people give: importance, satisfaction, a rating.
pub const SCORE: Quantity = Quantity { unit: "", min: 0.0, max: 10.0, whole: false };
/// The weight of a requirement.
pub const WEIGHT: Quantity = Quantity { unit: "", min: 0.0, max: 1000.0, whole: false };
/// A target, tolerance or actual value, in the unit of its requirement.
pub const VALUE: Quantity = Quantity { unit: "", min: -1e15, max: 1e15, whole: false };
/// A tolerance around a target, in the unit of its requirement.
pub const TOLERANCE: Quantity = Quantity { unit: "", min: 0.0, max: 1e15, whole: false };
/// Working hours of a day.
pub const DAY: Quantity = Quantity { unit: "h", min: 0.25, max: 24.0, whole: false };
/// Days of the calendar.
pub const DAYS: Quantity = Quantity { unit: "d", min: 1.0, max: 36_500.0, whole: true };
/// A coordinate on the map.
pub const COORDINATE: Quantity = Quantity { unit: "", min: -1_000_000.0, max: 1_000_000.0, whole: false };
/// A coordinate on the plane of any view, which may be larger than the map.
pub const PLANE: Quantity = Quantity { unit: "", min: -1e9, max: 1e9, whole: false };

/// Why a number or its text does not fit a field.
#[derive(Debug, Clone, PartialEq)]
pub enum QuantityError {
    /// The text is no number.
    NotANumber,
    /// NaN or an infinity.
    NotFinite,
    /// Below or above the range.
    OutOfRange(Quantity),
    /// A fraction where a whole number is wanted.
    NotWhole,
    /// The text is no duration.
    NotADuration,
}

impl fmt::Display for QuantityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotANumber => write!(f, "not a number"),
            Self::NotFinite => write!(f, "must be a finite number"),
            Self::OutOfRange(q) => {
                let unit = if q.unit.is_empty() { String::new() } else { format!(" {}", q.unit) };
                write!(f, "must lie between {} and {}{unit}", number(q.min), number(q.max))
            }
            Self::NotWhole => write!(f, "must be a whole number"),
            Self::NotADuration => write!(f, "not a duration: write for example 90 min, 1.5 h or 2 d"),
        }
    }
}

impl std::error::Error for QuantityError {}

impl Quantity {
    /// Gives the number back when it fits.
    pub fn check(&self, value: f64) -> Result<f64, QuantityError> {
        if !value.is_finite() {
            return Err(QuantityError::NotFinite);
        }
        if value < self.min || value > self.max {
            return Err(QuantityError::OutOfRange(*self));
        }
        if self.whole && value.fract() != 0.0 {
            return Err(QuantityError::NotWhole);
        }
        Ok(value)
    }

    /// Reads a number as people type it: a decimal comma, spaces and this quantity's unit are allowed; empty is unknown.
    pub fn parse(&self, text: &str) -> Result<Option<f64>, QuantityError> {
        let text = text.trim();
        let bare = if self.unit.is_empty() { text } else { text.strip_suffix(self.unit).unwrap_or(text).trim() };
        if bare.is_empty() {
            return if text.is_empty() { Ok(None) } else { Err(QuantityError::NotANumber) };
        }
        let value = parse_number(bare).ok_or(QuantityError::NotANumber)?;
        self.check(value).map(Some)
    }
}

/// A plain decimal number, with a comma or a point; words such as `inf` and `NaN` are not numbers here.
fn parse_number(text: &str) -> Option<f64> {
    let plain: String = text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '\u{202f}')).collect();
    let plain = if plain.matches(',').count() == 1 && !plain.contains('.') { plain.replace(',', ".") } else { plain };
    let allowed = plain.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '-' | '+' | 'e' | 'E'));
    if !allowed || !plain.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    plain.parse().ok()
}

/// Reads a duration and gives hours: `90 min`, `1.5 h`, `2 d`, `1 w`, `1 h 30 min`; a bare number is hours.
///
/// A day has `hours_per_day` hours and a week five such days. Empty is unknown.
pub fn parse_duration(text: &str, hours_per_day: f64) -> Result<Option<f64>, QuantityError> {
    let text = text.trim().to_lowercase();
    if text.is_empty() {
        return Ok(None);
    }
    let (mut hours, mut rest) = (0.0, text.as_str());
    while !rest.is_empty() {
        let end = rest.find(|c: char| c.is_alphabetic()).unwrap_or(rest.len());
        let value = parse_number(rest[..end].trim()).ok_or(QuantityError::NotADuration)?;
        let after = &rest[end..];
        let unit_end = after.find(|c: char| !c.is_alphabetic() && c != '.').unwrap_or(after.len());
        let factor = match after[..unit_end].trim_end_matches('.') {
            "s" | "sec" | "secs" | "second" | "seconds" => 1.0 / 3600.0,
            "m" | "min" | "mins" | "minute" | "minutes" => 1.0 / 60.0,
            "" | "h" | "hr" | "hrs" | "hour" | "hours" => 1.0,
            "d" | "day" | "days" => hours_per_day,
            "w" | "wk" | "wks" | "week" | "weeks" => hours_per_day * 5.0,
            _ => return Err(QuantityError::NotADuration),
        };
        hours += value * factor;
        rest = after[unit_end..].trim_start_matches([' ', ',', '\u{a0}']);
    }
    // 1 h 20 min should not be kept as 1.3333333333333333 and something more.
    HOURS.check((hours * 1e9).round() / 1e9).map(Some)
}

/// A number as short as it can be: at most `places` decimals, no trailing zeros.
pub fn rounded(value: f64, places: usize) -> String {
    let text = format!("{value:.places$}");
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if text == "-0" { "0".into() } else { text.into() }
}

/// A number in full, without an exponent where a person would not use one.
pub fn number(value: f64) -> String {
    if value != 0.0 && !(1e-6..1e16).contains(&value.abs()) { format!("{value:e}") } else { format!("{value}") }
}

/// Hours as people say them: minutes below one hour, hours below a hundred, else days of `hours_per_day`.
pub fn duration(hours: f64, hours_per_day: f64) -> String {
    if hours > 0.0 && hours < 1.0 / 60.0 {
        format!("{} s", rounded(hours * 3600.0, 1))
    } else if hours > 0.0 && hours < 1.0 {
        format!("{} min", rounded(hours * 60.0, 1))
    } else if hours < 100.0 {
        format!("{} h", rounded(hours, 2))
    } else {
        format!("{} d", rounded(hours / hours_per_day, 1))
    }
}

/// Hours as text that [`parse_duration`] reads back without loss, for editing.
pub fn duration_exact(hours: f64) -> String {
    let minutes = hours * 60.0;
    if hours > 0.0 && hours < 1.0 && (minutes - minutes.round()).abs() < 1e-9 {
        format!("{} min", minutes.round())
    } else {
        format!("{} h", number(hours))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_read_as_people_say_them() {
        for (text, hours) in [
            ("90 min", 1.5),
            ("1.5 h", 1.5),
            ("1,5h", 1.5),
            ("2 d", 16.0),
            ("1 w", 40.0),
            ("1 h 30 min", 1.5),
            ("1h30m", 1.5),
            ("45", 45.0),
            ("36 s", 0.01),
            ("0", 0.0),
            ("2 days, 4 hours", 20.0),
        ] {
            assert_eq!(parse_duration(text, 8.0), Ok(Some(hours)), "{text}");
        }
        assert_eq!(parse_duration("  ", 8.0), Ok(None), "empty is unknown");
        assert_eq!(parse_duration("2 d", 24.0), Ok(Some(48.0)), "by the hours of the day");
    }

    #[test]
    fn what_is_no_duration_is_refused() {
        for text in ["soon", "h", "1 fortnight", "-1 h", "1e9 d", "inf", "nan", "1 h -", "--1"] {
            assert!(parse_duration(text, 8.0).is_err(), "{text}");
        }
    }

    #[test]
    fn exact_durations_come_back() {
        for hours in [0.0, 0.25, 0.1, 1.0 / 60.0, 7.85, 205.5, 0.333, 1e-3, 1e6] {
            let text = duration_exact(hours);
            let back = parse_duration(&text, 8.0).expect("reads").expect("known");
            assert!((back - hours).abs() < 1e-9, "{hours} {text} {back}");
        }
    }

    #[test]
    fn durations_are_written_short() {
        for (hours, text) in [(0.25, "15 min"), (7.85, "7.85 h"), (24.0, "24 h"), (205.5, "25.7 d"), (0.0, "0 h")] {
            assert_eq!(duration(hours, 8.0), text, "{hours}");
        }
    }

    #[test]
    fn numbers_are_checked_as_typed() {
        assert_eq!(PERCENT.parse("97,5 %"), Ok(Some(97.5)), "comma and unit");
        assert_eq!(PERCENT.parse(""), Ok(None), "empty is unknown");
        assert_eq!(VOLUME.parse("1 200"), Ok(Some(1200.0)), "spaces");
        assert_eq!(PERCENT.parse("101"), Err(QuantityError::OutOfRange(PERCENT)), "range");
        assert_eq!(SAMPLE.parse("1.5"), Err(QuantityError::NotWhole), "whole");
        for text in ["inf", "NaN", "abc", "1.2.3", "%", "1e400"] {
            assert!(PERCENT.parse(text).is_err(), "{text}");
        }
    }
}
