//! Reviews: how often each process is gone through again, what is due when, and what each review froze.

use egui::{Button, Grid, RichText, Sense};
use jiff::ToSpan as _;
use jiff::civil::Date;

use super::super::inspector::fields::{Field, Form};
use super::super::inspector::handoff::titled;
use super::super::strip::go_to;
use super::{heading, note, said};
use crate::analysis::{Event, EventKind, about, due, events_until, running, schedule};
use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::clock::today;
use crate::app::cx::Cx;
use crate::app::words::count;
use crate::model::quantity::Quantity;
use crate::model::{
    Document, Edit, Frozen, Interval, LONGEST_INTERVAL, MapInfo, Party, PartyId, PartyKind, Period, Review, Schedule,
    Subject, When, days_after, frozen,
};
use crate::scene::Ink;

/// Most events that are listed.
const MOST: usize = 30;
/// Most reviews in the history of a process that are listed, and most figures with a chart.
const MOST_PAST: usize = 12;
const MOST_CHARTS: usize = 8;
/// Periods between reviews.
const PERIODS: Quantity = Quantity { unit: "", min: 1.0, max: LONGEST_INTERVAL as f64, whole: true };

/// What the page remembers.
#[derive(Debug, Default)]
pub struct State {
    /// The first day of the month that is shown; `None` is this month.
    month: Option<Date>,
    /// The day that was pressed.
    day: Option<Date>,
    /// The events, and what they were found for.
    events: Option<(Document, Date, Vec<Event>)>,
}

/// Shows the page.
pub fn ui(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, out: &mut Vec<Action>) {
    let process = cx.editor.selection().single_party();
    let process = process.and_then(|id| Some((id, cx.document().party(id)?)));
    match process.filter(|(_, party)| party.kind == PartyKind::Process) {
        Some((id, party)) => of_process(ui, cx, (id, party), out),
        None => note(ui, cx, "Select a process to see its reviews, to start one, and to set its own interval."),
    }
    for_map(ui, cx, out);
    calendar(ui, cx, state, out);
}

fn for_map(ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
    heading(ui, cx, out, "Every process");
    let info = cx.document().info();
    let put = |review: Option<Schedule>| vec![Edit::SetInfo(MapInfo { review, ..info.clone() })];
    interval(ui, &mut Form { cx, out, focus: false }, ("map", info.review), put);
    if info.review.is_none() {
        note(ui, cx, "No interval for the map: processes without one of their own are never due.");
    }
}

