//! A party's fields, its inputs and its outputs.

use super::fields::{Field, Form};
use super::{ends, measures, parts, voices};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::model::{Edit, Party, PartyId, PartyKind, Subject};

/// Shows the party.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, id: PartyId, focus: bool, out: &mut Vec<Action>) {
    let Some(party) = cx.document().party(id) else { return };
    let mut form = Form { cx, out, focus };
    let count = |title: &str, n: usize| if n == 0 { title.to_owned() } else { format!("{title} {n}") };
    let titles = ["Party".to_owned(), count("Voice", party.voices.len()), count("Measures", party.measures.len())];
    match parts::tabs(ui, &form, "party", &titles) {
        VOICES => voices::ui(ui, &mut form, id, party),
        MEASURES => measures::ui(ui, &mut form, id, party),
        _ => basics(ui, &mut form, id, party),
    }
}

/// Index of the tab with what customers said.
pub const VOICES: usize = 1;
/// Index of the tab with the measures.
const MEASURES: usize = 2;

/// Opens the page with the measures.
pub fn reveal_measures(ctx: &egui::Context) {
    parts::open_tab(ctx, "party", MEASURES);
}

/// What every party has.
fn basics(ui: &mut egui::Ui, form: &mut Form<'_, '_>, id: PartyId, party: &Party) {
    let put = |change: &dyn Fn(&mut Party)| {
        let mut changed = party.clone();
        change(&mut changed);
        vec![Edit::PutParty(id, changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, Some(Subject::Party(id))), 0);
    form.text(ui, field("Name", "rename party", "name"), &party.name, |v| put(&|p| p.name.clone_from(&v)));
    let kinds: Vec<(PartyKind, &str)> = PartyKind::ALL.iter().map(|k| (*k, k.title())).collect();
    form.choice(ui, field("Kind", "change kind", "kind"), party.kind, &kinds, |v| put(&|p| p.kind = v));
    let department = field("Department", "change department", "department");
    let (cx, set) = (form.cx, |v: String| put(&|p| p.department.clone_from(&v)));
    form.completed(ui, department, &party.department, |typed| cx.names().suggested_departments(typed), set);
    form.text(ui, field("Owner", "change owner", "owner"), &party.owner, |v| put(&|p| p.owner.clone_from(&v)));
    if party.kind == PartyKind::Process {
        ui.columns(2, |columns| {
            let time = field("Process time", "change process time", "process_time_h");
            form.duration(&mut columns[0], time, party.process_time_h, |v| put(&|p| p.process_time_h = v));
            let options = [(None, "not said"), (Some(true), "yes"), (Some(false), "no")];
            let adding = field("Value-adding", "change value-adding", "value_adding");
            form.choice(&mut columns[1], adding, party.value_adding, &options, |v| put(&|p| p.value_adding = v));
        });
    }
    if party.kind == PartyKind::Process {
        let range = |title, key| field(title, "change range of process time", key);
        let (low, high) = (range("Shortest", "process_time_low_h"), range("Longest", "process_time_high_h"));
        let ends = [(low, party.process_time_low_h), (high, party.process_time_high_h)];
        form.range(ui, ends, party.process_time_h, |end, value| {
            put(&|p| *(if end == 0 { &mut p.process_time_low_h } else { &mut p.process_time_high_h }) = value)
        });
    }
    if party.kind == PartyKind::Customer {
        let target = field("Target lead time", "change target lead time", "target_lead_time_h");
        form.duration(ui, target, party.target_lead_time_h, |v| put(&|p| p.target_lead_time_h = v));
    }
    let promise = field("Promise: what it is like to be its internal customer", "change promise", "promise");
    form.long_text(ui, promise, &party.promise, |v| put(&|p| p.promise.clone_from(&v)));
    form.long_text(ui, field("Notes", "change notes", "notes"), &party.notes, |v| put(&|p| p.notes.clone_from(&v)));
    ends::ui(ui, form, id, true);
    ends::ui(ui, form, id, false);
}
