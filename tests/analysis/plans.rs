//! Random small maps, and what their slow enumerations share.

use proptest::prelude::*;
use std::collections::BTreeSet;

use super::*;
use peel::analysis::findings::ALL;
use peel::model::{Dismissal, Measure, MeasureId, Observation, Part, Period, Rating, Side, Timing, When};

/// The day on which random maps are looked at.
pub fn today() -> jiff::civil::Date {
    jiff::civil::date(2026, 4, 30)
}

/// Days around the border of what is stale or overdue; the first is none.
const WHENS: [&str; 9] =
    ["", "2025", "2026-01-30", "2026-01-31", "2026-W13", "2026-Q1", "2026-04-29", "2026-04-30", "2026-05"];

pub fn when(at: usize) -> Option<When> {
    When::parse(WHENS[at]).ok()
}

fn time() -> impl Strategy<Value = Option<f64>> {
    prop_oneof![2 => Just(None), 1 => Just(Some(0.0)), 4 => (1_u32..40).prop_map(|n| Some(f64::from(n) / 4.0))]
}

fn share() -> impl Strategy<Value = Option<f64>> {
    let some = prop_oneof![1 => Just(0.0), 2 => Just(100.0), 12 => (1_u32..100).prop_map(f64::from)];
    prop_oneof![1 => Just(None), 4 => some.prop_map(Some)]
}

/// Up to two values, as of a requirement or measure; the first of each pair is when it was seen.
fn history() -> impl Strategy<Value = History> {
    let one = (0..WHENS.len(), 70_u32..90);
    let some = prop::collection::vec(one, 0..3);
    some.prop_map(|list| {
        list.into_iter()
            .map(|(at, value)| Observation { when: when(at), ..Observation::of(f64::from(value)) })
            .collect()
    })
}

fn dismissals() -> impl Strategy<Value = Vec<Dismissal>> {
    let part = prop_oneof![
        2 => Just(None),
        1 => (0_usize..2).prop_map(|at| Some(Part::Requirement(requirement(at, None).id))),
        1 => (0_usize..2).prop_map(|at| Some(Part::Measure(measure(at).id))),
    ];
    let one = (0..ALL.len(), part).prop_map(|(kind, part)| Dismissal {
        kind: ALL[kind].kind.into(),
        part,
        reason: format!("because {kind}"),
        when: None,
    });
    prop::collection::vec(one, 0..4)
}

fn measure(at: usize) -> Measure {
    Measure::new(MeasureId::parse(&format!("m{at}")).expect("id"), format!("measure {at}"))
}

fn requirements() -> impl Strategy<Value = Vec<Requirement>> {
    let one = (prop::bool::weighted(0.8), any::<bool>(), history());
    prop::collection::vec(one, 0..3).prop_map(|list| {
        let each = list.into_iter().enumerate().map(|(at, (testable, must, observations))| {
            let measure = if testable { "share" } else { "" }.to_owned();
            Requirement { measure, must, observations, ..requirement(at, None) }
        });
        each.collect()
    })
}

fn measures() -> impl Strategy<Value = Vec<Measure>> {
    let one = (0_usize..3, prop::option::weighted(0.8, Just(80.0)), any::<bool>(), history());
    prop::collection::vec(one, 0..3).prop_map(|list| {
        let each = list.into_iter().enumerate().map(|(at, (timing, target, serves_promise, observations))| {
            let timing = [None, Some(Timing::Leading), Some(Timing::Lagging)][timing];
            Measure { timing, target, serves_promise, observations, ..measure(at) }
        });
        each.collect()
    })
}

fn party() -> impl Strategy<Value = Party> {
    let kind =
        prop_oneof![5 => Just(PartyKind::Process), 2 => Just(PartyKind::Customer), 1 => Just(PartyKind::Supplier)];
    let figures = (kind, time(), prop::option::of(any::<bool>()), 0_usize..4, time());
    (figures, (time(), time()), any::<bool>(), measures(), dismissals()).prop_map(
        |(figures, range, promises, measures, dismissed)| {
            let (kind, process_time_h, value_adding, department, rate_per_h) = figures;
            Party {
                process_time_h,
                process_time_low_h: range.0,
                process_time_high_h: range.1,
                value_adding,
                department: ["", "East", " West", "South"][department].to_owned(),
                rate_per_h,
                promise: if promises { "quick" } else { " " }.into(),
                measures,
                dismissed,
                ..Party::named("", kind)
            }
        },
    )
}