/// An interval with the day on which it begins. `salt` tells it from the other one.
fn interval(
    ui: &mut egui::Ui,
    form: &mut Form<'_, '_>,
    (salt, value): (&'static str, Option<Schedule>),
    put: impl Fn(Option<Schedule>) -> Vec<Edit>,
) {
    let usual = Interval { count: 3, unit: Period::Month };
    let of = value.map_or(usual, |schedule| schedule.every);
    let first = value.map_or_else(|| usual.after(today(), 1).unwrap_or(today()), |schedule| schedule.first);
    let field = |title, key| Field::new(title, "change interval of reviews", (key, None), salt);
    ui.columns(3, |columns| {
        let shown = value.map(|schedule| f64::from(schedule.every.count));
        form.number(&mut columns[0], field("Every", "review every"), PERIODS, shown, |count| {
            put(count.map(|count| Schedule { every: Interval { count: count as u32, unit: of.unit }, first }))
        });
        let units = titled(Period::ALL, Period::title);
        form.choice(&mut columns[1], field("Period", "review unit"), of.unit, &units, |unit| {
            put(Some(Schedule { every: Interval { unit, ..of }, first }))
        });
        let day = value.map(|schedule| When::day(schedule.first));
        form.when(&mut columns[2], field("First on", "review first"), day, |first| match first {
            Some(first) => put(Some(Schedule { every: of, first: first.first() })),
            None => put(None),
        });
    });
    if value.is_none() && ui.button("Every 3 months").clicked() {
        form.out.push(Action::edit("set interval of reviews", put(Some(Schedule { every: of, first }))));
    }
}

fn of_process(ui: &mut egui::Ui, cx: &Cx<'_>, (id, party): (PartyId, &Party), out: &mut Vec<Action>) {
    heading(ui, cx, out, &format!("“{}”", cx.document().name_of(id)));
    let day = today();
    match (due(cx.document(), id), running(party)) {
        (None, None) => note(ui, cx, "It is not on a schedule yet."),
        (_, Some(review)) => note(ui, cx, &format!("A review runs since {}.", review.started)),
        (Some(due), None) if due < day => {
            let late = count((day - due).get_days().unsigned_abs() as usize, "day", "days");
            let words = format!("Its review was due on {due}: overdue by {late}.");
            ui.label(RichText::new(words).color(color(cx.theme, Ink::Bad)));
        }
        (Some(due), None) => {
            let left = count((due - day).get_days().unsigned_abs() as usize, "day", "days");
            ui.label(format!("Next review on {due}, in {left}."));
        }
    }
    let put = |change: &dyn Fn(&mut Party)| {
        let mut changed = party.clone();
        change(&mut changed);
        vec![Edit::PutParty(id, changed)]
    };
    let mut form = Form { cx, out, focus: false };
    let running_at = party.reviews.iter().position(|review| review.finished.is_none());
    match running_at {
        None => {
            if ui.button("Start a review").clicked() {
                let edits = put(&|party| party.reviews.push(Review::starting(day)));
                form.out.push(Action::edit("start review", edits));
            }
        }
        Some(at) => {
            let field = |title, step, key| Field::new(title, step, (key, Some(Subject::Party(id))), at);
            let review = &party.reviews[at];
            form.text(ui, field("Led by", "change who leads the review", "review by"), &review.by, |v| {
                put(&|party| party.reviews[at].by.clone_from(&v))
            });
            form.long_text(
                ui,
                field("What comes of it", "write notes of review", "review notes"),
                &review.notes,
                |v| put(&|party| party.reviews[at].notes.clone_from(&v)),
            );
            let hint = "Freezes the steps and the figures as they are now";
            if ui.button("Finish the review").on_hover_text(hint).clicked() {
                form.out.push(Action::FinishReview(id));
            }
        }
    }
    let inherited = party.review.is_none() && schedule(cx.document(), party).is_some();
    form.title(ui, if inherited { "Interval of its own (that of the map holds)" } else { "Interval of its own" });
    interval(ui, &mut form, ("process", party.review), |review| put(&|party| party.review = review));
    history(ui, cx, (id, party), out);
}

/// Past reviews, and a small chart for each figure that they froze.
fn history(ui: &mut egui::Ui, cx: &Cx<'_>, (id, party): (PartyId, &Party), out: &mut Vec<Action>) {
    let mut past: Vec<(Date, &Review)> =
        party.reviews.iter().filter_map(|review| Some((review.finished?, review))).collect();
    past.sort_by_key(|(day, _)| *day);
    if past.is_empty() {
        return;
    }
    heading(ui, cx, out, &format!("{} so far", count(past.len(), "review", "reviews")));
    charts(ui, cx, &past);
    for (day, review) in past.iter().rev().take(MOST_PAST) {
        let steps = review.steps.map(|steps| steps.iter().filter(|step| step.is_over()).count());
        let mut parts = vec![day.to_string()];
        parts.extend(steps.map(|steps| format!("{steps} of 7 steps")));
        parts.extend((!review.by.trim().is_empty()).then(|| review.by.trim().to_owned()));
        parts.extend((!review.notes.trim().is_empty()).then(|| review.notes.trim().to_owned()));
        let words = parts.join(" · ");
        let removed = super::super::inspector::parts::removable(ui, &format!("review of {day}"), |ui| {
            ui.add(egui::Label::new(RichText::new(&words).size(12.5)).wrap());
        });
        if removed {
            let mut changed = party.clone();
            changed.reviews.retain(|other| other != *review);
            out.push(Action::edit("remove review", vec![Edit::PutParty(id, changed)]));
        }
    }
}

fn charts(ui: &mut egui::Ui, cx: &Cx<'_>, past: &[(Date, &Review)]) {
    let Some((_, latest)) = past.last() else { return };
    let known = latest.figures.iter().filter_map(|of| Some((of, about(cx.document(), of)?))).take(MOST_CHARTS);
    Grid::new("history").num_columns(3).spacing([10.0, 4.0]).show(ui, |ui| {
        for (of, (title, unit, more_is_better)) in known {
            let title = match of.customer {
                None => super::capitalised(&title),
                Some(customer) => format!("{}, {}", super::capitalised(&title), cx.document().name_of(customer)),
            };
            let text = RichText::new(&title).small().color(color(cx.theme, Ink::Faint));
            ui.add(egui::Label::new(text).truncate()).on_hover_text(&title);
            let values: Vec<(Date, f64)> =
                past.iter().filter_map(|(day, review)| Some((*day, value(review, of)?))).collect();
            sparkline(ui, cx, &title, &values, more_is_better);
            ui.label(said(cx, unit, of.value));
            ui.end_row();
        }
    });
}

fn value(review: &Review, of: &Frozen) -> Option<f64> {
    frozen(&review.figures, &of.figure, of.customer)
}

/// Values over time as a small line; better is up or down, told by the colour of its end.
fn sparkline(ui: &mut egui::Ui, cx: &Cx<'_>, title: &str, values: &[(Date, f64)], more_is_better: bool) {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(90.0, 20.0), Sense::hover());
    let words: Vec<String> =
        values.iter().map(|(day, value)| format!("{day}: {}", crate::model::quantity::rounded(*value, 3))).collect();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::WidgetType::Image, true, format!("{title}: {}", words.join(", ")))
    });
    response.on_hover_text(words.join("\n"));
    let (Some((first, start)), Some((last, end))) = (values.first(), values.last()) else { return };
    let span = f64::from((*last - *first).get_days().max(1));
    let (low, high) = values.iter().fold((f64::MAX, f64::MIN), |(low, high), (_, v)| (low.min(*v), high.max(*v)));
    let inner = rect.shrink(3.0);
    let at = |(day, value): &(Date, f64)| {
        let x = f64::from((*day - *first).get_days()) / span;
        let y = if high - low > 1e-12 { (value - low) / (high - low) } else { 0.5 };
        egui::pos2(inner.left() + x as f32 * inner.width(), inner.bottom() - y as f32 * inner.height())
    };
    let points: Vec<egui::Pos2> = values.iter().map(at).collect();
    let ink = match end - start {
        by if by.abs() < 1e-12 => Ink::Faint,
        by if (by > 0.0) == more_is_better => Ink::Good,
        _ => Ink::Bad,
    };
    let painter = ui.painter_at(rect);
    painter.line(points.clone(), egui::Stroke::new(1.4, color(cx.theme, Ink::Faint)));
    if let Some(last) = points.last() {
        painter.circle_filled(*last, 2.6, color(cx.theme, ink));
    }
}

