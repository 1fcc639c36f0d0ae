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
    pub fn says(&self, words: &str) -> bool {
        let has = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
            n.label().is_some_and(|l| l.contains(words)) || n.value().is_some_and(|v| v.contains(words))
        };
        self.harness.query_all_by(has).next().is_some()
    }

    fn press_named(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        self.rest();
    }

    /// Shows a state of the map.
    pub fn show(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::RadioButton, label).click();
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
    pub fn press_below(&mut self, words: &str) {
        let found = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
            n.role() == Role::Button && n.label().is_some_and(|l| l.contains(words))
        };
        let node = self.harness.query_all_by(found).next().unwrap_or_else(|| panic!("a button with {words:?}"));
        node.scroll_to_me();
        self.rest();
        self.press_with(words);
    }

    /// Presses one of the buttons of the page that is open, or of the strip; those that ask for files are left alone.
    pub fn press_anything(&mut self, which: usize) {
        let quiet = |label: &str| !label.contains('…') && !label.contains("Quit") && !label.contains("Start page");
        let button = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
            n.role() == Role::Button && n.label().is_some_and(|label| quiet(&label))
        };
        let rects: Vec<egui::Rect> = self.harness.query_all_by(button).map(|node| node.rect()).collect();
        // Below the menus, and not among the fields of the inspector.
        let inside = |rect: &&egui::Rect| rect.center().y > 70.0 && rect.center().x < 930.0;
        let rects: Vec<&egui::Rect> = rects.iter().filter(inside).collect();
        if let Some(rect) = (!rects.is_empty()).then(|| rects[which % rects.len()]) {
            self.click(rect.center(), egui::PointerButton::Primary, Modifiers::NONE);
        }
    }

    /// Drags the slider of this name to a share of its length.
    fn slide(&mut self, name: &str, to: f32) {
        self.harness.get_by_role_and_label(Role::Slider, name).scroll_to_me();
        self.rest();
        let rect = self.harness.get_by_role_and_label(Role::Slider, name).rect();
        let (from, y) = (rect.center().x, rect.center().y);
        // The value stands at its right.
        let length = rect.width() - 80.0;
        let at = |x: f32| Pos2::new(x, y);
        self.drag(at(from), at(rect.left() + to * length), Modifiers::NONE);
    }

    pub fn select_handoff(&mut self, from: &str, to: &str) {
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
    assert!(hands.app().what_if().is_empty(), "what was tried out is the scenario now");
    let shown = |hands: &Hands| {
        let of = hands.document().handoffs().find(|(_, h)| h.item == "Loan file").unwrap();
        of.1.complete_accurate_pct
    };
    let current = |hands: &Hands| hands.app().editor().current().clone();
    assert_eq!(shown(&hands), Some(tried[0]), "the scenario is shown");
    assert!(hands.says("62.4 % →"), "today and then stand side by side");
    hands.show("State: Today");
    assert_eq!(shown(&hands), Some(80.0));
    hands.show("State: Better files");
    hands.command("scenarios");
    for words in ["Side by side, for “Borrower”", "Better files", "Rolled %C&A"] {
        assert!(hands.says(words), "{words}");
    }
    hands.press_below("Make it the map");
    assert_eq!((shown(&hands), hands.app().editor().scenario()), (Some(tried[0]), None));
    hands.command("undo");
    assert!(hands.app().editor().scenario().is_some(), "back to what was shown");
    hands.command("undo");
    assert!(current(&hands) == at_first, "one step each");
}

