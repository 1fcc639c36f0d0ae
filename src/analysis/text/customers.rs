//! The section about external customers: figures, the snowball, the critical path and rework of each.

use super::{MOST_HANDOFFS, called, described, hours, more, over, percent, some, table, wrapped};
use crate::analysis::path::{PathStep, path_steps};
use crate::analysis::report::{CustomerFigures, Report};
use crate::analysis::rework::Rework;
use crate::analysis::silos::Crossing;
use crate::analysis::snowball::Step;
use crate::analysis::timeline::{Stop, Timeline};
use crate::model::quantity::rounded;
use crate::model::{Document, PartyKind, Subject};

/// Most gains, and most processes beside the critical path, that are written out.
const MOST_BESIDE: usize = 5;
/// Most steps of a snowball and of a critical path that are written out.
const MOST_STEPS: usize = 40;

pub(in super::super) fn customers(document: &Document, report: &Report) -> String {
    let blocks: Vec<String> = report.customers.iter().map(|figures| one(document, figures)).collect();
    blocks.join("\n")
}

fn one(document: &Document, figures: &CustomerFigures) -> String {
    let mut text = format!("  {}\n{}", called(document, figures.party), at_a_glance(document, figures));
    text += &path(document, figures);
    text += &snowball(&figures.snowball);
    text += &rework(document, figures);
    text += &spread(document, figures);
    text
}

/// How the lead time spreads, when it was simulated.
fn spread(document: &Document, figures: &CustomerFigures) -> String {
    let Some(simulated) = &figures.simulation else { return String::new() };
    let day = document.info().hours_per_day;
    let mut text = format!(
        "    simulated: {} runs, {}, seed {}\n",
        simulated.runs,
        simulated.rework.title().to_lowercase(),
        simulated.seed
    );
    let at_least = if simulated.is_at_least() { "at least " } else { "" };
    let mut rows = vec![vec!["mean".to_owned(), format!("{at_least}{}", hours(Some(simulated.mean_h), day))]];
    for (percent, within) in &simulated.percentiles {
        rows.push(vec![format!("{percent} % within"), format!("{at_least}{}", hours(Some(*within), day))]);
    }
    if let Some(chance) = simulated.on_time {
        let interval = format!(
            "{} ({} to {})",
            percent(Some(chance.share)),
            percent(Some(chance.low)),
            percent(Some(chance.high))
        );
        rows.push(vec!["target kept".to_owned(), interval]);
    }
    text += &table("      ", &rows, &[false, false]);
    let driving = simulated.drivers.iter().filter(|driver| driver.share >= 0.005);
    let rows: Vec<Vec<String>> = driving
        .take(MOST_HANDOFFS)
        .map(|driver| {
            let name = match driver.subject {
                Subject::Party(id) => called(document, id),
                Subject::Handoff(id) => described(document, id),
            };
            vec![percent(Some(driver.share)), "of the spread".to_owned(), name]
        })
        .collect();
    text + &table("      ", &rows, &[true, false, false])
}

fn at_a_glance(document: &Document, figures: &CustomerFigures) -> String {
    let CustomerFigures { party, lead_time, quality, on_time_start, .. } = figures;
    let day = document.info().hours_per_day;
    let at_least = if lead_time.is_at_least() { "at least " } else { "" };
    let mut rows = vec![
        ("lead time", format!("{at_least}{}", hours(lead_time.hours.value, day)), over(lead_time.hours, "times")),
        ("process time", hours(lead_time.process_time.value, day), over(lead_time.process_time, "processes")),
        ("value-adding", hours(lead_time.value_adding.value, day), over(lead_time.value_adding, "processes")),
        ("waiting", hours(lead_time.wait.value, day), over(lead_time.wait, "handoffs")),
        ("activity ratio", percent(lead_time.activity_ratio()), String::new()),
        ("PCE", percent(lead_time.pce()), String::new()),
        ("rolled %C&A", percent(quality.complete_accurate.value), over(quality.complete_accurate, "handoffs")),
        ("rolled on time", percent(quality.on_time.value), over(quality.on_time, "handoffs")),
        ("on-time start", percent(on_time_start.value), over(*on_time_start, "inputs")),
        ("crossing", crossing(&figures.crossing), over_crossing(&figures.crossing)),
    ];
    if let Some(target) = document.party(*party).and_then(|party| party.target_lead_time_h) {
        rows.insert(1, ("target", hours(Some(target), day), against(lead_time.hours.value, target)));
    }
    let rows: Vec<Vec<String>> = rows.into_iter().map(|(what, value, of)| vec![what.into(), value, of]).collect();
    table("    ", &rows, &[false, false, false])
}

