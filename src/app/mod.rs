//! The window: what is shown, what a person does, and everything that is asked of the rest of the program for it.

mod act;
mod action;
mod against;
mod briefs;
mod canvas;
mod cases;
mod clock;
mod commands;
mod cx;
mod dialogs;
mod documents;
mod edits;
mod figures;
mod futures;
mod gathered;
mod guide;
mod improve;
mod keys;
mod look;
mod mishap;
mod outside;
mod panels;
mod pictures;
mod presenting;
mod run;
mod settings;
mod tables;
mod tasks;
mod views;
mod walk;
mod what_if;
mod words;

use std::cell::RefCell;
use std::time::{Duration, Instant};

use crate::editor::Editor;
use crate::files::dirs::Dirs;
use crate::files::settings::Settings;
use std::collections::BTreeSet;

use crate::model::{IdGen, PartyKind, Subject, ViewChoice};
use crate::scene::Theme;
use crate::scene::text::Fonts;
pub use action::Action;
use canvas::Canvas;
use cx::Cx;
use dialogs::Dialog;
use documents::OpenFile;
use presenting::Presenting;
pub use run::run;
use tasks::Tasks;

/// What the window shows beside dialogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// The welcome page.
    Welcome,
    /// The map.
    Map,
}

/// What views may read, beside the fields that the same frame changes.
macro_rules! cx {
    ($app:expr, $theme:expr) => {
        Cx {
            editor: &$app.editor,
            ids: &$app.ids,
            fonts: &$app.fonts,
            settings: &$app.settings,
            theme: $theme,
            view: &$app.view,
            emphasis: &$app.emphasis,
            presents: $app.presenting.is_some(),
            figures: &$app.figures,
            what_if: &$app.what_if,
            futures: &$app.futures,
            other: $app.other.as_ref(),
            gathered: &$app.gathered,
        }
    };
}

/// State that belongs to the window and to no file.
#[derive(Debug, Default)]
pub struct Session {
    /// Whether the inspector is shown.
    pub inspector: bool,
    /// The search, while it is open.
    pub find: Option<panels::find::Find>,
    /// A text field had the keyboard in the last frame.
    in_text: bool,
    /// Gives the keyboard to the inspector in the next frame.
    pub focus_inspector: bool,
    /// The page of what the map tells, while it is open.
    pub insights: Option<panels::insights::Page>,
    /// What its pages remember.
    pub insight: panels::insights::State,
    /// Whether the saved views are shown, which of them is open, and whether its name gets the keyboard.
    pub steps: bool,
    /// See `steps`.
    pub open_step: Option<crate::model::ViewId>,
    /// See `steps`.
    pub focus_steps: bool,
    /// The picture as it was exported last.
    pub export: dialogs::export::ExportChoice,
    /// The page that a file is being chosen for.
    paper: Option<briefs::Paper>,
    /// Letters for which a face of the system was looked for.
    pub sought: BTreeSet<char>,
    /// The document whose letters were looked at.
    pub looked_through: crate::model::Document,
}

/// What happened last, for the status line.
#[derive(Debug, Default)]
pub struct Status {
    text: String,
    is_error: bool,
}

/// The whole window.
#[derive(Debug)]
pub struct App {
    editor: Editor,
    ids: RefCell<IdGen>,
    fonts: Fonts,
    canvas: Canvas,
    screen: Screen,
    view: ViewChoice,
    /// What stands out; empty dims nothing.
    emphasis: BTreeSet<Subject>,
    presenting: Option<Presenting>,
    session: Session,
    settings: Settings,
    dirs: Option<Dirs>,
    file: OpenFile,
    tasks: Tasks,
    dialog: Option<Dialog>,
    status: Status,
    title: String,
    looks: Option<(Theme, f32)>,
    /// Closing was agreed to.
    closing: bool,
    journalled: u64,
    last_edit: Option<Instant>,
    clipboard: briefs::Board,
    figures: figures::Figures,
    what_if: what_if::WhatIf,
    futures: futures::Futures,
    /// What the map is held against.
    other: Option<against::Other>,
    gathered: gathered::Gathered,
    mishaps: mishap::Mishaps,
}

/// So long after an edit it is looked whether the journal has it.
const LATE: Duration = Duration::from_millis(1_100);

