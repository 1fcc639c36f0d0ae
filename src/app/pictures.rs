//! Pictures of the map: to a file, to the clipboard; and the faces that its letters need.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::App;
use super::dialogs::Dialog;
use super::dialogs::export::{ExportChoice, Size};
use super::look;
use super::tasks::{Done, Purpose};
use crate::export::png::{self, PngOptions};
use crate::files::{fonts, format, save};
use crate::model::{Document, Edit};
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
        picture(document, MapScene::of(document, fonts).drawing(), fonts, &options)
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
        self.spawn("export", move || {
            let scene = Self::picture_of(&document, &fonts, &choice, only);
            Done::Written(write_picture(&document, &scene, &fonts, &choice, &path))
        });
    }

    pub(super) fn copy_picture(&mut self, _: &egui::Context) {
        let (document, fonts) = (self.editor.document().clone(), self.fonts.clone());
        let choice = ExportChoice { selection: false, ..self.session.export.clone() };
        self.spawn("copy picture", move || {
            let scene = Self::picture_of(&document, &fonts, &choice, None);
            let image = png::rgba(&scene, &fonts, &PngOptions { pixels_per_unit: 2.0, ..png_options(&choice) });
            let size = |w: u32, h: u32| [w as usize, h as usize];
            let color = |i: png::Image| egui::ColorImage::from_rgba_unmultiplied(size(i.width, i.height), &i.pixels);
            Done::Picture(image.map(color).map_err(|error| error.to_string()))
        });
    }

    /// Looks for one face of the system, on a thread, when the map has letters that the bundled faces lack.
    pub(super) fn load_missing_faces(&mut self) {
        let document = self.editor.document();
        let mut missing = BTreeSet::new();
        for edit in self.session.looked_through.edits_to(document) {
            match edit {
                Edit::PutParty(_, party) => {
                    missing.extend(self.fonts.missing(&party.name));
                    missing.extend(self.fonts.missing(&party.department));
                }
                Edit::PutHandoff(_, handoff) => missing.extend(self.fonts.missing(&handoff.item)),
                Edit::PutView(_, view) => missing.extend(self.fonts.missing(&view.name)),
                Edit::SetInfo(info) => {
                    missing.extend(self.fonts.missing(&info.title));
                    missing.extend(self.fonts.missing(&info.currency));
                }
                Edit::RemoveParty(_) | Edit::Place(..) | Edit::RemoveHandoff(_) | Edit::RemoveView(_) => {}
            }
        }
        self.session.looked_through = document.clone();
        if missing.is_subset(&self.session.sought) {
            return;
        }
        self.session.sought.extend(missing);
        let all: String = self.session.sought.iter().collect();
        self.spawn("faces", move || Done::Faces(fonts::covering(&Fonts::bundled(), [all.as_str()])));
    }

    /// Measures and paints with other faces from now on.
    pub(super) fn use_faces(&mut self, fonts: Fonts) {
        if fonts.faces() != self.fonts.faces() || fonts.faces() > Fonts::bundled().faces() {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::samples;
    use crate::model::IdGen;

    #[test]
    fn other_faces_are_drawn_with_once_they_are_in_use() {
        let context = egui::Context::default();
        let mut app = App::new(&context, None, IdGen::new(1, 2));
        app.open_document(samples::ALL[0].open());
        let frame = |app: &mut App| {
            context.run_ui(egui::RawInput::default(), |ui| app.ui(ui)).textures_delta.clear();
            app.drawn()
        };
        for _ in 0..8 {
            frame(&mut app);
        }
        let before = frame(&mut app);
        assert_eq!(frame(&mut app), before, "at rest");
        app.canvas.measure_again();
        assert_eq!(frame(&mut app), before + 1, "drawn with the faces of before");
        assert_eq!(frame(&mut app), before + 2, "and again when the others are in use");
        for _ in 0..3 {
            frame(&mut app);
        }
        let after = frame(&mut app);
        assert_eq!(frame(&mut app), after, "then at rest again");
    }
}
