//! Tables as people send them: what comes in, what goes out again, and what is refused with which words.

#[path = "tables/contract.rs"]
mod contract;
#[path = "tables/hostile.rs"]
mod hostile;
#[path = "tables/known.rs"]
mod known;
#[path = "tables/maps.rs"]
mod maps;
#[expect(dead_code, reason = "other tests use the rest")]
mod names;
#[path = "tables/observed.rs"]
mod observed;
#[path = "tables/random.rs"]
mod random;
#[path = "tables/refusals.rs"]
mod refusals;
#[path = "tables/refused.rs"]
mod refused;
mod told;
#[path = "tables/workbooks.rs"]
mod workbooks;

use std::ops::Range;
use std::sync::Arc;

use peel::files::tables::{CsvStyle, Imported, Table, import, read_csv, read_files, tables, to_csv};
use peel::model::{Document, Handoff, HandoffId, IdGen, Party, PartyId};

fn ids() -> IdGen {
    IdGen::new(490_000, 11)
}

/// The CSV files of a map, each with the name of its table.
fn csvs(document: &Document, style: CsvStyle) -> Vec<(String, Vec<u8>)> {
    tables(document).iter().map(|table| (format!("{}.csv", table.kind.word()), to_csv(table, style))).collect()
}

fn read_back(csvs: &[(String, Vec<u8>)]) -> Vec<Table> {
    csvs.iter().map(|(name, bytes)| read_csv(name, bytes).expect("own CSV reads")).collect()
}

fn texts(files: &[(&str, &str)]) -> Vec<Table> {
    files.iter().map(|(name, text)| read_csv(name, text.as_bytes()).expect("reads")).collect()
}

fn into(document: &Document, files: &[(&str, &str)]) -> Imported {
    import(&texts(files), document, &mut ids()).unwrap_or_else(|error| panic!("{error}"))
}

fn fresh(files: &[(&str, &str)]) -> Imported {
    into(&Document::default(), files)
}

fn party(document: &Document, name: &str) -> (PartyId, Arc<Party>) {
    let found = document.parties().find(|(_, party)| party.name == name);
    let (id, party) = found.unwrap_or_else(|| panic!("{name} is there"));
    (id, Arc::clone(party))
}

fn handoff(document: &Document, item: &str) -> (HandoffId, Arc<Handoff>) {
    let found = document.handoffs().find(|(_, handoff)| handoff.item == item);
    let (id, handoff) = found.unwrap_or_else(|| panic!("{item} is there"));
    (id, Arc::clone(handoff))
}

/// The parts of a long text.
fn lines(numbers: Range<u32>, line: impl Fn(u32) -> String) -> String {
    numbers.map(line).collect::<Vec<_>>().concat()
}

fn lab() -> Document {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/tables/lab");
    let files = ["requirements.csv", "handoffs.csv", "parties.csv"].map(|name| folder.join(name));
    let read = read_files(&files).expect("reads");
    import(&read, &Document::default(), &mut ids()).expect("imports").document
}
