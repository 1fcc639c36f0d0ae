//! A list somebody mailed, pasted as text: a party a line, or `Supplier -> Customer: item` for a handoff.

use std::collections::BTreeMap;

use super::add::{STEP, free_among};
use super::links::party_by_name;
use crate::geom::{Point, pt};
use crate::model::{Document, Edit, Handoff, IdGen, Party, PartyId, PartyKind, Subject};

/// The most lines that are read as a list; more is no list that somebody typed.
const MOST_LINES: usize = 2_000;
const LONGEST_LINE: usize = 300;

/// True when the text can be pasted as a list.
pub fn looks_like_lines(text: &str) -> bool {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|l| !l.is_empty()).collect();
    !lines.is_empty() && lines.len() <= MOST_LINES && lines.iter().all(|l| l.chars().count() <= LONGEST_LINE)
}

/// Reads the lines: the edits, and what to select. Parties that are on the map already are used again; new ones stand in a
/// column at `at`, their customers to the right of them.
pub fn paste_lines(document: &Document, ids: &mut IdGen, text: &str, at: Point) -> (Vec<Edit>, Vec<Subject>) {
    let mut list =
        List { document, ids, taken: Vec::new(), named: BTreeMap::new(), edits: Vec::new(), added: Vec::new() };
    list.taken = document.parties().filter_map(|(id, _)| document.place(id)).collect();
    for line in text.lines() {
        let line = line.trim().trim_start_matches(['-', '*', '•', '–']).trim();
        if line.is_empty() {
            continue;
        }
        let Some((supplier, rest)) = line.split_once("->").or_else(|| line.split_once('→')) else {
            list.party(line, at);
            continue;
        };
        let (customer, item) = rest.split_once(':').unwrap_or((rest, ""));
        let (supplier, customer) = (supplier.trim(), customer.trim());
        let from = (!supplier.is_empty()).then(|| list.party(supplier, at));
        let beside = from.and_then(|(_, place)| place).map_or(at, |place| place + pt(STEP.w, 0.0));
        let to = (!customer.is_empty()).then(|| list.party(customer, beside));
        list.handoff(from.map(|f| f.0), to.map(|t| t.0), item.trim());
    }
    (list.edits, list.added)
}

struct List<'a> {
    document: &'a Document,
    ids: &'a mut IdGen,
    taken: Vec<Point>,
    named: BTreeMap<String, (PartyId, Point)>,
    edits: Vec<Edit>,
    added: Vec<Subject>,
}

impl List<'_> {
    /// The party with this name, made when there is none; and its place.
    fn party(&mut self, name: &str, wanted: Point) -> (PartyId, Option<Point>) {
        if let Some((id, place)) = self.named.get(&name.to_lowercase()) {
            return (*id, Some(*place));
        }
        if let Some(id) = party_by_name(self.document, name) {
            return (id, self.document.place(id));
        }
        let (id, place) = (self.ids.make(), free_among(&self.taken, wanted, pt(0.0, 1.0)));
        self.taken.push(place);
        self.named.insert(name.to_lowercase(), (id, place));
        self.edits.push(Edit::PutParty(id, Party::named(name, PartyKind::Process)));
        self.edits.push(Edit::Place(id, place));
        self.added.push(Subject::Party(id));
        (id, Some(place))
    }

    fn handoff(&mut self, supplier: Option<PartyId>, customer: Option<PartyId>, item: &str) {
        if supplier != customer {
            let id = self.ids.make();
            self.edits.push(Edit::PutHandoff(id, Handoff::between(supplier, customer, item)));
            self.added.push(Subject::Handoff(id));
        }
    }
}
