//! Other numbers tried out: drag one, see what every customer would get, and keep it as a scenario or throw it away.

use egui::{Id, RichText, Slider, UiBuilder};

use super::super::inspector;
use super::super::inspector::fields::Form;
use super::super::strip::named;
use super::{capitalised, difference_in_words, heading, line, note, of_customer, said};
use crate::analysis::{Both, COMPARED, CustomerFigures, Lift, compared};
use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::cx::Cx;
use crate::app::what_if::{Wish, of};
use crate::app::words::{count, gained, money, percent, points};
use crate::model::quantity::{duration, rounded};
use crate::model::{Change, Lever, PartyId, PartyKind, Scenario, Subject};
use crate::scene::{Ink, Weight};

/// Most handoffs that are ranked.
const MOST: usize = 10;
/// Most handoffs of a selected party whose %C&A is offered.
const MOST_GIVEN: usize = 4;
/// Most customers beside the chosen one.
const MOST_CUSTOMERS: usize = 6;

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(now) = of_customer(ui, cx, out) else { return };
    let then = cx.what_if.report().and_then(|report| report.customers.iter().find(|f| f.party == now.party));
    results(ui, cx, now, then, out);
    others(ui, cx, now.party);
    let shown = selected(ui, cx, out);
    tried(ui, cx, &shown, out);
    leverage(ui, cx, now, out);
}

/// What the chosen customer gets now and would get.
fn results(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    now: &CustomerFigures,
    then: Option<&CustomerFigures>,
    out: &mut Vec<Action>,
) {
    heading(ui, cx, out, &format!("What “{}” gets", cx.document().name_of(now.party)));
    let ink = |ink| color(cx.theme, ink);
    egui::Grid::new("what if").num_columns(4).spacing([12.0, 4.0]).show(ui, |ui| {
        for head in ["", "now", "would be", ""] {
            ui.label(RichText::new(head).small().color(ink(Ink::Faint)));
        }
        ui.end_row();
        for figure in COMPARED.iter().filter(|figure| SHOWN.contains(&figure.id)) {
            let both = Both { now: (figure.get)(now), then: then.and_then(figure.get) };
            ui.label(RichText::new(capitalised(figure.title)).small().color(ink(Ink::Faint)));
            ui.label(both.now.map_or_else(|| "unknown".into(), |value| said(cx, figure.unit, value)));
            let strong = egui::FontId::new(13.5, family(Weight::SemiBold));
            let would = both.then.map(|value| said(cx, figure.unit, value)).unwrap_or_default();
            ui.label(RichText::new(would).font(strong));
            let by = both.delta().filter(|by| by.abs() > 1e-9);
            let better = by.is_some_and(|by| (by > 0.0) == figure.more_is_better);
            let words = by.map(|by| difference_in_words(cx, figure.unit, by)).unwrap_or_default();
            ui.label(RichText::new(words).color(ink(if better { Ink::Good } else { Ink::Bad })));
            ui.end_row();
        }
    });
}

/// The figures that are held against each other, of those that can be.
const SHOWN: [&str; 5] = ["lead_time_h", "pce", "rolled_complete_accurate", "rolled_on_time", "cost_per_year"];

/// What the other customers would get.
fn others(ui: &mut egui::Ui, cx: &Cx<'_>, chosen: PartyId) {
    let (Some(now), Some(then)) = (cx.figures.report(), cx.what_if.report()) else { return };
    let mut shown = 0;
    for was in now.customers.iter().filter(|was| was.party != chosen) {
        let Some(would) = then.customers.iter().find(|would| would.party == was.party) else { continue };
        let [from, to] = [was, would].map(|f| f.quality.complete_accurate.value);
        let [slow, quick] = [was, would].map(|f| f.lead_time.hours.value);
        if (from, slow) == (to, quick) || shown == MOST_CUSTOMERS {
            continue;
        }
        shown += 1;
        let mut parts = vec![cx.document().name_of(was.party)];
        let arrow = |from: Option<String>, to: Option<String>| Some(format!("{} → {}", from?, to?));
        parts.extend(arrow(from.map(percent), to.map(percent)).filter(|_| from != to));
        let say = |hours: f64| duration(hours, cx.document().info().hours_per_day);
        parts.extend(arrow(slow.map(say), quick.map(say)).filter(|_| slow != quick));
        note(ui, cx, &parts.join(" · "));
    }
}

