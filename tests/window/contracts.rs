//! The handoff as a contract, in the window: requirements, observations, ratings, agreement, measures and voices.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::kittest::Queryable as _;
use peel::model::{Agreement, Contract, Direction, Handoff, Known, Raci, Side, VoiceKind, blind_spot, contract};

use super::hands::Hands;

const LOAN: &str = "Commercial loan";

impl Hands {
    fn handoff(&self, item: &str) -> &Handoff {
        let found = self.document().handoffs().find(|(_, h)| h.item == item);
        found.unwrap_or_else(|| panic!("{item}: {:?}", self.handoffs())).1
    }

    /// Presses a button of the inspector.
    fn press_button(&mut self, label: &str) {
        self.harness.get_by_role_and_label(Role::Button, label).click();
        self.rest();
    }

    /// Types over what a field holds.
    fn fill(&mut self, label: &str, text: &str) {
        self.focus(label);
        self.press(Modifiers::COMMAND, Key::A);
        self.type_text(text);
    }

    /// Chooses from a list.
    fn choose(&mut self, list: &str, option: &str) {
        self.harness.get_by_role_and_label(Role::ComboBox, list).scroll_to_me();
        self.rest();
        self.harness.get_by_role_and_label(Role::ComboBox, list).click();
        self.rest();
        self.press_button(option);
    }

    fn click_card(&mut self, name: &str) {
        let at = self.on_card(name, 0.0, 20.0);
        self.click(at, PointerButton::Primary, Modifiers::NONE);
    }

    /// Selects the handoff between two cards that stand beside each other.
    fn click_between(&mut self, from: &str, to: &str) {
        let (a, b) = (self.place(from), self.place(to));
        let at = self.app().on_screen(a.lerp(b, 0.5));
        self.click(at, PointerButton::Primary, Modifiers::NONE);
    }
}

#[test]
fn the_loan_turns_green_when_what_is_required_is_observed() {
    let mut hands = Hands::on_sample(LOAN);
    assert_eq!(contract(hands.handoff("Loan file")), Some(Contract::Failed));
    hands.click_between("Submission", "Document check");
    hands.press_button("Requirements 2");
    hands.fill("Period", "2026-11");
    hands.fill("Value", "80");
    hands.fill("Sample size", "40");
    hands.choose("How known", "Measured");
    hands.fill("By whom", "Ana");
    hands.press_button("Observe");
    let handoff = hands.handoff("Loan file");
    let latest = handoff.requirements[0].observations.latest().unwrap();
    assert_eq!((latest.value, latest.source().as_str()), (80.0, "2026-11, measured, n = 40, Ana"));
    assert_eq!(contract(handoff), Some(Contract::Met));
    let chart = |n: &egui_kittest::kittest::AccessKitNode<'_>| {
        n.role() == Role::Image && n.label().is_some_and(|l| l.contains("45 %") && l.contains("wanted ≥ 80 %"))
    };
    hands.harness.get_by(chart);
    // The next one is like it: one period on, everything else the same; Enter alone repeats the value.
    hands.focus("Value");
    hands.key(Modifiers::NONE, Key::Enter);
    let requirement = &hands.handoff("Loan file").requirements[0];
    let sources: Vec<String> =
        requirement.observations.all().iter().map(|o| format!("{} {}", o.value, o.source())).collect();
    assert_eq!(sources[1..], ["80 2026-11, measured, n = 40, Ana", "80 2026-12, measured, n = 40, Ana"]);
    hands.command("undo");
    hands.command("undo");
    assert_eq!(contract(hands.handoff("Loan file")), Some(Contract::Failed), "each is one step");
}

#[test]
fn a_pasted_column_is_many_observations_and_a_wrong_one_says_where() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_between("Submission", "Document check");
    hands.press_button("Requirements 2");
    hands.fill("Period", "2026-01");
    hands.focus("Value");
    hands.harness.event(Event::Paste("50\n55\nmany\n".into()));
    hands.rest();
    let count = |hands: &Hands| hands.handoff("Loan file").requirements[0].observations.len();
    assert_eq!(count(&hands), 1, "nothing was taken over");
    hands.harness.get_by_label_contains("line 3: “many” is not a number");
    hands.harness.event(Event::Paste("50\n55,5\n80 %\n".into()));
    hands.rest();
    let all = hands.handoff("Loan file").requirements[0].observations.clone();
    let said: Vec<String> = all.all().iter().skip(1).map(|o| format!("{} {}", o.when.unwrap(), o.value)).collect();
    assert_eq!(said, ["2026-01 50", "2026-02 55.5", "2026-03 80"]);
    assert!(hands.harness.query_by_label_contains("Not added").is_none(), "the old problem is gone");
    // One is opened, given another period, and removed.
    hands.press_button("Observation 55.5 % · 2026-02 · measured · Published case");
    hands.fill("n", "20");
    assert_eq!(hands.handoff("Loan file").requirements[0].observations.all()[2].sample_size, Some(20.0));
    hands.command("undo");
    hands.command("undo");
    assert_eq!(count(&hands), 1, "the paste is one step");
}

