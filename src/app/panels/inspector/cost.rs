//! What a handoff costs when it is checked, wrong or late: the inputs, and the four parts that follow from them.

use super::fields::{Field, Form};
use crate::analysis::handoff_cost;
use crate::model::quantity::{MONEY, PERCENT, rounded};
use crate::model::{Edit, Handoff, HandoffId, PartyId, Subject};
use crate::scene::Ink;

/// Shows inputs and parts.
pub fn ui(ui: &mut egui::Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    form.heading(ui, "Cost");
    inputs(ui, form, id, handoff);
    rates(ui, form, handoff);
    parts(ui, form, handoff);
}

fn inputs(ui: &mut egui::Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    let put = |change: &dyn Fn(&mut Handoff)| {
        let mut changed = handoff.clone();
        change(&mut changed);
        vec![Edit::PutHandoff(id, changed)]
    };
    let field = |title, key| Field::new(title, "change cost", (key, Some(Subject::Handoff(id))), 0);
    let check = field("Time to check one delivery", "check_h");
    form.duration(ui, check, handoff.check_h, |v| put(&|h| h.check_h = v));
    ui.columns(2, |c| {
        let receiver = field("Repair by the receiver", "fix_receiver_h");
        form.duration(&mut c[0], receiver, handoff.fix_receiver_h, |v| put(&|h| h.fix_receiver_h = v));
        let supplier = field("… by the supplier", "fix_supplier_h");
        form.duration(&mut c[1], supplier, handoff.fix_supplier_h, |v| put(&|h| h.fix_supplier_h = v));
    });
    ui.columns(2, |c| {
        let late = field("How late when late", "late_h");
        form.duration(&mut c[0], late, handoff.late_h, |v| put(&|h| h.late_h = v));
        let cost = field("Cost of an hour late", "late_cost_per_h");
        form.number(&mut c[1], cost, MONEY, handoff.late_cost_per_h, |v| put(&|h| h.late_cost_per_h = v));
    });
    ui.columns(2, |c| {
        let escape = field("Defects that escape", "escape_pct");
        form.number(&mut c[0], escape, PERCENT, handoff.escape_pct, |v| put(&|h| h.escape_pct = v));
        let cost = field("Cost of one of them", "escape_cost");
        form.number(&mut c[1], cost, MONEY, handoff.escape_cost, |v| put(&|h| h.escape_cost = v));
    });
}

/// What an hour of the two sides costs, which is a matter of the parties.
fn rates(ui: &mut egui::Ui, form: &mut Form<'_, '_>, handoff: &Handoff) {
    let mut rate = |ui: &mut egui::Ui, title, end: Option<PartyId>| {
        let Some((id, party)) = end.and_then(|id| Some((id, form.cx.document().party(id)?.clone()))) else { return };
        let field = Field::new(title, "change rate", ("rate_per_h", Some(Subject::Party(id))), title);
        form.number(ui, field, MONEY, party.rate_per_h, |v| {
            let mut changed = (*party).clone();
            changed.rate_per_h = v;
            vec![Edit::PutParty(id, changed)]
        });
    };
    ui.columns(2, |c| {
        rate(&mut c[0], "Supplier’s hour costs", handoff.supplier);
        rate(&mut c[1], "Receiver’s hour costs", handoff.customer);
    });
}

fn parts(ui: &mut egui::Ui, form: &mut Form<'_, '_>, handoff: &Handoff) {
    let document = form.cx.document();
    let cost = handoff_cost(document, handoff);
    let currency = document.info().currency.trim();
    let money = |value: f64| format!("{} {currency}", rounded(value, 0)).trim().to_owned();
    let rows = [
        ("Appraisal", cost.appraisal),
        ("Internal failure", cost.internal_failure),
        ("Lateness", cost.lateness),
        ("External failure", cost.external_failure),
        ("All that is known", cost.total()),
    ];
    form.note(ui, Ink::Faint, &format!("Cost a {}", handoff.period.title()));
    egui::Grid::new("cost parts").num_columns(2).spacing([12.0, 3.0]).show(ui, |ui| {
        for (name, value) in rows {
            form.title(ui, name);
            ui.label(value.map_or_else(|| "unknown".into(), money));
            ui.end_row();
        }
    });
}
