//! The improvement loop as a person goes through it: a workshop by keyboard, a sprint, a review, a future state.

use egui::{Key, Modifiers, PointerButton};
use peel::analysis::{Chain, layers, steps};
use peel::model::{PartyId, PartyKind, Standing, Step, Subject, check};

use super::hands::Hands;

const LOAN: &str = "Commercial loan";

impl Hands {
    /// Answers the question that is asked.
    fn answer(&mut self, question: &str, words: &str) {
        assert!(self.says(question), "{question} is asked");
        self.type_text(words);
        self.key(Modifiers::NONE, Key::Enter);
    }

    fn select_party(&mut self, name: &str) {
        let at = self.on_card(name, 0.0, 0.0);
        self.click(at, PointerButton::Primary, Modifiers::NONE);
    }

    fn id(&self, name: &str) -> PartyId {
        self.party(name).0
    }
}

#[test]
fn a_workshop_is_run_from_an_empty_window_by_keyboard() {
    let mut hands = Hands::on_new_map();
    hands.key(Modifiers::SHIFT, Key::F4);
    hands.answer("Who is the external customer?", "Patient");
    hands.answer("What does “Patient” get from us?", "Lab result, advice");
    hands.answer("Who makes “Lab result” for “Patient”?", "Ward");
    hands.answer("Who makes “advice” for “Patient”?", "ward");
    hands.answer("What else does “Patient” get from us?", "");
    hands.answer("What does “Ward” need to do its work?", "findings");
    hands.answer("Who gives “Ward” the “findings”?", "Lab");
    hands.answer("What else does “Ward” need?", "");
    hands.answer("What does “Lab” need to do its work?", "sample; request");
    hands.answer("Who gives “Lab” the “sample”?", "Ward round");
    assert!(hands.says("Who gives “Lab” the “request”?"));
    hands.type_text("Post");
    hands.key(Modifiers::SHIFT, Key::Enter);
    hands.answer("What else does “Lab” need?", "");
    hands.answer("What does “Ward round” need to do its work?", "");
    assert!(hands.says("Complete: 3 layers"), "nothing is left to ask");
    let document = hands.document().clone();
    assert_eq!((document.parties_len(), document.handoffs_len()), (5, 5));
    assert_eq!(document.party(hands.id("Post")).unwrap().kind, PartyKind::Supplier, "with Shift");
    let chain = Chain::new(&document);
    let depth = layers::nearest(&chain).into_iter().flatten().max();
    assert_eq!(depth, Some(3), "a map of three layers");
    assert_eq!(check(&document), Vec::<String>::new());
    assert_eq!(hands.app().editor().undo_label(), Some("answer"));
    hands.command("ask");
    hands.press_below("Ask again");
    hands.answer("What else does “Patient” get from us?", "bill");
    hands.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(hands.document().handoffs_len(), 5, "an answer is taken back");
    hands.answer("What else does “Patient” get from us?", "");
    hands.key(Modifiers::COMMAND, Key::Z);
    assert!(hands.says("What else does “Patient” get from us?"), "nothing, too");
    hands.key(Modifiers::NONE, Key::Escape);
    for _ in 0..9 {
        hands.key(Modifiers::COMMAND, Key::Z);
    }
    assert!(hands.document().is_empty(), "every answer is one step: {}", hands.document().parties_len());
}

#[test]
fn the_guide_leads_to_the_field_where_the_next_thing_is_done() {
    let mut hands = Hands::on_sample(LOAN);
    hands.select_party("Credit assessment");
    hands.key(Modifiers::NONE, Key::F4);
    assert!(hands.says("“Credit assessment”: 2 of 7 steps") || hands.says("“Credit assessment”: 3 of 7 steps"));
    hands.press_below("what they expect of “Credit assessment”");
    assert!(hands.says("In their words"), "on the page of voices");
    hands.type_text("no questions");
    hands.key(Modifiers::NONE, Key::Enter);
    let id = hands.id("Credit assessment");
    assert_eq!(hands.document().party(id).unwrap().voices.last().unwrap().text, "no questions", "it had the keyboard");
    // A step that does not apply, with the reason.
    hands.select_party("Decision");
    hands.press_below("Not applicable…");
    hands.focus("Why not");
    hands.type_text("The committee is asked by law");
    hands.key(Modifiers::NONE, Key::Enter);
    let decision = hands.id("Decision");
    let aside = hands.document().party(decision).unwrap().not_applicable.clone();
    assert_eq!((aside.len(), aside[0].step), (1, Step::Expectations));
    let standing = |hands: &Hands| steps(hands.document(), decision, None)[2].standing;
    assert_eq!(standing(&hands), Standing::NotApplicable);
    hands.press_below("Remove this reason");
    assert_ne!(standing(&hands), Standing::NotApplicable);
}

