//! Times the list of handoffs after an edit: `cargo bench --no-default-features --bench list [-- PARTIES …]`; a map has twice
//! as many handoffs as parties.
//!
//! Prints milliseconds, the median of several runs: the first drawing, with nothing measured yet; a drawing without the one
//! before it; and each after an edit of one handoff, as it is, when a row becomes higher, sorted and filtered; of these the
//! order of the rows by itself; and beside it the SIPOC of the same map after an edit.
#![expect(clippy::print_stdout, reason = "the table is the result")]

#[path = "common/maps.rs"]
mod maps;
#[path = "common/time.rs"]
mod time;

use std::collections::BTreeSet;

use maps::{counts, document};
use peel::model::ops::list::{self, Column};
use peel::model::{
    Document, Edit, Handoff, HandoffId, History, IdGen, Known, Operator, Requirement, ViewChoice, ViewKind,
};
use peel::scene::drawing::Drawing;
use peel::scene::text::Fonts;
use peel::views::{self, Ask};
use time::median;

fn main() {
    println!("| handoffs | first | anew | after an edit | higher | sorted | filtered | rows | SIPOC after an edit |");
    println!("|---|---|---|---|---|---|---|---|---|");
    for count in counts(&[1_000, 5_000]) {
        let (fonts, document) = (Fonts::bundled(), with_contracts(document(count)));
        let draw = |document: &Document, choice: &ViewChoice, before: Option<&Drawing>| {
            let emphasis = BTreeSet::new();
            views::draw(&Ask {
                document,
                choice,
                fonts: &fonts,
                is_live: true,
                emphasis: &emphasis,
                before,
                against: None,
            })
        };
        let usual = ViewChoice { kind: ViewKind::List, ..ViewChoice::default() };
        let sorted = ViewChoice { list_sort: Some((Column::CompleteAccurate, true)), ..usual.clone() };
        let filtered = ViewChoice { filter: "checked".into(), ..usual.clone() };
        let sipoc = ViewChoice { kind: ViewKind::Sipoc, ..ViewChoice::default() };
        let edits = |item: &str| (0..9).map(|i| edited(&document, i, item)).collect::<Vec<Document>>();
        let (same, higher) =
            (edits("Another"), edits("Another that is so long that it takes several lines of its cell"));
        let first = median(1, |_| drop(draw(&document, &usual, None)));
        let again = |edits: &[Document], choice: &ViewChoice| {
            let before = draw(&document, choice, None);
            median(edits.len(), |i| drop(draw(&edits[i], choice, Some(&before))))
        };
        println!(
            "| {} | {first:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} | {:.1} |",
            document.handoffs_len(),
            median(9, |i| drop(draw(&same[i], &usual, None))),
            again(&same, &usual),
            again(&higher, &usual),
            again(&same, &sorted),
            again(&same, &filtered),
            median(9, |_| drop(list::rows(&document, None, ""))),
            again(&same, &sipoc),
        );
    }
}

/// The map with something in every column.
fn with_contracts(mut document: Document) -> Document {
    let mut ids = IdGen::new(9, 9);
    let handoffs: Vec<(HandoffId, Handoff)> = document.handoffs().map(|(id, h)| (id, (**h).clone())).collect();
    let put = |(i, (id, handoff)): (usize, (HandoffId, Handoff))| {
        let requirement = |n: usize| Requirement {
            measure: "share".into(),
            unit: "%".into(),
            operator: Some(Operator::AtLeast),
            target: Some(80.0),
            observations: History::of((i * 31 % 100) as f64),
            ..Requirement::new(ids.make(), format!("complete and checked as agreed in case {i} {n}"))
        };
        let handoff = Handoff {
            requirements: (0..i % 4).map(requirement).collect(),
            complete_accurate_pct: Some(60.0 + (i % 400) as f64 / 10.0),
            on_time_pct: Some(50.0 + (i % 51) as f64),
            wait_h: Some((i % 97) as f64),
            volume: Some((i % 300) as f64),
            known: Some(Known::ALL[i % 3]),
            contact: format!("Person {}", i % 70),
            ..handoff
        };
        Edit::PutHandoff(id, handoff)
    };
    let edits = handoffs.into_iter().enumerate().map(put);
    document.apply(edits).unwrap_or_default();
    document
}

/// The map after somebody typed another item into a cell.
fn edited(document: &Document, i: usize, item: &str) -> Document {
    let mut after = document.clone();
    let id = document.handoffs().nth(i * 7).map(|(id, _)| id);
    let edits = list::edit(document, &mut IdGen::new(8, 8), id, Column::Item, item);
    after.apply(edits.unwrap_or_default()).unwrap_or_default();
    after
}
