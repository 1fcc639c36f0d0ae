//! How large the rings are: each in as many rows as keep the onion compact, every row an annulus of its own.

use std::f64::consts::{FRAC_PI_2, TAU};
use std::ops::Range;

use super::Ring;
use super::ground::Ground;
use super::room::{Stand, reach};
use crate::geom::Path;

/// A ring may be so many times larger than with as many rows as fit, when it has one row; and when it has more.
const ONE_ROW: f64 = 1.6;
const MORE_ROWS: f64 = 1.25;
/// The share of a row that cards may fill.
const FULL: f64 = 0.92;
/// No more cards than this stand in a column in the centre.
const COLUMN: usize = 3;
/// Below the label above them, in map units.
const CROWN_GAP: f64 = 8.0;

/// One circle of cards.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Row {
    /// Of the line the cards' middles stand on; 0 in the centre.
    pub radius: f64,
    /// How far its cards reach inwards and outwards from it.
    pub low: f64,
    pub high: f64,
    pub ring: usize,
    /// How many cards it gets.
    pub count: usize,
    /// Half the size of the label at its top.
    pub head: Option<(f64, f64)>,
    /// Its cards by angle.
    pub cards: Vec<u32>,
}

impl Row {
    pub(super) fn inner(&self) -> f64 {
        (self.radius - self.low).max(0.0)
    }

    pub(super) fn outer(&self) -> f64 {
        self.radius + self.high
    }
}

/// All rows from the centre outwards.
#[derive(Debug)]
pub(super) struct Rows {
    pub list: Vec<Row>,
    /// The rows of each ring.
    pub of_ring: Vec<Range<usize>>,
    /// The row of each card.
    pub row_of: Vec<u32>,
    /// The cards of each ring.
    pub members: Vec<Vec<u32>>,
    /// For a centre of one column: how far down each of its cards stands.
    pub column: Vec<(u32, f64)>,
    /// How far down the label of that centre stands: above the column.
    pub crown: Option<f64>,
    /// The labels of the rings up to this one stand in their last rows, those of others in the middle of their bands.
    pub heads: usize,
}

impl Rows {
    pub(super) fn new(ground: &Ground) -> Self {
        let count = ground.cards.iter().map(|card| card.ring + 1).max().unwrap_or(0);
        let mut members = vec![Vec::new(); count];
        for (v, card) in ground.cards.iter().enumerate() {
            members[card.ring].push(v as u32);
        }
        let mut rows = Self {
            list: vec![],
            of_ring: vec![],
            row_of: vec![0; ground.cards.len()],
            members,
            column: vec![],
            crown: None,
            heads: usize::MAX,
        };
        rows.centre(ground);
        for ring in rows.of_ring.len()..count {
            rows.add(ground, ring);
        }
        rows
    }

    /// A few cards in the centre stand in a column; more stand on a ring.
    fn centre(&mut self, ground: &Ground) {
        let cards = &self.members[0];
        if cards.len() > COLUMN {
            return;
        }
        let half = |v: u32| ground.cards[v as usize].half;
        let height: f64 = cards.iter().map(|&v| 2.0 * half(v).1 + ground.node_gap).sum::<f64>() - ground.node_gap;
        let head = ground.heads.first().copied().flatten().map(|(a, b)| (a, 2.0 * b + CROWN_GAP));
        let mut top = -f64::midpoint(height, head.map_or(0.0, |h| h.1));
        let mut depth: f64 = 0.0;
        if let Some((a, high)) = head {
            depth = a.hypot(top);
            self.crown = Some(top + (high - CROWN_GAP) / 2.0);
            top += high;
        }
        for &v in cards {
            let (a, b) = half(v);
            depth = depth.max(a.hypot(top.abs().max((top + 2.0 * b).abs())));
            self.column.push((v, top + b));
            top += 2.0 * b + ground.node_gap;
        }
        let row =
            Row { radius: 0.0, low: 0.0, high: depth, ring: 0, count: cards.len(), head: None, cards: cards.clone() };
        self.list.push(row);
        self.of_ring.push(0..1);
    }

