//! Times what the window does with a map between two frames: the whole scene, one card dragged, all dragged, one edit.
//!
//! `cargo bench --no-default-features --bench scene -- [PARTIES …]` prints milliseconds, the median of several runs.
#![expect(clippy::print_stdout, reason = "the table is the result")]

use std::collections::BTreeMap;
use std::time::Instant;

use peel::geom::{Point, pt};
use peel::model::{Document, Edit, Handoff, IdGen, Party, PartyId, PartyKind};
use peel::scene::map::MapScene;
use peel::scene::text::Fonts;

/// A chain of `count` parties in rows of 20, each handing to the next and to the one 20 further on.
fn document(count: usize) -> Document {
    let mut ids = IdGen::new(400_000, 1);
    let parties: Vec<PartyId> = (0..count).map(|_| ids.make()).collect();
    let mut edits = Vec::new();
    for (i, id) in parties.iter().enumerate() {
        let party =
            Party { department: format!("D{}", i % 9), ..Party::named(format!("Party {i}"), PartyKind::Process) };
        edits.push(Edit::PutParty(*id, party));
        edits.push(Edit::Place(*id, pt((i % 20) as f32 * 320.0, (i / 20) as f32 * 140.0)));
        for other in [i + 1, i + 20].into_iter().filter_map(|n| parties.get(n)) {
            let handoff = Handoff::between(Some(*id), Some(*other), format!("Item {i}"));
            edits.push(Edit::PutHandoff(ids.make(), Handoff { complete_accurate_pct: Some(93.0), ..handoff }));
        }
    }
    let mut document = Document::default();
    if let Err(error) = document.apply(edits) {
        println!("{error}");
    }
    document
}

fn median(times: usize, mut work: impl FnMut(usize)) -> f64 {
    let mut taken: Vec<f64> = (0..times)
        .map(|i| {
            let start = Instant::now();
            work(i);
            start.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    taken.sort_by(f64::total_cmp);
    taken[times / 2]
}

fn main() {
    let counts: Vec<usize> = std::env::args().filter_map(|word| word.parse().ok()).collect();
    let counts = if counts.is_empty() { vec![100, 1_000, 2_000, 10_000] } else { counts };
    let fonts = Fonts::bundled();
    println!("{:>8} {:>10} {:>10} {:>10} {:>10}", "parties", "whole", "drag one", "drag all", "one edit");
    for count in counts {
        let document = document(count);
        let whole = median(5, |_| drop(MapScene::of(&document, &fonts)));
        let mut scene = MapScene::of(&document, &fonts);
        let moved = |by: f32, all: bool| -> BTreeMap<PartyId, Point> {
            let places = document.parties().filter_map(|(id, _)| Some((id, document.place(id)? + pt(by, by))));
            if all { places.collect() } else { places.take(1).collect() }
        };
        let one = median(11, |i| drop(scene.sync(&document, &moved(i as f32 + 1.0, false), &fonts)));
        let all = median(11, |i| drop(scene.sync(&document, &moved(i as f32 + 1.0, true), &fonts)));
        scene.sync(&document, &BTreeMap::new(), &fonts);
        let mut edited = document.clone();
        let edit = median(11, |i| {
            if let Some((id, _)) = document.parties().next() {
                let party = Party::named(format!("Renamed {i}"), PartyKind::Process);
                drop(edited.apply(vec![Edit::PutParty(id, party)]));
            }
            scene.sync(&edited, &BTreeMap::new(), &fonts);
        });
        println!("{count:>8} {whole:>10.2} {one:>10.3} {all:>10.2} {edit:>10.3}");
    }
}
