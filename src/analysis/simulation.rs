//! How the lead time to a party spreads when times vary and work comes back: many runs of the chain, by chance.
//!
//! **One run** goes over the part of the chain that feeds the party, without the handoffs that close loops. Each process
//! takes a time drawn from its range, each forward handoff a wait, and the lead time of the run is the longest path, as
//! [`lead_time`] computes it with the values drawn: an unknown time is 0, and only processes have a PT.
//!
//! **A time** with the likely value m, low a and high b has a triangular distribution: mean (a + m + b) / 3, variance
//! (a² + m² + b² − am − ab − mb) / 18. It is drawn by the inverse of its distribution function (Devroye, *Non-Uniform
//! Random Variate Generation*, 1986, II.2). A missing end is the likely value, and so is one on the wrong side of it.
//! Without a likely value the time is unknown, whatever its range.
//!
//! **Rework by chance**: a forward handoff with a known %C&A of q is received right with chance q, critical or not. See
//! [`Repeat`] for what happens otherwise. The time of a repetition, the wait of the handoff and the PT of its receiver
//! drawn anew, is added to the paths that run through that handoff. All draws are independent of each other.
//!
//! **What drives the spread**: the lead time L of a run is the sum of what the processes and handoffs contribute to its
//! critical path, L = Σ Xᵢ with Xᵢ = 0 off the path. So var L = Σ cov(Xᵢ, L), and cov(Xᵢ, L) / var L is the share of
//! the spread that is due to i: the covariance (Euler) allocation of a sum (Tasche, *Risk contributions and performance
//! measurement*, 1999). The shares sum to 1; that of something which takes over when others are quick may be below 0.
//! How often it lay on the path is its criticality index (Van Slyke, *Monte Carlo methods and the PERT problem*, 1963).
//!
//! **The same again**: the generator is xoshiro256++, only operations that IEEE 754 defines to the last bit are used,
//! and nothing depends on ids (which part equal names alone), on the order of records or on the number of threads: the
//! same map, party and setting give the same figures, bit by bit, on every machine.

mod blocks;
mod run;
mod time;
mod track;

use std::num::NonZero;

use super::graph::Chain;
use super::lead_time::lead_time;
use crate::model::quantity::HOURS;
use crate::model::{Aim, HandoffId, Operator, PartyId, Subject, wilson};

use blocks::Work;
use run::Sums;
use track::Track;

/// Most runs of a simulation.
pub const MOST_RUNS: usize = 1_000_000;
/// Most passes that a handoff takes in one run.
pub const MOST_PASSES: usize = 100;
/// Most bins of a histogram.
pub const MOST_BINS: usize = 40;
/// The percentiles that a simulation gives.
pub const PERCENTILES: [u8; 10] = [5, 10, 25, 50, 75, 80, 85, 90, 95, 99];

/// What happens when something was not received right.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Repeat {
    /// Nothing: the receiver goes on with it.
    None,
    /// It comes once more, and then is taken as it is: (1 − q)·(wait + PT) on average.
    #[default]
    Once,
    /// It comes again until it is right: (1/q − 1)·(wait + PT) on average, in at most [`MOST_PASSES`] passes.
    UntilRight,
}

impl Repeat {
    /// Every way, in the order they are offered.
    pub const ALL: &'static [Self] = &[Self::None, Self::Once, Self::UntilRight];

    /// The word on the command line and in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Once => "once",
            Self::UntilRight => "until-right",
        }
    }

    /// The words on the screen.
    pub fn title(self) -> &'static str {
        match self {
            Self::None => "Never repeated",
            Self::Once => "Repeated once",
            Self::UntilRight => "Repeated until right",
        }
    }
}

/// How a simulation is done.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Number of runs, 1 to [`MOST_RUNS`]; what is outside is taken as the nearer end.
    pub runs: usize,
    /// Another seed draws other times.
    pub seed: u64,
    /// What happens when something was not received right.
    pub rework: Repeat,
    /// The lead time to be met, in hours; `None` is the one that the party itself wants.
    pub target_h: Option<f64>,
}

impl Default for Setting {
    fn default() -> Self {
        Self { runs: 10_000, seed: 1, rework: Repeat::default(), target_h: None }
    }
}

