//! The README keeps its word: its example opens, its commands and options are there.

use std::collections::BTreeSet;

use super::{Place, SAMPLES};

const README: &str = include_str!("../../README.md");

/// The fenced blocks of a language.
fn blocks(language: &str) -> Vec<String> {
    let (mut found, mut inside): (Vec<String>, Option<String>) = (Vec::new(), None);
    for line in README.lines() {
        match (&mut inside, line.strip_prefix("```")) {
            (None, Some(named)) => inside = Some(named.to_owned() + "\n"),
            (Some(block), None) => *block += &format!("{line}\n"),
            (Some(_), Some(_)) => found.extend(inside.take()),
            (None, None) => {}
        }
    }
    found.into_iter().filter_map(|block| block.strip_prefix(&format!("{language}\n")).map(str::to_owned)).collect()
}

#[test]
fn the_example_file_is_a_map() {
    let examples = blocks("ron");
    assert!(!examples.is_empty(), "there is an example");
    let place = Place::new();
    for (at, example) in examples.iter().enumerate() {
        let name = format!("example-{at}.ron");
        place.write(&name, example);
        let figures = place.figures(&name);
        assert!(figures["customers"].as_array().is_some_and(|list| list.len() == 1), "{example}");
        place.done(&["export", &name, "example.png", "--scale", "1"]);
    }
}

#[test]
fn the_example_tables_are_read() {
    let place = Place::new();
    let tables = blocks("csv");
    assert_eq!(tables.len(), 3, "parties, handoffs and requirements");
    for (table, name) in tables.iter().zip(["parties.csv", "handoffs.csv", "requirements.csv"]) {
        place.write(name, table);
    }
    place.done(&["import", "requirements.csv", "parties.csv", "handoffs.csv", "--out", "map.ron"]);
}

#[test]
fn every_field_of_the_format_is_described() {
    let full = [
        include_str!("../fixtures/format/full.ron"),
        include_str!("../fixtures/format/costs_and_views.ron"),
        include_str!("../fixtures/format/contract.ron"),
        include_str!("../fixtures/format/scenarios.ron"),
        include_str!("../fixtures/format/improve.ron"),
    ]
    .concat();
    let is_field = |word: &&str| word.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !word.is_empty();
    let words = full.lines().flat_map(|line| line.split(['(', ' ', '['])).filter_map(|word| word.strip_suffix(':'));
    let fields: BTreeSet<&str> = words.filter(is_field).collect();
    assert!(fields.len() > 70, "{fields:?}");
    for field in fields {
        assert!(README.contains(&format!("`{field}`")), "{field} is not described");
    }
}

#[test]
fn commands_and_options_are_those_of_the_program() {
    let place = Place::with_samples();
    let helps: Vec<String> =
        ["new", "export", "analyse", "check", "import", "brief", "survey", "report", "case", "calendar", "compare"]
            .iter()
            .map(|command| place.done(&[command, "--help"]))
            .collect();
    let options = |text: &str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
        let long = words.filter(|word| word.starts_with("--") && word.len() > 3);
        long.map(str::to_owned).collect()
    };
    let known = options(&helps.concat());
    let described = options(&blocks("text").concat());
    assert!(described.len() > 10 && known.contains("--width"), "{described:?} {known:?}");
    for option in known.iter().filter(|option| *option != "--help") {
        assert!(described.contains(option), "{option} is not described");
    }
    for option in described.iter().filter(|option| !["--release", "--help"].contains(&option.as_str())) {
        assert!(known.contains(option), "{option} is not there");
    }
    for sample in SAMPLES {
        assert!(README.contains(&format!("`{sample}`")), "{sample}");
    }
}
