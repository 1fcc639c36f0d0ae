//! Pages on sheets of paper: nothing is lost, nothing leaves the sheet, what belongs together stays together.

use std::sync::Arc;

use peel::brief::supplier_brief;
use peel::export::pdf as document;
use peel::geom::{Rect, Size, pt};
use peel::scene::text::Fonts;
use peel::scene::{Ink, Item};
use peel::writing::{Block, Chart, Level, PAPER, Page, Sheet, Side, Table, Tone, Words, pdf, plain};
use proptest::prelude::*;

use super::DAY;
use super::maps::{id, many};

/// The texts of a sheet with where they are, the footer left out.
fn texts(sheet: &Sheet) -> Vec<(f32, f32, f32, Arc<str>)> {
    let items = sheet.scene.groups.iter().flat_map(|group| &group.items);
    let texts = items.filter_map(|item| match item {
        Item::Text { at, width, text, .. } => Some((at.x, at.y, *width, text.clone())),
        _ => None,
    });
    texts.filter(|(_, y, ..)| *y < PAPER.h - 40.0).collect()
}

/// All words on the sheets.
pub fn words_on(sheets: &[Sheet]) -> String {
    sheets.iter().flat_map(texts).map(|(.., text)| text.to_string()).collect::<Vec<_>>().join(" ")
}

fn dense(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Every text stands on the sheet, within its margins.
fn check_margins(sheets: &[Sheet]) {
    for sheet in sheets {
        assert_eq!(sheet.scene.bounds, Some(Rect::from_min_size(pt(0.0, 0.0), PAPER)));
        for (x, y, width, text) in texts(sheet) {
            assert!(x >= 47.0 && x + width <= PAPER.w - 46.0, "“{text}” at {x}, {width} wide");
            assert!((48.0..=PAPER.h - 58.0).contains(&y), "“{text}” at height {y}");
        }
    }
}

#[test]
fn two_hundred_handoffs_take_many_sheets_and_each_can_be_found() {
    let page = supplier_brief(&many(200), id("hub"), DAY);
    let sheets = pdf(&page, &Fonts::bundled());
    check_margins(&sheets);
    let words = words_on(&sheets);
    for at in 0..200 {
        assert!(words.contains(&format!("Item {at} → Receiver")), "{at}");
    }
    let heads = sheets.iter().filter(|sheet| texts(sheet).iter().any(|(.., text)| &**text == "Of the loss")).count();
    assert!(heads >= 5, "the head of the long table is on each of its sheets, not {heads}");
    assert!(sheets.len() < 140, "{} sheets", sheets.len());
    let titles: Vec<&str> = sheets.iter().map(|sheet| sheet.title.as_str()).collect();
    assert!(titles[0].starts_with("Supplier brief") && titles[2] == "All handoffs", "{titles:?}");
    for sheet in &sheets {
        let lowest = texts(sheet).into_iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|(.., text)| text);
        assert!(!lowest.is_some_and(|text| text.contains(" → Receiver r")), "a heading is the last line of a sheet");
    }
    let bytes = document::written(&page.title, &sheets, &Fonts::bundled()).expect("a document");
    let text = String::from_utf8_lossy(&bytes);
    assert_eq!(text.matches("/MediaBox[0 0 595 842]").count(), sheets.len());
}

fn group(count: usize) -> Block {
    Block::Group(None, (0..count).map(|at| Block::Paragraph(Words::plain(format!("line {at} of {count}")))).collect())
}

#[test]
fn groups_are_not_parted_while_they_fit_on_a_sheet() {
    let page = |blocks| Page { title: "Groups".into(), blocks, ..Page::default() };
    let sheets = pdf(&page(vec![group(25), group(20), group(3), group(90)]), &Fonts::bundled());
    let on = |count: usize| {
        let holds = |sheet: &Sheet| texts(sheet).iter().any(|(.., text)| text.ends_with(&format!(" of {count}")));
        sheets.iter().filter(|sheet| holds(sheet)).count()
    };
    assert_eq!([on(25), on(20), on(3)], [1, 1, 1]);
    assert!(on(90) > 1, "what is longer than a sheet goes on");
    check_margins(&sheets);
}

