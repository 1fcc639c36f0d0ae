//! `peel analyse` and `peel check`: what the map tells, for people and for scripts.

use serde_json::json;

use super::args::{Analyse, Check};
use super::failure::Failure;
use super::scenarios::Asked;
use super::{dates, maps, output};
use crate::analysis::{self, compared, report_on};

/// Prints all figures.
pub(super) fn analyse(arguments: &Analyse) -> Result<(), Failure> {
    let Analyse { map, json, scenario, compare, date, simulation } = arguments;
    let today = dates::date(*date)?;
    let document = maps::open(map)?.document;
    let asked = scenario.as_deref().map(|name| Asked::find(&document, name)).transpose()?;
    let shown = asked.as_ref().map_or(&document, |asked| &asked.document);
    let mut report = report_on(shown, Some(today));
    if let Some(setting) = simulation.setting() {
        report.simulate(shown, &setting);
    }
    let held = asked.as_ref().filter(|_| *compare);
    let held = held.map(|asked| compared(&asked.scenario, &report_on(&document, Some(today)), &report));
    if *json {
        let mut value = analysis::json(shown, &report);
        if let Some(Asked { id, scenario, .. }) = &asked {
            value["scenario"] = analysis::scenario_json(shown, (*id, scenario), held.as_ref());
        }
        return output::print_json(&value);
    }
    let about = asked.as_ref().map(|asked| analysis::scenario_text(&document, &asked.scenario, held.as_ref()) + "\n");
    output::print(&(about.unwrap_or_default() + &analysis::text(shown, &report)))
}

/// Prints the findings. A map with findings is an ordinary one: that is no failure.
pub(super) fn check(arguments: &Check) -> Result<(), Failure> {
    let Check { map, json, all, date } = arguments;
    let today = dates::date(*date)?;
    let document = maps::open(map)?.document;
    let report = report_on(&document, Some(today));
    if *json {
        let mut value = json!({ "findings": analysis::findings_json(&document, &report.findings) });
        if *all {
            value["dismissed"] = analysis::dismissed_json(&document, &report.dismissed);
        }
        return output::print_json(&value);
    }
    let mut text = analysis::findings_text(&document, &report.findings);
    if *all && !report.dismissed.is_empty() {
        text += &format!("\n{}", analysis::dismissed_text(&document, &report.dismissed));
    }
    output::print(&text)
}
