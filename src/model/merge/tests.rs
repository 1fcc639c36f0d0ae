//! Two versions of a small map, and random ones, made one again.

use proptest::prelude::*;

use super::*;
use crate::geom::pt;
use crate::model::{HandoffId, PartyKind, Raci, Requirement, RequirementId, Role, SavedView, ViewId};

fn party(id: &str) -> PartyId {
    PartyId::parse(id).unwrap()
}

fn handoff(id: &str) -> HandoffId {
    HandoffId::parse(id).unwrap()
}

fn put(id: &str, name: &str) -> [Edit; 2] {
    let at = f32::from(id.as_bytes()[0]);
    [Edit::PutParty(party(id), Party::named(name, PartyKind::Process)), Edit::Place(party(id), pt(at, at))]
}

fn give(id: &str, from: &str, to: &str, item: &str) -> Edit {
    Edit::PutHandoff(handoff(id), Handoff::between(Some(party(from)), Some(party(to)), item))
}

fn base() -> Document {
    let mut document = Document::default();
    let parties = [put("a", "Sales"), put("b", "Desk"), put("c", "Client")].concat();
    let handoffs = vec![give("x", "a", "b", "order"), give("y", "b", "c", "answer")];
    document.apply([parties, handoffs].concat()).unwrap();
    document
}

fn with(document: &Document, edits: impl Into<Vec<Edit>>) -> Document {
    let mut document = document.clone();
    document.apply(edits.into()).unwrap();
    document
}

fn changed(document: &Document, id: &str, change: impl FnOnce(&mut Party)) -> Edit {
    let mut record = (**document.party(party(id)).unwrap()).clone();
    change(&mut record);
    Edit::PutParty(party(id), record)
}

fn changed_handoff(document: &Document, id: &str, change: impl FnOnce(&mut Handoff)) -> Edit {
    let mut record = (**document.handoff(handoff(id)).unwrap()).clone();
    change(&mut record);
    Edit::PutHandoff(handoff(id), record)
}

fn none() -> BTreeSet<usize> {
    BTreeSet::new()
}

#[test]
fn other_records_and_other_fields_come_together() {
    let base = base();
    let mine = with(&base, [changed(&base, "a", |p| p.owner = "Ana".into()), give("z", "a", "c", "quote")]);
    let rename = changed(&base, "a", |p| p.name = "Front".into());
    let theirs = with(&base, [&[rename, Edit::RemoveHandoff(handoff("y"))][..], &put("d", "Post")].concat());
    let merger = Merger::new(&base, &mine, &theirs);
    assert_eq!(merger.conflicts(), []);
    let Merged { document, notes } = merger.merged(&none()).unwrap();
    let a = document.party(party("a")).unwrap();
    assert_eq!((a.name.as_str(), a.owner.as_str(), notes.len()), ("Front", "Ana", 0));
    assert!(document.handoff(handoff("y")).is_none() && document.handoff(handoff("z")).is_some());
    assert_eq!(document.place(party("d")), theirs.place(party("d")));
    assert_eq!(
        merger.news(),
        ["handoff “Desk → Client: answer” removed", "party “Sales”: name “Sales” → “Front”", "party “Post” added"]
    );
}

#[test]
fn a_field_that_both_changed_is_a_conflict_and_the_other_fields_are_not() {
    let base = base();
    let mine = with(&base, [changed(&base, "a", |p| (p.owner, p.notes) = ("Ana".into(), "call first".into()))]);
    let theirs = with(&base, [changed(&base, "a", |p| (p.owner, p.name) = ("Bo".into(), "Front".into()))]);
    let merger = Merger::new(&base, &mine, &theirs);
    let [conflict] = merger.conflicts() else { panic!("one conflict") };
    assert_eq!((conflict.what.as_str(), conflict.subject), ("party “Sales”", Some(Subject::Party(party("a")))));
    assert_eq!(conflict.lines, ["owner “Ana” → “Bo”"]);
    for (chosen, owner) in [(none(), "Ana"), (BTreeSet::from([0]), "Bo")] {
        let merged = merger.merged(&chosen).unwrap().document;
        let a = merged.party(party("a")).unwrap();
        assert_eq!((a.owner.as_str(), a.name.as_str(), a.notes.as_str()), (owner, "Front", "call first"));
    }
}

