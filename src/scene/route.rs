//! Where a handoff runs: out of a side of its supplier's card and into a side of its customer's, never through either.

use crate::geom::{Path, Point, Rect, pt};
use crate::model::HandoffKind;

/// A side of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CardSide {
    /// The left edge.
    Left,
    /// The right edge.
    Right,
    /// The upper edge.
    Top,
    /// The lower edge.
    Bottom,
}

impl CardSide {
    /// The unit vector out of the card.
    pub fn outwards(self) -> Point {
        match self {
            Self::Left => pt(-1.0, 0.0),
            Self::Right => pt(1.0, 0.0),
            Self::Top => pt(0.0, -1.0),
            Self::Bottom => pt(0.0, 1.0),
        }
    }

    fn is_upright(self) -> bool {
        matches!(self, Self::Left | Self::Right)
    }

    /// The point of this side that is `offset` from its middle.
    pub fn at(self, card: &Rect, offset: f32) -> Point {
        let c = card.center();
        match self {
            Self::Left => pt(card.min.x, c.y + offset),
            Self::Right => pt(card.max.x, c.y + offset),
            Self::Top => pt(c.x + offset, card.min.y),
            Self::Bottom => pt(c.x + offset, card.max.y),
        }
    }
}

/// Least gap between two cards for an arrow that goes straight across it.
const LEAST_GAP: f32 = 20.0;
/// Largest distance between two arrows at one side.
const PORT_GAP: f32 = 22.0;
/// Air between a port and the corner of its card.
const CORNER: f32 = 14.0;

/// The sides at which a handoff leaves its supplier's card and enters its customer's.
pub fn sides(from: &Rect, to: &Rect, kind: HandoffKind) -> (CardSide, CardSide) {
    use CardSide::{Bottom, Left, Right, Top};
    let (a, b) = (from.center(), to.center());
    let beside = (a.y - b.y).abs() < f32::midpoint(from.height(), to.height());
    if kind == HandoffKind::Rework && beside && (a.x - b.x).abs() > from.width() / 2.0 {
        // A return arrow bows out below, clear of the forward arrows and of the cards between.
        return (Bottom, Bottom);
    }
    let (across_right, across_left) = (to.min.x - from.max.x, from.min.x - to.max.x);
    let (across_down, across_up) = (to.min.y - from.max.y, from.min.y - to.max.y);
    let (across, upright) = (across_right.max(across_left), across_down.max(across_up));
    if across >= LEAST_GAP && across >= upright * 0.6 {
        if across_right > across_left { (Right, Left) } else { (Left, Right) }
    } else if upright >= LEAST_GAP {
        if across_down > across_up { (Bottom, Top) } else { (Top, Bottom) }
    } else {
        // The cards touch or overlap: round the outside.
        (Top, Top)
    }
}

/// How far each of `count` arrows at a side of this length stands from the side's middle.
pub fn port_offset(side: CardSide, card: &Rect, index: usize, count: usize) -> f32 {
    let length = if side.is_upright() { card.height() } else { card.width() } - 2.0 * CORNER;
    let gap = (length / count.max(1) as f32).min(PORT_GAP);
    (index as f32 - (count as f32 - 1.0) / 2.0) * gap
}

/// What orders the arrows at a side, so that they do not cross there: the other end's place along that side.
pub fn port_order(side: CardSide, other: Point) -> f32 {
    if side.is_upright() { other.y } else { other.x }
}

/// The way between two ports, leaving and entering at right angles. `bow` pushes the middle sideways (down, or to the
/// right), which keeps parallel handoffs and their labels apart.
pub fn between(start: (Point, CardSide), end: (Point, CardSide), bow: f32) -> Path {
    let ((a, out), (b, into)) = (start, end);
    let reach = if out == into {
        // Both at the same side: bow out, further for a longer way.
        let way = if out.is_upright() { (a.y - b.y).abs() } else { (a.x - b.x).abs() };
        (54.0 + way * 0.10).min(170.0) + bow.abs()
    } else {
        let across = if out.is_upright() { (a.x - b.x).abs() } else { (a.y - b.y).abs() };
        (across * 0.5).clamp(10.0, 220.0)
    };
    let (mut c, mut d) = (a + out.outwards() * reach, b + into.outwards() * reach);
    if out == into && !out.is_upright() {
        // The bow is as deep at both ends when the cards' edges are not level.
        let level = if out == CardSide::Bottom { c.y.max(d.y) } else { c.y.min(d.y) };
        (c.y, d.y) = (level, level);
    } else if out != into {
        let aside = if out.is_upright() { pt(0.0, bow) } else { pt(bow, 0.0) };
        (c, d) = (c + aside, d + aside);
    }
    Path::cubic(a, c, d, b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;
    use proptest::prelude::*;

    fn card(center: Point, height: f32) -> Rect {
        Rect::from_min_size(center - pt(92.0, height / 2.0), Size { w: 184.0, h: height })
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_handoff_never_runs_through_its_own_cards(
            x in -900.0f32..900.0, y in -700.0f32..700.0, heights in (70.0f32..140.0, 70.0f32..140.0),
            rework: bool, ports in (0usize..5, 0usize..5), bow in -80.0f32..80.0,
        ) {
            let (from, to) = (card(pt(0.0, 0.0), heights.0), card(pt(x, y), heights.1));
            prop_assume!(!from.expand(LEAST_GAP).intersects(&to));
            let kind = if rework { HandoffKind::Rework } else { HandoffKind::Forward };
            let (out, into) = sides(&from, &to, kind);
            let start = (out.at(&from, port_offset(out, &from, ports.0, 5)), out);
            let end = (into.at(&to, port_offset(into, &to, ports.1, 5)), into);
            let curve = between(start, end, bow);
            for p in curve.points(60) {
                prop_assert!(!from.expand(-0.5).contains(p), "through the supplier at {p:?}");
                prop_assert!(!to.expand(-0.5).contains(p), "through the customer at {p:?}");
            }
        }
    }

    #[test]
    fn ports_stay_on_their_side_and_keep_their_order() {
        let area = card(pt(0.0, 0.0), 80.0);
        for side in [CardSide::Left, CardSide::Right, CardSide::Top, CardSide::Bottom] {
            for count in [1, 2, 3, 40] {
                let ports: Vec<Point> =
                    (0..count).map(|i| side.at(&area, port_offset(side, &area, i, count))).collect();
                assert!(ports.iter().all(|p| area.contains(*p)), "{side:?} {count}");
                assert!(ports.windows(2).all(|w| port_order(side, w[0]) < port_order(side, w[1])), "{side:?} {count}");
            }
        }
    }
}
