//! The report as JSON and as text.

use super::*;
use peel::analysis::{SECTIONS, findings_json, findings_text, json, text};
use serde_json::{Value, json as value};

fn loan_report() -> (Document, Report) {
    let mut plan = loan();
    plan.info.title = "Loan".into();
    let document = plan.build();
    let report = report(&document);
    (document, report)
}

#[test]
fn the_json_keeps_its_contract() {
    let (document, report) = loan_report();
    let json = json(&document, &report);
    let customer = &json["customers"][0];
    for key in ["lead_time_h", "process_time_h", "wait_h", "activity_ratio", "pce", "rolled_complete_accurate"] {
        assert!(customer[key].is_f64(), "{key} of {customer}");
    }
    assert_eq!(customer["name"], "borrower");
    assert_eq!(customer["id"], "p000007");
    assert_eq!((&customer["known"], &customer["of"]), (&value!(7), &value!(8)));
    assert_eq!(customer["rolled_on_time"], Value::Null, "unknown is null");
    let path: Vec<_> = customer["critical_path"].as_array().expect("a list").iter().filter_map(Value::as_str).collect();
    assert_eq!((path[0], path[1], path[8]), ("borrower", "submission", "borrower"));
    assert_eq!(
        json["layers"][0],
        value!({
            "name": "borrower", "id": "p000007", "layer": 0, "longest_layer": 0, "on_time_start": null
        })
    );
    let handoffs = json["handoffs"].as_array().expect("a list");
    let submission = handoffs.iter().find(|h| h["item"] == "submission").expect("is there");
    assert_eq!((&submission["supplier"], &submission["supplier_id"]), (&value!("submission"), &value!("p000000")));
    assert_eq!(submission["complete_accurate"], 0.8, "a fraction");
    assert!((submission["shares"]["borrower"].as_f64().expect("known") - 0.473).abs() < 5e-4, "{submission}");
    let parts = ["appraisal", "internal_failure", "lateness", "external_failure"];
    assert!(parts.iter().all(|part| submission["cost"].get(part) == Some(&Value::Null)), "{submission}");
    let application = handoffs.iter().find(|h| h["item"] == "application").expect("is there");
    assert_eq!((&application["complete_accurate"], &application["shares"]), (&Value::Null, &value!({})));
    for key in ["handoffs", "crossing", "share_of_loss_at_boundaries", "matrix"] {
        assert!(json["silos"].get(key).is_some(), "{key}");
    }
    let finding = &json["findings"][0];
    for key in ["kind", "severity", "subject", "message"] {
        assert!(finding[key].as_str().is_some_and(|text| !text.is_empty()), "{key} of {finding}");
    }
    assert_eq!(json["findings"], findings_json(&document, &report.findings), "the same list alone");
    assert_eq!(json.as_object().map(serde_json::Map::len), Some(SECTIONS.len()), "a key a section");
}

#[test]
fn open_ends_and_equal_names_are_kept_apart() {
    let mut plan = Plan::of(&[("A", "", Some(50.0)), ("A", ">C", Some(50.0)), ("A", ">D", Some(50.0))]);
    plan.parties[2].name = "C".into();
    let document = plan.build();
    let json = json(&document, &report(&document));
    let handoffs = json["handoffs"].as_array().expect("a list");
    assert_eq!((&handoffs[0]["customer"], &handoffs[0]["customer_id"]), (&Value::Null, &Value::Null));
    assert_eq!(handoffs[1]["shares"], value!({ "C": 1.0 }));
    assert_eq!(handoffs[2]["shares"], value!({ "C (p000002)": 1.0 }), "the second of a name");
    assert_eq!(handoffs[2]["shares_by_id"], value!({ "p000002": 1.0 }));
}

#[test]
fn the_text_is_aligned_and_says_what_it_assumes() {
    let (document, report) = loan_report();
    let text = text(&document, &report);
    for words in ["Loan\n", "A day has 8 working hours", "independent", "205.5 h (25.69 d)", "62.40 %", "× 1.25"] {
        assert!(text.contains(words), "{words} in\n{text}");
    }
    let over = text.lines().filter(|line| line.ends_with(" known"));
    let columns: Vec<_> = over.map(|line| line.rfind("  ").map(|at| line[..at].chars().count())).collect();
    assert!(columns.len() > 5 && columns.iter().all(|column| *column == columns[0]), "{columns:?} in\n{text}");
    assert!(text.lines().all(|line| line == line.trim_end()), "no space at the end of a line");
    assert!(text.lines().all(|line| line.chars().count() <= 120), "no line too long:\n{text}");
}

#[test]
fn no_name_can_break_a_line_or_command_a_terminal() {
    let mut plan = Plan::of(&[("A", "B\n", None), ("B\n", ">C", Some(50.0)), ("B\n", "\u{1b}[2Jevil", None)]);
    plan.info.title = "a\r\nb".into();
    plan.parties[0].department = "x\ty".into();
    plan.parties[1].department = "z".into();
    let document = plan.build();
    let report = report(&document);
    for text in [text(&document, &report), findings_text(&document, &report.findings)] {
        assert!(text.chars().all(|c| c == '\n' || !c.is_control()), "{text:?}");
        assert!(text.lines().all(|line| !line.starts_with("evil")), "{text}");
    }
}

#[test]
fn the_text_says_what_of_the_silos_is_known() {
    let mut plan = steps(LAB, "clinician");
    let section = SECTIONS.iter().find(|section| section.id == "silos").expect("is there");
    let silos = |plan: &Plan| {
        let document = plan.build();
        (section.text)(&document, &report(&document))
    };
    assert_eq!(silos(&plan), "  5 of 5 cannot be told: a department is missing\n");
    for (at, department) in ["Ward", "Ward", "Lab"].into_iter().enumerate() {
        plan.parties[at].department = department.into();
    }
    let lines = [
        "  1 of 2 handoffs between processes cross a boundary (50.00 %)",
        "  11.68 % of what is lost on the way to the customers is lost there",
        "  3 of 5 cannot be told: a department is missing",
        "    1  Ward  →  Lab",
        "    1  Ward  →  Ward",
    ];
    assert_eq!(silos(&plan), lines.join("\n") + "\n");
}

#[test]
fn findings_are_listed_under_their_kind() {
    let (document, report) = loan_report();
    let text = findings_text(&document, &report.findings);
    assert_eq!(text.lines().next(), Some("0 errors, 8 warnings, 0 notes"), "{text}");
    assert_eq!(text.matches("warning handoff-without-requirement").count(), 1, "one heading");
    assert_eq!(text.matches("\n  - ").count(), 8, "eight lines");
    assert_eq!(findings_text(&document, &[]), "No findings.\n");
}
