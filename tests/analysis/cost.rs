//! What handoffs cost, against numbers computed by hand and against a product that tries what the unknown might be.

use super::*;
use peel::analysis::{Costs, Figure, HandoffCost, SECTIONS, handoff_cost, json, text};
use peel::model::Period;
use proptest::prelude::*;
use serde_json::{Value, json as value};

/// A month of 200 deliveries: 1000 appraisal, 20 · (25 + 80) internal failure, 2000 lateness, 2000 external failure.
fn known() -> Handoff {
    Handoff {
        item: "report".into(),
        volume: Some(200.0),
        complete_accurate_pct: Some(90.0),
        on_time_pct: Some(75.0),
        check_h: Some(0.1),
        fix_receiver_h: Some(0.5),
        fix_supplier_h: Some(1.0),
        late_h: Some(4.0),
        late_cost_per_h: Some(10.0),
        escape_pct: Some(5.0),
        escape_cost: Some(2000.0),
        ..plain()
    }
}

/// `Lab`, whose hour costs 80, gives it to `Ward`, whose hour costs 50.
fn between(handoff: Handoff, supplier: Option<f64>, receiver: Option<f64>) -> Plan {
    let mut plan = Plan::default();
    plan.party(Party { rate_per_h: supplier, ..Party::named("Lab", PartyKind::Process) });
    plan.party(Party { rate_per_h: receiver, ..Party::named("Ward", PartyKind::Customer) });
    plan.handoff("Lab", "Ward", handoff);
    plan
}

fn cost_of(plan: &Plan) -> HandoffCost {
    let document = plan.build();
    let (_, handoff) = document.handoffs().next().expect("one");
    let cost = handoff_cost(&document, handoff);
    assert_eq!(report(&document).handoffs[0].cost, cost, "the report has the same");
    cost
}

fn parts(cost: &HandoffCost) -> [Option<f64>; 4] {
    [cost.appraisal, cost.internal_failure, cost.lateness, cost.external_failure]
}

#[test]
fn the_four_parts_are_those_computed_by_hand() {
    let cost = cost_of(&between(known(), Some(80.0), Some(50.0)));
    for (part, expected) in parts(&cost).into_iter().zip([1000.0, 2100.0, 2000.0, 2000.0]) {
        close(part, expected, 1e-9, "part");
    }
    assert_eq!((cost.period, cost.internal_known), (Period::Month, 2));
    close(cost.total(), 7100.0, 1e-9, "total");
    assert_eq!((cost.figure().known, cost.figure().of), (5, 5));
    for (period, times) in
        [(Period::Day, 260.0), (Period::Week, 52.0), (Period::Month, 12.0), (Period::Quarter, 4.0), (Period::Year, 1.0)]
    {
        let cost = cost_of(&between(Handoff { period, ..known() }, Some(80.0), Some(50.0)));
        close(cost.total(), 7100.0, 1e-9, "of its own period");
        close(cost.yearly().total(), 7100.0 * times, 1e-6, "of a year");
        assert_eq!((cost.yearly().period, cost.yearly().yearly()), (Period::Year, cost.yearly()));
    }
}

type Change = fn(&mut Handoff);

