//! Whatever people write stays text in tables, and comes back from them.

use peel::files::tables::{CsvStyle, TableKind, import, read_xlsx, tables, to_xlsx};
use peel::model::{Document, Edit, Sprint, SprintId, Task, check};

use super::told::{budget, told};
use super::{csvs, ids, names, read_back};

/// What makes a spreadsheet run a cell that begins with it.
const RUN: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Every way in which CSV is written.
const STYLES: [CsvStyle; 3] = [
    CsvStyle { bom: false, semicolon: false },
    CsvStyle { bom: true, semicolon: false },
    CsvStyle { bom: false, semicolon: true },
];

/// No cell runs, as another reader than ours finds them.
fn nothing_runs(csvs: &[(String, Vec<u8>)], style: CsvStyle, label: &str) {
    let delimiter = if style.semicolon { b';' } else { b',' };
    for (file, bytes) in csvs {
        let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
        let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(bytes);
        let width = reader.headers().expect("a header").len();
        for record in reader.records() {
            let record = record.expect("a row is as long as its header");
            assert_eq!(record.len(), width, "{file} of {label}");
            let runs = record.iter().find(|cell| cell.starts_with(RUN));
            assert!(runs.is_none(), "{file} of {label}: {runs:?}");
        }
        // Whoever reads line by line sees a quotation mark around every text of more than one line.
        let text = std::str::from_utf8(bytes).expect("UTF-8");
        assert_eq!(text.matches('"').count() % 2, 0, "{file} of {label}");
    }
}

fn goes_round(map: &Document, style: CsvStyle, label: &str) {
    let first = csvs(map, style);
    nothing_runs(&first, style, label);
    let same = import(&read_back(&first), map, &mut ids()).unwrap_or_else(|error| panic!("{label}: {error}"));
    assert!(same.document.is_same(map), "{label}: {:#?}", map.edits_to(&same.document));
    let anew = import(&read_back(&first), &Document::default(), &mut ids());
    let anew = anew.unwrap_or_else(|error| panic!("{label}: {error}")).document;
    assert_eq!(csvs(&anew, style), first, "{label}");
    assert_eq!(check(&anew), Vec::<String>::new(), "{label}");
    for (id, party) in map.parties() {
        assert_eq!(anew.party(id), Some(party), "{label}");
    }
    for (id, handoff) in map.handoffs() {
        assert_eq!(anew.handoff(id), Some(handoff), "{label}");
    }
    for (id, sprint) in map.sprints() {
        assert_eq!(anew.sprint(id), Some(sprint), "{label}");
    }
}

#[test]
fn csv_runs_nothing_and_gives_names_back() {
    let names = names::kept();
    for name in names.iter().step_by(budget(4, 1) as usize) {
        let twins = [name.clone(), name.clone()];
        goes_round(&names::crowd(&twins), CsvStyle::default(), &name.0);
    }
    let all = names::crowd(&names);
    assert!(csvs(&all, CsvStyle::default()).len() >= TableKind::ALL.len() - 1, "every sort of table has rows");
    for style in STYLES {
        goes_round(&all, style, "all together");
    }
    told("hostile names: CSV tables", "a table of texts", names.len() as u64, "text everywhere, and back as they were");
}

#[test]
fn workbooks_hold_texts_and_give_names_back() {
    let names = names::kept();
    for some in names.chunks(100).chain([&names[..]]) {
        let map = names::crowd(some);
        let label = &some[0].0;
        let bytes = to_xlsx(&tables(&map)).expect("a workbook");
        let mut book: calamine::Xlsx<_> = calamine::Reader::new(std::io::Cursor::new(bytes.clone())).expect("opens");
        for sheet in calamine::Reader::sheet_names(&book) {
            let formulas = calamine::Reader::worksheet_formula(&mut book, &sheet).expect("read");
            assert!(formulas.cells().all(|(.., formula)| formula.is_empty()), "{sheet} from {label}");
        }
        let read = read_xlsx("map.xlsx", &bytes).unwrap_or_else(|error| panic!("{label}: {error}"));
        let same = import(&read, &map, &mut ids()).unwrap_or_else(|error| panic!("{label}: {error}"));
        assert!(same.document.is_same(&map), "from {label}: {:#?}", map.edits_to(&same.document));
        let anew = import(&read, &Document::default(), &mut ids()).unwrap_or_else(|error| panic!("{label}: {error}"));
        assert_eq!(csvs(&anew.document, CsvStyle::default()), csvs(&map, CsvStyle::default()), "from {label}");
    }
    told(
        "hostile names: workbook of tables",
        "a table of texts",
        names.len() as u64,
        "no formula, and back as they were",
    );
}

#[test]
fn a_task_without_words_does_not_stand_in_the_way() {
    let tasks = vec![Task { owner: "Ana".into(), ..Task::default() }, Task { text: "Ask".into(), ..Task::default() }];
    let mut map = Document::default();
    let sprint = Sprint { goal: "Whole files".into(), tasks, ..Sprint::default() };
    map.apply(vec![Edit::PutSprint(SprintId::parse("s").expect("id"), sprint)]).expect("sound");
    let read = read_back(&csvs(&map, CsvStyle::default()));
    assert!(import(&read, &map, &mut ids()).expect("imports").document.is_same(&map));
    let anew = import(&read, &Document::default(), &mut ids()).expect("imports").document;
    assert_eq!(anew.sprints().map(|(_, sprint)| sprint.tasks.len()).collect::<Vec<_>>(), [1], "the one with words");
}
