//! The rows of the timeline: a bar for each party on one axis of time, the wait before it and the slack behind it.

use super::{Row, Timeline, WIDTH, Wait, entry, tick};
use crate::geom::{Rect, pt};
use crate::model::Subject;
use crate::model::quantity::number;
use crate::model::words::count;
use crate::scene::chart::{Pen, Style};
use crate::scene::drawing::Entry;
use crate::scene::text::Fonts;
use crate::scene::theme::STEPS;
use crate::scene::{Align, Group, Ink, Stroke};

/// Right edge of the names, left edge and width of the axis, in map units; the words of a row stand behind its bar.
const NAMES: f32 = 238.0;
const LEFT: f32 = 256.0;
const LENGTH: f32 = 680.0;
const ROW: f32 = 28.0;
const BAR: f32 = 14.0;
/// Narrowest bar.
const LEAST: f32 = 3.0;
/// Width of the box of an unknown time.
const UNKNOWN: f32 = 15.0;
/// A target further out than so many lead times is told in words alone.
const FAR: f64 = 1.6;
const NAME: f32 = 13.0;
const SAID: Style = Style::plain(12.0, Ink::Text);
const HEAD: Style = Style::strong(12.0, Ink::Faint);
const SLACK: Stroke = Stroke { ink: Ink::Faint, width: 1.8, dash: Some((1.8, 4.0)) };
const CRITICAL: Ink = Ink::Step(STEPS - 1);

/// Where hours are.
struct Axis {
    /// Hours from the left to the right end.
    range: f64,
}

impl Axis {
    fn x(&self, hours: f64) -> f32 {
        LEFT + LENGTH * (hours / self.range).clamp(0.0, 1.0) as f32
    }

    /// The unit of its numbers in hours, and what it is called.
    fn unit(&self, hours_per_day: f64) -> (f64, String) {
        if self.range < 1.0 {
            (1.0 / 60.0, "minutes".into())
        } else if self.range < 100.0 {
            (1.0, "hours of work".into())
        } else {
            (hours_per_day, format!("days of {} working hours", number(hours_per_day)))
        }
    }
}

/// The groups of the rows below `top`: axis and target, headings, and for each party its row and its wait.
pub(super) fn rows(timeline: &Timeline, top: f32, fonts: &Fonts) -> Vec<Group> {
    let hours = timeline.lead_time.hours.unwrap_or_default();
    let target = timeline.target_h.filter(|target| *target <= FAR * hours);
    let range = hours.max(target.unwrap_or_default());
    let axis = Axis { range: if range > 0.0 { range } else { 1.0 } };
    let (mut y, mut groups, mut heads) = (top + 40.0, Vec::new(), Pen::new(fonts));
    let path = timeline.rows.iter().filter(|row| row.on_path).count();
    for (rows, title, more) in [
        (&timeline.rows[..path], "Critical path", more_on_path(timeline)),
        (&timeline.rows[path..], "With slack", more_with_slack(timeline)),
    ] {
        if rows.is_empty() && more.is_empty() {
            continue;
        }
        heads.write(title, pt(0.0, y + 8.0), Align::Left, HEAD);
        y += 16.0;
        for row in rows {
            y = row_at(timeline, row, (&axis, y), fonts, &mut groups);
        }
        if !more.is_empty() {
            heads.write(&more, pt(14.0, y + 16.0), Align::Left, Style::plain(12.0, Ink::Faint));
            y += 22.0;
        }
        y += 18.0;
    }
    let mut all = vec![ground(timeline, (&axis, target), (top, y - 14.0), fonts)];
    all.push(heads.furniture(""));
    all.extend(groups);
    all
}

fn more_on_path(timeline: &Timeline) -> String {
    let more = timeline.more.0;
    if more > 0 {
        format!("{} on the critical path, with less time each", count(more, "more is", "more are"))
    } else {
        String::new()
    }
}

fn more_with_slack(timeline: &Timeline) -> String {
    let more = timeline.more.1;
    if more > 0 { format!("{} slack", count(more, "more has", "more have")) } else { String::new() }
}

