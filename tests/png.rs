//! Pictures as PNG: what is painted where, how large, and what is kept in the file.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use peel::export::png::{Image, PngError, PngOptions, embedded_map, png, rgba, scale_for_width, size_in_pixels};
use peel::geom::{Point, Rect, Size, pt};
use peel::scene::text::Fonts;
use peel::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Theme, Weight};

fn rect(x: f32, y: f32, w: f32, h: f32) -> Rect {
    Rect::from_min_size(pt(x, y), Size { w, h })
}

fn filled(rect: Rect, radius: f32, ink: Ink) -> Item {
    Item::Rect { rect, radius, fill: Some(ink), stroke: None }
}

fn card(rect: Rect, radius: f32) -> Item {
    Item::Rect { rect, radius, fill: Some(Ink::Card), stroke: Some(Stroke::solid(Ink::CardEdge, 1.0)) }
}

fn text(at: Point, size: f32, weight: Weight, ink: Ink, text: &str) -> Item {
    let line = Fonts::bundled().line(text, size, weight);
    Item::Text { at, align: Align::Left, size, weight, ink, text: line.text, width: line.width }
}

fn aligned(align: Align, at: Point, words: &str) -> Item {
    let line = Fonts::bundled().line(words, 20.0, Weight::Regular);
    Item::Text { at, align, size: 20.0, weight: Weight::Regular, ink: Ink::Text, text: line.text, width: line.width }
}

fn line(points: &[Point], stroke: Stroke) -> Item {
    let mut segments = vec![Segment::Move(points[0])];
    segments.extend(points[1..].iter().map(|p| Segment::Line(*p)));
    Item::Path { segments, fill: None, stroke: Some(stroke) }
}

fn curve(from: Point, bend: f32, to: Point, stroke: Stroke) -> Item {
    let segments = vec![Segment::Move(from), Segment::Cubic(from + pt(bend, 0.0), to - pt(bend, 0.0), to)];
    Item::Path { segments, fill: None, stroke: Some(stroke) }
}

fn scene(bounds: Rect, items: Vec<Item>) -> Scene {
    Scene { groups: vec![Group { items, ..Group::default() }], bounds: Some(bounds) }
}

/// Two cards, a handoff between them and its label.
fn sample() -> Scene {
    let tip = pt(300.0, 105.0);
    let [up, down] = [tip + pt(-9.0, -4.0), tip + pt(-9.0, 4.0)];
    let head = vec![Segment::Move(tip), Segment::Line(up), Segment::Line(down), Segment::Close];
    let dashed = Stroke { dash: Some((6.0, 4.0)), ..Stroke::solid(Ink::Rework, 1.5) };
    let mut items = vec![
        curve(pt(220.0, 65.0), 40.0, tip, Stroke::solid(Ink::Line, 1.5)),
        Item::Path { segments: head, fill: Some(Ink::Line), stroke: None },
        line(&[pt(120.0, 110.0), pt(120.0, 170.0), pt(400.0, 170.0), pt(400.0, 150.0)], dashed),
    ];
    for (x, y, name, department) in
        [(20.0, 20.0, "Credit assessment", "Retail lending"), (300.0, 60.0, "AVAV Type To.", "Risk")]
    {
        items.push(filled(rect(x, y + 2.0, 200.0, 90.0), 8.0, Ink::Shadow));
        items.push(card(rect(x, y, 200.0, 90.0), 8.0));
        items.push(filled(rect(x, y, 5.0, 90.0), 2.0, Ink::Department(0)));
        for (down, size, weight, ink, words) in [
            (26.0, 14.0, Weight::SemiBold, Ink::Text, name),
            (44.0, 12.0, Weight::Regular, Ink::Faint, department),
            (64.0, 12.0, Weight::Regular, Ink::Text, "PT 2 h · waits 8 h"),
            (80.0, 11.0, Weight::Regular, Ink::Bad, "62.4 % complete and accurate"),
        ] {
            items.push(text(pt(x + 16.0, y + down), size, weight, ink, words));
        }
    }
    items.push(text(pt(250.0, 80.0), 11.0, Weight::Regular, Ink::Faint, "file"));
    let title = "Loan approval: “from 97,5 % to 99 %” → 20 days";
    items.push(text(pt(20.0, 200.0), 24.0, Weight::SemiBold, Ink::Text, title));
    scene(rect(0.0, 0.0, 640.0, 220.0), items)
}