#[test]
fn what_one_removed_and_the_other_changed_is_a_conflict() {
    let base = base();
    let changes = with(&base, [changed_handoff(&base, "y", |h| h.item = "reply".into())]);
    let removes = with(&base, [Edit::RemoveHandoff(handoff("y"))]);
    let merger = Merger::new(&base, &changes, &removes);
    assert_eq!(merger.conflicts()[0].lines, ["yours has item “answer” → “reply”; they removed it"]);
    assert_eq!(merger.merged(&none()).unwrap().document, changes);
    assert_eq!(merger.merged(&BTreeSet::from([0])).unwrap().document, removes);
    let merger = Merger::new(&base, &removes, &changes);
    assert_eq!(merger.conflicts()[0].lines, ["you removed it; theirs has item “answer” → “reply”"]);
    assert_eq!(merger.merged(&none()).unwrap().document, removes);
    assert_eq!(merger.merged(&BTreeSet::from([0])).unwrap().document, changes);
}

#[test]
fn a_party_stays_while_a_handoff_of_the_other_needs_it() {
    let base = base();
    let removes = with(&base, [Edit::RemoveParty(party("c"))]);
    let needs = with(&base, [give("z", "a", "c", "quote")]);
    let merged = Merger::new(&base, &needs, &removes).merged(&none()).unwrap();
    assert_eq!(merged.notes, ["“Client” stays, because a handoff of yours needs it."]);
    assert!(merged.document.handoff(handoff("y")).is_none(), "that one they removed");
    let merged = Merger::new(&base, &removes, &needs).merged(&none()).unwrap();
    assert_eq!(merged.notes, ["“Client” is back, because a handoff of theirs needs it."]);
    assert_eq!(merged.document.place(party("c")), base.place(party("c")));
    assert!(merged.document.handoff(handoff("z")).is_some());
    // They changed the handoff of a party that I removed, and theirs is taken.
    let changes = with(&base, [changed_handoff(&base, "y", |h| h.item = "reply".into())]);
    let merged = Merger::new(&base, &removes, &changes).merged(&BTreeSet::from([0])).unwrap();
    assert_eq!(merged.document, changes);
}

#[test]
fn items_of_lists_are_merged_and_rules_of_records_hold() {
    let base = with(&base(), [changed_handoff(&base(), "x", |h| h.requirements = vec![need("r", "whole")])]);
    let mine = with(
        &base,
        [changed_handoff(&base, "x", |h| h.requirements = vec![need("r", "quite whole"), need("s", "signed")])],
    );
    let theirs = with(&base, [changed_handoff(&base, "x", |h| h.requirements = vec![need("t", "early")])]);
    let merger = Merger::new(&base, &mine, &theirs);
    assert_eq!(merger.conflicts().len(), 1, "one changed what the other removed");
    let texts = |chosen| -> Vec<String> {
        let merged = merger.merged(&chosen).unwrap().document;
        merged.handoff(handoff("x")).unwrap().requirements.iter().map(|r| r.text.clone()).collect()
    };
    assert_eq!(texts(none()), ["quite whole", "signed", "early"]);
    assert_eq!(texts(BTreeSet::from([0])), ["signed", "early"]);
    // Two who are accountable are one too many: then it is one record or the other.
    let who = |name: &str| vec![Role { who: name.into(), raci: Raci::Accountable }];
    let mine = with(&base, [changed_handoff(&base, "x", |h| h.roles = who("Ana"))]);
    let theirs = with(&base, [changed_handoff(&base, "x", |h| h.roles = who("Bo"))]);
    let merger = Merger::new(&base, &mine, &theirs);
    assert_eq!(merger.conflicts().len(), 1);
    assert_eq!(merger.merged(&none()).unwrap().document, mine);
    assert_eq!(merger.merged(&BTreeSet::from([0])).unwrap().document, theirs);
}

fn need(id: &str, text: &str) -> Requirement {
    Requirement { text: text.into(), ..Requirement::new(RequirementId::parse(id).unwrap(), "") }
}

#[test]
fn the_map_itself_and_its_views_are_merged_too() {
    let base = with(
        &base(),
        [Edit::PutView(ViewId::parse("v").unwrap(), SavedView { name: "All".into(), ..SavedView::default() })],
    );
    let title = |text: &str| {
        let mut info = base.info().clone();
        info.title = text.into();
        Edit::SetInfo(info)
    };
    let view = |name: &str| {
        Edit::PutView(ViewId::parse("v").unwrap(), SavedView { name: name.into(), ..SavedView::default() })
    };
    let (mine, theirs) =
        (with(&base, [title("Ours"), view("Whole")]), with(&base, [title("Theirs"), view("Everything")]));
    let merger = Merger::new(&base, &mine, &theirs);
    let said: Vec<_> = merger.conflicts().iter().map(|c| (c.what.as_str(), c.lines.join("; "))).collect();
    assert_eq!(
        said,
        [("the map", "title “Ours” → “Theirs”".into()), ("view “Whole”", "name “Whole” → “Everything”".to_owned())]
    );
    assert_eq!(merger.merged(&BTreeSet::from([0, 1])).unwrap().document, theirs);
}

