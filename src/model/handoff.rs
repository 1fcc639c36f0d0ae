//! A handoff: one item that a supplier gives to a customer. The unit of the whole method.

use super::accord::{MOST_TOLD, Role, Told, check_roles};
use super::check::{Checks, MOST_REQUIREMENTS, number_fits, text_fits, unique};
use super::dismissal::{Dismissal, check_dismissed};
use super::id::PartyId;
use super::quantity::{HOURS, MONEY, PERCENT, SAMPLE, VOLUME, rounded};
use super::rating::{MOST_RATINGS, Rating};
use super::requirement::Requirement;
use super::when::When;

/// Defines an enum of words: all values in order, the word in files, and the words on the screen.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $value:ident = $word:literal, $title:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
        pub enum $name { $($(#[$vdoc])* $value),+ }

        impl $name {
            /// Every value, in the order they are offered.
            pub const ALL: &'static [Self] = &[$(Self::$value),+];

            /// The word in files and tables.
            pub fn word(self) -> &'static str {
                match self { $(Self::$value => $word),+ }
            }

            /// The words on the screen.
            pub fn title(self) -> &'static str {
                match self { $(Self::$value => $title),+ }
            }
        }
    };
}
pub(super) use words;

words!(
    /// What sort of thing an item is.
    Form {
        /// Data, a request, a report.
        #[default]
        Information = "information", "Information";
        /// A physical thing.
        Material = "material", "Material";
        /// A choice somebody made.
        Decision = "decision", "Decision";
        /// A permission to go on.
        Approval = "approval", "Approval";
    }
);

words!(
    /// Which way the work goes.
    HandoffKind {
        /// Towards the customer.
        #[default]
        Forward = "forward", "Forward";
        /// Back upstream, to be done again. Counts neither for layers nor for lead time.
        Rework = "rework", "Rework";
    }
);

words!(
    /// How a number is known.
    Known {
        /// Somebody's estimate.
        #[default]
        Guess = "guess", "Guess";
        /// Counted on some deliveries.
        Sample = "sample", "Sample";
        /// Counted on all deliveries.
        Measured = "measured", "Measured";
    }
);

words!(
    /// What a volume is counted over.
    Period {
        /// A working day.
        Day = "day", "day";
        /// A week.
        Week = "week", "week";
        /// A month.
        #[default]
        Month = "month", "month";
        /// A quarter of a year.
        Quarter = "quarter", "quarter";
        /// A year.
        Year = "year", "year";
    }
);

impl Period {
    /// How many of them a year has; a working week has five days.
    pub fn per_year(self) -> f64 {
        match self {
            Self::Day => 260.0,
            Self::Week => 52.0,
            Self::Month => 12.0,
            Self::Quarter => 4.0,
            Self::Year => 1.0,
        }
    }
}

words!(
    /// How far the two sides of a handoff have come with each other.
    Agreement {
        /// Nothing was said yet.
        #[default]
        None = "none", "None";
        /// Written down on one side.
        Draft = "draft", "Draft";
        /// Told to the other side.
        Sent = "sent", "Sent";
        /// Both sides talked.
        Discussed = "discussed", "Discussed";
        /// Both sides agreed: a line of an operational-level agreement.
        Agreed = "agreed", "Agreed";
        /// The sides disagree.
        Disputed = "disputed", "Disputed";
    }
);

/// A directed handoff of one item. At least one of its ends is there.
#[derive(Debug, Clone, PartialEq)]
pub struct Handoff {
    /// Who gives; `None` is an input that nobody supplies yet.
    pub supplier: Option<PartyId>,
    /// Who receives; `None` is an output that nobody receives.
    pub customer: Option<PartyId>,
    /// What is passed on.
    pub item: String,
    /// What sort of thing the item is.
    pub form: Form,
    /// Forward or rework.
    pub kind: HandoffKind,
    /// Whether a failure here spoils the customer's result.
    pub critical: bool,
    /// Waiting time before the receiver starts on it, in working hours.
    pub wait_h: Option<f64>,
    /// The shortest wait, where it varies; counts only beside a known wait.
    pub wait_low_h: Option<f64>,
    /// The longest wait, where it varies; counts only beside a known wait.
    pub wait_high_h: Option<f64>,
    /// %C&A: how often the receiver could use the item as it came, 0 to 100.
    pub complete_accurate_pct: Option<f64>,
    /// Share of deliveries that met the agreed time, 0 to 100.
    pub on_time_pct: Option<f64>,
    /// Deliveries per period.
    pub volume: Option<f64>,
    /// The period that the volume is counted over.
    pub period: Period,
    /// How the two shares are known.
    pub known: Option<Known>,
    /// How many deliveries the two shares were counted on.
    pub sample_size: Option<f64>,
    /// Hours the receiver needs to check one delivery.
    pub check_h: Option<f64>,
    /// Hours the receiver needs to mend one defective delivery.
    pub fix_receiver_h: Option<f64>,
    /// Hours the supplier needs to mend one defective delivery.
    pub fix_supplier_h: Option<f64>,
    /// Hours by which a late delivery is late, on average.
    pub late_h: Option<f64>,
    /// What an hour late costs, in the currency of the map.
    pub late_cost_per_h: Option<f64>,
    /// Share of the defects that escape to the external customer, 0 to 100.
    pub escape_pct: Option<f64>,
    /// What an escaped defect costs, in the currency of the map.
    pub escape_cost: Option<f64>,
    /// State of the agreement between the two sides.
    pub agreement: Agreement,
    /// Whom to talk to on the other side.
    pub contact: String,
    /// Until when the agreement holds.
    pub valid_until: Option<When>,
    /// What the receiver asks of the supplier.
    pub ask: String,
    /// What the receiver offers in return.
    pub offer: String,
    /// Who was told what and when, the oldest first.
    pub told: Vec<Told>,
    /// Who has which role (RACI); at most one is accountable.
    pub roles: Vec<Role>,
    /// What people on both sides think of it.
    pub ratings: Vec<Rating>,
    /// Anything else.
    pub notes: String,
    /// What the receiver needs of the item.
    pub requirements: Vec<Requirement>,
    /// Findings about it that somebody put aside.
    pub dismissed: Vec<Dismissal>,
}

