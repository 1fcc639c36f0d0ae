//! What the inspector's fields gather from the whole map: the names to choose from, what all that is selected shares.
//! Gathered when it is asked for first, and kept until the map or the selection is another: a map may be very large.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use crate::editor::Selection;
use crate::model::{Agreement, Document, HandoffKind, PartyId, PartyKind};

/// So many suggestions are shown.
const SUGGESTIONS: usize = 8;

/// What is kept.
#[derive(Debug, Default)]
pub struct Gathered {
    names: RefCell<Option<Rc<Names>>>,
    shared: RefCell<Option<Rc<Shared>>>,
}

impl Gathered {
    /// The names on this map.
    pub fn names(&self, document: &Document) -> Rc<Names> {
        let mut kept = self.names.borrow_mut();
        let known = kept.take().filter(|names| names.of.has_same_chain(document));
        let names = known.unwrap_or_else(|| {
            Rc::new(Names { of: document.clone(), parties: OnceCell::new(), departments: OnceCell::new() })
        });
        Rc::clone(kept.insert(names))
    }

    /// What all that is selected on this map shares.
    pub fn shared(&self, document: &Document, selection: &Selection) -> Rc<Shared> {
        let mut kept = self.shared.borrow_mut();
        let is_same = |shared: &Rc<Shared>| shared.among.is_same(selection) && shared.of.has_same_chain(document);
        let shared = kept.take().filter(is_same).unwrap_or_else(|| Rc::new(Shared::of(document, selection)));
        Rc::clone(kept.insert(shared))
    }
}

/// A name in lower case, by which it is found and sorted, and what is called so.
type Named<T> = (String, T);

/// The names on a map, sorted.
#[derive(Debug)]
pub struct Names {
    of: Document,
    parties: OnceCell<Vec<Named<PartyId>>>,
    departments: OnceCell<Vec<Named<String>>>,
}

impl Names {
    /// The parties by name, each with its name in lower case; of equal names by id.
    pub fn parties(&self) -> &[(String, PartyId)] {
        self.parties.get_or_init(|| {
            let mut all: Vec<_> = self.of.parties().map(|(id, p)| (p.name.trim().to_lowercase(), id)).collect();
            all.sort_unstable();
            all
        })
    }

    /// The departments, each once.
    fn departments(&self) -> &[Named<String>] {
        self.departments.get_or_init(|| {
            let written = self.of.parties().map(|(_, party)| party.department.trim()).filter(|name| !name.is_empty());
            let each: std::collections::BTreeSet<&str> = written.collect();
            let mut all: Vec<_> = each.into_iter().map(|name| (name.to_lowercase(), name.to_owned())).collect();
            all.sort_unstable();
            all
        })
    }

    /// The party with this name: the exact name first, then whatever the case; nobody has no name.
    pub fn party(&self, name: &str) -> Option<PartyId> {
        let (name, lower) = (name.trim(), name.trim().to_lowercase());
        let first = self.parties().partition_point(|(known, _)| *known < lower);
        let all = self.parties()[first..].iter().take_while(|(known, _)| *known == lower && !lower.is_empty());
        let is_exact = |id: &PartyId| self.of.party(*id).is_some_and(|party| party.name.trim() == name);
        all.clone().map(|(_, id)| *id).find(is_exact).or_else(|| all.map(|(_, id)| *id).next())
    }

    /// Some names of parties that could be meant by what is typed, among those that may be.
    pub fn suggested_parties(&self, typed: &str, may_be: impl Fn(PartyId) -> bool) -> Vec<String> {
        let found = suggested(typed, self.parties(), |id| may_be(*id));
        found.into_iter().filter_map(|id| Some(self.of.party(*id)?.name.trim().to_owned())).collect()
    }

    /// Some departments that could be meant by what is typed.
    pub fn suggested_departments(&self, typed: &str) -> Vec<String> {
        suggested(typed, self.departments(), |_| true).into_iter().cloned().collect()
    }
}

/// The first that begin with what is typed, then those that hold it; not what is there in full already.
fn suggested<'a, T>(typed: &str, all: &'a [Named<T>], may_be: impl Fn(&T) -> bool) -> Vec<&'a T> {
    let typed = typed.trim().to_lowercase();
    let others = all.iter().filter(|(name, what)| !name.is_empty() && *name != typed && may_be(what));
    let begin = others.clone().filter(|(name, _)| name.starts_with(&typed));
    let hold = others.filter(|(name, _)| !name.starts_with(&typed) && name.contains(&typed));
    begin.chain(hold).map(|(_, what)| what).take(SUGGESTIONS).collect()
}

/// What all that is selected shares; `None` where it differs.
#[derive(Debug)]
pub struct Shared {
    of: Document,
    among: Selection,
    /// How many parties are selected.
    pub parties: usize,
    /// The kind of all parties.
    pub kind: Option<PartyKind>,
    /// The department of all parties.
    pub department: Option<String>,
    /// The owner of all parties.
    pub owner: Option<String>,
    /// How many handoffs are selected.
    pub handoffs: usize,
    /// The direction of all handoffs.
    pub direction: Option<HandoffKind>,
    /// The agreement of all handoffs.
    pub agreement: Option<Agreement>,
}

