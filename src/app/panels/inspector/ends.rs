//! A party's inputs or outputs: each item with who gives or takes it, and a row to add one.

use egui::{Id, Key, RichText};

use super::fields::{Form, complete, line_edit, named_field};
use super::parts;
use crate::analysis::Spot;
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::editor::Selection;
use crate::model::ops;
use crate::model::{Edit, Handoff, HandoffId, Party, PartyId, PartyKind, Subject};
use crate::scene::Ink;

/// Shows the inputs (or the outputs) of a party.
pub fn ui(ui: &mut egui::Ui, form: &mut Form<'_, '_>, party: PartyId, inputs: bool) {
    let document = form.cx.document();
    let handoffs: Vec<(HandoffId, &std::sync::Arc<Handoff>)> =
        if inputs { document.inputs(party).collect() } else { document.outputs(party).collect() };
    form.heading(ui, &format!("{} ({})", if inputs { "Inputs" } else { "Outputs" }, handoffs.len()));
    for (id, handoff) in handoffs {
        let other = if inputs { handoff.supplier } else { handoff.customer };
        let faint = color(form.cx.theme, Ink::Faint);
        let item = if handoff.item.trim().is_empty() { "unnamed item" } else { handoff.item.trim() };
        let (who, ink) = match other {
            Some(other) => (form.cx.document().name_of(other), faint),
            None if inputs => ("nobody supplies it yet".into(), color(form.cx.theme, Ink::Warn)),
            None => ("nobody receives it yet".into(), color(form.cx.theme, Ink::Warn)),
        };
        let arrow = if inputs { "from" } else { "to" };
        let rework = if handoff.is_forward() { "" } else { " · rework" };
        let mut text = egui::text::LayoutJob::default();
        let small = egui::FontId::proportional(11.5);
        let format = |font, color| egui::TextFormat { font_id: font, color, ..Default::default() };
        text.append(item, 0.0, format(egui::FontId::proportional(13.0), color(form.cx.theme, Ink::Text)));
        text.append(&format!("  {arrow} {who}{rework}"), 0.0, format(small, ink));
        let button = egui::Button::new(text).wrap().min_size(egui::vec2(ui.available_width(), 0.0));
        let response = ui.add(button.frame_when_inactive(false)).on_hover_text("Show this handoff");
        response
            .widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("{item} {arrow} {who}")));
        if response.clicked() {
            form.out.push(Action::Select(Selection::one(Subject::Handoff(id))));
            form.out.push(Action::Reveal([Subject::Handoff(id)].into()));
        }
    }
    add_row(ui, form, party, inputs);
}

/// Item and the other party, existing or new; Enter adds.
fn add_row(ui: &mut egui::Ui, form: &mut Form<'_, '_>, party: PartyId, inputs: bool) {
    let id = Id::new(("add end", party, inputs));
    let (item_id, who_id) = (id.with("item"), id.with("who"));
    let text = |ui: &egui::Ui, id: Id| ui.data(|d| d.get_temp::<String>(id.with("text"))).unwrap_or_default();
    let (mut item, mut who) = (text(ui, item_id), text(ui, who_id));
    let who_hint = if inputs { "Supplier (empty: nobody yet)" } else { "Customer (empty: nobody yet)" };
    let what = if inputs { "New input" } else { "New output" };
    let (cx, may_be) = (form.cx, |other| other != party);
    let suggest = |typed: &str| cx.names().suggested_parties(typed, may_be);
    let mut add = false;
    ui.columns(2, |columns| {
        let field = line_edit(&mut item).id(item_id).hint_text(what).desired_width(f32::INFINITY);
        let response = columns[0].add(field);
        response.widget_info(|| named_field(what, &item));
        parts::led(&columns[0], if inputs { Spot::Inputs } else { Spot::Outputs }, &response);
        add |= response.lost_focus() && columns[0].input(|i| i.key_pressed(Key::Enter)) && !item.trim().is_empty();
        let response = complete(&mut columns[1], who_id, &mut who, suggest, if inputs { "from…" } else { "to…" });
        response.widget_info(|| named_field(who_hint, &who));
        add |= response.lost_focus() && columns[1].input(|i| i.key_pressed(Key::Enter));
        response.on_hover_text(who_hint);
    });
    let is_named = !who.trim().is_empty();
    let known = is_named.then(|| cx.names().party(&who)).flatten().filter(|other| may_be(*other));
    if is_named && known.is_none() {
        let line = RichText::new(format!("“{}” will be added", who.trim())).small();
        ui.label(line.color(color(form.cx.theme, Ink::Faint)));
    }
    let ready = !item.trim().is_empty() || is_named;
    if ready {
        add |= ui.button(if inputs { "Add input" } else { "Add output" }).clicked();
    }
    if add && ready {
        push(form, party, inputs, (item.trim(), who.trim(), known));
        (item, who) = (String::new(), String::new());
        ui.memory_mut(|m| m.request_focus(item_id));
    }
    ui.data_mut(|d| {
        d.insert_temp(item_id.with("text"), item);
        d.insert_temp(who_id.with("text"), who);
    });
}

fn push(form: &mut Form<'_, '_>, party: PartyId, inputs: bool, (item, who, known): (&str, &str, Option<PartyId>)) {
    let (document, mut ids) = (form.cx.document(), form.cx.ids.borrow_mut());
    let mut edits = Vec::new();
    let other = known.or_else(|| {
        let place = document.place(party).filter(|_| !who.is_empty())?;
        let by = if inputs { -ops::STEP.w } else { ops::STEP.w };
        let wanted = place + crate::geom::pt(by, 0.0);
        let added = ops::add_party(document, &mut ids, Party::named(who, PartyKind::Process), wanted);
        edits.extend(added.edits);
        Some(added.party)
    });
    let (supplier, customer) = if inputs { (other, Some(party)) } else { (Some(party), other) };
    edits.push(Edit::PutHandoff(ids.make(), Handoff::between(supplier, customer, item)));
    form.out.push(Action::edit(if inputs { "add input" } else { "add output" }, edits));
}
