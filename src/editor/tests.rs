//! The door: steps, gestures, undo to the start and redo to the end, checked on random edits.

use proptest::prelude::*;

use super::*;
use crate::geom::pt;
use crate::model::{Handoff, HandoffId, MapInfo, Party, PartyId, PartyKind, Scenario, ScenarioId, check};

fn party_id(n: u8) -> PartyId {
    PartyId::parse(&format!("p{n}")).unwrap()
}

fn handoff_id(n: u8) -> HandoffId {
    HandoffId::parse(&format!("h{n}")).unwrap()
}

fn add(n: u8) -> Vec<Edit> {
    vec![
        Edit::PutParty(party_id(n), Party::named(format!("Party {n}"), PartyKind::Process)),
        Edit::Place(party_id(n), pt(f32::from(n) * 300.0, 0.0)),
    ]
}

fn rename(n: u8, name: &str) -> Vec<Edit> {
    vec![Edit::PutParty(party_id(n), Party::named(name, PartyKind::Process))]
}

#[test]
fn typing_is_one_step_until_the_gesture_ends() {
    let mut editor = Editor::default();
    editor.edit("add party", None, add(1)).unwrap();
    let key = Some(("name", Some(Subject::Party(party_id(1)))));
    for name in ["S", "Sa", "Sales"] {
        editor.edit("rename", key, rename(1, name)).unwrap();
    }
    editor.end_gesture();
    editor.edit("rename", key, rename(1, "Selling")).unwrap();
    assert_eq!(editor.undo().unwrap().label, "rename", "the second gesture");
    assert_eq!(editor.document().name_of(party_id(1)), "Sales", "one step back");
    editor.undo().unwrap();
    assert_eq!(editor.document().name_of(party_id(1)), "Party 1", "typing was one step");
    assert_eq!(editor.redo_label(), Some("rename"), "redo is named");
}

#[test]
fn a_gesture_that_comes_back_leaves_no_step() {
    let mut editor = Editor::default();
    editor.edit("add party", None, add(1)).unwrap();
    let key = Some(("name", None));
    editor.edit("rename", key, rename(1, "X")).unwrap();
    editor.edit("rename", key, rename(1, "Party 1")).unwrap();
    editor.end_gesture();
    assert_eq!(editor.undo_label(), Some("add party"), "nothing to undo but the adding");
}

#[test]
fn undoing_to_the_saved_state_is_unmodified() {
    let mut editor = Editor::default();
    editor.edit("add party", None, add(1)).unwrap();
    editor.mark_saved(editor.document().clone());
    assert!(!editor.is_modified(), "just saved");
    editor.edit("add party", None, add(2)).unwrap();
    assert!(editor.is_modified(), "edited");
    editor.undo().unwrap();
    assert!(!editor.is_modified(), "back at the saved state");
    editor.undo().unwrap();
    assert!(editor.is_modified(), "before the saved state");
}

#[test]
fn undo_restores_the_selection_and_names_what_changed() {
    let mut editor = Editor::default();
    editor.edit("add", None, [add(1), add(2)].concat()).unwrap();
    editor.select(Selection::one(Subject::Party(party_id(2))));
    editor.edit("delete", None, vec![Edit::RemoveParty(party_id(2))]).unwrap();
    assert!(editor.selection().is_empty(), "what is gone is not selected");
    let stepped = editor.undo().unwrap();
    assert!(editor.selection().has(Subject::Party(party_id(2))), "selected again");
    assert_eq!(stepped.changed, BTreeSet::from([Subject::Party(party_id(2))]), "what came back");
}

#[test]
fn a_refused_edit_changes_nothing() {
    let mut editor = Editor::default();
    editor.edit("add", None, add(1)).unwrap();
    let before = editor.document().clone();
    let dangling = Handoff::between(Some(party_id(1)), Some(party_id(9)), "x");
    let edits = [rename(1, "changed"), vec![Edit::PutHandoff(handoff_id(1), dangling)]].concat();
    assert_eq!(editor.edit("connect", None, edits), Err(EditError::NoParty(party_id(9))), "refused");
    assert_eq!(editor.document(), &before, "all or nothing");
    assert_eq!(editor.undo_label(), Some("add"), "no step");
}