fn at(scale: f32) -> PngOptions {
    PngOptions { pixels_per_unit: scale, ..PngOptions::default() }
}

fn painted(scene: &Scene, options: &PngOptions) -> Image {
    rgba(scene, &Fonts::bundled(), options).expect("paints")
}

fn file_of(scene: &Scene, options: &PngOptions) -> Vec<u8> {
    png(scene, &Fonts::bundled(), options).expect("a file")
}

fn pixel(image: &Image, x: u32, y: u32) -> [u8; 4] {
    let first = 4 * (y * image.width + x) as usize;
    image.pixels[first..first + 4].try_into().expect("four bytes")
}

/// How much darker than the paper a pixel is, 0 to 255.
fn darkness(image: &Image, x: u32, y: u32) -> u8 {
    Theme::Light.rgba(Ink::Paper)[0].saturating_sub(pixel(image, x, y)[0])
}

/// The smallest rectangle that holds all pixels at least this dark, as (left, top, right, bottom).
fn ink_bounds(image: &Image, darkest: u8) -> (f32, f32, f32, f32) {
    let mut found: Option<(u32, u32, u32, u32)> = None;
    for y in 0..image.height {
        for x in (0..image.width).filter(|x| darkness(image, *x, y) >= darkest) {
            let (l, t, r, b) = found.unwrap_or((x, y, x + 1, y + 1));
            found = Some((l.min(x), t.min(y), r.max(x + 1), b.max(y + 1)));
        }
    }
    let (l, t, r, b) = found.expect("ink");
    (l as f32, t as f32, r as f32, b as f32)
}

#[test]
fn colours_are_where_they_belong() {
    for theme in [Theme::Light, Theme::Dark] {
        for scale in [1, 4] {
            let image = painted(&sample(), &PngOptions { theme, ..at(scale as f32) });
            assert_eq!((image.width, image.height), (640 * scale, 220 * scale));
            for (x, y, ink, what) in [
                (5, 5, Ink::Paper, "outside"),
                (150, 10, Ink::Paper, "above the card"),
                (210, 60, Ink::Card, "inside the card"),
                (22, 60, Ink::Department(0), "the band of the department"),
                (295, 105, Ink::Line, "the arrow head"),
            ] {
                let found = pixel(&image, x * scale + scale / 2, y * scale + scale / 2);
                assert_eq!(found, theme.rgba(ink), "{what} at {scale}× in {theme:?}");
            }
            // The border lies half outside of the edge, so its pixels begin on the edge or before it.
            assert_eq!(pixel(&image, 100 * scale, 20 * scale), theme.rgba(Ink::CardEdge), "the upper edge");
            assert_eq!(pixel(&image, 220 * scale, 70 * scale), theme.rgba(Ink::CardEdge), "the right edge");
            assert!(image.pixels.chunks_exact(4).all(|p| p[3] == 255), "nothing is transparent");
        }
    }
}

#[test]
fn borders_are_sharp_at_every_scale() {
    let scene = scene(rect(0.0, 0.0, 100.0, 60.0), vec![card(rect(10.3, 10.7, 60.0, 30.0), 0.0)]);
    let [paper, inside, edge] = [Ink::Paper, Ink::Card, Ink::CardEdge].map(|ink| Theme::Light.rgba(ink)[0]);
    for scale in [1.0, 1.37, 2.0, 3.3] {
        let image = painted(&scene, &at(scale));
        let row: Vec<u8> = (0..image.width / 2).map(|x| pixel(&image, x, (25.0 * scale) as u32)[0]).collect();
        let border: Vec<u8> = row.iter().copied().filter(|v| *v != paper && *v != inside).collect();
        assert_eq!(border[0], edge, "{scale}: the border begins with its full colour: {row:?}");
        let between = border.iter().filter(|v| **v != edge).count();
        assert!(between <= 1, "{scale}: at most one pixel is in between: {border:?}");
    }
}

