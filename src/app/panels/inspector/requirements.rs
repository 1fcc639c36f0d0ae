//! The requirements of a handoff: what is needed, how it is told, how it is met, and what was observed.

use egui::{Id, RichText, Ui};

use super::fields::{Field, Form};
use super::handoff::{REQUIREMENTS, titled};
use super::observations::{self, Observed};
use super::parts::{framed, keep, kept, led, open_tab, removable};
use crate::analysis::Spot;
use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::model::quantity::{TOLERANCE, VALUE, WEIGHT, rounded};
use crate::model::{
    Contract, Edit, Handoff, HandoffId, Operator, Requirement, RequirementId, Subject, contract, ops, score,
};
use crate::scene::{Ink, Weight};

/// Shows the list.
pub fn ui(ui: &mut Ui, form: &mut Form<'_, '_>, id: HandoffId, handoff: &Handoff) {
    form.heading(ui, &format!("Requirements ({})", handoff.requirements.len()));
    summary(ui, form, handoff);
    let open_id = open_id(id);
    let worst = || handoff.requirements.iter().min_by_key(|r| urgency(r)).map(|r| r.id);
    let chosen: Option<Option<RequirementId>> = kept(ui, open_id);
    let mut open = chosen.unwrap_or_else(worst);
    for (index, requirement) in handoff.requirements.iter().enumerate() {
        if handoff.requirements.len() > 1 && headline(ui, form, requirement, open == Some(requirement.id)) {
            open = Some(requirement.id).filter(|id| open != Some(*id));
            keep(ui, open_id, Some(open));
        }
        if open == Some(requirement.id) || handoff.requirements.len() == 1 {
            let (ink, _) = standing(requirement);
            let ink = if ink == Ink::Faint { Ink::Grid } else { ink };
            framed(ui, form, ink, |ui, form| one(ui, form, (id, handoff), (index, requirement)));
        }
    }
    let add = ui.button("Add requirement");
    led(ui, Spot::Requirements, &add);
    if add.clicked() {
        let added = ops::add_requirement(form.cx.document(), &mut form.cx.ids.borrow_mut(), id, "").unwrap_or_default();
        reveal_new(ui.ctx(), &added);
        form.out.push(Action::edit("add requirement", added));
    }
}

/// Opens the requirement that edits add to a handoff, on its page of the inspector.
pub fn reveal_new(ctx: &egui::Context, edits: &[Edit]) {
    let Some(Edit::PutHandoff(id, changed)) = edits.first() else { return };
    let open = changed.requirements.last().map(|requirement| requirement.id);
    ctx.data_mut(|data| data.insert_temp(open_id(*id), open));
    open_tab(ctx, "handoff", REQUIREMENTS);
}

/// Opens a requirement on its page of the inspector.
pub fn reveal_requirement(ctx: &egui::Context, handoff: HandoffId, requirement: RequirementId) {
    ctx.data_mut(|data| data.insert_temp(open_id(handoff), Some(requirement)));
    open_tab(ctx, "handoff", REQUIREMENTS);
}

fn open_id(handoff: HandoffId) -> Id {
    Id::new(("open requirement", handoff))
}

/// The worst first: a failed must, another failure, what cannot be tested, what was not evaluated.
fn urgency(requirement: &Requirement) -> (bool, bool, bool, bool) {
    let failed = requirement.met() == Some(false);
    let evaluated = requirement.met().is_some();
    (!(failed && requirement.must), !failed, requirement.untestable().is_none(), evaluated)
}

/// One requirement among several; true when it was clicked.
fn headline(ui: &mut Ui, form: &Form<'_, '_>, requirement: &Requirement, is_open: bool) -> bool {
    let (ink, _) = standing(requirement);
    let mark = match (requirement.met(), requirement.must) {
        (Some(true), _) => "✓",
        (Some(false), true) => "✗",
        (Some(false), false) => "!",
        (None, _) => "?",
    };
    let words = requirement.in_words();
    let words = if words.is_empty() { "without words yet" } else { &words };
    let text = RichText::new(format!("{mark} {words}")).size(12.5).color(color(form.cx.theme, ink));
    let row = egui::Button::selectable(is_open, text).wrap().min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add(row);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, words));
    response.clicked()
}

