//! Every command, in one table: menus, palette, shortcuts, help and tests derive from it.

mod analyse;
mod arrange;
mod edit;
mod file;
mod improve;
mod insert;
mod view;
mod views;

use egui::{Key, KeyboardShortcut, Modifiers};

use super::App;
use super::action::Action;
use super::cx::Cx;

/// Something a person can ask for.
#[derive(Clone, Copy)]
pub struct Command {
    /// Stable name.
    pub id: &'static str,
    /// The menu it stands in.
    pub menu: Menu,
    /// What it is called.
    pub title: &'static str,
    /// What else to say on its button, such as the name of the step to undo.
    pub detail: Option<fn(&Cx<'_>) -> Option<String>>,
    /// Shortcuts, the first one shown.
    pub keys: &'static [KeyboardShortcut],
    /// Whether its keys also work while a text is edited.
    pub always: bool,
    /// Whether it can be done now.
    pub enabled: fn(&Cx<'_>) -> bool,
    /// Whether it is a switch, and on.
    pub on: Option<fn(&Cx<'_>) -> bool>,
    /// Does it.
    pub run: fn(&mut App, &egui::Context),
}

impl std::fmt::Debug for Command {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Command").field("id", &self.id).finish_non_exhaustive()
    }
}

/// The menus of the menu bar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Menu {
    /// Maps and pictures.
    File,
    /// The clipboard and the history.
    Edit,
    /// Parties and handoffs.
    Insert,
    /// Places.
    Arrange,
    /// What the map tells.
    Analyse,
    /// How it is made better.
    Improve,
    /// What is shown.
    View,
    /// How things work.
    Help,
}

impl Menu {
    /// All menus, in order.
    pub const ALL: [Self; 8] =
        [Self::File, Self::Edit, Self::Insert, Self::Arrange, Self::Analyse, Self::Improve, Self::View, Self::Help];

    /// The word in the menu bar.
    pub fn title(self) -> &'static str {
        match self {
            Self::File => "File",
            Self::Edit => "Edit",
            Self::Insert => "Insert",
            Self::Arrange => "Arrange",
            Self::Analyse => "Analyse",
            Self::Improve => "Improve",
            Self::View => "View",
            Self::Help => "Help",
        }
    }
}

/// A plain command: always possible, no switch, not while editing text.
const BASE: Command = Command {
    id: "",
    menu: Menu::File,
    title: "",
    detail: None,
    keys: &[],
    always: false,
    enabled: |_| true,
    on: None,
    run: |_, _| {},
};

const CTRL: Modifiers = Modifiers::COMMAND;
const SHIFT: Modifiers = Modifiers::SHIFT;
const ALT: Modifiers = Modifiers::ALT;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };
const ALT_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::ALT };
const PLAIN: Modifiers = Modifiers::NONE;

const fn key(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(modifiers, key)
}

/// The tables, a menu each; a separator stands between two tables of the same menu.
pub const TABLES: &[&[Command]] = &[
    file::DOCUMENT,
    file::PICTURE,
    file::PAGES,
    file::LEAVE,
    edit::HISTORY,
    edit::CLIPBOARD,
    edit::SELECTION,
    insert::PARTIES,
    insert::HANDOFFS,
    insert::KINDS,
    arrange::TIDY,
    arrange::ALIGN,
    arrange::NUDGE,
    analyse::PAGES,
    analyse::COLOURS,
    analyse::SWITCHES,
    improve::PAGES,
    improve::DO,
    improve::STATES,
    improve::COLOURS,
    views::VIEWS,
    views::CHOICES,
    views::PRESENT,
    view::CAMERA,
    view::SWITCHES,
    view::LOOKS,
    view::HELP,
];

/// Every command.
pub fn all() -> impl Iterator<Item = &'static Command> {
    TABLES.iter().copied().flatten()
}

/// The command with this id.
pub fn by_id(id: &str) -> Option<&'static Command> {
    all().find(|command| command.id == id)
}

impl Command {
    /// Its title, with what else there is to say.
    pub fn shown(&self, cx: &Cx<'_>) -> String {
        match self.detail.and_then(|detail| detail(cx)) {
            Some(detail) => format!("{}: {detail}", self.title),
            None => self.title.to_owned(),
        }
    }

