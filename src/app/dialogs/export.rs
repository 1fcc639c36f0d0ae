//! How a picture should be: what it shows, how large, light or dark.

use egui::{DragValue, RichText};

use super::{Answer, Dialog, buttons, then, title};
use crate::app::canvas::paint::color;
use crate::app::pictures::Only;
use crate::export::{self, Exporter, Paper, pdf, png};
use crate::scene::picture::PictureOptions;
use crate::scene::{Ink, Theme};

/// How large a picture is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Size {
    /// Pixels per map unit.
    Scale(f32),
    /// Exactly this many pixels wide.
    Width(u32),
    /// Pixels per inch, at 96 map units to the inch.
    Dpi(f32),
}

/// What of the map is exported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum What {
    /// What is shown.
    #[default]
    View,
    /// Of it only what is selected.
    Selection,
    /// Every view, each a page.
    Views,
    /// The saved views in their order, else the onion layer by layer.
    Presentation,
}

/// Everything about a picture; kept for the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportChoice {
    /// The format: its id in the table of exporters.
    pub format: &'static str,
    /// What of the map.
    pub what: What,
    /// How large, where there are pixels.
    pub size: Size,
    /// The paper of a document: its id; `None` is as large as the picture.
    pub paper: Option<&'static str>,
    /// Spread over several sheets of the paper.
    pub tiles: bool,
    /// Dark.
    pub dark: bool,
    /// No paper behind it.
    pub transparent: bool,
    /// With the map's title.
    pub title: bool,
    /// With today's date.
    pub date: bool,
    /// With a legend.
    pub legend: bool,
    /// Air around it, in map units.
    pub margin: f32,
    /// With the map inside, so that the picture can be opened.
    pub embed: bool,
}

impl Default for ExportChoice {
    fn default() -> Self {
        Self {
            format: png::EXPORTER.id,
            what: What::View,
            size: Size::Scale(2.0),
            paper: None,
            tiles: false,
            dark: false,
            transparent: false,
            title: true,
            date: true,
            legend: true,
            margin: 32.0,
            embed: true,
        }
    }
}

/// How far sheets that are glued together lie over each other, in millimetres.
const OVERLAP: f32 = 10.0;

impl ExportChoice {
    /// What the scene of the picture shows.
    pub fn picture(&self, only: Only, today: String) -> PictureOptions {
        PictureOptions {
            title: self.title,
            legend: self.legend,
            date: self.date.then_some(today),
            margin: self.margin,
            only: only.filter(|_| self.what == What::Selection),
            ..PictureOptions::default()
        }
    }

