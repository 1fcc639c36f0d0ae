//! Sums over departments and layers, what crosses a boundary, and processes that are green alone, against plain counts.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::plans::*;
use super::*;
use peel::analysis::{Costs, Figure};
use peel::model::Requirement;

/// The four parts, each with what is known of how much.
fn parts(costs: &Costs) -> [Figure; 4] {
    [costs.appraisal, costs.internal_failure, costs.lateness, costs.external_failure]
}

fn add(a: Costs, b: &Costs) -> Costs {
    let plus = |a: Figure, b: Figure| Figure {
        value: if a.value.is_none() && b.value.is_none() {
            None
        } else {
            Some(a.value.unwrap_or(0.0) + b.value.unwrap_or(0.0))
        },
        known: a.known + b.known,
        of: a.of + b.of,
    };
    Costs {
        appraisal: plus(a.appraisal, b.appraisal),
        internal_failure: plus(a.internal_failure, b.internal_failure),
        lateness: plus(a.lateness, b.lateness),
        external_failure: plus(a.external_failure, b.external_failure),
    }
}

fn alike(a: &Costs, b: &Costs) -> bool {
    let pairs = parts(a).into_iter().zip(parts(b));
    pairs.into_iter().all(|(a, b)| same(a.value, b.value) && (a.known, a.of) == (b.known, b.of))
}

/// The department of a process; nothing for all others.
fn department(document: &Document, end: Option<PartyId>) -> String {
    let party = end.and_then(|id| document.party(id)).filter(|party| party.kind == PartyKind::Process);
    party.map_or_else(String::new, |party| party.department.trim().to_owned())
}