#[test]
fn a_sprint_is_planned_started_and_finished() {
    let mut hands = Hands::on_sample(LOAN);
    hands.key(Modifiers::NONE, Key::F10);
    hands.select_handoff("Submission", "Document check");
    hands.press_below("Plan a sprint on this handoff");
    let sprint = |hands: &Hands| (**hands.document().sprints().next().unwrap().1).clone();
    assert_eq!((sprint(&hands).goal.as_str(), sprint(&hands).days), ("Better “Loan file”", 20));
    hands.focus("New task");
    hands.type_text("Ana: a list at the desk");
    hands.key(Modifiers::NONE, Key::Enter);
    let task = sprint(&hands).tasks[0].clone();
    assert_eq!((task.owner.as_str(), task.text.as_str(), task.done), ("Ana", "a list at the desk", None));
    hands.press_below("Start: freeze the baseline");
    let baseline = sprint(&hands).baseline.unwrap();
    assert_eq!(peel::model::frozen(&baseline.figures, "complete_accurate", None), Some(0.8));
    assert_eq!(sprint(&hands).start, Some(baseline.day), "it starts today");
    hands.command("focus-inspector");
    hands.focus("Complete and accurate");
    hands.key(Modifiers::COMMAND, Key::A);
    hands.type_text("95");
    hands.key(Modifiers::NONE, Key::Enter);
    hands.press_below("Finish: freeze the result");
    let finished = sprint(&hands);
    assert_eq!(peel::model::frozen(&finished.result.unwrap().figures, "complete_accurate", None), Some(0.95));
    assert!(hands.says("Finished (1)") && hands.says("1 of about 6 small sprints finished"));
    // Touching another handoff asks why.
    hands.select_handoff("Risk review", "Decision");
    hands.press_below("Also touch the selected handoff");
    assert!(hands.says("Why it touches several") && hands.says("Say why"));
    assert_eq!(sprint(&hands).handoffs.len(), 2);
    hands.press_below("Cost case…");
    assert!(hands.says("True cost case"));
}

#[test]
fn a_review_is_started_and_finished_with_its_figures() {
    let mut hands = Hands::on_sample(LOAN);
    hands.command("reviews");
    hands.select_party("Document check");
    hands.press_below("Start a review");
    assert!(hands.says("A review runs since"));
    hands.focus("What comes of it");
    hands.type_text("Ask the desk");
    hands.press_below("Finish the review");
    let id = hands.id("Document check");
    let review = hands.document().party(id).unwrap().reviews[0].clone();
    assert_eq!((review.notes.as_str(), review.finished.is_some()), ("Ask the desk", true));
    assert_eq!(review.steps.unwrap()[0], Standing::Done);
    assert!(peel::model::frozen(&review.figures, "process_time_h", None).is_some());
    assert!(hands.says("1 review so far"));
    // An interval for every process makes the next one due.
    hands.press_below("Every 3 months");
    let due = peel::analysis::dues(hands.document());
    assert!(!due.is_empty(), "{due:?}");
    hands.press_below("The next month");
    assert!(hands.says("What is due"));
}

#[test]
fn a_future_state_is_edited_like_the_map() {
    let mut hands = Hands::on_sample(LOAN);
    let today = hands.document().clone();
    hands.command("new-scenario");
    hands.select_party("Risk review");
    hands.key(Modifiers::NONE, Key::Delete);
    assert_eq!(hands.document().parties_len(), today.parties_len() - 1);
    let current = hands.app().editor().current().clone();
    assert_eq!(current.parties_len(), today.parties_len(), "the map stays as it is");
    assert!(hands.says("1 party and 2 handoffs removed"));
    hands.show("State: Today");
    assert_eq!(hands.document().parties_len(), today.parties_len());
    hands.show("State: Scenario 1");
    hands.command("scenarios");
    hands.focus("Why Risk review");
    hands.type_text("read by the committee");
    let scenario = hands.app().editor().current().scenarios().next().unwrap().1.clone();
    assert_eq!(scenario.parties.values().next().unwrap().why, "read by the committee");
    // Left as it is today, it comes back with its handoffs.
    hands.press_below("Remove what becomes of Risk review");
    assert_eq!(hands.document().handoffs_len(), today.handoffs_len());
    hands.command("undo");
    hands.press_below("Make it the map");
    assert_eq!((hands.document().parties_len(), hands.app().editor().scenario()), (today.parties_len() - 1, None));
    hands.command("undo");
    assert_eq!(hands.app().editor().current().parties_len(), today.parties_len());
    let gone = hands.document().parties().all(|(id, _)| hands.document().has(Subject::Party(id)));
    assert!(gone && hands.app().editor().scenario().is_some(), "one step, and back where it was done");
}

#[test]
fn the_map_is_held_against_another_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("earlier.ron");
    let mut hands = Hands::on_sample(LOAN);
    std::fs::write(&path, peel::files::format::write(hands.document())).unwrap();
    hands.select_party("Risk review");
    hands.key(Modifiers::NONE, Key::Delete);
    hands.harness.state_mut().as_mut().unwrap().compare_with(path);
    for _ in 0..200 {
        hands.rest();
        if hands.says("Held against earlier.ron") {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    for words in ["3 differences", "party “Risk review” removed", "There", "Here"] {
        assert!(hands.says(words), "{words}");
    }
    hands.press_below("End the comparison");
    assert!(!hands.says("3 differences"));
}
