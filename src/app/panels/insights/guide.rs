//! The guide: the questions of a workshop, backwards from the customer, and the seven steps of each process with what to do
//! next.

use std::collections::BTreeSet;

use egui::{Button, Id, Key, ProgressBar, RichText};

use super::super::inspector;
use super::super::inspector::fields::{complete, named_field};
use super::super::strip::go_to;
use super::{colour, heading, note};
use crate::analysis::{PartySteps, StepState, steps};
use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::clock::today;
use crate::app::cx::Cx;
use crate::app::words::count;
use crate::model::ops::steps::{set_aside, take_up};
use crate::model::ops::workshop::{Asked, Question, answer, layers_drawn, next_question};
use crate::model::{Document, NotApplicable, PartyId, PartyKind, Standing, Step, Subject, When};
use crate::scene::{Ink, Weight};

/// Most processes that are listed.
const MOST: usize = 60;

/// What the page remembers.
#[derive(Debug, Default)]
pub struct State {
    /// The workshop is under way.
    pub asking: bool,
    /// The answer gets the keyboard.
    pub focus: bool,
    /// What was typed.
    text: String,
    /// Parties that need nothing more.
    answered: BTreeSet<PartyId>,
    /// What was answered, the latest last: that a party needs nothing more, or else a step of the map.
    given: Vec<Option<PartyId>>,
    /// The question that is asked, and the map it was found on.
    asked: Option<(Document, Option<Asked>)>,
}

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, out: &mut Vec<Action>) {
    workshop(ui, cx, state, out);
    let process = cx.editor.selection().single_party().filter(|id| is_process(cx, *id));
    let asks = state.asking && question(cx, state).is_some();
    // One thing at a time: the steps come when the chain is drawn.
    if let Some(id) = process.filter(|_| !asks) {
        of_process(ui, cx, id, out);
    }
    of_map(ui, cx, process, out);
}

fn is_process(cx: &Cx<'_>, id: PartyId) -> bool {
    cx.document().party(id).is_some_and(|party| party.kind == PartyKind::Process)
}

fn workshop(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, out: &mut Vec<Action>) {
    heading(ui, cx, out, "Backwards from the customer");
    if !state.asking {
        let words = "Draw the chain by answering: who is the customer, what do they get, who makes it, what do they need \
                     for that? Layer by layer, all from the keyboard.";
        note(ui, cx, words);
        if ui.button("Ask me").on_hover_text("Starts the questions (Shift+F4)").clicked() {
            (state.asking, state.focus) = (true, true);
        }
        return;
    }
    match question(cx, state) {
        Some(asked) => ask(ui, cx, state, &asked, out),
        None => complete_words(ui, cx, state, out),
    }
}

/// The next question; looked for again only when the chain is another.
fn question(cx: &Cx<'_>, state: &mut State) -> Option<Asked> {
    let is_known = state.asked.as_ref().is_some_and(|(of, _)| of.has_same_chain(cx.document()));
    if !is_known {
        state.asked = Some((cx.document().clone(), next_question(cx.document(), &state.answered)));
    }
    state.asked.as_ref().and_then(|(_, asked)| asked.clone())
}

