//! Where things go: deterministic arrangements of boxes and arrows. Pure.
