//! What a handoff spoils further on, shown while the pointer is on it and the loss is what colours the view.

use std::collections::BTreeSet;

use egui::{Painter, Stroke};

use super::Canvas;
use super::paint::color;
use crate::analysis::{Spoiled, spoils};
use crate::app::cx::Cx;
use crate::app::words::{count, percent};
use crate::model::{Document, Figure, HandoffId, Subject, ViewKind};
use crate::scene::Ink;

/// What the handoff under the pointer spoils, worked out when the pointer comes to it.
#[derive(Debug, Default)]
pub struct Seen {
    of: Option<(Document, HandoffId)>,
    parties: BTreeSet<Subject>,
    handoffs: BTreeSet<Subject>,
}

impl Canvas {
    /// Works out what the handoff under the pointer spoils.
    pub fn look_downstream(&mut self, cx: &Cx<'_>) {
        let shows = cx.view.figure == Figure::Loss || cx.view.kind == ViewKind::Snowball;
        let hovered = match self.hovered {
            Some(Subject::Handoff(id)) if shows => id,
            _ => {
                self.downstream = Seen::default();
                return;
            }
        };
        let known = self.downstream.of.as_ref();
        if known.is_some_and(|(document, id)| *id == hovered && document.has_same_chain(cx.document())) {
            return;
        }
        let Spoiled { parties, handoffs } = spoils(cx.document(), hovered);
        self.downstream = Seen {
            of: Some((cx.document().clone(), hovered)),
            parties: parties.into_iter().map(Subject::Party).collect(),
            handoffs: handoffs.into_iter().map(Subject::Handoff).collect(),
        };
    }

    /// Outlines what is spoiled.
    pub fn paint_downstream(&self, painter: &Painter, cx: &Cx<'_>) {
        let ink = color(cx.theme, Ink::Bad).gamma_multiply(0.75);
        for (spoiled, width) in [(&self.downstream.handoffs, 1.2), (&self.downstream.parties, 2.0)] {
            let stroke = Stroke::new(width, ink);
            self.outline_rows(painter, stroke, |of| spoiled.contains(&of));
            for subject in spoiled {
                self.outline_placed(painter, *subject, stroke, cx);
            }
        }
    }

    /// What there is to say of the handoff under the pointer: its share of the loss, and whom it spoils.
    pub fn downstream_in_words(&self, cx: &Cx<'_>) -> Option<String> {
        let (_, id) = self.downstream.of.as_ref()?;
        let figures = cx.customer();
        let share = figures.and_then(|figures| figures.quality.shares.iter().find(|share| share.handoff == *id));
        let mut words = Vec::new();
        if let (Some(share), Some(figures)) = (share, figures) {
            let name = cx.document().name_of(figures.party);
            words.push(format!("{} of what is lost on the way to {name}", percent(share.share)));
        }
        words.push(match self.downstream.parties.len() {
            0 => "not critical: its failure spoils nothing further on".to_owned(),
            n => format!("its failure spoils what {} get further on", count(n, "party", "parties")),
        });
        Some(words.join(" · "))
    }
}
