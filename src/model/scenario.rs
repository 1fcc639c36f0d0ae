//! A scenario: a named future state, as what would be other than today. The map itself stays as it is.

use std::collections::{BTreeMap, BTreeSet};

use super::altered::{Alteration, Altered};
use super::check::{Checks, number_fits, text_fits};
use super::document::Subject;
use super::handoff::{Handoff, words};
use super::id::{HandoffId, PartyId};
use super::party::Party;
use super::quantity::{COORDINATE, HOURS, MONEY, PERCENT, Quantity};
use super::words::count;
use crate::geom::Point;

/// Most scenarios of one map.
pub const MOST_SCENARIOS: usize = 1_000;
/// Most numbers that one scenario changes; as many parties, and as many handoffs.
pub const MOST_CHANGES: usize = 10_000;

words!(
    /// A number that can be moved to see what becomes of the customer's result.
    Lever {
        /// %C&A of a handoff.
        #[default]
        CompleteAccurate = "complete_accurate_pct", "%C&A";
        /// On-time share of a handoff.
        OnTime = "on_time_pct", "On time";
        /// Waiting time of a handoff.
        Wait = "wait_h", "Wait";
        /// Process time of a process.
        ProcessTime = "process_time_h", "Process time";
    }
);

impl Lever {
    /// The levers that a party or handoff has.
    pub fn of(subject: Subject) -> &'static [Self] {
        match subject {
            Subject::Party(_) => &[Self::ProcessTime],
            Subject::Handoff(_) => &[Self::CompleteAccurate, Self::OnTime, Self::Wait],
        }
    }

    /// The unit and range of its values.
    pub fn quantity(self) -> Quantity {
        match self {
            Self::CompleteAccurate | Self::OnTime => PERCENT,
            Self::Wait | Self::ProcessTime => HOURS,
        }
    }

    /// The number on a handoff; `None` when it is unknown there, or no number of a handoff.
    pub fn on_handoff(self, handoff: &Handoff) -> Option<f64> {
        match self {
            Self::CompleteAccurate => handoff.complete_accurate_pct,
            Self::OnTime => handoff.on_time_pct,
            Self::Wait => handoff.wait_h,
            Self::ProcessTime => None,
        }
    }

    /// The number of a party; `None` when it is unknown there, or no number of a party.
    pub fn on_party(self, party: &Party) -> Option<f64> {
        if self == Self::ProcessTime { party.process_time_h } else { None }
    }

    /// Sets the number on a handoff, when it has it.
    pub fn set_on_handoff(self, handoff: &mut Handoff, value: Option<f64>) {
        match self {
            Self::CompleteAccurate => handoff.complete_accurate_pct = value,
            Self::OnTime => handoff.on_time_pct = value,
            Self::Wait => handoff.wait_h = value,
            Self::ProcessTime => {}
        }
    }

    /// Sets the number of a party, when it has it.
    pub fn set_on_party(self, party: &mut Party, value: Option<f64>) {
        if self == Self::ProcessTime {
            party.process_time_h = value;
        }
    }
}

/// One number of the map that would be another.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// The party or handoff whose number it is.
    pub subject: Subject,
    /// Which number.
    pub lever: Lever,
    /// What it would be: a percentage from 0 to 100, or hours.
    pub value: f64,
    /// Why it would.
    pub why: String,
}

/// A named future state as changes over the current map.
///
/// It may name parties and handoffs that are not there, as after somebody removed them: such changes are kept and do
/// nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Scenario {
    /// What people call it.
    pub name: String,
    /// What it is for, and what it takes.
    pub notes: String,
    /// What it costs to get there, once, in the currency of the map.
    pub cost: Option<f64>,
    /// The numbers that would be other than today; at most one change of each.
    pub changes: Vec<Change>,
    /// The parties that would come, go or be other in what is no such number.
    pub parties: BTreeMap<PartyId, Altered<Party>>,
    /// The same of handoffs.
    pub handoffs: BTreeMap<HandoffId, Altered<Handoff>>,
    /// Where the cards of parties stand that would come.
    pub places: BTreeMap<PartyId, Point>,
    /// Where it stands among the scenarios: they are shown by rank, then by id.
    pub rank: u32,
}

/// How many records come, go or are other.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    added: usize,
    removed: usize,
    changed: usize,
}

impl Tally {
    fn of<'a, T: 'a>(all: impl Iterator<Item = &'a Altered<T>>) -> Self {
        let mut tally = Self::default();
        for altered in all {
            match altered.what {
                Alteration::Added(_) => tally.added += 1,
                Alteration::Removed => tally.removed += 1,
                Alteration::Changed { .. } => tally.changed += 1,
            }
        }
        tally
    }
}

