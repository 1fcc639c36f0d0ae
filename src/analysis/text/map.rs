//! The sections about the map as a whole: layers, silos and weak points.

use std::collections::BTreeMap;

use super::{MOST_HANDOFFS, called, described, more, percent, plain, some, table, wrapped};
use crate::analysis::report::Report;
use crate::model::{Document, PartyId};

pub(in super::super) fn layers(document: &Document, report: &Report) -> String {
    // Unconnected parties come last.
    let mut rings: BTreeMap<(bool, Option<usize>), Vec<PartyId>> = BTreeMap::new();
    for figures in &report.parties {
        rings.entry((figures.nearest.is_none(), figures.nearest)).or_default().push(figures.party);
    }
    let mut text = String::new();
    for ((_, layer), parties) in rings {
        let label = layer.map_or("unconnected ".into(), |layer| format!("{layer:<12}"));
        text += &wrapped("  ", &label, some(parties.iter().map(|party| called(document, *party))), ", ");
    }
    text
}

pub(in super::super) fn silos(document: &Document, report: &Report) -> String {
    let silos = &report.silos;
    if silos.of == 0 {
        return String::new();
    }
    let mut text = match silos.share_crossing() {
        None => String::new(),
        Some(share) => format!(
            "  {} of {} handoffs between processes cross a boundary ({})\n",
            silos.crossing,
            silos.handoffs,
            percent(Some(share)),
        ),
    };
    if let Some(share) = silos.share_of_loss {
        text += &format!("  {} of what is lost on the way to the customers is lost there\n", percent(Some(share)));
    }
    if silos.handoffs < silos.of {
        let unknown = silos.of - silos.handoffs;
        text += &format!("  {unknown} of {} cannot be told: a department is missing\n", silos.of);
    }
    let rows =
        silos.matrix.iter().map(|flow| vec![flow.handoffs.to_string(), plain(&flow.from), "→".into(), plain(&flow.to)]);
    text += &table("    ", &rows.collect::<Vec<_>>(), &[true, false, false, false]);
    if !silos.local_green.is_empty() {
        text += "  meets its own measures while what it gives fails a must\n";
    }
    for (party, handoff) in silos.local_green.iter().take(MOST_HANDOFFS) {
        text += &format!("    {}: {}\n", called(document, *party), described(document, *handoff));
    }
    text + &more("    ", silos.local_green.len(), MOST_HANDOFFS)
}

pub(in super::super) fn weak_points(document: &Document, report: &Report) -> String {
    let mut text = String::new();
    for figures in &report.customers {
        let rows = figures.bottlenecks.iter().take(MOST_HANDOFFS).map(|bottleneck| {
            let depend = format!("{} of {}", bottleneck.depend, bottleneck.of);
            vec![depend, called(document, bottleneck.party)]
        });
        let rows: Vec<Vec<String>> = rows.collect();
        if !rows.is_empty() {
            text += &format!("  parties that reach {} only through one\n", called(document, figures.party));
            text += &table("    ", &rows, &[true, false]);
        }
    }
    for figures in report.customers.iter().filter(|figures| figures.longest_chain.handoffs.len() > 1) {
        let chain = &figures.longest_chain;
        let parties = chain.parties.iter().map(|party| called(document, *party));
        text += &format!("  longest chain to {}: {} handoffs\n", called(document, figures.party), chain.handoffs.len());
        text += &wrapped("    ", "", some(parties), " → ");
    }
    for found in report.weak.loops.iter().take(MOST_HANDOFFS) {
        let parties = found.parties.iter().map(|party| called(document, *party));
        let more = found.length.saturating_sub(found.parties.len());
        let parties = parties.chain((more > 0).then(|| format!("and {more} more")));
        text += &wrapped("  ", &format!("loop of {}  ", found.length), parties, " → ");
    }
    text += &more("  ", report.weak.loops.len(), MOST_HANDOFFS);
    for item in report.weak.shared.iter().take(MOST_HANDOFFS) {
        text += &format!("  “{}” has {} receivers\n", plain(&item.item), item.receivers);
    }
    text
}
