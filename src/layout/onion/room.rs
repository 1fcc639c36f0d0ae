//! The room of a card on its row: the wedge of rays from the origin that it keeps to itself.

/// Half the extent of a card (half sizes) across the ray at an angle: the support function of its rectangle.
pub(super) fn across((a, b): (f64, f64), ray: f64) -> f64 {
    let (sin, cos) = ray.sin_cos();
    a * sin.abs() + b * cos.abs()
}

/// Half the diagonal: nothing of the card is farther from its middle.
pub(super) fn reach((a, b): (f64, f64)) -> f64 {
    a.hypot(b)
}

/// A card that stands `margin` clear of rays on its row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Stand {
    pub half: (f64, f64),
    pub radius: f64,
    pub margin: f64,
}

impl Stand {
    /// How far from a ray the card stands at least, whichever side.
    pub(super) fn beside(&self, ray: f64) -> f64 {
        arc_sine((across(self.half, ray) + self.margin) / self.radius.max(1e-9))
    }

    /// The first ray behind the card at `angle` that is clear of it; with `side` −1 the last one before it. Less `angle`.
    pub(super) fn to_ray(self, angle: f64, side: f64) -> f64 {
        let (sin, cos) = angle.sin_cos();
        self.behind(sin, side * cos)
    }

    /// The turns from the card's angle (its sine and cosine) to the rays before and behind that are clear of it.
    pub(super) fn to_rays(self, (sin, cos): (f64, f64)) -> (f64, f64) {
        (self.behind(sin, -cos), self.behind(sin, cos))
    }

    /// The ray beyond the card's outermost corner: the angle of that corner, and of the margin seen from the origin.
    fn behind(&self, sin: f64, cos: f64) -> f64 {
        let (a, b) = self.half;
        let corner = |x: f64, y: f64| {
            // Across and along the ray on which the card stands.
            let (aside, along) =
                (x * sin.abs() + y * cos.abs(), self.radius - sin.signum() * cos * x + cos.signum() * sin * y);
            let far = (aside * aside + along * along).sqrt();
            if along <= 0.0 || far <= self.margin {
                return None;
            }
            Some(arc_tangent(aside / along) + arc_sine(self.margin / far))
        };
        let turned = |turn: f64| (sin + cos * turn, cos - sin * turn);
        let turn = corner(a, b).filter(|turn| {
            // Still the outermost one, seen from there?
            let (s, c) = turned(*turn);
            s * sin > 0.0 && c * cos > 0.0
        });
        let others = || {
            let all = [corner(a, b), corner(a, -b), corner(-a, b)];
            let most = all.iter().flatten().copied().fold(0.0, f64::max);
            // Close to the centre: a ray that is surely clear.
            let sure = arc_sine((reach(self.half) + self.margin) / self.radius.max(1e-9));
            if all.iter().all(Option::is_some) { most.min(sure) } else { sure }
        };
        turn.unwrap_or_else(others)
    }
}

/// The arc tangent of a number from 0 on; small ones by their series.
fn arc_tangent(x: f64) -> f64 {
    let square = x * x;
    if x.abs() < 0.1 { x * (1.0 - square * (1.0 / 3.0 - square * (0.2 - square / 7.0))) } else { x.atan() }
}

/// The arc sine of a number from 0 on; small ones by their series.
fn arc_sine(x: f64) -> f64 {
    let square = x * x;
    if x < 0.1 {
        x * (1.0 + square * (1.0 / 6.0 + square * 0.075)) + x * square * square * square * 0.05
    } else {
        x.min(1.0).asin()
    }
}
