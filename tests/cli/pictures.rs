//! Pictures: their size, what they show, and the map inside.

use super::{Place, SAMPLES};

/// Width and height that a PNG states in its head (PNG specification, 11.2.2).
fn size(png: &[u8]) -> (u32, u32) {
    assert!(png.starts_with(b"\x89PNG\r\n\x1a\n") && &png[12..16] == b"IHDR", "a PNG");
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().expect("four bytes"));
    (number(16), number(20))
}

fn decoded(png: &[u8]) -> image::RgbaImage {
    image::load_from_memory(png).expect("decodes").to_rgba8()
}

#[test]
fn a_picture_has_the_size_that_was_asked_for() {
    let place = Place::with_samples();
    for sample in SAMPLES {
        let map = format!("{sample}.ron");
        let size_of = |options: &[&str]| {
            let said = place.done(&[&["export", &map, "map.png"], options].concat());
            let (width, height) = size(&place.read("map.png"));
            assert_eq!(said, format!("Written: map.png ({width} × {height} pixels).\n"));
            let pixels = decoded(&place.read("map.png"));
            assert_eq!(pixels.dimensions(), (width, height), "every pixel is there");
            (width, height)
        };
        for width in [1, 640, 1921, 5000] {
            assert_eq!(size_of(&["--width", &width.to_string()]).0, width, "{sample}");
        }
        let (w, h) = size_of(&["--scale", "1"]);
        let (w4, h4) = size_of(&["--scale", "4"]);
        assert!(w > 500 && h > 200, "{sample}: {w} × {h} at 100 %");
        // Sizes are rounded up to whole pixels.
        assert!((4 * w - 3..=4 * w).contains(&w4) && (4 * h - 3..=4 * h).contains(&h4), "{w4} × {h4} of {w} × {h}");
        let usual = size_of(&[]);
        assert_eq!(usual, size_of(&["--scale", "2"]), "{sample}: the usual size");
        assert_eq!(usual, size_of(&["--dpi", "192"]), "{sample}: 96 units are an inch");
        let file = place.read("map.png");
        let at = file.windows(4).position(|part| part == b"pHYs").expect("a resolution");
        assert_eq!(&file[at + 4..at + 13], [0, 0, 0x1d, 0x87, 0, 0, 0x1d, 0x87, 1], "7559 pixels a metre");
    }
}

#[test]
fn a_picture_carries_its_map() {
    let place = Place::with_samples();
    for sample in SAMPLES {
        let map = format!("{sample}.ron");
        place.done(&["export", &map, "map.png", "--scale", "0.5"]);
        for command in ["analyse", "check"] {
            for options in [&[][..], &["--json"]] {
                let of = |map: &str| place.done(&[&[command, map], options].concat());
                assert_eq!(of("map.png"), of(&map), "{sample}: {command}");
            }
        }
        place.done(&["export", "map.png", "from-picture.csv"]);
        place.done(&["export", &map, "from-map.csv"]);
        assert_eq!(place.read("from-picture-handoffs.csv"), place.read("from-map-handoffs.csv"), "{sample}");
        place.done(&["export", "map.png", "again.png", "--scale", "0.5"]);
        assert_eq!(place.read("again.png"), place.read("map.png"), "{sample}: a picture of the picture's map");
    }
    place.done(&["export", "lab.ron", "bare.png", "--no-map"]);
    let ran = place.peel(&["analyse", "bare.png"]);
    assert!(ran.status == 1 && ran.err.contains("without a map inside"), "{ran:?}");
}

#[test]
fn a_map_goes_from_a_picture_into_a_file() {
    let place = Place::with_samples();
    place.done(&["export", "loan.ron", "loan.png", "--scale", "1"]);
    place.write("handoffs.csv", "supplier,customer,item\n");
    place.done(&["import", "handoffs.csv", "--into", "loan.png", "--out", "back.ron"]);
    assert_eq!(place.read("back.ron"), place.read("loan.ron"));
}

#[test]
fn options_change_what_they_say() {
    let place = Place::with_samples();
    let picture = |options: &[&str]| {
        place.done(&[&["export", "lab.ron", "map.png", "--scale", "1"], options].concat());
        place.read("map.png")
    };
    let (width, height) = size(&picture(&[]));
    let lower = |options: &[&str]| size(&picture(options)).1 < height;
    assert!(lower(&["--no-title"]), "the title takes a line");
    assert!(lower(&["--no-legend"]), "the legend takes a line");
    assert_eq!(size(&picture(&["--margin", "132"])), (width + 200, height + 200), "the margin is on every side");
    let only = |names: &[&str]| size(&picture(&[&["--no-legend", "--no-title", "--no-date"], names].concat()));
    let (all, two) = (only(&[]), only(&["--only", "Analysis", "validation"]));
    assert!(two.0 < all.0 / 2 && two.1 <= all.1, "{two:?} of {all:?}");
    assert_eq!(only(&["--only", "Analysis", "--only", "VALIDATION"]), two, "given twice, in other letters");
    assert!(only(&["--only", "Analysis"]).1 < two.1, "one above the other");
    let corner = |options: &[&str]| decoded(&picture(options)).get_pixel(0, 0).0;
    let (light, dark) = (corner(&["--theme", "light"]), corner(&["--theme", "dark"]));
    assert_eq!(corner(&[]), light, "light is usual");
    assert!(light[0] > 200 && dark[0] < 60, "{light:?} {dark:?}");
    assert_eq!(picture(&["--view", "map"]), picture(&[]), "the usual view");
}

