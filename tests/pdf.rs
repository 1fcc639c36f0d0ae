//! Pictures as PDF: what can be read out of them, how the pages are laid, and that they look like our PNG.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use peel::export::pdf::{self, PAPERS, PdfError, embedded_map};
use peel::export::png::{PngOptions, rgba};
use peel::export::{ExportError, Extent, Page, Paper, Picture};
use peel::files::{fonts, format, samples};
use peel::geom::{Point, Rect, Size, pt};
use peel::model::Document;
use peel::scene::map::MapScene;
use peel::scene::picture::{PictureOptions, picture};
use peel::scene::text::Fonts;
use peel::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Theme, Weight};

const A4: Paper = Paper::Sheet { width: 210.0, height: 297.0 };

fn scene_of(document: &Document, fonts: &Fonts) -> Scene {
    picture(document, MapScene::of(document, fonts).drawing(), fonts, &PictureOptions::default())
}

fn rect(x: f32, y: f32, w: f32, h: f32) -> Rect {
    Rect::from_min_size(pt(x, y), Size { w, h })
}

fn line(fonts: &Fonts, at: Point, size: f32, weight: Weight, words: &str) -> Item {
    let line = fonts.line(words, size, weight);
    Item::Text { at, align: Align::Left, size, weight, ink: Ink::Text, text: line.text, width: line.width }
}

fn scene(bounds: Rect, items: Vec<Item>) -> Scene {
    Scene { groups: vec![Group { items, ..Group::default() }], bounds: Some(bounds) }
}

/// One line of text below the other.
fn list(fonts: &Fonts, lines: &[&str]) -> Scene {
    let one = |(i, words): (usize, &&str)| line(fonts, pt(20.0, 40.0 * i as f32 + 40.0), 16.0, Weight::Regular, words);
    let items = lines.iter().enumerate().map(one).collect();
    scene(rect(0.0, 0.0, 900.0, 40.0 * lines.len() as f32 + 40.0), items)
}

/// How a document is made, where a test cares.
#[derive(Clone)]
struct How<'a> {
    paper: Paper,
    theme: Theme,
    scale: f32,
    title: &'a str,
    map: Option<&'a str>,
    cancel: Option<Arc<AtomicBool>>,
}

const PLAIN: How<'_> =
    How { paper: Paper::Fit, theme: Theme::Light, scale: 1.0, title: "Loan approval", map: None, cancel: None };

