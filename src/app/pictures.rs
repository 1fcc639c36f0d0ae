//! Pictures of the map: to a file, to the clipboard; and the faces that its letters need.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::App;
use super::clock::today;
use super::dialogs::Dialog;
use super::dialogs::export::{ExportChoice, Size, What};
use super::look;
use super::tasks::{Cancel, Done, Purpose};
use crate::export::png::{self, PngOptions};
use crate::export::{self, Extent, Page};
use crate::files::{fonts, format, save};
use crate::model::{Document, Edit, Subject, ViewChoice};
use crate::scene::text::Fonts;
use crate::scene::{Scene, Theme};
use crate::views::{self, Against, Leaf, Look};

impl App {
    pub(super) fn ask_export(&mut self) {
        if self.session.export.what == What::Selection && self.editor.selection().is_empty() {
            self.session.export.what = What::View;
        }
        self.dialog = Some(Dialog::Export(self.session.export.clone()));
    }

    /// The dialog was agreed to: ask for the file.
    pub(super) fn export_agreed(&mut self, choice: ExportChoice) {
        self.session.export = choice;
        self.pick(Purpose::Export(self.session.export.exporter().extension));
    }

    /// Width and height of the picture, in map units; worked out again only when something changed.
    pub(super) fn picture_size(&self, choice: &ExportChoice) -> (f32, f32) {
        let id = egui::Id::new("picture size");
        let (ctx, document) = (self.tasks.context(), self.editor.document());
        let kept: Option<(Document, ExportChoice, (f32, f32))> = ctx.data(|d| d.get_temp(id));
        if let Some((of, with, size)) = kept
            && of.is_same(document)
            && with == *choice
        {
            return size;
        }
        let size = self.job(choice).size();
        ctx.data_mut(|d| d.insert_temp(id, (document.clone(), choice.clone(), size)));
        size
    }

    /// All that a picture is made of, for a thread.
    pub(super) fn job(&self, choice: &ExportChoice) -> Job {
        Job {
            document: self.editor.document().clone(),
            current: self.editor.current().clone(),
            against: self.cx(look::theme(self.tasks.context())).against(),
            fonts: self.fonts.clone(),
            view: self.view.clone(),
            emphasis: self.emphasis.clone(),
            only: self.selection_for_picture(),
            choice: choice.clone(),
        }
    }

    /// What of the map a picture shows when only the selection is wanted: with the handoffs between selected parties.
    pub(super) fn selection_for_picture(&self) -> Only {
        let selection = self.editor.selection();
        let mut only: BTreeSet<_> = selection.iter().collect();
        let inside = |end: Option<_>| end.is_none_or(|id| selection.has(Subject::Party(id)));
        let between = self.editor.document().handoffs().filter(|(_, h)| inside(h.supplier) && inside(h.customer));
        only.extend(between.map(|(id, _)| Subject::Handoff(id)));
        (!selection.is_empty()).then_some(only)
    }

    /// Writes the picture on a thread.
    pub(super) fn export_to(&mut self, path: PathBuf) {
        let job = self.job(&self.session.export);
        self.say("Painting the picture…");
        self.spawn("export", move |cancel| Done::Written(job.write(&path, cancel)));
    }

    pub(super) fn copy_picture(&mut self, _: &egui::Context) {
        let job = self.job(&ExportChoice { what: What::View, ..self.session.export.clone() });
        self.spawn("copy picture", move |_| {
            let options = PngOptions { pixels_per_unit: 2.0, theme: job.theme(), ..PngOptions::default() };
            let nothing = Scene::default();
            let leaves = job.leaves();
            let image = png::rgba(leaves.first().map_or(&nothing, |leaf| &leaf.scene), &job.fonts, &options);
            let size = |w: u32, h: u32| [w as usize, h as usize];
            let color = |i: png::Image| egui::ColorImage::from_rgba_unmultiplied(size(i.width, i.height), &i.pixels);
            Done::Picture(image.map(color).map_err(|error| error.to_string()))
        });
    }

