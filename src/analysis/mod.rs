//! What the map tells: layers, lead time, quality, cost, silos, findings. Pure.
//!
//! [`report`] computes everything once; each figure has a file of its own and is a function over a [`Chain`]. How a
//! part of the report reads, as JSON and in a terminal, is a row of [`SECTIONS`].

mod cost;
pub mod findings;
pub mod graph;
mod json;
pub mod layers;
pub mod lead_time;
mod matrix;
pub mod quality;
mod report;
mod silos;
pub mod simulation;
mod text;
mod voices;

pub use cost::{Costs, HandoffCost, handoff_cost};
pub use findings::{Finding, Severity};
pub use graph::{Chain, Link, Loop, Walk};
pub use json::{findings_json, json};
pub use lead_time::{LeadTime, lead_time};
pub use matrix::{MOST_DEPARTMENTS, matrix};
pub use quality::{Figure, Quality, Share, leverage, on_time_start, quality, rolled_if};
pub use report::{CustomerFigures, HandoffFigures, PartyFigures, Report, SECTIONS, Section, report};
pub use silos::{Flow, Silos, silos};
pub use simulation::{Rework, Setting, Simulated, simulate};
pub use text::{findings_text, text};
pub use voices::{LEAST_ANSWERS, Recommended, Wish, cross_hairs, opportunity, recommended, wishes};
