//! The order of cards and bends in each column, lane after lane, and their places within their lane.

use super::super::layered::crossings::Counter;
use super::super::layered::layers::{Layers, Near};
use super::super::layered::lists::Lists;
use super::super::layered::order::Order;
use super::super::layered::part::Part;
use super::super::layered::place::{self, Room};
use super::super::layered::start;

/// Sweeps of averaging, and fewer for large maps.
const SWEEPS: usize = 24;
const LARGE: usize = 20_000;
const FEWER: usize = 8;
/// Rounds of exchanging neighbours.
const EXCHANGES: usize = 8;
/// How much higher than its fullest column a lane may be, so that links in it are straight.
const SLACK: f64 = 1.1;
/// A new order replaces the old picture's if it has less than this share of its crossings, and this many fewer.
const BETTER: f64 = 0.8;
const FEW: f64 = 3.0;

/// An order with few crossings in which every column goes through the lanes from the top. `level` is the place of each
/// vertex's lane.
pub(super) fn order(layers: &Layers, part: &Part, level: &[u32]) -> Order {
    let mut counter = Counter::default();
    let mut count = |order: &Order| counter.total(layers, &order.layers, &order.pos);
    let placed = part.cards.iter().filter(|card| card.near.is_some()).count();
    let start = if layers.steps > LARGE { FEWER } else { SWEEPS };
    let mut best = sweep(layers, level, by_lane(start::depth_first(layers, true), layers, level), start, &mut count);
    exchange(layers, level, &mut best);
    if placed > 0 && 2 * placed >= part.cards.len() {
        let (key, _) = start::near(layers, part);
        let mut before = by_lane(Order::by_key(layers, &key), layers, level);
        exchange_bends(layers, level, &mut before);
        if count(&best) as f64 + FEW >= count(&before) as f64 * BETTER {
            return before;
        }
    }
    best
}

/// The same order, but lane after lane.
fn by_lane(mut order: Order, layers: &Layers, level: &[u32]) -> Order {
    for r in 0..layers.count {
        order.layers[r].sort_by_key(|&v| level[v as usize]);
        order.renumber(r);
    }
    order
}

/// Sorts column after column by the means of the neighbours in the column before, forth and back; the best order.
fn sweep(
    layers: &Layers,
    level: &[u32],
    mut order: Order,
    sweeps: usize,
    count: &mut impl FnMut(&Order) -> u64,
) -> Order {
    let mut best = (count(&order), order.clone());
    let mut key = vec![0.0_f64; layers.len()];
    for sweep in 0..sweeps {
        let forth = sweep % 2 == 0;
        for step in 0..layers.count {
            let r = if forth { step } else { layers.count - 1 - step };
            let scale = 1.0 / order.layers[r].len().max(1) as f64;
            for &v in &order.layers[r] {
                let near = layers.side(!forth).of(v as usize);
                let own = (f64::from(order.pos[v as usize]) + 0.5) * scale;
                let (mut sum, mut weight) = (0.0, 0.0);
                for near in near {
                    let size = order.layers[layers.rank[near.v as usize] as usize].len() as f64;
                    sum += f64::from(near.weight) * (f64::from(order.pos[near.v as usize]) + 0.5) / size;
                    weight += f64::from(near.weight);
                }
                key[v as usize] = if weight > 0.0 { sum / weight } else { own };
            }
            let key = |v: u32| (level[v as usize], key[v as usize]);
            order.layers[r].sort_by(|&a, &b| {
                let ((la, ka), (lb, kb)) = (key(a), key(b));
                la.cmp(&lb).then(ka.total_cmp(&kb))
            });
            order.renumber(r);
        }
        let crossings = count(&order);
        if crossings < best.0 {
            best = (crossings, order.clone());
        }
    }
    best.1
}

fn exchange(layers: &Layers, level: &[u32], order: &mut Order) {
    exchange_if(layers, level, order, &|_, _| true);
}

/// Cards stay in their order.
fn exchange_bends(layers: &Layers, level: &[u32], order: &mut Order) {
    exchange_if(layers, level, order, &|a, b| layers.is_bend(a) || layers.is_bend(b));
}

/// Exchanges neighbours of one lane where that saves crossings, until it saves none.
fn exchange_if(layers: &Layers, level: &[u32], order: &mut Order, may: &dyn Fn(u32, u32) -> bool) {
    for _ in 0..EXCHANGES {
        let mut saved = false;
        for r in 0..layers.count {
            for i in 1..order.layers[r].len() {
                let (a, b) = (order.layers[r][i - 1], order.layers[r][i]);
                if level[a as usize] == level[b as usize] && may(a, b) && gain(layers, order, a, b) > 0 {
                    order.layers[r].swap(i - 1, i);
                    order.pos.swap(a as usize, b as usize);
                    saved = true;
                }
            }
        }
        if !saved {
            return;
        }
    }
}

/// How many crossings go when `b`, next after `a`, is put before it. Cards with very many links are left alone.
fn gain(layers: &Layers, order: &Order, a: u32, b: u32) -> i64 {
    const MANY: usize = 4_000;
    let mut gain = 0;
    for side in [&layers.before, &layers.after] {
        let (of_a, of_b) = (side.of(a as usize), side.of(b as usize));
        if of_a.len() * of_b.len() > MANY {
            return 0;
        }
        for x in of_a {
            for y in of_b {
                let weight = i64::from(x.weight) * i64::from(y.weight);
                gain += weight * (i64::from(order.pos[x.v as usize]) - i64::from(order.pos[y.v as usize])).signum();
            }
        }
    }
    gain
}