impl Scenario {
    /// Everything it changes: numbers and records.
    pub fn subjects(&self) -> BTreeSet<Subject> {
        let numbers = self.changes.iter().map(|change| change.subject);
        let parties = self.parties.keys().copied().map(Subject::Party);
        numbers.chain(parties).chain(self.handoffs.keys().copied().map(Subject::Handoff)).collect()
    }

    /// What it changes, counted: “2 numbers and 1 party changed, 1 handoff added”; “nothing changed”.
    pub fn about(&self) -> String {
        let kinds = |is: fn(Tally) -> usize| {
            let (parties, handoffs) = (is(Tally::of(self.parties.values())), is(Tally::of(self.handoffs.values())));
            [(parties, "party", "parties"), (handoffs, "handoff", "handoffs")]
        };
        let numbers = (self.changes.len(), "number", "numbers");
        let changed = [[numbers].as_slice(), &kinds(|tally| tally.changed)].concat();
        let said = [
            (changed, "changed"),
            (kinds(|tally| tally.added).into(), "added"),
            (kinds(|tally| tally.removed).into(), "removed"),
        ];
        let parts = said.into_iter().filter_map(|(counts, what)| {
            let words: Vec<String> =
                counts.iter().filter(|(n, ..)| *n > 0).map(|(n, one, more)| count(*n, one, more)).collect();
            (!words.is_empty()).then(|| format!("{} {what}", words.join(" and ")))
        });
        let parts: Vec<String> = parts.collect();
        if parts.is_empty() { "nothing changed".into() } else { parts.join(", ") }
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { name, notes, cost, changes, parties, handoffs, places: _, rank: _ } = self;
        text_fits("name", name, report);
        text_fits("notes", notes, report);
        number_fits("cost", MONEY, *cost, report);
        let mut seen = BTreeSet::new();
        for Change { subject, lever, value, why } in changes {
            let within =
                &mut |_: &'static str, problem: String| report("changes", format!("hold a value that {problem}"));
            number_fits(lever.word(), lever.quantity(), Some(*value), within);
            text_fits("changes", why, &mut |field, problem| report(field, format!("hold a reason that {problem}")));
            if !Lever::of(*subject).contains(lever) {
                report("changes", format!("hold the field {}, which that record does not have", lever.word()));
            }
            if !seen.insert((*subject, *lever)) {
                report("changes", format!("hold the field {} of one record twice", lever.word()));
            }
        }
        for (field, len) in [("changes", changes.len()), ("parties", parties.len()), ("handoffs", handoffs.len())] {
            if len > MOST_CHANGES {
                report(field, format!("are more than {MOST_CHANGES}"));
            }
        }
        self.check_places(report);
        for (id, altered) in parties {
            check_altered("parties", &id.to_string(), altered, |party, report| party.check(report), report);
        }
        for (id, altered) in handoffs {
            check_altered("handoffs", &id.to_string(), altered, |handoff, report| handoff.check(report), report);
        }
    }

    /// Every party that would come has a place, and nothing else has one.
    fn check_places(&self, report: Checks<'_>) {
        let comes =
            |id: &PartyId| self.parties.get(id).is_some_and(|altered| matches!(altered.what, Alteration::Added(_)));
        if let Some(id) = self.parties.keys().find(|id| comes(id) && !self.places.contains_key(id)) {
            report("parties", format!("have no place for {id}"));
        }
        if let Some(id) = self.places.keys().find(|id| !comes(id)) {
            report("parties", format!("have a place for {id}, which does not come"));
        }
        for value in self.places.values().flat_map(|place| [place.x, place.y]) {
            number_fits("parties", COORDINATE, Some(f64::from(value)), &mut |field, problem| {
                report(field, format!("have a place that {problem}"));
            });
        }
    }
}

/// Reports what a record that would be other may not hold.
fn check_altered<T>(
    of: &'static str,
    id: &str,
    altered: &Altered<T>,
    check: impl Fn(&T, Checks<'_>),
    report: Checks<'_>,
) {
    let Altered { what, why } = altered;
    text_fits(of, why, &mut |field, problem| report(field, format!("hold a reason that {problem}")));
    let records = match what {
        Alteration::Removed => Vec::new(),
        Alteration::Added(added) => vec![added],
        Alteration::Changed { before, after } => vec![before, after],
    };
    for record in records {
        check(record, &mut |field, problem| {
            report(of, format!("hold, under the id {id}, a record whose {field} {problem}"));
        });
    }
}
