//! Findings about the improvement loop: reviews that are due, and sprints.

use super::{Hit, Look, Rule, Said, Seen, Severity, quoted};
use crate::analysis::reviews::due;
use crate::model::{Sprint, SprintState, Subject};

/// A review of a process whose day has passed; looked for with the agreements that are not valid any more.
pub(super) fn review(seen: &Seen<'_>, at: usize, hits: &mut Vec<Hit>) {
    let (id, _) = seen.chain.parties()[at];
    let (Some(today), Some(day)) = (seen.today, due(seen.chain.document(), id)) else { return };
    if day < today {
        hits.push(Hit::at(Subject::Party(id), format!("{}: its review was due on {day}.", seen.name(at))));
    }
}

pub(super) const WITHOUT_BASELINE: Rule = Rule {
    kind: "sprint-without-baseline",
    title: "Sprint without a baseline",
    severity: Severity::Warning,
    why: "Without the figures of before nobody can show what a sprint has brought.",
    remedy: "Freeze the baseline of the sprint now, before anything is changed.",
    looks: &[Look::Map(|seen, hits| {
        sprints(seen, hits, |sprint, state| {
            let begun = state != SprintState::Planned && sprint.baseline.is_none();
            begun.then(|| "it has begun, and its baseline was not frozen".into())
        });
    })],
};

pub(super) const OVERDUE: Rule = Rule {
    kind: "sprint-overdue",
    title: "Sprint without a result",
    severity: Severity::Warning,
    why: "A sprint that does not end is no sprint: what was learned is not used, and the next one waits.",
    remedy: "Freeze the result and finish it, or give it more days and say why.",
    looks: &[Look::Map(|seen, hits| {
        sprints(seen, hits, |sprint, state| {
            let last = sprint.last_day()?;
            let over = state == SprintState::Running && seen.today.is_some_and(|today| last < today);
            over.then(|| format!("its last day was {last}, and it has no result"))
        });
    })],
};

pub(super) const WITHOUT_REASON: Rule = Rule {
    kind: "sprint-across-handoffs",
    title: "Sprint across several handoffs without a reason",
    severity: Severity::Note,
    why: "One handoff at a time is what makes a change small, quick and sure.",
    remedy: "Say why it touches more than one handoff, or leave it one.",
    looks: &[Look::Map(|seen, hits| {
        sprints(seen, hits, |sprint, _| {
            let several = sprint.handoffs.len() > 1 && sprint.why_several.trim().is_empty();
            several.then(|| format!("it touches {} handoffs, and nobody says why", sprint.handoffs.len()))
        });
    })],
};

/// Looks at every sprint; a hit is about its first handoff that is there.
fn sprints(seen: &Seen<'_>, hits: &mut Vec<Hit>, look: impl Fn(&Sprint, SprintState) -> Option<String>) {
    let document = seen.chain.document();
    let Some(today) = seen.today else { return };
    for (_, sprint) in document.sprints() {
        let Some(words) = look(sprint, sprint.state(today)) else { continue };
        let subject = sprint.handoffs.iter().copied().map(Subject::Handoff).find(|of| document.has(*of));
        let goal = quoted(&sprint.goal, "a sprint without a goal");
        hits.push(Hit { subject, part: None, said: Said::Whole(format!("{goal}: {words}.").into()) });
    }
}
