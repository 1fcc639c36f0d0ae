//! What is drawn over the map in every frame: grid, selection, handles, marquee, guides, the handoff being drawn.

use egui::{Color32, CornerRadius, Mesh, Painter, Shape, Stroke, StrokeKind};

use super::Canvas;
use super::far::FAR_BELOW;
use super::gestures::{Connect, Gesture, handle_at};
use super::paint::{Brush, color};
use super::snap::GRID;
use crate::app::cx::Cx;
use crate::geom::{Point, Rect, pt};
use crate::model::ops::End;
use crate::model::{HandoffKind, Subject};
use crate::scene::Ink;
use crate::scene::route::{CardSide, between, sides};
use crate::views;

/// With more than this selected, each of them is no longer outlined by itself.
const MANY: usize = 1_000;

impl Canvas {
    /// The grid's dots as one mesh; nothing when they would lie too close.
    pub fn grid(&self, cx: &Cx<'_>) -> Option<Shape> {
        let mut step = GRID;
        while step * self.camera.zoom < 16.0 {
            step *= 2.0;
        }
        if step > GRID * 16.0 || !cx.settings.snap_to_grid || !views::of(cx.view.kind).is_free {
            return None;
        }
        let (seen, ink) = (self.camera.seen(self.rect()), color(cx.theme, Ink::Grid));
        let mut mesh = Mesh::default();
        let (columns, rows) = ((seen.width() / step) as i32 + 2, (seen.height() / step) as i32 + 2);
        let first = pt((seen.min.x / step).floor() * step, (seen.min.y / step).floor() * step);
        for column in 0..columns {
            for row in 0..rows {
                let at = self.to_screen(first + pt(column as f32, row as f32) * step);
                mesh.add_colored_rect(egui::Rect::from_center_size(at, egui::Vec2::splat(1.6)), ink);
            }
        }
        Some(Shape::mesh(mesh))
    }

    /// Everything above the cards.
    pub fn overlay(&self, painter: &Painter, cx: &Cx<'_>) {
        let accent = color(cx.theme, Ink::Accent);
        self.cell_frames(painter, cx);
        self.selected(painter, cx);
        for subject in &self.flagged {
            self.outline(painter, *subject, Stroke::new(3.0, color(cx.theme, Ink::Warn)), cx);
        }
        self.paint_downstream(painter, cx);
        if let Some(hovered) = self.hovered.filter(|s| !cx.editor.selection().has(*s)) {
            self.outline(painter, hovered, Stroke::new(1.5, accent.gamma_multiply(0.55)), cx);
        }
        if matches!(self.gesture, Gesture::None) && self.inline.is_none() {
            self.handles(painter, cx);
        }
        self.hint(painter, cx);
        if self.show.arranging().is_some() {
            let font = egui::FontId::proportional(13.0);
            let at = self.rect().center_top() + egui::vec2(0.0, 14.0);
            painter.text(at, egui::Align2::CENTER_TOP, "Arranging…", font, color(cx.theme, Ink::Faint));
        }
        match &self.gesture {
            Gesture::Marquee { from, to, .. } => {
                let area = self.camera.rect_to_screen(self.rect(), &Rect::from_corners(*from, *to));
                painter.rect(area, 0.0, color(cx.theme, Ink::AccentSoft), Stroke::new(1.0, accent), StrokeKind::Inside);
            }
            Gesture::Move { guides, .. } => {
                for (a, b) in guides {
                    painter.line_segment([self.to_screen(*a), self.to_screen(*b)], Stroke::new(1.0, accent));
                }
            }
            Gesture::Connect(connect) => self.preview(painter, cx, connect),
            Gesture::Lane { department, at } => self.lane_preview(painter, cx, department, *at),
            Gesture::None | Gesture::Pan => {}
        }
    }

