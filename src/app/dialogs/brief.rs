//! A brief about a party: which one, what it looks like on paper, and the ways to hand it over.

use egui::{ComboBox, RichText, ScrollArea, Sense, Ui, WidgetInfo, WidgetType};

use super::{Answer, Dialog, then, title};
use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint::{Brush, color};
use crate::app::cx::Cx;
use crate::brief::{self, Kind};
use crate::geom::pt;
use crate::model::ops::accord::to_be_told;
use crate::model::{Document, PartyId};
use crate::scene::text::Fonts;
use crate::scene::{Ink, Theme};
use crate::writing::{self, PAPER, Page, Sheet};

/// Width of a sheet of paper in the preview, and how much of it is seen at once.
pub(super) const PREVIEW: egui::Vec2 = egui::vec2(700.0, 470.0);

/// How a brief is handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Sheets of paper.
    Pdf,
    /// A web page.
    Html,
    /// Plain text with marks.
    Markdown,
}

impl Form {
    /// Every form, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Pdf, Self::Html, Self::Markdown];

    /// How its files' names end.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Html => "html",
            Self::Markdown => "md",
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Pdf => "PDF…",
            Self::Html => "HTML…",
            Self::Markdown => "Markdown…",
        }
    }

    /// The form of files whose names end like this.
    pub fn by_extension(extension: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.extension() == extension)
    }
}

/// A brief that is looked at.
#[derive(Debug, Clone)]
pub struct BriefDialog {
    /// Whom it is about.
    pub party: PartyId,
    /// What it is.
    pub kind: &'static Kind,
    /// What is to be read.
    pub page: Page,
    /// The same on paper.
    sheets: Vec<Sheet>,
    /// Handing it over is noted in the agreements.
    pub note: bool,
}

impl BriefDialog {
    /// The brief of a kind about a party.
    pub fn new(document: &Document, fonts: &Fonts, party: PartyId, kind: &'static Kind, today: &str) -> Self {
        let page = (kind.make)(document, party, today);
        let sheets = writing::pdf(&page, fonts);
        Self { party, kind, page, sheets, note: true }
    }

    /// Whether handing it over tells the supplier what is needed.
    pub fn tells(&self) -> bool {
        self.kind.id == "supplier" && self.note
    }

    /// Shows it; what was pressed is the answer.
    pub(super) fn ui(mut self, ui: &mut Ui, cx: &Cx<'_>, today: &str) -> Answer {
        ui.set_width(PREVIEW.x + 60.0);
        title(ui, self.kind.title);
        let (mut party, mut kind) = (self.party, self.kind.id);
        ui.horizontal(|ui| {
            givers(ui, cx.document(), &mut party);
            for one in brief::ALL {
                ui.radio_value(&mut kind, one.id, one.title).on_hover_text(one.about);
            }
        });
        if (party, kind) != (self.party, self.kind.id) {
            let note = self.note;
            let kind = Kind::by_id(kind).unwrap_or(self.kind);
            self = Self { note, ..Self::new(cx.document(), cx.fonts, party, kind, today) };
        }
        ui.add_space(4.0);
        sheets(ui, cx.theme, &self.sheets, (self.party, self.kind.id));
        ui.add_space(4.0);
        let told = to_be_told(cx.document(), self.party).len();
        if self.kind.id == "supplier" && told > 0 {
            let handoffs = if told == 1 { "1 handoff".into() } else { format!("{told} handoffs") };
            let words = format!("Note at {handoffs} that {} was told", cx.document().name_of(self.party));
            ui.checkbox(&mut self.note, words)
                .on_hover_text("Agreements that had not come as far are “sent” then; the day goes into their history.");
        }
        self.ways(ui, cx.theme)
    }

    /// The buttons.
    fn ways(self, ui: &mut Ui, theme: Theme) -> Answer {
        let mut answer = None;
        ui.add_space(8.0);
        ui.horizontal(|ui| {
            ui.label(RichText::new("Save as").color(color(theme, Ink::Faint)));
            for form in Form::ALL {
                if ui.button(form.title()).clicked() {
                    let brief = self.clone();
                    answer = Some(then(move |app, _| app.save_brief(brief, form)));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
                    answer = Some(Answer::Closed);
                }
                let copy = egui::Button::new(RichText::new("Copy for mail").color(color(theme, Ink::Card)));
                if ui.add(copy.fill(color(theme, Ink::Accent))).clicked() {
                    let brief = self.clone();
                    answer = Some(then(move |app, ctx| app.copy_brief(ctx, &brief)));
                }
            });
        });
        answer.unwrap_or_else(|| Answer::Open(Dialog::Brief(Box::new(self))))
    }
}

