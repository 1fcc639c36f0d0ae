//! Views that are tables: a cell that has the keyboard, moving between cells, typing into them, blocks from spreadsheets.

use egui::{Event, Key, Modifiers, Stroke, StrokeKind};

use super::Canvas;
use super::paint::{Brush, color};
use crate::app::action::Action;
use crate::app::cx::Cx;
use crate::app::views::wish;
use crate::editor::Selection;
use crate::geom::{Point, Rect, pt};
use crate::model::Subject;
use crate::model::ops::grid::{At, Grid, Record};
use crate::scene::Ink;
use crate::scene::drawing::Table;
use crate::scene::sheet::CellArea;

/// Where the keyboard is in a table.
#[derive(Debug, Default)]
pub struct Cursor {
    /// The cell that has it.
    pub(super) at: Option<At>,
    /// The other corner of the block that is selected.
    anchor: Option<At>,
    /// Typing into the cell.
    pub(super) typing: Option<Typing>,
    /// Goes to the cell of this record once it is in the table.
    follow: Option<Follow>,
}

/// A cell that is typed into.
#[derive(Debug)]
pub(super) struct Typing {
    pub text: String,
    /// All of it is to be marked when the field is there.
    pub fresh: bool,
    /// The field is there and has the keyboard.
    pub ready: bool,
}

/// A cell by what it shows: rows move when the map changes.
#[derive(Debug, Clone, Copy)]
struct Follow {
    record: Record,
    column: usize,
    /// Frames for which it was not found.
    missing: u8,
}

/// Where a key leads from a cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Go {
    Left,
    Right,
    Up,
    Down,
}

impl Canvas {
    fn table(&self) -> Option<&Table> {
        self.at_rest().table.as_deref()
    }

    /// True while the view is a table.
    pub fn is_table(&self) -> bool {
        self.table().is_some()
    }

