//! A run chart: observed values in the order of their periods, held against target and tolerance.

use super::shapes::circle;
use super::text::Fonts;
use super::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::geom::{Point, Rect, Size, pt};
use crate::model::quantity::rounded;
use crate::model::{Aim, Known, Observation, Operator};

/// Size of the words, in map units.
const SMALL: f32 = 10.0;
/// Height of the line with the periods below the plot.
const FOOT: f32 = 16.0;
/// Room above the plot, for the value of a high point.
const HEAD: f32 = 14.0;
/// Radius of a point.
const RADIUS: f32 = 3.4;

/// The chart, with its upper left corner at the origin; nothing when there are no observations.
///
/// Counted values are filled, guesses hollow; a value that passes is green and round, one that fails red and square. Of
/// shares (the unit is `%`) counted on a known number of deliveries, the Wilson 95 % interval is drawn.
pub fn run_chart(observations: &[Observation], aim: Option<Aim>, unit: &str, size: Size, fonts: &Fonts) -> Vec<Item> {
    let Some(plot) = Plot::of(observations, aim, unit, size, fonts) else { return Vec::new() };
    let mut items = plot.ground(aim, fonts);
    let points: Vec<Point> = observations.iter().enumerate().map(|(i, o)| pt(plot.x(i), plot.y(o.value))).collect();
    let mut way = points.iter().enumerate();
    let segments = way.by_ref().map(|(i, p)| if i == 0 { Segment::Move(*p) } else { Segment::Line(*p) }).collect();
    if points.len() > 1 {
        items.push(Item::Path { segments, fill: None, stroke: Some(Stroke::solid(Ink::Line, 1.2)) });
    }
    for (at, observation) in points.iter().zip(observations) {
        items.extend(plot.spread(*at, observation));
        items.push(mark(*at, observation, aim, if observations.len() > 40 { RADIUS * 0.6 } else { RADIUS }));
    }
    items.extend(plot.words(observations, &points, fonts));
    items
}

/// Where the values are.
struct Plot {
    /// The area of the plot.
    area: Rect,
    low: f64,
    high: f64,
    count: usize,
    is_share: bool,
}

impl Plot {
    fn of(observations: &[Observation], aim: Option<Aim>, unit: &str, size: Size, fonts: &Fonts) -> Option<Self> {
        let is_share = unit.trim() == "%";
        let ends = |o: &Observation| {
            let (low, high) = o.interval_pct().filter(|_| is_share).unwrap_or((o.value, o.value));
            [o.value, low, high]
        };
        let wanted = aim.into_iter().flat_map(|aim| [aim.target - aim.tolerance, aim.target + aim.tolerance]);
        let values: Vec<f64> = observations.iter().flat_map(ends).chain(wanted).filter(|v| v.is_finite()).collect();
        let low = values.iter().copied().reduce(f64::min).filter(|_| !observations.is_empty())?;
        let high = values.iter().copied().fold(low, f64::max);
        let air = if high > low { (high - low) * 0.06 } else { high.abs().max(1.0) * 0.1 };
        let target = aim.map_or(0.0, |aim| fonts.width(&target_words(aim), SMALL, Weight::Regular) + 8.0);
        let (w, h) = (size.w.max(40.0), size.h.max(40.0));
        let area = Rect { min: pt(RADIUS + 2.0, HEAD), max: pt((w - target.min(w * 0.4)).max(20.0), h - FOOT) };
        Some(Self { area, low: low - air, high: high + air, count: observations.len(), is_share })
    }

    /// The middle of a point's column.
    fn x(&self, index: usize) -> f32 {
        let (left, right) = (self.area.min.x + 4.0, self.area.max.x - 8.0);
        match self.count {
            0 | 1 => f32::midpoint(left, right),
            count => left + (right - left) * index as f32 / (count - 1) as f32,
        }
    }

    fn y(&self, value: f64) -> f32 {
        let share = ((value - self.low) / (self.high - self.low)).clamp(0.0, 1.0) as f32;
        self.area.max.y - (self.area.max.y - self.area.min.y) * share
    }

    /// The line of the target with its words, the band of the tolerance, and the line below everything.
    fn ground(&self, aim: Option<Aim>, fonts: &Fonts) -> Vec<Item> {
        let mut items = Vec::new();
        let across = |y: f32, stroke| Item::Path {
            segments: vec![Segment::Move(pt(self.area.min.x, y)), Segment::Line(pt(self.area.max.x, y))],
            fill: None,
            stroke: Some(stroke),
        };
        if let Some(aim) = aim {
            let (low, high) = match aim.operator {
                Operator::AtLeast => (aim.target - aim.tolerance, aim.target),
                Operator::AtMost => (aim.target, aim.target + aim.tolerance),
                Operator::Equal => (aim.target - aim.tolerance, aim.target + aim.tolerance),
            };
            if aim.tolerance > 0.0 {
                let rect = Rect { min: pt(self.area.min.x, self.y(high)), max: pt(self.area.max.x, self.y(low)) };
                items.push(Item::Rect { rect, radius: 0.0, fill: Some(Ink::AccentSoft), stroke: None });
            }
            let y = self.y(aim.target);
            items.push(across(y, Stroke { ink: Ink::Accent, width: 1.2, dash: Some((5.0, 3.0)) }));
            let text = target_words(aim);
            let width = fonts.width(&text, SMALL, Weight::Regular);
            let at = pt(self.area.max.x + 5.0, y + SMALL * 0.36);
            items.push(words(at, Align::Left, Weight::Regular, Ink::Accent, (&text, width)));
        }
        items.push(across(self.area.max.y + 2.0, Stroke::solid(Ink::CardEdge, 1.0)));
        items
    }