/// A number with a slider; what the map has stands beside it, and why it would be other below.
fn lever(ui: &mut egui::Ui, cx: &Cx<'_>, subject: Subject, lever: Lever, out: &mut Vec<Action>) {
    // Named by what it is: it goes on being dragged when other things come and go above it.
    let id = Id::new(("lever", subject, lever));
    ui.scope_builder(UiBuilder::new().id(id), |ui| {
        let day = cx.document().info().hours_per_day;
        let (now, tried) = (of(cx.document(), subject, lever), cx.what_if.value(subject, lever));
        let shares = matches!(lever, Lever::CompleteAccurate | Lever::OnTime);
        let say = |value: f64| if shares { format!("{} %", rounded(value, 1)) } else { duration(value, day) };
        let said = now.map_or_else(|| "unknown now".into(), |now| format!("now {}", say(now)));
        let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
        ui.horizontal(|ui| {
            ui.set_min_height(20.0);
            ui.label(faint(lever.title()));
            ui.label(faint(&said));
            let back = egui::Button::new(RichText::new("back").small()).frame(false);
            if tried.is_some() && ui.add(back).on_hover_text("Back to what the map has").clicked() {
                out.push(Action::TryOut(Wish::Reset(subject, lever)));
            }
        });
        // A scale of hours ends at twice what there is, and is never shorter than a day.
        let most = if shares { 100.0 } else { (2.0 * now.unwrap_or(0.0)).max(tried.unwrap_or(0.0)).max(day) };
        let mut value = tried.or(now).unwrap_or(if shares { 100.0 } else { 0.0 });
        let before = value;
        ui.spacing_mut().slider_width = (ui.available_width() - 86.0).max(60.0);
        let slider = Slider::new(&mut value, 0.0..=most).max_decimals(1).suffix(if shares { " %" } else { " h" });
        let response = ui.add(slider.clamping(egui::SliderClamping::Never).trailing_fill(true));
        let name = format!("{} of {}", lever.title(), named(cx, subject));
        response.widget_info(|| egui::WidgetInfo::slider(true, value, &name));
        if value != before {
            let quantity = lever.quantity();
            out.push(Action::TryOut(Wish::Set(subject, lever, value.clamp(quantity.min, quantity.max))));
        }
        why(ui, cx, (subject, lever), out);
    });
}

/// Why a number that is tried would be other.
fn why(ui: &mut egui::Ui, cx: &Cx<'_>, (subject, lever): (Subject, Lever), out: &mut Vec<Action>) {
    let of = |change: &&Change| (change.subject, change.lever) == (subject, lever);
    let Some(Change { why, .. }) = cx.what_if.changes.iter().find(of) else { return };
    let (mut text, id) = (why.clone(), Id::new(("why", subject, lever)));
    inspector::parts::typed(ui, id, "Why it would change", "why it would change", &mut text);
    if text != *why {
        out.push(Action::TryOut(Wish::Why(subject, lever, text)));
    }
}

/// The levers of what is selected; they stand still while they are dragged.
fn selected(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) -> Vec<(Subject, Lever)> {
    let Some(subject) = cx.editor.selection().single() else {
        heading(ui, cx, out, "Try something");
        note(ui, cx, "Select a party or a handoff and drag its numbers here. The map itself stays as it is.");
        return Vec::new();
    };
    let document = cx.document();
    let mut levers: Vec<(Subject, Lever)> = Lever::of(subject).iter().map(|lever| (subject, *lever)).collect();
    if let Subject::Party(id) = subject {
        if document.party(id).is_none_or(|party| party.kind != PartyKind::Process) {
            levers.clear();
        }
        let given = document.outputs(id).filter(|(_, handoff)| handoff.is_forward()).take(MOST_GIVEN);
        levers.extend(given.map(|(id, _)| (Subject::Handoff(id), Lever::CompleteAccurate)));
    }
    heading(ui, cx, out, &format!("Try “{}”", named(cx, subject)));
    if levers.is_empty() {
        note(ui, cx, "It has no numbers of its own to try: select what it gives or receives.");
    }
    for (of, number) in &levers {
        if *of != subject {
            note(ui, cx, &named(cx, *of));
        }
        lever(ui, cx, *of, *number, out);
    }
    levers
}

/// The numbers that are other than on the map, but for those of what is selected.
fn tried(ui: &mut egui::Ui, cx: &Cx<'_>, shown: &[(Subject, Lever)], out: &mut Vec<Action>) {
    if !cx.what_if.is_on() {
        return;
    }
    let others = cx.what_if.changes.iter().filter(|change| !shown.contains(&(change.subject, change.lever)));
    let (there, gone): (Vec<&Change>, Vec<&Change>) = others.partition(|change| cx.document().has(change.subject));
    if !there.is_empty() {
        heading(ui, cx, out, "Also other than on the map");
    }
    for change in there {
        line(ui, cx, change.subject, ("", ""), out);
        lever(ui, cx, change.subject, change.lever, out);
    }
    if !gone.is_empty() {
        let words = count(gone.len(), "change names", "changes name");
        note(ui, cx, &format!("{words} something that is not on the map any more, and does nothing."));
    }
    keep(ui, cx, out);
}

