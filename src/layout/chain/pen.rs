//! Draws a way of straight pieces, rounded corners and bends that begin and end along the flow.

use super::super::layered::part::Spot;

/// Handle length of a quarter circle of radius 1 (Goldapp 1991 gives finer ones; the eye sees no difference).
const QUARTER: f64 = 0.552_285;
/// Shorter pieces are left out.
const SHORT: f64 = 0.01;

/// A way in the making: start, two controls, end, two controls, end …
#[derive(Debug, Clone)]
pub(in crate::layout) struct Pen {
    points: Vec<Spot>,
    /// The last piece is straight.
    straight: bool,
}

impl Pen {
    /// Begins here.
    pub(in crate::layout) fn at(along: f64, across: f64) -> Self {
        Self { points: vec![Spot { along, across }], straight: false }
    }

    fn here(&self) -> Spot {
        self.points.last().copied().unwrap_or_default()
    }

    /// Straight to there; goes on with the straight piece before when both lie in line with an axis.
    pub(in crate::layout) fn line(&mut self, along: f64, across: f64) {
        let (from, to) = (self.here(), Spot { along, across });
        if (from.along - along).abs() + (from.across - across).abs() < SHORT {
            return;
        }
        let mut from = from;
        if self.straight && self.points.len() >= 4 {
            let before = self.points[self.points.len() - 4];
            let level = |a: Spot, b: Spot| (a.across - b.across).abs() < SHORT;
            let upright = |a: Spot, b: Spot| (a.along - b.along).abs() < SHORT;
            if (level(before, from) && level(from, to)) || (upright(before, from) && upright(from, to)) {
                self.points.truncate(self.points.len() - 3);
                from = before;
            }
        }
        let third = |t: f64| Spot {
            along: from.along + (to.along - from.along) * t,
            across: from.across + (to.across - from.across) * t,
        };
        self.points.extend([third(1.0 / 3.0), third(2.0 / 3.0), to]);
        self.straight = true;
    }

    /// To there, beginning and ending along the flow.
    pub(in crate::layout) fn bend(&mut self, along: f64, across: f64) {
        let from = self.here();
        if (from.across - across).abs() < SHORT {
            self.line(along, from.across);
            return;
        }
        let middle = f64::midpoint(from.along, along);
        let to = Spot { along, across };
        self.points.extend([Spot { along: middle, ..from }, Spot { along: middle, ..to }, to]);
        self.straight = false;
    }

    /// A quarter of an ellipse to there: from the way with the flow to the way across it, or the other way round.
    pub(in crate::layout) fn corner(&mut self, along: f64, across: f64, starts_along: bool) {
        let (from, to) = (self.here(), Spot { along, across });
        let (by_along, by_across) = ((to.along - from.along) * QUARTER, (to.across - from.across) * QUARTER);
        let controls = if starts_along {
            [Spot { along: from.along + by_along, ..from }, Spot { across: to.across - by_across, ..to }]
        } else {
            [Spot { across: from.across + by_across, ..from }, Spot { along: to.along - by_along, ..to }]
        };
        self.points.extend([controls[0], controls[1], to]);
        self.straight = false;
    }

    /// The points, in the order drawn or backwards. At least one curve.
    pub(in crate::layout) fn finish(mut self, backwards: bool) -> Vec<Spot> {
        if self.points.len() < 4 {
            let here = self.here();
            self.points.resize(4, here);
        }
        if backwards {
            self.points.reverse();
        }
        self.points
    }
}
