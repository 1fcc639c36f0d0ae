//! Scene to bytes: one painter a file. Pure.

pub mod png;