    /// The interval in which the true share lies.
    fn spread(&self, at: Point, observation: &Observation) -> Option<Item> {
        let (low, high) = observation.interval_pct().filter(|_| self.is_share)?;
        let (top, bottom) = (self.y(high), self.y(low));
        let tick = |y: f32| [Segment::Move(pt(at.x - 2.5, y)), Segment::Line(pt(at.x + 2.5, y))];
        let mut segments = vec![Segment::Move(pt(at.x, top)), Segment::Line(pt(at.x, bottom))];
        segments.extend([tick(top), tick(bottom)].concat());
        Some(Item::Path { segments, fill: None, stroke: Some(Stroke::solid(Ink::Faint, 0.9)) })
    }

    /// The last value at its point; the first and the last period below.
    fn words(&self, observations: &[Observation], points: &[Point], fonts: &Fonts) -> Vec<Item> {
        let mut items = Vec::new();
        let (Some(last), Some(at)) = (observations.last(), points.last()) else { return items };
        let text = rounded(last.value, 3);
        let width = fonts.width(&text, SMALL + 1.0, Weight::SemiBold);
        // Above the point and the interval around it; never out of the picture.
        let top = last.interval_pct().filter(|_| self.is_share).map_or(at.y, |(_, high)| self.y(high));
        let (left, right) = (self.area.min.x + width / 2.0, self.area.max.x - width / 2.0);
        let x = at.x.clamp(left.min(right), right.max(left));
        let at = pt(x, (top - 7.0).max(SMALL));
        items.push(Item::Text {
            at,
            align: Align::Center,
            size: SMALL + 1.0,
            weight: Weight::SemiBold,
            ink: Ink::Text,
            text: text.as_str().into(),
            width,
        });
        let y = self.area.max.y + FOOT - 2.0;
        let named = |observation: &Observation| observation.when.map(|when| when.to_string());
        let first = observations.first().and_then(named).filter(|_| observations.len() > 1);
        let mut room = self.area.max.x - self.area.min.x;
        if let Some(text) = named(last) {
            let width = fonts.width(&text, SMALL, Weight::Regular);
            room -= width + 10.0;
            let (at, align) = match observations.len() {
                1 => (pt(points[0].x, y), Align::Center),
                _ => (pt(self.area.max.x, y), Align::Right),
            };
            items.push(words(at, align, Weight::Regular, Ink::Faint, (&text, width)));
        }
        if let Some(text) = first {
            let width = fonts.width(&text, SMALL, Weight::Regular);
            if width <= room {
                items.push(words(pt(self.area.min.x, y), Align::Left, Weight::Regular, Ink::Faint, (&text, width)));
            }
        }
        items
    }
}

/// What stands beside the line of the target: "≥ 80".
fn target_words(aim: Aim) -> String {
    format!("{} {}", aim.operator.sign(), rounded(aim.target, 3))
}

fn words(at: Point, align: Align, weight: Weight, ink: Ink, (text, width): (&str, f32)) -> Item {
    Item::Text { at, align, size: SMALL, weight, ink, text: text.into(), width }
}

/// A point: its shape and colour say whether it passes, its inside how it is known.
fn mark(at: Point, observation: &Observation, aim: Option<Aim>, radius: f32) -> Item {
    let met = aim.map(|aim| aim.met(observation.value));
    let ink = match met {
        None => Ink::Line,
        Some(true) => Ink::Good,
        Some(false) => Ink::Bad,
    };
    let fill = if observation.is_counted() { ink } else { Ink::Paper };
    let radius = if observation.known == Some(Known::Sample) { radius * 0.9 } else { radius };
    let stroke = Some(Stroke::solid(ink, 1.5));
    if met == Some(false) {
        let half = pt(radius, radius) * 0.92;
        return Item::Rect { rect: Rect { min: at - half, max: at + half }, radius: 0.0, fill: Some(fill), stroke };
    }
    circle(at, radius, Some(fill), stroke)
}

