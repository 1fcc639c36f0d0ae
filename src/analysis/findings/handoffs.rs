//! Findings about handoffs and their requirements.

use super::{Hit, Look, Rule, Severity, is_blank, quoted};
use crate::analysis::graph::Link;
use crate::model::quantity::rounded;
use crate::model::{Agreement, Operator, Requirement, Subject, is_told};

pub(super) const MUST_FAILED: Rule = Rule {
    kind: "must-failed",
    title: "Must failed",
    severity: Severity::Error,
    why: "A must that is not met makes the handoff red, whatever else is green: the receiver repairs it or passes it on.",
    remedy: "Show the supplier the requirement and the actual value, and agree on what changes.",
    looks: &[Look::Requirement(|_, r| (r.must && r.met() == Some(false)).then(|| failed(r)))],
};

pub(super) const NOBODY_RECEIVES: Rule = Rule {
    kind: "output-nobody-receives",
    title: "Output nobody receives",
    severity: Severity::Warning,
    why: "An output is worth what its receiver does with it; without one, nobody can say what it must be like.",
    remedy: "Name the internal or external customer, or stop making it.",
    looks: &[Look::Handoff(|seen, link, hits| {
        if let (Some(supplier), None) = (link.supplier, link.customer) {
            let item = quoted(&link.handoff.item, "an unnamed output");
            say(hits, link, format!("Nobody receives {item} of {}.", seen.name(supplier)));
        }
    })],
};

pub(super) const NOBODY_SUPPLIES: Rule = Rule {
    kind: "input-nobody-supplies",
    title: "Input nobody supplies",
    severity: Severity::Warning,
    why: "A requirement needs a supplier to be told, and the figures cannot see further upstream than this.",
    remedy: "Name the internal or external supplier of the input.",
    looks: &[Look::Handoff(|seen, link, hits| {
        if let (None, Some(customer)) = (link.supplier, link.customer) {
            let item = quoted(&link.handoff.item, "an unnamed input");
            say(hits, link, format!("Nobody supplies {item} to {}.", seen.name(customer)));
        }
    })],
};

pub(super) const DISPUTED: Rule = Rule {
    kind: "disputed-agreement",
    title: "Disputed agreement",
    severity: Severity::Warning,
    why: "While the two sides disagree, each works to its own idea of what is good enough.",
    remedy: "Bring both sides together over the requirements and the actual values, and note what they agree on.",
    looks: &[Look::Handoff(|seen, link, hits| {
        if link.handoff.agreement == Agreement::Disputed {
            say(hits, link, format!("The two sides dispute {}.", seen.quote(link)));
        }
    })],
};

pub(super) const WITHOUT_REQUIREMENT: Rule = Rule {
    kind: "handoff-without-requirement",
    title: "Handoff without a requirement",
    severity: Severity::Warning,
    why: "The supplier cannot know what the receiver needs: whatever comes is thrown over the fence and tolerated.",
    remedy: "Ask the receiver what they need of it, and write that down with a measure and a target.",
    looks: &[Look::Handoff(|_, link, hits| {
        // A receiver can say what they need before a supplier is known. Rework is to go away, not to be specified.
        let asked = link.handoff.is_forward() && link.customer.is_some();
        if asked && link.handoff.requirements.is_empty() {
            hits.push(Hit::of(link, " has no requirement."));
        }
    })],
};

pub(super) const UNTESTABLE: Rule = Rule {
    kind: "requirement-cannot-be-tested",
    title: "Requirement that cannot be tested",
    severity: Severity::Warning,
    why: "Without a measure, a comparison and a target the two sides can only argue about it.",
    remedy: "Agree on what is counted or measured, and on the value wanted.",
    looks: &[Look::Requirement(|_, r| r.untestable().map(str::to_owned))],
};

pub(super) const FENCE: Rule = Rule {
    kind: "fence",
    title: "Fence",
    severity: Severity::Warning,
    why: "The receiver knows what they need and the supplier was never told: the item is thrown over the fence.",
    remedy: "Send the supplier the requirements with the actual values, and talk about them.",
    looks: &[Look::Handoff(|seen, link, hits| {
        // An open end, no requirement and one that cannot be tested are found by themselves.
        let (Some(supplier), Some(_)) = (link.supplier, link.customer) else { return };
        let tellable = || link.handoff.requirements.iter().any(|r| r.untestable().is_none());
        if !is_told(link.handoff) && tellable() {
            let who = seen.name(supplier);
            hits.push(Hit::of(link, format!(": what is required was never communicated to {who}.")));
        }
    })],
};

pub(super) const NEVER_EVALUATED: Rule = Rule {
    kind: "requirement-never-evaluated",
    title: "Requirement never evaluated",
    severity: Severity::Note,
    why: "Whether the requirement is met is anybody's guess until the inputs received are held against it.",
    remedy: "Look at some of the last deliveries and enter the actual value.",
    looks: &[Look::Requirement(|_, r| {
        (r.observations.is_empty() && r.untestable().is_none()).then(|| "never evaluated".into())
    })],
};

pub(super) const UNNAMED_ITEM: Rule = Rule {
    kind: "unnamed-item",
    title: "Unnamed item",
    severity: Severity::Note,
    why: "A handoff is the passing on of something; unnamed, nobody can say what it must be like.",
    remedy: "Name what is passed on.",
    looks: &[Look::Handoff(|_, link, hits| {
        if is_blank(&link.handoff.item) {
            hits.push(Hit::of(link, " has no name."));
        }
    })],
};

/// A hit at the handoff as a whole.
fn say(hits: &mut Vec<Hit>, link: &Link<'_>, message: String) {
    hits.push(Hit::at(Subject::Handoff(link.id), message));
}

fn failed(requirement: &Requirement) -> String {
    let unit = requirement.unit.trim();
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let value = |value: Option<f64>| format!("{}{unit}", rounded(value.unwrap_or_default(), 6));
    let tolerance = requirement.tolerance.filter(|t| *t > 0.0).map(|t| format!(" ± {}", value(Some(t))));
    let (actual, target) = (value(requirement.actual()), value(requirement.target));
    let operator = requirement.operator.map_or("", Operator::word);
    format!("not met, actual {actual}, wanted {operator} {target}{}", tolerance.unwrap_or_default())
}
