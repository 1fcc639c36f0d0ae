//! What is shown, and how.

use egui::Key;

use super::{BASE, CTRL, CTRL_SHIFT, Command, Menu, PLAIN, SHIFT, key};
use crate::app::dialogs::Dialog;
use crate::files::settings::ThemeChoice;

const VIEW: Command = Command { menu: Menu::View, always: true, ..BASE };
/// Keys that write something in a text field.
const QUIET: Command = Command { always: false, ..VIEW };
const HELP_BASE: Command = Command { menu: Menu::Help, always: true, ..BASE };

/// The camera.
pub const CAMERA: &[Command] = &[
    Command {
        id: "fit",
        title: "Show the whole map",
        keys: &[key(SHIFT, Key::Num1), key(PLAIN, Key::Home)],
        run: |app, _| app.canvas.fit_all(),
        ..QUIET
    },
    Command {
        id: "zoom-selection",
        title: "Show the selection",
        keys: &[key(SHIFT, Key::Num2)],
        enabled: |cx| !cx.editor.selection().is_empty(),
        run: |app, _| app.canvas.fit(app.editor.selection().iter().collect()),
        ..QUIET
    },
    Command {
        id: "zoom-100",
        title: "100 %",
        keys: &[key(CTRL, Key::Num0)],
        run: |app, _| app.canvas.zoom(None),
        ..VIEW
    },
    Command {
        id: "zoom-in",
        title: "Zoom in",
        keys: &[key(CTRL, Key::Plus), key(CTRL, Key::Equals)],
        run: |app, _| app.canvas.zoom(Some(1.25)),
        ..VIEW
    },
    Command {
        id: "zoom-out",
        title: "Zoom out",
        keys: &[key(CTRL, Key::Minus)],
        run: |app, _| app.canvas.zoom(Some(0.8)),
        ..VIEW
    },
];

/// Switches.
pub const SWITCHES: &[Command] = &[
    Command {
        id: "inspector",
        title: "Inspector",
        keys: &[key(CTRL, Key::I)],
        run: |app, _| app.session.inspector = !app.session.inspector,
        ..VIEW
    },
    Command {
        id: "grid",
        title: "Snap to grid",
        keys: &[key(CTRL, Key::Quote)],
        on: Some(|cx| cx.settings.snap_to_grid),
        run: |app, _| app.change_settings(|s| s.snap_to_grid = !s.snap_to_grid),
        ..VIEW
    },
    Command {
        id: "guides",
        title: "Alignment guides",
        on: Some(|cx| cx.settings.guides),
        run: |app, _| app.change_settings(|s| s.guides = !s.guides),
        ..VIEW
    },
    Command {
        id: "wheel-zooms",
        title: "Wheel zooms",
        on: Some(|cx| cx.settings.wheel_zooms),
        run: |app, _| app.change_settings(|s| s.wheel_zooms = !s.wheel_zooms),
        ..VIEW
    },
    Command {
        id: "full-screen",
        title: "Full screen",
        keys: &[key(PLAIN, Key::F11)],
        run: |_, ctx| {
            let full = ctx.input(|i| i.viewport().fullscreen.unwrap_or(false));
            ctx.send_viewport_cmd(egui::ViewportCommand::Fullscreen(!full));
        },
        ..VIEW
    },
];

/// Light and dark, and the size of text.
pub const LOOKS: &[Command] = &[
    Command {
        id: "theme-light",
        title: "Light",
        on: Some(|cx| cx.settings.theme == ThemeChoice::Light),
        run: |app, _| app.change_settings(|s| s.theme = ThemeChoice::Light),
        ..VIEW
    },
    Command {
        id: "theme-dark",
        title: "Dark",
        on: Some(|cx| cx.settings.theme == ThemeChoice::Dark),
        run: |app, _| app.change_settings(|s| s.theme = ThemeChoice::Dark),
        ..VIEW
    },
    Command {
        id: "theme-system",
        title: "Light or dark as the system",
        on: Some(|cx| cx.settings.theme == ThemeChoice::System),
        run: |app, _| app.change_settings(|s| s.theme = ThemeChoice::System),
        ..VIEW
    },
    Command {
        id: "text-larger",
        title: "Larger text",
        keys: &[key(CTRL_SHIFT, Key::Period)],
        run: |app, _| app.change_settings(|s| s.text_scale = (s.text_scale * 1.1).min(3.0)),
        ..VIEW
    },
    Command {
        id: "text-smaller",
        title: "Smaller text",
        keys: &[key(CTRL_SHIFT, Key::Comma)],
        run: |app, _| app.change_settings(|s| s.text_scale = (s.text_scale / 1.1).max(0.5)),
        ..VIEW
    },
    Command {
        id: "text-usual",
        title: "Usual text size",
        run: |app, _| app.change_settings(|s| s.text_scale = 1.0),
        ..VIEW
    },
];

/// How things work.
pub const HELP: &[Command] = &[
    Command {
        id: "palette",
        title: "All commands…",
        keys: &[key(CTRL, Key::K), key(CTRL_SHIFT, Key::P)],
        run: |app, _| app.open_palette(),
        ..HELP_BASE
    },
    Command {
        id: "shortcuts",
        title: "Shortcuts",
        keys: &[key(PLAIN, Key::F1)],
        run: |app, _| app.dialog = Some(Dialog::Shortcuts),
        ..HELP_BASE
    },
    Command { id: "about", title: "About Peel", run: |app, _| app.dialog = Some(Dialog::About), ..HELP_BASE },
];
