//! The document: everything that is saved, in persistent maps, so that a copy is a pointer and a snapshot is free.

use std::sync::Arc;

use imbl::ordmap::DiffItem;
use imbl::{OrdMap, OrdSet};

use super::check::{Checks, MOST_LANES, number_fits, text_fits};
use super::contract::contract;
use super::dismissal::{Dismissal, check_dismissed};
use super::edit::Edit;
use super::handoff::{Agreement, Handoff};
use super::id::{HandoffId, PartyId, ScenarioId, SprintId, ViewId};
use super::party::Party;
use super::quantity::{DAY, DAYS};
use super::review::Schedule;
use super::saved_view::SavedView;
use super::scenario::Scenario;
use super::sprint::Sprint;
use crate::geom::Point;

/// What is said of the map as a whole.
#[derive(Debug, Clone, PartialEq)]
pub struct MapInfo {
    /// The title shown on every picture.
    pub title: String,
    /// Anything else.
    pub notes: String,
    /// Working hours of a day, for durations in days.
    pub hours_per_day: f64,
    /// What stands behind an amount of money; may be empty.
    pub currency: String,
    /// Departments in the order of their lanes, from top to bottom; others follow. Empty is automatic.
    pub lane_order: Vec<String>,
    /// After so many days without a new one, the latest observation of a requirement or measure is stale.
    pub stale_after_days: f64,
    /// When processes are reviewed that have no schedule of their own.
    pub review: Option<Schedule>,
    /// Findings about the map as a whole that somebody put aside.
    pub dismissed: Vec<Dismissal>,
}

impl Default for MapInfo {
    fn default() -> Self {
        Self {
            title: String::new(),
            notes: String::new(),
            hours_per_day: 8.0,
            currency: String::new(),
            lane_order: Vec::new(),
            stale_after_days: 90.0,
            review: None,
            dismissed: Vec::new(),
        }
    }
}

impl MapInfo {
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { title, notes, hours_per_day, currency, lane_order, stale_after_days, review, dismissed } = self;
        text_fits("title", title, report);
        text_fits("notes", notes, report);
        text_fits("currency", currency, report);
        number_fits("hours_per_day", DAY, Some(*hours_per_day), report);
        number_fits("stale_after_days", DAYS, Some(*stale_after_days), report);
        if let Some(schedule) = review {
            schedule.check("review", report);
        }
        check_dismissed(dismissed, report);
        for department in lane_order {
            text_fits("lane_order", department, report);
        }
        if lane_order.len() > MOST_LANES {
            report("lane_order", format!("names more than {MOST_LANES} departments"));
        }
    }
}

/// Anything on the map that can be pointed at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A party.
    Party(PartyId),
    /// A handoff.
    Handoff(HandoffId),
}

/// A map: parties, their places, the handoffs between them, the views saved of them, the scenarios over them, and the
/// sprints that repair them. Read it here; write it with [`Document::apply`], or make it of all its records with
/// [`Document::of`].
///
/// Iteration is in the order of the ids, so everything derived from it is deterministic.
#[derive(Clone, Default)]
pub struct Document {
    pub(super) info: Arc<MapInfo>,
    pub(super) parties: OrdMap<PartyId, Arc<Party>>,
    pub(super) places: OrdMap<PartyId, Point>,
    pub(super) handoffs: OrdMap<HandoffId, Arc<Handoff>>,
    /// Each end of each handoff, so that the handoffs of one party are found without looking at all.
    pub(super) links: OrdSet<(PartyId, HandoffId)>,
    /// The external customers among the parties.
    pub(super) customers: OrdSet<PartyId>,
    pub(super) views: OrdMap<ViewId, Arc<SavedView>>,
    pub(super) scenarios: OrdMap<ScenarioId, Arc<Scenario>>,
    pub(super) sprints: OrdMap<SprintId, Arc<Sprint>>,
}

impl std::fmt::Debug for Document {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Document")
            .field("info", &self.info)
            .field("parties", &self.parties)
            .field("places", &self.places)
            .field("handoffs", &self.handoffs)
            .field("views", &self.views)
            .field("scenarios", &self.scenarios)
            .field("sprints", &self.sprints)
            .finish_non_exhaustive()
    }
}

impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        // By difference, not by walking both: next to nothing when one came from the other.
        self.is_same(other)
            || (self.info == other.info
                && self.parties.diff(&other.parties).next().is_none()
                && self.places.diff(&other.places).next().is_none()
                && self.handoffs.diff(&other.handoffs).next().is_none()
                && self.views.diff(&other.views).next().is_none()
                && self.scenarios.diff(&other.scenarios).next().is_none()
                && self.sprints.diff(&other.sprints).next().is_none())
    }
}

impl Document {
    /// What is said of the map as a whole.
    pub fn info(&self) -> &MapInfo {
        &self.info
    }

    /// All parties, by id.
    pub fn parties(&self) -> impl Iterator<Item = (PartyId, &Arc<Party>)> {
        self.parties.iter().map(|(id, party)| (*id, party))
    }

