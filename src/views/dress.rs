//! What is laid over every view: layers that are not peeled yet, what stands out, and the figure that colours arrows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::figures::{self, Told, told};
use super::shown::Shown;
use super::{Ask, compared, filtered, ground, layers, onion, upstream};
use crate::model::{Document, Figure, PartyId, Subject, ViewKind};
use crate::scene::drawing::{Drawing, Entry, Placed};
use crate::scene::handoff::Shapes;
use crate::scene::theme::STEPS;
use crate::scene::{Group, Ink, Item, Stroke};

/// What is laid over a view, worked out from the chain alone: the same wherever its cards stand.
#[derive(Debug)]
pub struct Dress {
    /// What a filter leaves of the map, when the drawing may show more.
    rest: Option<Document>,
    layers: BTreeMap<PartyId, usize>,
    told: Option<Told>,
    key: Vec<Entry>,
    upstream: Option<BTreeSet<Subject>>,
}

impl Dress {
    /// The dress of a drawing of the whole map.
    pub fn of(ask: &Ask<'_>) -> Self {
        let is_filtered = !Shown::of(ask.choice).is_all();
        let rest = is_filtered.then(|| filtered(ask.document, ask.choice));
        Self { rest, ..Self::over(ask, ask.document, layers(ask.document, ask.choice).of) }
    }

    fn over(ask: &Ask<'_>, whole: &Document, layers: BTreeMap<PartyId, usize>) -> Self {
        let (choice, is_told) = (ask.choice, ask.choice.figure != Figure::None);
        Self {
            rest: None,
            layers,
            told: is_told.then(|| told(whole, choice)),
            key: if is_told { figures::key(whole, choice) } else { Vec::new() },
            upstream: spotlit(ask),
        }
    }

    /// The drawing of the whole map in this dress.
    pub fn on_all(&self, mut drawing: Drawing, ask: &Ask<'_>) -> Drawing {
        drawing.layers.clone_from(&self.layers);
        self.on(drawing, ask)
    }

    /// A drawing in this dress, its words on the ground they stand on. It may be a part of the map: arrows with the
    /// cards at their ends.
    pub fn on(&self, mut drawing: Drawing, ask: &Ask<'_>) -> Drawing {
        if let Some(rest) = &self.rest {
            drawing.cards.retain(|id, _| rest.party(*id).is_some());
            drawing.arrows.retain(|id, _| rest.handoff(*id).is_some());
        }
        if let Some(last) = ask.choice.layers {
            let own = std::mem::take(&mut drawing.layers);
            peel(&mut drawing, ask.document, if own.is_empty() { &self.layers } else { &own }, last);
            drawing.layers = own;
        }
        if let Some(told) = &self.told {
            colour(&mut drawing, ask, told);
        }
        drawing.key.extend_from_slice(&self.key);
        stand_out_all(&mut drawing, ask, self.upstream.as_ref());
        compared::mark(&mut drawing, ask);
        ground::settle(&mut drawing);
        drawing
    }
}

/// The drawing with layers, emphasis and colours as chosen, with figures over a whole map of which `ask` may show a part.
pub(super) fn dressed_for(mut drawing: Drawing, ask: &Ask<'_>, whole: &Document) -> Drawing {
    if drawing.layers.is_empty() {
        drawing.layers = layers(ask.document, ask.choice).of;
    }
    Dress::over(ask, whole, BTreeMap::new()).on(drawing, ask)
}

/// The drawing with emphasis and spotlight as chosen.
pub(super) fn stood_out(mut drawing: Drawing, ask: &Ask<'_>) -> Drawing {
    stand_out_all(&mut drawing, ask, spotlit(ask).as_ref());
    drawing
}

/// What the spotlight falls on.
fn spotlit(ask: &Ask<'_>) -> Option<BTreeSet<Subject>> {
    let party = ask.choice.spotlight.filter(|id| ask.document.party(*id).is_some())?;
    Some(upstream(ask.document, party))
}

fn stand_out_all(drawing: &mut Drawing, ask: &Ask<'_>, spotlit: Option<&BTreeSet<Subject>>) {
    if !ask.emphasis.is_empty() {
        stand_out(drawing, ask.emphasis);
    }
    if let Some(spotlit) = spotlit {
        stand_out(drawing, spotlit);
    }
}

