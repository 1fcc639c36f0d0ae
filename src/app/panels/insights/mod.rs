//! What the map tells, and how it is improved: pages beside the canvas.

mod cost;
mod findings;
mod guide;
mod reviews;
mod scenarios;
mod spread;
mod sprints;
mod time;
mod weak;
mod what_if;

use egui::{Panel, RichText, ScrollArea};

use super::inspector::fields::Form;
use crate::analysis::{CustomerFigures, Unit};
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::app::futures::MOST_BESIDE;
use crate::app::words::{money, percent, points};
use crate::model::ops::scenarios_in_order;
use crate::model::quantity::{duration, rounded};
use crate::model::{ScenarioId, SprintId, Subject};
use crate::scene::Ink;

/// The pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Page {
    /// What the map tells by itself.
    Findings,
    /// Other numbers tried out.
    WhatIf,
    /// Critical path, slack, rework, simulation.
    Time,
    /// Cost of handoffs, rolled up.
    Cost,
    /// What everything depends on.
    Weak,
    /// The seven steps, and the questions of a workshop.
    Guide,
    /// When processes are reviewed, and were.
    Reviews,
    /// Redesigns of one handoff each.
    Sprints,
    /// Future states of the map.
    Scenarios,
}

/// What a page is for; pages of one sort have their tabs beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// It tells how things are.
    Tells,
    /// It makes them better.
    Improves,
}

impl Page {
    /// All, in order.
    pub const ALL: [Self; 9] = [
        Self::Findings,
        Self::WhatIf,
        Self::Time,
        Self::Cost,
        Self::Weak,
        Self::Guide,
        Self::Reviews,
        Self::Sprints,
        Self::Scenarios,
    ];

    fn sort(self) -> Sort {
        match self {
            Self::Findings | Self::WhatIf | Self::Time | Self::Cost | Self::Weak => Sort::Tells,
            Self::Guide | Self::Reviews | Self::Sprints | Self::Scenarios => Sort::Improves,
        }
    }

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Self::Findings => "Findings",
            Self::WhatIf => "What if",
            Self::Time => "Time",
            Self::Cost => "Cost",
            Self::Weak => "Weak points",
            Self::Guide => "Guide",
            Self::Reviews => "Reviews",
            Self::Sprints => "Sprints",
            Self::Scenarios => "Scenarios",
        }
    }
}

/// What the pages remember.
#[derive(Debug, Default)]
pub struct State {
    /// Of the findings.
    findings: findings::State,
    /// Of the simulation.
    spread: spread::State,
    /// Of the guide.
    guide: guide::State,
    /// Of the reviews.
    reviews: reviews::State,
    /// Of the sprints.
    sprints: sprints::State,
}

impl State {
    /// Starts the questions of a workshop.
    pub fn ask(&mut self) {
        (self.guide.asking, self.guide.focus) = (true, true);
    }

    /// Shows the fields of a sprint.
    pub fn open_sprint(&mut self, id: SprintId) {
        self.sprints.open = Some(id);
    }
}

/// Shows a page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, page: Page, state: &mut State, out: &mut Vec<Action>) {
    let frame =
        egui::Frame::side_top_panel(ui.style()).inner_margin(egui::Margin { left: 12, right: 6, top: 8, bottom: 6 });
    // The pages of improvement hold tables side by side.
    let (id, width) = if page.sort() == Sort::Tells { ("insights", 330.0) } else { ("improve", 372.0) };
    let panel = Panel::left(id).frame(frame).default_size(width).size_range(270.0..=620.0);
    panel.show(ui, |ui| {
        tabs(ui, cx, page, out);
        ui.separator();
        ScrollArea::vertical().id_salt(page).auto_shrink([false, false]).show(ui, |ui| {
            let width = ui.available_width() - 10.0;
            ui.vertical(|ui| {
                ui.set_width(width);
                match page {
                    Page::Findings => findings::ui(ui, cx, &mut state.findings, out),
                    Page::WhatIf => what_if::ui(ui, cx, out),
                    Page::Time => time::ui(ui, cx, &mut state.spread, out),
                    Page::Cost => cost::ui(ui, cx, out),
                    Page::Weak => weak::ui(ui, cx, out),
                    Page::Guide => guide::ui(ui, cx, &mut state.guide, out),
                    Page::Reviews => reviews::ui(ui, cx, &mut state.reviews, out),
                    Page::Sprints => sprints::ui(ui, cx, &mut state.sprints, out),
                    Page::Scenarios => scenarios::ui(ui, cx, out),
                }
                ui.add_space(16.0);
            });
        });
    });
}

fn tabs(ui: &mut egui::Ui, cx: &Cx<'_>, open: Page, out: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = 1.0;
        ui.spacing_mut().button_padding = egui::vec2(5.0, 3.0);
        for page in Page::ALL.into_iter().filter(|page| page.sort() == open.sort()) {
            let ink = if page == open { Ink::Text } else { Ink::Faint };
            let text = RichText::new(page.title()).size(12.0).color(color(cx.theme, ink));
            let response = ui.add(egui::Button::selectable(page == open, text));
            let name = format!("{} page", page.title());
            response
                .widget_info(|| egui::WidgetInfo::selected(egui::WidgetType::RadioButton, true, page == open, &name));
            if response.clicked() {
                out.push(Action::Insights(Some(page)));
            }
        }
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if super::inspector::parts::remove(ui, "this panel") {
                out.push(Action::Insights(None));
            }
        });
    });
}

