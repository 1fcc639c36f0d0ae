//! What the pointer does on the canvas: one state per gesture, and one edit when it ends. Esc drops it.

use std::collections::BTreeMap;

use egui::{Modifiers, PointerButton, Pos2};

use super::Canvas;
use super::far::FAR_BELOW;
use super::inline::{Inline, Next};
use super::snap::{Guide, Rules, snap};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::editor::Selection;
use crate::geom::{Point, Rect, pt};
use crate::model::ops::{self, End};
use crate::model::{Edit, HandoffId, Party, PartyId, PartyKind, Subject};
use crate::views;

/// A card's handle: at its left side for suppliers, at its right side for customers.
pub const HANDLE_OUT: f32 = 13.0;
const HANDLE_REACH: f32 = 13.0;
const LINE_REACH: f32 = 9.0;
const GRIP_REACH: f32 = 12.0;

/// What a gesture under way does.
#[derive(Debug, Clone, Default)]
pub enum Gesture {
    /// Nothing.
    #[default]
    None,
    /// Moves the camera.
    Pan,
    /// Selects what a rectangle touches.
    Marquee {
        /// Where it began, on the map.
        from: Point,
        /// Where it is now.
        to: Point,
        /// What was selected before and stays.
        keep: Selection,
    },
    /// Moves cards.
    Move {
        /// Where the pointer took hold, on the map.
        grab: Point,
        /// The card under the pointer, which snaps.
        held: PartyId,
        /// Where all the cards were.
        from: BTreeMap<PartyId, Point>,
        /// Leaves the cards and moves copies.
        copy: bool,
        /// Why it snaps.
        guides: Vec<Guide>,
    },
    /// Draws a new handoff, or another end of one.
    Connect(Connect),
    /// Moves a lane among the others.
    Lane {
        /// The department it is of.
        department: String,
        /// The pointer, on the map.
        at: Point,
    },
}

/// A handoff being drawn.
#[derive(Debug, Clone)]
pub struct Connect {
    /// The party at the end that stays.
    pub fixed: Option<PartyId>,
    /// Which end follows the pointer.
    pub loose: End,
    /// The handoff whose end is moved; `None` draws a new one.
    pub handoff: Option<HandoffId>,
    /// The pointer, on the map.
    pub at: Point,
    /// The party it would attach to.
    pub target: Option<PartyId>,
}

/// What is under the pointer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Hit {
    /// The handle of a card that draws a new handoff.
    Handle(PartyId, End),
    /// The end of a selected handoff.
    Grip(HandoffId, End),
    /// A card or an arrow.
    Subject(Subject),
    /// Empty paper.
    Nothing,
}

impl Canvas {
    /// What lies at a point of the screen, the topmost first.
    pub fn hit(&self, cx: &Cx<'_>, pointer: Pos2) -> Hit {
        let p = self.to_map(pointer);
        let px = 1.0 / self.camera.zoom;
        // Before the handles, which stand just beside the ends: somebody selected this handoff.
        if let Some(id) = self.gripped(cx)
            && let Some(end) = self.drawing().end_at(id, p, GRIP_REACH * px)
        {
            return Hit::Grip(id, end);
        }
        for id in self.handle_cards(cx) {
            let Some(placed) = self.drawing().cards.get(&id) else { continue };
            for end in [End::Supplier, End::Customer] {
                if p.distance(handle_at(&placed.rect(), end, px)) <= HANDLE_REACH * px {
                    return Hit::Handle(id, end);
                }
            }
        }
        self.subject_at(cx, p).map_or(Hit::Nothing, Hit::Subject)
    }

    /// The handoff whose ends can be taken: it alone is selected, as those of many would cover the cards, and near.
    pub fn gripped(&self, cx: &Cx<'_>) -> Option<HandoffId> {
        match cx.editor.selection().single() {
            Some(Subject::Handoff(id)) if self.camera.zoom >= FAR_BELOW => Some(id),
            _ => None,
        }
    }

