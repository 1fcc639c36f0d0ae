//! The board of sprints: one handoff each, a baseline at the start, a result at the end, and what they bring.

use egui::{Button, Grid, Id, ProgressBar, RichText};
use jiff::civil::Date;

use super::super::inspector;
use super::super::inspector::fields::{Field, Form};
use super::super::inspector::parts::framed;
use super::{capitalised, difference_in_words, heading, line, note, said};
use crate::analysis::{Gained, Report, freeze_handoff, gained};
use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::clock::today;
use crate::app::cx::Cx;
use crate::app::words::{count, money};
use crate::model::quantity::{MONEY, Quantity, rounded};
use crate::model::{
    Edit, HandoffId, LONGEST_SPRINT, SMALL_FIRST, Snapshot, Sprint, SprintId, SprintState, Subject, Task, When,
};
use crate::scene::{Ink, Weight};

/// Most sprints of each state that are shown.
const MOST: usize = 40;
/// Days of a sprint.
const LENGTH: Quantity = Quantity { unit: "d", min: 1.0, max: LONGEST_SPRINT as f64, whole: true };

/// What the page remembers.
#[derive(Debug, Default)]
pub struct State {
    /// The sprint whose fields are shown.
    pub open: Option<SprintId>,
}

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, out: &mut Vec<Action>) {
    let all: Vec<(SprintId, &std::sync::Arc<Sprint>)> = cx.document().sprints().collect();
    let day = today();
    let finished = all.iter().filter(|(_, sprint)| sprint.state(day) == SprintState::Finished).count();
    heading(ui, cx, out, "Sprints");
    if all.is_empty() {
        let words = "A sprint repairs one handoff in 20 days: freeze its figures, change it, freeze the result. Select the \
                     handoff that hurts the customer most and start with it.";
        note(ui, cx, words);
    }
    if finished < SMALL_FIRST && !all.is_empty() {
        let done = finished as f32 / SMALL_FIRST as f32;
        ui.add(ProgressBar::new(done).desired_height(8.0).corner_radius(4).fill(color(cx.theme, Ink::Good)));
        let words = format!(
            "{finished} of about {SMALL_FIRST} small sprints finished; changes that span many handoffs come after them."
        );
        note(ui, cx, &words);
    }
    new_sprint(ui, cx, out);
    for (shown, title) in
        [(SprintState::Running, "Running"), (SprintState::Planned, "Planned"), (SprintState::Finished, "Finished")]
    {
        let mut of: Vec<_> = all.iter().filter(|(_, sprint)| sprint.state(day) == shown).collect();
        if of.is_empty() {
            continue;
        }
        // What ends first stands first; of what is over, the latest.
        of.sort_by_key(|(id, sprint)| (sprint.last_day(), *id));
        if shown == SprintState::Finished {
            of.reverse();
        }
        heading(ui, cx, out, &format!("{title} ({})", of.len()));
        for (id, sprint) in of.iter().take(MOST) {
            card(ui, cx, state, (*id, sprint), out);
        }
        if of.len() > MOST {
            note(ui, cx, &format!("and {} more", of.len() - MOST));
        }
    }
}

fn new_sprint(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let chosen = match cx.editor.selection().single() {
        Some(Subject::Handoff(id)) => Some(id),
        _ => None,
    };
    let words = if chosen.is_some() { "Plan a sprint on this handoff" } else { "Plan a sprint" };
    let response = ui.add_enabled(chosen.is_some(), Button::new(words));
    let response = response.on_disabled_hover_text("Select the handoff first; “What if” ranks those that hurt most");
    if response.clicked() {
        out.push(Action::Command("plan-sprint"));
    }
}

fn card(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, (id, sprint): (SprintId, &Sprint), out: &mut Vec<Action>) {
    let is_open = state.open == Some(id);
    let ink = if is_open { Ink::Accent } else { Ink::Grid };
    let mut form = Form { cx, out, focus: false };
    framed(ui, &mut form, ink, |ui, form| {
        let goal = if sprint.goal.trim().is_empty() { "Sprint without a goal" } else { sprint.goal.trim() };
        let font = egui::FontId::new(13.5, family(Weight::SemiBold));
        let button = Button::new(RichText::new(goal).font(font)).wrap().frame(false);
        let response = ui.add(button.min_size(egui::vec2(ui.available_width(), 0.0)));
        let response = response.on_hover_cursor(egui::CursorIcon::PointingHand);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, format!("Sprint {goal}")));
        if response.clicked() {
            state.open = if is_open { None } else { Some(id) };
        }
        when(ui, cx, sprint);
        let report = cx.of_today();
        let brings = report.map(|report| brings(cx, report, sprint));
        if let Some(brings) = brings.as_ref().filter(|_| !is_open) {
            headline(ui, cx, brings);
        }
        if is_open {
            details(ui, form, (id, sprint), brings.as_ref());
        }
    });
}

