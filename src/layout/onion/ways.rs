//! Leads the arrows: along rays through the rows, in spirals and arcs between them.

use super::Ring;
use super::ground::{Card, Ground, meets, wrapped};
use super::ports::{Gates, Wish, entries, lanes, on_row, ports};
use super::rings::Rows;
use super::spiral::{Pen, border, bow, hits, xy};
use crate::geom::{Path, Point, Rect, pt};
use crate::layout::Way;

/// Where ways lead that are read from the outer end to the inner one.
#[derive(Debug, Clone, Copy)]
struct Lead {
    outer: u32,
    inner: u32,
    /// Drawn against the arrow.
    back: bool,
    /// Where its angles begin: port at the outer end, at the inner end, and from there one for each row passed.
    slot: u32,
    /// How many rows it passes by their gates.
    passes: u32,
    edge: u32,
}

/// When ways pass more rows than this by gates, for each edge, those over more than so many rows go straight across.
const MANY_PASSES: usize = 60;
const FAR: u32 = 100;
/// With no more edges than this ways sweep past several rows at once where these are free: so far from their cards,
/// in map units, and a smooth line so far from all.
const FEW: usize = 300;
const AIR: f64 = 10.0;
const CLEAR: f64 = 2.0;

/// The ways of all edges; `None` for those without two ends.
pub(super) fn ways(ground: &Ground, rows: &Rows, theta: &[f64], rings: &[Ring], edges: usize) -> Vec<Option<Way>> {
    let gates = Gates::new(ground, rows, theta);
    let (leads, angles) = led(&gates);
    let mut ways = vec![None; edges];
    let drawer = Drawer { gates, angles, rings };
    for lead in &leads {
        ways[lead.edge as usize] = Some(Way { path: drawer.path(lead), label: None });
    }
    ways
}

/// All edges with the angles of their ports and of the gates they pass.
fn led(gates: &Gates<'_>) -> (Vec<Lead>, Vec<f64>) {
    let row_of = &gates.rows.row_of;
    let between = |a: u32, b: u32| row_of[a as usize].abs_diff(row_of[b as usize]).saturating_sub(1);
    let all: usize = gates.ground.edges.iter().map(|&(a, b, _)| between(a, b) as usize).sum();
    let most = if all > MANY_PASSES * (gates.ground.edges.len() + 100) { FAR } else { u32::MAX };
    let mut slots = 0;
    let lead = |&(from, to, edge): &(u32, u32, u32)| {
        let back = row_of[from as usize] < row_of[to as usize];
        let (outer, inner) = if back { (to, from) } else { (from, to) };
        let slot = slots;
        let passes = Some(between(outer, inner)).filter(|rows| *rows <= most).unwrap_or(0);
        slots += 2 + passes;
        Lead { outer, inner, back, slot, passes, edge }
    };
    let leads: Vec<Lead> = gates.ground.edges.iter().map(lead).collect();
    let mut angles = vec![0.0; slots as usize];
    let mut wishes = Vec::with_capacity(leads.len() * 2);
    for lead in &leads {
        end_wishes(gates, lead, &mut wishes);
    }
    ports(gates, &mut wishes, &mut angles);
    wishes.clear();
    let mut entering = Vec::new();
    for lead in &leads {
        pass_wishes(gates, lead, &mut wishes, &mut entering, &angles);
    }
    lanes(gates, &mut wishes, &mut angles);
    entries(gates, &mut entering, &mut angles);
    (leads, angles)
}

fn in_column(gates: &Gates<'_>, v: u32) -> bool {
    gates.rows.list[gates.rows.row_of[v as usize] as usize].radius == 0.0
}

/// The wishes of both ends for a port, towards each other.
fn end_wishes(gates: &Gates<'_>, lead: &Lead, wishes: &mut Vec<Wish>) {
    let (outer, inner) = (lead.outer as usize, lead.inner as usize);
    let turn = wrapped(gates.theta[inner] - gates.theta[outer]);
    let level = gates.rows.row_of[outer] == gates.rows.row_of[inner];
    let column = in_column(gates, lead.inner);
    if !in_column(gates, lead.outer) {
        let angle = if outer == inner {
            9.0
        } else if column {
            0.0
        } else {
            turn
        };
        wishes.push(Wish { place: (lead.outer, u32::from(level)), angle, slot: lead.slot });
    }
    if !column {
        let angle = if outer == inner { 9.1 } else { -turn };
        wishes.push(Wish { place: (lead.inner, 1), angle, slot: lead.slot + 1 });
    }
}

