//! A party: anything that gives or receives.

use super::check::{Checks, number_fits, text_fits, unique};
use super::dismissal::{Dismissal, check_dismissed};
use super::measure::{MOST_MEASURES, Measure};
use super::quantity::{HOURS, MONEY};
use super::review::{NotApplicable, Review, Schedule, check_not_applicable, check_reviews};
use super::voice::{MOST_VOICES, Voice};

/// What a party is to the organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum PartyKind {
    /// An internal process.
    #[default]
    Process,
    /// Somebody outside who receives what the chain makes; may also supply.
    Customer,
    /// Somebody outside who only supplies.
    Supplier,
}

impl PartyKind {
    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::Process, Self::Customer, Self::Supplier];

    /// The word of the method.
    pub fn title(self) -> &'static str {
        match self {
            Self::Process => "Process",
            Self::Customer => "External customer",
            Self::Supplier => "External supplier",
        }
    }

    /// The word in files and tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Process => "process",
            Self::Customer => "customer",
            Self::Supplier => "supplier",
        }
    }
}

/// A party of the map.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Party {
    /// What people call it.
    pub name: String,
    /// Process, external customer or external supplier.
    pub kind: PartyKind,
    /// The function or silo that owns it; empty when not said.
    pub department: String,
    /// Who answers for it.
    pub owner: String,
    /// What it should be like to be its internal customer, in one sentence.
    pub promise: String,
    /// Anything else.
    pub notes: String,
    /// Process (touch) time of one pass, in hours of work.
    pub process_time_h: Option<f64>,
    /// The shortest it takes, where it varies; counts only beside a known process time.
    pub process_time_low_h: Option<f64>,
    /// The longest it takes, where it varies; counts only beside a known process time.
    pub process_time_high_h: Option<f64>,
    /// Whether the customer would pay for this step.
    pub value_adding: Option<bool>,
    /// What an hour of its work costs, in the currency of the map.
    pub rate_per_h: Option<f64>,
    /// The lead time that an external customer wants or was promised, in hours of work.
    pub target_lead_time_h: Option<f64>,
    /// The numbers it steers by.
    pub measures: Vec<Measure>,
    /// What its customers said about it.
    pub voices: Vec<Voice>,
    /// Findings about it that somebody put aside.
    pub dismissed: Vec<Dismissal>,
    /// Steps of the method that do not apply to it.
    pub not_applicable: Vec<NotApplicable>,
    /// When it is reviewed, where that is other than the map says.
    pub review: Option<Schedule>,
    /// Its reviews, the oldest first; at most one runs.
    pub reviews: Vec<Review>,
}

impl Party {
    /// A party of which only name and kind are known.
    pub fn named(name: impl Into<String>, kind: PartyKind) -> Self {
        Self { name: name.into(), kind, ..Self::default() }
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { name, kind: _, department, owner, promise, notes, process_time_h, value_adding: _, .. } = self;
        let Self { process_time_low_h, process_time_high_h, target_lead_time_h, .. } = self;
        let Self { rate_per_h, measures, voices, dismissed, not_applicable, review, reviews, .. } = self;
        for (field, text) in
            [("name", name), ("department", department), ("owner", owner), ("promise", promise), ("notes", notes)]
        {
            text_fits(field, text, report);
        }
        number_fits("process_time_h", HOURS, *process_time_h, report);
        number_fits("process_time_low_h", HOURS, *process_time_low_h, report);
        number_fits("process_time_high_h", HOURS, *process_time_high_h, report);
        number_fits("target_lead_time_h", HOURS, *target_lead_time_h, report);
        number_fits("rate_per_h", MONEY, *rate_per_h, report);
        for measure in measures {
            measure.check(report);
        }
        for voice in voices {
            voice.check(report);
        }
        unique("measures", measures.iter().map(|m| m.id), MOST_MEASURES, report);
        check_dismissed(dismissed, report);
        check_not_applicable(not_applicable, report);
        if let Some(schedule) = review {
            schedule.check("review", report);
        }
        check_reviews(reviews, report);
        unique("expectations", voices.iter().map(|v| v.id), MOST_VOICES, report);
    }
}
