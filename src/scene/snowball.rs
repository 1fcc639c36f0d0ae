//! The snowball: a staircase of what is left layer by layer on the way to a customer, and who takes how much of it.

mod bars;
mod stairs;

use std::sync::Arc;

use super::chart::{Pen, Style, message};
use super::drawing::{Drawing, Entry};
use super::text::Fonts;
use super::{Align, Ink, Item};
use crate::geom::{Rect, pt};
use crate::model::HandoffId;
use crate::model::words::{count, percent};

/// Least width of the whole chart, in map units.
const WIDTH: f32 = 1180.0;

/// A share over those handoffs for which it is known.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Part {
    /// The product of what is known, as a fraction; `None` while nothing is.
    pub value: Option<f64>,
    /// Of how many handoffs it is known.
    pub known: usize,
    /// How many there are.
    pub of: usize,
}

/// One step of the staircase: a layer, or several that share a column.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Tread {
    /// The outermost of its layers, counted from the customer, and the innermost.
    pub layers: (usize, usize),
    /// %C&A of the handoffs that are given from there.
    pub here: Part,
    /// %C&A of these and of all from further out.
    pub so_far: Part,
    /// The same of the on-time shares.
    pub on_time_here: Part,
    /// See `on_time_here`.
    pub on_time_so_far: Part,
}

/// One handoff among those that take most of the loss.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    /// The handoff.
    pub handoff: HandoffId,
    /// "Sales → Planning: order".
    pub title: String,
    /// More about it, for people who cannot see it.
    pub about: String,
    /// Its %C&A in words, a guess marked as one.
    pub quality: String,
    /// Its share of the loss, a fraction.
    pub share: f64,
    /// Points that the customer gains for one point here.
    pub per_point: Option<f64>,
}

/// What the snowball shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Snowball {
    /// The name of the customer.
    pub customer: String,
    /// The steps, the outermost first.
    pub treads: Vec<Tread>,
    /// The handoffs that are listed, the one with the largest share first.
    pub bars: Vec<Bar>,
    /// How many more lose something, and their share of the loss.
    pub more: (usize, f64),
    /// How many lose nothing.
    pub lossless: usize,
    /// How many of those whose %C&A is known are guessed.
    pub guesses: usize,
}

impl Snowball {
    /// Rolled %C&A and on-time share at the customer.
    fn at_customer(&self) -> (Part, Part) {
        self.treads.last().map(|last| (last.so_far, last.on_time_so_far)).unwrap_or_default()
    }
}

/// Draws the snowball; `None` is a map without an external customer.
pub fn snowball(snowball: Option<&Snowball>, fonts: &Fonts) -> Drawing {
    let said =
        |head: &str, text: &str| Drawing { behind: vec![Arc::new(message(head, text, fonts))], ..Drawing::default() };
    let Some(snowball) = snowball else {
        return said(
            "No external customer yet",
            "The snowball shows what reaches an external customer, and where it is lost. Add one, or make the party at the \
             end of the chain one.",
        );
    };
    let (quality, on_time) = snowball.at_customer();
    if quality.of == 0 {
        return said(
            &format!("Nothing reaches {} yet", snowball.customer),
            "The snowball follows the critical handoffs that lead to an external customer. Connect those who supply it.",
        );
    }
    if quality.known + on_time.known == 0 {
        let text = format!(
            "{} to {}. Ask each receiver how often they can use what they get as it comes, and how often it \
             comes on time, and note it at the handoff as %C&A and on time. A guess is a start.",
            count(quality.of, "critical handoff leads", "critical handoffs lead"),
            snowball.customer
        );
        return said("Nobody has judged a handoff yet", &text);
    }
    let mut behind = vec![head(snowball, fonts)];
    let top = behind[0].bounds.map_or(0.0, |bounds| bounds.max.y) + 34.0;
    behind.extend(stairs::stairs(snowball, top, fonts));
    let bottom = behind.iter().filter_map(|group| group.bounds).fold(top, |low, bounds| low.max(bounds.max.y));
    behind.extend(bars::bars(snowball, (bottom + 42.0, stairs::width(snowball.treads.len())), fonts));
    Drawing { behind: behind.into_iter().map(Arc::new).collect(), key: key(snowball), ..Drawing::default() }
}

/// What it comes to, in a sentence, and what that is built on.
fn head(snowball: &Snowball, fonts: &Fonts) -> super::Group {
    let (quality, on_time) = snowball.at_customer();
    let customer = &snowball.customer;
    let first = match (quality.value, on_time.value) {
        (Some(quality), Some(on_time)) => format!(
            "{} of what reaches {customer} is complete and accurate, {} is on time",
            percent(quality),
            percent(on_time)
        ),
        (Some(quality), None) => format!("{} of what reaches {customer} is complete and accurate", percent(quality)),
        (None, Some(on_time)) => format!("{} of what reaches {customer} is on time", percent(on_time)),
        (None, None) => String::new(),
    };
    let mut second = format!("%C&A is known of {} of {} critical handoffs on the way", quality.known, quality.of);
    if snowball.guesses > 0 {
        second += &format!(", {} of them guessed", snowball.guesses);
    }
    second += &match on_time.known {
        0 => "; on time of none".to_owned(),
        known => format!("; on time of {known} of {}", on_time.of),
    };
    second += " · multiplied as if failures were independent";
    let is_partial = |part: Part| part.known > 0 && part.known < part.of;
    if is_partial(quality) || is_partial(on_time) {
        second += " · what is unknown can only make it less";
    }
    let width = stairs::width(snowball.treads.len());
    let mut pen = Pen::new(fonts);
    let below = pen.wrap(&first, pt(0.0, 17.0), (Align::Left, width, 3), Style::strong(19.0, Ink::Text));
    pen.wrap(&second, pt(0.0, 40.0 + below), (Align::Left, width, 3), Style::plain(12.5, Ink::Faint));
    pen.furniture(format!("{first}. {second}"))
}

fn key(snowball: &Snowball) -> Vec<Entry> {
    let rect = |fill, top: f32, bottom: f32| {
        let rect = Rect { min: pt(-15.0, top), max: pt(15.0, bottom) };
        Item::Rect { rect, radius: 0.0, fill: Some(fill), stroke: None }
    };
    let left = vec![rect(Ink::AccentSoft, -4.0, 8.0), rect(Ink::Accent, -5.2, -2.8)];
    let mut key = vec![
        Entry { swatch: left, text: "complete and accurate so far".into() },
        Entry { swatch: vec![rect(stairs::LOST, -8.0, 8.0)], text: "lost here".into() },
    ];
    if snowball.at_customer().1.known > 0 {
        key.push(Entry { swatch: stairs::on_time_swatch(), text: "on time so far".into() });
    }
    if snowball.treads.iter().any(|tread| tread.here.known == 0) {
        key.push(Entry { swatch: stairs::unknown_swatch(), text: "? nobody has judged".into() });
    }
    key
}
