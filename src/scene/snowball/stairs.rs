//! The staircase: what is left after each layer, from the outermost to the customer.

use super::{Part, Snowball, Tread, WIDTH};
use crate::geom::{Point, Rect, pt};
use crate::model::quantity::rounded;
use crate::model::words::{count, percent};
use crate::scene::chart::{Pen, Style};
use crate::scene::text::Fonts;
use crate::scene::{Align, Group, Ink, Item, Segment, Stroke};

/// Height of the plot, in map units.
const HEIGHT: f32 = 240.0;
/// Room for the numbers of the axis, and for the words at the end of the lines.
const LEFT: f32 = 58.0;
const RIGHT: f32 = 176.0;
/// Narrowest and widest column.
const COLUMN: (f32, f32) = (122.0, 260.0);
/// Air between two columns.
const GAP: f32 = 3.0;
/// Height of a number at a line, with its air.
const VALUE_ROOM: f32 = 19.0;
/// What is lost in a layer.
pub(super) const LOST: Ink = Ink::Scale(4);
const ON_TIME: Stroke = Stroke { ink: Ink::Text, width: 1.8, dash: Some((6.0, 4.0)) };
const UNKNOWN: Stroke = Stroke { ink: Ink::Faint, width: 1.0, dash: Some((4.0, 4.0)) };

/// Where shares and columns are.
struct Plot {
    top: f32,
    column: f32,
    count: usize,
    /// The share at the bottom: 0, unless the axis is cut.
    low: f64,
}

impl Plot {
    fn y(&self, share: f64) -> f32 {
        let part = ((share - self.low) / (1.0 - self.low)).clamp(0.0, 1.0);
        self.bottom() - HEIGHT * part as f32
    }

    fn bottom(&self) -> f32 {
        self.top + HEIGHT
    }

    fn left(&self, column: usize) -> f32 {
        LEFT + column as f32 * self.column
    }

    fn right(&self) -> f32 {
        self.left(self.count)
    }
}

fn column(count: usize) -> f32 {
    ((WIDTH - LEFT - RIGHT) / count.max(1) as f32).clamp(COLUMN.0, COLUMN.1)
}

/// Width of the whole chart with so many columns, at least the usual one.
pub(super) fn width(count: usize) -> f32 {
    (LEFT + column(count) * count as f32 + RIGHT).max(WIDTH)
}

/// The groups of the staircase below `top`: axis, one for each column, the line of punctuality, the words at its end.
pub(super) fn stairs(snowball: &Snowball, top: f32, fonts: &Fonts) -> Vec<Group> {
    let treads = &snowball.treads;
    let column = column(treads.len());
    let plot = Plot { top: top + VALUE_ROOM, column, count: treads.len(), low: lowest(treads) };
    let mut groups = vec![axis(&plot, fonts)];
    let (mut quality, mut on_time) = (1.0, None);
    for (i, tread) in treads.iter().enumerate() {
        groups.push(column_of(&plot, (i, tread), quality, fonts));
        quality = tread.so_far.value.unwrap_or(quality);
    }
    let mut pen = Pen::new(fonts);
    for (i, tread) in treads.iter().enumerate() {
        on_time = step_on(&plot, (i, tread), on_time, &mut pen);
    }
    groups.push(pen.furniture(""));
    groups.push(ends(&plot, treads.last(), &snowball.customer, fonts));
    groups
}

/// Where the axis begins: at 0 unless all shares are high.
fn lowest(treads: &[Tread]) -> f64 {
    let shares = treads.iter().flat_map(|tread| [tread.so_far.value, tread.on_time_so_far.value]).flatten();
    let least = shares.fold(1.0, f64::min);
    if least < 0.55 { 0.0 } else { (((least - 0.05) * 10.0).floor() / 10.0).clamp(0.0, 0.9) }
}

