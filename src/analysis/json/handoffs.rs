//! What is known of every handoff, as JSON.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::{customer_keys, ends};
use crate::analysis::cost::HandoffCost;
use crate::analysis::lift::Lift;
use crate::analysis::report::{CustomerFigures, HandoffFigures, Report};
use crate::model::{Contract, Document, HandoffId, contract, score};

/// Numbers of a handoff at the external customers, by index of the customer.
type AtCustomers = BTreeMap<HandoffId, Vec<(usize, f64)>>;

pub(in crate::analysis) fn handoffs(document: &Document, report: &Report) -> Value {
    let lifts = |lifts: &[Lift]| lifts.iter().map(|lift| (lift.handoff, lift.per_point)).collect();
    let table = Tables {
        document,
        report,
        keys: customer_keys(document, report),
        leverage: gathered(report, |figures| lifts(&figures.quality_lifts)),
        leverage_on_time: gathered(report, |figures| lifts(&figures.on_time_lifts)),
        slack: gathered(report, |figures| figures.timeline.legs.iter().map(|leg| (leg.handoff, leg.slack_h)).collect()),
    };
    report.handoffs.iter().map(|figures| table.one(figures)).collect()
}

fn gathered(report: &Report, get: impl Fn(&CustomerFigures) -> Vec<(HandoffId, f64)>) -> AtCustomers {
    let mut found = AtCustomers::new();
    for (at, figures) in report.customers.iter().enumerate() {
        for (handoff, value) in get(figures) {
            found.entry(handoff).or_default().push((at, value));
        }
    }
    found
}

struct Tables<'a> {
    document: &'a Document,
    report: &'a Report,
    keys: Vec<String>,
    leverage: AtCustomers,
    leverage_on_time: AtCustomers,
    slack: AtCustomers,
}

impl Tables<'_> {
    /// By what each customer is called.
    fn by_customer(&self, values: &[(usize, f64)]) -> Map<String, Value> {
        values.iter().map(|(at, value)| (self.keys[*at].clone(), json!(value))).collect()
    }

    fn one(&self, figures: &HandoffFigures) -> Value {
        let HandoffFigures { handoff: id, complete_accurate, shares, cost } = figures;
        let mut value = ends(self.document, *id);
        let by_id = shares.iter().map(|(at, share)| (self.report.customers[*at].party.to_string(), json!(share)));
        let handoff = self.document.handoff(*id);
        let known = |of: &AtCustomers| self.by_customer(of.get(id).map_or(&[], Vec::as_slice));
        value["kind"] = json!(handoff.map(|h| h.kind.word()));
        value["critical"] = json!(handoff.map(|h| h.critical));
        value["complete_accurate"] = json!(complete_accurate);
        value["on_time"] = json!(handoff.and_then(|h| h.on_time()));
        value["wait_h"] = json!(handoff.and_then(|h| h.wait_h));
        value["contract"] = json!(handoff.and_then(|h| contract(h)).map(Contract::word));
        value["score"] = json!(handoff.and_then(|h| score(h)).map(|score| score.share));
        value["agreement"] = json!(handoff.map(|h| h.agreement.word()));
        value["shares"] = Value::Object(self.by_customer(shares));
        value["shares_by_id"] = by_id.collect();
        value["leverage"] = Value::Object(known(&self.leverage));
        value["leverage_on_time"] = Value::Object(known(&self.leverage_on_time));
        value["slack_h"] = Value::Object(known(&self.slack));
        value["cost"] = one_cost(cost);
        value
    }
}

fn one_cost(cost: &HandoffCost) -> Value {
    json!({
        "period": cost.period.word(),
        "appraisal": cost.appraisal,
        "internal_failure": cost.internal_failure,
        "lateness": cost.lateness,
        "external_failure": cost.external_failure,
        "total": cost.total(),
        "known": cost.figure().known,
        "of": cost.figure().of,
    })
}
