//! Times measuring text and painting pictures: `cargo bench --no-default-features --bench png [-- CARDS] [encoders]`.
#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]

use std::time::Instant;

use peel::export::png::{PngOptions, png, rgba, scale_for_width, size_in_pixels};
use peel::geom::{Point, Rect, Size, pt};
use peel::scene::text::Fonts;
use peel::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Weight};

fn main() {
    let fonts = Fonts::bundled();
    let only = std::env::args().find_map(|arg| arg.parse::<usize>().ok());
    if only.is_none() {
        texts(&fonts);
    }
    for (cards, columns) in [(100, 8), (1_000, 25), (10_000, 80), (50_000, 180)] {
        if only.is_some_and(|only| only != cards) {
            continue;
        }
        let start = Instant::now();
        let scene = cards_and_lines(&fonts, cards, columns);
        let made = start.elapsed();
        let options = PngOptions { pixels_per_unit: scale_for_width(&scene, 4000), ..PngOptions::default() };
        let (width, height) = size_in_pixels(&scene, options.pixels_per_unit);
        if std::env::args().any(|arg| arg == "encoders") {
            encoders(&rgba(&scene, &fonts, &options).expect("paints"));
        }
        for _ in 0..3 {
            let (start, cpu) = (Instant::now(), cpu_ms());
            let image = rgba(&scene, &fonts, &options).expect("paints");
            let painted = (start.elapsed().as_secs_f64() * 1e3, cpu_ms() - cpu);
            let (start, cpu) = (Instant::now(), cpu_ms());
            let file = png(&scene, &fonts, &options).expect("paints").len();
            let written = (start.elapsed().as_secs_f64() * 1e3, cpu_ms() - cpu);
            println!(
                "{cards:>6} cards, {width} × {height}: scene {:.0} ms; painted {:.0} ms (CPU {:.0}); PNG {:.0} ms (CPU {:.0}), {:.2} MB of {:.0}",
                made.as_secs_f64() * 1e3,
                painted.0,
                painted.1,
                written.0,
                written.1,
                file as f64 / 1e6,
                image.pixels.len() as f64 / 1e6,
            );
        }
    }
}

/// CPU time of all threads so far, in steps of 10 ms (Linux; 0 elsewhere): the clock says little on a busy machine.
fn cpu_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap_or_default().split_whitespace().collect();
    fields.iter().skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}

/// Time and size of other ways to encode a picture.
fn encoders(image: &peel::export::png::Image) {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};
    use image::{ExtendedColorType, ImageEncoder as _};
    let rgb: Vec<u8> = image.pixels.as_chunks::<4>().0.iter().flat_map(|p| [p[0], p[1], p[2]]).collect();
    for (name, compression) in [
        ("fast", CompressionType::Fast),
        ("level 1", CompressionType::Level(1)),
        ("level 2", CompressionType::Level(2)),
        ("level 4", CompressionType::Level(4)),
        ("default", CompressionType::Default),
    ] {
        for filter in [FilterType::Adaptive, FilterType::Up, FilterType::Sub, FilterType::NoFilter, FilterType::Paeth] {
            let (cpu, mut file) = (cpu_ms(), Vec::new());
            let encoder = PngEncoder::new_with_quality(&mut file, compression, filter);
            encoder.write_image(&rgb, image.width, image.height, ExtendedColorType::Rgb8).expect("encodes");
            println!("    {name}, {filter:?}: {:.0} ms, {:.2} MB", cpu_ms() - cpu, file.len() as f64 / 1e6);
        }
    }
}

fn texts(fonts: &Fonts) {
    let labels: Vec<String> = (0..10_000).map(|i| format!("Credit assessment {i}")).collect();
    for round in ["cold", "cached"] {
        let start = Instant::now();
        let sum: f32 = labels.iter().map(|label| fonts.width(label, 13.0, Weight::Regular)).sum();
        println!("10,000 labels {round}: {:.1} ms ({sum:.0})", start.elapsed().as_secs_f64() * 1e3);
    }
    let start = Instant::now();
    let lines: usize = labels.iter().map(|label| fonts.wrap(label, 13.0, Weight::SemiBold, 90.0, 2).len()).sum();
    println!("10,000 labels wrapped: {:.1} ms ({lines} lines)", start.elapsed().as_secs_f64() * 1e3);
}