fn against(lead_time: Option<f64>, target: f64) -> String {
    match lead_time.map(|hours| hours - target) {
        None => String::new(),
        Some(over) if over > 0.0 => format!("{} h too long", rounded(over, 2)),
        Some(_) => "kept".into(),
    }
}

fn crossing(crossing: &Crossing) -> String {
    if crossing.handoffs == 0 { "unknown".into() } else { format!("{} handoffs", crossing.crossing) }
}

fn over_crossing(Crossing { handoffs, of, .. }: &Crossing) -> String {
    if *of == 0 { String::new() } else { format!("{handoffs} of {of} between departments known") }
}

/// What happens one after the other on the longest path, what it would be worth to do without, and what comes next.
fn path(document: &Document, figures: &CustomerFigures) -> String {
    let steps = path_steps(document, figures);
    let mut text = String::new();
    if !steps.is_empty() {
        let heading = ["start", "process", "then waits", "critical path"].map(str::to_owned).to_vec();
        let row = |step: &PathStep| {
            let process = if step.is_process { bare_hours(step.process_h) } else { String::new() };
            let wait = if step.handoff.is_some() { bare_hours(step.wait_h) } else { String::new() };
            vec![bare_hours(Some(step.start_h)), process, wait, called(document, step.party)]
        };
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(steps.iter().take(MOST_STEPS).map(row)).collect();
        text += &table("    ", &rows, &[true, true, true, false]);
        text += &more("    ", steps.len(), MOST_STEPS);
    }
    let gains = figures.gains.iter().filter(|gain| gain.gain_h > 0.0).take(MOST_BESIDE).map(|gain| {
        let (what, name) = match gain.subject {
            Subject::Party(id) => ("the work of", called(document, id)),
            Subject::Handoff(id) => ("the wait of", described(document, id)),
        };
        vec![format!("{} h shorter", rounded(gain.gain_h, 2)), format!("without {what}"), name]
    });
    text += &table("    ", &gains.collect::<Vec<_>>(), &[true, false, false]);
    text += &beside(document, &figures.timeline);
    let left_out = &figures.lead_time.left_out;
    if !left_out.is_empty() {
        let left_out = left_out.iter().map(|id| described(document, *id));
        text += &wrapped("    ", "loops left out ", some(left_out), "; ");
    }
    text
}

/// Processes beside the critical path, those with the least slack first.
fn beside(document: &Document, timeline: &Timeline) -> String {
    let is_process = |stop: &&Stop| document.party(stop.party).is_some_and(|party| party.kind == PartyKind::Process);
    let mut others: Vec<&Stop> = timeline.stops.iter().filter(|stop| !stop.on_path).filter(is_process).collect();
    others.sort_by(|a, b| a.slack_h.total_cmp(&b.slack_h));
    let rows = others.iter().take(MOST_BESIDE).map(|stop| {
        vec![format!("{} h slack", rounded(stop.slack_h, 2)), "beside it".to_owned(), called(document, stop.party)]
    });
    table("    ", &rows.collect::<Vec<_>>(), &[true, false, false]) + &more("    ", others.len(), MOST_BESIDE)
}

