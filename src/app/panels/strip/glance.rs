//! The figures at a glance: what each says, what it is built on, and how it is made.

use crate::analysis::{CustomerFigures, Figure};
use crate::app::words::{at_least, money, percent};
use crate::model::quantity::duration;
use crate::model::{Document, HandoffId, PartyKind, Subject};

/// One figure of the strip.
#[derive(Debug, Clone, PartialEq)]
pub struct Glance {
    /// Its name.
    pub name: &'static str,
    /// What it says; `None` is unknown.
    pub value: Option<String>,
    /// What it is built on, in a few words; empty when it needs none.
    pub built_on: String,
    /// How it is made.
    pub how: &'static str,
    /// Whether a goal that was set for it is met.
    pub met: Option<bool>,
}

/// Everything the strip shows of one customer, in order.
pub fn glances(document: &Document, figures: &CustomerFigures) -> Vec<Glance> {
    let day = document.info().hours_per_day;
    let lead = &figures.lead_time;
    let quality = &figures.quality;
    let over = |figure: &Figure, of: &str| format!("{} of {} {of} known", figure.known, figure.of);
    let plain = |name, value, built_on, how| Glance { name, value, built_on, how, met: None };
    let target = document.party(figures.party).and_then(|party| party.target_lead_time_h);
    let times = over(&lead.hours, "times");
    let lead_time = Glance {
        built_on: match target {
            Some(target) => format!("target {} · {times}", duration(target, day)),
            None => times,
        },
        met: target.zip(lead.hours.value).and_then(|(target, hours)| match hours <= target {
            true if lead.is_at_least() => None,
            met => Some(met),
        }),
        ..plain("Lead time", at_least(&lead.hours, day), String::new(), LEAD_TIME)
    };
    let costs = figures.cost.told();
    let least = if costs.is_partial() { "≥ " } else { "" };
    let crossing = figures.crossing;
    let crossed = (crossing.handoffs > 0).then(|| format!("{} of {}", crossing.crossing, crossing.handoffs));
    vec![
        lead_time,
        plain("Activity ratio", lead.activity_ratio().map(percent), over(&lead.process_time, "PT"), ACTIVITY),
        plain("PCE", lead.pce().map(percent), over(&lead.value_adding, "PT and value"), PCE),
        plain(
            "Rolled %C&A",
            quality.complete_accurate.value.map(percent),
            over(&quality.complete_accurate, "handoffs"),
            ROLLED,
        ),
        plain("Rolled on time", quality.on_time.value.map(percent), over(&quality.on_time, "handoffs"), ON_TIME),
        plain(
            "Cost a year",
            costs.value.map(|cost| format!("{least}{}", money(cost, &document.info().currency))),
            over(&costs, "terms"),
            COST,
        ),
        plain(
            "Cross departments",
            crossed,
            format!("departments known at {} of {} handoffs", crossing.handoffs, crossing.of),
            CROSSING,
        ),
        plain("Known", share_known(figures).map(percent), String::new(), KNOWN),
    ]
}

/// How much of what the figures need is known: times, %C&A and on-time shares together.
pub fn share_known(figures: &CustomerFigures) -> Option<f64> {
    let parts = [figures.lead_time.hours, figures.quality.complete_accurate, figures.quality.on_time];
    let (known, of) = parts.iter().fold((0, 0), |(known, of), part| (known + part.known, of + part.of));
    (of > 0).then(|| known as f64 / of as f64)
}

const LEAD_TIME: &str = "The longest way to the customer: process times of the parties on it, and the waits of the \
    handoffs between them. What is unknown adds nothing, so the lead time is then at least this. Of a loop, one handoff \
    is left out.";
const ACTIVITY: &str =
    "Process time divided by lead time, on the critical path: how much of the time anybody works on it.";
const PCE: &str = "Process cycle efficiency: value-adding process time divided by lead time, on the critical path.";
const ROLLED: &str = "The product of %C&A over all critical forward handoffs that can reach the customer, each counted \
    once. It takes failures to be independent of each other.";
const ON_TIME: &str = "The product of the on-time shares over the same handoffs as rolled %C&A. It takes lateness at one \
    to be independent of lateness at another.";
const COST: &str = "Checking, mending, lateness and escaped defects at all forward handoffs that can reach the customer, \
    for a year of 260 working days. Terms with something unknown are left out.";
const CROSSING: &str = "Handoffs between two processes of different departments, of all between processes whose \
    departments are known.";
const KNOWN: &str = "How many of the times, %C&A and on-time shares that feed these figures somebody has entered.";

/// What is missing for a figure: parties and handoffs to fill in, at most so many.
pub fn missing(
    document: &Document,
    figures: &CustomerFigures,
    name: &str,
    most: usize,
) -> Vec<(Subject, &'static str)> {
    let legs = || figures.timeline.legs.iter().map(|leg| leg.handoff);
    let handoffs = |lacks: fn(&crate::model::Handoff) -> bool, what| {
        let of = move |id: HandoffId| document.handoff(id).filter(|h| lacks(h)).map(|_| (Subject::Handoff(id), what));
        legs().filter_map(of)
    };
    let stops = figures.timeline.stops.iter().filter_map(|stop| Some((stop.party, document.party(stop.party)?)));
    let processes = stops.filter(|(_, party)| party.kind == PartyKind::Process);
    match name {
        "Lead time" | "Activity ratio" => {
            let waits = handoffs(|h| h.wait_h.is_none(), "wait");
            let times = processes.filter(|(_, p)| p.process_time_h.is_none());
            times.map(|(id, _)| (Subject::Party(id), "process time")).chain(waits).take(most).collect()
        }
        "PCE" => {
            let lacking = processes.filter(|(_, p)| p.process_time_h.is_none() || p.value_adding.is_none());
            lacking.map(|(id, _)| (Subject::Party(id), "process time or value-adding")).take(most).collect()
        }
        "Rolled %C&A" => handoffs(|h| h.critical && h.complete_accurate_pct.is_none(), "%C&A").take(most).collect(),
        "Rolled on time" => handoffs(|h| h.critical && h.on_time_pct.is_none(), "on time").take(most).collect(),
        "Cost a year" => {
            let lacking = legs().filter(|id| {
                let handoff = document.handoff(*id);
                handoff.is_some_and(|h| crate::analysis::handoff_cost(document, h).figure().is_partial())
            });
            lacking.map(|id| (Subject::Handoff(id), "cost inputs")).take(most).collect()
        }
        "Cross departments" => {
            let lacking = processes.filter(|(_, p)| p.department.trim().is_empty());
            lacking.map(|(id, _)| (Subject::Party(id), "department")).take(most).collect()
        }
        _ => Vec::new(),
    }
}
