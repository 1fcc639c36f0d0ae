//! Ratings: what the people on both sides of a handoff think of it. Medians and ranges are kept, not argued away.

use super::check::{Checks, number_fits, text_fits};
use super::handoff::words;
use super::quantity::SCORE;
use super::when::When;

/// Most ratings of one handoff.
pub const MOST_RATINGS: usize = 1_000;

/// A blind spot from which the two sides do not see the same handoff.
pub const FAR_APART: f64 = 2.0;

words!(
    /// A side of a handoff.
    Side {
        /// The one that gives.
        Supplier = "supplier", "Supplier";
        /// The one that receives.
        #[default]
        Receiver = "receiver", "Receiver";
    }
);

words!(
    /// What is rated.
    Aspect {
        /// How fast it comes.
        Speed = "speed", "Speed";
        /// How easy it is to do business with the supplier.
        Ease = "ease", "Ease of doing business";
        /// Whether the supplier acts before being asked.
        Proactive = "proactive", "Proactive and anticipating";
        /// All in all.
        #[default]
        Overall = "overall", "Overall";
    }
);

/// What one person gave.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Rating {
    /// Whose side the person is on.
    pub side: Side,
    /// The person; may be empty.
    pub who: String,
    /// When.
    pub when: Option<When>,
    /// The marks from 0 to 10, in the order of [`Aspect::ALL`].
    pub marks: [Option<f64>; 4],
}

/// Marks of several people.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Marks {
    /// The middle one; of an even number the mean of the two in the middle.
    pub median: f64,
    /// The lowest.
    pub low: f64,
    /// The highest.
    pub high: f64,
    /// How many.
    pub n: usize,
}

impl Rating {
    /// The mark for an aspect.
    pub fn mark(&self, aspect: Aspect) -> Option<f64> {
        self.marks[aspect as usize]
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { side: _, who, when: _, marks } = self;
        let mut problem = None;
        text_fits("who", who, &mut |_, words| problem = Some(format!("hold a name that {words}")));
        for mark in marks {
            number_fits("mark", SCORE, *mark, &mut |_, words| problem = Some(format!("hold a mark that {words}")));
        }
        if let Some(problem) = problem {
            report("ratings", problem);
        }
    }
}

/// The marks that the people on one side gave for an aspect; `None` when nobody did.
pub fn marks(ratings: &[Rating], side: Side, aspect: Aspect) -> Option<Marks> {
    let mut marks: Vec<f64> = ratings.iter().filter(|r| r.side == side).filter_map(|r| r.mark(aspect)).collect();
    marks.sort_by(f64::total_cmp);
    let (low, high, n) = (*marks.first()?, *marks.last()?, marks.len());
    Some(Marks { median: f64::midpoint(marks[(n - 1) / 2], marks[n / 2]), low, high, n })
}

/// The supplier's own median minus the receiver's: above 0 the supplier thinks better of it than who receives it.
pub fn blind_spot(ratings: &[Rating], aspect: Aspect) -> Option<f64> {
    Some(marks(ratings, Side::Supplier, aspect)?.median - marks(ratings, Side::Receiver, aspect)?.median)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rating(side: Side, overall: f64) -> Rating {
        Rating { side, marks: [None, None, None, Some(overall)], ..Rating::default() }
    }

    #[test]
    fn medians_ranges_and_the_blind_spot() {
        let ratings = [(Side::Supplier, 9.0), (Side::Supplier, 8.0), (Side::Receiver, 2.0), (Side::Receiver, 7.0)];
        let mut ratings = ratings.map(|(side, mark)| rating(side, mark)).to_vec();
        ratings.push(rating(Side::Receiver, 4.0));
        let receiver = marks(&ratings, Side::Receiver, Aspect::Overall);
        assert_eq!(receiver, Some(Marks { median: 4.0, low: 2.0, high: 7.0, n: 3 }));
        assert_eq!(marks(&ratings, Side::Supplier, Aspect::Overall).map(|m| m.median), Some(8.5));
        assert_eq!(blind_spot(&ratings, Aspect::Overall), Some(4.5));
        assert_eq!(blind_spot(&ratings, Aspect::Speed), None, "nobody rated it");
        assert_eq!(blind_spot(&ratings[..2], Aspect::Overall), None, "one side is missing");
        for (at, aspect) in Aspect::ALL.iter().enumerate() {
            assert_eq!(*aspect as usize, at);
        }
    }
}
