//! Mistakes in the program itself: the window survives them, and nothing that was done is lost.

use std::panic::{AssertUnwindSafe, catch_unwind};

use egui::{Key, Modifiers};
use peel::app::App;

use crate::hands::Hands;
use crate::told::told;

/// These ask for a file or leave the map.
const LEAVE: [&str; 6] = ["quit", "open", "welcome", "new", "save", "save-as"];

fn plant(hands: &mut Hands, command: &str) {
    hands.harness.state_mut().as_mut().unwrap().plant_a_mistake(command);
    hands.rest();
}

#[test]
fn a_mistake_at_any_command_costs_nothing() {
    let ids: Vec<&str> = App::command_ids().filter(|id| !LEAVE.contains(id)).collect();
    for id in &ids {
        let mut hands = Hands::that_survives();
        hands.command("select-all");
        hands.command("align-left");
        let before = hands.document().clone();
        plant(&mut hands, id);
        assert!(
            hands.app().status().starts_with("A mistake in the program was caught"),
            "{id}: {}",
            hands.app().status()
        );
        // What the command did may be there, as one step.
        if hands.document() != &before {
            hands.command("undo");
        }
        assert!(hands.document() == &before || matches!(*id, "undo" | "redo"), "{id}");
        // The window works as before.
        hands.key(Modifiers::NONE, Key::Escape);
        hands.command("view-map");
        let parties = hands.document().parties_len();
        assert!(hands.command("add-party"), "{id}");
        hands.rest();
        assert_eq!(hands.document().parties_len(), parties + 1, "{id}");
    }
    told(
        "a mistake in the program",
        "a panic after each command",
        ids.len() as u64,
        "the window goes on, nothing lost",
    );
}

#[test]
fn a_second_mistake_closes_what_is_open_and_a_third_ends_the_program() {
    let mut hands = Hands::that_survives();
    hands.command("guide");
    for _ in 0..2 {
        plant(&mut hands, "select-all");
        assert!(hands.app().status().starts_with("A mistake"), "{}", hands.app().status());
    }
    let third = catch_unwind(AssertUnwindSafe(|| plant(&mut hands, "select-all")));
    assert!(third.is_err(), "it cannot go on for ever; the journal has the work");
}
