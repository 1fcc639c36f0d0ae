//! Leverage: what a point more gives the customer, against the rolled share of an edited map.

use proptest::prelude::*;

use super::plans::*;
use super::*;
use peel::analysis::{Chain, Lift};
use peel::model::Lever;

type Edited = fn(&mut Handoff, f64);
type Rolled = fn(&CustomerFigures) -> Option<f64>;

/// How each lever is set, and what follows at the customer.
const LEVERS: [(Lever, Edited, Rolled); 2] = [
    (
        Lever::CompleteAccurate,
        |handoff, pct| handoff.complete_accurate_pct = Some(pct),
        |figures| figures.quality.complete_accurate.value,
    ),
    (Lever::OnTime, |handoff, pct| handoff.on_time_pct = Some(pct), |figures| figures.quality.on_time.value),
];

fn lifts_of(figures: &CustomerFigures, lever: Lever) -> &[Lift] {
    if lever == Lever::OnTime { &figures.on_time_lifts } else { &figures.quality_lifts }
}

proptest! {
    #![proptest_config(cases(120))]

    #[test]
    fn lifts_equal_the_rolled_share_of_an_edited_map(plan in plans()) {
        let document = plan.build();
        for figures in report(&document).customers {
            for (lever, set, rolled) in LEVERS {
                let lifts = lifts_of(&figures, lever);
                let feeding = feeding(&document, figures.party);
                let known: Vec<HandoffId> =
                    feeding.iter().filter(|e| lever.on_handoff(e.handoff).is_some()).map(|e| e.id).collect();
                prop_assert_eq!(lifts.len(), known.len());
                for lift in lifts {
                    prop_assert!(known.contains(&lift.handoff));
                    let now = lever.on_handoff(document.handoff(lift.handoff).expect("is there")).expect("known");
                    prop_assert!((lift.now * 100.0 - now).abs() < 1e-9);
                    let with = |pct: f64| {
                        let after = changed_handoff(&document, lift.handoff, |handoff| set(handoff, pct));
                        rolled(&figures_of(&after, figures.party)).expect("known")
                    };
                    let before = rolled(&figures).expect("known");
                    // A point more, or a point less where there is no more.
                    let point = if now <= 99.0 { with(now + 1.0) - before } else { before - with(now - 1.0) };
                    prop_assert!((lift.per_point - point * 100.0).abs() < 1e-9, "{lift:?} {point}");
                    prop_assert!((lift.at_most - (with(100.0) - before)).abs() < 1e-9, "{lift:?}");
                    prop_assert!((0.0..=1.0).contains(&lift.per_point) && (0.0..=1.0).contains(&lift.at_most));
                }
                prop_assert!(lifts.is_sorted_by(|a, b| a.at_most >= b.at_most), "the most to give first");
            }
        }
    }

    #[test]
    fn rolled_if_equals_an_edited_map(plan in plans(), pct in 0_u32..=100) {
        let document = plan.build();
        let chain = Chain::new(&document);
        for customer in chain.customers() {
            let (id, upstream) = (chain.parties()[customer].0, chain.upstream(customer));
            for edge in feeding(&document, id) {
                let pct = f64::from(pct);
                let after = changed_handoff(&document, edge.id, |handoff| handoff.complete_accurate_pct = Some(pct));
                let expected = figures_of(&after, id).quality.complete_accurate;
                let rolled = rolled_if(&chain, &upstream, edge.id, pct / 100.0);
                prop_assert!(same(rolled.value, expected.value), "{rolled:?} {expected:?}");
                prop_assert_eq!((rolled.known, rolled.of), (expected.known, expected.of));
                if let Some(factor) = edge.handoff.complete_accurate().and_then(|q| leverage(q, pct / 100.0)) {
                    let before = figures_of(&document, id).quality.complete_accurate.value;
                    prop_assert!(same(before.map(|before| before * factor), expected.value), "the product of METHOD.md");
                }
            }
        }
    }
}

#[test]
fn submission_has_the_most_to_give_to_the_borrower() {
    let document = loan().build();
    let figures = &report(&document).customers[0];
    let first = figures.quality_lifts[0];
    assert_eq!(document.handoff(first.handoff).expect("is there").item, "submission");
    close(Some(first.per_point), 0.780_004, 5e-7, "62.4003 / 80 for each point");
    close(Some(first.at_most), 0.156_001, 5e-7, "62.4003 → 78.0004");
    close(Some(0.624_003 + 15.0 * first.per_point / 100.0), 0.741_003, 5e-6, "20 → 5 % defects");
}

#[test]
fn one_zero_alone_can_lift_and_two_cannot() {
    let told = |q: &[f64]| {
        let names = ["A", "B", "D", "E"];
        let mut plan = Plan::default();
        for (at, pct) in q.iter().enumerate() {
            let to = if at + 1 == q.len() { ">C" } else { names[at + 1] };
            plan.handoff(names[at], to, Handoff { complete_accurate_pct: Some(*pct), item: at.to_string(), ..plain() });
        }
        let report = report(&plan.build());
        let lifts = &only_customer(&report).quality_lifts;
        lifts.iter().map(|lift| (lift.now, lift.per_point, lift.at_most)).collect::<Vec<_>>()
    };
    assert_eq!(told(&[50.0, 0.0, 50.0]), [(0.0, 0.25, 0.25), (0.5, 0.0, 0.0), (0.5, 0.0, 0.0)]);
    assert_eq!(told(&[0.0, 0.0]), [(0.0, 0.0, 0.0), (0.0, 0.0, 0.0)]);
    assert_eq!(told(&[100.0, 50.0]), [(0.5, 1.0, 0.5), (1.0, 0.5, 0.0)]);
}
