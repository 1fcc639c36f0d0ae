//! A handoff's fields and its requirements.

use egui::RichText;

use super::fields::{Field, Form};
use super::{agreement, chooser, cost, parts, ratings, requirements};
use crate::analysis::Spot;
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::editor::Selection;
use crate::model::ops::{End, reattach};
use crate::model::quantity::{PERCENT, SAMPLE, VOLUME};
use crate::model::{Edit, Form as ItemForm, Handoff, HandoffId, HandoffKind, Known, Period, Subject};
use crate::scene::Ink;

/// Shows the handoff.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, id: HandoffId, focus: bool, out: &mut Vec<Action>) {
    let Some(handoff) = cx.document().handoff(id) else { return };
    let mut form = Form { cx, out, focus };
    let count = |title: &str, n: usize| if n == 0 { title.to_owned() } else { format!("{title} {n}") };
    let titles = [
        "Handoff".to_owned(),
        count("Requirements", handoff.requirements.len()),
        "Agreement".to_owned(),
        count("Ratings", handoff.ratings.len()),
        "Cost".to_owned(),
    ];
    match parts::tabs(ui, &form, "handoff", &titles) {
        REQUIREMENTS => requirements::ui(ui, &mut form, id, handoff),
        AGREEMENT => agreement::ui(ui, &mut form, id, handoff),
        3 => ratings::ui(ui, &mut form, id, handoff),
        4 => cost::ui(ui, &mut form, id, handoff),
        _ => basics(ui, &mut form, id, handoff),
    }
}

/// Index of the tab with the requirements.
pub const REQUIREMENTS: usize = 1;
/// Requirements that are told beside the other fields of a handoff.
const REQUIREMENTS_SHOWN: usize = 3;
/// Index of the tab with the agreement.
pub const AGREEMENT: usize = 2;

/// What every handoff has.
fn basics(ui: &mut egui::Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    let put = |change: &dyn Fn(&mut Handoff)| {
        let mut changed = handoff.clone();
        change(&mut changed);
        vec![Edit::PutHandoff(id, changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, Some(Subject::Handoff(id))), 0);
    ends(ui, form, id, handoff);
    let item = field("Item", "name item", "item");
    parts::led_to(ui, Spot::Item, item.id);
    form.text(ui, item, &handoff.item, |v| put(&|h| h.item.clone_from(&v)));
    requirements::summary(ui, form, handoff);
    for requirement in handoff.requirements.iter().take(REQUIREMENTS_SHOWN) {
        form.note(ui, Ink::Text, &format!("• {}", requirement.in_words()));
    }
    let words = if handoff.requirements.is_empty() { "Say what is required" } else { "Requirements and observations" };
    if ui.button(words).clicked() {
        parts::open_tab(ui.ctx(), "handoff", REQUIREMENTS);
    }
    ui.add_space(4.0);
    ui.columns(2, |c| {
        let forms = titled(ItemForm::ALL, ItemForm::title);
        form.choice(&mut c[0], field("Form", "change form", "form"), handoff.form, &forms, |v| put(&|h| h.form = v));
        let kinds = titled(HandoffKind::ALL, HandoffKind::title);
        form.choice(&mut c[1], field("Direction", "change direction", "kind"), handoff.kind, &kinds, |v| {
            put(&|h| h.kind = v)
        });
    });
    let critical = field("Critical (its failure spoils the result)", "change critical", "critical");
    form.check(ui, critical, handoff.critical, |v| put(&|h| h.critical = v));
    ui.columns(2, |c| {
        let share = field("Complete and accurate", "change %C&A", "complete_accurate_pct");
        let value = handoff.complete_accurate_pct;
        form.number(&mut c[0], share, PERCENT, value, |v| put(&|h| h.complete_accurate_pct = v));
        let on_time = field("On time", "change on time", "on_time_pct");
        form.number(&mut c[1], on_time, PERCENT, handoff.on_time_pct, |v| put(&|h| h.on_time_pct = v));
    });
    form.duration(ui, field("Wait before the receiver starts", "change wait", "wait_h"), handoff.wait_h, |v| {
        put(&|h| h.wait_h = v)
    });
    let range = |title, key| field(title, "change range of wait", key);
    let ends =
        [(range("Shortest", "wait_low_h"), handoff.wait_low_h), (range("Longest", "wait_high_h"), handoff.wait_high_h)];
    form.range(ui, ends, handoff.wait_h, |end, value| {
        put(&|h| *(if end == 0 { &mut h.wait_low_h } else { &mut h.wait_high_h }) = value)
    });
    ui.columns(2, |c| {
        let volume = field("Volume", "change volume", "volume");
        form.number(&mut c[0], volume, VOLUME, handoff.volume, |v| put(&|h| h.volume = v));
        let periods = titled(Period::ALL, Period::title);
        form.choice(&mut c[1], field("per", "change period", "period"), handoff.period, &periods, |v| {
            put(&|h| h.period = v)
        });
    });
    ui.columns(2, |c| {
        let mut known = vec![(None, "not said")];
        known.extend(Known::ALL.iter().map(|k| (Some(*k), k.title())));
        form.choice(&mut c[0], field("How known", "change how known", "known"), handoff.known, &known, |v| {
            put(&|h| h.known = v)
        });
        let n = field("Sample size n", "change sample size", "sample_size");
        form.number(&mut c[1], n, SAMPLE, handoff.sample_size, |v| put(&|h| h.sample_size = v));
    });
    agreement::state(ui, form, id, handoff);
    form.long_text(ui, field("Notes", "change notes", "notes"), &handoff.notes, |v| put(&|h| h.notes.clone_from(&v)));
}

/// Values with their words.
pub fn titled<T: Copy>(all: &[T], title: fn(T) -> &'static str) -> Vec<(T, &'static str)> {
    all.iter().map(|value| (*value, title(*value))).collect()
}

/// Who gives and who receives: a press goes there, a choice attaches another party.
fn ends(ui: &mut egui::Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    for (end, title, value) in
        [(End::Supplier, "Supplier", handoff.supplier), (End::Customer, "Customer", handoff.customer)]
    {
        ui.horizontal(|ui| {
            form.title(ui, title);
            if let Some(party) = value {
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    let link = RichText::new("show").small().color(color(form.cx.theme, Ink::Accent));
                    if ui.add(egui::Button::new(link).frame(false)).clicked() {
                        form.out.push(Action::Select(Selection::one(Subject::Party(party))));
                        form.out.push(Action::Reveal([Subject::Party(party)].into()));
                    }
                });
            }
        });
        let mut who = value;
        let response = chooser::party(ui, form.cx, egui::Id::new((id, title)), title, &mut who);
        parts::led(ui, if end == End::Supplier { Spot::Supplier } else { Spot::Customer }, &response);
        if let Some(edits) = reattach(form.cx.document(), id, end, who) {
            form.out.push(Action::edit("re-attach handoff", edits));
        }
    }
}
