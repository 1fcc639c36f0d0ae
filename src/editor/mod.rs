//! The one door to the document: edits with a name, undo, selection.
