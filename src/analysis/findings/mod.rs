//! What the map tells by itself: a table of rules, each of which finds one kind of trouble.
//!
//! No two rules report one cause: an untestable requirement was not "never evaluated" too, a handoff with an open end
//! is not a process without a customer too, and a fence is reported where a requirement could be told and was not.

mod handoffs;
mod map;
mod measures;
mod time;

use jiff::civil::Date;

use super::graph::{Chain, Walk};
use super::layers;
use crate::model::ops::dismissal;
use crate::model::{Dismissal, Part, RequirementId, Subject};

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Somebody is hurt by it now, or the figures miss their end.
    Error,
    /// The chain has a hole here.
    Warning,
    /// Something is still to be filled in.
    Note,
}

impl Severity {
    /// Every severity, the gravest first.
    pub const ALL: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The word in JSON and in lists.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// What the rules look at.
#[derive(Debug)]
pub struct Seen<'a> {
    /// The chain.
    pub chain: &'a Chain<'a>,
    /// [`Chain::whole`].
    pub whole: &'a Walk,
    /// [`layers::nearest`]: `None` is unconnected.
    pub layers: &'a [Option<usize>],
    /// The day it is; without one nothing is stale or overdue.
    pub today: Option<Date>,
}

/// Where a rule found something, and what is to be said there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit {
    /// The party or handoff; `None` is the map as a whole.
    pub subject: Option<Subject>,
    /// The requirement or measure, when it is about one.
    pub part: Option<Part>,
    /// One sentence that names the thing.
    pub message: String,
}

impl Hit {
    /// About a party or handoff as a whole.
    fn at(subject: Subject, message: String) -> Self {
        Self { subject: Some(subject), part: None, message }
    }
}

/// One kind of finding.
#[derive(Debug)]
pub struct Rule {
    /// Stable name, kebab-case.
    pub kind: &'static str,
    /// What it is called on the screen.
    pub title: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub remedy: &'static str,
    /// Finds every place, in the order of the chain.
    pub run: fn(&Seen<'_>) -> Vec<Hit>,
}

/// Something the map tells by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// [`Rule::kind`].
    pub kind: &'static str,
    /// [`Rule::severity`].
    pub severity: Severity,
    /// The party or handoff; `None` is the map as a whole.
    pub subject: Option<Subject>,
    /// The requirement or measure, when it is about one.
    pub part: Option<Part>,
    /// One sentence that names the thing.
    pub message: String,
    /// Why it matters.
    pub why: &'static str,
    /// What to do.
    pub remedy: &'static str,
}

impl Finding {
    /// The requirement of the handoff, when it is about one.
    pub fn requirement(&self) -> Option<RequirementId> {
        match self.part {
            Some(Part::Requirement(id)) => Some(id),
            _ => None,
        }
    }

    /// What it is called on the screen.
    pub fn title(&self) -> &'static str {
        ALL.iter().find(|rule| rule.kind == self.kind).map_or(self.kind, |rule| rule.title)
    }
}

/// All that was found: what is raised, and what somebody put aside.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Findings {
    /// What is raised, the gravest first, then by rule, then in the order of names.
    pub raised: Vec<Finding>,
    /// What is put aside, with the reason, in the same order.
    pub dismissed: Vec<(Finding, Dismissal)>,
}

/// Every rule, the gravest first.
pub const ALL: &[&Rule] = &[
    &map::NO_EXTERNAL_CUSTOMER,
    &handoffs::MUST_FAILED,
    &map::REACHES_NO_CUSTOMER,
    &map::LOOP,
    &handoffs::NOBODY_RECEIVES,
    &handoffs::NOBODY_SUPPLIES,
    &handoffs::DISPUTED,
    &measures::LOCAL_GREEN,
    &measures::RATED_APART,
    &time::OVERDUE,
    &handoffs::WITHOUT_REQUIREMENT,
    &handoffs::UNTESTABLE,
    &handoffs::FENCE,
    &handoffs::NEVER_EVALUATED,
    &time::STALE,
    &measures::PROMISE_UNMEASURED,
    &measures::ONLY_LAGGING,
    &measures::ONLY_LEADING,
    &time::RANGE,
    &map::UNNAMED_PARTY,
    &handoffs::UNNAMED_ITEM,
];

/// All findings of the map on a day.
pub fn findings(chain: &Chain<'_>, today: Option<Date>) -> Findings {
    let whole = chain.whole();
    let layers = layers::nearest(chain);
    findings_in(&Seen { chain, whole: &whole, layers: &layers, today })
}

pub(super) fn findings_in(seen: &Seen<'_>) -> Findings {
    let mut found: Vec<Finding> = ALL.iter().flat_map(|rule| run(rule, seen)).collect();
    found.sort_by_key(|finding| finding.severity);
    let mut all = Findings::default();
    for finding in found {
        match dismissal(seen.chain.document(), finding.kind, finding.subject, finding.part) {
            None => all.raised.push(finding),
            Some(dismissal) => all.dismissed.push((finding, dismissal.clone())),
        }
    }
    all
}

fn run<'r>(rule: &'r Rule, seen: &Seen<'_>) -> impl Iterator<Item = Finding> + use<'r> {
    (rule.run)(seen).into_iter().map(|Hit { subject, part, message }| Finding {
        kind: rule.kind,
        severity: rule.severity,
        subject,
        part,
        message,
        why: rule.why,
        remedy: rule.remedy,
    })
}

/// The words in quotes, or `instead` where there are none.
fn quoted(words: &str, instead: &str) -> String {
    let words = words.trim();
    if words.is_empty() { instead.into() } else { format!("“{words}”") }
}
