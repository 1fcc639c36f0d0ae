//! My place: one party in the middle, who feeds it left and whom it feeds right, with what is needed and what is got.

mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use super::card::{Card, FULL, Look, WIDTH, card};
use super::drawing::{Drawing, Placed};
use super::handoff::{Arrow, Spot, arrow, label};
use super::map::hues;
use super::marks::Marks;
use super::text::Fonts;
use super::{Align, Group, Ink, Item, Weight};
use crate::geom::{Path, Point, Rect, Size, pt};
use crate::model::{Document, Handoff, HandoffId, HandoffKind, Party, PartyId, PartyKind, Subject};
use words::{ROOM, Said};

/// How much larger the card in the middle is.
const LARGER: f32 = 1.35;
/// Where the arrows of one card part, between it and the words.
const FAN: f32 = 46.0;
/// Air between the words of two arrows of a card, and between two cards with their words.
const GAPS: (f32, f32) = (24.0, 36.0);
/// Least room in which the arrows come together at the middle card.
const MEET: f32 = 130.0;
/// Air between a port and the corner of the middle card, and the largest distance between two ports.
const PORTS: (f32, f32) = (16.0, 24.0);

/// Draws the place of a party around the origin; nothing when it is not there.
///
/// A party that both gives to it and receives from it stands on both sides: as a card on the side of the customers, as a
/// group of `behind` that looks like one on the other.
pub fn place(document: &Document, party: PartyId, fonts: &Fonts) -> Drawing {
    let Some(me) = document.party(party) else { return Drawing::default() };
    let painter = Painter { document, fonts, hues: hues(document) };
    let middle = enlarged(&painter.card(party, me));
    let (size, mut drawing) = (middle.size, Drawing::default());
    drawing.cards.insert(party, Placed { card: Arc::new(middle), place: pt(0.0, 0.0) });
    for hand in [Hand::Right, Hand::Left] {
        let entries = painter.entries(party, hand);
        if entries.is_empty() {
            painter.invite(me, hand, size, &mut drawing);
        } else {
            painter.paint_side(&entries, hand, size, &mut drawing);
        }
    }
    painter.promise(me, size, &mut drawing);
    drawing
}

/// A side of the picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Hand {
    /// Suppliers.
    Left,
    /// Customers.
    Right,
}

impl Hand {
    fn sign(self) -> f32 {
        match self {
            Self::Left => -1.0,
            Self::Right => 1.0,
        }
    }
}

/// A card at a side, or an open end, with its handoffs from the top.
struct Entry {
    party: Option<PartyId>,
    card: Option<Card>,
    handoffs: Vec<(HandoffId, Said)>,
}

impl Entry {
    /// Where the lines run below the upper edge of the first words, and how high all words are.
    fn lines(&self) -> (Vec<f32>, f32) {
        let (mut lines, mut y) = (Vec::new(), 0.0);
        for (_, said) in &self.handoffs {
            lines.push(y + said.above);
            y += said.above + said.below + GAPS.0;
        }
        (lines, (y - GAPS.0).max(0.0))
    }

    /// How far the card's middle stands below the upper edge of the first words.
    fn middle(lines: &[f32]) -> f32 {
        lines.first().zip(lines.last()).map_or(0.0, |(first, last)| f32::midpoint(*first, *last))
    }

    /// How far it reaches above the upper edge of the first words, and below it.
    fn extent(&self) -> (f32, f32) {
        let (lines, height) = self.lines();
        let half = self.card.as_ref().map_or(12.0, |card| card.size.h / 2.0);
        let middle = Self::middle(&lines);
        ((half - middle).max(0.0), height.max(middle + half))
    }
}

/// Sorts the entries of a side: open ends last, then by name.
type Key = (bool, String, Option<PartyId>);

struct Painter<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    hues: BTreeMap<String, u8>,
}

