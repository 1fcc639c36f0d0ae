//! The free map as cards and arrows, kept up to date with the document by redoing only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::card::{FULL, Look, card};
use super::drawing::{Changes, Drawing, Placed};
use super::handoff::{Arrow, Label, Spot, arrow, label};
use super::marks::{Badge, badge};
use super::route::{CardSide, between, port_offset, port_order, sides};
use super::text::Fonts;
use crate::geom::{Path, Point, Rect, Size, pt};
use crate::model::{Document, Edit, Handoff, HandoffId, HandoffKind, PartyId};
use crate::threads::each;

/// How far an open end stands from its card.
const OPEN_REACH: f32 = 110.0;
/// How far the middles of parallel handoffs stand apart.
const PARALLEL: f32 = 64.0;

/// Cards and arrows of a document.
#[derive(Debug, Clone, Default)]
pub struct MapScene {
    document: Document,
    moved: BTreeMap<PartyId, Point>,
    hues: BTreeMap<String, u8>,
    badges: BTreeMap<PartyId, Badge>,
    drawing: Drawing,
}

/// Where one end of a handoff meets its card.
struct Port {
    side: CardSide,
    offset: f32,
    /// The only one at its side: free to stand where the arrow is straight.
    alone: bool,
}

type Ports = BTreeMap<(HandoffId, bool), Port>;
/// What is written at handoffs.
type Labels = BTreeMap<HandoffId, Arc<Label>>;

/// With fewer than this, starting threads takes longer than they save.
const WORTH_THREADS: usize = 500;

/// Does the same with every item, on all processors when there are many; the results in the order of the items.
fn beside<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    if items.len() < WORTH_THREADS { items.iter().map(work).collect() } else { each(items, work) }
}

impl MapScene {
    /// Cards and arrows of a whole document.
    pub fn of(document: &Document, fonts: &Fonts) -> Self {
        let mut scene = Self::default();
        scene.sync(document, &BTreeMap::new(), fonts);
        scene
    }

    /// The cards and arrows.
    pub fn drawing(&self) -> &Drawing {
        &self.drawing
    }

    /// Brings cards and arrows up to date. `moved` are places that a gesture shows before it ends.
    pub fn sync(&mut self, document: &Document, moved: &BTreeMap<PartyId, Point>, fonts: &Fonts) -> Changes {
        let mut changes = Changes::default();
        let mut relabelled = BTreeSet::new();
        let mut around: BTreeSet<PartyId> = BTreeSet::new();
        let mut parties_changed = false;
        let day_changed = self.document.info().hours_per_day != document.info().hours_per_day;
        for edit in self.document.each_edit_to(document) {
            parties_changed |= matches!(edit, Edit::PutParty(..) | Edit::RemoveParty(_));
            match edit {
                Edit::PutParty(id, _) | Edit::Place(id, _) | Edit::RemoveParty(id) => {
                    changes.parties.insert(id);
                }
                Edit::PutHandoff(id, _) | Edit::RemoveHandoff(id) => {
                    relabelled.insert(id);
                    for version in [&self.document, document] {
                        around.extend(version.handoff(id).into_iter().flat_map(|h| h.known_ends()));
                    }
                }
                Edit::PutView(..)
                | Edit::RemoveView(_)
                | Edit::PutScenario(..)
                | Edit::RemoveScenario(_)
                | Edit::PutSprint(..)
                | Edit::RemoveSprint(_)
                | Edit::SetInfo(_) => {}
            }
        }
        let hues = if parties_changed { hues(document) } else { self.hues.clone() };
        if hues != self.hues || day_changed {
            changes.parties.extend(document.parties().map(|(id, _)| id));
        }
        if day_changed {
            relabelled.extend(document.handoffs().map(|(id, _)| id));
        }
        for (id, place) in moved.iter().chain(&self.moved) {
            if self.moved.get(id) != moved.get(id) || self.drawing.cards.get(id).is_none_or(|c| c.place != *place) {
                changes.parties.insert(*id);
            }
        }
        let stale = self.redo_badges(document, &around, &changes.parties);
        changes.parties.extend(&stale);
        self.hues = hues;
        self.moved.clone_from(moved);
        let is_stale = |id| day_changed || stale.contains(&id);
        around.extend(self.redo_cards(document, &changes.parties, is_stale, fonts));
        let labels = labels(document, &relabelled, fonts);
        self.redo_arrows(document, &around, relabelled, &labels, &mut changes);
        self.document = document.clone();
        changes
    }

