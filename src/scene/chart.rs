//! What charts are drawn with: words that are measured, lines and blocks, collected into groups.

use super::text::Fonts;
use super::{Align, Group, Ink, Item, Segment, Stroke, Weight};
use crate::geom::{Point, Rect, pt};
use crate::model::Subject;

/// How words look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Size in map units.
    pub size: f32,
    /// Face.
    pub weight: Weight,
    /// Colour.
    pub ink: Ink,
}

impl Style {
    /// Regular words.
    pub const fn plain(size: f32, ink: Ink) -> Self {
        Self { size, weight: Weight::Regular, ink }
    }

    /// Heavier words.
    pub const fn strong(size: f32, ink: Ink) -> Self {
        Self { size, weight: Weight::SemiBold, ink }
    }
}

/// Collects the shapes of one group.
#[derive(Debug)]
pub(super) struct Pen<'a> {
    /// What words are measured with.
    pub fonts: &'a Fonts,
    items: Vec<Item>,
    bounds: Rect,
}

impl<'a> Pen<'a> {
    /// A pen with nothing drawn.
    pub fn new(fonts: &'a Fonts) -> Self {
        Self { fonts, items: Vec::new(), bounds: Rect::NOTHING }
    }

    /// Width of a line of words.
    pub fn width(&self, text: &str, style: Style) -> f32 {
        self.fonts.width(text, style.size, style.weight)
    }

    /// One line of words, whole; gives its width.
    pub fn write(&mut self, text: &str, at: Point, align: Align, style: Style) -> f32 {
        let line = self.fonts.line(text, style.size, style.weight);
        self.put(line, at, align, style)
    }

    /// One line of words that ends with `…` where it is too long; gives its width.
    pub fn fit(&mut self, text: &str, at: Point, (align, room): (Align, f32), style: Style) -> f32 {
        let line = self.fonts.fit(text, style.size, style.weight, room);
        self.put(line, at, align, style)
    }

    /// Lines of words of at most `room`, the first with its baseline at `at`; gives how far below it the last one is.
    pub fn wrap(&mut self, text: &str, at: Point, (align, room, most): (Align, f32, usize), style: Style) -> f32 {
        let lines = self.fonts.wrapped(text, style.size, style.weight, room, most);
        for (i, line) in lines.iter().enumerate() {
            self.put(line.clone(), at + pt(0.0, i as f32 * leading(style)), align, style);
        }
        lines.len().saturating_sub(1) as f32 * leading(style)
    }

    fn put(&mut self, line: super::text::Line, at: Point, align: Align, style: Style) -> f32 {
        let Style { size, weight, ink } = style;
        let left = match align {
            Align::Left => at.x,
            Align::Center => at.x - line.width / 2.0,
            Align::Right => at.x - line.width,
        };
        self.cover(Rect { min: pt(left, at.y - size * 0.8), max: pt(left + line.width, at.y + size * 0.25) });
        let width = line.width;
        self.items.push(Item::Text { at, align, size, weight, ink, text: line.text, width });
        width
    }

    /// A block.
    pub fn block(&mut self, rect: Rect, radius: f32, fill: Option<Ink>, stroke: Option<Stroke>) {
        self.cover(rect.expand(stroke.map_or(0.0, |stroke| stroke.width / 2.0)));
        self.items.push(Item::Rect { rect, radius, fill, stroke });
    }

    /// A block with a dashed edge.
    pub fn dashed_block(&mut self, rect: Rect, stroke: Stroke) {
        let (a, b) = (rect.min, rect.max);
        self.line(&[a, pt(b.x, a.y), b, pt(a.x, b.y), a], stroke);
    }

    /// A line through points.
    pub fn line(&mut self, points: &[Point], stroke: Stroke) {
        let segments =
            points.iter().enumerate().map(|(i, p)| if i == 0 { Segment::Move(*p) } else { Segment::Line(*p) });
        let bounds = points.iter().fold(Rect::NOTHING, |sum, p| sum.with(*p));
        if !bounds.is_nothing() {
            self.cover(bounds.expand(stroke.width / 2.0));
            self.items.push(Item::Path { segments: segments.collect(), fill: None, stroke: Some(stroke) });
        }
    }