/// One random edit, valid or not.
fn any_edit() -> impl Strategy<Value = Edit> {
    let number = prop_oneof![4 => (0.0..120.0).prop_map(Some), 1 => Just(None), 1 => Just(Some(f64::NAN))];
    let party = (0..8u8, ".{0,5}", number.clone());
    let handoff = (0..12u8, proptest::option::of(0..8u8), proptest::option::of(0..8u8), number);
    prop_oneof![
        party.prop_map(|(n, name, time)| {
            Edit::PutParty(party_id(n), Party { name, process_time_h: time, ..Party::default() })
        }),
        (0..8u8, -1e6f32..1.1e6).prop_map(|(n, x)| Edit::Place(party_id(n), pt(x, 0.0))),
        (0..8u8).prop_map(|n| Edit::RemoveParty(party_id(n))),
        handoff.prop_map(|(n, from, to, pct)| {
            let handoff = Handoff::between(from.map(party_id), to.map(party_id), "item");
            Edit::PutHandoff(handoff_id(n), Handoff { complete_accurate_pct: pct, ..handoff })
        }),
        (0..12u8).prop_map(|n| Edit::RemoveHandoff(handoff_id(n))),
        (0.0..30.0).prop_map(|h| Edit::SetInfo(MapInfo { hours_per_day: h, ..MapInfo::default() })),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_edits_keep_every_invariant_and_undo_exactly(
        lists in proptest::collection::vec(proptest::collection::vec(any_edit(), 1..5), 1..40),
    ) {
        let mut editor = Editor::default();
        editor.edit("start", None, (0..4).flat_map(add).collect()).unwrap();
        let start = editor.document().clone();
        let mut states = vec![start];
        for edits in lists {
            let before = editor.document().clone();
            match editor.edit("random", None, edits) {
                Ok(()) if editor.document() != &before => states.push(editor.document().clone()),
                Ok(()) => {}
                Err(_) => prop_assert_eq!(editor.document(), &before),
            }
            prop_assert_eq!(check(editor.document()), Vec::<String>::new());
            let mut replayed = before.clone();
            replayed.apply(before.edits_to(editor.document())).unwrap();
            prop_assert_eq!(&replayed, editor.document());
            prop_assert_eq!(format!("{replayed:?}"), format!("{:?}", editor.document()), "also when compared plainly");
            prop_assert_eq!(check(&replayed), Vec::<String>::new());
        }
        for state in states.iter().rev() {
            prop_assert_eq!(editor.document(), state);
            prop_assert!(editor.undo().is_some());
        }
        prop_assert!(editor.document().is_empty(), "the very start");
        while editor.redo().is_some() {}
        prop_assert_eq!(Some(editor.document()), states.last());
        prop_assert_eq!(check(editor.document()), Vec::<String>::new());
    }

    #[test]
    fn a_scenario_is_edited_like_the_map_and_the_map_stays(
        lists in proptest::collection::vec(proptest::collection::vec(any_edit(), 1..5), 1..25),
        meanwhile in proptest::collection::vec(any_edit(), 0..6),
    ) {
        let mut editor = Editor::default();
        editor.edit("start", None, (0..4).flat_map(add).collect()).unwrap();
        let handoff = Handoff { wait_h: Some(5.0), ..Handoff::between(Some(party_id(0)), Some(party_id(1)), "x") };
        editor.edit("hand", None, vec![Edit::PutHandoff(handoff_id(0), handoff)]).unwrap();
        let id = ScenarioId::parse("s").unwrap();
        editor.edit("scenario", None, vec![Edit::PutScenario(id, Scenario::default())]).unwrap();
        editor.show(Some(id));
        let today = editor.current().clone();
        // The slow way: every edit done to a copy of its own.
        let mut copy = editor.document().clone();
        for edits in lists {
            let mut next = copy.clone();
            let done = next.apply(edits.clone()).is_ok();
            prop_assert_eq!(editor.edit("random", None, edits).is_ok(), done);
            if done {
                copy = next;
            }
            prop_assert!(same_chain(editor.document(), &copy), "{:?}\n{:?}", editor.document(), copy);
            prop_assert!(same_records(editor.current(), &today), "the map stays as it is");
            prop_assert_eq!(check(editor.current()), Vec::<String>::new());
            prop_assert_eq!(check(editor.document()), Vec::<String>::new());
        }
        let scenario = editor.current().scenario(id).unwrap().clone();
        let edits = crate::model::ops::changed(editor.current(), &scenario);
        editor.edit_current("apply", None, edits).unwrap();
        prop_assert!(same_chain(editor.current(), &copy), "made the map");
        prop_assert_eq!(crate::model::ops::changed(editor.current(), &scenario), vec![], "nothing is left to do");
        editor.undo().unwrap();
        prop_assert!(same_records(editor.current(), &today), "one step");
        // Whatever happens to the map, the scenario can still be shown.
        editor.show(None);
        for edit in meanwhile {
            drop(editor.edit("meanwhile", None, vec![edit]));
            editor.show(Some(id));
            prop_assert_eq!(check(editor.document()), Vec::<String>::new());
            editor.show(None);
        }
        while editor.undo().is_some() {}
        prop_assert!(editor.document().is_empty() && editor.scenario().is_none(), "the very start");
    }
}

/// Whether parties, their places and handoffs are the same.
fn same_chain(one: &Document, two: &Document) -> bool {
    same_records(one, two) && one.parties().all(|(id, _)| one.place(id) == two.place(id))
}

fn same_records(one: &Document, two: &Document) -> bool {
    one.parties().eq(two.parties()) && one.handoffs().eq(two.handoffs())
}

#[test]
fn reasons_stay_when_what_they_are_for_is_edited_again() {
    let mut editor = Editor::default();
    editor.edit("add", None, [add(1), add(2)].concat()).unwrap();
    let id = ScenarioId::parse("s").unwrap();
    editor.edit("scenario", None, vec![Edit::PutScenario(id, Scenario::default())]).unwrap();
    editor.show(Some(id));
    editor.edit("rename", None, rename(1, "One")).unwrap();
    let mut scenario = (**editor.current().scenario(id).unwrap()).clone();
    scenario.parties.get_mut(&party_id(1)).unwrap().why = "shorter".into();
    editor.edit("why", None, vec![Edit::PutScenario(id, scenario)]).unwrap();
    editor.edit("rename", None, rename(1, "I")).unwrap();
    assert_eq!(editor.current().scenario(id).unwrap().parties[&party_id(1)].why, "shorter");
    assert_eq!(
        (editor.document().name_of(party_id(1)), editor.current().name_of(party_id(1))),
        ("I".into(), "Party 1".into())
    );
    editor.edit("rename", None, rename(1, "Party 1")).unwrap();
    assert!(editor.current().scenario(id).unwrap().parties.is_empty(), "back as it is today");
    // Where cards stand is no difference: it is the same card.
    editor.edit("move", None, vec![Edit::Place(party_id(1), pt(7.0, 7.0))]).unwrap();
    assert_eq!(editor.current().place(party_id(1)), Some(pt(7.0, 7.0)));
    assert!(editor.current().scenario(id).unwrap().subjects().is_empty());
    editor.edit("delete", None, vec![Edit::RemoveScenario(id)]).unwrap();
    assert_eq!((editor.scenario(), editor.document() == editor.current()), (None, true), "shown no more");
    editor.undo().unwrap();
    assert_eq!(editor.scenario(), Some(id), "and shown again");
}
