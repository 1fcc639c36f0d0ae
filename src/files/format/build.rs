//! Builds the document from the records of a file.

use std::collections::{BTreeMap, BTreeSet};

use super::super::v1;
use super::{FormatError, Opened};
use crate::geom::{Point, pt};
use crate::model::{Document, Edit, HandoffId, PartyId, Requirement, RequirementId};

/// Distance between the middles of parties that the file has no place for.
const STEP: Point = pt(260.0, 140.0);

/// The document of the records; `text` is what they were read from, to point at what is wrong.
pub(super) fn build(_text: &str, file: v1::File) -> Result<Opened, FormatError> {
    let mut edits = vec![Edit::SetInfo(file.map.into_model())];
    let unplaced: Vec<PartyId> = file.parties.0.iter().filter(|p| p.at.is_none()).map(|p| p.id).collect();
    let placed: Vec<Point> = file.parties.0.iter().filter_map(|p| p.at).map(v1::point).collect();
    let mut free = free_places(&placed, unplaced.len());
    for party in file.parties.0 {
        let (id, at) = (party.id, party.at.map(v1::point).or_else(|| free.next()));
        edits.push(Edit::PutParty(id, party.into_model()));
        edits.extend(at.map(|at| Edit::Place(id, at)));
    }
    let mut requirements: BTreeMap<HandoffId, Vec<v1::Requirement<'static>>> = BTreeMap::new();
    for requirement in file.requirements.0 {
        requirements.entry(requirement.handoff).or_default().push(requirement);
    }
    let mut ids = FreeIds::new('h', file.handoffs.0.iter().filter_map(|h| h.id.map(|id| id.to_string())));
    for (index, handoff) in file.handoffs.0.into_iter().enumerate() {
        let Some(id) = handoff.id.or_else(|| HandoffId::parse(&ids.next(index)).ok()) else { continue };
        let own = named(requirements.remove(&id).unwrap_or_default());
        edits.push(Edit::PutHandoff(id, handoff.into_model(own)));
    }
    if let Some(id) = requirements.keys().next() {
        return Err(FormatError::whole(format!("a requirement names the handoff {id}, which is not there")));
    }
    let mut document = Document::default();
    document.apply(edits).map_err(|error| FormatError::whole(error.to_string()))?;
    Ok(Opened { document, unplaced })
}

/// The requirements of one handoff, each with an id.
fn named(records: Vec<v1::Requirement<'static>>) -> Vec<Requirement> {
    let mut ids = FreeIds::new('r', records.iter().filter_map(|r| r.id.map(|id| id.to_string())));
    let mut requirements = Vec::with_capacity(records.len());
    for (index, record) in records.into_iter().enumerate() {
        if let Some(id) = record.id.or_else(|| RequirementId::parse(&ids.next(index)).ok()) {
            requirements.push(record.into_model(id));
        }
    }
    requirements
}

/// Makes ids from the position of a record, beside the ids that are there.
struct FreeIds {
    letter: char,
    taken: BTreeSet<String>,
    last: usize,
}

impl FreeIds {
    fn new(letter: char, taken: impl Iterator<Item = String>) -> Self {
        Self { letter, taken: taken.collect(), last: 0 }
    }

    /// `h1` for the first record, and so on; a number that is taken is passed over.
    fn next(&mut self, index: usize) -> String {
        self.last = self.last.max(index);
        loop {
            self.last += 1;
            let id = format!("{}{}", self.letter, self.last);
            if !self.taken.contains(&id) {
                return id;
            }
        }
    }
}

/// Places for `count` parties in a grid to the right of those that have one.
fn free_places(placed: &[Point], count: usize) -> impl Iterator<Item = Point> + use<> {
    let corner = placed.iter().copied().filter(|p| p.is_finite()).reduce(|a, b| pt(a.x.max(b.x), a.y.min(b.y)));
    let origin = corner.map_or(Point::default(), |corner| pt(corner.x + STEP.x, corner.y));
    let columns = (count as f64).sqrt().ceil().max(1.0) as usize;
    (0..count).map(move |i| origin + pt((i % columns) as f32 * STEP.x, (i / columns) as f32 * STEP.y))
}
