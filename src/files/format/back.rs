//! Tells whether the text of a large map says what the map says, piece by piece on all processors, without a second map in
//! memory.
//!
//! A text laid out as the program writes it has the records in the order of the model, so each is parsed and compared with
//! the one that is due. What reading a file checks beside that (that ids are unique, name what is there, and values are
//! in range) holds for the model and with it for what equals it. When anything is not as expected nothing is said: then
//! the text is read as a file is, which also tells what is wrong.

use std::sync::Arc;

use serde::de::DeserializeOwned;

use super::super::v1;
use super::pieces::{self, Layout, PIECE, records, split};
use super::{build, refuse};
use crate::geom::Point;
use crate::model::{Document, Handoff, HandoffId, MOST_RECORDS, Measure, Party, PartyId, Records, Requirement, Voice};
use crate::threads::each;

/// True when the text says what the document says; false also when it cannot be told this way.
pub(super) fn says(text: &str, document: &Document) -> bool {
    in_pieces(text, document, PIECE) == Some(true)
}

/// A piece that is to be compared.
type Job<'a> = Box<dyn Fn() -> bool + Sync + 'a>;

fn in_pieces(text: &str, document: &Document, length: usize) -> Option<bool> {
    let text = refuse::decode(text.as_bytes()).ok()?;
    refuse::check_version(text).ok()?;
    let layout = Layout::of(text)?;
    let parties: Vec<Placed<'_>> = document.parties().map(|(id, party)| (id, party, document.place(id))).collect();
    let handoffs: Vec<_> = document.handoffs().collect();
    let requirements: Vec<_> =
        document.handoffs().flat_map(|(id, h)| h.requirements.iter().map(move |r| (id, r))).collect();
    let measures: Vec<_> = document.parties().flat_map(|(id, p)| p.measures.iter().map(move |m| (id, m))).collect();
    let voices: Vec<_> = document.parties().flat_map(|(id, p)| p.voices.iter().map(move |v| (id, v))).collect();
    let mut jobs = Vec::new();
    let is_whole = push(&mut jobs, (layout.parties, length), &parties, MOST_RECORDS, party)
        && push(&mut jobs, (layout.handoffs, length), &handoffs, MOST_RECORDS, handoff)
        && push(&mut jobs, (layout.requirements, length), &requirements, v1::MOST_PARTS, requirement)
        && push(&mut jobs, (layout.measures, length), &measures, v1::MOST_PARTS, measure)
        && push(&mut jobs, (layout.expectations, length), &voices, v1::MOST_PARTS, voice);
    Some(is_whole && around(text, layout.rest()?, document) && each(&jobs, |job| job()).into_iter().all(|same| same))
}

