//! Findings about the measures of processes, and about what both sides think of a handoff.

use super::{Hit, Look, Rule, Seen, Severity, is_blank};
use crate::analysis::silos::red_output;
use crate::model::quantity::rounded;
use crate::model::{Aspect, FAR_APART, Subject, Timing, blind_spot};

pub(super) const LOCAL_GREEN: Rule = Rule {
    kind: "local-green-whole-red",
    title: "Local green, whole red",
    severity: Severity::Warning,
    why: "The process meets every measure of its own while somebody downstream repairs what it gives them.",
    remedy: "Measure what the receiver needs, beside or in place of what is easy to count here.",
    looks: &[Look::Party(|seen, at, hits| {
        let Some(red) = red_output(seen.chain, at).and_then(|red| seen.chain.document().handoff(red)) else { return };
        let red = seen.chain.document().describe(red);
        let message = format!("{} meets its own measures while a must fails at “{red}”.", seen.name(at));
        hits.push(Hit::at(Subject::Party(seen.chain.parties()[at].0), message));
    })],
};

pub(super) const RATED_APART: Rule = Rule {
    kind: "ratings-far-apart",
    title: "Both sides’ ratings far apart",
    severity: Severity::Warning,
    why: "One side thinks that all is well while the other puts up with it: nobody will change what nobody knows.",
    remedy: "Show both sides each other’s marks, and let each tell what they base them on.",
    looks: &[Look::Handoff(|_, link, hits| {
        if link.handoff.ratings.is_empty() {
            return;
        }
        let gap = blind_spot(&link.handoff.ratings, Aspect::Overall).filter(|gap| gap.abs() >= FAR_APART);
        let Some(gap) = gap else { return };
        let (who, other) = if gap > 0.0 { ("supplier", "receiver") } else { ("receiver", "supplier") };
        let by = rounded(gap.abs(), 1);
        hits.push(Hit::of(link, format!(": its {who} rates it {by} higher than its {other} does.")));
    })],
};

pub(super) const PROMISE_UNMEASURED: Rule = Rule {
    kind: "promise-without-measure",
    title: "Promise without a measure",
    severity: Severity::Note,
    why: "A promise that nobody measures is kept by good will, and broken without anybody noticing.",
    remedy: "Add a measure that shows whether the promise is kept.",
    looks: &[Look::Party(|seen, at, hits| {
        let (id, party) = seen.chain.parties()[at];
        if !is_blank(&party.promise) && !party.measures.iter().any(|m| m.serves_promise) {
            let message = format!("{} promises something that none of its measures shows.", seen.name(at));
            hits.push(Hit::at(Subject::Party(id), message));
        }
    })],
};

pub(super) const ONLY_LAGGING: Rule = Rule {
    kind: "only-lagging-measures",
    title: "Only lagging measures",
    severity: Severity::Note,
    why: "Lagging measures tell what was; by then the customer has felt it.",
    remedy: "Add a measure that moves before the result does.",
    looks: &[Look::Party(|seen, at, hits| {
        one_sided(seen, at, hits, (Timing::Lagging, "only lagging measures: nothing tells what comes"));
    })],
};

pub(super) const ONLY_LEADING: Rule = Rule {
    kind: "only-leading-measures",
    title: "Only leading measures",
    severity: Severity::Note,
    why: "Leading measures tell what should come; nothing shows whether it did.",
    remedy: "Add a measure of the result itself.",
    looks: &[Look::Party(|seen, at, hits| {
        one_sided(seen, at, hits, (Timing::Leading, "only leading measures: nothing shows the result"));
    })],
};

/// A hit where all measures of which it is known are on one side.
fn one_sided(seen: &Seen<'_>, at: usize, hits: &mut Vec<Hit>, (side, words): (Timing, &str)) {
    let (id, party) = seen.chain.parties()[at];
    let mut said = party.measures.iter().filter_map(|measure| measure.timing).peekable();
    if said.peek().is_some() && said.all(|timing| timing == side) {
        hits.push(Hit::at(Subject::Party(id), format!("{} has {words}.", seen.name(at))));
    }
}
