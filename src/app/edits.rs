//! What commands do to the map: each is one step.

use std::collections::BTreeSet;

use super::clock::today;
use super::tasks::Done;
use super::walk::{self, Walk};
use super::{App, Screen};
use crate::editor::{MergeKey, Selection, Stepped};
use crate::files::format;
use crate::geom::{Point, Size, pt};
use crate::layout::tidy::{Sizes, tidy};
use crate::model::ops::accord::noted;
use crate::model::ops::{self, Alignment, End, Side};
use crate::model::{Document, Edit, EditError, Handoff, HandoffId, HandoffKind, Party, PartyId, Subject, When};

/// First line of what is put on the clipboard, so that another window knows it.
const CLIP_MARK: &str = "// Peel clipboard";
/// How far a duplicate stands from what it was made of.
const ASIDE: Point = pt(40.0, 40.0);

impl App {
    /// Edits the document; agreements that change are noted with the day.
    pub(super) fn edit_noted(
        &mut self,
        label: String,
        merge: Option<MergeKey>,
        edits: Vec<Edit>,
    ) -> Result<(), EditError> {
        let edits = noted(self.editor.document(), edits, Some(When::day(today())));
        self.editor.edit(label, merge, edits)
    }

    /// Edits as one step; what went wrong is said.
    pub(super) fn edit(&mut self, label: impl Into<String>, edits: Vec<Edit>, select: Option<Selection>) {
        self.editor.end_gesture();
        if edits.is_empty() {
            return;
        }
        match self.editor.edit(label, None, edits) {
            Ok(()) => {
                if let Some(selection) = select {
                    self.editor.select(selection);
                }
            }
            Err(error) => self.say_error(format!("Not done: {error}.")),
        }
    }

    pub(super) fn undo(&mut self) {
        self.canvas.cancel();
        match self.editor.undo() {
            Some(stepped) => self.stepped("Undone", stepped),
            None => self.say("Nothing to undo."),
        }
    }

    pub(super) fn redo(&mut self) {
        match self.editor.redo() {
            Some(stepped) => self.stepped("Done again", stepped),
            None => self.say("Nothing to redo."),
        }
    }

    fn stepped(&mut self, what: &str, stepped: Stepped) {
        self.say(format!("{what}: {}.", stepped.label));
        if !stepped.changed.is_empty() {
            self.canvas.reveal(stepped.changed);
        }
    }

    pub(super) fn select_all(&mut self) {
        let all = Selection::all(self.editor.document());
        self.editor.select(all);
    }

    /// Esc: the gesture, else the search, else the selection.
    pub(super) fn escape(&mut self) {
        if self.canvas.cancel() {
            self.say("Cancelled.");
        } else if self.session.find.take().is_some() {
            self.canvas.flag(BTreeSet::new());
        } else {
            self.editor.end_gesture();
            self.editor.select(Selection::none());
        }
        self.canvas.focus();
    }

    pub(super) fn delete(&mut self) {
        let what = self.selection_in_words();
        let edits = ops::delete(self.editor.selection().iter());
        self.edit(format!("delete {what}"), edits, None);
        self.say(format!("Deleted {what}."));
    }

    /// "“Sales”", "3 parties", "2 parties and 4 handoffs".
    fn selection_in_words(&self) -> String {
        let (parties, handoffs) =
            (self.editor.selection().parties().count(), self.editor.selection().handoffs().count());
        let document = self.editor.document();
        match self.editor.selection().single() {
            Some(Subject::Party(id)) => return format!("“{}”", document.name_of(id)),
            Some(Subject::Handoff(id)) => {
                return document.handoff(id).map_or_else(String::new, |h| format!("“{}”", document.describe(h)));
            }
            None => {}
        }
        let count = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        match (parties, handoffs) {
            (p, 0) => count(p, "party", "parties"),
            (0, h) => count(h, "handoff", "handoffs"),
            (p, h) => format!("{} and {}", count(p, "party", "parties"), count(h, "handoff", "handoffs")),
        }
    }

    pub(super) fn duplicate(&mut self) {
        let what = self.selection_in_words();
        let (document, selection) = (self.editor.document(), self.editor.selection().iter());
        let (edits, added) = ops::duplicate(document, &mut self.ids.borrow_mut(), selection, ASIDE);
        self.edit(format!("duplicate {what}"), edits, Some(added.into_iter().collect()));
    }

    pub(super) fn copy(&mut self, ctx: &egui::Context) {
        let fragment = ops::fragment(self.editor.document(), self.editor.selection().iter());
        if fragment.is_empty() {
            self.say("Nothing to copy: a handoff is copied together with one of its parties.");
            return;
        }
        ctx.copy_text(format!("{CLIP_MARK}\n{}", format::write(&fragment)));
        self.say(format!("Copied {}.", self.selection_in_words()));
    }

    pub(super) fn cut(&mut self, ctx: &egui::Context) {
        let what = self.selection_in_words();
        self.copy(ctx);
        self.edit(format!("cut {what}"), ops::delete(self.editor.selection().iter()), None);
    }

