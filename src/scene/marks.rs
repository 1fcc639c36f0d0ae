//! Marks of contracts: how a handoff stands with what is required of it and with its agreement, by shape and colour.

use std::sync::Arc;

use super::shapes::circle;
use super::{Align, Ink, Item, Stroke, Weight};
use crate::geom::{Path, Point, pt};
use crate::model::{Agreement, Contract, Document, Handoff, PartyId, contract};

/// Radius of a mark, in map units.
const RADIUS: f32 = 6.5;
/// How far the mark of the requirements stands before the tip of its arrow.
const BEFORE_TIP: f32 = 20.0;
/// How far the mark of the agreement stands behind the start.
const AFTER_START: f32 = 13.0;
/// Shortest arrow with marks.
const LEAST_WAY: f32 = 44.0;

/// A mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// A must is not met.
    Failed,
    /// A requirement that is no must is not met.
    Short,
    /// The two sides dispute it.
    Disputed,
    /// Nothing is required yet.
    Missing,
    /// Not everything that is required was evaluated.
    Untested,
    /// Everything that is required is met.
    Met,
    /// Both sides agreed.
    Agreed,
}

impl Mark {
    /// Every mark, from the worst to the best.
    pub const ALL: [Self; 7] =
        [Self::Failed, Self::Short, Self::Disputed, Self::Missing, Self::Untested, Self::Met, Self::Agreed];

    /// What a handoff's requirements say.
    pub fn of_contract(handoff: &Handoff) -> Option<Self> {
        Some(match contract(handoff)? {
            Contract::Failed => Self::Failed,
            Contract::Short => Self::Short,
            Contract::Missing => Self::Missing,
            Contract::Untested => Self::Untested,
            Contract::Met => Self::Met,
        })
    }

    /// What a handoff's agreement says; only the ends of the scale have a mark.
    pub fn of_agreement(handoff: &Handoff) -> Option<Self> {
        match handoff.agreement {
            Agreement::Agreed => Some(Self::Agreed),
            Agreement::Disputed => Some(Self::Disputed),
            Agreement::None | Agreement::Draft | Agreement::Sent | Agreement::Discussed => None,
        }
    }

    /// What it means, in a legend.
    pub fn title(self) -> &'static str {
        match self {
            Self::Failed => "A must is failed",
            Self::Short => "A requirement is not met",
            Self::Disputed => "Disputed",
            Self::Missing => "No requirement yet",
            Self::Untested => "Not evaluated yet",
            Self::Met => "All requirements met",
            Self::Agreed => "Agreed by both sides",
        }
    }

    /// The sign in it, its colour, and whether it is filled with it.
    fn look(self) -> (&'static str, Ink, bool) {
        match self {
            Self::Failed => ("!", Ink::Bad, true),
            Self::Short => ("!", Ink::Warn, false),
            Self::Disputed => ("≠", Ink::Warn, true),
            Self::Missing => ("", Ink::Faint, false),
            Self::Untested => ("?", Ink::Faint, false),
            Self::Met => ("✓", Ink::Good, false),
            Self::Agreed => ("=", Ink::Good, true),
        }
    }

    /// The mark with its middle at a point; a count takes the place of its sign.
    pub fn draw(self, at: Point, count: Option<usize>) -> Vec<Item> {
        let (sign, ink, filled) = self.look();
        let radius = if self == Self::Missing { RADIUS * 0.62 } else { RADIUS };
        let (fill, on) = if filled { (ink, Ink::Paper) } else { (Ink::Paper, ink) };
        let mut items = vec![circle(at, radius, Some(fill), Some(Stroke::solid(ink, 1.3)))];
        let text: Arc<str> = match count {
            Some(count @ 2..=9) => count.to_string().into(),
            Some(10..) => "+".into(),
            _ => sign.into(),
        };
        if !text.is_empty() {
            items.push(Item::Text {
                at: at + pt(0.0, 3.5),
                align: Align::Center,
                size: 10.0,
                weight: Weight::SemiBold,
                ink: on,
                width: if &*text == "!" { 3.2 } else { 6.4 },
                text,
            });
        }
        items
    }
}

/// How something differs from an earlier state of the map.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// It was not there.
    Added,
    /// It was other.
    Changed,
    /// It is not there any more.
    Removed,
}

impl Difference {
    /// What it means, in a legend.
    pub fn title(self) -> &'static str {
        match self {
            Self::Added => "New",
            Self::Changed => "Changed",
            Self::Removed => "Gone",
        }
    }

    /// The mark with its middle at a point.
    pub fn draw(self, at: Point) -> Vec<Item> {
        let (sign, width, ink) = match self {
            Self::Added => ("+", 7.0, Ink::Accent),
            Self::Changed => ("Δ", 7.4, Ink::Accent),
            Self::Removed => ("×", 7.0, Ink::Bad),
        };
        let (fill, on) = if self == Self::Added { (ink, Ink::Paper) } else { (Ink::Paper, ink) };
        let disc = circle(at, RADIUS + 1.0, Some(fill), Some(Stroke::solid(ink, 1.4)));
        let text = Item::Text {
            at: at + pt(0.0, 3.8),
            align: Align::Center,
            size: 11.0,
            weight: Weight::SemiBold,
            ink: on,
            width,
            text: sign.into(),
        };
        vec![disc, text]
    }
}

/// The marks of a handoff on its arrow: that of its requirements near the receiver, who judges them, that of its agreement
/// near the supplier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    contract: Option<Mark>,
    agreement: Option<Mark>,
}

