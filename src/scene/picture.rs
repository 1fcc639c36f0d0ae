//! A whole picture of the map for a slide or a wall: the cards and arrows, with title, date and legend around them.

use std::collections::BTreeSet;

use super::drawing::{Drawing, Entry};
use super::handoff::{OPEN_RADIUS, State, state};
use super::map::hues;
use super::marks::Mark;
use super::shapes::{Corner, arrow_head, circle, outline};
use super::text::Fonts;
use super::{Align, Group, Ink, Item, Scene, Segment, Stroke, Weight};
use crate::geom::{Point, Rect, pt};
use crate::model::{Document, HandoffKind, Known, PartyKind, Subject, quantity};

/// What goes into a picture.
#[derive(Debug, Clone, PartialEq)]
pub struct PictureOptions {
    /// Show the map's title, when it has one.
    pub title: bool,
    /// Show what shapes, lines and colours mean.
    pub legend: bool,
    /// The date to show, ready to read.
    pub date: Option<String>,
    /// Air around everything, in map units.
    pub margin: f32,
    /// Only these parties and handoffs; everything when `None`.
    pub only: Option<BTreeSet<Subject>>,
    /// The title to show instead of the map's.
    pub heading: Option<String>,
    /// A line below the title.
    pub note: Option<String>,
    /// The part of the view that the picture is about; `None` is all that is drawn.
    pub area: Option<Rect>,
}

impl Default for PictureOptions {
    fn default() -> Self {
        Self { title: true, legend: true, date: None, margin: 32.0, only: None, heading: None, note: None, area: None }
    }
}

/// Makes the picture; its bounds are `None` when there is nothing to show.
pub fn picture(document: &Document, drawing: &Drawing, fonts: &Fonts, options: &PictureOptions) -> Scene {
    let mut groups = drawing.groups(document, options.only.as_ref());
    let drawn = groups.iter().filter_map(|g| g.bounds).fold(Rect::NOTHING, |sum, r| sum.union(&r));
    let content = options.area.unwrap_or(drawn);
    if content.is_nothing() {
        return Scene::default();
    }
    // Words around it, and the picture itself, begin on whole units: there every painter takes the same pixels.
    let content = content.rounded_out();
    // On a large map the words around it grow with it, or nobody could read them on the slide; not beyond a narrow one.
    let (w, h) = (content.width(), content.height());
    let scale = (w / 2000.0).max((h / 1400.0).min(w / 1000.0)).max(1.0);
    let mut frame = Frame { fonts, scale, items: Vec::new(), bounds: content };
    // What is narrow stands in the middle of the words around it.
    let aside = (LEAST_WIDTH * scale - w).max(0.0) / 2.0;
    let room = Rect { min: content.min - pt(aside, 0.0), max: content.max + pt(aside, 0.0) };
    frame.head(document, options, &room);
    if options.legend {
        frame.legend(&entries(document, drawing, options.only.as_ref()), &room);
    }
    let bounds = frame.bounds.expand(options.margin * scale.sqrt()).rounded_out();
    if !frame.items.is_empty() {
        groups.push(Group { bounds: Some(frame.bounds), items: frame.items, ..Group::default() });
    }
    Scene { groups, bounds: Some(bounds) }
}

/// Draws the words around the map.
struct Frame<'a> {
    fonts: &'a Fonts,
    scale: f32,
    items: Vec<Item>,
    bounds: Rect,
}

const SWATCH: f32 = 30.0;
/// Room for the words around a picture, at scale 1.
const LEAST_WIDTH: f32 = 620.0;
const LEGEND_SIZE: f32 = 12.0;
/// The power of the picture's scale by which the legend grows.
const LEGEND_GROWTH: f32 = 0.85;