fn brings(cx: &Cx<'_>, report: &Report, sprint: &Sprint) -> Gained {
    let current = cx.editor.current();
    let now = sprint.handoffs.first().filter(|_| sprint.result.is_none());
    let now = now.map(|id| freeze_handoff(current, report, *id)).unwrap_or_default();
    gained(current, sprint, &now)
}

/// How much time is left.
fn when(ui: &mut egui::Ui, cx: &Cx<'_>, sprint: &Sprint) {
    let day = today();
    let (words, ink) = match (sprint.state(day), sprint.start, sprint.days_left(day)) {
        (SprintState::Finished, ..) => {
            let day = sprint.result.as_ref().map(|result| result.day.to_string()).unwrap_or_default();
            (format!("finished on {day}"), Ink::Good)
        }
        (SprintState::Running, _, Some(0)) => ("its last day is today".to_owned(), Ink::Warn),
        (SprintState::Running, _, Some(left)) if left < 0 => {
            (format!("over since {}, without a result", count(left.unsigned_abs() as usize, "day", "days")), Ink::Bad)
        }
        (SprintState::Running, _, Some(left)) => {
            (format!("{} left of {}", count(left as usize, "day", "days"), sprint.days), Ink::Text)
        }
        (_, Some(start), _) => (format!("starts on {start}"), Ink::Faint),
        (_, None, _) => ("not started".to_owned(), Ink::Faint),
    };
    let done = sprint.tasks.iter().filter(|task| task.done.is_some()).count();
    let tasks =
        if sprint.tasks.is_empty() { String::new() } else { format!(" · {done} of {} tasks", sprint.tasks.len()) };
    let owner = if sprint.owner.trim().is_empty() { String::new() } else { format!(" · {}", sprint.owner.trim()) };
    ui.label(RichText::new(format!("{words}{tasks}{owner}")).small().color(color(cx.theme, ink)));
    if let (SprintState::Running, Some(start)) = (sprint.state(day), sprint.start) {
        let passed = (day - start).get_days() as f32 + 1.0;
        ui.add(ProgressBar::new((passed / sprint.days as f32).min(1.0)).desired_height(4.0).corner_radius(2));
    }
}

/// The figure that moved, in a line.
fn headline(ui: &mut egui::Ui, cx: &Cx<'_>, brings: &Gained) {
    let moved = brings.figures.iter().filter(|held| held.customer.is_none() && held.figure != "expected_passes");
    let moved = moved.filter_map(|held| Some((held, held.both.delta().filter(|by| by.abs() > 1e-9)?)));
    for (held, by) in moved.take(2) {
        let (Some(now), Some(then)) = (held.both.now, held.both.then) else { continue };
        let words = format!("{} {} → {}", held.title, said(cx, held.unit, now), said(cx, held.unit, then));
        let ink = if (by > 0.0) == held.more_is_better { Ink::Good } else { Ink::Bad };
        ui.label(RichText::new(words).small().color(color(cx.theme, ink)));
    }
}

fn details(ui: &mut egui::Ui, form: &mut Form<'_, '_>, (id, sprint): (SprintId, &Sprint), brings: Option<&Gained>) {
    let put = |change: &dyn Fn(&mut Sprint)| {
        let mut changed = sprint.clone();
        change(&mut changed);
        vec![Edit::PutSprint(id, changed)]
    };
    let field = |title, step, key| Field::new(title, step, (key, None), id);
    form.text(ui, field("What is to become better", "change goal", "sprint goal"), &sprint.goal, |v| {
        put(&|s| s.goal.clone_from(&v))
    });
    form.text(ui, field("Who answers for it", "change owner of sprint", "sprint owner"), &sprint.owner, |v| {
        put(&|s| s.owner.clone_from(&v))
    });
    handoffs(ui, form, (id, sprint));
    ui.columns(2, |columns| {
        let start = field("First day", "change start of sprint", "sprint start");
        form.when(&mut columns[0], start, sprint.start.map(When::day), |v| put(&|s| s.start = v.map(When::first)));
        let length = field("Length", "change length of sprint", "sprint days");
        form.number(&mut columns[1], length, LENGTH, Some(f64::from(sprint.days)), |v| {
            v.map(|v| put(&|s| s.days = v as u32)).unwrap_or_default()
        });
    });
    if let (Some(middle), Some(last)) = (sprint.middle(), sprint.last_day()) {
        form.note(ui, Ink::Faint, &format!("Half time on {middle}, last day {last}, counted in days of the calendar."));
    }
    let cost = field("What it costs", "change cost of sprint", "sprint cost");
    form.number(ui, cost, MONEY, sprint.cost, |v| put(&|s| s.cost = v));
    tasks(ui, form, (id, sprint));
    figures(ui, form, (id, sprint), brings);
    let notes = field("What was learned, and anything else", "change notes of sprint", "sprint notes");
    form.long_text(ui, notes, &sprint.notes, |v| put(&|s| s.notes.clone_from(&v)));
    ui.horizontal_wrapped(|ui| {
        if ui.button("Cost case…").on_hover_text("One page: baseline, change, cost of doing nothing, payback").clicked()
        {
            form.out.push(Action::Case(crate::app::cases::Case::Sprint(id)));
        }
        if ui.button("Delete").clicked() {
            form.out.push(Action::edit("delete sprint", vec![Edit::RemoveSprint(id)]));
        }
    });
}

