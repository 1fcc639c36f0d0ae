//! The onion: rings around the external customer, each with what it is and what is known of the chain up to it.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Ask;
use super::figures::Told;
use super::layers::{Layers, layers, name_of, so_far};
use super::net::{Knot, Net};
use crate::geom::{Point, Rect, Size, pt};
use crate::layout::onion::{ASPECT, Edge, Node, Onion, Request, Ring, onion};
use crate::model::quantity::rounded;
use crate::model::{Figure, Handoff, HandoffId, PartyId};
use crate::scene::card::{BLOCK, COMPACT, FULL, Style};
use crate::scene::drawing::{Drawing, Entry};
use crate::scene::map::hues;
use crate::scene::sheet::silos::loss_step;
use crate::scene::text::Line;
use crate::scene::{Align, Group, Ink, Item, Segment, Stroke, Weight};

/// With more parties than this, full rings become blocks.
const MANY: usize = 110;
/// A ring with more parties than this is full.
const FULL_RING: usize = 14;
/// With more parties than this the rings tell no figures.
const MOST_WITH_FIGURES: usize = 2_000;
const CARD_GAP: f32 = 22.0;
const BLOCK_GAP: f32 = 8.0;
const RING_GAP: f32 = 34.0;
const HEAD_SIZE: f32 = 11.5;
const HEAD_SPACE: f32 = 3.5;

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let rings = layers(ask.document, ask.choice);
    let net = Net::new(ask.document, ask.fonts, |id| Some(style(id, &rings)));
    let hues = hues(ask.document);
    let inside: Vec<usize> = (0..net.knots.len()).filter(|i| ring_of(&net, net.knots[*i], &rings).is_some()).collect();
    let node = |i: &usize| {
        let knot = net.knots[*i];
        Node {
            size: net.size(knot),
            ring: ring_of(&net, knot, &rings).unwrap_or(0),
            group: party_of(knot).and_then(|id| Some(u32::from(*hues.get(net.department(id)?)?))),
            near: net.near(knot, ask.before).map(angle),
        }
    };
    // Among very many, the words of a handoff are told where the pointer is.
    let crowded = rings.of.len() > MANY;
    let position = |i: usize| inside.binary_search(&i).ok();
    let mut edges = Vec::new();
    let mut among = Vec::new();
    for (link, (id, _, from, to)) in net.links.iter().enumerate() {
        if let Some((from, to)) = position(*from).zip(position(*to)) {
            let label = if crowded { Size::default() } else { net.label_size(*id) };
            edges.push(Edge { from, to, label });
            among.push(link);
        }
    }
    let heads: Vec<Head> = (0..=rings.last()).map(|k| Head::new(ask, &rings, k)).collect();
    let request = Request {
        nodes: inside.iter().map(node).collect(),
        edges,
        node_gap: if crowded { BLOCK_GAP } else { CARD_GAP },
        ring_gap: RING_GAP,
        aspect: 0.0,
        heads: heads.iter().map(|head| head.size).collect(),
    };
    let layout = onion(&request);
    let mut places = vec![Point::default(); net.knots.len()];
    let mut ways = vec![None; net.links.len()];
    for (i, place) in inside.iter().zip(&layout.places) {
        places[*i] = *place;
    }
    for (link, way) in among.into_iter().zip(layout.ways.iter().cloned()) {
        ways[link] = way;
    }
    let outline = layout.rings.last().map(|ring| &ring.outline);
    let apart = net.put_apart(ask, |i| position(i).is_none(), (&layout.bounds, outline), (&mut places, &mut ways));
    let mut drawing = net.drawing(&places, ways);
    drawing.behind = bands(&layout, &rings);
    drawing.above = heads.iter().zip(&layout.rings).filter_map(|(head, ring)| head.at(ring.head)).collect();
    drawing.above.extend(apart);
    drawing.layers = rings.of;
    drawing.key = key();
    drawing
}

/// Large in the middle, small in crowded rings.
fn style(id: PartyId, rings: &Layers) -> &'static Style {
    match rings.of.get(&id) {
        Some(0) if rings.centre.len() <= 3 => &FULL,
        Some(layer) if rings.of.len() > MANY && rings.count(*layer) > FULL_RING => &BLOCK,
        None if rings.of.len() > MANY => &BLOCK,
        _ => &COMPACT,
    }
}

fn party_of(knot: Knot) -> Option<PartyId> {
    match knot {
        Knot::Party(id) => Some(id),
        Knot::Open(_) => None,
    }
}

/// The ring of a box: a missing end is one further out than the party at the other end.
fn ring_of(net: &Net<'_>, knot: Knot, rings: &Layers) -> Option<usize> {
    match knot {
        Knot::Party(id) => rings.of.get(&id).copied(),
        Knot::Open(handoff) => {
            let handoff = net.document.handoff(handoff)?;
            Some(rings.of.get(&handoff.supplier.or(handoff.customer)?)? + 1)
        }
    }
}

/// The angle at which a place stands, from −π/2 to 3π/2.
fn angle(place: Point) -> f32 {
    let angle = place.y.atan2(place.x / ASPECT);
    if angle < -std::f32::consts::FRAC_PI_2 { angle + std::f32::consts::TAU } else { angle }
}

/// The name of a ring and its figures in one line, measured.
struct Head {
    layer: usize,
    items: Vec<Item>,
    size: Size,
}

