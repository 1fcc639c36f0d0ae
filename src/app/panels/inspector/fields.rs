//! The kinds of field: each shows its unit, checks as you type, keeps what was typed when it is wrong and says why.

use std::cell::LazyCell;

use egui::{ComboBox, FontId, Id, Key, Modifiers, Popup, Response, RichText, TextEdit, WidgetInfo, WidgetType};

use crate::app::action::Action;
use crate::app::canvas::paint::{color, family};
use crate::app::cx::Cx;
use crate::editor::MergeKey;
use crate::model::quantity::{Quantity, duration_exact, number, parse_duration};
use crate::model::{Edit, LONGEST_TEXT, When};
use crate::scene::{Ink, Weight};

/// A field of a record: what it is called, the step it makes, and what keeps its typing in one step.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    /// The words above it.
    pub title: &'static str,
    /// Name of the step.
    pub step: &'static str,
    /// Joins typing into one step.
    pub merge: MergeKey,
    /// Tells it from the same field of another record.
    pub id: Id,
}

impl Field {
    /// A field of a record; `salt` tells records of the same kind apart where the merge key does not.
    pub fn new(
        title: &'static str,
        step: &'static str,
        merge: MergeKey,
        salt: impl std::hash::Hash + std::fmt::Debug,
    ) -> Self {
        Self { title, step, merge, id: Id::new(("field", merge, salt)) }
    }
}

/// Shows fields and collects what they change.
pub struct Form<'a, 'b> {
    /// What may be read.
    pub cx: &'a Cx<'b>,
    /// Where changes go.
    pub out: &'a mut Vec<Action>,
    /// Gives the keyboard to the next field.
    pub focus: bool,
}

impl Form<'_, '_> {
    /// A heading.
    pub fn heading(&self, ui: &mut egui::Ui, text: &str) {
        ui.add_space(10.0);
        let font = FontId::new(14.0, family(Weight::SemiBold));
        ui.label(RichText::new(text).font(font));
        ui.add_space(2.0);
    }

    /// Small words above a field.
    pub fn title(&self, ui: &mut egui::Ui, text: &str) {
        ui.label(RichText::new(text).small().color(color(self.cx.theme, Ink::Faint)));
    }

    /// A remark in the colour of its weight.
    pub fn note(&self, ui: &mut egui::Ui, ink: Ink, text: &str) {
        ui.label(RichText::new(text).small().color(color(self.cx.theme, ink)));
    }

    fn changed(&mut self, field: Field, edits: Vec<Edit>) {
        let (label, merge) = (field.step.to_owned(), Some(field.merge));
        self.out.push(Action::Edit { label, merge, edits, select: None });
    }

    fn after(&mut self, response: &Response, field: Field, text: &str) {
        response.widget_info(|| named_field(field.title, text));
        if response.lost_focus() {
            self.out.push(Action::EndGesture);
        }
        if std::mem::take(&mut self.focus) {
            response.request_focus();
            // Typing replaces what is there, as with Tab in a form.
            let mut state = egui::text_edit::TextEditState::load(&response.ctx, response.id).unwrap_or_default();
            let end = egui::text::CCursor::new(text.chars().count());
            let all = egui::text::CCursorRange::two(egui::text::CCursor::new(0), end);
            state.cursor.set_char_range(Some(all));
            state.store(&response.ctx, response.id);
        }
    }

    /// A line of text.
    pub fn text(&mut self, ui: &mut egui::Ui, field: Field, value: &str, set: impl FnOnce(String) -> Vec<Edit>) {
        self.title(ui, field.title);
        let mut text = value.to_owned();
        let edit = line_edit(&mut text).id(field.id).desired_width(f32::INFINITY).char_limit(LONGEST_TEXT);
        let response = ui.add(edit);
        self.after(&response, field, &text);
        if response.changed() && text != value {
            self.changed(field, set(text));
        }
    }

    /// Some lines of text.
    pub fn long_text(&mut self, ui: &mut egui::Ui, field: Field, value: &str, set: impl FnOnce(String) -> Vec<Edit>) {
        self.title(ui, field.title);
        let mut text = value.to_owned();
        let edit = TextEdit::multiline(&mut text).id(field.id).desired_width(f32::INFINITY).desired_rows(2);
        let response = ui.add(edit.char_limit(LONGEST_TEXT));
        self.after(&response, field, &text);
        if response.changed() && text != value {
            self.changed(field, set(text));
        }
    }

