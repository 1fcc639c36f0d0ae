//! The department × department matrix as a sheet: how many handoffs go from where to where, shaded by a figure.

use super::{Cell, Fill, Head, Look, Sheet, Side, Words};
use crate::geom::{Rect, pt};
use crate::model::{Exchange, Figure, Matrix, PartyKind, Silo, Subject, quantity};
use crate::scene::drawing::Entry;
use crate::scene::text::Fonts;
use crate::scene::theme::STEPS;
use crate::scene::{Ink, Item, Stroke, Weight};

/// Widths of the columns in map units: the names at the left, and the least and most of the others.
const NAMES: f32 = 190.0;
const LEAST: f32 = 104.0;
const MOST: f32 = 168.0;

/// The sheet of a matrix: givers at the left, receivers above. Each cell carries its handoffs. `words` writes a
/// cost, or a slack that is given as a part of the lead time.
pub fn silos(matrix: &Matrix, hours_per_day: f64, fonts: &Fonts, words: &dyn Fn(f64) -> String) -> Sheet {
    let most = matrix.cells.values().map(|cell| cell.handoffs.len()).max().unwrap_or(0);
    let largest = matrix.cells.values().filter_map(|cell| cell.value).fold(0.0, f64::max);
    let tiles = Tiles { matrix, hours_per_day, words, most, largest };
    let titles: Vec<String> = matrix.silos.iter().map(Silo::title).collect();
    let head =
        |title: &str| Head { title: title.into(), width: width(title, fonts), letter: false, align: Side::Middle };
    let mut columns = vec![Head { title: "From ↓  to →".into(), width: NAMES, ..Head::default() }];
    columns.extend(titles.iter().map(|title| head(title)));
    columns.extend(["To other departments", "All given"].map(head));
    let count = matrix.silos.len();
    let mut rows = Vec::with_capacity(count + 2);
    for (from, silo) in matrix.silos.iter().enumerate() {
        let mut row = vec![name(silo)];
        row.extend((0..count).map(|to| tiles.tile(from, to)));
        row.push(tiles.total(&matrix.given_across[from], &format!("{} to other departments", titles[from])));
        row.push(tiles.total(&matrix.given[from], &format!("all that {} gives", titles[from])));
        rows.push(row);
    }
    for (title, of, across, all) in [
        ("From other departments", &matrix.received_across, Some(&matrix.across), None),
        ("All received", &matrix.received, None, Some(&matrix.all)),
    ] {
        let mut row = vec![Cell { align: Side::Right, ..Cell::of(Words::plain(title, Ink::Faint).strong()) }];
        row.extend(of.iter().zip(&titles).map(|(exchange, to)| tiles.total(exchange, &format!("{title}: {to}"))));
        for corner in [across, all] {
            row.push(corner.map_or_else(Cell::default, |exchange| tiles.total(exchange, title)));
        }
        rows.push(row);
    }
    if count == 0 {
        rows.clear();
    }
    Sheet { columns, rows, breaks: vec![count], look: Look::Tiles }
}

/// Wide enough for the longest word.
fn width(title: &str, fonts: &Fonts) -> f32 {
    let words = title.split([' ', '-', '/']).map(|word| fonts.width(word, 13.0, Weight::SemiBold));
    (words.fold(0.0, f32::max) + 20.0).clamp(LEAST, MOST)
}

fn name(silo: &Silo) -> Cell {
    let fill = match silo {
        Silo::Suppliers => Some(Fill::Card(PartyKind::Supplier, None)),
        Silo::Customers => Some(Fill::Card(PartyKind::Customer, None)),
        Silo::Department(_) | Silo::Others(_) | Silo::NoDepartment => None,
    };
    let ink = if matches!(silo, Silo::NoDepartment | Silo::Others(_)) { Ink::Faint } else { Ink::Text };
    Cell { fill, align: Side::Right, ..Cell::of(Words::plain(silo.title(), ink).strong()) }
}

struct Tiles<'a> {
    matrix: &'a Matrix,
    hours_per_day: f64,
    words: &'a dyn Fn(f64) -> String,
    /// Most handoffs of a cell.
    most: usize,
    /// The largest figure of a cell.
    largest: f64,
}