#[test]
fn a_part_is_known_when_nothing_is_left_to_know() {
    let (a, i, l, e) = (Some(1000.0), Some(2100.0), Some(2000.0), Some(2000.0));
    let table: [(Change, [Option<f64>; 4], usize); 15] = [
        (|h| h.volume = None, [None; 4], 0),
        (|h| h.volume = Some(0.0), [Some(0.0); 4], 5),
        (|h| h.volume = Some(-0.0), [Some(0.0); 4], 5),
        (|h| h.complete_accurate_pct = None, [a, None, l, None], 2),
        (|h| h.complete_accurate_pct = Some(100.0), [a, Some(0.0), l, Some(0.0)], 5),
        (|h| h.on_time_pct = None, [a, i, None, e], 4),
        (|h| h.on_time_pct = Some(100.0), [a, i, Some(0.0), e], 5),
        (|h| h.check_h = None, [None, i, l, e], 4),
        (|h| h.fix_receiver_h = None, [a, Some(1600.0), l, e], 4),
        (|h| h.fix_supplier_h = None, [a, Some(500.0), l, e], 4),
        (|h| (h.fix_receiver_h, h.fix_supplier_h) = (None, None), [a, None, l, e], 3),
        (|h| (h.fix_receiver_h, h.fix_supplier_h) = (None, Some(0.0)), [a, Some(0.0), l, e], 4),
        (|h| (h.late_h, h.late_cost_per_h) = (Some(0.0), None), [a, i, Some(0.0), e], 5),
        (|h| (h.escape_pct, h.escape_cost) = (Some(0.0), None), [a, i, l, Some(0.0)], 5),
        (|h| (h.volume, h.complete_accurate_pct) = (None, Some(100.0)), [None, Some(0.0), None, Some(0.0)], 3),
    ];
    for (at, (change, expected, terms)) in table.into_iter().enumerate() {
        let mut handoff = known();
        change(&mut handoff);
        let cost = cost_of(&between(handoff, Some(80.0), Some(50.0)));
        for (part, expected) in parts(&cost).into_iter().zip(expected) {
            assert_eq!(part.is_some(), expected.is_some(), "row {at}: {cost:?}");
            assert!((part.unwrap_or(0.0) - expected.unwrap_or(0.0)).abs() < 1e-9, "row {at}: {cost:?}");
        }
        assert_eq!((cost.figure().known, cost.figure().of), (terms, 5), "row {at}");
        assert_eq!(cost.total().is_some(), terms > 0, "row {at}");
    }
}

#[test]
fn the_rates_are_those_of_the_two_ends() {
    let cost = cost_of(&between(known(), None, Some(50.0)));
    assert_eq!((cost.appraisal, cost.internal_failure, cost.internal_known), (Some(1000.0), Some(500.0), 1));
    let cost = cost_of(&between(known(), Some(80.0), None));
    assert_eq!((cost.appraisal, cost.internal_failure, cost.internal_known), (None, Some(1600.0), 1));
    let mut open = between(known(), Some(80.0), Some(50.0));
    open.handoffs[0].0 = None;
    assert_eq!(cost_of(&open).internal_failure, Some(500.0), "nobody mends at the open end");
    open.handoffs[0] = (Some(0), None, known());
    assert_eq!(cost_of(&open).appraisal, None, "nobody checks at the open end");
}

/// Bills of a month: `Lab` → `Desk` twice and → `Ward`, the desk → `Clinic`; rework and an open end beside them.
fn two_customers() -> Plan {
    let mut plan = between(known(), Some(80.0), Some(50.0));
    let check = |item: &str, volume: f64| Handoff {
        item: item.into(),
        volume: Some(volume),
        check_h: Some(1.0),
        period: Period::Year,
        ..plain()
    };
    plan.party(Party { rate_per_h: Some(10.0), ..Party::named("Desk", PartyKind::Process) });
    plan.party(Party { rate_per_h: Some(1.0), ..Party::named("Clinic", PartyKind::Customer) });
    plan.handoff("Lab", "Desk", Handoff { critical: false, ..check("x", 3.0) });
    plan.handoff("Desk", "Clinic", check("y", 7.0));
    plan.handoff("Desk", "Lab", Handoff { kind: HandoffKind::Rework, ..check("back", 2.0) });
    plan.handoff("", "Desk", check("open", 1.0));
    plan.info.currency = "€\u{7}".into();
    plan
}

