//! Draws ways in polar coordinates: straight along a ray, and sweeps that leave and enter along rays.

use super::ground::Ground;
use crate::geom::{Path, Point, pt};

/// A point by its distance from the origin and its angle, in circle space.
pub(super) type Polar = (f64, f64);

/// Draws one way.
pub(super) struct Pen<'a> {
    ground: &'a Ground,
    points: Vec<Point>,
    at: Polar,
    /// Cosine and sine of the angle at which the pen stands.
    unit: (f64, f64),
    /// The last curve is straight along the ray on which the pen stands.
    straight: bool,
}

impl<'a> Pen<'a> {
    pub(super) fn new(ground: &'a Ground, at: Polar) -> Self {
        let mut points = Vec::with_capacity(13);
        let unit = xy((1.0, at.1));
        points.push(ground.point((at.0 * unit.0, at.0 * unit.1)));
        Self { ground, points, at, unit, straight: false }
    }

    /// Straight along the ray.
    pub(super) fn along(&mut self, radius: f64) {
        if (radius - self.at.0).abs() < 1e-3 {
            return;
        }
        if self.straight {
            self.points.truncate(self.points.len() - 3);
        }
        self.at.0 = radius;
        self.line_to((radius * self.unit.0, radius * self.unit.1));
        self.straight = true;
    }

    /// Straight to a point, which ends the way.
    pub(super) fn line_to(&mut self, to: (f64, f64)) {
        let (from, to) = (self.points[self.points.len() - 1], self.ground.point(to));
        self.points.extend([from.lerp(to, 1.0 / 3.0), from.lerp(to, 2.0 / 3.0), to]);
        self.straight = false;
    }

    /// A sweep to another radius and angle.
    pub(super) fn sweep(&mut self, to: Polar) {
        let turn = to.1 - self.at.1;
        if turn.abs() * to.0.max(self.at.0) < 0.3 {
            return self.along(to.0);
        }
        let (low, wide) = (self.at.0, to.0 - self.at.0);
        self.curve(to, pieces(turn, to.0.max(self.at.0)), |t| (low + wide * t, wide));
    }

    /// An arc to another angle at the same radius, by way of a radius larger by `height`.
    pub(super) fn arc(&mut self, angle: f64, height: f64) {
        let low = self.at.0;
        let count = pieces(angle - self.at.1, low + height).max(4);
        self.curve((low, angle), count, |t| {
            let side = 2.0 * t - 1.0;
            (low + height * (1.0 - side.powi(4)), -8.0 * height * side.powi(3))
        });
    }

    /// Hermite pieces along a radius with its derivative, while the angle goes from here to there smoothly.
    fn curve(&mut self, to: Polar, pieces: usize, radius: impl Fn(f64) -> (f64, f64)) {
        let (from, turn) = (self.at.1, to.1 - self.at.1);
        let third = 1.0 / (3.0 * pieces as f64);
        let unit = self.unit;
        let sample = |i: usize| {
            let t = i as f64 / pieces as f64;
            let (r, dr) = radius(t);
            let (cos, sin) = if i == 0 { unit } else { xy((1.0, from + turn * t * t * (3.0 - 2.0 * t))) };
            let spin = r * turn * 6.0 * t * (1.0 - t);
            ((r * cos, r * sin), ((dr * cos - spin * sin) * third, (dr * sin + spin * cos) * third), (cos, sin))
        };
        let mut last = sample(0);
        for i in 1..=pieces {
            let next = sample(i);
            let ((p, d, _), (q, e, _)) = (last, next);
            let controls = [(p.0 + d.0, p.1 + d.1), (q.0 - e.0, q.1 - e.1), q];
            self.points.extend(controls.map(|point| self.ground.point(point)));
            last = next;
        }
        (self.at, self.unit) = (to, last.2);
        self.straight = false;
    }

    /// The way as it was drawn, or the other way round.
    pub(super) fn done(mut self, back: bool) -> Path {
        if self.points.len() < 4 {
            self.line_to(xy(self.at));
        }
        if back {
            self.points.reverse();
        }
        let start = self.points[0];
        Path::chain(self.points).unwrap_or_else(|| Path::line(start, start))
    }
}

/// So many Hermite pieces that a sweep strays from its spiral by less than the 3 map units it keeps from other cards:
/// the error is the fourth derivative / 384, which at the ends is 108 radius turn², and between them radius (1.5 turn)⁴.
fn pieces(turn: f64, radius: f64) -> usize {
    let ends = (0.1 * radius * turn * turn).sqrt().sqrt();
    let long = 1.5 * turn.abs() * (radius / 1152.0).sqrt().sqrt();
    (ends.max(long).ceil() as usize).clamp(1, 32)
}

/// The point on the plane.
pub(super) fn xy((radius, angle): Polar) -> (f64, f64) {
    let (sin, cos) = angle.sin_cos();
    (radius * cos, radius * sin)
}

/// Where a ray from the origin enters and leaves a card: distances from the origin; `None` when it misses the card.
pub(super) fn hits((x, y): (f64, f64), (a, b): (f64, f64), angle: f64) -> Option<(f64, f64)> {
    let (sin, cos) = angle.sin_cos();
    let (mut enter, mut leave) = (0.0_f64, f64::INFINITY);
    for (middle, half, way) in [(x, a, cos), (y, b, sin)] {
        if way.abs() < 1e-9 {
            if middle.abs() > half {
                return None;
            }
            continue;
        }
        let (one, other) = ((middle - half) / way, (middle + half) / way);
        enter = enter.max(one.min(other));
        leave = leave.min(one.max(other));
    }
    (enter <= leave && leave.is_finite()).then_some((enter, leave))
}

/// The point where the line from outside to a point within a rectangle around `(x, y)` meets its border.
pub(super) fn border((x, y): (f64, f64), (a, b): (f64, f64), from: (f64, f64), to: (f64, f64)) -> (f64, f64) {
    let (dx, dy) = (from.0 - to.0, from.1 - to.1);
    let mut share = 1.0_f64;
    for (d, at, middle, half) in [(dx, to.0, x, a), (dy, to.1, y, b)] {
        if d.abs() > 1e-9 {
            share = share.min(((middle - at) * d.signum() + half) / d.abs());
        }
    }
    let share = share.clamp(0.0, 1.0);
    (to.0 + dx * share, to.1 + dy * share)
}

/// Out to the right and back to the other end, for ways in the centre.
pub(super) fn bow(ground: &Ground, ends: [(f64, f64); 2], out: f64) -> Path {
    let [start, end] = ends.map(|p| ground.point(p));
    let far = ground.point((out, 0.0)).x;
    Path::cubic(start, pt(far, start.y), pt(far, end.y), end)
}
