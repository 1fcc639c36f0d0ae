//! What a party gives: to whom, where it ends, and how much is lost by it on the way there.

use std::collections::BTreeMap;

use crate::analysis::{Chain, HandoffCost, handoff_cost, layers, quality};
use crate::model::{Contract, Document, Handoff, HandoffId, Party, PartyId, PartyKind, contract};

/// A handoff that a party gives.
#[derive(Debug, Clone)]
pub(super) struct Given<'a> {
    /// The handoff.
    pub handoff: &'a Handoff,
    /// Who receives it.
    pub receiver: PartyId,
    /// From the receiver down to the external customer, by the shortest forward way; only the receiver when no external
    /// customer can be reached.
    pub way: Vec<PartyId>,
    /// The external customer at the end of the way.
    pub end: Option<PartyId>,
    /// Which part of all that is lost on the way to that customer is lost by it, 0 to 1; `None` while its %C&A is unknown.
    pub share: Option<f64>,
    /// What it costs in each of its periods.
    pub cost: HandoffCost,
}

/// What a party gives.
#[derive(Debug, Clone, Default)]
pub(super) struct Gifts<'a> {
    /// The forward handoffs, what needs attention most first: a failed must, then the part of the loss, then by name.
    pub forward: Vec<Given<'a>>,
    /// What nobody receives yet, by name.
    pub unreceived: Vec<&'a Handoff>,
    /// What it sends back upstream, by name.
    pub rework: Vec<&'a Handoff>,
}

/// All that a party gives. O(V + E), and O(E log E) for every customer that something ends at.
pub(super) fn given(document: &Document, party: PartyId) -> Gifts<'_> {
    let chain = Chain::new(document);
    let nearest = layers::nearest(&chain);
    let mut shares: BTreeMap<PartyId, BTreeMap<HandoffId, f64>> = BTreeMap::new();
    let mut gifts = Gifts::default();
    // In the order of names: ids must not decide what is read first.
    for link in chain.links().iter().filter(|link| link.handoff.supplier == Some(party)) {
        let handoff = link.handoff;
        if !handoff.is_forward() {
            gifts.rework.push(handoff);
            continue;
        }
        let Some((receiver, at)) = handoff.customer.zip(link.customer) else {
            gifts.unreceived.push(handoff);
            continue;
        };
        let way = way(&chain, &nearest, at).into_iter().map(|index| chain.parties()[index].0);
        let way: Vec<PartyId> = way.collect();
        let end = way.last().copied().filter(|last| kind(document, *last) == Some(PartyKind::Customer));
        let share = end.and_then(|end| {
            let at_end = shares.entry(end).or_insert_with(|| losses(&chain, end));
            at_end.get(&link.id).copied()
        });
        let cost = handoff_cost(document, handoff);
        gifts.forward.push(Given { handoff, receiver, way, end, share, cost });
    }
    gifts.forward.sort_by(|a, b| b.urgency().0.cmp(&a.urgency().0).then(b.urgency().1.total_cmp(&a.urgency().1)));
    gifts
}

fn kind(document: &Document, party: PartyId) -> Option<PartyKind> {
    document.party(party).map(|party| party.kind)
}

/// The parties from one to the nearest external customer, both included.
fn way(chain: &Chain<'_>, nearest: &[Option<usize>], from: usize) -> Vec<usize> {
    let (mut way, mut at) = (vec![from], from);
    while let Some(layer) = nearest[at].filter(|layer| *layer > 0) {
        let receivers = chain.outgoing(at).iter().filter_map(|link| chain.flow(*link)).map(|(_, receiver)| receiver);
        let Some(next) = receivers.into_iter().find(|next| nearest[*next] == Some(layer - 1)) else { break };
        way.push(next);
        at = next;
    }
    way
}

fn losses(chain: &Chain<'_>, end: PartyId) -> BTreeMap<HandoffId, f64> {
    let Some(end) = chain.index_of(end) else { return BTreeMap::new() };
    quality(chain, &chain.upstream(end)).shares.into_iter().map(|share| (share.handoff, share.share)).collect()
}

impl Given<'_> {
    /// How its requirements stand.
    pub fn contract(&self) -> Option<Contract> {
        contract(self.handoff)
    }

    /// Whether a must failed, and the part of the loss.
    fn urgency(&self) -> (bool, f64) {
        (self.contract() == Some(Contract::Failed), self.share.unwrap_or(0.0))
    }

    /// True when something is known to be wrong with it.
    pub fn needs_attention(&self) -> bool {
        matches!(self.contract(), Some(Contract::Failed | Contract::Short))
            || self.share.is_some_and(|share| share > 0.0)
    }
}

/// What somebody is, in brackets behind a name: the owner and the department, or that it is outside.
pub(super) fn who(party: &Party) -> String {
    let mut parts = Vec::new();
    if party.kind != PartyKind::Process {
        parts.push(party.kind.title().to_lowercase());
    }
    let department = party.department.trim();
    parts.extend(Some(department.to_owned()).filter(|department| !department.is_empty()));
    let owner = party.owner.trim();
    parts.extend(Some(format!("owner: {owner}")).filter(|_| !owner.is_empty()));
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

/// What is handed over.
pub(super) fn item(handoff: &Handoff) -> String {
    let item = handoff.item.trim();
    if item.is_empty() { "unnamed item".into() } else { item.into() }
}

/// Who receives it.
pub(super) fn receiver(document: &Document, handoff: &Handoff) -> String {
    handoff.customer.map_or_else(|| "nobody yet".into(), |id| document.name_of(id))
}