impl Tiles<'_> {
    fn tile(&self, from: usize, to: usize) -> Cell {
        let inside = from == to;
        let framed = |ink| if inside { Fill::Framed(ink) } else { Fill::Plain(ink) };
        let Some(exchange) = self.matrix.cells.get(&(from, to)) else {
            let fill = if inside { Fill::Framed(Ink::Paper) } else { Fill::Empty };
            return Cell { fill: Some(fill), ..Cell::default() };
        };
        let names = [from, to].map(|i| self.matrix.silos[i].title());
        let fill = match (self.matrix.figure, exchange.value) {
            (Figure::None, _) => Fill::Shade { layers: shade(exchange.handoffs.len(), self.most), framed: inside },
            (_, None) if inside => Fill::Framed(Ink::Card),
            (_, None) => Fill::Empty,
            (figure, Some(value)) => framed(Ink::Scale(step(figure, value, self.largest))),
        };
        Cell { fill: Some(fill), ..self.counted(exchange, 21.0, &format!("{} → {}", names[0], names[1])) }
    }

    fn total(&self, exchange: &Exchange, title: &str) -> Cell {
        if exchange.handoffs.is_empty() {
            return Cell { align: Side::Middle, ..Cell::of(Words::plain("0", Ink::Faint).sized(16.0)) };
        }
        self.counted(exchange, 16.0, title)
    }

    fn counted(&self, exchange: &Exchange, size: f32, title: &str) -> Cell {
        let count = exchange.handoffs.len();
        let mut words = vec![Words::plain(count.to_string(), Ink::Text).strong().sized(size)];
        if self.matrix.figure != Figure::None {
            let figure = match exchange.value {
                None if self.matrix.figure == Figure::Slack => "not on the way".into(),
                None if self.matrix.figure == Figure::Loss => "no share known".into(),
                None => "unknown".into(),
                Some(value) => self.figure(value),
            };
            words.push(Words::plain(figure, Ink::Text).sized(12.0));
            if exchange.value.is_some() && exchange.known < count {
                words.push(Words::plain(format!("{} of {count} known", exchange.known), Ink::Text).sized(10.5));
            }
        }
        let s = if count == 1 { "" } else { "s" };
        Cell {
            words,
            subjects: exchange.handoffs.iter().map(|id| Subject::Handoff(*id)).collect(),
            title: format!("{title}: {count} handoff{s}"),
            align: Side::Middle,
            ..Cell::default()
        }
    }

    fn figure(&self, value: f64) -> String {
        match self.matrix.figure {
            Figure::None => String::new(),
            Figure::CompleteAccurate => format!("{} % C&A", share(value)),
            Figure::OnTime => format!("{} % on time", share(value)),
            Figure::Wait => format!("wait {}", quantity::duration(value, self.hours_per_day)),
            Figure::Cost | Figure::Slack => (self.words)(value),
            Figure::Agreement => format!("{} % agreed", share(value)),
            Figure::Score => format!("{} % met", share(value)),
            Figure::Loss => format!("{} %", share(value)),
            Figure::Steps => format!("{} % of steps done", share(value)),
        }
    }
}

/// A fraction in percent; what is not nothing is not shown as 0, and what is not all not as 100. Sums may miss 100
/// by a hair.
fn share(value: f64) -> String {
    let pct = value * 100.0;
    match quantity::rounded(pct, 1).as_str() {
        "0" if pct > 0.0 => "< 0.1".into(),
        "100" if pct < 100.0 - 1e-9 => "> 99.9".into(),
        text => text.to_owned(),
    }
}

/// How dark a cell is by its number of handoffs, 1 to 4. A few handoffs are never dark, even where there are no more.
fn shade(count: usize, most: usize) -> u8 {
    (count * 4).div_ceil(most.max(4)).clamp(1, 4) as u8
}

/// The step of [`Ink::Scale`] for a figure; sums are held against the largest.
fn step(figure: Figure, value: f64, largest: f64) -> u8 {
    let passed = |bounds: [f64; 4], value: f64| bounds.iter().filter(|bound| value < **bound).count() as u8;
    match figure {
        Figure::CompleteAccurate | Figure::OnTime => passed(SHARES, value),
        Figure::Agreement | Figure::Score => passed(AGREED, value),
        Figure::Wait | Figure::Cost if largest > 0.0 => passed(SUMS, 1.0 - value / largest),
        Figure::Loss => loss_step(value),
        Figure::Slack => slack_step(value),
        Figure::Steps => steps_step(value),
        Figure::None | Figure::Wait | Figure::Cost => 0,
    }
}