/// The places of a lane's vertices across the flow, from its middle, and its extent.
#[derive(Debug, Clone, Default)]
pub(super) struct Rows {
    /// Vertex and place.
    pub(super) places: Vec<(usize, f64)>,
    /// What they take, from above all to below all.
    pub(super) top: f64,
    pub(super) bottom: f64,
}

/// Places each lane by itself: links within the lane are straight where they can be.
pub(super) fn places(
    layers: &Layers,
    order: &Order,
    lane: &[usize],
    lanes: usize,
    size: &[f64],
    gap: f64,
) -> Vec<Rows> {
    let vertices = order.layers.iter().flatten().map(|&v| (lane[v as usize], v));
    let members = Lists::group(lanes, vertices);
    let mut local = vec![0; layers.len()];
    (0..lanes).map(|l| place_lane(layers, lane, members.of(l), (size, gap), &mut local)).collect()
}

/// `members` are sorted by column and, within a column, from the top.
fn place_lane(layers: &Layers, lane: &[usize], members: &[u32], (size, gap): (&[f64], f64), local: &mut [u32]) -> Rows {
    let Some(&first) = members.first() else { return Rows::default() };
    let own = lane[first as usize];
    let mut sorted = members.to_vec();
    sorted.sort_by_key(|&v| layers.is_bend(v));
    for (i, &v) in sorted.iter().enumerate() {
        local[v as usize] = i as u32;
    }
    let mut columns: Vec<u32> = members.iter().map(|&v| layers.rank[v as usize]).collect();
    columns.dedup();
    let column = |v: u32| columns.partition_point(|&r| r < layers.rank[v as usize]) as u32;
    let steps: Vec<(u32, Near)> = sorted
        .iter()
        .flat_map(|&v| layers.before.of(v as usize).iter().map(move |near| (v, *near)))
        .filter(|(_, near)| lane[near.v as usize] == own)
        .collect();
    let before =
        steps.iter().map(|(v, near)| (local[*v as usize] as usize, Near { v: local[near.v as usize], ..*near }));
    let after =
        steps.iter().map(|(v, near)| (local[near.v as usize] as usize, Near { v: local[*v as usize], ..*near }));
    let mut layered = vec![Vec::new(); columns.len()];
    for &v in members {
        layered[column(v) as usize].push(local[v as usize]);
    }
    let sub = Layers {
        cards: sorted.iter().filter(|&&v| !layers.is_bend(v)).count(),
        rank: sorted.iter().map(|&v| column(v)).collect(),
        before: Lists::group(sorted.len(), before),
        after: Lists::group(sorted.len(), after),
        steps: steps.len(),
        count: columns.len(),
        ..Layers::default()
    };
    let size: Vec<f64> = sorted.iter().map(|&v| size[v as usize]).collect();
    let order = Order::new(layered, sorted.len());
    let room = Room { layers: &sub, order: &order, size: &size, gap };
    let mut across = place::across(&room);
    squeeze(&room, &mut across);
    let ends = across.iter().zip(&size);
    Rows {
        top: ends.clone().map(|(at, size)| at - size / 2.0).fold(f64::INFINITY, f64::min),
        bottom: ends.map(|(at, size)| at + size / 2.0).fold(f64::NEG_INFINITY, f64::max),
        places: sorted.iter().map(|&v| v as usize).zip(across).collect(),
    }
}

/// Brings all columns into a band not much higher than the fullest of them, which stays in the middle.
fn squeeze(room: &Room<'_>, across: &mut [f64]) {
    let stack = |column: &[u32]| {
        let between: f64 = column.windows(2).map(|pair| room.apart(pair[0], pair[1])).sum();
        let end = |v: Option<&u32>| v.map_or(0.0, |&v| room.size[v as usize] / 2.0);
        end(column.first()) + between + end(column.last())
    };
    let fullest = room.order.layers.iter().map(|column| (stack(column), column));
    let Some((height, column)) = fullest.max_by(|a, b| a.0.total_cmp(&b.0)) else { return };
    let (Some(&first), Some(&last)) = (column.first(), column.last()) else { return };
    let middle = f64::midpoint(
        across[first as usize] - room.size[first as usize] / 2.0,
        across[last as usize] + room.size[last as usize] / 2.0,
    );
    let half = height * SLACK / 2.0;
    for column in &room.order.layers {
        let mut least = f64::NEG_INFINITY;
        for (i, &v) in column.iter().enumerate() {
            let size = room.size[v as usize];
            least = if i == 0 { middle - half + size / 2.0 } else { least + room.apart(column[i - 1], v) };
            across[v as usize] = across[v as usize].max(least);
        }
        let mut most = f64::INFINITY;
        for (i, &v) in column.iter().enumerate().rev() {
            let size = room.size[v as usize];
            most = match column.get(i + 1) {
                None => middle + half - size / 2.0,
                Some(&below) => most - room.apart(v, below),
            };
            across[v as usize] = across[v as usize].min(most);
        }
    }
}