impl Frame<'_> {
    /// Title and notes above a rectangle.
    fn head(&mut self, document: &Document, options: &PictureOptions, content: &Rect) {
        let s = self.scale;
        let mut y = content.min.y - 26.0 * s;
        let shows_times = document.parties().any(|(_, p)| p.process_time_h.is_some())
            || document.handoffs().any(|(_, h)| h.wait_h.is_some());
        let mut notes: Vec<String> = options.note.iter().chain(&options.date).cloned().collect();
        if shows_times && (options.title || options.date.is_some()) {
            notes.push(format!("1 day = {} working hours", quantity::number(document.info().hours_per_day)));
        }
        if !notes.is_empty() {
            self.write(&notes.join(" · "), pt(content.min.x, y), 12.0 * s, Weight::Regular, Ink::Faint);
            y -= 22.0 * s;
        }
        let title = options.heading.as_deref().unwrap_or(&document.info().title).trim();
        if options.title && !title.is_empty() {
            for line in self.fonts.wrap(title, 24.0 * s, Weight::SemiBold, content.width(), 3).iter().rev() {
                self.write(&line.text, pt(content.min.x, y), 24.0 * s, Weight::SemiBold, Ink::Text);
                y -= 30.0 * s;
            }
        }
    }

    fn write(&mut self, text: &str, at: Point, size: f32, weight: Weight, ink: Ink) {
        let (at, width) = (pt(at.x, at.y.round()), self.fonts.width(text, size, weight));
        self.bounds = self.bounds.union(&Rect { min: at - pt(0.0, size), max: at + pt(width, size * 0.3) });
        self.items.push(Item::Text { at, align: Align::Left, size, weight, ink, text: text.into(), width });
    }

    /// The legend below a rectangle.
    fn legend(&mut self, entries: &[Entry], content: &Rect) {
        // It may stay behind the title: who wants to know comes nearer.
        let s = self.scale.powf(LEGEND_GROWTH);
        let (left, right) = (content.min.x, content.max.x);
        let mut at = pt(left, content.max.y + 40.0 * s);
        for entry in entries {
            let half = entry.swatch.iter().map(reach).fold(0.0, f32::max).min(SWATCH / 2.0);
            let swatch = if half > 0.0 { (2.0 * half + 8.0) * s } else { 0.0 };
            let width = swatch + self.fonts.width(&entry.text, LEGEND_SIZE * s, Weight::Regular);
            if at.x > left && at.x + width > right {
                at = pt(left, at.y + 24.0 * s);
            }
            let middle = at + pt(half * s, 0.0);
            self.items.extend(entry.swatch.iter().map(|item| item.scaled(s).translated(middle)));
            self.write(
                &entry.text,
                at + pt(swatch, LEGEND_SIZE * 0.36 * s),
                LEGEND_SIZE * s,
                Weight::Regular,
                Ink::Faint,
            );
            at.x += width + 22.0 * s;
        }
    }
}

/// How far a shape goes left or right of the origin.
fn reach(item: &Item) -> f32 {
    match item {
        Item::Rect { rect, .. } => rect.min.x.abs().max(rect.max.x.abs()),
        Item::Path { segments, .. } => segments.iter().fold(0.0, |most: f32, segment| match *segment {
            Segment::Move(p) | Segment::Line(p) | Segment::Cubic(_, _, p) => most.max(p.x.abs()),
            Segment::Close => most,
        }),
        Item::Text { at, width, .. } => at.x.abs() + width,
    }
}

