//! Pictures of the map: to a file, to the clipboard; and the faces that its letters need.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::App;
use super::dialogs::Dialog;
use super::dialogs::export::{ExportChoice, Size};
use super::look;
use super::tasks::{Done, Purpose};
use crate::export::png::{self, PngOptions};
use crate::files::{format, save};
use crate::model::Document;
use crate::scene::map::MapScene;
use crate::scene::picture::picture;
use crate::scene::text::Fonts;
use crate::scene::{Scene, Theme};

/// Today's date as it is shown on pictures.
pub(super) fn today() -> String {
    jiff::Zoned::now().date().to_string()
}

impl App {
    pub(super) fn ask_export(&mut self) {
        self.session.export.selection &= !self.editor.selection().is_empty();
        self.dialog = Some(Dialog::Export(self.session.export.clone()));
    }

    /// The dialog was agreed to: ask for the file.
    pub(super) fn export_agreed(&mut self, choice: ExportChoice) {
        self.session.export = choice;
        self.pick(Purpose::Export);
    }

    /// The scene of the picture that was chosen.
    pub(super) fn picture_of(document: &Document, fonts: &Fonts, choice: &ExportChoice, only: Only) -> Scene {
        let options = choice.picture(only.filter(|_| choice.selection), today());
        picture(document, &MapScene::of(document, fonts), fonts, &options)
    }

    /// What of the map a picture shows when only the selection is wanted: with the handoffs between selected parties.
    pub(super) fn selection_for_picture(&self) -> Only {
        let selection = self.editor.selection();
        let mut only: BTreeSet<_> = selection.iter().collect();
        let inside = |end: Option<_>| end.is_none_or(|id| selection.has(crate::model::Subject::Party(id)));
        let between = self.editor.document().handoffs().filter(|(_, h)| inside(h.supplier) && inside(h.customer));
        only.extend(between.map(|(id, _)| crate::model::Subject::Handoff(id)));
        (!selection.is_empty()).then_some(only)
    }

    /// Writes the picture on a thread.
    pub(super) fn export_to(&mut self, path: PathBuf) {
        let (document, fonts, choice) =
            (self.editor.document().clone(), self.fonts.clone(), self.session.export.clone());
        let only = self.selection_for_picture();
        self.say("Painting the picture…");
        self.tasks.spawn("export", move || {
            let scene = Self::picture_of(&document, &fonts, &choice, only);
            Done::Written(write_picture(&document, &scene, &fonts, &choice, &path))
        });
    }

    pub(super) fn copy_picture(&mut self, _: &egui::Context) {
        let (document, fonts) = (self.editor.document().clone(), self.fonts.clone());
        let choice = ExportChoice { selection: false, ..self.session.export.clone() };
        self.tasks.spawn("copy picture", move || {
            let scene = Self::picture_of(&document, &fonts, &choice, None);
            let image = png::rgba(&scene, &fonts, &PngOptions { pixels_per_unit: 2.0, ..png_options(&choice) });
            let size = |w: u32, h: u32| [w as usize, h as usize];
            let color = |i: png::Image| egui::ColorImage::from_rgba_unmultiplied(size(i.width, i.height), &i.pixels);
            Done::Picture(image.map(color).map_err(|error| error.to_string()))
        });
    }

    /// Loads one face of the system when the map has letters that the bundled faces lack.
    pub(super) fn load_missing_faces(&mut self) {
        let mut missing = BTreeSet::new();
        for (_, party) in self.editor.document().parties() {
            for text in [&party.name, &party.department] {
                missing.extend(self.fonts.missing(text));
            }
        }
        for (_, handoff) in self.editor.document().handoffs() {
            missing.extend(self.fonts.missing(&handoff.item));
        }
        missing.extend(self.fonts.missing(&self.editor.document().info().title));
        if missing.is_empty() || missing.is_subset(&self.session.sought) {
            return;
        }
        self.session.sought.extend(&missing);
        if let Some(fonts) = fallback(&self.session.sought) {
            look::install_fonts(self.tasks.context(), &fonts);
            self.fonts = fonts;
            self.canvas.measure_again();
        }
    }
}

/// Only these, or everything.
pub(super) type Only = Option<BTreeSet<crate::model::Subject>>;

fn png_options(choice: &ExportChoice) -> PngOptions {
    PngOptions { theme: if choice.dark { Theme::Dark } else { Theme::Light }, ..PngOptions::default() }
}

fn write_picture(
    document: &Document,
    scene: &Scene,
    fonts: &Fonts,
    choice: &ExportChoice,
    path: &std::path::Path,
) -> Result<String, String> {
    let (pixels_per_unit, dpi) = match choice.size {
        Size::Scale(scale) => (scale, None),
        Size::Width(pixels) => (png::scale_for_width(scene, pixels), None),
        // A map unit is a typographic point of 1/96 inch, as a pixel is on most screens.
        Size::Dpi(dpi) => (dpi / 96.0, Some(dpi)),
    };
    let title = Some(document.info().title.clone()).filter(|t| !t.is_empty());
    let map = choice.embed.then(|| format::write(document));
    let options =
        PngOptions { pixels_per_unit, dpi, title, map, transparent: choice.transparent, ..png_options(choice) };
    let bytes = png::png(scene, fonts, &options).map_err(|error| format!("Not exported: {error}."))?;
    save::save_bytes(path, &bytes).map_err(|error| format!("Not exported: {error}."))?;
    let (width, height) = png::size_in_pixels(scene, pixels_per_unit);
    Ok(format!("Exported {} ({width} × {height} pixels).", path.display()))
}

/// The bundled faces with the one of the system that has most of these letters.
fn fallback(_sought: &BTreeSet<char>) -> Option<Fonts> {
    None
}
