//! The part with its cards in layers and a bend in every layer that a long link passes.

use super::lists::Lists;
use super::part::Part;

/// Bends are made for the shorter links first, and for no more links when there would be more than this many, and this
/// many for each card and link. The links left over are led straight.
const MOST_BENDS: usize = 1_000;
const MOST_BENDS_EACH: usize = 4;
/// What a link that runs against the flow pulls, of what one with the flow does.
const AGAINST: f32 = 0.25;

/// A neighbour in the next layer.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(in crate::layout) struct Near {
    /// The vertex.
    pub(in crate::layout) v: u32,
    /// How many links lead there.
    pub(in crate::layout) weight: u32,
    /// How hard they pull both together.
    pub(in crate::layout) pull: f32,
}

/// All links between two cards of different layers.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::layout) struct Strand {
    /// The card in the lower layer.
    pub(in crate::layout) low: u32,
    /// The card in the higher layer.
    pub(in crate::layout) high: u32,
    /// How many links it is made of.
    pub(in crate::layout) weight: u32,
    /// How many of them run with the flow.
    pub(in crate::layout) with_flow: u32,
    /// Its first bend; the others follow, towards the higher layer.
    pub(in crate::layout) bend: u32,
    /// Number of bends.
    pub(in crate::layout) bends: u32,
}

/// A layered graph: every strand leads from layer to layer. Vertices are the cards, then the bends.
#[derive(Debug, Clone, Default)]
pub(in crate::layout) struct Layers {
    /// Number of cards.
    pub(in crate::layout) cards: usize,
    /// Layer of each vertex.
    pub(in crate::layout) rank: Vec<u32>,
    /// Neighbours in the layer before.
    pub(in crate::layout) before: Lists<Near>,
    /// Neighbours in the layer after.
    pub(in crate::layout) after: Lists<Near>,
    /// Number of steps from layer to layer.
    pub(in crate::layout) steps: usize,
    /// The strands.
    pub(in crate::layout) strands: Vec<Strand>,
    /// For each link its strand; `None` when its ends share a layer.
    pub(in crate::layout) strand_of: Vec<Option<u32>>,
    /// Number of layers.
    pub(in crate::layout) count: usize,
}

impl Layers {
    /// Makes bends for the cards' ranks.
    pub(in crate::layout) fn new(part: &Part, mut rank: Vec<u32>) -> Self {
        let cards = rank.len();
        let count = rank.iter().max().map_or(0, |&r| r as usize + 1);
        let (mut strands, strand_of) = strands(part, &rank);
        make_bends(&mut strands, &mut rank, part);
        let led = |s: &&Strand| s.bends > 0 || rank[s.high as usize] == rank[s.low as usize] + 1;
        let steps: Vec<(Near, Near)> = strands.iter().filter(led).flat_map(Strand::steps).collect();
        let before = Lists::group(rank.len(), steps.iter().map(|&(low, high)| (high.v as usize, low)));
        let after = Lists::group(rank.len(), steps.iter().map(|&(low, high)| (low.v as usize, high)));
        Self { cards, rank, before, after, steps: steps.len(), strands, strand_of, count }
    }

    /// Number of vertices.
    pub(in crate::layout) fn len(&self) -> usize {
        self.rank.len()
    }

    /// True for a bend.
    pub(in crate::layout) fn is_bend(&self, v: u32) -> bool {
        v as usize >= self.cards
    }

    /// Neighbours in the layer before or after.
    pub(in crate::layout) fn side(&self, after: bool) -> &Lists<Near> {
        if after { &self.after } else { &self.before }
    }
}

impl Strand {
    /// The vertices on the way, two by two, each as the neighbour of the other.
    ///
    /// Long links should be straight, so bends pull harder (weights of Gansner et al. 1993).
    fn steps(&self) -> impl Iterator<Item = (Near, Near)> {
        let links = self.with_flow as f32 + AGAINST * (self.weight - self.with_flow) as f32;
        (0..=self.bends).map(move |i| {
            let low = if i == 0 { self.low } else { self.bend + i - 1 };
            let high = if i == self.bends { self.high } else { self.bend + i };
            let hardness = match (i == 0, i == self.bends) {
                (true, true) => 1.0,
                (false, false) => 8.0,
                _ => 2.0,
            };
            let near = |v| Near { v, weight: self.weight, pull: links * hardness };
            (near(low), near(high))
        })
    }
}

/// One strand for all links between two cards of different layers, and for each link its strand.
fn strands(part: &Part, rank: &[u32]) -> (Vec<Strand>, Vec<Option<u32>>) {
    let mut keyed: Vec<(u32, u32, usize)> = Vec::with_capacity(part.links.len());
    for (i, link) in part.links.iter().enumerate() {
        let (from, to) = (link.from as u32, link.to as u32);
        match rank[link.from].cmp(&rank[link.to]) {
            std::cmp::Ordering::Less => keyed.push((from, to, i)),
            std::cmp::Ordering::Greater => keyed.push((to, from, i)),
            std::cmp::Ordering::Equal => {}
        }
    }
    keyed.sort_unstable();
    let (mut strands, mut of): (Vec<Strand>, _) = (Vec::with_capacity(keyed.len()), vec![None; part.links.len()]);
    for (low, high, i) in keyed {
        match strands.last_mut() {
            Some(last) if (last.low, last.high) == (low, high) => last.weight += 1,
            _ => strands.push(Strand { low, high, weight: 1, ..Strand::default() }),
        }
        if let Some(last) = strands.last_mut().filter(|last| part.links[i].from as u32 == last.low) {
            last.with_flow += 1;
        }
        of[i] = Some(strands.len() as u32 - 1);
    }
    (strands, of)
}

/// Gives the strands their bends, and the bends their layers.
fn make_bends(strands: &mut [Strand], rank: &mut Vec<u32>, part: &Part) {
    let span = |s: &Strand| (rank[s.high as usize] - rank[s.low as usize]) as usize;
    let mut by_span: Vec<u32> = (0..strands.len() as u32).filter(|&s| span(&strands[s as usize]) > 1).collect();
    by_span.sort_by_key(|&s| (span(&strands[s as usize]), s));
    let mut left = MOST_BENDS + MOST_BENDS_EACH * (part.cards.len() + part.links.len());
    by_span.retain(|&s| {
        let bends = span(&strands[s as usize]) - 1;
        let fits = bends <= left;
        left = if fits { left - bends } else { 0 };
        fits
    });
    for s in by_span {
        let strand = &mut strands[s as usize];
        let (low, high) = (rank[strand.low as usize], rank[strand.high as usize]);
        strand.bend = rank.len() as u32;
        strand.bends = high - low - 1;
        rank.extend(low + 1..high);
    }
}