/// A month with what is due in it, and what comes next.
fn calendar(ui: &mut egui::Ui, cx: &Cx<'_>, state: &mut State, out: &mut Vec<Action>) {
    heading(ui, cx, out, "Calendar");
    let day = today();
    let month = state.month.unwrap_or(day.first_of_month());
    let until = month.last_of_month().max(days_after(day, 92));
    let is_known = state.events.as_ref().is_some_and(|(of, known, _)| of.is_same(cx.document()) && *known == until);
    if !is_known {
        state.events = Some((cx.document().clone(), until, events_until(cx.document(), until)));
    }
    let Some((_, _, events)) = &state.events else { return };
    ui.horizontal(|ui| {
        let mut turn = |ui: &mut egui::Ui, sign: &str, hint: &str, to: Option<Date>| {
            let response = ui.button(sign);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, hint));
            if response.on_hover_text(hint).clicked() {
                state.month = to.map(Date::first_of_month);
                state.day = None;
            }
        };
        turn(ui, "←", "The month before", month.checked_sub(1.month()).ok());
        turn(ui, "→", "The next month", month.checked_add(1.month()).ok());
        turn(ui, "Today", "This month", None);
        ui.label(RichText::new(month.strftime("%B %Y").to_string()).strong());
    });
    grid(ui, cx, (month, &mut state.day), events);
    let (shown, title): (Vec<&Event>, String) = match state.day {
        Some(chosen) => (events.iter().filter(|event| event.day == chosen).collect(), chosen.to_string()),
        None => {
            let open =
                events.iter().filter(|event| !event.done && (event.day >= day || event.kind == EventKind::Review));
            (open.collect(), "What is due".to_owned())
        }
    };
    note(ui, cx, &title);
    if shown.is_empty() {
        note(ui, cx, "Nothing.");
    }
    for event in shown.iter().take(MOST) {
        entry(ui, cx, event, out);
    }
    if shown.len() > MOST {
        note(ui, cx, &format!("and {} more", shown.len() - MOST));
    }
    if ui
        .button("Calendar file…")
        .on_hover_text("For Outlook, Google and Apple calendars; importing it again updates")
        .clicked()
    {
        out.push(Action::Command("calendar-file"));
    }
}