    /// Brings the badges of some parties up to date; gives those that have another one now.
    fn redo_badges(
        &mut self,
        document: &Document,
        around: &BTreeSet<PartyId>,
        changed: &BTreeSet<PartyId>,
    ) -> BTreeSet<PartyId> {
        let mut stale = BTreeSet::new();
        for id in around.iter().chain(changed) {
            let now = document.party(*id).and_then(|_| badge(document, *id));
            let before = match now {
                Some(badge) => self.badges.insert(*id, badge),
                None => self.badges.remove(id),
            };
            if before != now {
                stale.insert(*id);
            }
        }
        stale
    }

    /// Brings some cards up to date; gives those that take another room than before, or none any more.
    fn redo_cards(
        &mut self,
        document: &Document,
        parties: &BTreeSet<PartyId>,
        is_stale: impl Fn(PartyId) -> bool,
        fonts: &Fonts,
    ) -> Vec<PartyId> {
        let hours = document.info().hours_per_day;
        let (mut anew, mut elsewhere) = (Vec::new(), Vec::new());
        for id in parties {
            let Some((party, place)) = document.party(*id).zip(document.place(*id)) else {
                self.drawing.cards.remove(id);
                elsewhere.push(*id);
                continue;
            };
            let hue = self.hues.get(party.department.trim()).copied();
            let same = self.document.party(*id).is_some_and(|old| Arc::ptr_eq(old, party));
            let place = self.moved.get(id).copied().unwrap_or(place);
            match self.drawing.cards.get_mut(id) {
                // Only moved: the card itself stays.
                Some(placed) if same && !is_stale(*id) && placed.card.block == super::card::block(party.kind, hue) => {
                    if placed.place != place {
                        placed.place = place;
                        elsewhere.push(*id);
                    }
                }
                _ => anew.push((*id, party, Look { hue, badge: self.badges.get(id).copied() }, place)),
            }
        }
        let cards = beside(&anew, |(_, party, look, _)| Arc::new(card(party, *look, hours, fonts, &FULL)));
        let placed = anew.into_iter().zip(cards).map(|((id, _, _, place), card)| (id, Placed { card, place }));
        let placed: Vec<(PartyId, Placed)> = placed.collect();
        let had = &self.drawing.cards;
        let other = placed.iter().filter(|(id, now)| had.get(id).is_none_or(|before| before.rect() != now.rect()));
        elsewhere.extend(other.map(|(id, _)| *id));
        // A whole map at once fills its nodes; card by card, half of their room would stay empty.
        if self.drawing.cards.is_empty() {
            self.drawing.cards = placed.into_iter().collect();
        } else {
            self.drawing.cards.extend(placed);
        }
        elsewhere
    }

