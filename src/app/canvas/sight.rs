//! Where the canvas looks: wishes of the rest of the program, wheel and pinch, the way from one view to another.

use std::collections::BTreeSet;

use super::camera::{self, Camera};
use super::{Canvas, show};
use crate::app::cx::Cx;
use crate::geom::{Point, Rect};
use crate::model::Subject;
use crate::views;

/// Where the camera should go, once the canvas knows its size.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Wish {
    /// Everything.
    FitAll,
    /// These.
    Fit(BTreeSet<Subject>),
    /// Moves just far enough that these are seen.
    Reveal(BTreeSet<Subject>),
    /// Zooms by a factor around the middle.
    Zoom(f32),
    /// A part of the view, as near as it goes.
    Look(Rect),
    /// Moves just far enough that this is seen.
    Into(Rect),
}

/// The part of the canvas that title and figures leave free before an audience.
fn stage_room(canvas: egui::Rect) -> egui::Rect {
    let (above, below) = (76.0_f32.min(canvas.height() / 5.0), 84.0_f32.min(canvas.height() / 5.0));
    egui::Rect { min: canvas.min + egui::vec2(0.0, above), max: canvas.max - egui::vec2(0.0, below) }
}

/// The camera's way to somewhere else.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glide {
    from: Camera,
    pub to: Camera,
    start: f64,
}

impl Canvas {
    /// Shows everything, at most at 100 %.
    pub fn fit_all(&mut self) {
        self.wishes.push(Wish::FitAll);
    }

    /// Shows these, at most at 100 %.
    pub fn fit(&mut self, subjects: BTreeSet<Subject>) {
        self.wishes.push(Wish::Fit(subjects));
    }

    /// Shows a part of the view, as large as it goes.
    pub fn look(&mut self, area: Rect) {
        self.wishes.push(Wish::Look(area));
    }

    /// How far showing everything may zoom in; `None` is 100 %.
    pub fn most_zoom(&mut self, most: Option<f32>) {
        self.most = most;
    }

    /// The part of the view that is seen; `None` when it is all of it.
    pub fn area_seen(&self) -> Option<Rect> {
        let camera = self.glide.map_or(self.camera, |glide| glide.to);
        (self.fitted != Some(camera)).then(|| camera.seen(self.rect()))
    }

    /// Moves just far enough that these are seen.
    pub fn reveal(&mut self, subjects: BTreeSet<Subject>) {
        self.wishes.push(Wish::Reveal(subjects));
    }

    /// Zooms around the middle: by a factor, or to 100 % when `None`.
    pub fn zoom(&mut self, factor: Option<f32>) {
        self.wishes.push(Wish::Zoom(factor.unwrap_or(1.0 / self.camera.zoom)));
    }

    fn area_of(&self, subjects: &BTreeSet<Subject>) -> Rect {
        let area = |subject: &Subject| match subject {
            _ if self.at_rest().table.is_some() => Some(self.cells_of(*subject)),
            Subject::Party(id) => self.at_rest().cards.get(id).map(|c| c.rect()),
            Subject::Handoff(id) => self.at_rest().arrows.get(id).map(|a| a.bounds),
        };
        let rows = self.at_rest().rows().filter(|(of, ..)| subjects.contains(of)).map(|(_, bounds, _)| bounds);
        subjects.iter().filter_map(area).chain(rows).fold(Rect::NOTHING, |sum, r| sum.union(&r))
    }

    /// Goes where somebody wished, once that is known.
    pub(super) fn grant_wishes(&mut self, ctx: &egui::Context, cx: &Cx<'_>) {
        let canvas = self.rect();
        // While a view is being arranged nobody knows how large it will be.
        if canvas.width() < 40.0 || canvas.height() < 40.0 || self.show.arranging().is_some() {
            return;
        }
        let room = if cx.presents { stage_room(canvas) } else { canvas };
        let most = self.most.unwrap_or(1.0);
        for wish in std::mem::take(&mut self.wishes) {
            let mut camera = self.glide.map_or(self.camera, |glide| glide.to);
            let mut glides = false;
            match wish {
                Wish::FitAll => {
                    let drawing = self.show.at_rest();
                    let bounds = drawing.bounds();
                    if drawing.table.is_some() {
                        camera.fit_width(room, &bounds, most);
                    } else {
                        camera.fit(room, &bounds, most);
                    }
                    camera.shift(room.center() - canvas.center());
                    self.fitted = (!bounds.is_nothing()).then_some(camera);
                    glides = self.fitted.is_some() && self.drawn > 0;
                }
                Wish::Fit(subjects) => camera.fit(canvas, &self.area_of(&subjects), most),
                Wish::Look(area) => {
                    camera.fit(room, &area, camera::MOST_ZOOM);
                    camera.shift(room.center() - canvas.center());
                    glides = true;
                }
                Wish::Into(area) => camera.reveal(canvas, &area),
                Wish::Reveal(subjects) => camera.reveal(canvas, &self.area_of(&subjects)),
                Wish::Zoom(factor) => camera.zoom_at(canvas, canvas.center(), factor),
            }
            if glides && cx.settings.animate {
                let start = ctx.input(|i| i.time);
                self.glide = Some(Glide { from: self.camera, to: camera, start });
            } else {
                self.glide = None;
                self.camera = camera;
            }
        }
    }

    /// Moves the camera on its way.
    pub(super) fn step(&mut self, ctx: &egui::Context) {
        let Some(glide) = self.glide else { return };
        let passed = (ctx.input(|i| i.time) - glide.start) / show::MOVE_TIME;
        if passed >= 1.0 {
            self.camera = glide.to;
            self.glide = None;
        } else {
            let t = passed.max(0.0) as f32;
            self.camera = glide.from.towards(glide.to, t * t * (3.0 - 2.0 * t));
        }
        ctx.request_repaint();
    }

    /// Each view has a camera of its own; one that is seen for the first time is shown whole.
    pub(super) fn change_view(&mut self, cx: &Cx<'_>) {
        let kind = cx.view.kind;
        if self.kind == kind {
            return;
        }
        self.cameras.insert(self.kind, self.glide.map_or(self.camera, |glide| glide.to));
        self.kind = kind;
        self.cancel();
        self.forget_cell();
        self.hovered = None;
        match self.cameras.get(&kind).filter(|_| views::of(kind).is_free) {
            Some(camera) => {
                self.glide = None;
                self.camera = *camera;
                self.fitted = None;
            }
            None => self.wishes.push(Wish::FitAll),
        }
    }

    /// Wheel and pinch.
    pub(super) fn navigate(&mut self, ui: &egui::Ui, response: &egui::Response, cx: &Cx<'_>) {
        let Some(pointer) = response.hover_pos() else { return };
        let (zoom, scroll, modifiers) = ui.input(|i| (i.zoom_delta(), i.smooth_scroll_delta(), i.modifiers));
        if zoom != 1.0 || scroll != egui::Vec2::ZERO {
            self.glide = None;
        }
        if zoom != 1.0 {
            self.camera.zoom_at(self.rect(), pointer, zoom);
        } else if scroll != egui::Vec2::ZERO {
            if cx.settings.wheel_zooms && !modifiers.shift {
                self.camera.zoom_at(self.rect(), pointer, (scroll.y / 200.0).exp());
            } else {
                let by = scroll / self.camera.zoom;
                self.camera.center = self.camera.center - Point { x: by.x, y: by.y };
            }
        }
    }
}
