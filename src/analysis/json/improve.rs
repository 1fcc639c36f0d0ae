//! Steps, reviews and sprints as JSON.

use serde_json::{Map, Value, json};

use super::{described, name};
use crate::analysis::freeze::{freeze_handoff, gained};
use crate::analysis::report::Report;
use crate::model::{Document, Frozen, Step};

/// How far every process is with the seven steps.
pub(in super::super) fn steps(document: &Document, report: &Report) -> Value {
    let processes: Vec<Value> = report
        .steps
        .iter()
        .map(|of| {
            let steps = Step::ALL.iter().zip(of.standings);
            let steps: Map<String, Value> =
                steps.map(|(step, standing)| (step.word().to_owned(), json!(standing.word()))).collect();
            json!({
                "name": name(document, of.party),
                "id": of.party.to_string(),
                "done": of.over(),
                "of": Step::ALL.len(),
                "steps": steps,
            })
        })
        .collect();
    let done: usize = report.steps.iter().map(|of| of.over()).sum();
    json!({ "done": done, "of": Step::ALL.len() * report.steps.len(), "processes": processes })
}

/// When every process is reviewed.
pub(in super::super) fn reviews(document: &Document, report: &Report) -> Value {
    let due = |due: &crate::analysis::Due| {
        json!({
            "name": name(document, due.party),
            "id": due.party.to_string(),
            "due": due.day.to_string(),
            "overdue_days": report.today.and_then(|today| due.overdue(today)),
            "running_since": due.running_since.map(|day| day.to_string()),
        })
    };
    report.dues.iter().map(due).collect()
}

/// Every sprint, with what it brings.
pub(in super::super) fn sprints(document: &Document, report: &Report) -> Value {
    let sprint = |(id, sprint): (crate::model::SprintId, &std::sync::Arc<crate::model::Sprint>)| {
        let now = sprint.handoffs.first().map(|id| freeze_handoff(document, report, *id)).unwrap_or_default();
        let gained = gained(document, sprint, &now);
        let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string());
        let handoffs: Vec<Value> = sprint
            .handoffs
            .iter()
            .map(|id| json!({ "id": id.to_string(), "handoff": described(document, *id) }))
            .collect();
        json!({
            "goal": sprint.goal,
            "id": id.to_string(),
            "owner": sprint.owner,
            "state": report.today.map(|today| sprint.state(today).word()),
            "handoffs": handoffs,
            "start": day(sprint.start),
            "days": sprint.days,
            "last_day": day(sprint.last_day()),
            "days_left": report.today.and_then(|today| sprint.days_left(today)).filter(|_| sprint.result.is_none()),
            "tasks": sprint.tasks.len(),
            "tasks_done": sprint.tasks.iter().filter(|task| task.done.is_some()).count(),
            "cost": sprint.cost,
            "baseline": sprint.baseline.as_ref().map(|at| figures(document, &at.figures)),
            "now": figures(document, &now),
            "result": sprint.result.as_ref().map(|at| figures(document, &at.figures)),
            "cost_saving_per_year": gained.saving,
            "payback_days": gained.payback_days,
        })
    };
    document.sprints().map(sprint).collect()
}

/// Frozen figures by their words; those of customers under the customer's id.
fn figures(document: &Document, frozen: &[Frozen]) -> Value {
    let mut all = Map::new();
    for of in frozen {
        match of.customer {
            None => drop(all.insert(of.figure.clone(), json!(of.value))),
            Some(party) => {
                let entry = all.entry(party.to_string()).or_insert_with(|| json!({ "name": name(document, party) }));
                entry[&of.figure] = json!(of.value);
            }
        }
    }
    Value::Object(all)
}
