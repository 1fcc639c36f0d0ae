//! The part of the chain that feeds one party, laid out flat for being run through many times.

use std::ops::Range;

use super::time::Time;
use super::{MOST_PASSES, Repeat};
use crate::analysis::graph::{Chain, Link, Walk};
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
    /// False when wait and repetitions take the same in every run.
    pub varies: bool,
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
    pub fn new(chain: &Chain<'_>, upstream: &Walk, rework: Repeat) -> Self {
        let most_passes = match rework {
            Repeat::None => 1,
            Repeat::Once => 2,
            Repeat::UntilRight => MOST_PASSES,
        };
        let mut at = vec![0; chain.nodes_len()];
        let (mut stops, mut legs) = (Vec::with_capacity(upstream.order.len()), Vec::new());
        for &node in &upstream.order {
            at[node] = stops.len();
            let (id, party) = chain.parties()[chain.party_at(node)];
            let process = (party.kind == PartyKind::Process).then_some(id);
            let hours = process.and(party.process_time_h);
            let time = Time::new(hours, party.process_time_low_h, party.process_time_high_h);
            let first = legs.len();
            for &link in chain.incoming(node).iter().filter(|link| !upstream.leaves_out(**link)) {
                let Some((giver, _)) = chain.flow(link) else { continue };
                let Link { id: handoff, handoff: record, .. } = chain.links()[link];
                let wait = Time::new(record.wait_h, record.wait_low_h, record.wait_high_h);
                let right = record.complete_accurate().unwrap_or(1.0);
                let comes_back = most_passes > 1 && right < 1.0;
                let by_chance = right > 0.0 && !(wait.is_nothing() && time.is_nothing());
                let varies = wait.varies() || (comes_back && (by_chance || time.varies()));
                legs.push(Leg { handoff, giver: at[giver], wait, right, varies });
            }
            stops.push(Stop { process, time, legs: first..legs.len() });
        }
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

    /// False when what stands at a place takes the same time in every run.
    pub fn varies(&self, place: usize) -> bool {
        match self.stops.get(place) {
            Some(stop) => stop.time.varies(),
            None => self.legs.get(place - self.stops.len()).is_some_and(|leg| leg.varies),
        }
    }

    /// True when every run gives the same.
    pub fn is_fixed(&self) -> bool {
        !(0..self.places()).any(|place| self.varies(place))
    }

    /// About how many draws a run takes.
    pub fn effort(&self) -> f64 {
        let most = self.most_passes as f64;
        let passes: f64 = self.legs.iter().map(|leg| leg.right.recip().min(most)).sum();
        passes + self.stops.len() as f64
    }
}
