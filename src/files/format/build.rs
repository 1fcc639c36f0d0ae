//! Builds the document from the records of a file: ids that were left out are made, places too, and the model does the rest.

use std::sync::Arc;

use super::super::v1;
use super::ids::{self, EXPECTATIONS, MEASURES, REQUIREMENTS, Rows};
use super::{FormatError, Opened, blame, either};
use crate::geom::{Point, pt};
use crate::model::quantity::COORDINATE;
use crate::model::{Document, Handoff, HandoffId, Id, Party, PartyId, Records};

/// Distance between the middles of parties that the file has no place for.
const STEP: Point = pt(260.0, 140.0);

/// What the records of a file say, in the order of the file.
pub(super) struct Content<P, H> {
    /// The records; parties and handoffs are made when they are asked for.
    pub records: Records<P, H>,
    /// Where the requirements of each handoff stand in the file.
    pub requirement_rows: Arc<Rows<HandoffId>>,
    /// Where the measures of each party stand in the file.
    pub measure_rows: Arc<Rows<PartyId>>,
    /// Where that stands in the file which was said about each party.
    pub expectation_rows: Arc<Rows<PartyId>>,
    /// The parties that had no place.
    pub unplaced: Vec<PartyId>,
}

/// A party with its id and place.
type PlacedParty = (PartyId, Party, Point);
/// The content, or the first thing that is wrong with it.
type Found<P, H> = Result<Content<P, H>, FormatError>;

/// The document of the records; `text` is what they were read from, to point at what is wrong.
pub(super) fn build(text: &str, file: v1::File) -> Result<Opened, FormatError> {
    let Content { records, unplaced, .. } = content(text, file)?;
    let document = Document::of(records).map_err(|error| blame::culprit(text, &error))?;
    Ok(Opened { document, unplaced })
}

/// The records as the model has them. Ids are there, unique, and name what is there; values are not checked yet.
pub(super) fn content(
    text: &str,
    file: v1::File,
) -> Found<impl Iterator<Item = PlacedParty>, impl Iterator<Item = (HandoffId, Handoff)> + Send> {
    either::check(text, &file)?;
    let v1::File { map, parties, handoffs, requirements, measures, expectations, views, scenarios, sprints, .. } = file;
    let known = ids::parties(text, &parties.0)?;
    let handoff_ids = ids::handoffs(text, &handoffs.0, &known)?;
    let mut sorted = handoff_ids.clone();
    sorted.sort_unstable();
    let rows = ids::rows(text, &REQUIREMENTS, &requirements.0, |r| (r.handoff, r.id), &sorted)?;
    let mut requirements = Parts::new(requirements.0, rows);
    let rows = ids::rows(text, &MEASURES, &measures.0, |m| (m.party, m.id), &known)?;
    let mut measures = Parts::new(measures.0, rows);
    let rows = ids::rows(text, &EXPECTATIONS, &expectations.0, |e| (e.party, e.id), &known)?;
    let mut expectations = Parts::new(expectations.0, rows);
    let view_ids = ids::views(text, &views.0)?;
    let views = view_ids.into_iter().zip(views.0).enumerate();
    let views = views.map(|(row, (id, record))| (id, record.into_model(row as u32))).collect();
    let scenario_ids = ids::scenarios(text, &scenarios.0)?;
    let scenarios = scenario_ids.into_iter().zip(scenarios.0).enumerate();
    let scenarios = scenarios.map(|(row, (id, record))| (id, record.into_model(row as u32))).collect();
    let sprint_ids = ids::sprints(text, &sprints.0)?;
    let sprints = sprint_ids.into_iter().zip(sprints.0).map(|(id, record)| (id, record.into_model())).collect();
    let rows = (requirements.rows.clone(), measures.rows.clone(), expectations.rows.clone());
    let handoffs = handoff_ids.into_iter().zip(handoffs.0).map(move |(id, record)| {
        let own = requirements.of(&id, "r", |r| r.id, v1::Requirement::into_model);
        (id, record.into_model(own))
    });
    let (places, unplaced) = places(&parties.0);
    let parties = parties.0.into_iter().zip(places).map(move |(record, at)| {
        let id = record.id;
        let own = measures.of(&id, "m", |m| m.id, v1::Measure::into_model);
        let said = expectations.of(&id, "e", |e| e.id, v1::Expectation::into_model);
        (id, record.into_model(own, said), at)
    });
    let (requirement_rows, measure_rows, expectation_rows) = rows;
    let records = Records { info: map.into_model(), parties, handoffs, views, scenarios, sprints };
    Ok(Content { records, requirement_rows, measure_rows, expectation_rows, unplaced })
}

/// Records that belong to others, to be handed out to them.
struct Parts<O, R> {
    /// Each record until it is handed out.
    records: Vec<Option<Box<R>>>,
    rows: Arc<Rows<O>>,
}

impl<O: Ord, R> Parts<O, R> {
    fn new(records: Vec<Box<R>>, rows: Rows<O>) -> Self {
        Self { records: records.into_iter().map(Some).collect(), rows: Arc::new(rows) }
    }

    /// Those of one owner, each with an id.
    fn of<I: Copy + Ord + From<Id>, T>(
        &mut self,
        owner: &O,
        prefix: &str,
        id: impl Fn(&R) -> Option<I>,
        into_model: impl Fn(R, I) -> T,
    ) -> Vec<T> {
        let Some(rows) = self.rows.get(owner) else { return Vec::new() };
        let records: Vec<Box<R>> = rows.iter().filter_map(|row| self.records[*row].take()).collect();
        let given: Vec<Option<I>> = records.iter().map(|record| id(record)).collect();
        ids::complete(prefix, &given).into_iter().zip(records).map(|(id, record)| into_model(*record, id)).collect()
    }
}

/// A place for each party; and those that had none.
fn places(records: &[Box<v1::Party<'_>>]) -> (Vec<Point>, Vec<PartyId>) {
    let unplaced: Vec<PartyId> = records.iter().filter(|p| p.at.is_none()).map(|p| p.id).collect();
    let taken: Vec<Point> = records.iter().filter_map(|p| p.at).map(v1::point).filter(|p| p.is_finite()).collect();
    let columns = (unplaced.len() as f64).sqrt().ceil().max(1.0) as usize;
    let origin = free_corner(&taken, columns);
    let mut made = 0;
    let places = records.iter().map(|record| {
        record.at.map_or_else(
            || {
                let cell = pt((made % columns) as f32, (made / columns) as f32);
                made += 1;
                origin + pt(cell.x * STEP.x, cell.y * STEP.y)
            },
            v1::point,
        )
    });
    (places.collect(), unplaced)
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
