//! The pointer on the canvas.

use egui::{Key, Modifiers, PointerButton, pos2, vec2};

use crate::hands::Hands;

const NONE: Modifiers = Modifiers::NONE;

/// Two parties side by side, not connected: "A" at the left, "B" at the right.
fn two() -> Hands {
    let mut hands = Hands::on_new_map();
    hands.double_click(pos2(300.0, 300.0));
    hands.type_text("A");
    hands.key(NONE, Key::Enter);
    hands.double_click(pos2(700.0, 300.0));
    hands.type_text("B");
    hands.key(NONE, Key::Enter);
    hands.click(pos2(450.0, 650.0), PointerButton::Primary, NONE);
    assert_eq!(hands.names(), ["A", "B"], "two parties");
    hands
}

#[test]
fn double_click_on_the_paper_adds_a_party_there() {
    let mut hands = Hands::on_new_map();
    hands.double_click(pos2(420.0, 260.0));
    hands.type_text("Sales");
    hands.key(NONE, Key::Enter);
    let at = hands.on_card("Sales", 0.0, 0.0);
    assert!(at.distance(pos2(420.0, 260.0)) < 1.0, "where it was clicked: {at:?}");
}

#[test]
fn a_click_never_moves_a_card_wherever_it_hits() {
    let mut hands = two();
    let before = hands.document().clone();
    for (dx, dy) in [(80.0, 30.0), (-85.0, -30.0), (0.0, 0.0)] {
        let at = hands.on_card("A", dx, dy);
        hands.click(at, PointerButton::Primary, NONE);
        hands.click(at, PointerButton::Secondary, NONE);
        hands.key(NONE, Key::Escape);
    }
    assert_eq!(hands.document(), &before, "nothing moved");
}

#[test]
fn a_drag_keeps_the_grab_point_and_is_one_step() {
    let mut hands = two();
    let (before, from) = (hands.place("A"), hands.on_card("A", 70.0, 20.0));
    // Ctrl suspends snapping, so that the way is exact.
    hands.drag(from, from + vec2(33.0, 57.0), Modifiers::COMMAND);
    let moved = hands.place("A") - before;
    assert!((moved.x - 33.0).abs() < 0.1 && (moved.y - 57.0).abs() < 0.1, "{moved:?}");
    hands.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(hands.place("A"), before, "one step");
}

#[test]
fn many_are_dragged_together() {
    let mut hands = two();
    hands.command("select-all");
    let (a, b) = (hands.place("A"), hands.place("B"));
    let from = hands.on_card("B", 10.0, 10.0);
    hands.drag(from, from + vec2(0.0, 80.0), Modifiers::COMMAND);
    assert_eq!(hands.place("A") - a, hands.place("B") - b, "by the same way");
    assert_ne!(hands.place("A"), a, "moved");
    assert_eq!(hands.app().editor().undo_label(), Some("move 2 parties"), "named");
}

#[test]
fn escape_drops_a_drag() {
    let mut hands = two();
    let (before, from) = (hands.place("A"), hands.on_card("A", 0.0, 0.0));
    hands.hover(from);
    let button =
        |pressed| egui::Event::PointerButton { pos: from, button: PointerButton::Primary, pressed, modifiers: NONE };
    hands.harness.event(button(true));
    hands.harness.step();
    hands.hover(from + vec2(90.0, 0.0));
    hands.hover(from + vec2(120.0, 0.0));
    hands.key(NONE, Key::Escape);
    hands.harness.event(button(false));
    hands.rest();
    assert_eq!(hands.place("A"), before, "as it was");
}

#[test]
fn a_handle_dragged_to_a_card_connects() {
    let mut hands = two();
    let card = hands.on_card("A", 0.0, 0.0);
    hands.hover(card);
    let handle = hands.on_card("A", 92.0 + 13.0, 0.0);
    let target = hands.on_card("B", -20.0, 10.0);
    hands.drag(handle, target, NONE);
    hands.type_text("order");
    hands.key(NONE, Key::Enter);
    assert_eq!(hands.handoffs(), ["A → B: order"], "and the item is named at once");
}

#[test]
fn a_handle_dropped_on_the_paper_adds_and_connects() {
    let mut hands = two();
    hands.hover(hands.on_card("A", 0.0, 0.0));
    let handle = hands.on_card("A", -92.0 - 13.0, 0.0);
    hands.drag(handle, pos2(150.0, 600.0), NONE);
    hands.type_text("C");
    hands.key(NONE, Key::Tab);
    hands.type_text("parts");
    hands.key(NONE, Key::Enter);
    assert_eq!(hands.handoffs(), ["C → A: parts"], "the left handle makes a supplier");
    hands.key(Modifiers::COMMAND, Key::Z);
    hands.key(Modifiers::COMMAND, Key::Z);
    hands.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(hands.names(), ["A", "B"], "party and handoff went in one step");
}

#[test]
fn an_end_dragged_to_another_card_is_attached_there() {
    let mut hands = two();
    hands.command("select-all");
    hands.command("connect");
    hands.type_text("order");
    hands.key(NONE, Key::Enter);
    hands.double_click(pos2(700.0, 600.0));
    hands.type_text("C");
    hands.key(NONE, Key::Enter);
    // Select the handoff, then drag its end from B to C.
    let middle = hands.on_card("A", 200.0, 0.0);
    hands.click(middle, PointerButton::Primary, NONE);
    let end = hands.on_card("B", -92.0, 0.0);
    let to = hands.on_card("C", 0.0, 0.0);
    hands.drag(end, to, NONE);
    assert_eq!(hands.handoffs(), ["A → C: order"], "re-attached");
    // Its other end stands at the middle of A's right side, just beside the handle of A.
    hands.drag(hands.on_card("A", 92.0, 0.0), pos2(180.0, 640.0), NONE);
    assert_eq!(hands.handoffs(), ["nobody yet → C: order"], "an end dropped on the paper is open");
}

