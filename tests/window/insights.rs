//! What the map tells, in the window: the strip of figures, findings, what-if, times, cost and weak points.

use egui::accesskit::Role;
use egui::{Key, Modifiers, Pos2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use peel::analysis::report;
use peel::model::Subject;

use super::hands::Hands;

const LOAN: &str = "Commercial loan";
const LAB: &str = "Clinical laboratory";

impl Hands {
    fn says(&self, words: &str) -> bool {
        let has = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
            n.label().is_some_and(|l| l.contains(words)) || n.value().is_some_and(|v| v.contains(words))
        };
        self.harness.query_all_by(has).next().is_some()
    }

    fn press_named(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        self.rest();
    }

    /// Presses the first button whose label has these words.
    fn press_with(&mut self, words: &str) {
        let found = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
            n.role() == Role::Button && n.label().is_some_and(|l| l.contains(words))
        };
        let node = self.harness.query_all_by(found).next().unwrap_or_else(|| panic!("a button with {words:?}"));
        node.click();
        self.rest();
    }

    /// The same for a button that has to be scrolled to first.
    fn press_below(&mut self, words: &str) {
        let found = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
            n.role() == Role::Button && n.label().is_some_and(|l| l.contains(words))
        };
        let node = self.harness.query_all_by(found).next().unwrap_or_else(|| panic!("a button with {words:?}"));
        node.scroll_to_me();
        self.rest();
        self.press_with(words);
    }

    /// Drags the slider of this name to a share of its length.
    fn slide(&mut self, name: &str, to: f32) {
        let rect = self.harness.get_by_role_and_label(Role::Slider, name).rect();
        let (from, y) = (rect.center().x, rect.center().y);
        // The value stands at its right.
        let length = rect.width() - 80.0;
        let at = |x: f32| Pos2::new(x, y);
        self.drag(at(from), at(rect.left() + to * length), Modifiers::NONE);
    }

    fn select_handoff(&mut self, from: &str, to: &str) {
        let (a, b) = (self.place(from), self.place(to));
        let at = self.app().on_screen(a.lerp(b, 0.5));
        self.click(at, egui::PointerButton::Primary, Modifiers::NONE);
    }
}

#[test]
fn the_strip_tells_what_the_customer_gets_and_explains_it() {
    let mut hands = Hands::on_sample(LAB);
    for figure in ["Lead time: 7.85 h", "Activity ratio: 29.9 %", "PCE: 23.6 %", "Rolled %C&A: 84.1 %"] {
        hands.harness.get_by_role_and_label(Role::Button, figure);
    }
    for figure in ["Rolled on time: unknown", "Cost a year: unknown", "Cross departments: 3 of 5"] {
        hands.harness.get_by_role_and_label(Role::Button, figure);
    }
    hands.press_named("Rolled %C&A: 84.1 %");
    assert!(hands.says("The product of %C&A over all critical forward handoffs"));
    assert!(hands.says("Built on: 6 of 6 handoffs known."));
    hands.key(Modifiers::NONE, Key::Escape);
    assert!(!hands.says("Built on:"));
    hands.press_named("Rolled on time: unknown");
    assert!(hands.says("Still to be entered"));
    hands.press_with("on time: Collection → Transport");
    let selected = hands.app().editor().selection().single();
    assert!(matches!(selected, Some(Subject::Handoff(_))), "it goes there: {selected:?}");
    assert!(hands.command("figures"));
    assert!(!hands.says("PCE: 23.6 %"), "it can be switched off");
}

#[test]
fn figures_follow_every_edit() {
    let mut hands = Hands::on_sample(LOAN);
    hands.select_handoff("Submission", "Document check");
    hands.focus("Complete and accurate");
    hands.press(Modifiers::COMMAND, Key::A);
    hands.type_text("95");
    hands.harness.get_by_role_and_label(Role::Button, "Rolled %C&A: 74.1 %");
    hands.command("undo");
    hands.harness.get_by_role_and_label(Role::Button, "Rolled %C&A: 62.4 %");
}

#[test]
fn a_finding_leads_to_its_place_and_can_be_put_aside_with_a_reason() {
    let mut hands = Hands::on_sample(LOAN);
    let before = report(hands.document()).findings;
    hands.key(Modifiers::NONE, Key::F7);
    hands.press_with("“Complete at first submission”: not met");
    let handoff = hands.document().handoffs().find(|(_, h)| h.item == "Loan file").unwrap().0;
    assert_eq!(hands.app().editor().selection().single(), Some(Subject::Handoff(handoff)));
    assert!(hands.says("Requirements (2)"), "its page of the details is open");
    hands.press_named("Put aside…");
    assert!(hands.harness.get_by_role_and_label(Role::Button, "Put aside").accesskit_node().is_disabled());
    hands.focus("Reason");
    hands.type_text("known, and worked on");
    hands.key(Modifiers::NONE, Key::Enter);
    let now = report(hands.document());
    assert_eq!((now.findings.len(), now.dismissed.len()), (before.len() - 1, 1));
    let (finding, dismissal) = &now.dismissed[0];
    assert_eq!((finding.kind, dismissal.reason.as_str()), ("must-failed", "known, and worked on"));
    assert!(dismissal.when.is_some(), "with the day");
    assert!(!hands.says("1 error"));
    hands.press_below("Put aside (1)");
    assert!(hands.says("because: known, and worked on"));
    hands.press_below("Raise again");
    assert_eq!(report(hands.document()).findings, before);
    hands.command("undo");
    assert_eq!(report(hands.document()).dismissed.len(), 1, "both are steps");
    hands.command("undo");
    assert_eq!(report(hands.document()).findings, before);
}

