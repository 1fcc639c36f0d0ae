//! Which picture of the map is shown, and how it is set.

use egui::Key;

use super::{ALT, BASE, CTRL, CTRL_SHIFT, Command, Menu, PLAIN, key};
use crate::model::{Figure, Flow, LayerMode, ViewKind};
use crate::views;

const VIEW: Command = Command { menu: Menu::View, ..BASE };

macro_rules! view {
    ($kind:ident, $id:literal, $title:literal, $key:ident) => {
        view!($kind, $id, $title, CTRL, $key)
    };
    ($kind:ident, $id:literal, $title:literal, $modifiers:ident, $key:ident) => {
        Command {
            id: $id,
            title: $title,
            keys: &[key($modifiers, Key::$key)],
            on: Some(|cx| cx.view.kind == ViewKind::$kind),
            run: |app, _| app.look_at_kind(ViewKind::$kind),
            ..VIEW
        }
    };
}

/// The views.
pub const VIEWS: &[Command] = &[
    view!(Map, "view-map", "Map", Num1),
    view!(Chain, "view-chain", "Chain", Num2),
    view!(Onion, "view-onion", "Onion", Num3),
    view!(Lanes, "view-lanes", "Lanes", Num4),
    view!(Sipoc, "view-sipoc", "SIPOC", Num5),
    view!(Silos, "view-silos", "Silos", Num6),
    view!(Place, "view-place", "My place", Num7),
    view!(List, "view-list", "Handoffs", Num8),
    view!(Snowball, "view-snowball", "Snowball", Num9),
    view!(Timeline, "view-timeline", "Timeline", CTRL_SHIFT, Num9),
];

/// How the view is set.
pub const CHOICES: &[Command] = &[
    Command {
        id: "peel-more",
        title: "One layer more",
        keys: &[key(PLAIN, Key::CloseBracket)],
        enabled: |cx| views::of(cx.view.kind).peels && cx.view.layers.is_some(),
        run: |app, _| app.peel(true),
        ..VIEW
    },
    Command {
        id: "peel-fewer",
        title: "One layer fewer",
        keys: &[key(PLAIN, Key::OpenBracket)],
        enabled: |cx| views::of(cx.view.kind).peels && cx.view.layers != Some(0) && !cx.document().is_empty(),
        run: |app, _| app.peel(false),
        ..VIEW
    },
    Command {
        id: "spotlight",
        title: "Spotlight: all that feeds it",
        keys: &[key(ALT, Key::U)],
        enabled: |cx| cx.view.spotlight.is_some() || cx.editor.selection().single().is_some(),
        on: Some(|cx| cx.view.spotlight.is_some()),
        run: |app, _| app.spotlight(),
        ..VIEW
    },
    Command {
        id: "emphasise",
        title: "Let the selection stand out",
        enabled: |cx| !cx.emphasis.is_empty() || !cx.editor.selection().is_empty(),
        on: Some(|cx| !cx.emphasis.is_empty()),
        run: |app, _| app.emphasise(),
        ..VIEW
    },
    Command {
        id: "centre",
        title: "Put into the centre",
        enabled: |cx| cx.editor.selection().single_party().is_some(),
        run: |app, _| app.centre_on_selection(),
        ..VIEW
    },
    Command {
        id: "flow-down",
        title: "Chain from top to bottom",
        enabled: |cx| cx.view.kind == ViewKind::Chain,
        on: Some(|cx| cx.view.flow == Flow::Down),
        run: |app, _| app.turn_flow(),
        ..VIEW
    },
    Command {
        id: "layers-longest",
        title: "Layers by the longest way",
        on: Some(|cx| cx.view.mode == LayerMode::Longest),
        run: |app, _| app.count_layers_otherwise(),
        ..VIEW
    },
    Command {
        id: "use-as-positions",
        title: "Use as positions",
        enabled: |cx| {
            matches!(cx.view.kind, ViewKind::Chain | ViewKind::Onion | ViewKind::Lanes) && !cx.document().is_empty()
        },
        run: |app, _| app.use_as_positions(),
        ..VIEW
    },
    Command {
        id: "plain-view",
        title: "Show everything plainly",
        enabled: |cx| {
            let view = cx.view;
            !cx.emphasis.is_empty()
                || view.layers.is_some()
                || view.spotlight.is_some()
                || !view.filter.is_empty()
                || view.figure != Figure::None
        },
        run: |app, _| app.look_plainly(),
        ..VIEW
    },
];

/// Before an audience.
pub const PRESENT: &[Command] = &[
    Command {
        id: "present",
        title: "Present",
        keys: &[key(PLAIN, Key::F5)],
        enabled: |cx| !cx.document().is_empty(),
        on: Some(|cx| cx.presents),
        run: |app, ctx| app.present(ctx),
        ..VIEW
    },
    Command {
        id: "keep-view",
        title: "Keep view",
        keys: &[key(CTRL, Key::B)],
        enabled: |cx| !cx.document().is_empty(),
        run: |app, _| app.keep_view(None),
        ..VIEW
    },
    Command { id: "steps", title: "Views to present", run: |app, _| app.session.steps = !app.session.steps, ..VIEW },
];
