//! Putting lanes into another order: a lane is dragged by its name.

use egui::{Painter, Stroke};

use super::Canvas;
use super::paint::color;
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::geom::Point;
use crate::model::Edit;
use crate::scene::Ink;

impl Canvas {
    /// The department whose lane's name is at a point of the view.
    pub fn lane_head_at(&self, p: Point) -> Option<String> {
        let lanes = &self.at_rest().lanes;
        lanes.iter().find(|lane| lane.head.contains(p)).and_then(|lane| lane.department.clone())
    }

    /// The departments from the top, with the dragged one where it would be put.
    fn order_with(&self, department: &str, at: Point) -> Vec<String> {
        let others = self.at_rest().lanes.iter().filter_map(|lane| Some((lane.department.as_deref()?, lane.rect)));
        let others: Vec<(&str, f32)> =
            others.filter(|(name, _)| *name != department).map(|(name, rect)| (name, rect.center().y)).collect();
        let before = others.iter().filter(|(_, y)| *y < at.y).count();
        let mut order: Vec<String> = others.iter().map(|(name, _)| (*name).to_owned()).collect();
        order.insert(before, department.to_owned());
        order
    }

    /// Puts the lane where it was dropped.
    pub fn drop_lane(&self, cx: &Cx<'_>, department: &str, at: Point, out: &mut Vec<Action>) {
        let lane_order = self.order_with(department, at);
        let now: Vec<&str> = self.at_rest().lanes.iter().filter_map(|lane| lane.department.as_deref()).collect();
        if lane_order != now {
            let info = crate::model::MapInfo { lane_order, ..cx.document().info().clone() };
            out.push(Action::edit(format!("move lane “{department}”"), vec![Edit::SetInfo(info)]));
        }
    }

    /// A line where the dragged lane would be put.
    pub fn lane_preview(&self, painter: &Painter, cx: &Cx<'_>, department: &str, at: Point) {
        let lanes = &self.at_rest().lanes;
        let order = self.order_with(department, at);
        let after = order.iter().position(|name| name == department).and_then(|i| order.get(i + 1));
        let below = lanes.iter().find(|lane| lane.department.as_ref() == after);
        let above = lanes.iter().rev().find(|lane| lane.department.is_some());
        let Some(lane) = below.or(above) else { return };
        let y = if after.is_some() { lane.rect.min.y } else { lane.rect.max.y } - 4.0;
        let ends = [Point { x: lane.head.min.x, y }, Point { x: lane.rect.max.x, y }];
        let accent = Stroke::new(3.0, color(cx.theme, Ink::Accent));
        painter.line_segment(ends.map(|p| self.to_screen(p)), accent);
        if let Some(dragged) = lanes.iter().find(|lane| lane.department.as_deref() == Some(department)) {
            let area = self.camera.rect_to_screen(self.rect(), &dragged.head.union(&dragged.rect));
            painter.rect_filled(area, 4.0, color(cx.theme, Ink::AccentSoft));
        }
    }
}
