//! Rework: once, and until it is right; loops by enumerating all ways round.

use proptest::prelude::*;
use std::collections::BTreeMap;

use super::plans::*;
use super::*;
use peel::analysis::{Figure, Rework};

/// The hours of one repetition, the share that is right, whether it sends back, and whether it is on the critical path.
type Expected = (f64, Option<f64>, bool, bool);

/// What METHOD.md section 3 says, by loops over all handoffs and all ways round.
fn expected(document: &Document, figures: &CustomerFigures) -> BTreeMap<HandoffId, Expected> {
    let (customer, time) = (figures.party, &figures.lead_time);
    let all = edges(document);
    let kept = kept(&all, &time.left_out);
    let feeds = |party: PartyId| can_reach(document, &all, party, customer);
    // Who gives: somebody who is not the customer must get on to it; the customer gives when it starts a way.
    let gives = |party: PartyId| kept.iter().any(|edge| edge.from == party && feeds(edge.to));
    let pt = |party: PartyId| time_of(document, party).unwrap_or(0.0);
    let on_path_as = |party: PartyId, giving: bool| {
        let at =
            time.parties.iter().enumerate().any(|(at, id)| {
                *id == party && (!is_customer(document, party) || giving == (at + 1 < time.parties.len()))
            });
        at || (party == customer && !giving)
    };
    let mut found = BTreeMap::new();
    let mut explained = Vec::new();
    for (id, handoff) in document.handoffs().filter(|(_, h)| h.kind == HandoffKind::Rework) {
        let (Some(sender), Some(redoes)) = (handoff.supplier, handoff.customer) else { continue };
        let sender_is_here = if is_customer(document, sender) { sender == customer } else { feeds(sender) };
        let redoes_is_here = if is_customer(document, redoes) { gives(redoes) } else { feeds(redoes) };
        if !sender_is_here || !redoes_is_here {
            continue;
        }
        // All ways from who redoes it to who sent it; an external customer is never passed.
        let round: Vec<Vec<Edge<'_>>> = ways(document, &kept, sender)
            .into_iter()
            .filter_map(|way| {
                let from = way.iter().position(|edge| edge.from == redoes)?;
                Some(way[from..].to_vec())
            })
            .collect();
        let longest = round.iter().map(|way| length(document, way, sender)).fold(f64::NEG_INFINITY, f64::max);
        let hours = if round.is_empty() { pt(redoes) } else { longest };
        // The last handoff of a longest way, the first by name of them.
        let mut came: Vec<&Edge<'_>> = round
            .iter()
            .filter(|way| (length(document, way, sender) - longest).abs() < 1e-9)
            .filter_map(|way| way.last())
            .collect();
        came.sort_by_key(|edge| (document.name_of(edge.from), edge.handoff.item.clone()));
        explained.extend(came.first().map(|edge| edge.id));
        let came_q = came.first().and_then(|edge| edge.handoff.complete_accurate_pct);
        let q = handoff.complete_accurate_pct.or(came_q).map(|pct| pct / 100.0);
        let on_path = on_path_as(sender, false) && on_path_as(redoes, true);
        found.insert(id, (handoff.wait_h.unwrap_or(0.0) + hours, q, true, on_path));
    }
    for edge in kept.iter().filter(|edge| feeds(edge.to) && !explained.contains(&edge.id)) {
        let q = edge.handoff.complete_accurate_pct.map(|pct| pct / 100.0);
        let once = edge.handoff.wait_h.unwrap_or(0.0) + pt(edge.to);
        found.insert(edge.id, (once, q, false, time.handoffs.contains(&edge.id)));
    }
    found
}

fn sum(values: impl Iterator<Item = Option<f64>>) -> (Option<f64>, usize, usize) {
    let values: Vec<_> = values.collect();
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    ((!known.is_empty()).then(|| known.iter().sum()), known.len(), values.len())
}