    /// The cards that show handles: the one under the pointer, and a single selected one. None from far away, where they
    /// would cover the cards beside.
    pub fn handle_cards(&self, cx: &Cx<'_>) -> impl Iterator<Item = PartyId> {
        let is_near = self.camera.zoom >= FAR_BELOW;
        let hovered = if let Some(Subject::Party(id)) = self.hovered { Some(id) } else { None };
        let selected = cx.editor.selection().single_party().filter(|id| hovered != Some(*id));
        hovered.into_iter().chain(selected).filter(move |_| is_near)
    }

    fn subject_at(&self, cx: &Cx<'_>, p: Point) -> Option<Subject> {
        let selected = |id: &PartyId| cx.editor.selection().has(Subject::Party(*id));
        let cards = self.far.cards_at(p);
        // Selected cards are painted above the others, later ones above earlier ones.
        let card = cards.iter().rev().find(|id| selected(id)).or(cards.last());
        if let Some(id) = card {
            return Some(Subject::Party(*id));
        }
        let reach = LINE_REACH / self.camera.zoom;
        let mut best: Option<(f32, HandoffId)> = None;
        for id in self.far.arrows_near(p, reach) {
            let Some(arrow) = self.drawing().arrows.get(&id) else { continue };
            let distance = if arrow.label_area.contains(p) { 0.0 } else { arrow.path.distance(p) };
            if distance <= reach && best.is_none_or(|(d, _)| distance <= d) {
                best = Some((distance, id));
            }
        }
        let row = || self.drawing().rows().rev().find(|(_, bounds, _)| bounds.contains(p));
        best.map(|(_, id)| Subject::Handoff(id)).or_else(|| Some(row()?.0))
    }

    /// Follows the pointer; asks for edits when a gesture ends.
    pub fn follow(&mut self, ui: &egui::Ui, response: &egui::Response, cx: &Cx<'_>, out: &mut Vec<Action>) {
        let modifiers = ui.input(|i| i.modifiers);
        let space = ui.input(|i| i.key_down(egui::Key::Space)) && !ui.ctx().text_edit_focused();
        // While a button is down it stays: a quick hand is past the handle before the drag is known to be one.
        if !ui.input(|i| i.pointer.any_down() || i.pointer.any_released()) {
            self.hovered = response.hover_pos().and_then(|pos| match self.hit(cx, pos) {
                Hit::Handle(id, _) => Some(Subject::Party(id)),
                Hit::Grip(id, _) => Some(Subject::Handoff(id)),
                Hit::Subject(subject) => Some(subject),
                Hit::Nothing => None,
            });
        }
        if response.drag_started() {
            let origin = ui.input(|i| i.pointer.press_origin()).or(response.interact_pointer_pos());
            if let Some(origin) = origin {
                self.commit_inline(out);
                self.glide = None;
                let pan = space || !response.dragged_by(PointerButton::Primary);
                self.gesture = if pan { Gesture::Pan } else { self.begin(cx, origin, modifiers, out) };
            }
        }
        if let Some(pointer) = response.interact_pointer_pos().filter(|_| response.dragged()) {
            let delta = response.drag_delta();
            self.drag_to(cx, pointer, delta, modifiers);
        }
        if response.drag_stopped() {
            // The toolkit ends a drag on Esc too: then the button is still down, and the gesture is dropped.
            if ui.input(|i| i.pointer.any_released()) {
                self.end(cx, modifiers, out);
            } else {
                self.cancel();
            }
        }
        if response.double_clicked() {
            if let Some(pos) = response.interact_pointer_pos() {
                self.double_click(cx, pos, out);
            }
        } else if (response.clicked() || response.secondary_clicked())
            && let Some(pos) = response.interact_pointer_pos()
        {
            self.click(cx, pos, modifiers, response.secondary_clicked(), out);
        }
    }

