//! The improvement loop on the command line: cost cases, calendar files, maps held against each other.

use serde_json::Value;

use super::{Place, close};

/// The loan with a sprint from 45 % to 80 %, a scenario, and reviews every quarter.
fn with_loop(place: &Place) {
    let map = String::from_utf8(place.read("loan.ron")).expect("UTF-8");
    let figures = place.figures("loan.ron");
    let of = figures["handoffs"].as_array().expect("a list").iter().find(|h| h["item"] == "Loan file").expect("there");
    let id = of["id"].as_str().expect("an id");
    let more = format!(
        "    scenarios: [\n        (id: \"s\", name: \"At the desk\", cost: 1000, changes: [(handoff: \"{id}\", field: \
         complete_accurate_pct, value: 95, why: \"a list\")]),\n    ],\n    sprints: [\n        (id: \"t\", goal: \"Whole \
         files\", handoffs: [\"{id}\"], start: \"2026-11-01\", baseline: (day: \"2026-11-01\", figures: [(figure: \
         \"complete_accurate\", value: 0.45), (figure: \"expected_passes\", value: 2.2222222222222223)])),\n    ],\n"
    );
    let end = map.trim_end().rfind(')').expect("a map ends");
    let map = format!("{}{more})\n", &map[..end]);
    place.write(
        "loop.ron",
        map.replacen("map: (", "map: (review: (every: 1, unit: quarter, first: \"2026-11-30\"), ", 1),
    );
}

#[test]
fn the_loan_sprint_is_told_with_its_passes() {
    let place = Place::with_samples();
    with_loop(&place);
    let figures: Value =
        serde_json::from_str(&place.done(&["analyse", "loop.ron", "--json", "--date", "2026-11-10"])).expect("JSON");
    let sprint = &figures["sprints"][0];
    assert_eq!((&sprint["state"], &sprint["days_left"]), (&"running".into(), &10.into()));
    assert_eq!(sprint["last_day"], "2026-11-20");
    close(&sprint["baseline"]["complete_accurate"], 0.45, 1e-12, "baseline");
    close(&sprint["now"]["complete_accurate"], 0.8, 1e-12, "now");
    close(&sprint["baseline"]["expected_passes"], 1.0 / 0.45, 1e-9, "2.22");
    close(&sprint["now"]["expected_passes"], 1.25, 1e-12, "1.25");
    assert_eq!(figures["steps"]["of"], 49, "seven steps of seven processes");
    assert_eq!(figures["reviews"][0]["due"], "2026-11-30");
    let text = place.done(&["analyse", "loop.ron", "--date", "2026-12-01"]);
    for part in ["expected passes until right 2.22 → 1.25", "over since 11 d, without a result", "overdue by 1 d"] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    place.done(&["case", "loop.ron", "case.md", "--sprint", "whole FILES", "--date", "2026-11-10"]);
    let case = String::from_utf8(place.read("case.md")).expect("UTF-8");
    for part in
        ["# True cost case: Whole files", "45 %", "80 %", "+35 points", "2.22", "1.25", "not known yet: it takes"]
    {
        assert!(case.contains(part), "{part} is missing in\n{case}");
    }
    for out in ["case.html", "case.pdf"] {
        place.done(&["case", "loop.ron", out, "--scenario", "At the desk", "--date", "2026-11-10"]);
    }
    let page = String::from_utf8(place.read("case.html")).expect("UTF-8");
    assert!(page.contains("At the desk") && page.contains("a list") && page.contains("%C&amp;A 80 → 95"), "{page}");
    assert!(place.read("case.pdf").starts_with(b"%PDF-"));
}

#[test]
fn a_calendar_has_the_same_ids_each_time() {
    let place = Place::with_samples();
    with_loop(&place);
    let make = |name: &str, seconds: &str| {
        let mut command = place.command(&["calendar", "loop.ron", name]);
        command.env("SOURCE_DATE_EPOCH", seconds);
        assert!(command.output().expect("runs").status.success());
        String::from_utf8(place.read(name)).expect("UTF-8")
    };
    let (first, second) = (make("a.ics", "1795000000"), make("b.ics", "1795000600"));
    let ids = |text: &str| -> Vec<String> {
        text.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect()
    };
    assert_eq!(ids(&first), ids(&second));
    assert_eq!(ids(&first).len(), 7 * 4 + 3, "four reviews of seven processes, three days of the sprint");
    assert_ne!(first, second, "and a later sequence");
    assert_eq!(make("c.ics", "1795000000"), first, "the same bytes at the same time");
    for (words, part) in [
        ("calendar loan.ron x.ics", "the map has nothing for a calendar"),
        ("calendar loop.ron x.txt", "a calendar can be .ics"),
        ("case loop.ron x.pdf --sprint Other", "there is no sprint “Other” on this map; there are: Whole files"),
        ("case loan.ron x.pdf --sprint Other", "this map has none"),
        ("case loop.ron x.xlsx --sprint t", "a case can be .md, .html, .pdf"),
    ] {
        let ran = place.peel(&words.split(' ').collect::<Vec<_>>());
        assert!(ran.status == 1 && ran.err.contains(part) && ran.out.is_empty(), "{words}: {ran:?}");
    }
    assert_eq!(place.peel(&["case", "loop.ron", "x.pdf"]).status, 2, "of what?");
}

#[test]
fn two_versions_of_a_map_are_held_against_each_other() {
    let place = Place::with_samples();
    with_loop(&place);
    let map = String::from_utf8(place.read("loop.ron")).expect("UTF-8");
    place.write("later.ron", map.replacen("complete_accurate_pct: 80", "complete_accurate_pct: 95", 1));
    let text = place.done(&["compare", "loop.ron", "later.ron"]);
    assert!(text.starts_with("1 difference\n") && text.contains("%C&A 80 → 95"), "{text}");
    let told: Value = serde_json::from_str(&place.done(&["compare", "loop.ron", "later.ron", "--json"])).expect("JSON");
    close(&told["customers"][0]["now"]["rolled_complete_accurate"], 0.624_003, 1e-6, "now");
    close(&told["customers"][0]["then"]["rolled_complete_accurate"], 0.741_003, 1e-6, "then");
    assert_eq!(told["differences"].as_array().map(Vec::len), Some(1));
    assert!(place.done(&["compare", "loop.ron", "loop.ron"]).starts_with("The two maps are the same."));
    assert_eq!(place.peel(&["compare", "loop.ron", "gone.ron"]).status, 1);
    // A picture of the future state says what it is, and holds the map of today.
    place.done(&["export", "loop.ron", "then.svg", "--scenario", "At the desk"]);
    let svg = String::from_utf8(place.read("then.svg")).expect("UTF-8");
    assert!(svg.contains("Scenario: At the desk") && svg.contains("Changed"), "marked");
}
