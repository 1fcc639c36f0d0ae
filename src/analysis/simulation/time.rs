//! A time that varies, and the chance that it is drawn by.

use rand_xoshiro::rand_core::{RngCore, SeedableRng};
use rand_xoshiro::{SplitMix64, Xoshiro256PlusPlus};

use crate::model::quantity::HOURS;

/// A stream of even chances: xoshiro256++ (Blackman and Vigna 2021), the same on every machine.
#[derive(Debug, Clone)]
pub(super) struct Dice(Xoshiro256PlusPlus);

impl Dice {
    /// The stream of one block of runs. The seed is scrambled first, so that a seed and its neighbour share no block.
    pub fn new(seed: u64, block: usize) -> Self {
        let scrambled = SplitMix64::seed_from_u64(seed).next_u64();
        Self(Xoshiro256PlusPlus::seed_from_u64(scrambled.wrapping_add(block as u64)))
    }

    /// A number in 0…1, without 1: the upper 53 bits, which is what fits.
    pub fn roll(&mut self) -> f64 {
        const STEP: f64 = 1.0 / (1_u64 << 53) as f64;
        (self.0.next_u64() >> 11) as f64 * STEP
    }
}

/// A time in hours: always the same, or by a triangular distribution. An unknown time is 0.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Time {
    low: f64,
    high: f64,
    /// The chance of at most the likely value: (m − a) / (b − a).
    split: f64,
    /// (b − a)(m − a), which a draw below the likely value needs.
    rise: f64,
    /// (b − a)(b − m), which one above needs.
    fall: f64,
}

impl Time {
    /// A range counts only beside a likely value, and ends at that where it would leave it out.
    pub fn new(likely: Option<f64>, low: Option<f64>, high: Option<f64>) -> Self {
        let fits = |hours: Option<f64>| hours.filter(|hours| HOURS.check(*hours).is_ok());
        let Some(likely) = fits(likely) else { return Self::default() };
        let low = fits(low).map_or(likely, |low| low.min(likely));
        let high = fits(high).map_or(likely, |high| high.max(likely));
        let width = high - low;
        let split = if width > 0.0 { (likely - low) / width } else { 1.0 };
        Self { low, high, split, rise: width * (likely - low), fall: width * (high - likely) }
    }

    /// False when every draw gives the same.
    pub fn varies(&self) -> bool {
        self.low < self.high
    }

    /// True when no draw gives more than nothing.
    pub fn is_nothing(&self) -> bool {
        self.high <= 0.0
    }

    /// Draws by the inverse of the distribution function (Devroye 1986, II.2). What never varies uses up no chance.
    pub fn draw(&self, dice: &mut Dice) -> f64 {
        if !self.varies() {
            return self.low;
        }
        let chance = dice.roll();
        let hours = if chance < self.split {
            self.low + (chance * self.rise).sqrt()
        } else {
            self.high - ((1.0 - chance) * self.fall).sqrt()
        };
        // Rounding may end a hair outside.
        hours.clamp(self.low, self.high)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_follow_the_triangle() {
        for (low, likely, high) in [(0.0, 0.0, 1.0), (2.0, 3.0, 7.0), (1.0, 4.0, 4.0), (0.0, 1e-300, 1e6)] {
            let time = Time::new(Some(likely), Some(low), Some(high));
            let mut dice = Dice::new(7, 0);
            let draws: Vec<f64> = (0..40_000).map(|_| time.draw(&mut dice)).collect();
            assert!(draws.iter().all(|hours| (low..=high).contains(hours)), "within {low} {high}");
            let n = draws.len() as f64;
            // The distribution function, written down anew, at nine places.
            for tenth in 1..10 {
                let at = low + (high - low) * f64::from(tenth) / 10.0;
                let below = if at < likely {
                    (at - low).powi(2) / ((high - low) * (likely - low))
                } else {
                    1.0 - (high - at).powi(2) / ((high - low) * (high - likely))
                };
                let share = draws.iter().filter(|hours| **hours <= at).count() as f64 / n;
                let error = (below * (1.0 - below) / n).sqrt();
                assert!((share - below).abs() <= 4.0 * error + 1e-12, "{low} {likely} {high}: {share} {below}");
            }
        }
    }

    #[test]
    fn a_range_that_makes_no_sense_is_its_likely_value() {
        let mut dice = Dice::new(1, 0);
        for (low, high) in [(None, None), (Some(9.0), Some(1.0)), (Some(5.0), Some(5.0)), (Some(f64::NAN), Some(-1.0))]
        {
            let time = Time::new(Some(5.0), low, high);
            assert!(!time.varies() && time.draw(&mut dice) == 5.0, "{low:?} {high:?}");
        }
        for likely in [None, Some(f64::NAN), Some(f64::INFINITY), Some(-1.0)] {
            let time = Time::new(likely, Some(1.0), Some(2.0));
            assert!(time.is_nothing() && time.draw(&mut dice) == 0.0, "{likely:?} is unknown whatever its range");
        }
    }

    #[test]
    fn chances_are_even_and_the_streams_of_blocks_differ() {
        let (mut one, mut two, mut other) = (Dice::new(1, 1), Dice::new(1, 2), Dice::new(2, 1));
        let rolls: Vec<[f64; 3]> = (0..1000).map(|_| [one.roll(), two.roll(), other.roll()]).collect();
        assert!(rolls.iter().flatten().all(|roll| (0.0..1.0).contains(roll)));
        assert!(rolls.iter().all(|[a, b, c]| a != b && b != c && a != c));
        for stream in 0..3 {
            let mean = rolls.iter().map(|rolls| rolls[stream]).sum::<f64>() / 1000.0;
            assert!((mean - 0.5).abs() < 4.0 / (12.0 * 1000.0_f64).sqrt(), "{mean}");
        }
    }
}
