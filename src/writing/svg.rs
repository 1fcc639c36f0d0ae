//! A chart as an SVG element inside of a page.

use std::fmt::Write as _;

use super::Chart;
use super::html::escaped;
use super::words::shown;
use crate::geom::Point;
use crate::scene::theme::Rgba;
use crate::scene::{Align, Ink, Item, Segment, Stroke, Theme, Weight};

/// The element; nothing for a chart without a size. What it shows is said beside it, so it is not read out.
pub(super) fn svg(chart: &Chart) -> String {
    let (w, h) = (chart.size.w, chart.size.h);
    if !(w.is_finite() && h.is_finite() && w > 0.0 && h > 0.0) {
        return String::new();
    }
    let (w, h) = (short(w), short(h));
    let mut out =
        format!("<svg class=\"chart\" aria-hidden=\"true\" width=\"{w}\" height=\"{h}\" viewBox=\"0 0 {w} {h}\">");
    for item in &chart.items {
        out += &shape(item).unwrap_or_default();
    }
    out + "</svg>"
}

/// A shape; `None` when there is nothing to see of it or a number is none.
fn shape(item: &Item) -> Option<String> {
    match item {
        Item::Rect { rect, radius, fill, stroke } => {
            let is_sound = rect.min.is_finite() && rect.max.is_finite() && !rect.is_nothing();
            let (x, y, w, h) = (short(rect.min.x), short(rect.min.y), short(rect.width()), short(rect.height()));
            let radius = short(radius.min(rect.width().min(rect.height()) / 2.0).max(0.0));
            let paint = paint(*fill, *stroke);
            is_sound.then(|| format!("<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" rx=\"{radius}\"{paint}/>"))
        }
        Item::Path { segments, fill, stroke } => {
            let steps: Option<String> = segments.iter().map(step).collect();
            Some(format!("<path d=\"{}\"{}/>", steps?, paint(*fill, *stroke)))
        }
        Item::Text { at, align, size, weight, ink, text, .. } => {
            let (x, y) = place(*at)?;
            let anchor = match align {
                Align::Left => "start",
                Align::Center => "middle",
                Align::Right => "end",
            };
            let heavy = if *weight == Weight::SemiBold { " font-weight=\"600\"" } else { "" };
            let (size, fill, words) = (short(*size), color("fill", *ink), escaped(&shown(text)));
            Some(format!(
                "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" text-anchor=\"{anchor}\"{heavy}{fill}>{words}</text>"
            ))
        }
    }
}

fn step(segment: &Segment) -> Option<String> {
    let at = |p: Point| place(p).map(|(x, y)| format!("{x} {y} "));
    Some(match *segment {
        Segment::Move(p) => format!("M{}", at(p)?),
        Segment::Line(p) => format!("L{}", at(p)?),
        Segment::Cubic(a, b, p) => format!("C{}{}{}", at(a)?, at(b)?, at(p)?),
        Segment::Close => "Z".into(),
    })
}

fn place(p: Point) -> Option<(f32, f32)> {
    p.is_finite().then(|| (short(p.x), short(p.y)))
}

/// With two decimals at most; 0 for what is no number.
fn short(value: f32) -> f32 {
    let value = (value.clamp(-1e6, 1e6) * 100.0).round() / 100.0;
    if value.is_finite() { value } else { 0.0 }
}

fn paint(fill: Option<Ink>, stroke: Option<Stroke>) -> String {
    let mut out = fill.map_or_else(|| " fill=\"none\"".into(), |ink| color("fill", ink));
    if let Some(Stroke { ink, width, dash }) = stroke.filter(|stroke| stroke.width > 0.0) {
        let _infallible = write!(out, "{} stroke-width=\"{}\"", color("stroke", ink), short(width));
        if let Some((on, off)) = dash {
            let _infallible = write!(out, " stroke-dasharray=\"{} {}\"", short(on), short(off));
        }
    }
    out
}

fn color(name: &str, ink: Ink) -> String {
    format!(" {name}=\"{}\"", hex(Theme::Light.rgba(ink)))
}

/// A colour as style sheets write it; the opacity only where it is not whole.
pub(super) fn hex([r, g, b, a]: Rgba) -> String {
    if a == 255 { format!("#{r:02x}{g:02x}{b:02x}") } else { format!("#{r:02x}{g:02x}{b:02x}{a:02x}") }
}
