//! All figures of a map, and the table of the sections they are shown in.

use jiff::civil::Date;

use super::cost::{Costs, DepartmentCost, HandoffCost, LayerCost, by_department, by_layer, link_cost, upstream_costs};
use super::findings::{Finding, Seen, Severity, findings_in};
use super::graph::{Chain, Walk};
use super::layers;
use super::lead_time::{Heads, LeadTime, lead_time_of};
use super::lift::{Lift, lifts};
use super::quality::{Figure, Quality, on_time_start, quality};
use super::reviews::{Due, dues_of};
use super::rework::{ReworkTimes, rework_of};
use super::silos::{Crossing, Silos, crossing, silos};
use super::simulation::{Setting, Simulated, simulate};
use super::snowball::{Step, steps};
use super::steps::{PartySteps, progress};
use super::timeline::{Gain, Timeline, gains_of, timeline_of};
use super::weak::{Bottleneck, LongestChain, WeakPoints, bottlenecks, longest_chain, weak_points};
use super::{json, text};
use crate::model::{Dismissal, Document, HandoffId, Lever, PartyId};

/// Everything that is computed from a map. Lists are in the order of names.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// Figures per external customer.
    pub customers: Vec<CustomerFigures>,
    /// Figures per party.
    pub parties: Vec<PartyFigures>,
    /// Figures per handoff.
    pub handoffs: Vec<HandoffFigures>,
    /// What all handoffs cost in a year, rework and those that lack an end included.
    pub cost: Costs,
    /// The same by department, and by the layer of those who give.
    pub cost_by_department: Vec<DepartmentCost>,
    /// See `cost_by_department`.
    pub cost_by_layer: Vec<LayerCost>,
    /// What happens between departments.
    pub silos: Silos,
    /// What is weak on the map as a whole.
    pub weak: WeakPoints,
    /// The day it was made on, if any.
    pub today: Option<Date>,
    /// How far every process is with the seven steps, in the order of names.
    pub steps: Vec<PartySteps>,
    /// When processes are reviewed, the earliest first.
    pub dues: Vec<Due>,
    /// What the map tells by itself, the gravest first, without what was put aside.
    pub findings: Vec<Finding>,
    /// What was put aside, with the reason.
    pub dismissed: Vec<(Finding, Dismissal)>,
}

/// What an external customer gets.
#[derive(Debug, Clone, PartialEq)]
pub struct CustomerFigures {
    /// The customer.
    pub party: PartyId,
    /// Lead time and critical path.
    pub lead_time: LeadTime,
    /// Rolled shares, and who takes how much of what is lost.
    pub quality: Quality,
    /// On-time start.
    pub on_time_start: Figure,
    /// What the forward handoffs that can reach it cost in a year.
    pub cost: Costs,
    /// How many of the handoffs that can reach it cross a boundary.
    pub crossing: Crossing,
    /// How loss grows layer by layer, from the outermost to the customer.
    pub snowball: Vec<Step>,
    /// What a point of %C&A gives the customer, by handoff.
    pub quality_lifts: Vec<Lift>,
    /// What a point of on-time share gives the customer, by handoff.
    pub on_time_lifts: Vec<Lift>,
    /// When everything happens, and how much later it could.
    pub timeline: Timeline,
    /// By how much the lead time falls without one of the times of the critical path.
    pub gains: Vec<Gain>,
    /// What has to be done again.
    pub rework: ReworkTimes,
    /// Parties that others reach the customer only through.
    pub bottlenecks: Vec<Bottleneck>,
    /// The way with the most handoffs.
    pub longest_chain: LongestChain,
    /// How the lead time spreads, once that was simulated: see [`Report::simulate`].
    pub simulation: Option<Simulated>,
}

/// Where a party stands.
#[derive(Debug, Clone, PartialEq)]
pub struct PartyFigures {
    /// The party.
    pub party: PartyId,
    /// Layer by the shortest way to an external customer; `None` is unconnected.
    pub nearest: Option<usize>,
    /// Layer by the longest way.
    pub longest: Option<usize>,
    /// On-time start.
    pub on_time_start: Figure,
}

/// What is known of one handoff, rework and those that lack an end included.
#[derive(Debug, Clone, PartialEq)]
pub struct HandoffFigures {
    /// The handoff.
    pub handoff: HandoffId,
    /// %C&A as a fraction.
    pub complete_accurate: Option<f64>,
    /// Snowball share at each external customer that it can reach, by index into [`Report::customers`].
    pub shares: Vec<(usize, f64)>,
    /// What it costs.
    pub cost: HandoffCost,
}

