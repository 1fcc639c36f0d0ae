//! Reads a large map in several pieces at once, when it is laid out as the program writes it.
//!
//! Pieces end at ends of lines that look like ends of records. That they are no part of a text or a comment is shown by
//! the piece before: it parses by itself, and it would not with a text or comment left open. When anything is not as
//! expected, or must be made or refused, the map is read in one go, which also gives the errors their places.
//!
//! What is parsed of a piece becomes part of the model at once, so that there is never much of it.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::super::v1;
use super::write::OPTIONS;
use super::{build, either};
use crate::geom::Point;
use crate::model::{Document, Handoff, HandoffId, MOST_RECORDS, Measure, Party, PartyId, Records, Requirement, Voice};
use crate::threads::each;

/// Texts below this length are read in less time than threads take to start.
const WORTHWHILE: usize = 1 << 20;
/// Length of a piece, which with what is parsed of it fits in a processor's memory.
pub(super) const PIECE: usize = 1 << 16;

/// Where the parties begin; the comma belongs to what is before them.
const PARTIES: &str = ",\n    parties: [";
/// The end of a list that is not empty.
const END: &str = "\n    ],\n";
/// Between two records; the comma belongs to the first.
const BETWEEN: &str = ",\n        (";

/// True for a text that is long enough.
pub(super) fn is_worthwhile(text: &str) -> bool {
    text.len() >= WORTHWHILE
}

/// The document, when the text is laid out as the program writes it and sound. Pieces are at most a little longer than
/// `length`.
pub(super) fn read(text: &str, length: usize) -> Option<Document> {
    let layout = Layout::of(text)?;
    let build::Content { records, .. } = build::content(text, layout.rest()?).ok()?;
    let Records { info, views, scenarios, sprints, parties: _, handoffs: _ } = records;
    let shared = |record| party(record).map(|(id, party, at)| (id, Arc::new(party), at));
    let mut parties = list(layout.parties, length, MOST_RECORDS, shared)?;
    parties.sort_unstable_by_key(|(id, ..)| *id);
    let shared = |record| handoff(record).map(|(id, handoff)| (id, Arc::new(handoff)));
    let mut handoffs = list(layout.handoffs, length, MOST_RECORDS, shared)?;
    handoffs.sort_unstable_by_key(|(id, _)| *id);
    let is_unique =
        parties.windows(2).all(|pair| pair[0].0 < pair[1].0) && handoffs.windows(2).all(|pair| pair[0].0 < pair[1].0);
    for (id, requirement) in list(layout.requirements, length, v1::MOST_PARTS, requirement)? {
        let at = handoffs.binary_search_by_key(&id, |(id, _)| *id).ok()?;
        Arc::get_mut(&mut handoffs[at].1)?.requirements.push(requirement);
    }
    let place = |parties: &[(PartyId, Arc<Party>, Point)], id| parties.binary_search_by_key(&id, |(id, ..)| *id).ok();
    for (id, measure) in list(layout.measures, length, v1::MOST_PARTS, measure)? {
        let at = place(&parties, id)?;
        Arc::get_mut(&mut parties[at].1)?.measures.push(measure);
    }
    for (id, voice) in list(layout.expectations, length, v1::MOST_PARTS, voice)? {
        let at = place(&parties, id)?;
        Arc::get_mut(&mut parties[at].1)?.voices.push(voice);
    }
    let (parties, handoffs) = (parties.into_iter(), handoffs.into_iter());
    is_unique.then(|| Document::of(Records { info, parties, handoffs, views, scenarios, sprints }).ok())?
}

/// What all records of a list say, in order, when every one is sound.
fn list<R: DeserializeOwned, T: Send>(
    list: &str,
    length: usize,
    most: usize,
    says: impl Fn(R) -> Option<T> + Sync,
) -> Option<Vec<T>> {
    let piece = |piece: &&str| records(piece)?.into_iter().map(&says).collect::<Option<Vec<T>>>();
    let pieces = each(&split(list, length), piece).into_iter().collect::<Option<Vec<Vec<T>>>>()?;
    let all: Vec<T> = pieces.into_iter().flatten().collect();
    (all.len() <= most).then_some(all)
}

/// A party without its measures and what was said about it; `None` when something is missing or said twice.
pub(super) fn party(record: v1::Party<'static>) -> Option<(PartyId, Party, Point)> {
    let (id, at) = (record.id, v1::point(record.at?));
    either::two_parts(&record.dismissed.0).is_none().then(|| (id, record.into_model(Vec::new(), Vec::new()), at))
}

/// A handoff without its requirements.
pub(super) fn handoff(record: v1::Handoff<'static>) -> Option<(HandoffId, Handoff)> {
    let id = record.id?;
    either::two_parts(&record.dismissed.0).is_none().then(|| (id, record.into_model(Vec::new())))
}

/// A requirement, and the handoff that it belongs to.
pub(super) fn requirement(record: v1::Requirement<'static>) -> Option<(HandoffId, Requirement)> {
    let (owner, id) = (record.handoff, record.id?);
    (!record.says_twice()).then(|| (owner, record.into_model(id)))
}

/// A measure, and the party that it belongs to.
pub(super) fn measure(record: v1::Measure<'static>) -> Option<(PartyId, Measure)> {
    let (owner, id) = (record.party, record.id?);
    Some((owner, record.into_model(id)))
}

