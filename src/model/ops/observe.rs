//! Entering observations in seconds: the next one is like the last, and a column from a sheet is many at once.

use jiff::civil::Date;

use crate::model::quantity::{QuantityError, SAMPLE, VALUE};
use crate::model::{History, Known, Observation, When};

/// What is typed for one observation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Entry {
    /// The period.
    pub when: String,
    /// The value; empty repeats the last one.
    pub value: String,
    /// How many deliveries it was counted on.
    pub sample_size: String,
    /// How it is known.
    pub known: Known,
    /// Who says so.
    pub by: String,
}

/// The entry that is offered after a history: the following period, the same kind of knowledge, the same person.
pub fn next(history: &History, today: Date) -> Entry {
    let last = history.latest();
    let when = last.and_then(|last| last.when).map_or_else(|| this_month(today), When::next);
    Entry {
        when: when.to_string(),
        value: String::new(),
        sample_size: last.and_then(|last| last.sample_size).map(crate::model::quantity::number).unwrap_or_default(),
        known: last.and_then(|last| last.known).unwrap_or_default(),
        by: last.map(|last| last.by.clone()).unwrap_or_default(),
    }
}

fn this_month(today: Date) -> When {
    When::parse(&format!("{:04}-{:02}", today.year(), today.month())).unwrap_or_else(|_| When::day(today))
}

/// The observation of an entry; what is wrong is said in words.
pub fn read(entry: &Entry, history: &History) -> Result<Observation, String> {
    let value = match entry.value.trim() {
        "" => history.actual().ok_or("type the value that was observed")?,
        text => number(text)?,
    };
    let (when, by) = (period(&entry.when)?, entry.by.trim().to_owned());
    let sample_size = SAMPLE.parse(&entry.sample_size).map_err(|error| format!("the sample size: {error}"))?;
    Ok(Observation { when, value, sample_size, known: Some(entry.known), by })
}

/// A column or a block from a sheet: in each line a value, or a period and a value, then perhaps n, how known and by whom.
/// Lines without a period follow the one before; what is left out is as in the entry. Empty lines are passed over.
pub fn read_block(text: &str, entry: &Entry) -> Result<Vec<Observation>, String> {
    let mut observations: Vec<Observation> = Vec::new();
    let first = period(&entry.when)?;
    for (row, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let at = |problem: String| format!("line {}: {problem}", row + 1);
        let cells: Vec<&str> = line.split(['\t', ';']).map(str::trim).collect();
        let following = match observations.last() {
            None => first,
            Some(before) => before.when.map(When::next),
        };
        let (when, rest) = match cells.as_slice() {
            [when, rest @ ..] if !rest.is_empty() && is_period(when) => (period(when).map_err(at)?, rest),
            rest => (following, rest),
        };
        let cell = |index: usize| rest.get(index).copied().unwrap_or_default();
        let size = if cell(1).is_empty() { entry.sample_size.as_str() } else { cell(1) };
        let sample_size = SAMPLE.parse(size).map_err(|error| at(format!("the sample size: {error}")))?;
        let known = match cell(2).to_lowercase() {
            word if word.is_empty() => entry.known,
            word => known(&word).ok_or_else(|| at(format!("“{word}” is not guess, sample or measured")))?,
        };
        let by = if cell(3).is_empty() { entry.by.trim() } else { cell(3) };
        let value = number(cell(0)).map_err(at)?;
        observations.push(Observation { when, value, sample_size, known: Some(known), by: by.to_owned() });
    }
    Ok(observations)
}

/// True for what can only be a period in the first cell of several: a number alone could be a year.
fn is_period(text: &str) -> bool {
    text.is_empty() || When::parse(text).is_ok()
}

fn period(text: &str) -> Result<Option<When>, String> {
    if text.trim().is_empty() { Ok(None) } else { When::parse(text).map(Some).map_err(|error| error.to_string()) }
}

/// A value; a percent sign behind it is left aside.
fn number(text: &str) -> Result<f64, String> {
    let plain = text.trim().trim_end_matches('%').trim_end();
    match VALUE.parse(plain) {
        Ok(Some(value)) => Ok(value),
        Ok(None) | Err(QuantityError::NotANumber) => Err(format!("“{}” is not a number", text.trim())),
        Err(error) => Err(format!("the value {error}")),
    }
}

fn known(word: &str) -> Option<Known> {
    Known::ALL.iter().copied().find(|known| known.word() == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().expect(text)
    }

    fn observation(when: &str, value: f64) -> Observation {
        Observation { when: When::parse(when).ok(), known: Some(Known::Measured), ..Observation::of(value) }
    }

    #[test]
    fn the_next_entry_is_like_the_last() {
        assert_eq!(next(&History::default(), date("2026-11-22")).when, "2026-11");
        let last = Observation { sample_size: Some(40.0), by: "Ana".into(), ..observation("2026-W53", 45.0) };
        let entry = next(&History::new(vec![last]), date("2026-11-22"));
        assert_eq!(
            entry,
            Entry {
                when: "2027-W01".into(),
                value: String::new(),
                sample_size: "40".into(),
                known: Known::Measured,
                by: "Ana".into()
            }
        );
        let repeated = read(&entry, &History::of(45.0)).expect("sound");
        assert_eq!((repeated.value, repeated.when), (45.0, When::parse("2027-W01").ok()));
    }

    #[test]
    fn a_column_becomes_periods_in_a_row() {
        let entry = Entry { when: "2026-11".into(), known: Known::Sample, ..Entry::default() };
        let read = |text: &str| read_block(text, &entry);
        let lines = |text: &str| -> Vec<String> {
            read(text).expect(text).iter().map(|o| format!("{} {}", o.value, o.source())).collect()
        };
        assert_eq!(lines("45\r\n\n50,5 %\n80"), ["45 2026-11, sample", "50.5 2026-12, sample", "80 2027-01, sample"]);
        assert_eq!(
            lines("2026-Q1\t45\t40\tmeasured\tAna\n2026-Q2\t50\n60"),
            ["45 2026-Q1, measured, n = 40, Ana", "50 2026-Q2, sample", "60 2026-Q3, sample"]
        );
        assert_eq!(lines("2026\t12"), ["12 2026, sample"], "a year before a value");
        assert_eq!(lines("2026"), ["2026 2026-11, sample"], "a number alone is a value");
        for (text, problem) in [
            ("45\nmany", "line 2: “many” is not a number"),
            ("45\t1.5", "line 1: the sample size: must be a whole number"),
            ("45\t3\tsure", "line 1: “sure” is not guess, sample or measured"),
            ("1e99", "line 1: the value must lie between"),
        ] {
            let error = read(text).expect_err(text);
            assert!(error.starts_with(problem), "{error}");
        }
    }

    #[test]
    fn what_is_typed_wrong_is_said() {
        let history = History::default();
        for (entry, problem) in [
            (Entry::default(), "type the value"),
            (Entry { value: "x".into(), ..Entry::default() }, "“x” is not a number"),
            (Entry { value: "1".into(), when: "soon".into(), ..Entry::default() }, "“soon” is no period"),
            (Entry { value: "1".into(), sample_size: "-1".into(), ..Entry::default() }, "the sample size"),
        ] {
            assert!(read(&entry, &history).expect_err(problem).contains(problem));
        }
    }
}