impl Head {
    fn new(ask: &Ask<'_>, rings: &Layers, layer: usize) -> Self {
        let alone = layer == 0 && rings.centre.len() == 1;
        if alone || rings.of.is_empty() {
            return Self { layer, items: Vec::new(), size: Size::default() };
        }
        let name = if layer == 0 { name_of(layer, rings, ask.document) } else { format!("Layer {layer}") };
        let words = [
            (name, Weight::SemiBold, Ink::Text),
            (format!("· {}", Self::note(ask, rings, layer)), Weight::Regular, Ink::Faint),
        ];
        let lines = words.map(|(text, weight, ink)| (ask.fonts.line(&text, HEAD_SIZE, weight), weight, ink));
        let whole = lines.iter().map(|(line, ..)| line.width).sum::<f32>() + HEAD_SPACE;
        let mut x = -whole / 2.0;
        let item = |(line, weight, ink): (Line, Weight, Ink)| {
            let (at, width) = (pt(x, HEAD_SIZE * 0.36), line.width);
            x += width + HEAD_SPACE;
            Item::Text { at, align: Align::Left, size: HEAD_SIZE, weight, ink, text: line.text, width }
        };
        let items = lines.into_iter().map(item).collect();
        Self { layer, items, size: Size { w: whole + 20.0, h: HEAD_SIZE * 2.0 } }
    }

    /// "3 parties · 84.1 % C&A so far".
    fn note(ask: &Ask<'_>, rings: &Layers, layer: usize) -> String {
        let count = rings.count(layer);
        let mut note = format!("{count} {}", if count == 1 { "party" } else { "parties" });
        if ask.document.parties_len() <= MOST_WITH_FIGURES && rings.centre.len() == 1 {
            let known = so_far(ask.document, rings, layer).complete_accurate.value;
            note += &known.map(|v| format!(" · {} % C&A so far", rounded(v * 100.0, 1))).unwrap_or_default();
        }
        note
    }

    /// The words around a point; `None` when there are none.
    fn at(&self, middle: Point) -> Option<Arc<Group>> {
        if self.items.is_empty() {
            return None;
        }
        let corner = middle - pt(self.size.w / 2.0, self.size.h / 2.0);
        let rect = Rect::from_min_size(corner, self.size);
        let radius = self.size.h / 2.0;
        let pill = Item::Rect { rect, radius, fill: Some(Ink::Paper), stroke: Some(Stroke::solid(Ink::Grid, 1.0)) };
        let items = std::iter::once(pill).chain(self.items.iter().map(|item| item.translated(middle)));
        Some(Arc::new(Group {
            layer: Some(self.layer),
            bounds: Some(rect.expand(1.0)),
            items: items.collect(),
            ..Group::default()
        }))
    }
}

/// The rings themselves, the outermost below.
fn bands(layout: &Onion, rings: &Layers) -> Vec<Arc<Group>> {
    let band = |(layer, ring): (usize, &Ring)| {
        let stroke = Some(Stroke::solid(Ink::Grid, 1.2));
        let curves = ring.outline.curves().map(|[_, a, b, to]| Segment::Cubic(a, b, to));
        let start = std::iter::once(Segment::Move(ring.outline.start()));
        let segments = start.chain(curves).chain(std::iter::once(Segment::Close)).collect();
        let item = Item::Path { segments, fill: Some(Ink::Ring(layer.min(200) as u8)), stroke };
        let bounds = Some(ring.outline.bounds().expand(1.0));
        Arc::new(Group { layer: Some(layer), bounds, items: vec![item], ..Group::default() })
    };
    layout.rings.iter().take(rings.last() + 1).enumerate().rev().map(band).collect()
}

/// Gives each ring the colour of the figure over what its parties give further in, where something of it is known.
pub(super) fn colour(drawing: &mut Drawing, ask: &Ask<'_>, told: &Told) {
    let layer_of = |handoff: &Handoff| drawing.layers.get(&handoff.supplier?).copied();
    let mut given: BTreeMap<usize, Vec<HandoffId>> = BTreeMap::new();
    for (id, handoff) in ask.document.handoffs().filter(|(_, handoff)| handoff.is_forward()) {
        if let Some(layer) = layer_of(handoff).filter(|layer| *layer > 0) {
            given.entry(layer).or_default().push(id);
        }
    }
    for group in &mut drawing.behind {
        let given = group.layer.and_then(|layer| given.get(&layer));
        if let Some(step) = given.and_then(|given| ring_step(ask.choice.figure, given, told)) {
            let inked = |ink| if matches!(ink, Ink::Ring(_)) { Ink::Scale(step) } else { ink };
            let items = group.items.iter().map(|item| item.inked(inked)).collect();
            *group = Arc::new(Group { items, ..(**group).clone() });
        }
    }
}

/// Of shares of the loss that of their sum, as they add up; else the mean step of what is known.
fn ring_step(figure: Figure, given: &[HandoffId], told: &Told) -> Option<u8> {
    let known: Vec<u8> = given.iter().filter_map(|id| told.steps.get(id).copied()).collect();
    if known.is_empty() {
        return None;
    }
    if figure == Figure::Loss {
        return Some(loss_step(given.iter().filter_map(|id| told.values.get(id)).sum()));
    }
    let sum: f32 = known.iter().map(|step| f32::from(*step)).sum();
    Some((sum / known.len() as f32).round() as u8)
}

fn key() -> Vec<Entry> {
    vec![Entry { swatch: Vec::new(), text: "Ring: handoffs away from the customer".into() }]
}
