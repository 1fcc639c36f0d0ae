//! Huge files: what a map file or a table may cost in memory, and that each is opened or refused, never a crash or a hang.
#![cfg(target_os = "linux")]

mod disk;

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::process::Stdio;

use disk::{budget, chain, child_command, quick_dir, told};
use peel::files::format::{self, LONGEST_FILE};
use peel::files::open::open;
use peel::files::save::save_bytes;
use peel::files::tables::{LARGEST_FILE, import, read_files};
use peel::model::{Document, IdGen};

/// Most memory that reading may take: what the program takes for nothing, and so many times the length of the file. That is
/// met by the shortest records there are; a map as people make it, with 180 letters to a record, takes 9 times its length.
const AT_LEAST: u64 = 64 << 20;
const TIMES: u64 = 20;
/// The same of tables, whose rows can be shorter still.
const TIMES_OF_TABLES: u64 = 100;

/// A kind of huge file: its name, how its text of about so many bytes is made, and a word of the message that refuses it;
/// without one it is opened.
type Kind = (&'static str, fn(usize) -> String, Option<&'static str>);

const KINDS: [Kind; 13] = [
    ("one title", |n| format!("(version: 1, map: (title: \"{}\"))", "x".repeat(n)), Some("longer than")),
    ("one number", |n| format!("(version: {})", "1".repeat(n)), Some("line 1")),
    ("brackets in brackets", |n| format!("(version: 1, map: {}", "(".repeat(n)), Some("line 1")),
    ("lists in lists", |n| format!("(version: 1, parties: {}", "[".repeat(n)), Some("line 1")),
    ("comments in comments", |n| format!("{}(version: 1)", "/*".repeat(n / 2)), Some("line 1")),
    ("a line of comment", |n| format!("// {}\n(version: 1)", "x".repeat(n)), None),
    ("blanks", |n| format!("(version: 1{})", " ".repeat(n)), None),
    ("empty lines", |n| format!("{}(version: 1)", "\n".repeat(n)), None),
    ("records", |n| listed(n, "parties", |i, line| write!(line, "(id: \"p{i}\", name: \"Party {i}\")")), None),
    (
        "one id for all",
        |n| listed(n, "parties", |_, line| write!(line, "(id: \"p\", name: \"Party\")")),
        Some("line 2"),
    ),
    (
        "handoffs of nobody",
        |n| listed(n, "handoffs", |i, line| write!(line, "(id: \"h{i}\", supplier: \"p{i}\", customer: \"q\")")),
        Some("line 1"),
    ),
    (
        "unknown fields",
        |n| listed(n, "parties", |i, line| write!(line, "(id: \"p{i}\", new{i}: [{i}, {i}])")),
        Some("no field"),
    ),
    (
        "unknown kinds of records",
        |n| listed(n, "spirals", |i, line| write!(line, "(a: {i}, b: [({i})])")),
        Some("no field"),
    ),
];

/// A map file with a list of records, about so many bytes long, a record a line.
fn listed(bytes: usize, list: &str, record: impl Fn(usize, &mut String) -> std::fmt::Result) -> String {
    let mut text = format!("(version: 1, {list}: [");
    for i in 0.. {
        record(i, &mut text).expect("a string");
        text += ",\n";
        if text.len() >= bytes {
            break;
        }
    }
    text + "])"
}

/// The child: opens the file, or brings in the table, and says what came of it and the most memory it took.
#[test]
fn child() {
    let Some((job, root)) = disk::job() else { return };
    let path = root.join(&job);
    let said = if path.extension().is_some_and(|ext| ext == "ron") {
        open(&path).map(|opened| opened.document.parties_len())
    } else {
        read_files(&[path])
            .and_then(|tables| import(&tables, &Document::default(), &mut IdGen::new(1, 1)))
            .map(|imported| imported.document.parties_len())
            .map_err(|error| error.to_string())
    };
    let status = fs::read_to_string("/proc/self/status").expect("of this process");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("the peak of memory");
    let peak: u64 = peak.trim().trim_end_matches(" kB").parse().expect("a number");
    let said = match said {
        Ok(parties) => format!("opened {parties}"),
        Err(message) => format!("refused {}", message.escape_debug().take(2_000).collect::<String>()),
    };
    let mut out = std::io::stdout();
    writeln!(out, "\npeak {peak} {said}").expect("written");
    std::process::exit(0)
}

