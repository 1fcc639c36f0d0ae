//! The one door to the document: edits with a name, undo and redo, the selection, and what was last saved.

mod history;
mod selection;

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::model::{Document, Edit, EditError, Subject};
use history::Step;
pub use history::{History, MergeKey};
pub use selection::Selection;

/// A document being edited.
#[derive(Debug, Default)]
pub struct Editor {
    document: Document,
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
        Self { saved: document.clone(), document, ..Self::default() }
    }

    /// Starts on a document that differs from what is saved, as after a recovery.
    pub fn recovered(document: Document, saved: Document) -> Self {
        Self { saved, document, ..Self::default() }
    }

    /// The document as it is now.
    pub fn document(&self) -> &Document {
        &self.document
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
        let modified = self.document != self.saved;
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
    /// On an error nothing is done. Edits that change nothing leave no step.
    pub fn edit(
        &mut self,
        label: impl Into<String>,
        merge: Option<MergeKey>,
        edits: Vec<Edit>,
    ) -> Result<(), EditError> {
        let before = self.document.clone();
        self.document.apply(edits)?;
        if self.document == before {
            self.document = before;
            return Ok(());
        }
        self.history.push(Step { label: label.into(), document: before, selection: self.selection.clone() }, merge);
        self.selection.keep_existing(&self.document);
        self.revision += 1;
        Ok(())
    }

    /// Ends a gesture: the next edit starts a new step even when its merge key is the same.
    pub fn end_gesture(&mut self) {
        self.history.close(&self.document);
    }

    /// Selects; the parts that are not there are left out. Never a step of the history.
    pub fn select(&mut self, selection: Selection) {
        self.selection = selection;
        self.selection.keep_existing(&self.document);
    }

    /// Takes the last step back.
    pub fn undo(&mut self) -> Option<Stepped> {
        self.end_gesture();
        let step = self.history.undo(&self.document, &self.selection)?;
        Some(self.step_to(step))
    }

    /// Does the step again that was taken back last.
    pub fn redo(&mut self) -> Option<Stepped> {
        let step = self.history.redo(&self.document, &self.selection)?;
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

    fn step_to(&mut self, step: Step) -> Stepped {
        let changed = changed_subjects(&self.document, &step.document);
        self.document = step.document;
        self.selection = step.selection;
        self.selection.keep_existing(&self.document);
        self.revision += 1;
        Stepped { label: step.label, changed }
    }
}

/// What differs between two documents and is there in the second; of what was removed, the neighbours.
fn changed_subjects(before: &Document, after: &Document) -> BTreeSet<Subject> {
    let mut changed = BTreeSet::new();
    for edit in before.edits_to(after) {
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
            | Edit::SetInfo(_) => {}
        }
    }
    changed.retain(|subject| after.has(*subject));
    changed
}

#[cfg(test)]
mod tests;
