//! The map as boxes and arrows for a layout: parties, and a dot for each end that nobody gives or receives yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Ask;
use crate::geom::{Path, Point, Rect, Size, pt};
use crate::layout::chain::chain;
use crate::layout::{self, LayerHint, Way};
use crate::model::{Document, Handoff, HandoffId, PartyId, PartyKind};
use crate::scene::card::{Card, Look, Style, card};
use crate::scene::drawing::{Drawing, Placed};
use crate::scene::handoff::{Label, Spot, arrow, label};
use crate::scene::map::hues;
use crate::scene::route::{between, sides};
use crate::scene::text::Fonts;
use crate::scene::{Align, Group, Ink, Item, Weight};

/// A box of the layout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Knot {
    /// A party.
    Party(PartyId),
    /// The missing end of a handoff.
    Open(HandoffId),
}

/// Cards and labels, measured, and the graph that they make.
#[derive(Debug)]
pub(super) struct Net<'a> {
    pub document: &'a Document,
    pub knots: Vec<Knot>,
    /// Each handoff with the indices of its supplier's and its customer's box.
    pub links: Vec<(HandoffId, &'a Arc<Handoff>, usize, usize)>,
    pub cards: BTreeMap<PartyId, Arc<Card>>,
    labels: BTreeMap<HandoffId, Arc<Label>>,
}

/// With no more boxes than this, times links, the links to what is apart look for a way round cards.
const FEW_ACROSS: usize = 4000;
/// What a corner keeps free around what stands in it, in map units, and its words above.
const CORNER_AIR: f32 = 24.0;
const CORNER_WORDS: f32 = 44.0;

/// Where what is apart fits into a corner beside an outline, nearest to the points it is linked with: the middle of its
/// upper edge.
fn corner(rest: &Rect, outline: Option<&Path>, room: Size, linked: &[Point]) -> Option<Point> {
    let outline: Vec<Point> = outline?.points(8).collect();
    let half = room.w / 2.0;
    let corners =
        [rest.min.x + half, rest.max.x - half].map(|x| [(x, rest.max.y - room.h), (x, rest.min.y + CORNER_WORDS)]);
    let far = |at: &Point| linked.iter().map(|p| p.distance(*at)).sum::<f32>();
    let free = |at: &Point| {
        let top = *at - pt(half, CORNER_WORDS);
        let around = Rect::from_min_size(top, Size { w: room.w, h: room.h + CORNER_WORDS }).expand(CORNER_AIR);
        !outline.iter().any(|p| around.contains(*p)) && (around.max.x < 0.0 || around.min.x > 0.0)
    };
    let found = corners.into_iter().flatten().map(|(x, y)| pt(x, y)).filter(free);
    found.min_by(|a, b| far(a).total_cmp(&far(b)))
}

/// The way that crosses the fewest cards and words, and of these the shortest; the usual one unless another is better.
fn around(usual: Path, (a, b): (&Rect, &Rect), taken: &[Rect]) -> Path {
    use crate::scene::route::CardSide::{Bottom, Left, Right, Top};
    let strain = |path: &Path| {
        let points: Vec<Point> = path.points(32).collect();
        let inner = &points[1..points.len() - 1];
        let hit = taken.iter().filter(|rect| inner.iter().any(|p| rect.expand(-0.5).contains(*p))).count();
        hit as f32 * 1e5 + points.windows(2).map(|p| p[0].distance(p[1])).sum::<f32>()
    };
    let sides = [Left, Right, Top, Bottom];
    let ways = sides.into_iter().flat_map(|out| sides.map(|into| (out, into)));
    let bowed = ways.flat_map(|way| [0.0, -150.0, 150.0, -320.0, 320.0].map(|bow| (way, bow)));
    let other = bowed.map(|((out, into), bow)| between((out.at(a, 0.0), out), (into.at(b, 0.0), into), bow));
    let mut best = (strain(&usual) - 1.0, usual);
    for path in other {
        let strain = strain(&path);
        if strain < best.0 {
            best = (strain, path);
        }
    }
    best.1
}

/// Room for the ring of an open end.
const OPEN: Size = Size { w: 18.0, h: 18.0 };