/// The chart in words, for people who cannot see it: "45 % (2026-01, measured), 80 % (2026-02, measured); wanted ≥ 80 %".
pub fn in_words(observations: &[Observation], aim: Option<Aim>, unit: &str) -> String {
    const MOST: usize = 12;
    let unit = if unit.trim().is_empty() { String::new() } else { format!(" {}", unit.trim()) };
    let value = |o: &Observation| {
        let source = o.source();
        let value = format!("{}{unit}", rounded(o.value, 3));
        if source.is_empty() { value } else { format!("{value} ({source})") }
    };
    let shown = &observations[observations.len().saturating_sub(MOST)..];
    let mut text: String = shown.iter().map(value).collect::<Vec<_>>().join(", ");
    if shown.len() < observations.len() {
        text = format!("{} earlier values, then {text}", observations.len() - shown.len());
    }
    if let Some(aim) = aim {
        text += &format!("; wanted {}{unit}", target_words(aim));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::When;

    fn observation(when: &str, value: f64, known: Known, n: Option<f64>) -> Observation {
        Observation { when: When::parse(when).ok(), known: Some(known), sample_size: n, ..Observation::of(value) }
    }

    fn bounds(items: &[Item]) -> Rect {
        let of = |item: &Item| match item {
            Item::Rect { rect, .. } => *rect,
            Item::Path { segments, .. } => segments.iter().fold(Rect::NOTHING, |sum, s| match s {
                Segment::Move(p) | Segment::Line(p) => sum.with(*p),
                _ => sum,
            }),
            Item::Text { at, align, width, size, .. } => {
                let left = match align {
                    Align::Left => 0.0,
                    Align::Center => width / 2.0,
                    Align::Right => *width,
                };
                Rect { min: pt(at.x - left, at.y - size), max: pt(at.x - left + width, at.y) }
            }
        };
        items.iter().map(of).fold(Rect::NOTHING, |sum, rect| sum.union(&rect))
    }

    const AIM: Aim = Aim { operator: Operator::AtLeast, target: 80.0, tolerance: 2.0 };

    #[test]
    fn the_chart_shows_every_value_on_its_side_of_the_target_within_its_size() {
        let fonts = Fonts::bundled();
        let size = Size { w: 260.0, h: 110.0 };
        let values = [45.0, 50.0, 79.0, 85.0];
        let history: Vec<Observation> = values
            .iter()
            .enumerate()
            .map(|(i, v)| observation(&format!("2026-0{}", i + 1), *v, Known::Measured, Some(40.0)))
            .collect();
        let items = run_chart(&history, Some(AIM), "%", size, &fonts);
        let holds = Rect { min: pt(0.0, 0.0), max: pt(size.w, size.h) }.expand(0.5);
        let all = bounds(&items);
        assert!(holds.contains(all.min) && holds.contains(all.max), "{all:?}");
        let failed = items.iter().filter(|i| matches!(i, Item::Rect { fill: Some(Ink::Bad), .. })).count();
        let passed = items.iter().filter(|i| matches!(i, Item::Rect { fill: Some(Ink::Good), .. })).count();
        assert_eq!((failed, passed), (2, 2), "79 is within the tolerance");
        let line = items.iter().find_map(|item| match item {
            Item::Path { stroke: Some(Stroke { ink: Ink::Accent, .. }), segments, .. } => Some(segments[0]),
            _ => None,
        });
        let Some(Segment::Move(target)) = line else { panic!("no line for the target") };
        let way = items.iter().find_map(|item| match item {
            Item::Path { segments, stroke: Some(Stroke { ink: Ink::Line, .. }), .. } => Some(segments.clone()),
            _ => None,
        });
        let heights: Vec<f32> = way
            .expect("a line through the values")
            .iter()
            .map(|s| match s {
                Segment::Move(p) | Segment::Line(p) => p.y,
                _ => f32::NAN,
            })
            .collect();
        let above: Vec<bool> = heights.iter().map(|y| *y < target.y).collect();
        assert_eq!(above, [false, false, false, true]);
    }

    #[test]
    fn guesses_are_hollow_and_nothing_goes_wrong_with_odd_values() {
        let fonts = Fonts::bundled();
        let guess = [observation("2026", 90.0, Known::Guess, None)];
        let size = Size { w: 200.0, h: 80.0 };
        let items = run_chart(&guess, Some(AIM), "%", size, &fonts);
        assert!(items.iter().any(|i| matches!(i, Item::Rect { fill: Some(Ink::Paper), .. })));
        assert_eq!(run_chart(&[], Some(AIM), "%", size, &fonts), []);
        for (values, size) in [
            (vec![0.0, 0.0], Size { w: 0.0, h: 0.0 }),
            (vec![1e15, -1e15], Size { w: 20.0, h: 300.0 }),
            (vec![5.0; 500], Size { w: 260.0, h: 100.0 }),
        ] {
            let history: Vec<Observation> = values.iter().map(|v| Observation::of(*v)).collect();
            for aim in [None, Some(Aim { operator: Operator::Equal, target: 0.0, tolerance: 0.0 })] {
                let all = bounds(&run_chart(&history, aim, "h", size, &fonts));
                assert!(all.min.is_finite() && all.max.is_finite(), "{values:?} {all:?}");
            }
        }
    }

    #[test]
    fn the_words_say_what_the_chart_shows() {
        let history = [observation("2026-01", 45.0, Known::Measured, Some(40.0)), Observation::of(80.0)];
        let text = in_words(&history, Some(AIM), "%");
        assert_eq!(text, "45 % (2026-01, measured, n = 40), 80 %; wanted ≥ 80 %");
    }
}
