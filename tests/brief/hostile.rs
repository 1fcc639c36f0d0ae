//! Whatever people write stays text: in HTML, in mail, in Markdown and on paper.

use peel::brief::{ALL, survey, survey_csv};
use peel::scene::text::Fonts;
use peel::writing::{Block, Page, Words, html, markdown, pdf, rich};

use super::maps::{hostile, id};
use super::names;
use super::pages::{has_our_tags, tags};
use super::paper::words_on;
use super::told::{budget, told};
use super::{DAY, lacks};

fn tell(what: &str, names: usize, result: &str) {
    told(&format!("hostile names: {what}"), "a table of texts, each in every field", names as u64, result);
}

#[test]
fn pages_have_our_tags_and_no_others() {
    let names = names::kept();
    for (at, name) in &names {
        let map = hostile(name);
        for kind in ALL {
            let page = (kind.make)(&map, id("a"), name);
            has_our_tags(&page, at);
        }
    }
    tell("brief as web page and mail", names.len(), "no tag or attribute but ours");
}

#[test]
fn sheets_have_one_script_and_no_foreign_attributes() {
    let names = names::kept();
    for (label, name) in &names {
        let file = survey(&hostile(name), id("a"), id("b"));
        let tags = tags(&file);
        assert_eq!(tags.iter().filter(|(tag, _)| tag == "script").count(), 1);
        for (tag, attributes) in tags {
            assert!(!matches!(tag.as_str(), "img" | "svg" | "a" | "iframe" | "link"), "{label}: <{tag}>");
            let foreign = attributes.iter().find(|a| a.starts_with("on") || *a == "src" || *a == "autofocus");
            assert!(foreign.is_none(), "{label}: {tag} {attributes:?}");
        }
    }
    tell("survey page", names.len(), "one script, no tag or attribute but ours");
}

#[test]
fn tables_for_spreadsheets_run_nothing() {
    let names = names::kept();
    for (label, name) in &names {
        let text = survey_csv(&hostile(name), id("a"), id("b"));
        let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("ten cells")).collect();
        for record in &records {
            assert_eq!(record.len(), 10);
            assert!(record.get(9) == Some(""), "answers are new records");
            for cell in record {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']), "{cell:?}");
            }
        }
        let kinds: Vec<&str> = records.iter().filter_map(|record| record.get(2)).collect();
        let expected: &[&str] =
            if name.trim().is_empty() { &["recommendation"] } else { &["expectation", "challenge", "recommendation"] };
        assert_eq!(kinds, expected, "{label}");
        let expected = name.trim().trim_start_matches('\'');
        let back = records[0].get(3).unwrap().trim_start_matches('\'');
        assert!(kinds.len() == 1 || back == expected, "{label}: {back:?} is {expected:?}");
    }
    tell("survey table", names.len(), "text everywhere, and back as they were");
}

/// Markdown with an x for each character that a backslash makes ordinary.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let next = chars.next().expect("no line ends in a backslash");
            assert!(next.is_ascii_punctuation(), "\\{next}");
            out.push('x');
        } else {
            out.push(c);
        }
    }
    out
}

#[test]
fn markdown_has_our_marks_and_no_others() {
    let names = names::kept();
    for (at, name) in &names {
        let map = hostile(name);
        for kind in ALL {
            let text = markdown(&(kind.make)(&map, id("a"), DAY));
            let plain = unescaped(&text);
            lacks(&plain, &["<", "](", "`", "~~", "www.", "://", "\u{202e}", "\u{2066}", "\u{1}"]);
            assert_eq!(plain.matches("**").count() % 2, 0, "{at}: stress ends");
            let mut columns = None;
            for line in plain.lines() {
                assert!(!line.starts_with("---") && !line.starts_with("==="), "{at}: {line}");
                let pipes = line.matches('|').count();
                assert!(line.starts_with('|') || pipes == 0, "{at}: {line}");
                assert!(pipes == 0 || columns.is_none_or(|other| other == pipes), "{at}: {line}");
                columns = (pipes > 0).then_some(pipes);
                let level = line.bytes().take_while(|byte| *byte == b'#').count();
                assert!(level <= 3 && (level == 0 || line[level..].starts_with(' ')), "{at}: {line}");
                assert!(level == 0 || !line.ends_with('#'), "{at}: {line}");
            }
        }
    }
    tell("brief as Markdown", names.len(), "no mark but ours");
}

#[test]
fn names_are_on_paper_as_they_are_shown() {
    let fonts = Fonts::bundled();
    let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let names = names::kept();
    let step = budget(4, 1) as usize;
    for (label, name) in names.iter().step_by(step) {
        let map = hostile(name);
        for kind in ALL {
            let words = dense(&words_on(&pdf(&(kind.make)(&map, id("a"), DAY), &fonts)));
            assert!(words.contains(&dense(&Fonts::shown(name.trim()))), "{label}: {words}");
        }
    }
    tell("brief on paper", names.len().div_ceil(step), "on the sheets as they are shown");
}

#[test]
fn pages_of_nothing_are_pages() {
    let odd = Page {
        blocks: vec![
            Block::Paragraph(Words::default()),
            Block::List(vec![Words::default()]),
            Block::Facts(Vec::new()),
            Block::Table(peel::writing::Table::default()),
            Block::Group(Some(peel::writing::Tone::Guess), Vec::new()),
        ],
        ..Page::default()
    };
    for page in [Page::default(), odd] {
        tags(&html(&page));
        tags(&rich(&page).html);
        assert!(markdown(&page).starts_with('#'));
        assert_eq!(pdf(&page, &Fonts::bundled()).len(), 1);
    }
}