/// How the lead time to a party spreads. All times are hours of work.
#[derive(Debug, Clone, PartialEq)]
pub struct Simulated {
    /// Who receives.
    pub customer: PartyId,
    /// Number of runs.
    pub runs: usize,
    /// [`Setting::seed`].
    pub seed: u64,
    /// [`Setting::rework`].
    pub rework: Repeat,
    /// The lead time if every time were the likely one and everything right at once.
    pub likely_h: f64,
    /// The mean of the runs.
    pub mean_h: f64,
    /// Their standard deviation (over runs − 1); 0 for a single run.
    pub deviation_h: f64,
    /// The shortest.
    pub min_h: f64,
    /// The longest.
    pub max_h: f64,
    /// Each of [`PERCENTILES`] with the least lead time that at least so many percent of the runs kept to (nearest rank).
    pub percentiles: Vec<(u8, f64)>,
    /// How many runs took how long.
    pub histogram: Histogram,
    /// The lead time to be met.
    pub target_h: Option<f64>,
    /// The chance to meet it.
    pub on_time: Option<Chance>,
    /// What lay on the critical path of any run, with what it adds to the spread; the largest share first.
    pub drivers: Vec<Driver>,
    /// Over how many of the processes and handoffs upstream the time is known, as in [`lead_time`].
    pub known: usize,
    /// How many there are.
    pub of: usize,
    /// True when nothing upstream varies, so that every run gave the same.
    pub without_spread: bool,
    /// Handoffs that took all of [`MOST_PASSES`] in some run, as one does that is never right: they would take longer.
    pub endless: Vec<HandoffId>,
}

impl Simulated {
    /// True when some time is unknown, so that the lead times may be longer.
    pub fn is_at_least(&self) -> bool {
        self.known < self.of
    }
}

/// How many runs took how long.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Where the first bin begins, in hours: at the shortest lead time.
    pub from_h: f64,
    /// The width of each bin, in hours; 0 for a single bin in which all took the same.
    pub width_h: f64,
    /// The number of runs in each bin, at most [`MOST_BINS`]; the longest lead time is in the last.
    pub counts: Vec<usize>,
}

/// A chance that was counted on the runs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    /// The share of the runs, 0 to 1.
    pub share: f64,
    /// Lower end of its Wilson 95 % interval: what more runs may give. Of how good the ranges are it says nothing.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

/// What one process or handoff adds to the spread.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Driver {
    /// A process: its PT in the first pass. A handoff: its wait, and all repetition that it causes.
    pub subject: Subject,
    /// Its share of the variance: cov(X, L) / var L. They sum to 1, or are all 0 when nothing varies.
    pub share: f64,
    /// The share of the runs in which it lay on the critical path, 0 to 1.
    pub on_path: f64,
}

/// Simulates the lead time to a party, mostly an external customer; `party` is an index into [`Chain::parties`].
///
/// `watch` is called on this thread about a hundred times, and at least every 20 ms or so of work, with the share done;
/// it answers whether to go on. The work itself is spread over all processors. O(runs · (V + E)) in the part of the
/// chain that feeds the party, and memory for that and a number a run.
///
/// `None` when `watch` said to stop; when no time upstream is known, as then there is no lead time; and when there is no
/// such party.
pub fn simulate(chain: &Chain<'_>, party: usize, setting: &Setting, watch: &dyn Fn(f64) -> bool) -> Option<Simulated> {
    let threads = std::thread::available_parallelism().map_or(1, NonZero::get);
    simulate_on(threads, chain, party, setting, watch)
}

fn simulate_on(
    threads: usize,
    chain: &Chain<'_>,
    party: usize,
    setting: &Setting,
    watch: &dyn Fn(f64) -> bool,
) -> Option<Simulated> {
    let &(customer, record) = chain.parties().get(party)?;
    let upstream = chain.upstream(party);
    let likely = lead_time(chain, &upstream).hours;
    let likely_h = likely.value?;
    let track = Track::new(chain, &upstream, setting.rework);
    let runs = setting.runs.clamp(1, MOST_RUNS);
    let without_spread = track.is_fixed();
    // What gives the same every time is run once.
    let done = if without_spread { 1 } else { runs };
    let work = Work { track: &track, runs: done, seed: setting.seed, centre: likely_h };
    let mut sums = work.all(threads, watch)?;

    let drivers = drivers(&track, &sums, likely_h);
    let endless = sums.endless.iter().map(|leg| track.legs[*leg].handoff).collect();
    let mut lead = std::mem::take(&mut sums.lead);
    lead.sort_unstable_by(f64::total_cmp);
    lead.resize(runs, lead.last().copied().unwrap_or(likely_h));
    let (mean_h, deviation_h) = moments(&lead);
    let target_h = setting.target_h.or(record.target_lead_time_h).filter(|hours| HOURS.check(*hours).is_ok());
    Some(Simulated {
        customer,
        runs,
        seed: setting.seed,
        rework: setting.rework,
        likely_h,
        mean_h,
        deviation_h,
        min_h: lead[0],
        max_h: lead[runs - 1],
        percentiles: PERCENTILES.iter().map(|percent| (*percent, percentile(&lead, *percent))).collect(),
        histogram: histogram(&lead),
        target_h,
        on_time: target_h.map(|target| on_time(&lead, target)),
        drivers,
        known: likely.known,
        of: likely.of,
        without_spread,
        endless,
    })
}

