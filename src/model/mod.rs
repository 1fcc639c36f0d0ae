//! What a map is: parties, handoffs, requirements, the rules they keep, and the operations on them. Pure.

mod accord;
mod aim;
mod altered;
mod check;
mod contract;
mod difference;
mod dismissal;
mod document;
mod edit;
mod frozen;
mod handoff;
mod id;
mod matrix;
mod measure;
mod merge;
mod observation;
pub mod ops;
mod party;
pub mod quantity;
mod rating;
mod requirement;
mod review;
mod saved_view;
mod scenario;
mod sprint;
mod view;
mod voice;
mod when;
mod whole;
pub mod words;

pub use accord::{MOST_ROLES, MOST_TOLD, Raci, Role, Told};
pub use aim::{Aim, Operator};
pub use altered::{Alteration, Altered, Merge, Wins};
pub use check::{LONGEST_TEXT, MOST_LANES, MOST_RECORDS, MOST_REQUIREMENTS, MOST_VIEWS, check};
pub use contract::{Contract, Score, contract, is_red, is_told, score};
pub use difference::{difference, difference_of};
pub use dismissal::{Dismissal, MOST_DISMISSED, Part};
pub use document::{Document, MapInfo, Subject};
pub use edit::{Edit, EditError};
pub use frozen::{Frozen, MOST_FROZEN, frozen};
pub use handoff::{Agreement, Form, Handoff, HandoffKind, Known, Period};
#[cfg(feature = "gui")]
pub(crate) use id::split_mix;
pub use id::{HandoffId, Id, IdError, IdGen, MeasureId, PartyId, RequirementId, ScenarioId, SprintId, ViewId, VoiceId};
pub use matrix::{Exchange, Matrix, Silo};
pub use measure::{Direction, MOST_MEASURES, Measure, Timing};
pub use merge::{Conflict, Merged, Merger};
pub use observation::{History, MOST_OBSERVATIONS, Observation, wilson};
pub use ops::list::Column as ListColumn;
pub use ops::sipoc::Column as SipocColumn;
pub use party::{Party, PartyKind};
pub use rating::{Aspect, FAR_APART, MOST_RATINGS, Marks, Rating, Side, blind_spot, marks};
pub use requirement::Requirement;
pub use review::{
    Interval, LONGEST_INTERVAL, MOST_REVIEWS, NotApplicable, Review, Schedule, Standing, Step, days_after,
    last_finished,
};
pub use saved_view::{MOST_EMPHASISED, SavedView};
pub use scenario::{Change, Lever, MOST_CHANGES, MOST_SCENARIOS, Scenario};
pub use sprint::{
    LONGEST_SPRINT, MOST_SPRINTS, MOST_TASKS, MOST_TOUCHED, SMALL_FIRST, SPRINT_DAYS, Snapshot, Sprint, SprintState,
    Task,
};
pub use view::{Figure, Flow, LayerMode, ViewChoice, ViewKind};
pub use voice::{MOST_VOICES, Voice, VoiceKind};
pub use when::{When, WhenError};
pub use whole::Records;
