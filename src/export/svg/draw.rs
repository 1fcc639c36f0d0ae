//! A scene as SVG elements: a `g` for each group, a shape or a text for each item.

use std::collections::BTreeSet;

use super::faces::Faces;
use super::markup::{Steps, attribute, color, number, quoted, text};
use crate::export::{ExportError, Picture};
use crate::geom::{Point, Rect, pt};
use crate::model::Subject;
use crate::scene::text::{Fonts, OutlinePen};
use crate::scene::theme::Rgba;
use crate::scene::{Align, Group, Ink, Item, Scene, Segment, Stroke, Weight};

/// Groups between two looks at whether the export was cancelled.
const LOOK: usize = 256;

/// Writes scenes.
#[derive(Debug)]
pub(in crate::export) struct Pen<'a> {
    /// What was written so far.
    pub out: String,
    picture: &'a Picture<'a>,
    faces: &'a Faces,
    /// Begins every id, so that several scenes fit into one file.
    prefix: String,
    /// For pages in which things are pressed and looked for: groups can be reached by keyboard and name their subject.
    live: bool,
    seen: BTreeSet<Subject>,
}

/// The name of a subject in ids; parties and handoffs may have the same id.
pub(in crate::export) fn name_of(subject: Subject) -> String {
    match subject {
        Subject::Party(id) => format!("p-{id}"),
        Subject::Handoff(id) => format!("h-{id}"),
    }
}

impl<'a> Pen<'a> {
    /// Ready to write static scenes of a picture.
    pub fn new(picture: &'a Picture<'a>, faces: &'a Faces) -> Self {
        let items: usize = picture.pages.iter().flat_map(|page| &page.scene.groups).map(|g| g.items.len()).sum();
        let out = String::with_capacity(80_000 + 140 * items);
        Self { out, picture, faces, prefix: String::new(), live: false, seen: BTreeSet::new() }
    }

    /// Begins another scene of a live page, with ids of its own.
    pub fn begin_live(&mut self, prefix: String) {
        (self.prefix, self.live) = (prefix, true);
        self.seen.clear();
    }

    /// Writes the paper and all groups of a scene.
    pub fn scene(&mut self, scene: &Scene) -> Result<(), ExportError> {
        if let Some(bounds) = scene.bounds {
            self.rect(&bounds, 0.0, Some(self.picture.theme.rgba(Ink::Paper)), None);
        }
        for groups in scene.groups.chunks(LOOK) {
            self.picture.go_on()?;
            for group in groups {
                self.group(group);
            }
        }
        Ok(())
    }

    fn group(&mut self, group: &Group) {
        self.out.push_str("<g");
        let is_first = group.subject.is_none_or(|subject| self.seen.insert(subject));
        if let Some(subject) = group.subject {
            let name = name_of(subject);
            // No id has a full stop, so the words of a handoff are called like nothing else.
            let id = format!("{}{name}{}", self.prefix, if is_first { "" } else { ".words" });
            quoted(&mut self.out, "id", &id);
            if self.live {
                quoted(&mut self.out, "data-subject", &name);
            }
            self.out.push_str(match (is_first, self.live) {
                (true, true) => " role=\"img\" tabindex=\"0\"",
                (true, false) => " role=\"img\"",
                (false, _) => " aria-hidden=\"true\"", // told before
            });
        }
        if let Some(layer) = group.layer {
            let layer = if layer == Group::APART { "apart".to_owned() } else { layer.to_string() };
            self.out.push_str(&format!(" data-layer=\"{layer}\""));
        }
        self.out.push('>');
        if group.subject.is_some() {
            self.element("title", &group.title);
            if is_first {
                self.element("desc", &group.about);
            }
        }
        for item in &group.items {
            self.item(item);
        }
        self.out.push_str("</g>\n");
    }

    /// An element with nothing but a text, unless that is empty.
    pub fn element(&mut self, name: &str, words: &str) {
        if !words.is_empty() {
            for (before, words) in [("<", name), (">", words), ("</", name)] {
                self.out.push_str(before);
                text(&mut self.out, words);
            }
            self.out.push('>');
        }
    }

    fn item(&mut self, item: &Item) {
        let theme = self.picture.theme;
        let ink = |ink: Option<Ink>| ink.map(|ink| theme.rgba(ink));
        match item {
            Item::Rect { rect, radius, fill, stroke } => self.rect(rect, *radius, ink(*fill), *stroke),
            Item::Path { segments, fill, stroke } => self.path(segments, ink(*fill), *stroke),
            Item::Text { at, align, size, weight, ink, text, width } => {
                let line = Line { at: *at, align: *align, size: *size, weight: *weight, width: *width };
                self.text(&line, &Fonts::shown(text), theme.rgba(*ink));
            }
        }
    }

    fn rect(&mut self, rect: &Rect, radius: f32, fill: Option<Rgba>, stroke: Option<Stroke>) {
        if rect.is_nothing() || !rect.min.is_finite() || !rect.max.is_finite() {
            return;
        }
        let out = &mut self.out;
        out.push_str("<rect");
        attribute(out, "x", rect.min.x);
        attribute(out, "y", rect.min.y);
        attribute(out, "width", rect.width());
        attribute(out, "height", rect.height());
        let radius = radius.min(rect.width().min(rect.height()) / 2.0);
        if radius > 0.0 {
            attribute(out, "rx", radius);
        }
        self.paint(fill, stroke);
        self.out.push_str("/>");
    }