type Ends = (Option<usize>, Option<usize>);

fn handoff() -> impl Strategy<Value = (Ends, Handoff)> {
    let end = || prop::option::weighted(0.95, 0_usize..7);
    let figures = (time(), share(), share(), prop::bool::weighted(0.85), prop::bool::weighted(0.9));
    let costs = (time(), 0..Period::ALL.len(), time(), time(), time(), time());
    let mark = || prop::option::of((0_u32..11).prop_map(f64::from));
    let contract = (requirements(), 0..Agreement::ALL.len(), 0..WHENS.len(), mark(), mark(), dismissals());
    ((end(), end()), figures, costs, (time(), time()), contract).prop_map(|(ends, figures, costs, range, contract)| {
        let (wait_h, complete_accurate_pct, on_time_pct, critical, forward) = figures;
        let (volume, period, check_h, fix_receiver_h, fix_supplier_h, late_h) = costs;
        let (requirements, agreement, until, supplier, receiver, dismissed) = contract;
        let rating = |side, mark| Rating { side, marks: [None, None, None, mark], ..Rating::default() };
        let handoff = Handoff {
            wait_h,
            wait_low_h: range.0,
            wait_high_h: range.1,
            complete_accurate_pct,
            on_time_pct,
            critical,
            kind: if forward { HandoffKind::Forward } else { HandoffKind::Rework },
            volume,
            period: Period::ALL[period],
            check_h,
            fix_receiver_h,
            fix_supplier_h,
            late_h,
            late_cost_per_h: Some(10.0),
            requirements,
            agreement: Agreement::ALL[agreement],
            valid_until: when(until),
            ratings: vec![rating(Side::Supplier, supplier), rating(Side::Receiver, receiver)],
            dismissed,
            ..plain()
        };
        (ends, handoff)
    })
}

/// Up to seven parties and fourteen handoffs, with loops, parallel handoffs, rework, open ends, unknown values, ranges,
/// requirements and measures seen on dated days, and findings put aside.
pub fn plans() -> impl Strategy<Value = Plan> {
    let info = (prop::sample::select(vec![1.0, 30.0, 90.0]), dismissals())
        .prop_map(|(stale_after_days, dismissed)| MapInfo { stale_after_days, dismissed, ..MapInfo::default() });
    (info, prop::collection::vec(party(), 1..8), prop::collection::vec(handoff(), 0..14)).prop_map(
        |(info, parties, handoffs)| {
            let mut plan = Plan { info, ..Plan::default() };
            for (at, party) in parties.into_iter().enumerate() {
                // Names sort otherwise than they were added.
                plan.party(Party { name: format!("party {}", (at * 5) % 7), ..party });
            }
            let n = plan.parties.len();
            for (at, ((from, to), handoff)) in handoffs.into_iter().enumerate() {
                let (from, to) = (from.map(|i| i % n), to.map(|i| i % n));
                if from != to {
                    let item = format!("item {}", (at * 11) % 17);
                    plan.handoffs.push((from, to, Handoff { item, ..handoff }));
                }
            }
            plan
        },
    )
}

/// A forward handoff with both ends.
#[derive(Clone, Copy)]
pub struct Edge<'a> {
    pub id: HandoffId,
    pub from: PartyId,
    pub to: PartyId,
    pub handoff: &'a Handoff,
}

pub fn edges(document: &Document) -> Vec<Edge<'_>> {
    let forward = document.handoffs().filter(|(_, h)| h.kind == HandoffKind::Forward);
    forward.filter_map(|(id, h)| Some(Edge { id, from: h.supplier?, to: h.customer?, handoff: h })).collect()
}

pub fn is_customer(document: &Document, party: PartyId) -> bool {
    document.party(party).expect("is there").kind == PartyKind::Customer
}

/// Whether what arrives at `from` can go on to `to`; nothing goes on from an external customer.
pub fn reaches(
    document: &Document,
    edges: &[Edge<'_>],
    from: PartyId,
    to: PartyId,
    seen: &mut BTreeSet<PartyId>,
) -> bool {
    from == to
        || (!is_customer(document, from)
            && seen.insert(from)
            && edges.iter().any(|edge| edge.from == from && reaches(document, edges, edge.to, to, seen)))
}

pub fn can_reach(document: &Document, edges: &[Edge<'_>], from: PartyId, to: PartyId) -> bool {
    reaches(document, edges, from, to, &mut BTreeSet::new())
}

pub fn same(a: Option<f64>, b: Option<f64>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= 1e-9 * (1.0 + a.abs()),
        _ => a == b,
    }
}

/// The critical forward handoffs that can reach a party: one search per handoff.
pub fn feeding(document: &Document, party: PartyId) -> Vec<Edge<'_>> {
    let edges = edges(document);
    let all = edges.clone();
    edges.into_iter().filter(|edge| edge.handoff.critical && can_reach(document, &all, edge.to, party)).collect()
}