proptest! {
    #![proptest_config(cases(700))]

    #[test]
    fn rework_equals_the_loops_written_out(plan in plans()) {
        let document = plan.build();
        for figures in report(&document).customers {
            let expected = expected(&document, &figures);
            let found = &figures.rework;
            let listed = expected.iter().filter(|(_, e)| e.1 != Some(1.0)).count();
            prop_assert_eq!(found.each.len(), listed, "{:?}\n{:?}", found.each, expected);
            for rework in &found.each {
                let Some((once, q, sends_back, on_path)) = expected.get(&rework.handoff).copied() else {
                    return Err(TestCaseError::fail(format!("{rework:?} is not expected in {expected:?}")));
                };
                prop_assert!((rework.once_h - once).abs() < 1e-9, "{rework:?} {once}");
                prop_assert!(same(rework.complete_accurate, q), "{rework:?} {q:?}");
                prop_assert_eq!((rework.sends_back, rework.on_path), (sends_back, on_path), "{:?}", rework);
                prop_assert!(same(rework.one_pass_h(), q.map(|q| (1.0 - q) * once)));
                let passes = q.filter(|q| *q > 0.0).map(|q| 1.0 / q);
                prop_assert!(same(rework.passes(), passes));
                prop_assert!(same(rework.until_right_h(), passes.map(|passes| (passes - 1.0) * once)));
            }
            let costly = |rework: &Rework| rework.one_pass_h().unwrap_or(-1.0);
            prop_assert!(found.each.is_sorted_by(|a, b| costly(a) >= costly(b)), "the costliest first");
            let along = || expected.values().filter(|e| e.3);
            let once = sum(along().map(|e| Some((1.0 - e.1?) * e.0)));
            let until = sum(along().map(|e| Some((1.0 / e.1.filter(|q| *q > 0.0)? - 1.0) * e.0)));
            for (figure, (value, known, of)) in [(found.one_pass_h, once), (found.until_right_h, until)] {
                prop_assert!(same(figure.value, value), "{figure:?} {value:?}");
                prop_assert_eq!((figure.known, figure.of), (known, of));
            }
        }
    }
}

fn one(q: f64, once_h: f64) -> Rework {
    let handoff = HandoffId::parse("h").expect("id");
    Rework { handoff, sends_back: false, complete_accurate: Some(q), once_h, on_path: true }
}

#[test]
fn passes_are_those_of_the_method() {
    // The submissions of a commercial loan group before and after: 55 % and 20 % sent back.
    for (q, passes) in [(0.45, 2.222_222), (0.8, 1.25), (1.0, 1.0), (0.5, 2.0), (0.01, 100.0)] {
        close(one(q, 3.0).passes(), passes, 1e-6, "passes");
        close(one(q, 3.0).until_right_h(), (passes - 1.0) * 3.0, 1e-5, "until right");
        close(one(q, 3.0).one_pass_h(), (1.0 - q) * 3.0, 1e-9, "one pass");
    }
    assert_eq!((one(0.0, 3.0).passes(), one(0.0, 3.0).until_right_h()), (None, None), "never right");
    assert_eq!(one(0.0, 3.0).one_pass_h(), Some(3.0), "once more for all");
}

#[test]
fn next_to_nothing_right_is_no_infinite_time() {
    for pct in [f64::MIN_POSITIVE, 5e-324, 1e-306, 1e-12] {
        let mut plan = Plan::of(&[("A", ">C", Some(pct)), ("B", "A", Some(pct)), ("D", "B", Some(50.0))]);
        for (_, _, handoff) in &mut plan.handoffs {
            handoff.wait_h = Some(1e6);
        }
        let report = report(&plan.build());
        let words = format!("{report:?}");
        assert!(!words.contains("inf") && !words.contains("NaN"), "{pct}: {words}");
        let figures = only_customer(&report);
        let each = figures.rework.each.iter();
        assert!(each.flat_map(|r| [r.passes(), r.until_right_h()]).flatten().all(f64::is_finite), "{pct}");
        let figure = figures.rework.until_right_h;
        assert!(figure.value.is_none_or(|hours| hours.is_finite() && hours >= 0.0), "{pct}: {figure:?}");
        let lifts = figures.quality_lifts.iter().flat_map(|lift| [lift.per_point, lift.at_most]);
        assert!(lifts.into_iter().all(|share| (0.0..=1.0).contains(&share)), "{pct}");
    }
}

/// A 1 h → B 2 h → D 4 h → C with waits of half an hour and q of 90 %; D sends 20 % back to A after 3 h.
fn sent_back() -> Plan {
    let mut plan = Plan::of(&[("A", "B", Some(90.0)), ("B", "D", Some(90.0)), ("D", ">C", Some(90.0))]);
    for (name, hours) in [("A", 1.0), ("B", 2.0), ("D", 4.0)] {
        let at = plan.at(name);
        plan.parties[at].process_time_h = Some(hours);
    }
    for (_, _, handoff) in &mut plan.handoffs {
        handoff.wait_h = Some(0.5);
    }
    let back = Handoff { kind: HandoffKind::Rework, item: "back".into(), wait_h: Some(3.0), ..plain() };
    plan.handoff("D", "A", Handoff { complete_accurate_pct: Some(80.0), ..back });
    plan
}

