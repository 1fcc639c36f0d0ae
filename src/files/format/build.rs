//! Builds the document from the records of a file: ids that were left out are made, places too, and the model does the rest.

use super::super::v1;
use super::ids::{self, EXPECTATIONS, MEASURES, REQUIREMENTS, Rows};
use super::{FormatError, Opened, blame, either};
use crate::geom::{Point, pt};
use crate::model::quantity::COORDINATE;
use crate::model::{
    Document, Edit, Handoff, HandoffId, Id, MapInfo, Party, PartyId, SavedView, Scenario, ScenarioId, Sprint, SprintId,
    ViewId,
};

/// Distance between the middles of parties that the file has no place for.
const STEP: Point = pt(260.0, 140.0);

/// What the records of a file say, in the order of the file.
pub(super) struct Content {
    /// What is said of the map as a whole.
    pub info: MapInfo,
    /// The parties and their places.
    pub parties: Vec<(PartyId, Party, Point)>,
    /// The handoffs with their requirements.
    pub handoffs: Vec<(HandoffId, Handoff)>,
    /// Where the requirements of each handoff stand in the file.
    pub requirement_rows: Rows<HandoffId>,
    /// Where the measures of each party stand in the file.
    pub measure_rows: Rows<PartyId>,
    /// Where that stands in the file which was said about each party.
    pub expectation_rows: Rows<PartyId>,
    /// The saved views.
    pub views: Vec<(ViewId, SavedView)>,
    /// The scenarios.
    pub scenarios: Vec<(ScenarioId, Scenario)>,
    /// The sprints.
    pub sprints: Vec<(SprintId, Sprint)>,
    /// The parties that had no place.
    pub unplaced: Vec<PartyId>,
}

/// The document of the records; `text` is what they were read from, to point at what is wrong.
pub(super) fn build(text: &str, file: v1::File) -> Result<Opened, FormatError> {
    let Content { info, parties, handoffs, unplaced, views, scenarios, sprints, .. } = content(text, file)?;
    // One after the other, as a list of all would take more room than the map.
    let parties = parties.into_iter().flat_map(|(id, party, at)| [Edit::PutParty(id, party), Edit::Place(id, at)]);
    let edits = std::iter::once(Edit::SetInfo(info))
        .chain(parties)
        .chain(handoffs.into_iter().map(|(id, handoff)| Edit::PutHandoff(id, handoff)))
        .chain(views.into_iter().map(|(id, view)| Edit::PutView(id, view)))
        .chain(scenarios.into_iter().map(|(id, scenario)| Edit::PutScenario(id, scenario)))
        .chain(sprints.into_iter().map(|(id, sprint)| Edit::PutSprint(id, sprint)));
    let mut document = Document::default();
    document.apply(edits).map_err(|error| blame::culprit(text, &error))?;
    Ok(Opened { document, unplaced })
}

/// The records as the model has them. Ids are there, unique, and name what is there; values are not checked yet.
pub(super) fn content(text: &str, file: v1::File) -> Result<Content, FormatError> {
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
    let handoffs = handoff_ids.into_iter().zip(handoffs.0);
    let handoffs = handoffs.map(|(id, record)| {
        let own = requirements.of(&id, "r", |r| r.id, v1::Requirement::into_model);
        (id, record.into_model(own))
    });
    let handoffs = handoffs.collect();
    let (places, unplaced) = places(&parties.0);
    let parties = parties.0.into_iter().zip(places).map(|(record, at)| {
        let id = record.id;
        let own = measures.of(&id, "m", |m| m.id, v1::Measure::into_model);
        let said = expectations.of(&id, "e", |e| e.id, v1::Expectation::into_model);
        (id, record.into_model(own, said), at)
    });
    Ok(Content {
        info: map.into_model(),
        parties: parties.collect(),
        handoffs,
        requirement_rows: requirements.rows,
        measure_rows: measures.rows,
        expectation_rows: expectations.rows,
        views,
        scenarios,
        sprints,
        unplaced,
    })
}

/// Records that belong to others, to be handed out to them.
struct Parts<O, R> {
    /// Each record until it is handed out.
    records: Vec<Option<R>>,
    rows: Rows<O>,
}

impl<O: Ord, R> Parts<O, R> {
    fn new(records: Vec<R>, rows: Rows<O>) -> Self {
        Self { records: records.into_iter().map(Some).collect(), rows }
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
        let records: Vec<R> = rows.iter().filter_map(|row| self.records[*row].take()).collect();
        let given: Vec<Option<I>> = records.iter().map(id).collect();
        ids::complete(prefix, &given).into_iter().zip(records).map(|(id, record)| into_model(record, id)).collect()
    }
}

/// A place for each party; and those that had none.
fn places(records: &[v1::Party<'_>]) -> (Vec<Point>, Vec<PartyId>) {
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
