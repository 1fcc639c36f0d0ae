//! What each link of a part runs through: ports at its cards, and the bends between.

use super::super::layered::Skeleton;
use super::super::layered::layers::{Layers, Strand};
use super::super::layered::lists::Lists;
use super::super::layered::part::{Part, Spot};
use super::super::layered::routes::LANE;
use super::gaps::{End, Pass, Run};

/// Largest distance between two ports, and the share of a side, to either side of its middle, that ports may take.
const PORT: f64 = 16.0;
const SIDE: f64 = 0.36;
/// How far beneath a card its first return arrow runs, how much farther each further one, and all of them at most.
const DEPTH: f64 = 22.0;
const DEEPER: f64 = 9.0;
const DEEPEST: f64 = 76.0;
/// What a return arrow keeps from the card beneath.
const AIR: f64 = 10.0;
/// Places less apart than this count as straight.
const STRAIGHT: f64 = 0.01;

/// Which side of a card a port is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Side {
    /// Towards higher columns.
    #[default]
    After,
    /// Towards lower columns.
    Before,
    /// Beneath, coming from higher columns.
    BeneathAfter,
    /// Beneath, going to lower columns.
    BeneathBefore,
}

/// One end of a run at a card.
#[derive(Debug, Clone, Copy, Default)]
struct Port {
    side: Side,
    run: u32,
    /// 0 at the run's lower end, 1 at its higher.
    end: usize,
    /// Where the run goes next, across the flow.
    aim: f64,
}

/// How many return arrows a card has beneath, on the side that has more of them.
pub(super) fn returns(part: &Part, layers: &Layers) -> Vec<usize> {
    let mut counts = vec![[0; 2]; part.cards.len()];
    for (link, strand) in part.links.iter().zip(&layers.strand_of) {
        let Some(strand) = strand.map(|s| layers.strands[s as usize]) else { continue };
        if link.from as u32 == strand.high {
            counts[strand.low as usize][0] += 1;
            counts[strand.high as usize][1] += 1;
        }
    }
    counts.into_iter().map(|[from, to]| from.max(to)).collect()
}

/// How deep the strip beneath a card is that so many return arrows run in.
pub(super) fn strip(returns: usize) -> f64 {
    match returns {
        0 => 0.0,
        n => DEPTH + (DEEPER * (n - 1) as f64).min(DEEPEST - DEPTH),
    }
}

/// The runs of a part's links, and then those of `loops`: cards that give to themselves, with their labels.
pub(super) fn runs(part: &Part, skeleton: &Skeleton, widths: &[f64], loops: &[(usize, Spot)]) -> Vec<Run> {
    let layers = &skeleton.layers;
    let floor = floor(part, skeleton);
    let mut used = vec![0_u32; layers.strands.len()];
    let (mut runs, mut ports) = (Vec::with_capacity(part.links.len() + loops.len()), Vec::new());
    for (link, strand) in part.links.iter().zip(&layers.strand_of) {
        let r = runs.len() as u32;
        let port = |side, end, aim| Port { side, run: r, end, aim };
        let Some(s) = strand.map(|s| s as usize) else {
            ports.push((link.from, port(Side::After, 0, skeleton.across[link.to])));
            ports.push((link.to, port(Side::After, 1, skeleton.across[link.from])));
            runs.push(run(vec![Pass::new(layers.rank[link.from] as usize, 0.0, 0.0)], link.label, true));
            continue;
        };
        let strand = layers.strands[s];
        used[s] += 1;
        let beside = (f64::from(used[s]) - f64::from(strand.weight + 1) / 2.0) * LANE;
        let mut run = run(passes(skeleton, &strand, beside, floor), link.label, false);
        run.backwards = link.from as u32 == strand.high;
        run.hops = hops(layers, &strand);
        let (low, high) =
            if run.backwards { (Side::BeneathAfter, Side::BeneathBefore) } else { (Side::After, Side::Before) };
        let (mut first, mut last) = (run.passes[0].to, run.passes[run.passes.len() - 1].from);
        if run.backwards && run.passes.len() == 1 {
            // Both ends run beneath the lower card, so that the way is level.
            let edge = |v: u32| skeleton.across[v as usize] + part.cards[v as usize].size.across / 2.0;
            first = edge(strand.low).max(edge(strand.high)) + DEPTH;
            last = first;
        }
        ports.push((strand.low as usize, port(low, 0, first)));
        ports.push((strand.high as usize, port(high, 1, last)));
        runs.push(run);
    }
    for &(card, label) in loops {
        let r = runs.len() as u32;
        // At the lower end of the side, and there below each other.
        for end in 0..2 {
            ports.push((card, Port { side: Side::After, run: r, end, aim: f64::MAX }));
        }
        runs.push(run(vec![Pass::new(layers.rank[card] as usize, 0.0, 0.0)], label, true));
    }
    let rooms = rooms(part, skeleton);
    let mut by_card = Lists::group(part.cards.len(), ports.iter().copied());
    for card in 0..part.cards.len() {
        let ground = Ground {
            at: skeleton.across[card],
            size: part.cards[card].size,
            width: widths[layers.rank[card] as usize],
            room: rooms[card],
        };
        ground.fix(by_card.of_mut(card), &mut runs);
    }
    runs
}

fn run(passes: Vec<Pass>, label: Spot, turns: bool) -> Run {
    let label = if label.along > 0.0 && label.across > 0.0 { label } else { Spot::default() };
    let ends = [End::Side(0.0); 2];
    Run { passes, ends, turns, backwards: false, hops: false, label, label_at: 0 }
}

