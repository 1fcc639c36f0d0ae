//! What the map tells: layers, lead time, quality, cost, silos, findings. Pure.
//!
//! [`report`] computes everything once; each figure has a file of its own and is a function over a [`Chain`]. How a
//! part of the report reads, as JSON and in a terminal, is a row of [`SECTIONS`].

mod calendar;
mod compare;
mod cost;
pub mod findings;
mod freeze;
pub mod graph;
mod json;
pub mod layers;
pub mod lead_time;
mod lift;
mod matrix;
mod path;
pub mod quality;
mod report;
mod reviews;
mod rework;
mod silos;
pub mod simulation;
mod snowball;
mod steps;
mod text;
mod timeline;
mod voices;
mod weak;

pub use calendar::{Event, EventKind, REVIEWS_AHEAD, events, events_until};
pub use compare::{Both, COMPARED, Compare, Compared, CustomerCompared, Unit, compared};
pub use cost::{Costs, DepartmentCost, HandoffCost, LayerCost, handoff_cost, payback_days};
pub use findings::{Finding, Findings, Severity};
pub use freeze::{Gained, Held, Kept, OF_HANDOFF, OF_PROCESS, about, freeze_handoff, freeze_process, gained, held};
pub use graph::{Chain, Link, Loop, Walk};
pub use json::{compared_json, dismissed_json, findings_json, json, scenario_json};
pub use lead_time::{LeadTime, lead_time};
pub use lift::{Lift, lifts};
pub use matrix::{MOST_DEPARTMENTS, matrix};
pub use path::{PathStep, path_steps};
pub use quality::{Figure, Quality, Share, leverage, on_time_start, quality, rolled_if};
pub use report::{CustomerFigures, HandoffFigures, PartyFigures, Report, SECTIONS, Section, report, report_on};
pub use reviews::{Due, due, dues, running, schedule};
pub use rework::{Rework, ReworkTimes, rework};
pub use silos::{Crossing, Flow, Silos, local_green, silos};
pub use simulation::{Repeat, Setting, Simulated, simulate};
pub use snowball::{Spoiled, Step, snowball, spoils};
pub use steps::{PartySteps, Spot, StepState, ToDo, progress, repaired, steps};
pub use text::{compared_text, dismissed_text, findings_text, scenario_text, text};
pub use timeline::{Gain, Leg, Stop, Timeline, gains, timeline};
pub use voices::{LEAST_ANSWERS, Recommended, Wish, cross_hairs, opportunity, recommended, wishes};
pub use weak::{
    Bottleneck, LongestChain, LoopFound, MOST_LISTED, SharedItem, WeakPoints, bottlenecks, longest_chain, weak_points,
};
