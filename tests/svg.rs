//! Drawings as SVG: well-formed, safe, and in a browser the same as the PNG.

mod browser;
#[expect(dead_code, reason = "other tests use the rest")]
mod names;
mod told;

use std::collections::BTreeMap;

use browser::xml;
use peel::export::png::{PngOptions, rgba};
use peel::export::{Extent, Page, Paper, Picture, svg};
use peel::files::samples;
use peel::geom::{Rect, Size, pt};
use peel::model::{Document, PartyId, Subject};
use peel::scene::map::MapScene;
use peel::scene::picture::{PictureOptions, picture};
use peel::scene::text::Fonts;
use peel::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Theme, Weight};
use peel::views::{Look, each, leaf};
use told::{budget, told};

fn written(scene: &Scene, theme: Theme, map: Option<&str>) -> String {
    written_as(scene, theme, map, ("A <map> of \"Müller & Söhne\"", "Map"))
}

/// With a title of the map and one of the view.
fn written_as(scene: &Scene, theme: Theme, map: Option<&str>, (title, view): (&str, &str)) -> String {
    let pages = [Page { scene, title: view, notes: "" }];
    let bytes = (svg::EXPORTER.export)(&Picture {
        pages: &pages,
        details: &BTreeMap::new(),
        paper: Paper::Fit,
        fonts: &Fonts::bundled(),
        theme,
        transparent: false,
        extent: Extent::Scale(1.0),
        title,
        map,
        cancel: None,
    });
    String::from_utf8(bytes.expect("a drawing")).expect("UTF-8")
}

fn sample(id: &str) -> (Document, Scene) {
    let document = samples::ALL.iter().find(|sample| sample.id == id).expect("a sample").open();
    let fonts = Fonts::bundled();
    let options = PictureOptions { date: Some("2026-03-01".into()), ..PictureOptions::default() };
    let scene = picture(&document, MapScene::of(&document, &fonts).drawing(), &fonts, &options);
    (document, scene)
}

fn text(at: (f32, f32), align: Align, size: f32, weight: Weight, words: &str) -> Item {
    let line = Fonts::bundled().line(words, size, weight);
    let at = pt(at.0, at.1);
    Item::Text { at, align, size, weight, ink: Ink::Text, text: line.text, width: line.width }
}

fn scene(items: Vec<Item>, size: Size) -> Scene {
    let groups = vec![Group { items, ..Group::default() }];
    Scene { groups, bounds: Some(Rect::from_min_size(pt(0.0, 0.0), size)) }
}

/// How much two pictures differ, 0 to 255: on average, and in the worst square of 8 × 8 pixels.
fn difference(ours: &[u8], theirs: &[u8], width: usize) -> (f64, f64) {
    assert_eq!(ours.len(), theirs.len(), "as large as ours");
    let height = ours.len() / 4 / width;
    let (mut sum, mut worst) = (0.0, 0.0f64);
    for (top, left) in (0..height - 7).step_by(8).flat_map(|y| (0..width - 7).step_by(8).map(move |x| (y, x))) {
        let (mut shade, mut apart) = ([0.0; 3], 0.0);
        for pixel in (0..64).map(|i| 4 * ((top + i / 8) * width + left + i % 8)) {
            for channel in 0..3 {
                let by = f64::from(ours[pixel + channel]) - f64::from(theirs[pixel + channel]);
                apart += by.abs() / 192.0;
                shade[channel] += by / 64.0;
            }
        }
        sum += apart;
        worst = shade.iter().fold(worst, |worst, v| worst.max(v.abs()));
    }
    (sum / ((width / 8) * (height / 8)) as f64, worst)
}

/// Opens the drawing in the browser and compares it with our PNG of the same scene.
fn compare(browser: &browser::Browser, scene: &Scene, theme: Theme, what: &str) -> (f64, f64) {
    let ours = rgba(scene, &Fonts::bundled(), &PngOptions { theme, ..PngOptions::default() }).expect("a picture");
    let page = browser.file("drawing.svg", &written(scene, theme, None));
    let theirs = browser.look(&page, "", (ours.width, ours.height));
    if let Ok(folder) = std::env::var("PEEL_PICTURES") {
        theirs.save(format!("{folder}/{what}-browser.png")).expect("written");
        image::save_buffer(
            format!("{folder}/{what}.png"),
            &ours.pixels,
            ours.width,
            ours.height,
            image::ColorType::Rgba8,
        )
        .expect("written");
    }
    difference(&ours.pixels, theirs.as_raw(), ours.width as usize)
}

#[test]
fn a_browser_shows_what_the_png_shows() {
    let Some(browser) = browser::Browser::find() else { return };
    for (id, theme) in [("lab", Theme::Light), ("loan", Theme::Dark), ("release", Theme::Light)] {
        let (mean, worst) = compare(&browser, &sample(id).1, theme, id);
        assert!(mean < 2.0 && worst < 30.0, "{id}: {mean:.2} on average, {worst:.1} at worst");
    }
}

