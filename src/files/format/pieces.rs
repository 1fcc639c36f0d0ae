//! Parses a large map in several pieces at once, when it is laid out as the program writes it.
//!
//! Pieces end at ends of lines that look like ends of records. That they are no part of a text or a comment is shown by
//! the piece before: it parses by itself, and it would not with a text or comment left open. When anything is not as
//! expected the map is parsed in one go, which also gives the errors their places.

use serde::de::DeserializeOwned;

use super::super::v1;
use super::write::OPTIONS;
use super::{FormatError, report};
use crate::threads::each;

/// Texts below this length are parsed in less time than threads take to start.
pub(super) const WORTHWHILE: usize = 1 << 20;
/// Length of a piece, which with what is parsed of it fits in a processor's memory.
pub(super) const PIECE: usize = 1 << 16;

/// Where the parties begin; the comma belongs to what is before them.
const PARTIES: &str = ",\n    parties: [";
/// The end of a list that is not empty.
const END: &str = "\n    ],\n";
/// Between two records; the comma belongs to the first.
const BETWEEN: &str = ",\n        (";

/// The records of a map.
pub(super) fn parse(text: &str) -> Result<v1::File, FormatError> {
    match if text.len() < WORTHWHILE { None } else { in_pieces(text, PIECE) } {
        Some(file) => Ok(file),
        None => report::parse(text),
    }
}

/// The records, when the text is laid out as the program writes it and sound. Pieces are at most a little longer than
/// `length`.
fn in_pieces(text: &str, length: usize) -> Option<v1::File> {
    let layout = Layout::of(text)?;
    let rest = layout.rest()?;
    Some(v1::File {
        parties: list(layout.parties, length)?,
        handoffs: list(layout.handoffs, length)?,
        requirements: list(layout.requirements, length)?,
        measures: list(layout.measures, length)?,
        expectations: list(layout.expectations, length)?,
        ..rest
    })
}

/// All records of a list, in order, when every piece is sound.
fn list<T: DeserializeOwned + Send, const MOST: usize>(list: &str, length: usize) -> Option<v1::List<T, MOST>> {
    let mut all = Vec::new();
    for piece in each(&split(list, length), |piece| records::<v1::List<T, MOST>>(piece)) {
        all.append(&mut piece?.0);
    }
    (all.len() <= MOST).then_some(v1::List(all))
}

/// Where the lists are in a text that is laid out as the program writes it.
pub(super) struct Layout<'text> {
    head: &'text str,
    /// The records of the parties, each after the end of a line.
    pub parties: &'text str,
    /// Those of the handoffs.
    pub handoffs: &'text str,
    /// Those of the requirements.
    pub requirements: &'text str,
    /// Those of the measures.
    pub measures: &'text str,
    /// Those of what was said about parties.
    pub expectations: &'text str,
    tail: &'text str,
}

impl<'text> Layout<'text> {
    /// The lists, when the text looks as if it were laid out so; each must still prove to be sound.
    pub fn of(text: &'text str) -> Option<Self> {
        let (head, _) = text.split_once(PARTIES)?;
        let mut rest = text[head.len()..].strip_prefix(",\n")?;
        Some(Self {
            head,
            parties: body(&mut rest, "parties")?,
            handoffs: body(&mut rest, "handoffs")?,
            requirements: body(&mut rest, "requirements")?,
            measures: body(&mut rest, "measures").unwrap_or_default(),
            expectations: body(&mut rest, "expectations").unwrap_or_default(),
            tail: rest,
        })
    }

    /// What stands around these lists, when it is sound.
    pub fn rest(&self) -> Option<v1::File> {
        let head: v1::File = OPTIONS.from_str(&format!("{}\n)", self.head)).ok()?;
        let v1::Tail { views, scenarios, sprints } = OPTIONS.from_str(&format!("(\n{}", self.tail)).ok()?;
        is_bare(&head).then_some(v1::File { views, scenarios, sprints, ..head })
    }
}

