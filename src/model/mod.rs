//! What a map is: parties, handoffs, requirements, the rules they keep, and the operations on them. Pure.

mod check;
mod difference;
mod document;
mod edit;
mod handoff;
mod id;
mod matrix;
pub mod ops;
mod party;
pub mod quantity;
mod requirement;
mod saved_view;
mod view;

pub use check::{LONGEST_TEXT, MOST_LANES, MOST_RECORDS, MOST_REQUIREMENTS, MOST_VIEWS, check};
pub use difference::difference;
pub use document::{Document, MapInfo, Subject};
pub use edit::{Edit, EditError};
pub use handoff::{Agreement, Form, Handoff, HandoffKind, Known, Period};
pub use id::{HandoffId, Id, IdError, IdGen, PartyId, RequirementId, ViewId};
pub use matrix::{Exchange, Matrix, Silo};
pub use ops::sipoc::Column as SipocColumn;
pub use party::{Party, PartyKind};
pub use requirement::{Operator, Requirement};
pub use saved_view::{MOST_EMPHASISED, SavedView};
pub use view::{Figure, Flow, LayerMode, ViewChoice, ViewKind};
