//! The lead time: its critical path, where there is slack, and what has to be done again.

use egui::RichText;

use super::{heading, line, note, of_customer, rows, spread};
use crate::analysis::{CustomerFigures, Leg, Rework};
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::app::words::{at_least, count, percent};
use crate::model::quantity::{duration, rounded};
use crate::model::{PartyKind, Subject};
use crate::scene::Ink;

/// Most lines of a list.
const MOST: usize = 10;
/// Most steps of the critical path.
const MOST_STEPS: usize = 60;

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut spread::State, out: &mut Vec<Action>) {
    let Some(figures) = of_customer(ui, cx, out) else { return };
    summary(ui, cx, figures, out);
    spread::ui(ui, cx, figures.party, state, out);
    path(ui, cx, figures, out);
    slack(ui, cx, figures, out);
    rework(ui, cx, figures, out);
    left_out(ui, cx, figures, out);
}

fn summary(ui: &mut egui::Ui, cx: &Cx<'_>, figures: &CustomerFigures, out: &mut Vec<Action>) {
    heading(ui, cx, out, &format!("How long “{}” waits", cx.document().name_of(figures.party)));
    let (lead, day) = (&figures.lead_time, cx.document().info().hours_per_day);
    let known = |figure: &crate::analysis::Figure| format!("{} of {} known", figure.known, figure.of);
    let said = |figure| at_least(figure, day).unwrap_or_else(|| "unknown".into());
    let share = |value: Option<f64>| value.map_or_else(|| "unknown".into(), percent);
    let table = [
        ("Lead time", said(&lead.hours), known(&lead.hours)),
        ("Process time", said(&lead.process_time), known(&lead.process_time)),
        ("Waiting", said(&lead.wait), known(&lead.wait)),
        ("Activity ratio", share(lead.activity_ratio()), String::new()),
        ("PCE", share(lead.pce()), known(&lead.value_adding)),
    ];
    rows(ui, cx, "lead time", &table);
    let target = cx.document().party(figures.party).and_then(|party| party.target_lead_time_h);
    if let Some((target, hours)) = target.zip(lead.hours.value) {
        let (words, ink) = match hours <= target {
            true if lead.is_at_least() => ("may be met: not every time is known", Ink::Warn),
            true => ("met", Ink::Good),
            false => ("not met", Ink::Bad),
        };
        let text = format!("Target {}: {words}", duration(target, day));
        ui.label(RichText::new(text).color(color(cx.theme, ink)));
    }
}

/// The critical path, a line for each wait and each process with a time.
fn path(ui: &mut egui::Ui, cx: &Cx<'_>, figures: &CustomerFigures, out: &mut Vec<Action>) {
    let lead = &figures.lead_time;
    if lead.parties.is_empty() {
        return;
    }
    heading(ui, cx, out, "Critical path");
    note(ui, cx, "The longest way: what gets shorter here makes the customer wait less.");
    super::colour(ui, cx, "colour-slack", out);
    let day = cx.document().info().hours_per_day;
    let time = |hours: Option<f64>| hours.map_or_else(|| "?".into(), |hours| duration(hours, day));
    for (at, party) in lead.parties.iter().take(MOST_STEPS).enumerate() {
        let record = cx.document().party(*party);
        let is_process = record.is_some_and(|party| party.kind == PartyKind::Process);
        let before = if is_process { time(record.and_then(|party| party.process_time_h)) } else { String::new() };
        line(ui, cx, Subject::Party(*party), (&before, ""), out);
        if let Some(handoff) = lead.handoffs.get(at) {
            let wait = cx.document().handoff(*handoff).and_then(|handoff| handoff.wait_h);
            if wait != Some(0.0) {
                ui.indent(("wait", at), |ui| {
                    let text = RichText::new(format!("waits {}", time(wait))).size(12.0);
                    let button = egui::Button::new(text.color(color(cx.theme, Ink::Faint)));
                    if ui.add(button.frame_when_inactive(false)).clicked() {
                        super::super::strip::go_to(Subject::Handoff(*handoff), out);
                    }
                });
            }
        }
    }
    if lead.parties.len() > MOST_STEPS {
        note(ui, cx, &format!("and {} more", lead.parties.len() - MOST_STEPS));
    }
}

/// The handoffs that are nearest to being critical.
fn slack(ui: &mut egui::Ui, cx: &Cx<'_>, figures: &CustomerFigures, out: &mut Vec<Action>) {
    let legs: Vec<&Leg> = figures.timeline.legs.iter().filter(|leg| !leg.on_path).collect();
    if legs.is_empty() {
        return;
    }
    let more = legs.len().saturating_sub(MOST);
    let legs = super::first(legs, MOST, |a, b| a.slack_h.total_cmp(&b.slack_h).then(a.handoff.cmp(&b.handoff)));
    heading(ui, cx, out, "Least slack");
    note(ui, cx, "So much longer it could take before the customer waits longer.");
    for leg in legs {
        let before = duration(leg.slack_h, cx.document().info().hours_per_day);
        line(ui, cx, Subject::Handoff(leg.handoff), (&before, ""), out);
    }
    if more > 0 {
        note(ui, cx, &format!("and {more} more with slack"));
    }
}

fn rework(ui: &mut egui::Ui, cx: &Cx<'_>, figures: &CustomerFigures, out: &mut Vec<Action>) {
    let rework = &figures.rework;
    let known: Vec<&Rework> = rework.each.iter().filter(|rework| rework.one_pass_h() > Some(0.0)).collect();
    if known.is_empty() {
        return;
    }
    heading(ui, cx, out, "Rework");
    let day = cx.document().info().hours_per_day;
    let said = |figure| at_least(figure, day).unwrap_or_else(|| "unknown".into());
    let of = |figure: &crate::analysis::Figure| format!("{} of {} known", figure.known, figure.of);
    let table = [
        ("Once more", format!("+ {}", said(&rework.one_pass_h)), of(&rework.one_pass_h)),
        ("Until it is right", format!("+ {}", said(&rework.until_right_h)), of(&rework.until_right_h)),
    ];
    rows(ui, cx, "rework", &table);
    note(ui, cx, "Expected extra time on the critical path when what cannot be used is done again.");
    for rework in known.iter().take(MOST) {
        let before = format!("+ {}", duration(rework.one_pass_h().unwrap_or_default(), day));
        let passes = rework.passes().map(|passes| format!("{} passes until right", rounded(passes, 2)));
        line(ui, cx, Subject::Handoff(rework.handoff), (&before, &passes.unwrap_or_default()), out);
    }
}

fn left_out(ui: &mut egui::Ui, cx: &Cx<'_>, figures: &CustomerFigures, out: &mut Vec<Action>) {
    let left_out = &figures.lead_time.left_out;
    if left_out.is_empty() {
        return;
    }
    heading(ui, cx, out, &count(left_out.len(), "loop is left out", "loops are left out"));
    note(ui, cx, "No process is passed twice; these handoffs close a loop and do not count.");
    for handoff in left_out.iter().take(MOST) {
        line(ui, cx, Subject::Handoff(*handoff), ("", ""), out);
    }
}
