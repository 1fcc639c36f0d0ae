//! A small strict reader of XML, for tests: elements in the order they begin.

use std::collections::BTreeMap;

/// One element.
#[derive(Debug, Default)]
pub struct Element {
    pub name: String,
    pub attributes: BTreeMap<String, String>,
    /// The text directly inside.
    pub text: String,
    pub depth: usize,
}

impl Element {
    pub fn get(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
}

/// Reads a document; stops the test where it is not well-formed (XML 1.0), and at doctypes, comments and CDATA, which
/// we never write.
pub fn read(file: &str) -> Vec<Element> {
    for c in file.chars() {
        let allowed = matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
        assert!(allowed, "{c:?} is no character of XML");
    }
    let mut rest = file.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n").expect("begins as XML");
    let (mut all, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let (text, tag) = rest.split_once('<').unwrap_or((rest, ""));
        match open.last() {
            Some(parent) => all[*parent].text.push_str(&resolved(text)),
            None => assert!(text.trim().is_empty(), "text outside: {text}"),
        }
        if tag.is_empty() {
            break;
        }
        let inside;
        (inside, rest) = tag.split_once('>').expect("a tag ends");
        if let Some(name) = inside.strip_prefix('/') {
            let element = open.pop().expect("something is open");
            assert_eq!(all[element].name, name, "tags are nested");
            continue;
        }
        let (inside, is_empty) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let (name, attributes) = inside.split_once(' ').unwrap_or((inside, ""));
        assert!(!open.is_empty() || all.is_empty(), "one root");
        assert!(!name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric()), "{name}");
        all.push(Element {
            name: name.into(),
            attributes: read_attributes(attributes),
            text: String::new(),
            depth: open.len(),
        });
        if !is_empty {
            open.push(all.len() - 1);
        }
    }
    assert!(open.is_empty(), "{open:?} never end");
    all
}

fn read_attributes(mut rest: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").expect("a value in quotes");
        let (value, after) = after.split_once('"').expect("quotes end");
        let is_name = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'));
        assert!(is_name, "{name}");
        assert!(found.insert(name.to_owned(), resolved(value)).is_none(), "{name} twice");
        rest = after.strip_prefix(' ').unwrap_or(after);
        assert!(after.is_empty() || after.starts_with(' '), "a space between attributes: {after}");
    }
    found
}

fn resolved(text: &str) -> String {
    assert!(!text.contains('<'), "{text}");
    let parts = text.split('&').enumerate().map(|(i, part)| {
        if i == 0 {
            return part.to_owned();
        }
        let (name, after) = part.split_once(';').expect("an entity ends");
        let c = match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "#13" => '\r',
            _ => panic!("the entity {name}"),
        };
        format!("{c}{after}")
    });
    parts.collect()
}
