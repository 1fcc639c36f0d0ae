//! The layers of the onion around its centre, and what is known of the chain up to each.

use std::collections::BTreeMap;

use crate::analysis::graph::Chain;
use crate::analysis::layers as counted;
use crate::analysis::lead_time::lead_time;
use crate::analysis::quality::{Figure, quality};
use crate::model::{Document, Edit, LayerMode, PartyId, PartyKind, ViewChoice};

/// Where each party stands, counted from the centre.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layers {
    /// The parties in the centre: the chosen one, else all external customers.
    pub centre: Vec<PartyId>,
    /// The layer of each party; those that are not named reach no centre.
    pub of: BTreeMap<PartyId, usize>,
}

impl Layers {
    /// The outermost layer.
    pub fn last(&self) -> usize {
        self.of.values().copied().max().unwrap_or(0)
    }

    /// How many parties are in a layer.
    pub fn count(&self, layer: usize) -> usize {
        self.of.values().filter(|l| **l == layer).count()
    }
}

/// The layers around the chosen centre, in the chosen way of counting.
pub fn layers(document: &Document, choice: &ViewChoice) -> Layers {
    let chain = Chain::new(document);
    let chosen = choice.centre.and_then(|id| chain.index_of(id));
    let of = match (chosen, choice.mode) {
        (Some(at), LayerMode::Nearest) => counted::nearest_to(&chain, std::iter::once(at)),
        (Some(at), LayerMode::Longest) => counted::longest_to(&chain, &chain.upstream(at), at),
        (None, LayerMode::Nearest) => counted::nearest(&chain),
        (None, LayerMode::Longest) => counted::longest(&chain, &chain.whole()),
    };
    let id = |at: usize| chain.parties()[at].0;
    let of: BTreeMap<PartyId, usize> = of.iter().enumerate().filter_map(|(at, l)| Some((id(at), (*l)?))).collect();
    let centre = match chosen {
        Some(at) => vec![id(at)],
        None => document.customers().map(|(id, _)| id).collect(),
    };
    Layers { centre, of }
}

/// What is known of the chain when it is peeled as far as a layer.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct SoFar {
    /// Parties in view.
    pub parties: usize,
    /// Handoffs in view.
    pub handoffs: usize,
    /// Departments in view.
    pub departments: usize,
    /// Rolled %C&A at the centre over what is in view, when it is one party.
    pub complete_accurate: Figure,
    /// Rolled on-time share at the centre over what is in view, when it is one party.
    pub on_time: Figure,
    /// Longest way through what is in view to the centre, in hours; at least that while a time is unknown.
    pub lead_time_h: Figure,
}

/// The figures over the layers 0 to `last`.
pub fn so_far(document: &Document, layers: &Layers, last: usize) -> SoFar {
    let out = document.parties().filter(|(id, _)| layers.of.get(id).is_none_or(|layer| *layer > last));
    let mut inside = document.clone();
    if inside.apply(out.map(|(id, _)| Edit::RemoveParty(id))).is_err() {
        return SoFar::default();
    }
    let departments: std::collections::BTreeSet<&str> = inside
        .parties()
        .filter(|(_, p)| p.kind == PartyKind::Process && !p.department.trim().is_empty())
        .map(|(_, p)| p.department.trim())
        .collect();
    let mut figures = SoFar {
        parties: inside.parties_len(),
        handoffs: inside.handoffs().filter(|(_, h)| h.ends().is_some()).count(),
        departments: departments.len(),
        ..SoFar::default()
    };
    let chain = Chain::new(&inside);
    if let [one] = layers.centre[..]
        && let Some(at) = chain.index_of(one)
    {
        let upstream = chain.upstream(at);
        let (quality, time) = (quality(&chain, &upstream), lead_time(&chain, &upstream));
        (figures.complete_accurate, figures.on_time) = (quality.complete_accurate, quality.on_time);
        figures.lead_time_h = time.hours;
    }
    figures
}

/// What a layer is, in words.
pub fn name_of(layer: usize, layers: &Layers, document: &Document) -> String {
    match (layer, &layers.centre[..]) {
        (0, [one]) => document.name_of(*one),
        (0, _) => "External customers".into(),
        (1, [one]) => format!("Layer 1 · supply {}", document.name_of(*one)),
        (1, _) => "Layer 1 · supply the customers".into(),
        (n, _) => format!("Layer {n} · supply layer {}", n - 1),
    }
}
