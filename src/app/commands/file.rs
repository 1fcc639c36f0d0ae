//! Maps and pictures.

use egui::Key;

use super::{ALT_SHIFT, BASE, CTRL, CTRL_SHIFT, Command, Menu, key};
use crate::app::dialogs::Then;

const FILE: Command = Command { menu: Menu::File, always: true, ..BASE };

/// The document as a whole.
pub const DOCUMENT: &[Command] = &[
    Command { id: "new", title: "New map", keys: &[key(CTRL, Key::N)], run: |app, _| app.leave_map(Then::New), ..FILE },
    Command {
        id: "open",
        title: "Open…",
        keys: &[key(CTRL, Key::O)],
        run: |app, _| app.leave_map(Then::PickFile),
        ..FILE
    },
    Command { id: "save", title: "Save", keys: &[key(CTRL, Key::S)], run: |app, ctx| app.save(ctx), ..FILE },
    Command {
        id: "save-as",
        title: "Save as…",
        keys: &[key(CTRL_SHIFT, Key::S)],
        run: |app, ctx| app.save_as(ctx),
        ..FILE
    },
    Command {
        id: "autosave",
        title: "Autosave",
        on: Some(|cx| cx.settings.autosave),
        run: |app, _| app.change_settings(|s| s.autosave = !s.autosave),
        ..FILE
    },
    Command { id: "welcome", title: "Welcome page and samples", run: |app, _| app.leave_map(Then::Welcome), ..FILE },
];

/// Pictures.
pub const PICTURE: &[Command] = &[
    Command {
        id: "export",
        title: "Export as picture…",
        keys: &[key(CTRL, Key::E)],
        enabled: |cx| !cx.document().is_empty(),
        run: |app, _| app.ask_export(),
        ..FILE
    },
    Command {
        id: "copy-png",
        title: "Copy as picture",
        keys: &[key(ALT_SHIFT, Key::C)],
        enabled: |cx| !cx.document().is_empty(),
        run: |app, ctx| app.copy_picture(ctx),
        ..FILE
    },
    Command {
        id: "export-tables",
        title: "Export as tables (CSV, XLSX)…",
        enabled: |cx| !cx.document().is_empty(),
        run: |app, ctx| app.export_tables(ctx),
        ..FILE
    },
    Command {
        id: "import-tables",
        title: "Import tables (CSV, XLSX)…",
        run: |app, ctx| app.import_tables(ctx),
        ..FILE
    },
];

/// Pages for people who never saw the map.
pub const PAGES: &[Command] = &[
    Command {
        id: "report",
        title: "Report…",
        keys: &[key(CTRL_SHIFT, Key::R)],
        enabled: |cx| !cx.document().is_empty(),
        run: |app, ctx| app.ask_report(ctx),
        ..FILE
    },
    Command {
        id: "brief",
        title: "Supplier brief…",
        keys: &[key(CTRL_SHIFT, Key::B)],
        enabled: |cx| cx.document().handoffs_len() > 0,
        run: |app, _| app.ask_brief("supplier"),
        ..FILE
    },
    Command {
        id: "brief-mirror",
        title: "What our customers need from us…",
        enabled: |cx| cx.document().handoffs_len() > 0,
        run: |app, _| app.ask_brief("mirror"),
        ..FILE
    },
    Command {
        id: "brief-agreed",
        title: "Operational-level agreement…",
        enabled: |cx| cx.document().handoffs_len() > 0,
        run: |app, _| app.ask_brief("agreed"),
        ..FILE
    },
    Command {
        id: "survey",
        title: "Survey sheet for a customer…",
        enabled: |cx| cx.document().handoffs_len() > 0,
        run: |app, _| app.ask_survey(),
        ..FILE
    },
];

/// The end.
pub const LEAVE: &[Command] = &[Command {
    id: "quit",
    title: "Quit",
    keys: &[key(CTRL, Key::Q)],
    run: |app, _| app.leave_map(Then::Quit),
    ..FILE
}];
