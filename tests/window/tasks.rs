//! Work that takes its time: it is told of, may be called off, and never undoes what was done meanwhile.

use std::time::Duration;

use egui_kittest::kittest::Queryable as _;
use peel::app::App;
use peel::geom::pt;
use peel::model::{Document, Edit, Handoff, IdGen, Party, PartyId, PartyKind, ViewKind};

use crate::hands::Hands;

/// A chain of parties that all stand in one place.
fn heap(count: usize) -> Document {
    let mut ids = IdGen::new(300_000, 1);
    let parties: Vec<PartyId> = (0..count).map(|_| ids.make()).collect();
    let mut edits = Vec::new();
    for (at, id) in parties.iter().enumerate() {
        edits.push(Edit::PutParty(*id, Party::named(format!("Party {at}"), PartyKind::Process)));
        edits.push(Edit::Place(*id, pt(0.0, 0.0)));
        for other in [at + 1, at + 7].into_iter().filter_map(|other| parties.get(other)) {
            edits.push(Edit::PutHandoff(ids.make(), Handoff::between(Some(*id), Some(*other), "it")));
        }
    }
    let mut document = Document::default();
    document.apply(edits).unwrap();
    document
}

fn on(document: Document) -> Hands {
    let mut hands = Hands::with(move |ctx| {
        let mut app = App::new(ctx, None, IdGen::new(400_000, 1));
        app.open_document(document.clone());
        app
    });
    hands.harness.step();
    hands
}

#[test]
fn a_large_map_is_tidied_beside_the_frames_in_one_step() {
    let mut hands = on(heap(400));
    let before = hands.document().clone();
    hands.command("tidy");
    hands.until("tidied", |hands| hands.app().status().starts_with("Tidied"));
    assert_ne!(hands.document(), &before);
    hands.command("undo");
    assert_eq!(hands.document(), &before);
}

#[test]
fn what_is_edited_meanwhile_is_not_undone() {
    let mut hands = on(heap(1_500));
    hands.command("select-all");
    hands.harness.state_mut().as_mut().unwrap().run_command(&egui::Context::default(), "tidy");
    hands.harness.state_mut().as_mut().unwrap().run_command(&egui::Context::default(), "duplicate");
    let edited = hands.document().clone();
    hands.until("told", |hands| hands.app().status().starts_with("Not tidied"));
    assert_eq!(hands.document(), &edited);
}

#[test]
fn work_that_takes_long_is_told_of_and_called_off() {
    let mut hands = on(heap(2_500));
    let before = hands.document().clone();
    hands.harness.state_mut().as_mut().unwrap().run_command(&egui::Context::default(), "tidy");
    hands.until("told of", |hands| hands.says("Arranging the map"));
    hands.harness.get_by_label("Cancel").click();
    hands.harness.step();
    hands.harness.step();
    assert!(!hands.says("Arranging the map") && hands.app().status().starts_with("Cancelled"));
    std::thread::sleep(Duration::from_secs(4));
    hands.rest();
    assert_eq!(hands.document(), &before, "nobody hears what comes of it");
}

#[test]
fn a_view_that_takes_long_is_told_of_and_called_off() {
    let mut hands = on(heap(6_000));
    for (other, kind) in [("view-map", ViewKind::Map), ("view-sipoc", ViewKind::Sipoc)] {
        look_at(&mut hands, other);
        hands.until("shown", |hands| !hands.app().is_arranging());
        look_at(&mut hands, "view-chain");
        hands.until("told of", |hands| hands.says("Arranging the view"));
        hands.harness.get_by_label("Cancel").click();
        // The click, the view that comes of it, and the frame that shows it.
        (0..3).for_each(|_| hands.harness.step());
        assert_eq!(hands.app().view().kind, kind, "what was shown before");
        assert!(!hands.app().is_arranging() && !hands.says("Arranging the view"), "{kind:?}");
    }
}

#[test]
fn another_view_is_not_kept_waiting() {
    let mut hands = on(heap(6_000));
    for view in ["view-chain", "view-onion", "view-chain", "view-onion", "view-chain", "view-map"] {
        look_at(&mut hands, view);
    }
    assert!(!hands.app().is_arranging(), "the map is there at once");
    look_at(&mut hands, "view-chain");
    hands.until("begun when the others have ended", |hands| hands.app().is_arranging());
    hands.until("shown", |hands| !hands.app().is_arranging());
}

fn look_at(hands: &mut Hands, view: &str) {
    assert!(hands.harness.state_mut().as_mut().unwrap().run_command(&egui::Context::default(), view));
    hands.harness.step();
}