    /// What is under the pointer, in words, where the picture is too small to read.
    fn hint(&self, painter: &Painter, cx: &Cx<'_>) {
        const LEGIBLE: f32 = 9.0;
        // A quick hand is in a panel before it is known that it left.
        let pointer = painter.ctx().pointer_hover_pos().filter(|pointer| self.rect().contains(*pointer));
        let Some((subject, pointer)) = self.hovered.zip(pointer) else { return };
        if !matches!(self.gesture, Gesture::None) || self.inline.is_some() {
            return;
        }
        let document = cx.document();
        let placed = match subject {
            Subject::Party(id) => self.drawing().cards.get(&id).map(|placed| placed.card.name_size),
            Subject::Handoff(id) => {
                self.drawing().arrows.get(&id).map(|arrow| if arrow.has_words() { 12.0 } else { 0.0 })
            }
        };
        let is_row = || self.drawing().rows().any(|(of, ..)| of == subject);
        let Some(size) = placed.or_else(|| is_row().then_some(12.0)) else { return };
        let (name, about) = match subject {
            Subject::Party(id) => (document.name_of(id), document.about_party(id)),
            Subject::Handoff(id) => {
                let Some(handoff) = document.handoff(id) else { return };
                (document.describe(handoff), document.about_handoff(handoff))
            }
        };
        let about = match self.downstream_in_words(cx) {
            Some(downstream) => downstream,
            None if size * self.camera.zoom >= LEGIBLE => return,
            None => about,
        };
        let font = |weight, size| egui::FontId::new(size, super::paint::family(weight));
        let (text, faint) = (color(cx.theme, Ink::Text), color(cx.theme, Ink::Faint));
        let head = painter.layout(name, font(crate::scene::Weight::SemiBold, 14.0), text, 320.0);
        let body = painter.layout(about, font(crate::scene::Weight::Regular, 12.0), faint, 320.0);
        let inner = egui::vec2(head.size().x.max(body.size().x), head.size().y + 2.0 + body.size().y);
        let outer = inner + egui::vec2(20.0, 14.0);
        let room = self.rect().shrink(6.0);
        let below = pointer + egui::vec2(14.0, 18.0);
        let at = below.min(room.max - outer).max(room.min);
        let area = egui::Rect::from_min_size(at, outer);
        let edge = Stroke::new(1.0, color(cx.theme, Ink::CardEdge));
        painter.rect(area, 6.0, color(cx.theme, Ink::Card), edge, StrokeKind::Inside);
        let corner = area.min + egui::vec2(10.0, 7.0);
        let second = corner + egui::vec2(0.0, head.size().y + 2.0);
        painter.galley(corner, head, text);
        painter.galley(second, body, faint);
    }

    /// Outlines what is selected; of very much what is in sight alone, and from far away as one mesh over the blocks.
    fn selected(&self, painter: &Painter, cx: &Cx<'_>) {
        let (selection, accent) = (cx.editor.selection(), color(cx.theme, Ink::Accent));
        let stroke = Stroke::new(2.0, accent);
        if selection.len() <= MANY {
            selection.iter().for_each(|subject| self.outline(painter, subject, stroke, cx));
        } else if self.camera.zoom < FAR_BELOW {
            let brush = Brush { ctx: painter.ctx(), canvas: self.rect(), camera: self.camera, theme: cx.theme };
            let is_selected = |id| selection.has(Subject::Party(id));
            painter.add(self.far.marked(&brush, is_selected, accent.gamma_multiply(0.5)));
        } else {
            let seen = self.camera.seen(self.rect());
            let cards = self.far.cards_in(&seen).into_iter().map(Subject::Party);
            let arrows = self.far.arrows_in(&seen).into_iter().map(Subject::Handoff);
            for subject in cards.chain(arrows).filter(|subject| selection.has(*subject)) {
                self.outline_placed(painter, subject, stroke, cx);
            }
        }
    }

    fn outline(&self, painter: &Painter, subject: Subject, stroke: Stroke, cx: &Cx<'_>) {
        self.outline_rows(painter, stroke, |of| of == subject);
        self.outline_placed(painter, subject, stroke, cx);
    }

    /// Outlines the rows of a chart that tell of some.
    pub(super) fn outline_rows(&self, painter: &Painter, stroke: Stroke, some: impl Fn(Subject) -> bool) {
        for (_, bounds, _) in self.drawing().rows().filter(|(of, ..)| some(*of)) {
            let area = self.camera.rect_to_screen(self.rect(), &bounds);
            painter.rect_stroke(area.expand(1.0), 4.0, stroke, StrokeKind::Middle);
        }
    }

    /// Outlines a card or an arrow.
    pub(super) fn outline_placed(&self, painter: &Painter, subject: Subject, stroke: Stroke, cx: &Cx<'_>) {
        match subject {
            Subject::Party(id) => {
                let Some(placed) = self.drawing().cards.get(&id) else { return };
                let area = self.camera.rect_to_screen(self.rect(), &placed.rect());
                if self.rect().intersects(area) {
                    let radius = CornerRadius::same((11.0 * self.camera.zoom).clamp(2.0, 40.0) as u8);
                    painter.rect_stroke(area.expand(3.0), radius, stroke, StrokeKind::Middle);
                }
            }
            Subject::Handoff(id) => {
                let Some(arrow) = self.drawing().arrows.get(&id) else { return };
                let area = self.camera.rect_to_screen(self.rect(), &arrow.bounds);
                if !self.rect().intersects(area) {
                    return;
                }
                if self.camera.zoom < FAR_BELOW {
                    let ends = [self.to_screen(arrow.path.start()), self.to_screen(arrow.path.end())];
                    painter.line_segment(ends, Stroke::new(2.0, stroke.color.gamma_multiply(0.5)));
                    return;
                }
                let points: Vec<_> = arrow.path.points(24).map(|p| self.to_screen(p)).collect();
                painter.line(points, Stroke::new(stroke.width + 4.0, stroke.color.gamma_multiply(0.35)));
                if self.gripped(cx) == Some(id) {
                    for p in [arrow.path.start(), arrow.path.end()] {
                        self.grip(painter, cx, self.to_screen(p), 5.0, false);
                    }
                }
                if cx.editor.selection().has(subject) {
                    let label = self.camera.rect_to_screen(self.rect(), &arrow.label_area);
                    painter.rect_stroke(label.expand(2.0), 4.0, Stroke::new(1.0, stroke.color), StrokeKind::Middle);
                }
            }
        }
    }