fn ask(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, asked: &Asked, out: &mut Vec<Action>) {
    let layer = if asked.layer == 0 { "The customer".to_owned() } else { format!("Layer {}", asked.layer) };
    note(ui, cx, &layer);
    let font = egui::FontId::new(16.0, family(Weight::SemiBold));
    ui.label(RichText::new(&asked.words).font(font));
    let hint = match asked.question {
        Question::Customer => "Enter adds them; several at once with commas between them. Ctrl+Z takes back.",
        Question::Items(_) if asked.may_be_nothing => "Enter adds it, several with commas. Enter alone: nothing more.",
        Question::Items(_) => "Enter adds it; several at once with commas between them.",
        Question::Giver(_) => "Enter: one of us. Shift+Enter: somebody outside, an external supplier.",
    };
    note(ui, cx, hint);
    ui.add_space(2.0);
    let id = Id::new("workshop answer");
    take_back(ui, id, state, out);
    let response =
        complete(ui, id, &mut state.text, |typed| known_names(cx, asked.question, typed), "type, then Enter");
    response.widget_info(|| named_field("Answer", &state.text));
    if std::mem::take(&mut state.focus) {
        response.request_focus();
    }
    let (mut entered, mut outside) = (false, false);
    if response.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter)) {
        (entered, outside) = (true, ui.input(with_shift));
        response.request_focus();
    }
    ui.horizontal(|ui| {
        if asked.may_be_nothing && ui.button("Nothing more").clicked() {
            (entered, state.text) = (true, String::new());
        }
        if ui.button("Stop asking").clicked() {
            state.asking = false;
            out.push(Action::FocusCanvas);
        }
    });
    if !entered {
        return;
    }
    let text = std::mem::take(&mut state.text);
    if text.trim().is_empty() {
        if let (Question::Items(party), true) = (asked.question, asked.may_be_nothing) {
            state.answered.insert(party);
            state.given.push(Some(party));
            state.asked = None;
        }
        state.focus = true;
        return;
    }
    let (edits, made) = answer(cx.document(), &mut cx.ids.borrow_mut(), asked.question, &text, outside);
    state.given.push(None);
    out.push(Action::make("answer", edits, made.into_iter().collect()));
    // Before an audience the whole chain is seen as it grows.
    out.push(Action::Command("fit"));
    state.focus = true;
}

/// The names to complete an answer that has begun: of whoever could be meant, thus not of the receiver itself.
fn known_names(cx: &Cx<'_>, question: Question, begun: &str) -> Vec<String> {
    if begun.trim().is_empty() || matches!(question, Question::Items(_)) {
        return Vec::new();
    }
    let document = cx.document();
    cx.names().suggested_parties(begun, |id| match question {
        Question::Customer => document.party(id).is_some_and(|party| party.kind == PartyKind::Customer),
        Question::Items(_) => false,
        Question::Giver(handoff) => document.handoff(handoff).is_some_and(|handoff| handoff.customer != Some(id)),
    })
}

/// Ctrl+Z in the empty field takes the last answer back; in one with words it is for them.
fn take_back(ui: &mut egui::Ui, id: Id, state: &mut State, out: &mut Vec<Action>) {
    let is_free = state.text.is_empty() && ui.memory(|memory| memory.has_focus(id));
    if !is_free || !ui.input_mut(|i| i.consume_key(egui::Modifiers::COMMAND, Key::Z)) {
        return;
    }
    match state.given.pop() {
        Some(Some(party)) => {
            state.answered.remove(&party);
            state.asked = None;
        }
        Some(None) => out.push(Action::Command("undo")),
        None => {}
    }
    state.focus = true;
}

/// Whether Shift was down when Enter was pressed; a quick hand has let go of it by the end of the frame.
fn with_shift(input: &egui::InputState) -> bool {
    let shifted = |event: &egui::Event| match event {
        egui::Event::Key { key: Key::Enter, pressed: true, modifiers, .. } => modifiers.shift,
        _ => false,
    };
    input.events.iter().any(shifted)
}

fn complete_words(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, out: &mut Vec<Action>) {
    let document = cx.document();
    let strong = egui::FontId::new(15.0, family(Weight::SemiBold));
    let layers = count(layers_drawn(document), "layer", "layers");
    ui.label(RichText::new(format!("Complete: {layers}")).font(strong));
    let parties = count(document.parties_len(), "party", "parties");
    let handoffs = count(document.handoffs_len(), "handoff", "handoffs");
    note(ui, cx, &format!("{parties} and {handoffs}. Now take each process through the steps below."));
    ui.horizontal(|ui| {
        if ui.button("Look at the onion").clicked() {
            out.push(Action::Command("view-onion"));
        }
        if ui.button("Ask again").on_hover_text("Goes through all parties once more").clicked() {
            *state = State { asking: true, focus: true, ..State::default() };
        }
        if ui.button("Stop asking").clicked() {
            state.asking = false;
        }
    });
}

