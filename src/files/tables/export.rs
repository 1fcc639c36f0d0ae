//! A map as the three tables, written so that they read back to the same map.

use super::names::Names;
use super::table::{Row, Table, TableKind};
use crate::model::quantity::number;
use crate::model::{Document, Handoff, HandoffId, Party, PartyId, Requirement};

/// The ends of a handoff, within which items are told apart.
pub(super) type Ends = (Option<PartyId>, Option<PartyId>);

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

/// The tables parties, handoffs and requirements of a map; rows in the order of the document.
///
/// Parties and items are called by name, or `Name [id]` where several have it or it is empty.
pub fn tables(document: &Document) -> [Table; 3] {
    let (parties, items) = (party_names(document), item_names(document));
    let end = |end: Option<PartyId>| end.map_or_else(String::new, |id| parties.reference(id));
    let ends = |handoff: &Handoff| [end(handoff.supplier), end(handoff.customer)];
    let requirements = document.handoffs().flat_map(|(id, handoff)| {
        let (ends, item) = (ends(handoff), items.reference(id));
        let cells = handoff.requirements.iter().map(|requirement| requirement_cells(requirement, &ends, &item));
        cells.collect::<Vec<_>>()
    });
    [
        table(TableKind::Parties, document.parties().map(|(id, party)| party_cells(id, party))),
        table(TableKind::Handoffs, document.handoffs().map(|(id, h)| handoff_cells(id, h, ends(h)))),
        table(TableKind::Requirements, requirements),
    ]
}

fn table(kind: TableKind, rows: impl Iterator<Item = Vec<String>>) -> Table {
    let header = kind.column_names().into_iter().map(String::from).collect();
    let rows = rows.enumerate().map(|(at, cells)| Row { line: at + 2, cells }).collect();
    Table { kind, source: kind.word().into(), sheet: false, header, rows, notes: Vec::new() }
}

fn known(value: Option<f64>) -> String {
    value.map_or_else(String::new, number)
}

fn yes_no(value: bool) -> String {
    if value { "yes" } else { "no" }.into()
}

fn party_cells(id: PartyId, party: &Party) -> Vec<String> {
    vec![
        party.name.clone(),
        party.kind.word().into(),
        party.department.clone(),
        party.owner.clone(),
        known(party.process_time_h),
        party.value_adding.map_or_else(String::new, yes_no),
        party.promise.clone(),
        id.to_string(),
    ]
}

fn handoff_cells(id: HandoffId, handoff: &Handoff, [supplier, customer]: [String; 2]) -> Vec<String> {
    vec![
        supplier,
        customer,
        handoff.item.clone(),
        handoff.kind.word().into(),
        yes_no(handoff.critical),
        known(handoff.wait_h),
        known(handoff.complete_accurate_pct),
        known(handoff.on_time_pct),
        known(handoff.volume),
        known(handoff.sample_size),
        handoff.known.map_or("", |known| known.word()).into(),
        id.to_string(),
    ]
}

fn requirement_cells(requirement: &Requirement, [supplier, customer]: &[String; 2], item: &str) -> Vec<String> {
    vec![
        supplier.clone(),
        customer.clone(),
        item.into(),
        requirement.text.clone(),
        requirement.measure.clone(),
        requirement.unit.clone(),
        requirement.operator.map_or("", |operator| operator.word()).into(),
        known(requirement.target),
        known(requirement.actual()),
        yes_no(requirement.must),
        known(Some(requirement.weight)),
        requirement.id.to_string(),
    ]
}
