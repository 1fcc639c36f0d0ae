//! A party's card: its shape tells the kind, its band the department, its figures stand below the name.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::marks::{Badge, Mark, badge};
use super::shapes::{Corner, outline};
use super::text::Fonts;
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

/// A card around the origin: move it to its place to paint it.
#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    /// Width and height; the middle is the origin.
    pub size: Size,
    /// The shape itself, painted first. Cards that look alike but for their words share it.
    pub body: Arc<[Item]>,
    /// What stands on it.
    pub words: Vec<Item>,
    /// See [`block`].
    pub block: Ink,
    /// Where the name stands, around the origin, for editing it in place.
    pub name_area: Rect,
    /// Size of the name, in map units.
    pub name_size: f32,
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
pub fn card(party: &Party, look: Look, hours_per_day: f64, fonts: &Fonts, style: &Style) -> Card {
    let Look { hue, badge } = look;
    let inner = style.width - 2.0 * style.padding - if hue.is_some() { style.band * 0.5 } else { 0.0 };
    let name = if party.name.trim().is_empty() { "Unnamed" } else { party.name.trim() };
    let lines = fonts.wrap(name, style.name, Weight::SemiBold, inner, style.name_lines);
    let line_height = (style.name * 1.25).round();
    let tag = tag(party).filter(|_| style.says_more);
    let figures = figures(party, hours_per_day).filter(|_| style.says_more);
    let mut height = 2.0 * style.air + lines.len() as f32 * line_height;
    height += if tag.is_some() { 16.0 } else { 0.0 } + if figures.is_some() { 18.0 } else { 0.0 };
    let size = Size { w: style.width, h: height.max(style.least_height).ceil() };
    let rect = Rect::from_min_size(pt(-size.w / 2.0, -size.h / 2.0), size);

    let mut items = Vec::with_capacity(lines.len() + 2);
    let center_x = if hue.is_some() && party.kind == PartyKind::Process { style.band / 2.0 } else { 0.0 };
    let line = |text: Arc<str>, width: f32, baseline: f32, size: f32, weight, ink| Item::Text {
        at: pt(center_x, baseline),
        align: Align::Center,
        size,
        weight,
        ink,
        text,
        width,
    };
    let mut y = -height / 2.0 + style.air;
    if let Some(tag) = tag {
        let room = if badge.is_some() { inner - 22.0 } else { inner };
        let fitted = fonts.fit(&tag, SMALL, Weight::Regular, room);
        items.push(line(fitted.text, fitted.width, y + 10.0, SMALL, Weight::Regular, Ink::Faint));
        y += 16.0;
    }
    let name_top = y;
    let ink = if party.name.trim().is_empty() { Ink::Faint } else { Ink::Text };
    for part in lines {
        let baseline = y + style.name * 0.965;
        items.push(line(part.text, part.width, baseline, style.name, Weight::SemiBold, ink));
        y += line_height;
    }
    let side = style.padding.min(8.0);
    let name_area = Rect { min: pt(rect.min.x + side, name_top), max: pt(rect.max.x - side, y) };
    if let Some((text, ink)) = figures {
        let fitted = fonts.fit(&text, SMALL, Weight::Regular, inner);
        items.push(line(fitted.text, fitted.width, y + 14.0, SMALL, Weight::Regular, ink));
    }
    if let Some(badge) = badge.filter(|badge| style.says_more || badge.mark == Mark::Failed) {
        let (x, y) = match (style.says_more, party.kind) {
            (true, PartyKind::Customer) => (23.0, 14.0),
            (true, _) => (14.0, 13.5),
            (false, _) => (12.0, 4.0),
        };
        items.extend(badge.draw(pt(rect.max.x - x, rect.min.y + y)));
    }
    // Large maps have very many of them.
    items.shrink_to_fit();
    let body = shared_body(party.kind, hue, &rect, style.band);
    Card { size, body, words: items, block: block(party.kind, hue), name_area, name_size: style.name }
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
fn figures(party: &Party, hours_per_day: f64) -> Option<(String, Ink)> {
    let time = party.process_time_h.map(|h| quantity::duration(h, hours_per_day));
    let value = party.value_adding.map(|yes| if yes { "value-adding" } else { "not value-adding" });
    match (time, value) {
        (None, None) => None,
        (Some(time), None) => Some((format!("PT {time}"), Ink::Faint)),
        (None, Some(value)) => Some((value.to_owned(), Ink::Faint)),
        (Some(time), Some(value)) => Some((format!("PT {time} · {value}"), Ink::Faint)),
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
    /// The shapes, in the order in which they are painted.
    pub fn items(&self) -> impl Iterator<Item = &Item> {
        self.body.iter().chain(&self.words)
    }

    /// The same card with other shapes.
    #[must_use]
    pub fn mapped(&self, to: impl Fn(&Item) -> Item) -> Self {
        Self { body: self.body.iter().map(&to).collect(), words: self.words.iter().map(&to).collect(), ..self.clone() }
    }

    /// The card's rectangle when its middle is at `place`.
    pub fn rect(&self, place: Point) -> Rect {
        Rect::from_min_size(place - pt(self.size.w / 2.0, self.size.h / 2.0), self.size)
    }
}
