//! The seven steps of the method for a process, and the cycle in which they are repeated: interval, due date, history.

use jiff::ToSpan as _;
use jiff::civil::Date;

use super::check::{Checks, day_fits, text_fits};
use super::frozen::{Frozen, check_frozen};
use super::handoff::{Period, words};
use super::when::When;

/// Most reviews that are kept of one process.
pub const MOST_REVIEWS: usize = 1_000;
/// Most periods from one review to the next.
pub const LONGEST_INTERVAL: u32 = 1_000;

words!(
    /// A step of the method.
    Step {
        /// 1. Name its inputs and outputs.
        #[default]
        InputsAndOutputs = "inputs-and-outputs", "Name its inputs and outputs";
        /// 2. Name the internal and external customers of each output.
        Customers = "customers", "Name the customers of each output";
        /// 3. Collect the customers' expectations and challenges.
        Expectations = "expectations", "Collect the customers’ expectations and challenges";
        /// 4. Change the process so that it delivers them.
        Change = "change", "Change the process so that it delivers them";
        /// 5. Name the internal and external suppliers of each input.
        Suppliers = "suppliers", "Name the suppliers of each input";
        /// 6. Specify the requirements of inputs, evaluate the inputs received, and communicate both to the suppliers.
        Requirements = "requirements", "Specify, evaluate and communicate the requirements of inputs";
        /// 7. Put the six steps on a schedule and repeat them.
        Schedule = "schedule", "Put the six steps on a schedule and repeat them";
    }
);

impl Step {
    /// Its number, from 1 to 7.
    pub fn number(self) -> usize {
        self as usize + 1
    }
}

words!(
    /// How far a step is.
    Standing {
        /// Nothing is there that shows it.
        #[default]
        Open = "open", "Open";
        /// Some of what shows it is there.
        Partly = "partly", "Partly done";
        /// All that shows it is there.
        Done = "done", "Done";
        /// It does not apply here, for a reason that somebody gave.
        NotApplicable = "not-applicable", "Not applicable";
    }
);

impl Standing {
    /// True when nothing is left to do.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::NotApplicable)
    }
}

/// A step that does not apply to a process.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotApplicable {
    /// Which step.
    pub step: Step,
    /// Why not.
    pub reason: String,
    /// When somebody said so.
    pub when: Option<When>,
}

/// How often something is reviewed: so many periods after the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Number of periods, from 1 to [`LONGEST_INTERVAL`].
    pub count: u32,
    /// The period.
    pub unit: Period,
}

impl Interval {
    /// The day so many intervals later; `None` beyond the end of the calendar. A month after the 31st ends on the last
    /// day of a shorter month, and is counted from the first day given, so that the 31st comes back.
    pub fn after(self, day: Date, times: u32) -> Option<Date> {
        let count = i64::from(self.count).checked_mul(i64::from(times))?;
        let one = match self.unit {
            Period::Day => 1.day(),
            Period::Week => 1.week(),
            Period::Month => 1.month(),
            Period::Quarter => 3.months(),
            Period::Year => 1.year(),
        };
        day.checked_add(one.checked_mul(count).ok()?).ok()
    }

    /// "every month", "every 2 weeks".
    pub fn words(self) -> String {
        let unit = self.unit.word();
        if self.count == 1 { format!("every {unit}") } else { format!("every {} {unit}s", self.count) }
    }
}

/// When a process is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Schedule {
    /// How often.
    pub every: Interval,
    /// When for the first time.
    pub first: Date,
}

impl Schedule {
    /// The day of the `k`-th review to come, from 0; `None` beyond the end of the calendar.
    ///
    /// The next one is due an interval after the last that was finished, the first on the day that was set.
    pub fn due(self, reviews: &[Review], k: u32) -> Option<Date> {
        match last_finished(reviews) {
            Some(last) => self.every.after(last, k + 1).map(|day| day.max(last)),
            None => self.every.after(self.first, k),
        }
    }

    pub(super) fn check(self, field: &'static str, report: Checks<'_>) {
        if !(1..=LONGEST_INTERVAL).contains(&self.every.count) {
            report(field, format!("must be every 1 to {LONGEST_INTERVAL} periods"));
        }
        day_fits(field, self.first, report);
    }
}

/// The day on which a review was finished last.
pub fn last_finished(reviews: &[Review]) -> Option<Date> {
    reviews.iter().filter_map(|review| review.finished).max()
}

/// One repetition of the steps.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// When it was started.
    pub started: Date,
    /// When it was finished; `None` while it runs.
    pub finished: Option<Date>,
    /// Who led it.
    pub by: String,
    /// What came of it.
    pub notes: String,
    /// How far each step was when it was finished.
    pub steps: Option<[Standing; 7]>,
    /// The figures as they were when it was finished.
    pub figures: Vec<Frozen>,
}