/// What the child said of a file, and its peak of memory in bytes.
fn read(folder: &Path, name: &str) -> (String, u64) {
    let mut command = child_command(&[], name, folder);
    let output = command.stderr(Stdio::piped()).output().expect("runs");
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().find_map(|line| line.strip_prefix("peak "));
    let (peak, said) = line.and_then(|line| line.split_once(' ')).unwrap_or_else(|| panic!("{name}: {output:?}"));
    (said.to_owned(), peak.parse::<u64>().expect("a number") << 10)
}

#[test]
fn huge_map_files_are_opened_or_refused_in_bounded_memory() {
    let root = quick_dir();
    let length = budget(6 << 20, 200 << 20) as usize;
    let mut most = 0.0_f64;
    fs::write(root.path().join("usual.ron"), format::write(&chain(20_000, "usual"))).expect("room");
    let (said, _) = read(root.path(), "usual.ron");
    assert_eq!(said, "opened 20000");
    for (what, make, refusal) in KINDS {
        let text = make(length);
        let bytes = text.len() as u64;
        fs::write(root.path().join("huge.ron"), text).expect("room");
        let (said, peak) = read(root.path(), "huge.ron");
        match refusal {
            None => assert!(said.starts_with("opened"), "{what}: {said}"),
            Some(words) => assert!(said.starts_with("refused") && said.contains(words), "{what}: {said}"),
        }
        assert!(said.len() < 1_000, "{what}: a message of {} characters", said.len());
        let times = peak.saturating_sub(AT_LEAST) as f64 / bytes as f64;
        disk::note(&format!("{what}: {bytes} bytes, {} MB, {times:.1} times the file", peak >> 20));
        assert!(peak <= AT_LEAST + TIMES * bytes, "{what}: {peak} bytes for {bytes}");
        most = most.max(times);
    }
    let how = format!("{} kinds of files of {} MB", KINDS.len(), length >> 20);
    let result = format!("opened or refused; at most 64 MB and {most:.1} times the file in memory");
    told("huge map files", &how, KINDS.len() as u64, &result);
}

#[test]
fn files_that_are_too_long_are_refused_unread() {
    let root = quick_dir();
    for (name, longest) in
        [("long.ron", LONGEST_FILE as u64), ("handoffs.csv", LARGEST_FILE), ("map.xlsx", LARGEST_FILE)]
    {
        let file = File::create(root.path().join(name)).expect("made");
        file.set_len(longest + 1).expect("a file of holes");
        let (said, peak) = read(root.path(), name);
        assert!(said.starts_with("refused") && said.contains("larger"), "{name}: {said}");
        assert!(peak < AT_LEAST + longest + (1 << 20), "{name}: {peak} bytes");
    }
    told("files beyond the longest", "files of holes, one byte too long", 3, "refused unread");
}

#[test]
fn tables_of_many_rows_are_brought_in() {
    let root = quick_dir();
    let length = budget(2 << 20, LARGEST_FILE - 100) as usize;
    let mut text = String::from("name,kind\n");
    for i in 0.. {
        writeln!(text, "Party {i},process").expect("a string");
        if text.len() >= length {
            break;
        }
    }
    save_bytes(&root.path().join("parties.csv"), text.as_bytes()).expect("written");
    let (said, peak) = read(root.path(), "parties.csv");
    assert!(said.starts_with("opened"), "{said}");
    let times = peak.saturating_sub(AT_LEAST) as f64 / text.len() as f64;
    assert!(times <= TIMES_OF_TABLES as f64, "{times} times");
    let result = format!("{said} parties, {times:.1} times the file in memory");
    told("tables of many rows", &format!("{} MB of parties", length >> 20), 1, &result);
}
