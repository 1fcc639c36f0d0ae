//! PDF: no name is more than a string there. Read token by token (ISO 32000-1, section 7.2), strings and streams apart.

use std::collections::{BTreeMap, BTreeSet};

use peel::export::pdf::{self, embedded_map};
use peel::export::{Extent, Page, Paper, Picture};
use peel::files::format::write;
use peel::geom::{Rect, Size, pt};
use peel::model::{PartyId, Subject};
use peel::scene::text::Fonts;
use peel::scene::{Align, Group, Ink, Item, Scene, Theme, Weight};
use peel::writing::{Block, Level, Words};

use super::names;
use super::told::{budget, told};

/// What is in a document: the names of its dictionaries, and its strings.
#[derive(Debug, Default)]
struct Found {
    names: BTreeSet<String>,
    strings: BTreeSet<String>,
}

/// What makes a reader do something. Notes link to the page they stand on, and are ours.
const ACTIONS: [&str; 16] = [
    "JS",
    "JavaScript",
    "Launch",
    "URI",
    "OpenAction",
    "AA",
    "A",
    "SubmitForm",
    "ImportData",
    "GoToR",
    "GoToE",
    "RichMedia",
    "AcroForm",
    "XFA",
    "Movie",
    "ObjStm",
];

fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte)
}

/// A string between brackets: its bytes, and where it ends.
fn literal(file: &[u8], start: usize) -> (Vec<u8>, usize) {
    let (mut out, mut depth, mut at) = (Vec::new(), 1, start);
    while depth > 0 {
        let byte = file[at];
        at += 1;
        match byte {
            b'(' => depth += 1,
            b')' => depth -= 1,
            _ => {}
        }
        if byte == b'\\' {
            let digits = file[at..].iter().take(3).take_while(|digit| (b'0'..=b'7').contains(digit)).count();
            if digits > 0 {
                let octal = file[at..at + digits].iter().fold(0_u32, |sum, digit| sum * 8 + u32::from(digit - b'0'));
                out.push(octal as u8);
                at += digits;
            } else {
                let known = [(b'n', b'\n'), (b'r', b'\r'), (b't', b'\t'), (b'b', 8), (b'f', 12)];
                out.push(known.iter().find(|(letter, _)| *letter == file[at]).map_or(file[at], |(_, byte)| *byte));
                at += 1;
            }
        } else if depth > 0 {
            out.push(byte);
        }
    }
    (out, at)
}