    fn path(&mut self, segments: &[Segment], fill: Option<Rgba>, stroke: Option<Stroke>) {
        let is_sound = segments.iter().all(|segment| match segment {
            Segment::Move(p) | Segment::Line(p) => p.is_finite(),
            Segment::Cubic(a, b, p) => a.is_finite() && b.is_finite() && p.is_finite(),
            Segment::Close => true,
        });
        if segments.is_empty() || !is_sound {
            return;
        }
        let out = &mut self.out;
        out.push_str("<path d=\"");
        let mut steps = Steps::default();
        for segment in segments {
            match segment {
                Segment::Move(p) => steps.move_to(out, *p),
                Segment::Line(p) => steps.line_to(out, *p),
                Segment::Cubic(a, b, p) => steps.curve_to(out, 'c', &[*a, *b, *p]),
                Segment::Close => steps.close(out),
            }
        }
        out.push('"');
        self.paint(fill, stroke);
        self.out.push_str("/>");
    }

    fn paint(&mut self, fill: Option<Rgba>, stroke: Option<Stroke>) {
        match fill {
            Some(fill) => color(&mut self.out, "fill", fill),
            None => self.out.push_str(" fill=\"none\""),
        }
        let Some(stroke) = stroke.filter(|stroke| stroke.width > 0.0 && stroke.width.is_finite()) else { return };
        color(&mut self.out, "stroke", self.picture.theme.rgba(stroke.ink));
        attribute(&mut self.out, "stroke-width", stroke.width);
        if let Some((on, off)) = stroke.dash.filter(|(on, off)| *on >= 0.0 && *off > 0.0) {
            self.out.push_str(" stroke-dasharray=\"");
            number(&mut self.out, on);
            self.out.push(' ');
            number(&mut self.out, off);
            self.out.push('"');
        }
    }

    fn text(&mut self, line: &Line, words: &str, ink: Rgba) {
        let is_sound = line.at.is_finite() && line.width.is_finite() && line.size.is_finite();
        if !is_sound || line.size <= 0.0 || words.trim().is_empty() {
            return;
        }
        let is_drawn = self.faces.draws(words) && self.outlines(line, words, ink);
        let out = &mut self.out;
        out.push_str("<text");
        attribute(out, "x", line.at.x);
        attribute(out, "y", line.at.y);
        attribute(out, "font-size", line.size);
        if line.weight == Weight::SemiBold {
            out.push_str(" font-weight=\"600\"");
        }
        match line.align {
            Align::Left => {}
            Align::Center => out.push_str(" text-anchor=\"middle\""),
            Align::Right => out.push_str(" text-anchor=\"end\""),
        }
        if line.width > 0.0 {
            attribute(out, "textLength", line.width);
        }
        if words.starts_with(' ') || words.ends_with(' ') || words.contains("  ") {
            out.push_str(" xml:space=\"preserve\"");
        }
        color(out, "fill", if is_drawn { [ink[0], ink[1], ink[2], 0] } else { ink });
        out.push('>');
        text(out, words);
        out.push_str("</text>");
    }

    /// Draws a line of text as outlines; the text itself is then written without ink, to be found and copied.
    fn outlines(&mut self, line: &Line, words: &str, ink: Rgba) -> bool {
        let left = match line.align {
            Align::Left => line.at.x,
            Align::Center => line.at.x - line.width / 2.0,
            Align::Right => line.at.x - line.width,
        };
        let mut pen = Outline { out: String::new(), steps: Steps::default(), origin: line.at };
        for glyph in self.picture.fonts.shape(words, line.weight) {
            pen.origin = pt(left, line.at.y) + pt(glyph.x, -glyph.y) * line.size;
            self.picture.fonts.outline((glyph.face, glyph.id), line.size, false, &mut pen);
        }
        if pen.out.is_empty() {
            return false;
        }
        self.out.push_str("<path d=\"");
        self.out.push_str(&pen.out);
        self.out.push('"');
        color(&mut self.out, "fill", ink);
        self.out.push_str("/>");
        true
    }
}

/// Where and how large a text is.
struct Line {
    at: Point,
    align: Align,
    size: f32,
    weight: Weight,
    width: f32,
}

/// Writes glyph outlines as path data, their origin at a place.
struct Outline {
    out: String,
    steps: Steps,
    origin: Point,
}

/// A point of a glyph, y upwards, when its origin is at a place.
fn up(origin: Point, x: f32, y: f32) -> Point {
    pt(origin.x + x, origin.y - y)
}

impl OutlinePen for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.steps.move_to(&mut self.out, up(self.origin, x, y));
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.steps.line_to(&mut self.out, up(self.origin, x, y));
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.steps.curve_to(&mut self.out, 'q', &[up(self.origin, cx, cy), up(self.origin, x, y)]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.steps.curve_to(
            &mut self.out,
            'c',
            &[up(self.origin, ax, ay), up(self.origin, bx, by), up(self.origin, x, y)],
        );
    }
    fn close(&mut self) {
        self.steps.close(&mut self.out);
    }
}