    fn begin(&mut self, cx: &Cx<'_>, origin: Pos2, modifiers: Modifiers, out: &mut Vec<Action>) -> Gesture {
        let at = self.to_map(origin);
        let add = modifiers.shift || modifiers.command;
        if let Some(department) = self.lane_head_at(at) {
            return Gesture::Lane { department, at };
        }
        match self.hit(cx, origin) {
            Hit::Handle(id, loose) => {
                Gesture::Connect(Connect { fixed: Some(id), loose, handoff: None, at, target: None })
            }
            Hit::Grip(id, loose) => {
                let fixed = cx.document().handoff(id).and_then(|h| match loose {
                    End::Supplier => h.customer,
                    End::Customer => h.supplier,
                });
                Gesture::Connect(Connect { fixed, loose, handoff: Some(id), at, target: None })
            }
            Hit::Subject(Subject::Party(held)) => {
                let mut selection = cx.editor.selection().clone();
                if !selection.has(Subject::Party(held)) {
                    selection = if add { selection } else { Selection::none() };
                    selection.insert(Subject::Party(held));
                    out.push(Action::Select(selection.clone()));
                }
                if !views::of(cx.view.kind).is_free {
                    out.push(Action::Say(format!(
                        "The {} arranges itself. To move cards, go to the map, or choose “Use as positions”.",
                        cx.view.kind.title().to_lowercase()
                    )));
                    return Gesture::Pan;
                }
                let place = |id| Some((id, cx.document().place(id)?));
                let from = selection.parties().filter_map(place).collect();
                Gesture::Move { grab: at, held, from, copy: modifiers.alt, guides: Vec::new() }
            }
            _ if self.at_rest().table.is_some() => Gesture::Pan,
            Hit::Subject(Subject::Handoff(_)) | Hit::Nothing => {
                let keep = if add { cx.editor.selection().clone() } else { Selection::none() };
                Gesture::Marquee { from: at, to: at, keep }
            }
        }
    }

    fn drag_to(&mut self, cx: &Cx<'_>, pointer: Pos2, delta: egui::Vec2, modifiers: Modifiers) {
        let at = self.to_map(pointer);
        let zoom = self.camera.zoom;
        match &mut self.gesture {
            Gesture::None => {}
            Gesture::Pan => {
                self.camera.center = self.camera.center - pt(delta.x / zoom, delta.y / zoom);
            }
            Gesture::Marquee { to, .. } => *to = at,
            Gesture::Lane { at: now, .. } => *now = at,
            Gesture::Move { grab, held, from, copy, guides } => {
                *copy = modifiers.alt;
                let mut by = at - *grab;
                let free = modifiers.command;
                let rules = Rules {
                    grid: cx.settings.snap_to_grid && !free,
                    guides: cx.settings.guides && !free,
                    reach: 6.0 / zoom,
                };
                if let (Some(placed), Some(start)) = (self.show.drawing().cards.get(held), from.get(held)) {
                    let card = placed.card.rect(*start + by);
                    let near = card.expand(900.0 / zoom.max(0.3));
                    let cards = self.show.drawing().cards.iter().filter(|(id, _)| *copy || !from.contains_key(id));
                    let others: Vec<Rect> = cards.map(|(_, c)| c.rect()).filter(|r| near.intersects(r)).collect();
                    let (snapped, lines) = snap(&card, &others, rules);
                    by = by + snapped;
                    *guides = lines;
                }
                self.moved = from.iter().map(|(id, place)| (*id, *place + by)).collect();
            }
            Gesture::Connect(connect) => {
                connect.at = at;
                let fixed = connect.fixed;
                let reach = 14.0 / zoom;
                let candidates = self
                    .drawing()
                    .cards
                    .iter()
                    .filter(|(id, c)| Some(**id) != fixed && c.rect().expand(reach).contains(at));
                let nearest = candidates.min_by(|a, b| a.1.place.distance(at).total_cmp(&b.1.place.distance(at)));
                let target = nearest.map(|(id, _)| *id);
                if let Gesture::Connect(connect) = &mut self.gesture {
                    connect.target = target;
                }
            }
        }
    }

