//! Parts on sheets of paper: where one sheet ends and the next begins, and what stands at their foot.

use super::lines::{Line, Style};
use super::{BOTTOM, MARGIN, PAPER, Part, ROOM, Sheet, Tie};
use crate::geom::{Rect, pt};
use crate::scene::text::Fonts;
use crate::scene::{Group, Ink, Item, Scene, Weight};

const FOOT: Style = Style { size: 7.8, lead: 10.0, weight: Weight::Regular, ink: Ink::Faint };

/// Puts the parts on as many sheets as they need.
pub(super) fn sheets(parts: &[Part], title: &str, fonts: &Fonts) -> Vec<Sheet> {
    let mut press = Press { sheets: vec![Vec::new()], y: MARGIN };
    place(parts, Tie::Group, &mut press);
    let count = press.sheets.len();
    let mut heading = title.to_owned();
    let finish = |(at, placed): (usize, Vec<(f32, &Part)>)| {
        let first = placed.iter().find_map(|(_, part)| part.heading.clone()).filter(|_| at > 0);
        let goes_on = placed.first().is_none_or(|(_, part)| part.heading.is_none());
        let before = heading.clone();
        heading = placed.iter().rev().find_map(|(_, part)| part.heading.clone()).unwrap_or_else(|| before.clone());
        let title_here = if goes_on { before } else { first.unwrap_or(before) };
        Sheet { title: title_here, scene: scene(&placed, (title, at + 1, count), fonts) }
    };
    press.sheets.into_iter().enumerate().map(finish).collect()
}

/// What is on which sheet, and at what height.
struct Press<'a> {
    sheets: Vec<Vec<(f32, &'a Part)>>,
    /// Where the next part begins.
    y: f32,
}

/// Places parts; those that are tied go on one sheet where there is one for them, else they are parted at weaker ties.
fn place<'a>(parts: &'a [Part], tie: Tie, press: &mut Press<'a>) {
    let mut rest = parts;
    while !rest.is_empty() {
        let tied = rest.iter().take_while(|part| part.tie >= tie).count();
        let (chunk, after) = rest.split_at((tied + 1).min(rest.len()));
        rest = after;
        let height = height(chunk);
        if press.fits(chunk, height) {
            press.add_all(chunk);
        } else if height <= ROOM {
            press.next_sheet();
            press.add_all(chunk);
        } else if tie == Tie::Group {
            place(chunk, Tie::Heading, press);
        } else {
            for part in chunk {
                if !press.fits(std::slice::from_ref(part), part.height) {
                    press.next_sheet();
                }
                press.add(part);
            }
        }
    }
}

/// The height of parts that begin a sheet.
fn height(parts: &[Part]) -> f32 {
    let head = parts.first().and_then(|part| part.head.as_ref()).map_or(0.0, |head| head.height);
    let gaps: f32 = parts.iter().skip(1).map(|part| part.gap).sum();
    head + gaps + parts.iter().map(|part| part.height).sum::<f32>()
}

impl<'a> Press<'a> {
    fn is_new(&self) -> bool {
        self.sheets.last().is_none_or(Vec::is_empty)
    }

    fn fits(&self, parts: &[Part], height: f32) -> bool {
        let gap = if self.is_new() { 0.0 } else { parts.first().map_or(0.0, |part| part.gap) };
        self.y + gap + height <= BOTTOM + 0.01
    }

    fn next_sheet(&mut self) {
        if !self.is_new() {
            self.sheets.push(Vec::new());
            self.y = MARGIN;
        }
    }

    fn add_all(&mut self, parts: &'a [Part]) {
        for part in parts {
            self.add(part);
        }
    }

    fn add(&mut self, part: &'a Part) {
        if self.is_new() {
            if let Some(head) = &part.head {
                self.put(head);
            }
        } else {
            self.y += part.gap;
        }
        self.put(part);
    }

    fn put(&mut self, part: &'a Part) {
        if let Some(sheet) = self.sheets.last_mut() {
            sheet.push((self.y, part));
        }
        self.y += part.height;
    }
}

fn scene(placed: &[(f32, &Part)], (title, number, count): (&str, usize, usize), fonts: &Fonts) -> Scene {
    let whole = Rect::from_min_size(pt(0.0, 0.0), PAPER);
    let paper = Item::Rect { rect: whole, radius: 0.0, fill: Some(Ink::Card), stroke: None };
    let mut groups = vec![Group { items: vec![paper], bounds: Some(whole), ..Group::default() }];
    for (y, part) in placed {
        let items: Vec<Item> = part.items.iter().map(|item| item.translated(pt(0.0, *y))).collect();
        if !items.is_empty() {
            let bounds = Rect { min: pt(MARGIN, *y), max: pt(PAPER.w - MARGIN, y + part.height) };
            groups.push(Group { title: part.about.as_str().into(), bounds: Some(bounds), items, ..Group::default() });
        }
    }
    groups.push(Group { items: footer(title, number, count, fonts), ..Group::default() });
    Scene { groups, bounds: Some(whole) }
}

fn footer(title: &str, number: usize, count: usize, fonts: &Fonts) -> Vec<Item> {
    let y = PAPER.h - 32.0;
    let pages = Line::of(fonts, &format!("Page {number} of {count}"), FOOT);
    let room = PAPER.w - 2.0 * MARGIN - pages.width - 24.0;
    let title = fonts.fit(title, FOOT.size, FOOT.weight, room);
    let mut items = Line::of(fonts, &title.text, FOOT).items(MARGIN, y, 0.0);
    items.extend(pages.items(PAPER.w - MARGIN, y, -pages.width));
    items
}