/// The wishes for gates of the rows between, from outside in, each towards the inner end.
fn pass_wishes(gates: &Gates<'_>, lead: &Lead, passing: &mut Vec<Wish>, entering: &mut Vec<Wish>, angles: &[f64]) {
    let (outer, inner) = (lead.outer as usize, lead.inner as usize);
    let (from, to) = (gates.rows.row_of[outer] as usize, gates.rows.row_of[inner] as usize);
    let radius = |row: usize| gates.rows.list[row].radius;
    let column = in_column(gates, lead.inner);
    let mut at = angles[lead.slot as usize];
    let mut last = radius(from);
    let goal = gates.theta[inner];
    for (i, row) in (to + 1..from).rev().take(lead.passes as usize).enumerate() {
        let share = (last - radius(row)) / (last - radius(to)).max(1e-9);
        let wish = on_row(if column { at } else { at + wrapped(goal - at) * share });
        let (gate, (low, high)) = gates.gate(row, wish);
        passing.push(Wish { place: (row as u32, gate as u32), angle: wish, slot: lead.slot + 2 + i as u32 });
        at = wish.clamp(low, high);
        last = radius(row);
    }
    if column && !in_column(gates, lead.outer) {
        entering.push(Wish { place: (lead.inner, 0), angle: at, slot: lead.slot + 1 });
    }
}

struct Drawer<'a> {
    gates: Gates<'a>,
    angles: Vec<f64>,
    rings: &'a [Ring],
}