#[test]
fn letters_and_shapes_are_where_they_are_in_the_png() {
    let Some(browser) = browser::Browser::find() else { return };
    let words = [
        "AVAV To Type, “97,5 %” → 20 d",
        "10x20 -> (A) 12:30 e\u{301}é fi ffi",
        "Łódź Привет Ελληνικά ½ ≥ 3",
        "  spaces   kept  ",
        "Wa. Te. Ye 1/2 (AB) x-1 10×20",
    ];
    let mut items = Vec::new();
    for (i, (words, align)) in words.iter().zip([Align::Left, Align::Center, Align::Right].iter().cycle()).enumerate() {
        let x = match align {
            Align::Left => 20.0,
            Align::Center => 310.0,
            Align::Right => 600.0,
        };
        items.push(text((x, 40.0 + 70.0 * i as f32), *align, 26.0, Weight::Regular, words));
        items.push(text((x, 70.0 + 70.0 * i as f32), *align, 26.0, Weight::SemiBold, words));
    }
    let dashed = Stroke { dash: Some((6.0, 4.0)), ..Stroke::solid(Ink::Rework, 2.0) };
    let curve =
        vec![Segment::Move(pt(20.0, 400.0)), Segment::Cubic(pt(200.0, 360.0), pt(400.0, 460.0), pt(600.0, 390.0))];
    items.push(Item::Path { segments: curve, fill: None, stroke: Some(dashed) });
    let rect = Rect::from_min_size(pt(40.0, 420.0), Size { w: 200.0, h: 60.0 });
    items.push(Item::Rect {
        rect,
        radius: 12.0,
        fill: Some(Ink::Shadow),
        stroke: Some(Stroke::solid(Ink::Accent, 2.0)),
    });
    let (mean, worst) = compare(&browser, &scene(items, Size { w: 640.0, h: 500.0 }), Theme::Light, "letters");
    assert!(mean < 2.0 && worst < 30.0, "{mean:.2} on average, {worst:.1} at worst");
}

fn group(subject: Subject, title: &str, layer: Option<usize>) -> Group {
    let items = vec![text((10.0, 20.0), Align::Left, 12.0, Weight::Regular, title)];
    Group { subject: Some(subject), title: title.into(), about: title.into(), layer, items, ..Group::default() }
}

/// Parties with these names, and a handoff in two groups whose id is that of a party.
fn hostile(names: &[(String, String)]) -> Scene {
    let id = |i: usize| PartyId::parse(&format!("p{i}")).expect("an id");
    let mut groups: Vec<Group> =
        names.iter().enumerate().map(|(i, (_, name))| group(Subject::Party(id(i)), name, Some(i))).collect();
    let handoff = peel::model::HandoffId::parse("p0").expect("an id");
    groups.push(group(Subject::Handoff(handoff), "line", None));
    groups.push(group(Subject::Handoff(handoff), "words", None));
    Scene { groups, bounds: Some(Rect::from_min_size(pt(0.0, 0.0), Size { w: 300.0, h: 200.0 })) }
}

/// The elements of a drawing, and the attributes that they may have.
const OURS: [(&str, &str); 9] = [
    ("svg", "xmlns width height viewBox font-family text-rendering role aria-labelledby"),
    ("title", "id"),
    ("desc", "id"),
    ("metadata", "id"),
    ("style", ""),
    ("g", "id role aria-hidden data-layer"),
    ("rect", "x y width height rx fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray"),
    ("path", "d fill fill-opacity stroke stroke-opacity stroke-width stroke-dasharray"),
    ("text", "x y font-size font-weight text-anchor textLength xml:space fill fill-opacity"),
];

/// Reads a drawing that has nothing but our elements and attributes.
fn only_ours(file: &str, what: &str) -> Vec<xml::Element> {
    let elements = xml::read(file);
    for element in &elements {
        let ours = OURS.iter().find(|(name, _)| *name == element.name);
        let (_, attributes) = ours.unwrap_or_else(|| panic!("{what}: <{}>", element.name));
        let odd = element.attributes.keys().find(|name| !attributes.split(' ').any(|ours| ours == *name));
        assert!(odd.is_none(), "{what}: {odd:?} of <{}>", element.name);
    }
    elements
}

/// A text without what XML cannot hold.
fn in_xml(text: &str) -> String {
    let is_held = |c: &char| matches!(c, '\t' | '\n' | '\r' | ' '..='~' | '\u{80}'..='\u{fffd}' | '\u{10000}'..);
    text.chars().filter(is_held).collect()
}