#[test]
fn where_all_is_selected_a_drag_moves_cards_and_no_end() {
    let mut hands = two();
    hands.command("select-all");
    hands.command("connect");
    hands.type_text("order");
    hands.key(NONE, Key::Enter);
    hands.command("select-all");
    let before = (hands.place("A"), hands.place("B"));
    let end = hands.on_card("B", -90.0, 0.0);
    hands.drag(end, end + vec2(40.0, 120.0), NONE);
    assert_eq!(hands.handoffs(), ["A → B: order"], "the end that stands there stays");
    assert_ne!(hands.place("B"), before.1, "the card goes");
    assert_eq!(hands.place("B") - hands.place("A"), before.1 - before.0, "and the other one with it");
}

#[test]
fn from_far_away_no_handle_covers_the_cards_beside() {
    let mut hands = two();
    for _ in 0..8 {
        hands.command("zoom-out");
    }
    let (a, b) = (hands.on_card("A", 0.0, 0.0), hands.on_card("B", 0.0, 0.0));
    assert!(a.distance(b) < 80.0, "far away: {a} {b}");
    hands.click(a, PointerButton::Primary, NONE);
    hands.drag(hands.on_card("A", 92.0, 0.0) + vec2(13.0, 0.0), b, NONE);
    assert!(hands.handoffs().is_empty(), "no handle was taken hold of");
}

#[test]
fn marquee_and_shift_click_select() {
    let mut hands = two();
    hands.drag(pos2(150.0, 150.0), pos2(900.0, 450.0), NONE);
    assert_eq!(hands.app().editor().selection().parties().count(), 2, "both inside");
    hands.click(hands.on_card("B", 0.0, 0.0), PointerButton::Primary, Modifiers::SHIFT);
    assert_eq!(hands.app().editor().selection().single_party(), Some(hands.party("A").0), "one taken out");
    hands.click(pos2(450.0, 650.0), PointerButton::Primary, NONE);
    assert!(hands.app().editor().selection().is_empty(), "a click on the paper selects nothing");
    let touch = (hands.on_card("A", 100.0, 60.0), hands.on_card("A", 60.0, -60.0));
    hands.drag(touch.0, touch.1, NONE);
    assert_eq!(hands.app().editor().selection().parties().count(), 1, "drawn to the left it takes what it touches");
}

#[test]
fn alt_drag_leaves_the_card_and_moves_a_copy() {
    let mut hands = two();
    let (before, from) = (hands.place("A"), hands.on_card("A", 0.0, 0.0));
    hands.drag(from, from + vec2(0.0, 200.0), Modifiers::ALT);
    assert_eq!(hands.names(), ["A", "B", "A"], "a copy");
    let places: Vec<_> = hands
        .document()
        .parties()
        .filter(|(_, p)| p.name == "A")
        .filter_map(|(id, _)| hands.document().place(id))
        .collect();
    assert!(places.contains(&before), "the first one stays: {places:?}");
}

#[test]
fn the_wheel_pans_and_with_ctrl_it_zooms_at_the_pointer() {
    let mut hands = two();
    let pointer = hands.on_card("A", 0.0, 0.0);
    hands.hover(pointer);
    let wheel = |delta, modifiers| egui::Event::MouseWheel {
        unit: egui::MouseWheelUnit::Point,
        delta,
        modifiers,
        phase: egui::TouchPhase::Move,
    };
    hands.harness.event(wheel(vec2(0.0, -60.0), NONE));
    hands.harness.run_steps(30);
    let panned = hands.on_card("A", 0.0, 0.0);
    assert!((panned.y - pointer.y + 60.0).abs() < 1.0 && (panned.x - pointer.x).abs() < 0.1, "{panned:?}");
    hands.hover(panned);
    hands.modifiers(Modifiers::COMMAND);
    hands.harness.event(wheel(vec2(0.0, 120.0), Modifiers::COMMAND));
    hands.harness.run_steps(30);
    hands.modifiers(NONE);
    let zoomed = hands.on_card("A", 0.0, 0.0);
    assert!(zoomed.distance(panned) < 1.0, "the card under the pointer stays: {zoomed:?}");
    let width = hands.on_card("A", 100.0, 0.0).x - zoomed.x;
    assert!(width > 110.0, "and is larger: {width}");
}

#[test]
fn middle_drag_pans() {
    let mut hands = two();
    let before = hands.on_card("A", 0.0, 0.0);
    hands.drag_with(pos2(450.0, 600.0), pos2(500.0, 560.0), NONE, PointerButton::Middle);
    let after = hands.on_card("A", 0.0, 0.0);
    assert!((after - before - vec2(50.0, -40.0)).length() < 1.0, "{before:?} {after:?}");
    assert_eq!(hands.app().editor().undo_label().map(|l| l.contains("move")), Some(false), "no step");
}

#[test]
fn double_click_on_a_card_edits_its_name() {
    let mut hands = two();
    hands.double_click(hands.on_card("B", 0.0, 0.0));
    hands.type_text("Billing");
    hands.click(pos2(450.0, 650.0), PointerButton::Primary, NONE);
    assert_eq!(hands.names(), ["A", "Billing"], "kept by a click elsewhere");
}