fn text(fonts: &Fonts, at: Point, text: &str, size: f32, weight: Weight, ink: Ink) -> Item {
    let line = fonts.line(text, size, weight);
    Item::Text { at, align: Align::Left, size, weight, ink, text: line.text, width: line.width }
}

/// Cards in a grid, each of eight items, and two curved lines to other cards each.
fn cards_and_lines(fonts: &Fonts, cards: usize, columns: usize) -> Scene {
    let place = |i: usize| pt((i % columns) as f32 * 260.0 + 40.0, (i / columns) as f32 * 150.0 + 40.0);
    let mut scene = Scene::default();
    for i in 0..2 * cards {
        let (from, to) = (place(i % cards), place((i % cards + 1 + (i % 3) * columns + i / cards) % cards));
        let (a, b) = (from + pt(200.0, 45.0), to + pt(0.0, 45.0));
        let segments = vec![Segment::Move(a), Segment::Cubic(a + pt(80.0, 0.0), b - pt(80.0, 0.0), b)];
        let stroke = Stroke { dash: (i % 9 == 0).then_some((6.0, 4.0)), ..Stroke::solid(Ink::Line, 1.5) };
        let head =
            vec![Segment::Move(b), Segment::Line(b + pt(-9.0, -4.0)), Segment::Line(b + pt(-9.0, 4.0)), Segment::Close];
        scene.groups.push(Group {
            items: vec![
                Item::Path { segments, fill: None, stroke: Some(stroke) },
                Item::Path { segments: head, fill: Some(Ink::Line), stroke: None },
            ],
            ..Group::default()
        });
    }
    for i in 0..cards {
        let at = place(i);
        let rect = Rect::from_min_size(at, Size { w: 200.0, h: 90.0 });
        let band = Rect::from_min_size(at, Size { w: 5.0, h: 90.0 });
        let edge = Some(Stroke::solid(Ink::CardEdge, 1.0));
        let name = format!("Credit assessment {i}");
        let items = vec![
            Item::Rect { rect: rect.translate(pt(0.0, 2.0)), radius: 8.0, fill: Some(Ink::Shadow), stroke: None },
            Item::Rect { rect, radius: 8.0, fill: Some(Ink::Card), stroke: edge },
            Item::Rect { rect: band, radius: 2.0, fill: Some(Ink::Department((i % 12) as u8)), stroke: None },
            text(fonts, at + pt(16.0, 24.0), &name, 14.0, Weight::SemiBold, Ink::Text),
            text(fonts, at + pt(16.0, 42.0), "Retail lending", 12.0, Weight::Regular, Ink::Faint),
            text(fonts, at + pt(16.0, 64.0), &format!("{} h wait", i % 97), 12.0, Weight::Regular, Ink::Text),
            text(
                fonts,
                at + pt(16.0, 80.0),
                &format!("{} % complete and accurate", i % 100),
                12.0,
                Weight::Regular,
                Ink::Bad,
            ),
            Item::Rect {
                rect: Rect::from_min_size(at + pt(150.0, 56.0), Size { w: 40.0, h: 18.0 }),
                radius: 9.0,
                fill: Some(Ink::WarnSoft),
                stroke: Some(Stroke::solid(Ink::Warn, 1.0)),
            },
        ];
        scene.groups.push(Group { items, bounds: Some(rect), ..Group::default() });
    }
    let (columns, rows) = (columns as f32, cards.div_ceil(columns) as f32);
    scene.bounds = Some(Rect { min: pt(0.0, 0.0), max: pt(columns * 260.0 + 20.0, rows * 150.0 + 20.0) });
    scene
}
