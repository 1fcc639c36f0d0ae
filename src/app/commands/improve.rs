//! How the map is made better: its pages, and the future states.

use egui::Key;

use super::{BASE, CTRL, Command, Menu, key};
use crate::app::futures::Wish;
use crate::app::panels::insights::Page;

const IMPROVE: Command = Command { menu: Menu::Improve, always: true, ..BASE };

macro_rules! page {
    ($page:ident, $id:literal, $title:literal, $keys:expr) => {
        Command { id: $id, title: $title, keys: $keys, run: |app, _| app.turn_to(Page::$page), ..IMPROVE }
    };
}

/// The pages.
pub const PAGES: &[Command] = &[page!(Scenarios, "scenarios", "Scenarios", &[])];

/// Future states.
pub const STATES: &[Command] = &[
    Command { id: "new-scenario", title: "New scenario", run: |app, _| app.see_future(Wish::New), ..IMPROVE },
    Command {
        id: "next-state",
        title: "Show the next scenario",
        keys: &[key(CTRL, Key::CloseBracket)],
        enabled: |cx| cx.editor.current().scenarios_len() > 0,
        run: |app, _| app.turn_scenario(true),
        ..IMPROVE
    },
    Command {
        id: "previous-state",
        title: "Show the scenario before",
        keys: &[key(CTRL, Key::OpenBracket)],
        enabled: |cx| cx.editor.current().scenarios_len() > 0,
        run: |app, _| app.turn_scenario(false),
        ..IMPROVE
    },
];
