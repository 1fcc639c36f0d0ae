//! Maps at the edge: each gives defined figures, with ratios from 0 to 1, and at once.

use proptest::prelude::*;
use std::collections::BTreeMap;

use super::plans::*;
use super::*;
use peel::analysis::report_on;

/// The report with names in place of ids, so that maps with other ids can be compared in every figure.
fn told(document: &Document) -> String {
    let mut names: BTreeMap<String, String> =
        document.parties().map(|(id, party)| (id.to_string(), party.name.clone())).collect();
    names.extend(document.handoffs().map(|(id, handoff)| (id.to_string(), handoff.item.clone())));
    let words = format!("{:?}", report_on(document, Some(today())));
    let mut told = String::new();
    let mut word = String::new();
    for c in words.chars().chain(['.']) {
        if c.is_ascii_alphanumeric() {
            word.push(c);
        } else {
            told += names.get(&word).unwrap_or(&word);
            word.clear();
            told.push(c);
        }
    }
    told
}

/// Shares and ratios of a report; all must lie in 0…1.
fn ratios(report: &Report) -> Vec<f64> {
    let mut found = Vec::new();
    for figures in &report.customers {
        let quality = &figures.quality;
        found.extend(
            [quality.complete_accurate.value, quality.on_time.value, figures.on_time_start.value].iter().flatten(),
        );
        found.extend([figures.lead_time.activity_ratio(), figures.lead_time.pce()].iter().flatten());
        found.extend(quality.shares.iter().flat_map(|share| [share.share, share.complete_accurate]));
        for lift in figures.quality_lifts.iter().chain(&figures.on_time_lifts) {
            found.extend([lift.now, lift.per_point, lift.at_most]);
        }
        for step in &figures.snowball {
            let so_far = [step.complete_accurate_so_far.value, step.on_time_so_far.value];
            found.extend([step.complete_accurate.value, step.on_time.value].iter().chain(&so_far).flatten());
        }
        found.extend(figures.rework.each.iter().filter_map(|rework| rework.complete_accurate));
    }
    found.extend(report.parties.iter().filter_map(|party| party.on_time_start.value));
    found.extend(report.silos.share_crossing().iter().chain(&report.silos.share_of_loss));
    found
}

/// Nothing that is not a number, ratios within their bounds, shares that sum to 1.
fn check_sound(report: &Report) {
    let words = format!("{report:?}");
    assert!(!words.contains("NaN") && !words.contains("inf") && !words.contains("-0.0"), "{words}");
    for ratio in ratios(report) {
        assert!((0.0..=1.0).contains(&ratio), "{ratio} in {words}");
    }
    for figures in &report.customers {
        let shares = &figures.quality.shares;
        let lost = shares.iter().any(|share| share.complete_accurate < 1.0);
        let sum: f64 = shares.iter().map(|share| share.share).sum();
        assert!((sum - f64::from(u8::from(lost))).abs() < 1e-9, "{sum} in {words}");
        for passes in figures.rework.each.iter().filter_map(|rework| rework.passes()) {
            assert!(passes >= 1.0 && passes.is_finite(), "{passes}");
        }
        let whole = figures.lead_time.hours.value.unwrap_or(0.0);
        for stop in &figures.timeline.stops {
            let end = stop.start_h + stop.process_h.unwrap_or(0.0);
            assert!(stop.start_h >= 0.0 && end <= whole * (1.0 + 1e-12), "{stop:?}");
        }
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn every_figure_is_within_its_bounds(plan in plans()) {
        check_sound(&report_on(&plan.build(), Some(today())));
    }

}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn no_figure_depends_on_ids_or_on_order(plan in plans()) {
        let first = told(&plan.build());
        prop_assert_eq!(&first, &told(&plan.build_with(|at| 90 - at, false)), "other ids");
        prop_assert_eq!(&first, &told(&plan.build_with(|at| (at * 37 + 11) % 101, true)), "another order");
    }
}