impl Painter<'_> {
    fn card(&self, id: PartyId, party: &Party) -> Card {
        card(party, Look::of(self.document, id, &self.hues), self.document.info().hours_per_day, self.fonts, &FULL)
    }

    /// Cards by name, each with its handoffs; open ends last.
    fn entries(&self, me: PartyId, hand: Hand) -> Vec<Entry> {
        let mut by_party: BTreeMap<Key, Vec<(HandoffId, &Handoff)>> = BTreeMap::new();
        for (id, handoff) in self.document.handoffs_of(me) {
            let (mine, other) = match hand {
                Hand::Left => (handoff.customer, handoff.supplier),
                Hand::Right => (handoff.supplier, handoff.customer),
            };
            if mine == Some(me) {
                let name = other.map_or_else(String::new, |id| self.document.name_of(id).to_lowercase());
                by_party.entry((other.is_none(), name, other)).or_default().push((id, handoff));
            }
        }
        let mut entries = Vec::new();
        for ((.., other), mut handoffs) in by_party {
            handoffs.sort_by_cached_key(|(id, h)| (h.kind == HandoffKind::Rework, h.item.to_lowercase(), *id));
            let hours = self.document.info().hours_per_day;
            let said = handoffs.into_iter().map(|(id, handoff)| (id, words::said(handoff, hours, self.fonts)));
            let card = other.and_then(|id| Some(self.card(id, self.document.party(id)?)));
            if card.is_some() {
                entries.push(Entry { party: other, card, handoffs: said.collect() });
            } else {
                entries.extend(said.map(|one| Entry { party: None, card: None, handoffs: vec![one] }));
            }
        }
        entries
    }

    fn paint_side(&self, entries: &[Entry], hand: Hand, middle: Size, drawing: &mut Drawing) {
        let extents: Vec<(f32, f32)> = entries.iter().map(Entry::extent).collect();
        let count = entries.iter().map(|entry| entry.handoffs.len()).sum::<usize>();
        // The words reach further below the lines than above: the lines are what stands in the middle.
        let (mut y, mut tops, mut lines) = (0.0, Vec::new(), Vec::new());
        for (entry, (above, below)) in entries.iter().zip(&extents) {
            tops.push(y + above);
            lines.extend(entry.lines().0.into_iter().map(|line| y + above + line));
            y += above + below + GAPS.1;
        }
        let (up, sign) = (Entry::middle(&lines), hand.sign());
        let ports = Ports::new(middle, count);
        let mut side = Side { sign, edge: middle.w / 2.0, meet: (MEET + y * 0.1).min(420.0), ports, next: 0 };
        for (entry, top) in entries.iter().zip(tops) {
            self.paint_entry(entry, top - up, &mut side, drawing);
        }
    }

    fn paint_entry(&self, entry: &Entry, top: f32, side: &mut Side, drawing: &mut Drawing) {
        let (lines, _) = entry.lines();
        let center = top + Entry::middle(&lines);
        let far = side.edge + side.meet + ROOM + FAN;
        let place = pt(side.sign * (far + WIDTH / 2.0), center);
        for ((index, (id, said)), line) in entry.handoffs.iter().enumerate().zip(&lines) {
            let Some(handoff) = self.document.handoff(*id) else { continue };
            let port = match &entry.card {
                None => top + line,
                Some(_) if lines.len() == 1 => top + line,
                Some(card) => center + Ports::new(card.size, lines.len()).offset(index),
            };
            let ways = [pt(side.edge, side.ports.offset(side.next)), pt(far, port)];
            side.next += 1;
            let made = self.arrow(handoff, said, (side, ways, top + line));
            drawing.arrows.insert(*id, Arc::new(made));
        }
        if let Some((card, party)) = entry.card.clone().zip(entry.party) {
            let twice = drawing.cards.contains_key(&party);
            let placed = Placed { card: Arc::new(card), place };
            if twice {
                drawing.behind.push(Arc::new(self.card_group(party, &placed)));
            } else {
                drawing.cards.insert(party, placed);
            }
        }
    }

    fn card_group(&self, party: PartyId, placed: &Placed) -> Group {
        Group {
            subject: Some(Subject::Party(party)),
            title: self.document.name_of(party).into(),
            about: self.document.about_party(party).into(),
            layer: None,
            bounds: Some(placed.rect().expand(3.0)),
            items: placed.card.items().map(|item| item.translated(placed.place)).collect(),
        }
    }

    /// The arrow from the port at the middle card to the one at the side, or the other way round, with its words at the
    /// level part. `ways` are both ports as if the side were the right one.
    fn arrow(&self, handoff: &Handoff, said: &Said, (side, ways, level): (&Side, [Point; 2], f32)) -> Arrow {
        let [near, far] = ways;
        let (from, to) = (near.x + side.meet, far.x - FAN);
        let mut points = vec![near];
        points.extend([pt(near.x + side.meet * 0.5, near.y), pt(from - side.meet * 0.5, level), pt(from, level)]);
        points.extend([pt(from + ROOM / 3.0, level), pt(to - ROOM / 3.0, level), pt(to, level)]);
        points.extend([pt(to + FAN * 0.5, level), pt(far.x - FAN * 0.6, far.y), far]);
        for point in &mut points {
            point.x *= side.sign;
        }
        if side.sign < 0.0 {
            points.reverse();
        }
        let (start, end) = (points[0], points[points.len() - 1]);
        let path = Path::chain(points).unwrap_or_else(|| Path::line(start, end));
        let plain = label(handoff, self.document.info().hours_per_day, self.fonts);
        let mut made = arrow(handoff, Arc::new(plain), path, Spot::Nowhere);
        let mut shapes = made.shapes();
        shapes.line.extend(Marks::of(handoff).draw(&made.path));
        let left = if side.sign < 0.0 { -to } else { from };
        (shapes.label, made.label_area) = said.at(pt(left, level));
        if handoff.ends().is_none() {
            let (words, area) = self.nobody(pt(side.sign * far.x, far.y), side.sign);
            shapes.label.push(words);
            made.label_area = made.label_area.union(&area);
        }
        made.bounds = made.bounds.union(&made.label_area.expand(3.0));
        made.drawn_as(shapes)
    }

    /// Says at an open end that nobody is there yet.
    fn nobody(&self, at: Point, sign: f32) -> (Item, Rect) {
        let (size, weight) = (14.0, Weight::Regular);
        let line = self.fonts.line("nobody yet", size, weight);
        let align = if sign < 0.0 { Align::Right } else { Align::Left };
        let at = at + pt(sign * 18.0, 5.0);
        let left = if sign < 0.0 { at.x - line.width } else { at.x };
        let area = Rect { min: pt(left, at.y - size), max: pt(left + line.width, at.y + 4.0) };
        (Item::Text { at, align, size, weight, ink: Ink::Warn, text: line.text, width: line.width }, area)
    }

    /// Says faintly what to do where there is nobody yet.
    fn invite(&self, me: &Party, hand: Hand, middle: Size, drawing: &mut Drawing) {
        let (title, text) = match (hand, me.kind) {
            (Hand::Left, PartyKind::Supplier) | (Hand::Right, PartyKind::Customer) => return,
            (Hand::Left, _) => {
                ("Who feeds you?", "Add a supplier: what do you need from whom, and what makes it right?")
            }
            (Hand::Right, _) => {
                ("Whom do you feed?", "Add a customer: who takes what you make, and what do they need of it?")
            }
        };
        let x = hand.sign() * (middle.w / 2.0 + MEET + 110.0);
        let mut column = Column { x, y: -30.0, items: Vec::new(), area: Rect::NOTHING };
        column.write(self.fonts, (title, 18.0, Weight::SemiBold, Ink::Faint), (230.0, 2));
        column.y += 6.0;
        column.write(self.fonts, (text, 13.5, Weight::Regular, Ink::Faint), (230.0, 5));
        drawing.behind.push(Arc::new(column.group()));
    }

    /// The promise of the party below its card.
    fn promise(&self, me: &Party, middle: Size, drawing: &mut Drawing) {
        let promise = me.promise.trim();
        if promise.is_empty() {
            return;
        }
        let mut column = Column { x: 0.0, y: middle.h / 2.0 + 16.0, items: Vec::new(), area: Rect::NOTHING };
        let quoted = format!("“{promise}”");
        column.write(self.fonts, (&quoted, 13.0, Weight::Regular, Ink::Faint), (middle.w - 16.0, 6));
        drawing.behind.push(Arc::new(column.group()));
    }
}

