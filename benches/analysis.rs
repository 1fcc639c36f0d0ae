//! Times what is recomputed of a map after an edit: `cargo bench --no-default-features --bench analysis [-- PARTIES …]`; a map
//! has twice as many handoffs as parties.
//!
//! Prints milliseconds, the fastest of several runs, as whatever else the machine does only makes them slower, for shapes of
//! map: *rows*, a chain as deep as it can be, and *layers*, a wide one with rework and all numbers known, with one external
//! customer and with five. The figures of a customer are summed over all customers; the last rows are the whole report, the
//! same in the middle of the runs, and how much of a frame of 16.7 ms it takes at its fastest.
#![expect(clippy::print_stdout, reason = "the table is the result")]

#[path = "common/maps.rs"]
mod maps;
#[path = "common/time.rs"]
mod time;

use maps::{counts, document};
use peel::analysis::findings::findings;
use peel::analysis::{
    Chain, Walk, bottlenecks, gains, layers, lead_time, lifts, longest_chain, progress, quality, report_on, rework,
    silos, snowball, timeline, weak_points,
};
use peel::geom::pt;
use peel::model::{Document, Edit, Handoff, HandoffKind, IdGen, Lever, Party, PartyId, PartyKind};
use time::median;

/// One frame in milliseconds.
const FRAME: f64 = 16.7;

fn main() {
    let counts = counts(&[100, 1_000, 10_000, 50_000]);
    let one = |count| layered(count, 1);
    let five = |count| layered(count, 5);
    let shapes: [(&str, &dyn Fn(usize) -> Document); 3] =
        [("rows", &rows), ("layers, 1 customer", &one), ("layers, 5 customers", &five)];
    for (shape, make) in shapes {
        let columns: Vec<Vec<(&str, f64)>> = counts.iter().map(|count| times(&make(*count))).collect();
        let heads: Vec<String> = counts.iter().map(|count| format!(" {count} |")).collect();
        println!("\n| {shape} |{}\n|---|{}", heads.concat(), "---|".repeat(counts.len()));
        for at in 0..columns.first().map_or(0, Vec::len) {
            let cells: Vec<String> = columns.iter().map(|column| format!(" {:.3} |", column[at].1)).collect();
            println!("| {} |{}", columns[0][at].0, cells.concat());
        }
    }
}

/// What takes how long on one map.
fn times(document: &Document) -> Vec<(&'static str, f64)> {
    let runs = if document.parties_len() > 20_000 { 9 } else { 31 };
    let chain = Chain::new(document);
    let (whole, nearest) = (chain.whole(), layers::nearest(&chain));
    let upstreams: Vec<Walk> = chain.customers().map(|customer| chain.upstream(customer)).collect();
    let around: Vec<Vec<Option<usize>>> =
        chain.customers().map(|customer| layers::nearest_nodes(&chain, std::iter::once(customer))).collect();
    let each = |figure: &dyn Fn(&Walk)| fastest(runs, || upstreams.iter().for_each(figure));
    let mut times = vec![
        ("Chain::new", fastest(runs, || drop(Chain::new(document)))),
        ("whole walk", fastest(runs, || drop(chain.whole()))),
        ("nearest layers", fastest(runs, || drop(layers::nearest(&chain)))),
        ("longest layers", fastest(runs, || drop(layers::longest(&chain, &whole)))),
        ("silos", fastest(runs, || drop(silos(&chain, &nearest)))),
        ("weak points", fastest(runs, || drop(weak_points(&chain, &whole)))),
        ("upstream walk", fastest(runs, || chain.customers().for_each(|customer| drop(chain.upstream(customer))))),
        ("quality", each(&|walk| drop(quality(&chain, walk)))),
        ("lead time", each(&|walk| drop(lead_time(&chain, walk)))),
        ("timeline", each(&|walk| drop(timeline(&chain, walk)))),
        ("gains", each(&|walk| drop(gains(&chain, walk)))),
        ("lifts", each(&|walk| drop(lifts(&chain, walk, Lever::CompleteAccurate)))),
        ("rework", each(&|walk| drop(rework(&chain, walk)))),
        ("bottlenecks", each(&|walk| drop(bottlenecks(&chain, walk)))),
        ("longest chain", each(&|walk| drop(longest_chain(&chain, walk)))),
        ("snowball", fastest(runs, || upstreams.iter().zip(&around).for_each(|(w, l)| drop(snowball(&chain, w, l))))),
        ("steps", fastest(runs, || drop(progress(document, None)))),
        ("findings", fastest(runs, || drop(findings(&chain, None)))),
    ];
    let report = fastest(runs, || drop(report_on(document, None)));
    let middle = median(runs, |_| drop(report_on(document, None)));
    times.extend([("whole report", report), ("in the middle", middle), ("report / frame", report / FRAME)]);
    times
}

