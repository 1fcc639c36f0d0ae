//! The part of the chain that feeds one party, laid out flat for being run through many times.

use std::ops::Range;

use super::time::Time;
use super::{MOST_PASSES, Rework};
use crate::analysis::graph::{Chain, Walk};
use crate::model::{HandoffId, PartyId, PartyKind, Subject};

/// A node of the chain.
#[derive(Debug)]
pub(super) struct Stop {
    /// Whose it is, when that is a process: only those have a PT.
    pub process: Option<PartyId>,
    /// PT.
    pub time: Time,
    /// What it receives, as indices into [`Track::legs`].
    pub legs: Range<usize>,
}

/// A forward handoff that closes no loop.
#[derive(Debug)]
pub(super) struct Leg {
    pub handoff: HandoffId,
    /// Index of the stop that gives.
    pub giver: usize,
    /// The wait of one pass.
    pub wait: Time,
    /// The chance that a pass is right; 1 when %C&A is unknown.
    pub right: f64,
}

/// Stops in the order of the walk, each after all that feed it; the party itself is the last.
#[derive(Debug)]
pub(super) struct Track {
    pub stops: Vec<Stop>,
    pub legs: Vec<Leg>,
    /// Most passes that a handoff takes in one run.
    pub most_passes: usize,
}

impl Track {
    pub fn new(chain: &Chain<'_>, upstream: &Walk, rework: Rework) -> Self {
        let mut at = vec![0; chain.nodes_len()];
        let (mut stops, mut legs) = (Vec::with_capacity(upstream.order.len()), Vec::new());
        for &node in &upstream.order {
            at[node] = stops.len();
            let first = legs.len();
            for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
                let Some((giver, _)) = chain.flow(link) else { continue };
                let handoff = chain.links()[link].handoff;
                legs.push(Leg {
                    handoff: chain.links()[link].id,
                    giver: at[giver],
                    wait: Time::new(handoff.wait_h, handoff.wait_low_h, handoff.wait_high_h),
                    right: handoff.complete_accurate().unwrap_or(1.0),
                });
            }
            let (id, party) = chain.parties()[chain.party_at(node)];
            let process = (party.kind == PartyKind::Process).then_some(id);
            let hours = process.and(party.process_time_h);
            let time = Time::new(hours, party.process_time_low_h, party.process_time_high_h);
            stops.push(Stop { process, time, legs: first..legs.len() });
        }
        let most_passes = match rework {
            Rework::None => 1,
            Rework::Once => 2,
            Rework::UntilRight => MOST_PASSES,
        };
        Self { stops, legs, most_passes }
    }

    /// Number of places that can contribute to a lead time: stops first, then legs.
    pub fn places(&self) -> usize {
        self.stops.len() + self.legs.len()
    }

    /// What stands at a place; `None` is an external party, which contributes nothing.
    pub fn subject(&self, place: usize) -> Option<Subject> {
        match self.stops.get(place) {
            Some(stop) => stop.process.map(Subject::Party),
            None => self.legs.get(place - self.stops.len()).map(|leg| Subject::Handoff(leg.handoff)),
        }
    }

    /// True when every run gives the same.
    pub fn is_fixed(&self) -> bool {
        self.stops.iter().all(|stop| {
            !stop.time.varies()
                && self.legs[stop.legs.clone()].iter().all(|leg| {
                    let by_chance = self.most_passes > 1 && leg.right > 0.0 && leg.right < 1.0;
                    !leg.wait.varies() && (!by_chance || (leg.wait.is_nothing() && stop.time.is_nothing()))
                })
        })
    }

    /// About how many draws a run takes.
    pub fn effort(&self) -> f64 {
        let most = self.most_passes as f64;
        let passes: f64 = self.legs.iter().map(|leg| leg.right.recip().min(most)).sum();
        passes + self.stops.len() as f64
    }
}