fn grid(ui: &mut egui::Ui, cx: &Cx<'_>, (month, chosen): (Date, &mut Option<Date>), events: &[Event]) {
    let width = (ui.available_width() / 7.0).floor();
    let before = i64::from(month.weekday().to_monday_zero_offset());
    let Ok(first) = month.checked_sub(before.days()) else { return };
    Grid::new("month").num_columns(7).spacing([0.0, 2.0]).min_col_width(width).show(ui, |ui| {
        for name in ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] {
            ui.label(RichText::new(name).small().color(color(cx.theme, Ink::Faint)));
        }
        ui.end_row();
        for week in 0..6 {
            for weekday in 0..7 {
                let day = days_after(first, week * 7 + weekday);
                cell(ui, cx, (day, month), width, events, chosen);
            }
            ui.end_row();
        }
    });
}

fn cell(
    ui: &mut egui::Ui,
    cx: &Cx<'_>,
    (day, month): (Date, Date),
    width: f32,
    events: &[Event],
    chosen: &mut Option<Date>,
) {
    let ink = |ink| color(cx.theme, ink);
    let from = events.partition_point(|event| event.day < day);
    let of: Vec<&Event> = events[from..].iter().take_while(|event| event.day == day).collect();
    let (rect, response) = ui.allocate_exact_size(egui::vec2(width, 26.0), Sense::click());
    let words = format!("{day}: {}", if of.is_empty() { "nothing".into() } else { count(of.len(), "event", "events") });
    response.widget_info(|| egui::WidgetInfo::labeled(egui::WidgetType::Button, true, &words));
    if response.clicked() {
        *chosen = if *chosen == Some(day) { None } else { Some(day) };
    }
    let painter = ui.painter_at(rect);
    if *chosen == Some(day) || response.hovered() {
        painter.rect_filled(rect.shrink(1.0), 4.0, ink(Ink::AccentSoft));
    }
    if day == today() {
        let stroke = egui::Stroke::new(1.2, ink(Ink::Accent));
        painter.rect_stroke(rect.shrink(1.0), 4.0, stroke, egui::StrokeKind::Inside);
    }
    let text = if day.month() == month.month() { Ink::Text } else { Ink::Pale };
    let at = rect.center_top() + egui::vec2(0.0, 3.0);
    painter.text(at, egui::Align2::CENTER_TOP, day.day().to_string(), egui::FontId::proportional(11.5), ink(text));
    let dots = of.len().min(4);
    for (at, event) in of.iter().take(4).enumerate() {
        let x = rect.center().x + (at as f32 - (dots as f32 - 1.0) / 2.0) * 6.0;
        painter.circle_filled(egui::pos2(x, rect.bottom() - 5.0), 2.2, ink(dot(event)));
    }
    if !of.is_empty() {
        let titles: Vec<&str> = of.iter().map(|event| event.title.as_str()).collect();
        response.on_hover_text(titles.join("\n"));
    }
}

fn dot(event: &Event) -> Ink {
    match event.kind {
        _ if event.done => Ink::Faint,
        EventKind::Review if event.day < today() => Ink::Bad,
        EventKind::Review => Ink::Accent,
        EventKind::Agreement => Ink::Warn,
        EventKind::SprintStart | EventKind::SprintMiddle | EventKind::SprintEnd => Ink::Good,
    }
}

fn entry(ui: &mut egui::Ui, cx: &Cx<'_>, event: &Event, out: &mut Vec<Action>) {
    let late = !event.done && event.day < today();
    let text = format!("{}  {}{}", event.day, if event.done { "✓ " } else { "" }, event.title);
    let ink = if late { Ink::Bad } else { Ink::Text };
    let text = RichText::new(text).size(12.5).color(color(cx.theme, ink));
    let button = Button::selectable(false, text).wrap().min_size(egui::vec2(ui.available_width(), 0.0));
    let response = ui.add(button);
    if response.clicked()
        && let Some(subject) = event.subject
    {
        go_to(subject, out);
    }
    if !event.notes.trim().is_empty() {
        response.on_hover_text(event.notes.trim());
    }
}