/// The lines of the axis with their numbers, and the target.
fn ground(
    timeline: &Timeline,
    (axis, target): (&Axis, Option<f64>),
    (top, bottom): (f32, f32),
    fonts: &Fonts,
) -> Group {
    let mut pen = Pen::new(fonts);
    let (unit, name) = axis.unit(timeline.hours_per_day);
    let style = Style::plain(11.0, Ink::Faint);
    let step = nice(axis.range / unit / 8.0);
    let up = top + 28.0;
    pen.write(&name, pt(LEFT - 18.0, up - 8.0), Align::Right, style);
    for i in 0..=9 {
        let at = f64::from(i) * step;
        if at * unit > axis.range * (1.0 + 1e-9) {
            break;
        }
        let x = axis.x(at * unit);
        pen.line(&[pt(x, up), pt(x, bottom)], Stroke::solid(Ink::Grid, 1.0));
        pen.write(&tick(at), pt(x, up - 8.0), Align::Center, style);
    }
    if let Some((target, said)) = target.zip(timeline.target_said()) {
        let ink = if timeline.is_late() { Ink::Bad } else { Ink::Good };
        let (x, sign) = (axis.x(target), if timeline.is_late() { "✗" } else { "✓" });
        let stroke = Stroke { ink, width: 1.8, dash: Some((7.0, 4.0)) };
        pen.line(&[pt(x, up), pt(x, bottom)], stroke);
        let style = Style::strong(12.0, ink);
        let said = format!("{sign} {said}");
        let half = pen.width(&said, style) / 2.0;
        pen.write(&said, pt(x.clamp(half, WIDTH - half), up - 27.0), Align::Center, style);
    }
    pen.furniture("")
}

/// The smallest of 1, 2, 5, 10, 20 … that is not smaller; 1 for what is no positive number.
fn nice(least: f64) -> f64 {
    if !(least > 0.0 && least.is_finite()) {
        return 1.0;
    }
    let power = 10_f64.powf(least.log10().floor());
    let steps = [1.0, 2.0, 5.0, 10.0].map(|step| step * power);
    steps.into_iter().find(|step| *step >= least * (1.0 - 1e-9)).unwrap_or(least)
}

/// The row of a party at a height, then its wait, which lies on it; gives where the row ends.
fn row_at(timeline: &Timeline, row: &Row, (axis, top): (&Axis, f32), fonts: &Fonts, groups: &mut Vec<Group>) -> f32 {
    let mut pen = Pen::new(fonts);
    let weight = if row.on_path { Style::strong(NAME, Ink::Text) } else { Style::plain(NAME, Ink::Text) };
    let base = top + ROW / 2.0 + NAME * 0.36;
    let below = pen.wrap(&row.title, pt(14.0, base), (Align::Left, NAMES - 14.0, 8), weight);
    let bottom = top + ROW + below;
    pen.cover(Rect { min: pt(0.0, top), max: pt(WIDTH, bottom) });
    if row.on_path {
        let strip = Rect { min: pt(0.0, top + 3.0), max: pt(4.0, bottom - 3.0) };
        pen.block(strip, 2.0, Some(CRITICAL), None);
    }
    let middle = top + ROW / 2.0;
    let end = bar(&mut pen, row, axis, middle);
    let mut reach = end;
    if row.slack_h > 0.0 {
        let to = axis.x(row.start_h + row.process_h.unwrap_or_default() + row.slack_h).max(end);
        pen.line(&[pt(end + 2.0, middle), pt(to, middle)], SLACK);
        pen.line(&[pt(to, middle - 4.0), pt(to, middle + 4.0)], Stroke::solid(Ink::Faint, 1.4));
        reach = to;
    }
    let waits = row.wait.as_ref().map(|wait| waits(timeline, wait, axis, middle, fonts));
    let is_told = waits.as_ref().is_some_and(|(_, is_told)| *is_told);
    let said = said(timeline, row, is_told);
    let x = reach + 9.0;
    let (width, room) = (pen.width(&said, SAID), WIDTH - x);
    if !said.is_empty() {
        let rect = Rect { min: pt(x - 3.0, middle - 8.0), max: pt(x + width.min(room) + 3.0, middle + 8.0) };
        pen.block(rect, 3.0, Some(Ink::Halo), None);
        pen.fit(&said, pt(x, middle + 4.3), (Align::Left, room), SAID);
    }
    groups.push(pen.group(Subject::Party(row.party), row.title.clone(), about(timeline, row)));
    groups.extend(waits.map(|(group, _)| group));
    bottom
}