#[test]
fn upright_lines_are_sharp() {
    let points = [pt(5.2, 5.4), pt(30.7, 5.4), pt(30.7, 25.1)];
    for width in [0.4, 1.0, 2.0] {
        let image =
            painted(&scene(rect(0.0, 0.0, 40.0, 40.0), vec![line(&points, Stroke::solid(Ink::Text, width))]), &at(1.0));
        let dark: Vec<u8> = (0..12).map(|y| darkness(&image, 18, y)).filter(|d| *d > 0).collect();
        assert_eq!(dark.len(), width.ceil() as usize, "a line {width} wide: {dark:?}");
        let expected = 223.0 * width.min(1.0);
        assert!(dark.iter().all(|d| (f32::from(*d) - expected).abs() < 3.0), "{width}: {dark:?}");
    }
}

#[test]
fn text_is_as_wide_as_it_was_measured() {
    let fonts = Fonts::bundled();
    let ink = |words: &str, size: f32, weight: Weight| {
        let bounds = rect(0.0, 0.0, 60.0 + fonts.width(words, size, weight), 2.0 * size);
        let items = vec![text(pt(20.0, 1.5 * size), size, weight, Ink::Text, words)];
        ink_bounds(&painted(&scene(bounds, items), &at(1.0)), 110)
    };
    for weight in [Weight::Regular, Weight::SemiBold] {
        // All the lines begin and end with an H: its side bearings are what ink and width differ by.
        let (left, _, right, _) = ink("H", 400.0, weight);
        let bearing = ((left - 20.0) / 400.0, (20.0 + fonts.width("H", 400.0, weight) - right) / 400.0);
        for size in [9.0, 10.0, 13.0, 16.0, 31.0, 80.0] {
            for words in ["HH", "Handoff M – AVAV To H", "Hand Credit assessment and approval for H"] {
                let (left, top, right, bottom) = ink(words, size, weight);
                let (start, end) =
                    (20.0 + bearing.0 * size, 20.0 + fonts.width(words, size, weight) - bearing.1 * size);
                assert!((left - start).abs() <= 1.0, "{words} at {size}: begins at {left}, not {start}");
                assert!((right - end).abs() <= 1.0, "{words} at {size}: ends at {right}, not {end}");
                let cap = 1.5 * size - fonts.cap_height(weight) * size;
                assert!((top - cap).abs() <= 1.0 + 0.05 * size, "{words} at {size}: top at {top}, not {cap}");
                assert!(bottom <= 1.5 * size + 1.0 + fonts.descent(weight) * size, "{words} at {size}");
            }
        }
    }
}

#[test]
fn text_is_aligned_at_its_point() {
    let words = "HIH";
    let found = |align| {
        let items = vec![aligned(align, pt(100.0, 30.0), words)];
        let (left, _, right, _) = ink_bounds(&painted(&scene(rect(0.0, 0.0, 200.0, 40.0), items), &at(1.0)), 100);
        (left, right)
    };
    let width = Fonts::bundled().width(words, 20.0, Weight::Regular);
    let [left, center, right] = [Align::Left, Align::Center, Align::Right].map(found);
    assert!((left.0 - center.0 - width / 2.0).abs() <= 1.0, "{left:?} {center:?}");
    assert!((center.0 - right.0 - width / 2.0).abs() <= 1.0, "{center:?} {right:?}");
    assert!((f32::midpoint(center.0, center.1) - 100.0).abs() <= 1.0, "{center:?}");
}

#[test]
fn twice_as_large_and_averaged_is_the_same_picture() {
    let (small, large) = (painted(&sample(), &at(1.0)), painted(&sample(), &at(2.0)));
    let (mut sum, mut far) = (0.0, 0);
    for y in 0..small.height {
        for x in 0..small.width {
            let four = [(0, 0), (1, 0), (0, 1), (1, 1)].map(|(i, j)| pixel(&large, 2 * x + i, 2 * y + j));
            for c in 0..3 {
                let mean = four.iter().map(|p| f32::from(p[c])).sum::<f32>() / 4.0;
                let off = (mean - f32::from(pixel(&small, x, y)[c])).abs();
                sum += off;
                far += u32::from(off > 100.0);
            }
        }
    }
    let count = (small.width * small.height * 3) as f32;
    assert!(sum / count < 1.5, "mean difference {}", sum / count);
    assert!(far as f32 / count < 0.002, "{far} values of {count} differ much");
}