impl App {
    /// A window that shows the welcome page. `dirs` is where settings and the journal go; `None` keeps nothing.
    pub fn new(ctx: &egui::Context, dirs: Option<Dirs>, ids: IdGen) -> Self {
        look::install_fonts(ctx, &Fonts::bundled());
        let (settings, note) = dirs.as_ref().map(Settings::load).unwrap_or_default();
        let mut app = Self {
            editor: Editor::default(),
            ids: RefCell::new(ids),
            fonts: Fonts::bundled(),
            canvas: Canvas::new(),
            screen: Screen::Welcome,
            view: ViewChoice::default(),
            emphasis: BTreeSet::new(),
            presenting: None,
            session: Session { inspector: true, ..Session::default() },
            settings,
            dirs,
            file: OpenFile::default(),
            tasks: Tasks::new(ctx.clone()),
            dialog: None,
            status: Status::default(),
            title: String::new(),
            looks: None,
            closing: false,
            journalled: 0,
            last_edit: None,
            clipboard: briefs::Board::default(),
            figures: figures::Figures::default(),
            what_if: what_if::WhatIf::default(),
            futures: futures::Futures::default(),
            other: None,
            gathered: gathered::Gathered::default(),
            mishaps: mishap::Mishaps::default(),
        };
        if let Some(note) = note {
            app.say_error(note);
        }
        app.look_for_lost_work();
        app
    }

