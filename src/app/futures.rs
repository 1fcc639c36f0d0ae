//! The scenarios of the map: which one is shown, and the figures of each beside those of today.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::figures::Figures;
use super::panels::insights;
use super::{App, look};
use crate::analysis::Report;
use crate::editor::Editor;
use crate::model::ops::{changed, future, left_alone, save_scenario, scenarios_in_order};
use crate::model::{Document, Edit, Scenario, ScenarioId, Subject};

/// Most scenarios that are shown beside each other.
pub const MOST_BESIDE: usize = 4;

/// Figures of today, and of the scenarios that stand beside it.
#[derive(Debug, Default)]
pub struct Futures {
    today: Figures,
    each: BTreeMap<ScenarioId, Made>,
}

/// The map as a scenario would have it, and its figures.
#[derive(Debug)]
struct Made {
    of: (Document, std::sync::Arc<Scenario>),
    document: Document,
    figures: Figures,
}

/// What the pages ask for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Wish {
    /// Shows a scenario, or the current state.
    Show(Option<ScenarioId>),
    /// Makes a new one, and shows it.
    New,
    /// Makes another like it, and shows that.
    Duplicate(ScenarioId),
    /// Makes the map so, as one step.
    Apply(ScenarioId),
    /// Leaves a record as it is today.
    LeaveAlone(ScenarioId, Subject),
}

impl Futures {
    /// Brings the figures up to date of today, and of these scenarios; the others are forgotten.
    pub fn sync(&mut self, ctx: &egui::Context, editor: &Editor, today: Date, wanted: &[ScenarioId]) {
        let current = editor.current();
        self.today.sync(ctx, current, today);
        self.each.retain(|id, _| wanted.contains(id));
        for id in wanted {
            let Some(scenario) = current.scenario(*id) else { continue };
            let is_made = self.each.get(id).is_some_and(|made| {
                let (of, with) = &made.of;
                of.has_same_chain(current) && with == scenario
            });
            if !is_made {
                let figures = self.each.remove(id).map(|made| made.figures).unwrap_or_default();
                let document = future(current, scenario);
                self.each.insert(*id, Made { of: (current.clone(), scenario.clone()), document, figures });
            }
            if let Some(made) = self.each.get_mut(id) {
                made.figures.sync(ctx, &made.document, today);
            }
        }
    }

    /// The figures of a scenario, or of today; `None` while they are not known yet.
    pub fn report(&self, of: Option<ScenarioId>) -> Option<&Report> {
        let figures = match of {
            None => &self.today,
            Some(id) => &self.each.get(&id)?.figures,
        };
        figures.report().map(|report| &**report)
    }

    /// Forgets all: another map is shown.
    pub fn forget(&mut self) {
        *self = Self::default();
    }
}

impl App {
    /// The figures of today and of the scenarios beside it: all while their page is open, else those of today when a
    /// scenario is shown.
    pub(super) fn work_out_futures(&mut self, ctx: &egui::Context, today: Date) {
        let is_open = self.session.insights == Some(insights::Page::Scenarios);
        let wanted = if is_open { insights::beside(&self.cx(look::theme(ctx))) } else { Vec::new() };
        if is_open || self.editor.scenario().is_some() {
            self.futures.sync(ctx, &self.editor, today, &wanted);
        }
        if let Some(other) = self.other.as_mut().filter(|_| is_open) {
            other.sync(ctx, self.editor.document(), today);
        }
    }

    /// Does what a page asked for.
    pub(super) fn see_future(&mut self, wish: Wish) {
        match wish {
            Wish::Show(id) => self.show_scenario(id),
            Wish::New => self.new_scenario(),
            Wish::Duplicate(id) => self.duplicate_scenario(id),
            Wish::Apply(id) => self.apply_scenario(id),
            Wish::LeaveAlone(id, subject) => {
                let current = self.editor.current();
                let Some(scenario) = current.scenario(id) else { return };
                let edit = Edit::PutScenario(id, left_alone(current, scenario, subject));
                self.edit_current("leave it as it is today", vec![edit]);
            }
        }
    }

    /// Shows a scenario, or the current state, in the same view.
    pub(super) fn show_scenario(&mut self, id: Option<ScenarioId>) {
        if self.editor.scenario() == id {
            return;
        }
        self.canvas.cancel();
        self.editor.show(id);
        let shown = self.editor.scenario().and_then(|id| self.editor.current().scenario(id));
        let words = match shown {
            Some(scenario) => format!("“{}”: what you edit now is part of this scenario.", called(scenario)),
            None => "The map as it is today.".to_owned(),
        };
        self.say(words);
    }

    /// Shows the next scenario, or the one before; today comes after the last.
    pub(super) fn turn_scenario(&mut self, forward: bool) {
        let order: Vec<Option<ScenarioId>> = states(self.editor.current());
        let at = order.iter().position(|id| *id == self.editor.scenario()).unwrap_or(0);
        let next = if forward { at + 1 } else { at + order.len() - 1 } % order.len();
        self.show_scenario(order[next]);
    }

    fn new_scenario(&mut self) {
        let current = self.editor.current();
        let name = format!("Scenario {}", current.scenarios_len() + 1);
        let scenario = Scenario { name, ..Scenario::default() };
        self.keep_and_show("new scenario", scenario);
    }

    fn duplicate_scenario(&mut self, id: ScenarioId) {
        let Some(scenario) = self.editor.current().scenario(id).cloned() else { return };
        let name = format!("{} (copy)", called(&scenario));
        self.keep_and_show("duplicate scenario", Scenario { name, ..(*scenario).clone() });
    }

    /// Keeps a scenario behind all others, and shows it.
    pub(super) fn keep_and_show(&mut self, label: &str, scenario: Scenario) {
        let (id, edits) = save_scenario(self.editor.current(), &mut self.ids.borrow_mut(), scenario);
        if self.edit_current(label, edits) {
            self.show_scenario(Some(id));
        }
    }

    /// Makes the map so, as one step; the scenario is kept, with nothing left to change.
    fn apply_scenario(&mut self, id: ScenarioId) {
        let Some(scenario) = self.editor.current().scenario(id).cloned() else { return };
        let edits = changed(self.editor.current(), &scenario);
        if edits.is_empty() {
            self.say("The map is so already.");
            return;
        }
        if self.edit_current(&format!("make “{}” the map", called(&scenario)), edits) {
            self.show_scenario(None);
            self.say(format!("The map is now as “{}” had it; Ctrl+Z takes it back.", called(&scenario)));
        }
    }

    /// Edits the current state as one step; what went wrong is said.
    pub(super) fn edit_current(&mut self, label: &str, edits: Vec<Edit>) -> bool {
        self.editor.end_gesture();
        match self.editor.edit_current(label, None, edits) {
            Ok(()) => true,
            Err(error) => {
                self.say_error(format!("Not done: {error}."));
                false
            }
        }
    }
}

/// Today and every scenario, in the order they are shown.
pub fn states(current: &Document) -> Vec<Option<ScenarioId>> {
    let scenarios = scenarios_in_order(current).into_iter().map(|(id, _)| Some(id));
    std::iter::once(None).chain(scenarios).collect()
}

/// What a scenario is called.
pub fn called(scenario: &Scenario) -> &str {
    match scenario.name.trim() {
        "" => "Unnamed scenario",
        name => name,
    }
}
