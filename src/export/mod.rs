//! Scene to bytes: one painter a file. Pure.
