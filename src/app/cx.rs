//! What every view may read, and where new ids come from.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::rc::Rc;

use super::against::Other;
use super::figures::Figures;
use super::futures::Futures;
use super::gathered::{Gathered, Names};
use super::what_if::WhatIf;
use crate::analysis::{CustomerFigures, Report};
use crate::editor::Editor;
use crate::files::settings::Settings;
use crate::model::{Document, IdGen, Subject, ViewChoice};
use crate::scene::Theme;
use crate::scene::text::Fonts;
use crate::views::Against;

/// The state that views read.
#[derive(Debug, Clone, Copy)]
pub struct Cx<'a> {
    /// The document, its selection and its history.
    pub editor: &'a Editor,
    /// Makes ids for what a view adds.
    pub ids: &'a RefCell<IdGen>,
    /// Measures text.
    pub fonts: &'a Fonts,
    /// What the user prefers.
    pub settings: &'a Settings,
    /// Light or dark, now.
    pub theme: Theme,
    /// Which view is shown, and how it is set.
    pub view: &'a ViewChoice,
    /// What stands out; empty dims nothing.
    pub emphasis: &'a BTreeSet<Subject>,
    /// Whether this is before an audience.
    pub presents: bool,
    /// The figures of the map.
    pub figures: &'a Figures,
    /// The numbers that are tried out.
    pub what_if: &'a WhatIf,
    /// The figures of today and of the scenarios.
    pub futures: &'a Futures,
    /// Another map that this one is held against.
    pub other: Option<&'a Other>,
    /// The names on the map, and what all that is selected shares.
    pub gathered: &'a Gathered,
}

impl<'a> Cx<'a> {
    /// The external customer whose figures are shown, and these figures; `None` while there is none, or they are not
    /// known yet. They may name what is not there any more.
    pub fn customer(&self) -> Option<&'a CustomerFigures> {
        let all = &self.figures.report()?.customers;
        // The first by name is found in the report, not on a map of perhaps very many parties.
        let mut chosen = [self.view.customer, self.view.centre].into_iter().flatten();
        let found = chosen.find_map(|id| all.iter().find(|figures| figures.party == id));
        found.or(all.first()).filter(|figures| self.document().party(figures.party).is_some())
    }

    /// The figures of the map as it is today; `None` while they are not known yet.
    pub fn of_today(&self) -> Option<&'a Report> {
        if self.editor.scenario().is_some() {
            self.futures.report(None)
        } else {
            self.figures.report().map(|report| &**report)
        }
    }

    /// What the state that is shown is held against: the map of today while a scenario is shown, else another map.
    pub fn against(&self) -> Option<Against> {
        if let Some(scenario) = self.editor.scenario().and_then(|id| self.editor.current().scenario(id)) {
            return Some(Against::scenario(self.editor.current(), scenario));
        }
        let other = self.other?;
        Some(Against { before: other.document.clone(), words: format!("Held against {}", other.name) })
    }

    /// The names on the map.
    pub fn names(&self) -> Rc<Names> {
        self.gathered.names(self.document())
    }

    /// The document.
    pub fn document(&self) -> &Document {
        self.editor.document()
    }
}