fn axis(plot: &Plot, fonts: &Fonts) -> Group {
    let mut pen = Pen::new(fonts);
    let range = ((1.0 - plot.low) * 100.0).round();
    let step = match range {
        ..=10.0 => 2.0,
        ..=20.0 => 5.0,
        ..=50.0 => 10.0,
        _ => 20.0,
    };
    let low = (plot.low * 100.0).round();
    let mut at = (low / step).ceil() * step;
    while at <= 100.0 {
        let y = plot.y(at / 100.0);
        pen.line(&[pt(LEFT, y), pt(plot.right(), y)], Stroke::solid(Ink::Grid, 1.0));
        let style = Style::plain(11.0, Ink::Faint);
        pen.write(&format!("{} %", rounded(at, 0)), pt(LEFT - 10.0, y + 4.0), Align::Right, style);
        at += step;
    }
    pen.furniture("")
}

/// The block of what is left, that of what is lost here, and the words below.
fn column_of(plot: &Plot, (i, tread): (usize, &Tread), before: f64, fonts: &Fonts) -> Group {
    let mut pen = Pen::new(fonts);
    let (left, right) = (plot.left(i) + GAP / 2.0, plot.left(i + 1) - GAP / 2.0);
    let middle = f32::midpoint(left, right);
    let block = |high: f64, low: f32| Rect { min: pt(left, plot.y(high)), max: pt(right, low) };
    match tread.so_far.value.filter(|_| tread.here.known > 0) {
        Some(share) => {
            pen.block(block(share, plot.bottom()), 0.0, Some(Ink::AccentSoft), None);
            pen.block(block(before, plot.y(share)), 0.0, Some(LOST), None);
            let y = plot.y(share);
            pen.line(&[pt(left, y), pt(right, y)], Stroke::solid(Ink::Accent, 2.6));
            let label = labels(plot, Some(y), on_time_y(plot, tread)).0;
            pen.write(&percent(share), pt(middle, label), Align::Center, VALUE);
        }
        None => {
            pen.dashed_block(block(before, plot.bottom()), UNKNOWN);
            let (high, low) = (plot.y(before), plot.bottom());
            // Beside the line of punctuality, not on it.
            let part = match on_time_y(plot, tread) {
                None => 0.5,
                Some(y) => {
                    if y < f32::midpoint(high, low) {
                        0.75
                    } else {
                        0.25
                    }
                }
            };
            let y = (high + (low - high) * part + 9.0).min(low - 10.0);
            pen.write("?", pt(middle, y), Align::Center, Style::strong(26.0, Ink::Faint));
        }
    }
    if plot.low > 0.0 {
        torn(&mut pen, plot, (left, right));
    }
    let title = words_below(&mut pen, plot, (i, tread), before);
    pen.furniture(title)
}

const VALUE: Style = Style::strong(13.5, Ink::Text);

/// The height of a tread's line of punctuality, while it is known.
fn on_time_y(plot: &Plot, tread: &Tread) -> Option<f32> {
    tread.on_time_so_far.value.filter(|_| tread.on_time_here.known > 0).map(|share| plot.y(share))
}

/// Where the numbers at the two lines stand: that of quality below its line, on the area, and that of punctuality above
/// its own. Where the lines run close to each other, or close to the bottom, they keep out of each other's way.
fn labels(plot: &Plot, quality: Option<f32>, on_time: Option<f32>) -> (f32, f32) {
    let (above, below) = (|y: f32| y - 6.0, |y: f32| y + 16.0);
    let has_room = |y: f32| y + 1.5 * VALUE_ROOM < plot.bottom();
    let (Some(quality), Some(on_time)) = (quality, on_time) else {
        let alone = |y: f32| if has_room(y) { below(y) } else { above(y) };
        return (quality.map_or(0.0, alone), on_time.map_or(0.0, above));
    };
    if on_time <= quality {
        if has_room(quality) {
            return (below(quality), above(on_time));
        }
        let is_near = quality - on_time < 2.0 * VALUE_ROOM;
        let quality = if is_near { above(on_time) } else { above(quality) };
        return (quality, if is_near { above(on_time) - VALUE_ROOM } else { above(on_time) });
    }
    match on_time - quality < 2.2 * VALUE_ROOM {
        false => (below(quality), above(on_time)),
        true if has_room(on_time) => (above(quality), below(on_time)),
        true => (above(quality) - VALUE_ROOM, above(quality)),
    }
}

