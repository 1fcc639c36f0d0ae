//! Writes a document: one record on one line, in the order of the ids, fields at their default left out.

use std::sync::LazyLock;

use ron::extensions::Extensions;
use ron::ser::PrettyConfig;
use serde::Serialize;

use super::super::v1;
use crate::model::{Document, Edit};

const HEADER: &str =
    "// A map made with Peel. One record on each line, so it can be compared line by line and edited by hand.\n";

/// How records are written and read: known options bare, the parser's own limit on nesting.
pub(super) static OPTIONS: LazyLock<ron::Options> =
    LazyLock::new(|| ron::Options::default().with_default_extension(Extensions::IMPLICIT_SOME));

/// The text of a document. The same document always gives the same bytes, and [`super::read`] gives it back.
pub fn write(document: &Document) -> String {
    let mut out = Writer::with_capacity(document);
    out.text.push_str(HEADER);
    out.text.push_str("(\n");
    out.text.push_str(&format!("    version: {},\n    map: ", v1::VERSION));
    out.record(&v1::Map::new(document.info()));
    out.text.push_str(",\n");
    out.section("parties", document.parties().map(|(id, party)| v1::Party::new(id, party, document.place(id))));
    out.section("handoffs", document.handoffs().map(|(id, handoff)| v1::Handoff::new(id, handoff)));
    let requirements = document.handoffs().flat_map(|(id, h)| h.requirements.iter().map(move |r| (id, r)));
    out.section("requirements", requirements.map(|(id, requirement)| v1::Requirement::new(id, requirement)));
    out.text.push_str(")\n");
    out.text
}

/// The edits as one line of text without a line break.
pub fn write_edits(edits: &[Edit]) -> String {
    let mut out = Writer { text: String::new(), config: config().separator("") };
    out.record(&edits.iter().map(v1::Edit::new).collect::<Vec<_>>());
    out.text
}

/// Records on one line; texts escape themselves (see [`v1`]).
fn config() -> PrettyConfig {
    PrettyConfig::new().new_line("\n").compact_structs(true).compact_arrays(true).escape_strings(false)
}

struct Writer {
    text: String,
    config: PrettyConfig,
}

impl Writer {
    fn with_capacity(document: &Document) -> Self {
        let records = document.parties_len() + document.handoffs_len();
        Self { text: String::with_capacity(512 + 160 * records), config: config() }
    }

    fn section(&mut self, name: &str, records: impl Iterator<Item = impl Serialize>) {
        let start = self.text.len();
        self.text.push_str(&format!("    {name}: [\n"));
        let head = self.text.len();
        for record in records {
            self.text.push_str("        ");
            self.record(&record);
            self.text.push_str(",\n");
        }
        if self.text.len() == head {
            self.text.truncate(start);
            self.text.push_str(&format!("    {name}: [],\n"));
        } else {
            self.text.push_str("    ],\n");
        }
    }

    fn record(&mut self, record: &impl Serialize) {
        // A string takes all that is written and the records are flat, so there is nothing that could fail; were it to,
        // the record would be cut short and the saver, which reads back what it is about to write, would refuse it.
        let done = OPTIONS.to_writer_pretty(&mut self.text, record, self.config.clone());
        debug_assert!(done.is_ok(), "{done:?}");
    }
}
