//! How loss grows layer by layer towards a customer: drawn, and as a table.

use super::figures::{faint, says, section, share, share_text, together};
use super::{Told, handoffs};
use crate::analysis::{CustomerFigures, Step};
use crate::geom::{Point, Rect, Size, pt};
use crate::scene::shapes::circle;
use crate::scene::text::Fonts;
use crate::scene::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::writing::{Block, Chart, Side, Table, Words};

/// Most layers that are shown; of more, those nearest to the customer.
const MOST_LAYERS: usize = 40;
/// Most layers that are drawn with their numbers.
const MOST_NAMED: usize = 14;
/// Most layers that are told to those who cannot see the chart.
const MOST_TOLD: usize = 8;
const CHART: Size = Size { w: 480.0, h: 168.0 };
/// Room above the bars for the key, and below them for the layers.
const HEAD: f32 = 34.0;
const FOOT: f32 = 20.0;
/// Widest bar.
const WIDEST: f32 = 44.0;
const SMALL: f32 = 8.6;

pub(super) fn snowball(told: &Told<'_>, figures: &CustomerFigures) -> Vec<Block> {
    let hidden = figures.snowball.len().saturating_sub(MOST_LAYERS);
    let steps = &figures.snowball[hidden..];
    if steps.is_empty() {
        return Vec::new();
    }
    let mut blocks = vec![section("The snowball: how loss grows layer by layer")];
    if steps.iter().any(|step| step.complete_accurate_so_far.value.is_some()) {
        let before = hidden.checked_sub(1).map(|at| &figures.snowball[at]);
        let about = about(told, figures, steps);
        blocks.push(Block::Chart(Chart { items: draw(steps, before), size: CHART, about }));
    }
    let mut all = vec![together(blocks)];
    if hidden > 0 {
        all.push(says(format!("{hidden} layers further out are left out here, and counted in what is so far.")));
    }
    all.push(rows(steps));
    all
}

fn rows(steps: &[Step]) -> Block {
    // Columns that say nothing but that nobody knows are left out.
    let has_on_time = steps.iter().any(|step| step.on_time_so_far.value.is_some());
    let known = |step: &Step| {
        let (quality, on_time) = (step.complete_accurate, step.on_time);
        if quality.known == on_time.known || !has_on_time {
            return format!("{} of {}", quality.known, quality.of);
        }
        format!("{} and {} of {}", quality.known, on_time.known, quality.of)
    };
    let row = |step: &Step| {
        let counts = [step.layer, step.parties, step.handoffs];
        let mut cells: Vec<Words> = counts.into_iter().map(|count| Words::plain(count.to_string())).collect();
        cells.extend([share(step.complete_accurate.value), share(step.complete_accurate_so_far.value)]);
        if has_on_time {
            cells.extend([share(step.on_time.value), share(step.on_time_so_far.value)]);
        }
        cells.push(faint(known(step)));
        cells
    };
    let on_time: &[&str] = if has_on_time { &["On time", "so far"] } else { &[] };
    let names = [&["Layer", "Parties", "Handoffs", "%C&A", "so far"], on_time, &["Known"]].concat();
    let head = names.into_iter().map(|name| (name.to_owned(), Side::Right)).collect();
    Block::Table(Table { head, rows: steps.iter().map(row).collect(), tall: false })
}

fn about(told: &Told<'_>, figures: &CustomerFigures, steps: &[Step]) -> String {
    let told_of = &steps[steps.len().saturating_sub(MOST_TOLD)..];
    let so_far = told_of.iter().filter_map(|step| {
        let share = step.complete_accurate_so_far.value?;
        Some(format!("{} after layer {}", share_text(share), step.layer))
    });
    let worst = handoffs::worst_in_words(told, figures);
    let worst = worst.map(|worst| format!(" Most is lost, {worst}.")).unwrap_or_default();
    let (so_far, name) = (so_far.collect::<Vec<_>>().join(", "), told.name(figures.party));
    format!("Complete and accurate on the way to {name}: {so_far}.{worst}")
}

