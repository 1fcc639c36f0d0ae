//! Questions and answers over the window, one at a time.

pub mod brief;
pub mod case;
pub mod export;
pub mod merge;
mod palette;
pub mod picker;
pub mod report;

use std::path::PathBuf;

use egui::{FontId, Id, Modal, RichText};

use super::action::Action;
use super::canvas::paint::{color, family};
use super::commands::{self, Menu};
use super::tasks::{Done, PATIENCE};
use super::{App, look};
use crate::files::recovery::Found;
use crate::scene::{Ink, Weight};
use export::ExportChoice;
use palette::Palette;
use picker::Picker;

/// What to do once the map may be left.
#[derive(Debug, Clone, PartialEq)]
pub enum Then {
    /// Start an empty map.
    New,
    /// Ask for a file to open.
    PickFile,
    /// Open this file.
    Open(PathBuf),
    /// Open a sample.
    Sample(&'static str),
    /// Show the welcome page.
    Welcome,
    /// End the program.
    Quit,
}

impl Then {
    /// Whether the map as it is would be gone. Asking for a file asks again when one was chosen.
    pub fn loses_work(&self) -> bool {
        !matches!(self, Self::PickFile)
    }
}

/// The dialog that is open.
#[derive(Debug)]
pub enum Dialog {
    /// The map was not saved.
    Unsaved(Then),
    /// Something to read.
    Message {
        /// In large.
        title: String,
        /// In small.
        text: String,
    },
    /// Saving failed.
    NotSaved(String),
    /// The file is not what it was; true when it is the map's own, and not another of that name.
    ChangedOnDisk(PathBuf, bool),
    /// Both versions are about to be made one.
    Merge(Box<merge::MergeDialog>),
    /// A native file dialog is open.
    WaitingForFile,
    /// The window's own file dialog.
    Picker(Picker),
    /// How a picture should be.
    Export(ExportChoice),
    /// A brief.
    Brief(Box<brief::BriefDialog>),
    /// A survey sheet.
    Survey(brief::SurveyDialog),
    /// The report.
    Report(Box<report::ReportDialog>),
    /// A true cost case.
    Case(Box<case::CaseDialog>),
    /// All commands.
    Palette(Palette),
    /// All shortcuts.
    Shortcuts,
    /// What this is.
    About,
    /// Work that was not saved.
    Lost(Found),
}

/// What a dialog came to in this frame.
enum Answer {
    Open(Dialog),
    Closed,
    Do(Deed),
}

/// Something to do to the window once the dialog is drawn.
type Deed = Box<dyn FnOnce(&mut App, &egui::Context)>;

fn then(action: impl FnOnce(&mut App, &egui::Context) + 'static) -> Answer {
    Answer::Do(Box::new(action))
}

fn title(ui: &mut egui::Ui, text: &str) {
    ui.label(RichText::new(text).font(FontId::new(17.0, family(Weight::SemiBold))));
    ui.add_space(4.0);
}

impl App {
    pub(super) fn open_palette(&mut self) {
        self.dialog = Some(Dialog::Palette(Palette::default()));
    }

    pub(super) fn open_find(&mut self) {
        self.session.find = Some(super::panels::find::Find::default());
    }

    /// What threads have done since the last frame.
    pub(super) fn receive(&mut self, ctx: &egui::Context) {
        self.file.outside.look();
        for done in self.tasks.receive() {
            match done {
                Done::Picked(purpose, paths) => self.picked(purpose, paths),
                Done::Opened(path, result) => self.opened(&path, result),
                Done::Saved(document, result) => self.saved(*document, result),
                Done::Compared(path, result) => self.compared(&path, result),
                Done::Outside(wish, path, result) => self.met(wish, &path, result),
                Done::Written(Ok(words)) => self.say(words),
                Done::Written(Err(words)) => self.say_error(words),
                Done::Told(told, result) => {
                    if let Some(party) = told {
                        self.note_told(party);
                    }
                    match result {
                        Ok(words) => self.say(words),
                        Err(words) => self.say_error(words),
                    }
                }
                Done::Picture(Ok(image)) => {
                    ctx.copy_image(image);
                    self.say("The picture is on its way to the clipboard.");
                }
                Done::Picture(Err(error)) => self.say_error(format!("Not copied: {error}.")),
                Done::Imported(before, result) => self.imported(&before, result),
                Done::Arranged(before, edits) => self.arranged(&before, edits),
                Done::Faces(fonts) => self.use_faces(fonts),
                Done::Lost(found) => self.found_lost(found),
                Done::Broken(what) => self.broken(&what),
            }
        }
    }

    fn found_lost(&mut self, found: Found) {
        if let Some(unreadable) = found.unreadable.first() {
            let (file, reason) = (unreadable.journal.display(), &unreadable.reason);
            self.say_error(format!("Work that was not saved cannot be read ({reason}); it is kept in {file}."));
        }
        if !found.recoverable.is_empty() {
            self.dialog = Some(Dialog::Lost(found));
        }
    }