/// A random change: which record, and what becomes of it.
fn step() -> impl Strategy<Value = (u8, u8, u8, u8)> {
    (0..7_u8, 0..6_u8, 0..6_u8, 0..4_u8)
}

/// Does what a number says, where that is possible.
fn walk(document: &Document, steps: &[(u8, u8, u8, u8)], who: &str) -> Document {
    let mut document = document.clone();
    for (what, a, b, text) in steps {
        let (a, b, word) = (format!("p{a}"), format!("p{b}"), format!("{who}{text}"));
        let link = format!("h{a}{b}");
        let edits = match what {
            0 | 1 => put(&a, &word).to_vec(),
            2 => vec![Edit::RemoveParty(party(&a))],
            3 | 4 => vec![give(&link, &a, &b, &word)],
            5 => vec![Edit::RemoveHandoff(handoff(&link))],
            _ => match document.party(party(&a)) {
                Some(_) => vec![changed(&document, &a, |p| p.owner = word)],
                None => continue,
            },
        };
        // Handoffs of parties that are not there are refused, and then nothing is done.
        drop(document.apply(edits));
    }
    document
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    #[test]
    fn nothing_that_anybody_did_is_lost(
        start in prop::collection::vec(step(), 0..20),
        one in prop::collection::vec(step(), 0..8),
        two in prop::collection::vec(step(), 0..8),
        choice in prop::collection::btree_set(0..12_usize, 0..6),
    ) {
        let base = walk(&Document::default(), &start, "o");
        let (mine, theirs) = (walk(&base, &one, "m"), walk(&base, &two, "t"));
        let same = |a: &Document, b: &Document| Merger::new(&base, a, b).merged(&none()).unwrap().document;
        prop_assert_eq!(&same(&mine, &base), &mine);
        prop_assert_eq!(&same(&base, &theirs), &theirs);
        prop_assert_eq!(&same(&mine, &mine), &mine);
        let merger = Merger::new(&base, &mine, &theirs);
        prop_assert_eq!(merger.conflicts().len(), Merger::new(&base, &theirs, &mine).conflicts().len());
        for chosen in [none(), choice] {
            let Merged { document, notes } = merger.merged(&chosen).unwrap();
            // Record by record, by looking: what one alone changed is so, what both did alike is so.
            for (id, is) in ids(&base, &mine, &theirs) {
                let (was, m, t) = (base.party(id), mine.party(id), theirs.party(id));
                let expected = if m == was { t } else { m };
                if m == was || t == was || m == t {
                    let kept = expected.is_none() && is(&document) && notes.iter().any(|note| note.contains("need"));
                    prop_assert!(document.party(id) == expected || kept, "{id}: {:?}", document.party(id));
                } else {
                    let is_disputed = merger.conflicts().iter().any(|c| c.subject == Some(Subject::Party(id)));
                    let each = || each_field([was, m, t, document.party(id)].map(|party| &**party.unwrap()));
                    prop_assert!(is_disputed || each(), "{}", id);
                }
            }
            for (id, now) in document.handoffs() {
                let (m, t) = (mine.handoff(id), theirs.handoff(id));
                prop_assert!(Some(now) == m || Some(now) == t, "{id} is one or the other");
            }
            for (id, m) in mine.handoffs() {
                let (was, t) = (base.handoff(id), theirs.handoff(id));
                if t == was || t == Some(m) {
                    prop_assert_eq!(document.handoff(id), Some(m));
                }
            }
            for (id, t) in theirs.handoffs() {
                if mine.handoff(id) == base.handoff(id) {
                    prop_assert_eq!(document.handoff(id), Some(t));
                }
            }
        }
    }
}

/// Mine and theirs changed other fields, and the last has both changes.
fn each_field([was, mine, theirs, merged]: [&Party; 4]) -> bool {
    let field = |of: &dyn Fn(&Party) -> String| {
        let (was, mine, theirs) = (of(was), of(mine), of(theirs));
        of(merged) == if mine == was { theirs } else { mine }
    };
    field(&|party| party.name.clone()) && field(&|party| party.owner.clone())
}

type IsThere = Box<dyn Fn(&Document) -> bool>;

fn ids(base: &Document, mine: &Document, theirs: &Document) -> Vec<(PartyId, IsThere)> {
    let all: BTreeSet<PartyId> = [base, mine, theirs].into_iter().flat_map(|d| d.parties().map(|(id, _)| id)).collect();
    all.into_iter().map(|id| (id, Box::new(move |d: &Document| d.party(id).is_some()) as IsThere)).collect()
}