    /// The rows, when the table can be typed into.
    pub(super) fn cells_grid(&self) -> Option<Grid<'_>> {
        self.table()?.rows.grid()
    }

    /// True while a cell is typed into.
    pub fn is_typing_in_cell(&self) -> bool {
        self.cursor.typing.is_some()
    }

    /// True when the cell's field is on its way.
    pub fn cell_awaits(&self) -> bool {
        self.cursor.typing.as_ref().is_some_and(|typing| !typing.ready)
    }

    /// The cell at a point of the view.
    fn cell_at(&self, p: Point) -> Option<&CellArea> {
        self.table()?.cells.iter().find(|cell| cell.contains(p))
    }

    /// The cell at a row and column.
    pub(super) fn cell(&self, at: At) -> Option<&CellArea> {
        let cells = &self.table()?.cells;
        let exact = cells.iter().find(|cell| (cell.row, cell.column) == at);
        // A cell that spans rows is only there in its first.
        exact.or_else(|| cells.iter().rev().find(|cell| cell.column == at.1 && cell.row <= at.0))
    }

    /// Something was clicked in a table; true when that was all.
    pub fn click_table(
        &mut self,
        cx: &Cx<'_>,
        p: Point,
        twice: bool,
        modifiers: Modifiers,
        out: &mut Vec<Action>,
    ) -> bool {
        if self.table().is_none() {
            return false;
        }
        self.leave_cell(cx, out);
        if let Some(column) = self.header_at(p) {
            out.extend(self.cells_grid().map(|grid| wish(grid.sorted(cx.view, column))));
            return true;
        }
        let Some(cell) = self.cell_at(p).cloned() else {
            self.cursor.at = None;
            out.push(Action::Select(Selection::none()));
            return true;
        };
        let at = (cell.row, cell.column);
        self.cursor.anchor = if modifiers.shift { self.cursor.anchor.or(self.cursor.at) } else { None };
        self.cursor.at = Some(at);
        out.push(Action::Select(cell.subjects.iter().copied().collect()));
        if twice {
            self.type_in_cell(cx, false);
        }
        true
    }

    /// The column whose title is at a point, also where the title is kept in sight.
    fn header_at(&self, p: Point) -> Option<usize> {
        let (grid, header) = (self.cells_grid()?, self.header_rect()?);
        let within = header.contains(p);
        let first_row = |column: usize| self.table()?.cells.iter().find(|cell| cell.column == column);
        (0..grid.columns())
            .filter(|_| within)
            .find(|column| first_row(*column).is_some_and(|cell| p.x >= cell.rect.min.x && p.x <= cell.rect.max.x))
    }

    /// Where the titles of the columns are shown.
    fn header_rect(&self) -> Option<Rect> {
        let header = self.at_rest().above.first()?.bounds?;
        let seen = self.camera.seen(self.rect());
        Some(header.translate(pt(0.0, (seen.min.y - header.min.y).max(0.0))))
    }

    /// The titles once more at the upper edge, when the table is scrolled.
    pub fn header_in_sight(&self, ctx: &egui::Context, cx: &Cx<'_>) -> Vec<egui::Shape> {
        let mut shapes = Vec::new();
        if self.table().is_some()
            && let (Some(group), Some(rect)) = (self.at_rest().above.first(), self.header_rect())
            && let Some(bounds) = group.bounds
            && rect.min.y > bounds.min.y
        {
            let brush = Brush { ctx, canvas: self.rect(), camera: self.camera, theme: cx.theme };
            for item in &group.items {
                brush.item(item, rect.min - bounds.min, &mut shapes);
            }
        }
        shapes
    }

    /// Frames around the cell with the keyboard and the selected block.
    pub fn cell_frames(&self, painter: &egui::Painter, cx: &Cx<'_>) {
        let Some(at) = self.cursor.at else { return };
        let accent = color(cx.theme, Ink::Accent);
        let screen = |rect: &Rect| self.camera.rect_to_screen(self.rect(), rect);
        if let Some(block) = self.block_rect() {
            painter.rect(screen(&block), 0.0, color(cx.theme, Ink::AccentSoft), Stroke::NONE, StrokeKind::Inside);
        }
        if let Some(cell) = self.cell(at) {
            painter.rect_stroke(screen(&cell.rect), 3.0, Stroke::new(2.0, accent), StrokeKind::Inside);
        }
    }

    fn block_rect(&self) -> Option<Rect> {
        let (a, b) = (self.cell(self.cursor.at?)?, self.cell(self.cursor.anchor?)?);
        Some(a.rect.union(&b.rect))
    }

    /// Keys of a table; true when one was pressed that the rest of the window does not hear.
    pub fn table_keys(&mut self, ctx: &egui::Context, cx: &Cx<'_>, out: &mut Vec<Action>) -> bool {
        if self.table().is_none() || self.cursor.typing.is_some() {
            return false;
        }
        if self.clipboard(ctx, cx, out) {
            return true;
        }
        let Some(at) = self.cursor.at else { return self.enter_table(ctx, out) };
        let pressed = |modifiers, key| ctx.input_mut(|i| i.consume_key(modifiers, key));
        let (plain, shift) = (Modifiers::NONE, Modifiers::SHIFT);
        let ways = [
            (Key::ArrowLeft, Go::Left),
            (Key::ArrowRight, Go::Right),
            (Key::ArrowUp, Go::Up),
            (Key::ArrowDown, Go::Down),
        ];
        for (key, go) in ways {
            if pressed(shift, key) {
                self.cursor.anchor = self.cursor.anchor.or(Some(at));
                self.go(at, go, out);
                return true;
            }
            if pressed(plain, key) {
                self.cursor.anchor = None;
                self.go(at, go, out);
                return true;
            }
        }
        if pressed(shift, Key::Tab) {
            self.go(at, Go::Left, out);
        } else if pressed(plain, Key::Tab) {
            self.go(at, Go::Right, out);
        } else if pressed(plain, Key::Escape) {
            self.cursor.at = None;
            out.push(Action::Select(Selection::none()));
        } else if self.cells_grid().is_none() {
            return false;
        } else if pressed(plain, Key::F2) || pressed(plain, Key::Enter) {
            self.type_in_cell(cx, false);
        } else if pressed(plain, Key::Delete) || pressed(plain, Key::Backspace) {
            self.set_cell(cx, at, "", None, out);
        } else if ctx.input(super::letters) {
            self.type_in_cell(cx, true);
            self.hold_back(ctx);
        } else {
            return false;
        }
        true
    }

    /// An arrow or Tab without a cell goes to the first one.
    fn enter_table(&mut self, ctx: &egui::Context, out: &mut Vec<Action>) -> bool {
        let keys = [Key::Tab, Key::ArrowDown, Key::ArrowRight];
        if !keys.into_iter().any(|key| ctx.input_mut(|i| i.consume_key(Modifiers::NONE, key))) {
            return false;
        }
        self.put_cursor((0, 0), out);
        true
    }

    fn clipboard(&mut self, ctx: &egui::Context, cx: &Cx<'_>, out: &mut Vec<Action>) -> bool {
        let Some((grid, at)) = self.cells_grid().zip(self.cursor.at) else { return false };
        let events: Vec<Event> = ctx.input_mut(|i| {
            let mine = |e: &Event| matches!(e, Event::Copy | Event::Cut | Event::Paste(_));
            let (mine, others) = std::mem::take(&mut i.events).into_iter().partition(mine);
            i.events = others;
            mine
        });
        for event in &events {
            match event {
                Event::Paste(text) => match grid.paste(cx.document(), &mut cx.ids.borrow_mut(), at, text) {
                    Ok((edits, cells)) => {
                        out.push(Action::edit("paste cells", edits));
                        out.push(Action::Say(format!("Pasted {cells} cell{}.", if cells == 1 { "" } else { "s" })));
                    }
                    Err(problem) => out.push(Action::Complain(format!("Not pasted: {problem}."))),
                },
                _ => ctx.copy_text(grid.copy(cx.document(), at, self.cursor.anchor.unwrap_or(at))),
            }
        }
        !events.is_empty()
    }

    fn size(&self) -> At {
        let cells = self.table().map(|table| table.cells.as_slice()).unwrap_or_default();
        match self.cells_grid() {
            Some(grid) => (grid.rows(), grid.columns()),
            None => {
                let most = |index: fn(&CellArea) -> usize| cells.iter().map(|c| index(c) + 1).max().unwrap_or(0);
                (most(|c| c.row), most(|c| c.column))
            }
        }
    }

    fn go(&mut self, (row, column): At, go: Go, out: &mut Vec<Action>) {
        let (rows, columns) = self.size();
        let last = columns.saturating_sub(1);
        let to = match go {
            Go::Left if column > 0 => (row, column - 1),
            Go::Left if row > 0 => (row - 1, last),
            Go::Right if column < last => (row, column + 1),
            Go::Right if row + 1 < rows => (row + 1, 0),
            Go::Up => (row.saturating_sub(1), column),
            Go::Down => ((row + 1).min(rows.saturating_sub(1)), column),
            Go::Left | Go::Right => (row, column),
        };
        self.put_cursor(to, out);
    }

    fn put_cursor(&mut self, at: At, out: &mut Vec<Action>) {
        let Some(cell) = self.cell(at).cloned() else { return };
        self.cursor.at = Some(at);
        out.push(Action::Select(cell.subjects.iter().copied().collect()));
        self.wishes.push(super::Wish::Into(cell.rect));
    }

    /// Starts typing: over the text, or in it.
    fn type_in_cell(&mut self, cx: &Cx<'_>, over: bool) {
        let Some((grid, at)) = self.cells_grid().zip(self.cursor.at) else { return };
        if grid.is_read_only(at.1) {
            return;
        }
        let text = if over { String::new() } else { grid.text(cx.document(), at) };
        self.cursor.typing = Some(Typing { text, fresh: true, ready: false });
    }

    /// Keeps what was typed.
    fn leave_cell(&mut self, cx: &Cx<'_>, out: &mut Vec<Action>) {
        if let (Some(typing), Some(at)) = (self.cursor.typing.take(), self.cursor.at) {
            self.set_cell(cx, at, &typing.text, None, out);
        }
    }

    /// Writes into a cell; `then` is where the keyboard goes, seen from the record that was written.
    pub(super) fn set_cell(&mut self, cx: &Cx<'_>, at: At, text: &str, then: Option<Go>, out: &mut Vec<Action>) {
        let Some(grid) = self.cells_grid() else { return };
        if grid.is_read_only(at.1) || grid.text(cx.document(), at) == text {
            if let Some(go) = then {
                self.go(at, go, out);
            }
            return;
        }
        let edits = match grid.edit(cx.document(), &mut cx.ids.borrow_mut(), at, text) {
            Ok(edits) => edits,
            Err(problem) => {
                out.push(Action::Complain(format!("Not changed: {problem}.")));
                return;
            }
        };
        let record = grid.record(at, &edits);
        let last = grid.columns().saturating_sub(1);
        out.push(Action::edit(format!("change {}", grid.title(at.1).to_lowercase()), edits));
        let column = match then {
            Some(Go::Right) => (at.1 + 1).min(last),
            Some(Go::Left) => at.1.saturating_sub(1),
            _ => at.1,
        };
        let stays = then != Some(Go::Down) && then != Some(Go::Up);
        match (record.filter(|_| stays), then) {
            (Some(record), _) => self.cursor.follow = Some(Follow { record, column, missing: 0 }),
            (None, Some(go)) => self.go(at, go, out),
            (None, None) => {}
        }
    }

    /// Follows what was written to where it stands now.
    pub fn follow_cell(&mut self, out: &mut Vec<Action>) {
        let Some(mut follow) = self.cursor.follow.take() else { return };
        let Some(grid) = self.cells_grid() else { return };
        match grid.find(follow.record) {
            Some(row) => self.put_cursor((row, follow.column), out),
            None if follow.missing < 3 => {
                follow.missing += 1;
                self.cursor.follow = Some(follow);
            }
            None => {}
        }
    }

    /// Drops what is typed into a cell.
    pub fn drop_cell(&mut self) {
        self.cursor.typing = None;
    }

    /// The view is another one: no cell has the keyboard.
    pub fn forget_cell(&mut self) {
        self.cursor = Cursor::default();
    }

    /// Where a subject stands in the table.
    pub fn cells_of(&self, subject: Subject) -> Rect {
        let cells = self.table().map(|table| table.cells.as_slice()).unwrap_or_default();
        let mine = cells.iter().filter(|cell| cell.subjects.contains(&subject));
        mine.map(|cell| cell.rect).fold(Rect::NOTHING, |sum, rect| sum.union(&rect))
    }
}
