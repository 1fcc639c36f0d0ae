//! What is written about a party's handoffs for people who never saw the map: to the supplier, by the party itself, and
//! as an agreement; and the sheet on which a customer answers. Pure.
//!
//! A brief is a function from a document to a [`Page`] and a row of [`ALL`]; how pages look is told in
//! [`crate::writing`]. What is not known is said to be so, and never shown as zero.

mod agreed;
mod asked;
mod figures;
mod given;
mod mirror;
mod parts;
mod supplier;
mod survey;
mod voices;

pub use agreed::agreed;
pub(crate) use figures::{listed, money, tied};
pub use mirror::mirror;
pub use supplier::supplier_brief;
pub use survey::{survey, survey_csv};

use crate::model::{Document, PartyId};
use crate::writing::Page;

/// A kind of brief.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    /// Stable name.
    pub id: &'static str,
    /// What people read in a menu.
    pub title: &'static str,
    /// What it is, in a few words.
    pub about: &'static str,
    /// Makes the page about a party; the date is printed as it is.
    pub make: fn(&Document, PartyId, &str) -> Page,
}

/// Every kind of brief, in the order in which they are offered.
pub const ALL: &[Kind] = &[
    Kind {
        id: "supplier",
        title: "Supplier brief",
        about: "to the party, from those who receive what it gives: what is needed and why, what arrives, what we ask",
        make: supplier_brief,
    },
    Kind {
        id: "mirror",
        title: "What our customers need from us",
        about: "by the party about itself: its customers' needs and voices, and how it does",
        make: mirror,
    },
    Kind {
        id: "agreed",
        title: "Operational-level agreement",
        about: "the agreed handoffs that the party gives, ready to be signed",
        make: agreed,
    },
];

impl Kind {
    /// The kind of this name.
    pub fn by_id(id: &str) -> Option<&'static Self> {
        ALL.iter().find(|kind| kind.id == id)
    }
}
