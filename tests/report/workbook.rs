//! The workbook, opened again.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use peel::analysis::report;
use peel::files::reports::{FORMS, Form, written};
use peel::files::samples::Sample;
use peel::files::tables::{import, read_xlsx};
use peel::model::{Document, IdGen};
use peel::report::Options;
use peel::scene::text::Fonts;

use super::DAY;
use super::names;
use super::told::told;

fn form() -> &'static Form {
    FORMS.iter().find(|form| form.extension == "xlsx").unwrap()
}

fn bytes(map: &Document) -> Vec<u8> {
    let options = Options { date: DAY, ..Options::default() };
    written(form(), map, &report(map), &options, &Fonts::bundled()).expect("a workbook")
}

fn open(bytes: Vec<u8>) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(bytes)).expect("opens")
}

/// The cells of a sheet below the heading of a column.
fn column(book: &mut Xlsx<Cursor<Vec<u8>>>, sheet: &str, name: &str) -> Vec<Data> {
    let range = book.worksheet_range(sheet).expect(sheet);
    let heading = range.rows().next().expect("a heading");
    let at = heading.iter().position(|cell| cell == &Data::String(name.into())).unwrap_or_else(|| panic!("{name}"));
    range.rows().skip(1).map(|row| row[at].clone()).collect()
}

fn close(cell: &Data, expected: f64) {
    let Data::Float(value) = cell else { panic!("{cell:?} is no number") };
    assert!((value - expected).abs() < 1e-6, "{value} is not {expected}");
}

#[test]
fn figures_are_numbers_and_unknown_is_empty() {
    let mut book = open(bytes(&Sample::find("loan").unwrap().open()));
    let sheets = book.sheet_names();
    let expected = [
        "Report",
        "Figures",
        "Quality and cost",
        "Snowball",
        "Ranked handoffs",
        "Critical path",
        "Timeline",
        "Done again",
        "Bottlenecks",
    ];
    assert_eq!(sheets[..expected.len()], expected);
    let behind = ["Findings", "parties", "handoffs", "requirements", "observations"];
    assert_eq!(sheets[sheets.len() - 5..], behind, "the tables of the map");
    // METHOD, case B.
    close(&column(&mut book, "Figures", "Lead time h")[0], 205.5);
    close(&column(&mut book, "Figures", "PCE")[0], 5.5 / 205.5);
    close(&column(&mut book, "Quality and cost", "Rolled %C&A")[0], 0.624_003_0);
    assert_eq!(column(&mut book, "Quality and cost", "Rolled on time"), [Data::Empty], "never 0");
    close(&column(&mut book, "Quality and cost", "On time known")[0], 0.0);
    let so_far = column(&mut book, "Snowball", "%C&A so far");
    assert_eq!(so_far.len(), 7);
    close(&so_far[6], 0.624_003_0);
    close(&column(&mut book, "Ranked handoffs", "Share of the loss")[0], 0.8_f64.ln() / 0.624_003_018_f64.ln());
    close(&column(&mut book, "Ranked handoffs", "A point gives")[0], 0.624_003_018 / 0.8);
    assert!(column(&mut book, "Ranked handoffs", "On time").iter().all(|cell| *cell == Data::Empty));
    close(&column(&mut book, "Critical path", "Starts at h")[3], 25.5);
    let severities = column(&mut book, "Findings", "Severity");
    assert_eq!((severities.len(), &severities[0]), (17, &Data::String("error".into())));
}

#[test]
fn it_is_the_same_every_time_and_can_be_imported_again() {
    for sample in ["lab", "loan", "release"] {
        let map = Sample::find(sample).unwrap().open();
        let book = bytes(&map);
        assert_eq!(book, bytes(&map), "the same bytes");
        let tables = read_xlsx("report.xlsx", &book).expect("reads");
        let again = import(&tables, &map, &mut IdGen::new(1, 1)).expect("imports");
        assert_eq!(again.document, map, "{sample}: importing it changes nothing");
    }
}

#[test]
fn no_cell_is_a_formula_and_names_come_back() {
    let names = names::kept();
    for some in names.chunks(50) {
        let map = names::crowd(some);
        let bytes = bytes(&map);
        let mut book = open(bytes.clone());
        for sheet in book.sheet_names() {
            let formulas = book.worksheet_formula(&sheet).expect("read");
            assert!(formulas.cells().all(|(.., formula)| formula.is_empty()), "{sheet} from {}", some[0].0);
        }
        let parties = column(&mut book, "Timeline", "Party");
        let plain = |text: &str| text.replace("\r\n", "\n");
        for (label, name) in some.iter().filter(|(_, name)| !name.trim().is_empty()) {
            assert!(parties.iter().any(|cell| plain(&cell.to_string()) == plain(name)), "{label}: {parties:?}");
        }
        let tables = read_xlsx("report.xlsx", &bytes).expect("reads");
        let again = import(&tables, &map, &mut IdGen::new(1, 1)).expect("imports");
        assert!(again.document.is_same(&map), "from {}: {:#?}", some[0].0, map.edits_to(&again.document));
    }
    told(
        "hostile names: report as workbook",
        "a table of texts",
        names.len() as u64,
        "no formula, and back as they were",
    );
}