    fn add(&mut self, ground: &Ground, ring: usize) {
        let first = self.list.len();
        let inner = self.list.last().map_or(0.0, |row| row.outer() + ground.gaps[ring - 1]);
        let head = ground.heads.get(ring).copied().flatten();
        let cards = &self.members[ring];
        if cards.is_empty() && head.is_none() {
            self.of_ring.push(first..first);
            return;
        }
        let crowd = Crowd::of(ground, cards, head, inner);
        for (radius, count) in crowd.rows() {
            self.list.push(Row { radius, low: crowd.depth, high: crowd.depth, ring, count, head: None, cards: vec![] });
        }
        if let Some(last) = self.list.last_mut() {
            last.head = head;
        }
        self.of_ring.push(first..self.list.len());
    }

    /// The radius and angle of a card as a point of circle space.
    pub(super) fn spot(&self, v: usize, theta: &[f64]) -> (f64, f64) {
        if let Some(&(_, y)) = self.column.iter().find(|(u, _)| *u as usize == v) {
            return (0.0, y);
        }
        let radius = self.list[self.row_of[v] as usize].radius;
        (radius * theta[v].cos(), radius * theta[v].sin())
    }

    /// How full a ring is, from 0 to 1.
    pub(super) fn fill(&self, ground: &Ground, ring: usize) -> f64 {
        let rows = &self.list[self.of_ring[ring].clone()];
        let around: f64 = rows.iter().map(|row| row.radius).sum::<f64>() * TAU;
        let need: f64 = self.members[ring].iter().map(|&v| 2.0 * reach(ground.cards[v as usize].half)).sum();
        if around > 0.0 { (need / around).min(1.0) } else { 0.0 }
    }

    /// The inner and the outer border of each ring, and half the height of its label.
    pub(super) fn bands(&self, ground: &Ground) -> Vec<(f64, f64, f64)> {
        let mut border = 0.0;
        let band = |(k, range): (usize, &Range<usize>)| {
            let inner = border;
            if let Some(last) = range.end.checked_sub(1).filter(|_| !range.is_empty()).map(|i| &self.list[i]) {
                let next = self.list.get(range.end).map_or(last.outer() + ground.gaps[k], Row::inner);
                border = f64::midpoint(last.outer(), next);
            }
            (inner, border, ground.heads.get(k).copied().flatten().map_or(0.0, |head| head.1))
        };
        self.of_ring.iter().enumerate().map(band).collect()
    }

    /// The rings as they are drawn.
    pub(super) fn rings(&self, ground: &Ground) -> Vec<Ring> {
        let ring = |(k, (inner, outer, _)): (usize, (f64, f64, f64))| {
            let last =
                self.list[..self.of_ring[k].end].last().filter(|_| !self.of_ring[k].is_empty() && k <= self.heads);
            let up = last.map_or(f64::midpoint(inner, outer), |row| row.radius);
            let crown = self.crown.filter(|_| k == 0);
            Ring { outline: outline(ground, outer), head: ground.point((0.0, crown.unwrap_or(-up))) }
        };
        self.bands(ground).into_iter().enumerate().map(ring).collect()
    }
}

/// A circle of circle space on the map.
fn outline(ground: &Ground, radius: f64) -> Path {
    const PIECES: usize = 32;
    let step = TAU / PIECES as f64;
    // So long are the controls of a circle's arc; along the squeezed outline they go the same share of its tangent.
    let reach = 4.0 / 3.0 * (step / 4.0).tan() as f32;
    let at = |angle: f64| ground.point((radius * angle.cos(), radius * angle.sin()));
    let tangent = |angle: f64| (at(angle + 0.01) - at(angle - 0.01)) * (reach / 0.02);
    let mut points = vec![at(0.0)];
    for i in 0..PIECES {
        let (from, to) = (step * i as f64, step * ((i + 1) % PIECES) as f64);
        points.extend([at(from) + tangent(from), at(to) - tangent(to), at(to)]);
    }
    let start = points[0];
    Path::chain(points).unwrap_or_else(|| Path::line(start, start))
}