/// The text of a string: UTF-16 behind a byte order mark, else Latin letters.
fn text_of(bytes: &[u8]) -> String {
    match bytes.strip_prefix(&[0xfe, 0xff]) {
        Some(wide) => {
            let units: Vec<u16> = wide.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        None => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

/// Reads a document; stops the test where something begins that never ends.
fn read(file: &[u8]) -> Found {
    let (mut found, mut at) = (Found::default(), 0);
    let (mut name, mut length) = (String::new(), None);
    while at < file.len() {
        match file[at] {
            b'%' => at += file[at..].iter().position(|byte| matches!(byte, b'\n' | b'\r')).unwrap_or(file.len() - at),
            b'(' => {
                let (bytes, end) = literal(file, at + 1);
                found.strings.insert(text_of(&bytes));
                at = end;
            }
            b'<' if file[at + 1] == b'<' => at += 2,
            b'<' => {
                let end = at + file[at..].iter().position(|byte| *byte == b'>').expect("a string ends");
                let digits: String = file[at + 1..end].iter().map(|byte| char::from(*byte)).collect();
                let byte = |i: usize| u8::from_str_radix(&digits[i..i + 2], 16).expect("hexadecimal digits");
                let bytes: Vec<u8> = (0..digits.len() / 2).map(|i| byte(2 * i)).collect();
                found.strings.insert(text_of(&bytes));
                at = end + 1;
            }
            b'/' => {
                let end = at + 1 + file[at + 1..].iter().position(|byte| is_delimiter(*byte)).expect("a name ends");
                name = String::from_utf8_lossy(&file[at + 1..end]).replace("#2F", "/");
                found.names.insert(name.clone());
                at = end;
            }
            byte if is_delimiter(byte) => at += 1,
            _ => {
                let end = file[at..].iter().position(|byte| is_delimiter(*byte)).map_or(file.len(), |n| at + n);
                let word = &file[at..end];
                at = end;
                if name == "Length" {
                    length = std::str::from_utf8(word).ok().and_then(|digits| digits.parse::<usize>().ok());
                    name.clear();
                } else if word == b"stream" {
                    at += if file[at..].starts_with(b"\r\n") { 2 } else { 1 };
                    at += length.take().expect("a stream says how long it is");
                    let rest = file[at..].iter().position(|byte| !byte.is_ascii_whitespace()).expect("an end");
                    assert!(rest <= 2 && file[at + rest..].starts_with(b"endstream"), "a stream is as long as it says");
                }
            }
        }
    }
    found
}

fn does_nothing(file: &[u8], what: &str) -> Found {
    assert!(file.starts_with(b"%PDF-") && file.trim_ascii_end().ends_with(b"%%EOF"), "{what}");
    let found = read(file);
    let odd = ACTIONS.iter().find(|action| found.names.contains(**action));
    assert!(odd.is_none(), "{what}: /{}", odd.unwrap_or(&""));
    found
}

/// A picture with one party, called by a text.
fn one(fonts: &Fonts, at: usize, name: &str) -> Scene {
    let line = fonts.line(name, 9.0, Weight::Regular);
    let item = Item::Text {
        at: pt(10.0, 20.0),
        align: Align::Left,
        size: 9.0,
        weight: Weight::Regular,
        ink: Ink::Text,
        text: line.text,
        width: line.width,
    };
    let id = PartyId::parse(&format!("p{at}")).expect("an id");
    let subject = Some(Subject::Party(id));
    let group = Group { subject, title: name.into(), about: name.into(), items: vec![item], ..Group::default() };
    Scene { groups: vec![group], bounds: Some(Rect::from_min_size(pt(0.0, 0.0), Size { w: 300.0, h: 40.0 })) }
}

fn written(fonts: &Fonts, pages: &[Page<'_>], title: &str, map: Option<&str>) -> Vec<u8> {
    let file = (pdf::EXPORTER.export)(&Picture {
        pages,
        details: &BTreeMap::new(),
        paper: Paper::Fit,
        fonts,
        theme: Theme::Light,
        transparent: false,
        extent: Extent::Scale(1.0),
        title,
        map,
        cancel: None,
    });
    file.expect("a document")
}

#[test]
fn the_reader_finds_what_does_something() {
    let file = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/T(a \\) /URI)/A<</S/Launch>>/H<feff0041>>>\nendobj\n2 0 obj\n<</Length 9>>\n\
                 stream\n/JS (x) <\nendstream\nendobj\n%%EOF";
    let found = read(file);
    for (name, is_there) in [("A", true), ("Launch", true), ("Catalog", true), ("URI", false), ("JS", false)] {
        assert_eq!(found.names.contains(name), is_there, "{name}");
    }
    assert!(found.strings.contains("a ) /URI") && found.strings.contains("A"), "{:?}", found.strings);
}

#[test]
fn names_are_strings_in_a_document() {
    let (names, fonts) = (names::kept(), Fonts::bundled());
    for some in names.chunks(100) {
        let scenes: Vec<Scene> = some.iter().enumerate().map(|(at, (_, name))| one(&fonts, at, name)).collect();
        let both = some.iter().zip(&scenes);
        let pages: Vec<Page<'_>> = both.map(|((_, name), scene)| Page { scene, title: name, notes: name }).collect();
        let map = write(&names::crowd_with_notes(some));
        let file = written(&fonts, &pages, &some[0].1, Some(&map));
        let found = does_nothing(&file, &some[0].0);
        assert_eq!(embedded_map(&file), Ok(Some(map)), "from {}", some[0].0);
        for (label, name) in some {
            let noted = name.trim();
            assert!(noted.is_empty() || found.strings.contains(noted), "{label} is a note: {:?}", found.strings);
        }
    }
    // As the title of a document.
    let empty = one(&fonts, 0, "x");
    let pages = [Page { scene: &empty, title: "Map", notes: "" }];
    for (label, name) in &names {
        let found = does_nothing(&written(&fonts, &pages, name, None), label);
        let title = name.trim();
        assert!(title.is_empty() || found.strings.contains(title), "{label}: {:?}", found.strings);
    }
    told("hostile names: PDF of views", "a table of texts", names.len() as u64, "strings, no action but our notes");
}

#[test]
fn names_are_strings_on_sheets_of_paper() {
    let (names, fonts) = (names::kept(), Fonts::bundled());
    let step = budget(2, 1) as usize;
    let some: Vec<_> = names.iter().step_by(step).collect();
    let blocks = some.iter().flat_map(|(_, name)| {
        [
            Block::Heading(Level::Part, name.clone()),
            Block::Paragraph(Words::written(name)),
            Block::Facts(vec![(name.clone(), Words::plain(name.clone()))]),
        ]
    });
    let page = peel::writing::Page { title: names::text("pdf-action"), blocks: blocks.collect(), ..Default::default() };
    let sheets = peel::writing::pdf(&page, &fonts);
    let found = does_nothing(&pdf::written(&page.title, &sheets, &fonts).expect("a document"), "a page of all names");
    assert!(found.strings.contains(page.title.trim()), "{:?}", found.strings);
    told("hostile names: PDF of pages", "a table of texts", some.len() as u64, "strings, no action");
}
