//! Rings that are thinner above than below: where no card stands, their bands need no more room than their labels.

/// What a squeezed band leaves free above and below its label, both together, in map units.
const AIR: f64 = 8.0;
/// The least height of a squeezed band, in map units.
const THINNEST: f64 = 24.0;

/// A map of circle space onto itself that moves points along their rays: straight up as far as the squeezed bands ask
/// for, less and less to both sides, and not at all below [`Egg::from`].
#[derive(Debug, Clone, Default)]
pub(super) struct Egg {
    /// Distances from the origin and what becomes of them straight up, ascending; within the first nothing moves.
    /// Empty where nothing is squeezed.
    knots: Vec<(f64, f64)>,
    /// The sine upwards from which on points move.
    from: f64,
}

impl Egg {
    /// Squeezes the bands (inner and outer border, and half the height of the label) that lie outside `ring`.
    pub(super) fn new(bands: &[(f64, f64, f64)], ring: usize, from: f64) -> Self {
        let Some(&(_, first, _)) = bands.get(ring) else { return Self::default() };
        let mut knots = vec![(first, first)];
        let mut top = first;
        for &(inner, outer, head) in &bands[ring + 1..] {
            top += (outer - inner).min((2.0 * head + AIR).max(THINNEST));
            knots.push((outer, top));
        }
        Self { knots, from }
    }

    /// Where a point goes.
    pub(super) fn squeezed(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let Some(&(first, _)) = self.knots.first().filter(|_| y < 0.0) else { return (x, y) };
        let radius = x.hypot(y);
        let rise = ((-y / radius - self.from) / (1.0 - self.from).max(0.1)).min(1.0);
        if radius <= first || rise.is_nan() || rise <= 0.0 {
            return (x, y);
        }
        // Of a circle this makes a half ellipse, if points move from the horizontal on.
        let (rise, flat) = (rise * rise, radius / self.top(radius));
        let share = 1.0 / (1.0 - rise + rise * flat * flat).sqrt();
        (x * share, y * share)
    }

    fn top(&self, radius: f64) -> f64 {
        let after = self.knots.partition_point(|knot| knot.0 < radius);
        let (before, top) = self.knots[after.max(1) - 1];
        match self.knots.get(after).filter(|knot| after > 0 && knot.0 > before) {
            Some(knot) => top + (knot.1 - top) * (radius - before) / (knot.0 - before),
            None => top + radius - before,
        }
    }
}
