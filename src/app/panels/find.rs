//! Find: everything that is written on the map; jumps there and outlines every hit.

use std::collections::BTreeSet;

use egui::{Align2, Area, Key, Modifiers, RichText, TextEdit};

use crate::app::action::Action;
use crate::app::canvas::paint::color;
use crate::app::cx::Cx;
use crate::editor::Selection;
use crate::model::{Document, Handoff, History, Party, Scenario, Sprint, Subject};
use crate::scene::Ink;

/// The search, while it is open.
#[derive(Debug, Default)]
pub struct Find {
    text: String,
    at: usize,
    hits: Vec<Subject>,
    /// Text and revision that the hits are of.
    of: Option<(String, u64)>,
    shown: bool,
}

/// Everything that holds the text, whatever its case; nothing for an empty text.
pub fn find(document: &Document, text: &str) -> Vec<Subject> {
    let wanted = text.trim().to_lowercase();
    if wanted.is_empty() {
        return Vec::new();
    }
    let holds = |text: &str| text.to_lowercase().contains(&wanted);
    let parties = document.parties().filter(|(_, party)| texts_of_party(party).any(holds));
    let mut hits: Vec<Subject> = parties.map(|(id, _)| Subject::Party(id)).collect();
    let handoffs = document.handoffs().filter(|(_, handoff)| texts_of_handoff(handoff).any(holds));
    hits.extend(handoffs.map(|(id, _)| Subject::Handoff(id)));
    // What is written in a sprint or scenario is found at what it is about.
    let mut also = |subject: Subject| {
        if document.has(subject) && !hits.contains(&subject) {
            hits.push(subject);
        }
    };
    let sprints = document.sprints().filter(|(_, sprint)| texts_of_sprint(sprint).any(holds));
    sprints.flat_map(|(_, sprint)| &sprint.handoffs).for_each(|id| also(Subject::Handoff(*id)));
    for (_, scenario) in document.scenarios() {
        let whole = holds(&scenario.name) || holds(&scenario.notes);
        let of = reasons(scenario).filter(|(_, why)| whole || holds(why));
        of.for_each(|(subject, _)| also(subject));
    }
    hits
}

/// Everything written about a party: its measures and what its customers said as well.
fn texts_of_party(party: &Party) -> impl Iterator<Item = &str> {
    let own = [&party.name, &party.department, &party.owner, &party.promise, &party.notes];
    let measures = party.measures.iter().flat_map(|m| std::iter::once(&m.name).chain(observers(&m.observations)));
    let voices = party.voices.iter().flat_map(|v| [&v.text, &v.source]);
    let reviews = party.reviews.iter().flat_map(|review| [&review.by, &review.notes]);
    let steps = party.not_applicable.iter().map(|step| &step.reason);
    own.into_iter().chain(measures).chain(voices).chain(reviews).chain(steps).map(String::as_str)
}

/// Everything written in a sprint.
fn texts_of_sprint(sprint: &Sprint) -> impl Iterator<Item = &str> {
    let own = [&sprint.goal, &sprint.owner, &sprint.why_several, &sprint.notes];
    own.into_iter().chain(sprint.tasks.iter().flat_map(|task| [&task.text, &task.owner])).map(String::as_str)
}

/// What a scenario changes, and why.
fn reasons(scenario: &Scenario) -> impl Iterator<Item = (Subject, &str)> {
    let numbers = scenario.changes.iter().map(|change| (change.subject, change.why.as_str()));
    let parties = scenario.parties.iter().map(|(id, altered)| (Subject::Party(*id), altered.why.as_str()));
    let handoffs = scenario.handoffs.iter().map(|(id, altered)| (Subject::Handoff(*id), altered.why.as_str()));
    numbers.chain(parties).chain(handoffs)
}

/// Everything written about a handoff: requirements, who observed them, what both sides said and who they are.
fn texts_of_handoff(handoff: &Handoff) -> impl Iterator<Item = &str> {
    let own = [&handoff.item, &handoff.notes, &handoff.contact, &handoff.ask, &handoff.offer];
    let requirements =
        handoff.requirements.iter().flat_map(|r| [&r.text, &r.measure].into_iter().chain(observers(&r.observations)));
    let told = handoff.told.iter().flat_map(|t| [&t.who, &t.what]);
    let people = handoff.roles.iter().map(|r| &r.who).chain(handoff.ratings.iter().map(|r| &r.who));
    own.into_iter().chain(requirements).chain(told).chain(people).map(String::as_str)
}

fn observers(history: &History) -> impl Iterator<Item = &String> {
    history.all().iter().map(|observation| &observation.by)
}

impl Find {
    /// Shows the search; gives whether it stays open, and what to outline.
    pub fn ui(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) -> (bool, BTreeSet<Subject>) {
        let mut keep = true;
        let key = (self.text.clone(), cx.editor.revision());
        if self.of.as_ref() != Some(&key) {
            let fresh = self.of.as_ref().is_none_or(|(text, _)| *text != self.text);
            self.hits = find(cx.document(), &self.text);
            self.of = Some(key);
            self.at = self.at.min(self.hits.len().saturating_sub(1));
            if fresh {
                self.at = 0;
                self.go(out);
            }
        }
        let corner = ui.max_rect().right_top() + egui::vec2(-12.0, 12.0);
        Area::new(ui.id().with("find")).fixed_pos(corner).pivot(Align2::RIGHT_TOP).show(ui.ctx(), |ui| {
            egui::Frame::popup(ui.style()).show(ui, |ui| {
                ui.horizontal(|ui| keep = self.bar(ui, cx, out));
            });
        });
        let flagged = if keep { self.hits.iter().copied().collect() } else { BTreeSet::new() };
        (keep, flagged)
    }

