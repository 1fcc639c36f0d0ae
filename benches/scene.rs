//! Times what the window does with a map between two frames: the whole scene, one card dragged, all dragged, one edit.
//!
//! `cargo bench --no-default-features --bench scene -- [PARTIES …]` prints milliseconds, the median of several runs.
#![expect(clippy::print_stdout, reason = "the table is the result")]

#[path = "common/maps.rs"]
mod maps;
#[path = "common/time.rs"]
mod time;

use std::collections::BTreeMap;

use maps::{counts, document};
use peel::geom::{Point, pt};
use peel::model::{Edit, Party, PartyId, PartyKind};
use peel::scene::map::MapScene;
use peel::scene::text::Fonts;
use time::median;

fn main() {
    let fonts = Fonts::bundled();
    println!("{:>8} {:>10} {:>10} {:>10} {:>10}", "parties", "whole", "drag one", "drag all", "one edit");
    for count in counts(&[100, 1_000, 2_000, 10_000]) {
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