/// The process time; gives where it ends.
fn bar(pen: &mut Pen<'_>, row: &Row, axis: &Axis, middle: f32) -> f32 {
    let left = axis.x(row.start_h);
    let block = |width: f32, half: f32| Rect { min: pt(left, middle - half), max: pt(left + width, middle + half) };
    if row.is_external {
        let (half, ink) = (6.0, if row.on_path { CRITICAL } else { Ink::Line });
        // Beside its wait, not on it.
        let waits = row.wait.as_ref().is_some_and(|wait| wait.hours.is_some_and(|hours| hours > 0.0));
        let left = if waits { left + half + 2.0 } else { left };
        let corners =
            [pt(left, middle - half), pt(left + half, middle), pt(left, middle + half), pt(left - half, middle)];
        pen.shape(&corners, ink);
        return left + half;
    }
    let Some(hours) = row.process_h else {
        let half = BAR / 2.0;
        pen.dashed_block(block(UNKNOWN, half), Stroke { ink: Ink::Warn, width: 1.2, dash: Some((3.0, 2.5)) });
        pen.write("?", pt(left + UNKNOWN / 2.0, middle + 4.0), Align::Center, Style::strong(11.5, Ink::Warn));
        return left + UNKNOWN;
    };
    let width = (axis.x(row.start_h + hours) - left).max(LEAST);
    process(pen, block(width, BAR / 2.0), row.value_adding);
    left + width
}

/// A block of process time, its inside by whether it adds value.
fn process(pen: &mut Pen<'_>, rect: Rect, value_adding: Option<bool>) {
    let edge = Some(Stroke::solid(Ink::Accent, 1.2));
    match value_adding {
        Some(true) => pen.block(rect, 2.0, Some(Ink::Accent), edge),
        Some(false) => {
            pen.block(rect, 2.0, Some(Ink::Card), edge);
            pen.hatch(rect, 5.0, Stroke::solid(Ink::Accent, 1.0));
        }
        None => {
            pen.block(rect, 2.0, Some(Ink::Card), None);
            pen.block(rect, 2.0, Some(Ink::AccentSoft), edge);
        }
    }
}

/// The wait before a bar, and whether there was room to say how long it is.
fn waits(timeline: &Timeline, wait: &Wait, axis: &Axis, middle: f32, fonts: &Fonts) -> (Group, bool) {
    let mut pen = Pen::new(fonts);
    let hours = wait.hours.unwrap_or_default();
    let (left, right) = (axis.x(wait.start_h), axis.x(wait.start_h + hours));
    let rect = Rect { min: pt(left, middle - BAR / 2.0), max: pt(right, middle + BAR / 2.0) };
    let mut is_told = false;
    if right - left >= 1.0 {
        pen.block(rect, 2.0, Some(Ink::Grid), Some(Stroke::solid(Ink::CardEdge, 1.0)));
        let (text, style) = (timeline.say(hours), Style::plain(11.0, Ink::Text));
        is_told = pen.width(&text, style) + 10.0 <= right - left;
        if is_told {
            pen.write(&text, pt(f32::midpoint(left, right), middle + 4.0), Align::Center, style);
        }
    }
    // Also a short one can be pressed.
    pen.cover(Rect { min: pt(left.min(right - 5.0), middle - BAR / 2.0), max: pt(right, middle + BAR / 2.0) });
    let long = wait.hours.map_or_else(|| "unknown wait".into(), |hours| format!("wait {}", timeline.say(hours)));
    (pen.group(Subject::Handoff(wait.handoff), wait.title.clone(), format!("{long}; {}", wait.about)), is_told)
}