/// How the handoff stands as a contract, in one line.
pub fn summary(ui: &mut Ui, form: &Form<'_, '_>, handoff: &Handoff) {
    let Some(state) = contract(handoff) else { return };
    let (mark, ink) = match state {
        Contract::Failed => ("✗", Ink::Bad),
        Contract::Short => ("!", Ink::Warn),
        Contract::Missing => ("○", Ink::Warn),
        Contract::Untested => ("?", Ink::Faint),
        Contract::Met => ("✓", Ink::Good),
    };
    let mut words = format!("{mark} {}", state.title());
    if let Some(score) = score(handoff) {
        words += &format!(" · score {} %", rounded(score.share * 100.0, 0));
        words += &format!(" over {} of {} evaluated", score.known, score.of);
        if score.basics_fail {
            words += " · a basic one fails, so only the basic ones count";
        }
    }
    form.note(ui, ink, &words);
    if state == Contract::Missing {
        form.note(ui, Ink::Faint, "Ask the receiver what they need of it: until then, whatever comes is tolerated.");
    }
}

/// The colour of a requirement, and how it stands.
fn standing(requirement: &Requirement) -> (Ink, String) {
    let attained = requirement.attainment().map(|off| requirement.with_unit((off * 1e9).round() / 1e9));
    let off = |words: &str| attained.as_ref().map_or_else(|| words.to_owned(), |off| format!("{words} ({off})"));
    match (requirement.untestable(), requirement.met(), requirement.must) {
        (Some(why), ..) => (Ink::Warn, why.to_owned()),
        (None, None, _) => (Ink::Faint, "not evaluated yet".into()),
        (None, Some(true), _) => (Ink::Good, "✓ met".into()),
        (None, Some(false), true) => (Ink::Bad, off("✗ must failed")),
        (None, Some(false), false) => (Ink::Warn, off("! not met")),
    }
}

fn one(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    (id, handoff): (HandoffId, &Handoff),
    (index, requirement): (usize, &Requirement),
) {
    let put = |change: &dyn Fn(&mut Requirement)| {
        let mut changed = handoff.clone();
        changed.requirements.get_mut(index).into_iter().for_each(change);
        vec![Edit::PutHandoff(id, changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, Some(Subject::Handoff(id))), requirement.id);
    verdict(ui, form, (id, handoff), (index, requirement));
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
        let weight = field("Weight", "change weight", "weight");
        form.number(&mut c[1], weight, WEIGHT, Some(requirement.weight), |v| put(&|r| r.weight = v.unwrap_or(1.0)));
    });
    ui.horizontal(|ui| {
        form.check(ui, field("Must", "change must", "must"), requirement.must, |v| put(&|r| r.must = v));
        ui.add_space(12.0);
        let basic = field("Basic: must pass first", "change basic", "basic");
        form.check(ui, basic, requirement.basic, |v| put(&|r| r.basic = v));
    });
    let observed = Observed {
        id: Id::new(("observed", id, requirement.id)),
        subject: Subject::Handoff(id),
        history: &requirement.observations,
        aim: requirement.aim(),
        unit: &requirement.unit,
    };
    observations::ui(ui, form, observed, &|history| put(&|r| r.observations.clone_from(&history)));
}

/// What is wanted, what is there, and what that means; with the button that removes the requirement.
fn verdict(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    (id, handoff): (HandoffId, &Handoff),
    (index, requirement): (usize, &Requirement),
) {
    let (ink, words) = standing(requirement);
    let removed = removable(ui, "this requirement", |ui| {
        let strong = RichText::new(words).font(egui::FontId::new(12.5, family(Weight::SemiBold)));
        ui.add(egui::Label::new(strong.color(color(form.cx.theme, ink))).wrap());
    });
    if removed {
        let mut changed = handoff.clone();
        changed.requirements.remove(index);
        form.out.push(Action::edit("remove requirement", vec![Edit::PutHandoff(id, changed)]));
    }
    let Some((latest, wanted)) = requirement.observations.latest().zip(requirement.wanted()) else { return };
    let about = if latest.is_guess() { "≈ " } else { "" };
    let mut words = format!("wanted {wanted}, is {about}{}", requirement.with_unit(latest.value));
    if let Some((low, high)) = latest.interval_pct().filter(|_| requirement.unit.trim() == "%") {
        words += &format!(" (95 % interval {}–{} %)", rounded(low, 0), rounded(high, 0));
    }
    form.note(ui, Ink::Faint, &words);
}
