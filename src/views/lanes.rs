//! A lane for each department, the chain along them: what crosses from lane to lane stands out.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Ask;
use super::net::{Knot, Net};
use crate::geom::{Rect, pt};
use crate::layout::lanes::{LaneNode, LanesRequest, lanes};
use crate::model::{Document, Figure, Handoff, PartyId, PartyKind};
use crate::scene::card::FULL;
use crate::scene::drawing::{Drawing, Entry, Lane};
use crate::scene::handoff::Tint;
use crate::scene::map::hues;
use crate::scene::{Align, Group, Ink, Item, Stroke, Weight};

const LANE_GAP: f32 = 10.0;
const CARD_GAP: f32 = 34.0;
const LAYER_GAP: f32 = 90.0;
const LEAST_HEIGHT: f32 = 120.0;
/// Width of the names left of the lanes.
const HEAD: f32 = 168.0;
const NAME_SIZE: f32 = 14.5;
/// Length of lanes above which the names grow.
const ROOMY: f32 = 1800.0;

/// Who shares a lane, in the order of lanes that nobody ordered.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Owner {
    Suppliers,
    Department(String),
    NoDepartment,
    Customers,
}

impl Owner {
    fn of(document: &Document, party: PartyId) -> Self {
        match document.party(party) {
            Some(p) if p.kind == PartyKind::Customer => Self::Customers,
            Some(p) if p.kind == PartyKind::Supplier => Self::Suppliers,
            Some(p) if !p.department.trim().is_empty() => Self::Department(p.department.trim().to_owned()),
            _ => Self::NoDepartment,
        }
    }

    fn title(&self) -> &str {
        match self {
            Self::Suppliers => "External suppliers",
            Self::Department(name) => name,
            Self::NoDepartment => "No department",
            Self::Customers => "External customers",
        }
    }
}

pub(super) fn draw(ask: &Ask<'_>) -> Drawing {
    let document = ask.document;
    let net = Net::new(document, ask.fonts, |_| Some(&FULL));
    let owner = |knot: Knot| match knot {
        Knot::Party(id) => Owner::of(document, id),
        Knot::Open(id) => {
            let end = document.handoff(id).and_then(|h| h.supplier.or(h.customer));
            end.map_or(Owner::NoDepartment, |party| Owner::of(document, party))
        }
    };
    let owners: BTreeMap<Owner, usize> = {
        let all: std::collections::BTreeSet<Owner> = net.knots.iter().map(|knot| owner(*knot)).collect();
        all.into_iter().zip(0..).collect()
    };
    let node = |knot: &Knot| LaneNode {
        size: net.size(*knot),
        lane: owners.get(&owner(*knot)).copied().unwrap_or(0),
        layer_hint: net.hint(*knot),
        near: net.near(*knot, ask.before),
    };
    let request = LanesRequest {
        nodes: net.knots.iter().map(node).collect(),
        edges: net.edges(),
        lanes: owners.len(),
        lane_gap: LANE_GAP,
        node_gap: CARD_GAP,
        layer_gap: LAYER_GAP,
        head: LEAST_HEIGHT,
        order: given_order(document, &owners),
        first: owners.get(&Owner::Suppliers).copied(),
        last: owners.get(&Owner::Customers).copied(),
    };
    let layout = lanes(&request);
    let mut drawing = net.drawing(&layout.places, layout.ways);
    let names: Vec<&Owner> = owners.keys().collect();
    // The longer the lanes, the smaller the picture of them is shown; their names are what one looks for first.
    let large = (layout.bounds.width() / ROOMY).sqrt().clamp(1.0, 3.0);
    for (lane, rect) in layout.order.iter().filter_map(|i| Some((*names.get(*i)?, *layout.lanes.get(*i)?))) {
        let head = Rect { min: rect.min - pt(HEAD * large, 0.0), max: pt(rect.min.x, rect.max.y) };
        drawing.behind.push(Arc::new(band(ask, lane, (&rect, &head, large), drawing.lanes.len())));
        let department = if let Owner::Department(name) = lane { Some(name.clone()) } else { None };
        drawing.lanes.push(Lane { department, head, rect });
    }
    // A figure tells by colour and width what this would tell.
    if ask.choice.figure == Figure::None {
        set_off(&mut drawing, document);
    }
    drawing
}

