//! What is written at a handoff of my place: the item, what its receiver needs, and what they get.

use crate::geom::{Point, Rect, pt};
use crate::model::{Handoff, Requirement, quantity};
use crate::scene::text::{Fonts, Line};
use crate::scene::{Align, Ink, Item, Weight};

/// Width of the room for words, in map units: some 36 characters after the label and the mark.
pub(super) const ROOM: f32 = 306.0;
/// Room for the label before the words, and for the mark of a requirement.
const LABEL: f32 = 46.0;
const MARK: f32 = 18.0;
const ITEM: f32 = 15.0;
const SMALL: f32 = 12.5;
/// Air between the line and the words above and below it.
const AIR: f32 = 7.0;
/// Keeps a number and its unit on one line.
const NO_BREAK: char = '\u{a0}';
/// Most requirements that are written out.
const NEEDS: usize = 6;

/// Words around the level part of an arrow, wrapped.
pub(super) struct Said {
    /// How high they stand above the line.
    pub above: f32,
    /// How low they reach below it.
    pub below: f32,
    item: Vec<Line>,
    item_ink: Ink,
    rows: Vec<Row>,
}

/// One line below the arrow.
struct Row {
    label: Option<Line>,
    mark: Option<(Line, Ink)>,
    line: Line,
    indent: f32,
    ink: Ink,
}

/// Wraps what is written at a handoff.
pub(super) fn said(handoff: &Handoff, hours_per_day: f64, fonts: &Fonts) -> Said {
    let (item, item_ink) = match handoff.item.trim() {
        "" => ("unnamed item", Ink::Faint),
        item => (item, Ink::Text),
    };
    let item = fonts.wrap(item, ITEM, Weight::SemiBold, ROOM, 2);
    let mut rows = Vec::new();
    needs(handoff, fonts, &mut rows);
    let figures = figures(handoff, hours_per_day);
    let (text, ink) = if figures.is_empty() {
        ("nothing is known yet".to_owned(), Ink::Faint)
    } else {
        (figures.join(" · "), Ink::Text)
    };
    add(fonts, &mut rows, "gets", None, (&text, ink));
    let above = AIR + item.len() as f32 * leading(ITEM);
    Said { above, below: AIR + rows.len() as f32 * leading(SMALL), item, item_ink, rows }
}

fn leading(size: f32) -> f32 {
    size * 1.36
}

/// Adds a paragraph; label and mark stand at its first line.
fn add(
    fonts: &Fonts,
    rows: &mut Vec<Row>,
    label: &'static str,
    mark: Option<(&'static str, Ink)>,
    (text, ink): (&str, Ink),
) {
    let indent = LABEL + if mark.is_some() { MARK } else { 0.0 };
    for (i, line) in fonts.wrap(text, SMALL, Weight::Regular, ROOM - indent, 3).into_iter().enumerate() {
        let first = i == 0;
        let measured = |text: &str, weight| fonts.line(text, SMALL, weight);
        rows.push(Row {
            label: (first && !label.is_empty()).then(|| measured(label, Weight::Regular)),
            mark: mark.filter(|_| first).map(|(mark, ink)| (measured(mark, Weight::SemiBold), ink)),
            line,
            indent,
            ink,
        });
    }
}

fn needs(handoff: &Handoff, fonts: &Fonts, rows: &mut Vec<Row>) {
    let shown: Vec<&Requirement> = handoff.requirements.iter().filter(|r| !text(r).is_empty()).collect();
    if shown.is_empty() {
        add(fonts, rows, "needs", None, ("nothing was said yet", Ink::Faint));
    }
    for (i, requirement) in shown.iter().take(NEEDS).enumerate() {
        let (mark, ink) = match (requirement.met(), requirement.must) {
            (Some(true), _) => (("✓", Ink::Good), Ink::Text),
            (Some(false), true) => (("✗", Ink::Bad), Ink::Bad),
            (Some(false), false) => (("✗", Ink::Warn), Ink::Text),
            (None, _) => (("?", Ink::Faint), Ink::Text),
        };
        add(fonts, rows, if i == 0 { "needs" } else { "" }, Some(mark), (&text(requirement), ink));
    }
    if shown.len() > NEEDS {
        add(fonts, rows, "", None, (&format!("and {} more", shown.len() - NEEDS), Ink::Faint));
    }
}

/// A requirement with its target and what was last seen: "Request form complete: ≥ 95 %, is 27.6 %".
fn text(requirement: &Requirement) -> String {
    let unit = requirement.unit.trim();
    let value = |value: f64| {
        let number = quantity::rounded(value, 3);
        if unit.is_empty() { number } else { format!("{number}{NO_BREAK}{unit}") }
    };
    let mut text = requirement.text.trim().to_owned();
    if let Some((operator, target)) = requirement.operator.zip(requirement.target) {
        let sign = operator.sign();
        text += &format!("{}{sign}{NO_BREAK}{}", if text.is_empty() { "" } else { ": " }, value(target));
        if let Some(latest) = requirement.observations.latest() {
            let about = if latest.is_guess() { format!("≈{NO_BREAK}") } else { String::new() };
            text += &format!(", is{NO_BREAK}{about}{}", value(latest.value));
        }
    }
    text
}

fn figures(handoff: &Handoff, hours_per_day: f64) -> Vec<String> {
    let mut parts = Vec::new();
    parts.extend(handoff.complete_accurate_pct.map(|pct| format!("{} C&A", handoff.share_in_words(pct))));
    parts.extend(handoff.on_time_pct.map(|pct| format!("{} on time", handoff.share_in_words(pct))));
    parts.extend(handoff.wait_h.map(|hours| format!("wait {}", quantity::duration(hours, hours_per_day))));
    parts
}

impl Said {
    /// The words when the level part of the line begins at `at`, from the left; and what holds them.
    pub fn at(&self, at: Point) -> (Vec<Item>, Rect) {
        let mut items = Vec::new();
        let mut write = |text: &Line, x: f32, y: f32, (size, weight, ink): (f32, Weight, Ink), align| {
            items.push(Item::Text {
                at: at + pt(x, y),
                align,
                size,
                weight,
                ink,
                text: text.text.clone(),
                width: text.width,
            });
        };
        let mut y = AIR - self.above;
        for line in &self.item {
            y += leading(ITEM);
            write(line, 0.0, y - AIR - ITEM * 0.3 + 1.0, (ITEM, Weight::SemiBold, self.item_ink), Align::Left);
        }
        let mut y = AIR;
        for row in &self.rows {
            let baseline = y + leading(SMALL) * 0.5 + SMALL * 0.36;
            if let Some(label) = &row.label {
                write(label, 0.0, baseline, (SMALL, Weight::Regular, Ink::Faint), Align::Left);
            }
            if let Some((mark, ink)) = &row.mark {
                let x = LABEL + (MARK - 5.0) / 2.0;
                write(mark, x, baseline, (SMALL, Weight::SemiBold, *ink), Align::Center);
            }
            write(&row.line, row.indent, baseline, (SMALL, Weight::Regular, row.ink), Align::Left);
            y += leading(SMALL);
        }
        (items, Rect { min: at - pt(0.0, self.above), max: at + pt(ROOM, self.below) })
    }
}