/// What each step of a share of the loss means, from little to much.
pub const LOSS_STEPS: [&str; 5] = ["≤ 1 %", "≤ 5 %", "≤ 10 %", "≤ 20 %", "> 20 %"];
/// What each step of slack means, from much to none.
pub const SLACK_STEPS: [&str; 5] = ["> 40 % of the lead time", "≤ 40 %", "≤ 15 %", "≤ 5 %", "critical path"];
/// What each step of the seven steps means, from all to none; of several processes the mean counts.
pub const DONE_STEPS: [&str; 5] = ["all 7 steps done", "5 or 6", "3 or 4", "1 or 2", "none"];
/// Above which share of the loss each step begins, and up to which part of the lead time slack is in each step. What was
/// added up in another order may miss 0 by a hair.
const LOSSES: [f64; 4] = [0.01, 0.05, 0.1, 0.2];
const DONE: [f64; 4] = [1.0, 5.0 / 7.0, 3.0 / 7.0, 1.0 / 7.0];
const SLACKS: [f64; 4] = [0.4, 0.15, 0.05, 1e-9];

/// The step of a share of the loss, 0 to 4.
pub fn loss_step(share: f64) -> u8 {
    LOSSES.iter().filter(|limit| share > **limit).count() as u8
}

/// The step of a share of the seven steps that are done, 0 to 4.
pub fn steps_step(share: f64) -> u8 {
    DONE.iter().filter(|limit| share < **limit - 1e-9).count() as u8
}

/// The step of a slack that is given as a part of the lead time, 0 to 4: none.
pub fn slack_step(part: f64) -> u8 {
    SLACKS.iter().filter(|limit| part <= **limit).count() as u8
}

/// Below which share each step begins.
const SHARES: [f64; 4] = [0.98, 0.9, 0.8, 0.6];
const AGREED: [f64; 4] = [1.0, 0.75, 0.5, 0.25];
/// Below which part of the largest, counted from the largest down.
const SUMS: [f64; 4] = [0.9, 0.75, 0.5, 0.25];

/// The four shades side by side.
fn shades() -> Vec<Item> {
    let tile = |shade: u8| Rect { min: pt(-15.0 + 7.5 * f32::from(shade), -8.0), max: pt(15.0, 8.0) };
    let layer = |shade| Item::Rect { rect: tile(shade), radius: 0.0, fill: Some(Ink::AccentSoft), stroke: None };
    (0..4).map(layer).collect()
}

/// What the legend says of shades and frames.
pub fn key(figure: Figure) -> Vec<Entry> {
    let swatch = |fill, stroke| {
        let rect = Rect { min: pt(-15.0, -8.0), max: pt(15.0, 8.0) };
        vec![Item::Rect { rect, radius: 3.0, fill, stroke }]
    };
    let words = match figure {
        Figure::None => [""; STEPS as usize],
        Figure::CompleteAccurate | Figure::OnTime => {
            ["98 % or more", "90 % or more", "80 % or more", "60 % or more", "less"]
        }
        Figure::Wait | Figure::Cost => {
            ["up to a tenth of the largest", "a quarter", "a half", "three quarters", "the largest"]
        }
        Figure::Score => ["all met", "75 % or more", "50 % or more", "25 % or more", "less"],
        Figure::Loss => LOSS_STEPS,
        Figure::Slack => SLACK_STEPS,
        Figure::Steps => DONE_STEPS,
        Figure::Agreement => ["all agreed", "75 % or more", "50 % or more", "25 % or more", "fewer"],
    };
    let step = |(step, words): (u8, &str)| Entry { swatch: swatch(Some(Ink::Scale(step)), None), text: words.into() };
    let mut entries: Vec<Entry> = (0..STEPS).zip(words).map(step).collect();
    if figure == Figure::None {
        entries = vec![Entry { swatch: shades(), text: "The stronger, the more handoffs".into() }];
    } else {
        entries.insert(0, Entry { swatch: Vec::new(), text: format!("{}:", figure.title()) });
    }
    let frame = swatch(None, Some(Stroke::solid(Ink::Line, 1.6)));
    entries.push(Entry { swatch: frame, text: "Within one department".into() });
    entries
}