/// The cards of one ring, all alike: what rows do they need?
struct Crowd {
    count: usize,
    /// The mean card.
    half: (f64, f64),
    depth: f64,
    head: Option<(f64, f64)>,
    /// The least radius of the first row, and the distance of two rows.
    least: f64,
    pitch: f64,
    gap: f64,
}

impl Crowd {
    fn of(ground: &Ground, cards: &[u32], head: Option<(f64, f64)>, inner: f64) -> Self {
        let halves = cards.iter().map(|&v| ground.cards[v as usize].half);
        let count = cards.len();
        let sum = halves.clone().fold((0.0, 0.0), |sum: (f64, f64), h| (sum.0 + h.0, sum.1 + h.1));
        let share = 1.0 / count.max(1) as f64;
        let mut depth = halves.map(reach).fold(0.0, f64::max);
        if let Some((a, b)) = head {
            // The corners of a label on the circle reach farther out than its height.
            depth = depth.max(b + a * a / (2.0 * (inner + depth).max(a)));
        }
        let half = (sum.0 * share, sum.1 * share);
        // A card's wedge must be narrower than half a turn.
        let least = (inner + depth)
            .max(1.2 * (depth + ground.node_gap))
            .max(head.map_or(0.0, |h| 1.2 * (h.0 + ground.node_gap)));
        Self { count, half, depth, head, least, pitch: 2.0 * depth + ground.node_gap, gap: ground.node_gap }
    }

    /// How many cards a row of this radius takes.
    fn room(&self, radius: f64) -> f64 {
        const STEPS: usize = 12;
        let stand = Stand { half: self.half, radius, margin: self.gap / 2.0 };
        let step = FRAC_PI_2 / STEPS as f64;
        let around: f64 = (0..STEPS).map(|i| step / (2.0 * stand.beside((i as f64 + 0.5) * step))).sum::<f64>() * 4.0;
        let lost = self.head.map_or(0.0, |half| {
            Stand { half, radius, margin: self.gap / 2.0 }.beside(-FRAC_PI_2) / stand.beside(-FRAC_PI_2)
        });
        (around - lost).max(0.0)
    }

    fn rooms(&self, first: f64, rows: usize) -> f64 {
        (0..rows).map(|i| self.room(first + i as f64 * self.pitch)).sum()
    }

    fn fits(&self, first: f64, rows: usize) -> bool {
        self.count as f64 <= (self.rooms(first, rows) * FULL).max(1.0)
    }

    /// The least radius of the first of so many rows.
    fn first(&self, rows: usize) -> f64 {
        if self.fits(self.least, rows) {
            return self.least;
        }
        let mut low = self.least;
        let mut high = self.least * 2.0;
        while !self.fits(high, rows) && high < 1e12 {
            (low, high) = (high, high * 2.0);
        }
        for _ in 0..12 {
            let middle = f64::midpoint(low, high);
            if self.fits(middle, rows) { high = middle } else { low = middle }
        }
        high
    }

    /// Radius and number of cards of each row.
    fn rows(&self) -> Vec<(f64, usize)> {
        let mut most = 1;
        let mut room = self.room(self.least);
        while room * FULL < self.count as f64 && most < self.count.max(1) {
            room += self.room(self.least + most as f64 * self.pitch);
            most += 1;
        }
        let outer = |rows: usize| self.first(rows) + (rows - 1) as f64 * self.pitch + self.depth;
        let least = outer(most);
        let allowed = |rows: usize| outer(rows) <= least * if rows == 1 { ONE_ROW } else { MORE_ROWS };
        let rows = (1..most).find(|&rows| allowed(rows)).unwrap_or(most);
        let first = self.first(rows);
        let radii = (0..rows).map(|i| first + i as f64 * self.pitch);
        let whole = self.rooms(first, rows).max(1e-9);
        let (mut so_far, mut given) = (0.0, 0);
        radii
            .enumerate()
            .map(|(i, radius)| {
                so_far += self.room(radius) / whole;
                let upto = if i + 1 == rows { self.count } else { (so_far * self.count as f64).round() as usize };
                let count = upto.clamp(given, self.count) - given;
                given += count;
                (radius, count)
            })
            .collect()
    }
}