pub fn product(values: impl Iterator<Item = Option<f64>>) -> (Option<f64>, usize, usize) {
    let values: Vec<_> = values.collect();
    let known: Vec<f64> = values.iter().flatten().copied().collect();
    ((!known.is_empty()).then(|| known.iter().product()), known.len(), values.len())
}

/// Times of every path that ends in `party`, each process once, over the kept edges: Σ PT + Σ wait with unknown as 0.
pub fn path_lengths(
    document: &Document,
    kept: &[Edge<'_>],
    party: PartyId,
    after: f64,
    on: &[PartyId],
    out: &mut Vec<f64>,
) {
    out.push(after);
    for edge in kept.iter().filter(|edge| edge.to == party) {
        let length = after + edge.handoff.wait_h.unwrap_or(0.0);
        if is_customer(document, edge.from) {
            out.push(length);
        } else if !on.contains(&edge.from) {
            let on: Vec<PartyId> = on.iter().copied().chain([edge.from]).collect();
            path_lengths(document, kept, edge.from, length + time_of(document, edge.from).unwrap_or(0.0), &on, out);
        }
    }
}

/// PT of a process.
pub fn time_of(document: &Document, party: PartyId) -> Option<f64> {
    let party = document.party(party).expect("is there");
    party.process_time_h.filter(|_| party.kind == PartyKind::Process)
}

/// The edges that are not left out because they close a loop.
pub fn kept<'a>(edges: &[Edge<'a>], left_out: &[HandoffId]) -> Vec<Edge<'a>> {
    edges.iter().copied().filter(|edge| !left_out.contains(&edge.id)).collect()
}

/// Every way over some edges that ends in `party`, the one of no handoffs too; each in the direction of the flow.
///
/// An external customer begins ways and is not passed; otherwise nobody is met twice on one.
pub fn ways<'a>(document: &Document, edges: &[Edge<'a>], party: PartyId) -> Vec<Vec<Edge<'a>>> {
    let (mut done, mut open) = (Vec::new(), vec![Vec::<Edge<'_>>::new()]);
    while let Some(way) = open.pop() {
        let first = way.first().map_or(party, |edge| edge.from);
        if way.is_empty() || !is_customer(document, first) {
            let passed = |other: PartyId| other == party || way.iter().any(|edge| edge.from == other);
            for edge in edges.iter().filter(|edge| edge.to == first) {
                if is_customer(document, edge.from) || !passed(edge.from) {
                    open.push(std::iter::once(*edge).chain(way.iter().copied()).collect());
                }
            }
        }
        done.push(way);
    }
    done
}

/// Σ PT + Σ wait of a way that ends in `party`, with unknown as 0.
pub fn length(document: &Document, way: &[Edge<'_>], party: PartyId) -> f64 {
    let parts = way.iter().map(|edge| edge.handoff.wait_h.unwrap_or(0.0) + time_of(document, edge.from).unwrap_or(0.0));
    parts.sum::<f64>() + time_of(document, party).unwrap_or(0.0)
}

/// The document after one handoff or party was changed.
pub fn changed_handoff(document: &Document, id: HandoffId, change: impl FnOnce(&mut Handoff)) -> Document {
    let mut handoff = (**document.handoff(id).expect("is there")).clone();
    change(&mut handoff);
    let mut changed = document.clone();
    changed.apply(vec![Edit::PutHandoff(id, handoff)]).expect("sound");
    changed
}

/// See [`changed_handoff`].
pub fn changed_party(document: &Document, id: PartyId, change: impl FnOnce(&mut Party)) -> Document {
    let mut party = (**document.party(id).expect("is there")).clone();
    change(&mut party);
    let mut changed = document.clone();
    changed.apply(vec![Edit::PutParty(id, party)]).expect("sound");
    changed
}

/// The figures of one customer.
pub fn figures_of(document: &Document, customer: PartyId) -> CustomerFigures {
    report(document).customers.into_iter().find(|figures| figures.party == customer).expect("a customer")
}

/// Fewer cases where one case takes many reports.
pub fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}
