//! Writes a document: one record on one line, in the order of the ids, fields at their default left out.

use std::sync::LazyLock;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;

use super::super::v1;
use crate::model::{Document, Edit};
use crate::threads::both;

const HEADER: &str =
    "// A map made with Peel. One record on each line, so it can be compared line by line and edited by hand.\n";

/// How records are written and read: known options bare, the parser's own limit on nesting.
pub(super) static OPTIONS: LazyLock<ron::Options> =
    LazyLock::new(|| ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME));

/// The text of a document. The same document always gives the same bytes, and [`super::read`] gives it back.
pub fn write(document: &Document) -> String {
    let mut out = String::new();
    out.push_str(HEADER);
    out.push_str(&format!("(\n    version: {},\n    map: ", v1::VERSION));
    put(&mut out, &v1::Map::new(document.info()), one_line());
    out.push_str(",\n");
    // Handoffs are about as long as all the rest.
    let (rest, handoffs) = both(
        || around_handoffs(document),
        || {
            let mut out = String::with_capacity(160 * document.handoffs_len());
            list(&mut out, "handoffs", || document.handoffs().map(|(id, h)| v1::Handoff::new(id, h)));
            out
        },
    );
    let [parties, rest] = rest;
    [&*out, &parties, &handoffs, &rest, ")\n"].concat()
}

/// What stands before the handoffs, and what stands after them.
fn around_handoffs(document: &Document) -> [String; 2] {
    let mut parties = String::with_capacity(160 * document.parties_len());
    list(&mut parties, "parties", || document.parties().map(|(id, p)| v1::Party::new(id, p, document.place(id))));
    let mut out = String::new();
    list(&mut out, "requirements", || {
        document.handoffs().flat_map(|(id, h)| h.requirements.iter().map(move |r| v1::Requirement::new(id, r)))
    });
    list_if_any(&mut out, "measures", || {
        document.parties().flat_map(|(id, p)| p.measures.iter().map(move |m| v1::Measure::new(id, m)))
    });
    list_if_any(&mut out, "expectations", || {
        document.parties().flat_map(|(id, p)| p.voices.iter().map(move |v| v1::Expectation::new(id, v)))
    });
    list_if_any(&mut out, "views", || document.views().map(|(id, view)| v1::View::new(id, view)));
    list_if_any(&mut out, "scenarios", || document.scenarios().map(|(id, s)| v1::Scenario::new(id, s)));
    list_if_any(&mut out, "sprints", || document.sprints().map(|(id, sprint)| v1::Sprint::new(id, sprint)));
    [parties, out]
}

/// The edits as one line of text without a line break.
pub fn write_edits(edits: &[Edit]) -> String {
    let mut out = String::new();
    put(&mut out, &Records(|| edits.iter().map(v1::Edit::new)), one_line().separator(""));
    out
}

/// All on one line; texts escape themselves (see [`v1`]).
fn one_line() -> PrettyConfig {
    PrettyConfig::new().compact_structs(true).compact_arrays(true).escape_strings(false)
}

/// A list that is left out when nothing is in it.
fn list_if_any<I: Iterator<Item: Serialize>>(out: &mut String, name: &str, records: impl Fn() -> I) {
    if records().next().is_some() {
        list(out, name, records);
    }
}

/// A list of the file, each record on a line of its own.
fn list<I: Iterator<Item: Serialize>>(out: &mut String, name: &str, records: impl Fn() -> I) {
    out.push_str(&format!("    {name}: "));
    if records().next().is_none() {
        out.push_str("[],\n");
        return;
    }
    let config = one_line().compact_arrays(false).depth_limit(1).new_line("\n").indentor("        ");
    put(out, &Records(records), config);
    // The bracket of a list that stands by itself is not indented.
    out.pop();
    out.push_str("    ],\n");
}

fn put(out: &mut String, value: &impl Serialize, config: PrettyConfig) {
    // A string takes all that is written and the records are flat, so there is nothing that could fail; were it to, the
    // text would be cut short and the saver, which reads back what it is about to write, would refuse it.
    let done = OPTIONS.to_writer_pretty(out, value, config);
    debug_assert!(done.is_ok(), "{done:?}");
}

/// Records that are made as they are written.
struct Records<F>(F);

impl<I: Iterator<Item: Serialize>, F: Fn() -> I> Serialize for Records<F> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0())
    }
}
