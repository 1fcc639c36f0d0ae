//! The welcome page: a new map, a file, a recent file or a sample; and the hint on an empty map.

use std::path::Path;

use egui::{FontId, RichText, Vec2};

use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::cx::Cx;
use crate::files::samples;
use crate::scene::{Ink, Theme, Weight};

/// Shows the page; `problem` is what went wrong before.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, problem: Option<&str>, out: &mut Vec<Action>) {
    let ink = |ink| color(cx.theme, ink);
    let frame = egui::Frame::new().fill(ink(Ink::Paper)).inner_margin(24);
    egui::CentralPanel::default().frame(frame).show(ui, |ui| {
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            let width = ui.available_width().min(860.0);
            ui.add_space((ui.available_height() * 0.10).clamp(8.0, 90.0));
            ui.horizontal(|ui| {
                ui.add_space(((ui.available_width() - width) / 2.0).max(0.0));
                ui.vertical(|ui| {
                    ui.set_width(width);
                    head(ui, cx, problem);
                    ui.add_space(22.0);
                    ui.horizontal_top(|ui| {
                        let column = (width - 32.0) / 2.0;
                        ui.vertical(|ui| {
                            ui.set_width(column);
                            start(ui, cx, out);
                        });
                        ui.add_space(24.0);
                        ui.vertical(|ui| {
                            ui.set_width(column);
                            sample_list(ui, cx, out);
                        });
                    });
                });
            });
        });
    });
}

fn heading(ui: &mut egui::Ui, cx: &Cx<'_>, text: &str) {
    let font = FontId::new(14.0, family(Weight::SemiBold));
    ui.label(RichText::new(text).font(font).color(color(cx.theme, Ink::Text)));
    ui.add_space(4.0);
}

fn head(ui: &mut egui::Ui, cx: &Cx<'_>, problem: Option<&str>) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(Vec2::splat(52.0), egui::Sense::hover());
        logo(ui.painter(), rect, cx.theme);
        ui.add_space(6.0);
        ui.vertical(|ui| {
            let font = FontId::new(30.0, family(Weight::SemiBold));
            ui.label(RichText::new("Peel").font(font));
            let about = "Map the handoffs behind what a customer receives, and repair them one at a time.";
            ui.label(RichText::new(about).color(color(cx.theme, Ink::Faint)));
        });
    });
    if let Some(problem) = problem {
        ui.add_space(8.0);
        ui.label(RichText::new(problem).color(color(cx.theme, Ink::Bad)));
    }
}

/// Rings around a customer: an onion, cut open.
pub fn logo(painter: &egui::Painter, rect: egui::Rect, theme: Theme) {
    let (center, unit) = (rect.center(), rect.width() / 2.0);
    for (radius, ink, part) in [(1.0, Ink::Accent, 0.22), (0.68, Ink::Accent, 0.5), (0.38, Ink::Accent, 1.0)] {
        painter.circle_filled(center, unit * radius, color(theme, ink).gamma_multiply(part));
    }
    painter.circle_filled(center, unit * 0.16, color(theme, Ink::Card));
}

fn wide(ui: &mut egui::Ui, title: &str, detail: &str) -> egui::Response {
    let text = egui::Atoms::new((RichText::new(title), egui::Atom::grow(), RichText::new(detail).small().weak()));
    let button = egui::Button::new(text).min_size(egui::vec2(ui.available_width(), 34.0));
    let response = ui.add(button);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, title));
    response
}

fn start(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    heading(ui, cx, "Start");
    for (id, title) in [("new", "New map"), ("open", "Open a map…"), ("import-tables", "Import tables (CSV, XLSX)…")]
    {
        let keys = crate::app::commands::by_id(id).map(|c| c.keys_shown(ui.ctx())).unwrap_or_default();
        if wide(ui, title, &keys).clicked() {
            out.push(Action::Command(id));
        }
    }
    ui.add_space(18.0);
    heading(ui, cx, "Recent");
    if cx.settings.recent.is_empty() {
        ui.label(RichText::new("Maps you save or open are listed here.").color(color(cx.theme, Ink::Faint)));
    }
    for path in &cx.settings.recent {
        let path = Path::new(path);
        let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
        let folder = path.parent().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
        if wide(ui, &name, &shortened(&folder)).on_hover_text(path.to_string_lossy()).clicked() {
            out.push(Action::Open(path.to_owned()));
        }
    }
}

/// The end of a long path.
fn shortened(path: &str) -> String {
    let count = path.chars().count();
    if count <= 34 { path.into() } else { format!("…{}", path.chars().skip(count - 33).collect::<String>()) }
}

fn sample_list(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    heading(ui, cx, "Samples");
    for sample in &samples::ALL {
        let frame = egui::Frame::new()
            .fill(color(cx.theme, Ink::Card))
            .stroke(egui::Stroke::new(1.0, color(cx.theme, Ink::Grid)))
            .corner_radius(8)
            .inner_margin(12);
        let shown = frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.label(RichText::new(sample.title).font(FontId::new(13.5, family(Weight::SemiBold))));
            ui.label(RichText::new(sample.about).small().color(color(cx.theme, Ink::Faint)));
        });
        let response = shown.response.interact(egui::Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
        response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, sample.title));
        if response.hovered() || response.has_focus() {
            let line = egui::Stroke::new(1.5, color(cx.theme, Ink::Accent));
            ui.painter().rect_stroke(response.rect, 8.0, line, egui::StrokeKind::Inside);
        }
        if response.clicked() {
            out.push(Action::Sample(sample.id));
        }
        ui.add_space(2.0);
    }
}

/// What to do on an empty map.
pub fn empty_map(ui: &egui::Ui, theme: Theme) {
    let center = ui.max_rect().center();
    let lines = [
        ("Who is the customer?", 22.0, Weight::SemiBold, Ink::Text),
        (
            "Type a name to add the first party. Tab adds whom it hands to, Shift+Tab who hands to it.",
            13.5,
            Weight::Regular,
            Ink::Faint,
        ),
        (
            "Or double-click anywhere, or paste a list: a name a line, or “Sales -> Planning: order”.",
            13.5,
            Weight::Regular,
            Ink::Faint,
        ),
    ];
    let width = (ui.max_rect().width() - 32.0).max(120.0);
    let mut y = center.y - 44.0;
    for (text, size, weight, ink) in lines {
        let ink = color(theme, ink);
        let mut job = egui::text::LayoutJob::simple(text.to_owned(), FontId::new(size, family(weight)), ink, width);
        job.halign = egui::Align::Center;
        let galley = ui.painter().layout_job(job);
        let height = galley.size().y;
        ui.painter().galley(egui::pos2(center.x, y), galley, ink);
        y += height + 8.0;
    }
}
