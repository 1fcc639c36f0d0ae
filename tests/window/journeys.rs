//! Journeys from the keyboard, and what the window promises: no work lost, nothing drawn in vain.

use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use peel::model::{PartyKind, Subject};

use crate::hands::Hands;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// Case A of the method: its steps, and the item that each hands on.
const LAB: [(&str, &str); 7] = [
    ("Collection", "Labelled sample"),
    ("Transport", "Sealed rack"),
    ("Accessioning", "Registered sample"),
    ("Analysis", "Result"),
    ("Validation", "Valid result"),
    ("Report", "Lab report"),
    ("Clinician", ""),
];

fn is_the_lab_chain(hands: &Hands) {
    let names: Vec<&str> = LAB.iter().map(|(name, _)| *name).collect();
    assert_eq!(hands.names(), names, "the parties");
    let wanted: Vec<String> = LAB.windows(2).map(|w| format!("{} → {}: {}", w[0].0, w[1].0, w[0].1)).collect();
    assert_eq!(hands.handoffs(), wanted, "the handoffs");
    let places: Vec<_> = names.iter().map(|name| hands.place(name)).collect();
    for (i, a) in places.iter().enumerate() {
        for b in &places[i + 1..] {
            assert!((a.x - b.x).abs() > 190.0 || (a.y - b.y).abs() > 100.0, "no card covers another: {a:?} {b:?}");
        }
    }
}

#[test]
fn a_chain_is_drawn_by_keyboard_with_one_key_for_each_name_and_item() {
    let mut hands = Hands::on_new_map();
    hands.type_text(LAB[0].0);
    for pair in LAB.windows(2) {
        hands.key(NONE, Key::Tab);
        hands.type_text(pair[1].0);
        hands.key(NONE, Key::Tab);
        hands.type_text(pair[0].1);
    }
    hands.key(NONE, Key::Enter);
    is_the_lab_chain(&hands);
    hands.key(Modifiers::ALT, Key::Num2);
    assert_eq!(hands.party("Clinician").1.kind, PartyKind::Customer, "the last one is selected, and made the customer");
}

#[test]
fn nothing_is_lost_when_all_of_it_is_typed_within_one_frame() {
    let mut hands = Hands::on_new_map();
    hands.letters(LAB[0].0);
    for pair in LAB.windows(2) {
        hands.press(NONE, Key::Tab);
        hands.letters(pair[1].0);
        hands.press(NONE, Key::Tab);
        hands.letters(pair[0].1);
    }
    hands.press(NONE, Key::Enter);
    for _ in 0..12 {
        hands.rest();
    }
    is_the_lab_chain(&hands);
}

#[test]
fn a_chain_is_peeled_backwards_from_the_customer() {
    let mut hands = Hands::on_new_map();
    hands.type_text("Borrower");
    hands.key(Modifiers::SHIFT, Key::Tab);
    hands.type_text("Disbursement");
    hands.key(Modifiers::SHIFT, Key::Tab);
    hands.type_text("Loan paid out");
    hands.key(Modifiers::SHIFT, Key::Tab);
    hands.type_text("Offer");
    hands.key(NONE, Key::Enter);
    let wanted = ["Disbursement → Borrower: Loan paid out", "Offer → Disbursement: unnamed item"];
    assert_eq!(hands.handoffs(), wanted, "suppliers of suppliers");
    assert!(hands.place("Offer").x < hands.place("Disbursement").x, "further left");
    hands.key(NONE, Key::Enter);
    hands.type_text("Legal");
    hands.key(NONE, Key::Enter);
    assert!(
        hands.handoffs().contains(&"Legal → Disbursement: unnamed item".into()),
        "a sibling: {:?}",
        hands.handoffs()
    );
}

#[test]
fn escape_gives_the_old_name_back_and_leaves_no_step() {
    let mut hands = Hands::on_new_map();
    hands.type_text("Sales");
    hands.key(NONE, Key::Enter);
    let undo = hands.app().editor().undo_label().map(str::to_owned);
    hands.type_text("Marketing");
    assert_eq!(hands.names(), ["Marketing"], "typing replaces the name");
    hands.key(NONE, Key::Escape);
    assert_eq!(hands.names(), ["Sales"], "and Esc gives it back");
    assert_eq!(hands.app().editor().undo_label(), undo.as_deref(), "no step");
    hands.key(NONE, Key::F2);
    hands.key(NONE, Key::End);
    hands.type_text(" North");
    hands.key(NONE, Key::Enter);
    assert_eq!(hands.names(), ["Sales North"], "F2 edits the name as it is");
}

