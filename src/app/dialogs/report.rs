//! The report that is handed round: about which customer, with which scenario, what it looks like, and its files.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};

use egui::{ComboBox, RichText, Ui, WidgetInfo, WidgetType};

use super::brief::{PREVIEW, sheets};
use super::{Answer, Dialog, then, title};
use crate::analysis::{Compared, Report, Setting, compared, report_on};
use crate::app::canvas::paint::color;
use crate::app::clock::today;
use crate::app::cx::Cx;
use crate::files::reports::{FORMS, Form, form_of, written};
use crate::model::ops::{future, scenarios_in_order};
use crate::model::{Document, PartyId, Scenario, ScenarioId};
use crate::report::{Options, page};
use crate::scene::Ink;
use crate::scene::text::Fonts;
use crate::writing::{self, Sheet};

/// What a report is about.
#[derive(Debug, Clone, Default)]
pub struct Subject {
    document: Document,
    customer: Option<PartyId>,
    scenario: Option<ScenarioId>,
    simulates: bool,
}

/// A report that is looked at.
#[derive(Debug)]
pub struct ReportDialog {
    about: Subject,
    /// The same on paper, once it is made.
    made: Option<Vec<Sheet>>,
    work: Option<Receiver<Vec<Sheet>>>,
}

/// A map with its figures, ready to be told.
struct Told {
    document: Document,
    report: Report,
    scenario: Option<(Arc<Scenario>, Compared)>,
    date: String,
    customer: Option<PartyId>,
}

impl Subject {
    /// Works out everything that the report tells.
    fn tell(&self) -> Told {
        let day = Some(today());
        let mut document = self.document.clone();
        let scenario = self.scenario.and_then(|id| self.document.scenario(id)).cloned();
        if let Some(scenario) = &scenario {
            document = future(&self.document, scenario);
        }
        let mut report = report_on(&document, day);
        if self.simulates {
            report.simulate(&document, &Setting::default());
        }
        let scenario = scenario.map(|scenario| {
            let held = compared(&scenario, &report_on(&self.document, day), &report);
            (scenario, held)
        });
        Told { document, report, scenario, date: today().to_string(), customer: self.customer }
    }

    /// The bytes of the report as a file of this name.
    pub fn bytes(&self, path: &Path, fonts: &Fonts) -> Result<Vec<u8>, String> {
        let form = form_of(path).ok_or_else(|| {
            let known: Vec<&str> = FORMS.iter().map(|form| form.extension).collect();
            format!("Not written: a report ends in one of {}.", known.join(", "))
        })?;
        let told = self.tell();
        let failed = |error: String| format!("Not written: {error}.");
        told.with(|options| written(form, &told.document, &told.report, options, fonts)).map_err(failed)
    }

    /// What its file may be called, without the ending.
    pub fn name(&self) -> String {
        let of = self.customer.map(|id| format!(" for {}", self.document.name_of(id))).unwrap_or_default();
        format!("Handoff report{of}")
    }
}

impl Told {
    fn with<T>(&self, what: impl FnOnce(&Options<'_>) -> T) -> T {
        let scenario = self.scenario.as_ref().map(|(scenario, held)| (&**scenario, held));
        what(&Options { date: &self.date, customer: self.customer, scenario })
    }
}

impl ReportDialog {
    /// The report about the whole map as it is today, or as the scenario would have it.
    pub fn new(ctx: &egui::Context, current: &Document, scenario: Option<ScenarioId>, fonts: &Fonts) -> Self {
        Self::about(ctx, Subject { document: current.clone(), scenario, ..Subject::default() }, fonts)
    }

    /// Begins to make the pages, on a thread.
    fn about(ctx: &egui::Context, about: Subject, fonts: &Fonts) -> Self {
        let (sender, receiver) = channel();
        let (ctx, fonts, subject) = (ctx.clone(), fonts.clone(), about.clone());
        let run = move || {
            let told = subject.tell();
            let page = told.with(|options| page(&told.document, &told.report, options));
            // The dialog may be closed by now; then nobody wants to know.
            drop(sender.send(writing::pdf(&page, &fonts)));
            ctx.request_repaint();
        };
        let spawned = std::thread::Builder::new().name("report".into()).spawn(run).is_ok();
        Self { about, made: None, work: spawned.then_some(receiver) }
    }

    /// Shows it; what was pressed is the answer.
    pub(super) fn ui(mut self, ui: &mut Ui, cx: &Cx<'_>) -> Answer {
        self.receive();
        ui.set_width(PREVIEW.x + 60.0);
        title(ui, "Report");
        let Subject { mut customer, mut scenario, mut simulates, .. } = self.about;
        ui.horizontal(|ui| {
            let customers = cx.document().customers().map(|(id, _)| (Some(id), cx.document().name_of(id)));
            let all = std::iter::once((None, "All external customers".to_owned()));
            chosen(ui, "About", &mut customer, &all.chain(customers).collect::<Vec<_>>());
            let kept = scenarios_in_order(cx.document());
            let kept = kept.iter().map(|(id, scenario)| (Some(*id), format!("Scenario “{}”", scenario.name.trim())));
            let now = std::iter::once((None, "As it is today".to_owned()));
            chosen(ui, "State", &mut scenario, &now.chain(kept).collect::<Vec<_>>());
            ui.checkbox(&mut simulates, "Simulate the lead time")
                .on_hover_text("10,000 runs with times and rework by chance");
        });
        let before = (self.about.customer, self.about.scenario, self.about.simulates);
        if (customer, scenario, simulates) != before {
            let about = Subject { customer, scenario, simulates, ..self.about };
            self = Self::about(ui.ctx(), about, cx.fonts);
        }
        ui.add_space(4.0);
        match &self.made {
            Some(made) => sheets(ui, cx.theme, made, "report"),
            None => {
                ui.allocate_ui(PREVIEW, |ui| {
                    ui.set_min_size(PREVIEW);
                    let words = if self.work.is_some() { "Working it out…" } else { "The system gives no thread." };
                    ui.label(RichText::new(words).color(color(cx.theme, Ink::Faint)));
                });
            }
        }
        self.ways(ui, cx)
    }

    fn receive(&mut self) {
        let Some(work) = &self.work else { return };
        match work.try_recv() {
            Ok(made) => (self.made, self.work) = (Some(made), None),
            Err(TryRecvError::Disconnected) => self.work = None,
            Err(TryRecvError::Empty) => {}
        }
    }

    /// The buttons.
    fn ways(self, ui: &mut Ui, cx: &Cx<'_>) -> Answer {
        let mut answer = None;
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Save as").color(color(cx.theme, Ink::Faint)));
            for form in FORMS {
                if ui.button(format!("{}…", form.title)).on_hover_text(form.about).clicked() {
                    let (about, form): (Subject, &'static Form) = (self.about.clone(), form);
                    answer = Some(then(move |app, _| app.save_report(about, form)));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
                    answer = Some(Answer::Closed);
                }
            });
        });
        answer.unwrap_or_else(|| Answer::Open(Dialog::Report(Box::new(self))))
    }
}

/// A choice among values with their words.
fn chosen<T: Copy + PartialEq>(ui: &mut Ui, name: &str, value: &mut T, all: &[(T, String)]) {
    const MOST: usize = 300;
    let shown = all.iter().find(|(one, _)| one == value).map_or("", |(_, words)| words);
    let combo = ComboBox::from_id_salt(("report", name)).selected_text(shown).width(230.0).truncate();
    let response = combo.show_ui(ui, |ui| {
        for (one, words) in all.iter().take(MOST) {
            ui.selectable_value(value, *one, words);
        }
    });
    response.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, name));
}
