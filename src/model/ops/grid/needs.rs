//! The requirements of a handoff as one line of text, and back: what was not touched keeps all its fields.

use std::collections::BTreeMap;

use crate::model::{Handoff, IdGen, Requirement};

const BETWEEN: char = ';';

/// The requirements' texts with semicolons between them; those without words are not shown.
pub(in crate::model::ops) fn text(handoff: &Handoff) -> String {
    let texts: Vec<&str> = handoff.requirements.iter().map(|r| r.text.as_str()).filter(|t| shows(t)).collect();
    texts.join("; ")
}

fn shows(text: &str) -> bool {
    !text.trim().is_empty()
}

/// The requirements after somebody typed `line` in their place.
///
/// A requirement whose text is still there is kept. Of the others as many as are new between the same neighbours, or in
/// the whole line, are taken as renamed, in order; the rest is added and removed. Requirements without words stay.
pub(in crate::model::ops) fn read(before: &[Requirement], line: &str, ids: &mut IdGen) -> Vec<Requirement> {
    let (old, hidden): (Vec<&Requirement>, Vec<&Requirement>) = before.iter().partition(|r| shows(&r.text));
    let new = split(line, &old);
    let mut source = same_text(&old, &new);
    rename(old.len(), &mut source);
    let made = new.into_iter().zip(source).map(|(text, source)| match source {
        Some(i) if old[i].text.trim() == text => old[i].clone(),
        Some(i) => Requirement { text, ..old[i].clone() },
        None => Requirement::new(ids.make(), text),
    });
    made.chain(hidden.into_iter().cloned()).collect()
}

/// Parts the line at semicolons and line ends, but not within the text of a requirement that has some itself.
fn split(line: &str, old: &[&Requirement]) -> Vec<String> {
    let ends_part = |c: char| c == BETWEEN || c == '\n' || c == '\r';
    let mut whole: Vec<&str> = old.iter().map(|r| r.text.trim()).filter(|text| text.contains(ends_part)).collect();
    whole.sort_by_key(|text| std::cmp::Reverse(text.len()));
    let (mut parts, mut rest) = (Vec::new(), line.trim_start());
    while !rest.is_empty() {
        let known = whole.iter().find(|text| {
            rest.strip_prefix(**text).is_some_and(|after| after.trim_start().is_empty() || after.starts_with(ends_part))
        });
        let end = known.map_or_else(|| rest.find(ends_part).unwrap_or(rest.len()), |text| text.len());
        if shows(&rest[..end]) {
            parts.push(rest[..end].trim().to_owned());
        }
        rest = rest[end..].trim_start().trim_start_matches(BETWEEN).trim_start();
    }
    parts
}

/// For each new text the old requirement of the same text, each used once.
fn same_text(old: &[&Requirement], new: &[String]) -> Vec<Option<usize>> {
    let mut used = vec![false; old.len()];
    let find = |text: &String| {
        let found = (0..old.len()).find(|i| !used[*i] && old[*i].text.trim() == text)?;
        used[found] = true;
        Some(found)
    };
    new.iter().map(find).collect()
}

/// Gives new texts the old requirements they replace.
fn rename(old: usize, source: &mut [Option<usize>]) {
    let free: Vec<usize> = (0..old).filter(|i| !source.contains(&Some(*i))).collect();
    let open: Vec<usize> = (0..source.len()).filter(|i| source[*i].is_none()).collect();
    if free.len() == open.len() {
        for (new, old) in open.into_iter().zip(free) {
            source[new] = Some(old);
        }
        return;
    }
    // Those between the same neighbours: after the same kept requirement.
    let mut gaps: BTreeMap<Option<usize>, (Vec<usize>, Vec<usize>)> = BTreeMap::new();
    let mut after = None;
    for (new, kept) in source.iter().enumerate() {
        match kept {
            Some(kept) => after = Some(*kept),
            None => gaps.entry(after).or_default().0.push(new),
        }
    }
    for old in free {
        let before = (0..old).rev().find(|i| source.contains(&Some(*i)));
        gaps.entry(before).or_default().1.push(old);
    }
    for (new, old) in gaps.into_values().filter(|(new, old)| new.len() == old.len()) {
        for (new, old) in new.into_iter().zip(old) {
            source[new] = Some(old);
        }
    }
}