impl Drawer<'_> {
    fn path(&self, lead: &Lead) -> Path {
        let row_of = &self.gates.rows.row_of;
        if in_column(&self.gates, lead.outer) {
            return self.within_column(lead);
        }
        if row_of[lead.outer as usize] == row_of[lead.inner as usize] {
            return self.arc(lead);
        }
        self.spoke(lead)
    }

    /// Where a ray meets the border of a card in a row, on its inner and its outer side.
    fn borders(&self, v: u32, angle: f64) -> (f64, f64) {
        let v = v as usize;
        let (gates, radius) = (&self.gates, self.gates.rows.list[self.gates.rows.row_of[v] as usize].radius);
        let (sin, cos) = gates.unit[v];
        hits((radius * cos, radius * sin), gates.ground.cards[v].half, angle).unwrap_or((radius, radius))
    }

    /// In an arc outside the row that both ends stand on.
    fn arc(&self, lead: &Lead) -> Path {
        let rows = &self.gates.rows.list;
        let i = self.gates.rows.row_of[lead.outer as usize] as usize;
        let row = &rows[i];
        let (mut start, mut end) = (self.angles[lead.slot as usize], self.angles[lead.slot as usize + 1]);
        if lead.outer == lead.inner {
            let wide = (self.gates.reach(lead.outer as usize) * 0.6).max(end - start);
            start = f64::midpoint(start, end) - wide / 2.0;
            end = start + wide;
        }
        let turn = wrapped(end - start);
        let mut pen = Pen::new(self.gates.ground, (self.borders(lead.outer, start).1, start));
        pen.along(row.outer());
        pen.arc(start + turn, self.height(i, turn));
        pen.along(self.borders(lead.inner, end).1);
        pen.done(lead.back)
    }

    /// How far an arc bows out: farther the longer it is, and never into the next row.
    fn height(&self, row: usize, turn: f64) -> f64 {
        let rows = &self.gates.rows.list;
        let ring_gap = self.gates.ground.gaps[rows[row].ring];
        let free = rows.get(row + 1).map_or(ring_gap / 2.0, |next| next.inner() - rows[row].outer());
        let long = (turn.abs() * rows[row].outer() / (6.0 * free.max(1.0))).min(1.0);
        free * (0.3 + 0.5 * long)
    }

    /// From an outer row to an inner one.
    fn spoke(&self, lead: &Lead) -> Path {
        let gates = &self.gates;
        let rows = &gates.rows.list;
        let (from, to) =
            (gates.rows.row_of[lead.outer as usize] as usize, gates.rows.row_of[lead.inner as usize] as usize);
        let slot = lead.slot as usize;
        let start = self.angles[slot];
        let begin = self.borders(lead.outer, start).0;
        if let Some(way) = self.slalom(lead, (begin, start)) {
            return way;
        }
        let mut pen = Pen::new(gates.ground, (begin, start));
        let mut at = start;
        let mut leave = (begin, rows[from].inner(), gates.shadow[lead.outer as usize]);
        let last = self.angles[slot + 1];
        let column = in_column(gates, lead.inner);
        for (i, row) in (to + 1..from).rev().take(lead.passes as usize).enumerate() {
            let next = at + wrapped(self.angles[slot + 2 + i] - at);
            let goal = at + wrapped(last - at);
            let ends = [rows[to].outer(), if column { 0.0 } else { self.borders(lead.inner, goal).1 }];
            let rest = Rest { rows: to + 1..row + 1, ends, angle: goal };
            if !column && self.is_free((at, [leave.0, leave.1]), &rest) {
                break;
            }
            let enter = (rows[row].outer(), rows[row].outer(), (next, next));
            gap(&mut pen, (at, leave), (next, enter));
            at = next;
            leave = (rows[row].inner(), rows[row].inner(), (at, at));
            pen.along(rows[row].inner());
        }
        let next = at + wrapped(last - at);
        if !column {
            let end = self.borders(lead.inner, next).1;
            gap(&mut pen, (at, leave), (next, (end, rows[to].outer(), gates.shadow[lead.inner as usize])));
            pen.along(end);
            return pen.done(lead.back);
        }
        gap(&mut pen, (at, leave), (next, (rows[to].outer(), rows[to].outer(), (next, next))));
        let entry = xy((rows[to].outer(), next));
        let (middle, aim) = self.aim(lead.inner, entry);
        pen.line_to(border(middle, gates.ground.cards[lead.inner as usize].half, entry, aim));
        pen.done(lead.back)
    }

    /// Whether the sweep from here to the inner end keeps clear of all cards of the rows between; in small onions only.
    fn is_free(&self, (start, highs): (f64, [f64; 2]), rest: &Rest) -> bool {
        let gates = &self.gates;
        let turn = rest.angle - start;
        gates.ground.edges.len() <= FEW
            && rest.rows.clone().all(|i| {
                let row = &gates.rows.list[i];
                let room = AIR / row.radius.max(1.0);
                // The sweep may begin and end within the wedges of its cards.
                highs.into_iter().zip(rest.ends).all(|(high, end)| {
                    let at =
                        |radius: f64| start + turn * smooth(((high - radius) / (high - end).max(1e-9)).clamp(0.0, 1.0));
                    let (enter, leave) = (at(row.outer() + AIR), at(row.inner() - AIR));
                    let (_, (low, high)) = gates.gate(i, on_row(enter));
                    let (one, other) = (on_row(enter), on_row(enter) + leave - enter);
                    one.min(other) >= low + room && one.max(other) <= high - room
                })
            })
    }

    /// In a smooth line through the gates, if that meets nothing; in small onions only.
    fn slalom(&self, lead: &Lead, begin: (f64, f64)) -> Option<Path> {
        let gates = &self.gates;
        let (ground, rows) = (gates.ground, &gates.rows.list);
        if lead.passes == 0 || ground.edges.len() > FEW {
            return None;
        }
        let (from, to) = (gates.rows.row_of[lead.outer as usize], gates.rows.row_of[lead.inner as usize]);
        let slot = lead.slot as usize;
        let passed = (to as usize + 1..from as usize).rev().take(lead.passes as usize).enumerate();
        let passed = passed.map(|(i, row)| xy((rows[row].radius, self.angles[slot + 2 + i])));
        let last = self.angles[slot + 1];
        let end = if in_column(gates, lead.inner) {
            let entry = xy((rows[to as usize].outer(), last));
            let (middle, aim) = self.aim(lead.inner, entry);
            border(middle, ground.cards[lead.inner as usize].half, entry, aim)
        } else {
            xy((self.borders(lead.inner, last).1, last))
        };
        let points: Vec<Point> =
            std::iter::once(xy(begin)).chain(passed).chain(std::iter::once(end)).map(|p| ground.point(p)).collect();
        let path = Path::through(&points);
        self.is_clear(&path, lead).then(|| if lead.back { reversed(&path) } else { path })
    }

    /// Whether a way keeps off all cards and the labels of the rings.
    fn is_clear(&self, path: &Path, lead: &Lead) -> bool {
        let (ground, rows) = (self.gates.ground, self.gates.rows);
        let around = |at: Point, (a, b): (f64, f64), air: f64| {
            let half = pt((a * ground.aspect + air) as f32, (b + air) as f32);
            Rect { min: at - half, max: at + half }
        };
        let card = |(v, card): (usize, &Card)| {
            let own = v == lead.outer as usize || v == lead.inner as usize;
            around(ground.point(rows.spot(v, self.gates.theta)), card.half, if own { -1.0 } else { CLEAR })
        };
        let heads = self.rings.iter().zip(&ground.heads).filter_map(|(ring, half)| Some((ring.head, (*half)?)));
        let heads = heads.map(|(at, half)| around(at, half, CLEAR));
        let taken: Vec<Rect> = ground.cards.iter().enumerate().map(card).chain(heads).collect();
        let points: Vec<Point> = path.points(16).collect();
        !taken.iter().any(|rect| meets(&points, rect))
    }

    /// The middle of a card in the column, and the point in it that a way from outside aims at.
    fn aim(&self, v: u32, entry: (f64, f64)) -> ((f64, f64), (f64, f64)) {
        let middle = self.gates.rows.spot(v as usize, self.gates.theta);
        if self.gates.rows.column.len() == 1 {
            return (middle, middle);
        }
        let half = self.gates.ground.cards[v as usize].half.1 * 0.6;
        (middle, (0.0, entry.1.clamp(middle.1 - half, middle.1 + half)))
    }

    /// Between two cards in the centre, or from one to itself.
    fn within_column(&self, lead: &Lead) -> Path {
        let gates = &self.gates;
        let (ground, column) = (gates.ground, &gates.rows.column);
        let spot = |v: u32| gates.rows.spot(v as usize, gates.theta);
        let half = |v: u32| ground.cards[v as usize].half;
        let index = |v: u32| column.iter().position(|(u, _)| *u == v).unwrap_or(0);
        let (from, to) = if lead.back { (lead.inner, lead.outer) } else { (lead.outer, lead.inner) };
        let outer = gates.rows.list[0].outer();
        if from == to {
            let ((a, b), (_, y)) = (half(from), spot(from));
            let ends = [(a, y - 0.4 * b), (a, y + 0.4 * b)];
            return bow(ground, ends, a + outer * 0.6);
        }
        let down = if index(from) < index(to) { 1.0 } else { -1.0 };
        if index(from).abs_diff(index(to)) == 1 {
            let (start, end) = ((0.0, spot(from).1 + down * half(from).1), (0.0, spot(to).1 - down * half(to).1));
            return Path::line(ground.point(start), ground.point(end));
        }
        let widest = column.iter().map(|&(v, _)| half(v).0).fold(0.0, f64::max);
        let ends = [from, to].map(|v| (half(v).0, spot(v).1));
        bow(ground, ends, 1.4 * widest + outer * 0.25)
    }
}

