//! A scenario held against today, as JSON.

use serde_json::{Map, Value, json};

use super::{figure, name};
use crate::analysis::compare::{COMPARED, Compared, CustomerCompared};
use crate::model::{Document, Scenario, ScenarioId};

/// The scenario by itself; with what it changes for every customer where it was held against today.
pub fn scenario_json(
    document: &Document,
    (id, scenario): (ScenarioId, &Scenario),
    compared: Option<&Compared>,
) -> Value {
    let mut value = json!({
        "name": scenario.name,
        "id": id.to_string(),
        "notes": scenario.notes,
        "changes": scenario.changes.len(),
        "about": scenario.about(),
        "cost": scenario.cost,
    });
    let more = compared.map(|compared| compared_json(document, compared));
    if let (Value::Object(value), Some(Value::Object(more))) = (&mut value, more) {
        value.extend(more);
    }
    value
}

/// The figures of every customer in both states, and what the later one saves.
pub fn compared_json(document: &Document, compared: &Compared) -> Value {
    json!({
        "customers": compared.customers.iter().map(|customer| one(document, customer)).collect::<Vec<_>>(),
        "cost_saving_per_year": compared.saving.value,
        "cost_saving_terms": figure(compared.saving),
        "payback_days": compared.payback_days,
    })
}

fn one(document: &Document, customer: &CustomerCompared) -> Value {
    let column = |get: fn(&crate::analysis::compare::Both) -> Option<f64>| -> Map<String, Value> {
        let figures = COMPARED.iter().zip(&customer.figures);
        figures.map(|(compare, both)| (compare.id.to_owned(), json!(get(both)))).collect()
    };
    json!({
        "name": name(document, customer.party),
        "id": customer.party.to_string(),
        "now": column(|both| both.now),
        "then": column(|both| both.then),
        "delta": column(|both| both.delta()),
    })
}