    /// Shows the open dialog.
    pub(super) fn dialogs(&mut self, ctx: &egui::Context, out: &mut Vec<Action>) {
        let Some(dialog) = self.dialog.take() else { return };
        let theme = look::theme(ctx);
        let faint = color(theme, Ink::Faint);
        let mut answer = Answer::Closed;
        let frame = egui::Frame::popup(&ctx.global_style()).inner_margin(20).corner_radius(10);
        let response = Modal::new(Id::new("dialog")).frame(frame).show(ctx, |ui| {
            ui.set_max_width(
                if matches!(dialog, Dialog::Brief(_) | Dialog::Report(_) | Dialog::Case(_) | Dialog::Merge(_)) {
                    780.0
                } else {
                    560.0
                },
            );
            answer = match dialog {
                Dialog::Unsaved(to) => unsaved(ui, &self.map_name(), to),
                Dialog::Message { title: head, text } => message(ui, head, text),
                Dialog::NotSaved(text) => not_saved(ui, text),
                Dialog::ChangedOnDisk(path, is_ours) => merge::changed_on_disk(ui, path, is_ours),
                Dialog::Merge(merge) => merge.ui(ui, theme),
                Dialog::WaitingForFile => self.waiting(ui),
                Dialog::Picker(picker) => picker.ui(ui, theme),
                Dialog::Export(choice) => {
                    let size = |c: &ExportChoice| self.picture_size(c);
                    choice.ui(ui, theme, !self.editor.selection().is_empty(), &size)
                }
                Dialog::Brief(brief) => brief.ui(ui, &self.cx(theme), &super::clock::today().to_string()),
                Dialog::Survey(survey) => survey.ui(ui, &self.cx(theme)),
                Dialog::Report(report) => report.ui(ui, &self.cx(theme)),
                Dialog::Case(case) => case.ui(ui, &self.cx(theme)),
                Dialog::Palette(palette) => palette.ui(ui, &self.cx(theme), out),
                Dialog::Shortcuts => shortcuts(ui, faint),
                Dialog::About => about(ui, theme),
                Dialog::Lost(found) => lost(ui, found, faint),
            };
        });
        match answer {
            // Not by a click beside it when there is something to lose.
            Answer::Open(open) => {
                let stays = matches!(open, Dialog::Lost(_) | Dialog::WaitingForFile | Dialog::NotSaved(_));
                if response.should_close() && !stays {
                    self.file.then = None;
                    self.canvas.focus();
                } else {
                    self.dialog = Some(open);
                }
            }
            Answer::Closed => self.canvas.focus(),
            Answer::Do(action) => {
                self.canvas.focus();
                action(self, ctx);
            }
        }
    }

    fn waiting(&self, ui: &mut egui::Ui) -> Answer {
        title(ui, "Waiting for the file dialog…");
        let Some(waiting) = &self.tasks.waiting else { return Answer::Closed };
        let purpose = waiting.purpose.clone();
        let mut answer = Answer::Open(Dialog::WaitingForFile);
        ui.horizontal(|ui| {
            if ui.button("Cancel").clicked() {
                answer = then(|app, _| {
                    app.tasks.waiting = None;
                    app.file.then = None;
                });
            }
            if waiting.since.elapsed() >= PATIENCE && ui.button("Choose here instead").clicked() {
                answer = then(move |app, _| {
                    app.tasks.waiting = None;
                    app.tasks.no_native = true;
                    app.pick(purpose);
                });
            }
        });
        answer
    }
}

/// Buttons in a row at the end of a dialog; gives the index of the one pressed. Enter presses the first, Esc the last.
fn buttons(ui: &mut egui::Ui, titles: &[&str]) -> Option<usize> {
    ui.add_space(12.0);
    let mut pressed = None;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
        for (index, title) in titles.iter().enumerate() {
            let mut button = egui::Button::new(*title).min_size(egui::vec2(84.0, 28.0));
            if index == 0 {
                let theme = look::theme(ui.ctx());
                button = egui::Button::new(RichText::new(*title).color(color(theme, Ink::Card)))
                    .fill(color(theme, Ink::Accent))
                    .min_size(egui::vec2(84.0, 28.0));
            }
            if ui.add(button).clicked() {
                pressed = Some(index);
            }
        }
    });
    let (enter, escape) = ui.input_mut(|i| {
        let none = egui::Modifiers::NONE;
        (i.consume_key(none, egui::Key::Enter), i.consume_key(none, egui::Key::Escape))
    });
    let focused = ui.memory(|m| m.focused().is_some()) && !ui.ctx().text_edit_focused();
    match (pressed, enter && !focused, escape) {
        (None, true, _) => Some(0),
        (None, _, true) => Some(titles.len().saturating_sub(1)),
        (pressed, _, _) => pressed,
    }
}

fn unsaved(ui: &mut egui::Ui, name: &str, to: Then) -> Answer {
    title(ui, &format!("Save the changes to “{name}”?"));
    ui.label("Otherwise what you did since the last save is put aside.");
    match buttons(ui, &["Save", "Don't save", "Cancel"]) {
        Some(0) => then(move |app, _| app.save_then(Some(to))),
        Some(1) => then(move |app, _| app.go_on(to)),
        Some(_) => Answer::Closed,
        None => Answer::Open(Dialog::Unsaved(to)),
    }
}

