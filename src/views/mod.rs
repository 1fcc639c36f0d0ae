//! The pictures that follow from a map: each a function from the document to a [`Drawing`], and its row in [`ALL`]. Pure.

mod chain;
mod compared;
mod dress;
mod figures;
mod ground;
mod lanes;
mod layers;
mod list;
mod map;
mod net;
mod onion;
mod pages;
mod place;
mod shown;
mod silos;
mod sipoc;
mod snowball;
mod stripes;
mod tall;
mod timeline;
mod towards;

use std::collections::BTreeSet;

use crate::model::{Document, Scenario, Subject, ViewChoice, ViewKind};
use crate::scene::drawing::Drawing;
use crate::scene::text::Fonts;
pub use compared::{Differences, differences};
pub use dress::Dress;
pub use figures::{STEPS_SHOWN, step_of};
pub use layers::{Layers, SoFar, layers, name_of, so_far};
pub use pages::{Leaf, Look, details, each, leaf, presentation};
pub use shown::{filtered, upstream};

/// What a view is made of.
#[derive(Debug, Clone, Copy)]
pub struct Ask<'a> {
    /// The map.
    pub document: &'a Document,
    /// Which view, and how it is set.
    pub choice: &'a ViewChoice,
    /// What text is measured with.
    pub fonts: &'a Fonts,
    /// For a window, in which one can type: with rows for what is not there yet.
    pub is_live: bool,
    /// What stands out; empty dims nothing.
    pub emphasis: &'a BTreeSet<Subject>,
    /// The same view before the last change: the new one stays like it.
    pub before: Option<&'a Drawing>,
    /// The state of the map that this one is held against: what differs is marked.
    pub against: Option<&'a Against>,
}

/// What a state of the map is held against.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Against {
    /// The earlier state.
    pub before: Document,
    /// What the later one is, for below a title: “Scenario: faster”.
    pub words: String,
}

impl Against {
    /// A scenario held against the map of today.
    pub fn scenario(today: &Document, scenario: &Scenario) -> Self {
        Self { before: today.clone(), words: format!("Scenario: {}", scenario.name.trim()) }
    }
}

/// A row of the table of views.
#[derive(Debug, Clone, Copy)]
pub struct View {
    /// Which one.
    pub kind: ViewKind,
    /// True when cards stand where a person put them.
    pub is_free: bool,
    /// True when parties come into view layer by layer.
    pub peels: bool,
    /// Draws it, whatever is filtered out left out already; those that filter themselves get everything.
    draw: fn(&Ask<'_>) -> Drawing,
}

/// Every view, in the order they are offered.
pub const ALL: &[View] = &[
    View { kind: ViewKind::Map, is_free: true, peels: true, draw: map::draw },
    View { kind: ViewKind::Chain, is_free: false, peels: true, draw: chain::draw },
    View { kind: ViewKind::Onion, is_free: false, peels: true, draw: onion::draw },
    View { kind: ViewKind::Lanes, is_free: false, peels: true, draw: lanes::draw },
    View { kind: ViewKind::Sipoc, is_free: false, peels: false, draw: sipoc::draw },
    View { kind: ViewKind::Silos, is_free: false, peels: false, draw: silos::draw },
    View { kind: ViewKind::Place, is_free: false, peels: false, draw: place::draw },
    View { kind: ViewKind::List, is_free: false, peels: false, draw: list::draw },
    View { kind: ViewKind::Snowball, is_free: false, peels: false, draw: snowball::draw },
    View { kind: ViewKind::Timeline, is_free: false, peels: false, draw: timeline::draw },
];

/// The row of a kind of view.
pub fn of(kind: ViewKind) -> &'static View {
    ALL.iter().find(|view| view.kind == kind).unwrap_or(&ALL[0])
}

/// Draws what was chosen.
pub fn draw(ask: &Ask<'_>) -> Drawing {
    let view = of(ask.choice.kind);
    // These filter themselves: also by items and requirements, or with figures over the whole map.
    match view.kind {
        ViewKind::Silos => return (view.draw)(ask),
        ViewKind::Sipoc | ViewKind::List => return stripes::striped((view.draw)(ask), ask),
        ViewKind::Snowball | ViewKind::Timeline => {
            return dress::stood_out(stripes::striped((view.draw)(ask), ask), ask);
        }
        ViewKind::Map | ViewKind::Chain | ViewKind::Onion | ViewKind::Lanes | ViewKind::Place => {}
    }
    let filtered = filtered(ask.document, ask.choice);
    let part = Ask { document: &filtered, ..*ask };
    dress::dressed_for((view.draw)(&part), &part, ask.document)
}