/// The shortest time of several runs in milliseconds.
fn fastest(times: usize, mut work: impl FnMut()) -> f64 {
    (0..times).map(|_| median(1, |_| work())).fold(f64::INFINITY, f64::min)
}

/// The map of the other benches, with numbers, and the last party as external customer.
fn rows(count: usize) -> Document {
    let mut map = document(count);
    let parties: Vec<(PartyId, Party)> = map.parties().map(|(id, party)| (id, (**party).clone())).collect();
    let last = parties.iter().filter(|(id, _)| map.outputs(*id).next().is_none()).map(|(id, _)| *id).next_back();
    let mut edits: Vec<Edit> = Vec::new();
    for (at, (id, party)) in parties.into_iter().enumerate() {
        let kind = if Some(id) == last { PartyKind::Customer } else { PartyKind::Process };
        let process_time_h = Some(1.0 + (at % 13) as f64);
        edits.push(Edit::PutParty(
            id,
            Party { kind, process_time_h, value_adding: Some(!at.is_multiple_of(3)), ..party },
        ));
    }
    for (at, (id, handoff)) in map.handoffs().enumerate() {
        edits.push(Edit::PutHandoff(id, numbered((**handoff).clone(), at)));
    }
    map.apply(edits).unwrap_or_default();
    map
}

/// Every number of a handoff known.
fn numbered(handoff: Handoff, at: usize) -> Handoff {
    Handoff {
        wait_h: Some((at * 7 % 41) as f64),
        complete_accurate_pct: Some(60.0 + (at * 31 % 400) as f64 / 10.0),
        on_time_pct: Some(70.0 + (at * 17 % 300) as f64 / 10.0),
        volume: Some((at % 300) as f64),
        check_h: Some(0.1),
        fix_receiver_h: Some(0.5),
        critical: !at.is_multiple_of(10),
        ..handoff
    }
}

/// External customers, and processes in layers that get wider towards the middle. Each hands to one of the next layer,
/// then some again, a few over a layer, and one in fourteen back.
fn layered(count: usize, customers: usize) -> Document {
    let depth = (count as f64).log2().ceil() as usize * 2;
    let mut ids = IdGen::new(400_000, 1);
    let parties: Vec<PartyId> = (0..count).map(|_| ids.make()).collect();
    let mut edits = Vec::new();
    // The customers are the first; a layer begins where the one before it ends.
    let begin = |layer: usize| {
        let part = layer as f64 / depth as f64;
        let wide = part * part * (3.0 - 2.0 * part);
        if layer == 0 { 0 } else { (customers + (wide * (count - customers) as f64) as usize).min(count) }
    };
    let starts: Vec<usize> = (0..=depth + 1).map(|layer| if layer > depth { count } else { begin(layer) }).collect();
    let layer_of = |at: usize| starts.partition_point(|start| *start <= at).saturating_sub(1);
    let in_layer = |layer: usize, lot: usize| {
        let (from, to) = (starts[layer], starts[layer + 1].max(starts[layer] + 1));
        (from + lot % (to - from)).min(count - 1)
    };
    for (at, id) in parties.iter().enumerate() {
        let kind = if at < customers { PartyKind::Customer } else { PartyKind::Process };
        let words = ["Order intake", "Parts check", "Steel planning", "Quality review", "Freight desk"][at * 7 % 5];
        let party = Party {
            department: format!("Department {}", at * 5 % 23),
            process_time_h: Some(0.25 + (at * 13 % 240) as f64 / 40.0),
            value_adding: Some(!at.is_multiple_of(3)),
            rate_per_h: Some(50.0),
            ..Party::named(format!("{words} {}", at * 7919 % count), kind)
        };
        edits.extend([Edit::PutParty(*id, party), Edit::Place(*id, pt((at % 100) as f32, (at / 100) as f32))]);
    }
    let mut lot = 12_345_usize;
    let mut chance = || {
        lot = lot.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        lot >> 33
    };
    for n in 0..2 * count {
        let at = if n < count { n.max(customers) } else { customers + chance() % (count - customers) };
        let (layer, turn) = (layer_of(at), chance() % 100);
        let (to, kind) = match turn {
            _ if n < count => (layer.saturating_sub(1), HandoffKind::Forward),
            0..80 => (layer.saturating_sub(1), HandoffKind::Forward),
            80..93 => (layer.saturating_sub(2 + turn % 3), HandoffKind::Forward),
            _ => ((layer + 1 + turn % 2).min(depth - 1), HandoffKind::Rework),
        };
        let to = in_layer(to, chance());
        if to != at {
            let handoff = Handoff::between(Some(parties[at]), Some(parties[to]), format!("Item {}", chance() % count));
            edits.push(Edit::PutHandoff(ids.make(), numbered(Handoff { kind, ..handoff }, n)));
        }
    }
    let mut map = Document::default();
    let applied = map.apply(edits);
    assert!(applied.is_ok(), "the map is sound: {applied:?}");
    map
}
