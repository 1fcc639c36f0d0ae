//! The critical path as a table: what happens when, step by step.

use std::collections::BTreeMap;

use super::report::CustomerFigures;
use super::timeline::Leg;
use crate::model::{Document, HandoffId, PartyId, PartyKind};

/// One party on the critical path, and what it gives to the next.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PathStep {
    /// The party.
    pub party: PartyId,
    /// When it starts, in hours of work.
    pub start_h: f64,
    /// Whether it is a process; others have no PT.
    pub is_process: bool,
    /// The PT of a process in hours; `None` is unknown.
    pub process_h: Option<f64>,
    /// Whether its PT adds value.
    pub value_adding: Option<bool>,
    /// The handoff to the next party; `None` at the customer.
    pub handoff: Option<HandoffId>,
    /// The wait of that handoff in hours; `None` is unknown.
    pub wait_h: Option<f64>,
}

/// The critical path to a customer from its beginning; empty where nothing leads to it. O(E log E).
pub fn path_steps(document: &Document, figures: &CustomerFigures) -> Vec<PathStep> {
    let legs: BTreeMap<HandoffId, &Leg> =
        figures.timeline.legs.iter().filter(|leg| leg.on_path).map(|leg| (leg.handoff, leg)).collect();
    let path = &figures.lead_time;
    let mut start_h = 0.0;
    let mut steps = Vec::with_capacity(path.parties.len());
    for (at, party) in path.parties.iter().enumerate() {
        let about = document.party(*party);
        let is_process = about.is_some_and(|party| party.kind == PartyKind::Process);
        let handoff = path.handoffs.get(at).copied();
        let leg = handoff.and_then(|id| legs.get(&id));
        let wait_h = leg.and_then(|leg| leg.wait_h);
        steps.push(PathStep {
            party: *party,
            start_h,
            is_process,
            process_h: about.filter(|_| is_process).and_then(|party| party.process_time_h),
            value_adding: about.filter(|_| is_process).and_then(|party| party.value_adding),
            handoff,
            wait_h,
        });
        start_h = leg.map_or(start_h, |leg| leg.start_h) + wait_h.unwrap_or(0.0);
    }
    steps
}