/// Adds the pieces of a list, each with the records of the model that are due in it; false when there are more or fewer.
fn push<'a, M: Sync, R: DeserializeOwned + 'a>(
    jobs: &mut Vec<Job<'a>>,
    (list, length): (&'a str, usize),
    mut due: &'a [M],
    most: usize,
    same: fn(R, &M) -> bool,
) -> bool {
    if due.len() > most {
        return false;
    }
    for piece in split(list, length) {
        // The program writes each record on a line of its own.
        let lines = piece.bytes().filter(|byte| *byte == b'\n').count();
        let Some((models, rest)) = due.split_at_checked(lines) else { return false };
        due = rest;
        jobs.push(Box::new(move || {
            let Some(records) = records::<R>(piece) else { return false };
            records.len() == models.len() && records.into_iter().zip(models).all(|(record, model)| same(record, model))
        }));
    }
    due.is_empty()
}

/// True when all that is not in the five long lists is the same.
fn around(text: &str, rest: v1::File, document: &Document) -> bool {
    let Ok(build::Content { records, .. }) = build::content(text, rest) else { return false };
    let Records { info, views, scenarios, sprints, parties: _, handoffs: _ } = records;
    info == *document.info()
        && alike(&views, document.views())
        && alike(&scenarios, document.scenarios())
        && alike(&sprints, document.sprints())
}

fn alike<'a, I: PartialEq, T: PartialEq + 'a>(records: &[(I, T)], due: impl Iterator<Item = (I, &'a Arc<T>)>) -> bool {
    let due: Vec<(I, &Arc<T>)> = due.collect();
    records.len() == due.len()
        && records.iter().zip(due).all(|((id, record), (due, model))| *id == due && *record == **model)
}

type Placed<'a> = (PartyId, &'a Arc<Party>, Option<Point>);

fn party(record: v1::Party<'static>, (id, due, place): &Placed<'_>) -> bool {
    pieces::party(record).is_some_and(|(own, party, at)| {
        let party = Party { measures: due.measures.clone(), voices: due.voices.clone(), ..party };
        own == *id && Some(at) == *place && party == ***due
    })
}

fn handoff(record: v1::Handoff<'static>, (id, due): &(HandoffId, &Arc<Handoff>)) -> bool {
    pieces::handoff(record).is_some_and(|(own, handoff)| {
        own == *id && Handoff { requirements: due.requirements.clone(), ..handoff } == ***due
    })
}

fn requirement(record: v1::Requirement<'static>, (handoff, due): &(HandoffId, &Requirement)) -> bool {
    pieces::requirement(record).is_some_and(|(owner, requirement)| owner == *handoff && requirement == **due)
}

fn measure(record: v1::Measure<'static>, (party, due): &(PartyId, &Measure)) -> bool {
    pieces::measure(record).is_some_and(|(owner, measure)| owner == *party && measure == **due)
}

fn voice(record: v1::Expectation<'static>, (party, due): &(PartyId, &Voice)) -> bool {
    pieces::voice(record).is_some_and(|(owner, voice)| owner == *party && voice == **due)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::format::{read, write};
    use crate::model::{Edit, Handoff};

    /// Files with every field, and the samples.
    fn texts() -> [&'static str; 6] {
        [
            include_str!("../../../tests/fixtures/format/full.ron"),
            include_str!("../../../tests/fixtures/format/costs_and_views.ron"),
            include_str!("../../../tests/fixtures/format/contract.ron"),
            include_str!("../../../tests/fixtures/format/scenarios.ron"),
            include_str!("../../../tests/fixtures/format/improve.ron"),
            include_str!("../../../assets/samples/loan.ron"),
        ]
    }

    fn document(text: &str) -> Document {
        read(text.as_bytes()).expect("a map").document
    }

    #[test]
    fn what_the_program_writes_is_told_in_pieces_of_any_length() {
        for text in texts().into_iter().chain([&*write(&Document::default())]) {
            let document = document(text);
            for length in [1, 100, 1_000, PIECE] {
                assert_eq!(in_pieces(&write(&document), &document, length), Some(true), "{length}\n{text}");
            }
        }
    }

    #[test]
    fn what_was_changed_is_never_the_same() {
        for text in texts() {
            let document = document(text);
            for (id, party) in document.parties() {
                let renamed = Edit::PutParty(id, Party { name: format!("{}!", party.name), ..(**party).clone() });
                let moved = document.place(id).map(|at| Edit::Place(id, crate::geom::pt(at.x + 1.0, at.y)));
                for edit in [
                    Some(renamed),
                    moved,
                    Some(Edit::PutParty(id, Party { measures: vec![], voices: vec![], ..(**party).clone() })),
                ] {
                    differs(text, &document, edit.into_iter().collect());
                }
            }
            for (id, handoff) in document.handoffs() {
                let bare = Handoff { requirements: Vec::new(), ..(**handoff).clone() };
                let other = Handoff { critical: !handoff.critical, ..(**handoff).clone() };
                for edit in [Edit::PutHandoff(id, bare), Edit::PutHandoff(id, other), Edit::RemoveHandoff(id)] {
                    differs(text, &document, vec![edit]);
                }
            }
            for edits in [
                document.views().map(|(id, _)| Edit::RemoveView(id)).collect::<Vec<_>>(),
                document.scenarios().map(|(id, _)| Edit::RemoveScenario(id)).collect(),
                document.sprints().map(|(id, _)| Edit::RemoveSprint(id)).collect(),
            ] {
                differs(text, &document, edits);
            }
        }
    }

    /// The text of a document is not that of the document after the edits, if they change anything.
    fn differs(text: &str, document: &Document, edits: Vec<Edit>) {
        let mut changed = document.clone();
        changed.apply(edits).expect("edited");
        if changed != *document {
            assert_ne!(in_pieces(text, &changed, 200), Some(true));
            assert_ne!(in_pieces(&write(&changed), document, 200), Some(true));
        }
    }

    #[test]
    fn a_text_that_reading_refuses_is_not_the_same() {
        for (old, new) in [
            ("id: \"p2\"", "id: \"p1\""),
            ("version: 1,", "version: 1, version: 1,"),
            ("    ],\n)\n", "    ],\n    views: [], views: [],\n)\n"),
            ("    ],\n)\n", "    ]\n"),
            ("    handoffs: [\n", "    handoffs: [\n\n"),
            ("    handoffs: [\n", "    parties: [],\n    handoffs: [\n"),
            (")\n", ")\n)\n"),
            ("actual: ", "observations: [(value: 1)], actual: "),
        ] {
            let mut changed = 0;
            for text in texts() {
                let (document, other) = (document(text), text.replacen(old, new, 1));
                let is_same = read(other.as_bytes()).is_ok_and(|opened| opened.document == document);
                assert!(is_same || in_pieces(&other, &document, 200) != Some(true), "{new}");
                changed += usize::from(other != text);
            }
            assert!(changed > 0, "{old}");
        }
    }

    #[test]
    fn no_byte_of_the_text_is_passed_over() {
        let text = texts()[0];
        let document = document(text);
        for at in 0..text.len() {
            for byte in [b' ', b'"', b',', b'(', b'1', b'\n', b'x'] {
                let mut bytes = text.as_bytes().to_vec();
                bytes[at] = byte;
                let Ok(other) = String::from_utf8(bytes) else { continue };
                if in_pieces(&other, &document, 300) == Some(true) {
                    let opened = read(other.as_bytes()).unwrap_or_else(|error| panic!("{at} {byte}: {error}"));
                    assert!(opened.document == document && opened.unplaced.is_empty(), "{at} {byte}");
                }
            }
        }
    }
}
