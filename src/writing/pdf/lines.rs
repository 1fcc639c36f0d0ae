//! Words in several tones, set in lines of a limited width.

use std::sync::Arc;

use crate::geom::pt;
use crate::scene::text::Fonts;
use crate::scene::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::writing::words::runs_from_right;
use crate::writing::{Tone, Words};

/// How a line is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Style {
    /// Size of the letters.
    pub size: f32,
    /// From one baseline to the next.
    pub lead: f32,
    /// Weight of ordinary text.
    pub weight: Weight,
    /// Colour of ordinary text.
    pub ink: Ink,
}

impl Style {
    /// From the top of a line down to its baseline.
    pub fn baseline(&self, fonts: &Fonts) -> f32 {
        let (up, down) = (fonts.ascent(Weight::Regular), fonts.descent(Weight::Regular));
        (self.lead - (up + down) * self.size) / 2.0 + up * self.size
    }

    /// Size, weight and colour of a tone.
    fn of(&self, tone: Tone) -> (f32, Weight, Ink) {
        match tone {
            Tone::Plain => (self.size, self.weight, self.ink),
            Tone::Faint => (self.size * 0.92, self.weight, tone.ink()),
            _ => (self.size, tone.weight().max(self.weight), tone.ink()),
        }
    }
}

/// A piece of a line in one tone.
#[derive(Debug, Clone, PartialEq)]
struct Piece {
    x: f32,
    width: f32,
    tone: Tone,
    look: (f32, Weight, Ink),
    text: String,
}

/// A line that fits its column.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Line {
    pieces: Vec<Piece>,
    /// From its beginning to its end.
    pub width: f32,
}

/// What is not parted unless it is longer than a line: characters without a space, in one or more tones.
type Unit = Vec<(Tone, String)>;

/// The lines of some words.
pub(super) fn set(fonts: &Fonts, words: &Words, style: Style, width: f32) -> Vec<Line> {
    let mut setting = Setting { fonts, style, limit: width.max(style.size), lines: Vec::new(), line: Line::default() };
    for line in &words.lines {
        let units = units(line.iter().map(|span| (span.tone, span.shown())));
        if units.is_empty() {
            continue;
        }
        for unit in units {
            setting.add(&unit);
        }
        setting.end_line();
    }
    setting.lines
}

/// The width of the widest line without any breaks, and that of the widest unit.
pub(super) fn extents(fonts: &Fonts, words: &Words, style: Style) -> (f32, f32) {
    let (mut longest, mut widest) = (0.0_f32, 0.0_f32);
    for line in &words.lines {
        let mut x = 0.0;
        for unit in units(line.iter().map(|span| (span.tone, span.shown()))) {
            let width = unit_width(fonts, &unit, style);
            widest = widest.max(width);
            x += width + if x > 0.0 { space(fonts, style) } else { 0.0 };
        }
        longest = longest.max(x);
    }
    (longest, widest)
}

fn is_gap(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{2007}' | '\u{202f}')
}

fn units(spans: impl Iterator<Item = (Tone, String)>) -> Vec<Unit> {
    let (mut units, mut unit): (Vec<Unit>, Unit) = (Vec::new(), Vec::new());
    for (tone, text) in spans {
        let mut rest = text.as_str();
        while !rest.is_empty() {
            let end = rest.find(is_gap).unwrap_or(rest.len());
            if end > 0 {
                unit.push((tone, rest[..end].to_owned()));
            }
            let after = rest[end..].trim_start_matches(is_gap);
            if after.len() < rest.len() - end && !unit.is_empty() {
                units.push(std::mem::take(&mut unit));
            }
            rest = after;
        }
    }
    units.extend(Some(unit).filter(|unit| !unit.is_empty()));
    units
}

fn piece_width(fonts: &Fonts, style: Style, tone: Tone, text: &str) -> f32 {
    let (size, weight, _) = style.of(tone);
    fonts.width(text, size, weight)
}

fn unit_width(fonts: &Fonts, unit: &Unit, style: Style) -> f32 {
    unit.iter().map(|(tone, text)| piece_width(fonts, style, *tone, text)).sum()
}

fn space(fonts: &Fonts, style: Style) -> f32 {
    fonts.width(" ", style.size, style.weight)
}

struct Setting<'a> {
    fonts: &'a Fonts,
    style: Style,
    limit: f32,
    lines: Vec<Line>,
    line: Line,
}

