//! When processes are to be reviewed.

use jiff::civil::Date;

use crate::model::{Document, Party, PartyId, PartyKind, Review, Schedule, Step};

/// A process that is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Due {
    /// The process.
    pub party: PartyId,
    /// When the next review is due.
    pub day: Date,
    /// The day on which the review was started that runs.
    pub running_since: Option<Date>,
}

impl Due {
    /// Days by which it is overdue; `None` when it is not.
    pub fn overdue(&self, today: Date) -> Option<i32> {
        (self.day < today).then(|| (today - self.day).get_days())
    }
}

/// When a process is reviewed: its own schedule, else that of the map. `None` for a party that is no process, or to which
/// the step does not apply.
pub fn schedule(document: &Document, party: &Party) -> Option<Schedule> {
    let applies = party.kind == PartyKind::Process && !party.not_applicable.iter().any(|of| of.step == Step::Schedule);
    party.review.or(document.info().review).filter(|_| applies)
}

/// The day on which the next review of a process is due.
pub fn due(document: &Document, id: PartyId) -> Option<Date> {
    let party = document.party(id)?;
    schedule(document, party)?.due(&party.reviews, 0)
}

/// The review of a process that runs.
pub fn running(party: &Party) -> Option<&Review> {
    party.reviews.iter().find(|review| review.finished.is_none())
}

/// Every process that is reviewed, the earliest first, then by id.
pub fn dues(document: &Document) -> Vec<Due> {
    dues_of(document, document.parties().map(|(id, _)| id))
}

/// [`dues`] of these parties; those of one day in their order.
pub(super) fn dues_of(document: &Document, parties: impl Iterator<Item = PartyId>) -> Vec<Due> {
    let of = |party: PartyId| {
        let record = document.party(party)?;
        let day = schedule(document, record)?.due(&record.reviews, 0)?;
        Some(Due { party, day, running_since: running(record).map(|review| review.started) })
    };
    let mut dues: Vec<Due> = parties.filter_map(of).collect();
    dues.sort_by_key(|due| due.day);
    dues
}
