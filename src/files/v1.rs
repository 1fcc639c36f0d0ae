//! The records of file format 1, frozen: what they are called, what may be left out, and how they turn into the model.
//!
//! A field may be added to the model at any time; these structs never change once a program that writes them has been
//! handed out. A new shape is a new file `v2.rs` and a function from these structs to those.

#![expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for references")]

mod contract;
mod convert;
mod improve;
mod scenarios;
mod steering;
mod values;
mod views;

pub use contract::{Observation, Rating, Role, Told};
pub use convert::point;
pub use improve::{NotApplicable, Review, Schedule, Sprint};
pub use scenarios::{Dismissal, Scenario, Unclear};
pub use steering::{Expectation, Measure};

pub use values::List;
use values::{Agreement, Form, HandoffKind, Known, Operator, PartyKind, Period, is_default};
use values::{Coordinate, Number, Text, When};
use values::{Figure, Flow, LayerMode, ListColumn, SipocColumn, ViewKind};

use crate::model::{HandoffId, MapInfo, PartyId, RequirementId, ScenarioId, SprintId, ViewId};
use crate::model::{
    MOST_DISMISSED, MOST_EMPHASISED, MOST_LANES, MOST_OBSERVATIONS, MOST_RATINGS, MOST_RECORDS, MOST_REVIEWS,
    MOST_ROLES, MOST_SCENARIOS, MOST_SPRINTS, MOST_TOLD, MOST_VIEWS,
};

/// The number of this format, in the field `version` of a file.
pub const VERSION: u32 = 1;

/// Most requirements of all handoffs together; as many measures and expectations of all processes.
pub const MOST_PARTS: usize = 5 * MOST_RECORDS;

/// A whole file. It is only ever read as one value; it is written record by record, one on each line. Each record has a
/// place of its own in memory, which is free again as soon as the record is part of the document.
#[derive(Debug, serde::Deserialize)]
#[serde(rename = "Peel", deny_unknown_fields)]
pub struct File {
    /// Always 1.
    #[serde(rename = "version")]
    pub _version: u32,
    /// What is said of the map as a whole.
    #[serde(default)]
    pub map: Map,
    /// The parties, in any order.
    #[serde(default)]
    pub parties: List<Box<Party<'static>>, MOST_RECORDS>,
    /// The handoffs, in any order.
    #[serde(default)]
    pub handoffs: List<Box<Handoff<'static>>, MOST_RECORDS>,
    /// The requirements of all handoffs.
    #[serde(default)]
    pub requirements: List<Box<Requirement<'static>>, MOST_PARTS>,
    /// The measures of all processes.
    #[serde(default)]
    pub measures: List<Box<Measure<'static>>, MOST_PARTS>,
    /// What was said about all processes.
    #[serde(default)]
    pub expectations: List<Box<Expectation<'static>>, MOST_PARTS>,
    /// The saved views, in any order.
    #[serde(default)]
    pub views: List<View<'static>, MOST_VIEWS>,
    /// The scenarios, in any order.
    #[serde(default)]
    pub scenarios: List<Scenario<'static>, MOST_SCENARIOS>,
    /// The sprints, in any order.
    #[serde(default)]
    pub sprints: List<Sprint<'static>, MOST_SPRINTS>,
}

/// The end of a file, after the records of the map.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tail {
    /// The saved views.
    #[serde(default)]
    pub views: List<View<'static>, MOST_VIEWS>,
    /// The scenarios.
    #[serde(default)]
    pub scenarios: List<Scenario<'static>, MOST_SCENARIOS>,
    /// The sprints, in any order.
    #[serde(default)]
    pub sprints: List<Sprint<'static>, MOST_SPRINTS>,
}

/// What is said of the map as a whole.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    #[serde(default, skip_serializing_if = "is_default")]
    title: Text<'static>,
    #[serde(default = "eight", skip_serializing_if = "is_eight")]
    hours_per_day: Number,
    #[serde(default, skip_serializing_if = "is_default")]
    currency: Text<'static>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    lane_order: List<Text<'static>, MOST_LANES>,
    #[serde(default = "ninety", skip_serializing_if = "is_ninety")]
    stale_after_days: Number,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review: Option<Schedule>,
    /// Findings about the map as a whole that were put aside.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub dismissed: List<Dismissal<'static>, MOST_DISMISSED>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'static>,
}

/// A party and its place.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party<'a> {
    /// Its id; handoffs name it.
    pub id: PartyId,
    #[serde(default, skip_serializing_if = "is_default")]
    name: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    kind: PartyKind,
    #[serde(default, skip_serializing_if = "is_default")]
    department: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    owner: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    promise: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_time_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_time_low_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    process_time_high_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    value_adding: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rate_per_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target_lead_time_h: Option<Number>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    not_applicable: List<NotApplicable<'a>, 7>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review: Option<Schedule>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    reviews: List<Review<'a>, MOST_REVIEWS>,
    /// Findings about it that were put aside.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub dismissed: List<Dismissal<'a>, MOST_DISMISSED>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'a>,
    /// The middle of its card; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<Place>,
}