/// The one handoff; touching more asks why.
fn handoffs(ui: &mut egui::Ui, form: &mut Form<'_, '_>, (id, sprint): (SprintId, &Sprint)) {
    let cx = form.cx;
    form.title(ui, if sprint.handoffs.len() > 1 { "Handoffs" } else { "Handoff" });
    for (at, handoff) in sprint.handoffs.iter().enumerate() {
        let removed = inspector::parts::removable(ui, "this handoff", |ui| match cx.document().handoff(*handoff) {
            Some(_) => line(ui, cx, Subject::Handoff(*handoff), ("", ""), form.out),
            None => form.note(ui, Ink::Warn, "A handoff that is not on the map any more"),
        });
        if removed {
            let mut changed = sprint.clone();
            changed.handoffs.remove(at);
            form.out.push(Action::edit("take handoff out", vec![Edit::PutSprint(id, changed)]));
        }
    }
    if let Some(Subject::Handoff(selected)) = cx.editor.selection().single()
        && !sprint.handoffs.contains(&selected)
    {
        let words =
            if sprint.handoffs.is_empty() { "Take the selected handoff" } else { "Also touch the selected handoff" };
        if ui.button(RichText::new(words).small()).clicked() {
            let mut changed = sprint.clone();
            changed.handoffs.push(selected);
            form.out.push(Action::edit("add handoff to sprint", vec![Edit::PutSprint(id, changed)]));
        }
    }
    if sprint.handoffs.len() > 1 {
        let finished = cx.document().sprints().filter(|(_, of)| of.result.is_some() && of.handoffs.len() < 2).count();
        if finished < SMALL_FIRST {
            let words = format!(
                "One handoff at a time is what keeps a change small: {finished} of about {SMALL_FIRST} small sprints are finished."
            );
            form.note(ui, Ink::Warn, &words);
        }
        let why = Field::new("Why it touches several", "say why several", ("sprint several", None), id);
        let mut changed = sprint.clone();
        form.text(ui, why, &sprint.why_several, |v| {
            changed.why_several = v;
            vec![Edit::PutSprint(id, changed)]
        });
        if sprint.why_several.trim().is_empty() {
            form.note(ui, Ink::Warn, "Say why: otherwise make it one sprint for each.");
        }
    }
}

fn tasks(ui: &mut egui::Ui, form: &mut Form<'_, '_>, (id, sprint): (SprintId, &Sprint)) {
    form.title(ui, "Tasks");
    let mut changed: Option<(&str, Sprint)> = None;
    for (at, task) in sprint.tasks.iter().enumerate() {
        let removed = inspector::parts::removable(ui, &format!("task {}", task.text), |ui| {
            let mut done = task.done.is_some();
            let owner = if task.owner.trim().is_empty() { String::new() } else { format!(" ({})", task.owner.trim()) };
            let day = task.done.map(|day| format!(", {day}")).unwrap_or_default();
            let text = RichText::new(format!("{}{owner}{day}", task.text)).size(13.0);
            let text = if done { text.strikethrough().color(color(form.cx.theme, Ink::Faint)) } else { text };
            if ui.checkbox(&mut done, text).changed() {
                let mut sprint = sprint.clone();
                sprint.tasks[at].done = done.then(today);
                changed = Some((if done { "task done" } else { "task not done" }, sprint));
            }
        });
        if removed {
            let mut sprint = sprint.clone();
            sprint.tasks.remove(at);
            changed = Some(("remove task", sprint));
        }
    }
    let field = Id::new(("new task", id));
    let mut text: String = ui.data(|data| data.get_temp(field)).unwrap_or_default();
    let words = "new task; “who: what” names who does it";
    if inspector::parts::typed(ui, field.with("text"), "New task", words, &mut text) && !text.trim().is_empty() {
        let mut sprint = sprint.clone();
        sprint.tasks.push(task_of(&text));
        changed = Some(("add task", sprint));
        text.clear();
        ui.memory_mut(|memory| memory.request_focus(field.with("text")));
    }
    ui.data_mut(|data| data.insert_temp(field, text));
    if let Some((label, sprint)) = changed {
        form.out.push(Action::edit(label, vec![Edit::PutSprint(id, sprint)]));
    }
}

