//! The row of views, and how the shown one is set.

use egui::{ComboBox, Panel, RichText, TextEdit};

use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::commands::by_id;
use crate::app::cx::Cx;
use crate::app::views::wish;
use crate::model::{Figure, LayerMode, PartyId, PartyKind, ViewChoice, ViewKind};
use crate::scene::Ink;
use crate::views;

/// Shows the row.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let frame = egui::Frame::side_top_panel(ui.style()).inner_margin(egui::Margin::symmetric(8, 4));
    Panel::top("views").frame(frame).show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 4.0;
            for kind in ViewKind::ALL {
                tab(ui, cx, kind, out);
            }
            ui.separator();
            ui.spacing_mut().item_spacing.x = 8.0;
            settings(ui, cx, out);
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                filter(ui, cx, out);
            });
        });
    });
}

fn tab(ui: &mut egui::Ui, cx: &Cx<'_>, kind: ViewKind, out: &mut Vec<Action>) {
    let id = format!("view-{}", kind.id());
    let Some(command) = by_id(&id) else { return };
    let chosen = cx.view.kind == kind;
    let keys = command.keys_shown(ui.ctx());
    let response = ui.selectable_label(chosen, kind.title());
    response.widget_info(|| {
        egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, chosen, format!("{} view", kind.title()))
    });
    if response.on_hover_text(format!("{}: {} ({keys})", kind.title(), kind.about())).clicked() {
        out.push(Action::Command(command.id));
        out.push(Action::FocusCanvas);
    }
}

fn command(ui: &mut egui::Ui, cx: &Cx<'_>, sign: &str, id: &'static str, out: &mut Vec<Action>) {
    super::menu_bar::button(ui, cx, sign, id, out);
}

fn settings(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let choice = cx.view;
    match choice.kind {
        ViewKind::Chain => command(ui, cx, "Top to bottom", "flow-down", out),
        ViewKind::Onion => {
            let customers = |party: &crate::model::Party| party.kind == PartyKind::Customer;
            centre(ui, cx, "All customers", &customers, out);
            mode(ui, cx, out);
        }
        ViewKind::Sipoc => {
            centre(ui, cx, "All processes", &|party| party.kind == PartyKind::Process, out);
        }
        ViewKind::Place => centre(ui, cx, "Whose place?", &|_| true, out),
        ViewKind::Map
        | ViewKind::Lanes
        | ViewKind::Silos
        | ViewKind::List
        | ViewKind::Snowball
        | ViewKind::Timeline => {}
    }
    figure(ui, cx, out);
    if views::of(choice.kind).peels {
        layers(ui, cx, out);
    }
    // The onion has no room for it here; it is in the menu.
    if matches!(choice.kind, ViewKind::Chain | ViewKind::Lanes) {
        command(ui, cx, "Use as positions", "use-as-positions", out);
    }
}

/// Which party the view is about.
fn centre(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    all: &str,
    offered: &dyn Fn(&crate::model::Party) -> bool,
    out: &mut Vec<Action>,
) {
    const MOST: usize = 300;
    let shown = cx.view.centre.map_or_else(|| all.to_owned(), |id| cx.document().name_of(id));
    let combo = ComboBox::from_id_salt("centre").selected_text(shorter(&shown)).width(130.0);
    let response = combo.show_ui(ui, |ui| {
        let mut choose = |ui: &mut egui::Ui, text: String, centre: Option<PartyId>| {
            if ui.selectable_label(cx.view.centre == centre, text).clicked() {
                out.push(wish(ViewChoice { centre, layers: None, ..cx.view.clone() }));
            }
        };
        if cx.view.kind != ViewKind::Place {
            choose(ui, all.to_owned(), None);
        }
        let mut parties: Vec<(String, PartyId)> = cx
            .document()
            .parties()
            .filter(|(id, party)| offered(party) || cx.view.centre == Some(*id))
            .map(|(id, _)| (cx.document().name_of(id), id))
            .collect();
        parties.sort();
        for (name, id) in parties.into_iter().take(MOST) {
            choose(ui, name, Some(id));
        }
    });
    response.response.on_hover_text("Who stands in the middle");
}

fn shorter(text: &str) -> String {
    const MOST: usize = 22;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}

fn mode(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let title = |mode| match mode {
        LayerMode::Nearest => "Shortest way",
        LayerMode::Longest => "Longest way",
    };
    let combo = ComboBox::from_id_salt("mode").selected_text(title(cx.view.mode)).width(110.0);
    let response = combo.show_ui(ui, |ui| {
        for mode in LayerMode::ALL {
            if ui.selectable_label(cx.view.mode == mode, title(mode)).clicked() {
                out.push(wish(ViewChoice { mode, layers: None, ..cx.view.clone() }));
            }
        }
    });
    response.response.on_hover_text("Which way to the customer counts for the layer");
}

fn figure(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    // Without a figure arrows tell how their handoff stands; tables and charts have no colour then.
    let arrows = !matches!(cx.view.kind, ViewKind::Sipoc | ViewKind::List | ViewKind::Snowball | ViewKind::Timeline);
    let title = |figure: Figure| if figure == Figure::None && !arrows { "No colour" } else { figure.title() };
    let combo = ComboBox::from_id_salt("figure").selected_text(title(cx.view.figure)).width(110.0).height(400.0);
    let response = combo.show_ui(ui, |ui| {
        for figure in Figure::ALL {
            if ui.selectable_label(cx.view.figure == figure, title(figure)).clicked() {
                out.push(wish(ViewChoice { figure, ..cx.view.clone() }));
            }
        }
    });
    response.response.on_hover_text("What colours the handoffs, in every view");
}

/// How many layers are shown.
fn layers(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    ui.spacing_mut().item_spacing.x = 2.0;
    command(ui, cx, "←", "peel-fewer", out);
    let text = cx.view.layers.map_or_else(|| "all layers".into(), |last| format!("to layer {last}"));
    ui.label(RichText::new(text).color(color(cx.theme, Ink::Faint)));
    command(ui, cx, "→", "peel-more", out);
    ui.spacing_mut().item_spacing.x = 8.0;
}

fn filter(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    let mut text = cx.view.filter.clone();
    let edit = TextEdit::singleline(&mut text).hint_text("Filter by name or department").desired_width(170.0);
    let response = ui.add(edit);
    response.widget_info(|| super::inspector::fields::named_field("Filter", &text));
    if response.changed() {
        out.push(wish(ViewChoice { filter: text, ..cx.view.clone() }));
    }
}
