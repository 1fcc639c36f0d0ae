//! How the lead time to a customer spreads, as JSON.

use serde_json::{Map, Value, json};

use super::{subject, texts};
use crate::analysis::simulation::{Driver, Simulated};
use crate::model::Document;

pub(super) fn spread(document: &Document, simulated: &Simulated) -> Value {
    let percentiles: Map<String, Value> =
        simulated.percentiles.iter().map(|(percent, hours)| (percent.to_string(), json!(hours))).collect();
    let driver = |driver: &Driver| {
        let (name, kind, id) = subject(document, Some(driver.subject));
        json!({ "name": name, "kind": kind, "id": id, "share": driver.share, "on_path": driver.on_path })
    };
    json!({
        "runs": simulated.runs,
        "seed": simulated.seed,
        "rework": simulated.rework.word(),
        "likely_h": simulated.likely_h,
        "mean_h": simulated.mean_h,
        "deviation_h": simulated.deviation_h,
        "min_h": simulated.min_h,
        "max_h": simulated.max_h,
        "percentiles_h": percentiles,
        "histogram": {
            "from_h": simulated.histogram.from_h,
            "width_h": simulated.histogram.width_h,
            "counts": simulated.histogram.counts,
        },
        "target_h": simulated.target_h,
        "in_time": simulated.on_time.map(|c| json!({ "share": c.share, "low": c.low, "high": c.high })),
        "drivers": simulated.drivers.iter().map(driver).collect::<Vec<_>>(),
        "known": simulated.known,
        "of": simulated.of,
        "without_spread": simulated.without_spread,
        "endless_ids": texts(&simulated.endless),
    })
}
