//! The list of handoffs laid out: every row with all that is known, and as it would be without what was kept.

use peel::model::ops::list::{Column, edit, rows, shown};
use peel::model::{Agreement, Document, Edit, Handoff, HandoffId, HandoffKind, IdGen, Known, Period, Subject};
use peel::scene::sheet::list::{Kept, columns, lay_out};
use peel::scene::sheet::{CellArea, Drawn};
use peel::scene::text::Fonts;
use peel::scene::{Ink, Item};

use crate::map::thirty;
use crate::{holds_its_words, texts};

/// The rows of the whole list, and the empty one.
fn all(document: &Document) -> Vec<Option<HandoffId>> {
    rows(document, None, "").into_iter().map(Some).chain([None]).collect()
}

fn laid_out(document: &Document, before: Option<&Kept>) -> (Drawn, Kept) {
    lay_out(document, &all(document), columns(), &Fonts::bundled(), before)
}

/// The words in a cell, its lines joined.
fn words(drawn: &Drawn, cell: &CellArea) -> String {
    let within = |group: &std::sync::Arc<peel::scene::Group>| -> Vec<String> {
        let texts = texts(group).into_iter();
        texts.filter(|(rect, _)| cell.rect.contains(rect.center())).map(|(_, text)| text.to_owned()).collect()
    };
    drawn.groups.iter().flat_map(within).collect::<Vec<_>>().join(" ")
}

fn changed(document: &Document, id: HandoffId, change: impl FnOnce(&mut Handoff)) -> Document {
    let mut handoff = (**document.handoff(id).expect("there")).clone();
    change(&mut handoff);
    let mut after = document.clone();
    after.apply(vec![Edit::PutHandoff(id, handoff)]).expect("sound");
    after
}

#[test]
fn every_row_is_a_group_with_its_words_in_their_cells() {
    let document = thirty();
    let (drawn, _) = laid_out(&document, None);
    holds_its_words(&drawn);
    assert_eq!(drawn.cells.len(), all(&document).len() * Column::ALL.len());
    assert!(drawn.bounds.expect("bounds").width() <= 1232.0, "fits a small window: {:?}", drawn.bounds);
    for (row, id) in all(&document).into_iter().enumerate() {
        let cells = &drawn.cells[row * 13..][..13];
        let Some((id, handoff)) = id.map(|id| (id, document.handoff(id).expect("there"))) else {
            assert_eq!(words(&drawn, &cells[0]), "+ supplier");
            continue;
        };
        assert!(cells.iter().all(|cell| cell.row == row && *cell.subjects == [Subject::Handoff(id)]));
        let groups = drawn.groups.iter().filter(|group| group.subject == Some(Subject::Handoff(id)));
        assert_eq!(groups.count(), 1, "a group for each row, which a window may leave out");
        for column in Column::ALL.into_iter().filter(|column| *column != Column::Requirements) {
            let wanted = shown(&document, handoff, column);
            let found = words(&drawn, &cells[column.index()]);
            assert!(found.contains(&wanted), "{column:?}: “{found}” says “{wanted}”");
        }
    }
}

#[test]
fn what_was_kept_changes_no_picture() {
    let document = thirty();
    let (_, kept) = laid_out(&document, None);
    let ends = |id: HandoffId| document.handoff(id).and_then(|h| h.ends()).map(|(supplier, _)| (id, supplier));
    let (id, supplier) = all(&document)[20..].iter().find_map(|id| ends((*id)?)).expect("a handoff with both ends");
    let mut renamed = document.clone();
    let mut party = (**document.party(supplier).expect("there")).clone();
    party.name = "A name that is so long that it takes several lines wherever it stands".into();
    renamed.apply(vec![Edit::PutParty(supplier, party)]).expect("sound");
    let mut hours = document.clone();
    let info = peel::model::MapInfo { hours_per_day: 2.0, ..document.info().clone() };
    hours.apply(vec![Edit::SetInfo(info)]).expect("sound");
    let mut fewer = document.clone();
    fewer.apply(vec![Edit::RemoveParty(supplier)]).expect("sound");
    let item = changed(&document, id, |h| h.item = "Another item of several lines, so that all rows below move".into());
    for after in [document.clone(), item, renamed, hours, fewer, Document::default()] {
        let (again, next) = laid_out(&after, Some(&kept));
        assert_eq!(again, laid_out(&after, None).0);
        assert_eq!(laid_out(&after, Some(&next)).0, again);
    }
}

