//! Weak points against plain enumerations: who is cut off without a party, the longest chain, items of many receivers.

use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

use super::plans::*;
use super::*;
use peel::analysis::MOST_LISTED;

/// A party as it receives, or an external customer as it gives.
type Node = (PartyId, bool);

/// Who receives an item, who gives it, and in which handoffs.
type Carried = (BTreeSet<PartyId>, BTreeSet<PartyId>, BTreeSet<HandoffId>);

/// Everything from which a customer is reached when one party is gone; a customer that gives stands apart from itself.
fn reaching(document: &Document, edges: &[Edge<'_>], customer: PartyId, gone: Option<PartyId>) -> BTreeSet<Node> {
    let mut found = BTreeSet::from([(customer, false)]);
    for _ in 0..=2 * document.parties_len() {
        for edge in edges.iter().filter(|edge| gone != Some(edge.from) && gone != Some(edge.to)) {
            if found.contains(&(edge.to, false)) {
                found.insert((edge.from, is_customer(document, edge.from)));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn bottlenecks_equal_the_removal_of_each_party(plan in plans()) {
        let document = plan.build();
        let all = edges(&document);
        for figures in report(&document).customers {
            let feeding = reaching(&document, &all, figures.party, None);
            let mut expected: Vec<(PartyId, usize)> = Vec::new();
            for (party, gives) in &feeding {
                if !gives && *party != figures.party {
                    let left = reaching(&document, &all, figures.party, Some(*party)).len();
                    expected.push((*party, feeding.len() - left - 1));
                }
            }
            expected.retain(|(_, depend)| *depend > 0);
            expected.sort_by_key(|(party, depend)| (std::cmp::Reverse(*depend), document.name_of(*party)));
            let found: Vec<_> = figures.bottlenecks.iter().map(|found| (found.party, found.depend)).collect();
            prop_assert_eq!(found, expected);
            prop_assert!(figures.bottlenecks.iter().all(|found| found.of == feeding.len() - 1 && found.depend < found.of));
        }
    }

    #[test]
    fn the_longest_chain_equals_the_enumeration(plan in plans()) {
        let document = plan.build();
        for figures in report(&document).customers {
            let kept = kept(&edges(&document), &figures.lead_time.left_out);
            let longest = ways(&document, &kept, figures.party).iter().map(Vec::len).max().unwrap_or(0);
            let chain = &figures.longest_chain;
            prop_assert_eq!(chain.handoffs.len(), longest);
            prop_assert_eq!(chain.parties.len(), longest + 1);
            prop_assert_eq!(chain.parties.last(), Some(&figures.party));
            for (ends, handoff) in chain.parties.windows(2).zip(&chain.handoffs) {
                let handoff = document.handoff(*handoff).expect("is there");
                prop_assert!(handoff.is_forward() && handoff.ends() == Some((ends[0], ends[1])));
            }
        }
    }

    #[test]
    fn shared_items_equal_a_count(plan in plans(), names in prop::collection::vec(0_usize..6, 14)) {
        let mut plan = plan;
        for ((_, _, handoff), name) in plan.handoffs.iter_mut().zip(names) {
            handoff.item = ["Report", " report ", "REPORT", "Übergabe", "übergabe", " "][name].into();
        }
        let document = plan.build();
        let mut counted: BTreeMap<&str, Carried> = BTreeMap::new();
        for edge in edges(&document) {
            let name = match edge.handoff.item.as_str() {
                " " => continue,
                "Übergabe" | "übergabe" => "ü",
                _ => "r",
            };
            let known = counted.entry(name).or_default();
            known.0.insert(edge.to);
            known.1.insert(edge.from);
            known.2.insert(edge.id);
        }
        counted.retain(|_, (receivers, ..)| receivers.len() > 1);
        let shared = report(&document).weak.shared;
        prop_assert_eq!(shared.len(), counted.len());
        for item in &shared {
            prop_assert_eq!(item.item.trim(), item.item.as_str());
            let (receivers, suppliers, handoffs) = &counted[if item.item.to_lowercase().starts_with('ü') { "ü" } else { "r" }];
            prop_assert_eq!((item.receivers, item.suppliers), (receivers.len(), suppliers.len()));
            prop_assert_eq!(&item.handoffs.iter().copied().collect::<BTreeSet<_>>(), handoffs);
            prop_assert_eq!(item.handoffs.len(), handoffs.len());
        }
        prop_assert!(shared.is_sorted_by(|a, b| a.receivers >= b.receivers), "those with the most first");
    }

    #[test]
    fn loops_are_found_exactly_where_something_goes_round(plan in plans()) {
        let document = plan.build();
        let all = edges(&document);
        let goes_round = all.iter().any(|edge| !is_customer(&document, edge.to) && !is_customer(&document, edge.from)
            && can_reach(&document, &all, edge.to, edge.from));
        let report = report(&document);
        prop_assert_eq!(!report.weak.loops.is_empty(), goes_round);
        for found in &report.weak.loops {
            prop_assert!(found.length >= 2 && found.parties.len() == found.length.min(6));
            let closing = document.handoff(found.closing).expect("is there");
            prop_assert_eq!(found.parties.first().copied(), closing.customer, "begins where the closing handoff ends");
            if found.length == found.parties.len() {
                prop_assert_eq!(found.parties.last().copied(), closing.supplier);
            }
            for ends in found.parties.windows(2) {
                prop_assert!(all.iter().any(|edge| edge.from == ends[0] && edge.to == ends[1]));
            }
        }
        let said = report.findings.iter().chain(report.dismissed.iter().map(|(finding, _)| finding));
        let mut said: Vec<_> = said.filter(|f| f.kind == "loop-in-forward-handoffs").map(|f| f.subject).collect();
        let mut closing: Vec<_> = report.weak.loops.iter().map(|found| Some(Subject::Handoff(found.closing))).collect();
        closing.sort_unstable();
        said.sort_unstable();
        prop_assert_eq!(said, closing, "each is a finding");
    }
}

#[test]
fn everything_depends_on_the_gate() {
    let mut plan = Plan::of(&[("A", "Gate", None), ("B", "Gate", None), ("B", "A", None), ("D", ">C", None)]);
    plan.handoff("Gate", "D", plain());
    plan.handoff("Gate", ">C", plain());
    let document = plan.build();
    let report = report(&document);
    let found: Vec<_> = only_customer(&report)
        .bottlenecks
        .iter()
        .map(|found| (document.name_of(found.party), found.depend, found.of))
        .collect();
    assert_eq!(found, [("Gate".to_owned(), 2, 4)]);
}

#[test]
fn lists_are_cut_after_the_first() {
    let mut plan = Plan::default();
    for at in 0..60 {
        plan.handoff(&format!("a{at:02}"), &format!("b{at:02}"), Handoff { item: format!("item {at}"), ..plain() });
        plan.handoff(&format!("b{at:02}"), ">C", Handoff { item: format!("item {at}"), ..plain() });
    }
    let report = report(&plan.build());
    assert_eq!(report.weak.shared.len(), MOST_LISTED);
    assert_eq!(only_customer(&report).bottlenecks.len(), MOST_LISTED);
    assert!(only_customer(&report).bottlenecks.iter().all(|found| (found.depend, found.of) == (1, 120)));
}