proptest! {
    #![proptest_config(cases(400))]

    #[test]
    fn departments_and_layers_sum_to_the_whole(plan in plans()) {
        let document = plan.build();
        let report = report(&document);
        let sum = |costs: Vec<&Costs>| costs.into_iter().fold(Costs::default(), add);
        for (what, costs) in [
            ("given", report.cost_by_department.iter().map(|d| &d.given).collect::<Vec<_>>()),
            ("received", report.cost_by_department.iter().map(|d| &d.received).collect()),
            ("layers", report.cost_by_layer.iter().map(|l| &l.cost).collect()),
        ] {
            let all = sum(costs);
            prop_assert!(alike(&all, &report.cost), "{what}: {all:?} {:?}", report.cost);
        }
        prop_assert!(report.cost_by_department.is_sorted_by(|a, b| a.department < b.department), "by name, each once");
        let layers: Vec<_> = report.cost_by_layer.iter().map(|l| (l.layer.is_none(), l.layer)).collect();
        prop_assert!(layers.is_sorted_by(|a, b| a < b), "the customers first, what is unconnected last: {layers:?}");
    }

    #[test]
    fn each_department_and_layer_has_the_handoffs_of_its_own(plan in plans()) {
        let document = plan.build();
        let report = report(&document);
        let of = |keep: &dyn Fn(&Handoff) -> bool| {
            let costs = report.handoffs.iter().filter(|h| keep(document.handoff(h.handoff).expect("is there")));
            Costs::of(costs.map(|h| &h.cost))
        };
        let (mut givers, mut receivers) = (BTreeSet::new(), BTreeSet::new());
        for (_, handoff) in document.handoffs() {
            givers.insert(department(&document, handoff.supplier));
            receivers.insert(department(&document, handoff.customer));
        }
        let names: Vec<&String> = givers.union(&receivers).collect();
        prop_assert_eq!(report.cost_by_department.iter().map(|d| &d.department).collect::<Vec<_>>(), names);
        for found in &report.cost_by_department {
            prop_assert!(alike(&found.given, &of(&|h| department(&document, h.supplier) == found.department)));
            prop_assert!(alike(&found.received, &of(&|h| department(&document, h.customer) == found.department)));
        }
        let layer = |end: Option<PartyId>| {
            report.parties.iter().find(|party| Some(party.party) == end).and_then(|party| party.nearest)
        };
        for found in &report.cost_by_layer {
            prop_assert!(alike(&found.cost, &of(&|h| layer(h.supplier) == found.layer)));
        }
    }

    #[test]
    fn what_crosses_on_the_way_to_a_customer_equals_a_count(plan in plans()) {
        let document = plan.build();
        let all = edges(&document);
        let process = |id: PartyId| document.party(id).is_some_and(|party| party.kind == PartyKind::Process);
        for figures in report(&document).customers {
            let (mut crossing, mut handoffs, mut of) = (0, 0, 0);
            for edge in all.iter().filter(|edge| can_reach(&document, &all, edge.to, figures.party)) {
                let ends = (department(&document, Some(edge.from)), department(&document, Some(edge.to)));
                if process(edge.from) && process(edge.to) {
                    of += 1;
                    handoffs += usize::from(!ends.0.is_empty() && !ends.1.is_empty());
                    crossing += usize::from(!ends.0.is_empty() && !ends.1.is_empty() && ends.0 != ends.1);
                }
            }
            let found = figures.crossing;
            prop_assert_eq!((found.crossing, found.handoffs, found.of), (crossing, handoffs, of));
        }
    }

    #[test]
    fn green_alone_and_red_for_others_is_found_by_definition(plan in plans()) {
        let document = plan.build();
        let failed = |r: &Requirement| r.must && r.met() == Some(false);
        let mut expected: BTreeMap<PartyId, Vec<(String, HandoffId)>> = BTreeMap::new();
        for (id, party) in document.parties() {
            let met: Vec<bool> = party.measures.iter().filter_map(|measure| measure.met()).collect();
            let red = document.handoffs().filter(|(_, h)| h.supplier == Some(id) && h.requirements.iter().any(failed));
            let mut red: Vec<_> = red.map(|(id, handoff)| (document.describe(handoff), id)).collect();
            red.sort();
            if !met.is_empty() && met.iter().all(|met| *met) && !red.is_empty() {
                expected.insert(id, red);
            }
        }
        let found = report(&document).silos.local_green;
        prop_assert_eq!(found.len(), expected.len());
        for (party, handoff) in found {
            prop_assert_eq!(expected[&party][0].1, handoff, "the first by name");
        }
    }
}

#[test]
fn rolled_up_cost_is_where_it_is_given_and_where_it_is_felt() {
    let mut plan = Plan::of(&[("A", "B", None), ("B", ">C", None), ("B", "A", None), ("", "A", None)]);
    for (name, department) in [("A", "Sales"), ("B", " Plant "), ("C", "Client")] {
        let at = plan.at(name);
        plan.parties[at].department = department.into();
        plan.parties[at].rate_per_h = Some(1.0);
    }
    plan.handoffs[2].2.kind = HandoffKind::Rework;
    for (at, hours) in [1.0, 10.0, 100.0, 1000.0].into_iter().enumerate() {
        let handoff = &mut plan.handoffs[at].2;
        (handoff.volume, handoff.check_h, handoff.period) = (Some(1.0), Some(hours), peel::model::Period::Year);
    }
    let report = report(&plan.build());
    let departments: Vec<_> = report
        .cost_by_department
        .iter()
        .map(|d| (d.department.as_str(), d.given.total().value, d.received.total().value))
        .collect();
    // An external customer's department is none of the organisation's.
    let expected =
        [("", Some(1000.0), Some(10.0)), ("Plant", Some(110.0), Some(1.0)), ("Sales", Some(1.0), Some(1100.0))];
    assert_eq!(departments, expected);
    let layers: Vec<_> = report.cost_by_layer.iter().map(|l| (l.layer, l.cost.total().value)).collect();
    assert_eq!(layers, [(Some(1), Some(110.0)), (Some(2), Some(1.0)), (None, Some(1000.0))]);
}
