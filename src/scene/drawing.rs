//! A view, drawn: cards, arrows and what lies behind and above them. The window paints it, and pictures are made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::card::Card;
use super::handoff::Arrow;
use super::{Group, Item};
use crate::geom::{Point, Rect};
use crate::model::{Document, HandoffId, PartyId, Subject};

/// A card and where its middle is.
#[derive(Debug, Clone, PartialEq)]
pub struct Placed {
    /// The card, around the origin.
    pub card: Arc<Card>,
    /// Where its middle is.
    pub place: Point,
}

impl Placed {
    /// The card's rectangle on the map.
    pub fn rect(&self) -> Rect {
        self.card.rect(self.place)
    }
}

/// Everything a view shows, in its own coordinates.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Drawing {
    /// Below everything: rings, lanes, tables.
    pub behind: Vec<Arc<Group>>,
    /// The cards, by id.
    pub cards: BTreeMap<PartyId, Placed>,
    /// The arrows, by id.
    pub arrows: BTreeMap<HandoffId, Arc<Arrow>>,
    /// Above everything: the names of rings.
    pub above: Vec<Arc<Group>>,
    /// With which layer each party comes into view when the picture is peeled; the others are always there.
    pub layers: BTreeMap<PartyId, usize>,
    /// What the legend explains beside cards and arrows.
    pub key: Vec<Entry>,
}

/// One entry of the legend: a swatch of 30 × 16 map units around the origin, and what it means.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// The shapes.
    pub swatch: Vec<Item>,
    /// The words.
    pub text: String,
}

impl Drawing {
    /// Holds everything; [`Rect::NOTHING`] when there is nothing.
    pub fn bounds(&self) -> Rect {
        let cards = self.cards.values().map(|c| c.rect().expand(3.0));
        let arrows = self.arrows.values().map(|a| a.bounds);
        let groups = self.behind.iter().chain(&self.above).filter_map(|g| g.bounds);
        cards.chain(arrows).chain(groups).fold(Rect::NOTHING, |sum, r| sum.union(&r))
    }

    /// True when it shows nothing at all.
    pub fn is_empty(&self) -> bool {
        self.cards.is_empty() && self.arrows.is_empty() && self.behind.is_empty() && self.above.is_empty()
    }

    /// All that is painted, in order: what lies behind, lines, cards, words at the lines, what lies above. With `only`,
    /// no other party or handoff.
    pub fn groups(&self, document: &Document, only: Option<&BTreeSet<Subject>>) -> Vec<Group> {
        let wanted = |subject: &Option<Subject>| only.is_none_or(|set| subject.is_none_or(|s| set.contains(&s)));
        let mut groups: Vec<Group> = self.behind.iter().map(|group| (**group).clone()).collect();
        let mut words = Vec::new();
        for (id, arrow) in &self.arrows {
            let Some(handoff) = document.handoff(*id) else { continue };
            let layer = [handoff.supplier, handoff.customer];
            let layer = layer.into_iter().flatten().filter_map(|id| self.layers.get(&id).copied()).max();
            let group = Group {
                subject: Some(Subject::Handoff(*id)),
                title: document.describe(handoff).into(),
                about: document.about_handoff(handoff).into(),
                layer,
                bounds: Some(arrow.bounds),
                items: arrow.line.clone(),
            };
            if !arrow.label.is_empty() {
                words.push(Group { bounds: Some(arrow.label_area), items: arrow.label.clone(), ..group.clone() });
            }
            groups.push(group);
        }
        for (id, placed) in &self.cards {
            groups.push(Group {
                subject: Some(Subject::Party(*id)),
                title: document.name_of(*id).into(),
                about: document.about_party(*id).into(),
                layer: self.layers.get(id).copied(),
                bounds: Some(placed.rect().expand(3.0)),
                items: placed.card.items.iter().map(|item| item.translated(placed.place)).collect(),
            });
        }
        groups.append(&mut words);
        groups.extend(self.above.iter().map(|group| (**group).clone()));
        groups.retain(|group| wanted(&group.subject));
        groups
    }
}
