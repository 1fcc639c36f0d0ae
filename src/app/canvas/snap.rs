//! Snapping of what is dragged: to the middles and edges of other cards, else to the grid.

use crate::geom::{Point, Rect, pt};

/// Distance of the grid's lines, in map units.
pub const GRID: f32 = 20.0;

/// A line that shows why something snapped: from one point to another.
pub type Guide = (Point, Point);

/// How to snap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rules {
    /// Snap to the grid.
    pub grid: bool,
    /// Snap to other cards.
    pub guides: bool,
    /// How near counts, in map units.
    pub reach: f32,
}

/// How far to move `card` so that it snaps, and the guides to show.
pub fn snap(card: &Rect, others: &[Rect], rules: Rules) -> (Point, Vec<Guide>) {
    let mut guides = Vec::new();
    let lines = |r: &Rect, across: bool| {
        if across { [r.center().x, r.min.x, r.max.x] } else { [r.center().y, r.min.y, r.max.y] }
    };
    let mut axis = |across: bool| {
        let mine = lines(card, across);
        let mut best: Option<(f32, f32, &Rect)> = None;
        for other in others.iter().filter(|_| rules.guides) {
            // Middle to middle and edge to the same edge: other pairs make cards jump about.
            for (own, theirs) in mine.into_iter().zip(lines(other, across)) {
                let by = theirs - own;
                if by.abs() <= rules.reach && best.is_none_or(|(b, _, _)| by.abs() < b.abs()) {
                    best = Some((by, theirs, other));
                }
            }
        }
        match best {
            Some((by, line, other)) => {
                let both = card.union(other);
                guides.push(if across {
                    (pt(line, both.min.y - 12.0), pt(line, both.max.y + 12.0))
                } else {
                    (pt(both.min.x - 12.0, line), pt(both.max.x + 12.0, line))
                });
                by
            }
            None if rules.grid => {
                let middle = if across { card.center().x } else { card.center().y };
                (middle / GRID).round() * GRID - middle
            }
            None => 0.0,
        }
    };
    let by = pt(axis(true), axis(false));
    (by, guides)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::Size;

    fn card(x: f32, y: f32) -> Rect {
        Rect::from_min_size(pt(x - 92.0, y - 40.0), Size { w: 184.0, h: 80.0 })
    }

    #[test]
    fn a_near_card_wins_over_the_grid() {
        let rules = Rules { grid: true, guides: true, reach: 6.0 };
        let (by, guides) = snap(&card(303.0, 47.0), &[card(7.0, 51.0)], rules);
        assert_eq!(by, pt(-3.0, 4.0), "x to the grid, y to the card");
        assert_eq!(guides.len(), 1, "one guide: {guides:?}");
    }

    #[test]
    fn without_rules_nothing_moves() {
        let rules = Rules { grid: false, guides: false, reach: 6.0 };
        assert_eq!(snap(&card(303.0, 47.0), &[card(7.0, 51.0)], rules), (pt(0.0, 0.0), Vec::new()));
    }
}
