//! A party's card: its shape tells the kind, its band the department, its figures stand below the name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::marks::{Badge, Mark, badge};
use super::shapes::{Corner, outline};
use super::text::{Fonts, Line};
use super::{Align, Ink, Item, Segment, Stroke, Weight};
use crate::geom::{Point, Rect, Size, pt};
use crate::model::{Document, Party, PartyId, PartyKind, quantity};

/// How large a card is, and how much it says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Style {
    /// Width of every card.
    width: f32,
    /// Least height of a card.
    least_height: f32,
    /// Air inside, left and right.
    padding: f32,
    /// Air inside, above and below.
    air: f32,
    /// Width of the band with the department's colour.
    band: f32,
    /// Size of the name.
    name: f32,
    /// Most lines of the name.
    name_lines: usize,
    /// Whether kind, department and process time stand on it.
    says_more: bool,
}

/// Cards of the map, the chain and the lanes.
pub const FULL: Style = Style {
    width: 184.0,
    least_height: 76.0,
    padding: 14.0,
    air: 11.0,
    band: 7.0,
    name: 14.5,
    name_lines: 4,
    says_more: true,
};
/// Cards in rings with room.
pub const COMPACT: Style = Style {
    width: 126.0,
    least_height: 42.0,
    padding: 10.0,
    air: 8.0,
    band: 6.0,
    name: 12.5,
    name_lines: 4,
    says_more: false,
};
/// Blocks in crowded rings: read when zoomed in.
pub const BLOCK: Style = Style {
    width: 74.0,
    least_height: 22.0,
    padding: 5.0,
    air: 4.0,
    band: 4.0,
    name: 8.0,
    name_lines: 5,
    says_more: false,
};
/// Width of a full card.
pub const WIDTH: f32 = FULL.width;
const SMALL: f32 = 11.0;
/// Height of the small line above the name.
const TAG_LINE: f32 = 16.0;

/// A card around the origin: move it to its place to paint it.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Width and height; the middle is the origin.
    pub size: Size,
    /// The shape itself, painted first. Cards that look alike but for their words share it.
    pub body: Arc<[Item]>,
    words: Words,
    /// See [`block`].
    pub block: Ink,
    /// Where the name stands, around the origin, for editing it in place.
    pub name_area: Rect,
    /// Size of the name, in map units.
    pub name_size: f32,
}

/// How a card comes to what stands on it.
#[derive(Debug, Clone, PartialEq)]
enum Words {
    /// From what was measured. Large maps have very many cards and show few at a time: the shapes are made when they are
    /// asked for.
    Of(Written),
    /// They were given to it.
    As(Vec<Item>),
}

/// What is written on a card, measured.
#[derive(Debug, Clone, PartialEq)]
struct Written {
    /// The lines, one under the other: the small one above the name, the name, the small one below.
    text: Box<str>,
    /// Their widths.
    widths: Box<[f32]>,
    has_tag: bool,
    has_figures: bool,
    is_named: bool,
    has_band: bool,
    kind: PartyKind,
    badge: Option<Badge>,
    style: &'static Style,
}

/// What a card shows that the party alone does not tell.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Look {
    /// The colour number of its department.
    pub hue: Option<u8>,
    /// How what it gives stands with its customers.
    pub badge: Option<Badge>,
}

impl Look {
    /// How a party looks among the others.
    pub fn of(document: &Document, id: PartyId, hues: &BTreeMap<String, u8>) -> Self {
        let hue = document.party(id).and_then(|party| hues.get(party.department.trim()).copied());
        Self { hue, badge: badge(document, id) }
    }
}

/// Makes the card of a party.
pub fn card(party: &Party, look: Look, hours_per_day: f64, fonts: &Fonts, style: &'static Style) -> Card {
    let Look { hue, badge } = look;
    let inner = style.width - 2.0 * style.padding - if hue.is_some() { style.band * 0.5 } else { 0.0 };
    let name = if party.name.trim().is_empty() { "Unnamed" } else { party.name.trim() };
    let small = |text: String, room| fonts.fit(&text, SMALL, Weight::Regular, room);
    let tag = tag(party).filter(|_| style.says_more);
    let tag = tag.map(|tag| small(tag, if badge.is_some() { inner - 22.0 } else { inner }));
    let figures = figures(party, hours_per_day).filter(|_| style.says_more).map(|text| small(text, inner));
    let (has_tag, has_figures) = (tag.is_some(), figures.is_some());
    let names = fonts.wrap(name, style.name, Weight::SemiBold, inner, style.name_lines);
    let lines: Vec<Line> = tag.into_iter().chain(names).chain(figures).collect();
    let written = Written {
        text: lines.iter().map(|line| &*line.text).collect::<Vec<_>>().join("\n").into(),
        widths: lines.iter().map(|line| line.width).collect(),
        has_tag,
        has_figures,
        is_named: !party.name.trim().is_empty(),
        has_band: hue.is_some(),
        kind: party.kind,
        badge,
        style,
    };
    let (size, rect, name_area) = (written.size(), written.rect(), written.name_area());
    let body = shared_body(party.kind, hue, &rect, style.band);
    Card { size, body, words: Words::Of(written), block: block(party.kind, hue), name_area, name_size: style.name }
}

