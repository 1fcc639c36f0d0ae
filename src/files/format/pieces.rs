//! Parses a large map in several pieces at once, when it is laid out as the program writes it.
//!
//! Pieces end at ends of lines that look like ends of records. That they are no part of a text or a comment is shown by
//! the piece before: it parses by itself, and it would not with a text or comment left open. When anything is not as
//! expected the map is parsed in one go, which also gives the errors their places.

use std::thread::{Builder, Scope, ScopedJoinHandle};

use serde::de::DeserializeOwned;

use super::super::v1;
use super::write::OPTIONS;
use super::{FormatError, STACK, report};
use crate::model::MOST_RECORDS;

/// Texts below this length are not worth a thread.
const WORTHWHILE: usize = 1 << 20;
const MOST_THREADS: usize = 8;

const PARTIES: &str = "\n    parties: [\n";
const HANDOFFS: &str = "\n    ],\n    handoffs: [\n";
const REQUIREMENTS: &str = "\n    ],\n    requirements: [";
/// Between two records; the comma belongs to the first.
const BETWEEN: &str = ",\n        (";

/// The records of a map.
pub(super) fn parse(text: &str) -> Result<v1::File, FormatError> {
    let pieces = std::thread::available_parallelism().map_or(1, usize::from).min(MOST_THREADS);
    if text.len() >= WORTHWHILE
        && pieces > 1
        && let Some(file) = in_pieces(text, pieces)
    {
        return Ok(file);
    }
    report::parse(text)
}

/// The records, when the text is laid out as the program writes it and sound.
fn in_pieces(text: &str, pieces: usize) -> Option<v1::File> {
    let (head, rest) = text.split_once(PARTIES)?;
    let (parties, rest) = rest.split_once(HANDOFFS)?;
    let (handoffs, tail) = rest.split_once(REQUIREMENTS)?;
    let head: v1::File = OPTIONS.from_str(&format!("{head}{PARTIES}])")).ok()?;
    std::thread::scope(|scope| {
        let parties = begin(scope, parties, pieces)?;
        let handoffs = begin(scope, handoffs, pieces)?;
        let tail: v1::Tail = OPTIONS.from_str(&format!("(requirements: [{tail}")).ok()?;
        let (parties, handoffs) = (v1::List(finish(parties)?), v1::List(finish(handoffs)?));
        let whole = head.handoffs.is_empty() && head.requirements.is_empty() && head.views.is_empty();
        let v1::Tail { requirements, views } = tail;
        whole.then_some(v1::File { parties, handoffs, requirements, views, ..head })
    })
}

/// A thread that parses a piece of a list.
type Piece<'scope, T> = ScopedJoinHandle<'scope, Option<v1::List<T, MOST_RECORDS>>>;

/// Begins to parse the records of a list.
fn begin<'scope, 'text: 'scope, T: DeserializeOwned + Send + 'scope>(
    scope: &'scope Scope<'scope, 'text>,
    mut list: &'text str,
    pieces: usize,
) -> Option<Vec<Piece<'scope, T>>> {
    let length = list.len().div_ceil(pieces);
    let mut threads = Vec::with_capacity(pieces);
    while !list.is_empty() {
        let wanted = list.ceil_char_boundary(length.min(list.len()));
        let end = list[wanted..].find(BETWEEN).map_or(list.len(), |i| wanted + i + 1);
        let (piece, rest) = list.split_at(end);
        let parse = move || OPTIONS.from_str(&format!("[{piece}\n]")).ok();
        threads.push(Builder::new().stack_size(STACK).spawn_scoped(scope, parse).ok()?);
        list = rest;
    }
    Some(threads)
}

/// All records of a list, in order, when every piece was sound.
fn finish<T>(threads: Vec<Piece<'_, T>>) -> Option<Vec<T>> {
    let mut records = Vec::new();
    for thread in threads {
        records.append(&mut thread.join().ok()??.0);
    }
    (records.len() <= MOST_RECORDS).then_some(records)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(text: &str, pieces: usize) -> bool {
        let (whole, split) = (report::parse::<v1::File>(text), in_pieces(text, pieces));
        if let Some(split) = &split {
            assert_eq!(format!("{split:?}"), format!("{:?}", whole.unwrap_or_else(|e| panic!("{e}\n{text}"))));
        }
        split.is_some()
    }

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
            let views = map("\"x\"", "\"n\"", "\"i\"")
                .replace("    ],\n)\n", "    ],\n    views: [\n        (id: \"v\"),\n    ],\n)\n");
            assert!(views.contains("views") && same(&views, pieces), "{pieces}");
        }
        assert!(same(&map("\"\"", "\"\"", "\"\"").replace("[\n        (handoff: \"h7\"),\n    ]", "[]"), 3));
    }

    #[test]
    fn what_only_looks_like_an_end_is_seen_through() {
        let marks = [PARTIES, HANDOFFS, REQUIREMENTS, BETWEEN, ",\n        (id: \"x\"),\n        (", "\n    ],\n)\n"];
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
            ("h89", "H89"),
            ("(handoff: \"h7\"),", "(handoff: \"h7\"), )"),
            ("    requirements: [", "    parties: [],\n    requirements: ["),
            ("    ],\n)\n", "    ],\n    parties: [],\n)\n"),
            ("    parties", "    views: [(id: \"z\")],\n    parties"),
            ("    ],\n)\n", "    ],\n    views: [(id: \"v\", kind: maps)],\n)\n"),
            ("id: \"p20\"", "id: \"p20\", colour: 1"),
        ] {
            assert!(good.contains(old), "{old}");
            assert!(in_pieces(&good.replace(old, new), 4).is_none(), "{new}");
        }
    }
}