#[test]
fn a_number_is_tried_out_kept_as_a_scenario_and_made_so() {
    let mut hands = Hands::on_sample(LOAN);
    let at_first = hands.document().clone();
    hands.key(Modifiers::NONE, Key::F8);
    hands.select_handoff("Submission", "Document check");
    hands.slide("%C&A of Submission → Document check: Loan file", 0.95);
    let tried: Vec<f64> = hands.app().what_if().iter().map(|change| change.value).collect();
    assert!(tried.len() == 1 && (85.0..100.0).contains(&tried[0]), "{tried:?}");
    assert!(hands.says("62.4 %") && hands.says("points"), "now and then stand side by side");
    assert!(*hands.document() == at_first, "the map stays as it is");
    hands.focus("Why it would change");
    hands.type_text("a checklist");
    hands.focus("What it costs to get there");
    hands.type_text("1200");
    hands.focus("Scenario");
    hands.type_text("Better files");
    hands.key(Modifiers::NONE, Key::Enter);
    assert_eq!(hands.document().scenarios_len(), 1);
    let scenario = hands.document().scenarios().next().unwrap().1.clone();
    assert_eq!((scenario.name.as_str(), scenario.cost), ("Better files", Some(1200.0)));
    assert_eq!((scenario.changes[0].why.as_str(), scenario.changes[0].value), ("a checklist", tried[0]));
    hands.press_named("Throw away");
    assert!(hands.app().what_if().is_empty());
    hands.press_below("Better files  (1 number)");
    assert_eq!(hands.app().what_if(), scenario.changes);
    hands.press_below("Make it so on the map");
    let now = hands.document().handoffs().find(|(_, h)| h.item == "Loan file").unwrap().1.complete_accurate_pct;
    assert_eq!((now, hands.app().what_if().len()), (Some(tried[0]), 0));
    hands.command("undo");
    hands.command("undo");
    assert!(*hands.document() == at_first, "one step each");
}

#[test]
fn a_slider_goes_on_being_dragged_while_things_come_and_go_around_it() {
    let mut hands = Hands::on_sample(LOAN);
    hands.key(Modifiers::NONE, Key::F8);
    hands.select_handoff("Document check", "Credit assessment");
    let name = "Wait of Document check → Credit assessment: Checked loan file";
    for to in [0.1, 0.9, 0.5] {
        hands.slide(name, to);
    }
    let wait = hands.app().what_if()[0].value;
    assert!((20.0..28.0).contains(&wait), "half of twice 24 h: {wait}");
    hands.press_with("back");
    assert!(hands.app().what_if().is_empty());
}

#[test]
fn times_cost_and_weak_points_are_told_for_the_chosen_customer() {
    let mut hands = Hands::on_sample(LAB);
    hands.key(Modifiers::NONE, Key::F9);
    for words in ["How long “Clinician” waits", "5.5 h", "Critical path", "waits 2 h", "Once more"] {
        assert!(hands.says(words), "{words}");
    }
    hands.command("cost");
    assert!(hands.says("No cost is known yet"));
    hands.command("weak-points");
    for words in ["What “Clinician” depends on", "5 of 6 Report", "6 handoffs in a row", "41 % of what is lost"] {
        assert!(hands.says(words), "{words}");
    }
    hands.press_with("5 of 6 Report");
    assert_eq!(hands.app().editor().selection().single(), Some(Subject::Party(hands.party("Report").0)));
    hands.command("weak-points");
    assert!(!hands.says("What “Clinician” depends on"), "the same command closes it");
}

#[test]
fn an_empty_map_says_what_is_missing_and_breaks_nothing() {
    let mut hands = Hands::on_new_map();
    for page in ["findings", "what-if", "time", "cost", "weak-points"] {
        assert!(hands.command(page), "{page}");
    }
    hands.letters("Sales");
    hands.key(Modifiers::NONE, Key::Enter);
    hands.key(Modifiers::NONE, Key::Escape);
    assert!(hands.says("No external customer yet"));
    hands.key(Modifiers::NONE, Key::F7);
    assert!(hands.says("nobody to work backwards from"));
}
