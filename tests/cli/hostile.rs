//! Names on a terminal: nothing in them is obeyed, and JSON holds them as they are.

use std::collections::BTreeSet;

use peel::files::format::write;
use serde_json::Value;

use super::told::told;
use super::{Place, names};

/// What a terminal obeys instead of showing it, line ends left out.
fn is_obeyed(c: char) -> bool {
    let turns = matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    turns || (c.is_control() && c != '\n')
}

fn is_harmless(text: &str, what: &str) {
    let found = text.char_indices().find(|(_, c)| is_obeyed(*c));
    let line = found.map(|(at, _)| text[..at].rsplit('\n').next().unwrap_or_default());
    assert!(found.is_none(), "{what}: {found:?} behind {line:?}");
}

/// Every text of a value.
fn texts<'a>(value: &'a Value, found: &mut BTreeSet<&'a str>) {
    match value {
        Value::String(text) => drop(found.insert(text)),
        Value::Array(all) => all.iter().for_each(|one| texts(one, found)),
        Value::Object(all) => all.values().for_each(|one| texts(one, found)),
        _ => {}
    }
}

#[test]
fn a_terminal_obeys_no_name() {
    let place = Place::with_samples();
    let names = names::kept();
    for (at, some) in names.chunks(125).enumerate() {
        let map = format!("names-{at}.ron");
        place.write(&map, write(&names::crowd_with_notes(some)));
        for words in [
            &["check", &map][..],
            &["check", &map, "--all"],
            &["analyse", &map],
            &["analyse", &map, "--scenario", "c0", "--compare"],
            &["compare", &map, "lab.ron"],
            &["compare", "lab.ron", &map],
            &["export", &map, "names.csv"],
        ] {
            let said = place.done(words);
            is_harmless(&said, &words.join(" "));
            assert!(!said.lines().any(|line| line.starts_with("error: ")), "{words:?} lets a name begin a line");
        }
        let mut found = String::new();
        for words in [&["analyse", &map, "--json"][..], &["check", &map, "--json", "--all"]] {
            let said = place.done(words);
            is_harmless(&said, &words.join(" "));
            found = if found.is_empty() { said } else { found };
        }
        let figures: Value = serde_json::from_str(&found).expect("JSON");
        let mut texts_found = BTreeSet::new();
        texts(&figures["handoffs"], &mut texts_found);
        for (label, name) in some.iter().filter(|(_, name)| !name.trim().is_empty()) {
            assert!(texts_found.contains(name.as_str()), "{label} is not in the figures");
        }
    }
    told("hostile names: standard output", "a table of texts", names.len() as u64, "shown, never obeyed");
}

#[test]
fn messages_are_one_line_whatever_the_map_holds() {
    let place = Place::with_samples();
    let names = names::kept();
    // A message names at most twenty parties.
    let step = super::told::budget(3, 1) as usize;
    for (at, some) in names.chunks(20).enumerate().step_by(step) {
        let map = format!("names-{at}.ron");
        place.write(&map, write(&names::crowd_with_notes(some)));
        for words in [
            &["brief", &map, "--party", "Qqqqqqqqqqqq", "b.md"][..],
            &["brief", &map, "--party", "cells", "b.md"],
            &["report", &map, "r.md", "--customer", "p0"],
            &["report", &map, "r.md", "--scenario", "Qqqqqqqqqqqq"],
            &["case", &map, "c.md", "--sprint", "Qqqqqqqqqqqq"],
        ] {
            let ran = place.peel(words);
            assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{words:?}: {ran:?}");
            is_harmless(&ran.err, &words.join(" "));
            assert_eq!(ran.err.lines().count(), 1, "{words:?}: {}", ran.err);
        }
    }
    told("hostile names: messages", "a table of texts", names.len().div_ceil(step) as u64, "one line, never obeyed");
}

#[test]
fn what_was_asked_for_is_not_obeyed_either() {
    let place = Place::with_samples();
    let names = names::kept();
    let step = super::told::budget(10, 1) as usize;
    for (label, name) in names.iter().step_by(step) {
        let ran = place.peel(&["brief", "lab.ron", "b.md", &format!("--party={name}")]);
        assert_eq!((ran.status, ran.out.as_str()), (1, ""), "{label}: {ran:?}");
        is_harmless(&ran.err, label);
    }
    told(
        "hostile names: words on a command line",
        "a table of texts",
        names.len().div_ceil(step) as u64,
        "refused, never obeyed",
    );
}
