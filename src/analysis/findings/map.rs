//! Findings about parties and about the map as a whole.

use std::collections::BTreeSet;

use super::super::graph::Loop;
use super::{Hit, Look, Rule, Said, Seen, Severity, is_blank};
use crate::model::{PartyId, PartyKind, Subject};

pub(super) const NO_EXTERNAL_CUSTOMER: Rule = Rule {
    kind: "no-external-customer",
    title: "No external customer",
    severity: Severity::Error,
    why: "The chain is judged by what an external customer receives, and the method works backwards from there.",
    remedy: "Add the external customer and hand the last output to them.",
    looks: &[Look::Map(|seen, hits| {
        let chain = seen.chain;
        if !chain.parties().is_empty() && chain.customers().next().is_none() {
            let said = "The map has no external customer: there is nobody to work backwards from.";
            hits.push(Hit { subject: None, part: None, said: Said::Whole(said.into()) });
        }
    })],
};

pub(super) const REACHES_NO_CUSTOMER: Rule = Rule {
    kind: "process-reaches-no-external-customer",
    title: "Process that reaches no external customer",
    severity: Severity::Warning,
    why: "Either a handoff is missing from the map, or work is done that no external customer is served by.",
    remedy: "Find out who uses its outputs and draw those handoffs, or ask whether the process is needed.",
    looks: &[Look::Map(|seen, hits| {
        hits.extend(dead_ends(seen).into_iter().map(|party| unreached(seen, party)));
    })],
};

pub(super) const LOOP: Rule = Rule {
    kind: "loop-in-forward-handoffs",
    title: "Loop in forward handoffs",
    severity: Severity::Warning,
    why: "Work that goes round passes a process twice; lead time and longest layers leave one handoff of the loop out.",
    remedy: "Mark the handoff that sends work back upstream as rework, or turn round the one that was drawn backwards.",
    looks: &[Look::Map(|seen, hits| hits.extend(seen.whole.loops.iter().map(|found| looped(seen, found))))],
};

pub(super) const UNNAMED_PARTY: Rule = Rule {
    kind: "unnamed-party",
    title: "Unnamed party",
    severity: Severity::Note,
    why: "Nobody can recognise themselves in it, and tables and briefs go by names.",
    remedy: "Name it.",
    looks: &[Look::Party(|seen, at, hits| {
        let (id, party) = seen.chain.parties()[at];
        if is_blank(&party.name) {
            hits.push(unnamed(seen, id, party.kind));
        }
    })],
};

/// The processes at which the way ends for all that reach no external customer, by index.
///
/// One of each group that goes round in circles, and none where something else tells the cause: no external customer
/// at all, or an output that nobody receives.
fn dead_ends(seen: &Seen<'_>) -> Vec<usize> {
    let chain = seen.chain;
    if chain.customers().next().is_none() {
        return Vec::new();
    }
    let lost = |party: usize| seen.layers[party].is_none() && chain.parties()[party].1.kind == PartyKind::Process;
    if !(0..chain.parties().len()).any(lost) {
        return Vec::new();
    }
    let component = chain.components(seen.whole);
    let open = chain.links().iter().filter(|link| link.handoff.is_forward() && link.customer.is_none());
    let mut explained: BTreeSet<usize> = open.filter_map(|link| Some(component[link.supplier?])).collect();
    for link in 0..chain.links().len() {
        if let Some((giver, receiver)) = chain.flow(link)
            && component[giver] != component[receiver]
            && lost(receiver)
        {
            explained.insert(component[giver]);
        }
    }
    // Inserting says whether the group was met before.
    (0..chain.parties().len()).filter(|party| lost(*party) && explained.insert(component[*party])).collect()
}

fn unreached(seen: &Seen<'_>, party: usize) -> Hit {
    let (id, name) = (seen.chain.parties()[party].0, seen.name(party));
    let message = if seen.chain.outgoing(party).is_empty() {
        format!("{name} hands nothing on, so its work reaches no external customer.")
    } else {
        format!("Nothing that {name} hands on reaches an external customer.")
    };
    Hit::at(Subject::Party(id), message)
}

fn looped(seen: &Seen<'_>, found: &Loop) -> Hit {
    let name = |party: &usize| seen.name(*party).into_owned();
    let mut names: Vec<String> = found.parties.iter().map(name).collect();
    if found.length > names.len() {
        names.push(format!("{} more", found.length - names.len()));
    }
    names.extend(found.parties.first().map(name));
    let link = &seen.chain.links()[found.closing];
    let message = format!("{} is a loop; {} closes it and is left out.", names.join(" → "), seen.quote(link));
    Hit::at(Subject::Handoff(link.id), message)
}

fn unnamed(seen: &Seen<'_>, id: PartyId, kind: PartyKind) -> Hit {
    let document = seen.chain.document();
    let kind = kind.title().to_lowercase();
    let article = if kind.starts_with('e') { "An" } else { "A" };
    // One of its handoffs, so that it can be told from others; words, not ids, say which.
    let message = match document.handoffs_of(id).map(|(_, handoff)| document.describe(handoff)).min() {
        Some(handoff) => format!("{article} {kind} has no name: {handoff}."),
        None => format!("{article} {kind} has no name."),
    };
    Hit::at(Subject::Party(id), message)
}
