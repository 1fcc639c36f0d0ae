//! `peel brief` and `peel survey` as people and scripts run them.

use std::process::Command;

use super::holds;
use super::pages::{done, peel, said};

#[test]
fn every_kind_is_written_in_every_format() {
    let place = tempfile::tempdir().unwrap();
    let read = |name: &str| std::fs::read(place.path().join(name)).unwrap();
    done(place.path(), &["new", "loan.ron", "--sample", "loan"]);
    for kind in ["supplier", "mirror", "agreed"] {
        for (ending, begins) in [("md", "# "), ("html", "<!doctype html>"), ("pdf", "%PDF-")] {
            let out = format!("{kind}.{ending}");
            let words = ["brief", "loan.ron", "--party", "decision", &out, "--kind", kind, "--date", "2026-03-31"];
            let told = done(place.path(), &words);
            assert!(told.starts_with(&format!("Written: {out}")), "{told}");
            assert!(read(&out).starts_with(begins.as_bytes()), "{out}");
            let first = read(&out);
            done(place.path(), &words);
            assert_eq!(read(&out), first, "the same bytes again");
        }
    }
    holds(&said(&read("supplier.md")), &["Supplier brief: Decision", "2026-03-31", "Credit decision"]);
    for out in ["s.html", "s.csv"] {
        done(place.path(), &["survey", "loan.ron", "--party", "Decision", "--customer", "offer", out]);
        holds(&said(&read(out)), &["Decision", "Offer and acceptance"]);
    }
    if let Ok(output) = Command::new("pdftotext").arg(place.path().join("supplier.pdf")).arg("-").output() {
        holds(&said(&output.stdout), &["Supplier brief: Decision", "Borrower (external customer)", "Page 1 of"]);
    }
}

#[test]
fn what_cannot_be_done_is_said_and_nothing_is_written() {
    let place = tempfile::tempdir().unwrap();
    done(place.path(), &["new", "loan.ron", "--sample", "loan"]);
    let twins = "(version: 1, parties: [(id: \"t1\", name: \"Twin\"), (id: \"t2\", name: \"Twin\")])";
    std::fs::write(place.path().join("twins.ron"), twins).unwrap();
    let cases = [
        ("brief loan.ron --party Documentcheck b.md", 1, "did you mean “Document check”?"),
        ("brief loan.ron --party assessment b.md", 1, "did you mean “Credit assessment”?"),
        ("brief loan.ron --party Qqqqq b.md", 1, "there are: Borrower, Document check"),
        ("brief twins.ron --party Twin b.md", 1, "2 parties are called “Twin”: name one by its id: t1, t2"),
        ("brief loan.ron --party check b.docx", 1, "has the ending .docx; a brief can be .md, .html, .pdf"),
        ("brief loan.ron --party check b", 1, "has no ending"),
        ("brief loan.ron --party check none/b.md", 1, "there is no folder “none”"),
        ("brief gone.ron --party check b.md", 1, "gone.ron"),
        ("brief loan.ron b.md", 2, "--party"),
        ("brief loan.ron --party check b.md --kind other", 2, "supplier, mirror, agreed"),
        ("brief loan.ron --party check b.md --date soon", 2, "YYYY-MM-DD"),
        ("survey loan.ron --party check --customer check s.html", 1, "not its own customer"),
        ("survey loan.ron --party check --customer Nobody s.html", 1, "no party “Nobody”"),
        ("survey loan.ron --party check --customer credit s.pdf", 1, "a survey can be .html, .csv"),
    ];
    for (line, status, words) in cases {
        let output = peel(place.path(), &line.split(' ').collect::<Vec<_>>());
        let error = said(&output.stderr);
        assert!(output.status.code() == Some(status) && error.contains(words), "{line}: {error}");
        assert!(output.stdout.is_empty(), "{line}");
    }
    let names: Vec<String> = std::fs::read_dir(place.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name != "state")
        .collect();
    assert_eq!(names.len(), 2, "only the maps: {names:?}");
    std::fs::copy(place.path().join("loan.ron"), place.path().join("map.md")).unwrap();
    let output = peel(place.path(), &["brief", "map.md", "--party", "check", "map.md"]);
    assert!(said(&output.stderr).contains("it is the map itself"), "{}", said(&output.stderr));
}