#[test]
fn names_are_text_whatever_they_hold() {
    let names = names::all();
    let file = written(&hostile(&names), Theme::Light, Some("map"));
    let elements = only_ours(&file, "all names");
    let titles: Vec<&str> = elements.iter().filter(|e| e.name == "title").map(|e| e.text.as_str()).collect();
    for (label, name) in &names {
        let kept = in_xml(name);
        assert!(kept.is_empty() || titles.contains(&kept.as_str()), "{label}: {kept}");
    }
    assert_eq!(svg::embedded_map(&file), Ok(Some("map".into())));
    let small = scene(Vec::new(), Size { w: 10.0, h: 10.0 });
    for (label, name) in &names {
        let file = written_as(&small, Theme::Dark, Some(name), (name, name));
        let elements = only_ours(&file, label);
        let title = if name.is_empty() { "Map".to_owned() } else { in_xml(name) };
        assert_eq!((elements[1].name.as_str(), &elements[1].text), ("title", &title), "{label}");
        let map = svg::embedded_map(&file).unwrap_or_else(|error| panic!("{label}: {error}"));
        assert_eq!(map, Some(in_xml(name)), "{label}");
    }
    told("hostile names: SVG drawing", "a table of texts", names.len() as u64, "no element or attribute but ours");
}

#[test]
fn names_are_text_in_every_view() {
    let names = names::kept();
    let fonts = Fonts::bundled();
    let step = budget(6, 1) as usize;
    let some: Vec<_> = names.iter().step_by(step).cloned().collect();
    for some in some.chunks(21) {
        let map = names::crowd_with_notes(some);
        let first = peel::model::ViewChoice {
            kind: peel::model::ViewKind::Place,
            centre: Some(names::party_id(0)),
            ..Default::default()
        };
        for choice in each(&first) {
            let look =
                Look { document: &map, choice: &choice, emphasis: &std::collections::BTreeSet::new(), against: None };
            let leaf = leaf(&look, &fonts, &PictureOptions::default());
            let text = peel::files::format::write(&map);
            let file = written_as(&leaf.scene, Theme::Light, Some(&text), (&map.info().title, &leaf.title));
            only_ours(&file, &format!("{} from {}", leaf.title, some[0].0));
            assert_eq!(svg::embedded_map(&file), Ok(Some(text)), "{} from {}", leaf.title, some[0].0);
        }
    }
    told("hostile names: SVG of every view", "a table of texts", some.len() as u64, "no element or attribute but ours");
}

#[test]
fn groups_can_be_told_apart() {
    let elements = xml::read(&written(&hostile(&names::all()[..8]), Theme::Light, None));
    let ids: Vec<&str> = elements.iter().map(|e| e.get("id")).filter(|id| !id.is_empty()).collect();
    assert_eq!(ids[2..], ["p-p0", "p-p1", "p-p2", "p-p3", "p-p4", "p-p5", "p-p6", "p-p7", "h-p0", "h-p0.words"]);
    let layers: Vec<&str> = elements.iter().filter(|e| e.name == "g").map(|e| e.get("data-layer")).collect();
    assert_eq!(layers, ["0", "1", "2", "3", "4", "5", "6", "7", "", ""]);
    let [root, title, desc] = [&elements[0], &elements[1], &elements[2]];
    assert_eq!((root.get("role"), root.get("aria-labelledby")), ("img", "title about"));
    assert_eq!((title.get("id"), title.text.as_str()), ("title", "A <map> of \"Müller & Söhne\""));
    assert_eq!((desc.get("id"), desc.text.as_str()), ("about", "Map: 8 parties, 1 handoff."));
    assert_eq!((root.get("width"), root.get("height"), root.get("viewBox")), ("300", "200", "0 0 300 200"));
}

#[test]
fn every_text_of_a_sample_is_in_its_drawing() {
    for sample_map in samples::ALL {
        let (document, scene) = sample(sample_map.id);
        let file = written(&scene, Theme::Light, Some(sample_map.text));
        let elements = xml::read(&file);
        let count = |name: &str| elements.iter().filter(|e| e.name == name).count();
        let texts = |item: &&Item| matches!(item, Item::Text { .. });
        assert_eq!(count("text"), scene.groups.iter().flat_map(|g| &g.items).filter(texts).count());
        for (id, party) in document.parties() {
            let group = elements.iter().position(|e| e.get("id") == format!("p-{id}")).expect("a group");
            assert_eq!((elements[group + 1].name.as_str(), &elements[group + 1].text), ("title", &party.name));
        }
        assert_eq!(svg::embedded_map(&file), Ok(Some(sample_map.text.into())));
        assert_eq!(file, written(&scene, Theme::Light, Some(sample_map.text)), "the same every time");
        assert!(file.len() < 150_000, "{} bytes: the fonts are cut down", file.len());
    }
}