impl Review {
    /// One that is started.
    pub fn starting(started: Date) -> Self {
        Self { started, finished: None, by: String::new(), notes: String::new(), steps: None, figures: Vec::new() }
    }

    fn check(&self, report: Checks<'_>) {
        let Self { started, finished, by, notes, steps: _, figures } = self;
        for (words, text) in [("a name", by), ("notes", notes)] {
            text_fits("reviews", text, &mut |field, problem| report(field, format!("hold {words} that {problem}")));
        }
        for day in [Some(*started), *finished].into_iter().flatten() {
            day_fits("reviews", day, &mut |field, problem| report(field, format!("hold a day that {problem}")));
        }
        if finished.is_some_and(|finished| finished < *started) {
            report("reviews", "hold one that was finished before it was started".into());
        }
        check_frozen("reviews", figures, report);
    }
}

/// Reports reviews that no process can have: at most one of them runs.
pub(super) fn check_reviews(reviews: &[Review], report: Checks<'_>) {
    for review in reviews {
        review.check(report);
    }
    if reviews.iter().filter(|review| review.finished.is_none()).count() > 1 {
        report("reviews", "hold two that run: finish one".into());
    }
    if reviews.len() > MOST_REVIEWS {
        report("reviews", format!("are more than {MOST_REVIEWS}"));
    }
}

/// Reports steps that are said not to apply without a reason, or twice.
pub(super) fn check_not_applicable(steps: &[NotApplicable], report: Checks<'_>) {
    for (at, NotApplicable { step, reason, when: _ }) in steps.iter().enumerate() {
        text_fits("not_applicable", reason, &mut |field, problem| {
            report(field, format!("holds a reason that {problem}"));
        });
        if reason.trim().is_empty() {
            report("not_applicable", "holds a reason without words".into());
        }
        if steps[..at].iter().any(|other| other.step == *step) {
            report("not_applicable", format!("holds the step {} twice", step.word()));
        }
    }
}

/// The day so many days later; the last day of the calendar when there is none.
pub fn days_after(day: Date, days: u32) -> Date {
    let span = 1.day().checked_mul(i64::from(days));
    span.and_then(|span| day.checked_add(span)).unwrap_or(Date::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn intervals_end_where_a_calendar_says() {
        let table = [
            (1, Period::Day, "2026-12-31", 1, "2027-01-01"),
            (2, Period::Week, "2026-02-20", 1, "2026-03-06"),
            (1, Period::Month, "2026-01-31", 1, "2026-02-28"),
            (1, Period::Month, "2028-01-31", 1, "2028-02-29"),
            (1, Period::Month, "2026-01-31", 2, "2026-03-31"),
            (1, Period::Quarter, "2026-11-30", 1, "2027-02-28"),
            (3, Period::Month, "2026-08-31", 1, "2026-11-30"),
            (1, Period::Year, "2028-02-29", 1, "2029-02-28"),
            (1, Period::Year, "2028-02-29", 4, "2032-02-29"),
        ];
        for (count, unit, from, times, to) in table {
            assert_eq!(Interval { count, unit }.after(day(from), times), Some(day(to)), "{count} {unit:?} from {from}");
        }
        assert_eq!(Interval { count: 1000, unit: Period::Year }.after(day("2026-01-01"), 1000), None);
        for unit in [Period::Day, Period::Week, Period::Month, Period::Quarter, Period::Year] {
            assert_eq!(Interval { count: u32::MAX, unit }.after(day("2026-01-01"), u32::MAX), None, "{unit:?}");
        }
        assert_eq!(days_after(day("2028-02-28"), 2), day("2028-03-01"));
        assert_eq!(days_after(day("2026-01-01"), u32::MAX), Date::MAX, "no day so far away");
        assert_eq!(Interval { count: 1, unit: Period::Year }.words(), "every year");
        assert_eq!(Interval { count: 3, unit: Period::Month }.words(), "every 3 months");
    }

    #[test]
    fn the_next_review_is_due_an_interval_after_the_last() {
        let schedule = Schedule { every: Interval { count: 1, unit: Period::Month }, first: day("2026-01-31") };
        let due = |reviews: &[Review], k| schedule.due(reviews, k).unwrap().to_string();
        assert_eq!([due(&[], 0), due(&[], 1), due(&[], 2)], ["2026-01-31", "2026-02-28", "2026-03-31"]);
        let mut reviews = vec![Review { finished: Some(day("2026-02-03")), ..Review::starting(day("2026-01-30")) }];
        assert_eq!([due(&reviews, 0), due(&reviews, 1)], ["2026-03-03", "2026-04-03"]);
        reviews.push(Review::starting(day("2026-03-01")));
        assert_eq!(due(&reviews, 0), "2026-03-03", "while it runs it is still due");
    }
}
