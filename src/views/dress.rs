//! What is laid over every view: layers that are not peeled yet, what stands out, and the figure that colours arrows.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Ask, figures, ground, layers, upstream};
use crate::model::{Document, Figure, Subject};
use crate::scene::drawing::Drawing;
use crate::scene::handoff::Arrow;
use crate::scene::{Group, Ink, Item};

/// The drawing with layers, emphasis and colours as chosen, its words on the ground they stand on.
pub fn dressed(mut drawing: Drawing, ask: &Ask<'_>) -> Drawing {
    let choice = ask.choice;
    if drawing.layers.is_empty() {
        drawing.layers = layers(ask.document, choice).of;
    }
    if let Some(last) = choice.layers {
        peel(&mut drawing, ask.document, last);
    }
    if choice.figure != Figure::None {
        colour(&mut drawing, ask.document, choice.figure);
    }
    if !ask.emphasis.is_empty() {
        stand_out(&mut drawing, ask.emphasis);
    }
    if let Some(party) = choice.spotlight.filter(|id| ask.document.party(*id).is_some()) {
        stand_out(&mut drawing, &upstream(ask.document, party));
    }
    ground::settle(&mut drawing);
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

fn colour(drawing: &mut Drawing, document: &Document, figure: Figure) {
    let steps = figures::steps(document, figure);
    for (id, arrow) in &mut drawing.arrows {
        *arrow = Arc::new(arrow.tinted(figures::tint(steps.get(id).copied())));
    }
    drawing.key.extend(figures::key(figure));
}

/// Makes everything else pale.
fn stand_out(drawing: &mut Drawing, subjects: &BTreeSet<Subject>) {
    for (id, placed) in &mut drawing.cards {
        if !subjects.contains(&Subject::Party(*id)) {
            let mut card = (*placed.card).clone();
            card.items = card.items.iter().map(|item| item.inked(pale)).collect();
            card.block = Ink::Pale;
            placed.card = Arc::new(card);
        }
    }
    for (id, arrow) in &mut drawing.arrows {
        if !subjects.contains(&Subject::Handoff(*id)) {
            let inked = |items: &[Item]| items.iter().map(|item| item.inked(pale)).collect();
            let (line, label) = (inked(&arrow.line), inked(&arrow.label));
            *arrow = Arc::new(Arrow { line, label, ink: Ink::Pale, ..(**arrow).clone() });
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
