//! The figures of the method's three templates, as the program prints them.

use serde_json::Value;

use super::{Place, SAMPLES, close};

/// A step: name, process time and wait after it in hours, defects in percent, value-adding.
type Step = (&'static str, f64, f64, f64, bool);

/// A template and what METHOD.md section 5 expects of it.
struct Case {
    sample: &'static str,
    customer: &'static str,
    steps: &'static [Step],
    /// Lead time, process time and wait in hours; PCE, activity ratio and rolled %C&A in percent, as they are printed.
    expected: [f64; 6],
    /// The shares in percent, as they are printed; empty where none are.
    shares: &'static [f64],
    /// Rolled %C&A after each step in percent, as it is printed; empty where none is.
    so_far: &'static [f64],
}

const CASES: [Case; 3] = [
    Case {
        sample: "lab",
        customer: "Clinician",
        steps: &[
            ("Collection", 0.25, 0.5, 3.0, true),
            ("Transport", 0.5, 1.0, 2.0, false),
            ("Accessioning", 0.25, 0.5, 5.0, true),
            ("Analysis", 1.0, 2.0, 2.0, true),
            ("Validation", 0.25, 0.5, 4.0, true),
            ("Report", 0.1, 1.0, 1.0, true),
        ],
        expected: [7.85, 2.35, 5.5, 23.57, 29.94, 84.1112],
        shares: &[17.6, 11.7, 29.6, 11.7, 23.6, 5.8],
        so_far: &[97.00, 95.06, 90.31, 88.50, 84.96, 84.11],
    },
    Case {
        sample: "loan",
        customer: "Borrower",
        steps: &[
            ("Submission", 0.5, 0.0, 20.0, true),
            ("Document check", 1.0, 24.0, 10.0, true),
            ("Credit assessment", 2.0, 8.0, 5.0, true),
            ("Risk review", 1.0, 24.0, 3.0, true),
            ("Decision", 0.5, 48.0, 0.0, true),
            ("Offer and acceptance", 0.25, 72.0, 5.0, true),
            ("Disbursement", 0.25, 24.0, 1.0, true),
        ],
        expected: [205.5, 5.5, 200.0, 2.68, 2.68, 62.4003],
        shares: &[47.3, 22.3, 10.9, 6.5, 0.0, 10.9, 2.1],
        so_far: &[],
    },
    Case {
        sample: "release",
        customer: "Users",
        steps: &[
            ("Development", 16.0, 0.0, 15.0, true),
            ("Review", 1.0, 8.0, 10.0, true),
            ("Automated tests", 0.5, 0.25, 5.0, true),
            ("Staging", 0.25, 0.5, 2.0, true),
            ("QA", 2.0, 4.0, 8.0, true),
            ("Approval", 0.25, 24.0, 0.0, false),
            ("Production", 0.25, 0.25, 1.0, true),
            ("Monitoring", 0.5, 0.0, 2.0, true),
        ],
        expected: [57.75, 20.75, 37.0, 35.50, 35.93, 63.5712],
        shares: &[],
        so_far: &[],
    },
];

pub const EXACT: f64 = 5e-7;

/// The one external customer of a map.
pub fn customer(figures: &Value) -> &Value {
    let customers = figures["customers"].as_array().expect("customers");
    assert_eq!(customers.len(), 1, "one external customer");
    &customers[0]
}

impl Case {
    /// Holds the figures against the arithmetic, done here in the plainest way, and against the printed numbers.
    fn check(&self, figures: &Value, what: &str) {
        let of = customer(figures);
        assert_eq!(of["name"], self.customer, "{what}");
        let process: f64 = self.steps.iter().map(|step| step.1).sum();
        let value_adding: f64 = self.steps.iter().filter(|step| step.4).map(|step| step.1).sum();
        let wait: f64 = self.steps.iter().map(|step| step.2).sum();
        let lead = process + wait;
        let rolled: f64 = self.steps.iter().map(|step| 1.0 - step.3 / 100.0).product();
        let [printed_lead, printed_process, printed_wait, pce, activity, printed_rolled] = self.expected;
        for (key, exact, printed, rounding) in [
            ("lead_time_h", lead, printed_lead, EXACT),
            ("process_time_h", process, printed_process, EXACT),
            ("wait_h", wait, printed_wait, EXACT),
            ("pce", value_adding / lead, pce / 100.0, 5e-5),
            ("activity_ratio", process / lead, activity / 100.0, 5e-5),
            ("rolled_complete_accurate", rolled, printed_rolled / 100.0, EXACT),
        ] {
            close(&of[key], exact, EXACT, &format!("{what}, {key}"));
            close(&of[key], printed, rounding, &format!("{what}, {key} as printed"));
        }
        assert_eq!(of["known"], self.steps.len(), "{what}");
        assert_eq!(of["of"], self.steps.len(), "{what}");
        self.check_shares(figures, rolled, what);
        self.check_snowball(of, what);
        self.check_rework(of, what);
        self.check_timeline(of, lead, what);
        let path: Vec<&str> = of["critical_path"].as_array().expect("path").iter().filter_map(Value::as_str).collect();
        let steps: Vec<&str> = self.steps.iter().map(|step| step.0).collect();
        assert!(path.ends_with(&[&steps[..], &[self.customer]].concat()), "{what}: {path:?}");
    }

    fn check_shares(&self, figures: &Value, rolled: f64, what: &str) {
        for (at, step) in self.steps.iter().enumerate() {
            let handoffs = figures["handoffs"].as_array().expect("handoffs").iter();
            let own = handoffs.filter(|h| h["supplier"] == step.0 && h["kind"] == "forward").collect::<Vec<_>>();
            assert_eq!(own.len(), 1, "{what}: {} gives one thing", step.0);
            let share = &own[0]["shares"][self.customer];
            close(share, (1.0 - step.3 / 100.0).ln() / rolled.ln(), EXACT, &format!("{what}, share of {}", step.0));
            if let Some(printed) = self.shares.get(at) {
                close(share, printed / 100.0, 5.1e-4, &format!("{what}, share of {} as printed", step.0));
            }
            let right = 1.0 - step.3 / 100.0;
            close(&own[0]["complete_accurate"], right, EXACT, step.0);
            close(
                &own[0]["leverage"][self.customer],
                rolled / right,
                EXACT,
                &format!("{what}, leverage of {}", step.0),
            );
            assert_eq!(own[0]["leverage_on_time"], serde_json::json!({}), "{what}: nobody knows");
            close(&own[0]["slack_h"][self.customer], 0.0, EXACT, &format!("{what}, slack of {}", step.0));
        }
    }

    /// Each step is a layer of its own, the first the outermost.
    fn check_snowball(&self, of: &Value, what: &str) {
        let steps = list(&of["snowball"]);
        assert_eq!(steps.len(), self.steps.len(), "{what}: {steps:?}");
        let mut so_far = 1.0;
        for (at, (found, step)) in steps.iter().zip(self.steps).enumerate() {
            let right = 1.0 - step.3 / 100.0;
            so_far *= right;
            assert_eq!(found["layer"], self.steps.len() - at, "{what}, {}", step.0);
            assert_eq!(
                (&found["known"], &found["of"], &found["known_so_far"]),
                (&1.into(), &1.into(), &(at + 1).into())
            );
            close(&found["complete_accurate"], right, EXACT, step.0);
            close(&found["complete_accurate_so_far"], so_far, EXACT, &format!("{what}, so far at {}", step.0));
            if let Some(printed) = self.so_far.get(at) {
                close(&found["complete_accurate_so_far"], printed / 100.0, 5.1e-5, &format!("{what}, as printed"));
            }
            assert_eq!((&found["on_time"], &found["on_time_so_far"]), (&Value::Null, &Value::Null), "nobody knows");
        }
    }

    /// Expected passes are 1/q for every handoff that is not always right, and the parts sum up to the whole.
    fn check_rework(&self, of: &Value, what: &str) {
        for one in list(&of["rework"]["each"]).iter().filter(|one| one["complete_accurate"].is_f64()) {
            let (q, once) = (one["complete_accurate"].as_f64().expect("a number"), &one["once_h"]);
            let once = once.as_f64().expect("a number");
            close(&one["passes"], 1.0 / q, EXACT, &format!("{what}, passes of {one}"));
            close(&one["one_pass_h"], (1.0 - q) * once, EXACT, &format!("{what}, one pass of {one}"));
            close(&one["until_right_h"], (1.0 / q - 1.0) * once, EXACT, &format!("{what}, until right of {one}"));
            assert!(q < 1.0, "{one}");
        }
        for key in ["one_pass_h", "until_right_h"] {
            let on_path = list(&of["rework"]["each"]).iter().filter(|one| one["on_path"] == true);
            let sum: f64 = on_path.filter_map(|one| one[key].as_f64()).sum();
            close(&of["rework"][key], sum, EXACT, &format!("{what}, {key}"));
        }
    }

    /// What is on the critical path has no slack and follows without a gap; without a wait the lead time falls by it.
    fn check_timeline(&self, of: &Value, lead: f64, what: &str) {
        let stops = list(&of["timeline"]["stops"]);
        let mut start = 0.0;
        for step in self.steps {
            let stop = stops.iter().find(|stop| stop["name"] == step.0).expect(step.0);
            close(&stop["start_h"], start, EXACT, &format!("{what}, start of {}", step.0));
            close(&stop["process_h"], step.1, EXACT, step.0);
            close(&stop["slack_h"], 0.0, EXACT, step.0);
            assert_eq!(stop["on_path"], true, "{what}, {}", step.0);
            start += step.1 + step.2;
        }
        let last = stops.last().expect("the customer");
        assert_eq!(last["name"], self.customer, "{what}");
        close(&last["start_h"], lead, EXACT, what);
        let longest = self.steps.iter().map(|step| step.1.max(step.2)).fold(0.0, f64::max);
        close(&of["gains"][0]["gain_h"], longest, EXACT, &format!("{what}, the largest gain"));
    }

    /// The template as tables that a person would write: names only, and the customer of the last step.
    fn tables(&self) -> (String, String) {
        let mut parties = format!("Name,Kind,Process time h,Value adding\n{},customer,,\n", self.customer);
        let mut handoffs = String::from("supplier;customer;item;wait h;complete accurate pct\n");
        for (at, (name, hours, wait, defects, value)) in self.steps.iter().enumerate() {
            parties += &format!("{name},,{hours},{}\n", if *value { "yes" } else { "no" });
            let to = self.steps.get(at + 1).map_or(self.customer, |next| next.0);
            handoffs +=
                &format!("{name};{to};result of {name};{};{}\n", wait.to_string().replace('.', ","), 100.0 - defects);
        }
        (parties, handoffs)
    }
}

#[test]
fn samples_have_the_expected_figures() {
    let place = Place::with_samples();
    assert_eq!(CASES.each_ref().map(|case| case.sample), SAMPLES, "every sample has its case");
    for case in &CASES {
        case.check(&place.figures(&format!("{}.ron", case.sample)), case.sample);
    }
}

#[test]
fn tables_of_the_templates_have_the_expected_figures() {
    let place = Place::new();
    for case in &CASES {
        let (parties, handoffs) = case.tables();
        place.write("parties.csv", parties);
        place.write("handoffs.csv", handoffs);
        let map = format!("{}.ron", case.sample);
        let said = place.done(&["import", "parties.csv", "handoffs.csv", "--out", &map]);
        let (parties, handoffs) = (case.steps.len() + 1, case.steps.len());
        assert!(said.contains(&format!("{parties} parties added, 0 changed; {handoffs} handoffs added")), "{said}");
        case.check(&place.figures(&map), &format!("{} from tables", case.sample));
    }
}

#[test]
fn a_better_submission_is_worth_what_the_method_says() {
    let place = Place::with_samples();
    let before = place.read("loan.ron");
    place.write("better.csv", "supplier,customer,item,complete_accurate_pct\nSubmission,Document check,Loan file,95\n");
    let said = place.done(&["import", "better.csv", "--into", "loan.ron", "--out", "better.ron"]);
    assert!(said.contains("0 handoffs added, 1 changed") && said.contains("Written: better.ron"), "{said}");
    let rolled = |map: &str| customer(&place.figures(map))["rolled_complete_accurate"].clone();
    close(&rolled("better.ron"), 0.741_003, EXACT, "rolled %C&A with a better submission");
    close(&rolled("loan.ron"), 0.624_003, EXACT, "the map that was read is as it was");
    assert_eq!(place.read("loan.ron"), before, "to the byte");

    let said = place.done(&["import", "better.csv", "--into", "loan.ron", "--out", "loan.ron"]);
    assert!(said.contains("Updated: loan.ron"), "{said}");
    assert_eq!(place.read("loan.ron"), place.read("better.ron"), "the same in place");
    let backups = place.root.path().join("state/backups");
    let kept = std::fs::read_dir(backups).expect("backups").count();
    assert_eq!(kept, 1, "the version that was replaced is in the backups");
}

#[test]
fn the_text_for_people_has_the_figures_too() {
    let place = Place::with_samples();
    let text = place.done(&["analyse", "lab.ron"]);
    for part in ["Clinical laboratory", "Clinician", "7.85 h", "23.57 %", "29.94 %", "84.11 %", "29.64 %", "Silos"] {
        assert!(text.contains(part), "{part} is missing in\n{text}");
    }
    let findings = place.done(&["check", "lab.ron"]);
    assert!(findings.contains("must-failed") && findings.contains("Request form complete"), "{findings}");
    let json: Value = serde_json::from_str(&place.done(&["check", "lab.ron", "--json"])).expect("JSON");
    assert_eq!(json["findings"], place.figures("lab.ron")["findings"], "the same as in the analysis");
    assert!(json["findings"].as_array().is_some_and(|list| list.len() > 3), "{json}");
    assert_eq!(place.done(&["analyze", "lab.ron"]), text, "the other spelling");
}

#[test]
fn unknown_figures_are_null_and_an_empty_map_has_none() {
    let place = Place::new();
    place.done(&["new", "empty.ron"]);
    let figures = place.figures("empty.ron");
    assert_eq!(figures["customers"], serde_json::json!([]));
    place.write("handoffs.csv", "supplier,customer,item\nSales,Planning,order\n");
    place.write("parties.csv", "name,kind\nPlanning,customer\n");
    place.done(&["import", "handoffs.csv", "parties.csv", "--out", "small.ron"]);
    let figures = place.figures("small.ron");
    for key in ["lead_time_h", "pce", "activity_ratio", "rolled_complete_accurate", "rolled_on_time"] {
        assert_eq!(customer(&figures)[key], Value::Null, "{key}");
    }
    let layers: Vec<(&str, i64)> = figures["layers"].as_array().expect("layers").iter().map(layer).collect();
    assert_eq!(layers, [("Planning", 0), ("Sales", 1)]);
}

#[test]
fn a_chain_that_sends_back_takes_as_many_passes_as_the_method_says() {
    let place = Place::new();
    for (q, passes) in [("45", 2.22), ("80", 1.25)] {
        place.write("handoffs.csv", format!("supplier,customer,item,wait_h,complete_accurate_pct\nA,B,x,3,{q}\n"));
        place.write("parties.csv", "name,kind,process_time_h\nA,,1\nB,customer,\n");
        let map = format!("{q}.ron");
        place.done(&["import", "parties.csv", "handoffs.csv", "--out", &map]);
        let figures = place.figures(&map);
        let rework = &customer(&figures)["rework"];
        close(&rework["each"][0]["passes"], passes, 5e-3, "passes");
        close(&rework["one_pass_h"], 3.0 * (1.0 - q.parse::<f64>().expect("q") / 100.0), EXACT, "the wait again");
        assert_eq!((&rework["known"], &rework["of"]), (&1.into(), &1.into()));
        assert_eq!(customer(&figures)["simulation"], Value::Null, "nobody asked");
    }
}

/// The entries of a list.
pub fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("{value} is no list"))
}

fn layer(value: &Value) -> (&str, i64) {
    (value["name"].as_str().expect("name"), value["layer"].as_i64().expect("layer"))
}
