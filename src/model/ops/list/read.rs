//! Words and numbers as people type them into a cell.

use crate::model::Period;
use crate::model::quantity::{QuantityError, VOLUME};

/// The value of which a word was typed, or its first letters.
///
/// # Errors
/// When no word begins like that, or several do. `what` says what they are.
pub(super) fn by_letters<T: Copy>(
    typed: &str,
    all: &[T],
    word: fn(T) -> &'static str,
    what: &str,
) -> Result<T, String> {
    let lower = typed.trim_start_matches('≈').trim().to_lowercase();
    let begins = |value: &&T| word(**value).starts_with(&lower);
    let words = |values: &mut dyn Iterator<Item = &T>| either(&values.map(|value| word(*value)).collect::<Vec<_>>());
    if let Some(exact) = all.iter().find(|value| word(**value) == lower) {
        return Ok(*exact);
    }
    let mut found = all.iter().filter(begins);
    match (found.next(), found.next()) {
        (Some(one), None) => Ok(*one),
        (None, _) => Err(format!("“{}” is no {what}: write {}", short(typed), words(&mut all.iter()))),
        _ => Err(format!("“{}” could be {}: type more letters", short(typed), words(&mut all.iter().filter(begins)))),
    }
}

/// "one, two or three".
fn either(words: &[&str]) -> String {
    match words {
        [first @ .., last] if !first.is_empty() => format!("{} or {last}", first.join(", ")),
        _ => words.concat(),
    }
}

/// Deliveries per period: "120 a month", "3/day", "40 per week", or a number alone, of the period given.
pub(super) fn volume(typed: &str, period: Period) -> Result<(f64, Period), String> {
    let lower = typed.to_lowercase();
    let apart = ["/", " a ", " an ", " per ", " each ", " every "].into_iter().find_map(|sign| lower.split_once(sign));
    let last_word = || lower.rsplit_once(' ').filter(|(_, word)| word.chars().all(char::is_alphabetic));
    let (amount, unit) = apart.or_else(last_word).unwrap_or((&lower, ""));
    let period = match unit.trim() {
        "" => period,
        "daily" => Period::Day,
        // "weekly" and "weeks" too.
        unit => match Period::ALL.iter().find(|period| unit.starts_with(period.word())) {
            Some(period) => *period,
            None => by_letters(unit, Period::ALL, Period::word, "period")?,
        },
    };
    match VOLUME.parse(amount) {
        Ok(Some(amount)) => Ok((amount, period)),
        Ok(None) => Err(problem("Volume", typed, &QuantityError::NotANumber)),
        Err(error) => Err(problem("Volume", typed, &error)),
    }
}

/// Why a number was not taken.
pub(super) fn problem(field: &str, typed: &str, error: &QuantityError) -> String {
    match error {
        QuantityError::NotANumber | QuantityError::NotADuration => format!("“{}” is {error}", short(typed.trim())),
        _ => format!("{field} {error}"),
    }
}

/// What was typed, as it is quoted in a message.
fn short(typed: &str) -> String {
    typed.chars().take(40).collect()
}
