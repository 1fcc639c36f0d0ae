//! The timeline: when each party that feeds a customer works and waits, what is critical, and how much slack the rest has.

mod ladder;
mod rows;

use std::sync::Arc;

use super::chart::{Pen, Style, message};
use super::drawing::{Drawing, Entry};
use super::text::Fonts;
use super::{Align, Group, Ink};
use crate::geom::pt;
use crate::model::quantity::{duration, rounded};
use crate::model::{HandoffId, PartyId};

/// Width of the whole chart, in map units.
const WIDTH: f32 = 1180.0;

/// A time over what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Time {
    /// Hours; `None` while nothing is known.
    pub hours: Option<f64>,
    /// True when more would be added if everything were known.
    pub is_at_least: bool,
}

/// The wait before a party can start.
#[derive(Debug, Clone, PartialEq)]
pub struct Wait {
    /// The handoff that comes last.
    pub handoff: HandoffId,
    /// "Sales → Planning: order".
    pub title: String,
    /// More about it, for people who cannot see it.
    pub about: String,
    /// When its supplier is done, in hours from the start.
    pub start_h: f64,
    /// How long it waits; `None` is unknown.
    pub hours: Option<f64>,
}

/// One party on the timeline.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The party.
    pub party: PartyId,
    /// Its name.
    pub title: String,
    /// The wait before it starts, where it has inputs.
    pub wait: Option<Wait>,
    /// When it starts, in hours from the start.
    pub start_h: f64,
    /// Its PT; `None` is unknown.
    pub process_h: Option<f64>,
    /// External parties have no PT: they are a point in time.
    pub is_external: bool,
    /// Whether its PT adds value, when somebody said so.
    pub value_adding: Option<bool>,
    /// How much longer it could take without making the lead time longer, in hours.
    pub slack_h: f64,
    /// Whether it is on the critical path.
    pub on_path: bool,
}

/// A process or a wait of the critical path.
#[derive(Debug, Clone, PartialEq)]
pub struct Rung {
    /// Its hours; `None` is unknown.
    pub hours: Option<f64>,
    /// The name of the process; `None` for a wait.
    pub process: Option<String>,
}

/// What the timeline shows.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Timeline {
    /// The name of the customer.
    pub customer: String,
    /// Working hours of a day.
    pub hours_per_day: f64,
    /// The length of the critical path.
    pub lead_time: Time,
    /// Of how many times of all that feeds the customer it is known how long they are, and how many there are.
    pub known: (usize, usize),
    /// PT and wait on the critical path.
    pub process_time: Time,
    /// See `process_time`.
    pub wait: Time,
    /// Fractions of the lead time, where they are known.
    pub activity_ratio: Option<f64>,
    /// See `activity_ratio`.
    pub pce: Option<f64>,
    /// The lead time that the customer wants or was promised, in hours.
    pub target_h: Option<f64>,
    /// The parties that are shown: the critical path first, each part by its start.
    pub rows: Vec<Row>,
    /// How many more are on the critical path, and how many more have slack.
    pub more: (usize, usize),
    /// The critical path from its start.
    pub ladder: Vec<Rung>,
    /// What else is to be said, a sentence each.
    pub notes: Vec<String>,
}

impl Timeline {
    /// Hours as people say them.
    fn say(&self, hours: f64) -> String {
        duration(hours, self.hours_per_day)
    }

    /// A time as people say it, unknown as unknown.
    fn say_time(&self, time: Time) -> String {
        let least = if time.is_at_least { "at least " } else { "" };
        time.hours.map_or_else(|| "unknown".into(), |hours| format!("{least}{}", self.say(hours)))
    }

    /// "target 8 h · met", where there is a target.
    fn target_said(&self) -> Option<String> {
        let (target, hours) = (self.target_h?, self.lead_time.hours?);
        let held = match (hours <= target * (1.0 + 1e-9), self.lead_time.is_at_least) {
            (true, false) => "met".to_owned(),
            (true, true) => "met as far as is known".to_owned(),
            (false, _) => format!("not met, {} over", self.say(hours - target)),
        };
        Some(format!("target {} · {held}", self.say(target)))
    }

    /// True when there is a target that is not met.
    fn is_late(&self) -> bool {
        self.target_h.zip(self.lead_time.hours).is_some_and(|(target, hours)| hours > target * (1.0 + 1e-9))
    }
}

/// Draws the timeline; `None` is a map without an external customer.
pub fn timeline(timeline: Option<&Timeline>, fonts: &Fonts) -> Drawing {
    let said =
        |head: &str, text: &str| Drawing { behind: vec![Arc::new(message(head, text, fonts))], ..Drawing::default() };
    let Some(timeline) = timeline else {
        return said(
            "No external customer yet",
            "The timeline shows when everything that feeds an external customer happens. Add one, or make the party at \
             the end of the chain one.",
        );
    };
    if timeline.known.1 == 0 {
        return said(
            &format!("Nothing reaches {} yet", timeline.customer),
            "The timeline follows the forward handoffs that lead to an external customer. Connect those who supply it.",
        );
    }
    if timeline.lead_time.hours.is_none() {
        return said(
            "Nobody has said yet how long anything takes",
            "Note the process time of each process, and at each handoff how long it waits before somebody starts on it. \
             An estimate is a start.",
        );
    }
    let mut groups = vec![head(timeline, fonts)];
    let below = |groups: &[Group]| groups.iter().filter_map(|group| group.bounds).fold(0.0, |y: f32, b| y.max(b.max.y));
    groups.extend(rows::rows(timeline, below(&groups) + 26.0, fonts));
    groups.extend(ladder::ladder(timeline, below(&groups) + 44.0, fonts));
    groups.extend(notes(timeline, below(&groups) + 34.0, fonts));
    Drawing { behind: groups.into_iter().map(Arc::new).collect(), key: rows::key(timeline), ..Drawing::default() }
}

/// What it comes to, in a sentence, and what that is built on.
fn head(timeline: &Timeline, fonts: &Fonts) -> Group {
    let first = format!("Lead time to {}: {}", timeline.customer, timeline.say_time(timeline.lead_time));
    let (known, of) = timeline.known;
    let mut parts = vec![format!(
        "on the critical path PT {}, wait {}",
        timeline.say_time(timeline.process_time),
        timeline.say_time(timeline.wait)
    )];
    parts.extend(timeline.target_said());
    parts.push(format!("{known} of {of} times are known"));
    let second = parts.join(" · ");
    let mut pen = Pen::new(fonts);
    let below = pen.wrap(&first, pt(0.0, 17.0), (Align::Left, WIDTH, 3), Style::strong(19.0, Ink::Text));
    pen.wrap(&second, pt(0.0, 40.0 + below), (Align::Left, WIDTH, 3), Style::plain(12.5, Ink::Faint));
    pen.furniture(format!("{first}. {second}"))
}

fn notes(timeline: &Timeline, top: f32, fonts: &Fonts) -> Option<Group> {
    let mut pen = Pen::new(fonts);
    let (style, mut y) = (Style::plain(12.5, Ink::Faint), top);
    for note in &timeline.notes {
        y += pen.wrap(note, pt(0.0, y), (Align::Left, WIDTH, 4), style) + 21.0;
    }
    (!timeline.notes.is_empty()).then(|| pen.furniture(timeline.notes.join(" ")))
}

/// A swatch of the legend with its words.
fn entry(swatch: Vec<super::Item>, text: &str) -> Entry {
    Entry { swatch, text: text.into() }
}

/// A number of an axis, short.
fn tick(value: f64) -> String {
    rounded(value, 4)
}