#[test]
fn typing_is_one_step_and_undo_is_named() {
    let mut hands = Hands::on_new_map();
    hands.type_text("Sales");
    hands.key(NONE, Key::Enter);
    assert_eq!(hands.app().editor().undo_label(), Some("rename party"), "named");
    hands.key(CTRL, Key::Z);
    assert_eq!(hands.names(), [""], "all letters at once");
    hands.key(CTRL, Key::Z);
    assert!(hands.document().is_empty(), "and the party");
    hands.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    hands.key(CTRL, Key::Y);
    assert_eq!(hands.names(), ["Sales"], "both ways to redo");
}

#[test]
fn the_title_tells_what_is_modified() {
    let mut hands = Hands::on_sample("Clinical laboratory");
    assert!(!hands.app().window_title().starts_with('●'), "{}", hands.app().window_title());
    hands.command("select-all");
    hands.key(NONE, Key::Delete);
    assert!(hands.document().is_empty(), "all deleted");
    assert!(hands.app().window_title().starts_with('●'), "{}", hands.app().window_title());
    hands.key(CTRL, Key::Z);
    assert!(!hands.app().window_title().starts_with('●'), "undone to what it was");
}

#[test]
fn cards_and_handoffs_have_names_for_screen_readers() {
    let hands = Hands::on_sample("Clinical laboratory");
    for (_, party) in hands.document().parties() {
        hands.harness.get_by_label(&party.name);
    }
    for name in hands.handoffs() {
        hands.harness.get_by_label(&name);
    }
}

#[test]
fn a_still_window_draws_nothing() {
    let mut hands = Hands::on_sample("Commercial loan");
    hands.harness.run();
    let drawn = hands.app().drawn();
    assert!(drawn > 0, "drawn at first");
    hands.harness.run_steps(20);
    assert_eq!(hands.app().drawn(), drawn, "not again while nothing changes");
    hands.hover(egui::pos2(500.0, 500.0));
    hands.harness.run();
    assert_eq!(hands.app().drawn(), drawn, "nor because the pointer moved");
    hands.key(CTRL, Key::Plus);
    hands.harness.run();
    assert!(hands.app().drawn() > drawn, "but after a zoom");
}

#[test]
fn a_wrong_number_stays_in_its_field_and_says_why() {
    let mut hands = Hands::on_new_map();
    hands.type_text("Sales");
    hands.key(NONE, Key::Enter);
    hands.focus("Process time");
    hands.type_text("90 min");
    assert_eq!(hands.party("Sales").1.process_time_h, Some(1.5), "as people say it");
    hands.type_text("x");
    assert_eq!(hands.party("Sales").1.process_time_h, Some(1.5), "the last right one stays");
    hands.harness.get_by_label_contains("not a duration");
    assert!(hands.harness.query_all_by_value("90 minx").count() > 0, "and so does the text");
}

#[test]
fn inputs_and_outputs_are_added_in_the_inspector() {
    let mut hands = Hands::on_new_map();
    hands.type_text("Planning");
    hands.key(NONE, Key::Enter);
    assert!(hands.harness.query_by_label("Add input").is_none(), "nothing to add yet");
    for (item, what, who, whom, button) in [
        ("order", "New input", "Sales", "Supplier (empty: nobody yet)", "Add input"),
        ("plan", "New output", "", "Customer (empty: nobody yet)", "Add output"),
    ] {
        for (label, text) in [(what, item), (whom, who)] {
            hands.focus(label);
            hands.type_text(text);
        }
        hands.harness.get_by_label(button).scroll_to_me();
        hands.rest();
        hands.harness.get_by_label(button).click();
        hands.rest();
    }
    let wanted = ["Sales → Planning: order", "Planning → nobody yet: plan"];
    assert_eq!(hands.handoffs(), wanted, "one with a new supplier, one without a customer");
}

