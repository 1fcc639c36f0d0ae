//! What is known of the map as a whole, as JSON: layers, cost, silos and weak points.

use serde_json::{Value, json};

use super::customers::bottleneck;
use super::{costs, ends, name, names, texts};
use crate::analysis::report::Report;
use crate::model::Document;

pub(in crate::analysis) fn layers(document: &Document, report: &Report) -> Value {
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

pub(in crate::analysis) fn cost(document: &Document, report: &Report) -> Value {
    let mut value = costs(&report.cost);
    value["currency"] = json!(document.info().currency);
    let department = |of: &crate::analysis::DepartmentCost| json!({ "department": of.department, "given": costs(&of.given), "received": costs(&of.received) });
    let layer = |of: &crate::analysis::LayerCost| json!({ "layer": of.layer, "cost": costs(&of.cost) });
    value["by_department"] = report.cost_by_department.iter().map(department).collect();
    value["by_layer"] = report.cost_by_layer.iter().map(layer).collect();
    value
}

pub(in crate::analysis) fn silos(document: &Document, report: &Report) -> Value {
    let silos = &report.silos;
    let matrix: Vec<Value> =
        silos.matrix.iter().map(|f| json!({ "from": f.from, "to": f.to, "handoffs": f.handoffs })).collect();
    let green = silos.local_green.iter().map(|(party, handoff)| {
        json!({ "name": name(document, *party), "id": party.to_string(), "red": ends(document, *handoff) })
    });
    json!({
        "handoffs": silos.handoffs,
        "of": silos.of,
        "crossing": silos.crossing,
        "share_crossing": silos.share_crossing(),
        "share_of_loss_at_boundaries": silos.share_of_loss,
        "matrix": matrix,
        "local_green": green.collect::<Vec<_>>(),
    })
}

pub(in crate::analysis) fn weak_points(document: &Document, report: &Report) -> Value {
    let loops = report.weak.loops.iter().map(|found| {
        json!({
            "closing": ends(document, found.closing),
            "parties": names(document, &found.parties),
            "party_ids": texts(&found.parties),
            "length": found.length,
        })
    });
    let shared = report.weak.shared.iter().map(|item| {
        json!({
            "item": item.item,
            "receivers": item.receivers,
            "suppliers": item.suppliers,
            "handoff_ids": texts(&item.handoffs),
        })
    });
    let bottlenecks = report.customers.iter().flat_map(|figures| {
        figures.bottlenecks.iter().map(move |found| {
            let mut value = bottleneck(document, found);
            value["customer"] = json!(name(document, figures.party));
            value["customer_id"] = json!(figures.party.to_string());
            value
        })
    });
    json!({
        "bottlenecks": bottlenecks.collect::<Vec<_>>(),
        "loops": loops.collect::<Vec<_>>(),
        "shared_items": shared.collect::<Vec<_>>(),
    })
}
