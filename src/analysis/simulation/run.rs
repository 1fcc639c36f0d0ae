//! One run: every time is drawn, and the longest path is found and noted.

use std::collections::BTreeSet;

use super::time::{Dice, Time};
use super::track::{Leg, Track};

/// What one place contributed to the lead times of some runs.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Part {
    /// In how many runs it lay on the critical path.
    pub on_path: usize,
    /// Σ X of its hours there, 0 elsewhere.
    pub hours: f64,
    /// Σ X·(L − centre).
    pub product: f64,
}

/// What is kept of some runs: O(V + E), and one number a run.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Sums {
    /// The lead time of each run.
    pub lead: Vec<f64>,
    /// By place of the track.
    pub parts: Vec<Part>,
    /// Legs that took all passes allowed.
    pub endless: BTreeSet<usize>,
}

impl Sums {
    /// Adds what was kept of the runs that follow.
    pub fn add(&mut self, next: Self) {
        self.lead.extend(next.lead);
        self.endless.extend(next.endless);
        self.parts.resize(next.parts.len(), Part::default());
        for (sum, part) in self.parts.iter_mut().zip(next.parts) {
            sum.on_path += part.on_path;
            sum.hours += part.hours;
            sum.product += part.product;
        }
    }
}

/// The best path into a stop, as in `lead_time`: its length, its number of handoffs, and the last of them.
#[derive(Debug, Clone, Copy, Default)]
struct Best {
    hours: f64,
    handoffs: usize,
    last: Option<usize>,
}

/// Runs one after the other, on memory that they part.
#[derive(Debug)]
pub(super) struct Runner<'t> {
    track: &'t Track,
    /// What the lead times are centred by, so that sums of their products lose no digits.
    centre: f64,
    best: Vec<Best>,
    /// The hours drawn, by place of the track.
    drawn: Vec<f64>,
    sums: Sums,
}

impl<'t> Runner<'t> {
    pub fn new(track: &'t Track, centre: f64) -> Self {
        let places = track.places();
        let sums = Sums { parts: vec![Part::default(); places], ..Sums::default() };
        Self { track, centre, best: vec![Best::default(); track.stops.len()], drawn: vec![0.0; places], sums }
    }

    /// What was kept of the runs.
    pub fn finish(self) -> Sums {
        self.sums
    }

    pub fn run(&mut self, dice: &mut Dice) {
        let first_leg = self.track.stops.len();
        for (at, stop) in self.track.stops.iter().enumerate() {
            let mut best = Best::default();
            for index in stop.legs.clone() {
                let leg = &self.track.legs[index];
                let (wait, passes) = pass(leg, &stop.time, self.track.most_passes, dice);
                if passes == super::MOST_PASSES {
                    self.sums.endless.insert(index);
                }
                self.drawn[first_leg + index] = wait;
                let before = self.best[leg.giver];
                let (hours, handoffs) = (before.hours + wait, before.handoffs + 1);
                if (hours, handoffs) > (best.hours, best.handoffs) {
                    best = Best { hours, handoffs, last: Some(index) };
                }
            }
            let process = stop.time.draw(dice);
            self.drawn[at] = process;
            best.hours += process;
            self.best[at] = best;
        }
        self.note();
    }

    /// Follows the best path back from its end, and adds what lies on it.
    fn note(&mut self) {
        let Some(mut stop) = self.best.len().checked_sub(1) else { return };
        let lead = self.best[stop].hours;
        self.sums.lead.push(lead);
        let off = lead - self.centre;
        let (drawn, parts) = (&self.drawn, &mut self.sums.parts);
        let mut add = |place: usize| {
            let part: &mut Part = &mut parts[place];
            part.on_path += 1;
            part.hours += drawn[place];
            part.product += drawn[place] * off;
        };
        add(stop);
        while let Some(leg) = self.best[stop].last {
            add(self.track.stops.len() + leg);
            stop = self.track.legs[leg].giver;
            add(stop);
        }
    }
}

/// The hours a handoff takes with all repetition that it causes, and in how many passes.
fn pass(leg: &Leg, receiver: &Time, most: usize, dice: &mut Dice) -> (f64, usize) {
    let (mut hours, mut passes) = (leg.wait.draw(dice), 1);
    while passes < most && leg.right < 1.0 && dice.roll() >= leg.right {
        hours += leg.wait.draw(dice) + receiver.draw(dice);
        passes += 1;
    }
    (hours, passes)
}