    /// Redoes the given arrows and all that share a card with one of the parties: ports are shared out anew there.
    fn redo_arrows(
        &mut self,
        document: &Document,
        around: &BTreeSet<PartyId>,
        given: BTreeSet<HandoffId>,
        labels: &Labels,
        changes: &mut Changes,
    ) {
        let mut parties = around.clone();
        for party in around {
            parties.extend(document.handoffs_of(*party).flat_map(|(_, h)| h.known_ends()));
        }
        changes.handoffs.extend(&given);
        let mut handoffs = given;
        for party in &parties {
            handoffs.extend(document.handoffs_of(*party).map(|(id, _)| id));
        }
        let mut anew = Vec::new();
        for id in &handoffs {
            match document.handoff(*id) {
                Some(handoff) => anew.push((*id, handoff)),
                None => drop(self.drawing.arrows.remove(id)),
            }
        }
        let mut ends: Vec<PartyId> = anew.iter().flat_map(|(_, handoff)| handoff.known_ends()).collect();
        ends.sort_unstable();
        ends.dedup();
        let ports: Ports = beside(&ends, |party| self.ports(document, *party)).into_iter().flatten().collect();
        let arrows = beside(&anew, |(id, handoff)| Arc::new(self.route(document, *id, handoff, (&ports, labels))));
        let made = anew.into_iter().map(|(id, _)| id).zip(arrows);
        if self.drawing.arrows.is_empty() {
            self.drawing.arrows = made.collect();
            changes.handoffs.extend(&handoffs);
        } else {
            for (id, made) in made {
                if self.drawing.arrows.get(&id).is_none_or(|old| *old != made) {
                    self.drawing.arrows.insert(id, made);
                    changes.handoffs.insert(id);
                }
            }
        }
        changes.handoffs.extend(handoffs.into_iter().filter(|id| !self.drawing.arrows.contains_key(id)));
    }

    fn rect(&self, party: PartyId) -> Rect {
        self.drawing.cards.get(&party).map_or(Rect { min: pt(0.0, 0.0), max: pt(0.0, 0.0) }, Placed::rect)
    }

    /// The sides of a party's card shared out among its handoffs, ordered by where they go.
    fn ports(&self, document: &Document, party: PartyId) -> Vec<((HandoffId, bool), Port)> {
        let card = self.rect(party);
        let mut at_side: BTreeMap<CardSide, Vec<(f32, HandoffId, bool)>> = BTreeMap::new();
        for (id, handoff) in document.handoffs_of(party) {
            let gives = handoff.supplier == Some(party);
            let (side, order) = match handoff.ends() {
                None if gives => (CardSide::Right, f32::MAX),
                None => (CardSide::Left, f32::MAX),
                Some((supplier, customer)) => {
                    let (from, to) = (self.rect(supplier), self.rect(customer));
                    let (out, into) = sides(&from, &to, handoff.kind);
                    let (side, other) = if gives { (out, to.center()) } else { (into, from.center()) };
                    (side, port_order(side, other))
                }
            };
            at_side.entry(side).or_default().push((order, id, gives));
        }
        let mut ports = Vec::new();
        for (side, mut at) in at_side {
            at.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
            let count = at.len();
            ports.extend(at.into_iter().enumerate().map(|(index, (_, id, gives))| {
                ((id, gives), Port { side, offset: port_offset(side, &card, index, count), alone: count == 1 })
            }));
        }
        ports
    }

    fn route(
        &self,
        document: &Document,
        id: HandoffId,
        handoff: &Handoff,
        (ports, labels): (&Ports, &Labels),
    ) -> Arrow {
        let end = |party: Option<PartyId>, gives: bool| {
            let port = ports.get(&(id, gives))?;
            Some((port.side.at(&self.rect(party?), port.offset), port.side))
        };
        let (mut start, mut stop) = (end(handoff.supplier, true), end(handoff.customer, false));
        if let (Some(start), Some(stop)) = (&mut start, &mut stop) {
            let alone = |gives| ports.get(&(id, gives)).is_some_and(|port| port.alone);
            let card = |party: Option<PartyId>| party.map_or(Rect::NOTHING, |id| self.rect(id));
            if alone(true) && facing(start.1, stop.1) {
                start.0 = straightened(*start, stop.0, &card(handoff.supplier));
            } else if alone(false) && facing(start.1, stop.1) {
                stop.0 = straightened(*stop, start.0, &card(handoff.customer));
            }
        }
        let (bow, label_at) = self.aside(document, id, handoff, stop.map(|(_, side)| side));
        let curve = match (start, stop) {
            (Some(start), Some(stop)) => between(start, stop, bow),
            (Some(start), None) => between(start, (start.0 + pt(OPEN_REACH, 0.0), CardSide::Left), 0.0),
            (None, Some(stop)) => between((stop.0 - pt(OPEN_REACH, 0.0), CardSide::Right), stop, 0.0),
            (None, None) => Path::line(Point::default(), Point::default()),
        };
        let known = labels.get(&id).or_else(|| self.drawing.arrows.get(&id)?.measured());
        let anew = || Arc::new(label(handoff, document.info().hours_per_day, &Fonts::bundled()));
        arrow(handoff, known.cloned().unwrap_or_else(anew), curve, Spot::Along(label_at))
    }