/// What is lost layer by layer, from the outermost to the one that gives to the customer.
fn snowball(steps: &[Step]) -> String {
    if steps.is_empty() {
        return String::new();
    }
    // Columns that say nothing but "unknown" are left out.
    let has_on_time = steps.last().is_some_and(|step| step.on_time_so_far.known > 0);
    let heading = ["layer", "parties", "handoffs", "%C&A", "so far", "on time", "so far", ""].map(str::to_owned);
    let hidden = steps.len().saturating_sub(MOST_STEPS);
    let rows = std::iter::once(heading).chain(steps[hidden..].iter().map(|step| step_row(step, has_on_time)));
    let rows: Vec<Vec<String>> = rows.map(|row| columns(&row, has_on_time)).collect();
    let mut text = "    snowball, towards the customer\n".to_owned();
    if hidden > 0 {
        text += &format!("      {hidden} layers further out\n");
    }
    text + &table("      ", &rows, &columns(&[true, true, true, true, true, true, true, false], has_on_time))
}

fn step_row(step: &Step, has_on_time: bool) -> [String; 8] {
    let (quality, on_time) = (step.complete_accurate, step.on_time);
    let counted = match (quality.is_partial(), has_on_time && on_time.is_partial()) {
        (false, false) => String::new(),
        _ if has_on_time => format!("known: {} and {} of {}", quality.known, on_time.known, quality.of),
        _ => format!("known: {} of {}", quality.known, quality.of),
    };
    [
        step.layer.to_string(),
        step.parties.to_string(),
        step.handoffs.to_string(),
        percent(quality.value),
        percent(step.complete_accurate_so_far.value),
        percent(on_time.value),
        percent(step.on_time_so_far.value),
        counted,
    ]
}

/// All columns of the snowball, or those without the ones about time.
fn columns<T: Clone>(all: &[T; 8], has_on_time: bool) -> Vec<T> {
    let shown = all.iter().enumerate().filter(|(at, _)| has_on_time || !matches!(at, 5 | 6));
    shown.map(|(_, value)| value.clone()).collect()
}

/// What has to be done again: on the whole, and where most of it is.
fn rework(document: &Document, figures: &CustomerFigures) -> String {
    let rework = &figures.rework;
    let mut text = String::new();
    if let Some(once) = rework.one_pass_h.value.filter(|hours| *hours > 0.0) {
        let until = rework.until_right_h.value.map(|hours| format!(", {} h until right", rounded(hours, 2)));
        text += &format!(
            "    rework adds {} h with one pass{} ({})\n",
            rounded(once, 2),
            until.unwrap_or_default(),
            over(rework.one_pass_h, "handoffs on the path"),
        );
    }
    let known = rework.each.iter().filter_map(|one| Some((one, one.one_pass_h().filter(|hours| *hours > 0.0)?)));
    let known: Vec<(&Rework, f64)> = known.collect();
    if known.is_empty() {
        return text;
    }
    let heading = ["one pass", "passes", "until right", "rework"].map(str::to_owned).to_vec();
    let row = |(one, hours): &(&Rework, f64)| {
        vec![
            bare_hours(Some(*hours)),
            one.passes().map_or("never right".into(), |passes| rounded(passes, 2)),
            one.until_right_h().map(|hours| bare_hours(Some(hours))).unwrap_or_default(),
            described(document, one.handoff) + if one.on_path { "" } else { " (beside the path)" },
        ]
    };
    let rows: Vec<Vec<String>> = std::iter::once(heading).chain(known.iter().take(MOST_HANDOFFS).map(row)).collect();
    text += &table("      ", &rows, &[true, true, true, false]);
    text + &more("      ", known.len(), MOST_HANDOFFS)
}

fn bare_hours(hours: Option<f64>) -> String {
    hours.map_or("unknown".into(), |hours| format!("{} h", rounded(hours, 2)))
}