    /// A number with its unit; empty is unknown.
    pub fn number(
        &mut self,
        ui: &mut egui::Ui,
        field: Field,
        quantity: Quantity,
        value: Option<f64>,
        set: impl FnOnce(Option<f64>) -> Vec<Edit>,
    ) {
        let show = |v: f64| number(v);
        self.parsed(
            ui,
            field,
            (quantity.unit, "unknown"),
            value.map(show).unwrap_or_default(),
            value,
            &|t| quantity.parse(t),
            set,
        );
    }

    /// A duration as people say it; empty is unknown.
    pub fn duration(
        &mut self,
        ui: &mut egui::Ui,
        field: Field,
        value: Option<f64>,
        set: impl FnOnce(Option<f64>) -> Vec<Edit>,
    ) {
        let hours = self.cx.document().info().hours_per_day;
        let shown = value.map(duration_exact).unwrap_or_default();
        self.parsed(ui, field, ("", "90 min, 1.5 h, 2 d"), shown, value, &|t| parse_duration(t, hours), set);
    }

    /// The shortest and the longest of a time that varies around a likely one; `set` is told which of the two.
    pub fn range(
        &mut self,
        ui: &mut egui::Ui,
        [low, high]: [(Field, Option<f64>); 2],
        likely: Option<f64>,
        set: impl Fn(usize, Option<f64>) -> Vec<Edit>,
    ) {
        ui.columns(2, |columns| {
            self.duration(&mut columns[0], low.0, low.1, |value| set(0, value));
            self.duration(&mut columns[1], high.0, high.1, |value| set(1, value));
        });
        let outside = |likely: f64| low.1.is_some_and(|low| low > likely) || high.1.is_some_and(|high| high < likely);
        match likely {
            Some(likely) if outside(likely) => {
                self.note(ui, Ink::Warn, "The range does not hold the likely time: a simulation takes that instead.");
            }
            None if low.1.is_some() || high.1.is_some() => {
                self.note(ui, Ink::Warn, "A range counts only beside the likely time.");
            }
            _ => {}
        }
    }

    /// A period of the calendar; empty is unknown.
    pub fn when(
        &mut self,
        ui: &mut egui::Ui,
        field: Field,
        value: Option<When>,
        set: impl FnOnce(Option<When>) -> Vec<Edit>,
    ) {
        let shown = value.map(|when| when.to_string()).unwrap_or_default();
        let parse = |text: &str| if text.trim().is_empty() { Ok(None) } else { When::parse(text).map(Some) };
        self.parsed(ui, field, ("", "2026-03-31, 2026-03"), shown, value, &parse, set);
    }

    #[expect(clippy::too_many_arguments, reason = "the one place where all that is read from text meets")]
    fn parsed<T: Copy + PartialEq, E: std::fmt::Display>(
        &mut self,
        ui: &mut egui::Ui,
        field: Field,
        (unit, hint): (&str, &str),
        shown: String,
        value: Option<T>,
        parse: &dyn Fn(&str) -> Result<Option<T>, E>,
        set: impl FnOnce(Option<T>) -> Vec<Edit>,
    ) {
        self.title(ui, field.title);
        // What was typed stays while it is wrong, and while it is being typed.
        let buffer = field.id.with("typed");
        let kept: Option<String> = ui.data(|data| data.get_temp(buffer));
        let mut text = kept.unwrap_or(shown);
        let response = ui.horizontal(|ui| {
            let room = if unit.is_empty() { 0.0 } else { 22.0 };
            let edit = line_edit(&mut text).id(field.id).desired_width(ui.available_width() - room);
            let response = ui.add(edit.hint_text(hint));
            if !unit.is_empty() {
                ui.label(RichText::new(unit).color(color(self.cx.theme, Ink::Faint)));
            }
            response
        });
        let response = response.inner;
        self.after(&response, field, &text);
        let result = parse(&text);
        if response.changed() {
            ui.data_mut(|data| data.insert_temp(buffer, text));
            if let Ok(new) = &result
                && *new != value
            {
                self.changed(field, set(*new));
            }
        } else if !response.has_focus() && result.is_ok() {
            ui.data_mut(|data| data.remove::<String>(buffer));
        }
        if let Err(error) = result {
            self.note(ui, Ink::Bad, &format!("Not taken over: {error}"));
        }
    }

