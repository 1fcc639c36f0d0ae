//! Whatever people write stays text: in HTML, in mail, in Markdown and on paper.

use peel::brief::{ALL, survey, survey_csv};
use peel::scene::text::Fonts;
use peel::writing::{Block, Page, Words, html, markdown, pdf, rich};

use super::maps::{HOSTILE, hostile, id};
use super::pages::TAGS;
use super::paper::words_on;
use super::{DAY, lacks};

/// Each hostile name, and one that is very long.
fn names() -> impl Iterator<Item = String> {
    let long = ["x".repeat(2_500), "word ".repeat(1_900)];
    HOSTILE.into_iter().map(str::to_owned).chain(long)
}

/// The tags of a file by name and attributes; stops the test where one is not closed or an attribute is not quoted.
fn tags(html: &str) -> Vec<(String, Vec<String>)> {
    let (mut found, mut open, mut rest) = (Vec::new(), Vec::new(), html);
    while let Some((text, after)) = rest.split_once('<') {
        assert!(
            !text.contains('>') || open.last().is_some_and(|tag| tag == "style" || tag == "script"),
            "a bare > in {text}"
        );
        let (inside, after) = after.split_once('>').expect("a tag ends");
        rest = after;
        if inside.starts_with("!doctype") {
            continue;
        }
        if let Some(name) = inside.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "nested");
            continue;
        }
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        let pieces: Vec<&str> = attributes.split('"').collect();
        let outside = pieces.iter().step_by(2).flat_map(|piece| piece.split_whitespace());
        let attributes: Vec<String> =
            outside.map(|name| name.trim_end_matches('=').to_owned()).filter(|name| name != "/").collect();
        found.push((name.to_owned(), attributes));
        let is_void = matches!(name, "meta" | "br" | "input" | "rect" | "path") || inside.ends_with('/');
        if name == "style" || name == "script" {
            let (_, after) = rest.split_once(&format!("</{name}>")).expect("it ends");
            rest = after;
        } else if !is_void {
            open.push(name.to_owned());
        }
    }
    assert!(open.is_empty(), "{open:?} never end");
    found
}

#[test]
fn pages_have_our_tags_and_no_others() {
    for (at, name) in names().enumerate() {
        for kind in ALL {
            let page = (kind.make)(&hostile(&name), id("a"), &name);
            for (file, mail) in [(html(&page), false), (rich(&page).html, true)] {
                for (tag, attributes) in tags(&file) {
                    assert!(TAGS.contains(&tag.as_str()), "{at}: <{tag}>");
                    let odd = attributes.iter().find(|a| a.starts_with("on") || *a == "href" || *a == "src");
                    assert!(odd.is_none(), "{at}: {tag} {attributes:?}");
                    let is_styled = attributes.iter().all(|a| a == "style");
                    assert!(!mail || is_styled, "{at}: {tag} {attributes:?} in a mail");
                }
            }
        }
    }
}

#[test]
fn sheets_have_one_script_and_no_foreign_attributes() {
    for name in names() {
        let file = survey(&hostile(&name), id("a"), id("b"));
        let tags = tags(&file);
        assert_eq!(tags.iter().filter(|(tag, _)| tag == "script").count(), 1);
        for (tag, attributes) in tags {
            assert!(!matches!(tag.as_str(), "img" | "svg" | "a" | "iframe" | "link"), "<{tag}>");
            let foreign = attributes.iter().find(|a| a.starts_with("on") || *a == "src" || *a == "autofocus");
            assert!(foreign.is_none(), "{tag} {attributes:?}");
        }
    }
}

#[test]
fn tables_for_spreadsheets_run_nothing() {
    for name in names() {
        let text = survey_csv(&hostile(&name), id("a"), id("b"));
        let mut reader = csv::ReaderBuilder::new().has_headers(true).from_reader(text.as_bytes());
        let records: Vec<csv::StringRecord> = reader.records().map(|record| record.expect("ten cells")).collect();
        for record in &records {
            assert_eq!(record.len(), 10);
            assert!(record.get(9) == Some(""), "answers are new records");
            for cell in record {
                assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
            }
        }
        let kinds: Vec<&str> = records.iter().filter_map(|record| record.get(2)).collect();
        let expected: &[&str] =
            if name.trim().is_empty() { &["recommendation"] } else { &["expectation", "challenge", "recommendation"] };
        assert_eq!(kinds, expected);
        let expected = name.trim().trim_start_matches('\'');
        let back = records[0].get(3).unwrap().trim_start_matches('\'');
        assert!(kinds.len() == 1 || back == expected, "{back:?} is {expected:?}");
    }
}

/// What is left of Markdown without the characters that a backslash makes ordinary.
fn unescaped(text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\\' {
            let next = chars.next().expect("no line ends in a backslash");
            assert!(next.is_ascii_punctuation(), "\\{next}");
        } else {
            out.push(c);
        }
    }
    out
}

#[test]
fn markdown_has_our_marks_and_no_others() {
    for (at, name) in names().enumerate() {
        for kind in ALL {
            let text = markdown(&(kind.make)(&hostile(&name), id("a"), DAY));
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
            }
        }
    }
}

#[test]
fn names_are_on_paper_as_they_are_shown() {
    let fonts = Fonts::bundled();
    let dense = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    for name in names() {
        for kind in ALL {
            let words = dense(&words_on(&pdf(&(kind.make)(&hostile(&name), id("a"), DAY), &fonts)));
            assert!(words.contains(&dense(&Fonts::shown(name.trim()))), "{name}: {words}");
        }
    }
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
