//! Steps of undo and redo: named snapshots, which cost a pointer each.

use super::Selection;
use crate::model::{Document, ScenarioId, Subject};

/// Edits with the same key join into one step while the gesture lasts: the field, and the record it belongs to.
pub type MergeKey = (&'static str, Option<Subject>);

/// A named change: before it is done the document to go back to, after undo the one to go forward to.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub label: String,
    pub document: Document,
    pub selection: Selection,
    /// The scenario that was shown, so that what is undone is seen.
    pub scenario: Option<ScenarioId>,
}

/// What a step holds, of now.
#[derive(Debug)]
pub(super) struct Now {
    pub document: Document,
    pub selection: Selection,
    pub scenario: Option<ScenarioId>,
}

impl Now {
    fn step(self, label: &str) -> Step {
        let Self { document, selection, scenario } = self;
        Step { label: label.to_owned(), document, selection, scenario }
    }
}

/// More steps than any workshop takes; a step costs about 2 KB.
const MOST_STEPS: usize = 20_000;

/// What can be undone and redone.
#[derive(Debug, Default)]
pub struct History {
    undo: Vec<Step>,
    redo: Vec<Step>,
    open: Option<MergeKey>,
}

impl History {
    pub(super) fn push(&mut self, step: Step, merge: Option<MergeKey>) {
        self.redo.clear();
        if merge.is_some() && merge == self.open && !self.undo.is_empty() {
            return;
        }
        self.open = merge;
        self.undo.push(step);
        if self.undo.len() > MOST_STEPS {
            self.undo.remove(0);
        }
    }

    /// Ends the open gesture; one that came back to where it began leaves no step.
    pub(super) fn close(&mut self, now: &Document) {
        if self.open.take().is_some() && self.undo.last().is_some_and(|step| step.document == *now) {
            self.undo.pop();
        }
    }

    pub(super) fn undo(&mut self, now: Now) -> Option<Step> {
        let step = self.undo.pop()?;
        self.redo.push(now.step(&step.label));
        Some(step)
    }

    pub(super) fn redo(&mut self, now: Now) -> Option<Step> {
        let step = self.redo.pop()?;
        self.undo.push(now.step(&step.label));
        Some(step)
    }

    pub(super) fn undo_label(&self) -> Option<&str> {
        self.undo.last().map(|step| step.label.as_str())
    }

    pub(super) fn redo_label(&self) -> Option<&str> {
        self.redo.last().map(|step| step.label.as_str())
    }
}