/// The order that somebody gave the departments, as lanes; those that are not named follow.
fn given_order(document: &Document, owners: &BTreeMap<Owner, usize>) -> Option<Vec<usize>> {
    let given = &document.info().lane_order;
    if given.is_empty() {
        return None;
    }
    let lane = |name: &String| owners.get(&Owner::Department(name.trim().to_owned())).copied();
    let mut order: Vec<usize> = Vec::new();
    for lane in given.iter().filter_map(lane).chain(owners.values().copied()) {
        if !order.contains(&lane) {
            order.push(lane);
        }
    }
    Some(order)
}

/// A lane and its name, which is written `large` times as large as usual.
fn band(ask: &Ask<'_>, owner: &Owner, (rect, head, large): (&Rect, &Rect, f32), index: usize) -> Group {
    let whole = head.union(rect);
    let hue = hues(ask.document).get(owner.title()).copied();
    let (edge, fill) = match owner {
        Owner::Department(_) => (hue.map_or(Ink::CardEdge, Ink::Department), Ink::Ring(1 + (index % 2) as u8)),
        Owner::NoDepartment => (Ink::CardEdge, Ink::Ring(1 + (index % 2) as u8)),
        Owner::Suppliers => (Ink::SupplierEdge, Ink::SupplierCard),
        Owner::Customers => (Ink::CustomerEdge, Ink::CustomerCard),
    };
    let stroke = Some(Stroke::solid(Ink::Grid, 1.0));
    let mut items = vec![Item::Rect { rect: whole, radius: 6.0, fill: Some(fill), stroke }];
    let bar = Rect { min: head.min + pt(0.0, 6.0), max: pt(head.min.x + 6.0, head.max.y - 6.0) };
    items.push(Item::Rect { rect: bar, radius: 3.0, fill: Some(edge), stroke: None });
    let wrapped = |size: f32| {
        let most = ((head.height() - 12.0) / (size * 1.3)).max(1.0) as usize;
        ask.fonts.wrap(owner.title(), size, Weight::SemiBold, head.width() - 36.0, most)
    };
    let (mut size, mut lines) = (NAME_SIZE * large, wrapped(NAME_SIZE * large));
    if lines.last().is_some_and(|line| line.text.ends_with('…')) {
        (size, lines) = (NAME_SIZE, wrapped(NAME_SIZE));
    }
    let step = size * 1.3;
    let mut y = head.center().y - lines.len() as f32 * step / 2.0;
    for line in lines {
        items.push(Item::Text {
            at: pt(head.min.x + 20.0, y + size),
            align: Align::Left,
            size,
            weight: Weight::SemiBold,
            ink: Ink::Text,
            text: line.text,
            width: line.width,
        });
        y += step;
    }
    Group { bounds: Some(whole), items, ..Group::default() }
}

/// Handoffs from lane to lane are heavy, those within a lane light.
fn set_off(drawing: &mut Drawing, document: &Document) {
    let crosses = |handoff: &Handoff| {
        handoff.ends().is_some_and(|(from, to)| Owner::of(document, from) != Owner::of(document, to))
    };
    for (id, arrow) in &mut drawing.arrows {
        let Some(handoff) = document.handoff(*id) else { continue };
        let heavy = crosses(handoff);
        let ink = if heavy && arrow.ink == Ink::Line { Ink::Text } else { arrow.ink };
        let width = if heavy { 2.4 } else { 1.2 };
        *arrow = Arc::new(arrow.tinted(Tint { ink, width }));
    }
    if drawing.arrows.keys().any(|id| document.handoff(*id).is_some_and(|h| crosses(h))) {
        let rect = Rect { min: pt(-15.0, -1.2), max: pt(15.0, 1.2) };
        let swatch = vec![Item::Rect { rect, radius: 0.0, fill: Some(Ink::Text), stroke: None }];
        drawing.key.push(Entry { swatch, text: "Crosses a boundary".into() });
    }
}
