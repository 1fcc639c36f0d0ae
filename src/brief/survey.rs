//! The survey sheet.

use crate::model::{Document, PartyId};

/// TODO
pub fn survey(_document: &Document, _process: PartyId, _customer: PartyId) -> String {
    String::new()
}

/// TODO
pub fn survey_csv(_document: &Document, _process: PartyId, _customer: PartyId) -> String {
    String::new()
}
