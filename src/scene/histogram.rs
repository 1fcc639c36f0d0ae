//! A histogram of lead times: how many runs took how long, with the time that was to be met.

use super::text::Fonts;
use super::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::geom::{Point, Rect, Size, pt};
use crate::model::quantity::duration;

/// Size of the words, in map units.
const SMALL: f32 = 10.0;
/// Room for the words below the bars.
const FOOT: f32 = 16.0;
/// Room above the bars for the words at the lines.
const HEAD: f32 = 30.0;

/// What is drawn. Times are hours of work.
#[derive(Debug, Clone)]
pub struct Bars<'a> {
    /// Where the first bar begins.
    pub from_h: f64,
    /// The width of each bar; 0 for a single one in which all took the same.
    pub width_h: f64,
    /// How many runs are in each bar.
    pub counts: &'a [usize],
    /// Times by which so many percent of the runs were done, to be marked.
    pub marks: Vec<(u8, f64)>,
    /// The time that was to be met.
    pub target_h: Option<f64>,
    /// Working hours of a day.
    pub hours_per_day: f64,
}

/// The histogram, with its upper left corner at the origin; nothing when there are no runs. Bars that meet the target are
/// pale blue, those beyond it orange and hatched by a line at their foot.
pub fn histogram(bars: &Bars<'_>, size: Size, fonts: &Fonts) -> Vec<Item> {
    let most = bars.counts.iter().copied().max().unwrap_or(0);
    if most == 0 {
        return Vec::new();
    }
    let plot = Plot::of(bars, size);
    let mut items = Vec::new();
    for (at, count) in bars.counts.iter().enumerate() {
        let from = bars.from_h + bars.width_h * at as f64;
        let (left, right) = plot.bar(at, bars);
        let height = (plot.area.max.y - plot.area.min.y) * (*count as f32 / most as f32);
        let late = bars.target_h.is_some_and(|target| from + bars.width_h / 2.0 > target);
        let rect = Rect { min: pt(left, plot.area.max.y - height), max: pt(right, plot.area.max.y) };
        if *count > 0 {
            let fill = Some(Ink::Scale(if late { 3 } else { 0 }));
            let stroke = Some(Stroke::solid(if late { Ink::Bad } else { Ink::Accent }, 0.6));
            items.push(Item::Rect { rect, radius: 0.0, fill, stroke });
        }
    }
    let base = plot.area.max.y;
    items.push(line(pt(plot.area.min.x, base), pt(plot.area.max.x, base), Stroke::solid(Ink::CardEdge, 1.0)));
    plot.marks(bars, fonts, &mut items);
    plot.ends(bars, fonts, &mut items);
    items
}

/// The histogram for people who cannot see it.
pub fn in_words(bars: &Bars<'_>) -> String {
    let say = |hours: f64| duration(hours, bars.hours_per_day);
    let to = bars.from_h + bars.width_h * bars.counts.len() as f64;
    let marks: Vec<String> = bars.marks.iter().map(|(share, h)| format!("{share} % within {}", say(*h))).collect();
    let target = bars.target_h.map(|target| format!(", target {}", say(target))).unwrap_or_default();
    format!("Lead times from {} to {}: {}{target}", say(bars.from_h), say(to), marks.join(", "))
}

/// Where the bars are.
struct Plot {
    area: Rect,
    from: f64,
    to: f64,
}

impl Plot {
    fn of(bars: &Bars<'_>, size: Size) -> Self {
        let (w, h) = (size.w.max(40.0), size.h.max(HEAD + FOOT + 10.0));
        let last = bars.from_h + bars.width_h * bars.counts.len() as f64;
        // Room for a target that no run comes near; a single value stands in the middle.
        let (mut from, mut to) = (bars.from_h, last);
        if let Some(target) = bars.target_h.filter(|target| target.is_finite()) {
            (from, to) = (from.min(target), to.max(target));
        }
        let air = if to > from { (to - from) * 0.02 } else { from.abs().max(1.0) * 0.1 };
        Self { area: Rect { min: pt(2.0, HEAD), max: pt(w - 2.0, h - FOOT) }, from: from - air, to: to + air }
    }

    fn x(&self, hours: f64) -> f32 {
        let share = ((hours - self.from) / (self.to - self.from)).clamp(0.0, 1.0) as f32;
        self.area.min.x + (self.area.max.x - self.area.min.x) * share
    }

    /// Left and right of a bar; one of no width is drawn a little wide all the same.
    fn bar(&self, at: usize, bars: &Bars<'_>) -> (f32, f32) {
        let from = bars.from_h + bars.width_h * at as f64;
        let (left, right) = (self.x(from), self.x(from + bars.width_h));
        if right - left >= 2.0 { (left, right - 0.5) } else { (left - 2.0, right + 2.0) }
    }