#[test]
fn a_requirement_says_while_it_is_typed_whether_it_can_be_tested() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_between("Credit assessment", "Risk review");
    hands.press_button("Requirements");
    hands.press_button("Add requirement");
    let says = |hands: &Hands, words: &str| hands.harness.query_all_by_label_contains(words).next().is_some();
    assert!(says(&hands, "no measure yet: nobody can say"));
    hands.fill("What is needed", "Rating with its reasons");
    hands.fill("Measure", "share of ratings with reasons");
    assert!(says(&hands, "no comparison yet"));
    hands.choose("Comparison", "at least (≥)");
    assert!(says(&hands, "no target yet: nobody can say whether this is met"));
    hands.fill("Target", "90");
    assert!(says(&hands, "not evaluated yet"));
    hands.fill("Value", "88");
    hands.key(Modifiers::NONE, Key::Enter);
    assert!(says(&hands, "must failed (-2)"));
    hands.fill("Tolerance ±", "2");
    assert!(says(&hands, "✓ met"));
    assert_eq!(contract(hands.handoff("Credit rating")), Some(Contract::Met));
}

#[test]
fn both_sides_rate_a_handoff_and_the_blind_spot_shows() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_between("Submission", "Document check");
    hands.press_button("Ratings");
    hands.fill("Who", "Ana");
    hands.fill("Overall", "4");
    hands.fill("Speed", "11");
    hands.press_button("Add rating");
    assert!(hands.harness.query_by_label_contains("Speed: must lie between 0 and 10").is_some());
    assert!(hands.handoff("Loan file").ratings.is_empty());
    hands.fill("Speed", "5");
    hands.press_button("Add rating");
    hands.choose("Side", "Supplier");
    hands.fill("Who", "Bo");
    hands.fill("Overall", "9");
    hands.key(Modifiers::NONE, Key::Enter);
    let ratings = &hands.handoff("Loan file").ratings;
    let said: Vec<_> = ratings.iter().map(|r| (r.side, r.who.as_str(), r.marks)).collect();
    let (ana, bo) = ([Some(5.0), None, None, Some(4.0)], [None, None, None, Some(9.0)]);
    assert_eq!(said, [(Side::Receiver, "Ana", ana), (Side::Supplier, "Bo", bo)]);
    assert_eq!(blind_spot(ratings, peel::model::Aspect::Overall), Some(5.0));
    assert!(hands.harness.query_by_label_contains("The supplier thinks better of it").is_some());
}

#[test]
fn an_agreement_keeps_who_was_told_what_and_one_is_accountable() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_between("Credit assessment", "Risk review");
    hands.press_button("Agreement");
    hands.fill("Contact", "Head of credit");
    hands.choose("Agreement", "Draft");
    hands.fill("What they were told", "Ratings need reasons");
    hands.choose("State from then on", "Discussed");
    hands.press_button("Note it");
    let handoff = hands.handoff("Credit rating");
    assert_eq!(handoff.agreement, Agreement::Discussed);
    let told: Vec<_> = handoff.told.iter().map(|t| (t.state, t.who.as_str(), t.what.as_str())).collect();
    assert_eq!(
        told,
        [(Agreement::Draft, "Head of credit", ""), (Agreement::Discussed, "Head of credit", "Ratings need reasons")]
    );
    assert!(handoff.told.iter().all(|t| t.when.is_some()));
    for who in ["Ana", "Bo"] {
        hands.fill("Who has a role", who);
        hands.choose("Role", "Accountable");
        hands.press_button("Add role");
    }
    let roles: Vec<_> = hands.handoff("Credit rating").roles.iter().map(|r| (r.who.clone(), r.raci)).collect();
    assert_eq!(roles, [("Ana".into(), Raci::Responsible), ("Bo".into(), Raci::Accountable)]);
}

