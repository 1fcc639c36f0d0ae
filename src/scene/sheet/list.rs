//! The list of handoffs as a sheet: a dense row for each, with how it stands in colour, sign and words.

mod rows;

use std::sync::Arc;

pub use rows::{Kept, lay_out};

use super::{Cell, Head, Side, Words};
use crate::geom::pt;
use crate::model::ops::list::{Column, State, figures, shown, state, worst};
use crate::model::{Agreement, Contract, Document, Handoff, HandoffId, Known, PartyId, Subject, quantity, score};
use crate::scene::drawing::Entry;
use crate::scene::text::Fonts;
use crate::scene::{Align, Ink, Item, Weight};

/// Widths of the columns in map units: together no wider than a small window at 100 %.
const WIDTHS: [f32; 13] = [120.0, 128.0, 120.0, 138.0, 180.0, 56.0, 64.0, 66.0, 60.0, 78.0, 72.0, 84.0, 64.0];
/// Size of the words, and of those below them.
const SIZE: f32 = 12.0;
const SMALL: f32 = 11.5;
/// Before what goes back upstream.
const BACK: &str = "↩";

/// The columns.
pub fn columns() -> Vec<Head> {
    let head = |(column, width): (Column, f32)| Head {
        title: column.title().into(),
        width,
        letter: false,
        align: if column.is_number() { Side::Right } else { Side::Left },
    };
    Column::ALL.into_iter().zip(WIDTHS).map(head).collect()
}

/// The cells of a row.
fn cells(document: &Document, row: Option<(HandoffId, &Handoff)>) -> Vec<Cell> {
    match row {
        Some((id, handoff)) => {
            let subjects: Arc<[Subject]> = [Subject::Handoff(id)].into();
            let cell = |column| Cell { subjects: subjects.clone(), ..cell(document, handoff, column) };
            Column::ALL.into_iter().map(cell).collect()
        }
        None => Column::ALL.into_iter().map(hint).collect(),
    }
}

/// What can be typed in the empty row.
fn hint(column: Column) -> Cell {
    match column {
        Column::Supplier => Cell::of(words("+ supplier", Ink::Faint)),
        Column::Customer => Cell::of(words("+ customer", Ink::Faint)),
        _ => Cell::default(),
    }
}

fn cell(document: &Document, handoff: &Handoff, column: Column) -> Cell {
    let align = if column.is_number() { Side::Right } else { Side::Left };
    let text = || shown(document, handoff, column);
    let guess = handoff.known == Some(Known::Guess);
    let sure = if guess { Ink::Faint } else { Ink::Text };
    let words = match column {
        Column::Supplier => vec![party(document, handoff.supplier, text())],
        Column::Customer => vec![party(document, handoff.customer, text())],
        Column::Item => vec![item(handoff)],
        Column::State => vec![standing(state(handoff))],
        Column::Requirements => needs(handoff),
        Column::Score => scored(handoff, text()),
        Column::CompleteAccurate | Column::OnTime => vec![whole(text(), sure)],
        Column::Wait | Column::Volume | Column::Contact => vec![whole(text(), Ink::Text)],
        Column::Known => known(handoff, text(), sure),
        Column::Agreement => vec![words(text(), agreed(handoff.agreement))],
    };
    let words = words.into_iter().filter(|words| !words.text.is_empty()).collect();
    Cell { words, align, ..Cell::default() }
}

/// Words on one line.
fn words(text: impl Into<String>, ink: Ink) -> Words {
    Words { lines: 1, size: SIZE, ..Words::plain(text, ink) }
}

/// Words of which nothing may be cut: of a figure, the rest would be another one.
fn whole(text: String, ink: Ink) -> Words {
    Words { lines: 3, ..words(text, ink) }
}

fn party(document: &Document, party: Option<PartyId>, name: String) -> Words {
    match party.and_then(|id| document.party(id)) {
        None => Words { mark: Some("?"), ..words("nobody yet", Ink::Warn) },
        Some(_) if name.is_empty() => words("Unnamed", Ink::Faint),
        Some(_) => Words { lines: 5, ..words(name, Ink::Text) },
    }
}

