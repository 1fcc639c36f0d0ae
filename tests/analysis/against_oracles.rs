//! On random small maps each figure equals an enumeration written without regard for speed, and no figure depends on ids
//! or on the order of records.

use proptest::prelude::*;
use std::collections::BTreeSet;

use super::plans::*;
use super::*;
use peel::analysis::{Chain, json, layers};
use serde_json::Value;

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn quality_equals_one_search_per_handoff(plan in plans()) {
        let document = plan.build();
        for figures in report(&document).customers {
            let feeding = feeding(&document, figures.party);
            let quality = &figures.quality;
            let (value, known, of) = product(feeding.iter().map(|edge| edge.handoff.complete_accurate_pct.map(|q| q / 100.0)));
            prop_assert!(same(quality.complete_accurate.value, value), "{quality:?} {value:?}");
            prop_assert_eq!((quality.complete_accurate.known, quality.complete_accurate.of), (known, of));
            let (value, known, of) = product(feeding.iter().map(|edge| edge.handoff.on_time_pct.map(|q| q / 100.0)));
            prop_assert!(same(quality.on_time.value, value), "{quality:?} {value:?}");
            prop_assert_eq!((quality.on_time.known, quality.on_time.of), (known, of));
            let inputs = feeding.iter().filter(|edge| edge.to == figures.party);
            let (value, ..) = product(inputs.map(|edge| edge.handoff.on_time_pct.map(|q| q / 100.0)));
            prop_assert!(same(figures.on_time_start.value, value));

            // Each share is the part of the loss, in logarithms, that is gone when the handoff becomes perfect.
            let q: BTreeMap<HandoffId, f64> =
                feeding.iter().filter_map(|e| Some((e.id, e.handoff.complete_accurate_pct? / 100.0))).collect();
            let zeros = q.values().filter(|q| **q == 0.0).count();
            let without = |id: HandoffId| q.iter().filter(|(i, _)| **i != id).map(|(_, q)| q).product::<f64>();
            let all: f64 = q.values().product();
            prop_assert_eq!(quality.shares.len(), q.len());
            for share in &quality.shares {
                let expected = match (zeros, q[&share.handoff]) {
                    (1.., 0.0) => 1.0 / zeros as f64,
                    (1.., _) => 0.0,
                    _ if all == 1.0 => 0.0,
                    _ => 1.0 - without(share.handoff).ln() / all.ln(),
                };
                prop_assert!((share.share - expected).abs() < 1e-7, "{share:?} {expected}");
                prop_assert!((0.0..=1.0).contains(&share.share));
            }
            let sum: f64 = quality.shares.iter().map(|share| share.share).sum();
            let lost = q.values().any(|q| *q < 1.0);
            prop_assert!((sum - if lost { 1.0 } else { 0.0 }).abs() < 1e-9, "{sum}");
            prop_assert!(quality.shares.is_sorted_by(|a, b| a.share >= b.share), "largest first");
        }
    }

    #[test]
    fn cost_equals_one_search_per_handoff(plan in plans()) {
        let document = plan.build();
        let report = report(&document);
        let all = edges(&document);
        let sum = |ids: BTreeSet<HandoffId>| {
            let costs: Vec<_> = report.handoffs.iter().filter(|h| ids.contains(&h.handoff)).map(|h| h.cost).collect();
            let yearly: Vec<f64> =
                costs.iter().filter_map(|cost| Some(cost.total()? * cost.period.per_year())).collect();
            let known: usize = costs.iter().map(|cost| cost.figure().known).sum();
            ((!yearly.is_empty()).then(|| yearly.iter().sum::<f64>()), known, 5 * costs.len())
        };
        for figures in &report.customers {
            let feeding = all.iter().filter(|edge| can_reach(&document, &all, edge.to, figures.party));
            let (value, known, of) = sum(feeding.map(|edge| edge.id).collect());
            let total = figures.cost.total();
            prop_assert!(same(total.value, value), "{total:?} {value:?}");
            prop_assert_eq!((total.known, total.of), (known, of));
        }
        let (value, known, of) = sum(document.handoffs().map(|(id, _)| id).collect());
        let total = report.cost.total();
        prop_assert!(same(total.value, value) && (total.known, total.of) == (known, of), "{total:?} {value:?}");
    }

    #[test]
    fn lead_time_equals_the_longest_of_all_paths(plan in plans()) {
        let document = plan.build();
        let edges = edges(&document);
        for figures in report(&document).customers {
            let (customer, time) = (figures.party, &figures.lead_time);
            let upstream = |party: PartyId| can_reach(&document, &edges, party, customer);
            let left_out = |edge: &&Edge<'_>| time.left_out.contains(&edge.id);
            for edge in edges.iter().filter(left_out) {
                prop_assert!(can_reach(&document, &edges, edge.to, edge.from), "what is left out lies on a loop");
                prop_assert!(!is_customer(&document, edge.from) && upstream(edge.from), "of what feeds the customer");
            }
            let kept: Vec<Edge<'_>> = edges.iter().copied().filter(|edge| !left_out(&edge)).collect();
            for (party, _) in document.parties() {
                let still = can_reach(&document, &kept, party, customer);
                prop_assert_eq!(upstream(party), still, "nothing is cut off");
                let goes_on: Vec<&Edge<'_>> = kept.iter().filter(|edge| edge.from == party).collect();
                let round = goes_on.iter().any(|edge| !is_customer(&document, party)
                    && can_reach(&document, &kept, edge.to, party) && upstream(party));
                prop_assert!(!round, "no loop is left");
            }
            let counted: Vec<_> = kept.iter().filter(|edge| upstream(edge.to)).collect();
            let processes: Vec<_> = document.parties().filter(|(id, p)| p.kind == PartyKind::Process && upstream(*id)).collect();
            let known = counted.iter().filter(|edge| edge.handoff.wait_h.is_some()).count()
                + processes.iter().filter(|(_, p)| p.process_time_h.is_some()).count();
            prop_assert_eq!((time.hours.known, time.hours.of), (known, counted.len() + processes.len()));
            let mut lengths = Vec::new();
            path_lengths(&document, &kept, customer, 0.0, &[customer], &mut lengths);
            let longest = lengths.into_iter().fold(0.0, f64::max);
            prop_assert!(same(time.hours.value, (known > 0).then_some(longest)), "{time:?} {longest}");
        }
    }

    #[test]
    fn the_critical_path_is_one_and_its_parts_add_up(plan in plans()) {
        let document = plan.build();
        for figures in report(&document).customers {
            let time = &figures.lead_time;
            prop_assert_eq!(time.parties.len(), if time.handoffs.is_empty() { 0 } else { time.handoffs.len() + 1 });
            prop_assert_eq!(time.parties.is_empty(), !edges(&document).iter().any(|edge| edge.to == figures.party));
            for (ends, handoff) in time.parties.windows(2).zip(&time.handoffs) {
                let handoff = document.handoff(*handoff).expect("is there");
                prop_assert!(handoff.is_forward() && handoff.ends() == Some((ends[0], ends[1])));
            }
            let inner: BTreeSet<PartyId> = time.parties.iter().skip(1).copied().collect();
            prop_assert_eq!(inner.len(), time.handoffs.len(), "nobody is passed twice");
            let waits = time.handoffs.iter().filter_map(|id| document.handoff(*id)?.wait_h).sum::<f64>();
            let times = time.parties.iter().filter_map(|id| time_of(&document, *id)).sum::<f64>();
            prop_assert!((time.wait.value.unwrap_or(0.0) - waits).abs() < 1e-9);
            prop_assert!((time.process_time.value.unwrap_or(0.0) - times).abs() < 1e-9);
            prop_assert!((time.hours.value.unwrap_or(0.0) - waits - times).abs() < 1e-9);
            for ratio in [time.activity_ratio(), time.pce()].into_iter().flatten() {
                prop_assert!((0.0..=1.0).contains(&ratio));
            }
            if let (Some(pce), Some(activity)) = (time.pce(), time.activity_ratio()) {
                prop_assert!(pce <= activity + 1e-9, "what adds value is part of the work");
            }
        }
    }

    #[test]
    fn layers_equal_relaxation(plan in plans()) {
        let document = plan.build();
        let edges = edges(&document);
        let chain = Chain::new(&document);
        let whole = chain.whole();
        let left_out: BTreeSet<HandoffId> = whole.loops.iter().map(|found| chain.links()[found.closing].id).collect();
        let id = |at: usize| chain.parties()[at].0;
        let start = || -> BTreeMap<PartyId, usize> { document.customers().map(|(id, _)| (id, 0)).collect() };
        let (mut nearest, mut longest) = (start(), start());
        for _ in 0..=document.parties_len() {
            for edge in edges.iter().filter(|edge| !is_customer(&document, edge.from)) {
                if let Some(next) = nearest.get(&edge.to).map(|layer| layer + 1) {
                    let layer = nearest.entry(edge.from).or_insert(next);
                    *layer = next.min(*layer);
                }
                if let Some(next) = longest.get(&edge.to).map(|layer| layer + 1).filter(|_| !left_out.contains(&edge.id)) {
                    let layer = longest.entry(edge.from).or_insert(next);
                    *layer = next.max(*layer);
                }
            }
        }
        let by_id = |layers: Vec<Option<usize>>| -> BTreeMap<PartyId, usize> {
            layers.into_iter().enumerate().filter_map(|(at, layer)| Some((id(at), layer?))).collect()
        };
        prop_assert_eq!(by_id(layers::nearest(&chain)), nearest.clone());
        prop_assert_eq!(by_id(layers::longest(&chain, &whole)), longest.clone());
        prop_assert!(nearest.keys().eq(longest.keys()), "the same parties are connected");
    }

    #[test]
    fn loss_at_boundaries_is_part_of_the_loss(plan in plans()) {
        let document = plan.build();
        let silos = report(&document).silos;
        let edges = edges(&document);
        let customers: Vec<PartyId> = document.customers().map(|(id, _)| id).collect();
        let department = |id: PartyId| document.party(id).filter(|p| p.kind == PartyKind::Process).map(|p| p.department.clone());
        let crosses = |edge: &&Edge<'_>| match (department(edge.from), department(edge.to)) {
            (Some(from), Some(to)) => !from.is_empty() && !to.is_empty() && from != to,
            _ => false,
        };
        let counted: Vec<&Edge<'_>> = edges
            .iter()
            .filter(|e| e.handoff.critical && e.handoff.complete_accurate_pct.is_some())
            .filter(|e| customers.iter().any(|c| can_reach(&document, &edges, e.to, *c)))
            .collect();
        let q = |edge: &&Edge<'_>| edge.handoff.complete_accurate_pct.expect("known") / 100.0;
        let loss = |q: f64| if counted.iter().any(|e| e.handoff.complete_accurate_pct == Some(0.0)) {
            f64::from(u8::from(q == 0.0))
        } else {
            -q.ln()
        };
        let all: f64 = counted.iter().map(|e| loss(q(e))).sum();
        let there: f64 = counted.iter().copied().filter(|e| crosses(e)).map(|e| loss(q(&e))).sum();
        let expected = (silos.handoffs > 0 && !counted.is_empty()).then(|| if all > 0.0 { there / all } else { 0.0 });
        prop_assert!(same(silos.share_of_loss, expected), "{silos:?} {expected:?}");
        prop_assert_eq!(silos.matrix.iter().map(|flow| flow.handoffs).sum::<usize>(), silos.handoffs);
        let crossing = silos.matrix.iter().filter(|flow| flow.from != flow.to).map(|flow| flow.handoffs).sum::<usize>();
        prop_assert_eq!(crossing, silos.crossing);
        prop_assert!(silos.handoffs <= silos.of);
    }
}

proptest! {
    #![proptest_config(cases(600))]

    #[test]
    fn what_is_told_depends_neither_on_ids_nor_on_order(plan in plans()) {
        let told = |document: Document| {
            let mut value = json(&document, &report(&document));
            without_ids(&mut value);
            (value, peel::analysis::text(&document, &report(&document)))
        };
        let first = told(plan.build());
        prop_assert_eq!(&first, &told(plan.build_with(|at| 90 - at, false)), "other ids");
        prop_assert_eq!(&first, &told(plan.build_with(|at| (at * 37 + 11) % 101, true)), "another order");
    }
}

/// Takes the ids out, which are all that may differ.
fn without_ids(value: &mut Value) {
    match value {
        Value::Object(map) => {
            map.retain(|key, _| {
                key != "id" && !key.ends_with("_id") && !key.ends_with("_ids") && key != "shares_by_id"
            });
            map.values_mut().for_each(without_ids);
        }
        Value::Array(list) => list.iter_mut().for_each(without_ids),
        _ => {}
    }
}