impl Written {
    fn names(&self) -> usize {
        self.widths.len() - usize::from(self.has_tag) - usize::from(self.has_figures)
    }

    fn name_line(&self) -> f32 {
        (self.style.name * 1.25).round()
    }

    /// Of all lines, with air above and below.
    fn height(&self) -> f32 {
        let small = if self.has_tag { TAG_LINE } else { 0.0 } + if self.has_figures { 18.0 } else { 0.0 };
        2.0 * self.style.air + self.names() as f32 * self.name_line() + small
    }

    /// Of the card, around the origin.
    fn size(&self) -> Size {
        Size { w: self.style.width, h: self.height().max(self.style.least_height).ceil() }
    }

    fn rect(&self) -> Rect {
        let size = self.size();
        Rect::from_min_size(pt(-size.w / 2.0, -size.h / 2.0), size)
    }

    fn name_top(&self) -> f32 {
        -self.height() / 2.0 + self.style.air + if self.has_tag { TAG_LINE } else { 0.0 }
    }

    fn name_area(&self) -> Rect {
        let (rect, side, top) = (self.rect(), self.style.padding.min(8.0), self.name_top());
        let bottom = top + self.names() as f32 * self.name_line();
        Rect { min: pt(rect.min.x + side, top), max: pt(rect.max.x - side, bottom) }
    }

    fn draw(&self) -> Vec<Item> {
        let style = self.style;
        let (rect, top, names) = (self.rect(), self.name_top(), self.names());
        let center_x = if self.has_band && self.kind == PartyKind::Process { style.band / 2.0 } else { 0.0 };
        let ink = if self.is_named { Ink::Text } else { Ink::Faint };
        let first = usize::from(self.has_tag);
        let lines = self.text.split('\n').zip(&self.widths).enumerate();
        let mut items = Vec::with_capacity(self.widths.len() + 2);
        items.extend(lines.map(|(i, (text, width))| {
            let (baseline, size, weight, ink) = if i < first {
                (top - TAG_LINE + 10.0, SMALL, Weight::Regular, Ink::Faint)
            } else if i < first + names {
                let above = (i - first) as f32 * self.name_line();
                (top + above + style.name * 0.965, style.name, Weight::SemiBold, ink)
            } else {
                (top + names as f32 * self.name_line() + 14.0, SMALL, Weight::Regular, Ink::Faint)
            };
            let at = pt(center_x, baseline);
            Item::Text { at, align: Align::Center, size, weight, ink, text: text.into(), width: *width }
        }));
        if let Some(badge) = self.badge.filter(|badge| style.says_more || badge.mark == Mark::Failed) {
            let (x, y) = match (style.says_more, self.kind) {
                (true, PartyKind::Customer) => (23.0, 14.0),
                (true, _) => (14.0, 13.5),
                (false, _) => (12.0, 4.0),
            };
            items.extend(badge.draw(pt(rect.max.x - x, rect.min.y + y)));
        }
        items
    }
}

/// The small line above the name: the kind of an outsider, the department of a process.
fn tag(party: &Party) -> Option<String> {
    let department = party.department.trim();
    match party.kind {
        PartyKind::Process if department.is_empty() => None,
        PartyKind::Process => Some(department.to_owned()),
        PartyKind::Customer | PartyKind::Supplier if department.is_empty() => Some(party.kind.title().to_owned()),
        PartyKind::Customer | PartyKind::Supplier => Some(format!("{} · {department}", party.kind.title())),
    }
}

/// The small line below the name: process time, and whether the customer would pay for it.
fn figures(party: &Party, hours_per_day: f64) -> Option<String> {
    let time = party.process_time_h.map(|h| quantity::duration(h, hours_per_day));
    let value = party.value_adding.map(|yes| if yes { "value-adding" } else { "not value-adding" });
    match (time, value) {
        (None, None) => None,
        (Some(time), None) => Some(format!("PT {time}")),
        (None, Some(value)) => Some(value.to_owned()),
        (Some(time), Some(value)) => Some(format!("PT {time} · {value}")),
    }
}

