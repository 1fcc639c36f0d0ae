//! Chooses one party of the map, or nobody: a list that opens, with a field that filters it when it is long.

use egui::{ComboBox, Id, Key, PopupCloseBehavior, Response, ScrollArea, Ui, WidgetInfo, WidgetType};

use super::fields::{line_edit, named_field};
use crate::app::cx::Cx;
use crate::model::{LONGEST_TEXT, PartyId};

/// With more parties than this there is a field to filter them.
const SHORT: usize = 12;
/// How high the list is, in points.
const HEIGHT: f32 = 260.0;

/// Shows who it is, and changes it when another one is chosen.
pub fn party(ui: &mut Ui, cx: &Cx<'_>, id: Id, title: &str, who: &mut Option<PartyId>) -> Response {
    let shown = who.map_or_else(|| NOBODY.into(), |party| cx.document().name_of(party));
    let combo = ComboBox::from_id_salt(id).selected_text(shown).width(ui.available_width()).truncate();
    let combo = combo.height(2.0 * HEIGHT).close_behavior(PopupCloseBehavior::CloseOnClickOutside);
    // Only while it is open: a map may have very many parties.
    let opened = combo.show_ui(ui, |ui| {
        if choose(ui, cx, id, who) {
            ui.close();
        }
    });
    opened.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, title));
    if opened.inner.is_none() {
        ui.data_mut(|data| data.remove::<String>(id));
    }
    opened.response
}

const NOBODY: &str = "nobody yet";

/// The list; true when one was chosen.
fn choose(ui: &mut Ui, cx: &Cx<'_>, id: Id, who: &mut Option<PartyId>) -> bool {
    let names = cx.names();
    let is_long = names.parties().len() > SHORT;
    let is_new = ui.data(|data| data.get_temp::<String>(id)).is_none();
    let (filter, [entered, typed]) = if is_long { filter(ui, id, is_new) } else { Default::default() };
    let filter = filter.trim().to_lowercase();
    let fitting = || names.parties().iter().filter(|(name, _)| name.contains(&filter)).map(|(_, id)| *id);
    if entered && let Some(first) = fitting().next().filter(|_| !filter.is_empty()) {
        *who = Some(first);
        return true;
    }
    let nobody = filter.is_empty().then_some(None);
    let rows: Vec<Option<PartyId>> = nobody.into_iter().chain(fitting().map(Some)).collect();
    if rows.is_empty() {
        ui.weak("No party is called so.");
    }
    let mut is_chosen = false;
    let mut list = ScrollArea::vertical().max_height(HEIGHT).auto_shrink([false, true]);
    let height = ui.spacing().interact_size.y;
    if typed {
        list = list.vertical_scroll_offset(0.0);
    } else if let Some(at) = rows.iter().position(|party| party == who).filter(|_| is_new && is_long) {
        list = list.vertical_scroll_offset((at as f32 - 3.0).max(0.0) * (height + ui.spacing().item_spacing.y));
    }
    list.show_rows(ui, height, rows.len(), |ui, range| {
        for party in &rows[range] {
            let name = party.map_or_else(|| NOBODY.into(), |party| cx.document().name_of(party));
            let row = egui::Button::selectable(party == who, name).truncate();
            if ui.add(row).clicked() {
                (*who, is_chosen) = (*party, true);
            }
        }
    });
    is_chosen
}

/// The field that filters: what is in it, whether Enter was pressed in it, and whether something else was typed.
fn filter(ui: &mut Ui, id: Id, is_new: bool) -> (String, [bool; 2]) {
    let mut text = ui.data(|data| data.get_temp::<String>(id)).unwrap_or_default();
    let field = line_edit(&mut text).id(id.with("filter")).hint_text("Filter by name").desired_width(f32::INFINITY);
    let response = ui.add(field.char_limit(LONGEST_TEXT));
    response.widget_info(|| named_field("Filter by name", &text));
    if is_new {
        response.request_focus();
    }
    let entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    ui.data_mut(|data| data.insert_temp(id, text.clone()));
    (text, [entered, response.changed()])
}