    /// Looks for one face of the system, on a thread, when the map has letters that the bundled faces lack.
    pub(super) fn load_missing_faces(&mut self) {
        let document = self.editor.document();
        let mut missing = BTreeSet::new();
        for edit in self.session.looked_through.each_edit_to(document) {
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
                Edit::PutScenario(_, scenario) => missing.extend(self.fonts.missing(&scenario.name)),
                Edit::PutSprint(_, sprint) => missing.extend(self.fonts.missing(&sprint.goal)),
                Edit::RemoveParty(_)
                | Edit::Place(..)
                | Edit::RemoveHandoff(_)
                | Edit::RemoveView(_)
                | Edit::RemoveScenario(_)
                | Edit::RemoveSprint(_) => {}
            }
        }
        self.session.looked_through = document.clone();
        if missing.is_subset(&self.session.sought) {
            return;
        }
        self.session.sought.extend(missing);
        let all: String = self.session.sought.iter().collect();
        self.spawn("faces", move |_| Done::Faces(fonts::covering(&Fonts::bundled(), [all.as_str()])));
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
pub(super) type Only = Option<BTreeSet<Subject>>;

/// A picture to be made.
#[derive(Debug)]
pub(super) struct Job {
    document: Document,
    /// The map as it is today, to be kept in the file.
    current: Document,
    against: Option<Against>,
    fonts: Fonts,
    view: ViewChoice,
    emphasis: BTreeSet<Subject>,
    only: Only,
    choice: ExportChoice,
}

impl Job {
    fn theme(&self) -> Theme {
        if self.choice.dark { Theme::Dark } else { Theme::Light }
    }

    /// The pictures, one or more.
    pub fn leaves(&self) -> Vec<Leaf> {
        let options = self.choice.picture(self.only.clone(), today().to_string());
        let leaf = |choice: &ViewChoice| {
            let (document, emphasis, against) = (&self.document, &self.emphasis, self.against.as_ref());
            views::leaf(&Look { document, choice, emphasis, against }, &self.fonts, &options)
        };
        match self.choice.what {
            What::View | What::Selection => vec![leaf(&self.view)],
            What::Views => views::each(&self.view).iter().map(leaf).collect(),
            What::Presentation => views::presentation(&self.document, &self.fonts, &options),
        }
    }

    /// Width and height of the first picture, in map units.
    pub fn size(&self) -> (f32, f32) {
        let bounds = self.leaves().first().and_then(|leaf| leaf.scene.bounds);
        bounds.map_or((1.0, 1.0), |b| (b.width(), b.height()))
    }

    /// Writes the files; what was done, in words.
    fn write(&self, path: &Path, cancel: &Cancel) -> Result<String, String> {
        let (choice, exporter) = (&self.choice, self.choice.exporter());
        let leaves = self.leaves();
        let pages: Vec<Page<'_>> =
            leaves.iter().map(|l| Page { scene: &l.scene, title: &l.title, notes: &l.notes }).collect();
        let (map, details) = (choice.embed.then(|| format::write(&self.current)), views::details(&self.document));
        let picture = export::Picture {
            pages: &pages,
            details: &details,
            paper: choice.paper(),
            fonts: &self.fonts,
            theme: self.theme(),
            extent: match choice.size {
                _ if !exporter.has_pixels => Extent::Scale(1.0),
                Size::Scale(scale) => Extent::Scale(scale),
                Size::Width(pixels) => Extent::Width(pixels),
                Size::Dpi(dpi) => Extent::Scale(dpi / 96.0),
            },
            transparent: choice.transparent,
            title: self.document.info().title.trim(),
            map: map.as_deref(),
            cancel: Some(cancel.flag()),
        };
        let files = export::files(exporter, &picture, path).map_err(|error| format!("Not exported: {error}."))?;
        let parts: Vec<(&Path, &[u8])> = files.iter().map(|(path, bytes)| (path.as_path(), bytes.as_slice())).collect();
        cancel.commit()?;
        save::save_all(&parts).map_err(|error| format!("Not exported: {error}."))?;
        Ok(match (files.as_slice(), pages.first()) {
            ([(path, _)], Some(page)) if exporter.has_pixels => {
                let (width, height) = png::size_in_pixels(page.scene, picture.scale());
                format!("Exported {} ({width} × {height} pixels).", path.display())
            }
            ([(path, _)], _) => format!("Exported {}.", path.display()),
            (many, _) => format!("Exported {} pictures beside {}.", many.len(), path.display()),
        })
    }
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