/// “Ana: a list at the desk” is a task of Ana.
fn task_of(text: &str) -> Task {
    let (owner, text) = match text.split_once(':') {
        Some((owner, text)) if !text.trim().is_empty() && owner.split_whitespace().count() <= 3 => {
            (owner.trim(), text.trim())
        }
        _ => ("", text.trim()),
    };
    Task { text: text.to_owned(), owner: owner.to_owned(), done: None }
}

/// The figures at its start, and what became of them; the buttons that freeze them.
fn figures(ui: &mut egui::Ui, form: &mut Form<'_, '_>, (id, sprint): (SprintId, &Sprint), brings: Option<&Gained>) {
    let cx = form.cx;
    let freeze = |day: Date| Some(Snapshot { day, figures: frozen(cx, sprint.handoffs.first().copied()?)? });
    let can = sprint.handoffs.first().is_some_and(|id| cx.editor.current().handoff(*id).is_some());
    ui.add_space(4.0);
    match (&sprint.baseline, &sprint.result) {
        (None, _) => {
            let hint = "Freezes the figures as they are now, and starts the sprint today if it has no first day";
            let begin = ui.add_enabled(can, Button::new("Start: freeze the baseline")).on_hover_text(hint);
            if begin.on_disabled_hover_text("It needs a handoff of the map").clicked() {
                let start = sprint.start.filter(|start| *start <= today()).or(Some(today()));
                let changed = Sprint { baseline: freeze(today()), start, ..sprint.clone() };
                form.out.push(Action::edit("start sprint", vec![Edit::PutSprint(id, changed)]));
            }
        }
        (Some(baseline), None) => {
            form.title(ui, &format!("Baseline of {} and now", baseline.day));
            table(ui, cx, brings, "now");
            if ui.add_enabled(can, Button::new("Finish: freeze the result")).clicked() {
                let changed = Sprint { result: freeze(today()), ..sprint.clone() };
                form.out.push(Action::edit("finish sprint", vec![Edit::PutSprint(id, changed)]));
            }
        }
        (Some(baseline), Some(result)) => {
            form.title(ui, &format!("From {} to {}", baseline.day, result.day));
            table(ui, cx, brings, "result");
            if ui.button(RichText::new("Open again").small()).on_hover_text("Takes the result back").clicked() {
                let changed = Sprint { result: None, ..sprint.clone() };
                form.out.push(Action::edit("open sprint again", vec![Edit::PutSprint(id, changed)]));
            }
        }
    }
}

fn frozen(cx: &Cx<'_>, handoff: HandoffId) -> Option<Vec<crate::model::Frozen>> {
    Some(freeze_handoff(cx.editor.current(), cx.of_today()?, handoff))
}

fn table(ui: &mut egui::Ui, cx: &Cx<'_>, brings: Option<&Gained>, later: &str) {
    let Some(brings) = brings else { return };
    let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
    Grid::new("sprint figures").num_columns(4).spacing([10.0, 3.0]).show(ui, |ui| {
        for head in ["", "baseline", later, ""] {
            ui.label(faint(head));
        }
        ui.end_row();
        for held in &brings.figures {
            let title = match held.customer {
                None => capitalised(&held.title),
                Some(customer) => format!("{}, {}", capitalised(&held.title), cx.document().name_of(customer)),
            };
            ui.add(egui::Label::new(faint(&title)).truncate()).on_hover_text(&title);
            let value = |value: Option<f64>| value.map_or_else(|| "unknown".into(), |value| said(cx, held.unit, value));
            ui.label(value(held.both.now));
            ui.label(value(held.both.then));
            let by = held.both.delta().filter(|by| by.abs() > 1e-9);
            let ink = if by.is_some_and(|by| (by > 0.0) == held.more_is_better) { Ink::Good } else { Ink::Bad };
            let words = by.map(|by| difference_in_words(cx, held.unit, by)).unwrap_or_default();
            ui.label(RichText::new(words).small().color(color(cx.theme, ink)));
            ui.end_row();
        }
    });
    let currency = &cx.document().info().currency;
    if let Some(saving) = brings.saving.filter(|saving| saving.abs() > 1e-9) {
        let verb = if saving > 0.0 { "saves" } else { "costs" };
        let mut words = format!("It {verb} {} a year", money(saving.abs(), currency));
        if let Some(days) = brings.payback_days {
            words += &format!(" and pays for itself in {} working days", rounded(days.ceil(), 0));
        }
        ui.label(words + ".");
    }
}
