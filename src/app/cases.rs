//! The true cost case of a sprint or scenario, and the calendar file.

use super::App;
use super::briefs::Paper;
use super::clock::today;
use super::dialogs::Dialog;
use super::dialogs::case::CaseDialog;
use super::tasks::Purpose;
use crate::analysis::report_on;
use crate::model::ops::future;
use crate::model::{ScenarioId, SprintId};
use crate::report::{scenario_case, sprint_case};
use crate::writing::Page;

/// Whose case it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// A sprint.
    Sprint(SprintId),
    /// A scenario.
    Scenario(ScenarioId),
}

impl App {
    /// Shows the case.
    pub(super) fn ask_case(&mut self, case: Case) {
        let current = self.editor.current();
        let (day, date) = (Some(today()), today().to_string());
        let page = match case {
            Case::Sprint(id) => {
                current.sprint(id).map(|sprint| sprint_case(current, &report_on(current, day), sprint, &date))
            }
            Case::Scenario(id) => current.scenario(id).map(|scenario| {
                let then = future(current, scenario);
                let reports = (report_on(current, day), report_on(&then, day));
                scenario_case((current, &reports.0), (&then, &reports.1), scenario, &date)
            }),
        };
        if let Some(page) = page {
            self.dialog = Some(Dialog::Case(Box::new(CaseDialog::new(page, &self.fonts))));
        }
    }

    /// Asks for the file of a page.
    pub(super) fn save_page(&mut self, page: Page, extension: &'static str) {
        self.session.paper = Some(Paper::Page(Box::new(page)));
        self.pick(Purpose::Paper(extension));
    }

    /// Asks for the calendar file.
    pub(super) fn save_calendar(&mut self) {
        if crate::analysis::events(self.editor.current()).is_empty() {
            self.say("Nothing is in the calendar yet: set how often processes are reviewed, or start a sprint.");
            return;
        }
        self.session.paper = Some(Paper::Calendar);
        self.pick(Purpose::Paper("ics"));
    }
}