#[test]
fn totals_are_for_a_year_of_what_feeds_a_customer_and_of_the_map() {
    let document = two_customers().build();
    let report = report(&document);
    let total = |costs: &Costs| costs.total();
    let [clinic, ward] = [&report.customers[0], &report.customers[1]].map(|figures| total(&figures.cost));
    assert_eq!((clinic.value, clinic.known, clinic.of), (Some(37.0), 2, 10), "3 · 10 + 7 · 1");
    close(ward.value, 85_200.0, 1e-6, "12 · 7100");
    assert_eq!((ward.known, ward.of), (5, 5));
    let map = total(&report.cost);
    close(map.value, 85_200.0 + 37.0 + 2.0 * 80.0 + 10.0, 1e-6, "rework and the open end too");
    assert_eq!((map.known, map.of), (9, 25));
    close(report.cost.appraisal.value, 12_000.0 + 37.0 + 160.0 + 10.0, 1e-6, "appraisal");
    assert_eq!((report.cost.internal_failure.known, report.cost.internal_failure.of), (2, 10));
    assert_eq!(Costs::of([]).total(), Figure::default());
}

#[test]
fn the_json_has_the_parts_and_the_totals() {
    let document = two_customers().build();
    let report = report(&document);
    let json = json(&document, &report);
    let handoffs = json["handoffs"].as_array().expect("a list");
    let of = |item: &str| &handoffs.iter().find(|h| h["item"] == item).expect("is there")["cost"];
    assert_eq!(
        *of("y"),
        value!({
            "period": "year", "appraisal": 7.0, "internal_failure": null, "lateness": null, "external_failure": null,
            "total": 7.0, "known": 1, "of": 5
        })
    );
    assert_eq!((&of("report")["period"], &of("report")["appraisal"]), (&value!("month"), &value!(1000.0)));
    let clinic = &json["customers"][0]["cost"];
    assert_eq!(
        (&clinic["period"], &clinic["total"], &clinic["lateness"]),
        (&value!("year"), &value!(37.0), &Value::Null)
    );
    assert_eq!((&json["cost"]["known"], &json["cost"]["of"]), (&value!(9), &value!(25)));
    assert_eq!(json["cost"]["currency"], "€\u{7}");
}

#[test]
fn the_text_shows_totals_and_the_costliest_first() {
    let document = two_customers().build();
    let section = SECTIONS.iter().find(|section| section.id == "cost").expect("is there");
    let lines = [
        "  in €                 total  appraisal  internal failure  lateness  external failure",
        "  whole map   at least 85407      12207             25200     24000             24000  9 of 25 terms known",
        "  for Clinic     at least 37         37           unknown   unknown           unknown  2 of 10 terms known",
        "  for Ward             85200      12000             25200     24000             24000  5 of 5 terms known",
        "  costliest handoffs",
        "           total  appraisal  internal failure  lateness  external failure  handoff",
        "           85200      12000             25200     24000             24000  Lab → Ward: report",
        "    at least 160        160           unknown   unknown           unknown  Desk → Lab: back",
        "     at least 30         30           unknown   unknown           unknown  Lab → Desk: x",
        "     at least 10         10           unknown   unknown           unknown  nobody yet → Desk: open",
        "      at least 7          7           unknown   unknown           unknown  Desk → Clinic: y",
        "    caused  by layer",
        "     85397  layer 1",
        "        10  unconnected",
    ];
    assert_eq!((section.text)(&document, &report(&document)), lines.join("\n") + "\n");

    let mut many = two_customers();
    for at in 0..9 {
        let item = format!("more {at}");
        many.handoff("Lab", "Desk", Handoff { item, volume: Some(1.0), check_h: Some(1.0), ..plain() });
    }
    let many = many.build();
    assert!((section.text)(&many, &report(&many)).contains("\n    and 4 more\n    caused  by layer\n"));
    // Without a known cost there is nothing to show, though a perfect handoff is known to need no mending.
    let perfect = steps(LAB, "clinician").build();
    assert!(!text(&perfect, &report(&perfect)).contains("Cost of handoffs"));
}

/// The largest value of each factor: volume, %C&A, on time, hours to check, to mend (receiver, supplier) and late, cost of
/// an hour late, share that escapes, its cost, rates of supplier and receiver.
const MOST: [f64; 12] = [1e12, 100.0, 100.0, 1e6, 1e6, 1e6, 1e6, 1e12, 100.0, 1e12, 1e12, 1e12];