/// The lower edge as if torn off: the axis does not begin at 0.
fn torn(pen: &mut Pen<'_>, plot: &Plot, (left, right): (f32, f32)) {
    let teeth = ((right - left) / 9.0).round().max(2.0) as usize;
    let at = |i: usize| {
        let x = left + (right - left) * i as f32 / teeth as f32;
        pt(x, plot.bottom() - if i % 2 == 1 { 7.0 } else { 1.0 })
    };
    let edge: Vec<Point> = (0..=teeth).map(at).collect();
    let mut segments = vec![Segment::Move(pt(left, plot.bottom() + 1.0))];
    // Tooth by tooth, as each is convex.
    for pair in edge.windows(2) {
        let foot = |p: &Point| pt(p.x, plot.bottom() + 1.0);
        segments.extend([Segment::Move(foot(&pair[0])), Segment::Line(pair[0]), Segment::Line(pair[1])]);
        segments.extend([Segment::Line(foot(&pair[1])), Segment::Close]);
    }
    segments.remove(0);
    pen.push(Item::Path { segments, fill: Some(Ink::Paper), stroke: None });
    pen.line(&edge, Stroke::solid(Ink::CardEdge, 1.2));
}

/// What stands below a column; gives all it says.
fn words_below(pen: &mut Pen<'_>, plot: &Plot, (i, tread): (usize, &Tread), before: f64) -> String {
    let (outer, inner) = tread.layers;
    let mut lines = vec![if outer == inner {
        (format!("Layer {outer}"), Style::strong(13.0, Ink::Text))
    } else {
        (format!("Layers {outer}–{inner}"), Style::strong(12.0, Ink::Text))
    }];
    lines.push((count(tread.here.of, "handoff", "handoffs"), Style::plain(12.0, Ink::Faint)));
    if let Some(share) = tread.so_far.value.filter(|_| tread.here.known > 0) {
        lines.push((points(before - share), Style::strong(12.5, Ink::Text)));
    }
    let part = |part: Part, words: String| (part.known < part.of).then_some((words, Style::plain(12.0, Ink::Warn)));
    let Part { known, of, .. } = tread.here;
    lines.extend(part(tread.here, format!("{known} of {of} known")));
    if tread.on_time_so_far.known > 0 {
        let Part { known, of, .. } = tread.on_time_here;
        lines.extend(part(tread.on_time_here, format!("on time: {known} of {of}")));
    }
    let (middle, mut y) = (f32::midpoint(plot.left(i), plot.left(i + 1)), plot.bottom() + 22.0);
    for (text, style) in &lines {
        pen.fit(text, pt(middle, y), (Align::Center, plot.column - 8.0), *style);
        y += 17.0;
    }
    let mut said: Vec<String> = lines.into_iter().map(|(text, _)| text).collect();
    said.extend(tread.so_far.value.map(|share| format!("{} complete and accurate so far", percent(share))));
    said.extend(tread.on_time_so_far.value.map(|share| format!("{} on time so far", percent(share))));
    said.join(", ")
}

/// "−6.8 points here".
fn points(lost: f64) -> String {
    match rounded(lost.max(0.0) * 100.0, 1).as_str() {
        "0" if lost > 0.0 => "< 0.1 points here".into(),
        "0" => "nothing lost".into(),
        "1" => "−1 point here".into(),
        text => format!("−{text} points here"),
    }
}