    /// Copy, cut and paste from the keyboard or the system.
    pub(super) fn clipboard_events(&mut self, ctx: &egui::Context) {
        // Taken out: held back for a name that is typed in the same frame, they would come a second time.
        let events: Vec<egui::Event> = ctx.input_mut(|i| {
            let ours = |e: &egui::Event| matches!(e, egui::Event::Copy | egui::Event::Cut | egui::Event::Paste(_));
            let (ours, others) = std::mem::take(&mut i.events).into_iter().partition(ours);
            i.events = others;
            ours
        });
        for event in events {
            match event {
                egui::Event::Copy if !self.editor.selection().is_empty() => self.copy(ctx),
                egui::Event::Cut if !self.editor.selection().is_empty() => self.cut(ctx),
                egui::Event::Paste(text) => self.paste(ctx, &text),
                _ => {}
            }
        }
    }

    /// Pastes parties and handoffs of this or another window, or a list of names or `A -> B: item` lines.
    pub(super) fn paste(&mut self, ctx: &egui::Context, text: &str) {
        let at = self.canvas.pointer_or_middle(ctx);
        if text.trim_start().starts_with(CLIP_MARK) {
            match format::read(text.as_bytes()) {
                Ok(opened) => self.paste_fragment(&opened.document, at),
                Err(error) => self.say_error(format!("Not pasted: {error}")),
            }
        } else if ops::looks_like_lines(text) {
            let (edits, added) = ops::paste_lines(self.editor.document(), &mut self.ids.borrow_mut(), text, at);
            let what = format!("paste {} lines", text.lines().filter(|l| !l.trim().is_empty()).count());
            self.edit(what, edits, Some(added.iter().copied().collect()));
            self.canvas.reveal(added.into_iter().collect());
        } else {
            self.say("Nothing to paste: copy parties of a map, or a list with a name or “A -> B: item” a line.");
        }
    }

    fn paste_fragment(&mut self, fragment: &Document, at: Point) {
        let places: Vec<Point> = fragment.parties().filter_map(|(id, _)| fragment.place(id)).collect();
        let middle = places.iter().fold(pt(0.0, 0.0), |sum, p| sum + *p) * (1.0 / places.len().max(1) as f32);
        // Pasted where it came from it would hide what it was copied from.
        let document = self.editor.document();
        let mut by = at - middle;
        let covered = |by: Point| {
            places.iter().any(|p| {
                document.parties().any(|(id, _)| document.place(id).is_some_and(|q| q.distance(*p + by) < 30.0))
            })
        };
        while covered(by) {
            by = by + ASIDE;
        }
        let (edits, added) = ops::paste(fragment, &mut self.ids.borrow_mut(), by);
        let label = format!("paste {} parties", fragment.parties_len());
        self.edit(label, edits, Some(added.iter().copied().collect()));
        self.canvas.reveal(added.into_iter().collect());
    }

    pub(super) fn rename(&mut self) {
        if let Some(subject) = self.editor.selection().single() {
            self.canvas.reveal([subject].into());
            self.canvas.rename(subject);
        }
    }

    pub(super) fn focus_inspector(&mut self) {
        self.session.inspector = true;
        self.session.focus_inspector = true;
    }

    pub(super) fn walk(&mut self, walk: Walk) {
        let from = self.editor.selection().iter().next();
        if let Some(to) = walk::step(self.editor.document(), from, walk) {
            self.editor.end_gesture();
            self.editor.select(Selection::one(to));
            self.canvas.reveal([to].into());
            if let Subject::Handoff(id) = to
                && let Some(handoff) = self.editor.document().handoff(id)
            {
                self.say(self.editor.document().describe(handoff));
            }
        }
    }

    pub(super) fn add(&mut self, ctx: &egui::Context, side: Side) {
        if self.screen == Screen::Map {
            self.with_canvas(ctx, |canvas, cx, out| canvas.add(cx, side, out));
        }
    }

    /// Adds a party in the middle, or where the last menu was opened.
    pub(super) fn add_party(&mut self, ctx: &egui::Context, at_menu: bool) {
        self.with_canvas(ctx, |canvas, cx, out| {
            let at = canvas.menu_point().filter(|_| at_menu).unwrap_or(canvas.middle());
            canvas.add_party_at(cx, at, out);
        });
    }

    /// A handoff from the left one of two selected parties to the right one.
    pub(super) fn connect_selected(&mut self) {
        let mut parties: Vec<PartyId> = self.editor.selection().parties().collect();
        let place = |id: &PartyId| self.editor.document().place(*id).map_or(0.0, |p| p.x);
        parties.sort_by(|a, b| place(a).total_cmp(&place(b)));
        let [supplier, customer] = parties[..] else { return };
        let made = ops::connect(&mut self.ids.borrow_mut(), Some(supplier), Some(customer), "");
        if let Some((id, edits)) = made {
            self.edit("connect", edits, Some(Selection::one(Subject::Handoff(id))));
            self.canvas.rename(Subject::Handoff(id));
        }
    }