#[test]
fn odd_shapes_do_no_harm() {
    let nan = f32::NAN;
    let line = Stroke::solid(Ink::Line, nan);
    let items = vec![
        Item::Rect { rect: Rect::NOTHING, radius: nan, fill: Some(Ink::Card), stroke: Some(line) },
        Item::Rect {
            rect: Rect::from_min_size(pt(1.0, 1.0), Size { w: 5.0, h: 5.0 }),
            radius: nan,
            fill: None,
            stroke: Some(line),
        },
        Item::Path { segments: vec![Segment::Move(pt(nan, 0.0)), Segment::Close], fill: None, stroke: None },
        Item::Path { segments: vec![], fill: None, stroke: None },
        text((f32::INFINITY, 0.0), Align::Left, 12.0, Weight::Regular, "far"),
        text((0.0, 0.0), Align::Left, nan, Weight::Regular, "size"),
        text((f32::MAX, f32::MIN), Align::Right, 9.0, Weight::Regular, "away"),
    ];
    let file = written(&scene(items, Size { w: 10.0, h: 10.0 }), Theme::Dark, None);
    let names: Vec<String> = xml::read(&file).into_iter().map(|e| e.name).collect();
    assert_eq!(names, ["svg", "title", "desc", "style", "rect", "g", "rect", "text"]);
    assert!(!file.contains("NaN") && !file.contains("inf"));
}

#[test]
fn a_map_in_a_drawing_comes_back_or_is_refused() {
    let (_, scene) = sample("lab");
    let map = "(title: \"A & B <c>\", notes: \"a\r\nb\tc ]]> 検 🙂\")\n";
    let file = written(&scene, Theme::Light, Some(map));
    assert_eq!(svg::embedded_map(&file), Ok(Some(map.into())));
    // Other programs write other prefixes and quotes.
    let other = file.replace("<metadata id=\"peel-map\">", "<svg:metadata\n  id='peel-map' x='y'>");
    assert_eq!(svg::embedded_map(&other.replace("</metadata>", "</svg:metadata>")), Ok(Some(map.into())));
    assert_eq!(svg::embedded_map(&written(&scene, Theme::Light, None)), Ok(None));
    assert_eq!(svg::embedded_map("(parties: {})"), Err(svg::SvgError::NotSvg));
    for inside in ["&bomb;", "&#xd800;", "&#99999999;", "&", "&;", "a<b/>", "&#-1;", "&amp"] {
        let file = format!("<svg><metadata id=\"peel-map\">{inside}</metadata></svg>");
        assert_eq!(svg::embedded_map(&file), Err(svg::SvgError::Damaged), "{inside}");
    }
    for end in (0..file.len()).step_by(97).filter(|end| file.is_char_boundary(*end)) {
        let found = svg::embedded_map(&file[..end]);
        assert!(found.is_err() || found == Ok(None) || found == Ok(Some(map.into())), "cut at {end}: {found:?}");
    }
    let long = "x".repeat((64 << 20) + 1);
    let found = svg::embedded_map(&format!("<svg><metadata id=\"peel-map\">{long}</metadata></svg>"));
    assert_eq!(found, Err(svg::SvgError::Map));
}

#[test]
fn letters_of_another_face_are_drawn_and_can_still_be_found() {
    // Whichever face this machine has for it; without one there is nothing to be drawn.
    let bundled = Fonts::bundled();
    let fonts = peel::files::fonts::covering(&bundled, ["検査 שלום"]);
    let line = fonts.line("Lab 検査 שלום", 20.0, Weight::Regular);
    let item = Item::Text {
        at: pt(10.0, 30.0),
        align: Align::Left,
        size: 20.0,
        weight: Weight::Regular,
        ink: Ink::Text,
        text: line.text,
        width: line.width,
    };
    let scene = scene(vec![item], Size { w: 200.0, h: 60.0 });
    let pages = [Page { scene: &scene, title: "", notes: "" }];
    let picture = Picture {
        pages: &pages,
        details: &BTreeMap::new(),
        paper: Paper::Fit,
        fonts: &fonts,
        theme: Theme::Light,
        transparent: false,
        extent: Extent::Scale(1.0),
        title: "",
        map: None,
        cancel: None,
    };
    let file = String::from_utf8((svg::EXPORTER.export)(&picture).expect("a drawing")).expect("UTF-8");
    let elements = xml::read(&file);
    let found = elements.iter().find(|e| e.name == "text").expect("a text");
    assert_eq!(found.text, "Lab 検査 שלום");
    let is_drawn = elements.iter().any(|e| e.name == "path" && e.get("d").len() > 500);
    assert_eq!(is_drawn, fonts.faces() > bundled.faces());
    assert_eq!(found.get("fill-opacity"), if is_drawn { "0" } else { "" });
}
