//! A view, drawn: cards, arrows and what lies behind and above them. The window paints it, and pictures are made of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::card::Card;
use super::handoff::Arrow;
use super::sheet::CellArea;
use super::sheet::list::Kept;
use super::{Group, Item};
use crate::geom::{Point, Rect};
use crate::model::ops::End;
use crate::model::ops::grid::Grid;
use crate::model::ops::sipoc::Row;
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
    /// The cells, when the view is a table; its header is the first group above.
    pub table: Option<Arc<Table>>,
    /// The lanes from the top, when the view has lanes.
    pub lanes: Vec<Lane>,
    /// What the legend explains beside cards and arrows.
    pub key: Vec<Entry>,
}

/// A lane of a department.
#[derive(Debug, Clone, PartialEq)]
pub struct Lane {
    /// The department; `None` for lanes that nobody can move: those of external parties, and of no department.
    pub department: Option<String>,
    /// Where its name stands, by which it is dragged.
    pub head: Rect,
    /// Where its cards stand.
    pub rect: Rect,
}

/// The cells of a view that is a table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Table {
    /// Every cell that is shown, row by row.
    pub cells: Vec<CellArea>,
    /// What the rows are.
    pub rows: Rows,
    /// The rows as they were laid out, for the next drawing.
    pub kept: Option<Arc<Kept>>,
}

/// What the rows of a table are.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Rows {
    /// Departments; cells are selected and not edited.
    #[default]
    Silos,
    /// The rows of a SIPOC, which can be typed into.
    Sipoc(Vec<Row>),
    /// A handoff each, which can be typed into; `None` is the empty row at the end.
    Handoffs(Vec<Option<HandoffId>>),
}

impl Rows {
    /// The rows as a table that can be typed into; `None` for one that cannot.
    pub fn grid(&self) -> Option<Grid<'_>> {
        match self {
            Self::Silos => None,
            Self::Sipoc(rows) => Some(Grid::Sipoc(rows)),
            Self::Handoffs(rows) => Some(Grid::List(rows)),
        }
    }
}

/// What changed from one drawing to the next: other, added or removed.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    /// Cards.
    pub parties: BTreeSet<PartyId>,
    /// Arrows.
    pub handoffs: BTreeSet<HandoffId>,
}

impl Changes {
    /// True when nothing changed.
    pub fn is_empty(&self) -> bool {
        self.parties.is_empty() && self.handoffs.is_empty()
    }
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
    /// The rows and bars of a chart, each with the party or handoff that it tells of, the first at the bottom; none where
    /// there are cards or arrows, which stand for themselves.
    pub fn rows(&self) -> impl DoubleEndedIterator<Item = (Subject, Rect, &Group)> {
        let is_chart = self.cards.is_empty() && self.arrows.is_empty() && self.table.is_none();
        let (behind, above) = if is_chart { (&self.behind[..], &self.above[..]) } else { Default::default() };
        let groups = behind.iter().chain(above);
        groups.filter_map(|group| Some((group.subject?, group.bounds?, &**group)))
    }

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

    /// What lies on the way from one drawing (`t` = 0) to another (1): cards and arrows that are in both move, the others
    /// appear, from half way in.
    pub fn between(from: &Self, to: &Self, t: f32) -> Self {
        let middle = to.bounds().center();
        let mut drawing = Self { cards: BTreeMap::new(), arrows: BTreeMap::new(), ..to.clone() };
        for (id, placed) in &to.cards {
            let start = from.cards.get(id).map_or(middle.lerp(placed.place, 0.6), |old| old.place);
            drawing.cards.insert(*id, Placed { place: start.lerp(placed.place, t), ..placed.clone() });
        }
        for (id, arrow) in &to.arrows {
            match from.arrows.get(id) {
                Some(old) => drawing.arrows.insert(*id, Arc::new(old.towards(arrow, t))),
                None if t > 0.6 => drawing.arrows.insert(*id, arrow.clone()),
                None => None,
            };
        }
        drawing
    }

    /// What differs between two drawings.
    pub fn difference(&self, other: &Self) -> Changes {
        let mut changes = Changes::default();
        let same = |a: &Placed, b: &Placed| a.place == b.place && (Arc::ptr_eq(&a.card, &b.card) || a.card == b.card);
        let gone = self.cards.iter().filter(|(id, old)| other.cards.get(id).is_none_or(|new| !same(old, new)));
        let new = other.cards.keys().filter(|id| !self.cards.contains_key(id));
        changes.parties.extend(gone.map(|(id, _)| *id).chain(new.copied()));
        let same = |a: &Arc<Arrow>, b: &Arc<Arrow>| Arc::ptr_eq(a, b) || a == b;
        let gone = self.arrows.iter().filter(|(id, old)| other.arrows.get(id).is_none_or(|new| !same(old, new)));
        let new = other.arrows.keys().filter(|id| !self.arrows.contains_key(id));
        changes.handoffs.extend(gone.map(|(id, _)| *id).chain(new.copied()));
        changes
    }

    /// Which end of a handoff is within `reach` of a point.
    pub fn end_at(&self, handoff: HandoffId, p: Point, reach: f32) -> Option<End> {
        let path = &self.arrows.get(&handoff)?.path;
        let (to_start, to_stop) = (p.distance(path.start()), p.distance(path.end()));
        if to_start.min(to_stop) > reach {
            None
        } else if to_start < to_stop {
            Some(End::Supplier)
        } else {
            Some(End::Customer)
        }
    }

    /// All that is painted, in order: what lies behind, lines, cards, words at the lines, what lies above. With `only`,
    /// no other party or handoff.
    pub fn groups(&self, document: &Document, only: Option<&BTreeSet<Subject>>) -> Vec<Group> {
        let wanted = |subject: &Option<Subject>| only.is_none_or(|set| subject.is_none_or(|s| set.contains(&s)));
        let peels = !self.layers.is_empty();
        let layer_of = |id: PartyId| self.layers.get(&id).copied().or(peels.then_some(Group::APART));
        let mut groups: Vec<Group> = self.behind.iter().map(|group| (**group).clone()).collect();
        let mut words = Vec::new();
        for (id, arrow) in &self.arrows {
            let Some(handoff) = document.handoff(*id) else { continue };
            let (layer, shapes) = (handoff.known_ends().filter_map(layer_of).max(), arrow.shapes());
            let group = Group {
                subject: Some(Subject::Handoff(*id)),
                title: document.describe(handoff).into(),
                about: document.about_handoff(handoff).into(),
                layer,
                bounds: Some(arrow.bounds),
                items: shapes.line,
            };
            if !shapes.label.is_empty() {
                words.push(Group { bounds: Some(arrow.label_area), items: shapes.label, ..group.clone() });
            }
            groups.push(group);
        }
        for (id, placed) in &self.cards {
            groups.push(Group {
                subject: Some(Subject::Party(*id)),
                title: document.name_of(*id).into(),
                about: document.about_party(*id).into(),
                layer: layer_of(*id),
                bounds: Some(placed.rect().expand(3.0)),
                items: placed.card.items().map(|item| item.translated(placed.place)).collect(),
            });
        }
        groups.append(&mut words);
        groups.extend(self.above.iter().map(|group| (**group).clone()));
        groups.retain(|group| wanted(&group.subject));
        groups
    }
}