/// The main colour of a card: what is left of it seen from far away.
pub fn block(kind: PartyKind, hue: Option<u8>) -> Ink {
    match kind {
        PartyKind::Process => hue.map_or(Ink::CardEdge, Ink::Department),
        PartyKind::Customer => Ink::CustomerEdge,
        PartyKind::Supplier => Ink::SupplierEdge,
    }
}

/// Kind, department, and the bits of width, height and band.
type BodyKey = (PartyKind, Option<u8>, [u32; 3]);
/// The bodies that cards share, by what they depend on. There are few, as heights come from the number of lines.
static BODIES: Mutex<BTreeMap<BodyKey, Arc<[Item]>>> = Mutex::new(BTreeMap::new());
/// Most bodies that are kept to be shared.
const MOST_BODIES: usize = 10_000;

/// The shape itself, the same one for all cards that have the same: outlines are most of what a card holds.
fn shared_body(kind: PartyKind, hue: Option<u8>, rect: &Rect, band: f32) -> Arc<[Item]> {
    let key = (kind, hue, [rect.width(), rect.height(), band].map(f32::to_bits));
    let mut bodies = BODIES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(body) = bodies.get(&key) {
        return body.clone();
    }
    let made: Arc<[Item]> = body(kind, hue, rect, band).into();
    if bodies.len() < MOST_BODIES {
        bodies.insert(key, made.clone());
    }
    made
}

/// The shape itself.
fn body(kind: PartyKind, hue: Option<u8>, rect: &Rect, band: f32) -> Vec<Item> {
    let least = rect.height().min(76.0);
    let shadow = rect.translate(pt(0.0, 2.0)).expand(0.5);
    let filled = |segments: Vec<Segment>, ink| Item::Path { segments, fill: Some(ink), stroke: None };
    let stroked = |segments: Vec<Segment>, ink, width| Item::Path {
        segments,
        fill: None,
        stroke: Some(Stroke::solid(ink, width)),
    };
    match kind {
        PartyKind::Process => {
            let round = Corner::Round((least * 0.2).min(9.0));
            let mut items = vec![filled(outline(&shadow, round, round), Ink::Shadow)];
            if hue.is_some() {
                items.push(filled(outline(rect, round, round), block(kind, hue)));
                let inside = Rect { min: rect.min + pt(band, 0.0), max: rect.max };
                items.push(filled(outline(&inside, Corner::Round(0.0), round), Ink::Card));
            } else {
                items.push(filled(outline(rect, round, round), Ink::Card));
            }
            items.push(stroked(outline(rect, round, round), Ink::CardEdge, 1.0));
            items
        }
        PartyKind::Customer => {
            let round = Corner::Round((rect.height() / 2.0).min(34.0));
            vec![
                filled(outline(&shadow, round, round), Ink::Shadow),
                filled(outline(rect, round, round), Ink::CustomerCard),
                stroked(outline(rect, round, round), Ink::CustomerEdge, 1.6),
            ]
        }
        PartyKind::Supplier => {
            let cut = Corner::Cut((least * 0.2).min(14.0));
            vec![
                filled(outline(&shadow, cut, cut), Ink::Shadow),
                filled(outline(rect, cut, cut), Ink::SupplierCard),
                stroked(outline(rect, cut, cut), Ink::SupplierEdge, 1.6),
            ]
        }
    }
}

impl Card {
    /// What stands on it.
    pub fn words(&self) -> Vec<Item> {
        match &self.words {
            Words::Of(written) => written.draw(),
            Words::As(items) => items.clone(),
        }
    }

    /// The shapes, in the order in which they are painted.
    pub fn items(&self) -> impl Iterator<Item = Item> {
        self.body.iter().cloned().chain(self.words())
    }

    /// The same card with something else on it.
    #[must_use]
    pub fn with_words(&self, words: Vec<Item>) -> Self {
        Self { words: Words::As(words), ..self.clone() }
    }

    /// The same card with other shapes.
    #[must_use]
    pub fn mapped(&self, to: impl Fn(&Item) -> Item) -> Self {
        let words = self.words().iter().map(&to).collect();
        Self { body: self.body.iter().map(&to).collect(), ..self.with_words(words) }
    }

    /// The card's rectangle when its middle is at `place`.
    pub fn rect(&self, place: Point) -> Rect {
        Rect::from_min_size(place - pt(self.size.w / 2.0, self.size.h / 2.0), self.size)
    }
}
