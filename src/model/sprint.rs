//! A sprint: the redesign of one handoff in a few days, with a baseline frozen at its start and a result at its end.

use jiff::civil::Date;

use super::check::{Checks, day_fits, number_fits, text_fits, unique};
use super::frozen::{Frozen, check_frozen};
use super::handoff::words;
use super::id::HandoffId;
use super::quantity::MONEY;
use super::review::days_after;

/// Most sprints of one map.
pub const MOST_SPRINTS: usize = 10_000;
/// Most tasks of one sprint.
pub const MOST_TASKS: usize = 1_000;
/// Most handoffs that one sprint touches.
pub const MOST_TOUCHED: usize = 1_000;
/// Longest that a sprint takes, in days of the calendar.
pub const LONGEST_SPRINT: u32 = 366;
/// So many days a sprint takes when nothing else is said.
pub const SPRINT_DAYS: u32 = 20;
/// So many small sprints come before a change that spans many handoffs.
pub const SMALL_FIRST: usize = 6;

/// Something to do in a sprint.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Task {
    /// What.
    pub text: String,
    /// Who.
    pub owner: String,
    /// When it was done; `None` while it is not.
    pub done: Option<Date>,
}

/// Figures of a day.
#[derive(Debug, Clone, PartialEq)]
pub struct Snapshot {
    /// The day.
    pub day: Date,
    /// What was known on it.
    pub figures: Vec<Frozen>,
}

/// The redesign of one handoff.
#[derive(Debug, Clone, PartialEq)]
pub struct Sprint {
    /// What is to become better; people call it by that.
    pub goal: String,
    /// Who answers for it.
    pub owner: String,
    /// What is redesigned: one handoff, and the others that it touches. They need not be there any more.
    pub handoffs: Vec<HandoffId>,
    /// Why it touches more than one.
    pub why_several: String,
    /// Its first day; `None` while that is open.
    pub start: Option<Date>,
    /// Days of the calendar that it takes, its first and its last included.
    pub days: u32,
    /// What is to be done.
    pub tasks: Vec<Task>,
    /// What it costs, once, in the currency of the map.
    pub cost: Option<f64>,
    /// The figures at its start.
    pub baseline: Option<Snapshot>,
    /// The figures at its end. It is finished when they are there.
    pub result: Option<Snapshot>,
    /// What was learned, and anything else.
    pub notes: String,
}

impl Default for Sprint {
    fn default() -> Self {
        Self {
            goal: String::new(),
            owner: String::new(),
            handoffs: Vec::new(),
            why_several: String::new(),
            start: None,
            days: SPRINT_DAYS,
            tasks: Vec::new(),
            cost: None,
            baseline: None,
            result: None,
            notes: String::new(),
        }
    }
}

words!(
    /// Where a sprint stands.
    SprintState {
        /// It has not begun.
        #[default]
        Planned = "planned", "Planned";
        /// It is under way.
        Running = "running", "Running";
        /// Its result is there.
        Finished = "finished", "Finished";
    }
);

impl Sprint {
    /// Where it stands on a day.
    pub fn state(&self, today: Date) -> SprintState {
        match self.start {
            _ if self.result.is_some() => SprintState::Finished,
            Some(start) if start <= today => SprintState::Running,
            _ => SprintState::Planned,
        }
    }

    /// Its last day.
    pub fn last_day(&self) -> Option<Date> {
        self.start.map(|start| days_after(start, self.days.saturating_sub(1)))
    }

    /// The day in its middle, when it is looked whether it gets there.
    pub fn middle(&self) -> Option<Date> {
        self.start.map(|start| days_after(start, self.days.saturating_sub(1) / 2))
    }

    /// Days from one day to its last: 0 on the last, less than nothing afterwards.
    pub fn days_left(&self, today: Date) -> Option<i32> {
        Some((self.last_day()? - today).get_days())
    }

    /// Calls `report` with every field that holds what it may not.
    pub(super) fn check(&self, report: Checks<'_>) {
        let Self { goal, owner, handoffs, why_several, start, days, tasks, cost, baseline, result, notes } = self;
        for (field, text) in [("goal", goal), ("owner", owner), ("why_several", why_several), ("notes", notes)] {
            text_fits(field, text, report);
        }
        unique("handoffs", handoffs.iter().copied(), MOST_TOUCHED, report);
        if !(1..=LONGEST_SPRINT).contains(days) {
            report("days", format!("must lie between 1 and {LONGEST_SPRINT} d"));
        }
        if let Some(start) = start {
            day_fits("start", *start, report);
        }
        for Task { text, owner, done } in tasks {
            if let Some(done) = done {
                day_fits("tasks", *done, &mut |field, problem| report(field, format!("hold a day that {problem}")));
            }
            for (words, text) in [("a text", text), ("a name", owner)] {
                text_fits("tasks", text, &mut |field, problem| report(field, format!("hold {words} that {problem}")));
            }
        }
        if tasks.len() > MOST_TASKS {
            report("tasks", format!("are more than {MOST_TASKS}"));
        }
        number_fits("cost", MONEY, *cost, report);
        for (field, snapshot) in [("baseline", baseline), ("result", result)] {
            if let Some(Snapshot { day, figures }) = snapshot {
                day_fits(field, *day, report);
                check_frozen(field, figures, report);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn a_sprint_of_twenty_days_ends_on_the_twentieth() {
        let table = [
            ("2026-11-01", 20, "2026-11-20", "2026-11-10"),
            ("2026-12-20", 20, "2027-01-08", "2026-12-29"),
            ("2028-02-10", 20, "2028-02-29", "2028-02-19"),
            ("2026-02-10", 20, "2026-03-01", "2026-02-19"),
            ("2026-06-01", 1, "2026-06-01", "2026-06-01"),
            ("2026-06-01", 2, "2026-06-02", "2026-06-01"),
        ];
        for (start, days, last, middle) in table {
            let sprint = Sprint { start: Some(day(start)), days, ..Sprint::default() };
            assert_eq!((sprint.last_day(), sprint.middle()), (Some(day(last)), Some(day(middle))), "{start}");
            assert_eq!(sprint.days_left(day(last)), Some(0));
            assert_eq!(sprint.days_left(day(start)), Some(days as i32 - 1));
            assert_eq!(sprint.days_left(days_after(day(last), 3)), Some(-3), "overdue");
        }
    }

    #[test]
    fn where_a_sprint_stands_is_in_its_dates() {
        let mut sprint = Sprint::default();
        let today = day("2026-11-22");
        assert_eq!(sprint.state(today), SprintState::Planned);
        sprint.start = Some(day("2026-11-23"));
        assert_eq!(sprint.state(today), SprintState::Planned);
        sprint.start = Some(today);
        assert_eq!(sprint.state(today), SprintState::Running);
        sprint.result = Some(Snapshot { day: today, figures: Vec::new() });
        assert_eq!(sprint.state(today), SprintState::Finished);
    }
}
