//! The ladder of the critical path: waits above, process times below, and what they come to.

use super::{Rung, Timeline, WIDTH};
use crate::geom::{Point, Rect, pt};
use crate::model::words::percent;
use crate::scene::chart::{Pen, Style, leading};
use crate::scene::text::Fonts;
use crate::scene::{Align, Group, Ink, Stroke};

/// Width of a wait and of a process time, in map units.
const WAIT: f32 = 72.0;
const PROCESS: f32 = 96.0;
/// Height of a rung.
const HEIGHT: f32 = 30.0;
/// Most lines that the ladder fills; of a longer path the sums alone are shown.
const MOST_LINES: usize = 6;
/// By how much a short ladder may be wider.
const MOST_STRETCH: f32 = 1.4;
const TIME: Style = Style::strong(12.0, Ink::Text);
const NAME: Style = Style::plain(11.0, Ink::Faint);
const NAME_LINES: usize = 3;

/// The groups of the ladder below `top`, and its sums.
pub(super) fn ladder(timeline: &Timeline, top: f32, fonts: &Fonts) -> Vec<Group> {
    let mut pen = Pen::new(fonts);
    pen.write("Critical path: waits above, work below", pt(0.0, top), Align::Left, Style::strong(15.0, Ink::Text));
    let (lines, mut y) = (lines(&timeline.ladder), top + 24.0);
    if lines.len() > MOST_LINES {
        let text = format!("Its {} steps are too many to show one by one.", timeline.ladder.len());
        pen.write(&text, pt(0.0, y), Align::Left, Style::plain(12.5, Ink::Faint));
        y += 12.0;
    } else {
        let longest = lines.iter().map(|line| length(line)).fold(1.0, f32::max);
        let stretch = (WIDTH / longest).clamp(1.0, MOST_STRETCH);
        for line in &lines {
            y = one_line(timeline, line, (y + 14.0, stretch), &mut pen) + 14.0;
        }
    }
    let title = format!("Critical path: {}", in_words(timeline));
    vec![pen.furniture(title), sums(timeline, y + 22.0, fonts)]
}

fn width(rung: &Rung) -> f32 {
    if rung.process.is_some() { PROCESS } else { WAIT }
}

fn length(rungs: &[Rung]) -> f32 {
    rungs.iter().map(width).sum()
}

/// The rungs in as few lines as the width of the chart allows, all of about the same length.
fn lines(rungs: &[Rung]) -> Vec<&[Rung]> {
    let fewest = lines_of(rungs, WIDTH);
    let mut room = length(rungs) / fewest.len().max(1) as f32;
    while room < WIDTH && lines_of(rungs, room).len() > fewest.len() {
        room += WAIT / 2.0;
    }
    lines_of(rungs, room.min(WIDTH))
}

/// The rungs in lines that are not wider than so much; at least one rung in each.
fn lines_of(rungs: &[Rung], room: f32) -> Vec<&[Rung]> {
    let (mut lines, mut start, mut used) = (Vec::new(), 0, 0.0);
    for (i, rung) in rungs.iter().enumerate() {
        if used + width(rung) > room && i > start {
            lines.push(&rungs[start..i]);
            (start, used) = (i, 0.0);
        }
        used += width(rung);
    }
    if start < rungs.len() {
        lines.push(&rungs[start..]);
    }
    lines
}

/// One line of the ladder below `top`; gives where it ends.
fn one_line(timeline: &Timeline, rungs: &[Rung], (top, stretch): (f32, f32), pen: &mut Pen<'_>) -> f32 {
    let (upper, lower) = (top + 4.0, top + 4.0 + HEIGHT);
    let (mut x, mut points, mut bottom): (f32, Vec<Point>, f32) = (0.0, Vec::new(), lower + 18.0);
    for rung in rungs {
        let wide = width(rung) * stretch;
        let (right, middle) = (x + wide, x + wide / 2.0);
        let time = rung.hours.map_or_else(|| "?".into(), |hours| timeline.say(hours));
        let style = if rung.hours.is_some() { TIME } else { Style { ink: Ink::Warn, ..TIME } };
        let level = match &rung.process {
            None => {
                pen.fit(&time, pt(middle, upper - 6.0), (Align::Center, wide - 4.0), style);
                upper
            }
            Some(name) => {
                pen.fit(&time, pt(middle, lower + 16.0), (Align::Center, wide - 4.0), style);
                let at = pt(middle, lower + 31.0);
                let below = pen.wrap(name, at, (Align::Center, wide - 8.0, NAME_LINES), NAME);
                bottom = bottom.max(at.y + below + leading(NAME) * 0.4);
                lower
            }
        };
        points.extend([pt(x, level), pt(right, level)]);
        x = right;
    }
    pen.line(&points, Stroke::solid(Ink::Line, 1.8));
    bottom
}

/// What the path comes to, side by side.
fn sums(timeline: &Timeline, top: f32, fonts: &Fonts) -> Group {
    let mut pen = Pen::new(fonts);
    let partial = if timeline.lead_time.is_at_least { " of what is known" } else { "" };
    let ratio = |value: Option<f64>| value.map_or_else(|| "unknown".into(), |value| percent(value) + partial);
    let figures = [
        ("Lead time", timeline.say_time(timeline.lead_time)),
        ("Process time (PT)", timeline.say_time(timeline.process_time)),
        ("Wait", timeline.say_time(timeline.wait)),
        ("Activity ratio", ratio(timeline.activity_ratio)),
        ("Process cycle efficiency (PCE)", ratio(timeline.pce)),
    ];
    let step = WIDTH / figures.len() as f32;
    for (i, (name, value)) in figures.iter().enumerate() {
        let left = i as f32 * step;
        let rect = Rect { min: pt(left + if i > 0 { 6.0 } else { 0.0 }, top), max: pt(left + step - 6.0, top + 58.0) };
        pen.block(rect, 8.0, Some(Ink::Card), Some(Stroke::solid(Ink::CardEdge, 1.0)));
        let (x, room) = (rect.min.x + 14.0, rect.width() - 24.0);
        pen.fit(name, pt(x, top + 21.0), (Align::Left, room), Style::plain(12.0, Ink::Faint));
        pen.fit(value, pt(x, top + 45.0), (Align::Left, room), Style::strong(17.0, Ink::Text));
    }
    let said: Vec<String> = figures.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    pen.furniture(said.join(", "))
}

fn in_words(timeline: &Timeline) -> String {
    let time = |rung: &Rung| rung.hours.map_or_else(|| "unknown".into(), |hours| timeline.say(hours));
    let one = |rung: &Rung| match &rung.process {
        None => format!("wait {}", time(rung)),
        Some(name) => format!("{name} {}", time(rung)),
    };
    timeline.ladder.iter().take(40).map(one).collect::<Vec<_>>().join(", ")
}