/// A handoff without its requirements.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handoff<'a> {
    /// Its id; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<HandoffId>,
    /// Who gives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub supplier: Option<PartyId>,
    /// Who receives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<PartyId>,
    #[serde(default, skip_serializing_if = "is_default")]
    item: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    form: Form,
    #[serde(default, skip_serializing_if = "is_default")]
    kind: HandoffKind,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    critical: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait_low_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    wait_high_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    complete_accurate_pct: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    on_time_pct: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    volume: Option<Number>,
    #[serde(default, skip_serializing_if = "is_default")]
    period: Period,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    known: Option<Known>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sample_size: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    check_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fix_receiver_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fix_supplier_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    late_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    late_cost_per_h: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    escape_pct: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    escape_cost: Option<Number>,
    #[serde(default, skip_serializing_if = "is_default")]
    agreement: Agreement,
    #[serde(default, skip_serializing_if = "is_default")]
    contact: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_until: Option<When>,
    #[serde(default, skip_serializing_if = "is_default")]
    ask: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    offer: Text<'a>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    told: List<Told<'a>, MOST_TOLD>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    roles: List<Role<'a>, MOST_ROLES>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    ratings: List<Rating<'a>, MOST_RATINGS>,
    /// Findings about it that were put aside.
    #[serde(default, skip_serializing_if = "List::is_empty")]
    pub dismissed: List<Dismissal<'a>, MOST_DISMISSED>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'a>,
}

/// A requirement and the handoff it belongs to.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Requirement<'a> {
    /// The handoff it belongs to.
    pub handoff: HandoffId,
    /// Its id, unique within the handoff; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<RequirementId>,
    #[serde(default, skip_serializing_if = "is_default")]
    text: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    measure: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    unit: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    operator: Option<Operator>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    target: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    tolerance: Option<Number>,
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    must: bool,
    #[serde(default = "one", skip_serializing_if = "is_one")]
    weight: Number,
    #[serde(default, skip_serializing_if = "is_default")]
    basic: bool,
    /// A single observation of which nothing but the value is known; never beside `observations`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actual: Option<Number>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    observations: List<Observation<'a>, MOST_OBSERVATIONS>,
}

/// A saved view. The parties and handoffs it names need not be there.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct View<'a> {
    /// Its id; may be left out by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<ViewId>,
    /// Where it stands in the order; left out by hand, it is its position in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rank: Option<u32>,
    #[serde(default, skip_serializing_if = "is_default")]
    name: Text<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    kind: ViewKind,
    #[serde(default, skip_serializing_if = "is_default")]
    flow: Flow,
    #[serde(default, skip_serializing_if = "is_default")]
    mode: LayerMode,
    #[serde(default, skip_serializing_if = "is_default")]
    figure: Figure,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    centre: Option<PartyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    customer: Option<PartyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    layers: Option<u64>,
    #[serde(default, skip_serializing_if = "is_default")]
    filter: Text<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sort: Option<SipocColumn>,
    #[serde(default, skip_serializing_if = "is_default")]
    sort_down: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    list_sort: Option<ListColumn>,
    #[serde(default, skip_serializing_if = "is_default")]
    list_sort_down: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    spotlight: Option<PartyId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    area: Option<Area>,
    #[serde(default, skip_serializing_if = "List::is_empty")]
    emphasis: List<Subject, MOST_EMPHASISED>,
    #[serde(default, skip_serializing_if = "is_default")]
    notes: Text<'a>,
}

/// A part of a view's plane.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    left: Coordinate,
    top: Coordinate,
    right: Coordinate,
    bottom: Coordinate,
}

/// Something on the map that a view names.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A party.
    Party(PartyId),
    /// A handoff.
    Handoff(HandoffId),
}

/// One edit of the journal.
#[derive(Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Edit<'a> {
    /// Adds a party or replaces it, with all its measures and what was said about it.
    PutParty(Party<'a>, #[serde(default)] Vec<Measure<'a>>, #[serde(default)] Vec<Expectation<'a>>),
    /// Removes a party.
    RemoveParty(PartyId),
    /// Moves a party.
    Place(PartyId, Place),
    /// Adds a handoff or replaces it, with all its requirements.
    PutHandoff(Handoff<'a>, Vec<Requirement<'a>>),
    /// Removes a handoff.
    RemoveHandoff(HandoffId),
    /// Adds a saved view or replaces it.
    PutView(View<'a>),
    /// Removes a saved view.
    RemoveView(ViewId),
    /// Adds a scenario or replaces it.
    PutScenario(Scenario<'a>),
    /// Removes a scenario.
    RemoveScenario(ScenarioId),
    /// Adds a sprint or replaces it.
    PutSprint(Sprint<'a>),
    /// Removes a sprint.
    RemoveSprint(SprintId),
    /// Replaces what is said of the map as a whole.
    SetInfo(Map),
}

/// The edits of one entry of the journal.
pub type Edits = List<Edit<'static>, { 5 * MOST_RECORDS }>;

/// A place, as (x, y).
pub type Place = (Coordinate, Coordinate);

impl Default for Map {
    fn default() -> Self {
        Self::new(&MapInfo::default())
    }
}

fn eight() -> Number {
    Number(8.0)
}

fn is_eight(number: &Number) -> bool {
    *number == eight()
}

fn ninety() -> Number {
    Number(90.0)
}

fn is_ninety(number: &Number) -> bool {
    *number == ninety()
}

fn one() -> Number {
    Number(1.0)
}

fn is_one(number: &Number) -> bool {
    *number == one()
}

fn yes() -> bool {
    true
}

fn is_yes(value: &bool) -> bool {
    *value
}
