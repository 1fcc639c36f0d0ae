//! The measures of a process: the numbers it steers by, with targets, observations, and the balance of leading and lagging.

use egui::{Id, Ui};

use super::fields::{Field, Form};
use super::handoff::titled;
use super::observations::{self, Observed};
use super::parts::{framed, keep, kept, removable, typed};
use crate::app::action::Action;
use crate::model::quantity::{TOLERANCE, VALUE};
use crate::model::{Direction, Edit, Measure, Party, PartyId, Subject, Timing, is_red};
use crate::scene::Ink;

/// Shows them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_, '_>, id: PartyId, party: &Party) {
    form.heading(ui, &format!("Measures ({})", party.measures.len()));
    balance(ui, form, id, party);
    for (index, measure) in party.measures.iter().enumerate() {
        let ink = match measure.met() {
            Some(true) => Ink::Good,
            Some(false) => Ink::Bad,
            None => Ink::Grid,
        };
        framed(ui, form, ink, |ui, form| one(ui, form, (id, party), (index, measure)));
    }
    let entry = Id::new(("new measure", id));
    let mut name: String = kept(ui, entry).unwrap_or_default();
    let mut add = typed(ui, entry.with("name"), "New measure", "what is counted or measured", &mut name);
    add |= ui.add_enabled(!name.trim().is_empty(), egui::Button::new("Add measure")).clicked();
    if add && !name.trim().is_empty() {
        let mut changed = party.clone();
        changed.measures.push(Measure::new(form.cx.ids.borrow_mut().make(), name.trim()));
        form.out.push(Action::edit("add measure", vec![Edit::PutParty(id, changed)]));
        name.clear();
    }
    keep(ui, entry, Some(name));
}

/// What the measures as a whole tell: leading and lagging, whether the promise is measured, and green beside red.
fn balance(ui: &mut Ui, form: &Form<'_, '_>, id: PartyId, party: &Party) {
    let count = |timing| party.measures.iter().filter(|m| m.timing == Some(timing)).count();
    let (leading, lagging) = (count(Timing::Leading), count(Timing::Lagging));
    if leading + lagging > 0 {
        let words = format!("{leading} leading, {lagging} lagging");
        match (leading, lagging) {
            (0, _) => form.note(ui, Ink::Warn, &format!("{words}: only what was, nothing that tells what comes.")),
            (_, 0) => form.note(ui, Ink::Warn, &format!("{words}: nothing that shows whether it helped.")),
            _ => form.note(ui, Ink::Faint, &words),
        }
    }
    if !party.promise.trim().is_empty() && !party.measures.iter().any(|m| m.serves_promise) {
        form.note(ui, Ink::Warn, "No measure shows whether the promise is kept.");
    }
    let evaluated: Vec<bool> = party.measures.iter().filter_map(Measure::met).collect();
    let red = form.cx.document().outputs(id).any(|(_, handoff)| is_red(handoff));
    if !evaluated.is_empty() && evaluated.iter().all(|met| *met) && red {
        form.note(
            ui,
            Ink::Bad,
            "Local green, whole red: it meets its own measures while something it gives fails a must.",
        );
    }
}

fn one(ui: &mut Ui, form: &mut Form<'_, '_>, (id, party): (PartyId, &Party), (index, measure): (usize, &Measure)) {
    let put = |change: &dyn Fn(&mut Measure)| {
        let mut changed = party.clone();
        changed.measures.get_mut(index).into_iter().for_each(change);
        vec![Edit::PutParty(id, changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, Some(Subject::Party(id))), measure.id);
    let removed = removable(ui, "this measure", |ui| match measure.met() {
        Some(true) => form.note(ui, Ink::Good, "✓ target met"),
        Some(false) => form.note(ui, Ink::Bad, "✗ target missed"),
        None if measure.target.is_none() => form.note(ui, Ink::Warn, "no target yet"),
        None => form.note(ui, Ink::Faint, "nothing observed yet"),
    });
    if removed {
        let mut changed = party.clone();
        changed.measures.remove(index);
        form.out.push(Action::edit("remove measure", vec![Edit::PutParty(id, changed)]));
    }
    let name = field("What is counted or measured", "change measure", "measure_name");
    form.text(ui, name, &measure.name, |v| put(&|m| m.name.clone_from(&v)));
    ui.columns(3, |c| {
        let unit = field("Unit", "change unit", "measure_unit");
        form.text(&mut c[0], unit, &measure.unit, |v| put(&|m| m.unit.clone_from(&v)));
        let target = field("Target", "change target", "measure_target");
        form.number(&mut c[1], target, VALUE, measure.target, |v| put(&|m| m.target = v));
        let tolerance = field("Tolerance", "change tolerance", "measure_tolerance");
        form.number(&mut c[2], tolerance, TOLERANCE, measure.tolerance, |v| put(&|m| m.tolerance = v));
    });
    ui.columns(2, |c| {
        let directions = titled(Direction::ALL, Direction::title);
        let direction = field("Direction", "change direction", "measure_direction");
        form.choice(&mut c[0], direction, measure.direction, &directions, |v| put(&|m| m.direction = v));
        let mut timings = vec![(None, "not said")];
        timings.extend(titled(Timing::ALL, Timing::title).into_iter().map(|(t, w)| (Some(t), w)));
        let timing = field("Leading or lagging", "change timing", "measure_timing");
        form.choice(&mut c[1], timing, measure.timing, &timings, |v| put(&|m| m.timing = v));
    });
    let serves = field("Shows whether the promise is kept", "change what it serves", "measure_serves");
    form.check(ui, serves, measure.serves_promise, |v| put(&|m| m.serves_promise = v));
    let observed = Observed {
        id: Id::new(("observed", id, measure.id)),
        subject: Subject::Party(id),
        history: &measure.observations,
        aim: measure.aim(),
        unit: &measure.unit,
    };
    observations::ui(ui, form, observed, &|history| put(&|m| m.observations.clone_from(&history)));
}