/// True when there is no record in any list.
fn is_bare(file: &v1::File) -> bool {
    let v1::File { _version: _, map: _, parties, handoffs, requirements, measures, expectations, .. } = file;
    let v1::File { views, scenarios, sprints, .. } = file;
    parties.is_empty()
        && handoffs.is_empty()
        && requirements.is_empty()
        && measures.is_empty()
        && expectations.is_empty()
        && views.is_empty()
        && scenarios.is_empty()
        && sprints.is_empty()
}

/// The records of the list of that name, when the text goes on with it; the text goes on after it then.
fn body<'text>(text: &mut &'text str, name: &str) -> Option<&'text str> {
    let list = text.strip_prefix("    ")?.strip_prefix(name)?.strip_prefix(": [")?;
    let (body, rest) = match list.strip_prefix("],\n") {
        Some(rest) => ("", rest),
        None => list.split_once(END)?,
    };
    *text = rest;
    Some(body)
}

/// The pieces of a list, of about that length.
pub(super) fn split(mut list: &str, length: usize) -> Vec<&str> {
    let pieces = list.len().div_ceil(length.max(1));
    let length = list.len().div_ceil(pieces.max(1));
    let mut split = Vec::with_capacity(pieces);
    while !list.is_empty() {
        let wanted = list.ceil_char_boundary(length.min(list.len()));
        let end = list[wanted..].find(BETWEEN).map_or(list.len(), |i| wanted + i + 1);
        let (piece, rest) = list.split_at(end);
        split.push(piece);
        list = rest;
    }
    split
}