fn reversed(path: &Path) -> Path {
    let points: Vec<Point> = path.controls().iter().rev().copied().collect();
    Path::chain(points).unwrap_or_else(|| path.clone())
}

/// What is left of a way: the rows it passes, and where it ends.
struct Rest {
    rows: std::ops::Range<usize>,
    /// The border of the last row, and that of the card in it.
    ends: [f64; 2],
    angle: f64,
}

fn smooth(t: f64) -> f64 {
    t * t * (3.0 - 2.0 * t)
}

/// The end of a way at one side of a gap: radius at the border of its card, radius at the border of the row, and the
/// rays between which only this card lies.
type Side = (f64, f64, (f64, f64));

/// Through the gap between two rows, and out of and into the cards' wedges as far as that bends the way less.
fn gap(pen: &mut Pen<'_>, (start, leave): (f64, Side), (end, enter): (f64, Side)) {
    let turn = end - start;
    for stub in [1.0, 0.7, 0.4] {
        let high = leave.1 + (leave.0 - leave.1) * stub;
        let low = enter.1 + (enter.0 - enter.1) * stub;
        let height = (high - low).max(1e-9);
        let at_leave = start + turn * smooth((high - leave.1) / height);
        let at_enter = start + turn * smooth((high - enter.1) / height);
        let within = |angle: f64, of: f64, (a, b): (f64, f64)| {
            let shift = wrapped(of - f64::midpoint(a, b)) + (angle - of);
            shift.abs() <= (b - a) / 2.0 + 1e-9
        };
        if within(at_leave, start, leave.2) && within(at_enter, end, enter.2) {
            pen.along(high);
            pen.sweep((low, end));
            return;
        }
    }
    pen.along(leave.1);
    pen.sweep((enter.1, end));
}
