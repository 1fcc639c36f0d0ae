//! The report as JSON: fractions and hours, `null` for unknown, an id beside every name. Other people's scripts read
//! this; keys may be added, never renamed.

mod customers;
mod findings;
mod handoffs;
mod improve;
mod map;
mod scenario;
mod spread;

use serde_json::{Value, json};

use super::cost::Costs;
use super::quality::Figure;
use super::report::{CustomerFigures, Report, SECTIONS};
use crate::model::{Document, Handoff, HandoffId, PartyId, Period, Subject};

pub(super) use customers::customers;
pub(super) use findings::{dismissed, findings};
pub use findings::{dismissed_json, findings_json};
pub(super) use handoffs::handoffs;
pub(super) use improve::{reviews, sprints, steps};
pub(super) use map::{cost, layers, silos, weak_points};
pub use scenario::{compared_json, scenario_json};

/// The whole report, one key per section.
pub fn json(document: &Document, report: &Report) -> Value {
    SECTIONS.iter().map(|section| (section.id.to_owned(), (section.json)(document, report))).collect()
}

fn costs(costs: &Costs) -> Value {
    let total = costs.total();
    json!({
        "period": Period::Year.word(),
        "appraisal": costs.appraisal.value,
        "internal_failure": costs.internal_failure.value,
        "lateness": costs.lateness.value,
        "external_failure": costs.external_failure.value,
        "total": total.value,
        "known": total.known,
        "of": total.of,
    })
}

/// A figure with what it is built on.
fn figure(Figure { value, known, of }: Figure) -> Value {
    json!({ "value": value, "known": known, "of": of })
}

/// Id, ends and item of a handoff; an end that is not there is `null`.
fn ends(document: &Document, id: HandoffId) -> Value {
    let handoff = document.handoff(id);
    let end = |which: fn(&Handoff) -> Option<PartyId>| handoff.and_then(|h| which(h));
    let (supplier, customer) = (end(|h| h.supplier), end(|h| h.customer));
    json!({
        "id": id.to_string(),
        "supplier": supplier.map(|party| name(document, party)),
        "supplier_id": supplier.map(|party| party.to_string()),
        "customer": customer.map(|party| name(document, party)),
        "customer_id": customer.map(|party| party.to_string()),
        "item": handoff.map(|h| h.item.as_str()),
    })
}

/// What a finding or a time is about: its name for a sentence, what it is, and its id.
fn subject(document: &Document, subject: Option<Subject>) -> (String, &'static str, Option<String>) {
    match subject {
        None => (document.info().title.clone(), "map", None),
        Some(Subject::Party(id)) => (document.name_of(id), "party", Some(id.to_string())),
        Some(Subject::Handoff(id)) => (described(document, id), "handoff", Some(id.to_string())),
    }
}

fn described(document: &Document, id: HandoffId) -> String {
    document.handoff(id).map(|handoff| document.describe(handoff)).unwrap_or_default()
}

/// What each external customer is called in `shares` and the like: its name, with the id behind it where another has
/// that name.
fn customer_keys(document: &Document, report: &Report) -> Vec<String> {
    let mut used = std::collections::BTreeSet::new();
    let key = |figures: &CustomerFigures| {
        let plain = name(document, figures.party);
        if used.insert(plain) { plain.to_owned() } else { format!("{plain} ({})", figures.party) }
    };
    report.customers.iter().map(key).collect()
}

/// The name as it was written; unnamed is empty.
fn name(document: &Document, party: PartyId) -> &str {
    document.party(party).map_or("", |party| party.name.as_str())
}

fn names<'a>(document: &'a Document, parties: &[PartyId]) -> Vec<&'a str> {
    parties.iter().map(|id| name(document, *id)).collect()
}

fn texts(ids: &[impl ToString]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