/// A part of the report, and how it reads.
#[derive(Debug)]
pub struct Section {
    /// Its key in the JSON.
    pub id: &'static str,
    /// Its heading.
    pub title: &'static str,
    /// What it shows, in a sentence.
    pub about: &'static str,
    /// As JSON.
    pub json: fn(&Document, &Report) -> serde_json::Value,
    /// As lines for a terminal; empty when there is nothing to show.
    pub text: fn(&Document, &Report) -> String,
}

/// Every section, in the order they are shown.
pub const SECTIONS: &[Section] = &[
    Section {
        id: "customers",
        title: "External customers",
        about: "Lead time, efficiency and rolled quality of what each external customer receives.",
        json: json::customers,
        text: text::customers,
    },
    Section {
        id: "layers",
        title: "Layers",
        about: "How many handoffs each party is away from an external customer.",
        json: json::layers,
        text: text::layers,
    },
    Section {
        id: "handoffs",
        title: "Handoffs that cost the customer most",
        about: "Which handoff takes how much of all that is lost on the way to each external customer.",
        json: json::handoffs,
        text: text::handoffs,
    },
    Section {
        id: "cost",
        title: "Cost of handoffs in a year",
        about: "What checking, mending, lateness and escaped defects cost, on the whole and for each external customer.",
        json: json::cost,
        text: text::cost,
    },
    Section {
        id: "silos",
        title: "Silos",
        about: "How many handoffs cross a boundary between departments, and how much is lost there.",
        json: json::silos,
        text: text::silos,
    },
    Section {
        id: "weak_points",
        title: "Weak points",
        about: "Parties that everything depends on, the longest chains, items that many receive, and loops.",
        json: json::weak_points,
        text: text::weak_points,
    },
    Section {
        id: "steps",
        title: "Steps done",
        about: "How far each process is with the seven steps.",
        json: json::steps,
        text: text::steps,
    },
    Section {
        id: "reviews",
        title: "Reviews",
        about: "When each process is to be reviewed.",
        json: json::reviews,
        text: text::reviews,
    },
    Section {
        id: "sprints",
        title: "Sprints",
        about: "What each redesign of a handoff has brought, or brings so far.",
        json: json::sprints,
        text: text::sprints,
    },
    Section {
        id: "findings",
        title: "Findings",
        about: "What the map tells by itself, why it matters and what to do.",
        json: json::findings,
        text: text::findings,
    },
    Section {
        id: "dismissed",
        title: "Findings put aside",
        about: "What somebody put aside, and why.",
        json: json::dismissed,
        text: text::dismissed,
    },
];

impl Report {
    /// How many findings are of a severity. O(log n): they come in its order.
    pub fn found(&self, severity: Severity) -> usize {
        let up_to = |part: &dyn Fn(&Finding) -> bool| self.findings.partition_point(|finding| part(finding));
        up_to(&|finding| finding.severity <= severity) - up_to(&|finding| finding.severity < severity)
    }

    /// Simulates the lead time to every external customer, and keeps what comes of it. O(runs · C · (V + E)).
    ///
    /// `document` is the one that the report was made of.
    pub fn simulate(&mut self, document: &Document, setting: &Setting) {
        let chain = Chain::new(document);
        for customer in &mut self.customers {
            let at = chain.index_of(customer.party);
            customer.simulation = at.and_then(|at| simulate(&chain, at, setting, &|_| true));
        }
    }
}

/// Computes everything that needs no calendar. O(C · (V + E log E)) for C external customers and the parts of the chain
/// that feed them.
pub fn report(document: &Document) -> Report {
    report_on(document, None)
}

/// [`report`] on a day, so that it also finds what is stale or overdue.
pub fn report_on(document: &Document, today: Option<Date>) -> Report {
    let (chain, costs) = Chain::read(document, link_cost);
    let threads = if chain.links().len() < WORTH_THREADS {
        1
    } else {
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    };
    let (whole, nearest) = (chain.whole(), layers::nearest(&chain));
    let found: Vec<usize> = chain.customers().collect();
    let seen = Seen::new(&chain, &whole, &nearest, today);
    // Two halves that take about as long as each other with one customer.
    let (findings, (map, customers)) =
        both(threads, || findings_in(&seen), || (whole_map(&seen, &costs), customers(&chain, &found, &costs, threads)));
    Report {
        handoffs: handoffs(&chain, &customers, &costs),
        customers,
        findings: findings.raised,
        dismissed: findings.dismissed,
        ..map
    }
}

