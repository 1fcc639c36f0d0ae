//! A block of cells from a spreadsheet, put into the table of handoffs.

use std::collections::BTreeMap;

use super::Column;
use super::edit::{has_an_end, set, there};
use crate::geom::{Point, pt};
use crate::model::ops::grid::parties::{below_all, beside, itself, only, put_party, put_party_at};
use crate::model::ops::grid::tsv;
use crate::model::ops::{End, STEP};
use crate::model::{Document, Edit, Handoff, HandoffId, IdGen, PartyId};

/// New parties of a longer block stand in rows below the map, not beside those that they hand off to.
const LONG: usize = 200;
/// How many of them stand in one row.
const ABREAST: usize = 12;

/// The edits of pasting a block of cells with its upper left corner at a row and column of the table, and how many cells
/// change the map by it.
///
/// It is as if every cell was typed, row by row; but the cells of State and Score, which follow from others, are passed
/// over. What comes into the empty row at the end, `None`, or below it makes handoffs: a row there needs a supplier or a
/// customer, and where it would repeat a handoff with the same ends and item, that one is changed.
///
/// # Errors
/// All or nothing: in words, with the row (of the block, from 1) and column of the cell.
pub fn paste(
    document: &Document,
    ids: &mut IdGen,
    rows: &[Option<HandoffId>],
    at: (usize, Column),
    block: &str,
) -> Result<(Vec<Edit>, usize), String> {
    let lines = tsv::cells(block)?;
    let columns = &Column::ALL[at.1.index()..];
    let below = (lines.len() > LONG).then(|| below_all(document));
    let mut pasting =
        Pasting { map: document.clone(), ids, named: by_name(document), same: None, below, made: 0, cells: 0 };
    for (number, cells) in lines.iter().enumerate() {
        let in_row = |problem: String| format!("row {}{problem}", number + 1);
        if let Some(over) = cells.iter().skip(columns.len()).find(|cell| !cell.trim().is_empty()) {
            let over = over.trim();
            return Err(in_row(format!(": “{over}” would stand right of the contacts; paste further left")));
        }
        let cells = columns.iter().copied().zip(cells.iter().map(|cell| cell.trim()));
        let cells = cells.filter(|(column, _)| !column.is_read_only()).collect();
        let row = rows.get(at.0 + number).copied().flatten();
        pasting.line(row, &cells).map_err(in_row)?;
    }
    Ok((document.edits_to(&pasting.map), pasting.cells))
}

/// The parties by their names in lower case.
fn by_name(document: &Document) -> BTreeMap<String, Vec<PartyId>> {
    let mut named: BTreeMap<String, Vec<PartyId>> = BTreeMap::new();
    for (id, party) in document.parties() {
        named.entry(party.name.trim().to_lowercase()).or_default().push(id);
    }
    named
}

type Ends = (Option<PartyId>, Option<PartyId>);

/// The cells of a row of the block; an error begins with what follows "row 3" in a message.
type Cells<'a> = BTreeMap<Column, &'a str>;

struct Pasting<'a> {
    /// The map with all that was pasted so far.
    map: Document,
    ids: &'a mut IdGen,
    /// The parties of the map by their names in lower case.
    named: BTreeMap<String, Vec<PartyId>>,
    /// Handoffs by their ends and items; made when it is first asked for.
    same: Option<BTreeMap<(Ends, String), HandoffId>>,
    /// Where the first new party stands, when they do not stand beside others.
    below: Option<Point>,
    /// How many parties are new.
    made: usize,
    cells: usize,
}

