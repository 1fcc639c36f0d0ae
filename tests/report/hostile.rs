//! Whatever people write stays text in a report.

use peel::analysis::{compared, report};
use peel::export::pdf as document;
use peel::model::{Document, Scenario};
use peel::report::{Options, page, tabs};
use peel::scene::text::Fonts;
use peel::writing::{Cell, Page, html, markdown, pdf};

use super::maps::{HOSTILE, hostile};
use super::pages::TAGS;

fn names() -> impl Iterator<Item = String> {
    HOSTILE.into_iter().map(str::to_owned).chain(["x".repeat(2_500), "word ".repeat(1_900)])
}

fn made(map: &Document, words: &str) -> Page {
    let figures = report(map);
    let scenario = Scenario { name: words.into(), notes: words.into(), ..Scenario::default() };
    let held = compared(&scenario, &figures, &figures);
    let options = Options { date: words, scenario: Some((&scenario, &held)), ..Options::default() };
    page(map, &figures, &options)
}

#[test]
fn a_web_page_has_our_tags_and_no_others() {
    for name in names() {
        let file = html(&made(&hostile(&name), &name));
        let (_, after) = file.split_once("</style>").expect("a style sheet");
        assert!(file.contains("default-src 'none'"));
        for piece in after.split('<').skip(1) {
            let (inside, _) = piece.split_once('>').expect("a tag ends");
            let tag = inside.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
            assert!(TAGS.contains(&tag), "<{inside}> of {name:?}");
            let outside: String = inside.split('"').step_by(2).collect();
            assert!(!outside.contains(" on") && !outside.contains("href") && !outside.contains("src="), "<{inside}>");
        }
    }
}

#[test]
fn markdown_has_our_marks_and_no_others() {
    for name in names() {
        let text = markdown(&made(&hostile(&name), &name));
        // Without what a backslash makes ordinary, no markup is left but ours.
        let mut plain = String::new();
        let mut letters = text.chars();
        while let Some(letter) = letters.next() {
            if letter == '\\' {
                letters.next();
            } else {
                plain.push(letter);
            }
        }
        for line in plain.lines() {
            let odd = line.find(['<', '[', ']', '`', '~', '@', '_', '$']);
            assert!(odd.is_none(), "{line} of {name:?}");
            assert_eq!(line.matches("**").count() % 2, 0, "{line}");
        }
        let mut columns = None;
        for line in plain.lines() {
            let bars = line.starts_with('|').then(|| line.matches('|').count());
            assert!(bars.is_none() || columns.is_none() || bars == columns, "{line} of {name:?}");
            columns = bars;
        }
    }
}

#[test]
fn paper_takes_every_name() {
    for name in names() {
        let page = made(&hostile(&name), "2026");
        let sheets = pdf(&page, &Fonts::bundled());
        let bytes = document::written(&page.title, &sheets, &Fonts::bundled()).expect("a document");
        assert!(bytes.starts_with(b"%PDF-") && sheets.len() < 120, "{} sheets", sheets.len());
    }
}

#[test]
fn sheets_hold_names_as_texts() {
    for name in names() {
        let map = hostile(&name);
        let figures = report(&map);
        let tabs = tabs(&map, &figures, &Options { date: &name, ..Options::default() });
        for tab in &tabs {
            assert!(tab.rows.iter().all(|row| row.len() == tab.columns.len()), "{}", tab.name);
            let numbers = tab.rows.iter().flatten().filter_map(|cell| match cell {
                Cell::Number(number) => Some(number),
                _ => None,
            });
            assert!(numbers.into_iter().all(|number| number.is_finite()), "{}", tab.name);
        }
    }
}