/// The seven steps of a process.
fn of_process(ui: &mut egui::Ui, cx: &Cx<'_>, id: PartyId, out: &mut Vec<Action>) {
    let all = steps(cx.document(), id, Some(today()));
    let over = all.iter().filter(|state| state.standing.is_over()).count();
    heading(ui, cx, out, &format!("“{}”: {over} of 7 steps", cx.document().name_of(id)));
    let next = all.iter().position(|state| !state.standing.is_over());
    for (at, state) in all.iter().enumerate() {
        step(ui, cx, (id, state), next == Some(at), out);
    }
    if next.is_none() {
        note(ui, cx, "All seven are done: the schedule brings it back.");
    }
}

fn step(ui: &mut egui::Ui, cx: &Cx<'_>, (id, state): (PartyId, &StepState), is_next: bool, out: &mut Vec<Action>) {
    let ink = |ink| color(cx.theme, ink);
    ui.horizontal(|ui| {
        mark(ui, cx, state.standing, 13.0);
        let font = egui::FontId::new(13.0, family(if is_next { Weight::SemiBold } else { Weight::Regular }));
        let text = format!("{}. {}", state.step.number(), state.step.title());
        let text = RichText::new(text).font(font).color(ink(if is_next { Ink::Text } else { Ink::Faint }));
        let standing = match state.standing {
            Standing::Partly => format!("{} of {}", state.done, state.of),
            other => other.title().to_owned(),
        };
        let response = ui.add(egui::Label::new(text).wrap());
        let words = format!("Step {}: {standing}", state.step.number());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Label, true, &words));
        response.on_hover_text(standing);
    });
    ui.indent(("step", state.step), |ui| {
        if let Some(reason) = &state.reason {
            let removed = inspector::parts::removable(ui, "this reason", |ui| {
                note(ui, cx, &format!("Not applicable: {reason}"));
            });
            if removed {
                out.push(Action::edit("take step up again", take_up(cx.document(), id, state.step)));
            }
        } else if let Some(to_do) = &state.to_do {
            let text = RichText::new(format!("{}  →", to_do.words)).size(12.5);
            let text = if is_next { text.color(ink(Ink::Accent)) } else { text };
            let button = Button::new(text).wrap().frame_when_inactive(false);
            let response = ui.add(button).on_hover_text("Go there");
            response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &to_do.words));
            if response.clicked() {
                out.push(Action::Go(to_do.subject, to_do.spot));
            }
            if is_next {
                aside(ui, cx, (id, state.step), out);
            }
        }
    });
}

/// How far a step is: a ring that fills, with a tick when it is done, a dash when it does not apply.
fn mark(ui: &mut egui::Ui, cx: &Cx<'_>, standing: Standing, size: f32) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(size, size), egui::Sense::hover());
    paint_mark(ui.painter(), cx, rect.center(), size / 2.0 - 1.0, standing);
}

fn paint_mark(painter: &egui::Painter, cx: &Cx<'_>, at: egui::Pos2, radius: f32, standing: Standing) {
    let ink = |ink| color(cx.theme, ink);
    let line = |points: &[(f32, f32)], width: f32, ink| {
        let points = points.iter().map(|(x, y)| at + egui::vec2(*x, *y) * radius).collect();
        painter.line(points, egui::Stroke::new(width, ink));
    };
    match standing {
        Standing::Done => {
            painter.circle_filled(at, radius, ink(Ink::Good));
            line(&[(-0.45, 0.05), (-0.1, 0.4), (0.5, -0.35)], radius * 0.28, ink(Ink::Paper));
        }
        Standing::Partly => {
            painter.circle_stroke(at, radius - 0.6, egui::Stroke::new(1.2, ink(Ink::Warn)));
            // The lower half is full.
            let arc = (0..=12).map(|i| std::f32::consts::PI * i as f32 / 12.0);
            let half = arc.map(|angle| at + egui::vec2(angle.cos(), angle.sin()) * (radius - 0.6)).collect();
            painter.add(egui::Shape::convex_polygon(half, ink(Ink::Warn), egui::Stroke::NONE));
        }
        Standing::Open => {
            painter.circle_stroke(at, radius - 0.6, egui::Stroke::new(1.2, ink(Ink::Faint)));
        }
        Standing::NotApplicable => line(&[(-0.7, 0.0), (0.7, 0.0)], 1.6, ink(Ink::Faint)),
    }
}