    /// The row of the chosen format.
    pub fn exporter(&self) -> &'static Exporter {
        export::ALL.iter().find(|exporter| exporter.id == self.format).unwrap_or(&png::EXPORTER)
    }

    /// The chosen paper.
    pub fn paper(&self) -> Paper {
        let chosen = pdf::PAPERS.iter().find(|paper| Some(paper.0) == self.paper);
        match chosen {
            None => Paper::Fit,
            Some(&(_, _, width, height)) if self.tiles => Paper::Tiles { width, height, overlap: OVERLAP },
            Some(&(_, _, width, height)) => Paper::Sheet { width, height },
        }
    }

    /// Shows the choices. `size` gives width and height in map units.
    pub(super) fn ui(
        mut self,
        ui: &mut egui::Ui,
        theme: Theme,
        has_selection: bool,
        size: &dyn Fn(&Self) -> (f32, f32),
    ) -> Answer {
        ui.set_width(460.0);
        title(ui, "Export as picture");
        ui.horizontal(|ui| {
            ui.label("Format");
            for exporter in export::ALL {
                ui.radio_value(&mut self.format, exporter.id, exporter.extension.to_uppercase())
                    .on_hover_text(exporter.title);
            }
        });
        let exporter = self.exporter();
        ui.horizontal_wrapped(|ui| {
            ui.label("Show");
            ui.radio_value(&mut self.what, What::View, "this view");
            ui.add_enabled_ui(has_selection, |ui| ui.radio_value(&mut self.what, What::Selection, "the selection"));
            ui.radio_value(&mut self.what, What::Views, "all views");
            ui.radio_value(&mut self.what, What::Presentation, "the presentation");
        });
        if exporter.has_pixels {
            self.size_rows(ui);
        }
        if exporter.id == pdf::EXPORTER.id {
            self.paper_rows(ui);
        }
        ui.horizontal(|ui| {
            ui.label("Colours");
            ui.radio_value(&mut self.dark, false, "light");
            ui.radio_value(&mut self.dark, true, "dark");
            if exporter.has_pixels {
                ui.checkbox(&mut self.transparent, "no background");
            }
        });
        ui.horizontal(|ui| {
            ui.label("With");
            ui.checkbox(&mut self.title, "title");
            ui.checkbox(&mut self.date, "date");
            ui.checkbox(&mut self.legend, "legend");
            ui.label("margin");
            ui.add(DragValue::new(&mut self.margin).range(0.0..=400.0).speed(1.0));
        });
        ui.checkbox(&mut self.embed, "Put the map inside, so that opening the picture opens the map");
        let words = self.in_words(size);
        ui.label(RichText::new(words).color(color(theme, Ink::Faint)));
        match buttons(ui, &["Export…", "Cancel"]) {
            Some(0) => then(move |app, _| app.export_agreed(self)),
            Some(_) => Answer::Closed,
            None => Answer::Open(Dialog::Export(self)),
        }
    }

    /// What will come of it.
    fn in_words(&self, size: &dyn Fn(&Self) -> (f32, f32)) -> String {
        let exporter = self.exporter();
        let several = matches!(self.what, What::Views | What::Presentation);
        match (several, exporter.has_pages) {
            (true, true) => return "One file with a page for each.".into(),
            (true, false) => return "Numbered files, one for each.".into(),
            (false, _) if !exporter.has_pixels => return exporter.title.into(),
            (false, _) => {}
        }
        let (w, h) = size(self);
        let scale = match self.size {
            Size::Scale(s) => s,
            Size::Width(px) => px as f32 / w,
            Size::Dpi(dpi) => dpi / 96.0,
        };
        format!("{:.0} × {:.0} pixels", (w * scale).ceil(), (h * scale).ceil())
    }

    fn paper_rows(&mut self, ui: &mut egui::Ui) {
        ui.horizontal(|ui| {
            ui.label("Paper");
            let chosen = pdf::PAPERS.iter().find(|paper| Some(paper.0) == self.paper);
            let shown = chosen.map_or("as large as the picture", |paper| paper.1);
            egui::ComboBox::from_id_salt("paper").selected_text(shown).show_ui(ui, |ui| {
                ui.selectable_value(&mut self.paper, None, "as large as the picture");
                for paper in pdf::PAPERS {
                    ui.selectable_value(&mut self.paper, Some(paper.0), paper.1);
                }
            });
            let poster = egui::Checkbox::new(&mut self.tiles, "over several sheets");
            ui.add_enabled(self.paper.is_some(), poster).on_hover_text("A poster of sheets to be glued together");
        });
    }

    fn size_rows(&mut self, ui: &mut egui::Ui) {
        ui.horizontal(|ui| {
            ui.label("Size");
            let options = [("scale", Size::Scale(2.0)), ("width", Size::Width(1920)), ("dpi", Size::Dpi(300.0))];
            for (words, start) in options {
                let same = std::mem::discriminant(&self.size) == std::mem::discriminant(&start);
                if ui.radio(same, words).clicked() && !same {
                    self.size = start;
                }
            }
            match &mut self.size {
                Size::Scale(scale) => ui.add(DragValue::new(scale).range(0.05..=16.0).speed(0.05).suffix("×")),
                Size::Width(pixels) => ui.add(DragValue::new(pixels).range(16..=30_000).speed(10.0).suffix(" px")),
                Size::Dpi(dpi) => ui.add(DragValue::new(dpi).range(10.0..=2400.0).speed(1.0).suffix(" dpi")),
            };
        });
    }
}
