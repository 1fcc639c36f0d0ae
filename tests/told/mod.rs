//! How tests say what faults came to, and how many they try: see `tests/faults`.

use std::io::Write as _;

/// Says something on standard error, such as why a test does less than it could.
pub fn note(text: &str) {
    writeln!(std::io::stderr(), "note: {text}").expect("standard error");
}

/// Says what a fault came to: in the test's output, and as a row of the table when one is being made.
pub fn told(fault: &str, how: &str, runs: u64, result: &str) {
    note(&format!("{fault} ({how}): {runs} runs, {result}"));
    if let Some(table) = std::env::var_os("PEEL_FAULTS") {
        let mut file = std::fs::OpenOptions::new().create(true).append(true).open(table).expect("the table");
        file.write_all(format!("| {fault} | {how} | {runs} | {result} |\n").as_bytes()).expect("a row");
    }
}

/// So many runs: few in every check of a change, many with `PEEL_BUDGET=night`.
pub fn budget(few: u64, many: u64) -> u64 {
    if std::env::var_os("PEEL_BUDGET").is_some_and(|budget| budget == "night") { many } else { few }
}