#[test]
fn each_scenario_keeps_its_own_cost() {
    let mut hands = Hands::on_sample(LOAN);
    hands.key(Modifiers::NONE, Key::F8);
    hands.select_handoff("Submission", "Document check");
    let slider = "%C&A of Submission → Document check: Loan file";
    let costs = |hands: &Hands| -> Vec<_> { hands.document().scenarios().map(|(_, kept)| kept.cost).collect() };
    hands.slide(slider, 0.95);
    hands.focus("What it costs to get there");
    hands.type_text("1200");
    hands.press_below("Keep as scenario");
    hands.show("State: Today");
    hands.slide(slider, 0.9);
    hands.press_below("Keep as scenario");
    assert_eq!(costs(&hands), [Some(1200.0), None], "what was kept is not typed into the next");
    hands.show("State: Scenario 1");
    hands.slide(slider, 0.99);
    hands.press_below("Keep as another scenario");
    assert_eq!(costs(&hands), [Some(1200.0), None, None], "nor is it of one that is like it");
    assert_eq!(hands.document().scenarios().last().unwrap().1.changes.len(), 1, "the number once");
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

impl Hands {
    /// Lets frames pass until something is said that a thread has to work out first.
    fn wait_for(&mut self, words: &str) {
        for _ in 0..600 {
            self.rest();
            if self.says(words) {
                return;
            }
            std::thread::sleep(std::time::Duration::from_millis(20));
        }
        panic!("nobody says {words:?}");
    }
}

#[test]
fn the_spread_of_the_lead_time_is_simulated_beside_the_frames() {
    let mut hands = Hands::on_sample(LOAN);
    hands.key(Modifiers::NONE, Key::F9);
    hands.press_named("Simulate");
    hands.wait_for("Lead times from");
    assert!(hands.says("What drives the spread") && hands.says("95 % within"));
    assert!(hands.says("Enter a target lead time at the customer"));
    let borrower = hands.on_card("Borrower", 0.0, 20.0);
    hands.click(borrower, egui::PointerButton::Primary, Modifiers::NONE);
    hands.focus("Target lead time");
    hands.type_text("30 d");
    assert!(hands.says("simulate again for what is now"), "the figures are of the map as it was");
    hands.press_below("Simulate");
    hands.wait_for("In time by chance");
    assert!(!hands.says("simulate again for what is now"));
}

#[test]
fn figures_of_a_large_map_come_beside_the_frames() {
    use peel::geom::pt;
    use peel::model::{Document, Edit, Handoff, IdGen, Party, PartyId, PartyKind};
    let (mut ids, mut document, mut edits) = (IdGen::new(1, 1), Document::default(), Vec::new());
    let chain: Vec<PartyId> = (0..700).map(|_| ids.make()).collect();
    for (at, id) in chain.iter().enumerate() {
        let kind = if at == 699 { PartyKind::Customer } else { PartyKind::Process };
        let party = Party { process_time_h: Some(1.0), ..Party::named(format!("step {at}"), kind) };
        edits.extend([Edit::PutParty(*id, party), Edit::Place(*id, pt(at as f32 * 260.0, 0.0))]);
    }
    for pair in chain.windows(2) {
        let handoff =
            Handoff { complete_accurate_pct: Some(99.9), ..Handoff::between(Some(pair[0]), Some(pair[1]), "x") };
        edits.push(Edit::PutHandoff(ids.make(), handoff));
    }
    document.apply(edits).unwrap();
    let mut hands = Hands::on_new_map();
    hands.harness.state_mut().as_mut().unwrap().open_document(document);
    hands.wait_for("Lead time: ≥ 87.4 d");
    // 0.999 to the power of 699.
    hands.harness.get_by_role_and_label(Role::Button, "Rolled %C&A: 49.7 %");
    hands.key(Modifiers::NONE, Key::F7);
    assert!(hands.says("Handoff without a requirement (699)") && hands.says("and 599 more"));
}

#[test]
fn what_a_handoff_spoils_is_told_where_the_pointer_is() {
    let mut hands = Hands::on_sample(LOAN);
    assert!(hands.command("colour-loss"));
    let (a, b) = (hands.place("Risk review"), hands.place("Decision"));
    let before = hands.painted();
    let at = hands.app().on_screen(a.lerp(b, 0.5));
    hands.hover(at);
    hands.rest();
    let texts = hands.painted();
    let told = texts.iter().find(|text| text.contains("its failure spoils what"));
    let words = "6.5 % of what is lost on the way to Borrower · its failure spoils what 4 parties get further on";
    assert_eq!(told.map(|text| text.replace('\n', " ")).as_deref(), Some(words), "{texts:?}");
    assert!(!before.iter().any(|text| text.contains("spoils")));
}

impl Hands {
    /// All texts on the screen in the last frame.
    fn painted(&self) -> Vec<String> {
        let text = |shape: &egui::epaint::ClippedShape| match &shape.shape {
            egui::Shape::Text(text) => Some(text.galley.text().to_owned()),
            _ => None,
        };
        self.harness.output().shapes.iter().filter_map(text).collect()
    }
}
