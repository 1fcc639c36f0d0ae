//! Trying out other numbers: the map as it would be, beside the map as it is, until it is kept or thrown away.

use jiff::civil::Date;

use super::App;
use super::figures::Figures;
use crate::analysis::Report;
use crate::model::ops::{changed, future, save_scenario, with_changes};
use crate::model::quantity::{MONEY, QuantityError};
use crate::model::{Change, Document, Lever, Scenario, Subject};

/// The numbers that are tried out.
#[derive(Debug, Default)]
pub struct WhatIf {
    /// What would be other than on the map.
    pub changes: Vec<Change>,
    /// What it costs to get there, as typed.
    pub cost: String,
    /// What it is called, when it is kept.
    pub name: String,
    made_for: Option<(Document, Vec<Change>)>,
    document: Document,
    figures: Figures,
}

/// What the panel asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Another value for a number.
    Set(Subject, Lever, f64),
    /// The value that the map has.
    Reset(Subject, Lever),
    /// Why a number would be other.
    Why(Subject, Lever, String),
    /// What it would cost, as typed.
    Cost(String),
    /// What it is called.
    Name(String),
    /// Throws all away.
    Clear,
    /// Keeps it as a scenario of its own, beside what the one that is shown has.
    Keep,
    /// Makes the map so.
    Apply,
}

impl WhatIf {
    /// True when any number is tried out.
    pub fn is_on(&self) -> bool {
        !self.changes.is_empty()
    }

    /// The value that is tried for a number.
    pub fn value(&self, subject: Subject, lever: Lever) -> Option<f64> {
        self.changes.iter().find(|change| (change.subject, change.lever) == (subject, lever)).map(|change| change.value)
    }

    /// What it costs to get there, as understood.
    pub fn cost(&self) -> Result<Option<f64>, QuantityError> {
        MONEY.parse(&self.cost)
    }

    /// What is tried out, as a scenario.
    fn scenario(&self) -> Scenario {
        Scenario { changes: self.changes.clone(), ..Scenario::default() }
    }

    /// The figures of the map as it would be; `None` while nothing is tried, or not known yet.
    pub fn report(&self) -> Option<&Report> {
        self.figures.report().filter(|_| self.is_on()).map(|report| &**report)
    }

    /// Brings the figures up to date with the map.
    pub fn sync(&mut self, ctx: &egui::Context, document: &Document, today: Date) {
        if !self.is_on() {
            return;
        }
        let made = self.made_for.as_ref();
        if made.is_none_or(|(of, changes)| !of.has_same_chain(document) || *changes != self.changes) {
            self.document = future(document, &self.scenario());
            self.made_for = Some((document.clone(), self.changes.clone()));
        }
        self.figures.sync(ctx, &self.document, today);
    }

    fn set(&mut self, document: &Document, subject: Subject, lever: Lever, value: f64) {
        let Ok(value) = lever.quantity().check(value) else { return };
        let found = self.changes.iter().position(|change| (change.subject, change.lever) == (subject, lever));
        let is_so = of(document, subject, lever) == Some(value);
        match found {
            // Back where it was, unless somebody said why it is there.
            Some(at) if is_so && self.changes[at].why.is_empty() => drop(self.changes.remove(at)),
            Some(at) => self.changes[at].value = value,
            None if is_so => {}
            None => self.changes.push(Change { subject, lever, value, why: String::new() }),
        }
    }
}

/// The number on the map.
pub fn of(document: &Document, subject: Subject, lever: Lever) -> Option<f64> {
    match subject {
        Subject::Party(id) => lever.on_party(document.party(id)?),
        Subject::Handoff(id) => lever.on_handoff(document.handoff(id)?),
    }
}

impl App {
    /// Does what the panel asked for.
    pub(super) fn try_out(&mut self, wish: Wish) {
        let document = self.editor.document();
        match wish {
            Wish::Set(subject, lever, value) => self.what_if.set(document, subject, lever, value),
            Wish::Reset(subject, lever) => {
                self.what_if.changes.retain(|change| (change.subject, change.lever) != (subject, lever));
            }
            Wish::Why(subject, lever, why) => {
                let mut all = self.what_if.changes.iter_mut();
                if let Some(change) = all.find(|change| (change.subject, change.lever) == (subject, lever)) {
                    change.why = why;
                }
            }
            Wish::Cost(cost) => self.what_if.cost = cost,
            Wish::Name(name) => self.what_if.name = name,
            Wish::Clear => self.what_if = WhatIf::default(),
            Wish::Keep => self.keep_scenario(),
            Wish::Apply => self.apply_what_if(),
        }
    }

    fn keep_scenario(&mut self) {
        let current = self.editor.current();
        // What cannot be read was told beside the field, and is not kept.
        let cost = self.what_if.cost().unwrap_or_default();
        let name = match self.what_if.name.trim() {
            "" => format!("Scenario {}", current.scenarios_len() + 1),
            name => name.to_owned(),
        };
        let shown = self.editor.scenario().and_then(|id| current.scenario(id));
        let shown = shown.map(|scenario| (**scenario).clone()).unwrap_or_default();
        let scenario = with_changes(&Scenario { name: name.clone(), cost, ..shown }, &self.what_if.changes);
        let (id, edits) = save_scenario(current, &mut self.ids.borrow_mut(), scenario);
        match self.editor.edit_current(format!("keep “{name}”"), None, edits) {
            Ok(()) => {
                self.what_if = WhatIf::default();
                self.show_scenario(Some(id));
                self.say(format!("Kept as “{name}”, which is shown now. The map itself stays as it is."));
            }
            Err(error) => self.say_error(format!("Not done: {error}.")),
        }
    }

    fn apply_what_if(&mut self) {
        let edits = changed(self.editor.document(), &self.what_if.scenario());
        let count = self.what_if.changes.len();
        self.edit(if count == 1 { "change a number".into() } else { format!("change {count} numbers") }, edits, None);
        self.what_if = WhatIf::default();
        let place = if self.editor.scenario().is_some() { "in the scenario" } else { "on the map" };
        self.say(format!("Done {place}; Ctrl+Z takes it back."));
    }
}
