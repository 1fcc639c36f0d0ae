//! Tables and places laid out: rows fit their words, nothing overlaps, nothing is missing, and odd sheets do no harm.

#[path = "sheets/list.rs"]
mod list;
#[path = "sheets/map.rs"]
mod map;
#[path = "sheets/place.rs"]
mod place;

use std::collections::BTreeSet;
use std::sync::Arc;

use map::thirty;
use peel::analysis::{Chain, layers};
use peel::files::samples;
use peel::geom::{Rect, pt};
use peel::model::ops::sipoc as ops;
use peel::model::{Document, PartyKind, Subject};
use peel::scene::drawing::Rows;
use peel::scene::sheet::{Cell, Drawn, Fill, Head, Look, Sheet, Side, Words, lay_out, silos, sipoc};
use peel::scene::text::{FaceIndex, Fonts};
use peel::scene::{Align, Group, Ink, Item};

/// Every text with the rectangle it fills.
pub fn texts(group: &Group) -> Vec<(Rect, &str)> {
    let text = |item| match item {
        &Item::Text { at, align, size, width, ref text, .. } => {
            let left = match align {
                Align::Left => at.x,
                Align::Center => at.x - width / 2.0,
                Align::Right => at.x - width,
            };
            Some((Rect { min: pt(left, at.y - size * 0.75), max: pt(left + width, at.y + size * 0.25) }, &**text))
        }
        _ => None,
    };
    group.items.iter().filter_map(text).collect()
}

/// Cells lie side by side, and all words within their cells and apart from each other.
pub fn holds_its_words(drawn: &Drawn) {
    for (i, a) in drawn.cells.iter().enumerate() {
        let hit = drawn.cells[i + 1..].iter().find(|b| a.rect.expand(-0.1).intersects(&b.rect.expand(-0.1)));
        assert_eq!(hit, None, "{a:?}");
    }
    for group in &drawn.groups {
        let texts = texts(group);
        for (i, (rect, text)) in texts.iter().enumerate() {
            let cell = drawn.cells.iter().find(|cell| cell.rect.contains_rect(&rect.expand(-0.1)));
            assert!(cell.is_some(), "“{text}” is in a cell");
            let hit = texts[i + 1..].iter().find(|(other, _)| rect.expand(-0.1).intersects(&other.expand(-0.1)));
            assert_eq!(hit, None, "“{text}”");
        }
    }
    let bounds = drawn.bounds.expect("bounds");
    assert!(drawn.cells.iter().all(|cell| bounds.contains_rect(&cell.rect)));
    let header: Vec<Rect> = texts(&drawn.header).into_iter().map(|(rect, _)| rect).collect();
    let band = drawn.header.bounds.expect("bounds");
    assert!(header.iter().all(|rect| band.contains_rect(rect) && rect.width() > 0.0), "the titles are in their band");
    assert!(drawn.cells.iter().all(|cell| cell.rect.min.y >= band.max.y));
}

#[test]
fn the_sipoc_table_shows_every_handoff_of_a_process_and_fits_its_words() {
    let (document, fonts) = (thirty(), Fonts::bundled());
    let rows = ops::rows(&document, &ops::Sipoc::default());
    for rows in [sipoc::without_empty(&rows), rows] {
        let drawn = lay_out(&sipoc::sipoc(&document, &rows), &document, &fonts);
        holds_its_words(&drawn);
        let shown: BTreeSet<Subject> = drawn.groups.iter().filter_map(|group| group.subject).collect();
        for (id, handoff) in document.handoffs() {
            let ends = [handoff.supplier, handoff.customer].into_iter().flatten();
            let of_process = ends.filter_map(|id| document.party(id)).any(|party| party.kind == PartyKind::Process);
            assert_eq!(shown.contains(&Subject::Handoff(id)), of_process, "{}", document.describe(handoff));
        }
        for cell in &drawn.cells {
            assert_eq!(
                drawn.cell_at(cell.rect.center()).map(|found| (found.row, found.column)),
                Some((cell.row, cell.column))
            );
        }
    }
}