    fn grip(&self, painter: &Painter, cx: &Cx<'_>, at: egui::Pos2, radius: f32, filled: bool) {
        let accent = color(cx.theme, Ink::Accent);
        let fill = if filled { accent } else { color(cx.theme, Ink::Card) };
        painter.circle(at, radius, fill, Stroke::new(1.6, accent));
    }

    /// The handles that draw a new handoff: a plus left and right of the card.
    fn handles(&self, painter: &Painter, cx: &Cx<'_>) {
        let px = 1.0 / self.camera.zoom;
        let pointer = painter.ctx().pointer_hover_pos();
        for id in self.handle_cards(cx) {
            let Some(placed) = self.drawing().cards.get(&id) else { continue };
            for end in [End::Supplier, End::Customer] {
                let at = self.to_screen(handle_at(&placed.rect(), end, px));
                let near = pointer.is_some_and(|p| p.distance(at) < 13.0);
                let small = (self.camera.zoom * 1.5).clamp(0.55, 1.0);
                self.grip(painter, cx, at, if near { 9.0 } else { 7.0 * small }, near);
                let ink = if near { color(cx.theme, Ink::Card) } else { color(cx.theme, Ink::Accent) };
                let arm = if near { 4.5 } else { 3.5 * small };
                let stroke = Stroke::new(1.6, ink);
                painter.line_segment([at - egui::vec2(arm, 0.0), at + egui::vec2(arm, 0.0)], stroke);
                painter.line_segment([at - egui::vec2(0.0, arm), at + egui::vec2(0.0, arm)], stroke);
            }
        }
    }

    /// The handoff that is being drawn, snapped to its target.
    fn preview(&self, painter: &Painter, cx: &Cx<'_>, connect: &Connect) {
        let accent = color(cx.theme, Ink::Accent);
        let loose = match connect.target.and_then(|id| self.drawing().cards.get(&id)) {
            Some(placed) => {
                let area = self.camera.rect_to_screen(self.rect(), &placed.rect());
                let fill = color(cx.theme, Ink::AccentSoft);
                painter.rect(area.expand(4.0), 12.0, fill, Stroke::new(2.5, accent), StrokeKind::Middle);
                placed.rect()
            }
            None => Rect { min: connect.at, max: connect.at },
        };
        let fixed = connect.fixed.and_then(|id| self.drawing().cards.get(&id)).map(|c| c.rect());
        let fixed = fixed.unwrap_or(Rect { min: connect.at, max: connect.at });
        let (from, to) = match connect.loose {
            End::Supplier => (loose, fixed),
            End::Customer => (fixed, loose),
        };
        let (out, into) = sides(&from, &to, HandoffKind::Forward);
        let at = |side: CardSide, rect: &Rect| (side.at(rect, 0.0), side);
        let curve = between(at(out, &from), at(into, &to), 0.0);
        let points: Vec<egui::Pos2> = curve.points(24).map(|p| self.to_screen(p)).collect();
        let (Some(tip), Some(back)) = (points.last().copied(), points.get(22).copied()) else { return };
        painter.line(points, Stroke::new(2.0, accent));
        if (tip - back).length() > 0.5 {
            let along = (tip - back).normalized();
            let side = along.rot90();
            let head = vec![tip, tip - along * 11.0 + side * 5.0, tip - along * 11.0 - side * 5.0];
            painter.add(Shape::convex_polygon(head, accent, Stroke::NONE));
        }
        if connect.target.is_none() {
            let words = match (connect.handoff, connect.loose) {
                (Some(_), _) => "let go to leave this end open",
                (None, End::Customer) => "let go to add a customer here",
                (None, End::Supplier) => "let go to add a supplier here",
            };
            let font = egui::FontId::proportional(12.0);
            let at = self.to_screen(connect.at) + egui::vec2(14.0, 14.0);
            let galley = painter.layout_no_wrap(words.into(), font, color(cx.theme, Ink::Faint));
            let area = egui::Rect::from_min_size(at, galley.size()).expand(4.0);
            painter.rect_filled(area, 4.0, color(cx.theme, Ink::Halo));
            painter.galley(at, galley, Color32::PLACEHOLDER);
        }
    }

    /// A map point on the screen.
    pub fn to_screen(&self, p: Point) -> egui::Pos2 {
        self.camera.to_screen(self.rect(), p)
    }
}
