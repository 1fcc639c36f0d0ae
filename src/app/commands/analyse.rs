//! What the map tells: its pages, and the strip of figures.

use egui::Key;

use super::{BASE, Command, Menu, PLAIN, key};
use crate::app::App;
use crate::app::panels::insights::Page;
use crate::model::{Figure, ViewChoice};

const ANALYSE: Command = Command { menu: Menu::Analyse, always: true, ..BASE };

macro_rules! page {
    ($page:ident, $id:literal, $title:literal, $keys:expr) => {
        Command { id: $id, title: $title, keys: $keys, run: |app, _| app.turn_to(Page::$page), ..ANALYSE }
    };
}

/// The pages.
pub const PAGES: &[Command] = &[
    page!(Findings, "findings", "Findings", &[key(PLAIN, Key::F7)]),
    page!(WhatIf, "what-if", "What if", &[key(PLAIN, Key::F8)]),
    page!(Time, "time", "Lead time, slack and rework", &[key(PLAIN, Key::F9)]),
    page!(Cost, "cost", "Cost by department and layer", &[]),
    page!(Weak, "weak-points", "Weak points", &[]),
];

/// What colours the handoffs.
pub const COLOURS: &[Command] = &[
    Command {
        id: "colour-loss",
        title: "Colour by share of the loss",
        on: Some(|cx| cx.view.figure == Figure::Loss),
        run: |app, _| app.colour_by(Figure::Loss),
        ..ANALYSE
    },
    Command {
        id: "colour-slack",
        title: "Colour by slack: the critical path",
        on: Some(|cx| cx.view.figure == Figure::Slack),
        run: |app, _| app.colour_by(Figure::Slack),
        ..ANALYSE
    },
];

/// Switches.
pub const SWITCHES: &[Command] = &[Command {
    id: "figures",
    title: "Figures below the map",
    on: Some(|cx| cx.settings.figures),
    run: |app, _| app.change_settings(|s| s.figures = !s.figures),
    ..ANALYSE
}];

impl App {
    /// Colours the handoffs by a figure; by their state when they are coloured so already.
    pub(super) fn colour_by(&mut self, figure: Figure) {
        let figure = if self.view.figure == figure { Figure::None } else { figure };
        self.look_at(ViewChoice { figure, ..self.view.clone() });
    }

    /// Opens a page of what the map tells; closes it when it is open.
    pub(super) fn turn_to(&mut self, page: Page) {
        let open = self.session.insights == Some(page);
        self.session.insights = (!open).then_some(page);
    }
}
