//! `peel survey`: a sheet on which a customer of a party says what they want.

use super::args::Survey;
use super::failure::Failure;
use super::{names, written};
use crate::brief;

/// Files of a survey: their ending, and what they are in a few words.
const ENDINGS: [(&str, &str); 2] = [
    ("html", "a page to print, or to fill in and send back as tables"),
    ("csv", "a table to fill in: importance and satisfaction from 0 to 10"),
];

/// The endings and what they mean, for the help.
pub(super) fn endings_explained() -> String {
    ENDINGS.map(|(ending, about)| format!(".{ending}: {about}")).join("\n")
}

/// Writes the sheet.
pub(super) fn survey(arguments: &Survey) -> Result<(), Failure> {
    let Survey { map, out, party, customer } = arguments;
    let ending = written::check_ending(out, "a survey", &ENDINGS.map(|(ending, _)| ending))?;
    let document = written::document(map, out)?;
    let (process, customer) = (names::party_called(&document, party)?, names::party_called(&document, customer)?);
    if process == customer {
        return Err(Failure::refused("a party is not its own customer: name another one with --customer"));
    }
    let text = match ending {
        "csv" => brief::survey_csv(&document, process, customer),
        _ => brief::survey(&document, process, customer),
    };
    written::write(out, text.as_bytes(), "")
}
