//! Scenarios and days as the program is asked for them: what would be, what is overdue, what was put aside.

use serde_json::Value;

use super::figures::{EXACT, customer, list};
use super::{Place, close};

/// The loan with scenarios: a better submission, and one that is named twice.
fn with_scenarios(place: &Place) {
    let map = String::from_utf8(place.read("loan.ron")).expect("UTF-8");
    let id = figures_of(&place.figures("loan.ron"), "Submission")["id"].as_str().expect("an id").to_owned();
    let change = |q: f64| format!("(handoff: \"{id}\", field: complete_accurate_pct, value: {q})");
    let scenarios = format!(
        "    scenarios: [\n        (id: \"better\", name: \"Better submission\", cost: 2600, changes: [{}]),\n        \
         (id: \"t1\", name: \"Twin\"),\n        (id: \"t2\", name: \"Twin\"),\n    ],\n",
        change(95.0)
    );
    let end = map.trim_end().rfind(')').expect("a map ends");
    place.write("scenarios.ron", format!("{}{scenarios})\n", &map[..end]));
}

/// The forward handoff that a party gives.
fn figures_of<'a>(figures: &'a Value, supplier: &str) -> &'a Value {
    let mut own = list(&figures["handoffs"]).iter().filter(|h| h["supplier"] == supplier && h["kind"] == "forward");
    own.next().expect(supplier)
}