#[test]
fn after_an_edit_the_rows_above_are_the_very_same() {
    let document = thirty();
    let (before, kept) = laid_out(&document, None);
    let id = all(&document)[40].expect("a handoff");
    let edits = edit(&document, &mut IdGen::new(5, 5), Some(id), Column::Contact, "Somebody with a long name to wrap");
    let mut after = document;
    after.apply(edits.expect("typed")).expect("sound");
    let (again, _) = laid_out(&after, Some(&kept));
    let same = before.groups.iter().zip(&again.groups).filter(|(a, b)| std::sync::Arc::ptr_eq(a, b)).count();
    assert_eq!(same, 40, "rows above it are taken as they are");
}

/// What a handoff's cell says, and in which colours.
fn cell_of(change: impl FnOnce(&mut Handoff), column: Column) -> (String, Vec<Ink>) {
    let document = thirty();
    let id = all(&document)[7].expect("a handoff");
    let document = changed(&document, id, change);
    let (drawn, _) = laid_out(&document, None);
    let row = all(&document).iter().position(|row| *row == Some(id)).expect("a row");
    let cell = &drawn.cells[row * 13 + column.index()];
    let group = drawn.groups.iter().find(|group| group.subject == Some(Subject::Handoff(id))).expect("a group");
    let inks = group.items.iter().filter_map(|item| match item {
        Item::Text { at, ink, .. } if cell.rect.contains(*at + peel::geom::pt(-0.5, -1.0)) => Some(*ink),
        _ => None,
    });
    (words(&drawn, cell), inks.collect())
}

#[test]
fn guesses_look_different_and_no_figure_is_cut() {
    let share = |known| {
        let change = move |h: &mut Handoff| (h.complete_accurate_pct, h.known) = (Some(99.5), known);
        cell_of(change, Column::CompleteAccurate)
    };
    assert_eq!(share(Some(Known::Guess)), ("≈ 99.5 %".into(), vec![Ink::Faint]));
    assert_eq!(share(Some(Known::Measured)), ("99.5 %".into(), vec![Ink::Text]));
    assert_eq!(share(None), ("99.5 %".into(), vec![Ink::Text]));
    let volume = |volume, period| cell_of(move |h| (h.volume, h.period) = (Some(volume), period), Column::Volume).0;
    assert_eq!(volume(960.0, Period::Month), "960/month");
    assert_eq!(volume(1_234_567.0, Period::Quarter), "1234567/ quarter", "on two lines");
    assert_eq!(cell_of(|h| h.wait_h = Some(1234.5), Column::Wait).0, "154.3 d");
}

#[test]
fn rework_open_ends_and_agreements_are_marked() {
    let rework = |h: &mut Handoff| (h.kind, h.item) = (HandoffKind::Rework, "Query".into());
    assert_eq!(cell_of(rework, Column::Item), ("↩ Query".into(), vec![Ink::Rework; 2]));
    assert_eq!(cell_of(|h| h.agreement = Agreement::Disputed, Column::Agreement).1, [Ink::Bad]);
    assert_eq!(cell_of(|h| h.customer = None, Column::Customer), ("? nobody yet".into(), vec![Ink::Warn; 2]));
    let bare = |h: &mut Handoff| (h.customer, h.requirements) = (None, Vec::new());
    assert_eq!(cell_of(bare, Column::State).0, "○ nobody receives it yet");
    assert_eq!(cell_of(|h| h.requirements.clear(), Column::State).0, "○ no requirement yet");
}
