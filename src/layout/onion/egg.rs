//! Rings squeezed together at the top where no card stands in them: a deep chain then fills the picture.

use super::ground::Ground;
use super::rings::Rows;
use super::{Request, Ring};
use crate::geom::{Path, Point, Size, pt};
use crate::layout::Way;

/// Air above and below the label of a squeezed ring, both together, in map units.
const AIR: f64 = 14.0;
/// A band keeps at least this share of its depth.
const LEAST: f64 = 0.22;
/// Cards above this height (the sine of their angle, downwards) keep their rings from being squeezed.
const HIGH: f64 = 0.3;
/// Points that stand for a ring, and for each curve of a way.
const POINTS: usize = 48;
const STEPS: usize = 6;

/// The squeeze: rings beyond a radius of circle space come nearer to it towards the top.
#[derive(Debug, Clone, Copy)]
pub(super) struct Egg {
    /// From this radius on.
    from: f64,
    /// Share of its depth that a band keeps at the very top.
    keeps: f64,
    aspect: f64,
}

impl Egg {
    /// Finds which rings have no card in the upper half; `None` when nothing can be won.
    pub fn new(request: &Request, ground: &Ground, rows: &Rows, theta: &[f64]) -> Option<Self> {
        let high = |v: &u32| theta[*v as usize].sin() < HIGH;
        let full = rows.list.iter().rposition(|row| row.radius > 0.0 && row.cards.iter().any(high)).unwrap_or(0);
        let (last, rest) = (rows.list.get(full)?, rows.list.get(full + 1..)?);
        let outermost = rest.last()?;
        let bands = rest.len() as f64;
        let head = request.heads.iter().map(|h| f64::from(super::ground::tame(h.h))).fold(0.0, f64::max);
        let depth = (outermost.outer() - last.outer()) / bands;
        let keeps = ((head + AIR) / depth.max(1.0)).max(LEAST);
        (keeps < 0.95).then_some(Self { from: last.outer(), keeps, aspect: ground.aspect })
    }

    /// Where a point of the map comes to lie.
    pub fn map(&self, p: Point) -> Point {
        let (x, y) = (f64::from(p.x) / self.aspect, f64::from(p.y));
        let r = x.hypot(y);
        if y >= 0.0 || r <= self.from {
            return p;
        }
        let up = -y / r;
        let weight = up * up * (3.0 - 2.0 * up);
        let share = (self.from + (r - self.from) * (1.0 - (1.0 - self.keeps) * weight)) / r;
        pt(p.x * share as f32, p.y * share as f32)
    }

    /// Moves the ways that run through the squeezed part along.
    pub fn squeeze(&self, ways: &mut [Option<Way>]) {
        for way in ways.iter_mut().flatten() {
            if way.path.controls().iter().any(|p| self.map(*p) != *p) {
                let points: Vec<Point> = way.path.points(STEPS).map(|p| self.map(p)).collect();
                way.path = Path::through(&points);
            }
        }
    }
}

/// The closed curve of a ring's outer border, and where its label stands.
pub(super) fn outline(ring: &mut Ring, egg: Option<&Egg>) {
    let Size { w, h } = ring.outer;
    let at = |i: usize| {
        // It begins at the bottom, where nothing is squeezed.
        let angle = std::f32::consts::FRAC_PI_2 + std::f32::consts::TAU * i as f32 / POINTS as f32;
        let p = pt(w * angle.cos(), h * angle.sin());
        egg.map_or(p, |egg| egg.map(p))
    };
    // One point more at both ends makes the joint smooth; their curves are left out.
    let points: Vec<Point> = (0..POINTS + 3).map(|i| at((i + POINTS - 1) % POINTS)).collect();
    let whole = Path::through(&points);
    let inner = whole.controls()[3..whole.controls().len() - 3].to_vec();
    ring.outline = Path::chain(inner).unwrap_or(whole);
    if let Some(egg) = egg {
        ring.head = egg.map(ring.head);
    }
}
