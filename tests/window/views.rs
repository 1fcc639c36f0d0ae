//! The views in the window: shown, edited, peeled, presented, kept and exported.

use std::collections::BTreeSet;

use egui::accesskit::Role;
use egui::{Key, Modifiers, PointerButton};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use peel::model::{Subject, ViewKind};

use crate::hands::Hands;

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

fn loan() -> Hands {
    Hands::on_sample("Commercial loan")
}

/// The names on the canvas, of parties.
fn shown(hands: &Hands) -> BTreeSet<String> {
    let document = hands.document();
    let names: BTreeSet<String> = document.parties().map(|(id, _)| document.name_of(id)).collect();
    let items = hands.harness.query_all_by_role(Role::ListItem);
    items.filter_map(|node| node.accesskit_node().label()).filter(|label| names.contains(label)).collect()
}

fn click_card(hands: &mut Hands, name: &str) {
    let at = hands.harness.get_by_role_and_label(Role::ListItem, name).rect().center();
    hands.click(at, PointerButton::Primary, NONE);
}

#[test]
fn every_view_shows_the_parties_and_keeps_the_selection() {
    let mut hands = loan();
    hands.harness.get_by_role_and_label(Role::ListItem, "Risk review");
    click_card(&mut hands, "Risk review");
    let selected = hands.app().editor().selection().clone();
    for (key, kind) in [
        (Key::Num2, ViewKind::Chain),
        (Key::Num3, ViewKind::Onion),
        (Key::Num4, ViewKind::Lanes),
        (Key::Num1, ViewKind::Map),
    ] {
        hands.key(CTRL, key);
        assert_eq!(hands.app().view().kind, kind);
        assert_eq!(shown(&hands).len(), 8, "{kind:?}");
        assert_eq!(hands.app().editor().selection(), &selected, "{kind:?}");
        let before = hands.app().drawn();
        hands.rest();
        assert_eq!(hands.app().drawn(), before, "{kind:?} comes to rest");
    }
    assert!(hands.app().editor().undo_label().is_none(), "looking is no edit");
}

#[test]
fn what_a_view_does_not_show_is_named_in_the_inspector() {
    let mut hands = Hands::on_new_map();
    hands.command("view-snowball");
    // Without a customer the snowball shows nobody, the party neither that the first letter adds.
    hands.letters("请");
    hands.rest();
    hands.letters("x");
    hands.rest();
    hands.rest();
    assert_eq!(hands.names(), ["请x"]);
    hands.key(NONE, Key::Escape);
    // A face with the letter is looked for on a thread, and all is drawn anew when one is found.
    hands.until("the face is there", |hands| !hands.app().is_working());
    hands.rest();
    let before = hands.app().drawn();
    hands.rest();
    assert_eq!(hands.app().drawn(), before, "comes to rest");
    hands.command("undo");
    hands.command("undo");
    hands.rest();
    assert!(hands.document().is_empty(), "taken back for good");

    // The page of the inspector that begins with the name is opened, whatever page it was at.
    let mut hands = Hands::on_new_map();
    hands.command("add-party");
    hands.key(NONE, Key::Escape);
    hands.harness.get_by_role_and_label(Role::Button, "Voice").click();
    hands.rest();
    hands.command("view-timeline");
    hands.harness.get_by_role_and_label(Role::Button, "Voice");
    hands.command("rename");
    hands.rest();
    hands.rest();
    hands.type_text("Baker");
    assert_eq!(hands.names(), ["Baker"]);
}

#[test]
fn names_are_edited_in_place_in_the_views_that_arrange_themselves() {
    for (key, kind) in [(Key::Num2, ViewKind::Chain), (Key::Num3, ViewKind::Onion), (Key::Num4, ViewKind::Lanes)] {
        let mut hands = loan();
        hands.key(CTRL, key);
        click_card(&mut hands, "Decision");
        hands.type_text("Final decision");
        hands.key(NONE, Key::Enter);
        assert!(hands.names().contains(&"Final decision".into()), "{kind:?}: {:?}", hands.names());
        hands.key(NONE, Key::Tab);
        hands.type_text("Archive");
        hands.key(NONE, Key::Enter);
        assert!(hands.handoffs().iter().any(|h| h.starts_with("Final decision → Archive")), "{kind:?}");
        assert!(shown(&hands).contains("Archive"), "{kind:?} shows what was added");
    }
}