impl Default for Handoff {
    fn default() -> Self {
        Self {
            supplier: None,
            customer: None,
            item: String::new(),
            form: Form::default(),
            kind: HandoffKind::default(),
            critical: true,
            wait_h: None,
            wait_low_h: None,
            wait_high_h: None,
            complete_accurate_pct: None,
            on_time_pct: None,
            volume: None,
            period: Period::default(),
            known: None,
            sample_size: None,
            check_h: None,
            fix_receiver_h: None,
            fix_supplier_h: None,
            late_h: None,
            late_cost_per_h: None,
            escape_pct: None,
            escape_cost: None,
            agreement: Agreement::default(),
            contact: String::new(),
            valid_until: None,
            ask: String::new(),
            offer: String::new(),
            told: Vec::new(),
            roles: Vec::new(),
            ratings: Vec::new(),
            notes: String::new(),
            requirements: Vec::new(),
            dismissed: Vec::new(),
        }
    }
}

impl Handoff {
    /// A forward handoff of which only ends and item are known.
    pub fn between(supplier: Option<PartyId>, customer: Option<PartyId>, item: impl Into<String>) -> Self {
        Self { supplier, customer, item: item.into(), ..Self::default() }
    }

    /// Its supplier and its customer, as far as there are any.
    pub fn known_ends(&self) -> impl Iterator<Item = PartyId> + use<> {
        [self.supplier, self.customer].into_iter().flatten()
    }

    /// Both ends, when both are there.
    pub fn ends(&self) -> Option<(PartyId, PartyId)> {
        self.supplier.zip(self.customer)
    }

    /// True when it runs along the chain, with both ends there.
    pub fn is_forward(&self) -> bool {
        self.kind == HandoffKind::Forward
    }

    /// True when the party gives or receives it.
    pub fn touches(&self, party: PartyId) -> bool {
        self.supplier == Some(party) || self.customer == Some(party)
    }

    /// %C&A as a fraction, when known.
    pub fn complete_accurate(&self) -> Option<f64> {
        self.complete_accurate_pct.map(|pct| pct / 100.0)
    }

    /// One of its shares for people: "97.5 %", and "≈ 80 %" for a guess.
    pub fn share_in_words(&self, pct: f64) -> String {
        let about = if self.known == Some(Known::Guess) { "≈ " } else { "" };
        format!("{about}{} %", rounded(pct, 1))
    }

    /// The on-time share as a fraction, when known.
    pub fn on_time(&self) -> Option<f64> {
        self.on_time_pct.map(|pct| pct / 100.0)
    }

    /// Calls `report` with every field that holds what it may not.
    pub(in crate::model) fn check(&self, report: Checks<'_>) {
        let Self { supplier, customer, item, form: _, kind: _, critical: _, wait_h, complete_accurate_pct, .. } = self;
        let Self { on_time_pct, volume, period: _, known: _, sample_size, agreement: _, notes, requirements, .. } =
            self;
        let Self { check_h, fix_receiver_h, fix_supplier_h, late_h, late_cost_per_h, escape_pct, escape_cost, .. } =
            self;
        if supplier.is_none() && customer.is_none() {
            report("supplier", "a handoff needs a supplier, a customer or both".into());
        } else if supplier == customer {
            report("customer", "must be another party than the supplier: a party cannot hand off to itself".into());
        }
        text_fits("item", item, report);
        text_fits("notes", notes, report);
        number_fits("wait_h", HOURS, *wait_h, report);
        number_fits("wait_low_h", HOURS, self.wait_low_h, report);
        number_fits("wait_high_h", HOURS, self.wait_high_h, report);
        number_fits("complete_accurate_pct", PERCENT, *complete_accurate_pct, report);
        number_fits("on_time_pct", PERCENT, *on_time_pct, report);
        number_fits("volume", VOLUME, *volume, report);
        number_fits("sample_size", SAMPLE, *sample_size, report);
        number_fits("check_h", HOURS, *check_h, report);
        number_fits("fix_receiver_h", HOURS, *fix_receiver_h, report);
        number_fits("fix_supplier_h", HOURS, *fix_supplier_h, report);
        number_fits("late_h", HOURS, *late_h, report);
        number_fits("late_cost_per_h", MONEY, *late_cost_per_h, report);
        number_fits("escape_pct", PERCENT, *escape_pct, report);
        number_fits("escape_cost", MONEY, *escape_cost, report);
        for requirement in requirements {
            requirement.check(report);
        }
        unique("requirements", requirements.iter().map(|r| r.id), MOST_REQUIREMENTS, report);
        self.check_accord(report);
    }

    fn check_accord(&self, report: Checks<'_>) {
        let Self { contact, valid_until: _, ask, offer, told, roles, ratings, dismissed, .. } = self;
        check_dismissed(dismissed, report);
        for (field, text) in [("contact", contact), ("ask", ask), ("offer", offer)] {
            text_fits(field, text, report);
        }
        for told in told {
            told.check(report);
        }
        check_roles(roles, report);
        for rating in ratings {
            rating.check(report);
        }
        for (field, len, most) in [("told", self.told.len(), MOST_TOLD), ("ratings", self.ratings.len(), MOST_RATINGS)]
        {
            if len > most {
                report(field, format!("has more than {most} entries"));
            }
        }
    }
}