impl<'a> Net<'a> {
    /// Measures the parties, and the handoffs among them. `which` says the style of each party's card; `None` leaves the
    /// party out with its handoffs.
    pub fn new(document: &'a Document, fonts: &Fonts, which: impl Fn(PartyId) -> Option<&'static Style>) -> Self {
        let (hues, hours) = (hues(document), document.info().hours_per_day);
        let measured = |id: PartyId| {
            let party = document.party(id)?;
            Some(Arc::new(card(party, Look::of(document, id, &hues), hours, fonts, which(id)?)))
        };
        let cards: BTreeMap<PartyId, Arc<Card>> =
            document.parties().filter_map(|(id, _)| Some((id, measured(id)?))).collect();
        let inside = |end: Option<PartyId>| end.is_none_or(|id| cards.contains_key(&id));
        let shown = document.handoffs().filter(|(_, h)| inside(h.supplier) && inside(h.customer));
        let mut knots: Vec<Knot> = cards.keys().map(|id| Knot::Party(*id)).collect();
        let handoffs: Vec<(HandoffId, &Arc<Handoff>)> = shown.collect();
        knots.extend(handoffs.iter().filter(|(_, h)| h.ends().is_none()).map(|(id, _)| Knot::Open(*id)));
        let index: BTreeMap<Knot, usize> = knots.iter().copied().zip(0..).collect();
        let link = |(id, handoff): &(HandoffId, &'a Arc<Handoff>)| {
            let at = |end: Option<PartyId>| index.get(&end.map_or(Knot::Open(*id), Knot::Party)).copied();
            Some((*id, *handoff, at(handoff.supplier)?, at(handoff.customer)?))
        };
        let links: Vec<_> = handoffs.iter().filter_map(link).collect();
        let labels = links.iter().map(|(id, handoff, ..)| (*id, Arc::new(label(handoff, hours, fonts)))).collect();
        Self { document, knots, links, cards, labels }
    }

    /// The size of each box.
    pub fn size(&self, knot: Knot) -> Size {
        match knot {
            Knot::Party(id) => self.cards.get(&id).map_or(OPEN, |card| card.size),
            Knot::Open(_) => OPEN,
        }
    }

    /// The room that the words of a handoff take.
    pub fn label_size(&self, handoff: HandoffId) -> Size {
        let Some(label) = self.labels.get(&handoff).filter(|label| label.height() > 0.0) else {
            return Size::default();
        };
        Size { w: label.width() + 6.0, h: label.height() }
    }

    /// Where a party wants to stand along the flow.
    pub fn hint(&self, knot: Knot) -> LayerHint {
        match knot {
            Knot::Party(id) => match self.document.party(id).map(|p| p.kind) {
                // A customer that also supplies is an end of the chain in both roles: it stands at the customers' end.
                Some(PartyKind::Customer) => LayerHint::Last,
                Some(PartyKind::Supplier) => LayerHint::First,
                _ => LayerHint::None,
            },
            Knot::Open(_) => LayerHint::None,
        }
    }

    /// Whether a handoff runs against the flow: rework, and what an external customer gives.
    pub fn is_back(&self, handoff: &Handoff) -> bool {
        let kind = handoff.supplier.and_then(|id| self.document.party(id)).map(|p| p.kind);
        !handoff.is_forward() || kind == Some(PartyKind::Customer)
    }

    /// The handoffs as arrows for a layout.
    pub fn edges(&self) -> Vec<layout::Edge> {
        let edge = |(id, handoff, from, to): &(HandoffId, &Arc<Handoff>, usize, usize)| layout::Edge {
            from: *from,
            to: *to,
            back: self.is_back(handoff),
            label: self.label_size(*id),
        };
        self.links.iter().map(edge).collect()
    }

