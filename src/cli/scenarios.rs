//! Scenarios by what people call them, and the map as it would be.

use std::sync::Arc;

use super::failure::Failure;
use crate::model::ops::{changed, scenarios_in_order};
use crate::model::{Document, Scenario, ScenarioId};
use crate::writing::shown;

/// A scenario that was asked for.
#[derive(Debug)]
pub(super) struct Asked {
    /// Its id.
    pub id: ScenarioId,
    /// The scenario.
    pub scenario: Arc<Scenario>,
    /// The map with its changes made.
    pub document: Document,
}

impl Asked {
    /// The scenario of this name, else the one with this id, else the one whose name is the same in other letters.
    pub fn find(document: &Document, name: &str) -> Result<Self, Failure> {
        let all = scenarios_in_order(document);
        let named = |is: &dyn Fn(&str) -> bool| -> Vec<_> {
            all.iter().filter(|(_, scenario)| is(&scenario.name)).map(|(id, scenario)| (*id, *scenario)).collect()
        };
        let mut found = named(&|other| other == name);
        if found.is_empty() {
            let id = ScenarioId::parse(name).ok();
            found = all.iter().filter(|(other, _)| Some(*other) == id).map(|(id, scenario)| (*id, *scenario)).collect();
        }
        if found.is_empty() {
            found = named(&|other| other.trim().to_lowercase() == name.trim().to_lowercase());
        }
        match found.as_slice() {
            [(id, scenario)] => Self::of(document, *id, scenario),
            [] => Err(Failure::refused(there_is_none(name, &all))),
            several => {
                let ids: Vec<String> = several.iter().take(MOST).map(|(id, _)| id.to_string()).collect();
                let more = if several.len() > MOST { " …" } else { "" };
                let (count, ids) = (several.len(), ids.join(", "));
                let message = format!("{count} scenarios are called “{name}”: name one by its id: {ids}{more}");
                Err(Failure::refused(message))
            }
        }
    }

    fn of(document: &Document, id: ScenarioId, scenario: &Arc<Scenario>) -> Result<Self, Failure> {
        let mut changed_map = document.clone();
        let made = changed_map.apply(changed(document, scenario));
        made.map_err(|error| Failure::refused(format!("the scenario “{}” cannot be made: {error}", scenario.name)))?;
        Ok(Self { id, scenario: scenario.clone(), document: changed_map })
    }
}

/// Most names in a message.
const MOST: usize = 20;

fn there_is_none(name: &str, all: &[(ScenarioId, &Arc<Scenario>)]) -> String {
    if all.is_empty() {
        return format!("there is no scenario “{name}”: this map has none; leave out --scenario");
    }
    let called = |(id, scenario): &(ScenarioId, &Arc<Scenario>)| match scenario.name.trim() {
        "" => id.to_string(),
        name => shown(name),
    };
    let names: Vec<String> = all.iter().take(MOST).map(called).collect();
    let more = all.len().saturating_sub(MOST);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("there is no scenario “{name}” on this map; there are: {}{more}", names.join(", "))
}