    /// All handoffs, by id.
    pub fn handoffs(&self) -> impl Iterator<Item = (HandoffId, &Arc<Handoff>)> {
        self.handoffs.iter().map(|(id, handoff)| (*id, handoff))
    }

    /// One party.
    pub fn party(&self, id: PartyId) -> Option<&Arc<Party>> {
        self.parties.get(&id)
    }

    /// One handoff.
    pub fn handoff(&self, id: HandoffId) -> Option<&Arc<Handoff>> {
        self.handoffs.get(&id)
    }

    /// All saved views, by id.
    pub fn views(&self) -> impl Iterator<Item = (ViewId, &Arc<SavedView>)> {
        self.views.iter().map(|(id, view)| (*id, view))
    }

    /// One saved view.
    pub fn view(&self, id: ViewId) -> Option<&Arc<SavedView>> {
        self.views.get(&id)
    }

    /// All saved views in the order they are shown: by rank, then by id.
    pub fn views_in_order(&self) -> Vec<(ViewId, &Arc<SavedView>)> {
        let mut views: Vec<_> = self.views().collect();
        views.sort_by_key(|(id, view)| (view.rank, *id));
        views
    }

    /// All scenarios, by id.
    pub fn scenarios(&self) -> impl Iterator<Item = (ScenarioId, &Arc<Scenario>)> {
        self.scenarios.iter().map(|(id, scenario)| (*id, scenario))
    }

    /// One scenario.
    pub fn scenario(&self, id: ScenarioId) -> Option<&Arc<Scenario>> {
        self.scenarios.get(&id)
    }

    /// Number of scenarios.
    pub fn scenarios_len(&self) -> usize {
        self.scenarios.len()
    }

    /// All sprints, by id.
    pub fn sprints(&self) -> impl Iterator<Item = (SprintId, &Arc<Sprint>)> {
        self.sprints.iter().map(|(id, sprint)| (*id, sprint))
    }

    /// One sprint.
    pub fn sprint(&self, id: SprintId) -> Option<&Arc<Sprint>> {
        self.sprints.get(&id)
    }

    /// Number of sprints.
    pub fn sprints_len(&self) -> usize {
        self.sprints.len()
    }

    /// The middle of a party's card.
    pub fn place(&self, id: PartyId) -> Option<Point> {
        self.places.get(&id).copied()
    }

    /// The handoffs that the party gives or receives, by id.
    pub fn handoffs_of(&self, party: PartyId) -> impl Iterator<Item = (HandoffId, &Arc<Handoff>)> {
        let range = (party, HandoffId::MIN)..=(party, HandoffId::MAX);
        self.links.range(range).filter_map(|(_, id)| Some((*id, self.handoffs.get(id)?)))
    }

    /// What the party receives.
    pub fn inputs(&self, party: PartyId) -> impl Iterator<Item = (HandoffId, &Arc<Handoff>)> {
        self.handoffs_of(party).filter(move |(_, h)| h.customer == Some(party))
    }

    /// What the party gives.
    pub fn outputs(&self, party: PartyId) -> impl Iterator<Item = (HandoffId, &Arc<Handoff>)> {
        self.handoffs_of(party).filter(move |(_, h)| h.supplier == Some(party))
    }

    /// Number of parties.
    pub fn parties_len(&self) -> usize {
        self.parties.len()
    }

    /// Number of handoffs.
    pub fn handoffs_len(&self) -> usize {
        self.handoffs.len()
    }

    /// Number of saved views.
    pub fn views_len(&self) -> usize {
        self.views.len()
    }

    pub(super) fn places_len(&self) -> usize {
        self.places.len()
    }

    pub(super) fn customers_len(&self) -> usize {
        self.customers.len()
    }

    pub(super) fn links_len(&self) -> usize {
        self.links.len()
    }