fn item(handoff: &Handoff) -> Words {
    let (mark, ink) = if handoff.is_forward() { (None, Ink::Text) } else { (Some(BACK), Ink::Rework) };
    match handoff.item.trim() {
        "" => Words { mark, ..words("unnamed item", Ink::Faint) },
        item => Words { lines: 5, mark, ..words(item, ink).strong() },
    }
}

fn standing(state: State) -> Words {
    let (mark, ink) = match state {
        State::Contract(Contract::Failed) => ("✗", Ink::Bad),
        State::Contract(Contract::Short) => ("!", Ink::Warn),
        State::Contract(Contract::Missing) => ("○", Ink::Faint),
        State::Contract(Contract::Untested) => ("?", Ink::Faint),
        State::Contract(Contract::Met) => ("✓", Ink::Good),
        State::NobodySupplies | State::NobodyReceives => ("○", Ink::Warn),
        State::Rework => (BACK, Ink::Rework),
    };
    Words { mark: Some(mark), lines: 2, ..words(state.title(), ink) }
}

/// The worst requirement, and below it how it stands.
fn needs(handoff: &Handoff) -> Vec<Words> {
    let Some(worst) = worst(handoff) else { return Vec::new() };
    let ink = match (worst.met(), worst.must) {
        (Some(false), true) => Ink::Bad,
        (Some(false), false) => Ink::Warn,
        _ => Ink::Text,
    };
    let text = match worst.text.trim() {
        "" => words("unnamed requirement", Ink::Faint),
        text => Words { lines: 2, ..words(text, ink) },
    };
    vec![text, words(figures(handoff, worst), if ink == Ink::Text { Ink::Faint } else { ink }).sized(SMALL)]
}

/// The score, and below it over how many requirements it is when not over all.
fn scored(handoff: &Handoff, text: String) -> Vec<Words> {
    let Some(score) = score(handoff) else { return Vec::new() };
    let mut lines = vec![words(text, if score.basics_fail { Ink::Bad } else { Ink::Text })];
    if score.known < score.of {
        lines.push(words(format!("{} of {}", score.known, score.of), Ink::Faint).sized(SMALL));
    }
    lines
}

/// How the shares are known, and below it on how many deliveries they were counted.
fn known(handoff: &Handoff, text: String, ink: Ink) -> Vec<Words> {
    let counted = handoff.sample_size.map_or_else(String::new, |n| format!("n = {}", quantity::number(n)));
    vec![words(text, ink), words(counted, Ink::Faint).sized(SMALL)]
}

fn agreed(agreement: Agreement) -> Ink {
    match agreement {
        Agreement::Agreed => Ink::Good,
        Agreement::Disputed => Ink::Bad,
        Agreement::None | Agreement::Draft | Agreement::Sent | Agreement::Discussed => Ink::Text,
    }
}

/// What the legend says of the signs that the rows show.
pub fn key(document: &Document, rows: &[Option<HandoffId>], fonts: &Fonts) -> Vec<Entry> {
    let all = || rows.iter().filter_map(|id| document.handoff((*id)?));
    let guess = |h: &&Arc<Handoff>| {
        let of_needs = h.requirements.iter().filter_map(|r| r.observations.latest()?.known);
        h.known.into_iter().chain(of_needs).any(|known| known == Known::Guess)
    };
    let mut entries = Vec::new();
    let mut explain = |sign: &'static str, ink, text: &str| {
        let width = fonts.width(sign, SIZE, Weight::SemiBold);
        let (at, align, weight) = (pt(0.0, SIZE * 0.36), Align::Center, Weight::SemiBold);
        let swatch = vec![Item::Text { at, align, size: SIZE, weight, ink, text: sign.into(), width }];
        entries.push(Entry { swatch, text: text.into() });
    };
    if all().any(|h| guess(&h)) {
        explain("≈", Ink::Faint, "Somebody’s guess");
    }
    if all().any(|h| !h.is_forward()) {
        explain(BACK, Ink::Rework, "Rework: back upstream");
    }
    if all().any(|h| h.complete_accurate_pct.is_some()) {
        entries.push(Entry { swatch: Vec::new(), text: "%C&A complete and accurate, judged by the receiver".into() });
    }
    entries
}
