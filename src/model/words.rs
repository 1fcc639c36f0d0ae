//! Figures as people say them, the same wherever they are said.

use super::quantity::rounded;

/// A fraction in percent: "84.1 %". What is not nothing is not shown as 0, and what is not all not as 100.
pub fn percent(share: f64) -> String {
    let pct = share * 100.0;
    match rounded(pct, 1).as_str() {
        "0" if pct > 0.0 => "< 0.1 %".into(),
        "100" if pct < 100.0 - 1e-9 => "> 99.9 %".into(),
        text => format!("{text} %"),
    }
}

/// A difference of two fractions in points: "+3.2 points". What is not nothing is not shown as 0.
pub fn points(difference: f64) -> String {
    format!("{} points", gained(difference * 100.0))
}

/// So many points more or less: "+0.78", "< 0.01".
pub fn gained(points: f64) -> String {
    let sign = if points > 0.0 { "+" } else { "" };
    match rounded(points, 2).as_str() {
        "0" | "-0" if points > 0.0 => "< 0.01".into(),
        "0" | "-0" if points < 0.0 => "> −0.01".into(),
        text => format!("{sign}{text}").replace('-', "−"),
    }
}

/// An amount of money: "12,500 €". Cents only where they matter.
pub fn money(amount: f64, currency: &str) -> String {
    let text = rounded(amount, if amount.abs() < 100.0 { 2 } else { 0 });
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), ""), |(whole, rest)| (whole, rest));
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at) % 3 == 0 && !grouped.ends_with('-') {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let rest = if rest.is_empty() { String::new() } else { format!(".{rest}") };
    format!("{grouped}{rest} {}", currency.trim()).trim_end().to_owned()
}

/// "1 handoff", "2 handoffs".
pub fn count(n: usize, one: &str, more: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { more })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_said_without_pretending() {
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
        let few = [(0.78, "+0.78"), (0.004, "< 0.01"), (-0.004, "> −0.01"), (0.0, "0"), (-2.0, "−2")];
        assert!(few.iter().all(|(value, words)| gained(*value) == *words));
    }

    #[test]
    fn money_is_grouped() {
        for (amount, words) in [
            (0.0, "0 €"),
            (12.5, "12.5 €"),
            (999.6, "1,000 €"),
            (1_234_567.0, "1,234,567 €"),
            (-123_456.0, "-123,456 €"),
        ] {
            assert_eq!(money(amount, "€"), words);
        }
        assert_eq!((money(5.0, " "), count(1, "a", "b"), count(0, "a", "b")), ("5".into(), "1 a".into(), "0 b".into()));
    }
}