#[test]
fn a_row_longer_than_a_sheet_goes_on_and_a_chart_is_made_to_fit() {
    let cells = vec![Words::plain("word ".repeat(4_000)), Words::plain("beside")];
    let head = vec![("Long".to_owned(), Side::Left), ("Short".to_owned(), Side::Right)];
    let rect = Rect::from_min_size(pt(0.0, 0.0), Size { w: 2_000.0, h: 4_000.0 });
    let items = vec![Item::Rect { rect, radius: 0.0, fill: Some(Ink::Good), stroke: None }];
    let chart =
        |w: f32, h: f32| Block::Chart(Chart { items: items.clone(), size: Size { w, h }, about: "Tall".into() });
    let blocks = vec![
        Block::Table(Table { head, rows: vec![cells], tall: false }),
        chart(2_000.0, 4_000.0),
        chart(f32::NAN, 10.0),
        chart(10.0, 0.0),
    ];
    let sheets = pdf(&Page { blocks, ..Page::default() }, &Fonts::bundled());
    check_margins(&sheets);
    assert_eq!(words_on(&sheets).matches("word").count(), 4_000);
    let drawn: Vec<Rect> = sheets
        .iter()
        .flat_map(|sheet| sheet.scene.groups.iter().flat_map(|group| &group.items))
        .filter_map(|item| match item {
            Item::Rect { rect, fill: Some(Ink::Good), .. } => Some(*rect),
            _ => None,
        })
        .collect();
    assert_eq!(drawn.len(), 1);
    assert!(drawn[0].max.y < PAPER.h - 50.0 && drawn[0].max.x < PAPER.w - 40.0, "{drawn:?}");
}

fn words() -> impl Strategy<Value = Words> {
    let tone = prop::sample::select(vec![Tone::Plain, Tone::Strong, Tone::Faint, Tone::Bad, Tone::Guess]);
    let text = prop_oneof!["[a-z ]{0,40}", "[a-zäß]{30,90}", "[ -~]{0,60}", ".{0,20}"];
    prop::collection::vec((tone, text, any::<bool>()), 0..6).prop_map(|parts| {
        parts.into_iter().fold(
            Words::default(),
            |words, (tone, text, new)| {
                if new { words.line(tone, text) } else { words.then(tone, text) }
            },
        )
    })
}

fn block() -> impl Strategy<Value = Block> {
    let row = || prop::collection::vec(words(), 0..5);
    let table = (prop::collection::vec("[a-z ]{0,20}", 1..5), prop::collection::vec(row(), 0..8), any::<bool>());
    let table = table.prop_map(|(head, rows, tall)| {
        let side = |at: usize| if at % 2 == 1 { Side::Right } else { Side::Left };
        let head: Vec<(String, Side)> = head.into_iter().enumerate().map(|(at, name)| (name, side(at))).collect();
        // What has no column is in no table.
        let rows = rows.into_iter().map(|row: Vec<Words>| row.into_iter().take(head.len()).collect()).collect();
        Block::Table(Table { head, rows, tall })
    });
    let leaf = prop_oneof![
        words().prop_map(Block::Paragraph),
        "[a-z ]{0,120}".prop_map(|text| Block::Heading(Level::Part, text)),
        prop::collection::vec(words(), 0..4).prop_map(Block::List),
        prop::collection::vec(("[a-z ]{0,30}", words()), 0..4).prop_map(Block::Facts),
        table,
    ];
    leaf.prop_recursive(2, 12, 4, |inner| {
        let tone = prop::option::of(prop::sample::select(vec![Tone::Good, Tone::Bad]));
        (tone, prop::collection::vec(inner, 0..5)).prop_map(|(tone, inside)| Block::Group(tone, inside))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_word_is_lost_and_none_leaves_the_sheet(blocks in prop::collection::vec(block(), 0..14)) {
        let page = Page { title: "Title".into(), subtitle: "sub".into(), date: "day".into(), blocks };
        let sheets = pdf(&page, &Fonts::bundled());
        check_margins(&sheets);
        let mut on_paper: Vec<char> = dense(&words_on(&sheets)).chars().collect();
        // Plain text names the column before each cell, and heads are repeated on paper: only what both have once counts.
        let mut without_tables = page.clone();
        strip(&mut without_tables.blocks);
        let mut said: Vec<char> = dense(&plain(&without_tables)).chars().collect();
        let sheets = pdf(&without_tables, &Fonts::bundled());
        let mut stripped: Vec<char> = dense(&words_on(&sheets)).chars().collect();
        said.sort_unstable();
        stripped.sort_unstable();
        on_paper.sort_unstable();
        prop_assert_eq!(said, stripped);
        let cells: usize = page.all_blocks().into_iter().map(letters_in_cells).sum();
        prop_assert!(on_paper.len() >= cells);
    }
}

fn strip(blocks: &mut Vec<Block>) {
    blocks.retain(|block| !matches!(block, Block::Table(_)));
    for block in blocks {
        if let Block::Group(_, inside) = block {
            strip(inside);
        }
    }
}

fn letters_in_cells(block: &Block) -> usize {
    let Block::Table(table) = block else { return 0 };
    let spans = table.rows.iter().flatten().flat_map(|words| words.lines.iter().flatten());
    spans.map(|span| dense(&Fonts::shown(&span.text)).chars().count()).sum()
}