/// The figures of the chosen customer; says what is missing when there is none.
fn of_customer<'a>(ui: &mut egui::Ui, cx: &Cx<'a>, out: &mut Vec<Action>) -> Option<&'a CustomerFigures> {
    let customer = cx.customer();
    if customer.is_none() && !cx.figures.is_at_work() {
        let words = "No external customer yet: select the party that the work is for and press Alt+2.";
        Form { cx, out, focus: false }.note(ui, Ink::Warn, words);
    }
    customer
}

/// A heading.
fn heading(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>, text: &str) {
    Form { cx, out, focus: false }.heading(ui, text);
}

/// Small faint words.
fn note(ui: &mut egui::Ui, cx: &Cx<'_>, text: &str) {
    ui.label(RichText::new(text).small().color(color(cx.theme, Ink::Faint)));
}

/// A title at the beginning of a line.
fn capitalised(title: &str) -> String {
    let mut letters = title.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A figure in words.
fn said(cx: &Cx<'_>, unit: Unit, value: f64) -> String {
    let info = cx.document().info();
    match unit {
        Unit::Hours => duration(value, info.hours_per_day),
        Unit::Share => percent(value),
        Unit::Money => money(value, &info.currency),
        Unit::Count => rounded(value, 0),
        Unit::Number => rounded(value, 2),
    }
}

/// A difference of two figures in words.
fn difference_in_words(cx: &Cx<'_>, unit: Unit, by: f64) -> String {
    let sign = if by > 0.0 { "+" } else { "−" };
    match unit {
        Unit::Share => points(by),
        Unit::Hours | Unit::Money | Unit::Count | Unit::Number => format!("{sign}{}", said(cx, unit, by.abs())),
    }
}

/// The scenarios whose figures stand beside each other: the one that is shown, and the first of the others.
pub fn beside(cx: &Cx<'_>) -> Vec<ScenarioId> {
    let order: Vec<ScenarioId> = scenarios_in_order(cx.editor.current()).into_iter().map(|(id, _)| id).collect();
    let mut chosen: Vec<ScenarioId> = order.iter().copied().take(MOST_BESIDE).collect();
    if let Some(shown) = cx.editor.scenario().filter(|id| !chosen.contains(id)) {
        chosen.pop();
        chosen.push(shown);
    }
    chosen
}

/// The first of a long list, in order; a page is drawn in every frame, so the rest is not put in order.
fn first<T>(mut list: Vec<T>, most: usize, order: impl Fn(&T, &T) -> std::cmp::Ordering) -> Vec<T> {
    if list.len() > most && most > 0 {
        list.select_nth_unstable_by(most - 1, &order);
        list.truncate(most);
    }
    list.sort_by(order);
    list
}

/// A line that can be clicked to go to a party or handoff, with what is said of it before and behind its name.
fn line(ui: &mut egui::Ui, cx: &Cx<'_>, subject: Subject, (before, behind): (&str, &str), out: &mut Vec<Action>) {
    let chosen = cx.editor.selection().single() == Some(subject);
    let name = super::strip::named(cx, subject);
    let mut job = egui::text::LayoutJob::default();
    let style = |ink| egui::TextFormat {
        font_id: egui::FontId::proportional(13.0),
        color: color(cx.theme, ink),
        ..Default::default()
    };
    if !before.is_empty() {
        let font = egui::FontId::new(13.0, crate::app::canvas::paint::family(crate::scene::Weight::SemiBold));
        job.append(&format!("{before}  "), 0.0, egui::TextFormat { font_id: font, ..style(Ink::Text) });
    }
    job.append(&name, 0.0, style(Ink::Text));
    if !behind.is_empty() {
        job.append(&format!("  {behind}"), 0.0, style(Ink::Faint));
    }
    let button = egui::Button::selectable(chosen, job).wrap().min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add(button);
    let words = format!("{before} {name} {behind}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, words.trim()));
    if response.clicked() {
        super::strip::go_to(subject, out);
    }
}

/// A switch for what colours the handoffs.
fn colour(ui: &mut egui::Ui, cx: &Cx<'_>, id: &'static str, out: &mut Vec<Action>) {
    let Some(command) = crate::app::commands::by_id(id) else { return };
    let mut on = command.on.is_some_and(|on| on(cx));
    if ui.checkbox(&mut on, command.title).changed() {
        out.push(Action::Command(id));
    }
}

/// A small table: faint names on the left, values behind them.
fn rows(ui: &mut egui::Ui, cx: &Cx<'_>, id: &str, rows: &[(&str, String, String)]) {
    let faint = |text: &str| RichText::new(text).small().color(color(cx.theme, Ink::Faint));
    egui::Grid::new(id).num_columns(3).spacing([12.0, 3.0]).show(ui, |ui| {
        for (name, value, note) in rows {
            ui.label(faint(name));
            ui.label(value);
            ui.label(faint(note));
            ui.end_row();
        }
    });
}