/// The records of a piece.
pub(super) fn records<L: DeserializeOwned>(piece: &str) -> Option<L> {
    OPTIONS.from_str(&format!("[{piece}\n]")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str, pieces: usize) -> bool {
        let (whole, split) = (report::parse::<v1::File>(text), in_pieces(text, text.len() / pieces));
        if let Some(split) = &split {
            assert_eq!(format!("{split:?}"), format!("{:?}", whole.unwrap_or_else(|e| panic!("{e}\n{text}"))));
        }
        split.is_some()
    }

    const MEASURES: &str = "    measures: [\n        (party: \"p1\", observations: [(value: 1), (value: 2)]),\n        (party: \"p2\"),\n    ],\n";
    const EXPECTATIONS: &str = "    expectations: [\n        (party: \"p1\", text: \"x\"),\n    ],\n";
    const VIEWS: &str = "    views: [\n        (id: \"v\"),\n    ],\n";
    const SCENARIOS: &str = "    scenarios: [\n        (id: \"s\", changes: [(party: \"p1\", field: process_time_h, value: 1), (handoff: \"h1\", field: wait_h, value: 2)]),\n        (id: \"t\"),\n    ],\n";

    fn map(title: &str, name: &str, item: &str) -> String {
        let parties = (0..40).map(|i| format!("        (id: \"p{i}\", name: {name}),\n")).collect::<Vec<_>>().concat();
        let handoffs = (0..90)
            .map(|i| format!("        (id: \"h{i}\", supplier: \"p{}\", item: {item}),\n", i % 40))
            .collect::<Vec<_>>()
            .concat();
        format!(
            "(\n    version: 1,\n    map: (title: {title}),\n    parties: [\n{parties}    ],\n    handoffs: [\n{handoffs}    ],\n    requirements: [\n        (handoff: \"h7\"),\n    ],\n)\n"
        )
    }

    #[test]
    fn pieces_give_what_the_whole_gives() {
        for pieces in 1..20 {
            assert!(same(&map("\"x\"", "\"é (\"", "\"a,\""), pieces), "{pieces}");
            let plain = map("\"x\"", "\"n\"", "\"i\"");
            for lists in [
                &[MEASURES][..],
                &[EXPECTATIONS],
                &[VIEWS],
                &[SCENARIOS],
                &[MEASURES, VIEWS],
                &[VIEWS, SCENARIOS],
                &[MEASURES, EXPECTATIONS, VIEWS, SCENARIOS],
            ] {
                let more = plain.replace("    ],\n)\n", &format!("    ],\n{})\n", lists.concat()));
                assert!(more.len() > plain.len() && same(&more, pieces), "{pieces} {more}");
            }
        }
        let requirements = "[\n        (handoff: \"h7\"),\n    ]";
        assert!(same(&map("\"\"", "\"\"", "\"\"").replace(requirements, "[]"), 3));
        let empty = "(\n    version: 1,\n    map: (),\n    parties: [],\n    handoffs: [],\n    requirements: [],\n)\n";
        assert!(same(empty, 1), "nothing at all");
    }

    #[test]
    fn what_only_looks_like_an_end_is_seen_through() {
        let marks = [
            PARTIES,
            END,
            BETWEEN,
            "\n    ],\n    handoffs: [\n",
            "\n    ],\n    measures: [],\n    expectations: [\n",
            ",\n        (id: \"x\"),\n        (",
            "\n    ],\n)\n",
        ];
        for mark in marks {
            for (open, close) in [("r\"", "\""), ("r#\"", "\"#"), ("\"", "\""), ("/*", "*/\"\"")] {
                let hidden = format!(
                    "{open}{}{close}",
                    if open == "\"" { mark.replace('"', "\\\"") } else { mark.replace('"', "") }
                );
                for pieces in [1, 2, 7, 30] {
                    same(&map(&hidden, "\"n\"", "\"i\""), pieces);
                    same(&map("\"t\"", &hidden, "\"i\""), pieces);
                    same(&map("\"t\"", "\"n\"", &hidden), pieces);
                }
            }
        }
    }

    #[test]
    fn what_is_wrong_anywhere_is_left_to_the_whole() {
        let good = map("\"t\"", "\"n\"", "\"i\"");
        for (old, new) in [
            ("version: 1", "version: -1"),
            ("    parties", "    handoffs: [(id: \"z\")],\n    parties"),
            (",\n    parties", "\n    parties"),
            ("],\n    handoffs", "]\n    handoffs"),
            ("h89", "H89"),
            ("(handoff: \"h7\"),", "(handoff: \"h7\"), )"),
            ("    requirements: [", "    parties: [],\n    requirements: ["),
            ("    ],\n)\n", "    ],\n    parties: [],\n)\n"),
            ("    parties", "    views: [(id: \"z\")],\n    parties"),
            ("    ],\n)\n", "    ],\n    views: [(id: \"v\", kind: maps)],\n)\n"),
            ("    ],\n)\n", &format!("    ],\n{SCENARIOS}{SCENARIOS})\n")),
            ("    ],\n)\n", &format!("    ],\n{SCENARIOS}{MEASURES})\n")),
            ("    ],\n)\n", "    ],\n    scenarios: [(changes: [(party: \"p1\", field: wait, value: 1)])],\n)\n"),
            ("    parties", "    scenarios: [(id: \"z\")],\n    parties"),
            ("id: \"p20\"", "id: \"p20\", colour: 1"),
            ("    parties", "    measures: [(party: \"p1\")],\n    parties"),
            ("    ],\n)\n", "    ],\n    measures: [\n        (party: \"p1\", colour: 1),\n    ],\n)\n"),
            ("    ],\n)\n", "    ],\n    measures: [(party: \"p1\")],\n)\n"), // not as the program writes it
            ("    ],\n)\n", &format!("    ],\n{EXPECTATIONS}{MEASURES})\n")), // in another order
            ("    ],\n)\n", &format!("    ],\n{MEASURES}{MEASURES})\n")),
        ] {
            assert!(good.contains(old), "{old}");
            assert!(in_pieces(&good.replace(old, new), good.len() / 4).is_none(), "{new}");
        }
    }
}