/// Sheets of paper as they come out of the printer; `salt` keeps apart how far each was scrolled.
pub(super) fn sheets(ui: &mut Ui, theme: Theme, sheets: &[Sheet], salt: impl std::hash::Hash + std::fmt::Debug) {
    let area = ScrollArea::vertical().max_height(PREVIEW.y).auto_shrink([false, false]);
    let desk = egui::Frame::new().fill(color(theme, Ink::Grid)).corner_radius(4).inner_margin(10);
    let shown = |ui: &mut Ui| {
        let width = ui.available_width();
        let zoom = width / PAPER.w;
        for sheet in sheets {
            let (response, painter) = ui.allocate_painter(egui::vec2(width, PAPER.h * zoom), Sense::hover());
            response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, sheet.title.as_str()));
            let canvas = response.rect;
            // Only what is seen is painted: a report may have very many sheets.
            if ui.is_rect_visible(canvas) {
                painter.rect_filled(canvas, 2.0, color(Theme::Light, Ink::Card));
                let camera = Camera { center: pt(PAPER.w / 2.0, PAPER.h / 2.0), zoom };
                let brush = Brush { ctx: ui.ctx(), canvas, camera, theme: Theme::Light };
                let mut shapes = Vec::new();
                for item in sheet.scene.groups.iter().flat_map(|group| &group.items) {
                    brush.item(item, pt(0.0, 0.0), &mut shapes);
                }
                painter.extend(shapes);
            }
            ui.add_space(6.0);
        }
    };
    desk.show(ui, |ui| area.id_salt(salt).show(ui, shown));
}

/// A choice among the parties that give something.
fn givers(ui: &mut Ui, document: &Document, party: &mut PartyId) {
    let combo = ComboBox::from_id_salt("brief party").selected_text(document.name_of(*party)).width(190.0).truncate();
    let response = combo.show_ui(ui, |ui| {
        let mut names: Vec<(PartyId, String)> = document
            .parties()
            .filter(|(id, _)| document.outputs(*id).next().is_some())
            .map(|(id, _)| (id, document.name_of(id)))
            .collect();
        names.sort_by_cached_key(|(_, name)| name.to_lowercase());
        for (id, name) in names {
            ui.selectable_value(party, id, name);
        }
    });
    response.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, "Party"));
}

/// A survey sheet: who is asked about what.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct SurveyDialog {
    /// The process that is asked about.
    pub process: PartyId,
    /// Who is asked.
    pub customer: Option<PartyId>,
}

impl SurveyDialog {
    /// Shows it.
    pub(super) fn ui(mut self, ui: &mut Ui, cx: &Cx<'_>) -> Answer {
        let document = cx.document();
        ui.set_width(440.0);
        title(ui, "Survey sheet");
        let about = "Asks one customer what they expect, how well it is met, what gets in their way, and how each handoff is. \
                     Filled in, the answers come back as tables: File, Import tables.";
        ui.label(RichText::new(about).color(color(cx.theme, Ink::Faint)));
        ui.add_space(6.0);
        let before = self.process;
        egui::Grid::new("survey").num_columns(2).spacing([12.0, 8.0]).show(ui, |ui| {
            ui.label("About");
            givers(ui, document, &mut self.process);
            ui.end_row();
            ui.label("Asked");
            if before != self.process {
                self.customer = None;
            }
            let mut customers: Vec<PartyId> =
                document.outputs(self.process).filter_map(|(_, handoff)| handoff.customer).collect();
            customers.sort_by_cached_key(|id| document.name_of(*id).to_lowercase());
            customers.dedup();
            self.customer = self.customer.or(customers.first().copied());
            let shown = self.customer.map_or_else(|| "nobody receives from it".into(), |id| document.name_of(id));
            let combo = ComboBox::from_id_salt("survey customer").selected_text(shown).width(190.0).truncate();
            let response = combo.show_ui(ui, |ui| {
                for id in customers {
                    ui.selectable_value(&mut self.customer, Some(id), document.name_of(id));
                }
            });
            response.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, "Customer"));
            ui.end_row();
        });
        let mut answer = None;
        ui.add_space(10.0);
        ui.horizontal(|ui| {
            let ready = self.customer.is_some();
            for (words, extension) in [("Save as page to fill in…", "html"), ("Save as table…", "csv")] {
                if ui.add_enabled(ready, egui::Button::new(words)).clicked() {
                    answer = Some(then(move |app, _| app.save_survey(self, extension)));
                }
            }
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                if ui.button("Close").clicked() || ui.input(|i| i.key_pressed(egui::Key::Escape)) {
                    answer = Some(Answer::Closed);
                }
            });
        });
        answer.unwrap_or(Answer::Open(Dialog::Survey(self)))
    }
}
