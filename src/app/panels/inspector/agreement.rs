//! The agreement of a handoff: its state, whom to talk to, what is asked and offered, who was told what, and who has which role.

use egui::{Id, Ui};

use super::fields::{Field, Form};
use super::handoff::titled;
use super::parts::{chosen, keep, kept, removable, typed};
use crate::app::action::Action;
use crate::app::clock::today;
use crate::model::ops::accord::{Note, add_role, agree, set_role};
use crate::model::{Agreement, Edit, Handoff, HandoffId, Raci, Subject, When, is_told};
use crate::scene::Ink;

/// Shows it.
pub fn ui(ui: &mut Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    form.heading(ui, "Agreement");
    let put = |change: &dyn Fn(&mut Handoff)| {
        let mut changed = handoff.clone();
        change(&mut changed);
        vec![Edit::PutHandoff(id, changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, Some(Subject::Handoff(id))), 0);
    state(ui, form, id, handoff);
    ui.columns(2, |c| {
        let contact = field("Contact", "change contact", "contact");
        form.text(&mut c[0], contact, &handoff.contact, |v| put(&|h| h.contact.clone_from(&v)));
        let until = field("Valid until", "change validity", "valid_until");
        form.when(&mut c[1], until, handoff.valid_until, |v| put(&|h| h.valid_until = v));
    });
    let ask = field("What we ask of the supplier", "change what is asked", "ask");
    form.long_text(ui, ask, &handoff.ask, |v| put(&|h| h.ask.clone_from(&v)));
    let offer = field("What we offer in return", "change what is offered", "offer");
    form.long_text(ui, offer, &handoff.offer, |v| put(&|h| h.offer.clone_from(&v)));
    if handoff.supplier.is_some() && ui.button("Brief for the supplier…").clicked() {
        form.out.push(Action::Command("brief"));
    }
    told(ui, form, id, handoff);
    roles(ui, form, id, handoff);
}

/// The state; the window notes the day on which it changes.
pub fn state(ui: &mut Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    let states = titled(Agreement::ALL, Agreement::title);
    let field = Field::new("Agreement", "change agreement", ("agreement", Some(Subject::Handoff(id))), 0);
    form.choice(ui, field, handoff.agreement, &states, |state| {
        let mut changed = handoff.clone();
        changed.agreement = state;
        vec![Edit::PutHandoff(id, changed)]
    });
}

/// What is typed for one entry of the history.
#[derive(Debug, Clone, Default, PartialEq)]
struct Entry {
    who: String,
    what: String,
    state: Option<Agreement>,
}

fn told(ui: &mut Ui, form: &mut Form<'_, '_>, handoff_id: HandoffId, handoff: &Handoff) {
    form.heading(ui, "Who was told what");
    if !is_told(handoff) && !handoff.requirements.is_empty() {
        form.note(ui, Ink::Warn, "The supplier was never told what is required.");
    }
    for (index, told) in handoff.told.iter().enumerate().rev() {
        let mut parts: Vec<String> = told.when.iter().map(ToString::to_string).collect();
        parts.push(told.state.title().to_lowercase());
        parts.extend([&told.who, &told.what].into_iter().filter(|text| !text.is_empty()).cloned());
        if removable(ui, "this entry", |ui| form.note(ui, Ink::Text, &parts.join(" · "))) {
            let mut changed = handoff.clone();
            changed.told.remove(index);
            form.out.push(Action::edit("remove entry", vec![Edit::PutHandoff(handoff_id, changed)]));
        }
    }
    let id = Id::new(("told", handoff_id));
    let mut entry: Entry = kept(ui, id).unwrap_or_default();
    let mut add = false;
    ui.columns(2, |c| {
        let hint = if handoff.contact.trim().is_empty() { "who was told" } else { handoff.contact.trim() };
        add |= typed(&mut c[0], id.with("who"), "Who was told", hint, &mut entry.who);
        let mut states = vec![(None, "state stays")];
        states.extend(titled(Agreement::ALL, Agreement::title).into_iter().map(|(s, t)| (Some(s), t)));
        chosen(&mut c[1], id.with("state"), "State from then on", &mut entry.state, &states);
    });
    add |= typed(ui, id.with("what"), "What they were told", "what they were told", &mut entry.what);
    let is_ready = !entry.what.trim().is_empty() || entry.state.is_some();
    add |= ui.add_enabled(is_ready, egui::Button::new("Note it")).clicked();
    if add && is_ready {
        let mut changed = handoff.clone();
        let note = Note { when: Some(When::day(today())), who: &entry.who, what: &entry.what };
        agree(&mut changed, entry.state.unwrap_or(handoff.agreement), &note);
        form.out.push(Action::edit("note what was told", vec![Edit::PutHandoff(handoff_id, changed)]));
        entry = Entry::default();
    }
    keep(ui, id, Some(entry));
}

/// What is typed for one role.
#[derive(Debug, Clone, Default, PartialEq)]
struct NewRole {
    who: String,
    raci: Raci,
}

fn roles(ui: &mut Ui, form: &mut Form<'_, '_>, handoff_id: HandoffId, handoff: &Handoff) {
    form.heading(ui, "Roles (RACI)");
    let accountable = handoff.roles.iter().any(|role| role.raci == Raci::Accountable);
    if !handoff.roles.is_empty() && !accountable {
        form.note(ui, Ink::Warn, "Nobody is accountable: exactly one is.");
    }
    let id = Id::new(("roles", handoff_id));
    let options = titled(Raci::ALL, Raci::title);
    for (index, role) in handoff.roles.iter().enumerate() {
        let mut raci = role.raci;
        let removed = removable(ui, "this role", |ui| {
            ui.columns(2, |c| {
                form.note(&mut c[0], Ink::Text, if role.who.is_empty() { "unnamed" } else { &role.who });
                chosen(&mut c[1], id.with(index), &format!("Role of {}", role.who), &mut raci, &options);
            });
        });
        let mut changed = handoff.clone();
        if removed {
            changed.roles.remove(index);
            form.out.push(Action::edit("remove role", vec![Edit::PutHandoff(handoff_id, changed)]));
        } else if raci != role.raci {
            set_role(&mut changed, index, raci);
            form.out.push(Action::edit("change role", vec![Edit::PutHandoff(handoff_id, changed)]));
        }
    }
    let mut new: NewRole = kept(ui, id).unwrap_or_default();
    let mut add = false;
    ui.columns(3, |c| {
        add |= typed(&mut c[0], id.with("who"), "Who has a role", "who", &mut new.who);
        chosen(&mut c[1], id.with("raci"), "Role", &mut new.raci, &options);
        add |= c[2].add_enabled(!new.who.trim().is_empty(), egui::Button::new("Add role")).clicked();
    });
    if add && !new.who.trim().is_empty() {
        let mut changed = handoff.clone();
        add_role(&mut changed, &new.who, new.raci);
        form.out.push(Action::edit("add role", vec![Edit::PutHandoff(handoff_id, changed)]));
        new = NewRole::default();
        ui.memory_mut(|memory| memory.request_focus(id.with("who")));
    }
    keep(ui, id, Some(new));
}