/// Where the arrows of a side run.
struct Side {
    /// −1 left, 1 right.
    sign: f32,
    /// Half the width of the middle card.
    edge: f32,
    /// The room in which they come together.
    meet: f32,
    ports: Ports,
    /// Number of the next arrow from the top.
    next: usize,
}

/// Arrows shared out along the side of a card.
struct Ports {
    step: f32,
    count: usize,
}

impl Ports {
    fn new(card: Size, count: usize) -> Self {
        let room = (card.h - 2.0 * PORTS.0).max(0.0);
        Self { step: (room / count.saturating_sub(1).max(1) as f32).min(PORTS.1), count }
    }

    /// How far a port is below the middle of the card.
    fn offset(&self, index: usize) -> f32 {
        (index as f32 - self.count.saturating_sub(1) as f32 / 2.0) * self.step
    }
}

/// Lines of words one below the other, each in the middle.
struct Column {
    x: f32,
    y: f32,
    items: Vec<Item>,
    area: Rect,
}

impl Column {
    fn write(
        &mut self,
        fonts: &Fonts,
        (text, size, weight, ink): (&str, f32, Weight, Ink),
        (width, lines): (f32, usize),
    ) {
        for line in fonts.wrap(text, size, weight, width, lines) {
            self.y += size * 1.4;
            let at = pt(self.x, self.y - size * 0.34);
            let half = line.width / 2.0;
            self.area = self.area.union(&Rect { min: at - pt(half, size), max: at + pt(half, size * 0.34) });
            self.items.push(Item::Text {
                at,
                align: Align::Center,
                size,
                weight,
                ink,
                text: line.text,
                width: line.width,
            });
        }
    }

    fn group(self) -> Group {
        let bounds = (!self.area.is_nothing()).then_some(self.area);
        Group { bounds, items: self.items, ..Group::default() }
    }
}

fn enlarged(card: &Card) -> Card {
    let mut large = card.mapped(|item| item.scaled(LARGER));
    large.size = Size { w: card.size.w * LARGER, h: card.size.h * LARGER };
    large.name_area = Rect { min: card.name_area.min * LARGER, max: card.name_area.max * LARGER };
    large.name_size = card.name_size * LARGER;
    large
}
