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
    fn turn(&self, ray: f64) -> f64 {
        arc_sine((across(self.half, ray) + self.margin) / self.radius.max(1e-9))
    }

    /// How far from the ray the card stands at least, whichever side.
    pub(super) fn beside(&self, ray: f64) -> f64 {
        self.turn(ray)
    }

    /// The first ray behind the card at `angle` that is clear of it; with `side` −1 the last one before it. Less `angle`.
    pub(super) fn to_ray(self, angle: f64, side: f64) -> f64 {
        let mut turn = self.turn(angle);
        let mut spare = 5e-4;
        for step in 0..10 {
            let need = self.turn(angle + side * turn);
            if need <= turn && (turn - need < 2e-3 * turn || step > 4) {
                return turn;
            }
            turn = if need > turn { need * (1.0 + spare) } else { need };
            spare *= 2.0;
        }
        // Close to the centre it may not settle: then a ray that is surely clear.
        arc_sine((reach(self.half) + self.margin) / self.radius.max(1e-9))
    }
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
