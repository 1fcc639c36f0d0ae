//! The requirements of a handoff: what is needed, how it is told, and whether it is met.

use super::fields::{Field, Form};
use super::handoff::titled;
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::model::quantity::{TOLERANCE, VALUE, WEIGHT};
use crate::model::{Edit, Handoff, HandoffId, History, Operator, Requirement, Subject, ops};
use crate::scene::Ink;

/// Shows the list.
pub fn ui(ui: &mut egui::Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    form.heading(ui, &format!("Requirements ({})", handoff.requirements.len()));
    for (index, requirement) in handoff.requirements.iter().enumerate() {
        let ink = match (requirement.met(), requirement.must) {
            (Some(true), _) => Ink::Good,
            (Some(false), true) => Ink::Bad,
            (Some(false), false) => Ink::Warn,
            (None, _) => Ink::Grid,
        };
        let frame = egui::Frame::new()
            .stroke(egui::Stroke::new(1.0, color(form.cx.theme, ink)))
            .corner_radius(7)
            .inner_margin(egui::Margin::symmetric(9, 7));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            one(ui, form, (id, handoff), (index, requirement));
        });
        ui.add_space(4.0);
    }
    if ui.button("Add requirement").clicked() {
        let added = ops::add_requirement(form.cx.document(), &mut form.cx.ids.borrow_mut(), id, "");
        form.out.push(Action::edit("add requirement", added.unwrap_or_default()));
    }
}

fn one(
    ui: &mut egui::Ui,
    form: &mut Form<'_, '_>,
    (id, handoff): (HandoffId, &Handoff),
    (index, requirement): (usize, &Requirement),
) {
    let put = |change: &dyn Fn(&mut Requirement)| {
        let mut changed = handoff.clone();
        changed.requirements.get_mut(index).into_iter().for_each(change);
        vec![Edit::PutHandoff(id, changed)]
    };
    let salt = requirement.id;
    let field = |title, step, key| Field::new(title, step, (key, Some(Subject::Handoff(id))), salt);
    let text = field("What is needed", "change requirement", "requirement");
    form.text(ui, text, &requirement.text, |v| put(&|r| r.text.clone_from(&v)));
    ui.columns(2, |c| {
        let measure = field("Measure", "change measure", "measure");
        form.text(&mut c[0], measure, &requirement.measure, |v| put(&|r| r.measure.clone_from(&v)));
        let unit = field("Unit", "change unit", "unit");
        form.text(&mut c[1], unit, &requirement.unit, |v| put(&|r| r.unit.clone_from(&v)));
    });
    ui.columns(2, |c| {
        let mut operators = vec![(None, "not said")];
        operators.extend(titled(Operator::ALL, Operator::title).into_iter().map(|(o, t)| (Some(o), t)));
        let operator = field("Comparison", "change comparison", "operator");
        form.choice(&mut c[0], operator, requirement.operator, &operators, |v| put(&|r| r.operator = v));
        let target = field("Target", "change target", "target");
        form.number(&mut c[1], target, VALUE, requirement.target, |v| put(&|r| r.target = v));
    });
    ui.columns(2, |c| {
        let tolerance = field("Tolerance ±", "change tolerance", "tolerance");
        form.number(&mut c[0], tolerance, TOLERANCE, requirement.tolerance, |v| put(&|r| r.tolerance = v));
        let actual = field("Actual", "change actual", "actual");
        form.number(&mut c[1], actual, VALUE, requirement.actual(), |v| {
            put(&|r| r.observations = v.map(History::of).unwrap_or_default())
        });
    });
    ui.columns(2, |c| {
        c[0].add_space(18.0);
        form.check(&mut c[0], field("Must", "change must", "must"), requirement.must, |v| put(&|r| r.must = v));
        let weight = field("Weight", "change weight", "weight");
        form.number(&mut c[1], weight, WEIGHT, Some(requirement.weight), |v| put(&|r| r.weight = v.unwrap_or(1.0)));
    });
    ui.horizontal(|ui| {
        match (requirement.untestable(), requirement.met()) {
            (Some(why), _) => form.note(ui, Ink::Warn, why),
            (None, None) => form.note(ui, Ink::Faint, "not evaluated yet"),
            (None, Some(true)) => form.note(ui, Ink::Good, "✓ met"),
            (None, Some(false)) => {
                form.note(ui, Ink::Bad, if requirement.must { "! must failed" } else { "! not met" });
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            let remove = egui::Button::new(egui::RichText::new("Remove").small()).frame_when_inactive(false);
            if ui.add(remove).clicked() {
                let mut changed = handoff.clone();
                changed.requirements.remove(index);
                form.out.push(Action::edit("remove requirement", vec![Edit::PutHandoff(id, changed)]));
            }
        });
    });
}