#[test]
fn tiny_text_is_as_dark_as_real_text() {
    let items = vec![text(pt(2.0, 14.0), 12.0, Weight::Regular, Ink::Text, "Credit assessment and approval of loans")];
    let scene = scene(rect(0.0, 0.0, 240.0, 20.0), items);
    let ink = |scale: f32| {
        let image = painted(&scene, &at(scale));
        let all = (0..image.height).flat_map(|y| (0..image.width).map(move |x| (x, y)));
        all.map(|(x, y)| f32::from(darkness(&image, x, y))).sum::<f32>() / (scale * scale)
    };
    let real = ink(4.0);
    for scale in [0.05, 0.1, 0.2, 0.24, 0.26, 0.5, 1.0] {
        assert!((ink(scale) / real - 1.0).abs() < 0.2, "at {scale}: {} of {real}", ink(scale));
    }
}

#[test]
fn dashes_have_gaps_and_short_ones_are_paler() {
    let stroke = Stroke { dash: Some((6.0, 4.0)), ..Stroke::solid(Ink::Text, 2.0) };
    let scene = scene(rect(0.0, 0.0, 100.0, 20.0), vec![line(&[pt(0.0, 10.0), pt(100.0, 10.0)], stroke)]);
    let image = painted(&scene, &at(1.0));
    let (ink, paper) = (Theme::Light.rgba(Ink::Text), Theme::Light.rgba(Ink::Paper));
    for x in 0..100 {
        assert_eq!(pixel(&image, x, 10), if x % 10 < 6 { ink } else { paper }, "{x}");
    }
    let small = painted(&scene, &at(0.05));
    let expected = 223.0 * 0.6 * 2.0 * 0.05;
    let found = f32::from(darkness(&small, 2, 0)) + f32::from(darkness(&small, 2, 1.min(small.height - 1)));
    assert!((found - expected).abs() < 3.0 || (found / 2.0 - expected).abs() < 3.0, "{found} for {expected}");
}

#[test]
fn a_transparent_picture_keeps_its_colours() {
    let items = vec![
        filled(rect(5.0, 5.0, 10.0, 10.0), 0.0, Ink::AccentSoft),
        filled(rect(20.0, 5.0, 15.0, 15.0), 7.0, Ink::Accent),
        filled(rect(5.0, 20.0, 10.0, 10.0), 0.0, Ink::Card),
        filled(rect(5.0, 20.0, 10.0, 10.0), 0.0, Ink::AccentSoft),
    ];
    let scene = scene(rect(0.0, 0.0, 40.0, 40.0), items);
    let options = PngOptions { transparent: true, ..at(1.0) };
    let image = painted(&scene, &options);
    assert_eq!(pixel(&image, 1, 1), [0, 0, 0, 0]);
    let (soft, expected) = (pixel(&image, 10, 10), Theme::Light.rgba(Ink::AccentSoft));
    assert_eq!(soft[3], expected[3]);
    assert!(soft.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 5), "{soft:?} {expected:?}");
    assert_eq!(pixel(&image, 27, 12), Theme::Light.rgba(Ink::Accent));
    let over_white = [0, 1, 2].map(|c| (255.0 + (f32::from(expected[c]) - 255.0) * 36.0 / 255.0).round() as u8);
    assert_eq!(pixel(&image, 10, 25)[..3], over_white, "over an opaque ground it is mixed");
    // Where the round corner covers a pixel in part, the colour is whole and only the opacity is less.
    let part = (20..35).map(|x| pixel(&image, x, 5)).find(|p| (60..200).contains(&p[3])).expect("a pixel in part");
    assert!(part.iter().zip(Theme::Light.rgba(Ink::Accent)).take(3).all(|(a, b)| a.abs_diff(b) <= 4), "{part:?}");
    assert_eq!(decoded(&file_of(&scene, &options)), (40, 40, image.pixels), "the file holds the same");
}

/// What another program sees in the file, as RGBA.
fn decoded(file: &[u8]) -> (u32, u32, Vec<u8>) {
    let image = image::load_from_memory(file).expect("a PNG").into_rgba8();
    (image.width(), image.height(), image.into_raw())
}