/// From so many handoffs on figures are worked out beside each other: for fewer, starting a thread takes longer than it
/// saves.
const WORTH_THREADS: usize = 1_000;

/// The results of two pieces of work, done beside each other when there are several threads.
fn both<A: Send, B>(threads: usize, one: impl Fn() -> A + Sync, other: impl FnOnce() -> B) -> (A, B) {
    if threads < 2 {
        return (one(), other());
    }
    let (other, one) = crate::threads::both(other, one);
    (one, other)
}

/// What each of these customers gets, in their order.
fn customers(chain: &Chain<'_>, found: &[usize], costs: &[HandoffCost], threads: usize) -> Vec<CustomerFigures> {
    if threads < 2 || found.len() < 2 {
        return found.iter().map(|party| customer(chain, *party, costs)).collect();
    }
    let (first, last) = found.split_at(found.len() / 2);
    let (last, mut all) = both(
        threads,
        || customers(chain, last, costs, threads / 2),
        || customers(chain, first, costs, threads - threads / 2),
    );
    all.extend(last);
    all
}

/// What is about no single customer, without findings.
fn whole_map(seen: &Seen<'_>, costs: &[HandoffCost]) -> Report {
    let Seen { chain, whole, layers: nearest, today, .. } = seen;
    let longest = layers::longest(chain, whole);
    let parties = chain.parties().iter().enumerate().map(|(at, (party, _))| PartyFigures {
        party: *party,
        nearest: nearest[at],
        longest: longest[at],
        on_time_start: on_time_start(chain, at),
    });
    let by_name = chain.parties().iter().map(|(id, _)| *id);
    let mut steps_done = progress(chain.document(), *today);
    steps_done.sort_by_cached_key(|of| chain.index_of(of.party));
    Report {
        parties: parties.collect(),
        cost: Costs::of(costs),
        cost_by_department: by_department(chain, costs),
        cost_by_layer: by_layer(chain, nearest, costs),
        silos: silos(chain, nearest),
        weak: weak_points(chain, whole),
        today: *today,
        steps: steps_done,
        dues: dues_of(chain.document(), by_name),
        ..Report::default()
    }
}

fn customer(chain: &Chain<'_>, party: usize, costs: &[HandoffCost]) -> CustomerFigures {
    let upstream: Walk = chain.upstream(party);
    let (layers, heads) = (upstream.layers(), Heads::new(chain, &upstream));
    let tails = heads.tails(chain, &upstream);
    CustomerFigures {
        party: chain.parties()[party].0,
        lead_time: lead_time_of(chain, &upstream, &heads),
        quality: quality(chain, &upstream),
        on_time_start: on_time_start(chain, party),
        cost: upstream_costs(&upstream, costs),
        crossing: crossing(chain, &upstream),
        snowball: steps(chain, &upstream, |giver| layers[giver]),
        quality_lifts: lifts(chain, &upstream, Lever::CompleteAccurate),
        on_time_lifts: lifts(chain, &upstream, Lever::OnTime),
        timeline: timeline_of(chain, &upstream, &heads, &tails),
        gains: gains_of(chain, &upstream, &heads, &tails),
        rework: rework_of(chain, &upstream, &heads),
        bottlenecks: bottlenecks(chain, &upstream),
        longest_chain: longest_chain(chain, &upstream),
        simulation: None,
    }
}

fn handoffs(chain: &Chain<'_>, customers: &[CustomerFigures], costs: &[HandoffCost]) -> Vec<HandoffFigures> {
    let numbers = chain.links().iter().zip(&chain.numbers().complete_accurate).zip(costs);
    let figures = numbers.map(|((link, complete_accurate), cost)| HandoffFigures {
        handoff: link.id,
        complete_accurate: *complete_accurate,
        shares: Vec::new(),
        cost: *cost,
    });
    let mut handoffs: Vec<HandoffFigures> = figures.collect();
    let mut counts = vec![0; handoffs.len()];
    let shares = || customers.iter().flat_map(|figures| &figures.quality.shares);
    shares().for_each(|share| counts[share.link] += 1);
    for (figures, count) in handoffs.iter_mut().zip(counts) {
        figures.shares.reserve_exact(count);
    }
    for (customer, figures) in customers.iter().enumerate() {
        for share in &figures.quality.shares {
            handoffs[share.link].shares.push((customer, share.share));
        }
    }
    handoffs
}