/// What was said about a party, and the party.
pub(super) fn voice(record: v1::Expectation<'static>) -> Option<(PartyId, Voice)> {
    let (owner, id) = (record.party, record.id?);
    Some((owner, record.into_model(id)))
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
pub(super) fn records<R: DeserializeOwned>(piece: &str) -> Option<Vec<R>> {
    OPTIONS.from_str(&format!("[{piece}\n]")).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str, pieces: usize) -> bool {
        let (whole, split) = (crate::files::format::read(text.as_bytes()), read(text, text.len() / pieces));
        if let Some(split) = &split {
            let whole = whole.unwrap_or_else(|e| panic!("{e}\n{text}"));
            assert!(whole.document == *split && whole.unplaced.is_empty(), "{text}");
        }
        split.is_some()
    }

    const MEASURES: &str = "    measures: [\n        (party: \"p01\", id: \"m1\", observations: [(value: 1), (value: 2)]),\n        (party: \"p02\", id: \"m1\"),\n    ],\n";
    const EXPECTATIONS: &str = "    expectations: [\n        (party: \"p01\", id: \"e1\", text: \"x\"),\n    ],\n";
    const VIEWS: &str = "    views: [\n        (id: \"v\"),\n    ],\n";
    const SCENARIOS: &str = "    scenarios: [\n        (id: \"s\", changes: [(party: \"p01\", field: process_time_h, value: 1), (handoff: \"h01\", field: wait_h, value: 2)]),\n        (id: \"t\"),\n    ],\n";

    fn map(title: &str, name: &str, item: &str) -> String {
        let parties = (0..40)
            .map(|i| format!("        (id: \"p{i:02}\", name: {name}, at: (0, 0)),\n"))
            .collect::<Vec<_>>()
            .concat();
        let handoffs = (0..90)
            .map(|i| format!("        (id: \"h{i:02}\", supplier: \"p{:02}\", item: {item}),\n", i % 40))
            .collect::<Vec<_>>()
            .concat();
        format!(
            "(\n    version: 1,\n    map: (title: {title}),\n    parties: [\n{parties}    ],\n    handoffs: [\n{handoffs}    ],\n    requirements: [\n        (handoff: \"h07\", id: \"r1\"),\n    ],\n)\n"
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
        let requirements = "[\n        (handoff: \"h07\", id: \"r1\"),\n    ]";
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
            ("(handoff: \"h07\", id: \"r1\"),", "(handoff: \"h07\", id: \"r1\"), )"),
            ("    requirements: [", "    parties: [],\n    requirements: ["),
            ("    ],\n)\n", "    ],\n    parties: [],\n)\n"),
            ("    parties", "    views: [(id: \"z\")],\n    parties"),
            ("    ],\n)\n", "    ],\n    views: [(id: \"v\", kind: maps)],\n)\n"),
            ("    ],\n)\n", &format!("    ],\n{SCENARIOS}{SCENARIOS})\n")),
            ("    ],\n)\n", &format!("    ],\n{SCENARIOS}{MEASURES})\n")),
            ("    ],\n)\n", "    ],\n    scenarios: [(changes: [(party: \"p01\", field: wait, value: 1)])],\n)\n"),
            ("    parties", "    scenarios: [(id: \"z\")],\n    parties"),
            ("id: \"p20\"", "id: \"p20\", colour: 1"),
            ("    parties", "    measures: [(party: \"p01\")],\n    parties"),
            ("    ],\n)\n", "    ],\n    measures: [\n        (party: \"p01\", colour: 1),\n    ],\n)\n"),
            ("    ],\n)\n", "    ],\n    measures: [(party: \"p01\")],\n)\n"), // not as the program writes it
            ("    ],\n)\n", &format!("    ],\n{EXPECTATIONS}{MEASURES})\n")),  // in another order
            ("    ],\n)\n", &format!("    ],\n{MEASURES}{MEASURES})\n")),
        ] {
            assert!(good.contains(old), "{old}");
            assert!(read(&good.replace(old, new), good.len() / 4).is_none(), "{new}");
        }
    }

    #[test]
    fn a_file_with_every_field_is_read_in_pieces_and_so_is_one_out_of_order() {
        for text in [
            include_str!("../../../tests/fixtures/format/full.ron"),
            include_str!("../../../tests/fixtures/format/contract.ron"),
            include_str!("../../../tests/fixtures/format/improve.ron"),
        ] {
            assert!((1..20).all(|pieces| same(text, pieces)));
        }
        let rows =
            |text: &str| text.replace("\"p05\"", "\"x\"").replace("\"h07\"", "\"z\"").replace("\"h80\"", "\"a\"");
        assert!(same(&rows(&map("\"t\"", "\"n\"", "\"i\"")), 3));
    }

    #[test]
    fn no_byte_is_passed_over() {
        let text = include_str!("../../../tests/fixtures/format/full.ron");
        for at in 0..text.len() {
            for byte in *b" \",(1\nx" {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                if let Ok(other) = String::from_utf8(bytes)
                    && crate::files::format::refuse::check_version(&other).is_ok()
                {
                    same(&other, 20);
                }
            }
        }
    }
}
