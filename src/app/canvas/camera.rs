//! The part of the map that the canvas shows: a middle and a zoom.

use crate::geom::{Point, Rect, pt};

/// Smallest zoom, but for a map that is seen whole only from further away.
pub const LEAST_ZOOM: f32 = 0.02;
/// Smallest zoom of a fit: the largest map that there may be is seen whole.
const LEAST_FIT: f32 = 1e-4;
/// Largest zoom.
pub const MOST_ZOOM: f32 = 6.0;

/// Where the canvas looks. Its middle stays when the window is resized.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Camera {
    /// The point of the map in the middle of the canvas.
    pub center: Point,
    /// Screen points per map unit.
    pub zoom: f32,
}

impl Default for Camera {
    fn default() -> Self {
        Self { center: pt(0.0, 0.0), zoom: 1.0 }
    }
}

impl Camera {
    /// From the map to the screen; `canvas` is the canvas's rectangle on the screen.
    pub fn to_screen(self, canvas: egui::Rect, p: Point) -> egui::Pos2 {
        let by = p - self.center;
        canvas.center() + egui::vec2(by.x, by.y) * self.zoom
    }

    /// From the screen to the map.
    pub fn to_map(self, canvas: egui::Rect, p: egui::Pos2) -> Point {
        let by = (p - canvas.center()) / self.zoom;
        self.center + pt(by.x, by.y)
    }

    /// A rectangle of the map on the screen.
    pub fn rect_to_screen(self, canvas: egui::Rect, rect: &Rect) -> egui::Rect {
        egui::Rect::from_min_max(self.to_screen(canvas, rect.min), self.to_screen(canvas, rect.max))
    }

    /// The part of the map that is seen.
    pub fn seen(self, canvas: egui::Rect) -> Rect {
        Rect { min: self.to_map(canvas, canvas.min), max: self.to_map(canvas, canvas.max) }
    }

    /// Zooms by a factor; the map point under `at` stays there.
    pub fn zoom_at(&mut self, canvas: egui::Rect, at: egui::Pos2, factor: f32) {
        let fixed = self.to_map(canvas, at);
        self.zoom = (self.zoom * factor).clamp(LEAST_ZOOM.min(self.zoom), MOST_ZOOM);
        let now = self.to_map(canvas, at);
        self.center = self.center + (fixed - now);
    }

    /// The camera on the way from this one (`t` = 0) to another (1): the zoom grows evenly.
    pub fn towards(self, other: Self, t: f32) -> Self {
        let zoom = self.zoom * (other.zoom / self.zoom).powf(t);
        // What is looked at moves evenly on the screen.
        let share = if (other.zoom - self.zoom).abs() < 1e-4 {
            t
        } else {
            (1.0 / self.zoom - 1.0 / zoom) / (1.0 / self.zoom - 1.0 / other.zoom)
        };
        Self { center: self.center.lerp(other.center, share.clamp(0.0, 1.0)), zoom }
    }

    /// Shows the whole rectangle, at most at this zoom.
    pub fn fit(&mut self, canvas: egui::Rect, area: &Rect, most: f32) {
        if area.is_nothing() {
            *self = Self::default();
            return;
        }
        let room = canvas.shrink(40.0_f32.min(canvas.width() / 8.0));
        let zoom = (room.width() / area.width().max(1.0)).min(room.height() / area.height().max(1.0));
        *self = Self { center: area.center(), zoom: zoom.clamp(LEAST_FIT, most) };
    }

    /// Moves what is seen by a vector on the screen.
    pub fn shift(&mut self, by: egui::Vec2) {
        self.center = self.center - pt(by.x / self.zoom, by.y / self.zoom);
    }

    /// Shows the whole width of the rectangle and its upper part, at most at this zoom.
    pub fn fit_width(&mut self, canvas: egui::Rect, area: &Rect, most: f32) {
        const AIR: f32 = 24.0;
        let zoom = ((canvas.width() - 2.0 * AIR) / area.width().max(1.0)).clamp(LEAST_FIT, most);
        let top = area.min.y + (canvas.height() / 2.0 - AIR) / zoom;
        let lower =
            (area.height() * zoom + 2.0 * AIR < canvas.height()) && area.height() * zoom < canvas.height() / 3.0;
        let y = if lower { area.min.y + canvas.height() / 3.0 / zoom } else { top };
        *self = Self { center: pt(area.center().x, y), zoom };
    }

    /// Moves just far enough that the rectangle is seen.
    pub fn reveal(&mut self, canvas: egui::Rect, area: &Rect) {
        let seen = self.seen(canvas.shrink(30.0_f32.min(canvas.width() / 8.0)));
        if area.is_nothing() || seen.contains_rect(area) {
            return;
        }
        if area.width() > seen.width() || area.height() > seen.height() {
            self.fit(canvas, area, 1.0);
            return;
        }
        let shift = |low: f32, high: f32, from: f32, to: f32| (from - low).min(0.0) + (to - high).max(0.0);
        self.center.x += shift(seen.min.x, seen.max.x, area.min.x, area.max.x);
        self.center.y += shift(seen.min.y, seen.max.y, area.min.y, area.max.y);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANVAS: egui::Rect = egui::Rect { min: egui::pos2(100.0, 50.0), max: egui::pos2(900.0, 650.0) };

    #[test]
    fn zooming_keeps_the_point_under_the_pointer() {
        let mut camera = Camera { center: pt(40.0, -7.0), zoom: 0.8 };
        let pointer = egui::pos2(300.0, 200.0);
        let before = camera.to_map(CANVAS, pointer);
        camera.zoom_at(CANVAS, pointer, 1.7);
        assert!(camera.to_map(CANVAS, pointer).distance(before) < 1e-3, "{camera:?}");
        camera.zoom_at(CANVAS, pointer, 1e9);
        assert_eq!(camera.zoom, MOST_ZOOM, "clamped");
        assert!(camera.to_map(CANVAS, pointer).distance(before) < 1e-2, "also when clamped");
    }

    #[test]
    fn fit_shows_all_and_reveal_moves_only_when_needed() {
        let mut camera = Camera::default();
        let wide = Rect { min: pt(-4000.0, 0.0), max: pt(4000.0, 20.0) };
        camera.fit(CANVAS, &wide, 1.0);
        assert!(camera.seen(CANVAS).contains_rect(&wide), "all of a wide map");
        let tall = Rect { min: pt(-1000.0, -1e6), max: pt(1000.0, 1e6) };
        let mut other = camera;
        other.fit(CANVAS, &tall, 1.0);
        assert!(other.seen(CANVAS).contains_rect(&tall), "all of the largest map");
        let far = other.zoom;
        other.zoom_at(CANVAS, CANVAS.center(), 0.5);
        assert_eq!(other.zoom, far, "no further away than that");
        other.zoom_at(CANVAS, CANVAS.center(), 1.5);
        assert_eq!(other.zoom, far * 1.5, "and back in small steps");
        let before = camera;
        camera.reveal(CANVAS, &Rect { min: pt(0.0, 0.0), max: pt(10.0, 10.0) });
        assert_eq!(camera, before, "seen already");
        camera = Camera::default();
        let far = Rect { min: pt(3000.0, 100.0), max: pt(3100.0, 150.0) };
        camera.reveal(CANVAS, &far);
        assert_eq!(camera.zoom, 1.0, "no zoom for a small thing");
        assert!(camera.seen(CANVAS).contains_rect(&far), "moved there");
    }
}
