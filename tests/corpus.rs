//! The corpus of bad files in `tests/fixtures/bad`: every one is refused, with exactly the message that stands in
//! `expected.txt` beside them.
//!
//! `PEEL_RENEW=1 cargo test --test corpus` writes the messages anew, to be read before they are kept.

#[path = "told/mod.rs"]
mod told;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use peel::files::format::{read, write};
use peel::files::open::open;
use peel::files::samples;
use peel::files::tables::{import, read_files};
use peel::model::{IdGen, PartyKind};
use told::{budget, told};

/// As many as the corpus must hold at least.
const FEWEST: usize = 500;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/bad")
}

/// The files, by their folder and name.
fn files() -> BTreeMap<String, PathBuf> {
    let mut found = BTreeMap::new();
    for kind in ["ron", "csv", "xlsx", "png"] {
        for entry in fs::read_dir(folder().join(kind)).expect("the folder of a kind of file") {
            let path = entry.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy().into_owned();
            found.insert(format!("{kind}/{name}"), path);
        }
    }
    found
}

/// The whole message of a refusal, the name of the file without its folder.
fn message(name: &str, path: &Path) -> Result<String, String> {
    let short = |text: String| text.replace(&format!("{}/", folder().display()), "");
    if name.starts_with("ron/") || name.starts_with("png/") {
        return match open(path) {
            Ok(_) => Err(format!("{name} was opened")),
            Err(text) => Ok(short(text)),
        };
    }
    let loan = samples::ALL.iter().find(|sample| sample.id == "loan").expect("the sample").open();
    let tables = match read_files(&[path.to_owned()]) {
        Ok(tables) => tables,
        Err(error) => return Ok(short(error.to_string())),
    };
    match import(&tables, &loan, &mut IdGen::new(400_000, 1)) {
        Ok(imported) => Err(format!("{name} came in: {:?}", imported.warnings)),
        Err(error) => Ok(short(error.to_string())),
    }
}

/// Messages by file: a line with its name, then the lines of the message, each after two spaces.
fn written(messages: &BTreeMap<String, String>) -> String {
    let mut text = String::new();
    for (name, message) in messages {
        text.extend([name.as_str(), "\n"]);
        message.lines().for_each(|line| text.extend(["  ", line, "\n"]));
    }
    text
}

#[test]
fn every_bad_file_is_refused_with_its_message() {
    let mut messages = BTreeMap::new();
    let mut taken = Vec::new();
    for (name, path) in files() {
        match message(&name, &path) {
            Ok(text) => drop(messages.insert(name, text)),
            Err(text) => taken.push(text),
        }
    }
    assert!(taken.is_empty(), "{} were not refused:\n{}", taken.len(), taken.join("\n"));
    assert!(messages.len() >= FEWEST, "{} files", messages.len());
    let expected = folder().join("expected.txt");
    if std::env::var_os("PEEL_RENEW").is_some() {
        fs::write(&expected, written(&messages)).expect("the messages are written");
        return;
    }
    let (expected, found) = (fs::read_to_string(&expected).expect("the messages"), written(&messages));
    let differs = expected.lines().zip(found.lines()).find(|(expected, found)| expected != found);
    assert!(expected == found, "expected, and found: {differs:?}");
    told("bad files", "a corpus of named files", messages.len() as u64, "each refused with its own message");
}

#[test]
fn every_message_says_where_and_in_words() {
    let mut poor = Vec::new();
    for (name, path) in files() {
        let text = message(&name, &path).unwrap_or_default();
        let file = name.split_once('/').map_or("", |(_, file)| file);
        // What the file itself says may be told.
        let own = String::from_utf8_lossy(&fs::read(&path).expect("the file")).into_owned();
        let raw = ["Error", "Err(", "None", "panicked", "unwrap", "serde", "ron::"];
        let is_raw = raw.iter().any(|word| text.contains(word) && !own.contains(word));
        let is_odd = text.chars().any(|c| c.is_control() && c != '\n') || text.chars().count() > 2_000;
        if !text.contains(file) || is_raw || is_odd {
            poor.push(format!("{name}: {text}"));
        }
    }
    assert!(poor.is_empty(), "{}:\n{}", poor.len(), poor.join("\n"));
}

/// Does something with every position of every sample, on two processors; gives the number of positions.
fn at_every_byte(check: impl Fn(&str, &[u8], usize) + Sync) -> u64 {
    for sample in samples::ALL {
        let bytes = sample.text.as_bytes();
        let half = bytes.len() / 2;
        std::thread::scope(|scope| {
            for positions in [0..half, half..bytes.len()] {
                let check = &check;
                scope.spawn(move || positions.for_each(|at| check(sample.id, bytes, at)));
            }
        });
    }
    samples::ALL.iter().map(|sample| sample.text.len() as u64).sum()
}

#[test]
fn every_sample_that_is_cut_off_is_refused() {
    let runs = at_every_byte(|id, bytes, at| {
        let whole = String::from_utf8_lossy(&bytes[at..]).trim().is_empty();
        match read(&bytes[..at]) {
            Ok(_) => assert!(whole, "{id} was opened without its end from byte {at}"),
            Err(error) => assert!(!whole && !error.to_string().is_empty(), "{id}, {at}: {error}"),
        }
    });
    told("a map file that is cut off", "every sample, at every byte", runs, "each refused");
}

#[test]
fn every_changed_byte_of_a_sample_is_refused_or_is_what_it_says() {
    let all: Vec<u8> = (0..=255).collect();
    let runs = at_every_byte(|id, bytes, at| {
        // One bit, another digit or letter, a bracket, a byte that is no text.
        let few = [bytes[at] ^ 1, bytes[at] ^ 0x10, b')', 0xff];
        for changed in if budget(0, 1) == 0 { few.to_vec() } else { all.clone() } {
            let mut bytes = bytes.to_vec();
            bytes[at] = changed;
            if let Ok(opened) = read(&bytes) {
                let again = read(write(&opened.document).as_bytes()).expect("what was written");
                assert!(again.document == opened.document, "{id}, byte {at} as {changed}");
            }
        }
    });
    told("a byte of a map file changed", "every sample, every byte", runs * budget(4, 256), "refused, or what it says");
}

#[test]
fn without_its_fault_the_same_file_is_taken() {
    // The corpus would prove nothing if the files around the faults were bad too.
    let sound = "(\n    version: 1,\n    parties: [(id: \"desk\", name: \"Desk\"), (id: \"shop\", kind: customer)],\n    \
        handoffs: [(id: \"h\", supplier: \"desk\", customer: \"shop\", item: \"Answer\")],\n)\n";
    let opened = read(sound.as_bytes()).expect("sound").document;
    assert!(opened.parties().any(|(_, party)| party.kind == PartyKind::Customer));
}
