//! Tables laid out: rows fit their words, nothing overlaps, and odd sheets do no harm.

use super::*;
use crate::scene::{Item, Scene};

/// Every text with the rectangle it fills.
fn texts(group: &Group) -> Vec<(Rect, &str)> {
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
fn holds_its_words(drawn: &Drawn) {
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
    let rows = crate::model::ops::sipoc::rows(&document, &crate::model::ops::sipoc::Sipoc::default());
    for rows in [sipoc::without_empty(&rows), rows] {
        let drawn = lay_out(&sipoc::sipoc(&document, &rows), &document, &fonts, &mut Memory::default());
        holds_its_words(&drawn);
        let shown: std::collections::BTreeSet<Subject> =
            drawn.groups.iter().filter_map(|group| group.subject).collect();
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
    for figure in crate::model::Figure::ALL {
        let matrix = crate::analysis::matrix(&document, figure, &|_| Some(12.5));
        let drawn = lay_out(
            &silos::silos(&matrix, 8.0, &fonts, &|cost| format!("{cost:.0} €")),
            &document,
            &fonts,
            &mut Memory::default(),
        );
        holds_its_words(&drawn);
        for cell in drawn.cells.iter().filter(|cell| cell.row < matrix.silos.len()) {
            let Some(column) = cell.column.checked_sub(1).filter(|c| *c < matrix.silos.len()) else { continue };
            let there = matrix.cells.get(&(cell.row, column)).map_or(0, |exchange| exchange.handoffs.len());
            assert_eq!(cell.subjects.len(), there, "{figure:?} {cell:?}");
        }
        assert_eq!(silos::key(figure).is_empty(), false);
    }
}

#[test]
fn what_is_remembered_changes_no_picture() {
    let (document, fonts, mut memory) = (thirty(), Fonts::bundled(), Memory::default());
    let rows = crate::model::ops::sipoc::rows(&document, &crate::model::ops::sipoc::Sipoc::default());
    let mut sheet = sipoc::sipoc(&document, &rows);
    for width in [172.0, 120.0, 172.0] {
        sheet.columns[0].width = width;
        let fresh = lay_out(&sheet, &document, &fonts, &mut Memory::default());
        assert_eq!(lay_out(&sheet, &document, &fonts, &mut memory), fresh, "{width}");
    }
}

#[test]
fn odd_sheets_do_no_harm() {
    let (document, fonts) = (Document::default(), Fonts::bundled());
    assert_eq!(lay_out(&Sheet::default(), &document, &fonts, &mut Memory::default()), Drawn::default());
    let head = |width| Head { title: "A long title of a narrow column".into(), width, letter: true, middle: true };
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
    for look in [Look::Blocks, Look::Tiles] {
        let drawn = lay_out(&Sheet { look, ..sheet.clone() }, &document, &fonts, &mut Memory::default());
        let bounds = drawn.bounds.expect("bounds");
        assert!(bounds.min.is_finite() && bounds.max.is_finite());
        assert!(drawn.cells.iter().all(|cell| cell.rect.min.is_finite() && cell.rect.max.is_finite()));
    }
}

#[test]
#[ignore = "throw-away"]
fn timing() {
    let fonts = Fonts::bundled();
    let (mut document, mut ids) = (Document::default(), crate::model::IdGen::new(1, 1));
    let mut edits = Vec::new();
    let parties: Vec<crate::model::PartyId> = (0..700).map(|_| ids.make()).collect();
    for (i, id) in parties.iter().enumerate() {
        edits.push(crate::model::Edit::PutParty(
            *id,
            crate::model::Party::named(format!("Party number {i}"), PartyKind::Process),
        ));
        edits.push(crate::model::Edit::Place(*id, pt(0.0, 0.0)));
    }
    for i in 0..1400 {
        let mut handoff = crate::model::Handoff::between(
            Some(parties[i % 700]),
            Some(parties[(i * 7 + 1 + i / 700) % 700]),
            format!("Item {i} of some length that wraps"),
        );
        if handoff.supplier == handoff.customer {
            handoff.customer = None;
        }
        handoff.requirements.push(crate::model::Requirement::new(
            ids.make(),
            format!("requirement {i} with a few words more than a line"),
        ));
        edits.push(crate::model::Edit::PutHandoff(ids.make(), handoff));
    }
    document.apply(edits).expect("sound");
    let mut memory = Memory::default();
    for _ in 0..3 {
        let t = std::time::Instant::now();
        let rows = crate::model::ops::sipoc::rows(&document, &Default::default());
        let a = t.elapsed();
        let sheet = sipoc::sipoc(&document, &rows);
        let b = t.elapsed();
        let drawn = lay_out(&sheet, &document, &fonts, &mut memory);
        println!("{} rows: rows {a:?} sheet {b:?} drawn {:?} {} groups", rows.len(), t.elapsed(), drawn.groups.len());
    }
    let block: String =
        (0..2000).map(|i| format!("S{}	item {i}	need	P{}	out {i}		C{}\n", i % 50, i / 10, i % 70)).collect();
    let t = std::time::Instant::now();
    let (edits, cells) = crate::model::ops::sipoc::paste(
        &Document::default(),
        &mut ids,
        &[crate::model::ops::sipoc::Row::NEW],
        (0, crate::model::ops::sipoc::Column::Supplier),
        &block,
    )
    .expect("pasted");
    println!("paste {cells} cells, {} edits {:?}", edits.len(), t.elapsed());
}

#[test]
#[ignore = "throw-away"]
fn pictures() {
    use crate::export::png::{PngOptions, png};
    use crate::files::samples;
    use crate::model::Figure;
    use crate::model::ops::sipoc as ops;
    use crate::scene::Theme;
    let fonts = Fonts::bundled();
    let mut maps: Vec<(String, Document)> = samples::ALL.iter().map(|s| (s.id.into(), s.open())).collect();
    maps.push(("30".into(), thirty()));
    let save = |name: String, drawn: Drawn, theme: Theme| {
        let bounds = drawn.bounds.map(|b| b.expand(32.0));
        let scene = Scene { groups: drawn.into_groups(), bounds };
        let options = PngOptions { pixels_per_unit: 1.5, theme, ..PngOptions::default() };
        std::fs::write(format!("/tmp/sipoc/{name}.png"), png(&scene, &fonts, &options).expect("png")).expect("written");
    };
    for (name, document) in &maps {
        let rows = ops::rows(document, &ops::Sipoc::default());
        let drawn =
            |rows: &[ops::Row]| lay_out(&sipoc::sipoc(document, rows), document, &fonts, &mut Memory::default());
        save(format!("sipoc-{name}"), drawn(&sipoc::without_empty(&rows)), Theme::Light);
        save(format!("sipoc-{name}-edit"), drawn(&rows), Theme::Dark);
        for (figure, theme) in
            [(Figure::None, Theme::Light), (Figure::CompleteAccurate, Theme::Light), (Figure::Wait, Theme::Dark)]
        {
            let matrix = crate::analysis::matrix(document, figure, &|_| None);
            let sheet = silos::silos(&matrix, 8.0, &fonts, &|cost| format!("{cost:.0}"));
            save(
                format!("silos-{name}-{}", figure.id()),
                lay_out(&sheet, document, &fonts, &mut Memory::default()),
                theme,
            );
        }
    }
}

/// A map of thirty parties in eight departments, with loops, requirements of every sort, open ends and long names.
pub(in crate::scene) fn thirty() -> Document {
    use crate::geom::pt;
    use crate::model::{Edit, Handoff, HandoffKind, IdGen, Operator, Party, PartyId, Requirement};
    const WHAT: [&str; 10] =
        ["Order", "Credit", "Parts", "Contract", "Quality", "Freight", "Invoice", "Tooling", "Demand", "Claims"];
    const DOES: [&str; 6] = ["intake", "review", "planning", "release and approval", "assembly", "dispatch"];
    const HOME: [&str; 8] =
        ["Sales", "Finance", "Logistics and transport", "Production", "Quality assurance", "Legal", "Purchasing", "IT"];
    const NEEDS: [&str; 5] = [
        "complete when it arrives",
        "delivery address in the customer's own words",
        "before 10 o'clock",
        "signed",
        "no more than two open questions a week",
    ];
    let (mut ids, mut edits) = (IdGen::new(1, 5), Vec::new());
    let parties: Vec<PartyId> = (0..30).map(|_| ids.make()).collect();
    for (i, id) in parties.iter().enumerate() {
        let (kind, name) = match i {
            0 | 1 => (PartyKind::Customer, ["Retail customer", "Wholesale partner in the north"][i].to_owned()),
            27.. => (PartyKind::Supplier, ["Steel works", "Carrier", "Credit bureau"][i - 27].to_owned()),
            _ => (PartyKind::Process, format!("{} {}", WHAT[i % 10], DOES[(i * 5) % 6])),
        };
        let department = if kind == PartyKind::Process && i != 13 { HOME[(i * 3 + i / 8) % 8] } else { "" };
        let party =
            Party { department: department.into(), process_time_h: Some(0.5 * i as f64), ..Party::named(name, kind) };
        edits
            .extend([Edit::PutParty(*id, party), Edit::Place(*id, pt((i % 6) as f32 * 320.0, (i / 6) as f32 * 140.0))]);
    }
    for i in 0..58_usize {
        let from = 2 + (i * 11) % 28;
        let to = if i % 9 == 0 { i % 2 } else { (from * 3 / 4 + i % 3) % 27 };
        let item = format!(
            "{} {}",
            WHAT[(i * 3) % 10],
            ["form", "data set", "decision", "goods", "forecast for the coming quarter"][i % 5]
        );
        let mut handoff = Handoff::between(parties.get(from).copied(), parties.get(to).copied(), item);
        match i {
            20 | 40 => handoff.customer = None,
            30 | 31 | 50 => handoff.supplier = None,
            _ if from == to => handoff.customer = None,
            _ => {}
        }
        if i % 11 == 3 {
            handoff.kind = HandoffKind::Rework;
        }
        handoff.complete_accurate_pct = (i % 4 != 1).then_some(55.0 + (i * 17 % 45) as f64);
        handoff.on_time_pct = (i % 3 != 1).then_some(60.0 + (i * 13 % 40) as f64);
        handoff.wait_h = (i % 5 != 2).then_some((i * 7 % 50) as f64);
        for n in 0..i % 4 {
            let actual = (n != 1).then_some((i * 31 % 100) as f64);
            handoff.requirements.push(Requirement {
                measure: "share".into(),
                unit: "%".into(),
                operator: Some(Operator::AtLeast),
                target: Some(60.0),
                actual,
                must: n != 2,
                ..Requirement::new(ids.make(), NEEDS[(i + n) % 5])
            });
        }
        edits.push(Edit::PutHandoff(ids.make(), handoff));
    }
    let mut document = Document::default();
    document.apply(edits).expect("sound");
    document
}
