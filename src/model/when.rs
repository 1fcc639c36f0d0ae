//! When something was so: a day, a week, a month, a quarter or a year, as people name the periods they report on.

use std::cmp::Ordering;
use std::fmt;

use jiff::ToSpan as _;
use jiff::civil::{Date, ISOWeekDate, Weekday};

/// First and last year that can be named.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1900..=2999;

/// A period of the calendar. Weeks are those of ISO 8601, from Monday on, by the year that most of the week is in.
///
/// Later is greater: compared by the last day, then by the first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct When {
    first: Date,
    length: Length,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Length {
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

/// Why a text names no period.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is no period: write for example 2026-03-31, 2026-W13, 2026-03, 2026-Q1 or 2026")]
pub struct WhenError(String);

impl When {
    /// A day. One out of the years that can be named, as by a clock that is wrong, becomes the nearest that can.
    pub fn day(date: Date) -> Self {
        let year = date.year().clamp(*YEARS.start(), *YEARS.end());
        let first = Date::new(year, date.month(), date.day()).unwrap_or(date);
        Self { first, length: Length::Day }
    }

    /// Reads a period: `2026-03-31`, `31.3.2026`, `2026-W13`, `2026-03`, `2026-Q1` or `2026`, in any case.
    pub fn parse(text: &str) -> Result<Self, WhenError> {
        let plain = text.trim().to_ascii_lowercase();
        read(&plain)
            .filter(|when| YEARS.contains(&when.year()))
            .ok_or_else(|| WhenError(text.chars().take(40).collect()))
    }

    fn year(self) -> i16 {
        match self.length {
            Length::Week => self.first.iso_week_date().year(),
            _ => self.first.year(),
        }
    }

    /// The day, when it is one.
    pub fn as_day(self) -> Option<Date> {
        (self.length == Length::Day).then_some(self.first)
    }

    /// Its first day.
    pub fn first(self) -> Date {
        self.first
    }

    /// Its last day.
    pub fn last(self) -> Date {
        let next = self.first_of_next();
        next.and_then(|next| next.yesterday().ok()).unwrap_or(self.first)
    }

    fn first_of_next(self) -> Option<Date> {
        let span = match self.length {
            Length::Day => 1.day(),
            Length::Week => 1.week(),
            Length::Month => 1.month(),
            Length::Quarter => 3.months(),
            Length::Year => 1.year(),
        };
        self.first.checked_add(span).ok()
    }

    /// The period of the same length that follows; itself at the end of the calendar.
    pub fn next(self) -> Self {
        let next = self.first_of_next().map(|first| Self { first, ..self });
        next.filter(|next| YEARS.contains(&next.year())).unwrap_or(self)
    }
}

fn read(text: &str) -> Option<When> {
    if text.contains('.') {
        let mut parts = text.split('.').map(str::trim);
        let (day, month, year) = (number(parts.next()?, 2)?, number(parts.next()?, 2)?, number(parts.next()?, 4)?);
        return parts.next().is_none().then(|| Date::new(year, month as i8, day as i8).ok()).flatten().map(When::day);
    }
    let (year, rest) = text.split_at_checked(4)?;
    let (year, rest) = (number(year, 4)?, rest.trim_start_matches([' ', '-']));
    let of = |first: Option<Date>, length| Some(When { first: first?, length });
    if rest.is_empty() {
        return if text.len() == 4 { of(Date::new(year, 1, 1).ok(), Length::Year) } else { None };
    }
    if let Some(week) = rest.strip_prefix('w') {
        let week = ISOWeekDate::new(year, number(week, 2)? as i8, Weekday::Monday).ok();
        return of(week.map(ISOWeekDate::date), Length::Week);
    }
    if let Some(quarter) = rest.strip_prefix('q') {
        let quarter = number(quarter, 1).filter(|q| (1..=4).contains(q))?;
        return of(Date::new(year, (quarter * 3 - 2) as i8, 1).ok(), Length::Quarter);
    }
    match rest.split_once('-') {
        None => of(Date::new(year, number(rest, 2)? as i8, 1).ok(), Length::Month),
        Some((month, day)) => of(Date::new(year, number(month, 2)? as i8, number(day, 2)? as i8).ok(), Length::Day),
    }
}

/// A plain number of at most so many digits.
fn number(text: &str, digits: usize) -> Option<i16> {
    let plain = !text.is_empty() && text.len() <= digits && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let first = self.first;
        match self.length {
            Length::Day => write!(f, "{first}"),
            Length::Week => {
                let week = first.iso_week_date();
                write!(f, "{:04}-W{:02}", week.year(), week.week())
            }
            Length::Month => write!(f, "{:04}-{:02}", first.year(), first.month()),
            Length::Quarter => write!(f, "{:04}-Q{}", first.year(), (first.month() + 2) / 3),
            Length::Year => write!(f, "{:04}", first.year()),
        }
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.last(), self.first).cmp(&(other.last(), other.first))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(text: &str) -> When {
        When::parse(text).expect(text)
    }

    #[test]
    fn periods_are_read_as_people_write_them_and_written_one_way() {
        for (text, written, last) in [
            ("2026", "2026", "2026-12-31"),
            ("2026-Q1", "2026-Q1", "2026-03-31"),
            ("2026 q4", "2026-Q4", "2026-12-31"),
            ("2024-02", "2024-02", "2024-02-29"),
            (" 2026-3 ", "2026-03", "2026-03-31"),
            ("2026-W1", "2026-W01", "2026-01-04"),
            ("2020-w53", "2020-W53", "2021-01-03"),
            ("2026-03-31", "2026-03-31", "2026-03-31"),
            ("1.4.2026", "2026-04-01", "2026-04-01"),
        ] {
            assert_eq!((when(text).to_string().as_str(), when(text).last().to_string().as_str()), (written, last));
            assert_eq!(when(written), when(text));
        }
    }

    #[test]
    fn what_is_no_period_is_refused() {
        for text in [
            "",
            "soon",
            "26",
            "2026-",
            "2026-13",
            "2026-00",
            "2026-Q5",
            "2026-Q0",
            "2026-W54",
            "2025-W53",
            "2026-02-30",
            "1899",
            "3000",
            "2026-1-1-1",
            "31/12/2026",
            "+026",
            "2026-+1",
            "30.2.2026",
            "１９９９",
        ] {
            assert!(When::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn later_is_greater_and_the_next_one_follows_without_a_gap() {
        let order = ["2025", "2026-01-30", "2026-W05", "2026-02", "2026-Q1", "2026-03-31", "2026-04-01", "2026"];
        for pair in order.windows(2) {
            assert!(when(pair[0]) < when(pair[1]), "{pair:?}");
        }
        for text in order {
            let (this, next) = (when(text), when(text).next());
            assert_eq!(this.last().tomorrow().expect("a day"), next.first(), "{text}");
        }
        assert_eq!(when("2999").next(), when("2999"), "the end of the calendar");
        let wrong = Date::new(-44, 3, 15).expect("a day");
        assert_eq!(When::day(wrong).to_string(), "1900-03-15");
        assert_eq!(when("2024-12-31").next().to_string(), "2025-01-01");
        assert_eq!(when("2024-01-31").next().to_string(), "2024-02-01");
    }
}
