//! Editing a name or an item in place, and the flow that draws a whole chain from the keyboard: name, Tab, item, Tab, name …

use egui::{Align2, Area, Color32, Event, FontId, Key, Order, TextEdit};

use super::Canvas;
use super::paint::{color, family};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::panels::inspector::fields::named_field;
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

/// Frames after which what is not there will not come.
const LATE: u8 = 3;
/// Frames after which the inspector has the keyboard instead.
const HANDED_OVER: u8 = LATE + 3;

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
    /// The field is there and has the keyboard.
    ready: bool,
    /// Frames for which what it edits has not been there.
    missing: u8,
}

impl Inline {
    /// Starts with the text as it is, selected; or, when started by typing, with no text.
    pub fn new(subject: Subject, typed: bool, next: Next) -> Self {
        Self { subject, text: String::new(), original: None, next, typed, ready: false, missing: 0 }
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
        self.inline = Some(Inline::new(subject, false, Next::Nothing));
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
            self.wait_for(ui, cx, inline, out);
            return;
        };
        let current = text_of(cx, inline.subject);
        if inline.original.is_none() {
            inline.original = Some(current.clone());
            if !inline.typed {
                inline.text.clone_from(&current);
            }
        }
        let leave = if inline.ready { self.leave_keys(ui, inline.subject) } else { Leave::Stay };
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

    /// What was added in this very frame will be there in the next one. What the view does not show at all is named in
    /// the inspector, which is given what was typed meanwhile.
    fn wait_for(&mut self, ui: &egui::Ui, cx: &Cx<'_>, mut inline: Inline, out: &mut Vec<Action>) {
        inline.missing += 1;
        let is_elsewhere = cx.document().has(inline.subject) && !cx.presents;
        if inline.missing == LATE && is_elsewhere {
            out.push(Action::NameInInspector(inline.subject));
        }
        if inline.missing < if is_elsewhere { HANDED_OVER } else { LATE } {
            self.inline = Some(inline);
            ui.ctx().request_repaint();
        } else if ui.memory(|memory| memory.focused()).is_none_or(|id| Some(id) == self.response_id) {
            // The canvas would take the letters for the beginning of a name, over and over.
            self.late.clear();
        }
    }

    /// Tab: from a fresh party's name to its item, from there to the next party's name.
    fn go_on(&mut self, cx: &Cx<'_>, inline: &Inline, side: Side, out: &mut Vec<Action>) {
        let beside = match (inline.next, inline.subject) {
            (Next::Item(item), Subject::Party(party)) => {
                out.push(Action::Select(Selection::one(Subject::Handoff(item))));
                self.inline = Some(Inline::new(Subject::Handoff(item), false, Next::Beside(party)));
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
        self.inline = Some(Inline::new(subject, false, next));
    }

    /// Where the text stands on the map; of a row in a chart, at its beginning.
    fn inline_area(&self, subject: Subject) -> Option<Rect> {
        if let Some((_, bounds, _)) = self.drawing().rows().find(|(of, ..)| *of == subject) {
            let end = bounds.min + crate::geom::pt(bounds.width().min(220.0), bounds.height());
            return Some(Rect { min: bounds.min, max: end });
        }
        match subject {
            Subject::Party(id) => {
                let placed = self.drawing().cards.get(&id)?;
                Some(placed.card.name_area.translate(placed.place))
            }
            Subject::Handoff(id) => {
                let arrow = self.drawing().arrows.get(&id)?;
                let center = arrow.label_area.center();
                let half = crate::geom::pt(66.0, 12.0);
                Some(arrow.label_area.union(&Rect { min: center - half, max: center + half }))
            }
        }
    }

    fn inline_editor(&self, ui: &mut egui::Ui, cx: &Cx<'_>, area: Rect, inline: &mut Inline) {
        let (base, weight) = match inline.subject {
            Subject::Party(id) => {
                let card = self.drawing().cards.get(&id);
                (card.map_or(14.5, |placed| placed.card.name_size), Weight::SemiBold)
            }
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
                    output.response.response.widget_info(|| named_field(label, &inline.text));
                    if !inline.ready {
                        inline.ready = true;
                        ui.ctx().request_repaint();
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

/// How a key press leaves the editor.
fn leave_by(event: &Event, subject: Subject) -> Option<Leave> {
    let Event::Key { key, pressed: true, modifiers, .. } = event else { return None };
    match (key, modifiers.command, modifiers.shift) {
        (Key::Escape, false, false) => Some(Leave::Cancel),
        (Key::Tab, false, true) => Some(Leave::Add(Side::Supplier)),
        (Key::Tab, false, false) => Some(Leave::Add(Side::Customer)),
        (Key::Enter, true, false) => Some(Leave::Inspector),
        (Key::Enter, false, true) if matches!(subject, Subject::Party(_)) => Some(Leave::Add(Side::Sibling)),
        (Key::Enter, false, _) => Some(Leave::Done),
        _ => None,
    }
}

impl Canvas {
    /// Takes the first key that leaves the editor. What was typed after it in the same frame is for what comes next.
    fn leave_keys(&mut self, ui: &egui::Ui, subject: Subject) -> Leave {
        ui.input_mut(|i| {
            let found = i.events.iter().enumerate().find_map(|(at, e)| Some((at, leave_by(e, subject)?)));
            let Some((at, leave)) = found else { return Leave::Stay };
            let after = i.events.split_off(at);
            let (keys, others): (Vec<Event>, Vec<Event>) = after.into_iter().skip(1).partition(is_typing);
            self.late.extend(keys);
            i.events.extend(others);
            leave
        })
    }

    /// Keeps what is typed while an editor is on its way, and gives it to the editor when it is there: nothing that a
    /// quick hand types is lost.
    pub fn hold_back(&mut self, ctx: &egui::Context) {
        if self.inline.as_ref().is_some_and(|inline| !inline.ready) || self.cell_awaits() {
            let late = ctx.input_mut(|i| {
                let (keys, others) = std::mem::take(&mut i.events).into_iter().partition(is_typing);
                i.events = others;
                keys
            });
            let late: Vec<Event> = late;
            self.late.extend(late);
        } else if !self.late.is_empty() {
            let late = std::mem::take(&mut self.late);
            ctx.input_mut(|i| drop(i.events.splice(0..0, late)));
        }
        if !self.late.is_empty() {
            ctx.request_repaint();
        }
    }

    /// Starts an editor with what is typed in this frame: the field will see it as if it had been there.
    pub fn type_into(&mut self, ui: &egui::Ui, subject: Subject) {
        self.inline = Some(Inline::new(subject, true, Next::Nothing));
        self.hold_back(ui.ctx());
        ui.ctx().request_repaint();
    }
}

fn is_typing(event: &Event) -> bool {
    matches!(event, Event::Key { .. } | Event::Text(_) | Event::Ime(_) | Event::Paste(_))
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