    /// The lines with their words above: those of the shares in one row, the target above them.
    fn marks(&self, bars: &Bars<'_>, fonts: &Fonts, items: &mut Vec<Item>) {
        let say = |hours: f64| duration(hours, bars.hours_per_day);
        let mut free = f32::MIN;
        for (share, hours) in &bars.marks {
            let x = self.x(*hours);
            let dash = Stroke { ink: Ink::Faint, width: 1.0, dash: Some((3.0, 3.0)) };
            items.push(line(pt(x, HEAD - 4.0), pt(x, self.area.max.y), dash));
            let text = format!("{share} % {}", say(*hours));
            let width = fonts.width(&text, SMALL, Weight::Regular);
            let left = (x - width / 2.0).clamp(0.0, (self.area.max.x - width).max(0.0));
            if left > free {
                items.push(words(pt(left, HEAD - 7.0), Ink::Faint, &text, width));
                free = left + width + 6.0;
            }
        }
        if let Some(target) = bars.target_h {
            let x = self.x(target);
            items.push(line(pt(x, SMALL + 3.0), pt(x, self.area.max.y), Stroke::solid(Ink::Accent, 1.4)));
            let text = format!("target {}", say(target));
            let width = fonts.width(&text, SMALL, Weight::Regular);
            let left = (x - width / 2.0).clamp(0.0, (self.area.max.x - width).max(0.0));
            items.push(words(pt(left, SMALL), Ink::Accent, &text, width));
        }
    }

    /// The shortest and the longest, below.
    fn ends(&self, bars: &Bars<'_>, fonts: &Fonts, items: &mut Vec<Item>) {
        let say = |hours: f64| duration(hours, bars.hours_per_day);
        let y = self.area.max.y + SMALL + 3.0;
        let last = bars.from_h + bars.width_h * bars.counts.len() as f64;
        let (first, last_words) = (say(bars.from_h), say(last));
        let (wide, wide_last) =
            (fonts.width(&first, SMALL, Weight::Regular), fonts.width(&last_words, SMALL, Weight::Regular));
        let left = (self.x(bars.from_h) - 2.0).min(self.area.max.x - wide).max(0.0);
        items.push(words(pt(left, y), Ink::Faint, &first, wide));
        let right = (self.x(last) - wide_last).min(self.area.max.x - wide_last);
        if bars.width_h > 0.0 && right > left + wide + 8.0 {
            items.push(words(pt(right, y), Ink::Faint, &last_words, wide_last));
        }
    }
}

fn line(from: Point, to: Point, stroke: Stroke) -> Item {
    Item::Path { segments: vec![Segment::Move(from), Segment::Line(to)], fill: None, stroke: Some(stroke) }
}

fn words(at: Point, ink: Ink, text: &str, width: f32) -> Item {
    Item::Text { at, align: Align::Left, size: SMALL, weight: Weight::Regular, ink, text: text.into(), width }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(counts: &[usize], target_h: Option<f64>) -> Bars<'_> {
        let width_h = if counts.len() > 1 { 2.0 } else { 0.0 };
        Bars { from_h: 10.0, width_h, counts, marks: vec![(50, 13.0), (95, 17.0)], target_h, hours_per_day: 8.0 }
    }

    fn boxes(items: &[Item]) -> Vec<(Rect, Ink)> {
        let rect = |item: &Item| match item {
            Item::Rect { rect, fill: Some(ink), .. } => Some((*rect, *ink)),
            _ => None,
        };
        items.iter().filter_map(rect).collect()
    }

    #[test]
    fn bars_are_as_high_as_their_counts_and_the_late_ones_are_told_apart() {
        let size = Size { w: 300.0, h: 120.0 };
        let items = histogram(&bars(&[1, 4, 0, 2], Some(14.0)), size, &Fonts::bundled());
        let found = boxes(&items);
        let heights: Vec<f32> = found.iter().map(|(rect, _)| rect.height()).collect();
        assert_eq!(found.len(), 3, "an empty bin has no bar");
        assert!((heights[1] / heights[0] - 4.0).abs() < 1e-3 && (heights[2] / heights[0] - 2.0).abs() < 1e-3);
        let inks: Vec<Ink> = found.iter().map(|(_, ink)| *ink).collect();
        assert_eq!(inks, [Ink::Scale(0), Ink::Scale(0), Ink::Scale(3)]);
        assert!(found.windows(2).all(|pair| pair[0].0.max.x <= pair[1].0.min.x), "side by side");
        assert!(found.iter().all(|(rect, _)| rect.min.x >= 0.0 && rect.max.x <= size.w && rect.max.y <= size.h));
        let words = in_words(&bars(&[1, 4, 0, 2], Some(14.0)));
        assert_eq!(words, "Lead times from 10 h to 18 h: 50 % within 13 h, 95 % within 17 h, target 14 h");
    }

    #[test]
    fn a_single_value_and_odd_targets_stay_inside() {
        let size = Size { w: 200.0, h: 90.0 };
        for target in [None, Some(10.0), Some(0.0), Some(1e6), Some(f64::NAN)] {
            let items = histogram(&bars(&[100], target), size, &Fonts::bundled());
            for (rect, _) in boxes(&items) {
                assert!(rect.min.x >= -3.0 && rect.max.x <= size.w + 3.0, "{target:?} {rect:?}");
            }
        }
        assert_eq!(histogram(&bars(&[], None), size, &Fonts::bundled()), []);
        assert_eq!(histogram(&bars(&[0, 0], None), size, &Fonts::bundled()), []);
    }
}
