//! What is laid over every view: layers that are not peeled yet, what stands out, and the figure that colours arrows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::figures::{self, Told, told};
use super::{Ask, compared, ground, layers, onion, upstream};
use crate::model::{Document, Figure, Subject, ViewKind};
use crate::scene::drawing::{Drawing, Placed};
use crate::scene::handoff::Shapes;
use crate::scene::theme::STEPS;
use crate::scene::{Group, Ink, Item, Stroke};

/// The drawing with layers, emphasis and colours as chosen, its words on the ground they stand on.
pub fn dressed(drawing: Drawing, ask: &Ask<'_>) -> Drawing {
    dressed_for(drawing, ask, ask.document)
}

/// The same, with figures over a whole map of which `ask` may show a part.
pub(super) fn dressed_for(mut drawing: Drawing, ask: &Ask<'_>, whole: &Document) -> Drawing {
    let choice = ask.choice;
    if drawing.layers.is_empty() {
        drawing.layers = layers(ask.document, choice).of;
    }
    if let Some(last) = choice.layers {
        peel(&mut drawing, ask.document, last);
    }
    if choice.figure != Figure::None {
        colour(&mut drawing, ask, whole);
    }
    drawing = stood_out(drawing, ask);
    compared::mark(&mut drawing, ask);
    ground::settle(&mut drawing);
    drawing
}

/// The drawing with emphasis and spotlight as chosen.
pub(super) fn stood_out(mut drawing: Drawing, ask: &Ask<'_>) -> Drawing {
    if !ask.emphasis.is_empty() {
        stand_out(&mut drawing, ask.emphasis);
    }
    if let Some(party) = ask.choice.spotlight.filter(|id| ask.document.party(*id).is_some()) {
        stand_out(&mut drawing, &upstream(ask.document, party));
    }
    drawing
}

/// Leaves out what lies further out than a layer, and what reaches no customer.
fn peel(drawing: &mut Drawing, document: &Document, last: usize) {
    let Drawing { cards, arrows, layers, behind, above, .. } = drawing;
    cards.retain(|id, _| layers.get(id).is_some_and(|layer| *layer <= last));
    arrows.retain(|id, _| {
        let ends = document.handoff(*id).map(|h| [h.supplier, h.customer]);
        ends.is_some_and(|ends| ends.into_iter().flatten().all(|end| cards.contains_key(&end)))
    });
    for groups in [behind, above] {
        groups.retain(|group| group.layer.is_none_or(|layer| layer <= last));
    }
}

fn colour(drawing: &mut Drawing, ask: &Ask<'_>, whole: &Document) {
    let told = told(whole, ask.choice);
    for (id, arrow) in &mut drawing.arrows {
        *arrow = Arc::new(arrow.tinted(figures::tint(told.steps.get(id).copied())));
    }
    if ask.choice.kind == ViewKind::Onion {
        onion::colour(drawing, ask, &told);
    }
    edge(drawing, &told);
    drawing.key.extend(figures::key(whole, ask.choice));
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
