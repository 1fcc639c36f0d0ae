//! Keeps the shapes of the last drawing, so that the graph widget runs only when something changed.
//!
//! `GraphView::show` asks for another frame in every frame; a program that called it always would never be idle.

use egui::{Sense, Shape};

use super::camera::Camera;
use crate::editor::Selection;
use crate::scene::Theme;

/// What the shapes depend on besides the scene.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Key {
    /// The canvas on the screen.
    pub canvas: egui::Rect,
    /// What it looks at.
    pub camera: Camera,
    /// Light or dark.
    pub theme: Theme,
    /// Resolution of the screen.
    pub pixels_per_point: f32,
    /// Whether the grid is shown.
    pub grid: bool,
}

/// The shapes of the last drawing.
#[derive(Debug, Default)]
pub struct Replay {
    key: Option<Key>,
    shapes: Vec<Shape>,
    atlas_fill: f32,
    selection: Selection,
    /// So many drawings are new ones whatever they depend on.
    anew: u8,
}

impl Replay {
    /// The next drawing is a new one.
    pub fn forget(&mut self) {
        self.key = None;
    }

    /// The next drawings are new ones: other faces are in use only from the next frame on, and move all letters then.
    pub fn forget_letters(&mut self) {
        self.anew = 3;
    }

    /// True when the selection is another than at the last call.
    pub fn selection_changed(&mut self, selection: &Selection) -> bool {
        if self.selection.is_same(selection) {
            return false;
        }
        std::mem::replace(&mut self.selection, selection.clone()) != *selection
    }

    /// Paints the same shapes again, when nothing they depend on changed.
    pub fn again(&mut self, ui: &mut egui::Ui, key: Key) -> Option<egui::Response> {
        // A full font atlas is rebuilt, which moves the letters of old texts: it is fuller from frame to frame otherwise.
        let fill = ui.ctx().fonts(|fonts| fonts.font_atlas_fill_ratio());
        let rebuilt = fill < self.atlas_fill;
        self.atlas_fill = fill;
        if self.anew > 0 {
            self.anew -= 1;
            ui.ctx().request_repaint();
            return None;
        }
        if self.key != Some(key) || rebuilt {
            return None;
        }
        // The same call as in the widget, so that the canvas keeps its id.
        let (response, painter) = ui.allocate_painter(ui.available_size(), Sense::click_and_drag());
        painter.extend(self.shapes.iter().cloned());
        Some(response)
    }

    /// Keeps what was painted since `start`.
    pub fn keep(&mut self, ui: &egui::Ui, start: usize, key: Key) {
        let layer = ui.layer_id();
        self.shapes = ui.ctx().graphics(|layers| {
            let painted =
                layers.get(layer).map(|list| list.all_entries().skip(start).map(|c| c.shape.clone()).collect());
            painted.unwrap_or_default()
        });
        self.key = Some(key);
    }
}

/// Number of the next shape of this layer.
pub fn next_shape(ui: &egui::Ui) -> usize {
    let layer = ui.layer_id();
    ui.ctx().graphics(|layers| layers.get(layer).map_or(0, |list| list.next_idx().0))
}
