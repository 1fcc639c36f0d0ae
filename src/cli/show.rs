//! `peel analyse` and `peel check`: what the map tells, for people and for scripts.

use serde_json::{Value, json};

use super::args::Show;
use super::failure::Failure;
use super::{maps, output};
use crate::analysis::{self, report};

/// Prints all figures.
pub(super) fn analyse(arguments: &Show) -> Result<(), Failure> {
    let document = maps::open(&arguments.map)?.document;
    let report = report(&document);
    if arguments.json {
        print(&analysis::json(&document, &report))
    } else {
        output::print(&analysis::text(&document, &report))
    }
}

/// Prints the findings. A map with findings is an ordinary one: that is no failure.
pub(super) fn check(arguments: &Show) -> Result<(), Failure> {
    let document = maps::open(&arguments.map)?.document;
    let findings = report(&document).findings;
    if arguments.json {
        print(&json!({ "findings": analysis::findings_json(&document, &findings) }))
    } else {
        output::print(&analysis::findings_text(&findings))
    }
}

fn print(value: &Value) -> Result<(), Failure> {
    output::print(&format!("{value:#}\n"))
}