#[test]
fn a_card_cannot_be_dragged_where_it_places_itself() {
    let mut hands = loan();
    let before = hands.document().clone();
    hands.key(CTRL, Key::Num2);
    let at = hands.harness.get_by_role_and_label(Role::ListItem, "Decision").rect().center();
    hands.drag(at, at + egui::vec2(0.0, 120.0), NONE);
    assert_eq!(hands.document(), &before);
    assert!(hands.app().status().contains("arranges itself"), "{}", hands.app().status());
}

#[test]
fn use_as_positions_is_one_step() {
    let mut hands = loan();
    let before = hands.document().clone();
    hands.key(CTRL, Key::Num2);
    hands.command("use-as-positions");
    assert_eq!(hands.app().view().kind, ViewKind::Map);
    let heights: BTreeSet<i32> = hands.names().iter().map(|name| hands.place(name).y as i32).collect();
    assert_eq!(heights.len(), 1, "a chain stands in a row: {heights:?}");
    hands.key(CTRL, Key::Z);
    assert_eq!(hands.document(), &before, "taken back in one step");
}

#[test]
fn peeling_a_filter_and_a_spotlight_show_what_they_should() {
    let mut hands = loan();
    hands.key(CTRL, Key::Num3);
    for fewer in (0..7).rev() {
        hands.key(NONE, Key::OpenBracket);
        assert_eq!(hands.app().view().layers, Some(fewer));
        assert_eq!(shown(&hands).len(), fewer + 1, "to layer {fewer}");
    }
    assert_eq!(shown(&hands), ["Borrower".to_owned()].into());
    hands.key(NONE, Key::CloseBracket);
    assert_eq!(shown(&hands).len(), 2);
    hands.command("plain-view");
    assert_eq!(shown(&hands).len(), 8);
    hands.focus("Filter");
    hands.type_text("credit");
    let found = ["Credit assessment".to_owned(), "Decision".to_owned()];
    assert_eq!(shown(&hands), found.into(), "by name and by department");
    hands.command("plain-view");
    click_card(&mut hands, "Document check");
    hands.command("spotlight");
    assert_eq!(hands.app().view().spotlight, Some(hands.party("Document check").0));
    assert_eq!(shown(&hands).len(), 8, "the others are pale, not gone");
}

#[test]
fn the_sipoc_is_typed_into_from_cell_to_cell() {
    let mut hands = loan();
    hands.key(CTRL, Key::Num5);
    // The first cell, down to the row for a new input of the first process, and a new supplier.
    hands.key(NONE, Key::ArrowDown);
    hands.key(NONE, Key::ArrowDown);
    hands.key(NONE, Key::ArrowDown);
    hands.type_text("Notary");
    hands.key(NONE, Key::Tab);
    hands.type_text("Certified copy");
    hands.key(NONE, Key::Tab);
    hands.type_text("not older than three months");
    hands.key(NONE, Key::Enter);
    let made = hands.document().handoffs().find(|(_, h)| h.item == "Certified copy").map(|(_, h)| (**h).clone());
    let made = made.expect("a handoff");
    assert_eq!(made.requirements.len(), 1, "{made:?}");
    assert_eq!(made.requirements[0].text, "not older than three months");
    assert_eq!(made.supplier, Some(hands.party("Notary").0), "a new party");
    assert_eq!(made.customer, Some(hands.party("Submission").0));
    for _ in 0..3 {
        hands.key(CTRL, Key::Z);
    }
    assert!(!hands.names().contains(&"Notary".into()), "a cell is a step");
}

#[test]
fn escape_in_a_cell_changes_nothing_and_a_wrong_cell_says_why() {
    let mut hands = loan();
    let before = hands.document().clone();
    hands.key(CTRL, Key::Num5);
    hands.key(NONE, Key::Tab);
    hands.type_text("Somebody else");
    hands.key(NONE, Key::Escape);
    assert_eq!(hands.document(), &before);
    // A party cannot supply itself.
    hands.type_text("Submission");
    hands.key(NONE, Key::Enter);
    assert_eq!(hands.document(), &before);
    assert!(hands.app().status().starts_with("Not changed:"), "{}", hands.app().status());
}

#[test]
fn a_block_is_pasted_into_the_sipoc_and_copied_out() {
    let mut hands = loan();
    hands.key(CTRL, Key::Num5);
    for _ in 0..3 {
        hands.key(NONE, Key::ArrowDown);
    }
    let block = "Notary\tCertified copy\nRegister\tExtract\n";
    hands.harness.input_mut().events.push(egui::Event::Paste(block.into()));
    hands.rest();
    let handoffs = hands.handoffs();
    assert!(handoffs.contains(&"Notary → Submission: Certified copy".into()), "{handoffs:?}");
    assert!(handoffs.contains(&"Register → Submission: Extract".into()), "{handoffs:?}");
    assert_eq!(hands.app().status(), "Pasted 4 cells.");
    hands.key(CTRL, Key::Z);
    assert_eq!(hands.names().len(), 8, "one step");
}