#[test]
fn measures_show_their_balance_and_green_beside_red() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_card("Submission");
    hands.press_button("Measures");
    assert!(hands.harness.query_by_label_contains("No measure shows whether the promise is kept").is_some());
    hands.fill("New measure", "Files checked on the day they came");
    hands.key(Modifiers::NONE, Key::Enter);
    hands.fill("Target", "5");
    hands.choose("Direction", "lower is better");
    hands.choose("Leading or lagging", "lagging");
    hands.fill("Value", "4");
    hands.key(Modifiers::NONE, Key::Enter);
    let measure = &hands.party("Submission").1.measures[0];
    assert_eq!((measure.direction, measure.met()), (Direction::Lower, Some(true)));
    assert_eq!(measure.observations.latest().unwrap().known, Some(Known::Guess));
    assert!(hands.harness.query_by_label_contains("Local green, whole red").is_some());
    assert!(hands.harness.query_by_label_contains("0 leading, 1 lagging").is_some());
}

#[test]
fn what_customers_said_becomes_a_matrix_and_a_list_of_opportunities() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_card("Document check");
    hands.press_button("Voice");
    for (words, importance, satisfaction) in [("Nothing is missing", "9", "3"), ("Fast", "9", "9")] {
        hands.choose("Whose voice", "Credit assessment");
        hands.fill("In their words", words);
        hands.fill("Importance", importance);
        hands.fill("Satisfaction", satisfaction);
        hands.key(Modifiers::NONE, Key::Enter);
    }
    let party = hands.party("Document check").1;
    assert_eq!(party.voices.len(), 2);
    assert!(hands.harness.query_by_label_contains("Gap matrix of 2 expectations").is_some());
    hands.press_button("Nothing is missing");
    assert!(hands.harness.query_by_label_contains("opportunity").is_none(), "the row is named by its words alone");
    hands.choose("What it is", "Recommendation");
    hands.fill("Answer", "9");
    hands.press_button("Add voice");
    let party = hands.party("Document check").1;
    assert_eq!((party.voices[2].kind, party.voices[2].satisfaction), (VoiceKind::Recommendation, Some(9.0)));
    assert!(hands.harness.query_by_label_contains("1 answers are too few for a score").is_some());
}

/// Waits until the status line begins like this.
fn until_said(hands: &mut Hands, words: &str) {
    for _ in 0..300 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        hands.harness.step();
        if hands.app().status().starts_with(words) {
            return;
        }
    }
    panic!("{words}: {}", hands.app().status());
}

#[test]
fn a_brief_is_saved_in_every_form_and_saving_it_notes_that_the_supplier_was_told() {
    let dir = tempfile::tempdir().unwrap();
    let mut hands = Hands::on_sample(LOAN);
    hands.click_card("Risk review");
    for (button, name, begins) in [("PDF…", "a.pdf", "%PDF-"), ("HTML…", "a.html", "<!"), ("Markdown…", "a.md", "#")]
    {
        assert!(hands.command("brief"));
        hands.press_button(button);
        hands.fill("File", dir.path().join(name).to_str().unwrap());
        hands.key(Modifiers::NONE, Key::Enter);
        until_said(&mut hands, "Written");
        let bytes = std::fs::read(dir.path().join(name)).unwrap();
        assert!(bytes.starts_with(begins.as_bytes()), "{name}");
    }
    let text = std::fs::read_to_string(dir.path().join("a.md")).unwrap();
    assert!(text.contains("Conditions listed one by one"), "{text}");
    let handoff = hands.handoff("Risk opinion");
    assert_eq!(handoff.agreement, Agreement::Sent);
    let told: Vec<_> = handoff.told.iter().map(|told| (told.state, told.what.as_str())).collect();
    assert_eq!(told, [(Agreement::Sent, "Supplier brief"); 3], "each time");
    hands.command("undo");
    hands.command("undo");
    hands.command("undo");
    assert_eq!(hands.handoff("Risk opinion").agreement, Agreement::None);
}

