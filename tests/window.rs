//! What a person does in the window, from keys and pointer to the document. Needs neither a display nor a GPU.
#![cfg(feature = "gui")]
#![expect(clippy::unwrap_used, reason = "a test ends there")]

#[path = "window/contracts.rs"]
mod contracts;
#[path = "window/hands.rs"]
mod hands;
#[path = "window/improve.rs"]
mod improve;
#[path = "window/insights.rs"]
mod insights;
#[path = "window/journeys.rs"]
mod journeys;
#[path = "window/mishaps.rs"]
mod mishaps;
#[path = "window/mouse.rs"]
mod mouse;
#[path = "window/outside.rs"]
mod outside;
#[path = "window/random.rs"]
mod random;
#[path = "window/tasks.rs"]
mod tasks;
#[path = "told/mod.rs"]
mod told;
#[path = "window/views.rs"]
mod views;
