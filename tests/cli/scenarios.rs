//! Scenarios and days as the program is asked for them: what would be, what is overdue, what was put aside.

use serde_json::Value;

use super::figures::{EXACT, customer, list};
use super::{Place, close};

/// The loan with scenarios: a better submission, and one that is named twice.
fn with_scenarios(place: &Place) {
    let map = String::from_utf8(place.read("loan.ron")).expect("UTF-8");
    let id = figures_of(&place.figures("loan.ron"), "Submission")["id"].as_str().expect("an id").to_owned();
    let change = |q: f64| format!("(handoff: \"{id}\", field: complete_accurate, value: {q})");
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
    for part in ["Scenario “Better submission”: 1 change, costs 2600", "62.40 %", "74.10 %", "+11.70 points"] {
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
    let change = format!("(handoff: \"{id}\", field: complete_accurate, value: 90)");
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
