//! What the pages of the improvement loop ask of the window: sprints, reviews, and the files of them.

use super::App;
use super::clock::today;
use super::panels::insights::Page;
use crate::analysis::{freeze_process, report_on, steps};
use crate::model::{Edit, HandoffId, PartyId, Sprint, SprintId, Standing, Subject};

impl App {
    /// Opens the sprint on a handoff that is not finished, or plans one.
    pub(super) fn plan_sprint(&mut self, handoff: HandoffId) {
        let document = self.editor.document();
        let mut open = document.sprints().filter(|(_, of)| of.result.is_none() && of.handoffs.contains(&handoff));
        let found = open.next().map(|(id, _)| id);
        drop(open);
        let id = match found {
            Some(id) => id,
            None => {
                let item = document.handoff(handoff).map(|of| of.item.trim().to_owned()).unwrap_or_default();
                let goal = if item.is_empty() { String::new() } else { format!("Better “{item}”") };
                let id: SprintId = self.ids.borrow_mut().make();
                let sprint = Sprint { goal, handoffs: vec![handoff], ..Sprint::default() };
                self.edit("plan sprint", vec![Edit::PutSprint(id, sprint)], None);
                id
            }
        };
        self.session.insights = Some(Page::Sprints);
        self.session.insight.open_sprint(id);
    }

    /// Plans a sprint on the selected handoff.
    pub(super) fn plan_sprint_here(&mut self) {
        if let Some(Subject::Handoff(id)) = self.editor.selection().single() {
            self.plan_sprint(id);
        }
    }

    /// Finishes the review of a process that runs: steps and figures are frozen as they are on the map.
    pub(super) fn finish_review(&mut self, id: PartyId) {
        let (document, day) = (self.editor.document(), today());
        let Some(party) = document.party(id) else { return };
        let mut changed = (**party).clone();
        let Some(at) = changed.reviews.iter().position(|review| review.finished.is_none()) else { return };
        changed.reviews[at].finished = Some(day.max(changed.reviews[at].started));
        // With it finished: it is not overdue any more.
        let mut now = document.clone();
        if now.apply(vec![Edit::PutParty(id, changed.clone())]).is_err() {
            return;
        }
        let mut standings = [Standing::Open; 7];
        for (standing, state) in standings.iter_mut().zip(steps(&now, id, Some(day))) {
            *standing = state.standing;
        }
        changed.reviews[at].steps = Some(standings);
        changed.reviews[at].figures = freeze_process(&now, &report_on(&now, Some(day)), id, Some(day));
        self.edit("finish review", vec![Edit::PutParty(id, changed)], None);
    }
}