impl Shared {
    fn of(document: &Document, selection: &Selection) -> Self {
        let parties = || selection.parties().filter_map(|id| document.party(id));
        let handoffs = || selection.handoffs().filter_map(|id| document.handoff(id));
        Self {
            of: document.clone(),
            among: selection.clone(),
            parties: parties().count(),
            kind: one(parties().map(|party| party.kind)),
            department: one(parties().map(|party| party.department.as_str())).map(str::to_owned),
            owner: one(parties().map(|party| party.owner.as_str())).map(str::to_owned),
            handoffs: handoffs().count(),
            direction: one(handoffs().map(|handoff| handoff.kind)),
            agreement: one(handoffs().map(|handoff| handoff.agreement)),
        }
    }
}

/// The value that all are, when they are the same.
fn one<T: PartialEq>(mut values: impl Iterator<Item = T>) -> Option<T> {
    let first = values.next()?;
    values.all(|value| value == first).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Edit, Handoff, IdGen, Party, Subject, ops};

    fn map(names: &[(&str, &str)]) -> (Document, Vec<PartyId>) {
        let (mut ids, mut document) = (IdGen::new(1, 1), Document::default());
        let all: Vec<PartyId> = names.iter().map(|_| ids.make()).collect();
        for (id, (name, department)) in all.iter().zip(names) {
            let party = Party { department: (*department).into(), ..Party::named(*name, PartyKind::Process) };
            document.apply([Edit::PutParty(*id, party), Edit::Place(*id, crate::geom::Point::default())]).unwrap();
        }
        (document, all)
    }

    #[test]
    fn a_party_is_found_by_name_as_in_the_map() {
        let (document, all) =
            map(&[("Sales", ""), ("sales", ""), (" Post ", ""), ("", ""), ("SALES", ""), ("Été", "")]);
        let gathered = Gathered::default();
        let names = gathered.names(&document);
        for name in ["Sales", "sales", "SALES", "sAles", "post", "Post", "ÉTÉ", "été ", "nobody", "Sale"] {
            assert_eq!(names.party(name), ops::party_by_name(&document, name), "{name}");
        }
        assert_eq!(names.party("sAles"), Some(all[0]));
        assert_eq!(names.party(" "), None, "the party without a name is not called nothing");
    }

    #[test]
    fn what_begins_with_it_is_suggested_before_what_holds_it() {
        let (document, all) =
            map(&[("Back office", "Office"), ("Office", "it"), ("Post office", "IT"), ("", " "), ("Offer", "")]);
        let names = Gathered::default().names(&document);
        assert_eq!(names.suggested_parties("OFF ", |_| true), ["Offer", "Office", "Back office", "Post office"]);
        assert_eq!(names.suggested_parties("office", |id| id != all[2]), ["Back office"], "not what is there in full");
        assert_eq!(names.suggested_parties("", |_| true), ["Back office", "Offer", "Office", "Post office"]);
        assert_eq!(names.suggested_departments("i"), ["IT", "it", "Office"]);
        assert!(names.suggested_departments("nowhere").is_empty());
        let many: Vec<String> = (0..30).map(|n| format!("Desk {n}")).collect();
        let (large, _) = map(&many.iter().map(|name| (name.as_str(), "")).collect::<Vec<_>>());
        assert_eq!(Gathered::default().names(&large).suggested_parties("desk", |_| true).len(), SUGGESTIONS);
    }

    #[test]
    fn what_is_gathered_is_kept_until_the_map_or_the_selection_is_another() {
        let (mut document, all) = map(&[("Sales", "Front"), ("Post", "Front")]);
        let gathered = Gathered::default();
        let handoff = IdGen::new(2, 2).make();
        let selection = Selection::all(&document);
        let (names, shared) = (gathered.names(&document), gathered.shared(&document, &selection));
        assert_eq!((shared.parties, shared.kind, shared.handoffs), (2, Some(PartyKind::Process), 0));
        assert_eq!((shared.department.as_deref(), shared.owner.as_deref()), (Some("Front"), Some("")));
        document.apply([Edit::Place(all[0], crate::geom::pt(10.0, 10.0))]).unwrap();
        assert!(Rc::ptr_eq(&names, &gathered.names(&document)), "a card moved");
        assert!(Rc::ptr_eq(&shared, &gathered.shared(&document, &selection)), "a card moved");

        document.apply([Edit::PutHandoff(handoff, Handoff::between(Some(all[0]), Some(all[1]), "Order"))]).unwrap();
        document.apply([Edit::PutParty(all[1], Party::named("Mail", PartyKind::Customer))]).unwrap();
        let shared = gathered.shared(&document, &selection);
        assert_eq!((shared.kind, shared.department.as_deref(), shared.handoffs), (None, None, 0));
        assert_eq!(gathered.names(&document).party("mail"), Some(all[1]));
        assert_eq!(gathered.names(&document).party("post"), None);
        let shared = gathered.shared(&document, &[Subject::Handoff(handoff)].into_iter().collect());
        assert_eq!((shared.parties, shared.kind, shared.handoffs), (0, None, 1));
        assert_eq!((shared.direction, shared.agreement), (Some(HandoffKind::Forward), Some(Agreement::None)));
    }
}
