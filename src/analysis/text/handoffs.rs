//! The section about the handoffs that cost each customer most.

use super::{MOST_HANDOFFS, called, described, more, percent, table};
use crate::analysis::lift::Lift;
use crate::analysis::quality::{Share, leverage};
use crate::analysis::report::{CustomerFigures, Report};
use crate::model::Document;
use crate::model::quantity::rounded;

pub(in super::super) fn handoffs(document: &Document, report: &Report) -> String {
    let mut text = String::new();
    for figures in &report.customers {
        let shares = &figures.quality.shares;
        if shares.is_empty() {
            continue;
        }
        let heading = ["share", "%C&A", "if perfect", "a point gives", "handoff"].map(str::to_owned).to_vec();
        let rows = shares.iter().take(MOST_HANDOFFS).map(|share| one(document, figures, share));
        let rows: Vec<Vec<String>> = std::iter::once(heading).chain(rows).collect();
        text += &format!("  {}\n", called(document, figures.party));
        text += &table("    ", &rows, &[true, true, true, true, false]);
        text += &more("    ", shares.len(), MOST_HANDOFFS);
        text += &best(document, figures);
    }
    text
}

fn one(document: &Document, figures: &CustomerFigures, share: &Share) -> Vec<String> {
    let factor = leverage(share.complete_accurate, 1.0).map(|factor| format!("× {}", rounded(factor, 3)));
    let lift = figures.quality_lifts.iter().find(|lift| lift.handoff == share.handoff);
    vec![
        percent(Some(share.share)),
        percent(Some(share.complete_accurate)),
        factor.unwrap_or_default(),
        lift.map(|lift| points(lift.per_point)).unwrap_or_default(),
        described(document, share.handoff),
    ]
}

/// Where a point of each share does most for the customer.
fn best(document: &Document, figures: &CustomerFigures) -> String {
    let most = |lifts: &[Lift], share: &str| {
        let best = lifts.first().filter(|lift| lift.at_most > 0.0)?;
        let points = points(best.per_point);
        let customer = called(document, figures.party);
        let handoff = described(document, best.handoff);
        Some(format!("    one point of {share} gives {customer} {points} points: {handoff}\n"))
    };
    let lines = [most(&figures.quality_lifts, "%C&A"), most(&figures.on_time_lifts, "on time")];
    lines.into_iter().flatten().collect()
}

/// What is left of a long chain is little, and not nothing.
fn points(per_point: f64) -> String {
    if per_point > 0.0 && per_point < 0.005 { "< 0.01".into() } else { rounded(per_point, 2) }
}