    fn cx(&self, theme: Theme) -> Cx<'_> {
        cx!(self, theme)
    }

    /// The document and its history, for tests and for the title.
    pub fn editor(&self) -> &Editor {
        &self.editor
    }

    /// Asks for files in the window itself, as on a system without native file dialogs.
    pub fn without_native_dialogs(&mut self) {
        self.tasks.no_native = true;
    }

    /// Runs a command by its id; false when there is none or it cannot be done now.
    pub fn run_command(&mut self, ctx: &egui::Context, id: &str) -> bool {
        let theme = look::theme(ctx);
        let cx = self.cx(theme);
        let Some(command) = commands::by_id(id).filter(|command| (command.enabled)(&cx)) else { return false };
        (command.run)(self, ctx);
        true
    }

    /// The ids of all commands.
    pub fn command_ids() -> impl Iterator<Item = &'static str> {
        commands::all().map(|command| command.id)
    }

    /// Shows a map that has no file yet.
    pub fn open_document(&mut self, document: crate::model::Document) {
        self.show(document, None, None);
    }

    /// Where a point of the map is on the screen.
    pub fn on_screen(&self, p: crate::geom::Point) -> egui::Pos2 {
        self.canvas.to_screen(p)
    }

    /// The departments of the lanes that are shown, from the top, each with where its name is on the screen.
    pub fn lanes(&self) -> Vec<(String, egui::Pos2)> {
        let lanes = self.canvas.at_rest().lanes.iter();
        lanes.filter_map(|lane| Some((lane.department.clone()?, self.on_screen(lane.head.center())))).collect()
    }

    /// What the status line says.
    pub fn status(&self) -> &str {
        &self.status.text
    }

    /// The numbers that are tried out.
    pub fn what_if(&self) -> &[crate::model::Change] {
        &self.what_if.changes
    }

    /// How many times the graph widget was run: stays the same while nothing changes.
    pub fn drawn(&self) -> u64 {
        self.canvas.drawn()
    }

    /// True while a thread does something whose end will be seen.
    pub fn is_working(&self) -> bool {
        self.is_arranging() || !self.tasks.running.is_empty()
    }

    /// True while a large view is being arranged beside the frames.
    pub fn is_arranging(&self) -> bool {
        self.canvas.arranging().is_some()
    }

    /// One frame.
    pub fn ui(&mut self, ui: &mut egui::Ui) {
        let ctx = ui.ctx().clone();
        self.looks(&ctx);
        self.receive(&ctx);
        self.close_requested(&ctx);
        self.dropped_files(&ctx);
        let mut out = Vec::new();
        self.canvas.listen(self.dialog.is_none(), &mut out);
        self.canvas.hold_back(&ctx);
        if self.dialog.is_none() {
            self.keys(&ctx, &mut out);
        }
        match self.screen {
            Screen::Welcome => self.welcome_screen(ui, &mut out),
            Screen::Map => self.map_screen(ui, &mut out),
        }
        self.dialogs(&ctx, &mut out);
        for action in out {
            self.act(&ctx, action);
        }
        self.trip(&ctx);
        self.after(&ctx);
        // What tells a screen reader where the keyboard is stops at a place that this frame did not show.
        if let Some(id) = ctx.memory(|memory| memory.focused()) {
            ctx.accesskit_node_builder(id, |_| ());
        }
    }

    fn map_screen(&mut self, ui: &mut egui::Ui, out: &mut Vec<Action>) {
        let theme = look::theme(ui.ctx());
        self.work_out(ui.ctx());
        let figures = self.figures_in_view();
        let cx = cx!(self, theme);
        let Self { canvas, session, file, status, tasks, .. } = self;
        if !cx.presents {
            panels::menu_bar::ui(ui, &cx, canvas.camera().zoom, out);
            panels::view_bar::ui(ui, &cx, out);
            panels::states::ui(ui, &cx, out);
            panels::outside::ui(ui, &cx, file, out);
            panels::status::ui(ui, &cx, (&status.text, status.is_error), file, (tasks, canvas.arranging()), out);
            if cx.settings.figures {
                panels::strip::ui(ui, &cx, out);
            }
            if let Some(page) = session.insights {
                panels::insights::ui(ui, &cx, page, &mut session.insight, out);
            }
            if session.steps {
                let focus = std::mem::take(&mut session.focus_steps);
                panels::steps::ui(ui, &cx, &mut session.open_step, focus, out);
            }
            if session.inspector {
                let focus = std::mem::take(&mut session.focus_inspector);
                panels::inspector::ui(ui, &cx, focus, out);
            }
        }
        let paper = egui::Frame::new().fill(canvas::paint::color(theme, crate::scene::Ink::Paper));
        egui::CentralPanel::default().frame(paper).show(ui, |ui| {
            canvas.ui(ui, &cx, out);
            if cx.document().is_empty() && !canvas.is_editing() {
                panels::welcome::empty_map(ui, theme);
            }
            if let Some(find) = &mut session.find {
                let (keep, flagged) = find.ui(ui, &cx, out);
                canvas.flag(flagged);
                if !keep {
                    session.find = None;
                    canvas.focus();
                }
            }
            if let (Some(presenting), Some(figures)) = (&self.presenting, &figures) {
                panels::stage::ui(ui, &cx, presenting, figures, out);
            }
        });
    }

    fn welcome_screen(&mut self, ui: &mut egui::Ui, out: &mut Vec<Action>) {
        let theme = look::theme(ui.ctx());
        let cx = self.cx(theme);
        panels::welcome::ui(ui, &cx, self.status.is_error.then_some(self.status.text.as_str()), out);
    }

    fn table_keys(&mut self, ctx: &egui::Context, out: &mut Vec<Action>) -> bool {
        let theme = look::theme(ctx);
        self.canvas.table_keys(ctx, &cx!(self, theme), out)
    }

    /// Lets the canvas do something with the state it needs, then does what it asks for.
    fn with_canvas(&mut self, ctx: &egui::Context, what: impl FnOnce(&mut Canvas, &Cx<'_>, &mut Vec<Action>)) {
        let theme = look::theme(ctx);
        let mut out = Vec::new();
        what(&mut self.canvas, &cx!(self, theme), &mut out);
        for action in out {
            self.act(ctx, action);
        }
    }

    /// Does work on a thread of its own; says so when the system gives none.
    fn spawn(&mut self, name: &'static str, work: impl FnOnce(&tasks::Cancel) -> tasks::Done + Send + 'static) {
        if !self.tasks.spawn(name, work) {
            self.file.saving = false;
            self.say_error("Not done: the system gives no thread. Close other programs and try again.");
        }
    }

    /// Says what happened.
    fn say(&mut self, text: impl Into<String>) {
        self.status = Status { text: text.into(), is_error: false };
    }

    /// Says what went wrong.
    fn say_error(&mut self, text: impl Into<String>) {
        self.status = Status { text: text.into(), is_error: true };
    }

    fn after(&mut self, ctx: &egui::Context) {
        if self.journalled != self.editor.revision() {
            self.journalled = self.editor.revision();
            self.last_edit = Some(Instant::now());
            self.journal();
            self.load_missing_faces();
            ctx.request_repaint();
            ctx.request_repaint_after(LATE);
        }
        if self.file.worry().is_some() {
            ctx.request_repaint_after(LATE);
        }
        self.autosave(ctx);
        let title = self.window_title();
        if title != self.title {
            ctx.send_viewport_cmd(egui::ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    /// "● Name – Peel": what is open, and whether it differs from what was saved.
    pub fn window_title(&self) -> String {
        if self.screen == Screen::Welcome {
            return "Peel".into();
        }
        let mark = if self.editor.is_modified() { "● " } else { "" };
        format!("{mark}{} – Peel", self.map_name())
    }

    /// What the map is called: its file, else its title.
    fn map_name(&self) -> String {
        let title = self.editor.document().info().title.trim();
        match &self.file.path {
            Some(path) => path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned()),
            None if title.is_empty() => "Untitled map".into(),
            None => title.to_owned(),
        }
    }

    fn set_kind(&mut self, kind: PartyKind) {
        let parties: Vec<_> = self.editor.selection().parties().collect();
        self.change_parties(&format!("make {}", kind.title().to_lowercase()), parties, |party| party.kind = kind);
    }
}
