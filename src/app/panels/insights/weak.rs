//! Weak points: parties that everything depends on, the longest chain, items that many receive, loops, silos.

use egui::RichText;

use super::{heading, line, note, of_customer};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::words::{count, percent};
use crate::model::Subject;

/// Most things of each kind that are listed.
const MOST: usize = 8;

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(figures) = of_customer(ui, cx, out) else { return };
    let name = cx.document().name_of(figures.party);
    heading(ui, cx, out, &format!("What “{name}” depends on"));
    if figures.bottlenecks.is_empty() {
        note(ui, cx, "No single party stands between the customer and others.");
    } else {
        note(ui, cx, "So many others reach the customer only through this one party.");
    }
    for bottleneck in figures.bottlenecks.iter().take(MOST) {
        let before = format!("{} of {}", bottleneck.depend, bottleneck.of);
        line(ui, cx, Subject::Party(bottleneck.party), (&before, ""), out);
    }
    let longest = &figures.longest_chain;
    heading(ui, cx, out, "Longest chain");
    note(ui, cx, &count(longest.handoffs.len(), "handoff in a row", "handoffs in a row"));
    let names: Vec<String> = longest.parties.iter().map(|id| cx.document().name_of(*id)).collect();
    let text = RichText::new(names.join(" → ")).size(12.5);
    let all = longest.parties.iter().map(|id| Subject::Party(*id));
    let all = all.chain(longest.handoffs.iter().map(|id| Subject::Handoff(*id)));
    let button = egui::Button::new(text).frame_when_inactive(false).wrap();
    let response = ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0)));
    if response.on_hover_text("Select the whole chain").clicked() {
        select(cx, all, out);
    }
    shared(ui, cx, out);
    silos(ui, cx, out);
    loops(ui, cx, out);
}

/// Selects what is still there of some parties and handoffs.
fn select(cx: &Cx<'_>, subjects: impl Iterator<Item = Subject>, out: &mut Vec<Action>) {
    let there: std::collections::BTreeSet<Subject> = subjects.filter(|s| cx.document().has(*s)).collect();
    out.push(Action::Select(there.iter().copied().collect()));
    out.push(Action::Reveal(there));
}

fn shared(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(report) = cx.figures.report().filter(|report| !report.weak.shared.is_empty()) else { return };
    heading(ui, cx, out, "Items that several receive");
    note(ui, cx, "A defect in one of them is felt in all these places.");
    for item in report.weak.shared.iter().take(MOST) {
        let words = format!("{}  {}", count(item.receivers, "receiver", "receivers"), item.item);
        let button = egui::Button::new(RichText::new(words).size(13.0)).frame_when_inactive(false).wrap();
        let response = ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0)));
        if response.on_hover_text("Select the handoffs that carry it").clicked() {
            select(cx, item.handoffs.iter().map(|id| Subject::Handoff(*id)), out);
        }
    }
}

fn silos(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(report) = cx.figures.report() else { return };
    let silos = &report.silos;
    heading(ui, cx, out, "Silos");
    match silos.share_crossing() {
        None => note(ui, cx, "No department is known of both sides of a handoff."),
        Some(share) => {
            let words =
                format!("{} of {} handoffs cross a boundary: {}", silos.crossing, silos.handoffs, percent(share));
            ui.label(words);
        }
    }
    if let Some(share) = silos.share_of_loss {
        ui.label(format!("{} of what is lost is lost there", percent(share)));
    }
    if silos.handoffs < silos.of {
        note(ui, cx, &format!("Of {} handoffs nobody can say: a department is missing.", silos.of - silos.handoffs));
    }
    if !silos.local_green.is_empty() {
        note(ui, cx, "Local green, whole red: meets its own measures while a must fails at what it gives.");
        for (party, _) in silos.local_green.iter().take(MOST) {
            line(ui, cx, Subject::Party(*party), ("", ""), out);
        }
    }
}

fn loops(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(report) = cx.figures.report().filter(|report| !report.weak.loops.is_empty()) else { return };
    heading(ui, cx, out, "Loops in forward handoffs");
    note(ui, cx, "The handoff that closes each is left out of lead time and of the longest layers.");
    for found in report.weak.loops.iter().take(MOST) {
        let behind = format!("closes a loop of {}", count(found.length, "party", "parties"));
        line(ui, cx, Subject::Handoff(found.closing), ("", &behind), out);
    }
    if report.weak.loops.len() > MOST {
        note(ui, cx, &format!("and {} more", report.weak.loops.len() - MOST));
    }
}