#[test]
fn what_is_sent_back_costs_the_way_round() {
    let mut plan = sent_back();
    let told = |plan: &Plan| {
        let document = plan.build();
        let report = report(&document);
        let found = &only_customer(&report).rework;
        let item = |id| document.handoff(id).expect("is there").item.clone();
        let each: Vec<_> = found.each.iter().map(|r| (item(r.handoff), r.once_h, r.complete_accurate)).collect();
        (each, found.one_pass_h, found.until_right_h)
    };
    let (each, once, until) = told(&plan);
    let back = ("back".to_owned(), 3.0 + 1.0 + 0.5 + 2.0 + 0.5 + 4.0, Some(0.8));
    let (ab, dc) = (("item 0".to_owned(), 2.5, Some(0.9)), ("item 2".to_owned(), 0.5, Some(0.9)));
    assert_eq!(each, [back, ab, dc], "B → D is what is sent back, and does not count again");
    close(once.value, 0.2 * 11.0 + 0.1 * 2.5 + 0.1 * 0.5, 1e-9, "one pass");
    close(until.value, 0.25 * 11.0 + (1.0 / 0.9 - 1.0) * 3.0, 1e-9, "until right");
    assert_eq!((once.known, once.of), (3, 3));

    plan.handoffs[3].2.complete_accurate_pct = None;
    let (each, ..) = told(&plan);
    assert_eq!(each[0].2, Some(0.9), "as much as came wrong is sent back");
    plan.handoffs[1].2.complete_accurate_pct = None;
    let (each, once, _) = told(&plan);
    assert_eq!((each[2].0.as_str(), each[2].2, once.known, once.of), ("back", None, 2, 3), "nobody knows");

    // Sent to somebody who is further on: there is no way round, and the work is done there once more.
    let mut forth = sent_back();
    let (a, d) = (forth.at("A"), forth.at("D"));
    (forth.handoffs[3].0, forth.handoffs[3].1) = (Some(a), Some(d));
    assert!(told(&forth).0.contains(&("back".to_owned(), 7.0, Some(0.8))), "3 h and D");
    // Between others than those that feed the customer.
    let mut apart = sent_back();
    apart.handoff("X", "Y", Handoff { kind: HandoffKind::Rework, ..plain() });
    assert_eq!(told(&apart).0.len(), 3);
}

#[test]
fn a_customer_sends_back_what_it_cannot_use() {
    let mut plan = sent_back();
    let (c, b) = (plan.at("C"), plan.at("B"));
    (plan.handoffs[3].0, plan.handoffs[3].1) = (Some(c), Some(b));
    let document = plan.build();
    let report = report(&document);
    let found = &only_customer(&report).rework;
    let back = found.each.iter().find(|rework| rework.sends_back).expect("is there");
    assert_eq!((back.once_h, back.on_path), (3.0 + 2.0 + 0.5 + 4.0 + 0.5, true));
    assert_eq!(found.each.len(), 3, "what came to the customer is explained");
    assert_eq!(found.one_pass_h.of, 3);
}

#[test]
fn only_rework_is_nothing_upstream() {
    let mut plan = Plan::of(&[("A", ">C", Some(50.0))]);
    plan.handoffs[0].2.kind = HandoffKind::Rework;
    let report = report(&plan.build());
    let figures = only_customer(&report);
    assert_eq!(figures.rework.each, []);
    assert_eq!((figures.rework.one_pass_h, figures.quality.complete_accurate), (Figure::default(), Figure::default()));
}

#[test]
fn times_that_all_but_agree_are_in_order_and_unknown_ones_come_last() {
    let mut plan = Plan::default();
    let handoff = |q: Option<f64>, wait: f64| Handoff { complete_accurate_pct: q, wait_h: Some(wait), ..plain() };
    // 0.11 · 6.25 and 0.25 · 2.75 differ in their last bits alone.
    plan.handoff("A", "B", handoff(Some(89.0), 6.25));
    plan.handoff("B", "C", handoff(None, 9.0));
    plan.handoff("C", "D", handoff(Some(75.0), 2.75));
    plan.handoff("D", ">E", handoff(Some(99.0), 0.0));
    let document = plan.build();
    let report = report(&document);
    let each: Vec<Option<f64>> = only_customer(&report).rework.each.iter().map(Rework::one_pass_h).collect();
    let mut wanted = [Some((1.0 - 0.75) * 2.75), Some((1.0 - 0.89) * 6.25)];
    wanted.sort_by(|a, b| b.partial_cmp(a).expect("numbers"));
    assert_ne!(wanted[0], wanted[1]);
    assert_eq!(each, [wanted[0], wanted[1], Some(0.0), None]);
}