#[test]
fn the_date_is_the_one_that_is_asked_for() {
    let place = Place::with_samples();
    let words = ["export", "lab.ron", "map.png", "--scale", "1"];
    let picture = |options: &[&str], epoch: Option<&str>| {
        let mut command = place.command(&[&words, options].concat());
        command.envs(epoch.map(|seconds| ("SOURCE_DATE_EPOCH", seconds)));
        assert_eq!(super::ran(&mut command).status, 0, "{options:?}");
        place.read("map.png")
    };
    let first = picture(&["--date", "1970-01-02"], None);
    assert_eq!(first, picture(&["--date", "1970-01-02"], None), "the same bytes every time");
    assert_eq!(first, picture(&[], Some("86400")), "the day of the variable");
    assert_eq!(first, picture(&["--date", "1970-01-02"], Some("0")), "what is asked for comes first");
    let (today, none) = (picture(&[], None), picture(&["--no-date"], None));
    assert!(first != today && first != none && today != none, "each shows its own");
    let now = jiff::Zoned::now().date().to_string();
    assert_eq!(today, picture(&["--date", &now], None), "today (fails once when run at midnight)");
}

#[test]
fn a_map_without_places_is_arranged_before_it_is_painted() {
    let place = Place::new();
    let text = "(version: 1, parties: [(id: \"a\", name: \"A\"), (id: \"b\", name: \"B\"), (id: \"c\", kind: customer)],\
                handoffs: [(supplier: \"a\", customer: \"b\"), (supplier: \"b\", customer: \"c\")])";
    place.write("hand.ron", text);
    place.done(&["export", "hand.ron", "hand.png", "--scale", "1", "--no-legend"]);
    let (width, height) = size(&place.read("hand.png"));
    assert!(width > 3 * 184 && height < 300, "three cards in a row: {width} × {height}");
}

#[test]
fn letters_of_other_scripts_are_painted_with_what_the_system_has() {
    let place = Place::new();
    let text =
        "(version: 1, map: (title: \"検査 · فحص · Prüfung\"), parties: [(id: \"a\", name: \"採血\", kind: customer)])";
    place.write("hand.ron", text);
    place.done(&["export", "hand.ron", "hand.png", "--scale", "1"]);
    assert_eq!(place.figures("hand.png")["layers"][0]["name"], "採血", "whatever could be painted, the map is whole");
}

#[test]
fn every_view_of_every_sample_is_written_in_every_format_and_can_be_opened_again() {
    let place = Place::with_samples();
    for view in ["map", "chain", "onion", "lanes", "sipoc", "silos"] {
        for ending in ["png", "svg", "pdf", "html"] {
            let out = format!("{view}.{ending}");
            place.done(&["export", "loan.ron", &out, "--view", view, "--date", "2026-11-22"]);
            let of = |map: &str| place.done(&["analyse", map, "--json"]);
            assert_eq!(of(&out), of("loan.ron"), "{out} carries its map");
        }
    }
    place.done(&["export", "lab.ron", "place.svg", "--view", "place", "--centre", "Analysis"]);
    let drawing = String::from_utf8(place.read("place.svg")).expect("text");
    for name in ["Analysis", "Accessioning", "Validation"] {
        assert!(drawing.contains(name), "{name}");
    }
    assert!(!drawing.contains(">Collection<"), "only neighbours");
}

#[test]
fn a_presentation_is_numbered_pictures_or_one_document() {
    let place = Place::with_samples();
    let said = place.done(&["export", "loan.ron", "peel.png", "--presentation", "--width", "960"]);
    let files: Vec<String> = (1..=8).map(|n| format!("peel-{n:02}.png")).collect();
    assert_eq!(said, format!("Written: {}.\n", files.join(", ")), "the customer and seven layers");
    for file in &files {
        let (width, height) = size(&place.read(file));
        assert!(width == 960 && (539..=541).contains(&height), "{file}: {width} × {height}, as a screen");
    }
    assert_eq!(place.done(&["export", "loan.ron", "peel.pdf", "--presentation"]), "Written: peel.pdf (8 pages).\n");
    let whole = place.done(&["export", "loan.ron", "all.html"]);
    assert_eq!(whole, "Written: all.html (9 pages).\n", "a web page shows every view");
}

#[test]
fn a_picture_shows_as_many_layers_as_are_asked_for() {
    let place = Place::with_samples();
    let names = |options: &[&str]| {
        place.done(&[&["export", "loan.ron", "x.svg"], options].concat());
        let drawing = String::from_utf8(place.read("x.svg")).expect("text");
        ["Borrower", "Disbursement", "Offer", "Submission"].map(|name| drawing.contains(&format!(">{name}")))
    };
    for view in ["map", "chain", "onion", "lanes"] {
        assert_eq!(names(&["--view", view]), [true; 4], "{view}");
        assert_eq!(names(&["--view", view, "--layers", "0", "--no-map"]), [true, false, false, false], "{view}");
        assert_eq!(names(&["--view", view, "--layers", "1", "--no-map"]), [true, true, false, false], "{view}");
        let filter = names(&["--view", view, "--filter", "disb", "--no-map"]);
        assert_eq!(filter, [false, true, false, false], "{view}");
    }
}