fn try_pages(pages: &[Page<'_>], fonts: &Fonts, how: &How<'_>) -> Result<Vec<u8>, ExportError> {
    let How { paper, theme, scale, title, map, cancel } = how.clone();
    let details = BTreeMap::new();
    let extent = Extent::Scale(scale);
    (pdf::EXPORTER.export)(&Picture {
        pages,
        details: &details,
        paper,
        fonts,
        theme,
        transparent: false,
        extent,
        title,
        map,
        cancel,
    })
}

fn try_document(scene: &Scene, fonts: &Fonts, how: &How<'_>) -> Result<Vec<u8>, ExportError> {
    try_pages(&[Page { scene, title: "Map", notes: "" }], fonts, how)
}

fn document(scene: &Scene, fonts: &Fonts, how: &How<'_>) -> Vec<u8> {
    try_document(scene, fonts, how).expect("a document")
}

/// The sides of all pages in points, in order.
fn media_boxes(file: &[u8]) -> Vec<(f32, f32)> {
    let text = String::from_utf8_lossy(file);
    let sides = |part: &str| {
        let numbers: Vec<f32> = part.split(']').next()?.split_whitespace().filter_map(|n| n.parse().ok()).collect();
        Some((*numbers.get(2)?, *numbers.get(3)?))
    };
    text.split("/MediaBox[").skip(1).map(|part| sides(part).expect("four numbers")).collect()
}

/// Runs one of Poppler's programs on a file; `None`, with a note, when it is not installed.
#[expect(clippy::print_stderr, reason = "a test that checks nothing should say so")]
fn poppler(program: &str, arguments: &[&str], file: &[u8]) -> Option<Vec<u8>> {
    let to: &[&str] = if program == "pdftotext" { &["-"] } else { &[] };
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("a.pdf");
    std::fs::write(&path, file).expect("written");
    let Ok(output) = Command::new(program).args(arguments).arg(&path).args(to).output() else {
        eprintln!("{program} is not installed: what it reads was not checked");
        return None;
    };
    // Poppler takes this entry of tagged documents for something else (ISO 32000-1, table 321: it is a boolean).
    let said =
        String::from_utf8_lossy(&output.stderr).replace("Syntax Error: Suspects object is wrong type (boolean)\n", "");
    assert!(output.status.success() && said.is_empty(), "{program}: {said}");
    Some(output.stdout)
}

/// What can be copied out of a document, spaces and line breaks as one space each, without the marks that Poppler puts
/// around words that run to the left.
fn text_of(file: &[u8]) -> Option<String> {
    let text = String::from_utf8(poppler("pdftotext", &["-raw", "-enc", "UTF-8"], file)?).expect("UTF-8");
    let text: String =
        text.chars().filter(|c| !matches!(c, '\u{202a}'..='\u{202e}' | '\u{200e}' | '\u{200f}')).collect();
    Some(spaced(&text))
}

fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_name_on_the_samples_can_be_copied_and_searched() {
    let fonts = Fonts::bundled();
    for sample in samples::ALL {
        let map = sample.open();
        for how in [PLAIN, How { paper: A4, theme: Theme::Dark, ..PLAIN }] {
            let file = document(&scene_of(&map, &fonts), &fonts, &how);
            let Some(text) = text_of(&file) else { return };
            let names = map.parties().map(|(_, party)| party.name.clone());
            let items = map.handoffs().map(|(_, handoff)| handoff.item.clone());
            for words in names.chain(items).chain([map.info().title.clone()]) {
                assert!(text.contains(&spaced(&words)), "{}: “{words}” in {text}", sample.id);
            }
        }
    }
}

#[test]
fn names_of_all_kinds_come_out_as_they_are() {
    let lines = [
        "Sales (EMEA) \\ north",
        "<b>bold</b> & \"quoted\" 'x'",
        "(((",
        ")",
        "\\",
        "\\)",
        "Łódź Straße œuvre",
        "Ελληνικά Ωmega",
        "Кредит",
        "AVAV To. WAVE office flow fi ffl",
        "-> => 10x20 24/7 1/2",
        "e\u{301}te\u{301} n\u{303} x\u{301}\u{323}",
        "10\u{a0}000 h",
        "“97,5 %” → 20 d · PT",
        "%PDF-1.7 endstream endobj",
        "A\rB",
    ];
    let fonts = Fonts::bundled();
    let Some(text) = text_of(&document(&list(&fonts, &lines), &fonts, &PLAIN)) else { return };
    for words in lines {
        assert!(text.contains(&spaced(words)), "“{words}” in {text}");
    }
}

#[test]
fn letters_that_no_face_has_can_be_copied_all_the_same() {
    let fonts = Fonts::bundled();
    let lines = ["検査 部門", "Team 🚀 x", "👍🏽 ok"];
    let Some(text) = text_of(&document(&list(&fonts, &lines), &fonts, &PLAIN)) else { return };
    for words in ["検査 部門", "Team 🚀 x", "👍"] {
        assert!(text.contains(words), "“{words}” in {text}");
    }
}

#[test]
fn other_scripts_come_from_the_system_s_faces() {
    for (script, words) in [("Hebrew", "שלום"), ("Arabic", "مرحبا"), ("Chinese", "検査結果"), ("Thai", "ทดสอบ")]
    {
        let bundled = Fonts::bundled();
        let fonts = fonts::covering(&bundled, [words]);
        if fonts.faces() == bundled.faces() {
            eprintln!("no face for {script} on this machine");
            continue;
        }
        let mixed = format!("Unit {words} 7");
        let file = document(&list(&fonts, &[words, &mixed]), &fonts, &PLAIN);
        let Some(text) = text_of(&file) else { return };
        assert_eq!(text.matches(words).count(), 2, "{script}: {text}");
    }
}

#[test]
fn text_stands_where_it_was_measured() {
    let fonts = Fonts::bundled();
    let words = ["AVAVATo", "Credit", "10\u{2009}000", "Wawa,Te."];
    let Some(boxes) = poppler("pdftotext", &["-bbox"], &document(&list(&fonts, &words), &fonts, &PLAIN)) else {
        return;
    };
    let text = String::from_utf8(boxes).expect("UTF-8");
    let number = |line: &str, name: &str| -> f32 {
        let rest = line.split(&format!("{name}=\"")).nth(1).expect("the attribute");
        rest.split('"').next().and_then(|n| n.parse().ok()).expect("a number")
    };
    for word in ["AVAVATo", "Credit", "Wawa,Te."] {
        let line = text.lines().find(|line| line.contains(&format!(">{word}<"))).expect("the word");
        assert!((number(line, "xMin") - 15.0).abs() < 0.02, "{line}");
        let width = number(line, "xMax") - number(line, "xMin");
        let measured = fonts.width(word, 12.0, Weight::Regular);
        assert!((width - measured).abs() < 0.03, "{word}: {width}, measured {measured}");
    }
}

#[test]
fn each_paper_has_its_size() {
    let fonts = Fonts::bundled();
    let scene =
        |w: f32, h: f32| scene(rect(-5.0, 7.0, w, h), vec![line(&fonts, pt(0.0, 30.0), 12.0, Weight::Regular, "x")]);
    let sides = |w: f32, h: f32, paper: Paper, scale: f32| {
        media_boxes(&document(&scene(w, h), &fonts, &How { paper, scale, ..PLAIN }))
    };
    assert_eq!(sides(960.0, 480.0, Paper::Fit, 1.0), [(720.0, 360.0)]);
    assert_eq!(sides(960.0, 480.0, Paper::Fit, 2.0), [(1440.0, 720.0)]);
    assert_eq!(sides(96_000.0, 9600.0, Paper::Fit, 1.0), [(14_400.0, 1440.0)]);
    for (id, _, width, height) in PAPERS {
        let (wide, high) = (width / 25.4 * 72.0, height / 25.4 * 72.0);
        let paper = Paper::Sheet { width: *width, height: *height };
        for ((w, h), expected) in [((300.0, 500.0), (wide, high)), ((500.0, 300.0), (high, wide))] {
            let found = sides(w, h, paper, 1.0);
            assert_eq!(found.len(), 1);
            let off = (found[0].0 - expected.0).abs().max((found[0].1 - expected.1).abs());
            assert!(off < 0.01, "{id}: {found:?} for {expected:?}");
        }
    }
    let tiles = |overlap| Paper::Tiles { width: 210.0, height: 297.0, overlap };
    assert_eq!(sides(2000.0, 2000.0, tiles(10.0), 1.0).len(), 6);
    assert_eq!(sides(2000.0, 2000.0, tiles(10.0), 0.5).len(), 2);
    for (paper, scale, words) in [
        (tiles(10.0), 100.0, "400 sheets is the most"),
        (Paper::Sheet { width: 0.0, height: 9.0 }, 1.0, "choose sides"),
        (Paper::Fit, f32::NAN, "choose a scale above 0"),
        (tiles(f32::NAN), 0.0, "choose a scale above 0"),
    ] {
        let error = try_document(&scene(2000.0, 2000.0), &fonts, &How { paper, scale, ..PLAIN }).expect_err(words);
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[test]
fn every_part_of_a_poster_is_on_some_sheet_and_edges_are_on_two() {
    let fonts = Fonts::bundled();
    let mut items = Vec::new();
    for y in 0..20 {
        for x in 0..20 {
            let at = pt(100.0 * x as f32 + 2.0, 100.0 * y as f32 + 50.0);
            items.push(line(&fonts, at, 12.0, Weight::Regular, &format!("at{x}x{y}y")));
        }
    }
    let paper = Paper::Tiles { width: 210.0, height: 297.0, overlap: 20.0 };
    let file = document(&scene(rect(0.0, 0.0, 2000.0, 2000.0), items), &fonts, &How { paper, ..PLAIN });
    let Some(text) = text_of(&file) else { return };
    let words: Vec<&str> = text.split_whitespace().collect();
    let count = |word: &str| words.iter().filter(|w| **w == word).count();
    let counts: BTreeSet<usize> = (0..400).map(|i| count(&format!("at{}x{}y", i % 20, i / 20))).collect();
    assert!(!counts.contains(&0) && counts.contains(&1) && counts.contains(&2), "{counts:?}");
    assert!(text.contains("Map · row 1, column 1 of 2 × 3") && text.contains("row 2, column 3 of 2 × 3"), "{text}");
}

#[test]
fn the_same_picture_gives_the_same_bytes_and_another_one_another_id() {
    let fonts = Fonts::bundled();
    let map = samples::ALL[1].open();
    let how = How { map: Some("(map)"), ..PLAIN };
    let (one, two) = (document(&scene_of(&map, &fonts), &fonts, &how), document(&scene_of(&map, &fonts), &fonts, &how));
    assert!(one == two);
    let id = |file: &[u8]| String::from_utf8_lossy(file).rsplit_once("/ID[(").map(|(_, id)| id[..24].to_owned());
    assert!(id(&one).is_some());
    assert_ne!(id(&one), id(&document(&scene_of(&map, &fonts), &fonts, &PLAIN)));
    let text = String::from_utf8_lossy(&one);
    assert!(
        !text.contains("/CreationDate")
            && !text.contains("/ModDate")
            && text.contains("/Creator(Peel)")
            && text.contains("/Lang(en)")
    );
}

#[test]
fn pages_have_titles_notes_and_their_own_pictures() {
    let fonts = Fonts::bundled();
    let (one, two) = (list(&fonts, &["first view"]), list(&fonts, &["second view"]));
    let nothing = Scene::default();
    let pages = [
        Page { scene: &one, title: "The whole (map)", notes: "Say this.\nThen that." },
        Page { scene: &nothing, title: "Empty", notes: "" },
        Page { scene: &two, title: "Peeled", notes: " " },
    ];
    let file = try_pages(&pages, &fonts, &How { paper: A4, ..PLAIN }).expect("a document");
    assert_eq!(media_boxes(&file).len(), 2, "a picture of nothing has no page");
    let text = String::from_utf8_lossy(&file);
    assert!(text.contains("/Title(The whole (map))/Dest") && text.contains("/Title(Peeled)"), "{text}");
    let note = text.lines().find(|line| line.contains("/Subtype/Text")).expect("a note");
    let said: Vec<String> = "Say this.\nThen that.".encode_utf16().map(|unit| format!("{unit:04X}")).collect();
    let said = said.concat();
    assert!(note.contains(&format!("/Contents<FEFF{said}>")) && !note.contains("/F "), "{note}");
    assert_eq!(text.matches("/Type/Annot").count(), 1);
    let Some(words) = text_of(&file) else { return };
    assert!(words.contains("first view") && words.contains("second view"));
    let Some(info) = poppler("pdfinfo", &[], &file) else { return };
    let info = String::from_utf8_lossy(&info).into_owned();
    assert!(info.contains("Loan approval") && info.contains("Pages:           2"), "{info}");
}

#[test]
fn people_who_cannot_see_it_are_told_of_each_thing_once() {
    let fonts = Fonts::bundled();
    let map = samples::ALL[0].open();
    let paper = Paper::Tiles { width: 210.0, height: 297.0, overlap: 15.0 };
    let file = document(&scene_of(&map, &fonts), &fonts, &How { paper, ..PLAIN });
    assert!(media_boxes(&file).len() > 1);
    let text = String::from_utf8_lossy(&file);
    assert_eq!(text.matches("/S/Figure").count(), map.parties().count() + map.handoffs().count());
    for (_, party) in map.parties().filter(|(_, party)| party.name.is_ascii()) {
        assert_eq!(text.matches(&format!("/Alt({}.", party.name)).count(), 1, "{}", party.name);
    }
    let Some(told) = poppler("pdfinfo", &["-struct-text"], &file) else { return };
    assert!(map.parties().all(|(_, party)| String::from_utf8_lossy(&told).contains(&party.name)));
}

/// The picture as Poppler paints it, in red, green and blue.
fn painted(file: &[u8], dpi: &str) -> Option<(u32, u32, Vec<u8>)> {
    let ppm = poppler("pdftoppm", &["-r", dpi], file)?;
    let mut parts = ppm.splitn(4, |b| b.is_ascii_whitespace());
    let number = |part: Option<&[u8]>| part.and_then(|p| std::str::from_utf8(p).ok()?.parse().ok()).expect("a number");
    assert_eq!(parts.next(), Some(&b"P6"[..]));
    let (width, height) = (number(parts.next()), number(parts.next()));
    let rest = parts.next().expect("pixels");
    Some((width, height, rest[4..].to_vec()))
}

#[test]
fn it_looks_like_the_png() {
    let fonts = Fonts::bundled();
    let dashed = |width, dash| Stroke { dash: Some(dash), ..Stroke::solid(Ink::Rework, width) };
    let shapes = scene(
        rect(-10.0, -10.0, 420.0, 220.0),
        vec![
            Item::Rect { rect: rect(0.0, 0.0, 180.0, 80.0), radius: 9.0, fill: Some(Ink::Shadow), stroke: None },
            Item::Rect {
                rect: rect(10.0, 90.0, 180.0, 80.0),
                radius: 200.0,
                fill: Some(Ink::CustomerCard),
                stroke: Some(Stroke::solid(Ink::CustomerEdge, 3.0)),
            },
            Item::Rect {
                rect: rect(200.0, 90.0, 80.0, 40.0),
                radius: 0.0,
                fill: None,
                stroke: Some(dashed(2.0, (7.0, 5.0))),
            },
            Item::Path {
                segments: vec![
                    Segment::Move(pt(200.0, 10.0)),
                    Segment::Cubic(pt(260.0, 10.0), pt(260.0, 80.0), pt(380.0, 80.0)),
                ],
                fill: None,
                stroke: Some(dashed(3.0, (7.0, 5.0))),
            },
            Item::Path {
                segments: vec![
                    Segment::Move(pt(300.0, 100.0)),
                    Segment::Line(pt(390.0, 120.0)),
                    Segment::Line(pt(310.0, 180.0)),
                    Segment::Close,
                ],
                fill: Some(Ink::AccentSoft),
                stroke: Some(Stroke::solid(Ink::Accent, 4.0)),
            },
            line(&fonts, pt(20.0, 45.0), 24.0, Weight::SemiBold, "AVAWa Qfgy"),
        ],
    );
    let mut all = vec![shapes];
    all.extend(samples::ALL.iter().map(|sample| scene_of(&sample.open(), &fonts)));
    for (i, scene) in all.iter().enumerate() {
        for theme in [Theme::Light, Theme::Dark] {
            let file = document(scene, &fonts, &How { theme, ..PLAIN });
            let Some((width, height, pixels)) = painted(&file, "192") else { return };
            let options = PngOptions { pixels_per_unit: 2.0, theme, ..PngOptions::default() };
            let ours = rgba(scene, &fonts, &options).expect("a picture");
            assert!(width.abs_diff(ours.width) <= 1 && height.abs_diff(ours.height) <= 1, "{width} × {height}");
            let (mut sum, mut far, mut count) = (0u64, 0u64, 0u64);
            for y in 0..height.min(ours.height) {
                for x in 0..width.min(ours.width) {
                    let (a, b) = (3 * (y * width + x) as usize, 4 * (y * ours.width + x) as usize);
                    let off = (0..3).map(|c| u64::from(pixels[a + c].abs_diff(ours.pixels[b + c]))).sum::<u64>() / 3;
                    (sum, far, count) = (sum + off, far + u64::from(off > 100), count + 1);
                }
            }
            let (mean, far) = (sum as f64 / count as f64, far as f64 / count as f64);
            assert!(mean < 1.5 && far < 0.005, "picture {i}, {theme:?}: mean {mean:.2}, {far:.4} far off");
        }
    }
}

#[test]
fn nothing_odd_breaks_it() {
    let fonts = Fonts::bundled();
    let nan = pt(f32::NAN, f32::INFINITY);
    let odd = |stroke: f32| Some(Stroke { ink: Ink::Line, width: stroke, dash: Some((f32::NAN, -1.0)) });
    let mut items = vec![
        line(&fonts, nan, 12.0, Weight::Regular, "nowhere"),
        line(&fonts, pt(0.0, 9.0), f32::NAN, Weight::Regular, "x"),
    ];
    for (radius, width) in [(f32::NAN, 1.0), (-3.0, f32::NAN), (f32::INFINITY, f32::INFINITY), (1e30, 0.0), (3.0, -2.0)]
    {
        items.push(Item::Rect { rect: rect(1.0, 1.0, 20.0, 10.0), radius, fill: Some(Ink::Card), stroke: odd(width) });
        items.push(Item::Rect {
            rect: Rect { min: nan, max: pt(1e30, -1e30) },
            radius,
            fill: Some(Ink::Card),
            stroke: odd(width),
        });
    }
    for segments in [
        vec![],
        vec![Segment::Close, Segment::Close],
        vec![Segment::Line(pt(3.0, 3.0)), Segment::Close, Segment::Line(pt(9.0, 3.0)), Segment::Cubic(nan, nan, nan)],
        vec![Segment::Line(pt(3.0, 3.0)), Segment::Line(pt(3.0, 9.0)), Segment::Close, Segment::Line(pt(9.0, 3.0))],
        vec![Segment::Move(pt(1e30, 1e30)), Segment::Line(pt(-1e30, 0.0))],
    ] {
        items.push(Item::Path { segments, fill: Some(Ink::Card), stroke: odd(1.0) });
    }
    let wild = scene(rect(0.0, 0.0, 30.0, 20.0), items);
    for paper in [Paper::Fit, A4, Paper::Tiles { width: 210.0, height: 297.0, overlap: f32::INFINITY }] {
        let file = document(&wild, &fonts, &How { paper, ..PLAIN });
        assert!(painted(&file, "50").is_none_or(|(width, ..)| width > 0), "{paper:?}");
    }
    let endless = Scene { bounds: Some(Rect { min: nan, max: nan }), ..wild };
    assert!(try_document(&endless, &fonts, &PLAIN).expect_err("nothing").to_string().contains("nothing to show"));
}

#[test]
fn it_can_be_cancelled() {
    let fonts = Fonts::bundled();
    let cancel = Some(Arc::new(AtomicBool::new(true)));
    let error = try_document(&list(&fonts, &["x"]), &fonts, &How { cancel, ..PLAIN }).expect_err("cancelled");
    assert!(error.to_string().contains("cancelled"));
}

#[test]
fn the_map_comes_back_out() {
    let fonts = Fonts::bundled();
    let map = samples::ALL[0].open();
    let text = format::write(&map);
    let scene = scene_of(&map, &fonts);
    let with = |map: Option<&str>, title: &str| document(&scene, &fonts, &How { map, title, ..PLAIN });
    assert_eq!(embedded_map(&with(Some(&text), "Lab")), Ok(Some(text.clone())));
    assert_eq!(embedded_map(&with(None, "/EmbeddedFile x-peel-map >> stream\n")), Ok(None));
    assert_eq!(embedded_map(&with(Some("Łódź 検 endstream"), "t")), Ok(Some("Łódź 検 endstream".into())));
    assert_eq!(embedded_map(&with(Some(""), "t")), Ok(Some(String::new())));
    let Some(listed) = poppler("pdfdetach", &["-list"], &with(Some(&text), "Lab")) else { return };
    assert!(String::from_utf8_lossy(&listed).contains("map.ron"));
}

#[test]
fn hostile_files_are_refused() {
    for file in [&b""[..], b"%PDF", b"\x89PNG\r\n\x1a\n", &[b' '; 3000]] {
        assert_eq!(embedded_map(file), Err(PdfError::NotPdf));
    }
    let file = |entries: &str, data: &[u8]| {
        let head = format!(
            "%PDF-1.4\n1 0 obj\n<< /Type /EmbeddedFile /Subtype /application#2fx-peel-map {entries} >>\nstream\r\n"
        );
        [head.as_bytes(), data, b"\nendstream\nendobj\n"].concat()
    };
    let packed = |size: usize| {
        let mut zlib =
            flate2::read::ZlibEncoder::new(std::io::repeat(b'x').take(size as u64), flate2::Compression::best());
        let mut packed = Vec::new();
        zlib.read_to_end(&mut packed).expect("packs");
        packed
    };
    let flate = "/Filter/FlateDecode";
    assert_eq!(embedded_map(&file(flate, &packed(5))), Ok(Some("xxxxx".into())));
    assert_eq!(embedded_map(&file("", b"plain")), Ok(Some("plain".into())), "unpacked by another program");
    assert_eq!(embedded_map(&file(flate, &packed(100 << 20))), Err(PdfError::Map));
    for (entries, data) in [
        (flate, &b"garbage"[..]),
        (flate, b""),
        ("/Filter /LZWDecode", b"x"),
        ("", b"\xff\xfe"),
        (flate, &packed(5)[..9]),
    ] {
        assert!(matches!(embedded_map(&file(entries, data)), Err(PdfError::Damaged(_))), "{entries}");
    }
    let whole = file(flate, &packed(5));
    for end in 5..whole.len() {
        let found = embedded_map(&whole[..end]);
        assert!(matches!(found, Ok(_) | Err(PdfError::Damaged(_))), "{end}: {found:?}");
    }
    // Many false traces take no long search.
    let traces = [b"%PDF-1.7\n".to_vec(), b"obj x-peel-map ".repeat(100_000)].concat();
    assert_eq!(embedded_map(&traces), Ok(None));
}

/// Writes the samples as files to be looked at: `PEEL_PICTURES=DIR cargo test --test pdf -- --ignored look`.
#[test]
#[ignore = "for people's eyes"]
fn look() {
    let folder = std::env::var("PEEL_PICTURES").expect("a folder");
    let fonts = Fonts::bundled();
    let tiles = Paper::Tiles { width: 210.0, height: 297.0, overlap: 15.0 };
    for sample in samples::ALL {
        let scene = scene_of(&sample.open(), &fonts);
        for (name, paper, theme) in [
            ("fit", Paper::Fit, Theme::Light),
            ("a4", A4, Theme::Light),
            ("a4-dark", A4, Theme::Dark),
            ("tiles", tiles, Theme::Light),
        ] {
            let page = Page { scene: &scene, title: "Map", notes: "Say this." };
            let file = try_pages(&[page], &fonts, &How { paper, theme, ..PLAIN }).expect("a document");
            std::fs::write(Path::new(&folder).join(format!("{}-{name}.pdf", sample.id)), file).expect("written");
        }
    }
}
