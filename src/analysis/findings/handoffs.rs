//! Findings about handoffs and their requirements.

use super::{Hit, Rule, Seen, Severity, quoted};
use crate::analysis::graph::Link;
use crate::model::quantity::rounded;
use crate::model::{Agreement, Operator, Part, Requirement, Subject};

pub(super) const MUST_FAILED: Rule = Rule {
    kind: "must-failed",
    title: "Must failed",
    severity: Severity::Error,
    why: "A must that is not met makes the handoff red, whatever else is green: the receiver repairs it or passes it on.",
    remedy: "Show the supplier the requirement and the actual value, and agree on what changes.",
    run: |seen| requirements(seen, |r| (r.must && r.met() == Some(false)).then(|| failed(r))),
};

pub(super) const NOBODY_RECEIVES: Rule = Rule {
    kind: "output-nobody-receives",
    title: "Output nobody receives",
    severity: Severity::Warning,
    why: "An output is worth what its receiver does with it; without one, nobody can say what it must be like.",
    remedy: "Name the internal or external customer, or stop making it.",
    run: |seen| {
        each(seen, |link| {
            let supplier = link.handoff.supplier.filter(|_| link.customer.is_none())?;
            let item = quoted(&link.handoff.item, "an unnamed output");
            Some(format!("Nobody receives {item} of {}.", seen.chain.document().name_of(supplier)))
        })
    },
};

pub(super) const NOBODY_SUPPLIES: Rule = Rule {
    kind: "input-nobody-supplies",
    title: "Input nobody supplies",
    severity: Severity::Warning,
    why: "A requirement needs a supplier to be told, and the figures cannot see further upstream than this.",
    remedy: "Name the internal or external supplier of the input.",
    run: |seen| {
        each(seen, |link| {
            let customer = link.handoff.customer.filter(|_| link.supplier.is_none())?;
            let item = quoted(&link.handoff.item, "an unnamed input");
            Some(format!("Nobody supplies {item} to {}.", seen.chain.document().name_of(customer)))
        })
    },
};

pub(super) const DISPUTED: Rule = Rule {
    kind: "disputed-agreement",
    title: "Disputed agreement",
    severity: Severity::Warning,
    why: "While the two sides disagree, each works to its own idea of what is good enough.",
    remedy: "Bring both sides together over the requirements and the actual values, and note what they agree on.",
    run: |seen| {
        each(seen, |link| {
            (link.handoff.agreement == Agreement::Disputed)
                .then(|| format!("The two sides dispute “{}”.", seen.chain.document().describe(link.handoff)))
        })
    },
};

pub(super) const WITHOUT_REQUIREMENT: Rule = Rule {
    kind: "handoff-without-requirement",
    title: "Handoff without a requirement",
    severity: Severity::Warning,
    why: "The supplier cannot know what the receiver needs: whatever comes is thrown over the fence and tolerated.",
    remedy: "Ask the receiver what they need of it, and write that down with a measure and a target.",
    run: |seen| {
        each(seen, |link| {
            // A receiver can say what they need before a supplier is known. Rework is to go away, not to be specified.
            let asked = link.handoff.is_forward() && link.customer.is_some();
            (asked && link.handoff.requirements.is_empty())
                .then(|| format!("“{}” has no requirement.", seen.chain.document().describe(link.handoff)))
        })
    },
};

pub(super) const UNTESTABLE: Rule = Rule {
    kind: "requirement-cannot-be-tested",
    title: "Requirement that cannot be tested",
    severity: Severity::Warning,
    why: "Without a measure, a comparison and a target the two sides can only argue about it.",
    remedy: "Agree on what is counted or measured, and on the value wanted.",
    run: |seen| requirements(seen, |r| r.untestable().map(str::to_owned)),
};

pub(super) const FENCE: Rule = Rule {
    kind: "fence",
    title: "Fence",
    severity: Severity::Warning,
    why: "The receiver knows what they need and the supplier was never told: the item is thrown over the fence.",
    remedy: "Send the supplier the requirements with the actual values, and talk about them.",
    run: |seen| {
        each(seen, |link| {
            // An open end, no requirement and one that cannot be tested are found by themselves.
            let supplier = link.handoff.supplier.filter(|_| link.customer.is_some())?;
            let told = !matches!(link.handoff.agreement, Agreement::None | Agreement::Draft);
            let tellable = link.handoff.requirements.iter().any(|r| r.untestable().is_none());
            let document = seen.chain.document();
            let (what, who) = (document.describe(link.handoff), document.name_of(supplier));
            (tellable && !told).then(|| format!("“{what}”: what is required was never communicated to {who}."))
        })
    },
};

pub(super) const NEVER_EVALUATED: Rule = Rule {
    kind: "requirement-never-evaluated",
    title: "Requirement never evaluated",
    severity: Severity::Note,
    why: "Whether the requirement is met is anybody's guess until the inputs received are held against it.",
    remedy: "Look at some of the last deliveries and enter the actual value.",
    run: |seen| {
        requirements(seen, |r| {
            (r.untestable().is_none() && r.observations.is_empty()).then(|| "never evaluated".into())
        })
    },
};

pub(super) const UNNAMED_ITEM: Rule = Rule {
    kind: "unnamed-item",
    title: "Unnamed item",
    severity: Severity::Note,
    why: "A handoff is the passing on of something; unnamed, nobody can say what it must be like.",
    remedy: "Name what is passed on.",
    run: |seen| {
        each(seen, |link| {
            let unnamed = link.handoff.item.trim().is_empty();
            unnamed.then(|| format!("“{}” has no name.", seen.chain.document().describe(link.handoff)))
        })
    },
};

/// A hit at every handoff for which there is something to say.
fn each(seen: &Seen<'_>, say: impl Fn(&Link<'_>) -> Option<String>) -> Vec<Hit> {
    let hit = |link: &Link<'_>| Some(Hit::at(Subject::Handoff(link.id), say(link)?));
    seen.chain.links().iter().filter_map(hit).collect()
}

/// A hit at every requirement for which there is something to say.
fn requirements(seen: &Seen<'_>, say: impl Fn(&Requirement) -> Option<String>) -> Vec<Hit> {
    let mut hits = Vec::new();
    for link in seen.chain.links() {
        for requirement in &link.handoff.requirements {
            if let Some(said) = say(requirement) {
                let what = quoted(&requirement.text, "an unnamed requirement");
                let message = format!("“{}”, {what}: {said}.", seen.chain.document().describe(link.handoff));
                let subject = Some(Subject::Handoff(link.id));
                hits.push(Hit { subject, part: Some(Part::Requirement(requirement.id)), message });
            }
        }
    }
    hits
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
