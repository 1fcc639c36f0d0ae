//! The report as JSON: fractions and hours, `null` for unknown, an id beside every name. Other people's scripts read
//! this; keys may be added, never renamed.

use serde_json::{Map, Value, json};

use super::cost::Costs;
use super::findings::Finding;
use super::report::{CustomerFigures, HandoffFigures, Report, SECTIONS};
use crate::model::{Contract, Document, Handoff, HandoffId, PartyId, Period, Subject, contract, score};

/// The whole report, one key per section.
pub fn json(document: &Document, report: &Report) -> Value {
    SECTIONS.iter().map(|section| (section.id.to_owned(), (section.json)(document, report))).collect()
}

/// The findings alone, as in the whole report.
pub fn findings_json(document: &Document, findings: &[Finding]) -> Value {
    findings.iter().map(|finding| one_finding(document, finding)).collect()
}

pub(super) fn customers(document: &Document, report: &Report) -> Value {
    report.customers.iter().map(|figures| one_customer(document, figures)).collect()
}

fn one_customer(document: &Document, figures: &CustomerFigures) -> Value {
    let CustomerFigures { party, lead_time, quality, on_time_start, cost, .. } = figures;
    let path: Vec<&str> = lead_time.parties.iter().map(|id| name(document, *id)).collect();
    json!({
        "name": name(document, *party),
        "id": party.to_string(),
        "lead_time_h": lead_time.hours.value,
        "lead_time_at_least": lead_time.is_at_least(),
        "process_time_h": lead_time.process_time.value,
        "value_adding_time_h": lead_time.value_adding.value,
        "wait_h": lead_time.wait.value,
        "times_known": lead_time.hours.known,
        "times_of": lead_time.hours.of,
        "activity_ratio": lead_time.activity_ratio(),
        "pce": lead_time.pce(),
        "rolled_complete_accurate": quality.complete_accurate.value,
        "rolled_on_time": quality.on_time.value,
        "on_time_start": on_time_start.value,
        "known": quality.complete_accurate.known,
        "of": quality.complete_accurate.of,
        "on_time_known": quality.on_time.known,
        "critical_path": path,
        "critical_path_ids": texts(&lead_time.parties),
        "critical_path_handoff_ids": texts(&lead_time.handoffs),
        "left_out": lead_time.left_out.iter().map(|id| ends(document, *id)).collect::<Vec<_>>(),
        "cost": costs(cost),
    })
}

pub(super) fn layers(document: &Document, report: &Report) -> Value {
    let rows = report.parties.iter().map(|figures| {
        json!({
            "name": name(document, figures.party),
            "id": figures.party.to_string(),
            "layer": figures.nearest,
            "longest_layer": figures.longest,
            "on_time_start": figures.on_time_start.value,
        })
    });
    rows.collect()
}

pub(super) fn handoffs(document: &Document, report: &Report) -> Value {
    let keys = customer_keys(document, report);
    report.handoffs.iter().map(|figures| one_handoff(document, report, &keys, figures)).collect()
}

fn one_handoff(document: &Document, report: &Report, keys: &[String], figures: &HandoffFigures) -> Value {
    let mut value = ends(document, figures.handoff);
    let shares: Map<String, Value> =
        figures.shares.iter().map(|(at, share)| (keys[*at].clone(), json!(share))).collect();
    let by_id = figures.shares.iter().map(|(at, share)| (report.customers[*at].party.to_string(), json!(share)));
    let handoff = document.handoff(figures.handoff);
    value["kind"] = json!(handoff.map(|h| h.kind.word()));
    value["critical"] = json!(handoff.map(|h| h.critical));
    value["complete_accurate"] = json!(figures.complete_accurate);
    value["on_time"] = json!(handoff.and_then(|h| h.on_time()));
    value["contract"] = json!(handoff.and_then(|h| contract(h)).map(Contract::word));
    value["score"] = json!(handoff.and_then(|h| score(h)).map(|score| score.share));
    value["agreement"] = json!(handoff.map(|h| h.agreement.word()));
    value["shares"] = Value::Object(shares);
    value["shares_by_id"] = by_id.collect();
    let cost = &figures.cost;
    value["cost"] = json!({
        "period": cost.period.word(),
        "appraisal": cost.appraisal,
        "internal_failure": cost.internal_failure,
        "lateness": cost.lateness,
        "external_failure": cost.external_failure,
        "total": cost.total(),
        "known": cost.figure().known,
        "of": cost.figure().of,
    });
    value
}

pub(super) fn cost(document: &Document, report: &Report) -> Value {
    let mut value = costs(&report.cost);
    value["currency"] = json!(document.info().currency);
    value
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

pub(super) fn silos(_: &Document, report: &Report) -> Value {
    let silos = &report.silos;
    let matrix: Vec<Value> =
        silos.matrix.iter().map(|f| json!({ "from": f.from, "to": f.to, "handoffs": f.handoffs })).collect();
    json!({
        "handoffs": silos.handoffs,
        "of": silos.of,
        "crossing": silos.crossing,
        "share_crossing": silos.share_crossing(),
        "share_of_loss_at_boundaries": silos.share_of_loss,
        "matrix": matrix,
    })
}

pub(super) fn findings(document: &Document, report: &Report) -> Value {
    findings_json(document, &report.findings)
}

fn one_finding(document: &Document, finding: &Finding) -> Value {
    let (subject, kind, id) = match finding.subject {
        None => (document.info().title.clone(), "map", None),
        Some(Subject::Party(id)) => (document.name_of(id), "party", Some(id.to_string())),
        Some(Subject::Handoff(id)) => {
            let described = document.handoff(id).map(|handoff| document.describe(handoff));
            (described.unwrap_or_default(), "handoff", Some(id.to_string()))
        }
    };
    json!({
        "kind": finding.kind,
        "severity": finding.severity.word(),
        "subject": subject,
        "subject_kind": kind,
        "subject_id": id,
        "requirement_id": finding.requirement().map(|id| id.to_string()),
        "message": finding.message,
        "why": finding.why,
        "what_to_do": finding.remedy,
    })
}

pub(super) fn weak_points(document: &Document, report: &Report) -> Value {
    let loops = report.weak.loops.iter().map(|found| {
        let parties: Vec<&str> = found.parties.iter().map(|id| name(document, *id)).collect();
        json!({ "closing": ends(document, found.closing), "parties": parties, "length": found.length })
    });
    let shared = report.weak.shared.iter().map(|item| {
        json!({
            "item": item.item,
            "receivers": item.receivers,
            "suppliers": item.suppliers,
            "handoff_ids": texts(&item.handoffs),
        })
    });
    json!({ "loops": loops.collect::<Vec<_>>(), "shared_items": shared.collect::<Vec<_>>() })
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

/// What each external customer is called in `shares`: its name, with the id behind it where another has that name.
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

fn texts(ids: &[impl ToString]) -> Vec<String> {
    ids.iter().map(ToString::to_string).collect()
}
