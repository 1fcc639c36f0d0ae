//! Parties by what people call them.

use super::failure::Failure;
use crate::model::{Document, PartyId};
use crate::writing::shown;

/// The one party of this name or id.
pub(super) fn party_called(document: &Document, name: &str) -> Result<PartyId, Failure> {
    match parties_called(document, name).as_slice() {
        [] => Err(Failure::refused(no_party(document, name))),
        [one] => Ok(*one),
        several => {
            let ids: Vec<String> = several.iter().take(MOST).map(|id| id.to_string()).collect();
            let more = if several.len() > MOST { " …" } else { "" };
            Err(Failure::refused(format!(
                "{} parties are called “{name}”: name one by its id: {}{more}",
                several.len(),
                ids.join(", ")
            )))
        }
    }
}

/// The parties of this name, else the one with this id, else those whose name is the same in other letters.
pub(super) fn parties_called(document: &Document, name: &str) -> Vec<PartyId> {
    let named = |is: &dyn Fn(&str) -> bool| -> Vec<PartyId> {
        document.parties().filter(|(_, party)| is(&party.name)).map(|(id, _)| id).collect()
    };
    let exact = named(&|other| other == name);
    if !exact.is_empty() {
        return exact;
    }
    match PartyId::parse(name).ok().filter(|id| document.party(*id).is_some()) {
        Some(id) => vec![id],
        None => named(&|other| other.trim().to_lowercase() == name.trim().to_lowercase()),
    }
}

/// Most names in a message.
const MOST: usize = 20;
/// Most names that are offered as what was meant, and the longest that is compared.
const MOST_NEAR: usize = 3;
const LONGEST: usize = 200;

/// That there is no such party; with what may have been meant, else what there is.
pub(super) fn no_party(document: &Document, name: &str) -> String {
    let near = near(document, name);
    if !near.is_empty() {
        let near: Vec<String> = near.into_iter().map(|name| format!("“{}”", shown(&name))).collect();
        return format!("there is no party “{name}” on this map; did you mean {}?", near.join(" or "));
    }
    let names: Vec<String> = document.parties().take(MOST).map(|(id, _)| shown(&document.name_of(id))).collect();
    let more = document.parties_len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("there is no party “{name}” on this map; there are: {}{more}", names.join(", "))
}

/// The names that are nearly this one, the nearest first: a letter in four may be wrong, or a part may be missing.
fn near(document: &Document, name: &str) -> Vec<String> {
    let plain = |text: &str| text.trim().to_lowercase().chars().take(LONGEST).collect::<Vec<char>>();
    let wanted = plain(name);
    if wanted.is_empty() {
        return Vec::new();
    }
    let apart = |other: &str| {
        let other = plain(other);
        let holds = wanted.len() > 2 && other.windows(wanted.len()).any(|part| part == wanted);
        let apart = if holds { 1 } else { distance(&wanted, &other) };
        (apart <= wanted.len().div_ceil(4)).then_some(apart)
    };
    let mut found: Vec<(usize, String)> =
        document.parties().filter_map(|(_, party)| Some((apart(&party.name)?, party.name.clone()))).collect();
    found.sort();
    found.dedup();
    found.into_iter().take(MOST_NEAR).map(|(_, name)| name).collect()
}

/// How many letters must be put in, taken out or changed to come from one to the other (Levenshtein 1966).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut corner = std::mem::replace(&mut row[0], i + 1);
        for (j, y) in b.iter().enumerate() {
            let changed = corner + usize::from(x != y);
            corner = row[j + 1];
            row[j + 1] = changed.min(row[j] + 1).min(corner + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_apart() {
        for (a, b, expected) in
            [("", "", 0), ("kitten", "sitting", 3), ("abc", "", 3), ("", "ab", 2), ("check", "chekc", 2)]
        {
            let chars = |text: &str| text.chars().collect::<Vec<char>>();
            assert_eq!(distance(&chars(a), &chars(b)), expected, "{a} {b}");
        }
    }
}
