//! How the map is made better: its pages, and the future states.

use egui::Key;

use super::{BASE, CTRL, Command, Menu, PLAIN, SHIFT, key};
use crate::app::futures::Wish;
use crate::app::panels::insights::Page;
use crate::model::{Figure, Subject};

const IMPROVE: Command = Command { menu: Menu::Improve, always: true, ..BASE };

macro_rules! page {
    ($page:ident, $id:literal, $title:literal, $keys:expr) => {
        Command { id: $id, title: $title, keys: $keys, run: |app, _| app.turn_to(Page::$page), ..IMPROVE }
    };
}

/// The pages.
pub const PAGES: &[Command] = &[
    page!(Guide, "guide", "Guide through the seven steps", &[key(PLAIN, Key::F4)]),
    page!(Reviews, "reviews", "Reviews and calendar", &[]),
    page!(Sprints, "sprints", "Sprints", &[key(PLAIN, Key::F10)]),
    page!(Scenarios, "scenarios", "Scenarios", &[]),
];

/// Things to do.
pub const DO: &[Command] = &[
    Command {
        id: "ask",
        title: "Ask me: backwards from the customer",
        keys: &[key(SHIFT, Key::F4)],
        run: |app, _| app.ask(),
        ..IMPROVE
    },
    Command {
        id: "plan-sprint",
        title: "Plan a sprint on this handoff",
        enabled: |cx| matches!(cx.editor.selection().single(), Some(Subject::Handoff(_))),
        run: |app, _| app.plan_sprint_here(),
        ..IMPROVE
    },
    Command { id: "compare-file", title: "Hold against a file…", run: |app, _| app.ask_other(), ..IMPROVE },
    Command { id: "calendar-file", title: "Calendar file…", run: |app, _| app.save_calendar(), ..IMPROVE },
];

/// What colours the cards.
pub const COLOURS: &[Command] = &[Command {
    id: "colour-steps",
    title: "Colour by steps done",
    on: Some(|cx| cx.view.figure == Figure::Steps),
    run: |app, _| app.colour_by(Figure::Steps),
    ..IMPROVE
}];

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
