//! What happens between departments: how many handoffs cross a boundary, and how much is lost there.

use super::graph::{Chain, Link, Walk};
use super::quality::snowball;
use crate::model::{HandoffId, Measure, PartyId, PartyKind, is_red};

/// The silo figures.
///
/// Counted are the handoffs, forward and rework, from one process to another. A department is a process's own, so
/// handoffs from or to external parties never cross a boundary and are not counted; where the department of either
/// process is empty, nobody can say, and the handoff is counted in `of` only. Departments are equal when their names are,
/// but for space around them.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Silos {
    /// Handoffs between two processes whose departments are both known.
    pub handoffs: usize,
    /// Those of them that cross a boundary.
    pub crossing: usize,
    /// All handoffs between two processes.
    pub of: usize,
    /// Sum of the snowball shares of the crossing handoffs, 0 to 1, over all critical forward handoffs that reach any
    /// external customer, each counted once. `None` while no department or no %C&A is known.
    pub share_of_loss: Option<f64>,
    /// Handoffs from department to department, also to itself; only pairs that have any, sorted by name.
    pub matrix: Vec<Flow>,
    /// Processes that meet all their own measures while a handoff they give is red, and that handoff.
    pub local_green: Vec<(PartyId, HandoffId)>,
}

/// How many handoffs go from one department to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flow {
    /// The giving department.
    pub from: String,
    /// The receiving department.
    pub to: String,
    /// How many.
    pub handoffs: usize,
}

impl Silos {
    /// The share of handoffs that cross a boundary, 0 to 1.
    pub fn share_crossing(&self) -> Option<f64> {
        (self.handoffs > 0).then(|| self.crossing as f64 / self.handoffs as f64)
    }
}

/// The silo figures of the map; `layers` is [`super::layers::nearest`]. O((V + E) log E).
pub fn silos(chain: &Chain<'_>, layers: &[Option<usize>]) -> Silos {
    let mut found = Silos { local_green: local_green(chain), ..Silos::default() };
    // Both departments as one number, which sorts by the first, then by the second.
    let (mut pairs, names) = (Vec::with_capacity(chain.links().len()), &chain.numbers().departments);
    for link in chain.links() {
        found.of += usize::from(between_processes(chain, link).is_some());
        if let Some((from, to)) = departments(chain, link) {
            found.handoffs += 1;
            found.crossing += usize::from(from != to);
            pairs.push(from * names.len() + to);
        }
    }
    pairs.sort_unstable();
    let name = |at: usize| names[at].to_owned();
    let flow = |pair: &[usize]| Flow {
        from: name(pair[0] / names.len()),
        to: name(pair[0] % names.len()),
        handoffs: pair.len(),
    };
    found.matrix = pairs.chunk_by(|a, b| a == b).map(flow).collect();
    if found.handoffs > 0 {
        found.share_of_loss = loss_at_boundaries(chain, layers);
    }
    found
}

/// How many of the handoffs that feed one customer cross a boundary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Crossing {
    /// Those that cross.
    pub crossing: usize,
    /// Forward handoffs between two processes whose departments are both known.
    pub handoffs: usize,
    /// All forward handoffs between two processes.
    pub of: usize,
}

/// Counts over what `upstream` ends in. O(E).
pub(super) fn crossing(chain: &Chain<'_>, upstream: &Walk) -> Crossing {
    let mut found = Crossing::default();
    for link in upstream.ways().iter().map(|way| &chain.links()[way.link()]) {
        found.of += usize::from(between_processes(chain, link).is_some());
        if let Some((from, to)) = departments(chain, link) {
            found.handoffs += 1;
            found.crossing += usize::from(from != to);
        }
    }
    found
}

/// Processes that meet all their own measures while a handoff they give is red, with the first such handoff by name:
/// local green, whole red.
pub fn local_green(chain: &Chain<'_>) -> Vec<(PartyId, HandoffId)> {
    let found = chain.parties_by_id().iter().filter_map(|at| Some((*at, red_output(chain, *at)?)));
    let mut found: Vec<(usize, HandoffId)> = found.collect();
    found.sort_unstable_by_key(|(at, _)| *at);
    found.into_iter().map(|(at, handoff)| (chain.parties()[at].0, handoff)).collect()
}

/// The first red handoff by name that a party gives while it meets all its own measures.
pub(super) fn red_output(chain: &Chain<'_>, at: usize) -> Option<HandoffId> {
    let (id, party) = chain.parties()[at];
    let mut evaluated = party.measures.iter().filter_map(Measure::met).peekable();
    if evaluated.peek().is_none() || !evaluated.all(|met| met) {
        return None;
    }
    let document = chain.document();
    let red = document.outputs(id).filter(|(_, handoff)| is_red(handoff));
    red.min_by_key(|(id, handoff)| (document.describe(handoff), *id)).map(|(id, _)| id)
}

/// Snowball shares at all external customers taken together, summed where departments differ.
fn loss_at_boundaries(chain: &Chain<'_>, layers: &[Option<usize>]) -> Option<f64> {
    let reaches = |link: &usize| {
        chain.numbers().critical[*link] && chain.flow(*link).is_some_and(|(_, receiver)| layers[receiver].is_some())
    };
    let links: Vec<usize> = (0..chain.links().len()).filter(reaches).collect();
    let shares = snowball(chain, &links);
    if shares.is_empty() {
        return None;
    }
    let crosses = |link: usize| departments(chain, &chain.links()[link]).is_some_and(|(from, to)| from != to);
    let sum: f64 = shares.iter().filter(|(link, ..)| crosses(*link)).map(|(.., share)| share).sum();
    // An empty sum is -0, and rounding may go a hair above 1.
    Some((sum + 0.0).min(1.0))
}

/// The indices of both ends, when both are processes.
fn between_processes(chain: &Chain<'_>, link: &Link<'_>) -> Option<(usize, usize)> {
    let is_process = |at: usize| chain.numbers().kind[at] == PartyKind::Process;
    let (from, to) = (link.supplier?, link.customer?);
    (is_process(from) && is_process(to)).then_some((from, to))
}

/// The departments of both ends, when both are known; their order is that of their names.
fn departments(chain: &Chain<'_>, link: &Link<'_>) -> Option<(usize, usize)> {
    let (from, to) = between_processes(chain, link)?;
    let (from, to) = (chain.numbers().department[from], chain.numbers().department[to]);
    (from > 0 && to > 0).then_some((from, to))
}