impl Setting<'_> {
    fn add(&mut self, unit: &Unit) {
        let width = unit_width(self.fonts, unit, self.style);
        let gap = if self.line.pieces.is_empty() { 0.0 } else { space(self.fonts, self.style) };
        if self.line.width + gap + width <= self.limit + 0.01 {
            return self.append(unit, gap);
        }
        self.end_line();
        if width <= self.limit + 0.01 {
            return self.append(unit, 0.0);
        }
        // A word longer than a line is parted where it must be.
        for (tone, text) in unit {
            let (size, weight, _) = self.style.of(*tone);
            for part in self.fonts.wrap(text, size, weight, self.limit, usize::MAX) {
                if self.line.width + part.width > self.limit + 0.01 {
                    self.end_line();
                }
                self.append(&vec![(*tone, part.text.to_string())], 0.0);
            }
        }
    }

    fn append(&mut self, unit: &Unit, gap: f32) {
        for (at, (tone, text)) in unit.iter().enumerate() {
            let gap = if at == 0 { gap } else { 0.0 };
            let width = piece_width(self.fonts, self.style, *tone, text);
            match self.line.pieces.last_mut() {
                // One piece of text reads and copies better than many; but the first letter decides which way it runs.
                Some(last) if last.tone == *tone && runs_from_right(&last.text) == runs_from_right(text) => {
                    last.text += if gap > 0.0 { " " } else { "" };
                    last.text += text;
                    last.width += gap + width;
                }
                _ => {
                    let (x, look) = (self.line.width + gap, self.style.of(*tone));
                    self.line.pieces.push(Piece { x, width, tone: *tone, look, text: text.clone() });
                }
            }
            self.line.width += gap + width;
        }
    }

    fn end_line(&mut self) {
        if !self.line.pieces.is_empty() {
            self.lines.push(std::mem::take(&mut self.line));
        }
    }
}

impl Line {
    /// A line of ordinary text, however long.
    pub fn of(fonts: &Fonts, text: &str, style: Style) -> Self {
        let line = fonts.line(text, style.size, style.weight);
        let (look, width) = (style.of(Tone::Plain), line.width);
        let piece = Piece { x: 0.0, width, tone: Tone::Plain, look, text: line.text.to_string() };
        Self { pieces: vec![piece], width }
    }

    /// The shapes of the line with its baseline at `y`, moved to the right by `by`.
    pub fn items(&self, left: f32, y: f32, by: f32) -> Vec<Item> {
        let mut items = Vec::with_capacity(self.pieces.len());
        for Piece { x, width, tone, look: (size, weight, ink), text } in &self.pieces {
            let at = pt(left + by + x, y);
            let text: Arc<str> = Arc::from(text.as_str());
            items.push(Item::Text {
                at,
                align: Align::Left,
                size: *size,
                weight: *weight,
                ink: *ink,
                text,
                width: *width,
            });
            if *tone == Tone::Guess {
                let segments = vec![Segment::Move(pt(at.x, y + 2.2)), Segment::Line(pt(at.x + width, y + 2.2))];
                let stroke = Some(Stroke { ink: *ink, width: 0.7, dash: Some((1.2, 1.6)) });
                items.push(Item::Path { segments, fill: None, stroke });
            }
        }
        items
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style { size: 10.0, lead: 14.0, weight: Weight::Regular, ink: Ink::Text };

    fn texts(words: &Words, width: f32) -> Vec<String> {
        let lines = set(&Fonts::bundled(), words, STYLE, width);
        assert!(lines.iter().all(|line| line.width <= width.max(STYLE.size) + 0.5), "{lines:?}");
        lines.iter().map(|line| line.pieces.iter().map(|p| p.text.as_str()).collect::<Vec<_>>().join("|")).collect()
    }

    #[test]
    fn lines_end_at_spaces_only_and_long_words_are_parted() {
        let words = Words::plain("needs ").then(Tone::Strong, "Loan file").and(", complete");
        assert_eq!(texts(&words, 500.0), ["needs|Loan file|, complete"]);
        assert_eq!(texts(&words, 60.0), ["needs|Loan", "file|,", "complete"]);
        let long = Words::plain("x".repeat(50)).line(Tone::Faint, "≥ 80\u{a0}%");
        let lines = texts(&long, 100.0);
        assert!(lines.len() > 2 && lines.concat().starts_with(&"x".repeat(50)), "{lines:?}");
        assert_eq!(texts(&Words::plain("≥ 80\u{a0}%"), 30.0), ["≥", "80\u{a0}%"], "values stay with their unit");
        assert!(texts(&Words::plain(" \n "), 100.0).is_empty());
        assert!(!texts(&Words::plain("wide"), f32::NAN).is_empty());
    }
}