/// All chunks as (place of the length, kind, data).
fn chunks(file: &[u8]) -> impl Iterator<Item = (usize, [u8; 4], &[u8])> {
    let mut place = 8;
    std::iter::from_fn(move || {
        let length = u32::from_be_bytes(file.get(place..place + 4)?.try_into().ok()?) as usize;
        let kind = file.get(place + 4..place + 8)?.try_into().ok()?;
        let found = (place, kind, file.get(place + 8..place + 8 + length)?);
        place += 12 + length;
        Some(found)
    })
}

#[test]
fn the_file_holds_the_picture_and_is_always_the_same() {
    let options =
        PngOptions { title: Some("Löan – map".into()), map: Some("(map)".into()), dpi: Some(300.0), ..at(1.7) };
    let file = file_of(&sample(), &options);
    let image = painted(&sample(), &options);
    assert_eq!(decoded(&file), (image.width, image.height, image.pixels));
    for _ in 0..3 {
        assert!(file == file_of(&sample(), &options), "the same bytes");
    }
    assert_eq!(file[25], 2, "without transparency it is RGB");
    let of = |kind: &[u8; 4]| chunks(&file).find(|(_, k, _)| k == kind).map(|(_, _, data)| data).expect("a chunk");
    assert_eq!(of(b"pHYs"), [0, 0, 0x2e, 0x23, 0, 0, 0x2e, 0x23, 1], "300 dpi are 11,811 pixels a metre");
    assert_eq!(of(b"iTXt"), "Title\0\0\0\0\0Löan – map".as_bytes());
    for (place, kind, data) in chunks(&file) {
        let sum = crc32fast::hash(&[&kind[..], data].concat()).to_be_bytes();
        assert_eq!(file[place + 8 + data.len()..place + 12 + data.len()], sum, "{kind:?}");
    }
}

#[test]
fn any_width_comes_out_exactly() {
    for units in [1.0f32, 333.333, 640.0, 1234.5678, 99_999.9] {
        let scene = scene(rect(-units / 3.0, 7.0, units, units / 7.0), vec![]);
        for width in [1, 2, 3, 77, 1000, 1920, 4000, 12_000, 29_999, 30_000] {
            assert_eq!(size_in_pixels(&scene, scale_for_width(&scene, width)).0, width, "{units} units");
        }
    }
    assert_eq!(painted(&sample(), &at(scale_for_width(&sample(), 777))).width, 777);
}

#[test]
fn a_picture_that_is_too_large_is_refused_with_the_width_that_is_not() {
    let too_large = |(w, h): (u32, u32)| w > 30_000 || h > 30_000 || u64::from(w) * u64::from(h) > 160_000_000;
    for (w, h, scale) in
        [(1000.0, 1000.0, 100.0), (100_000.0, 10.0, 1.0), (10.0, 1e6, 1.0), (3e6, 1e6, 3.0), (1e6, 1e6, 1e30)]
    {
        let scene = scene(rect(0.0, 0.0, w, h), vec![]);
        let error = png(&scene, &Fonts::bundled(), &at(scale)).expect_err("refused");
        let PngError::TooLarge { widest, .. } = error else { panic!("{error}") };
        assert!(error.to_string().contains(&format!("at most {widest} pixels wide")), "{error}");
        assert!(!too_large(size_in_pixels(&scene, scale_for_width(&scene, widest))), "{w} × {h}: {widest}");
        assert_eq!(widest == 0, w == 10.0, "nothing is possible only for a scene that is a line: {widest}");
        assert!(too_large(size_in_pixels(&scene, scale_for_width(&scene, widest + 2))), "{w} × {h}: {widest}");
    }
}

#[test]
fn what_makes_no_picture_is_refused() {
    let refused = |scene: &Scene, options: &PngOptions| png(scene, &Fonts::bundled(), options).expect_err("refused");
    for scale in [0.0, -1.0, f32::NAN, f32::INFINITY] {
        assert!(matches!(refused(&sample(), &at(scale)), PngError::Scale(_)), "{scale}");
    }
    for dpi in [0.0, -72.0, f32::NAN, 1e9] {
        let options = PngOptions { dpi: Some(dpi), ..at(1.0) };
        assert!(matches!(refused(&sample(), &options), PngError::Dpi(_)), "{dpi}");
    }
    let infinite = rect(0.0, 0.0, f32::INFINITY, 1.0);
    for bounds in [None, Some(Rect::NOTHING), Some(rect(f32::NAN, 0.0, 1.0, 1.0)), Some(infinite)] {
        assert_eq!(refused(&Scene { bounds, ..sample() }, &at(1.0)), PngError::Empty, "{bounds:?}");
    }
    let cancelled = PngOptions { cancel: Some(Arc::new(AtomicBool::new(true))), ..at(1.0) };
    assert_eq!(refused(&sample(), &cancelled), PngError::Cancelled);
    let long = PngOptions { map: Some("x".repeat((64 << 20) + 1)), ..at(1.0) };
    assert_eq!(refused(&sample(), &long), PngError::Map);
}

