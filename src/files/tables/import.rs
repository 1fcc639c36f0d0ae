//! The import of tables into a map: all problems or the whole result, and the same tables twice change nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::{quoted, text_problem};
use super::draft::Draft;
use super::export::Ends;
use super::identify::{Found, Scope, Wanted, fresh_id, identify};
use super::names::{Named, Names};
use super::problems::ImportError;
use super::rows::{HandoffRow, PartyRow, RequirementRow, Said, bind_all, read};
use super::settle::{Log, Many, otherwise, settle, several};
use super::table::Table;
use crate::model::{
    Document, HandoffId, Id, IdGen, MOST_REQUIREMENTS, Party, PartyId, PartyKind, Requirement, RequirementId,
};

/// How many records of a kind an import added and changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count {
    /// Records that were not there.
    pub added: usize,
    /// Records that were there and are different now.
    pub changed: usize,
}

impl Count {
    /// Counts a record; true when it is new or different.
    pub(super) fn count<T: PartialEq>(&mut self, old: Option<&T>, new: &T) -> bool {
        self.added += usize::from(old.is_none());
        self.changed += usize::from(old.is_some_and(|old| old != new));
        old != Some(new)
    }
}

/// What came of an import.
#[derive(Debug, Clone, PartialEq)]
pub struct Imported {
    /// The map with the tables in it.
    pub document: Document,
    /// Parties added and changed.
    pub parties: Count,
    /// Handoffs added and changed; requirements do not count here.
    pub handoffs: Count,
    /// Requirements added and changed.
    pub requirements: Count,
    /// What was left out or looks doubtful, a sentence each.
    pub warnings: Vec<String>,
    /// New parties, in the order of the tables: they stand on a provisional grid and want arranging.
    pub unplaced: Vec<PartyId>,
}

/// Imports tables into a map, in the order parties, handoffs, requirements.
///
/// A row means the record with its id, else the one of its name (handoffs: supplier, customer and item; requirements:
/// the handoff and the words), else it adds one. An empty cell and a missing column leave what is there. Fails with
/// every problem of all tables, and then nothing was imported.
pub fn import(tables: &[Table], into: &Document, ids: &mut IdGen) -> Result<Imported, ImportError> {
    let mut log = Log::default();
    log.warnings.extend(tables.iter().flat_map(|table| table.notes.iter().cloned()));
    let bound = bind_all(tables, &mut log.problems, &mut log.warnings);
    let hours = into.info().hours_per_day;
    let parties: Vec<Said<'_, PartyRow>> = read(&bound, hours, &mut log.problems);
    let handoffs: Vec<Said<'_, HandoffRow<'_>>> = read(&bound, hours, &mut log.problems);
    let requirements: Vec<Said<'_, RequirementRow<'_>>> = read(&bound, hours, &mut log.problems);
    let mut import = Import { draft: Draft::new(into), ids, log };
    import.parties(&parties);
    import.handoffs(&handoffs);
    // A row that was refused leaves its handoff out: do not report the requirements for that as well.
    if import.log.problems.is_empty() {
        import.requirements(&requirements);
    }
    let Import { draft, log: Log { problems, mut warnings }, .. } = import;
    problems.or(())?;
    warnings.extend(draft.near_names());
    draft.finish(shortened(warnings))
}

/// Nobody reads thousands of warnings.
fn shortened(mut warnings: Vec<String>) -> Vec<String> {
    const MOST: usize = 100;
    let more = warnings.len().saturating_sub(MOST);
    if more > 1 {
        warnings.truncate(MOST);
        warnings.push(format!("and {more} warnings more"));
    }
    warnings
}

/// An import under way.
struct Import<'a, 'i> {
    draft: Draft<'a>,
    ids: &'i mut IdGen,
    log: Log,
}

