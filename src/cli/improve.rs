//! `peel case`, `peel calendar` and `peel compare`: what a change is worth, when things are due, and how two maps differ.

use std::path::Path;

use serde_json::json;

use super::args::{Calendar, Case, Compare};
use super::brief::paper;
use super::failure::Failure;
use super::scenarios::Asked;
use super::{dates, maps, output, written};
use crate::analysis::{self, compared, report_on};
use crate::model::{Document, Scenario, Sprint, SprintId, difference};
use crate::report::{calendar, scenario_case, sprint_case};
use crate::writing;

const ENDINGS: [&str; 3] = ["md", "html", "pdf"];

/// The endings of a case, for the help.
pub(super) fn endings() -> String {
    ENDINGS.map(|ending| format!(".{ending}")).join(", ")
}

/// Writes the true cost case of a sprint or scenario.
pub(super) fn case(arguments: &Case) -> Result<(), Failure> {
    let Case { map, out, sprint, scenario, date } = arguments;
    let ending = written::check_ending(out, "a case", &ENDINGS)?;
    let document = written::document(map, out)?;
    let day = dates::date(*date)?;
    let now = report_on(&document, Some(day));
    let page = match (sprint, scenario) {
        (Some(goal), _) => sprint_case(&document, &now, sprint_called(&document, goal)?, &day.to_string()),
        (None, name) => {
            let asked = Asked::find(&document, name.as_deref().unwrap_or_default())?;
            let then = report_on(&asked.document, Some(day));
            scenario_case((&document, &now), (&asked.document, &then), &asked.scenario, &day.to_string())
        }
    };
    let (bytes, note) = match ending {
        "md" => (writing::markdown(&page).into_bytes(), String::new()),
        "html" => (writing::html(&page).into_bytes(), String::new()),
        _ => paper(&page, out)?,
    };
    written::write(out, &bytes, &note)
}

/// The sprint with this goal, else with this id.
fn sprint_called<'a>(document: &'a Document, goal: &str) -> Result<&'a Sprint, Failure> {
    let same = |of: &str| of.trim().to_lowercase() == goal.trim().to_lowercase();
    let mut named = document.sprints().filter(|(_, sprint)| same(&sprint.goal));
    if let Some((_, sprint)) = named.next() {
        if named.next().is_some() {
            let ids: Vec<String> =
                document.sprints().filter(|(_, sprint)| same(&sprint.goal)).map(|(id, _)| id.to_string()).collect();
            let message = format!("{} sprints are called “{goal}”: name one by its id: {}", ids.len(), ids.join(", "));
            return Err(Failure::refused(message));
        }
        return Ok(sprint);
    }
    if let Some(sprint) = SprintId::parse(goal).ok().and_then(|id| document.sprint(id)) {
        return Ok(sprint);
    }
    let goals = document.sprints().map(|(id, sprint)| match sprint.goal.trim() {
        "" => id.to_string(),
        goal => writing::shown(goal),
    });
    let goals: Vec<String> = goals.collect();
    let advice = match goals.as_slice() {
        [] => "this map has none".to_owned(),
        goals => format!("there are: {}", goals.iter().take(20).cloned().collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::refused(format!("there is no sprint “{goal}” on this map; {advice}")))
}

/// Writes reviews, sprints and ends of agreements as a calendar file.
pub(super) fn ics(arguments: &Calendar) -> Result<(), Failure> {
    let Calendar { map, out } = arguments;
    written::check_ending(out, "a calendar", &["ics"])?;
    let document = written::document(map, out)?;
    let count = analysis::events(&document).len();
    if count == 0 {
        let message = "the map has nothing for a calendar: set how often processes are reviewed, or start a sprint";
        return Err(Failure::refused(message.to_owned()));
    }
    let utc = dates::utc()?;
    let note = format!(" ({count} {})", if count == 1 { "event" } else { "events" });
    written::write(out, calendar(&document, utc).as_bytes(), &note)
}

/// Prints how two maps, or two versions of one, differ: what changed, and every figure of the customers of both.
pub(super) fn compare(arguments: &Compare) -> Result<(), Failure> {
    let Compare { before, after, json, date } = arguments;
    let day = Some(dates::date(*date)?);
    let open = |path: &Path| maps::open(path).map(|opened| opened.document);
    let (one, other) = (open(before)?, open(after)?);
    let held = compared(&Scenario::default(), &report_on(&one, day), &report_on(&other, day));
    let lines = difference(&one, &other);
    if *json {
        let mut value = analysis::compared_json(&other, &held);
        value["differences"] = json!(lines);
        return output::print_json(&value);
    }
    let mut text = match lines.len() {
        0 => "The two maps are the same.\n".to_owned(),
        1 => "1 difference\n".to_owned(),
        count => format!("{count} differences\n"),
    };
    for line in &lines {
        let plain: String = line.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        text += &format!("  - {plain}\n");
    }
    output::print(&(text + &analysis::compared_text(&other, &held)))
}