#[test]
fn hostile_items_are_left_out() {
    let bad = [f32::NAN, f32::INFINITY, f32::NEG_INFINITY, 1e38, -1e38, 1e7, 0.0, 1e-45];
    let mut items = Vec::new();
    for (a, b) in bad.into_iter().flat_map(|a| bad.map(|b| (a, b))) {
        let stroke = Some(Stroke::solid(Ink::Line, b));
        items.push(Item::Rect { rect: rect(a, b, b, a), radius: a, fill: Some(Ink::Shadow), stroke });
        let dash = Some((a.abs(), b.abs()));
        let dashed = |width| Stroke { dash, ..Stroke::solid(Ink::Line, width) };
        items.push(line(&[pt(0.0, 0.0), pt(a, b), pt(30.0, 30.0)], dashed(1.5)));
        items.push(line(&[pt(0.0, 0.0), pt(30.0, 30.0)], dashed(a)));
        items.push(curve(pt(a, a), 30.0, pt(b, b), Stroke::solid(Ink::Line, 0.3)));
        items.push(curve(pt(0.0, 0.0), a, pt(9.0, b), Stroke::solid(Ink::Line, 3.0)));
        let (weight, ink) = (Weight::Regular, Ink::Text);
        let words: Arc<str> = "words\n\u{1}\u{202e}".into();
        let mut add = |at, align, size, width| {
            items.push(Item::Text { at, align, size, weight, ink, text: words.clone(), width });
        };
        add(pt(a, b), Align::Right, 12.0, b);
        add(pt(5.0, 5.0), Align::Center, a, b);
    }
    let segments = vec![Segment::Close, Segment::Line(pt(1.0, 1.0))];
    items.push(Item::Path { segments, fill: Some(Ink::Text), stroke: None });
    let start = std::time::Instant::now();
    let image = painted(&scene(rect(0.0, 0.0, 40.0, 40.0), items), &at(1.0));
    assert_eq!(image.pixels.len(), 40 * 40 * 4);
    assert!(start.elapsed().as_secs() < 20, "{:?}", start.elapsed());
}

#[test]
fn a_picture_twelve_thousand_wide_is_whole() {
    let file = file_of(&sample(), &at(scale_for_width(&sample(), 12_000)));
    let (width, height, pixels) = decoded(&file);
    assert_eq!((width, height), (12_000, 4125));
    let (image, scale) = (Image { width, height, pixels }, 12_000.0 / 640.0);
    for (x, y, ink) in [(210.5, 60.5, Ink::Card), (630.0, 210.0, Ink::Paper), (490.0, 145.0, Ink::Card)] {
        assert_eq!(pixel(&image, (x * scale) as u32, (y * scale) as u32), Theme::Light.rgba(ink), "at {x}, {y}");
    }
    for x in (30.0 * scale) as u32..(210.0 * scale) as u32 {
        assert_eq!(pixel(&image, x, (20.0 * scale) as u32), Theme::Light.rgba(Ink::CardEdge), "the edge at {x}");
    }
}