/// Saying that a step does not apply, and why not.
fn aside(ui: &mut egui::Ui, cx: &Cx<'_>, (id, step): (PartyId, Step), out: &mut Vec<Action>) {
    let field = Id::new(("not applicable", id, step));
    let mut text: Option<String> = ui.data(|data| data.get_temp(field)).unwrap_or_default();
    match &mut text {
        None => {
            let button = Button::new(RichText::new("Not applicable…").small()).frame(false);
            if ui.add(button).on_hover_text("Sets the step aside, with the reason").clicked() {
                text = Some(String::new());
            }
        }
        Some(reason) => {
            let entered = inspector::parts::typed(ui, field.with("why"), "Why not", "why it does not apply", reason);
            let mut done = entered;
            ui.horizontal(|ui| {
                done |= ui.add_enabled(!reason.trim().is_empty(), Button::new("Set aside")).clicked();
                if ui.button("Back").clicked() {
                    reason.clear();
                    done = true;
                }
            });
            if done {
                let when = Some(When::day(today()));
                let edits = set_aside(cx.document(), id, NotApplicable { step, reason: reason.clone(), when });
                if !edits.is_empty() {
                    out.push(Action::edit("set step aside", edits));
                }
                text = None;
            }
        }
    }
    ui.data_mut(|data| data.insert_temp(field, text));
}

/// How far the whole map is, and the processes that are least far.
fn of_map(ui: &mut egui::Ui, cx: &Cx<'_>, chosen: Option<PartyId>, out: &mut Vec<Action>) {
    let Some(report) = cx.figures.report().filter(|report| !report.steps.is_empty()) else { return };
    heading(ui, cx, out, "All processes");
    let (done, of) = (report.steps.iter().map(PartySteps::over).sum::<usize>(), 7 * report.steps.len());
    let bar = ProgressBar::new(done as f32 / of as f32).desired_height(8.0).corner_radius(4);
    ui.add(bar.fill(color(cx.theme, Ink::Good)));
    note(ui, cx, &format!("{done} of {of} steps done or not applicable"));
    colour(ui, cx, "colour-steps", out);
    let there = report.steps.iter().filter(|of| cx.document().party(of.party).is_some());
    let least = super::first(there.collect(), MOST, |a, b| a.over().cmp(&b.over()));
    for of in least {
        let name = cx.document().name_of(of.party);
        // Room for the seven marks in front of the name.
        let text = format!("{}{name}", "\u{2003}".repeat(7));
        let button = Button::selectable(chosen == Some(of.party), RichText::new(text).size(13.0)).truncate();
        let response = ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0)));
        for (at, standing) in of.standings.iter().enumerate() {
            let at = response.rect.left_center() + egui::vec2(10.0 + 12.0 * at as f32, 0.0);
            paint_mark(ui.painter(), cx, at, 4.6, *standing);
        }
        let words = format!("{name}: {} of 7 steps", of.over());
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &words));
        if response.on_hover_text(&words).clicked() {
            go_to(Subject::Party(of.party), out);
        }
    }
    if report.steps.len() > MOST {
        note(ui, cx, &format!("and {} more", report.steps.len() - MOST));
    }
}
