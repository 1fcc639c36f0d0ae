//! Editing a name or an item in place, and the flow that draws a whole chain from the keyboard: name, Tab, item, Tab, name …

use egui::{Align2, Area, Color32, FontId, Key, Modifiers, Order, TextEdit};

use super::Canvas;
use super::paint::{color, family};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::editor::Selection;
use crate::geom::Rect;
use crate::model::ops::{self, Side};
use crate::model::{Edit, HandoffId, LONGEST_TEXT, PartyId, Subject};
use crate::scene::{Ink, Weight};

/// What Tab goes to when this name is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// A new neighbour.
    Nothing,
    /// The item of the handoff that was added with the party.
    Item(HandoffId),
    /// A new neighbour of this party, which was just named.
    Beside(PartyId),
}

/// A name or item being edited.
#[derive(Debug, Clone)]
pub struct Inline {
    /// Whose.
    pub subject: Subject,
    text: String,
    /// The text to go back to; learnt when the editor is first shown.
    original: Option<String>,
    next: Next,
    /// How it was started: typing replaces the text, F2 selects it.
    typed: bool,
    frames: u8,
}

impl Inline {
    /// Starts with what was typed so far (which replaces the text), or with the text as it is.
    pub fn new(subject: Subject, typed: &str, next: Next) -> Self {
        let typed_any = !typed.is_empty();
        Self { subject, text: typed.to_owned(), original: None, next, typed: typed_any, frames: 0 }
    }
}

/// How the editor was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leave {
    Stay,
    Done,
    Cancel,
    Inspector,
    Add(Side),
}

impl Canvas {
    /// Starts editing a name or item in place.
    pub fn rename(&mut self, subject: Subject) {
        self.inline = Some(Inline::new(subject, "", Next::Nothing));
    }

    /// Keeps what was typed and ends.
    pub fn commit_inline(&mut self, out: &mut Vec<Action>) {
        if self.inline.take().is_some() {
            out.push(Action::EndGesture);
        }
    }

    /// Shows the editor over its card or label.
    pub fn inline_ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) {
        let Some(mut inline) = self.inline.take() else { return };
        let Some(area) = self.inline_area(inline.subject).filter(|_| cx.document().has(inline.subject)) else {
            // Added in this very frame: it will be there in the next one.
            if inline.frames < 3 {
                inline.frames += 1;
                self.inline = Some(inline);
                ui.ctx().request_repaint();
            }
            return;
        };
        let current = text_of(cx, inline.subject);
        if inline.original.is_none() {
            inline.original = Some(current.clone());
            if inline.typed {
                edit_text(cx, inline.subject, &inline.text, out);
            } else {
                inline.text.clone_from(&current);
            }
        }
        let leave = leave_keys(ui, inline.subject);
        let before = inline.text.clone();
        self.inline_editor(ui, cx, area, &mut inline);
        inline.text.retain(|c| !matches!(c, '\n' | '\r' | '\t' | '\0'));
        if inline.text != before {
            edit_text(cx, inline.subject, &inline.text, out);
        }
        match leave {
            Leave::Stay => self.inline = Some(inline),
            Leave::Cancel => {
                edit_text(cx, inline.subject, inline.original.as_deref().unwrap_or_default(), out);
                out.extend([Action::EndGesture, Action::FocusCanvas]);
            }
            Leave::Done | Leave::Inspector => {
                if let Next::Beside(party) = inline.next {
                    out.push(Action::Select(Selection::one(Subject::Party(party))));
                }
                let focus = if leave == Leave::Done { Action::FocusCanvas } else { Action::FocusInspector };
                out.extend([Action::EndGesture, focus]);
            }
            Leave::Add(side) => {
                out.push(Action::EndGesture);
                self.go_on(cx, &inline, side, out);
            }
        }
    }

    /// Tab: from a fresh party's name to its item, from there to the next party's name.
    fn go_on(&mut self, cx: &Cx<'_>, inline: &Inline, side: Side, out: &mut Vec<Action>) {
        let beside = match (inline.next, inline.subject) {
            (Next::Item(item), Subject::Party(party)) => {
                out.push(Action::Select(Selection::one(Subject::Handoff(item))));
                self.inline = Some(Inline::new(Subject::Handoff(item), "", Next::Beside(party)));
                return;
            }
            (Next::Beside(party), _) | (_, Subject::Party(party)) => Some(party),
            (_, Subject::Handoff(id)) => cx.document().handoff(id).and_then(|h| match side {
                Side::Supplier => h.supplier.or(h.customer),
                Side::Customer | Side::Sibling => h.customer.or(h.supplier),
            }),
        };
        if let Some(party) = beside {
            self.add_beside(cx, party, side, out);
        }
    }

    /// Adds a neighbour and starts naming it.
    pub fn add_beside(&mut self, cx: &Cx<'_>, party: PartyId, side: Side, out: &mut Vec<Action>) {
        let added = ops::add_neighbour(cx.document(), &mut cx.ids.borrow_mut(), party, side);
        let Some(added) = added else { return };
        let label = match side {
            Side::Customer => "add customer",
            Side::Supplier => "add supplier",
            Side::Sibling => "add sibling",
        };
        let subject = Subject::Party(added.party);
        out.push(Action::make(label, added.edits, Selection::one(subject)));
        out.push(Action::Reveal([subject, Subject::Party(party)].into()));
        let next = added.handoff.map_or(Next::Nothing, Next::Item);
        self.inline = Some(Inline::new(subject, "", next));
    }

    /// Where the text stands on the map.
    fn inline_area(&self, subject: Subject) -> Option<Rect> {
        match subject {
            Subject::Party(id) => {
                let placed = self.scene.cards().get(&id)?;
                Some(placed.card.name_area.translate(placed.place))
            }
            Subject::Handoff(id) => {
                let arrow = self.scene.arrows().get(&id)?;
                let center = arrow.label_area.center();
                let half = crate::geom::pt(66.0, 12.0);
                Some(arrow.label_area.union(&Rect { min: center - half, max: center + half }))
            }
        }
    }

    fn inline_editor(&self, ui: &mut egui::Ui, cx: &Cx<'_>, area: Rect, inline: &mut Inline) {
        let (base, weight) = match inline.subject {
            Subject::Party(_) => (14.5, Weight::SemiBold),
            Subject::Handoff(_) => (12.0, Weight::Regular),
        };
        let size = (base * self.camera.zoom).clamp(12.0, 48.0);
        let screen = self.camera.rect_to_screen(self.rect(), &area);
        let width = screen.width().max(size * 10.0);
        let id = ui.id().with("in-place");
        let label = if matches!(inline.subject, Subject::Party(_)) { "Name" } else { "Item" };
        Area::new(id).order(Order::Foreground).fixed_pos(screen.center()).pivot(Align2::CENTER_CENTER).show(
            ui.ctx(),
            |ui| {
                let ink = |ink| color(cx.theme, ink);
                let frame = egui::Frame::new()
                    .fill(ink(Ink::Card))
                    .stroke(egui::Stroke::new(2.0, ink(Ink::Accent)))
                    .corner_radius(5)
                    .inner_margin(egui::Margin::symmetric(6, 3));
                frame.show(ui, |ui| {
                    let edit = TextEdit::multiline(&mut inline.text)
                        .id(id.with("text"))
                        .font(FontId::new(size, family(weight)))
                        .text_color(ink(Ink::Text))
                        .background_color(Color32::TRANSPARENT)
                        .frame(egui::Frame::NONE)
                        .margin(egui::Margin::ZERO)
                        .desired_rows(1)
                        .desired_width(width)
                        .char_limit(LONGEST_TEXT)
                        .horizontal_align(egui::Align::Center)
                        .hint_text(label)
                        .lock_focus(true);
                    let mut output = edit.show(ui);
                    output.response.response.widget_info(|| {
                        egui::WidgetInfo::text_edit(true, "", &inline.text, label)
                    });
                    if inline.frames < 10 {
                        inline.frames = 10;
                        output.response.response.request_focus();
                        let end = inline.text.chars().count();
                        let from = if inline.typed { end } else { 0 };
                        let range = egui::text::CCursorRange::two(
                            egui::text::CCursor::new(from),
                            egui::text::CCursor::new(end),
                        );
                        output.state.cursor.set_char_range(Some(range));
                        output.state.store(ui.ctx(), output.response.response.id);
                    }
                });
            },
        );
    }
}