    /// Its first shortcut as text.
    pub fn keys_shown(&self, ctx: &egui::Context) -> String {
        self.keys.first().map(|keys| ctx.format_shortcut(keys)).unwrap_or_default()
    }

    /// A button for a menu.
    pub fn button(&self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
        let mut text = self.shown(cx);
        if self.on.is_some_and(|on| on(cx)) {
            text.insert_str(0, "✓ ");
        }
        let keys = self.keys_shown(ui.ctx());
        let button = egui::Button::new(text).shortcut_text(keys);
        if ui.add_enabled((self.enabled)(cx), button).clicked() {
            out.push(Action::Command(self.id));
            ui.close();
        }
    }
}

/// Buttons for the commands with these ids; "-" is a separator.
pub fn menu(ui: &mut egui::Ui, ids: &[&str], cx: &Cx<'_>, out: &mut Vec<Action>) {
    ui.set_min_width(210.0);
    for id in ids {
        match by_id(id) {
            Some(command) => command.button(ui, cx, out),
            None => {
                ui.separator();
            }
        }
    }
}

/// All commands of one menu of the menu bar.
pub fn whole_menu(ui: &mut egui::Ui, which: Menu, cx: &Cx<'_>, out: &mut Vec<Action>) {
    ui.set_min_width(250.0);
    let mut first = true;
    for table in TABLES.iter().filter(|table| table.first().is_some_and(|c| c.menu == which)) {
        if !std::mem::take(&mut first) {
            ui.separator();
        }
        for command in *table {
            command.button(ui, cx, out);
        }
    }
}

/// Where the keyboard goes in this frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hears {
    /// Commands alone.
    Commands,
    /// Commands, and letters that start naming what is selected: what follows such a letter is for the name.
    CommandsAndLetters,
    /// A text field, and the commands that always work.
    Text,
}

/// The command whose keys were pressed first in this frame, with the keys taken out of the input.
pub fn pressed(ctx: &egui::Context, cx: &Cx<'_>, hears: Hears) -> Option<&'static Command> {
    let commands = || all().filter(|command| command.always || hears != Hears::Text);
    let of = |event: &egui::Event| commands().find(|command| command.keys.iter().any(|keys| fits(event, *keys)));
    let hit = ctx.input_mut(|i| {
        for at in 0..i.events.len() {
            if let Some(command) = of(&i.events[at]) {
                i.events.remove(at);
                // The letter that the same press would write is not typed as well.
                if matches!(i.events.get(at), Some(egui::Event::Text(_))) {
                    i.events.remove(at);
                }
                return Some(command);
            }
            if hears == Hears::CommandsAndLetters && matches!(&i.events[at], egui::Event::Text(_)) {
                return None;
            }
        }
        None
    });
    hit.filter(|command| (command.enabled)(cx))
}

/// Whether an event is a press of exactly these keys. The modifiers are those of the press itself: a quick hand has let go
/// of them by the end of the frame.
fn fits(event: &egui::Event, keys: KeyboardShortcut) -> bool {
    let egui::Event::Key { key, physical_key, pressed: true, modifiers, .. } = event else { return false };
    let wanted = keys.modifiers;
    // Shift and a digit is a sign of its own, another one on each keyboard.
    let digit = wanted.shift && is_digit(keys.logical_key) && *physical_key == Some(keys.logical_key);
    let shift = modifiers.shift == wanted.shift || is_symbol(*key);
    (*key == keys.logical_key || digit) && shift && modifiers.alt == wanted.alt && modifiers.command == wanted.command
}

fn is_digit(key: Key) -> bool {
    key >= Key::Num0 && key <= Key::Num9
}

/// Keys that need Shift on some keyboards and not on others.
fn is_symbol(key: Key) -> bool {
    matches!(key, Key::Plus | Key::Equals | Key::Minus | Key::Questionmark | Key::Slash | Key::Quote)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn ids_are_unique_and_no_two_commands_share_keys() {
        let (mut ids, mut keys) = (BTreeSet::new(), BTreeSet::new());
        for command in all() {
            assert!(ids.insert(command.id), "two commands are called {}", command.id);
            assert!(!command.title.is_empty(), "{} has a title", command.id);
            for shortcut in command.keys {
                assert!(keys.insert(format!("{shortcut:?}")), "{} has the keys of another", command.id);
            }
        }
    }
}