impl Marks {
    /// Those of a handoff.
    pub fn of(handoff: &Handoff) -> Self {
        Self { contract: Mark::of_contract(handoff), agreement: Mark::of_agreement(handoff) }
    }

    /// The marks on an arrow that runs like this; none on one too short for them.
    pub fn draw(self, path: &Path) -> Vec<Item> {
        self.spots(path).into_iter().flatten().flat_map(|(mark, at)| mark.draw(at, None)).collect()
    }

    /// Which marks there are, and where their middles are.
    fn spots(self, path: &Path) -> [Option<(Mark, Point)>; 2] {
        let spot = |mark: Option<Mark>, path: &Path, back: f32| {
            let mark = mark.filter(|_| path.before_end(LEAST_WAY).is_some())?;
            Some((mark, path.before_end(back)?))
        };
        let backwards = self.agreement.map(|_| path.reversed());
        let start = backwards.and_then(|path| spot(self.agreement, &path, AFTER_START));
        [spot(self.contract, path, BEFORE_TIP), start]
    }

    /// How far words of this width around a point must stay off a level arrow so that they do not cover its marks.
    pub fn clearance(self, path: &Path, middle: Point, width: f32) -> f32 {
        let covers = |at: Point| (at.x - middle.x).abs() < width / 2.0 + RADIUS + 4.0;
        let is_near = self.spots(path).into_iter().flatten().any(|(_, at)| covers(at));
        if is_near { RADIUS - 2.5 } else { 0.0 }
    }
}

/// The worst that can be said of what a party gives, and of how many handoffs that is true.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Badge {
    /// See [`Mark`].
    pub mark: Mark,
    /// Of how many of its handoffs.
    pub count: usize,
}

/// The badge of a party; `None` when nothing can be said of what it gives.
pub fn badge(document: &Document, party: PartyId) -> Option<Badge> {
    let mut worst: Option<Badge> = None;
    for (_, handoff) in document.outputs(party) {
        let marks = [Mark::of_contract(handoff), Mark::of_agreement(handoff).filter(|mark| *mark == Mark::Disputed)];
        let Some(mark) = marks.into_iter().flatten().min() else { continue };
        worst = match worst {
            Some(badge) if badge.mark < mark => Some(badge),
            Some(badge) if badge.mark == mark => Some(Badge { mark, count: badge.count + 1 }),
            _ => Some(Badge { mark, count: 1 }),
        };
    }
    worst
}

impl Badge {
    /// The badge with its middle at a point; only what is bad is counted.
    pub fn draw(self, at: Point) -> Vec<Item> {
        self.mark.draw(at, (self.mark <= Mark::Disputed).then_some(self.count))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, HandoffId, History, Operator, Party, PartyKind, Requirement, RequirementId};

    fn requirement(must: bool, actual: Option<f64>) -> Requirement {
        Requirement {
            measure: "share".into(),
            operator: Some(Operator::AtLeast),
            target: Some(80.0),
            must,
            observations: actual.map(History::of).unwrap_or_default(),
            ..Requirement::new(RequirementId::parse("r").expect("id"), "complete")
        }
    }

    #[test]
    fn a_badge_is_the_worst_of_what_a_party_gives() {
        let id = |text: &str| PartyId::parse(text).expect(text);
        let mut document = Document::default();
        let mut edits = Vec::new();
        for name in ["a", "b"] {
            edits.push(Edit::PutParty(id(name), Party::named(name, PartyKind::Process)));
            edits.push(Edit::Place(id(name), pt(0.0, 0.0)));
        }
        document.apply(edits).expect("sound");
        let mut put = |name: &str, agreement, requirements: Vec<Requirement>| {
            let handoff = Handoff { agreement, requirements, ..Handoff::between(Some(id("a")), Some(id("b")), name) };
            document.apply(vec![Edit::PutHandoff(HandoffId::parse(name).expect(name), handoff)]).expect("sound");
            badge(&document, id("a")).map(|badge| (badge.mark, badge.count))
        };
        assert_eq!(put("h1", Agreement::Agreed, vec![requirement(true, Some(90.0))]), Some((Mark::Met, 1)));
        assert_eq!(put("h2", Agreement::None, vec![]), Some((Mark::Missing, 1)));
        assert_eq!(put("h3", Agreement::Disputed, vec![requirement(true, None)]), Some((Mark::Disputed, 1)));
        assert_eq!(put("h4", Agreement::None, vec![requirement(true, Some(45.0))]), Some((Mark::Failed, 1)));
        assert_eq!(put("h5", Agreement::Disputed, vec![requirement(true, Some(4.0))]), Some((Mark::Failed, 2)));
        assert_eq!(badge(&document, id("b")), None, "gives nothing");
    }

    #[test]
    fn marks_stand_on_the_arrow_and_not_on_a_short_one() {
        let handoff = Handoff {
            agreement: Agreement::Disputed,
            requirements: vec![requirement(true, Some(45.0))],
            ..Handoff::between(PartyId::parse("a").ok(), PartyId::parse("b").ok(), "file")
        };
        let discs = |length: f32| {
            let items = Marks::of(&handoff).draw(&Path::line(pt(0.0, 0.0), pt(length, 0.0)));
            items.iter().filter(|item| matches!(item, Item::Rect { .. })).count()
        };
        assert_eq!([discs(200.0), discs(45.0), discs(40.0), discs(0.0)], [2, 2, 0, 0]);
    }
}
