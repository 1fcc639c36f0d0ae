//! The one door to the document: edits with a name, undo and redo, the selection, the scenario that is shown, and what
//! was last saved.

mod history;
mod selection;

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::model::ops::{future, in_scenario};
use crate::model::{Document, Edit, EditError, ScenarioId, Subject};
pub use history::{History, MergeKey};
use history::{Now, Step};
pub use selection::Selection;

/// A document being edited, as it is or as one of its scenarios would have it.
#[derive(Debug, Default)]
pub struct Editor {
    /// The current state, which is what is saved.
    current: Document,
    /// The scenario that is shown, and the map as it would have it.
    shown: Option<(ScenarioId, Document)>,
    selection: Selection,
    history: History,
    revision: u64,
    saved: Document,
    /// Whether the document differs from the saved one, with the revision this was found at.
    modified: Cell<Option<(u64, bool)>>,
}

/// What an undo or redo did, for the status line and for scrolling there.
#[derive(Debug, Clone, PartialEq)]
pub struct Stepped {
    /// The name of the step.
    pub label: String,
    /// What it changed and that is there now.
    pub changed: BTreeSet<Subject>,
}

impl Editor {
    /// Starts on a document as it was opened: unmodified, with no history.
    pub fn new(document: Document) -> Self {
        Self { saved: document.clone(), current: document, ..Self::default() }
    }

    /// Starts on a document that differs from what is saved, as after a recovery.
    pub fn recovered(document: Document, saved: Document) -> Self {
        Self { saved, current: document, ..Self::default() }
    }

    /// The map that is shown and edited: the current state, or the future one of the scenario that is shown.
    pub fn document(&self) -> &Document {
        self.shown.as_ref().map_or(&self.current, |(_, future)| future)
    }

    /// The map as it is today, with all its scenarios: what is saved, whatever is shown.
    pub fn current(&self) -> &Document {
        &self.current
    }

    /// The scenario that is shown and edited; `None` for the current state.
    pub fn scenario(&self) -> Option<ScenarioId> {
        self.shown.as_ref().map(|(id, _)| *id)
    }

    /// Shows a scenario, or the current state. Never a step of the history. A scenario that is not there is not shown.
    pub fn show(&mut self, scenario: Option<ScenarioId>) {
        self.end_gesture();
        self.look_at(scenario);
        self.keep_selection();
    }

    fn look_at(&mut self, scenario: Option<ScenarioId>) {
        let found = scenario.and_then(|id| Some((id, self.current.scenario(id)?)));
        self.shown = found.map(|(id, scenario)| (id, future(&self.current, scenario)));
    }

    /// What is selected.
    pub fn selection(&self) -> &Selection {
        &self.selection
    }

    /// Grows with every change of the document.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Whether the document differs from what was saved last.
    pub fn is_modified(&self) -> bool {
        if let Some((revision, modified)) = self.modified.get()
            && revision == self.revision
        {
            return modified;
        }
        let modified = self.current != self.saved;
        self.modified.set(Some((self.revision, modified)));
        modified
    }

    /// What was saved last.
    pub fn saved(&self) -> &Document {
        &self.saved
    }

    /// Notes that this very document was saved; later edits make the map modified again.
    pub fn mark_saved(&mut self, document: Document) {
        self.saved = document;
        self.modified.set(None);
    }

    /// Does the edits as one step named `label`, joined to the step before when both have the same open `merge` key.
    ///
    /// While a scenario is shown, what is edited of parties and handoffs becomes part of it. On an error nothing is done.
    /// Edits that change nothing leave no step.
    pub fn edit(
        &mut self,
        label: impl Into<String>,
        merge: Option<MergeKey>,
        edits: Vec<Edit>,
    ) -> Result<(), EditError> {
        let edits = match &self.shown {
            None => edits,
            Some((id, future)) => {
                let mut edited = future.clone();
                edited.apply(edits)?;
                in_scenario(&self.current, *id, future, &edited)
            }
        };
        self.edit_current(label, merge, edits)
    }

    /// As [`Editor::edit`], on the current state even while a scenario is shown.
    pub fn edit_current(
        &mut self,
        label: impl Into<String>,
        merge: Option<MergeKey>,
        edits: Vec<Edit>,
    ) -> Result<(), EditError> {
        let before = self.current.clone();
        self.current.apply(edits)?;
        if self.current == before {
            self.current = before;
            return Ok(());
        }
        let step = Step {
            label: label.into(),
            document: before,
            selection: self.selection.clone(),
            scenario: self.scenario(),
        };
        self.history.push(step, merge);
        self.look_at(self.scenario());
        self.keep_selection();
        self.revision += 1;
        Ok(())
    }

    fn keep_selection(&mut self) {
        let document = self.shown.as_ref().map_or(&self.current, |(_, future)| future);
        self.selection.keep_existing(document);
    }

    /// Ends a gesture: the next edit starts a new step even when its merge key is the same.
    pub fn end_gesture(&mut self) {
        self.history.close(&self.current);
    }

    /// Selects; the parts that are not there are left out. Never a step of the history.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
        self.keep_selection();
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Option<Stepped> {
        self.end_gesture();
        let step = self.history.undo(self.now())?;
        Some(self.step_to(step))
    }

    /// Does the step again that was taken back last.
    pub fn redo(&mut self) -> Option<Stepped> {
        let step = self.history.redo(self.now())?;
        Some(self.step_to(step))
    }

    /// Name of the step that undo would take back.
    pub fn undo_label(&self) -> Option<&str> {
        self.history.undo_label()
    }

    /// Name of the step that redo would do again.
    pub fn redo_label(&self) -> Option<&str> {
        self.history.redo_label()
    }

    /// What a step holds of now.
    fn now(&self) -> Now {
        Now { document: self.current.clone(), selection: self.selection.clone(), scenario: self.scenario() }
    }

    fn step_to(&mut self, step: Step) -> Stepped {
        let Step { label, document, selection, scenario } = step;
        let before = self.document().clone();
        self.current = document;
        self.look_at(scenario);
        let changed = changed_subjects(&before, self.document());
        self.selection = selection;
        self.keep_selection();
        self.revision += 1;
        Stepped { label, changed }
    }
}

/// What differs between two documents and is there in the second; of what was removed, the neighbours.
fn changed_subjects(before: &Document, after: &Document) -> BTreeSet<Subject> {
    let mut changed = BTreeSet::new();
    for edit in before.each_edit_to(after) {
        match edit {
            Edit::PutParty(id, _) | Edit::Place(id, _) => {
                changed.insert(Subject::Party(id));
            }
            Edit::PutHandoff(id, _) => {
                changed.insert(Subject::Handoff(id));
            }
            Edit::RemoveHandoff(id) => {
                let ends = before.handoff(id).map(|h| [h.supplier, h.customer]);
                changed.extend(ends.into_iter().flatten().flatten().map(Subject::Party));
            }
            Edit::RemoveParty(_)
            | Edit::PutView(..)
            | Edit::RemoveView(_)
            | Edit::PutScenario(..)
            | Edit::RemoveScenario(_)
            | Edit::PutSprint(..)
            | Edit::RemoveSprint(_)
            | Edit::SetInfo(_) => {}
        }
    }
    changed.retain(|subject| after.has(*subject));
    changed
}

#[cfg(test)]
mod tests;