/// Name and cost of what is tried out, and how soon it pays.
fn keep(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    heading(ui, cx, out, &count(cx.what_if.changes.len(), "number is other", "numbers are other"));
    ui.horizontal(|ui| {
        let (words, hint) = if cx.editor.scenario().is_some() {
            ("Make it so in the scenario", "Writes these numbers into the scenario that is shown, as one step")
        } else {
            ("Make it so on the map", "Writes these numbers into the map, as one step that can be undone")
        };
        if ui.button(words).on_hover_text(hint).clicked() {
            out.push(Action::TryOut(Wish::Apply));
        }
        if ui.button("Throw away").clicked() {
            out.push(Action::TryOut(Wish::Clear));
        }
    });
    let mut name = cx.what_if.name.clone();
    let entered = inspector::parts::typed(ui, Id::new("scenario name"), "Scenario", "what it is called", &mut name);
    if name != cx.what_if.name {
        out.push(Action::TryOut(Wish::Name(name)));
    }
    let mut cost = cx.what_if.cost.clone();
    let title = "What it costs to get there";
    inspector::parts::typed(ui, Id::new("scenario cost"), title, "what it costs to get there", &mut cost);
    if let Err(error) = cx.what_if.cost() {
        Form { cx, out, focus: false }.note(ui, Ink::Bad, &format!("Not taken over: {error}"));
    }
    if cost != cx.what_if.cost {
        out.push(Action::TryOut(Wish::Cost(cost)));
    }
    payback(ui, cx);
    let words = if cx.editor.scenario().is_some() { "Keep as another scenario" } else { "Keep as scenario" };
    if ui.button(words).clicked() || entered {
        out.push(Action::TryOut(Wish::Keep));
    }
}

fn payback(ui: &mut egui::Ui, cx: &Cx<'_>) {
    let (Some(now), Some(then)) = (cx.figures.report(), cx.what_if.report()) else { return };
    let scenario = Scenario { cost: cx.what_if.cost().unwrap_or_default(), ..Scenario::default() };
    let held = compared(&scenario, now, then);
    let Some(saved) = held.saving.value.filter(|saved| saved.abs() > 1e-9) else { return };
    let currency = &cx.document().info().currency;
    let verb = if saved > 0.0 { "saves" } else { "costs" };
    let mut words = format!("It {verb} {} a year", money(saved.abs(), currency));
    if let Some(days) = held.payback_days {
        words += &format!(" and pays for itself in {} working days", rounded(days.ceil(), 0));
    }
    ui.label(words + ".");
}

/// Which handoffs and times give the customer most.
fn leverage(ui: &mut egui::Ui, cx: &Cx<'_>, now: &CustomerFigures, out: &mut Vec<Action>) {
    super::colour(ui, cx, "colour-loss", out);
    ranked(
        ui,
        cx,
        ("Leverage on quality", "One point more of %C&A here gives the customer so many points."),
        &now.quality_lifts,
        out,
    );
    ranked(
        ui,
        cx,
        ("Leverage on punctuality", "One point more on time here gives the customer so many points."),
        &now.on_time_lifts,
        out,
    );
    let day = cx.document().info().hours_per_day;
    let gains: Vec<_> = now.gains.iter().filter(|gain| gain.gain_h > 0.0).take(MOST).collect();
    if !gains.is_empty() {
        heading(ui, cx, out, "Leverage on lead time");
        note(ui, cx, "Without this time the customer would wait so much less.");
        for gain in gains {
            let before = format!("−{}", duration(gain.gain_h, day));
            let behind = format!("of {}", duration(gain.hours, day));
            line(ui, cx, gain.subject, (&before, if gain.gain_h < gain.hours { &behind } else { "" }), out);
        }
    }
}

fn ranked(ui: &mut egui::Ui, cx: &Cx<'_>, (title, about): (&str, &str), lifts: &[Lift], out: &mut Vec<Action>) {
    let lifts: Vec<_> = lifts.iter().filter(|lift| lift.at_most > 0.0).take(MOST).collect();
    if lifts.is_empty() {
        return;
    }
    heading(ui, cx, out, title);
    note(ui, cx, about);
    for lift in lifts {
        let before = gained(lift.per_point);
        let behind = format!("{}, at most {}", percent(lift.now), points(lift.at_most));
        line(ui, cx, Subject::Handoff(lift.handoff), (&before, &behind), out);
    }
}