#[test]
fn odd_maps_have_defined_figures() {
    let zero = Some(0.0);
    let whole = Some(100.0);
    let plans = [
        ("nothing", Plan::default()),
        ("no customer", Plan::of(&[("A", "B", whole), ("B", "D", zero)])),
        ("a customer alone", Plan { parties: vec![Party::named("C", PartyKind::Customer)], ..Plan::default() }),
        ("customers that only pass to each other", Plan::of(&[(">C", ">D", whole), (">D", ">C", zero)])),
        ("a supplier that gives to the customer", Plan::of(&[("<S", ">C", zero)])),
        ("all zero", Plan::of(&[("A", "B", zero), ("B", ">C", zero)])),
        ("all perfect", Plan::of(&[("A", "B", whole), ("B", ">C", whole)])),
        ("nothing known", Plan::of(&[("A", "B", None), ("B", ">C", None)])),
        ("parallel", Plan::of(&[("A", ">C", whole), ("A", ">C", zero), ("A", ">C", None)])),
        (
            "round and round",
            Plan::of(&[("A", "B", zero), ("B", "A", whole), ("B", "D", None), ("D", "B", zero), ("A", ">C", zero)]),
        ),
        ("a customer nobody reaches", Plan::of(&[("A", "B", zero), (">C", "A", zero), ("D", ">E", zero)])),
        ("a borrower", Plan::of(&[(">C", "A", zero), ("A", ">C", zero), ("A", ">D", whole), (">D", "A", None)])),
        ("open ends", Plan::of(&[("", "A", zero), ("A", "", zero), ("", ">C", zero), (">C", "", zero)])),
    ];
    for (what, mut plan) in plans {
        for times in [None, Some(0.0), Some(1e6)] {
            for rework in [false, true] {
                for party in &mut plan.parties {
                    (party.process_time_h, party.value_adding) = (times, Some(true));
                }
                for (at, (_, _, handoff)) in plan.handoffs.iter_mut().enumerate() {
                    (handoff.wait_h, handoff.on_time_pct) = (times, handoff.complete_accurate_pct);
                    let back = rework && at % 2 == 0;
                    handoff.kind = if back { HandoffKind::Rework } else { HandoffKind::Forward };
                }
                let report = report_on(&plan.build(), Some(today()));
                check_sound(&report);
                assert_eq!(
                    report.customers.is_empty(),
                    plan.parties.iter().all(|p| p.kind != PartyKind::Customer),
                    "{what}"
                );
                assert_eq!(report.handoffs.len(), plan.handoffs.len(), "{what}");
            }
        }
    }
}

#[test]
fn names_that_are_all_the_same_part_nothing_that_differs() {
    let mut plan = Plan::of(&[("A", "B", Some(50.0)), ("B", ">C", Some(60.0)), ("A", ">C", Some(70.0))]);
    for party in &mut plan.parties {
        party.name = "same".into();
    }
    for (_, _, handoff) in &mut plan.handoffs {
        handoff.item = "same".into();
    }
    check_sound(&report(&plan.build()));
    close(only_customer(&report(&plan.build())).quality.complete_accurate.value, 0.21, 1e-12, "all three");
}

#[test]
fn a_row_of_five_thousand_needs_no_stack() {
    const DEEP: usize = 5_000;
    let mut plan = Plan::default();
    for at in 0..DEEP {
        plan.party(Party { process_time_h: Some(1.0), ..Party::named(format!("step {at:05}"), PartyKind::Process) });
    }
    let customer = plan.party(Party::named("customer", PartyKind::Customer));
    for at in 0..DEEP {
        let to = if at + 1 < DEEP { at + 1 } else { customer };
        let handoff = Handoff { complete_accurate_pct: Some(99.0), wait_h: Some(0.5), item: "item".into(), ..plain() };
        plan.handoffs.push((Some(at), Some(to), handoff));
    }
    // All of it is sent back from the end to the beginning, and from every hundredth to the one before it.
    let back = Handoff { kind: HandoffKind::Rework, complete_accurate_pct: Some(50.0), item: "back".into(), ..plain() };
    plan.handoffs.push((Some(customer), Some(0), back.clone()));
    for at in (100..DEEP).step_by(100) {
        plan.handoffs.push((Some(at), Some(at - 1), back.clone()));
    }
    // A thread with little of a stack: whoever calls itself once a step fails here.
    let run = std::thread::Builder::new().stack_size(256 * 1024).spawn(move || report(&plan.build()));
    let report = run.expect("a thread").join().expect("no overflow");
    let figures = only_customer(&report);
    let whole = DEEP as f64 * 1.5;
    assert_eq!(figures.lead_time.hours.value, Some(whole));
    assert_eq!(figures.longest_chain.parties.len(), DEEP + 1);
    assert_eq!(figures.snowball.len(), DEEP);
    assert_eq!(figures.gains.len(), 2 * DEEP, "every time on the path");
    assert!(figures.gains.iter().all(|gain| gain.gain_h == gain.hours), "there is no other way");
    assert_eq!(figures.bottlenecks.first().map(|found| (found.depend, found.of)), Some((DEEP - 1, DEEP)));
    let whole_way = figures.rework.each.iter().find(|rework| rework.sends_back && rework.once_h > 3.0);
    assert_eq!(whole_way.map(|rework| rework.once_h), Some(whole), "the whole way round");
    check_sound(&report);
}