    /// How far a handoff bows aside, and where on its way its label stands (0 to 1), to keep clear of the others between
    /// the same two parties.
    fn aside(&self, document: &Document, id: HandoffId, handoff: &Handoff, into: Option<CardSide>) -> (f32, f32) {
        let Some(((supplier, customer), into)) = handoff.ends().zip(into) else { return (0.0, 0.5) };
        let parallel = |other: &Handoff| match other.ends() {
            Some((s, c)) if (s, c) == (supplier, customer) || (c, s) == (supplier, customer) => {
                // A return arrow that bows out below is in nobody's way.
                let (out, into) = sides(&self.rect(s), &self.rect(c), other.kind);
                (out == into) == (handoff.kind == HandoffKind::Rework && !facing(out, into))
            }
            _ => false,
        };
        let same: Vec<HandoffId> =
            document.handoffs_of(supplier).filter(|(_, h)| parallel(h)).map(|(id, _)| id).collect();
        let index = same.iter().position(|other| *other == id).unwrap_or(0);
        let step = index as f32 - (same.len().max(1) - 1) as f32 / 2.0;
        if matches!(into, CardSide::Left | CardSide::Right) {
            return (step * PARALLEL, 0.5);
        }
        // Labels of upright arrows are wider than the arrows are apart: they stand one above the other.
        let along = (0.5 + step * 0.3).clamp(0.15, 0.85);
        (step * PARALLEL, if supplier < customer { along } else { 1.0 - along })
    }

    /// Room that the words at a handoff take.
    pub fn label_size(&self, handoff: HandoffId) -> Size {
        let label = self.drawing.arrows.get(&handoff).and_then(|arrow| arrow.measured());
        label.map_or(Size::default(), |label| Size { w: label.width(), h: label.height() })
    }
}

/// Measures what is written at some handoffs.
fn labels(document: &Document, handoffs: &BTreeSet<HandoffId>, fonts: &Fonts) -> Labels {
    let anew: Vec<_> = handoffs.iter().filter_map(|id| Some((*id, document.handoff(*id)?))).collect();
    let hours = document.info().hours_per_day;
    let labels = beside(&anew, |(_, handoff)| Arc::new(label(handoff, hours, fonts)));
    anew.iter().map(|(id, _)| *id).zip(labels).collect()
}

fn facing(out: CardSide, into: CardSide) -> bool {
    use CardSide::{Bottom, Left, Right, Top};
    matches!((out, into), (Right, Left) | (Left, Right) | (Top, Bottom) | (Bottom, Top))
}

/// The point of a card's side from which the way to `other` is straight, when it is near the side's middle.
fn straightened((at, side): (Point, CardSide), other: Point, card: &Rect) -> Point {
    let area = card.expand(-18.0);
    match side {
        CardSide::Left | CardSide::Right if other.y >= area.min.y && other.y <= area.max.y => pt(at.x, other.y),
        CardSide::Top | CardSide::Bottom if other.x >= area.min.x && other.x <= area.max.x => pt(other.x, at.y),
        _ => at,
    }
}

/// Numbers the departments in the order in which they came onto the map, so that a new one changes no other's colour.
pub fn hues(document: &Document) -> BTreeMap<String, u8> {
    let mut hues = BTreeMap::new();
    for (_, party) in document.parties() {
        let department = party.department.trim();
        if !department.is_empty() && !hues.contains_key(department) {
            hues.insert(department.to_owned(), (hues.len() % usize::from(super::theme::HUES)) as u8);
        }
    }
    hues
}
