//! Builds the document from the records of a file: ids that were left out are made, places too, and the model does the rest.

use super::super::v1;
use super::{FormatError, Opened, blame, ids};
use crate::geom::{Point, pt};
use crate::model::quantity::COORDINATE;
use crate::model::{Document, Edit, Handoff, HandoffId, Party, PartyId, Requirement, RequirementId, SavedView, ViewId};

/// Distance between the middles of parties that the file has no place for.
const STEP: Point = pt(260.0, 140.0);

/// What the records of a file say, in the order of the file.
pub(super) struct Content {
    /// What is said of the map as a whole.
    pub info: crate::model::MapInfo,
    /// The parties and their places.
    pub parties: Vec<(PartyId, Party, Point)>,
    /// The handoffs with their requirements.
    pub handoffs: Vec<(HandoffId, Handoff)>,
    /// For each requirement of each handoff, its position in the list of the file.
    pub requirement_rows: Vec<Vec<usize>>,
    /// The saved views.
    pub views: Vec<(ViewId, SavedView)>,
    /// The parties that had no place.
    pub unplaced: Vec<PartyId>,
}

/// The document of the records; `text` is what they were read from, to point at what is wrong.
pub(super) fn build(text: &str, file: v1::File) -> Result<Opened, FormatError> {
    let Content { info, parties, handoffs, unplaced, views, .. } = content(text, file)?;
    let mut edits = Vec::with_capacity(1 + 2 * parties.len() + handoffs.len());
    edits.push(Edit::SetInfo(info));
    for (id, party, at) in parties {
        edits.push(Edit::PutParty(id, party));
        edits.push(Edit::Place(id, at));
    }
    edits.extend(handoffs.into_iter().map(|(id, handoff)| Edit::PutHandoff(id, handoff)));
    edits.extend(views.into_iter().map(|(id, view)| Edit::PutView(id, view)));
    let mut document = Document::default();
    document.apply(edits).map_err(|error| blame::culprit(text, &error))?;
    Ok(Opened { document, unplaced })
}

/// The records as the model has them. Ids are there, unique, and name what is there; values are not checked yet.
pub(super) fn content(text: &str, file: v1::File) -> Result<Content, FormatError> {
    let v1::File { map, parties, handoffs, requirements, views, .. } = file;
    let known = ids::parties(text, &parties.0)?;
    let handoff_ids = ids::handoffs(text, &handoffs.0, &known)?;
    let mut grouped = ids::requirements(text, &requirements.0, &handoff_ids)?;
    let view_ids = ids::views(text, &views.0)?;
    let views = view_ids.into_iter().zip(views.0).enumerate();
    let views = views.map(|(row, (id, record))| (id, record.into_model(row as u32))).collect();
    let mut requirements: Vec<Option<v1::Requirement<'static>>> = requirements.0.into_iter().map(Some).collect();

    let mut own = Vec::with_capacity(handoffs.0.len());
    let mut rows = Vec::with_capacity(handoffs.0.len());
    for (id, record) in handoff_ids.into_iter().zip(handoffs.0) {
        let of_this = grouped.remove(&id).unwrap_or_default();
        let records = of_this.iter().filter_map(|row| requirements[*row].take()).collect();
        own.push((id, record.into_model(named(records))));
        rows.push(of_this);
    }
    let (parties, unplaced) = placed(parties.0);
    Ok(Content { info: map.into_model(), parties, handoffs: own, requirement_rows: rows, views, unplaced })
}

/// The requirements of one handoff, each with an id.
fn named(records: Vec<v1::Requirement<'static>>) -> Vec<Requirement> {
    let given: Vec<Option<RequirementId>> = records.iter().map(|r| r.id).collect();
    ids::complete("r", &given).into_iter().zip(records).map(|(id, record)| record.into_model(id)).collect()
}

/// The parties, each with a place; and those that had none.
fn placed(records: Vec<v1::Party<'static>>) -> (Vec<(PartyId, Party, Point)>, Vec<PartyId>) {
    let unplaced: Vec<PartyId> = records.iter().filter(|p| p.at.is_none()).map(|p| p.id).collect();
    let taken: Vec<Point> = records.iter().filter_map(|p| p.at).map(v1::point).filter(|p| p.is_finite()).collect();
    let columns = (unplaced.len() as f64).sqrt().ceil().max(1.0) as usize;
    let origin = free_corner(&taken, columns);
    let mut made = 0;
    let parties = records.into_iter().map(|record| {
        let at = record.at.map_or_else(
            || {
                let cell = pt((made % columns) as f32, (made / columns) as f32);
                made += 1;
                origin + pt(cell.x * STEP.x, cell.y * STEP.y)
            },
            v1::point,
        );
        (record.id, record.into_model(), at)
    });
    (parties.collect(), unplaced)
}

/// The first place of a square grid to the right of the places taken; to the left where the map ends on the right.
fn free_corner(taken: &[Point], columns: usize) -> Point {
    let Some(first) = taken.first() else { return Point::default() };
    let bounds = taken.iter().fold(crate::geom::Rect::from_corners(*first, *first), |bounds, p| bounds.with(*p));
    let (limit, size) = (COORDINATE.max as f32, STEP * columns as f32);
    let right = bounds.max.x + STEP.x;
    let x = if right + size.x <= limit { right } else { (bounds.min.x - size.x).max(-limit) };
    pt(x, bounds.min.y.clamp(-limit, limit - size.y))
}
