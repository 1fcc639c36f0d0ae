//! Orders to begin with.

use super::layers::Layers;
use super::order::Order;
use super::part::Part;

/// Rounds of averaging of [`smooth`].
const ROUNDS: usize = 80;

/// Vertices in the order in which a walk in depth along the links comes upon them.
pub(in crate::layout) fn depth_first(layers: &Layers, from_customers: bool) -> Order {
    let n = layers.len();
    let mut sorted = vec![Vec::new(); layers.count];
    let (mut seen, mut stack) = (vec![false; n], Vec::new());
    let (ahead, back) = (layers.side(!from_customers), layers.side(from_customers));
    for start in 0..n {
        stack.push(if from_customers { n - 1 - start } else { start });
        while let Some(v) = stack.pop() {
            if std::mem::replace(&mut seen[v], true) {
                continue;
            }
            sorted[layers.rank[v] as usize].push(v as u32);
            let next = ahead.of(v).iter().chain(back.of(v)).rev().map(|near| near.v as usize);
            stack.extend(next.filter(|&w| !seen[w]));
        }
    }
    Order::new(sorted, n)
}

/// Vertices in the order in which rings grow along the links from the customers' end, or from the suppliers'.
pub(in crate::layout) fn breadth_first(layers: &Layers, from_customers: bool) -> Order {
    let n = layers.len();
    let mut sorted = vec![Vec::new(); layers.count];
    let mut seen = vec![false; n];
    let (towards, away) = (layers.side(from_customers), layers.side(!from_customers));
    let ends = (0..n).filter(|&v| towards.of(v).is_empty());
    let mut queue: Vec<usize> = Vec::with_capacity(n);
    let mut next = 0;
    for end in ends {
        if !std::mem::replace(&mut seen[end], true) {
            queue.push(end);
        }
        while next < queue.len() {
            let v = queue[next];
            next += 1;
            sorted[layers.rank[v] as usize].push(v as u32);
            for near in away.of(v) {
                if !std::mem::replace(&mut seen[near.v as usize], true) {
                    queue.push(near.v as usize);
                }
            }
        }
    }
    Order::new(sorted, n)
}

/// Sorted by a smooth function: the neighbours' mean, over and over, with the mean of each layer taken off so that what
/// remains differs across the flow. (Power iteration; the limit is an eigenvector of the averaging.)
pub(in crate::layout) fn smooth(layers: &Layers) -> Order {
    let n = layers.len();
    let mut chance = Chance(1);
    let mut x: Vec<f64> = (0..n).map(|_| chance.below(1 << 20) as f64 / f64::from(1 << 20) - 0.5).collect();
    let mut mean = vec![0.0; n];
    for _ in 0..ROUNDS {
        for (v, mean) in mean.iter_mut().enumerate() {
            let (mut sum, mut weight) = (x[v], 1.0);
            for near in layers.before.of(v).iter().chain(layers.after.of(v)) {
                sum += f64::from(near.weight) * x[near.v as usize];
                weight += f64::from(near.weight);
            }
            *mean = sum / weight;
        }
        let mut layer = vec![(0.0, 0.0); layers.count];
        for (v, mean) in mean.iter().enumerate() {
            let (sum, count) = &mut layer[layers.rank[v] as usize];
            *sum += mean;
            *count += 1.0;
        }
        let mut square = 0.0;
        for (v, mean) in mean.iter_mut().enumerate() {
            let (sum, count) = layer[layers.rank[v] as usize];
            *mean -= sum / count;
            square += *mean * *mean;
        }
        let scale = if square > 1e-30 { (n as f64 / square).sqrt() } else { 0.0 };
        for (x, mean) in x.iter_mut().zip(&mean) {
            *x = mean * scale;
        }
    }
    Order::by_key(layers, &x)
}

/// An order by chance, the same for the same seed.
pub(in crate::layout) fn shuffled(layers: &Layers, seed: u64) -> Order {
    let mut chance = Chance(seed);
    let key: Vec<f64> = (0..layers.len()).map(|_| chance.below(1 << 30) as f64).collect();
    Order::by_key(layers, &key)
}

/// A key for each vertex from where the cards were, and which of them were placed.
///
/// New cards take the mean of their neighbours, bends lie on the line between the ends of their link.
pub(in crate::layout) fn near(layers: &Layers, part: &Part) -> (Vec<f64>, Vec<bool>) {
    let mut key: Vec<Option<f64>> = part.cards.iter().map(|card| card.near.map(|spot| spot.across)).collect();
    let mut anchored: Vec<bool> = key.iter().map(Option::is_some).collect();
    for _ in 0..8 {
        let mut sums = vec![(0.0, 0.0); key.len()];
        for strand in &layers.strands {
            for (a, b) in [(strand.low as usize, strand.high as usize), (strand.high as usize, strand.low as usize)] {
                if let (None, Some(at)) = (key[a], key[b]) {
                    sums[a].0 += at;
                    sums[a].1 += 1.0;
                }
            }
        }
        for (key, (sum, count)) in key.iter_mut().zip(sums) {
            if count > 0.0 {
                *key = Some(sum / count);
            }
        }
    }
    let mut key: Vec<f64> = key.into_iter().map(|key| key.unwrap_or(0.0)).collect();
    key.resize(layers.len(), 0.0);
    anchored.resize(layers.len(), false);
    for strand in &layers.strands {
        let (low, high) = (key[strand.low as usize], key[strand.high as usize]);
        for i in 0..strand.bends {
            let way = f64::from(i + 1) / f64::from(strand.bends + 1);
            key[(strand.bend + i) as usize] = low + (high - low) * way;
        }
    }
    (key, anchored)
}

/// Numbers that look like chance (xorshift, Marsaglia 2003); the seed is not zero.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % end
    }
}