#[test]
fn a_brief_goes_into_a_mail_and_need_not_be_noted() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_between("Submission", "Document check");
    assert!(hands.command("brief"));
    hands.harness.get_by_label_contains("that Submission was told").click();
    hands.rest();
    hands.press_button("Copy for mail");
    assert!(hands.app().status().starts_with("Copied"), "{}", hands.app().status());
    assert!(hands.handoff("Loan file").told.is_empty(), "not noted");
    assert!(hands.command("brief-mirror"));
    assert!(hands.harness.query_by_label_contains("was told").is_none(), "only a supplier is told");
    hands.press_button("Close");
}

#[test]
fn a_survey_sheet_is_saved_for_a_customer_of_a_process() {
    let dir = tempfile::tempdir().unwrap();
    let mut hands = Hands::on_sample(LOAN);
    hands.click_card("Document check");
    for (button, name, holds) in
        [("Save as page to fill in…", "s.html", "Credit assessment"), ("Save as table…", "s.csv", "importance")]
    {
        assert!(hands.command("survey"));
        hands.press_button(button);
        hands.fill("File", dir.path().join(name).to_str().unwrap());
        hands.key(Modifiers::NONE, Key::Enter);
        until_said(&mut hands, "Written");
        let text = std::fs::read_to_string(dir.path().join(name)).unwrap();
        assert!(text.contains(holds), "{text}");
    }
}

#[test]
fn all_handoffs_are_typed_into_as_a_table() {
    let mut hands = Hands::on_sample(LOAN);
    hands.key(Modifiers::COMMAND, Key::Num8);
    // Rows by supplier: Submission is the last of nine; the first key enters the table.
    for _ in 0..9 {
        hands.key(Modifiers::NONE, Key::ArrowDown);
    }
    for _ in 0..6 {
        hands.key(Modifiers::NONE, Key::ArrowRight);
    }
    hands.type_text("93");
    hands.key(Modifiers::NONE, Key::Tab);
    hands.type_text("101");
    hands.key(Modifiers::NONE, Key::Tab);
    assert!(hands.app().status().contains("between 0 and 100"), "{}", hands.app().status());
    let handoff = hands.handoff("Loan file");
    assert_eq!((handoff.complete_accurate_pct, handoff.on_time_pct), (Some(93.0), None));
    for _ in 0..4 {
        hands.key(Modifiers::NONE, Key::ArrowRight);
    }
    hands.type_text("agreed");
    hands.key(Modifiers::NONE, Key::Enter);
    let handoff = hands.handoff("Loan file");
    assert_eq!(handoff.agreement, Agreement::Agreed);
    assert_eq!(handoff.told.len(), 1, "noted with its day");
    assert!(handoff.told[0].when.is_some());
    // The state follows from the rest: letters do nothing there.
    for _ in 0..8 {
        hands.key(Modifiers::NONE, Key::ArrowLeft);
    }
    let before = hands.document().clone();
    hands.type_text("met");
    hands.key(Modifiers::NONE, Key::Escape);
    assert_eq!(&before, hands.document());
    // A block is pasted from the first cell on.
    for _ in 0..12 {
        hands.key(Modifiers::NONE, Key::ArrowUp);
    }
    for _ in 0..12 {
        hands.key(Modifiers::NONE, Key::ArrowLeft);
    }
    for _ in 0..12 {
        hands.key(Modifiers::NONE, Key::ArrowDown);
    }
    hands.harness.event(Event::Paste("Notary\tDeed\tDisbursement\n".into()));
    hands.rest();
    let handoffs = hands.handoffs();
    assert!(handoffs.contains(&"Notary → Disbursement: Deed".into()), "{handoffs:?} {}", hands.app().status());
}

#[test]
fn a_requirement_is_added_by_its_command_and_named_at_once() {
    let mut hands = Hands::on_sample(LOAN);
    hands.click_between("Submission", "Document check");
    assert!(hands.command("add-requirement"));
    hands.type_text("Signed by the customer");
    hands.rest();
    let requirements = &hands.handoff("Loan file").requirements;
    assert_eq!(requirements.last().map(|r| r.text.as_str()), Some("Signed by the customer"));
    assert_eq!(requirements.len(), 3, "the others are as they were");
    hands.press_button("All documents of the checklist: ≥ 95 % (actual ≈ 96 %)");
    hands.fill("Target", "97");
    assert_eq!(contract(hands.handoff("Loan file")), Some(Contract::Failed), "96 is short of it, as 45 is of 80");
    assert_eq!(hands.handoff("Loan file").requirements[1].target, Some(97.0));
}