#[test]
fn bands_and_tiles_leave_no_seam() {
    // Lines, curves, corners and text across the seams at 256 rows and 4096 columns, and the same away from them.
    let shifted = |by: Point| {
        let words = "Handoffs across seams";
        let mut items = vec![text(pt(4050.0, 270.0) + by, 40.0, Weight::SemiBold, Ink::Text, words)];
        items.push(card(rect(4070.0, 230.0, 50.0, 50.0).translate(by), 20.0));
        for i in 0..8 {
            let from = pt(4000.0, 190.0 + 20.0 * i as f32) + by;
            let stroke = Stroke::solid(Ink::Line, 0.5 + 0.5 * i as f32);
            items.push(curve(from, 80.0, from + pt(200.0, 50.0), stroke));
        }
        painted(&scene(rect(0.0, 0.0, 4600.0, 600.0), items), &at(1.0))
    };
    let (across, beside) = (shifted(pt(0.0, 0.0)), shifted(pt(-512.0, 0.0)));
    let below = shifted(pt(0.0, 64.0));
    for y in 150..420 {
        for x in 3990..4500 {
            let here = pixel(&across, x, y)[0];
            // The rasteriser knows sixteen shades; rounding may move an edge by one or two of them.
            assert!(here.abs_diff(pixel(&beside, x - 512, y)[0]) <= 40, "({x}, {y}) and beside");
            let there = pixel(&below, x, y + 64)[0];
            assert!(here.abs_diff(there) <= 40, "({x}, {y}) and below: {here} and {there}");
        }
    }
}

fn with_map(map: &str) -> Vec<u8> {
    let options = PngOptions { map: Some(map.into()), title: Some("peel-map".into()), ..at(1.0) };
    file_of(&scene(rect(0.0, 0.0, 8.0, 8.0), vec![]), &options)
}

#[test]
fn a_map_comes_back_out_of_its_picture() {
    for map in ["", "(format: 1)", "ü – 漢字 \u{1}\0 🙂", &"party ".repeat(100_000)] {
        let file = with_map(map);
        assert_eq!(embedded_map(&file).as_ref().map(Option::as_deref), Ok(Some(map)));
        assert_eq!(decoded(&file).0, 8, "still a picture");
    }
    assert!(with_map(&"party ".repeat(100_000)).len() < 10_000, "it is packed");
    assert_eq!(embedded_map(&file_of(&sample(), &at(1.0))), Ok(None));
}

#[test]
fn damaged_pictures_give_an_error_or_the_map() {
    let map = "(format: 1, parties: [\"Sales\", \"Planning\", \"Delivery\"])";
    let file = with_map(map);
    let is_right = |found: &Result<Option<String>, PngError>| found.as_ref().map(Option::as_deref) == Ok(Some(map));
    for end in 0..file.len() {
        let found = embedded_map(&file[..end]);
        assert!(found.is_err() || is_right(&found), "cut at {end}: {found:?}");
    }
    for place in 0..file.len() {
        for bit in 0..8 {
            let mut damaged = file.clone();
            damaged[place] ^= 1 << bit;
            let found = embedded_map(&damaged);
            assert!(found.is_err() || found == Ok(None) || is_right(&found), "bit {bit} of {place}: {found:?}");
        }
    }
    assert_eq!(embedded_map(b""), Err(PngError::NotPng));
    assert_eq!(embedded_map(b"\x89PNG\r\n\x1a\n"), Err(PngError::Damaged("it ends too early")));
}

/// A picture whose map chunk holds these bytes behind the keyword, with a right check sum.
fn with_chunk(data: &[u8]) -> Vec<u8> {
    let mut file = with_map("x");
    let (place, length) = chunks(&file)
        .find(|(_, _, data)| data.starts_with(b"peel-map\0"))
        .map(|(place, _, data)| (place, data.len()))
        .expect("the map");
    let data = [b"peel-map\0", data].concat();
    let mut new = (data.len() as u32).to_be_bytes().to_vec();
    new.extend(*b"iTXt");
    new.extend(&data);
    new.extend(crc32fast::hash(&new[4..]).to_be_bytes());
    file.splice(place..place + 12 + length, new);
    file
}

#[test]
fn a_hostile_map_chunk_is_refused() {
    let bomb = |size: usize| {
        let mut zlib = flate2::write::ZlibEncoder::new(b"\x01\0\0\0".to_vec(), flate2::Compression::best());
        std::io::Write::write_all(&mut zlib, &vec![b'x'; size]).expect("packs");
        with_chunk(&zlib.finish().expect("packs"))
    };
    assert_eq!(embedded_map(&bomb(100 << 20)), Err(PngError::Map));
    assert_eq!(embedded_map(&bomb(64 << 20)).map(|map| map.map(|m| m.len())), Ok(Some(64 << 20)));
    assert_eq!(embedded_map(&with_chunk(b"\0\0en\0Karte\0plain")), Ok(Some("plain".into())), "another program's");
    let packed_badly = b"\x01\0\0\0garbage";
    for data in
        [&b""[..], b"\x01", b"\x01\0", b"\x01\0\0", packed_badly, b"\x01\x07\0\0x", b"\x02\0\0\0x", b"\0\0\0\0\xff\xfe"]
    {
        assert!(matches!(embedded_map(&with_chunk(data)), Err(PngError::Damaged(_))), "{data:?}");
    }
}

