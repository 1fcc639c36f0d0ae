//! The observations of a requirement or a measure: a run chart, a row to enter the next one, and the history.

use egui::{Event, Id, Ui, WidgetInfo, WidgetType};

use super::fields::{Field, Form};
use super::handoff::titled;
use super::parts::{chosen, keep, kept, picture, removable, typed};
use crate::app::action::Action;
use crate::app::clock::today;
use crate::geom::Size;
use crate::model::ops::observe::{self, Entry};
use crate::model::quantity::{SAMPLE, VALUE, rounded};
use crate::model::{Aim, Edit, History, Known, Observation, Subject};
use crate::scene::Ink;
use crate::scene::run_chart::{in_words, run_chart};

/// Height of the run chart.
const CHART: f32 = 104.0;
/// Observations shown before somebody asks for all.
const SHOWN: usize = 5;

/// What is observed.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    /// Tells it from every other.
    pub id: Id,
    /// The party or handoff it belongs to.
    pub subject: Subject,
    /// What was observed so far.
    pub history: &'a History,
    /// What it is held against.
    pub aim: Option<Aim>,
    /// The unit of the values.
    pub unit: &'a str,
}

/// Puts a history into the document.
type Put<'a> = &'a dyn Fn(History) -> Vec<Edit>;

/// Shows them.
pub fn ui(ui: &mut Ui, form: &mut Form<'_, '_>, observed: Observed<'_>, put: Put<'_>) {
    let all = observed.history.all();
    if !all.is_empty() {
        let size = Size { w: ui.available_width(), h: CHART };
        let items = run_chart(all, observed.aim, observed.unit, size, form.cx.fonts);
        let words = in_words(all, observed.aim, observed.unit);
        picture(ui, form, &items, egui::vec2(size.w, size.h), &format!("Run chart: {words}"));
    }
    history(ui, form, observed, put);
    entry(ui, form, observed, put);
}

/// The row in which the next observation is typed.
fn entry(ui: &mut Ui, form: &mut Form<'_, '_>, observed: Observed<'_>, put: Put<'_>) {
    let id = observed.id.with("entry");
    let (value_id, problem_id) = (id.with("value"), id.with("problem"));
    let typed_before: Option<Entry> = kept(ui, id);
    let offered = observe::next(observed.history, today());
    let mut entry = typed_before.unwrap_or_else(|| offered.clone());
    let pasted = pasted_block(ui, value_id);
    let mut add = false;
    form.title(ui, "New observation (or paste a column of values)");
    ui.columns(3, |c| {
        add |= typed(&mut c[0], id.with("when"), "Period", "2026-03", &mut entry.when);
        let last = observed.history.actual().map(|value| format!("{} again", rounded(value, 6)));
        add |= typed(&mut c[1], value_id, "Value", last.as_deref().unwrap_or("value"), &mut entry.value);
        add |= typed(&mut c[2], id.with("n"), "Sample size", "n", &mut entry.sample_size);
    });
    ui.columns(3, |c| {
        chosen(&mut c[0], id.with("known"), "How known", &mut entry.known, &titled(Known::ALL, Known::title));
        add |= typed(&mut c[1], id.with("by"), "By whom", "by whom", &mut entry.by);
        add |= c[2].button("Observe").clicked();
    });
    let mut problem: Option<String> = kept(ui, problem_id);
    let read = if let Some(block) = pasted {
        Some(observe::read_block(&block, &entry))
    } else {
        add.then(|| observe::read(&entry, observed.history).map(|one| vec![one]))
    };
    match read {
        Some(Ok(observations)) => {
            let mut history = observed.history.clone();
            let count = observations.len();
            for observation in observations {
                history.add(observation);
            }
            // What comes next is offered anew; who says so and how it is known stay.
            let next = observe::next(&history, today());
            form.out.push(Action::edit("add observation", put(history)));
            if count != 1 {
                form.out.push(Action::Say(format!("{count} observations were pasted.")));
            }
            entry = Entry { known: entry.known, by: entry.by, ..next };
            problem = None;
            ui.memory_mut(|memory| memory.request_focus(value_id));
        }
        Some(Err(words)) => problem = Some(words),
        None => {}
    }
    if let Some(words) = &problem {
        form.note(ui, Ink::Bad, &format!("Not added: {words}"));
    }
    keep(ui, id, Some(entry).filter(|entry| *entry != offered));
    keep(ui, problem_id, problem);
}