fn message(ui: &mut egui::Ui, head: String, text: String) -> Answer {
    title(ui, &head);
    egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
        ui.add(egui::Label::new(&text).wrap().selectable(true));
    });
    if buttons(ui, &["OK"]).is_some() { Answer::Closed } else { Answer::Open(Dialog::Message { title: head, text }) }
}

fn not_saved(ui: &mut egui::Ui, text: String) -> Answer {
    title(ui, "The map was not saved");
    ui.add(egui::Label::new(&text).wrap().selectable(true));
    ui.label("Your work is still here. Save it under another name or in another folder.");
    match buttons(ui, &["Save as…", "Cancel"]) {
        Some(0) => then(App::save_as),
        Some(_) => Answer::Closed,
        None => Answer::Open(Dialog::NotSaved(text)),
    }
}

fn shortcuts(ui: &mut egui::Ui, faint: egui::Color32) -> Answer {
    title(ui, "Shortcuts");
    egui::ScrollArea::vertical().max_height(ui.ctx().content_rect().height() * 0.6).show(ui, |ui| {
        egui::Grid::new("shortcuts").num_columns(2).spacing([28.0, 5.0]).striped(true).show(ui, |ui| {
            let menus = Menu::ALL.into_iter();
            for command in menus.flat_map(|menu| commands::all().filter(move |c| c.menu == menu && !c.keys.is_empty()))
            {
                ui.label(command.title);
                let keys: Vec<String> = command.keys.iter().map(|keys| ui.ctx().format_shortcut(keys)).collect();
                ui.label(RichText::new(keys.join("  or  ")).color(faint));
                ui.end_row();
            }
            for (what, how) in MOUSE {
                ui.label(*what);
                ui.label(RichText::new(*how).color(faint));
                ui.end_row();
            }
        });
    });
    if buttons(ui, &["Close"]).is_some() { Answer::Closed } else { Answer::Open(Dialog::Shortcuts) }
}

const MOUSE: &[(&str, &str)] = &[
    ("Cut, copy, paste", "Ctrl+X, Ctrl+C, Ctrl+V"),
    ("Add a party", "double-click on the paper"),
    ("Edit name or item", "double-click, or type"),
    ("Connect", "drag a + to another card, or to the paper"),
    ("Move an end of a handoff", "select it, drag the end"),
    ("Copy by dragging", "Alt+drag"),
    ("No snapping while dragging", "hold Ctrl"),
    ("Add to the selection", "Shift+click or Ctrl+click"),
    ("Pan", "wheel, Space+drag, middle or right drag"),
    ("Zoom", "Ctrl+wheel or pinch"),
];

fn about(ui: &mut egui::Ui, theme: crate::scene::Theme) -> Answer {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(egui::Vec2::splat(44.0), egui::Sense::hover());
        super::panels::welcome::logo(ui.painter(), rect, theme);
        ui.vertical(|ui| {
            title(ui, &format!("Peel {}", env!("CARGO_PKG_VERSION")));
            ui.label("Maps the handoffs behind what a customer receives.");
        });
    });
    ui.add_space(6.0);
    let notes = "Typeface: Inter, © The Inter Project Authors, SIL Open Font License 1.1.";
    ui.label(RichText::new(notes).small().color(color(theme, Ink::Faint)));
    if buttons(ui, &["Close"]).is_some() { Answer::Closed } else { Answer::Open(Dialog::About) }
}

/// Offers the work that was not saved, one map after the other.
fn lost(ui: &mut egui::Ui, mut found: Found, faint: egui::Color32) -> Answer {
    let Some(first) = found.recoverable.first() else { return Answer::Closed };
    title(ui, "Work that was not saved");
    let what = first.path.as_ref().map_or_else(|| "a map without a file".to_owned(), |p| p.display().to_string());
    let when = jiff::Timestamp::from_second(first.changed_at)
        .map(|t| t.to_zoned(jiff::tz::TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string());
    ui.label(format!("Peel ended before {what} was saved. Last changed {}.", when.unwrap_or_default()));
    if !first.whole {
        ui.label("The end of the journal was damaged; all before that is here.");
    }
    ui.add_space(6.0);
    ui.label(RichText::new("What differs from the file:").color(faint));
    egui::ScrollArea::vertical().max_height(220.0).show(ui, |ui| {
        for line in &first.difference {
            ui.label(format!("•  {line}"));
        }
    });
    match buttons(ui, &["Recover", "Put aside", "Later"]) {
        Some(0) => {
            let work = found.recoverable.remove(0);
            then(move |app, _| app.recover(work))
        }
        Some(1) => {
            let work = found.recoverable.remove(0);
            then(move |app, _| {
                app.discard(work);
                if !found.recoverable.is_empty() {
                    app.dialog = Some(Dialog::Lost(found));
                }
            })
        }
        Some(_) => Answer::Closed,
        None => Answer::Open(Dialog::Lost(found)),
    }
}