    fn bar(&mut self, ui: &mut egui::Ui, cx: &Cx<'_>, out: &mut Vec<Action>) -> bool {
        let (back, on, close) = ui.input_mut(|i| {
            let back = i.consume_key(Modifiers::SHIFT, Key::Enter);
            (back, i.consume_key(Modifiers::NONE, Key::Enter), i.consume_key(Modifiers::NONE, Key::Escape))
        });
        let field =
            TextEdit::singleline(&mut self.text).hint_text("Find anything that is written").desired_width(220.0);
        let response = ui.add(field.id_salt("find-text"));
        if !std::mem::replace(&mut self.shown, true) {
            response.request_focus();
        }
        let count = self.hits.len();
        let words = match count {
            0 if self.text.trim().is_empty() => String::new(),
            0 => "nothing found".into(),
            _ => format!("{} of {count}", self.at + 1),
        };
        ui.label(RichText::new(words).small().color(color(cx.theme, Ink::Faint)));
        let step = |by: usize, at: &mut usize| *at = (*at + by) % count.max(1);
        if ui.button("‹").on_hover_text("The one before (Shift+Enter)").clicked() || back {
            step(count.max(1) - 1, &mut self.at);
            self.go(out);
        }
        if ui.button("›").on_hover_text("The next (Enter)").clicked() || on {
            step(1, &mut self.at);
            self.go(out);
        }
        !(ui.button("×").on_hover_text("Close (Esc)").clicked() || close)
    }

    fn go(&self, out: &mut Vec<Action>) {
        if let Some(subject) = self.hits.get(self.at) {
            out.push(Action::Select(Selection::one(*subject)));
            out.push(Action::Reveal([*subject].into()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::geom::pt;
    use crate::model::{
        Change, Edit, HandoffId, Lever, Measure, MeasureId, Observation, PartyId, PartyKind, Rating, Requirement,
        RequirementId, Role, ScenarioId, SprintId, Task, Told, Voice, VoiceId, VoiceKind,
    };

    #[test]
    fn everything_written_is_found() {
        let id = PartyId::parse("a").expect("a");
        let by =
            |who: &str| -> History { [Observation { by: who.into(), ..Observation::of(1.0) }].into_iter().collect() };
        let party = Party {
            owner: "w1".into(),
            promise: "w2".into(),
            measures: vec![Measure { observations: by("w3"), ..Measure::new(MeasureId::parse("m").expect("m"), "w4") }],
            voices: vec![Voice {
                source: "w5".into(),
                ..Voice::new(VoiceId::parse("v").expect("v"), None, VoiceKind::Challenge, "W6")
            }],
            ..Party::named("w7", PartyKind::Process)
        };
        let requirement = Requirement {
            measure: "x1".into(),
            observations: by("x2"),
            ..Requirement::new(RequirementId::parse("r").expect("r"), "x3")
        };
        let handoff = Handoff {
            contact: "x4".into(),
            ask: "x5".into(),
            offer: "x6".into(),
            notes: "x7".into(),
            told: vec![Told { who: "x8".into(), what: "x9".into(), ..Told::default() }],
            roles: vec![Role { who: "y1".into(), ..Role::default() }],
            ratings: vec![Rating { who: "Y2".into(), ..Rating::default() }],
            requirements: vec![requirement],
            ..Handoff::between(Some(id), None, "y3")
        };
        let mut document = Document::default();
        let put = Edit::PutHandoff(HandoffId::parse("h").expect("h"), handoff);
        document.apply(vec![Edit::PutParty(id, party), Edit::Place(id, pt(0.0, 0.0)), put]).expect("sound");
        let task = Task { text: "z1".into(), owner: "z2".into(), done: None };
        let h = HandoffId::parse("h").expect("h");
        let sprint = Sprint { goal: "z3".into(), handoffs: vec![h], tasks: vec![task], ..Sprint::default() };
        let why = |subject| Change { subject, lever: Lever::Wait, value: 1.0, why: "z4".into() };
        let changes = vec![why(Subject::Handoff(h)), why(Subject::Handoff(HandoffId::parse("gone").expect("gone")))];
        let scenario = Scenario { name: "z5".into(), changes, ..Scenario::default() };
        document
            .apply(vec![
                Edit::PutSprint(SprintId::parse("t").expect("t"), sprint),
                Edit::PutScenario(ScenarioId::parse("s").expect("s"), scenario),
            ])
            .expect("sound");
        for word in ["z1", "z2", "z3", "z4", "z5"] {
            assert_eq!(find(&document, word), [Subject::Handoff(h)], "{word}");
        }
        for word in ["w1", "w2", "w3", "w4", "w5", "w6", "W7"] {
            assert_eq!(find(&document, word), [Subject::Party(id)], "{word}");
        }
        for word in ["x1", "x2", "x3", "x4", "x5", "x6", "x7", "x8", "x9", "y1", "y2", "y3"] {
            assert!(matches!(find(&document, word)[..], [Subject::Handoff(_)]), "{word}");
        }
        assert_eq!(find(&document, "zz"), []);
    }
}