/// What was pasted into a field, when it is more than one line or cell.
fn pasted_block(ui: &Ui, field: Id) -> Option<String> {
    if !ui.memory(|memory| memory.has_focus(field)) {
        return None;
    }
    ui.input_mut(|input| {
        let is_block = |event: &Event| matches!(event, Event::Paste(text) if text.trim_end().contains(['\n', '\t']));
        let at = input.events.iter().position(is_block)?;
        match input.events.remove(at) {
            Event::Paste(text) => Some(text),
            _ => None,
        }
    })
}

/// The last observations; a click opens one for editing.
fn history(ui: &mut Ui, form: &mut Form<'_, '_>, observed: Observed<'_>, put: Put<'_>) {
    let (open_id, all_id) = (observed.id.with("open"), observed.id.with("all"));
    let mut open: Option<usize> = kept(ui, open_id);
    let show_all: bool = kept(ui, all_id).unwrap_or(false);
    let all = observed.history.all();
    let hidden = if show_all { 0 } else { all.len().saturating_sub(SHOWN) };
    for (index, observation) in all.iter().enumerate().skip(hidden).rev() {
        let words = in_one_line(observation, observed.unit);
        let removed = removable(ui, "this observation", |ui| {
            let ink = if observation.is_counted() { Ink::Text } else { Ink::Faint };
            let mut text = egui::RichText::new(&words).size(12.0);
            text = text.color(crate::app::canvas::paint::color(form.cx.theme, ink));
            let row = egui::Button::selectable(open == Some(index), text).truncate();
            let response = ui.add(row.min_size(egui::vec2(ui.available_width(), 0.0)));
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Observation {words}")));
            if response.clicked() {
                open = if open == Some(index) { None } else { Some(index) };
            }
        });
        if removed {
            let mut history = observed.history.clone();
            history.remove(index);
            form.out.push(Action::edit("remove observation", put(history)));
            open = None;
        }
        if open == Some(index) {
            open = Some(one(ui, form, observed, (index, observation), put));
        }
    }
    if hidden > 0 && ui.small_button(format!("Show {hidden} earlier")).clicked() {
        keep(ui, all_id, Some(true));
    }
    keep(ui, open_id, open.filter(|index| *index < all.len()));
}

/// "≈ 45 % · 2026-03 · guess · Ana".
fn in_one_line(observation: &Observation, unit: &str) -> String {
    let about = if observation.is_guess() { "≈ " } else { "" };
    let value = format!("{about}{} {}", rounded(observation.value, 6), unit.trim());
    let source = observation.source().replace(", ", " · ");
    if source.is_empty() { value.trim_end().to_owned() } else { format!("{} · {source}", value.trim_end()) }
}

/// The fields of an observation that is open; gives its index, which another period changes.
fn one(
    ui: &mut Ui,
    form: &mut Form<'_, '_>,
    observed: Observed<'_>,
    (index, observation): (usize, &Observation),
    put: Put<'_>,
) -> usize {
    let mut now = index;
    let field =
        |title, key| Field::new(title, "change observation", (key, Some(observed.subject)), (observed.id, index));
    let changed = |change: &dyn Fn(&mut Observation)| {
        let mut history = observed.history.clone();
        let at = history.change(index, |observation| change(observation));
        (at, put(history))
    };
    ui.columns(3, |c| {
        form.when(&mut c[0], field("Period", "observed_when"), observation.when, |v| {
            let (at, edits) = changed(&|o| o.when = v);
            now = at;
            edits
        });
        form.number(&mut c[1], field("Value", "observed_value"), VALUE, Some(observation.value), |v| match v {
            Some(v) => changed(&|o| o.value = v).1,
            None => Vec::new(),
        });
        let n = field("n", "observed_n");
        form.number(&mut c[2], n, SAMPLE, observation.sample_size, |v| changed(&|o| o.sample_size = v).1);
    });
    ui.columns(2, |c| {
        let mut known = vec![(None, "not said")];
        known.extend(titled(Known::ALL, Known::title).into_iter().map(|(k, t)| (Some(k), t)));
        let how = field("How known", "observed_known");
        form.choice(&mut c[0], how, observation.known, &known, |v| changed(&|o| o.known = v).1);
        let by = field("By whom", "observed_by");
        form.text(&mut c[1], by, &observation.by, |v| changed(&|o| o.by.clone_from(&v)).1);
    });
    now
}