/// What stands behind a bar: times that are not written in it.
fn said(timeline: &Timeline, row: &Row, wait_is_told: bool) -> String {
    let mut parts = Vec::new();
    if !row.is_external {
        parts.push(row.process_h.map_or_else(|| "PT ?".into(), |hours| format!("PT {}", timeline.say(hours))));
    }
    match row.wait.as_ref().map(|wait| wait.hours) {
        Some(None) => parts.push("wait ?".into()),
        Some(Some(hours)) if hours > 0.0 && !wait_is_told => parts.push(format!("wait {}", timeline.say(hours))),
        _ => {}
    }
    if row.slack_h > 0.0 {
        parts.push(format!("slack {}", timeline.say(row.slack_h)));
    }
    parts.join(" · ")
}

/// The row in words.
fn about(timeline: &Timeline, row: &Row) -> String {
    let mut parts = vec![format!("starts after {}", timeline.say(row.start_h))];
    if !row.is_external {
        let process = row.process_h.map_or_else(|| "unknown".into(), |hours| timeline.say(hours));
        parts.push(format!("process time {process}"));
        parts.extend(row.value_adding.map(|yes| if yes { "value-adding" } else { "not value-adding" }.to_owned()));
    }
    parts.push(if row.on_path {
        "on the critical path".into()
    } else {
        format!("slack {}", timeline.say(row.slack_h))
    });
    parts.join(", ")
}

/// What the legend explains: only what is shown.
pub(super) fn key(timeline: &Timeline) -> Vec<Entry> {
    let fonts = &Fonts::bundled();
    let rect = Rect { min: pt(-15.0, -7.0), max: pt(15.0, 7.0) };
    let drawn = |draw: &dyn Fn(&mut Pen<'_>)| {
        let mut pen = Pen::new(fonts);
        draw(&mut pen);
        pen.furniture("").items
    };
    let shows = |wanted: &dyn Fn(&Row) -> bool| timeline.rows.iter().any(wanted);
    let with = |value: Option<bool>| {
        let shown = shows(&|row: &Row| !row.is_external && row.process_h.is_some() && row.value_adding == value);
        shown.then(|| drawn(&|pen| process(pen, rect, value)))
    };
    let mut key = Vec::new();
    if shows(&|row| row.on_path) {
        let strip = Rect { min: pt(-2.0, -8.0), max: pt(2.0, 8.0) };
        key.push(entry(drawn(&|pen| pen.block(strip, 2.0, Some(CRITICAL), None)), "critical path"));
    }
    key.extend(with(Some(true)).map(|swatch| entry(swatch, "process time that adds value")));
    key.extend(with(Some(false)).map(|swatch| entry(swatch, "process time that adds none")));
    key.extend(with(None).map(|swatch| entry(swatch, "process time, value not said")));
    if shows(&|row| row.wait.as_ref().is_some_and(|wait| wait.hours.is_some_and(|hours| hours > 0.0))) {
        let stroke = Some(Stroke::solid(Ink::CardEdge, 1.0));
        key.push(entry(drawn(&|pen| pen.block(rect, 2.0, Some(Ink::Grid), stroke)), "wait before it can start"));
    }
    if shows(&|row| row.slack_h > 0.0) {
        key.push(entry(drawn(&|pen| pen.line(&[pt(-15.0, 0.0), pt(15.0, 0.0)], SLACK)), "slack"));
    }
    if shows(&|row| !row.is_external && row.process_h.is_none()) {
        key.push(entry(Vec::new(), "? unknown, taken as nothing"));
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_of_the_axis_are_round_and_few() {
        for (range, step) in [(7.85, 1.0), (205.5 / 8.0, 5.0), (57.75, 10.0), (0.3, 0.05), (8.0, 1.0), (1e6, 200_000.0)]
        {
            let found = nice(range / 8.0);
            assert!((found - step).abs() < 1e-9 * step, "{range}: {found}");
            assert!(range / found <= 9.0);
        }
        assert_eq!([nice(0.0), nice(f64::NAN), nice(f64::INFINITY), nice(-1.0)], [1.0; 4]);
    }
}
