//! A run chart: values over time against the target.

use crate::geom::{Point, Size, pt};
use crate::model::{Aim, Observation};
use crate::scene::shapes::circle;
use crate::scene::text::Fonts;
use crate::scene::{Align, Ink, Item, Segment, Stroke, Weight};

/// Most values that are drawn; the latest ones.
const MOST: usize = 60;
const LABEL: f32 = 8.0;

/// The shapes, with the upper left corner at the origin.
pub(super) fn run_chart(observations: &[Observation], aim: Option<Aim>, size: Size, fonts: &Fonts) -> Vec<Item> {
    let shown = &observations[observations.len().saturating_sub(MOST)..];
    let values = shown.iter().map(|o| o.value).chain(aim.map(|aim| aim.target)).filter(|v| v.is_finite());
    let (low, high) = values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), v| (low.min(v), high.max(v)));
    if shown.is_empty() || low > high {
        return Vec::new();
    }
    let margin = ((high - low) * 0.12).max(high.abs() * 1e-3).max(1e-9);
    let (low, high) = (low - margin, high + margin);
    let (left, right, top, bottom) = (4.0, size.w - 56.0, 12.0, size.h - 14.0);
    let y = |v: f64| bottom - ((v - low) / (high - low)) as f32 * (bottom - top);
    let x = |at: usize| left + (right - left) * (at as f32 + 0.5) / shown.len() as f32;
    let places: Vec<Point> = shown.iter().enumerate().map(|(at, o)| pt(x(at), y(o.value))).collect();
    let line = |points: &[Point], ink, width, dash| {
        let step = |(at, p): (usize, &Point)| if at == 0 { Segment::Move(*p) } else { Segment::Line(*p) };
        let segments = points.iter().enumerate().map(step).collect();
        Item::Path { segments, fill: None, stroke: Some(Stroke { ink, width, dash }) }
    };
    let word = |text: &str, at: Point, align, weight, ink| {
        let words = fonts.line(text, LABEL, weight);
        Item::Text { at, align, size: LABEL, weight, ink, text: words.text, width: words.width }
    };
    let mut items = vec![line(&[pt(left, bottom), pt(right, bottom)], Ink::CardEdge, 0.8, None)];
    if let Some(aim) = aim {
        let at = y(aim.target);
        items.push(line(&[pt(left, at), pt(right, at)], Ink::Good, 1.0, Some((4.0, 3.0))));
        let text = format!("{} {}", aim.operator.sign(), crate::model::quantity::number(aim.target));
        items.push(word(&text, pt(right + 5.0, at + 3.0), Align::Left, Weight::Regular, Ink::Good));
    }
    items.push(line(&places, Ink::Line, 1.2, None));
    for (observation, place) in shown.iter().zip(&places) {
        let ink = match aim.map(|aim| aim.met(observation.value)) {
            None => Ink::Line,
            Some(true) => Ink::Good,
            Some(false) => Ink::Bad,
        };
        let (fill, stroke) =
            if observation.is_counted() { (ink, None) } else { (Ink::Card, Some(Stroke::solid(ink, 1.2))) };
        items.push(circle(*place, 2.8, Some(fill), stroke));
    }
    for (at, align) in [(0, Align::Left), (shown.len() - 1, Align::Right)] {
        let when = shown[at].when.map(|when| when.to_string()).unwrap_or_default();
        let edge = if at == 0 { left } else { right };
        items.push(word(&when, pt(edge, size.h - 3.0), align, Weight::Regular, Ink::Faint));
    }
    items
}
