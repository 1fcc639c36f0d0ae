//! Places.

use egui::Key;

use super::{BASE, CTRL_SHIFT, Command, Menu, PLAIN, SHIFT, key};
use crate::app::cx::Cx;
use crate::geom::pt;
use crate::model::ViewKind;
use crate::model::ops::Alignment;

const ARRANGE: Command = Command { menu: Menu::Arrange, ..BASE };
const ALIGN_BASE: Command = Command { enabled: |cx| at_least(cx, 2), ..ARRANGE };
const SPREAD: Command = Command { enabled: |cx| at_least(cx, 3), ..ARRANGE };
const NUDGE_BASE: Command = Command { enabled: |cx| at_least(cx, 1), ..ARRANGE };

fn at_least(cx: &Cx<'_>, count: usize) -> bool {
    cx.view.kind == ViewKind::Map && cx.editor.selection().parties().take(count).count() == count
}

/// The whole arrangement.
pub const TIDY: &[Command] = &[Command {
    id: "tidy",
    title: "Tidy: suppliers left, customers right",
    keys: &[key(CTRL_SHIFT, Key::L)],
    enabled: |cx| cx.view.kind == ViewKind::Map && cx.document().parties_len() > 0,
    run: |app, _| app.tidy(),
    ..ARRANGE
}];

/// Lining up.
pub const ALIGN: &[Command] = &[
    Command {
        id: "align-left",
        title: "Align left edges",
        keys: &[key(CTRL_SHIFT, Key::ArrowLeft)],
        run: |app, _| app.align(Alignment::Left),
        ..ALIGN_BASE
    },
    Command { id: "align-center", title: "Align centres", run: |app, _| app.align(Alignment::Center), ..ALIGN_BASE },
    Command {
        id: "align-right",
        title: "Align right edges",
        keys: &[key(CTRL_SHIFT, Key::ArrowRight)],
        run: |app, _| app.align(Alignment::Right),
        ..ALIGN_BASE
    },
    Command {
        id: "align-top",
        title: "Align top edges",
        keys: &[key(CTRL_SHIFT, Key::ArrowUp)],
        run: |app, _| app.align(Alignment::Top),
        ..ALIGN_BASE
    },
    Command { id: "align-middle", title: "Align middles", run: |app, _| app.align(Alignment::Middle), ..ALIGN_BASE },
    Command {
        id: "align-bottom",
        title: "Align bottom edges",
        keys: &[key(CTRL_SHIFT, Key::ArrowDown)],
        run: |app, _| app.align(Alignment::Bottom),
        ..ALIGN_BASE
    },
    Command { id: "distribute-across", title: "Distribute across", run: |app, _| app.distribute(false), ..SPREAD },
    Command { id: "distribute-down", title: "Distribute down", run: |app, _| app.distribute(true), ..SPREAD },
];

/// Moving by keys: one grid step, with Shift ten.
pub const NUDGE: &[Command] = &[
    Command {
        id: "nudge-left",
        title: "Move left",
        keys: &[key(PLAIN, Key::ArrowLeft)],
        run: |app, _| app.nudge(pt(-1.0, 0.0)),
        ..NUDGE_BASE
    },
    Command {
        id: "nudge-right",
        title: "Move right",
        keys: &[key(PLAIN, Key::ArrowRight)],
        run: |app, _| app.nudge(pt(1.0, 0.0)),
        ..NUDGE_BASE
    },
    Command {
        id: "nudge-up",
        title: "Move up",
        keys: &[key(PLAIN, Key::ArrowUp)],
        run: |app, _| app.nudge(pt(0.0, -1.0)),
        ..NUDGE_BASE
    },
    Command {
        id: "nudge-down",
        title: "Move down",
        keys: &[key(PLAIN, Key::ArrowDown)],
        run: |app, _| app.nudge(pt(0.0, 1.0)),
        ..NUDGE_BASE
    },
    Command {
        id: "nudge-left-far",
        title: "Move far left",
        keys: &[key(SHIFT, Key::ArrowLeft)],
        run: |app, _| app.nudge(pt(-10.0, 0.0)),
        ..NUDGE_BASE
    },
    Command {
        id: "nudge-right-far",
        title: "Move far right",
        keys: &[key(SHIFT, Key::ArrowRight)],
        run: |app, _| app.nudge(pt(10.0, 0.0)),
        ..NUDGE_BASE
    },
    Command {
        id: "nudge-up-far",
        title: "Move far up",
        keys: &[key(SHIFT, Key::ArrowUp)],
        run: |app, _| app.nudge(pt(0.0, -10.0)),
        ..NUDGE_BASE
    },
    Command {
        id: "nudge-down-far",
        title: "Move far down",
        keys: &[key(SHIFT, Key::ArrowDown)],
        run: |app, _| app.nudge(pt(0.0, 10.0)),
        ..NUDGE_BASE
    },
];