/// The keys that leave the editor, taken before the text field sees them.
fn leave_keys(ui: &egui::Ui, subject: Subject) -> Leave {
    ui.input_mut(|i| {
        if i.consume_key(Modifiers::NONE, Key::Escape) {
            Leave::Cancel
        } else if i.consume_key(Modifiers::SHIFT, Key::Tab) {
            Leave::Add(Side::Supplier)
        } else if i.consume_key(Modifiers::NONE, Key::Tab) {
            Leave::Add(Side::Customer)
        } else if i.consume_key(Modifiers::COMMAND, Key::Enter) {
            Leave::Inspector
        } else if i.consume_key(Modifiers::SHIFT, Key::Enter) && matches!(subject, Subject::Party(_)) {
            Leave::Add(Side::Sibling)
        } else if i.consume_key(Modifiers::NONE, Key::Enter) {
            Leave::Done
        } else {
            Leave::Stay
        }
    })
}

fn text_of(cx: &Cx<'_>, subject: Subject) -> String {
    match subject {
        Subject::Party(id) => cx.document().party(id).map(|p| p.name.clone()),
        Subject::Handoff(id) => cx.document().handoff(id).map(|h| h.item.clone()),
    }
    .unwrap_or_default()
}

fn edit_text(cx: &Cx<'_>, subject: Subject, text: &str, out: &mut Vec<Action>) {
    let (label, edit) = match subject {
        Subject::Party(id) => {
            let Some(party) = cx.document().party(id) else { return };
            let mut changed = (**party).clone();
            text.clone_into(&mut changed.name);
            ("rename party", Edit::PutParty(id, changed))
        }
        Subject::Handoff(id) => {
            let Some(handoff) = cx.document().handoff(id) else { return };
            let mut changed = (**handoff).clone();
            text.clone_into(&mut changed.item);
            ("name item", Edit::PutHandoff(id, changed))
        }
    };
    let merge = Some(("in place", Some(subject)));
    out.push(Action::Edit { label: label.into(), merge, edits: vec![edit], select: None });
}
