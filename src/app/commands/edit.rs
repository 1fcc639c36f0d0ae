//! The history, the clipboard and the selection.

use egui::Key;

use super::{ALT, BASE, CTRL, CTRL_SHIFT, Command, Menu, PLAIN, key};
use crate::app::walk::Walk;

const EDIT: Command = Command { menu: Menu::Edit, ..BASE };

/// Undo and redo.
pub const HISTORY: &[Command] = &[
    Command {
        id: "undo",
        title: "Undo",
        detail: Some(|cx| cx.editor.undo_label().map(str::to_owned)),
        keys: &[key(CTRL, Key::Z)],
        enabled: |cx| cx.editor.undo_label().is_some(),
        run: |app, _| app.undo(),
        ..EDIT
    },
    Command {
        id: "redo",
        title: "Redo",
        detail: Some(|cx| cx.editor.redo_label().map(str::to_owned)),
        keys: &[key(CTRL_SHIFT, Key::Z), key(CTRL, Key::Y)],
        enabled: |cx| cx.editor.redo_label().is_some(),
        run: |app, _| app.redo(),
        ..EDIT
    },
];

/// The clipboard. Its usual keys arrive as events of their own (see `App::clipboard_events`).
pub const CLIPBOARD: &[Command] = &[
    Command { id: "cut", title: "Cut", enabled: |cx| selected(cx), run: |app, ctx| app.cut(ctx), ..EDIT },
    Command { id: "copy", title: "Copy", enabled: |cx| selected(cx), run: |app, ctx| app.copy(ctx), ..EDIT },
    Command {
        id: "paste",
        title: "Paste",
        run: |_, ctx| ctx.send_viewport_cmd(egui::ViewportCommand::RequestPaste),
        ..EDIT
    },
    Command {
        id: "duplicate",
        title: "Duplicate",
        keys: &[key(CTRL, Key::D)],
        enabled: |cx| selected(cx),
        run: |app, _| app.duplicate(),
        ..EDIT
    },
    Command {
        id: "delete",
        title: "Delete",
        keys: &[key(PLAIN, Key::Delete), key(PLAIN, Key::Backspace)],
        enabled: |cx| selected(cx),
        run: |app, _| app.delete(),
        ..EDIT
    },
];

fn selected(cx: &crate::app::cx::Cx<'_>) -> bool {
    !cx.editor.selection().is_empty()
}

/// Selecting, finding, walking.
pub const SELECTION: &[Command] = &[
    Command {
        id: "select-all",
        title: "Select all",
        keys: &[key(CTRL, Key::A)],
        run: |app, _| app.select_all(),
        ..EDIT
    },
    Command {
        id: "select-none",
        title: "Select nothing",
        keys: &[key(PLAIN, Key::Escape), key(CTRL_SHIFT, Key::A)],
        run: |app, _| app.escape(),
        ..EDIT
    },
    Command {
        id: "find",
        title: "Find…",
        keys: &[key(CTRL, Key::F)],
        always: true,
        run: |app, _| app.open_find(),
        ..EDIT
    },
    Command {
        id: "rename",
        title: "Edit name",
        keys: &[key(PLAIN, Key::F2)],
        enabled: |cx| cx.editor.selection().single().is_some(),
        run: |app, _| app.rename(),
        ..EDIT
    },
    Command {
        id: "details",
        title: "Edit details",
        keys: &[key(CTRL, Key::Enter), key(PLAIN, Key::F6)],
        run: |app, _| app.focus_inspector(),
        ..EDIT
    },
    Command {
        id: "walk-right",
        title: "Go to what it gives",
        keys: &[key(ALT, Key::ArrowRight)],
        run: |app, _| app.walk(Walk::Downstream),
        ..EDIT
    },
    Command {
        id: "walk-left",
        title: "Go to what it receives",
        keys: &[key(ALT, Key::ArrowLeft)],
        run: |app, _| app.walk(Walk::Upstream),
        ..EDIT
    },
    Command {
        id: "walk-down",
        title: "Go to the next beside it",
        keys: &[key(ALT, Key::ArrowDown)],
        run: |app, _| app.walk(Walk::Next),
        ..EDIT
    },
    Command {
        id: "walk-up",
        title: "Go to the one before beside it",
        keys: &[key(ALT, Key::ArrowUp)],
        run: |app, _| app.walk(Walk::Previous),
        ..EDIT
    },
];