#[test]
fn a_scenario_is_held_against_today() {
    let place = Place::with_samples();
    with_scenarios(&place);
    let json = |words: &[&str]| -> Value {
        serde_json::from_str(&place.done(&[&["analyse", "scenarios.ron", "--json"], words].concat())).expect("JSON")
    };
    let rolled = |figures: &Value| customer(figures)["rolled_complete_accurate"].clone();
    assert_eq!(json(&[])["scenario"], Value::Null, "nobody asked");
    close(&rolled(&json(&[])), 0.624_003, EXACT, "today");
    for name in ["Better submission", "better", " better SUBMISSION "] {
        let figures = json(&["--scenario", name]);
        close(&rolled(&figures), 0.741_003, EXACT, name);
        let about = &figures["scenario"];
        assert_eq!((&about["name"], &about["id"]), (&"Better submission".into(), &"better".into()));
        assert_eq!((&about["cost"], &about["changes"], &about["customers"]), (&2600.0.into(), &1.into(), &Value::Null));
    }
    let about = &json(&["--scenario", "better", "--compare"])["scenario"];
    let of = &about["customers"][0];
    assert_eq!(
        (&of["name"], &about["cost_saving_per_year"]),
        (&"Borrower".into(), &0.0.into()),
        "nothing that is known"
    );
    close(&of["now"]["rolled_complete_accurate"], 0.624_003, EXACT, "now");
    close(&of["then"]["rolled_complete_accurate"], 0.741_003, EXACT, "then");
    close(&of["delta"]["rolled_complete_accurate"], 0.117, 1e-6, "difference");
    close(&of["delta"]["lead_time_h"], 0.0, EXACT, "the same");
    assert_eq!((&of["delta"]["rolled_on_time"], &about["payback_days"]), (&Value::Null, &Value::Null));

    let text = place.done(&["analyse", "scenarios.ron", "--scenario", "better", "--compare"]);
    for part in ["Scenario “Better submission”: 1 number changed, costs 2600", "62.40 %", "74.10 %", "+11.70 points"]
    {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    for (words, status, part) in [
        (
            "analyse scenarios.ron --scenario Worse",
            1,
            "no scenario “Worse” on this map; there are: Better submission, Twin",
        ),
        ("analyse scenarios.ron --scenario Twin", 1, "2 scenarios are called “Twin”: name one by its id: t1, t2"),
        ("analyse lab.ron --scenario Worse", 1, "this map has none"),
        ("analyse lab.ron --compare", 2, "--scenario"),
    ] {
        let ran = place.peel(&words.split(' ').collect::<Vec<_>>());
        assert!(ran.status == status && ran.err.contains(part) && ran.out.is_empty(), "{words}: {ran:?}");
    }
}

#[test]
fn what_a_scenario_saves_pays_for_it() {
    let place = Place::new();
    place.write("parties.csv", "name,kind,rate_per_h\nSales,,60\nShop,customer,\n");
    place.write(
        "handoffs.csv",
        "supplier,customer,item,volume,period,complete_accurate_pct,fix_supplier_h\nSales,Shop,order,10,day,80,0.5\n",
    );
    place.done(&["import", "parties.csv", "handoffs.csv", "--out", "map.ron"]);
    let figures = place.figures("map.ron");
    let id = figures["handoffs"][0]["id"].as_str().expect("an id");
    let map = String::from_utf8(place.read("map.ron")).expect("UTF-8");
    let end = map.trim_end().rfind(')').expect("a map ends");
    let change = format!("(handoff: \"{id}\", field: complete_accurate_pct, value: 90)");
    place.write(
        "map.ron",
        format!("{}scenarios: [(id: \"s\", name: \"S\", cost: 1200, changes: [{change}])])", &map[..end]),
    );
    let words = ["analyse", "map.ron", "--json", "--scenario", "S", "--compare"];
    let about = serde_json::from_str::<Value>(&place.done(&words)).expect("JSON")["scenario"].clone();
    // A tenth of ten a day, half an hour at 60 each: 30 a day, 7,800 in the 260 days of a year.
    close(&about["cost_saving_per_year"], 7_800.0, 1e-6, "saving");
    close(&about["payback_days"], 40.0, 1e-9, "payback");
    close(&about["customers"][0]["delta"]["cost_per_year"], -7_800.0, 1e-6, "cost");
    let cost = &figures["cost"];
    close(&cost["total"], 15_600.0, 1e-6, "two tenths today");
    assert_eq!(cost["by_layer"][0]["layer"], 1);
    close(&cost["by_layer"][0]["cost"]["total"], 15_600.0, 1e-6, "by layer");
    close(&cost["by_department"][0]["given"]["internal_failure"], 15_600.0, 1e-6, "by department");
    let text = place.done(&["analyse", "map.ron", "--scenario", "S", "--compare"]);
    assert!(text.contains("saves 7800 a year") && text.contains("pays for itself in 40 working days"), "{text}");
}

#[test]
fn what_was_put_aside_is_told_with_its_reason() {
    let place = Place::new();
    place.write(
        "map.ron",
        "(version: 1, parties: [(id: \"a\", name: \"A\"), (id: \"b\", name: \"B\", kind: customer)],\nhandoffs: [(id: \"h\", \
         supplier: \"a\", customer: \"b\", item: \"x\", valid_until: \"2026-03-31\", dismissed: [(kind: \
         \"handoff-without-requirement\", reason: \"a favour\", when: \"2026-02-01\")])])",
    );
    let check = |words: &[&str]| place.done(&[&["check", "map.ron"], words].concat());
    let json =
        |words: &[&str]| -> Value { serde_json::from_str(&check(&[words, &["--json"]].concat())).expect("JSON") };
    let kinds = |value: &Value| list(value).iter().map(|one| one["kind"].as_str().expect("kind").to_owned()).collect();
    let (before, after) = (["--date", "2026-03-31"], ["--date", "2026-04-01"]);
    let none: Vec<String> = kinds(&json(&before)["findings"]);
    assert_eq!(none, [] as [&str; 0]);
    let found: Vec<String> = kinds(&json(&after)["findings"]);
    assert_eq!(found, ["review-overdue"], "a day later");
    assert_eq!(json(&after)["dismissed"], Value::Null, "nobody asked");
    let all = json(&[&after[..], &["--all"]].concat());
    let aside = &all["dismissed"][0];
    assert_eq!((&aside["kind"], &aside["subject_id"]), (&"handoff-without-requirement".into(), &"h".into()));
    assert_eq!((&aside["reason"], &aside["date"]), (&"a favour".into(), &"2026-02-01".into()));
    assert!(!check(&after).contains("a favour"));
    let text = check(&["--all"]);
    assert!(text.contains("1 put aside") && text.contains("because: a favour (2026-02-01)"), "{text}");
    let analysed = place.figures("map.ron");
    assert_eq!(analysed["dismissed"], all["dismissed"], "beside the findings");
    assert!(place.done(&["analyse", "map.ron"]).contains("; 1 put aside"));
    assert!(place.done(&["analyse", "map.ron", "--date", "2026-03-31"]).contains("0 warnings, 0 notes; 1 put aside"));
}

#[test]
fn the_lead_time_is_simulated_when_it_is_asked_for() {
    let place = Place::with_samples();
    let json = |words: &[&str]| -> Value {
        let figures: Value =
            serde_json::from_str(&place.done(&[&["analyse", "loan.ron", "--json"], words].concat())).expect("JSON");
        customer(&figures)["simulation"].clone()
    };
    assert_eq!(json(&[]), Value::Null, "nobody asked");
    let fixed = json(&["--simulate", "50", "--rework", "none"]);
    assert_eq!((&fixed["runs"], &fixed["without_spread"]), (&50.into(), &true.into()));
    for hours in [&fixed["mean_h"], &fixed["min_h"], &fixed["max_h"], &fixed["percentiles_h"]["95"]] {
        close(hours, 205.5, EXACT, "nothing varies: the lead time itself");
    }
    // Each forward handoff on the way: (1 − q) · (wait + PT of its receiver), by hand from the sample.
    let extra = 0.2 * 1.0 + 0.1 * 26.0 + 0.05 * 9.0 + 0.03 * 24.5 + 0.0 * 48.25 + 0.05 * 72.25 + 0.01 * 24.0;
    let once = json(&["--simulate", "20000"]);
    let (mean, deviation) = (once["mean_h"].as_f64().expect("known"), once["deviation_h"].as_f64().expect("known"));
    let error = deviation / 20_000_f64.sqrt();
    assert!((mean - 205.5 - extra).abs() < 4.0 * error, "{mean} ± {error}, expected {}", 205.5 + extra);
    assert_eq!(
        once,
        json(&["--simulate", "20000", "--seed", "1", "--rework", "once"]),
        "the usual, and always the same"
    );
    assert_ne!(once["mean_h"], json(&["--simulate", "20000", "--seed", "2"])["mean_h"]);
    let driving: f64 = list(&once["drivers"]).iter().map(|driver| driver["share"].as_f64().expect("known")).sum();
    assert!((driving - 1.0).abs() < 1e-9, "{driving}");
    let text = place.done(&["analyse", "loan.ron", "--simulate"]);
    assert!(text.contains("simulated: 10000 runs, repeated once, seed 1") && text.contains("95 % within"), "{text}");
    place.done(&["report", "loan.ron", "report.md", "--simulate", "100"]);
    let report = String::from_utf8(place.read("report.md")).expect("UTF-8");
    assert!(report.contains("How the lead time spreads") && report.contains("What drives the spread"), "{report}");
    for words in [&["--seed", "2"][..], &["--simulate", "0"], &["--simulate", "5", "--rework", "never"]] {
        let ran = place.peel(&[&["analyse", "loan.ron"], words].concat());
        assert_eq!(ran.status, 2, "{words:?}");
    }
}