    /// True when there is neither a party nor a handoff.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.handoffs.is_empty()
    }

    /// True when the subject is there.
    pub fn has(&self, subject: Subject) -> bool {
        match subject {
            Subject::Party(id) => self.parties.contains_key(&id),
            Subject::Handoff(id) => self.handoffs.contains_key(&id),
        }
    }

    /// The name of a party for a sentence; unnamed ones are called by their kind.
    pub fn name_of(&self, party: PartyId) -> String {
        match self.party(party) {
            Some(p) if p.name.trim().is_empty() => format!("unnamed {}", p.kind.title().to_lowercase()),
            Some(p) => p.name.clone(),
            None => party.to_string(),
        }
    }

    /// A handoff for a sentence: "Sales → Planning: order".
    pub fn describe(&self, handoff: &Handoff) -> String {
        let name = |end: Option<PartyId>| end.map_or_else(|| "nobody yet".into(), |id| self.name_of(id));
        let item = if handoff.item.trim().is_empty() { "unnamed item" } else { &handoff.item };
        format!("{} → {}: {item}", name(handoff.supplier), name(handoff.customer))
    }

    /// What a party is, for people who cannot see its card: "Process, department Credit, 2 inputs, 1 output".
    pub fn about_party(&self, id: PartyId) -> String {
        let Some(party) = self.party(id) else { return String::new() };
        let mut about = party.kind.title().to_owned();
        if !party.department.trim().is_empty() {
            about += &format!(", department {}", party.department.trim());
        }
        let count = |n: usize, word: &str| format!(", {n} {word}{}", if n == 1 { "" } else { "s" });
        about + &count(self.inputs(id).count(), "input") + &count(self.outputs(id).count(), "output")
    }

    /// What is known of a handoff, for people who cannot see its arrow.
    pub fn about_handoff(&self, handoff: &Handoff) -> String {
        let mut about = format!("{}, {}", handoff.kind.title(), handoff.form.title().to_lowercase());
        if let Some(pct) = handoff.complete_accurate_pct {
            about += &format!(", {} complete and accurate", handoff.share_in_words(pct));
        }
        let count = handoff.requirements.len();
        about += &format!(", {count} requirement{}", if count == 1 { "" } else { "s" });
        if let Some(state) = contract(handoff).filter(|_| count > 0) {
            about += &format!(": {}", state.title());
        }
        if handoff.agreement != Agreement::None {
            about += &format!(", {}", handoff.agreement.title().to_lowercase());
        }
        about
    }

    /// The external customers, by id.
    pub fn customers(&self) -> impl Iterator<Item = (PartyId, &Arc<Party>)> {
        self.customers.iter().filter_map(|id| Some((*id, self.parties.get(id)?)))
    }

    /// True when both are the very same snapshot; a cheap test that may miss equal documents.
    pub fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.info, &other.info)
            && self.parties.ptr_eq(&other.parties)
            && self.places.ptr_eq(&other.places)
            && self.handoffs.ptr_eq(&other.handoffs)
            && self.views.ptr_eq(&other.views)
            && self.scenarios.ptr_eq(&other.scenarios)
            && self.sprints.ptr_eq(&other.sprints)
    }

    /// True when no figure can differ between the two: cards may have moved, views and scenarios may be others. As
    /// cheap as [`Document::is_same`].
    pub fn has_same_chain(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.info, &other.info)
            && self.parties.ptr_eq(&other.parties)
            && self.handoffs.ptr_eq(&other.handoffs)
            && self.sprints.ptr_eq(&other.sprints)
    }

    /// The edits that turn this document into the other; empty when they are equal.
    ///
    /// Takes time in the size of the difference, not of the documents, when one came from the other.
    pub fn edits_to(&self, other: &Self) -> Vec<Edit> {
        self.each_edit_to(other).collect()
    }

    /// The same edits one after the other, for a look at each: those of a large map need no room at once.
    pub fn each_edit_to<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = Edit> + 'a {
        let info = !Arc::ptr_eq(&self.info, &other.info) && self.info != other.info;
        let info = info.then(|| Edit::SetInfo((*other.info).clone()));
        let gone = self.handoffs.diff(&other.handoffs).filter_map(|item| match item {
            DiffItem::Remove(id, _) => Some(Edit::RemoveHandoff(*id)),
            DiffItem::Add(..) | DiffItem::Update { .. } => None,
        });
        let parties = self.parties.diff(&other.parties).map(|item| match item {
            DiffItem::Add(id, party) | DiffItem::Update { new: (id, party), .. } => {
                Edit::PutParty(*id, (**party).clone())
            }
            DiffItem::Remove(id, _) => Edit::RemoveParty(*id),
        });
        let places = self.places.diff(&other.places).filter_map(|item| match item {
            DiffItem::Add(id, place) | DiffItem::Update { new: (id, place), .. } => Some(Edit::Place(*id, *place)),
            DiffItem::Remove(..) => None,
        });
        let handoffs = self.handoffs.diff(&other.handoffs).filter_map(|item| match item {
            DiffItem::Add(id, handoff) | DiffItem::Update { new: (id, handoff), .. } => {
                Some(Edit::PutHandoff(*id, (**handoff).clone()))
            }
            DiffItem::Remove(..) => None,
        });
        let views = self.views.diff(&other.views).map(|item| match item {
            DiffItem::Add(id, view) | DiffItem::Update { new: (id, view), .. } => Edit::PutView(*id, (**view).clone()),
            DiffItem::Remove(id, _) => Edit::RemoveView(*id),
        });
        let scenarios = self.scenarios.diff(&other.scenarios).map(|item| match item {
            DiffItem::Add(id, scenario) | DiffItem::Update { new: (id, scenario), .. } => {
                Edit::PutScenario(*id, (**scenario).clone())
            }
            DiffItem::Remove(id, _) => Edit::RemoveScenario(*id),
        });
        let sprints = self.sprints.diff(&other.sprints).map(|item| match item {
            DiffItem::Add(id, sprint) | DiffItem::Update { new: (id, sprint), .. } => {
                Edit::PutSprint(*id, (**sprint).clone())
            }
            DiffItem::Remove(id, _) => Edit::RemoveSprint(*id),
        });
        let records = info.into_iter().chain(gone).chain(parties).chain(places).chain(handoffs);
        records.chain(views).chain(scenarios).chain(sprints)
    }
}
