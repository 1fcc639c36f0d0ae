//! What views ask for; done after the frame is drawn.

use std::collections::BTreeSet;
use std::path::PathBuf;

use crate::editor::{MergeKey, Selection};
use crate::model::{Edit, Subject, ViewChoice};

/// A wish of a view.
#[derive(Debug, Clone)]
pub enum Action {
    /// Edits the document as one step.
    Edit {
        /// Name of the step.
        label: String,
        /// Joins the step before when it has the same key and the gesture lasts.
        merge: Option<MergeKey>,
        /// The edits.
        edits: Vec<Edit>,
        /// What to select then; `None` keeps the selection.
        select: Option<Selection>,
    },
    /// The gesture is over: the next edit is a step of its own.
    EndGesture,
    /// Selects.
    Select(Selection),
    /// Moves the canvas so that these are seen.
    Reveal(BTreeSet<Subject>),
    /// Edits name or item in place.
    Rename(Subject),
    /// Shows a view.
    View(Box<ViewChoice>),
    /// Does something with a saved view.
    Step(super::panels::steps::Wish),
    /// Tries out other numbers.
    TryOut(super::what_if::Wish),
    /// Shows, makes or changes a future state.
    Future(super::futures::Wish),
    /// Leads to where something is to be done.
    Go(Subject, crate::analysis::Spot),
    /// Finishes the review of a process.
    FinishReview(crate::model::PartyId),
    /// Holds the map against no other any more.
    EndCompare,
    /// Calls off work that is under way.
    Cancel(u64),
    /// Answers that another program changed the file.
    Outside(super::outside::Wish),
    /// Shows the true cost case of a sprint or scenario.
    Case(super::cases::Case),
    /// Opens a page of what the map tells, or closes them.
    Insights(Option<super::panels::insights::Page>),
    /// Something was clicked before an audience.
    PresentClick(Option<Subject>),
    /// Runs a command by its id.
    Command(&'static str),
    /// Opens a file.
    Open(PathBuf),
    /// Opens a sample by its id.
    Sample(&'static str),
    /// Gives the keyboard to the canvas.
    FocusCanvas,
    /// Gives the keyboard to the inspector's first field.
    FocusInspector,
    /// Gives the keyboard to the inspector's field for the name or item.
    NameInInspector(Subject),
    /// Says in the status line what went wrong.
    Complain(String),
    /// Says something in the status line.
    Say(String),
}

impl Action {
    /// An edit that is a step of its own and keeps the selection.
    pub fn edit(label: impl Into<String>, edits: Vec<Edit>) -> Self {
        Self::Edit { label: label.into(), merge: None, edits, select: None }
    }

    /// An edit that selects what it made.
    pub fn make(label: impl Into<String>, edits: Vec<Edit>, select: Selection) -> Self {
        Self::Edit { label: label.into(), merge: None, edits, select: Some(select) }
    }
}
