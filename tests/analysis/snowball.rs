//! How loss grows layer by layer, and what a handoff spoils, against enumerations.

use proptest::prelude::*;
use std::collections::BTreeSet;

use super::plans::*;
use super::*;
use peel::analysis::{Spoiled, Step, spoils};

/// How many handoffs a giver is away from a customer, by relaxing all edges often enough.
fn distances(document: &Document, edges: &[Edge<'_>], customer: PartyId) -> BTreeMap<PartyId, usize> {
    let mut away: BTreeMap<PartyId, usize> = BTreeMap::new();
    for _ in 0..=document.parties_len() {
        for edge in edges {
            let on = if edge.to == customer {
                Some(0)
            } else {
                away.get(&edge.to).copied().filter(|_| !is_customer(document, edge.to))
            };
            if let Some(next) = on.map(|on| on + 1) {
                let known = away.entry(edge.from).or_insert(next);
                *known = next.min(*known);
            }
        }
    }
    away
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn steps_equal_the_enumeration_of_each_layer(plan in plans()) {
        let document = plan.build();
        let all = edges(&document);
        for figures in report(&document).customers {
            let feeding = feeding(&document, figures.party);
            let away = distances(&document, &all, figures.party);
            let (mut rest, mut so_far): (Vec<Edge<'_>>, Vec<Edge<'_>>) = (feeding.clone(), Vec::new());
            for step in &figures.snowball {
                let of_layer: Vec<Edge<'_>> = rest.iter().copied().filter(|e| away[&e.from] == step.layer).collect();
                rest.retain(|edge| away[&edge.from] != step.layer);
                prop_assert!(!of_layer.is_empty(), "no empty step");
                so_far.extend(&of_layer);
                prop_assert_eq!(step.handoffs, of_layer.len());
                prop_assert_eq!(step.parties, of_layer.iter().map(|edge| edge.from).collect::<BTreeSet<_>>().len());
                let q = |edge: &Edge<'_>| edge.handoff.complete_accurate_pct.map(|pct| pct / 100.0);
                let on_time = |edge: &Edge<'_>| edge.handoff.on_time_pct.map(|pct| pct / 100.0);
                for (figure, expected) in [
                    (step.complete_accurate, product(of_layer.iter().map(q))),
                    (step.on_time, product(of_layer.iter().map(on_time))),
                    (step.complete_accurate_so_far, product(so_far.iter().map(q))),
                    (step.on_time_so_far, product(so_far.iter().map(on_time))),
                ] {
                    prop_assert!(same(figure.value, expected.0), "{figure:?} {expected:?}");
                    prop_assert_eq!((figure.known, figure.of), (expected.1, expected.2));
                }
            }
            prop_assert!(rest.is_empty(), "each handoff in one step: {rest:?}", rest = rest.len());
            prop_assert!(figures.snowball.is_sorted_by(|a, b| a.layer > b.layer), "from the outermost");
            let last = figures.snowball.last().copied().unwrap_or_default();
            for (so_far, rolled) in [
                (last.complete_accurate_so_far, figures.quality.complete_accurate),
                (last.on_time_so_far, figures.quality.on_time),
            ] {
                prop_assert!(same(so_far.value, rolled.value), "the last step is the whole: {so_far:?} {rolled:?}");
                prop_assert_eq!((so_far.known, so_far.of), (rolled.known, rolled.of));
            }
        }
    }

    #[test]
    fn what_is_spoiled_equals_one_search(plan in plans()) {
        let document = plan.build();
        let all = edges(&document);
        for (id, handoff) in document.handoffs() {
            let spoiled = spoils(&document, id);
            let receiver = handoff.customer.filter(|_| handoff.critical && handoff.is_forward() && handoff.supplier.is_some());
            let Some(receiver) = receiver else {
                prop_assert_eq!(spoiled, Spoiled::default(), "nothing");
                continue;
            };
            let reached = |party: PartyId| can_reach(&document, &all, receiver, party);
            let parties: BTreeSet<PartyId> = document.parties().map(|(id, _)| id).filter(|id| reached(*id)).collect();
            let handoffs: BTreeSet<HandoffId> = all
                .iter()
                .filter(|edge| edge.id != id && !is_customer(&document, edge.from) && reached(edge.from))
                .map(|edge| edge.id)
                .collect();
            prop_assert_eq!(spoiled.parties.first(), Some(&receiver));
            prop_assert_eq!(spoiled.parties.len(), parties.len(), "each once");
            prop_assert_eq!(spoiled.parties.into_iter().collect::<BTreeSet<_>>(), parties);
            prop_assert_eq!(spoiled.handoffs.len(), handoffs.len(), "each once");
            prop_assert_eq!(spoiled.handoffs.into_iter().collect::<BTreeSet<_>>(), handoffs);
        }
    }
}

#[test]
fn the_laboratory_loses_a_step_a_layer() {
    let document = steps(LAB, "clinician").build();
    let report = report(&document);
    let told: Vec<_> = only_customer(&report).snowball.iter().map(|s| (s.layer, s.parties, s.handoffs)).collect();
    assert_eq!(told, [6, 5, 4, 3, 2, 1].map(|layer| (layer, 1, 1)));
    for (step, rolled) in only_customer(&report).snowball.iter().zip([97.00, 95.06, 90.31, 88.50, 84.96, 84.11]) {
        close(step.complete_accurate_so_far.value, rolled / 100.0, 5.1e-5, "so far");
        assert_eq!(step.on_time, peel::analysis::Figure { value: None, known: 0, of: 1 }, "nobody knows");
    }
}

#[test]
fn a_giver_counts_once_in_its_nearest_layer_whichever_way_its_handoffs_go() {
    let q = Some(50.0);
    // A gives to the customer, and the long way round; the customer gives to A; what is not critical spoils nothing.
    let mut plan = Plan::of(&[("A", ">C", q), ("A", "B", q), ("B", ">C", q), (">C", "A", q), ("D", "A", q)]);
    plan.handoffs[4].2.critical = false;
    let report = report(&plan.build());
    let one = Step::default();
    let told: Vec<_> = only_customer(&report)
        .snowball
        .iter()
        .map(|s| Step { on_time: one.on_time, on_time_so_far: one.on_time, ..*s })
        .collect();
    let figure = |value, known| peel::analysis::Figure { value: Some(value), known, of: known };
    let step = |layer, parties, handoffs, here, far: (f64, usize)| Step {
        layer,
        parties,
        handoffs,
        complete_accurate: figure(here, handoffs),
        complete_accurate_so_far: figure(far.0, far.1),
        ..one
    };
    assert_eq!(told, [step(2, 1, 1, 0.5, (0.5, 1)), step(1, 2, 3, 0.125, (0.0625, 4))]);
}