#[test]
fn another_end_is_chosen_from_a_long_list_by_some_letters() {
    let mut hands = Hands::on_new_map();
    for at in 0..40 {
        hands.command("add-customer");
        hands.type_text(&format!("Desk {at}"));
        hands.key(NONE, Key::Enter);
    }
    let (id, _) = hands.document().handoffs().next().unwrap();
    let (first, last) = (hands.party("Desk 0").0, hands.party("Desk 37").0);
    let ends =
        |hands: &Hands| hands.document().handoff(id).map(|handoff| (handoff.supplier, handoff.customer)).unwrap();
    let before = ends(&hands);
    assert_eq!(before.0, Some(first));
    let context = hands.harness.ctx.clone();
    let select = peel::app::Action::Select(peel::editor::Selection::one(Subject::Handoff(id)));
    hands.harness.state_mut().as_mut().unwrap().act(&context, select);
    hands.rest();

    hands.harness.get_by_role_and_label(Role::ComboBox, "Customer").click();
    hands.rest();
    assert!(hands.harness.query_all_by_label("Desk 9").count() == 0, "further down than the list is high");
    hands.type_text("K 3");
    assert_eq!(hands.harness.query_all_by_label("Desk 3").count(), 1, "from the first that fits");
    hands.type_text("7");
    assert_eq!(hands.harness.query_all_by_label("Desk 2").count(), 0, "filtered");
    hands.key(NONE, Key::Enter);
    assert_eq!(ends(&hands), (Some(first), Some(last)), "Enter takes the first");
    assert_eq!(hands.harness.query_all_by_label("Filter by name").count(), 0, "and closes the list");

    hands.harness.get_by_role_and_label(Role::ComboBox, "Supplier").click();
    hands.rest();
    hands.harness.get_by_role_and_label(Role::Button, "Desk 10").click();
    hands.rest();
    assert_eq!(ends(&hands), (Some(hands.party("Desk 10").0), Some(last)), "a press takes one");
    hands.command("undo");
    hands.command("undo");
    assert_eq!(ends(&hands), before);
}

#[test]
fn find_jumps_to_what_it_finds() {
    let mut hands = Hands::on_sample("Commercial loan");
    hands.key(CTRL, Key::F);
    hands.type_text("risk rev");
    let selected = hands.app().editor().selection().single();
    assert_eq!(selected, Some(Subject::Party(hands.party("Risk review").0)), "found and selected");
}

#[test]
fn the_palette_runs_commands_by_some_letters() {
    let mut hands = Hands::on_sample("Commercial loan");
    hands.key(CTRL, Key::K);
    hands.type_text("select all");
    hands.key(NONE, Key::Enter);
    let count = hands.document().parties_len() + hands.document().handoffs_len();
    assert_eq!(hands.app().editor().selection().len(), count, "everything");
}

#[test]
fn walking_reaches_handoffs_and_parties() {
    let mut hands = Hands::on_sample("Clinical laboratory");
    hands.key(NONE, Key::Escape);
    let mut seen = Vec::new();
    for _ in 0..5 {
        hands.key(Modifiers::ALT, Key::ArrowRight);
        seen.push(hands.app().editor().selection().single());
    }
    assert!(matches!(seen[0], Some(Subject::Party(_))), "first a party: {seen:?}");
    assert!(matches!(seen[1], Some(Subject::Handoff(_))), "then what it gives: {seen:?}");
    assert!(matches!(seen[2], Some(Subject::Party(_))), "then who receives it: {seen:?}");
}