    /// The department of a party, trimmed.
    pub fn department(&self, party: PartyId) -> Option<&'a str> {
        self.document.party(party).map(|p| p.department.trim())
    }

    /// Arranges boxes apart: those that reach no customer. They stand in a corner that the outline of the rest leaves
    /// free, or below it. Gives the words above them.
    pub fn put_apart(
        &self,
        ask: &Ask<'_>,
        is_apart: impl Fn(usize) -> bool,
        (rest, outline): (&Rect, Option<&Path>),
        (places, ways): (&mut [Point], &mut [Option<Way>]),
    ) -> Option<Arc<Group>> {
        let apart: Vec<usize> = (0..self.knots.len()).filter(|i| is_apart(*i)).collect();
        if apart.is_empty() {
            return None;
        }
        let node = |i: &usize| layout::Node {
            size: self.size(self.knots[*i]),
            near: None,
            layer_hint: self.hint(self.knots[*i]),
        };
        let all = self.edges();
        let (mut edges, mut among) = (Vec::new(), Vec::new());
        for (link, edge) in all.into_iter().enumerate() {
            if let (Ok(from), Ok(to)) = (apart.binary_search(&edge.from), apart.binary_search(&edge.to)) {
                edges.push(layout::Edge { from, to, ..edge });
                among.push(link);
            }
        }
        let request = layout::Request {
            nodes: apart.iter().map(node).collect(),
            edges,
            node_gap: 24.0,
            layer_gap: 80.0,
            ..layout::Request::default()
        };
        let arranged = chain(&request);
        let line = ask.fonts.line("Not connected to the customer", 14.0, Weight::SemiBold);
        let room = arranged.bounds.size();
        let room = Size { w: room.w.max(line.width), h: room.h };
        let linked: Vec<Point> = self.across(&is_apart).map(|(_, inside)| places[inside]).collect();
        let at = corner(rest, outline, room, &linked).unwrap_or(if rest.is_nothing() {
            Point::default()
        } else {
            pt(rest.center().x, rest.max.y + 90.0)
        });
        let (middle, top) = (at.x, at.y);
        let by = pt(middle - arranged.bounds.center().x, top - arranged.bounds.min.y);
        for (i, place) in apart.iter().zip(&arranged.places) {
            places[*i] = *place + by;
        }
        for (link, way) in among.into_iter().zip(arranged.ways) {
            ways[link] = way.map(|w| Way { path: w.path.translated(by), label: w.label.map(|at| at + by) });
        }
        self.lead_across(&is_apart, places, ways);
        let at = pt(middle, top - 24.0);
        let half = pt(line.width / 2.0, 14.0);
        let text = Item::Text {
            at,
            align: Align::Center,
            size: 14.0,
            weight: Weight::SemiBold,
            ink: Ink::Warn,
            text: line.text,
            width: line.width,
        };
        let bounds = Some(Rect { min: at - half, max: at + pt(half.x, 5.0) });
        // Only with all layers: what reaches no customer is in none.
        Some(Arc::new(Group { layer: Some(Group::APART), bounds, items: vec![text], ..Group::default() }))
    }

    /// The links between what is apart and the rest, each with its end in the rest.
    fn across(&self, is_apart: &impl Fn(usize) -> bool) -> impl Iterator<Item = (usize, usize)> {
        let ends = self.links.iter().map(|(_, _, from, to)| (*from, *to)).enumerate();
        ends.filter_map(|(link, (from, to))| match (is_apart(from), is_apart(to)) {
            (true, false) => Some((link, to)),
            (false, true) => Some((link, from)),
            _ => None,
        })
    }

    /// Handoffs between what is apart and the rest, by ways that cross few cards and words and are short.
    fn lead_across(&self, is_apart: &impl Fn(usize) -> bool, places: &[Point], ways: &mut [Option<Way>]) {
        let rect = |i: usize| {
            let size = self.size(self.knots[i]);
            Rect::from_min_size(places[i] - pt(size.w / 2.0, size.h / 2.0), size)
        };
        let links: Vec<usize> = self.across(is_apart).map(|(link, _)| link).collect();
        let few = links.len() * self.knots.len() <= FEW_ACROSS;
        let mut taken: Vec<Rect> = if few { (0..self.knots.len()).map(rect).collect() } else { Vec::new() };
        for ((id, ..), way) in self.links.iter().zip(ways.iter()).filter(|_| few) {
            if let Some(at) = way.as_ref().and_then(|way| way.label) {
                let size = self.label_size(*id);
                taken.push(Rect::from_min_size(at - pt(size.w / 2.0, size.h / 2.0), size));
            }
        }
        for link in links {
            let (_, handoff, from, to) = &self.links[link];
            let (a, b) = (rect(*from), rect(*to));
            let (out, into) = sides(&a, &b, handoff.kind);
            let usual = between((out.at(&a, 0.0), out), (into.at(&b, 0.0), into), 0.0);
            let path = if few { around(usual, (&a, &b), &taken) } else { usual };
            ways[link] = Some(Way { path, label: None });
        }
    }

    /// Where a box was in an earlier drawing.
    pub fn near(&self, knot: Knot, before: Option<&Drawing>) -> Option<Point> {
        match knot {
            Knot::Party(id) => before?.cards.get(&id).map(|placed| placed.place),
            Knot::Open(_) => None,
        }
    }

    /// Cards and arrows where a layout put them, box by box and link by link.
    pub fn drawing(&self, places: &[Point], ways: Vec<Option<Way>>) -> Drawing {
        let mut drawing = Drawing::default();
        for (knot, place) in self.knots.iter().zip(places) {
            if let Knot::Party(id) = knot
                && let Some(card) = self.cards.get(id)
            {
                drawing.cards.insert(*id, Placed { card: card.clone(), place: *place });
            }
        }
        for ((id, handoff, ..), way) in self.links.iter().zip(ways) {
            if let (Some(way), Some(label)) = (way, self.labels.get(id)) {
                let spot = way.label.map_or(Spot::Nowhere, Spot::At);
                drawing.arrows.insert(*id, Arc::new(arrow(handoff, label.clone(), way.path, spot)));
            }
        }
        drawing
    }
}
