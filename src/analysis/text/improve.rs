//! Steps, reviews and sprints for a terminal.

use super::{MOST_NAMES, called, described, more, plain, table};
use crate::analysis::freeze::{freeze_handoff, gained};
use crate::analysis::report::Report;
use crate::model::quantity::rounded;
use crate::model::{Document, Sprint, SprintState, Step};

/// How far every process is: a digit for each step that is over, a dot for one that is not.
pub(in super::super) fn steps(document: &Document, report: &Report) -> String {
    if report.steps.is_empty() {
        return String::new();
    }
    let done: usize = report.steps.iter().map(|of| of.over()).sum();
    let of = Step::ALL.len() * report.steps.len();
    let mut rows: Vec<(usize, Vec<String>)> = Vec::new();
    for of in &report.steps {
        let marks = Step::ALL
            .iter()
            .zip(of.standings)
            .map(|(step, standing)| if standing.is_over() { step.number().to_string() } else { "·".into() });
        let row = vec![called(document, of.party), marks.collect(), format!("{} of 7", of.over())];
        rows.push((of.over(), row));
    }
    rows.sort();
    let shown: Vec<Vec<String>> = rows.iter().take(MOST_NAMES).map(|(_, row)| row.clone()).collect();
    format!(
        "  {done} of {of} steps done or not applicable\n{}{}",
        table("  ", &shown, &[false, false, true]),
        more("  ", rows.len(), shown.len())
    )
}

/// When processes are reviewed, the earliest first.
pub(in super::super) fn reviews(document: &Document, report: &Report) -> String {
    let rows: Vec<Vec<String>> = report
        .dues
        .iter()
        .take(MOST_NAMES)
        .map(|due| {
            let late = report.today.and_then(|today| due.overdue(today));
            let state = match (due.running_since, late) {
                (Some(since), _) => format!("runs since {since}"),
                (None, Some(days)) => format!("overdue by {days} d"),
                (None, None) => String::new(),
            };
            vec![due.day.to_string(), called(document, due.party), state]
        })
        .collect();
    table("  ", &rows, &[false, false, false]) + &more("  ", report.dues.len(), rows.len())
}

/// Every sprint with what it brings.
pub(in super::super) fn sprints(document: &Document, report: &Report) -> String {
    let currency = plain(document.info().currency.trim());
    let mut text = String::new();
    for (_, sprint) in document.sprints().take(MOST_NAMES) {
        let goal =
            if sprint.goal.trim().is_empty() { "Sprint without a goal".into() } else { plain(sprint.goal.trim()) };
        text += &format!("  {goal}: {}\n", state(sprint, report));
        for id in &sprint.handoffs {
            text += &format!("    {}\n", described(document, *id));
        }
        let now = sprint.handoffs.first().map(|id| freeze_handoff(document, report, *id)).unwrap_or_default();
        let gained = gained(document, sprint, &now);
        for held in gained.figures.iter().filter(|held| held.customer.is_none()) {
            let say =
                |value: Option<f64>| value.map_or_else(|| "unknown".into(), |value| held.unit.words(value, &currency));
            text += &format!("    {} {} → {}\n", held.title, say(held.both.now), say(held.both.then));
        }
        if let Some(saving) = gained.saving.filter(|saving| saving.abs() > 1e-9) {
            let amount = format!("{} {currency}", rounded(saving.abs(), 2));
            text += &format!("    {} {} a year\n", if saving > 0.0 { "saves" } else { "costs" }, amount.trim_end());
        }
        if let Some(days) = gained.payback_days {
            text += &format!("    pays for itself in {} working days\n", rounded(days, 1));
        }
    }
    text + &more("  ", document.sprints_len(), MOST_NAMES)
}

fn state(sprint: &Sprint, report: &Report) -> String {
    let Some(today) = report.today else { return "no day given".into() };
    match (sprint.state(today), sprint.days_left(today)) {
        (SprintState::Finished, _) => {
            let day = sprint.result.as_ref().map(|result| result.day.to_string()).unwrap_or_default();
            format!("finished on {day}")
        }
        (SprintState::Running, Some(0)) => "last day".into(),
        (SprintState::Running, Some(left)) if left < 0 => format!("over since {} d, without a result", -left),
        (SprintState::Running, Some(left)) => format!("{left} d left"),
        (_, _) => sprint.start.map_or_else(|| "planned".into(), |start| format!("planned for {start}")),
    }
}
