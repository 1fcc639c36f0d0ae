//! Parses, and says what is wrong in words a person can act on.

use ron::Error;
use serde::de::DeserializeOwned;

use super::write::OPTIONS;
use super::{FormatError, locate, refuse};

/// Parses the text.
pub(super) fn parse<T: DeserializeOwned>(text: &str) -> Result<T, FormatError> {
    OPTIONS.from_str(text).map_err(|error| refuse::foreign(text).unwrap_or_else(|| report(text, &error)))
}

/// The error of the parser, at the place where a person would look.
fn report(text: &str, error: &ron::error::SpannedError) -> FormatError {
    let offset_of = |position: ron::error::Position| locate::offset(text, position.line, position.col);
    let (start, end) = (offset_of(error.span.start), offset_of(error.span.end));
    let unclosed = matches!(error.code, Error::ExpectedStringEnd | Error::UnclosedBlockComment);
    if !unclosed && text[end..].trim().is_empty() {
        let message = "the file ends here, in the middle of the map: open an earlier copy, or add what is missing";
        return FormatError::at(text, text.trim_end().len(), message);
    }
    let at = match error.code {
        // The parser points at the last field; what lacks one is the record.
        Error::MissingStructField { .. } => locate::open_bracket(text, end).unwrap_or(start),
        Error::UnclosedBlockComment => start - if text[..start].ends_with("/*") { 2 } else { 0 },
        // The parser may stop before blanks; a person looks at what comes after them.
        _ => start + (text[start..].len() - text[start..].trim_start().len()),
    };
    let field = matches!(error.code, Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_));
    let message = if field && between_digits(text, at) {
        "a field was expected here. If the comma before it belongs to a number, write a point".into()
    } else if matches!(error.code, Error::ExpectedStructLike) && after_subject(text, at) {
        "an id in round brackets was expected here, such as party(\"p1\")".into()
    } else {
        message(&error.code)
    };
    FormatError::at(text, at, message)
}

/// True between `1,` and `5`: a comma that was meant for a decimal point.
fn between_digits(text: &str, offset: usize) -> bool {
    let digit = |c: char| c.is_ascii_digit();
    text[..offset].strip_suffix(',').is_some_and(|before| before.ends_with(digit)) && text[offset..].starts_with(digit)
}

/// True after `party` or `handoff`, which name what stands out in a view.
fn after_subject(text: &str, offset: usize) -> bool {
    let before = text[..offset].trim_end();
    ["party", "handoff"].iter().any(|word| before.ends_with(word))
}

/// What to call a record in a sentence.
fn record(name: Option<&str>) -> &'static str {
    match name {
        Some("Party") => "a party",
        Some("Handoff") => "a handoff",
        Some("Requirement") => "a requirement",
        Some("Observation") => "an observation",
        Some("Told") => "an entry of `told`",
        Some("Role") => "a role",
        Some("Rating") => "a rating",
        Some("Measure") => "a measure",
        Some("Expectation") => "an expectation",
        Some("Dismissal") => "a dismissal",
        Some("View") => "a view",
        Some("Area") => "an area",
        Some("Scenario") => "a scenario",
        Some("Change") => "a change",
        Some("AlteredParty" | "AlteredHandoff") => "an altered record",
        Some("WholeParty") => "a whole party",
        Some("WholeHandoff") => "a whole handoff",
        Some("Sprint") => "a sprint",
        Some("Task") => "a task",
        Some("Snapshot") => "a snapshot",
        Some("Frozen") => "a frozen figure",
        Some("Review") => "a review",
        Some("Schedule") => "a schedule",
        Some("NotApplicable") => "a step that does not apply",
        Some("Map") => "`map`",
        _ => "the file",
    }
}