/// A number for each factor; `None` is unknown.
type Factors = [Option<f64>; 12];

/// One in eight each is unknown, nothing, and as large as may be.
fn factors() -> impl Strategy<Value = Factors> {
    prop::array::uniform12((0..8_u8, 0.0..=1.0)).prop_map(|choices| {
        std::array::from_fn(|at| match choices[at] {
            (0, _) => None,
            (1, _) => Some(0.0),
            (2, _) => Some(MOST[at]),
            (_, part) => Some(part * MOST[at]),
        })
    })
}

fn plan_of(factors: Factors) -> Plan {
    let [volume, complete_accurate_pct, on_time_pct, check_h, fix_receiver_h, fix_supplier_h, ..] = factors;
    let [.., late_h, late_cost_per_h, escape_pct, escape_cost, supplier, receiver] = factors;
    let handoff = Handoff {
        volume,
        complete_accurate_pct,
        on_time_pct,
        check_h,
        fix_receiver_h,
        fix_supplier_h,
        late_h,
        late_cost_per_h,
        escape_pct,
        escape_cost,
        ..plain()
    };
    between(handoff, supplier, receiver)
}

/// The terms when everything is known; the second and third are internal failure.
fn terms(factors: [f64; 12]) -> [f64; 5] {
    let [volume, q, on_time, check, receiver_fixes, supplier_fixes, late, late_cost, escape, escape_cost, s, r] =
        factors;
    let (defects, late_ones) = (volume * (100.0 - q) / 100.0, volume * (100.0 - on_time) / 100.0);
    [
        volume * check * r,
        defects * receiver_fixes * r,
        defects * supplier_fixes * s,
        late_ones * late * late_cost,
        defects * escape / 100.0 * escape_cost,
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn a_term_is_known_when_what_is_unknown_cannot_change_it(factors in factors()) {
        let cost = cost_of(&plan_of(factors));
        let with = |part: f64| terms(std::array::from_fn(|at| factors[at].unwrap_or(part * MOST[at])));
        let (one, other) = (with(0.25), with(0.5));
        let known: Vec<Option<f64>> = (0..5).map(|at| (one[at] == other[at]).then_some(one[at])).collect();
        let expected = [known[0], add(known[1], known[2]), known[3], known[4]];
        for (part, expected) in parts(&cost).into_iter().zip(expected) {
            prop_assert_eq!(part.is_some(), expected.is_some(), "{:?} {:?}", cost, expected);
            let (part, expected) = (part.unwrap_or(0.0), expected.unwrap_or(0.0));
            prop_assert!((part - expected).abs() <= 1e-12 * expected && part.is_finite() && part >= 0.0, "{part} {expected}");
        }
        prop_assert_eq!(cost.figure().known, known.iter().flatten().count());
        prop_assert!(cost.yearly().total().is_none_or(f64::is_finite));
    }

    #[test]
    fn more_of_a_cost_is_never_cheaper(factors in factors(), at in 0..12_usize, raise in 0.0..=1.0) {
        let Some(before) = factors[at] else { return Ok(()) };
        let mut raised = factors;
        raised[at] = Some(before + (MOST[at] - before) * raise);
        let (low, high) = (cost_of(&plan_of(factors)), cost_of(&plan_of(raised)));
        // Better shares cost less, all else more.
        let (low, high) = if at == 1 || at == 2 { (high, low) } else { (low, high) };
        for (at, (low_part, high_part)) in parts(&low).into_iter().zip(parts(&high)).enumerate() {
            if let (Some(low_part), Some(high_part), true) = (low_part, high_part, at != 1 || low.internal_known == high.internal_known) {
                prop_assert!(low_part <= high_part, "{low:?} {high:?}");
            }
        }
        if low.figure().known == high.figure().known {
            prop_assert!(low.total() <= high.total(), "{low:?} {high:?}");
        }
    }
}

fn add(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    if a.is_none() && b.is_none() { None } else { Some(a.unwrap_or(0.0) + b.unwrap_or(0.0)) }
}
