//! The findings, grouped by how much they matter and by kind: go there, read why, put one aside with a reason.

use egui::{CollapsingHeader, Id, RichText};

use super::super::inspector;
use super::super::inspector::fields::Form;
use super::super::strip::go_to;
use crate::analysis::{Finding, Severity};
use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::clock::today;
use crate::app::cx::Cx;
use crate::app::words::count;
use crate::model::ops::{dismiss, raise_again};
use crate::model::{Dismissal, Part, Subject, When};
use crate::scene::{Ink, Weight};

/// Most findings of one kind that are listed.
const MOST: usize = 100;

/// What the page remembers.
#[derive(Debug, Default)]
pub struct State {
    /// The finding that is open, with the reason to put it aside as far as it is typed.
    open: Option<(Key, Option<Reason>)>,
}

/// A reason being typed.
#[derive(Debug, Default)]
struct Reason {
    text: String,
    /// The field had the keyboard once.
    begun: bool,
}

/// What tells one finding from another.
type Key = (&'static str, Option<Subject>, Option<Part>);

fn key(finding: &Finding) -> Key {
    (finding.kind, finding.subject, finding.part)
}

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, out: &mut Vec<Action>) {
    let Some(report) = cx.figures.report() else { return };
    if report.findings.is_empty() {
        let words = if cx.document().is_empty() { "An empty map tells nothing yet." } else { "Nothing to remark." };
        Form { cx, out, focus: false }.note(ui, Ink::Faint, words);
    }
    // They come by severity, and of each severity by kind.
    for findings in report.findings.chunk_by(|a, b| a.severity == b.severity) {
        let (sign, ink) = look(findings[0].severity);
        let (one, many) = title(findings[0].severity);
        let font = egui::FontId::new(14.0, family(Weight::SemiBold));
        let words = format!("{sign} {}", count(findings.len(), one, many));
        ui.add_space(6.0);
        ui.label(RichText::new(words).font(font).color(color(cx.theme, ink)));
        for findings in findings.chunk_by(|a, b| a.kind == b.kind) {
            kind(ui, cx, state, findings, out);
        }
    }
    dismissed(ui, cx, out);
}

fn look(severity: Severity) -> (&'static str, Ink) {
    match severity {
        Severity::Error => ("✗", Ink::Bad),
        Severity::Warning => ("!", Ink::Warn),
        Severity::Note => ("·", Ink::Faint),
    }
}

fn title(severity: Severity) -> (&'static str, &'static str) {
    match severity {
        Severity::Error => ("error", "errors"),
        Severity::Warning => ("warning", "warnings"),
        Severity::Note => ("note", "notes"),
    }
}

/// All findings of one kind: why it matters and what to do once, then where.
fn kind(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, findings: &[Finding], out: &mut Vec<Action>) {
    let Some(first) = findings.first() else { return };
    let faint = color(cx.theme, Ink::Faint);
    let words = format!("{} ({})", first.title(), findings.len());
    let header = CollapsingHeader::new(words).id_salt(("finding", first.kind));
    header.default_open(first.severity != Severity::Note).show(ui, |ui| {
        ui.label(RichText::new(first.why()).small().color(faint));
        ui.label(RichText::new(format!("What to do: {}", first.remedy())).small().color(color(cx.theme, Ink::Text)));
        for finding in findings.iter().take(MOST) {
            one(ui, cx, state, finding, out);
        }
        if findings.len() > MOST {
            ui.label(RichText::new(format!("and {} more", findings.len() - MOST)).small().color(faint));
        }
    });
}

/// One finding: a press goes there and opens what can be done with it.
fn one(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, finding: &Finding, out: &mut Vec<Action>) {
    let is_open = state.open.as_ref().is_some_and(|(open, _)| *open == key(finding));
    let text = RichText::new(finding.message(cx.document())).size(12.5);
    let button = egui::Button::selectable(is_open, text).wrap().min_size(egui::vec2(ui.available_width(), 0.0));
    if ui.add(button).clicked() {
        state.open = Some((key(finding), None));
        visit(ui, finding, out);
    }
    let Some((_, reason)) = state.open.as_mut().filter(|_| is_open) else { return };
    let mut done = false;
    ui.indent(("finding", key(finding)), |ui| match reason {
        None => {
            let hint = "Not to be raised any more, with the reason why";
            if ui.button("Put aside…").on_hover_text(hint).clicked() {
                *reason = Some(Reason::default());
            }
        }
        Some(Reason { text, begun }) => {
            let id = Id::new(("reason", key(finding)));
            let entered = inspector::parts::typed(ui, id, "Reason", "why it is all right", text);
            if !std::mem::replace(begun, true) {
                ui.memory_mut(|memory| memory.request_focus(id));
            }
            ui.horizontal(|ui| {
                let can = !text.trim().is_empty();
                if ui.add_enabled(can, egui::Button::new("Put aside")).clicked() || (entered && can) {
                    out.push(Action::edit(format!("put aside: {}", finding.title()), put_aside(cx, finding, text)));
                    done = true;
                }
                done |= ui.button("Cancel").clicked();
            });
        }
    });
    if done {
        state.open = None;
    }
}

fn put_aside(cx: &Cx<'_>, finding: &Finding, reason: &str) -> Vec<crate::model::Edit> {
    let dismissal = Dismissal {
        kind: finding.kind.into(),
        part: finding.part,
        reason: reason.trim().into(),
        when: Some(When::day(today())),
    };
    dismiss(cx.document(), finding.subject, dismissal)
}

/// Goes to what a finding is about, down to the requirement or measure.
fn visit(ui: &egui::Ui, finding: &Finding, out: &mut Vec<Action>) {
    match finding.subject {
        Some(subject) => go_to(subject, out),
        None => out.push(Action::Select(crate::editor::Selection::none())),
    }
    match (finding.subject, finding.part) {
        (Some(Subject::Handoff(handoff)), Some(Part::Requirement(requirement))) => {
            inspector::reveal_requirement(ui.ctx(), handoff, requirement);
        }
        (Some(Subject::Party(_)), Some(Part::Measure(_))) => inspector::reveal_measures(ui.ctx()),
        _ => {}
    }
}

/// What was put aside, with the reasons.
fn dismissed(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let Some(report) = cx.figures.report().filter(|report| !report.dismissed.is_empty()) else { return };
    ui.add_space(8.0);
    let header = CollapsingHeader::new(format!("Put aside ({})", report.dismissed.len())).id_salt("dismissed");
    header.show(ui, |ui| {
        for (finding, dismissal) in report.dismissed.iter().take(MOST) {
            let text = RichText::new(finding.message(cx.document())).size(12.5).color(color(cx.theme, Ink::Faint));
            let button = egui::Button::new(text).frame_when_inactive(false).wrap();
            if ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0))).clicked() {
                visit(ui, finding, out);
            }
            let when = dismissal.when.map(|when| format!(" ({when})")).unwrap_or_default();
            ui.horizontal_wrapped(|ui| {
                ui.label(RichText::new(format!("because: {}{when}", dismissal.reason)).small());
                let again = ui.small_button("Raise again");
                if again.clicked() {
                    let edits = raise_again(cx.document(), finding.kind, finding.subject, finding.part);
                    out.push(Action::edit(format!("raise again: {}", finding.title()), edits));
                }
            });
        }
    });
}
