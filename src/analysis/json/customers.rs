//! What every external customer gets, as JSON.

use serde_json::{Value, json};

use super::spread::spread;
use super::{costs, customer_keys, described, ends, name, names, subject, texts};
use crate::analysis::report::{CustomerFigures, Report};
use crate::analysis::rework::{Rework, ReworkTimes};
use crate::analysis::snowball::Step;
use crate::analysis::timeline::{Gain, Leg, Stop, Timeline};
use crate::analysis::weak::{Bottleneck, LongestChain};
use crate::model::Document;

pub(in crate::analysis) fn customers(document: &Document, report: &Report) -> Value {
    let keys = customer_keys(document, report);
    let all = report.customers.iter().zip(&keys);
    all.map(|(figures, key)| one(document, figures, key)).collect()
}

fn one(document: &Document, figures: &CustomerFigures, key: &str) -> Value {
    let CustomerFigures { party, lead_time, quality, on_time_start, cost, crossing, .. } = figures;
    json!({
        "name": name(document, *party),
        "id": party.to_string(),
        "key": key,
        "lead_time_h": lead_time.hours.value,
        "lead_time_at_least": lead_time.is_at_least(),
        "target_lead_time_h": document.party(*party).and_then(|party| party.target_lead_time_h),
        "process_time_h": lead_time.process_time.value,
        "value_adding_time_h": lead_time.value_adding.value,
        "wait_h": lead_time.wait.value,
        "times_known": lead_time.hours.known,
        "times_of": lead_time.hours.of,
        "activity_ratio": lead_time.activity_ratio(),
        "pce": lead_time.pce(),
        "rolled_complete_accurate": quality.complete_accurate.value,
        "rolled_on_time": quality.on_time.value,
        "on_time_start": on_time_start.value,
        "known": quality.complete_accurate.known,
        "of": quality.complete_accurate.of,
        "on_time_known": quality.on_time.known,
        "critical_path": names(document, &lead_time.parties),
        "critical_path_ids": texts(&lead_time.parties),
        "critical_path_handoff_ids": texts(&lead_time.handoffs),
        "left_out": lead_time.left_out.iter().map(|id| ends(document, *id)).collect::<Vec<_>>(),
        "cost": costs(cost),
        "crossing": { "crossing": crossing.crossing, "handoffs": crossing.handoffs, "of": crossing.of },
        "snowball": figures.snowball.iter().map(step).collect::<Vec<_>>(),
        "timeline": timeline(document, &figures.timeline),
        "gains": figures.gains.iter().map(|found| gain(document, found)).collect::<Vec<_>>(),
        "rework": rework(document, &figures.rework),
        "bottlenecks": figures.bottlenecks.iter().map(|found| bottleneck(document, found)).collect::<Vec<_>>(),
        "longest_chain": longest_chain(document, &figures.longest_chain),
        "simulation": figures.simulation.as_ref().map(|simulated| spread(document, simulated)),
    })
}

fn step(step: &Step) -> Value {
    json!({
        "layer": step.layer,
        "parties": step.parties,
        "handoffs": step.handoffs,
        "complete_accurate": step.complete_accurate.value,
        "on_time": step.on_time.value,
        "complete_accurate_so_far": step.complete_accurate_so_far.value,
        "on_time_so_far": step.on_time_so_far.value,
        "known": step.complete_accurate.known,
        "of": step.complete_accurate.of,
        "on_time_known": step.on_time.known,
        "known_so_far": step.complete_accurate_so_far.known,
        "on_time_known_so_far": step.on_time_so_far.known,
        "of_so_far": step.complete_accurate_so_far.of,
    })
}

fn timeline(document: &Document, timeline: &Timeline) -> Value {
    let stop = |stop: &Stop| {
        json!({
            "name": name(document, stop.party),
            "id": stop.party.to_string(),
            "start_h": stop.start_h,
            "process_h": stop.process_h,
            "value_adding": stop.value_adding,
            "slack_h": stop.slack_h,
            "on_path": stop.on_path,
        })
    };
    // Legs are many; their ends stand under `handoffs` by the same id.
    let leg = |leg: &Leg| {
        json!({
            "name": described(document, leg.handoff),
            "id": leg.handoff.to_string(),
            "start_h": leg.start_h,
            "wait_h": leg.wait_h,
            "slack_h": leg.slack_h,
            "on_path": leg.on_path,
        })
    };
    let (stops, legs) = (timeline.stops.iter().map(stop), timeline.legs.iter().map(leg));
    json!({ "stops": stops.collect::<Vec<_>>(), "legs": legs.collect::<Vec<_>>() })
}

fn gain(document: &Document, gain: &Gain) -> Value {
    let (name, kind, id) = subject(document, Some(gain.subject));
    json!({ "name": name, "kind": kind, "id": id, "hours": gain.hours, "gain_h": gain.gain_h })
}

fn rework(document: &Document, rework: &ReworkTimes) -> Value {
    let each = |one: &Rework| {
        let mut value = ends(document, one.handoff);
        value["sends_back"] = json!(one.sends_back);
        value["complete_accurate"] = json!(one.complete_accurate);
        value["once_h"] = json!(one.once_h);
        value["one_pass_h"] = json!(one.one_pass_h());
        value["passes"] = json!(one.passes());
        value["until_right_h"] = json!(one.until_right_h());
        value["on_path"] = json!(one.on_path);
        value
    };
    json!({
        "one_pass_h": rework.one_pass_h.value,
        "until_right_h": rework.until_right_h.value,
        "known": rework.one_pass_h.known,
        "of": rework.one_pass_h.of,
        "until_right_known": rework.until_right_h.known,
        "each": rework.each.iter().map(each).collect::<Vec<_>>(),
    })
}

pub(super) fn bottleneck(document: &Document, found: &Bottleneck) -> Value {
    let Bottleneck { party, depend, of } = found;
    json!({ "name": name(document, *party), "id": party.to_string(), "depend": depend, "of": of })
}

fn longest_chain(document: &Document, chain: &LongestChain) -> Value {
    json!({
        "length": chain.handoffs.len(),
        "parties": names(document, &chain.parties),
        "party_ids": texts(&chain.parties),
        "handoff_ids": texts(&chain.handoffs),
    })
}
