//! The sample maps that come with the program: three templates, illustrative figures included.

use super::format;
use crate::model::Document;

/// A sample map.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sample {
    /// The word that names it on the command line.
    pub id: &'static str,
    /// A title for a menu.
    pub title: &'static str,
    /// One sentence on what it shows.
    pub about: &'static str,
    /// The file.
    pub text: &'static str,
}

/// Every sample, in the order they are offered.
pub const ALL: [Sample; 3] = [
    Sample {
        id: "lab",
        title: "Clinical laboratory",
        about: "Six steps from a blood sample to the clinician's report: small defects that add up.",
        text: include_str!("../../assets/samples/lab.ron"),
    },
    Sample {
        id: "loan",
        title: "Commercial loan",
        about: "Seven steps around a borrower: five and a half hours of work in two hundred hours of waiting.",
        text: include_str!("../../assets/samples/loan.ron"),
    },
    Sample {
        id: "release",
        title: "Software release",
        about: "Eight steps from a change to its users: one approval that costs a day.",
        text: include_str!("../../assets/samples/release.ron"),
    },
];

impl Sample {
    /// The sample with this id.
    pub fn find(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|sample| sample.id == id)
    }

    /// The sample as a document. The files are part of the program and tests read them all, so none is ever unreadable.
    pub fn open(&self) -> Document {
        format::read(self.text.as_bytes()).map(|opened| opened.document).unwrap_or_default()
    }
}
