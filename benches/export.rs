//! Times the exporters on maps of several sizes: `cargo bench --no-default-features --bench export [-- PARTIES …]`.
//!
//! Prints milliseconds of CPU, the least of several runs, and megabytes; with Graphviz's `dot` on the machine, also what
//! it takes to write the same map as a PDF with all places given (`-Kneato -n`, straight lines), and the ratio.
#![expect(clippy::print_stdout, reason = "the table is the result")]

#[path = "common/maps.rs"]
mod maps;

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Write as _;
use std::process::{Command, Stdio};

use maps::{counts, document};
use peel::export::{ALL, Extent, Page, Paper, Picture};
use peel::files::format;
use peel::model::Document;
use peel::scene::Theme;
use peel::scene::map::MapScene;
use peel::scene::picture::{PictureOptions, picture};
use peel::scene::text::Fonts;

fn main() {
    let fonts = Fonts::bundled();
    for count in counts(&[100, 1_000, 5_000, 10_000]) {
        let document = document(count);
        let (map, details) = (format::write(&document), BTreeMap::new());
        let scene = picture(&document, MapScene::of(&document, &fonts).drawing(), &fonts, &PictureOptions::default());
        let graphviz = graphviz(&document);
        for exporter in ALL {
            let picture = Picture {
                pages: &[Page { scene: &scene, title: "Map", notes: "" }],
                details: &details,
                paper: Paper::Fit,
                fonts: &fonts,
                theme: Theme::Light,
                transparent: false,
                extent: if exporter.has_pixels { Extent::Width(4000) } else { Extent::Scale(1.0) },
                title: "A map",
                map: Some(&map),
                cancel: None,
            };
            let size = match (exporter.export)(&picture) {
                Ok(file) => file.len(),
                Err(refusal) => {
                    println!("{count:>6} parties, {}: refused, {refusal}", exporter.id);
                    continue;
                }
            };
            let least = least(3, || drop((exporter.export)(&picture)));
            let ratio = graphviz.filter(|_| exporter.id == "pdf");
            let ratio = ratio.map(|ms| format!(", Graphviz {ms:.0} ms, ratio {:.2}", least / ms)).unwrap_or_default();
            println!("{count:>6} parties, {}: {least:.1} ms, {:.2} MB{ratio}", exporter.id, size as f64 / 1e6);
        }
    }
}

/// The least CPU time of several runs, of all threads, in milliseconds; below 100 ms, of ten times as many runs together,
/// because the system counts in steps of 10 ms.
fn least(times: usize, mut work: impl FnMut()) -> f64 {
    let mut run = |repeats: u32| {
        let start = cpu_ms(11);
        (0..repeats).for_each(|_| work());
        (cpu_ms(11) - start) / f64::from(repeats)
    };
    let repeats = if run(1) < 100.0 { 10 } else { 1 };
    (0..times).map(|_| run(repeats)).fold(f64::INFINITY, f64::min)
}

/// CPU time so far (Linux; 0 elsewhere), from this field of the process's state on: 11 its own, 13 that of programs it ran.
fn cpu_ms(field: usize) -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields.iter().skip(field).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// CPU time of Graphviz for the same cards and lines as a PDF; `None` when it is not there.
fn graphviz(document: &Document) -> Option<f64> {
    let mut graph = String::from("digraph { node [shape=box, fixedsize=true, width=2.2, height=0.8]\n");
    for (id, party) in document.parties() {
        let at = document.place(id).unwrap_or_default();
        writeln!(graph, "\"{id:?}\" [label=\"{}\", pos=\"{},{}!\"]", party.name, at.x * 0.75, -at.y * 0.75).ok()?;
    }
    for (_, handoff) in document.handoffs() {
        let (from, to) = handoff.ends()?;
        writeln!(graph, "\"{from:?}\" -> \"{to:?}\" [label=\"{}\"]", handoff.item).ok()?;
    }
    graph.push('}');
    let start = cpu_ms(13);
    let arguments = ["-Kneato", "-n", "-Gsplines=line", "-Tpdf"];
    let mut dot = Command::new("dot")
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    dot.stdin.take()?.write_all(graph.as_bytes()).ok()?;
    dot.wait().ok().filter(|status| status.success())?;
    Some(cpu_ms(13) - start).filter(|ms| *ms > 0.0)
}
