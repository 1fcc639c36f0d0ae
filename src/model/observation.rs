//! Observations: actual values of a requirement or a measure, period by period, and how sure one can be of them.

use super::check::{Checks, text_fits};
use super::handoff::Known;
use super::quantity::{SAMPLE, VALUE, number};
use super::when::When;

/// Most observations of one requirement or measure.
pub const MOST_OBSERVATIONS: usize = 10_000;

/// An actual value.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// The period it is of; `None` when nobody noted it, which counts as before every other.
    pub when: Option<When>,
    /// The value, in the unit of its requirement or measure.
    pub value: f64,
    /// How many deliveries it was counted on.
    pub sample_size: Option<f64>,
    /// How it is known.
    pub known: Option<Known>,
    /// Who says so.
    pub by: String,
}

impl Observation {
    /// A value of which nothing else is known.
    pub fn of(value: f64) -> Self {
        Self { when: None, value, sample_size: None, known: None, by: String::new() }
    }

    /// False for a guess, and for what nobody says how it is known.
    pub fn is_counted(&self) -> bool {
        matches!(self.known, Some(Known::Sample | Known::Measured))
    }

    /// True for somebody's estimate.
    pub fn is_guess(&self) -> bool {
        self.known == Some(Known::Guess)
    }

    /// How it is known, in words: "2026-03, measured, n = 40, Ana"; empty when nothing is said.
    pub fn source(&self) -> String {
        let mut parts: Vec<String> = self.when.iter().map(ToString::to_string).collect();
        parts.extend(self.known.map(|known| known.title().to_lowercase()));
        parts.extend(self.sample_size.map(|n| format!("n = {}", number(n))));
        parts.extend(Some(self.by.trim()).filter(|by| !by.is_empty()).map(str::to_owned));
        parts.join(", ")
    }

    /// The Wilson 95 % interval of a value that is a share in percent, in percent, when it was counted on a known number
    /// of deliveries.
    pub fn interval_pct(&self) -> Option<(f64, f64)> {
        let n = self.sample_size.filter(|n| *n > 0.0)?;
        let share = Some(self.value / 100.0).filter(|share| (0.0..=1.0).contains(share))?;
        let (low, high) = wilson(share, n);
        Some((low * 100.0, high * 100.0))
    }
}

/// The observations of one requirement or measure, always in the order of their periods.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct History(Vec<Observation>);

impl History {
    /// Puts observations into the order of their periods; those of one period stay in their order.
    pub fn new(mut observations: Vec<Observation>) -> Self {
        observations.sort_by_key(|observation| observation.when);
        Self(observations)
    }

    /// One value of which nothing else is known.
    pub fn of(value: f64) -> Self {
        Self(vec![Observation::of(value)])
    }

    /// All, the oldest first.
    pub fn all(&self) -> &[Observation] {
        &self.0
    }

    /// True when nothing was observed yet.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// The one that counts: of the latest period, and entered last.
    pub fn latest(&self) -> Option<&Observation> {
        self.0.last()
    }

    /// The value that counts.
    pub fn actual(&self) -> Option<f64> {
        self.latest().map(|observation| observation.value)
    }

    /// Adds one and gives its index.
    pub fn add(&mut self, observation: Observation) -> usize {
        let at = self.0.partition_point(|other| other.when <= observation.when);
        self.0.insert(at, observation);
        at
    }

    /// Changes one and gives its index then; nothing happens when it is not there.
    pub fn change(&mut self, index: usize, change: impl FnOnce(&mut Observation)) -> usize {
        if index >= self.0.len() {
            return index;
        }
        let mut observation = self.0.remove(index);
        let before = observation.when;
        change(&mut observation);
        if observation.when == before {
            self.0.insert(index, observation);
            return index;
        }
        self.add(observation)
    }

    /// Removes one.
    pub fn remove(&mut self, index: usize) {
        if index < self.0.len() {
            self.0.remove(index);
        }
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        if self.0.len() > MOST_OBSERVATIONS {
            report("observations", format!("are more than {MOST_OBSERVATIONS}"));
        }
        for Observation { when: _, value, sample_size, known: _, by } in &self.0 {
            let mut problem = None;
            text_fits("by", by, &mut |_, words| problem = Some(format!("hold a name that {words}")));
            let numbers = [("a value", VALUE, Some(*value)), ("a sample size", SAMPLE, *sample_size)];
            for (what, quantity, number) in numbers {
                if let Some(Err(error)) = number.map(|number| quantity.check(number)) {
                    problem = Some(format!("hold {what} that {error}"));
                }
            }
            if let Some(problem) = problem {
                report("observations", problem);
                return;
            }
        }
    }
}

impl FromIterator<Observation> for History {
    fn from_iter<I: IntoIterator<Item = Observation>>(observations: I) -> Self {
        Self::new(observations.into_iter().collect())
    }
}

/// The Wilson score interval at 95 % for a share counted on n trials, both ends in 0…1 (Wilson 1927).
pub fn wilson(share: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959_963_984_540_054;
    if n <= 0.0 {
        return (0.0, 1.0);
    }
    let z2 = Z * Z;
    let middle = share + z2 / (2.0 * n);
    let half = Z * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z2 / n;
    (((middle - half) / scale).clamp(0.0, share), ((middle + half) / scale).clamp(share, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(when: &str, value: f64) -> Observation {
        Observation { when: When::parse(when).ok(), ..Observation::of(value) }
    }

    #[test]
    fn the_history_stays_in_order_and_the_latest_counts() {
        let mut history = History::new(vec![at("2026-03", 3.0), at("", 0.0), at("2026-01", 1.0)]);
        assert_eq!(history.actual(), Some(3.0));
        assert_eq!(history.add(at("2026-02", 2.0)), 2);
        assert_eq!(history.add(at("2026-03", 4.0)), 4, "entered last counts within a period");
        assert_eq!(history.actual(), Some(4.0));
        assert_eq!(history.change(1, |o| o.when = When::parse("2027").ok()), 4);
        let values: Vec<f64> = history.all().iter().map(|o| o.value).collect();
        assert_eq!(values, [0.0, 2.0, 3.0, 4.0, 1.0]);
        history.remove(9);
        history.remove(4);
        assert_eq!((history.len(), history.actual()), (4, Some(4.0)));
    }

    #[test]
    fn wilson_intervals_are_those_of_the_tables() {
        // Known values: 0 of 10, 10 of 10, 45 of 100, 138 of 500 (27.6 %).
        for (share, n, low, high) in [
            (0.0, 10.0, 0.0, 0.27753),
            (1.0, 10.0, 0.72247, 1.0),
            (0.45, 100.0, 0.35615, 0.54755),
            (0.276, 500.0, 0.23864, 0.31678),
        ] {
            let (a, b) = wilson(share, n);
            assert!((a - low).abs() < 1e-5 && (b - high).abs() < 1e-5, "{share} of {n}: {a} {b}");
        }
        assert_eq!(wilson(0.5, 0.0), (0.0, 1.0));
        assert_eq!(Observation { sample_size: Some(10.0), ..Observation::of(140.0) }.interval_pct(), None);
    }
}
