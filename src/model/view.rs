//! What a person looks at: which view of the map, and how it is set. Part of the map only where it is saved as a step.

use super::document::Document;
use super::id::PartyId;
use super::ops::{list, sipoc};
use super::party::PartyKind;

/// One of the pictures that follow from a map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ViewKind {
    /// As drawn.
    #[default]
    Map,
    /// In layers from suppliers to customers.
    Chain,
    /// In rings around the external customer.
    Onion,
    /// A lane for each department.
    Lanes,
    /// Suppliers, inputs, process, outputs, customers as a table.
    Sipoc,
    /// Department by department.
    Silos,
    /// One party with its suppliers and customers.
    Place,
    /// All handoffs as a table.
    List,
    /// How quality and punctuality are lost layer by layer, and who takes how much of it.
    Snowball,
    /// When everything happens that feeds a customer.
    Timeline,
}

/// Which way the chain runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Flow {
    /// Suppliers left, customers right.
    #[default]
    Right,
    /// Suppliers above, customers below.
    Down,
}

/// Which way to the external customer counts for the layer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum LayerMode {
    /// The one with the fewest handoffs.
    #[default]
    Nearest,
    /// The one with the most, so that no handoff stays inside a ring.
    Longest,
}

/// What colours handoffs and rings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Figure {
    /// Nothing: the colour tells the state.
    #[default]
    None,
    /// %C&A.
    CompleteAccurate,
    /// Share of deliveries on time.
    OnTime,
    /// Waiting time.
    Wait,
    /// Cost per year.
    Cost,
    /// State of the agreement.
    Agreement,
    /// How well the requirements are met.
    Score,
    /// Snowball share at the customer whose figures are shown.
    Loss,
    /// How much longer it could wait without making that customer's lead time longer.
    Slack,
    /// How far its supplier is with the seven steps.
    Steps,
}

/// A view and how it is set.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ViewChoice {
    /// Which view.
    pub kind: ViewKind,
    /// Which way the chain runs.
    pub flow: Flow,
    /// How layers are counted.
    pub mode: LayerMode,
    /// What colours handoffs and rings.
    pub figure: Figure,
    /// The party it is about: the onion's customer, the process of the SIPOC, whose place it is. `None` is all, or the
    /// usual one.
    pub centre: Option<PartyId>,
    /// The external customer whose figures are shown; `None` is the usual one: see [`ViewChoice::customer_of`].
    pub customer: Option<PartyId>,
    /// Layers up to this one are shown; `None` shows all.
    pub layers: Option<usize>,
    /// Only parties whose name or department holds this, in a table rows of which any cell does; empty shows all.
    pub filter: String,
    /// By which column the SIPOC is sorted, and whether from the last; `None` is the usual order.
    pub sort: Option<(sipoc::Column, bool)>,
    /// By which column the list of handoffs is sorted, and whether from the last; `None` is the usual order.
    pub list_sort: Option<(list::Column, bool)>,
    /// This party and all that feeds it stand out.
    pub spotlight: Option<PartyId>,
}

impl ViewChoice {
    /// The external customer whose figures are shown: the chosen one, else the one in the centre, else the first by
    /// name. `None` while there is none.
    pub fn customer_of(&self, document: &Document) -> Option<PartyId> {
        let is_customer = |id: &PartyId| document.party(*id).is_some_and(|party| party.kind == PartyKind::Customer);
        let chosen = self.customer.filter(is_customer).or(self.centre.filter(is_customer));
        chosen.or_else(|| document.customers().min_by_key(|(id, party)| (&party.name, *id)).map(|(id, _)| id))
    }
}

impl ViewKind {
    /// Every view, in the order they are offered.
    pub const ALL: [Self; 10] = [
        Self::Map,
        Self::Chain,
        Self::Onion,
        Self::Lanes,
        Self::Sipoc,
        Self::Silos,
        Self::Place,
        Self::List,
        Self::Snowball,
        Self::Timeline,
    ];

    /// The word for it in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Map => "map",
            Self::Chain => "chain",
            Self::Onion => "onion",
            Self::Lanes => "lanes",
            Self::Sipoc => "sipoc",
            Self::Silos => "silos",
            Self::Place => "place",
            Self::List => "list",
            Self::Snowball => "snowball",
            Self::Timeline => "timeline",
        }
    }

    /// The words for it in menus.
    pub fn title(self) -> &'static str {
        match self {
            Self::Map => "Map",
            Self::Chain => "Chain",
            Self::Onion => "Onion",
            Self::Lanes => "Lanes",
            Self::Sipoc => "SIPOC",
            Self::Silos => "Silos",
            Self::Place => "My place",
            Self::List => "Handoffs",
            Self::Snowball => "Snowball",
            Self::Timeline => "Timeline",
        }
    }

    /// What it shows, in a few words.
    pub fn about(self) -> &'static str {
        match self {
            Self::Map => "cards and arrows as drawn",
            Self::Chain => "in layers from suppliers to external customers",
            Self::Onion => "rings around the external customer",
            Self::Lanes => "a lane for each department",
            Self::Sipoc => "suppliers, inputs, process, outputs and customers as a table",
            Self::Silos => "handoffs from department to department",
            Self::Place => "one party, who feeds it and whom it feeds",
            Self::List => "all handoffs as a table",
            Self::Snowball => "how quality and punctuality are lost towards the customer",
            Self::Timeline => "when everything happens, what waits, and where slack is",
        }
    }

    /// The view of this word.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }
}

impl Flow {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Right, Self::Down];

    /// The word for it in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Down => "down",
        }
    }

    /// The direction of this word.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|flow| flow.id() == id)
    }
}

impl LayerMode {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Nearest, Self::Longest];

    /// The word for it in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::Nearest => "nearest",
            Self::Longest => "longest",
        }
    }

    /// The mode of this word.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.id() == id)
    }
}

impl Figure {
    /// Every figure, in the order they are offered.
    pub const ALL: [Self; 10] = [
        Self::None,
        Self::CompleteAccurate,
        Self::OnTime,
        Self::Wait,
        Self::Cost,
        Self::Agreement,
        Self::Score,
        Self::Loss,
        Self::Slack,
        Self::Steps,
    ];

    /// The word for it in files and on the command line.
    pub fn id(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::CompleteAccurate => "complete-accurate",
            Self::OnTime => "on-time",
            Self::Wait => "wait",
            Self::Cost => "cost",
            Self::Agreement => "agreement",
            Self::Score => "score",
            Self::Loss => "share-of-loss",
            Self::Slack => "slack",
            Self::Steps => "steps-done",
        }
    }

    /// The figure of this word.
    pub fn by_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|figure| figure.id() == id)
    }

    /// The words for it in menus and legends.
    pub fn title(self) -> &'static str {
        match self {
            Self::None => "State",
            Self::CompleteAccurate => "%C&A",
            Self::OnTime => "On time",
            Self::Wait => "Wait",
            Self::Cost => "Cost per year",
            Self::Agreement => "Agreement",
            Self::Score => "Requirements met",
            Self::Loss => "Share of loss",
            Self::Slack => "Slack",
            Self::Steps => "Steps done",
        }
    }
}