    /// Ends the gesture and asks for its edit.
    fn end(&mut self, cx: &Cx<'_>, modifiers: Modifiers, out: &mut Vec<Action>) {
        match std::mem::take(&mut self.gesture) {
            Gesture::None | Gesture::Pan => {}
            Gesture::Marquee { from, to, keep } => {
                let area = Rect::from_corners(from, to);
                // Drawn to the right it takes what lies wholly inside, to the left whatever it touches.
                out.push(Action::Select(self.inside(&area, to.x < from.x, keep)));
            }
            Gesture::Move { from, copy, .. } => {
                let moved = std::mem::take(&mut self.moved);
                let Some((first, start)) = from.iter().next() else { return };
                let by = moved.get(first).map_or(pt(0.0, 0.0), |place| *place - *start);
                if by == pt(0.0, 0.0) {
                    return;
                }
                let what = parties_in_words(cx, from.keys().copied());
                if copy || modifiers.alt {
                    let selection = cx.editor.selection().iter();
                    let (edits, added) = ops::duplicate(cx.document(), &mut cx.ids.borrow_mut(), selection, by);
                    out.push(Action::make(format!("duplicate {what}"), edits, added.into_iter().collect()));
                } else {
                    let edits = moved.into_iter().map(|(id, place)| Edit::Place(id, place)).collect();
                    out.push(Action::edit(format!("move {what}"), edits));
                }
            }
            Gesture::Connect(connect) => self.connect(cx, &connect, out),
            Gesture::Lane { department, at } => self.drop_lane(cx, &department, at, out),
        }
    }

    /// What lies in an area, with what is kept.
    fn inside(&self, area: &Rect, touching: bool, keep: Selection) -> Selection {
        let mut selection = keep;
        for (id, placed) in &self.drawing().cards {
            let rect = placed.rect();
            if if touching { area.intersects(&rect) } else { area.contains_rect(&rect) } {
                selection.insert(Subject::Party(*id));
            }
        }
        for (id, arrow) in self.drawing().arrows.iter().filter(|(_, a)| area.intersects(&a.bounds)) {
            let mut points = arrow.path.points(12);
            if if touching { points.any(|p| area.contains(p)) } else { points.all(|p| area.contains(p)) } {
                selection.insert(Subject::Handoff(*id));
            }
        }
        selection
    }

    fn connect(&mut self, cx: &Cx<'_>, connect: &Connect, out: &mut Vec<Action>) {
        if let Some(handoff) = connect.handoff {
            // Dropped on a card it attaches there; dropped on the paper the end is open.
            let Some(edits) = ops::reattach(cx.document(), handoff, connect.loose, connect.target) else { return };
            out.push(Action::edit("re-attach handoff", edits));
            return;
        }
        let Some(fixed) = connect.fixed else { return };
        let (mut edits, mut flow) = (Vec::new(), None);
        let target = connect.target.unwrap_or_else(|| {
            let party = Party::named("", PartyKind::Process);
            let at = if views::of(cx.view.kind).is_free { connect.at } else { beside(cx, fixed, connect.loose) };
            let added = ops::add_party(cx.document(), &mut cx.ids.borrow_mut(), party, at);
            edits.extend(added.edits);
            flow = Some(added.party);
            added.party
        });
        let (supplier, customer) = match connect.loose {
            End::Supplier => (target, fixed),
            End::Customer => (fixed, target),
        };
        let made = ops::connect(&mut cx.ids.borrow_mut(), Some(supplier), Some(customer), "");
        let Some((id, link)) = made else { return };
        edits.extend(link);
        match flow {
            Some(party) => {
                out.push(Action::make("add party", edits, Selection::one(Subject::Party(party))));
                self.inline = Some(Inline::new(Subject::Party(party), false, Next::Item(id)));
            }
            None => {
                out.push(Action::make("connect", edits, Selection::one(Subject::Handoff(id))));
                self.inline = Some(Inline::new(Subject::Handoff(id), false, Next::Nothing));
            }
        }
    }

