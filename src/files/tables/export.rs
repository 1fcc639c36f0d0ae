//! A map as tables, written so that they read back to the same map.

use std::fmt::Display;

use super::field::Record;
use super::names::Names;
use super::observations::is_bare;
use super::owned::{Owned, names_of};
use super::register::{Ends, Own};
use super::table::{Row, Table, TableKind};
use super::value::Value;
use crate::model::{Document, Handoff, HandoffId, History, Party, PartyId, Sprint, SprintId};

/// The names of all parties.
pub(super) fn party_names(document: &Document) -> Names<(), PartyId> {
    let mut names = Names::default();
    for (id, party) in document.parties() {
        names.put(id, (), &party.name);
    }
    names
}

/// The items of all handoffs, between their ends.
pub(super) fn item_names(document: &Document) -> Names<Ends, HandoffId> {
    let mut names = Names::default();
    for (id, handoff) in document.handoffs() {
        names.put(id, (handoff.supplier, handoff.customer), &handoff.item);
    }
    names
}

/// The goals of all sprints.
pub(super) fn sprint_names(document: &Document) -> Names<(), SprintId> {
    let mut names = Names::default();
    for (id, sprint) in document.sprints() {
        names.put(id, (), &sprint.goal);
    }
    names
}

/// The tables of a map; rows in the order of the document. Parties, handoffs and requirements are always there, the
/// other tables when they have rows.
///
/// Parties, items, requirements and measures are called by name, or `Name [id]` where several have it or it is empty.
pub fn tables(document: &Document) -> Vec<Table> {
    let mut export = Export {
        parties: party_names(document),
        items: item_names(document),
        rows: TableKind::ALL.map(|_| Vec::new()),
    };
    for (id, handoff) in document.handoffs() {
        export.handoff(id, handoff);
    }
    for (id, party) in document.parties() {
        export.party(id, party);
    }
    let goals = sprint_names(document);
    for (id, sprint) in document.sprints() {
        export.sprint(document, (id, sprint), &goals.reference(id));
    }
    let all = TableKind::ALL.into_iter().zip(export.rows);
    all.filter(|(kind, rows)| kind.is_always_there() || !rows.is_empty())
        .map(|(kind, rows)| table(kind, rows))
        .collect()
}

fn table(kind: TableKind, rows: Vec<Vec<String>>) -> Table {
    let header = kind.column_names().into_iter().map(String::from).collect();
    let rows = rows.into_iter().enumerate().map(|(at, cells)| Row { line: at + 2, cells }).collect();
    Table { kind, source: kind.word().into(), sheet: false, header, rows, notes: Vec::new() }
}

/// The rows of every kind of table, and what parties and handoffs are called in them.
struct Export {
    parties: Names<(), PartyId>,
    items: Names<Ends, HandoffId>,
    rows: [Vec<Vec<String>>; TableKind::ALL.len()],
}

impl Export {
    fn handoff(&mut self, id: HandoffId, handoff: &Handoff) {
        let Handoff { supplier, customer, requirements, ratings, .. } = handoff;
        let ends = [self.end(*supplier), self.end(*customer)];
        self.put(&ends, handoff, id);
        let [supplier, customer] = ends;
        let of = [supplier, customer, self.items.reference(id)];
        for requirement in requirements {
            self.put(&of, requirement, requirement.id);
        }
        self.observations(id, requirements, |name| [of.as_slice(), &[name, String::new(), String::new()]].concat());
        for rating in ratings {
            self.put(&of, rating, "");
        }
    }

    fn party(&mut self, id: PartyId, party: &Party) {
        self.put(&[], party, id);
        let of = self.parties.reference(id);
        for measure in &party.measures {
            self.put(std::slice::from_ref(&of), measure, measure.id);
        }
        let nothing = || [const { String::new() }; 4];
        self.observations(id, &party.measures, |name| [nothing().as_slice(), &[of.clone(), name]].concat());
        for voice in &party.voices {
            let customer = self.end(voice.customer);
            self.put(&[of.clone(), customer], voice, voice.id);
        }
        for review in &party.reviews {
            self.put(std::slice::from_ref(&of), review, "");
        }
        for step in &party.not_applicable {
            self.put(std::slice::from_ref(&of), step, "");
        }
    }

    fn sprint(&mut self, document: &Document, (id, sprint): (SprintId, &Sprint), of: &str) {
        // The handoff that is redesigned, where it is still there.
        let first = sprint.handoffs.first().and_then(|id| Some((*id, document.handoff(*id)?)));
        let handoff = first
            .map(|(id, handoff)| [self.end(handoff.supplier), self.end(handoff.customer), self.items.reference(id)]);
        self.put(&handoff.unwrap_or_default(), sprint, id);
        // A row without words would be refused.
        for task in sprint.tasks.iter().filter(|task| !task.text.is_empty()) {
            self.put(&[of.to_owned()], task, "");
        }
    }

    /// The observations of some requirements or measures; `of` gives what a row about one of that name belongs to.
    fn observations<R: Owned>(&mut self, owner: R::Owner, list: &[R], of: impl Fn(String) -> Vec<String>) {
        if list.iter().all(|one| told_elsewhere::<R>(one.history())) {
            return;
        }
        let names = names_of(owner, list);
        for one in list.iter().filter(|one| !told_elsewhere::<R>(one.history())) {
            let of = of(names.reference(Own { owner, id: one.id() }));
            for observation in one.history().all() {
                self.put(&of, observation, "");
            }
        }
    }

    /// Adds the row of a record that belongs to `of`, unless there is nothing to tell.
    fn put<R: Record>(&mut self, of: &[String], record: &R, id: impl Display) {
        if record.is_silent() {
            return;
        }
        let fields = R::FIELDS.iter().map(|field| (field.get)(record).map_or_else(String::new, Value::cell));
        let id = R::HAS_ID.then(|| id.to_string());
        self.rows[R::KIND as usize].push(of.iter().cloned().chain(fields).chain(id).collect());
    }

    /// The party at an end; nothing for one that is not on the map any more.
    fn end(&self, end: Option<PartyId>) -> String {
        end.filter(|id| self.parties.has(*id)).map_or_else(String::new, |id| self.parties.reference(id))
    }
}

/// True when the record's own row tells all of its history: a single value of which nothing else is known.
fn told_elsewhere<R: Owned>(history: &History) -> bool {
    match history.all() {
        [] => true,
        [one] => R::TELLS_ACTUAL && is_bare(one),
        _ => false,
    }
}