/// True when lead times differ by no more than what adding up in another order does.
fn are_same(shortest: f64, longest: f64) -> bool {
    longest - shortest <= 1e-9 * longest
}

/// Mean and standard deviation of sorted numbers, of which there is at least one.
fn moments(sorted: &[f64]) -> (f64, f64) {
    let (n, least) = (sorted.len() as f64, sorted[0]);
    // Centred, so that equal numbers have exactly their mean and no deviation.
    let mean = least + sorted.iter().map(|hours| hours - least).sum::<f64>() / n;
    let squares: f64 = sorted.iter().map(|hours| (hours - mean) * (hours - mean)).sum();
    (mean, (squares / (n - 1.0).max(1.0)).sqrt())
}

/// The least of the sorted numbers that at least so many percent do not exceed.
fn percentile(sorted: &[f64], percent: u8) -> f64 {
    let rank = (usize::from(percent) * sorted.len()).div_ceil(100).max(1);
    sorted[rank - 1]
}

/// About √n bins over sorted numbers.
fn histogram(sorted: &[f64]) -> Histogram {
    let (from_h, to) = (sorted[0], sorted[sorted.len() - 1]);
    if are_same(from_h, to) {
        return Histogram { from_h, width_h: 0.0, counts: vec![sorted.len()] };
    }
    let bins = (1..MOST_BINS).find(|bins| bins * bins >= sorted.len()).unwrap_or(MOST_BINS);
    let width_h = (to - from_h) / bins as f64;
    let mut counts = vec![0; bins];
    for hours in sorted {
        counts[(((hours - from_h) / width_h) as usize).min(bins - 1)] += 1;
    }
    Histogram { from_h, width_h, counts }
}

fn on_time(lead: &[f64], target: f64) -> Chance {
    let aim = Aim { operator: Operator::AtMost, target, tolerance: 0.0 };
    let n = lead.len() as f64;
    let share = lead.iter().filter(|hours| aim.met(**hours)).count() as f64 / n;
    let (low, high) = wilson(share, n);
    Chance { share, low, high }
}

/// Σ X·(L − centre) − Σ X · mean(L − centre) is n·cov(X, L), and these sum to n·var L.
fn drivers(track: &Track, sums: &Sums, centre: f64) -> Vec<Driver> {
    let n = sums.lead.len().max(1) as f64;
    let off = sums.lead.iter().map(|hours| hours - centre).sum::<f64>() / n;
    let range = |(low, high): (f64, f64), hours: &f64| (low.min(*hours), high.max(*hours));
    let (shortest, longest) = sums.lead.iter().fold((f64::MAX, 0.0), range);
    let on_path = sums.parts.iter().enumerate().filter(|(_, part)| part.on_path > 0);
    let parts: Vec<(Subject, f64, f64)> = on_path
        .filter_map(|(place, part)| {
            let on_path = part.on_path as f64 / n;
            // What is always there and always takes the same has no part in it; rounding must not give it one.
            let counts = track.varies(place) || on_path < 1.0;
            let covariance = if counts { part.product - part.hours * off } else { 0.0 };
            Some((track.subject(place)?, covariance, on_path))
        })
        .collect();
    let whole: f64 = parts.iter().map(|(_, covariance, _)| covariance).sum();
    let spreads = !are_same(shortest, longest) && whole > 0.0;
    // -0 is no share, hence + 0.
    let share = |covariance: f64| if spreads { covariance / whole + 0.0 } else { 0.0 };
    let mut drivers: Vec<Driver> = parts
        .into_iter()
        .map(|(subject, covariance, on_path)| Driver { subject, share: share(covariance), on_path })
        .collect();
    // Stable, so that equal ones stay in the order of the walk.
    drivers.sort_by(|a, b| b.share.total_cmp(&a.share).then(b.on_path.total_cmp(&a.on_path)));
    drivers
}
