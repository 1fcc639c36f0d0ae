//! Figures as the window says them.

use crate::analysis::Figure;
use crate::model::quantity::{duration, rounded};

/// A share: "84.1 %". One that is not zero is never shown as zero, and one that is not whole never as whole.
pub fn percent(share: f64) -> String {
    match share * 100.0 {
        p if p > 0.0 && p < 0.05 => "< 0.1 %".into(),
        p if (99.95..100.0).contains(&p) => "> 99.9 %".into(),
        p => format!("{} %", rounded(p, 1)),
    }
}

/// A difference of shares in points: "+3.2 points".
pub fn points(difference: f64) -> String {
    let sign = if difference > 0.0 { "+" } else { "" };
    format!("{sign}{} points", rounded(difference * 100.0, 2)).replace('-', "−")
}

/// A length of time that may be more, while some times are unknown: "≥ 7.9 h".
pub fn at_least(figure: &Figure, hours_per_day: f64) -> Option<String> {
    let least = if figure.is_partial() { "≥ " } else { "" };
    figure.value.map(|hours| format!("{least}{}", duration(hours, hours_per_day)))
}

/// An amount of money with thousands apart: "12 400 €"; small ones keep their cents.
pub fn money(amount: f64, currency: &str) -> String {
    let digits = if amount.abs() < 100.0 { 2 } else { 0 };
    let plain = rounded(amount.abs(), digits);
    let (whole, rest) = plain.split_once('.').map_or((plain.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push('\u{202f}');
        }
        grouped.push(digit);
    }
    let sign = if amount < 0.0 && plain != "0" { "−" } else { "" };
    let rest = rest.map(|rest| format!(".{rest}")).unwrap_or_default();
    format!("{sign}{grouped}{rest} {}", currency.trim()).trim_end().to_owned()
}

/// "1 handoff", "3 handoffs".
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_said_without_pretending() {
        let table = [
            (0.0, "0 %"),
            (1.0, "100 %"),
            (0.841112, "84.1 %"),
            (0.0001, "< 0.1 %"),
            (0.99999, "> 99.9 %"),
            (0.2357, "23.6 %"),
        ];
        for (share, words) in table {
            assert_eq!(percent(share), words);
        }
        assert_eq!((points(0.1), points(-0.0312)), ("+10 points".into(), "−3.12 points".into()));
        let amounts =
            [(0.0, "0"), (12.345, "12.35 €"), (1234.5, "1\u{202f}235 €"), (-1e6, "−1\u{202f}000\u{202f}000 €")];
        for ((amount, words), currency) in amounts.into_iter().zip(["", "€", "€ ", "€"]) {
            assert_eq!(money(amount, currency), words);
        }
        let partial = Figure { value: Some(2.0), known: 1, of: 2 };
        assert_eq!(at_least(&partial, 8.0).as_deref(), Some("≥ 2 h"));
        assert_eq!(at_least(&Figure::default(), 8.0), None);
    }
}
