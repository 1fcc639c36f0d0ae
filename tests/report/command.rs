//! `peel report` as people and scripts run it.

use std::process::Command;

use super::pages::{done, peel, said};
use super::{holds, lacks};

#[test]
fn every_format_is_written_and_is_the_same_again() {
    let place = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(place.path().join(name)).unwrap();
    done(place.path(), &["new", "loan.ron", "--sample", "loan"]);
    for (ending, begins) in [("md", "# "), ("html", "<!doctype html>"), ("pdf", "%PDF-"), ("xlsx", "PK")] {
        let out = format!("report.{ending}");
        let words = ["report", "loan.ron", &out, "--date", "2026-03-31", "--customer", "borrower"];
        assert!(done(place.path(), &words).starts_with(&format!("Written: {out}")));
        let first = read(&out);
        assert!(first.starts_with(begins.as_bytes()), "{out}");
        done(place.path(), &words);
        assert_eq!(read(&out), first, "the same bytes again");
    }
    holds(&said(&read("report.md")), &["2026-03-31", "**Borrower** gets 62.4 %"]);
    if let Ok(output) = Command::new("pdftotext").arg(place.path().join("report.pdf")).arg("-").output() {
        holds(&said(&output.stdout), &["Handoff report", "How these figures are computed", "Page 1 of"]);
    }
}

#[test]
fn the_day_decides_what_is_overdue() {
    let place = tempfile::tempdir().unwrap();
    let map = "(version: 1, parties: [(id: \"a\", name: \"A\"), (id: \"b\", name: \"B\", kind: customer)],\nhandoffs: [(supplier: \
               \"a\", customer: \"b\", item: \"x\", valid_until: \"2026-03-31\")])";
    std::fs::write(place.path().join("map.ron"), map).unwrap();
    for (day, is_overdue) in [("2026-03-31", false), ("2026-04-01", true)] {
        done(place.path(), &["report", "map.ron", "r.md", "--date", day]);
        let text = std::fs::read_to_string(place.path().join("r.md")).unwrap();
        if is_overdue { holds(&text, &["Review overdue"]) } else { lacks(&text, &["Review overdue"]) }
    }
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_written() {
    let place = tempfile::tempdir().unwrap();
    done(place.path(), &["new", "loan.ron", "--sample", "loan"]);
    std::fs::create_dir(place.path().join("folder.pdf")).unwrap();
    std::fs::write(place.path().join("there.md"), "kept").unwrap();
    let cases = [
        ("report loan.ron r.docx", 1, "has the ending .docx; a report can be .pdf, .html, .md, .xlsx"),
        ("report loan.ron r", 1, "has no ending"),
        ("report loan.ron none/r.md", 1, "there is no folder “none”"),
        ("report gone.ron there.md", 1, "gone.ron"),
        ("report loan.ron folder.pdf", 1, "folder.pdf"),
        ("report loan.ron there.md --scenario Better", 1, "there is no scenario “Better”: this map has none"),
        ("report loan.ron there.md --customer Nobody", 1, "no party “Nobody”"),
        ("report loan.ron there.md --customer Decision", 1, "“Decision” is no external customer; there are: Borrower"),
        ("report loan.ron there.md --date soon", 2, "YYYY-MM-DD"),
        ("report loan.ron", 2, "<OUT>"),
    ];
    for (line, status, words) in cases {
        let output = peel(place.path(), &line.split(' ').collect::<Vec<_>>());
        let error = said(&output.stderr);
        assert!(output.status.code() == Some(status) && error.contains(words), "{line}: {error}");
        assert!(output.stdout.is_empty(), "{line}");
    }
    let mut names: Vec<String> = std::fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "state")
        .collect();
    names.sort();
    assert_eq!(names, ["folder.pdf", "loan.ron", "there.md"], "nothing else");
    assert_eq!(std::fs::read_to_string(place.path().join("there.md")).unwrap(), "kept");
}