    /// A handoff of the selected party whose other end is open.
    pub(super) fn add_open(&mut self, open: End) {
        let Some(party) = self.editor.selection().single_party() else { return };
        let (supplier, customer) = if open == End::Supplier { (None, Some(party)) } else { (Some(party), None) };
        let made = ops::connect(&mut self.ids.borrow_mut(), supplier, customer, "");
        if let Some((id, edits)) = made {
            let label = if open == End::Supplier { "add input" } else { "add output" };
            self.edit(label, edits, Some(Selection::one(Subject::Handoff(id))));
            self.canvas.rename(Subject::Handoff(id));
        }
    }

    pub(super) fn add_requirement(&mut self) {
        let Some(Subject::Handoff(id)) = self.editor.selection().single() else { return };
        let made = ops::add_requirement(self.editor.document(), &mut self.ids.borrow_mut(), id, "");
        if let Some(edits) = made {
            super::panels::inspector::reveal_new(self.tasks.context(), &edits);
            self.edit("add requirement", edits, None);
            self.focus_inspector();
        }
    }

    pub(super) fn reverse(&mut self) {
        let edits = ops::reverse(self.editor.document(), self.editor.selection().handoffs());
        self.edit("turn round", edits, None);
    }

    pub(super) fn toggle_rework(&mut self) {
        let handoffs = self.selected_handoffs();
        let all = handoffs.iter().all(|(_, h)| !h.is_forward());
        let kind = if all { HandoffKind::Forward } else { HandoffKind::Rework };
        let label = if all { "make forward" } else { "make rework" };
        self.change_handoffs(label, handoffs, |handoff| handoff.kind = kind);
    }

    pub(super) fn toggle_critical(&mut self) {
        let handoffs = self.selected_handoffs();
        let all = handoffs.iter().all(|(_, h)| h.critical);
        let label = if all { "make not critical" } else { "make critical" };
        self.change_handoffs(label, handoffs, |handoff| handoff.critical = !all);
    }

    fn selected_handoffs(&self) -> Vec<(HandoffId, Handoff)> {
        let document = self.editor.document();
        let ids = self.editor.selection().handoffs();
        ids.filter_map(|id| Some((id, (**document.handoff(id)?).clone()))).collect()
    }

    fn change_handoffs(&mut self, label: &str, handoffs: Vec<(HandoffId, Handoff)>, change: impl Fn(&mut Handoff)) {
        let edit = |(id, mut handoff): (HandoffId, Handoff)| {
            change(&mut handoff);
            Edit::PutHandoff(id, handoff)
        };
        self.edit(label, handoffs.into_iter().map(edit).collect(), None);
    }

    pub(super) fn change_parties(&mut self, label: &str, parties: Vec<PartyId>, change: impl Fn(&mut Party)) {
        let edit = |id| {
            let mut party = (**self.editor.document().party(id)?).clone();
            change(&mut party);
            Some(Edit::PutParty(id, party))
        };
        let edits = parties.into_iter().filter_map(edit).collect();
        self.edit(label, edits, None);
    }

    pub(super) fn align(&mut self, alignment: Alignment) {
        let boxes = self.canvas.boxes(self.editor.selection().parties());
        self.edit(format!("align {} parties", boxes.len()), ops::align(&boxes, alignment), None);
    }

    pub(super) fn distribute(&mut self, down: bool) {
        let boxes = self.canvas.boxes(self.editor.selection().parties());
        self.edit(format!("distribute {} parties", boxes.len()), ops::distribute(&boxes, down), None);
    }

    /// Moves the selection by grid steps; steps that follow each other are one.
    pub(super) fn nudge(&mut self, steps: Point) {
        let by = steps * super::canvas::GRID;
        let parties: Vec<PartyId> = self.editor.selection().parties().collect();
        let what = if parties.len() == 1 { self.selection_in_words() } else { format!("{} parties", parties.len()) };
        let edits = ops::shift(self.editor.document(), parties, by);
        if let Err(error) = self.editor.edit(format!("move {what}"), Some(("nudge", None)), edits) {
            self.say_error(format!("Not done: {error}."));
        }
    }

    /// Arranges the whole map in layers: one step.
    pub(super) fn tidy(&mut self) {
        const AT_ONCE: usize = 300;
        let (document, scene) = (self.editor.document().clone(), self.canvas.map_scene().clone());
        let places = move |document: &Document| {
            let card = |id| scene.drawing().cards.get(&id).map_or(Size { w: 184.0, h: 76.0 }, |c| c.card.size);
            tidy(document, &Sizes { card: &card, label: &|id| scene.label_size(id) })
        };
        if document.parties_len() <= AT_ONCE {
            let edits = places(&document);
            self.arranged(&document, edits);
        } else {
            self.spawn("tidy", move |_| {
                let edits = places(&document);
                Done::Arranged(Box::new(document), edits)
            });
        }
    }

    /// The places are known.
    pub(super) fn arranged(&mut self, before: &Document, edits: Vec<Edit>) {
        if !self.editor.document().is_same(before) {
            return self.say_error("Not tidied: the map was changed meanwhile. Tidy it again.");
        }
        self.edit("tidy", edits, None);
        self.canvas.fit_all();
        self.say("Tidied: suppliers left, customers right.");
    }
}