/// Leaves out what lies further out than a layer, and what reaches no customer.
fn peel(drawing: &mut Drawing, document: &Document, layers: &BTreeMap<PartyId, usize>, last: usize) {
    let Drawing { cards, arrows, behind, above, .. } = drawing;
    cards.retain(|id, _| layers.get(id).is_some_and(|layer| *layer <= last));
    arrows.retain(|id, _| {
        let ends = document.handoff(*id).map(|h| [h.supplier, h.customer]);
        ends.is_some_and(|ends| ends.into_iter().flatten().all(|end| cards.contains_key(&end)))
    });
    for groups in [behind, above] {
        groups.retain(|group| group.layer.is_none_or(|layer| layer <= last));
    }
}

fn colour(drawing: &mut Drawing, ask: &Ask<'_>, told: &Told) {
    for (id, arrow) in &mut drawing.arrows {
        *arrow = Arc::new(arrow.tinted(figures::tint(told.steps.get(id).copied())));
    }
    if ask.choice.kind == ViewKind::Onion {
        onion::colour(drawing, ask, told);
    }
    edge(drawing, told);
}

/// Gives the cards of the critical path an edge in the colour of its arrows, and those of processes that of their step.
fn edge(drawing: &mut Drawing, told: &Told) {
    // Each edged body with the one it comes from, which keeps its address meanwhile: many cards share one.
    let mut bodies: BTreeMap<(usize, u8), [Arc<[Item]>; 2]> = BTreeMap::new();
    for (id, Placed { card, .. }) in &mut drawing.cards {
        let on_path = told.path.contains(id).then_some(STEPS - 1);
        if let Some(step) = on_path.or_else(|| told.processes.get(id).copied()) {
            let key = (card.body.as_ptr().addr(), step);
            let made = || [card.body.clone(), card.body.iter().map(|item| edged(item, step)).collect()];
            let [_, body] = bodies.entry(key).or_insert_with(made);
            Arc::make_mut(card).body = body.clone();
        }
    }
}

fn edged(item: &Item, step: u8) -> Item {
    match item {
        Item::Path {
            segments,
            fill,
            stroke: Some(Stroke { ink: Ink::CardEdge | Ink::CustomerEdge | Ink::SupplierEdge, .. }),
        } => {
            let stroke = Some(Stroke::solid(Ink::Step(step), 3.0));
            Item::Path { segments: segments.clone(), fill: *fill, stroke }
        }
        other => other.clone(),
    }
}

/// Makes everything else pale.
fn stand_out(drawing: &mut Drawing, subjects: &BTreeSet<Subject>) {
    for (id, placed) in &mut drawing.cards {
        if !subjects.contains(&Subject::Party(*id)) {
            let mut card = placed.card.mapped(|item| item.inked(pale));
            card.block = Ink::Pale;
            placed.card = Arc::new(card);
        }
    }
    for (id, arrow) in &mut drawing.arrows {
        if !subjects.contains(&Subject::Handoff(*id)) {
            let inked = |items: &[Item]| items.iter().map(|item| item.inked(pale)).collect();
            let shapes = arrow.shapes();
            let shapes = Shapes { line: inked(&shapes.line), label: inked(&shapes.label) };
            let mut faint = (**arrow).clone().drawn_as(shapes);
            faint.ink = Ink::Pale;
            *arrow = Arc::new(faint);
        }
    }
    let dim = |group: &Arc<Group>| match group.subject {
        Some(subject) if !subjects.contains(&subject) => {
            Arc::new(Group { items: group.items.iter().map(|item| item.inked(pale)).collect(), ..(**group).clone() })
        }
        _ => group.clone(),
    };
    drawing.behind = drawing.behind.iter().map(dim).collect();
}

/// What an ink becomes where it does not matter now.
fn pale(ink: Ink) -> Ink {
    match ink {
        Ink::Card | Ink::CustomerCard | Ink::SupplierCard | Ink::WarnSoft | Ink::Paper => Ink::Paper,
        Ink::Halo | Ink::Shadow => ink,
        _ => Ink::Pale,
    }
}