    /// Slanting lines that fill a block.
    pub fn hatch(&mut self, rect: Rect, gap: f32, stroke: Stroke) {
        let (w, h) = (rect.width(), rect.height());
        let mut segments = Vec::new();
        // By where a line that rises to the right would meet the bottom edge.
        let count = ((w + h) / gap.max(1.0)).min(2_000.0) as usize;
        for i in 1..=count {
            let x = i as f32 * gap - h;
            let (from, to) = (x.max(0.0), (x + h).min(w));
            if to > from {
                let at = |along: f32| pt(rect.min.x + along, rect.max.y - (along - x));
                segments.extend([Segment::Move(at(from)), Segment::Line(at(to))]);
            }
        }
        if !segments.is_empty() {
            self.cover(rect);
            self.items.push(Item::Path { segments, fill: None, stroke: Some(stroke) });
        }
    }

    /// A filled shape with straight edges.
    pub fn shape(&mut self, corners: &[Point], fill: Ink) {
        let step = |(i, p): (usize, &Point)| if i == 0 { Segment::Move(*p) } else { Segment::Line(*p) };
        let segments = corners.iter().enumerate().map(step).chain([Segment::Close]).collect();
        self.cover(corners.iter().fold(Rect::NOTHING, |sum, p| sum.with(*p)));
        self.items.push(Item::Path { segments, fill: Some(fill), stroke: None });
    }

    /// Any other shape, within what is covered already.
    pub fn push(&mut self, item: Item) {
        self.items.push(item);
    }

    /// Counts an area to the group, so that it is found there.
    pub fn cover(&mut self, rect: Rect) {
        self.bounds = self.bounds.union(&rect);
    }

    /// What was drawn, as a group without a subject; `title` tells people who cannot see it what it says.
    pub fn furniture(self, title: impl Into<std::sync::Arc<str>>) -> Group {
        let bounds = (!self.bounds.is_nothing()).then_some(self.bounds);
        Group { title: title.into(), bounds, items: self.items, ..Group::default() }
    }

    /// What was drawn, as the group of a subject.
    pub fn group(self, subject: Subject, title: String, about: String) -> Group {
        Group { subject: Some(subject), about: about.into(), ..self.furniture(title) }
    }
}

/// From one line of words to the next.
pub(super) fn leading(style: Style) -> f32 {
    style.size * 1.34
}

/// A picture of words alone, for what there is nothing to draw of.
pub fn message(head: &str, text: &str, fonts: &Fonts) -> Group {
    let mut pen = Pen::new(fonts);
    let head_style = Style::strong(18.0, Ink::Text);
    let below = pen.wrap(head, pt(0.0, 18.0), (Align::Left, 620.0, 3), head_style);
    pen.wrap(text, pt(0.0, 46.0 + below), (Align::Left, 620.0, 8), Style::plain(14.0, Ink::Faint));
    pen.furniture(format!("{head}. {text}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hatching_stays_in_its_block_and_fills_it() {
        let fonts = Fonts::bundled();
        for (w, h) in [(100.0, 14.0), (14.0, 100.0), (3.0, 14.0), (0.0, 14.0)] {
            let mut pen = Pen::new(&fonts);
            let rect = Rect { min: pt(5.0, 7.0), max: pt(5.0 + w, 7.0 + h) };
            pen.hatch(rect, 6.0, Stroke::solid(Ink::Line, 1.0));
            let group = pen.furniture("");
            let ends: Vec<Point> = group.items.iter().flat_map(ends).collect();
            assert!(ends.iter().all(|p| rect.expand(0.01).contains(*p)), "{w} {h}: {ends:?}");
            assert_eq!(ends.len() / 2 >= ((w + h) / 6.0) as usize - 1, w > 0.0, "{w} {h}: {ends:?}");
        }
    }

    fn ends(item: &Item) -> Vec<Point> {
        let Item::Path { segments, .. } = item else { return Vec::new() };
        segments
            .iter()
            .filter_map(|s| if let Segment::Move(p) | Segment::Line(p) = s { Some(*p) } else { None })
            .collect()
    }
}
