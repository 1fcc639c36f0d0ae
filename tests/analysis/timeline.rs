//! Starts, slack and gains of the timeline, against the enumeration of all ways and against edited maps.

use proptest::prelude::*;
use std::collections::BTreeMap;

use super::plans::*;
use super::*;
use peel::analysis::Timeline;

/// A party as it receives, or an external customer as it gives.
type Node = (PartyId, bool);

/// What the definition says of each node and handoff: start, and the longest way through it.
#[derive(Default)]
struct Expected {
    nodes: BTreeMap<Node, (f64, f64)>,
    handoffs: BTreeMap<HandoffId, (f64, f64)>,
    whole: f64,
}

fn expected(document: &Document, kept: &[Edge<'_>], customer: PartyId) -> Expected {
    let mut found = Expected::default();
    for way in ways(document, kept, customer) {
        let through = length(document, &way, customer);
        found.whole = found.whole.max(through);
        let node = |party: PartyId, gives: bool| (party, gives && is_customer(document, party));
        let mut before = 0.0;
        let mut meet = |node: Node, start: f64| {
            let known = found.nodes.entry(node).or_insert((start, through));
            *known = (known.0.max(start), known.1.max(through));
        };
        for edge in &way {
            meet(node(edge.from, true), before);
            before += time_of(document, edge.from).unwrap_or(0.0);
            let known = found.handoffs.entry(edge.id).or_insert((before, through));
            *known = (known.0.max(before), known.1.max(through));
            before += edge.handoff.wait_h.unwrap_or(0.0);
        }
        meet((customer, false), before);
    }
    found
}

/// The stops by node; the last is the customer as it receives.
fn nodes(document: &Document, timeline: &Timeline) -> Vec<Node> {
    let last = timeline.stops.len() - 1;
    let gives = |(at, party): (usize, PartyId)| (party, at != last && is_customer(document, party));
    timeline.stops.iter().map(|stop| stop.party).enumerate().map(gives).collect()
}

proptest! {
    #![proptest_config(cases(500))]

    #[test]
    fn starts_and_slack_equal_the_definition(plan in plans()) {
        let document = plan.build();
        for figures in report(&document).customers {
            let (timeline, time) = (&figures.timeline, &figures.lead_time);
            let expected = expected(&document, &kept(&edges(&document), &time.left_out), figures.party);
            let nodes = nodes(&document, timeline);
            prop_assert_eq!(nodes.len(), expected.nodes.len(), "each once");
            prop_assert_eq!(nodes.last(), Some(&(figures.party, false)), "the customer last");
            let mut ends = Vec::new();
            for (node, stop) in nodes.iter().zip(&timeline.stops) {
                let (start, through) = expected.nodes[node];
                let party = document.party(stop.party).expect("is there");
                let process = party.kind == PartyKind::Process;
                prop_assert!((stop.start_h - start).abs() < 1e-9, "{stop:?} {start}");
                prop_assert!((stop.slack_h - (expected.whole - through)).abs() < 1e-9, "{stop:?} {through}");
                prop_assert!(stop.slack_h >= 0.0 && (!stop.on_path || stop.slack_h == 0.0));
                prop_assert_eq!(stop.process_h, if process { party.process_time_h } else { Some(0.0) });
                prop_assert_eq!(stop.value_adding, party.value_adding.filter(|_| process));
                // The critical path of a customer to which nothing leads is not told by the lead time.
                let last = *node == (figures.party, false);
                let told = time.parties.iter().enumerate().any(|(at, id)| {
                    let gives = at + 1 < time.parties.len() && is_customer(&document, *id);
                    *node == (*id, gives)
                });
                prop_assert_eq!(stop.on_path, last || told);
                ends.push((last, stop.start_h, stop.start_h + stop.process_h.unwrap_or(0.0), party.name.clone()));
            }
            for pair in ends.windows(2) {
                let by = |a: f64, b: f64| if (a - b).abs() < 1e-9 { std::cmp::Ordering::Equal } else { a.total_cmp(&b) };
                let (a, b) = (&pair[0], &pair[1]);
                let order = a.0.cmp(&b.0).then(by(a.1, b.1)).then(by(a.2, b.2)).then(a.3.cmp(&b.3));
                prop_assert!(order.is_lt(), "by start, then end, then name: {a:?} {b:?}");
            }
            prop_assert_eq!(timeline.legs.len(), expected.handoffs.len(), "each once");
            for leg in &timeline.legs {
                let (start, through) = expected.handoffs[&leg.handoff];
                prop_assert!((leg.start_h - start).abs() < 1e-9, "{leg:?} {start}");
                prop_assert!((leg.slack_h - (expected.whole - through)).abs() < 1e-9, "{leg:?} {through}");
                prop_assert_eq!(leg.on_path, time.handoffs.contains(&leg.handoff));
                prop_assert!(leg.slack_h >= 0.0 && (!leg.on_path || leg.slack_h == 0.0));
                prop_assert_eq!(leg.wait_h, document.handoff(leg.handoff).expect("is there").wait_h);
            }
        }
    }

    #[test]
    fn gains_equal_the_lead_time_of_an_edited_map(plan in plans()) {
        let document = plan.build();
        for figures in report(&document).customers {
            let before = figures.lead_time.hours.value.unwrap_or(0.0);
            let mut expected: BTreeMap<Subject, (f64, f64)> = BTreeMap::new();
            for id in &figures.lead_time.parties {
                if let Some(hours) = time_of(&document, *id).filter(|hours| *hours > 0.0) {
                    let after = changed_party(&document, *id, |party| party.process_time_h = Some(0.0));
                    expected.insert(Subject::Party(*id), (hours, before - hours_to(&after, figures.party)));
                }
            }
            for id in &figures.lead_time.handoffs {
                if let Some(hours) = document.handoff(*id).and_then(|h| h.wait_h).filter(|hours| *hours > 0.0) {
                    let after = changed_handoff(&document, *id, |handoff| handoff.wait_h = Some(0.0));
                    expected.insert(Subject::Handoff(*id), (hours, before - hours_to(&after, figures.party)));
                }
            }
            prop_assert_eq!(figures.gains.len(), expected.len());
            for gain in &figures.gains {
                let (hours, less) = expected[&gain.subject];
                prop_assert_eq!(gain.hours, hours);
                prop_assert!((gain.gain_h - less).abs() < 1e-9 && gain.gain_h >= 0.0, "{gain:?} {less}");
            }
            prop_assert!(figures.gains.is_sorted_by(|a, b| a.gain_h >= b.gain_h), "the most rewarding first");
        }
    }
}

fn hours_to(document: &Document, customer: PartyId) -> f64 {
    figures_of(document, customer).lead_time.hours.value.unwrap_or(0.0)
}

#[test]
fn a_second_way_has_slack_and_bounds_the_gain() {
    // A 2 h → B 3 h → C, and A → D 1 h → C with half an hour of wait.
    let mut plan = Plan::of(&[("A", "B", None), ("B", ">C", None), ("A", "D", None), ("D", ">C", None)]);
    for (name, hours) in [("A", 2.0), ("B", 3.0), ("D", 1.0)] {
        let at = plan.at(name);
        plan.parties[at].process_time_h = Some(hours);
    }
    plan.handoffs[3].2.wait_h = Some(0.5);
    let document = plan.build();
    let report = report(&document);
    let figures = only_customer(&report);
    let stops: Vec<_> =
        figures.timeline.stops.iter().map(|s| (document.name_of(s.party), s.start_h, s.slack_h, s.on_path)).collect();
    let stop = |name: &str, start, slack| (name.to_owned(), start, slack, slack == 0.0);
    assert_eq!(stops, [stop("A", 0.0, 0.0), stop("D", 2.0, 1.5), stop("B", 2.0, 0.0), stop("C", 5.0, 0.0)]);
    let legs: Vec<_> = figures.timeline.legs.iter().map(|leg| (leg.start_h, leg.slack_h, leg.wait_h)).collect();
    assert_eq!(legs, [(2.0, 0.0, None), (2.0, 1.5, None), (5.0, 0.0, None), (3.0, 1.5, Some(0.5))]);
    let gains: Vec<_> = figures.gains.iter().map(|gain| (gain.hours, gain.gain_h)).collect();
    assert_eq!(gains, [(2.0, 2.0), (3.0, 1.5)], "A all of it; B until D is the longest");
}

#[test]
fn two_ways_of_one_length_have_no_slack_and_gain_nothing() {
    // Tenths do not add up exactly, whichever way they are added.
    let mut plan = Plan::default();
    for (from, to) in [("A", "B"), ("B", "D"), ("D", ">C"), ("A", "E"), ("E", "F"), ("F", ">C")] {
        plan.handoff(from, to, Handoff { wait_h: Some(0.1), item: format!("{from} {to}"), ..plain() });
    }
    for (name, hours) in [("A", 0.7), ("B", 0.1), ("D", 0.6), ("E", 0.6), ("F", 0.1)] {
        let at = plan.at(name);
        plan.parties[at].process_time_h = Some(hours);
    }
    let report = report(&plan.build());
    let figures = only_customer(&report);
    assert!(figures.timeline.stops.iter().all(|stop| stop.slack_h == 0.0), "{:?}", figures.timeline.stops);
    assert!(figures.timeline.legs.iter().all(|leg| leg.slack_h == 0.0), "{:?}", figures.timeline.legs);
    let gains: Vec<_> = figures.gains.iter().map(|gain| gain.gain_h).collect();
    assert_eq!(gains, [0.7, 0.0, 0.0, 0.0, 0.0, 0.0], "only what both share");
}

#[test]
fn nothing_upstream_is_one_stop() {
    let report = report(&Plan { parties: vec![Party::named("C", PartyKind::Customer)], ..Plan::default() }.build());
    let figures = only_customer(&report);
    assert_eq!((figures.timeline.stops.len(), figures.timeline.legs.len(), figures.gains.len()), (1, 0, 0));
    assert_eq!((figures.timeline.stops[0].start_h, figures.timeline.stops[0].slack_h), (0.0, 0.0));
}
