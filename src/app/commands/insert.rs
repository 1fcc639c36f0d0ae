//! Parties, handoffs, and what they are.

use egui::Key;

use super::{ALT, BASE, CTRL, Command, Menu, PLAIN, SHIFT, key};
use crate::app::cx::Cx;
use crate::model::ops::{End, Side};
use crate::model::{PartyKind, Subject};

const INSERT: Command = Command { menu: Menu::Insert, ..BASE };

fn one_party(cx: &Cx<'_>) -> bool {
    cx.editor.selection().single_party().is_some()
}

fn handoffs(cx: &Cx<'_>) -> bool {
    cx.editor.selection().handoffs().next().is_some()
}

fn parties(cx: &Cx<'_>) -> bool {
    cx.editor.selection().parties().next().is_some()
}

fn one_handoff(cx: &Cx<'_>) -> bool {
    matches!(cx.editor.selection().single(), Some(Subject::Handoff(_)))
}

/// New parties.
pub const PARTIES: &[Command] = &[
    Command {
        id: "add-customer",
        title: "Add the next customer",
        keys: &[key(PLAIN, Key::Tab), key(CTRL, Key::ArrowRight)],
        run: |app, ctx| app.add(ctx, Side::Customer),
        ..INSERT
    },
    Command {
        id: "add-supplier",
        title: "Add a supplier",
        keys: &[key(SHIFT, Key::Tab), key(CTRL, Key::ArrowLeft)],
        run: |app, ctx| app.add(ctx, Side::Supplier),
        ..INSERT
    },
    Command {
        id: "add-sibling",
        title: "Add a sibling",
        keys: &[key(PLAIN, Key::Enter), key(CTRL, Key::ArrowDown)],
        run: |app, ctx| app.add(ctx, Side::Sibling),
        ..INSERT
    },
    Command {
        id: "add-party",
        title: "Add a party",
        keys: &[key(PLAIN, Key::Insert)],
        run: |app, ctx| app.add_party(ctx, false),
        ..INSERT
    },
    Command { id: "add-party-here", title: "Add a party here", run: |app, ctx| app.add_party(ctx, true), ..INSERT },
];

/// New handoffs and changes of those there are.
pub const HANDOFFS: &[Command] = &[
    Command {
        id: "connect",
        title: "Connect the two selected parties",
        keys: &[key(CTRL, Key::L)],
        enabled: |cx| cx.editor.selection().parties().take(3).count() == 2,
        run: |app, _| app.connect_selected(),
        ..INSERT
    },
    Command {
        id: "add-input",
        title: "Add an input nobody supplies yet",
        enabled: one_party,
        run: |app, _| app.add_open(End::Supplier),
        ..INSERT
    },
    Command {
        id: "add-output",
        title: "Add an output nobody receives yet",
        enabled: one_party,
        run: |app, _| app.add_open(End::Customer),
        ..INSERT
    },
    Command {
        id: "add-requirement",
        title: "Add a requirement",
        keys: &[key(CTRL, Key::R)],
        enabled: one_handoff,
        run: |app, _| app.add_requirement(),
        ..INSERT
    },
    Command { id: "reverse", title: "Turn round", enabled: handoffs, run: |app, _| app.reverse(), ..INSERT },
    Command {
        id: "rework",
        title: "Rework",
        enabled: handoffs,
        on: Some(|cx| {
            let mut all = cx.editor.selection().handoffs().filter_map(|id| cx.document().handoff(id));
            handoffs(cx) && all.all(|h| !h.is_forward())
        }),
        run: |app, _| app.toggle_rework(),
        ..INSERT
    },
    Command {
        id: "critical",
        title: "Critical",
        enabled: handoffs,
        on: Some(|cx| {
            let mut all = cx.editor.selection().handoffs().filter_map(|id| cx.document().handoff(id));
            handoffs(cx) && all.all(|h| h.critical)
        }),
        run: |app, _| app.toggle_critical(),
        ..INSERT
    },
];

fn all_are(cx: &Cx<'_>, kind: PartyKind) -> bool {
    let mut all = cx.editor.selection().parties().filter_map(|id| cx.document().party(id));
    parties(cx) && all.all(|p| p.kind == kind)
}

/// Kinds of party.
pub const KINDS: &[Command] = &[
    Command {
        id: "kind-process",
        title: "Process",
        keys: &[key(ALT, Key::Num1)],
        enabled: parties,
        on: Some(|cx| all_are(cx, PartyKind::Process)),
        run: |app, _| app.set_kind(PartyKind::Process),
        ..INSERT
    },
    Command {
        id: "kind-customer",
        title: "External customer",
        keys: &[key(ALT, Key::Num2)],
        always: true,
        enabled: parties,
        on: Some(|cx| all_are(cx, PartyKind::Customer)),
        run: |app, _| app.set_kind(PartyKind::Customer),
        ..INSERT
    },
    Command {
        id: "kind-supplier",
        title: "External supplier",
        keys: &[key(ALT, Key::Num3)],
        always: true,
        enabled: parties,
        on: Some(|cx| all_are(cx, PartyKind::Supplier)),
        run: |app, _| app.set_kind(PartyKind::Supplier),
        ..INSERT
    },
];