impl Import<'_, '_> {
    fn parties(&mut self, said: &[Said<'_, PartyRow>]) {
        let wanted: Vec<_> =
            said.iter().map(|said| Wanted { id: said.row.id, scope: (), name: said.row.name.as_deref() }).collect();
        let Draft { party_names, party_alias, .. } = &mut self.draft;
        let name_of = |id: PartyId| Some((id, party_names.of(id)?.1.to_string()));
        let before: Vec<_> = said.iter().filter_map(|said| name_of(said.row.id?)).collect();
        let found = identify(party_names, &wanted, party_alias, parse_id, |()| self.ids.make());
        let rows: Vec<&Said<'_, PartyRow>> = said.iter().collect();
        for (at, found) in found.iter().enumerate() {
            let call = |id| self.draft.party_names.reference(id);
            let many = Many { column: "name", noun: "parties", call: &call, whose: &call };
            if let Some(id) = settle(&rows, at, found, &many, &mut self.log) {
                let row = &said[at].row;
                row.apply(self.draft.party_mut(id), renames(found, row.id.as_ref()));
            }
        }
        for (id, name) in before {
            if !name.is_empty() && self.draft.party_names.of(id).is_some_and(|((), now)| now != name) {
                self.draft.former.insert(name, id);
            }
        }
    }

    fn handoffs(&mut self, said: &[Said<'_, HandoffRow<'_>>]) {
        let (mut rows, mut wanted) = (Vec::new(), Vec::new());
        for said in said {
            let supplier = self.end(said, "supplier", said.row.supplier, true);
            let customer = self.end(said, "customer", said.row.customer, true);
            if let (Ok(supplier), Ok(customer)) = (supplier, customer) {
                wanted.push(Wanted { id: said.row.id, scope: (supplier, customer), name: said.row.item.as_deref() });
                rows.push(said);
            }
        }
        let Draft { item_names, handoff_alias, .. } = &mut self.draft;
        let found = identify(item_names, &wanted, handoff_alias, parse_id, |_| self.ids.make());
        for (at, found) in found.iter().enumerate() {
            let call = |id| self.draft.item_names.reference(id);
            let many = Many { column: "item", noun: BETWEEN, call: &call, whose: &|id| self.draft.whose(id) };
            let Some(id) = settle(&rows, at, found, &many, &mut self.log) else { continue };
            let (row, ends) = (&rows[at].row, wanted[at].scope);
            let handoff = self.draft.handoff_mut(id);
            (handoff.supplier, handoff.customer) = ends.over((handoff.supplier, handoff.customer));
            row.apply(handoff, renames(found, row.id.as_ref()));
            if let Some((column, problem)) = unsound((handoff.supplier, handoff.customer)) {
                self.log.problems.add(format!("{}: {problem}", rows[at].place(column)));
            }
        }
    }

    /// The party that a cell calls; `None` when the cell is empty.
    fn end<T>(
        &mut self,
        said: &Said<'_, T>,
        column: &str,
        cell: Option<&str>,
        create: bool,
    ) -> Result<Option<PartyId>, Refused> {
        let Some(cell) = cell else { return Ok(None) };
        let Draft { party_names: names, party_alias, former, .. } = &self.draft;
        let parse = |text: &str| parse_id(text).map(|id| party_alias.get(&id).copied().unwrap_or(id));
        let problem = match names.resolve((), cell, parse) {
            Named::One(id) => return Ok(Some(id)),
            Named::Many(ids) => several("parties", cell, &ids, &|id| names.reference(id)),
            Named::Otherwise(id) => otherwise(cell, &names.reference(id)),
            Named::Nothing => match (former.get(cell), text_problem(cell)) {
                (_, Some(problem)) => problem,
                (Some(id), None) => {
                    let (cell, now) = (quoted(cell), quoted(&names.reference(*id)));
                    format!(
                        "{cell} is called {now} now: write that here too, or give {cell} a row of its own in parties"
                    )
                }
                (None, None) if create => return Ok(Some(self.new_process(cell))),
                (None, None) => {
                    format!("there is no party {}: add it, or write it as it is written there", quoted(cell))
                }
            },
        };
        self.log.problems.add(format!("{}: {problem}", said.place(column)));
        Err(Refused)
    }

    fn new_process(&mut self, name: &str) -> PartyId {
        let Draft { party_names, party_alias, .. } = &mut self.draft;
        let id = fresh_id(party_names, party_alias, || self.ids.make());
        party_names.put(id, (), name);
        *self.draft.party_mut(id) = Party::named(name, PartyKind::Process);
        id
    }

    fn requirements(&mut self, said: &[Said<'_, RequirementRow<'_>>]) {
        let (mut rows, mut wanted) = (Vec::new(), Vec::new());
        let mut names: Names<HandoffId, OwnId> = Names::default();
        let mut seen = BTreeSet::new();
        for said in said {
            let Some(handoff) = self.handoff_of(said) else { continue };
            if seen.insert(handoff) {
                for there in self.draft.handoff(handoff).iter().flat_map(|handoff| &handoff.requirements) {
                    names.put((handoff, there.id), handoff, &there.text);
                }
            }
            let id = said.row.id.map(|id| (handoff, id));
            wanted.push(Wanted { id, scope: handoff, name: said.row.text.as_deref() });
            rows.push(said);
        }
        let found = identify(&mut names, &wanted, &mut BTreeMap::new(), |_| None, |handoff| (handoff, self.ids.make()));
        for (at, found) in found.iter().enumerate() {
            let noun = "requirements of the handoff";
            let many = Many { column: "requirement", noun, call: &|_| String::new(), whose: &|_| String::new() };
            let Some((handoff, id)) = settle(&rows, at, found, &many, &mut self.log) else { continue };
            let requirements = &mut self.draft.handoff_mut(handoff).requirements;
            if matches!(found, Found::New(_)) {
                if requirements.len() == MOST_REQUIREMENTS {
                    let place = rows[at].place("requirement");
                    self.log.problems.add(format!("{place}: a handoff holds at most {MOST_REQUIREMENTS} requirements"));
                    continue;
                }
                requirements.push(Requirement::new(id, ""));
            }
            if let Some(requirement) = requirements.iter_mut().find(|requirement| requirement.id == id) {
                rows[at].row.apply(requirement, renames(found, wanted[at].id.as_ref()));
            }
        }
    }

    /// The handoff that a row of `requirements` belongs to.
    fn handoff_of(&mut self, said: &Said<'_, RequirementRow<'_>>) -> Option<HandoffId> {
        let supplier = self.end(said, "supplier", said.row.supplier, false);
        let customer = self.end(said, "customer", said.row.customer, false);
        let ends: Ends = (supplier.ok()?, customer.ok()?);
        let Draft { item_names: names, handoff_alias, .. } = &self.draft;
        let parse = |text: &str| parse_id(text).map(|id| handoff_alias.get(&id).copied().unwrap_or(id));
        let problem = match said.row.item {
            None => "the item is missing: say which handoff this is about".into(),
            Some(item) => match names.resolve(ends, item, parse) {
                Named::One(id) => return Some(id),
                Named::Many(ids) => several(BETWEEN, item, &ids, &|id| names.reference(id)),
                Named::Otherwise(id) => otherwise(item, &self.draft.whose(id)),
                Named::Nothing => {
                    let handoff = quoted(&self.draft.describe(ends, item));
                    format!("there is no handoff {handoff}: add it to handoffs, or write it as it is written there")
                }
            },
        };
        self.log.problems.add(format!("{}: {problem}", said.place("item")));
        None
    }
}

/// How handoffs of one name are spoken of.
const BETWEEN: &str = "handoffs between these two";

/// There was a problem, and it was reported.
struct Refused;

/// A requirement's id is its own within its handoff.
type OwnId = (HandoffId, RequirementId);

fn parse_id<T: From<Id>>(text: &str) -> Option<T> {
    Id::parse(text).ok().map(T::from)
}

/// A row changes the name of the record that it found by its id; one that it found by its name keeps the name.
fn renames<I: PartialEq>(found: &Found<I>, id: Option<&I>) -> bool {
    match found {
        Found::New(_) => true,
        Found::Old(found) => id == Some(found),
        _ => false,
    }
}

fn unsound(ends: Ends) -> Option<(&'static str, &'static str)> {
    match ends {
        (None, None) => Some(("supplier", "a handoff needs a supplier, a customer or both")),
        (supplier, customer) if supplier == customer => Some(("customer", "a party cannot hand off to itself")),
        _ => None,
    }
}
