//! The way of each link: from the side of a card through its bends to the side of the next.

use super::layers::Layers;
use super::lists::Lists;
use super::part::{Part, Spot};

/// Distance between links that run side by side, in map units.
pub(in crate::layout) const LANE: f64 = 10.0;
/// The share of a card's side, to either side of its middle, that links may leave from.
const SIDE: f64 = 0.35;
/// Places less apart than this count as straight.
const STRAIGHT: f64 = 0.01;

/// A layer's extent along the flow.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(in crate::layout) struct Column {
    pub(in crate::layout) start: f64,
    pub(in crate::layout) end: f64,
}

impl Column {
    pub(in crate::layout) fn middle(&self) -> f64 {
        f64::midpoint(self.start, self.end)
    }
}

/// What the ways depend on.
#[derive(Debug, Clone, Copy)]
pub(in crate::layout) struct Ground<'a> {
    pub(in crate::layout) part: &'a Part,
    pub(in crate::layout) layers: &'a Layers,
    /// The extent of each layer.
    pub(in crate::layout) columns: &'a [Column],
    /// The middle of each vertex across the flow.
    pub(in crate::layout) across: &'a [f64],
}

/// Where the two ends of a link, and its way between, lie beside the middles of card and bend.
#[derive(Debug, Clone, Copy, Default)]
struct Beside {
    low: f64,
    way: f64,
    high: f64,
}

/// One end of a link at one side of a card.
#[derive(Debug, Clone, Copy, Default)]
struct Port {
    link: u32,
    /// True at the end in the higher layer (or, in one layer, at the receiver).
    high: bool,
    /// Where the link goes next, across the flow.
    aim: f64,
}

/// The corners of each link's way.
pub(in crate::layout) fn routes(ground: &Ground<'_>) -> Vec<Vec<Spot>> {
    let mut beside = lanes(ground);
    for towards_high in [false, true] {
        ports(ground, towards_high, &mut beside);
    }
    (0..ground.part.links.len()).map(|i| ground.route(i, beside[i])).collect()
}

/// Links of one strand run side by side.
fn lanes(ground: &Ground<'_>) -> Vec<Beside> {
    let mut used = vec![0_u32; ground.layers.strands.len()];
    let lane = |strand: &Option<u32>| {
        let Some(s) = *strand else { return Beside::default() };
        let s = s as usize;
        used[s] += 1;
        let way = (f64::from(used[s]) - f64::from(ground.layers.strands[s].weight + 1) / 2.0) * LANE;
        Beside { way, ..Beside::default() }
    };
    ground.layers.strand_of.iter().map(lane).collect()
}

/// Spreads the links that leave the cards' sides towards higher (or lower) layers, in the order of where they go.
fn ports(ground: &Ground<'_>, towards_high: bool, beside: &mut [Beside]) {
    let (part, layers) = (ground.part, ground.layers);
    let mut ends = Vec::new();
    for (i, link) in part.links.iter().enumerate() {
        let port = |high, aim| Port { link: i as u32, high, aim };
        match layers.strand_of[i].map(|s| layers.strands[s as usize]) {
            Some(s) => {
                let (card, aim) = if towards_high {
                    (s.low, if s.bends > 0 { s.bend } else { s.high })
                } else {
                    (s.high, if s.bends > 0 { s.bend + s.bends - 1 } else { s.low })
                };
                ends.push((card as usize, port(!towards_high, ground.across[aim as usize] + beside[i].way)));
            }
            None if towards_high => {
                ends.push((link.from, port(false, ground.across[link.to])));
                ends.push((link.to, port(true, ground.across[link.from])));
            }
            None => {}
        }
    }
    let mut sides = Lists::group(part.cards.len(), ends.iter().copied());
    for (card, at) in ground.across.iter().enumerate().take(part.cards.len()) {
        let side = sides.of_mut(card);
        side.sort_by(|a, b| a.aim.total_cmp(&b.aim).then(a.link.cmp(&b.link)));
        let aims: Vec<f64> = side.iter().map(|port| port.aim - beside[port.link as usize].way - at).collect();
        for (port, offset) in side.iter().zip(spread(&aims, part.cards[card].size.across)) {
            let beside = &mut beside[port.link as usize];
            *(if port.high { &mut beside.high } else { &mut beside.low }) = offset;
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
    let step = if most > 0.0 { LANE.min(side * SIDE / most) } else { 0.0 };
    (0..aims.len()).map(move |i| (i as f64 - middle) * step)
}

impl Ground<'_> {
    fn column(&self, vertex: usize) -> Column {
        self.columns[self.layers.rank[vertex] as usize]
    }

    /// The corners of one link's way, from giver to receiver.
    fn route(&self, i: usize, beside: Beside) -> Vec<Spot> {
        let link = &self.part.links[i];
        let Some(strand) = self.layers.strand_of[i].map(|s| self.layers.strands[s as usize]) else {
            return self.route_in_layer(i, beside);
        };
        let (low, high) = (strand.low as usize, strand.high as usize);
        let mut way = Vec::with_capacity(4 + 2 * strand.bends as usize);
        let (start, end) = (self.across[low] + beside.low, self.across[high] + beside.high);
        way.push(Spot { along: self.column(low).middle() + self.part.cards[low].size.along / 2.0, across: start });
        way.push(Spot { along: self.column(low).end, across: start });
        for bend in strand.bend..strand.bend + strand.bends {
            let (column, across) = (self.column(bend as usize), self.across[bend as usize] + beside.way);
            way.push(Spot { along: column.start, across });
            way.push(Spot { along: column.end, across });
        }
        way.push(Spot { along: self.column(high).start, across: end });
        way.push(Spot { along: self.column(high).middle() - self.part.cards[high].size.along / 2.0, across: end });
        if link.from == high {
            way.reverse();
        }
        without_idle_corners(way)
    }

    /// A link between cards of one layer leaves and enters on the side of the next layer.
    fn route_in_layer(&self, i: usize, beside: Beside) -> Vec<Spot> {
        let link = &self.part.links[i];
        let rank = self.layers.rank[link.from] as usize;
        let column = self.columns[rank];
        let room = self.columns.get(rank + 1).map_or(2.0 * LANE, |next| next.start - column.end);
        let beyond = column.end + (room / 4.0).min(2.0 * LANE);
        let end = |card: usize, offset: f64| {
            let along = column.middle() + self.part.cards[card].size.along / 2.0;
            Spot { along, across: self.across[card] + offset }
        };
        let (start, end) = (end(link.from, beside.low), end(link.to, beside.high));
        let way = vec![start, Spot { along: beyond, ..start }, Spot { along: beyond, ..end }, end];
        without_idle_corners(way)
    }
}

/// Leaves out corners where the way goes straight on with the flow, or not at all.
fn without_idle_corners(way: Vec<Spot>) -> Vec<Spot> {
    let mut kept: Vec<Spot> = Vec::with_capacity(way.len());
    let level = |a: &Spot, b: &Spot| (a.across - b.across).abs() < STRAIGHT;
    for spot in way {
        if kept.len() > 1 && kept.last() == Some(&spot) {
            continue;
        }
        if let [.., a, b] = kept[..]
            && level(&a, &b)
            && level(&b, &spot)
        {
            kept.pop();
        }
        kept.push(spot);
    }
    kept
}