#[test]
fn a_cell_of_the_silos_selects_its_handoffs() {
    let mut hands = loan();
    hands.key(CTRL, Key::Num6);
    hands.key(NONE, Key::ArrowDown);
    let mut most = 0;
    for _ in 0..40 {
        hands.key(NONE, Key::ArrowRight);
        let selection = hands.app().editor().selection();
        assert!(selection.iter().all(|subject| matches!(subject, Subject::Handoff(_))));
        most = most.max(selection.len());
    }
    assert!(most >= 2, "some department hands on more than once to another");
}

#[test]
fn the_onion_is_peeled_before_an_audience_with_the_arrow_keys() {
    let mut hands = loan();
    hands.key(CTRL, Key::Num2);
    hands.key(NONE, Key::F5);
    assert_eq!(shown(&hands), ["Borrower".to_owned()].into(), "the customer alone");
    assert!(hands.harness.query_by_label("File").is_none(), "panels are gone");
    for layer in 1..=7 {
        hands.key(NONE, Key::ArrowRight);
        assert_eq!(shown(&hands).len(), layer + 1);
    }
    assert!(hands.harness.query_by_label("62.4 %").is_some(), "the figures of what is in view");
    hands.key(NONE, Key::ArrowLeft);
    assert_eq!(shown(&hands).len(), 7);
    click_card(&mut hands, "Decision");
    assert_eq!(hands.app().view().spotlight, Some(hands.party("Decision").0), "a click spotlights");
    hands.key(NONE, Key::Escape);
    assert_eq!(hands.app().view().spotlight, None);
    let decision = hands.harness.get_by_role_and_label(Role::ListItem, "Decision").rect().center();
    hands.double_click(decision);
    hands.type_text("Verdict");
    hands.key(NONE, Key::Enter);
    assert!(hands.names().contains(&"Verdict".into()), "editing goes on");
    hands.key(NONE, Key::Escape);
    hands.key(NONE, Key::Escape);
    assert_eq!(hands.app().view().kind, ViewKind::Chain, "back to where it was");
    assert!(hands.harness.query_by_label("File").is_some());
}

#[test]
fn views_are_kept_named_put_in_order_and_presented() {
    let mut hands = loan();
    hands.key(CTRL, Key::Num2);
    hands.key(CTRL, Key::B);
    hands.type_text("The whole chain");
    hands.key(NONE, Key::Escape);
    hands.key(CTRL, Key::Num4);
    hands.key(CTRL, Key::B);
    let names = |hands: &Hands| -> Vec<String> {
        hands.document().views_in_order().iter().map(|(_, view)| view.name.clone()).collect()
    };
    assert_eq!(names(&hands), ["The whole chain", "Lanes"]);
    hands.harness.get_by_role_and_label(Role::Button, "Up").click();
    hands.rest();
    assert_eq!(names(&hands), ["Lanes", "The whole chain"]);
    hands.key(NONE, Key::Escape);
    hands.key(CTRL, Key::Num1);
    hands.key(NONE, Key::F5);
    assert_eq!(hands.app().view().kind, ViewKind::Lanes);
    hands.key(NONE, Key::ArrowRight);
    assert_eq!(hands.app().view().kind, ViewKind::Chain);
    hands.key(NONE, Key::ArrowRight);
    assert_eq!(hands.app().view().kind, ViewKind::Chain, "the last one");
    hands.key(NONE, Key::ArrowLeft);
    assert_eq!(hands.app().view().kind, ViewKind::Lanes);
    hands.key(NONE, Key::Escape);
    assert_eq!(hands.app().view().kind, ViewKind::Map);
    for _ in 0..4 {
        hands.command("undo");
    }
    assert_eq!(names(&hands), Vec::<String>::new(), "part of the map, and undone like all of it");
}

#[test]
fn a_lane_is_put_elsewhere_by_its_name() {
    let mut hands = loan();
    hands.key(CTRL, Key::Num4);
    let lanes = hands.app().lanes();
    let (first, last) = (&lanes[0], &lanes[3]);
    hands.drag(first.1, last.1 + egui::vec2(0.0, 8.0), NONE);
    let order = &hands.document().info().lane_order;
    assert_eq!(order.last(), Some(&first.0), "{order:?}");
    assert_eq!(hands.app().lanes()[3].0, first.0);
    hands.key(CTRL, Key::Z);
    assert_eq!(hands.app().lanes()[0].0, first.0);
}
