//! Times measuring text and painting pictures: `cargo bench --no-default-features --bench png`.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::time::Instant;

use peel::scene::Weight;
use peel::scene::text::Fonts;

fn main() {
    let fonts = Fonts::bundled();
    let labels: Vec<String> = (0..10_000).map(|i| format!("Credit assessment {i}")).collect();
    for round in ["cold", "cached"] {
        let start = Instant::now();
        let sum: f32 = labels.iter().map(|label| fonts.width(label, 13.0, Weight::Regular)).sum();
        println!("10,000 labels {round}: {:.1} ms ({sum:.0})", start.elapsed().as_secs_f64() * 1e3);
    }
    let start = Instant::now();
    let lines: usize = labels.iter().map(|label| fonts.wrap(label, 13.0, Weight::SemiBold, 90.0, 2).len()).sum();
    println!("10,000 labels wrapped: {:.1} ms ({lines} lines)", start.elapsed().as_secs_f64() * 1e3);
    let start = Instant::now();
    let glyphs: usize = labels.iter().map(|label| fonts.shape(label, Weight::Regular).len()).sum();
    println!("10,000 labels shaped: {:.1} ms ({glyphs} glyphs)", start.elapsed().as_secs_f64() * 1e3);
}