#[test]
fn copy_and_paste_go_through_text_so_that_they_work_between_windows() {
    let mut one = Hands::on_sample("Clinical laboratory");
    one.command("select-all");
    one.harness.input_mut().events.push(egui::Event::Copy);
    one.harness.step();
    let copied = one.harness.output().platform_output.commands.iter().find_map(|command| match command {
        egui::OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    let copied = copied.expect("something was copied");
    let mut two = Hands::on_new_map();
    two.harness.input_mut().events.push(egui::Event::Paste(copied));
    two.rest();
    assert_eq!(two.document().parties_len(), one.document().parties_len(), "all parties");
    let mut handoffs = (one.handoffs(), two.handoffs());
    handoffs.0.sort();
    handoffs.1.sort();
    assert_eq!(handoffs.0, handoffs.1, "all handoffs");
    let shared = two.document().parties().any(|(id, _)| one.document().party(id).is_some());
    assert!(!shared, "under ids of their own");
}

#[test]
fn a_mailed_list_is_pasted_as_parties_and_handoffs() {
    let mut hands = Hands::on_new_map();
    let list = "Sales -> Planning: order\n- Planning -> Shipping: plan\nQuality\n";
    hands.harness.input_mut().events.push(egui::Event::Paste(list.into()));
    hands.rest();
    assert_eq!(hands.names(), ["Sales", "Planning", "Shipping", "Quality"], "the parties");
    assert_eq!(hands.handoffs(), ["Sales → Planning: order", "Planning → Shipping: plan"], "the handoffs");
}

#[test]
fn tidy_puts_suppliers_left_of_customers_in_one_step() {
    let mut hands = Hands::on_new_map();
    let list = "C -> D: 3\nA -> B: 1\nB -> C: 2\n";
    hands.harness.input_mut().events.push(egui::Event::Paste(list.into()));
    hands.rest();
    let before = hands.document().clone();
    hands.command("tidy");
    let x: Vec<f32> = ["A", "B", "C", "D"].iter().map(|name| hands.place(name).x).collect();
    assert!(x.is_sorted(), "from left to right: {x:?}");
    hands.key(CTRL, Key::Z);
    assert_eq!(hands.document(), &before, "one step");
}

#[test]
fn every_command_runs_on_an_empty_map_and_on_a_full_one() {
    // These ask for a file or end the program; other tests do that.
    let leave = ["quit", "open", "save", "save-as", "export-tables", "import-tables", "copy-png", "welcome", "new"];
    for full in [false, true] {
        for id in peel::app::App::command_ids().filter(|id| !leave.contains(id)) {
            let mut hands = if full { Hands::on_sample("Commercial loan") } else { Hands::on_new_map() };
            if full {
                hands.command("select-all");
            }
            let before = hands.document().clone();
            hands.command(id);
            hands.key(NONE, Key::Escape);
            hands.key(NONE, Key::Escape);
            let mut undone = 0;
            while hands.app().editor().undo_label().is_some() && undone < 4 {
                hands.command("undo");
                undone += 1;
            }
            assert_eq!(hands.document(), &before, "{id} is undone");
        }
    }
}

#[test]
fn a_map_is_saved_by_the_dialog_and_opened_again() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("walk.ron");
    let state = dir.path().join("state");
    let dirs = peel::files::dirs::Dirs::below(&state);
    let make =
        move |ctx: &egui::Context| peel::app::App::new(ctx, Some(dirs.clone()), peel::model::IdGen::new(400_000, 1));
    let mut hands = Hands::with(make.clone());
    hands.command("new");
    hands.type_text("Sales");
    hands.key(NONE, Key::Tab);
    hands.type_text("Planning");
    hands.key(CTRL, Key::S);
    hands.focus("File");
    hands.key(CTRL, Key::A);
    hands.type_text(file.to_str().unwrap());
    hands.key(NONE, Key::Enter);
    for _ in 0..200 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        hands.harness.step();
        if hands.app().status().starts_with("Saved") {
            break;
        }
    }
    assert!(hands.app().status().starts_with("Saved"), "{}", hands.app().status());
    assert!(!hands.app().window_title().starts_with('●'), "{}", hands.app().window_title());
    let opened = peel::files::format::read(&std::fs::read(&file).unwrap()).unwrap().document;
    assert_eq!(&opened, hands.document(), "what is in the file is what is shown");
}

/// A file as a file manager drops it.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn a_file_dropped_on_the_window_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("dropped.ron");
    std::fs::write(&file, peel::files::samples::ALL[1].text).unwrap();
    let mut hands = Hands::at_welcome();
    hands.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(file)));
    hands.harness.step();
    hands.harness.input_mut().dropped_files.clear();
    for _ in 0..200 {
        std::thread::sleep(std::time::Duration::from_millis(10));
        hands.harness.step();
        if !hands.document().is_empty() {
            break;
        }
    }
    assert_eq!(hands.document(), &peel::files::samples::ALL[1].open(), "the map in the file");
    assert!(hands.app().window_title().starts_with("dropped.ron"), "{}", hands.app().window_title());
}