#[test]
fn the_matrix_carries_its_handoffs() {
    let (document, fonts) = (thirty(), Fonts::bundled());
    for figure in peel::model::Figure::ALL {
        let matrix = peel::analysis::matrix(&document, figure, &|_| Some(12.5));
        let drawn = lay_out(&silos::silos(&matrix, 8.0, &fonts, &|cost| format!("{cost:.0} €")), &document, &fonts);
        holds_its_words(&drawn);
        for cell in drawn.cells.iter().filter(|cell| cell.row < matrix.silos.len()) {
            let Some(column) = cell.column.checked_sub(1).filter(|c| *c < matrix.silos.len()) else { continue };
            let there = matrix.cells.get(&(cell.row, column)).map_or(0, |exchange| exchange.handoffs.len());
            assert_eq!(cell.subjects.len(), there, "{figure:?} {cell:?}");
        }
        let (bounds, key) = (drawn.bounds, silos::key(figure));
        assert!(!key.is_empty());
        let drawing = drawn.into_drawing(Rows::Silos, key);
        assert_eq!(Some(drawing.bounds()), bounds, "a view of the same size");
    }
}

#[test]
fn what_is_remembered_changes_no_picture() {
    let (document, fonts) = (thirty(), Fonts::bundled());
    let rows = ops::rows(&document, &ops::Sipoc::default());
    let mut sheet = sipoc::sipoc(&document, &rows);
    // Fonts of their own, which have wrapped nothing yet.
    let fresh = || fonts.with_fallback(Arc::from(fonts.file(FaceIndex(0)).expect("bundled").0), 0).expect("a font");
    for width in [172.0, 120.0, 172.0] {
        sheet.columns[0].width = width;
        assert_eq!(lay_out(&sheet, &document, &fonts), lay_out(&sheet, &document, &fresh()), "{width}");
    }
}

#[test]
fn odd_sheets_do_no_harm() {
    let (document, fonts) = (Document::default(), Fonts::bundled());
    assert_eq!(lay_out(&Sheet::default(), &document, &fonts), Drawn::default());
    let head =
        |width| Head { title: "A long title of a narrow column".into(), width, letter: true, align: Side::Middle };
    let long = Cell {
        span: usize::MAX,
        fill: Some(Fill::Card(PartyKind::Supplier, None)),
        ..Cell::of(Words::plain("x ".repeat(500), Ink::Text))
    };
    let odd = Words { size: f32::NAN, ..Words::plain("x", Ink::Text) };
    let sheet = Sheet {
        columns: vec![head(f32::NAN), head(-1.0), head(f32::INFINITY)],
        rows: vec![vec![], vec![long.clone()], vec![long; 9], vec![Cell::of(odd); 3]],
        breaks: vec![0, 99, 2, 2, usize::MAX],
        look: Look::Blocks,
    };
    for look in [Look::Blocks, Look::Tiles, Look::Dense] {
        let drawn = lay_out(&Sheet { look, ..sheet.clone() }, &document, &fonts);
        let bounds = drawn.bounds.expect("bounds");
        assert!(bounds.min.is_finite() && bounds.max.is_finite());
        assert!(drawn.cells.iter().all(|cell| cell.rect.min.is_finite() && cell.rect.max.is_finite()));
    }
}

#[test]
fn blocks_stand_in_the_order_of_the_onion_s_longest_layers() {
    for document in [thirty(), samples::ALL[0].open(), samples::ALL[1].open(), samples::ALL[2].open()] {
        let chain = Chain::new(&document);
        let layers = layers::longest(&chain, &chain.whole());
        let layer = |row: &ops::Row| row.process.and_then(|id| layers[chain.index_of(id)?]);
        let rows = ops::rows(&document, &ops::Sipoc::default());
        let of_processes: Vec<_> = rows.iter().filter(|row| row.process.is_some()).map(layer).collect();
        assert!(of_processes.windows(2).all(|pair| pair[0] >= pair[1]), "{of_processes:?}");
    }
}
