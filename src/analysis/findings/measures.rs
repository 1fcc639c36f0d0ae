//! Findings about the measures of processes, and about what both sides think of a handoff.

use super::{Hit, Rule, Seen, Severity};
use crate::analysis::silos::local_green;
use crate::model::quantity::rounded;
use crate::model::{Aspect, FAR_APART, HandoffId, Party, PartyId, Subject, Timing, blind_spot};

pub(super) const LOCAL_GREEN: Rule = Rule {
    kind: "local-green-whole-red",
    title: "Local green, whole red",
    severity: Severity::Warning,
    why: "The process meets every measure of its own while somebody downstream repairs what it gives them.",
    remedy: "Measure what the receiver needs, beside or in place of what is easy to count here.",
    run: |seen| {
        let document = seen.chain.document();
        let words = "meets its own measures while a must fails at";
        let hit = |(party, red): (PartyId, HandoffId)| {
            let red = document.describe(document.handoff(red)?);
            let message = format!("{} {words} “{red}”.", document.name_of(party));
            Some(Hit::at(Subject::Party(party), message))
        };
        local_green(seen.chain).into_iter().filter_map(hit).collect()
    },
};

pub(super) const RATED_APART: Rule = Rule {
    kind: "ratings-far-apart",
    title: "Both sides’ ratings far apart",
    severity: Severity::Warning,
    why: "One side thinks that all is well while the other puts up with it: nobody will change what nobody knows.",
    remedy: "Show both sides each other’s marks, and let each tell what they base them on.",
    run: |seen| {
        let apart = seen.chain.links().iter().filter_map(|link| {
            let gap = blind_spot(&link.handoff.ratings, Aspect::Overall).filter(|gap| gap.abs() >= FAR_APART)?;
            let (who, other) = if gap > 0.0 { ("supplier", "receiver") } else { ("receiver", "supplier") };
            let what = seen.chain.document().describe(link.handoff);
            let by = rounded(gap.abs(), 1);
            let message = format!("“{what}”: its {who} rates it {by} higher than its {other} does.");
            Some(Hit::at(Subject::Handoff(link.id), message))
        });
        apart.collect()
    },
};

pub(super) const PROMISE_UNMEASURED: Rule = Rule {
    kind: "promise-without-measure",
    title: "Promise without a measure",
    severity: Severity::Note,
    why: "A promise that nobody measures is kept by good will, and broken without anybody noticing.",
    remedy: "Add a measure that shows whether the promise is kept.",
    run: |seen| {
        each(seen, |id, party| {
            let promises = !party.promise.trim().is_empty() && !party.measures.iter().any(|m| m.serves_promise);
            let name = seen.chain.document().name_of(id);
            promises.then(|| format!("{name} promises something that none of its measures shows."))
        })
    },
};

pub(super) const ONLY_LAGGING: Rule = Rule {
    kind: "only-lagging-measures",
    title: "Only lagging measures",
    severity: Severity::Note,
    why: "Lagging measures tell what was; by then the customer has felt it.",
    remedy: "Add a measure that moves before the result does.",
    run: |seen| one_sided(seen, Timing::Lagging, "only lagging measures: nothing tells what comes"),
};

pub(super) const ONLY_LEADING: Rule = Rule {
    kind: "only-leading-measures",
    title: "Only leading measures",
    severity: Severity::Note,
    why: "Leading measures tell what should come; nothing shows whether it did.",
    remedy: "Add a measure of the result itself.",
    run: |seen| one_sided(seen, Timing::Leading, "only leading measures: nothing shows the result"),
};

fn one_sided(seen: &Seen<'_>, side: Timing, words: &str) -> Vec<Hit> {
    each(seen, |id, party| {
        let mut said = party.measures.iter().filter_map(|measure| measure.timing).peekable();
        said.peek()?;
        said.all(|timing| timing == side).then(|| format!("{} has {words}.", seen.chain.document().name_of(id)))
    })
}

/// A hit at every party for which there is something to say.
fn each(seen: &Seen<'_>, say: impl Fn(PartyId, &Party) -> Option<String>) -> Vec<Hit> {
    let hit = |(id, party): &(PartyId, &Party)| Some(Hit::at(Subject::Party(*id), say(*id, party)?));
    seen.chain.parties().iter().filter_map(hit).collect()
}
