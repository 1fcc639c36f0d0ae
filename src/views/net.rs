//! The map as boxes and arrows for a layout: parties, and a dot for each end that nobody gives or receives yet.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::geom::{Point, Size};
use crate::layout::{self, LayerHint, Way};
use crate::model::{Document, Handoff, HandoffId, PartyId, PartyKind};
use crate::scene::card::{Card, Style, card};
use crate::scene::drawing::{Drawing, Placed};
use crate::scene::handoff::{Label, Spot, arrow, label};
use crate::scene::map::hues;
use crate::scene::text::Fonts;

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
    index: BTreeMap<Knot, usize>,
    /// Each handoff with the indices of its supplier's and its customer's box.
    pub links: Vec<(HandoffId, &'a Arc<Handoff>, usize, usize)>,
    pub cards: BTreeMap<PartyId, Arc<Card>>,
    labels: BTreeMap<HandoffId, Label>,
}

/// Room for the ring of an open end.
const OPEN: Size = Size { w: 18.0, h: 18.0 };
/// Room for the mark of a failed must beside the words.
const MARK: f32 = 40.0;

impl<'a> Net<'a> {
    /// Measures the parties, and the handoffs among them. `which` says the style of each party's card; `None` leaves the
    /// party out with its handoffs.
    pub fn new(document: &'a Document, fonts: &Fonts, which: impl Fn(PartyId) -> Option<Style>) -> Self {
        let (hues, hours) = (hues(document), document.info().hours_per_day);
        let measured = |id: PartyId| {
            let party = document.party(id)?;
            let hue = hues.get(party.department.trim()).copied();
            Some(Arc::new(card(party, hue, hours, fonts, &which(id)?)))
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
        let labels = links.iter().map(|(id, handoff, ..)| (*id, label(handoff, hours, fonts))).collect();
        Self { document, knots, index, links, cards, labels }
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
        Size { w: label.width() + if label.is_marked() { MARK } else { 6.0 }, h: label.height() }
    }

    /// The index of a party's box.
    pub fn index_of(&self, party: PartyId) -> Option<usize> {
        self.index.get(&Knot::Party(party)).copied()
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
                drawing.arrows.insert(*id, Arc::new(arrow(handoff, label, way.path, spot, None)));
            }
        }
        drawing
    }
}
