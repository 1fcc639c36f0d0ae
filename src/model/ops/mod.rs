//! Operations: pure functions that return the edits of one feature, a file each.