/// Writes the sample as files to be looked at: `PEEL_PICTURES=DIR cargo test --test png -- --ignored look`.
#[test]
#[ignore = "for people's eyes"]
fn look() {
    let folder = std::env::var("PEEL_PICTURES").expect("a folder");
    for theme in [Theme::Light, Theme::Dark] {
        for scale in [0.2, 0.5, 1.0, 1.5, 2.0, 4.0] {
            let file = file_of(&sample(), &PngOptions { theme, dpi: Some(96.0 * scale), ..at(scale) });
            std::fs::write(format!("{folder}/{theme:?}-{scale}.png"), file).expect("written");
        }
    }
}

/// The window's toolkit measures the same widths and baselines, at every size and scale.
#[cfg(feature = "gui")]
#[test]
fn widths_are_those_of_the_window() {
    use egui::{Color32, FontData, FontDefinitions, FontFamily, FontId};
    let mut definitions = FontDefinitions::empty();
    let mut families = Vec::new();
    for (name, bytes) in [
        ("Inter", &include_bytes!("../assets/fonts/Inter-Regular.otf")[..]),
        ("Inter SemiBold", &include_bytes!("../assets/fonts/Inter-SemiBold.otf")[..]),
    ] {
        definitions.font_data.insert(name.into(), Arc::new(FontData::from_static(bytes)));
        let family = FontFamily::Name(name.into());
        definitions.families.insert(family.clone(), vec![name.into()]);
        families.push(family);
    }
    definitions.families.insert(FontFamily::Proportional, vec!["Inter".into()]);
    definitions.families.insert(FontFamily::Monospace, vec!["Inter".into()]);
    let fonts = Fonts::bundled();
    let texts = [
        "Credit assessment",
        "AVAV To Type, “97,5 %” → 20 d",
        "10\u{2009}000 e\u{301}é",
        "検査 missing",
        "(a/b) 10 x 20 -> ok",
    ];
    let check = |ui: &egui::Ui, scale: f32| {
        for (family, weight) in families.iter().zip([Weight::Regular, Weight::SemiBold]) {
            for (size, words) in
                [7.0, 11.0, 12.0, 13.0, 14.0, 24.0, 61.0].into_iter().flat_map(|s| texts.map(|t| (s, t)))
            {
                let id = FontId::new(size, family.clone());
                let galley = ui.painter().layout_no_wrap(words.into(), id, Color32::BLACK);
                let row = &galley.rows[0].row;
                let (theirs, ours) = (row.size.x, fonts.width(words, size, weight));
                // They may round a row to 1/32 of a point.
                let close = (theirs - ours).abs() <= 1.0 / 32.0 + 1e-3;
                assert!(close, "{words} at {size} × {scale}: {theirs} and {ours}");
                let (baseline, ascent) = (row.glyphs[0].pos.y, fonts.ascent(weight) * size);
                // They put the baseline on a whole pixel; the window moves the row so that it stands where the scene says.
                let close = (baseline - ascent).abs() <= 1.0 / scale + 1.0 / 32.0;
                assert!(close, "{words} at {size} × {scale}: baseline {baseline} and {ascent}");
            }
        }
    };
    for scale in [1.0f32, 1.5, 2.0] {
        let context = egui::Context::default();
        context.set_fonts(definitions.clone());
        context.set_zoom_factor(scale);
        // Fonts and zoom that are set before one pass are surely there in the next.
        for pass in 0..3 {
            let mut output = context.run_ui(egui::RawInput::default(), |ui| {
                if pass == 2 {
                    assert_eq!(ui.ctx().pixels_per_point(), scale);
                    check(ui, scale);
                }
            });
            // Nothing is painted; egui wants to be told.
            output.textures_delta.clear();
        }
    }
}
