//! Whatever people write stays text in a report, and in the case of a scenario or sprint.

use peel::analysis::{compared, report};
use peel::export::pdf as document;
use peel::model::{Document, Scenario, Sprint};
use peel::report::{Options, page, scenario_case, sprint_case, tabs};
use peel::scene::text::Fonts;
use peel::writing::{Cell, Page, html, markdown, pdf};

use super::maps::hostile;
use super::names;
use super::pages::has_our_tags;
use super::told::{budget, told};

/// The report of a map in which every text is this one, and the cases of a scenario and a sprint that are called so.
fn made(words: &str) -> [Page; 3] {
    let map = &hostile(words);
    let figures = report(map);
    let scenario = Scenario { name: words.into(), notes: words.into(), ..Scenario::default() };
    let held = compared(&scenario, &figures, &figures);
    let options = Options { date: words, scenario: Some((&scenario, &held)), ..Options::default() };
    let handoffs = map.handoffs().map(|(id, _)| id).collect();
    let text = || words.to_owned();
    let sprint =
        Sprint { goal: text(), owner: text(), why_several: text(), notes: text(), handoffs, ..Sprint::default() };
    [
        page(map, &figures, &options),
        scenario_case((map, &figures), (map, &figures), &scenario, words),
        sprint_case(map, &figures, &sprint, words),
    ]
}

fn tell(what: &str, names: usize, result: &str) {
    told(&format!("hostile names: {what}"), "a table of texts, each in every field", names as u64, result);
}

#[test]
fn a_web_page_and_a_mail_have_our_tags_and_no_others() {
    let names = names::kept();
    for (label, name) in &names {
        for page in made(name) {
            assert!(html(&page).contains("default-src 'none'"));
            has_our_tags(&page, label);
        }
    }
    tell("report and case as web page and mail", names.len(), "no tag or attribute but ours");
}

#[test]
fn markdown_has_our_marks_and_no_others() {
    let names = names::kept();
    for (label, name) in &names {
        for page in made(name) {
            let text = markdown(&page);
            // With an x for what a backslash makes ordinary, no markup is left but ours.
            let mut plain = String::new();
            let mut letters = text.chars();
            while let Some(letter) = letters.next() {
                let is_escape = letter == '\\' && letters.next().is_some();
                plain.push(if is_escape { 'x' } else { letter });
            }
            for line in plain.lines() {
                let odd = line.find(['<', '[', ']', '`', '~', '@', '_', '$']);
                assert!(odd.is_none(), "{line} of {label}");
                assert_eq!(line.matches("**").count() % 2, 0, "{line} of {label}");
                assert!(!line.starts_with('#') || !line.ends_with('#'), "{line} of {label}");
            }
            let mut columns = None;
            for line in plain.lines() {
                let bars = line.starts_with('|').then(|| line.matches('|').count());
                assert!(bars.is_none() || columns.is_none() || bars == columns, "{line} of {label}");
                columns = bars;
            }
        }
    }
    tell("report and case as Markdown", names.len(), "no mark but ours");
}

#[test]
fn paper_takes_every_name() {
    let names = names::kept();
    let step = budget(8, 1) as usize;
    for (label, name) in names.iter().step_by(step) {
        for page in made(name) {
            let sheets = pdf(&page, &Fonts::bundled());
            let bytes = document::written(&page.title, &sheets, &Fonts::bundled()).expect(label);
            assert!(bytes.starts_with(b"%PDF-") && sheets.len() < 160, "{label}: {} sheets", sheets.len());
        }
    }
    tell("report and case on paper", names.len().div_ceil(step), "written");
}

fn check_tabs(map: &Document, name: &str) {
    let figures = report(map);
    let tabs = tabs(map, &figures, &Options { date: name, ..Options::default() });
    for tab in &tabs {
        assert!(tab.rows.iter().all(|row| row.len() == tab.columns.len()), "{}", tab.name);
        let numbers = tab.rows.iter().flatten().filter_map(|cell| match cell {
            Cell::Number(number) => Some(number),
            _ => None,
        });
        assert!(numbers.into_iter().all(|number| number.is_finite()), "{}", tab.name);
    }
}

#[test]
fn sheets_hold_names_as_texts() {
    let names = names::kept();
    for (_, name) in &names {
        check_tabs(&hostile(name), name);
    }
    tell("sheets of a report", names.len(), "as many cells as columns");
}