fn message(error: &Error) -> String {
    match error {
        Error::NoSuchStructField { expected, found, outer } => {
            let whose = record(outer.as_deref());
            format!("{whose} has no field `{}`{}", cut(found), choice(found, expected))
        }
        Error::NoSuchEnumVariant { expected, found, .. } => {
            format!("`{}` is not possible here{}", cut(found), choice(found, expected))
        }
        Error::MissingStructField { field, outer } => {
            format!("{} needs the field `{field}`, and it is missing here", record(outer.as_deref()))
        }
        Error::DuplicateStructField { field, outer } => {
            format!("{} has the field `{field}` twice: remove one", record(outer.as_deref()))
        }
        Error::ExpectedNamedStructLike("Peel") | Error::ExpectedDifferentStructName { expected: "Peel", .. } => {
            "this is no map: a map begins with `(version: 1,`".into()
        }
        Error::ExpectedNamedStructLike(name) => {
            format!("{} in round brackets was expected here", record(Some(name)))
        }
        Error::ExpectedDifferentStructName { expected, found } => {
            format!("{} was expected here, and this is called “{}”", record(Some(expected)), cut(found))
        }
        Error::NoSuchExtension(name) => format!("RON has no extension “{}”: remove this line", cut(name)),
        Error::InvalidValueForType { found, .. } => format!("this is {}, and not possible here", cut(found)),
        Error::Message(message) => message.clone(),
        other => plain(other).map_or_else(|| other.to_string(), Into::into),
    }
}

/// The messages that are the same whatever the text is.
fn plain(error: &Error) -> Option<&'static str> {
    Some(match error {
        Error::ExpectedStringEnd => "this text has no closing quote",
        Error::UnclosedBlockComment => "this comment has no end: add */",
        Error::ExpectedComma | Error::UnexpectedChar(_) => "a comma or a closing bracket was expected here",
        Error::ExpectedFloat => "a number was expected here, such as 2 or 0.5",
        Error::FloatUnderscore | Error::UnderscoreAtBeginning => "a number has no underscore there: remove it",
        Error::ExpectedInteger | Error::IntegerOutOfBounds => "a whole number was expected here",
        Error::ExpectedBoolean => "true or false was expected here",
        Error::ExpectedString => "a text in double quotes was expected here",
        Error::ExpectedIdentifier | Error::SuggestRawIdentifier(_) => {
            "the name of a field was expected here, or a closing ) before it"
        }
        Error::ExpectedMapColon => "a colon was expected here, after the name of the field",
        Error::ExpectedArray => "a list in square brackets was expected here",
        Error::ExpectedArrayEnd => "a closing ] was expected here",
        Error::ExpectedStructLike | Error::ExpectedDifferentLength { .. } => {
            "two numbers in round brackets were expected here, such as (120, 40)"
        }
        Error::ExpectedStructLikeEnd | Error::ExpectedOptionEnd => "a closing ) was expected here",
        Error::InvalidEscape(_) => {
            "this text has an escape that does not exist: write \\\\ for a backslash and \\\" for a quote"
        }
        Error::TrailingCharacters => "the map ends before this: remove what follows it",
        Error::ExceededRecursionLimit => "brackets are nested too deeply here",
        _ => return None,
    })
}

/// What may stand there instead, with the likely one first.
fn choice(found: &str, possible: &[&str]) -> String {
    match similar(found, possible.iter().copied()) {
        Some(likely) => format!(": did you mean `{likely}`?"),
        None => format!("; possible are {}", possible.join(", ")),
    }
}

/// The candidate that differs from the word in at most a third of its letters, whatever their case; the nearest first.
pub(super) fn similar<S: AsRef<str>>(word: &str, candidates: impl Iterator<Item = S>) -> Option<S> {
    let (word, length) = (word.to_lowercase(), word.chars().count());
    let distances = candidates.map(|candidate| (distance(&word, &candidate.as_ref().to_lowercase()), candidate));
    distances.filter(|(distance, _)| *distance <= (length / 3).min(3)).min_by_key(|(d, _)| *d).map(|(_, c)| c)
}

/// Letters to add, remove, replace or swap (optimal string alignment); words of more than 40 bytes are not compared.
fn distance(a: &str, b: &str) -> usize {
    if a.len() > 40 || b.len() > 40 {
        return usize::MAX;
    }
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut rows: Vec<Vec<usize>> = vec![(0..=b.len()).collect()];
    for i in 1..=a.len() {
        let mut row = vec![i];
        for j in 1..=b.len() {
            let replaced = rows[i - 1][j - 1] + usize::from(a[i - 1] != b[j - 1]);
            let mut least = replaced.min(rows[i - 1][j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                least = least.min(rows[i - 2][j - 2] + 1);
            }
            row.push(least);
        }
        rows.push(row);
    }
    rows[a.len()][b.len()]
}

/// A foreign word, short enough for a message.
pub(super) fn cut(word: &str) -> String {
    let mut short: String = word.chars().filter(|c| !c.is_control()).take(40).collect();
    if short.len() < word.len() {
        short.push('…');
    }
    short
}