    /// One of some values.
    pub fn choice<T: Copy + PartialEq>(
        &mut self,
        ui: &mut egui::Ui,
        field: Field,
        value: T,
        all: &[(T, &str)],
        set: impl FnOnce(T) -> Vec<Edit>,
    ) {
        self.title(ui, field.title);
        let shown = all.iter().find(|(v, _)| *v == value).map_or("", |(_, title)| title);
        let mut chosen = None;
        let combo = ComboBox::from_id_salt(field.id).selected_text(shown).width(ui.available_width()).truncate();
        let response = combo.show_ui(ui, |ui| {
            for (option, title) in all {
                if ui.selectable_label(*option == value, *title).clicked() {
                    chosen = Some(*option);
                }
            }
        });
        response.response.widget_info(|| WidgetInfo::labeled(WidgetType::ComboBox, true, field.title));
        if let Some(new) = chosen.filter(|new| *new != value) {
            self.changed(field, set(new));
            self.out.push(Action::EndGesture);
        }
    }

    /// Yes or no.
    pub fn check(&mut self, ui: &mut egui::Ui, field: Field, value: bool, set: impl FnOnce(bool) -> Vec<Edit>) {
        let mut on = value;
        if ui.checkbox(&mut on, field.title).changed() {
            self.changed(field, set(on));
            self.out.push(Action::EndGesture);
        }
    }

    /// A line of text with suggestions.
    pub fn completed(
        &mut self,
        ui: &mut egui::Ui,
        field: Field,
        value: &str,
        suggest: impl Fn(&str) -> Vec<String>,
        set: impl FnOnce(String) -> Vec<Edit>,
    ) {
        self.title(ui, field.title);
        let mut text = value.to_owned();
        let response = complete(ui, field.id, &mut text, suggest, "");
        self.after(&response, field, &text);
        if text != value {
            self.changed(field, set(text));
        }
    }
}

/// A text field of one line, as high as the lists and buttons beside it.
pub fn line_edit(text: &mut String) -> TextEdit<'_> {
    TextEdit::singleline(text).min_size(egui::vec2(0.0, 24.0)).vertical_align(egui::Align::Center)
}

/// What a screen reader says of a text field.
pub fn named_field(name: &str, text: &str) -> WidgetInfo {
    WidgetInfo { label: Some(name.to_owned()), ..WidgetInfo::text_edit(true, text, text, "") }
}

/// A text field with suggestions below it: arrows choose, Enter or a click takes one. `suggest` gives some for what is
/// typed; it is asked only while they are shown.
pub fn complete(
    ui: &mut egui::Ui,
    id: Id,
    text: &mut String,
    suggest: impl Fn(&str) -> Vec<String>,
    hint: &str,
) -> Response {
    let typed = text.clone();
    let fits = LazyCell::new(|| suggest(&typed));
    let (chosen_id, over_id) = (id.with("chosen"), id.with("over"));
    let focused = ui.memory(|m| m.has_focus(id));
    let mut chosen: usize = ui.data(|d| d.get_temp(chosen_id)).unwrap_or(0);
    if focused && !fits.is_empty() {
        let (down, up) = ui.input_mut(|i| {
            (i.consume_key(Modifiers::NONE, Key::ArrowDown), i.consume_key(Modifiers::NONE, Key::ArrowUp))
        });
        chosen = (chosen + usize::from(down)).saturating_sub(usize::from(up)).min(fits.len());
        if chosen > 0 && ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Enter)) {
            fits[chosen - 1].clone_into(text);
            chosen = 0;
        }
    } else {
        chosen = 0;
    }
    let edit = line_edit(text).id(id).desired_width(f32::INFINITY).hint_text(hint).char_limit(LONGEST_TEXT);
    let mut response = ui.add(edit);
    let over: bool = ui.data(|d| d.get_temp(over_id)).unwrap_or(false);
    let mut now_over = false;
    if (response.has_focus() || over) && !fits.is_empty() {
        let popup = Popup::from_response(&response).open(true).close_behavior(egui::PopupCloseBehavior::IgnoreClicks);
        let shown = popup.width(response.rect.width()).show(|ui| {
            let mut taken = None;
            for (index, option) in fits.iter().enumerate() {
                if ui.selectable_label(index + 1 == chosen, option.as_str()).clicked() {
                    taken = Some(option.clone());
                }
            }
            taken
        });
        if let Some(shown) = shown {
            now_over = shown.response.contains_pointer();
            if let Some(taken) = shown.inner {
                *text = taken;
                now_over = false;
                response.mark_changed();
                response.request_focus();
            }
        }
    }
    ui.data_mut(|d| {
        d.insert_temp(chosen_id, chosen);
        d.insert_temp(over_id, now_over);
    });
    response
}
