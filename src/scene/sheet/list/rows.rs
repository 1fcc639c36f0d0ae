//! The rows of the list, laid out: what a row looks like is kept from one drawing to the next, so that after an edit of one
//! among thousands only that one is set again.

use std::collections::HashMap;
use std::sync::Arc;

use super::cells;
use crate::geom::{Rect, pt};
use crate::model::{Document, Handoff, HandoffId, Party, PartyId, Subject};
use crate::scene::Group;
use crate::scene::sheet::{CellArea, Drawn, Grid, Head, Look, Sheet, draw, edges, wrap};
use crate::scene::text::Fonts;

/// Rows as they were laid out before.
#[derive(Debug, Default)]
pub struct Kept {
    /// Number of faces of the fonts that were measured with.
    faces: usize,
    hours_per_day: f64,
    rows: HashMap<HandoffId, Arc<Row>>,
}

impl PartialEq for Kept {
    /// What was kept makes no difference to what is seen.
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

/// A row of the list, and all that it was made of.
#[derive(Debug)]
struct Row {
    handoff: Arc<Handoff>,
    ends: [Option<Arc<Party>>; 2],
    subjects: Arc<[Subject]>,
    height: f32,
    /// With its upper edge at 0, so that a row is the same to the last bit however often it moved.
    group: Arc<Group>,
    top: f32,
    /// Where it stands.
    placed: Arc<Group>,
}

impl Row {
    /// True when the handoff and its parties are the very ones that the row was made of.
    fn is_of(&self, handoff: &Arc<Handoff>, ends: [Option<&Arc<Party>>; 2]) -> bool {
        let same = |i: usize| self.ends[i].as_ref().map(Arc::as_ptr) == ends[i].map(Arc::as_ptr);
        Arc::ptr_eq(&self.handoff, handoff) && same(0) && same(1)
    }

    /// The same row with its upper edge there.
    fn at(&self, top: f32) -> Self {
        let placed = Arc::new(self.group.translated(pt(0.0, top)));
        let (handoff, ends, subjects) = (self.handoff.clone(), self.ends.clone(), self.subjects.clone());
        Self { handoff, ends, subjects, group: self.group.clone(), top, placed, ..*self }
    }
}

/// Lays out the rows of some handoffs, such as those of [`crate::model::ops::list::rows`], under [`super::columns`]; `None`
/// is the empty row in which typing makes a handoff, for a window. What was kept of an earlier drawing saves work and
/// changes nothing.
pub fn lay_out(
    document: &Document,
    rows: &[Option<HandoffId>],
    columns: Vec<Head>,
    fonts: &Fonts,
    before: Option<&Kept>,
) -> (Drawn, Kept) {
    let sheet = Sheet { columns, look: Look::Dense, ..Sheet::default() };
    let xs = edges(&sheet);
    let head = draw::head_height(&sheet, &xs, fonts);
    let (faces, hours_per_day) = (fonts.faces(), document.info().hours_per_day);
    let before = before.filter(|kept| kept.faces == faces && kept.hours_per_day == hours_per_day);
    let setter = Setter { document, fonts, xs: &xs };
    let mut kept = Kept { faces, hours_per_day, rows: HashMap::with_capacity(rows.len()) };
    let (mut places, mut groups, mut cells) =
        (Vec::with_capacity(rows.len()), Vec::with_capacity(rows.len()), Vec::new());
    cells.reserve(rows.len() * sheet.columns.len());
    let mut y = head + sheet.look.gap();
    for (index, id) in rows.iter().enumerate() {
        let row = setter.row(*id, y, before);
        setter.areas(index, &row, &mut cells);
        places.push((y, y + row.height));
        y += row.height;
        groups.push(row.placed.clone());
        if let Some(id) = id {
            kept.rows.insert(*id, row);
        }
    }
    let grid = Grid { xs, rows: places, head };
    let header = draw::header(&sheet, &grid, fonts);
    let mut all: Vec<Arc<Group>> = draw::one_block(&grid).into_iter().map(Arc::new).collect();
    all.extend(groups.into_iter().filter(|group| !group.items.is_empty()));
    let bounds = all.iter().filter_map(|group| group.bounds).chain(header.bounds);
    let bounds = Some(bounds.fold(Rect::NOTHING, |sum, r| sum.union(&r)));
    (Drawn { header, groups: all, cells, bounds }, kept)
}

/// What a row is made of.
type Source<'a> = (HandoffId, &'a Arc<Handoff>, [Option<&'a Arc<Party>>; 2]);

struct Setter<'a> {
    document: &'a Document,
    fonts: &'a Fonts,
    xs: &'a [f32],
}

impl Setter<'_> {
    /// A row whose upper edge is given; as it was before when nothing in it changed.
    fn row(&self, id: Option<HandoffId>, top: f32, before: Option<&Kept>) -> Arc<Row> {
        let Some((id, handoff)) = id.and_then(|id| Some((id, self.document.handoff(id)?))) else {
            return Arc::new(self.set(None).at(top));
        };
        let party = |id: Option<PartyId>| self.document.party(id?);
        let ends = [party(handoff.supplier), party(handoff.customer)];
        match before.and_then(|kept| kept.rows.get(&id)).filter(|row| row.is_of(handoff, ends)) {
            Some(same) if same.top == top => same.clone(),
            Some(same) => Arc::new(same.at(top)),
            None => Arc::new(self.set(Some((id, handoff, ends))).at(top)),
        }
    }

    /// A row with its upper edge at 0.
    fn set(&self, row: Option<Source<'_>>) -> Row {
        let (look, right) = (Look::Dense, self.xs.last().copied().unwrap_or_default());
        let cells = cells(self.document, row.map(|(id, handoff, _)| (id, &**handoff)));
        let room = |c: usize| self.xs[c + 1] - self.xs[c] - 2.0 * look.pad().x;
        let wrapped: Vec<_> = cells.iter().enumerate().map(|(c, cell)| wrap(cell, room(c), self.fonts)).collect();
        let highest = wrapped.iter().fold(0.0, |most: f32, cell| most.max(cell.height));
        // Whole, so that the lines between rows are sharp at 100 %.
        let height = look.least_height().max(highest + 2.0 * look.pad().y).ceil();
        let mut items = Vec::new();
        for (c, (cell, wrapped)) in cells.iter().zip(&wrapped).enumerate() {
            let rect = Rect { min: pt(self.xs[c], 0.0), max: pt(self.xs[c + 1], height) };
            draw::words(wrapped, cell.align, &rect, look, &mut items);
        }
        let subject = row.map(|(id, ..)| Subject::Handoff(id));
        let rect = Rect { min: pt(0.0, 0.0), max: pt(right, height) };
        let group = Arc::new(draw::group(self.document, subject, "", rect, items));
        let (handoff, ends) = match row {
            Some((_, handoff, ends)) => (handoff.clone(), ends.map(|end| end.cloned())),
            None => Default::default(),
        };
        Row { handoff, ends, subjects: subject.into_iter().collect(), height, top: 0.0, placed: group.clone(), group }
    }

    /// The cells of a row.
    fn areas(&self, index: usize, row: &Row, out: &mut Vec<CellArea>) {
        for (column, x) in self.xs.windows(2).enumerate() {
            let rect = Rect { min: pt(x[0], row.top), max: pt(x[1], row.top + row.height) };
            let text_rect = Look::Dense.inner(&rect);
            out.push(CellArea { row: index, column, rect, text_rect, subjects: row.subjects.clone() });
        }
    }
}