/// The line of punctuality over one column; gives its share so far.
fn step_on(plot: &Plot, (i, tread): (usize, &Tread), before: Option<f64>, pen: &mut Pen<'_>) -> Option<f64> {
    let (left, right) = (plot.left(i), plot.left(i + 1));
    let Some(share) = tread.on_time_so_far.value else { return before };
    let y = plot.y(share);
    let is_known = tread.on_time_here.known > 0;
    let start = before.map_or(pt(left, y), |before| pt(left, plot.y(before)));
    let points = if start.y == y { vec![start, pt(right, y)] } else { vec![start, pt(left, y), pt(right, y)] };
    let stroke = if is_known { ON_TIME } else { Stroke { ink: Ink::Faint, dash: Some((2.0, 4.0)), ..ON_TIME } };
    pen.line(&points, stroke);
    if is_known {
        let x = right - 16.0;
        pen.push(square(pt(x, y)));
        let quality = tread.so_far.value.filter(|_| tread.here.known > 0).map(|share| plot.y(share));
        let at = pt(f32::midpoint(left, right), labels(plot, quality, Some(y)).1);
        pen.write(&format!("{} on time", percent(share)), at, Align::Center, Style::plain(12.0, Ink::Text));
    }
    Some(share)
}

fn square(at: Point) -> Item {
    let rect = Rect { min: at - pt(3.6, 3.6), max: at + pt(3.6, 3.6) };
    Item::Rect { rect, radius: 0.0, fill: Some(Ink::Paper), stroke: Some(Stroke::solid(Ink::Text, 1.6)) }
}

/// The line of punctuality in the legend.
pub(super) fn on_time_swatch() -> Vec<Item> {
    let segments = vec![Segment::Move(pt(-15.0, 0.0)), Segment::Line(pt(15.0, 0.0))];
    vec![Item::Path { segments, fill: None, stroke: Some(ON_TIME) }, square(pt(0.0, 0.0))]
}

/// A layer of which nothing is known in the legend.
pub(super) fn unknown_swatch() -> Vec<Item> {
    let corners = [pt(-15.0, -8.0), pt(15.0, -8.0), pt(15.0, 8.0), pt(-15.0, 8.0)].map(Segment::Line);
    let segments = [&[Segment::Move(pt(-15.0, 8.0))], &corners[..]].concat();
    vec![Item::Path { segments, fill: None, stroke: Some(UNKNOWN) }]
}

/// What each line is, at its end, and whom it reaches.
fn ends(plot: &Plot, last: Option<&Tread>, customer: &str, fonts: &Fonts) -> Group {
    let mut pen = Pen::new(fonts);
    let x = plot.right() + 14.0;
    let y = |part: Option<Part>| part.and_then(|part| part.value).map(|share| plot.y(share));
    let (quality, on_time) = (y(last.map(|tread| tread.so_far)), y(last.map(|tread| tread.on_time_so_far)));
    let mut words: Vec<(f32, &str, Style)> = Vec::new();
    words.extend(quality.map(|y| (y + 4.5, "complete and accurate", Style::strong(12.5, Ink::Accent))));
    words.extend(on_time.map(|y| (y + 4.5, "on time", Style::strong(12.5, Ink::Text))));
    words.sort_by(|a, b| a.0.total_cmp(&b.0));
    if let [first, second] = &mut words[..] {
        let apart = (17.0 - (second.0 - first.0)).max(0.0) / 2.0;
        (first.0, second.0) = (first.0 - apart, second.0 + apart);
    }
    // Clear of the customer's name below.
    let low = words.last().map_or(0.0, |last| (last.0 - plot.bottom() - 2.0).max(0.0));
    for (y, text, style) in words {
        pen.write(text, pt(x, y - low), Align::Left, style);
    }
    let foot = plot.bottom() + 22.0;
    pen.write("→", pt(x - 2.0, foot), Align::Left, Style::strong(13.0, Ink::Faint));
    let room = RIGHT - 34.0;
    pen.wrap(customer, pt(x + 16.0, foot), (Align::Left, room, 4), Style::strong(13.0, Ink::Text));
    pen.furniture("")
}