/// What the legend explains: only what the picture shows.
fn entries(document: &Document, drawing: &Drawing, only: Option<&BTreeSet<Subject>>) -> Vec<Entry> {
    let wanted = |subject| only.is_none_or(|set| set.contains(&subject));
    let shown = drawing.cards.keys().filter(|id| wanted(Subject::Party(**id)));
    let parties: Vec<_> = shown.filter_map(|id| document.party(*id)).collect();
    let shown = drawing.arrows.keys().filter(|id| wanted(Subject::Handoff(**id)));
    let handoffs: Vec<_> = shown.filter_map(|id| document.handoff(*id)).collect();
    let mut entries = Vec::new();
    for kind in PartyKind::ALL {
        if parties.iter().any(|p| p.kind == kind) {
            entries.push(Entry { swatch: kind_swatch(kind), text: kind.title().into() });
        }
    }
    for (department, hue) in &hues(document) {
        if parties.iter().any(|p| p.kind == PartyKind::Process && p.department.trim() == department) {
            let rect = Rect { min: pt(-5.0, -8.0), max: pt(5.0, 8.0) };
            let band = Item::Rect { rect, radius: 2.0, fill: Some(Ink::Department(*hue)), stroke: None };
            entries.push(Entry { swatch: vec![band], text: department.clone() });
        }
    }
    let mut line = |shown: bool, ink, dash, text: &str| {
        if shown {
            entries.push(Entry { swatch: line_swatch(ink, dash), text: text.into() });
        }
    };
    // Where a figure colours the lines, their colours do not tell the state.
    let plain = !drawing.arrows.values().any(|arrow| matches!(arrow.ink, Ink::Step(_)));
    let ink = |ink| if plain { ink } else { Ink::Faint };
    line(plain && handoffs.iter().any(|h| h.is_forward()), Ink::Line, None, "Handoff");
    let rework = handoffs.iter().any(|h| h.kind == HandoffKind::Rework);
    line(rework, ink(Ink::Rework), Some((5.0, 3.5)), "Rework: back upstream");
    let marks: BTreeSet<Mark> =
        handoffs.iter().flat_map(|h| [Mark::of_contract(h), Mark::of_agreement(h)]).flatten().collect();
    entries.extend(marks.into_iter().map(|mark| {
        let mut swatch = if mark == Mark::Failed && plain { line_swatch(Ink::Bad, None) } else { Vec::new() };
        let at = if swatch.is_empty() { 0.0 } else { -4.0 };
        swatch.extend(mark.draw(pt(at, 0.0), None));
        Entry { swatch, text: mark.title().into() }
    }));
    if handoffs.iter().any(|h| state(h) == State::Unfinished) {
        let ring = circle(pt(0.0, 0.0), OPEN_RADIUS, Some(Ink::WarnSoft), Some(Stroke::solid(Ink::Warn, 1.3)));
        entries.push(Entry { swatch: vec![ring], text: "Nobody gives or receives it yet".into() });
    }
    entries.extend(drawing.key.iter().cloned());
    let mut words = Vec::new();
    if parties.iter().any(|p| p.process_time_h.is_some()) {
        words.push("PT process time");
    }
    if handoffs.iter().any(|h| h.complete_accurate_pct.is_some()) {
        words.push("C&A complete and accurate, judged by the receiver");
    }
    if handoffs.iter().any(|h| h.known == Some(Known::Guess) && h.complete_accurate_pct.is_some()) {
        words.push("≈ a guess");
    }
    if !words.is_empty() {
        entries.push(Entry { swatch: Vec::new(), text: words.join(" · ") });
    }
    entries
}

fn kind_swatch(kind: PartyKind) -> Vec<Item> {
    let rect = Rect { min: pt(-13.0, -8.0), max: pt(13.0, 8.0) };
    let (corner, fill, edge) = match kind {
        PartyKind::Process => (Corner::Round(3.0), Ink::Card, Ink::CardEdge),
        PartyKind::Customer => (Corner::Round(8.0), Ink::CustomerCard, Ink::CustomerEdge),
        PartyKind::Supplier => (Corner::Cut(4.5), Ink::SupplierCard, Ink::SupplierEdge),
    };
    let (segments, stroke) = (outline(&rect, corner, corner), Some(Stroke::solid(edge, 1.2)));
    vec![Item::Path { segments, fill: Some(fill), stroke }]
}

fn line_swatch(ink: Ink, dash: Option<(f32, f32)>) -> Vec<Item> {
    let segments = vec![Segment::Move(pt(-15.0, 0.0)), Segment::Line(pt(8.0, 0.0))];
    let line = Item::Path { segments, fill: None, stroke: Some(Stroke { ink, width: 1.8, dash }) };
    vec![line, arrow_head(pt(15.0, 0.0), pt(1.0, 0.0), 9.0, ink)]
}
