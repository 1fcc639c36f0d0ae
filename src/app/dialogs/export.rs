//! How a picture should be: what it shows, how large, light or dark.

use egui::{DragValue, RichText};

use super::{Answer, Dialog, buttons, then, title};
use crate::app::canvas::paint::color;
use crate::app::pictures::Only;
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

/// Everything about a picture; kept for the next one.
#[derive(Debug, Clone, PartialEq)]
pub struct ExportChoice {
    /// Only what is selected.
    pub selection: bool,
    /// How large.
    pub size: Size,
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
            selection: false,
            size: Size::Scale(2.0),
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

impl ExportChoice {
    /// What the scene of the picture shows.
    pub fn picture(&self, only: Only, today: String) -> PictureOptions {
        PictureOptions {
            title: self.title,
            legend: self.legend,
            date: self.date.then_some(today),
            margin: self.margin,
            only,
            ..PictureOptions::default()
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
        ui.set_width(420.0);
        title(ui, "Export as picture (PNG)");
        ui.horizontal(|ui| {
            ui.label("Show");
            ui.radio_value(&mut self.selection, false, "the whole map");
            ui.add_enabled_ui(has_selection, |ui| ui.radio_value(&mut self.selection, true, "the selection"));
        });
        self.size_rows(ui);
        ui.horizontal(|ui| {
            ui.label("Colours");
            ui.radio_value(&mut self.dark, false, "light");
            ui.radio_value(&mut self.dark, true, "dark");
            ui.checkbox(&mut self.transparent, "no background");
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
        let (w, h) = size(&self);
        let scale = match self.size {
            Size::Scale(s) => s,
            Size::Width(px) => px as f32 / w,
            Size::Dpi(dpi) => dpi / 96.0,
        };
        let words = format!("{:.0} × {:.0} pixels", (w * scale).ceil(), (h * scale).ceil());
        ui.label(RichText::new(words).color(color(theme, Ink::Faint)));
        match buttons(ui, &["Export…", "Cancel"]) {
            Some(0) => then(move |app, _| app.export_agreed(self)),
            Some(_) => Answer::Closed,
            None => Answer::Open(Dialog::Export(self)),
        }
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