/// Where the next card or bend beneath each card begins.
fn rooms(part: &Part, skeleton: &Skeleton) -> Vec<f64> {
    let (layers, across) = (&skeleton.layers, &skeleton.across);
    let mut column: Vec<usize> = (0..across.len()).collect();
    column.sort_by(|&a, &b| layers.rank[a].cmp(&layers.rank[b]).then(across[a].total_cmp(&across[b])));
    let mut rooms = skeleton.floor.clone();
    rooms.resize(part.cards.len(), f64::INFINITY);
    for pair in column.windows(2).filter(|pair| layers.rank[pair[0]] == layers.rank[pair[1]]) {
        if let Some(room) = rooms.get_mut(pair[0]) {
            *room =
                room.min(across[pair[1]] - part.cards.get(pair[1]).map_or(LANE / 2.0, |card| card.size.across / 2.0));
        }
    }
    rooms
}

/// Below all cards and bends.
pub(super) fn floor(part: &Part, skeleton: &Skeleton) -> f64 {
    let counts = returns(part, &skeleton.layers);
    let foot =
        |v: usize| skeleton.across[v] + part.cards.get(v).map_or(0.0, |c| c.size.across / 2.0 + strip(counts[v]));
    (0..skeleton.across.len()).map(foot).fold(f64::NEG_INFINITY, f64::max)
}

/// True for a long link that no bends were made for.
fn hops(layers: &Layers, strand: &Strand) -> bool {
    strand.bends == 0 && layers.rank[strand.high as usize] > layers.rank[strand.low as usize] + 1
}

/// The gaps between a strand's cards. The outermost places are the cards' middles as yet.
fn passes(skeleton: &Skeleton, strand: &Strand, beside: f64, floor: f64) -> Vec<Pass> {
    let (layers, across) = (&skeleton.layers, &skeleton.across);
    let (low, high) = (strand.low as usize, strand.high as usize);
    let (start, end) = (across[low], across[high]);
    let first = layers.rank[low] as usize;
    if hops(layers, strand) {
        return vec![Pass::new(first, start, floor), Pass::new(layers.rank[high] as usize - 1, floor, end)];
    }
    let mut passes = Vec::with_capacity(strand.bends as usize + 1);
    let mut from = start;
    for i in 0..strand.bends {
        let to = across[(strand.bend + i) as usize] + beside;
        passes.push(Pass::new(first + i as usize, from, to));
        from = to;
    }
    passes.push(Pass::new(first + strand.bends as usize, from, end));
    passes
}

/// A card and its column.
struct Ground {
    at: f64,
    size: Spot,
    width: f64,
    /// Down to where there is nothing beneath it.
    room: f64,
}

impl Ground {
    /// Gives the ports of the card their places.
    fn fix(&self, ports: &mut [Port], runs: &mut [Run]) {
        ports.sort_by(|a, b| {
            a.side.cmp(&b.side).then(a.aim.total_cmp(&b.aim)).then((a.run, a.end).cmp(&(b.run, b.end)))
        });
        for group in ports.chunk_by(|a, b| a.side == b.side) {
            let beneath = matches!(group[0].side, Side::BeneathAfter | Side::BeneathBefore);
            if beneath {
                self.beneath(group, runs);
            } else {
                self.beside(group, runs);
            }
        }
    }

    fn beside(&self, group: &[Port], runs: &mut [Run]) {
        let aims: Vec<f64> = group.iter().map(|port| port.aim - self.at).collect();
        let inset = (self.width - self.size.along) / 2.0;
        for (port, offset) in group.iter().zip(spread(&aims, self.size.across)) {
            self.set(port, self.at + offset, End::Side(inset), runs);
        }
    }

    /// Return arrows lie inside each other: who goes highest is outermost and runs nearest to the card.
    fn beneath(&self, group: &[Port], runs: &mut [Run]) {
        let count = group.len() as f64;
        let outwards = if group[0].side == Side::BeneathAfter { 1.0 } else { -1.0 };
        let step = (self.size.along * 0.4 / count).min(PORT);
        let deeper = if count > 1.0 { (strip(group.len()) - DEPTH) / (count - 1.0) } else { 0.0 };
        let edge = self.at + self.size.across / 2.0;
        let mut least = edge + DEPTH;
        for (i, port) in group.iter().enumerate() {
            let aside = outwards * step * (count - i as f64);
            let most = self.room - AIR - DEEPER * (count - 1.0 - i as f64);
            // Level with where it goes next, if that is possible here.
            let level = port.aim.clamp(least, most.max(least));
            self.set(port, level, End::Beneath { aside, edge }, runs);
            least = level + deeper;
        }
    }

    fn set(&self, port: &Port, place: f64, end: End, runs: &mut [Run]) {
        let run = &mut runs[port.run as usize];
        run.ends[port.end] = end;
        let last = run.passes.len() - 1;
        if port.end == 0 {
            run.passes[0].from = place;
        } else {
            run.passes[last].to = place;
        }
    }
}

/// Offsets from the middle of a side for ports that aim at these offsets. What goes straight on leaves in the middle.
fn spread(aims: &[f64], side: f64) -> impl Iterator<Item = f64> {
    let straight: Vec<usize> = (0..aims.len()).filter(|&i| aims[i].abs() < STRAIGHT).collect();
    let middle = match (straight.first(), straight.last()) {
        (Some(&first), Some(&last)) => (first + last) as f64 / 2.0,
        _ => aims.len().saturating_sub(1) as f64 / 2.0,
    };
    let most = middle.max(aims.len().saturating_sub(1) as f64 - middle);
    let step = if most > 0.0 { PORT.min(side * SIDE / most) } else { 0.0 };
    (0..aims.len()).map(move |i| (i as f64 - middle) * step)
}