impl Pasting<'_> {
    fn line(&mut self, row: Option<HandoffId>, cells: &Cells<'_>) -> Result<(), String> {
        if row.is_none() && cells.values().all(|cell| cell.is_empty()) {
            return Ok(());
        }
        let shown = self.there(row)?;
        let ends = self.ends(&shown, cells)?;
        if row.is_none() && ends == (None, None) {
            return Err(": a new handoff needs a supplier or a customer".into());
        }
        let item = cells.get(&Column::Item).copied().unwrap_or_default();
        let row = row.or_else(|| self.repeated(ends, item));
        let old = self.there(row)?;
        let mut new = Handoff { supplier: ends.0, customer: ends.1, ..old.clone() };
        has_an_end(&new).map_err(|problem| format!(": {problem}"))?;
        let mut changed = usize::from(ends.0 != old.supplier) + usize::from(ends.1 != old.customer);
        let hours_per_day = self.map.info().hours_per_day;
        for (column, cell) in cells {
            if *cell != super::text_of(&self.map, &new, *column).trim() {
                let before = new.clone();
                set(&mut new, *column, cell, (hours_per_day, &mut *self.ids))
                    .map_err(|problem| format!(", {}: {problem}", column.title()))?;
                changed += usize::from(new != before);
            }
        }
        if changed > 0 {
            let id = row.unwrap_or_else(|| self.ids.make());
            if let Some(same) = &mut self.same {
                same.insert((ends, new.item.trim().to_owned()), id);
            }
            self.map.apply(vec![Edit::PutHandoff(id, new)]).map_err(|error| format!(": {error}"))?;
            self.cells += changed;
        }
        Ok(())
    }

    /// The handoff of a row as it is by now; an empty one for a new row.
    fn there(&self, row: Option<HandoffId>) -> Result<Handoff, String> {
        row.map_or_else(|| Ok(Handoff::default()), |id| there(&self.map, id).map_err(|problem| format!(": {problem}")))
    }

    /// Supplier and customer as the row names them, where it names others than those there are.
    fn ends(&mut self, old: &Handoff, cells: &Cells<'_>) -> Result<Ends, String> {
        let mut ends = (old.supplier, old.customer);
        for (end, column) in [(End::Supplier, Column::Supplier), (End::Customer, Column::Customer)] {
            let Some(name) = cells.get(&column) else { continue };
            if *name == super::text_of(&self.map, old, column).trim() {
                continue;
            }
            let (this, other) = match end {
                End::Supplier => (&mut ends.0, ends.1),
                End::Customer => (&mut ends.1, ends.0),
            };
            *this = self.party(name, (end, other)).map_err(|problem| format!(", {}: {problem}", column.title()))?;
        }
        if ends.0.is_some() && ends.0 == ends.1 {
            let (column, end) = match cells.get(&Column::Customer) {
                Some(_) => (Column::Customer, End::Customer),
                None => (Column::Supplier, End::Supplier),
            };
            let name = cells.get(&column).copied().unwrap_or_default();
            return Err(format!(", {}: {}", column.title(), itself(name, end)));
        }
        Ok(ends)
    }

    /// The party of a name, made when there is none; nobody for an empty one.
    fn party(&mut self, name: &str, (end, other): (End, Option<PartyId>)) -> Result<Option<PartyId>, String> {
        if name.is_empty() {
            return Ok(None);
        }
        let alike = self.named.get(&name.to_lowercase()).map(Vec::as_slice).unwrap_or_default();
        let is_exact = |id: &&PartyId| self.map.party(**id).is_some_and(|party| party.name.trim() == name);
        let exact: Vec<PartyId> = alike.iter().filter(is_exact).copied().collect();
        if let Some(found) = only(if exact.is_empty() { alike } else { &exact }, name)? {
            return Ok(Some(found));
        }
        let id: PartyId = self.ids.make();
        let edits = match self.below {
            None => put_party(&self.map, id, name, beside(&self.map, other, end)),
            Some(corner) => {
                let (across, down) = (self.made % ABREAST, self.made / ABREAST);
                put_party_at(id, name, corner + pt(across as f32 * STEP.w, down as f32 * STEP.h))
            }
        };
        self.map.apply(edits).map_err(|error| error.to_string())?;
        self.named.entry(name.to_lowercase()).or_default().push(id);
        self.made += 1;
        Ok(Some(id))
    }

    /// The handoff that is there already with these ends and this item; none without an item.
    fn repeated(&mut self, ends: Ends, item: &str) -> Option<HandoffId> {
        if item.is_empty() {
            return None;
        }
        let map = &self.map;
        let same = self.same.get_or_insert_with(|| {
            let mut same = BTreeMap::new();
            for (id, h) in map.handoffs() {
                same.entry(((h.supplier, h.customer), h.item.trim().to_owned())).or_insert(id);
            }
            same
        });
        let found = *same.get(&(ends, item.to_owned()))?;
        // It may have been changed since.
        let is_same = |h: &Handoff| (h.supplier, h.customer) == ends && h.item.trim() == item;
        map.handoff(found).is_some_and(|handoff| is_same(handoff)).then_some(found)
    }
}
