//! Times the simulation of the lead time: `cargo bench --no-default-features --bench simulation [-- PARTIES …]`; a map has
//! twice as many handoffs as parties, all times vary, and one handoff in ten comes back now and then.
//!
//! Prints milliseconds, the median of several simulations: 10,000 runs for maps of up to 1,000 parties and 1,000 for larger
//! ones, by how work comes back; beside it the longest time between two reports of progress.
#![expect(clippy::print_stdout, reason = "the table is the result")]

#[path = "common/maps.rs"]
mod maps;
#[path = "common/time.rs"]
mod time;

use std::cell::Cell;
use std::time::Instant;

use maps::{counts, document};
use peel::analysis::{Chain, Repeat, Setting, simulate};
use peel::model::{Document, Edit, Handoff, HandoffId, Party, PartyId, PartyKind};
use time::median;

fn main() {
    println!("| parties | handoffs | runs | never back | once | until right | longest without report |");
    println!("|---|---|---|---|---|---|---|");
    for count in counts(&[200, 1_000, 10_000]) {
        let document = with_times(document(count));
        let chain = Chain::new(&document);
        let customer = chain.customers().next().unwrap_or_default();
        let runs = if count > 1_000 { 1_000 } else { 10_000 };
        let longest = Cell::new(0.0_f64);
        let run = |rework: Repeat| {
            let setting = Setting { runs, rework, ..Setting::default() };
            median(3, |_| {
                let last = Cell::new(Instant::now());
                let watch = |_: f64| {
                    longest.set(longest.get().max(last.replace(Instant::now()).elapsed().as_secs_f64() * 1000.0));
                    true
                };
                let result = simulate(&chain, customer, &setting, &watch);
                assert!(result.is_some_and(|found| found.deviation_h > 0.0), "times vary");
            })
        };
        println!(
            "| {count} | {} | {runs} | {:.0} | {:.0} | {:.0} | {:.1} |",
            document.handoffs_len(),
            run(Repeat::None),
            run(Repeat::Once),
            run(Repeat::UntilRight),
            longest.get(),
        );
    }
}

/// The map with ranges everywhere; its last party is the external customer.
fn with_times(mut document: Document) -> Document {
    let parties: Vec<(PartyId, Party)> = document.parties().map(|(id, party)| (id, (**party).clone())).collect();
    let handoffs: Vec<(HandoffId, Handoff)> = document.handoffs().map(|(id, h)| (id, (**h).clone())).collect();
    let last = parties.len() - 1;
    let range = |i: usize| [0.5, 1.0, 2.5].map(|factor| Some(factor * (1 + i * 31 % 17) as f64));
    let with_process = |(i, (id, party)): (usize, (PartyId, Party))| {
        let kind = if i == last { PartyKind::Customer } else { PartyKind::Process };
        let [process_time_low_h, process_time_h, process_time_high_h] = range(i);
        Edit::PutParty(id, Party { kind, process_time_low_h, process_time_h, process_time_high_h, ..party })
    };
    let with_wait = |(i, (id, handoff)): (usize, (HandoffId, Handoff))| {
        let complete_accurate_pct = Some(if i % 10 == 0 { 80.0 } else { 100.0 });
        let [wait_low_h, wait_h, wait_high_h] = range(i * 7);
        Edit::PutHandoff(id, Handoff { wait_low_h, wait_h, wait_high_h, complete_accurate_pct, ..handoff })
    };
    let edits = parties.into_iter().enumerate().map(with_process);
    let edits = edits.chain(handoffs.into_iter().enumerate().map(with_wait));
    let applied = document.apply(edits);
    assert!(applied.is_ok(), "the map is sound: {applied:?}");
    document
}
