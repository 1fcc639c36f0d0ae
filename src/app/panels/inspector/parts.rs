//! Small parts that several pages of the inspector share: tabs, pictures, links, rows with a button to remove them.

use egui::{Button, Id, Response, RichText, Sense, Ui, WidgetInfo, WidgetType};

use super::fields::Form;
use crate::analysis::Spot;
use crate::app::canvas::camera::Camera;
use crate::app::canvas::paint::{Brush, color};
use crate::geom::pt;
use crate::scene::{Ink, Item};

/// A row of tabs; gives the one that is open, which is remembered for all records of a kind.
pub fn tabs(ui: &mut Ui, form: &Form<'_, '_>, kind: &str, titles: &[String]) -> usize {
    let id = tab_id(kind);
    let mut open: usize = ui.data(|data| data.get_temp(id)).unwrap_or(0).min(titles.len().saturating_sub(1));
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(1.0, 3.0);
        ui.spacing_mut().button_padding = egui::vec2(4.0, 3.0);
        for (index, title) in titles.iter().enumerate() {
            let ink = if index == open { Ink::Text } else { Ink::Faint };
            let text = RichText::new(title).size(11.5).color(color(form.cx.theme, ink));
            if ui.add(Button::selectable(index == open, text)).clicked() {
                open = index;
            }
        }
    });
    ui.separator();
    ui.data_mut(|data| data.insert_temp(id, open));
    open
}

/// Opens another tab in the next frame.
pub fn open_tab(ctx: &egui::Context, kind: &str, index: usize) {
    ctx.data_mut(|data| data.insert_temp(tab_id(kind), index));
}

fn tab_id(kind: &str) -> Id {
    Id::new(("inspector tab", kind))
}

/// Paints items whose upper left corner is the origin, at their own size, with words for people who cannot see them.
pub fn picture(ui: &mut Ui, form: &Form<'_, '_>, items: &[Item], size: egui::Vec2, words: &str) -> Response {
    let (response, painter) = ui.allocate_painter(size, Sense::click());
    let rect = response.rect;
    let camera = Camera { center: pt(rect.width() / 2.0, rect.height() / 2.0), zoom: 1.0 };
    let brush = Brush { ctx: ui.ctx(), canvas: rect, camera, theme: form.cx.theme };
    let mut shapes = Vec::new();
    for item in items {
        brush.item(item, pt(0.0, 0.0), &mut shapes);
    }
    painter.extend(shapes);
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Image, true, words));
    response
}

/// A small button that removes a row; `what` names it for those who cannot see where it stands.
pub fn remove(ui: &mut Ui, what: &str) -> bool {
    let response = ui.add(Button::new(RichText::new("×").size(13.0)).frame_when_inactive(false));
    response.widget_info(|| WidgetInfo::labeled(WidgetType::Button, true, format!("Remove {what}")));
    response.on_hover_text(format!("Remove {what}")).clicked()
}

/// A row with a small button at its right end that removes it; `what` names it. True when that was pressed.
pub fn removable(ui: &mut Ui, what: &str, content: impl FnOnce(&mut Ui)) -> bool {
    let mut removed = false;
    ui.with_layout(egui::Layout::right_to_left(egui::Align::Min), |ui| {
        removed = remove(ui, what);
        ui.with_layout(egui::Layout::top_down(egui::Align::Min), |ui| {
            ui.set_width(ui.available_width());
            content(ui);
        });
    });
    removed
}

/// A frame around one record of a list.
pub fn framed(ui: &mut Ui, form: &mut Form<'_, '_>, ink: Ink, content: impl FnOnce(&mut Ui, &mut Form<'_, '_>)) {
    let frame = egui::Frame::new()
        .stroke(egui::Stroke::new(1.0, color(form.cx.theme, ink)))
        .corner_radius(7)
        .inner_margin(egui::Margin::symmetric(9, 7));
    frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        content(ui, form);
    });
    ui.add_space(4.0);
}

/// A line of text that is typed before it becomes a record; true when Enter was pressed in it.
pub fn typed(ui: &mut Ui, id: Id, name: &str, hint: &str, text: &mut String) -> bool {
    let field = super::fields::line_edit(text).id(id).hint_text(hint).desired_width(f32::INFINITY);
    let response = ui.add(field.char_limit(crate::model::LONGEST_TEXT));
    response.widget_info(|| super::fields::named_field(name, text));
    response.lost_focus() && ui.input(|i| i.key_pressed(egui::Key::Enter))
}

/// One of some values that is chosen before it becomes a record.
pub fn chosen<T: Copy + PartialEq>(ui: &mut Ui, id: Id, name: &str, value: &mut T, all: &[(T, &str)]) {
    let shown = all.iter().find(|(option, _)| option == value).map_or("", |(_, title)| title);
    let combo = egui::ComboBox::from_id_salt(id).selected_text(shown).width(ui.available_width()).truncate();
    let response = combo.show_ui(ui, |ui| {
        for (option, title) in all {
            if ui.selectable_label(option == value, *title).clicked() {
                *value = *option;
            }
        }
    });
    response.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, name));
}

/// Where the guide led to; it is there for one frame of the inspector.
fn led_id() -> Id {
    Id::new("inspector led to")
}

/// Leads to a field in the next frame.
pub fn lead(ctx: &egui::Context, spot: Spot) {
    ctx.data_mut(|data| data.insert_temp(led_id(), spot));
}

/// Gives the keyboard to a field when it is the one that was led to.
pub fn led(ui: &Ui, spot: Spot, response: &Response) {
    if ui.data(|data| data.get_temp::<Spot>(led_id())) == Some(spot) {
        response.request_focus();
        response.scroll_to_me(Some(egui::Align::Center));
    }
}

/// The same for a field that is not there yet, by its id.
pub fn led_to(ui: &Ui, spot: Spot, id: Id) {
    if ui.data(|data| data.get_temp::<Spot>(led_id())) == Some(spot) {
        ui.memory_mut(|memory| memory.request_focus(id));
    }
}

/// Forgets where it was led to: the frame is over.
pub fn end_lead(ui: &Ui) {
    ui.data_mut(|data| data.remove::<Spot>(led_id()));
}

/// Keeps a value of the window until it is asked for again, or forgets it.
pub fn keep<T: Clone + Send + Sync + 'static>(ui: &Ui, id: Id, value: Option<T>) {
    ui.data_mut(|data| match value {
        Some(value) => drop(data.insert_temp(id, value)),
        None => data.remove::<T>(id),
    });
}

/// What was kept.
pub fn kept<T: Clone + Send + Sync + 'static>(ui: &Ui, id: Id) -> Option<T> {
    ui.data(|data| data.get_temp(id))
}