/// A bar for each layer, the outermost at the left: what is right so far, what was lost in it above that, and a line for
/// what is on time so far.
fn draw(steps: &[Step], before: Option<&Step>) -> Vec<Item> {
    let fonts = Fonts::bundled();
    let pitch = CHART.w / steps.len() as f32;
    let width = (pitch * 0.72).min(WIDEST);
    let floor = CHART.h - FOOT;
    let y = |share: f64| floor - (floor - HEAD) * share.clamp(0.0, 1.0) as f32;
    // Few bars stand at the left, so that the eye need not travel.
    let pitch = pitch.min(WIDEST * 1.7);
    let x = |at: usize| pitch * (at as f32 + 0.5);
    let mut items = Vec::new();
    let mut earlier = before.map_or(1.0, |step| step.complete_accurate_so_far.value.unwrap_or(1.0));
    let named = |at: usize| steps.len() <= MOST_NAMED || at == 0 || at + 1 == steps.len();
    for (at, step) in steps.iter().enumerate() {
        let now = step.complete_accurate_so_far.value.unwrap_or(earlier);
        let bar = |top: f64, bottom: f64, ink| {
            let rect = Rect { min: pt(x(at) - width / 2.0, y(top)), max: pt(x(at) + width / 2.0, y(bottom)) };
            Item::Rect { rect, radius: 0.0, fill: Some(ink), stroke: None }
        };
        items.push(bar(now, 0.0, Ink::Step(0)));
        items.push(bar(earlier, now, Ink::Scale(3)));
        if named(at) {
            let text = step.complete_accurate_so_far.value.map(share_text);
            // In the bar where it is high enough, else above all that was lost.
            let (y, ink) =
                if floor - y(now) > 16.0 { (y(now) + 11.0, Ink::Card) } else { (y(earlier) - 4.0, Ink::Text) };
            items.extend(text.map(|text| words(&fonts, pt(x(at), y), ink, &text)));
            let is_told = at == 0 || steps.len() > MOST_NAMED;
            let layer = if is_told { format!("layer {}", step.layer) } else { step.layer.to_string() };
            items.push(words(&fonts, pt(x(at), floor + 13.0), Ink::Faint, &layer));
        }
        earlier = now;
    }
    let right = pitch * steps.len() as f32;
    items.push(line(&[pt(0.0, floor), pt(right, floor)], Stroke::solid(Ink::CardEdge, 1.0)));
    let late: Vec<Point> =
        steps.iter().enumerate().filter_map(|(at, step)| Some(pt(x(at), y(step.on_time_so_far.value?)))).collect();
    items.extend(on_time(&late));
    items.extend(key(&fonts, !late.is_empty()));
    items
}

fn on_time(points: &[Point]) -> Vec<Item> {
    let mut items = Vec::new();
    if points.len() > 1 {
        items.push(line(points, Stroke::solid(Ink::Text, 1.4)));
    }
    items.extend(points.iter().map(|at| circle(*at, 2.6, Some(Ink::Paper), Some(Stroke::solid(Ink::Text, 1.4)))));
    items
}

/// What the colours mean.
fn key(fonts: &Fonts, has_on_time: bool) -> Vec<Item> {
    let mut items = Vec::new();
    let mut left = 0.0;
    let mut entry = |ink: Option<Ink>, text: &str| {
        let rect = Rect { min: pt(left, 3.0), max: pt(left + 9.0, 12.0) };
        items.push(match ink {
            Some(ink) => Item::Rect { rect, radius: 0.0, fill: Some(ink), stroke: None },
            None => circle(pt(left + 4.5, 7.5), 2.6, Some(Ink::Paper), Some(Stroke::solid(Ink::Text, 1.4))),
        });
        let width = fonts.width(text, SMALL, Weight::Regular);
        let at = pt(left + 14.0, 10.6);
        let align = Align::Left;
        items.push(Item::Text {
            at,
            align,
            size: SMALL,
            weight: Weight::Regular,
            ink: Ink::Faint,
            text: text.into(),
            width,
        });
        left += width + 32.0;
    };
    entry(Some(Ink::Step(0)), "complete and accurate so far");
    entry(Some(Ink::Scale(3)), "lost in this layer");
    if has_on_time {
        entry(None, "on time so far");
    }
    items
}

fn words(fonts: &Fonts, at: Point, ink: Ink, text: &str) -> Item {
    let width = fonts.width(text, SMALL, Weight::Regular);
    Item::Text { at, align: Align::Center, size: SMALL, weight: Weight::Regular, ink, text: text.into(), width }
}

fn line(points: &[Point], stroke: Stroke) -> Item {
    let segments = points.iter().enumerate();
    let segments = segments.map(|(at, p)| if at == 0 { Segment::Move(*p) } else { Segment::Line(*p) }).collect();
    Item::Path { segments, fill: None, stroke: Some(stroke) }
}
