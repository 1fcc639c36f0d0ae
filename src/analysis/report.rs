//! All figures of a map, and the table of the sections they are shown in.

use super::cost::{Costs, HandoffCost, handoff_cost, upstream_costs};
use super::findings::{Finding, Seen, findings_in};
use super::graph::Chain;
use super::layers;
use super::lead_time::{LeadTime, lead_time};
use super::quality::{Figure, Quality, on_time_start, quality};
use super::silos::{Silos, silos};
use super::{json, text};
use crate::model::{Document, HandoffId, PartyId};

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
    /// What happens between departments.
    pub silos: Silos,
    /// What the map tells by itself, the gravest first.
    pub findings: Vec<Finding>,
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
        id: "findings",
        title: "Findings",
        about: "What the map tells by itself, why it matters and what to do.",
        json: json::findings,
        text: text::findings,
    },
];

/// Computes everything. O(C · (V + E log E)) for C external customers and the parts of the chain that feed them.
pub fn report(document: &Document) -> Report {
    let chain = Chain::new(document);
    let whole = chain.whole();
    let nearest = layers::nearest(&chain);
    let longest = layers::longest(&chain, &whole);
    let costs: Vec<HandoffCost> = chain.links().iter().map(|link| handoff_cost(document, link.handoff)).collect();
    let customers: Vec<CustomerFigures> = chain.customers().map(|party| customer(&chain, party, &costs)).collect();
    let parties = chain.parties().iter().enumerate().map(|(at, (party, _))| PartyFigures {
        party: *party,
        nearest: nearest[at],
        longest: longest[at],
        on_time_start: on_time_start(&chain, at),
    });
    Report {
        parties: parties.collect(),
        handoffs: handoffs(&chain, &customers, &costs),
        cost: Costs::of(&costs),
        silos: silos(&chain, &nearest),
        findings: findings_in(&Seen { chain: &chain, whole: &whole, layers: &nearest }),
        customers,
    }
}

fn customer(chain: &Chain<'_>, party: usize, costs: &[HandoffCost]) -> CustomerFigures {
    let upstream = chain.upstream(party);
    CustomerFigures {
        party: chain.parties()[party].0,
        lead_time: lead_time(chain, &upstream),
        quality: quality(chain, &upstream),
        on_time_start: on_time_start(chain, party),
        cost: upstream_costs(chain, &upstream, costs),
    }
}

fn handoffs(chain: &Chain<'_>, customers: &[CustomerFigures], costs: &[HandoffCost]) -> Vec<HandoffFigures> {
    let figures = chain.links().iter().zip(costs).map(|(link, cost)| HandoffFigures {
        handoff: link.id,
        complete_accurate: link.handoff.complete_accurate(),
        shares: Vec::new(),
        cost: *cost,
    });
    let mut handoffs: Vec<HandoffFigures> = figures.collect();
    for (customer, figures) in customers.iter().enumerate() {
        for share in &figures.quality.shares {
            handoffs[share.link].shares.push((customer, share.share));
        }
    }
    handoffs
}