    fn click(&mut self, cx: &Cx<'_>, pos: Pos2, modifiers: Modifiers, secondary: bool, out: &mut Vec<Action>) {
        self.commit_inline(out);
        out.push(Action::FocusCanvas);
        if !secondary && self.click_table(cx, self.to_map(pos), false, modifiers, out) {
            return;
        }
        let subject = match self.hit(cx, pos) {
            Hit::Handle(id, _) => Some(Subject::Party(id)),
            Hit::Grip(id, _) => Some(Subject::Handoff(id)),
            Hit::Subject(subject) => Some(subject),
            Hit::Nothing => None,
        };
        self.menu_at = Some((self.to_map(pos), subject));
        let add = modifiers.shift || modifiers.command;
        if cx.presents && !secondary && !add {
            out.push(Action::PresentClick(subject));
            return;
        }
        match subject {
            // A menu on something selected is for all that is selected.
            Some(subject) if secondary && cx.editor.selection().has(subject) => {}
            Some(subject) if add => {
                let mut selection = cx.editor.selection().clone();
                selection.toggle(subject);
                out.push(Action::Select(selection));
            }
            Some(subject) => out.push(Action::Select(Selection::one(subject))),
            None if add => {}
            None => out.push(Action::Select(Selection::none())),
        }
    }

    fn double_click(&mut self, cx: &Cx<'_>, pos: Pos2, out: &mut Vec<Action>) {
        if self.click_table(cx, self.to_map(pos), true, Modifiers::NONE, out) {
            return;
        }
        match self.hit(cx, pos) {
            Hit::Subject(subject) => out.push(Action::Rename(subject)),
            Hit::Handle(id, _) => out.push(Action::Rename(Subject::Party(id))),
            Hit::Grip(id, _) => out.push(Action::Rename(Subject::Handoff(id))),
            Hit::Nothing => {
                let at = self.to_map(pos);
                self.add_party_at(cx, at, out);
            }
        }
    }

    /// Adds a party and starts naming it.
    pub fn add_party_at(&mut self, cx: &Cx<'_>, at: Point, out: &mut Vec<Action>) {
        let party = Party::named("", PartyKind::Process);
        let at = if views::of(cx.view.kind).is_free { at } else { below_all(cx) };
        let added = ops::add_party(cx.document(), &mut cx.ids.borrow_mut(), party, at);
        let subject = Subject::Party(added.party);
        out.push(Action::make("add party", added.edits, Selection::one(subject)));
        self.inline = Some(Inline::new(subject, false, Next::Nothing));
    }
}

/// A place on the map for a new neighbour, when the view shown has other places.
fn beside(cx: &Cx<'_>, party: PartyId, loose: End) -> Point {
    let place = cx.document().place(party).unwrap_or_default();
    let direction = pt(if loose == End::Supplier { -1.0 } else { 1.0 }, 0.0);
    ops::free_place(cx.document(), place + direction * ops::STEP.w, direction)
}

/// A place on the map below all others, when the view shown has other places.
fn below_all(cx: &Cx<'_>) -> Point {
    let places = cx.document().parties().filter_map(|(id, _)| cx.document().place(id));
    let all = places.fold(Rect::NOTHING, |sum, p| sum.with(p));
    if all.is_nothing() { pt(0.0, 0.0) } else { pt(all.min.x, all.max.y + ops::STEP.h) }
}

/// Where the handle for an end stands: left for the supplier, right for the customer. `px` is a screen point in map units.
pub fn handle_at(card: &Rect, end: End, px: f32) -> Point {
    match end {
        End::Supplier => pt(card.min.x - HANDLE_OUT * px, card.center().y),
        End::Customer => pt(card.max.x + HANDLE_OUT * px, card.center().y),
    }
}

/// "“Sales”" for one party, "3 parties" for several.
pub fn parties_in_words(cx: &Cx<'_>, parties: impl IntoIterator<Item = PartyId>) -> String {
    let parties: Vec<PartyId> = parties.into_iter().collect();
    match parties.as_slice() {
        [one] => format!("“{}”", cx.document().name_of(*one)),
        many => format!("{} parties", many.len()),
    }
}
