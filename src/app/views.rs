//! Which view is shown and how it is set: everything a person can change about it.

use std::collections::BTreeSet;

use super::App;
use super::action::Action;
use crate::model::{
    Document, Edit, Flow, LayerMode, PartyId, PartyKind, SavedView, Subject, ViewChoice, ViewId, ViewKind, ops,
};
use crate::views;

impl App {
    /// Which view is shown, and how it is set.
    pub fn view(&self) -> &ViewChoice {
        &self.view
    }

    /// Shows another view, or the same set otherwise.
    pub(super) fn look_at(&mut self, choice: ViewChoice) {
        self.editor.end_gesture();
        self.view = choice;
    }

    /// Shows a kind of view, for what is selected where the view is about one party.
    pub(super) fn look_at_kind(&mut self, kind: ViewKind) {
        let mut choice = ViewChoice { kind, centre: None, ..self.view.clone() };
        choice.centre = match kind {
            ViewKind::Place => self.party_at_hand(),
            ViewKind::Onion => self.view.centre.filter(|_| self.view.kind == ViewKind::Onion),
            _ => None,
        };
        self.look_at(choice);
    }

    /// The selected party, or an end of the selected handoff, or the first process of the map.
    fn party_at_hand(&self) -> Option<PartyId> {
        let document = self.editor.document();
        let selected = match self.editor.selection().single() {
            Some(Subject::Party(id)) => Some(id),
            Some(Subject::Handoff(id)) => document.handoff(id).and_then(|h| h.customer.or(h.supplier)),
            None => self.editor.selection().parties().next(),
        };
        let process = || document.parties().find(|(_, p)| p.kind == PartyKind::Process).map(|(id, _)| id);
        selected.or(self.view.centre.filter(|id| document.party(*id).is_some())).or_else(process)
    }

    pub(super) fn turn_flow(&mut self) {
        let flow = if self.view.flow == Flow::Right { Flow::Down } else { Flow::Right };
        self.look_at(ViewChoice { flow, ..self.view.clone() });
    }

    pub(super) fn count_layers_otherwise(&mut self) {
        let mode = if self.view.mode == LayerMode::Nearest { LayerMode::Longest } else { LayerMode::Nearest };
        self.look_at(ViewChoice { mode, ..self.view.clone() });
    }

    /// Shows one layer more or fewer.
    pub(super) fn peel(&mut self, more: bool) {
        let layers = peeled(self.editor.document(), &self.view, more);
        self.look_at(ViewChoice { layers, ..self.view.clone() });
    }

    /// The selected party and all that feeds it stand out; again, and nothing does.
    pub(super) fn spotlight(&mut self) {
        let party = match self.editor.selection().single() {
            Some(Subject::Party(id)) => Some(id),
            Some(Subject::Handoff(id)) => self.editor.document().handoff(id).and_then(|h| h.customer),
            None => None,
        };
        let spotlight = party.filter(|_| self.view.spotlight != party);
        self.look_at(ViewChoice { spotlight, ..self.view.clone() });
    }

    /// The selection stands out and the rest is dimmed; without a selection, or again, nothing is.
    pub(super) fn emphasise(&mut self) {
        let selected: BTreeSet<Subject> = self.editor.selection().iter().collect();
        self.emphasis = if self.emphasis == selected { BTreeSet::new() } else { selected };
    }

    /// Nothing is filtered, peeled, dimmed or coloured.
    pub(super) fn look_plainly(&mut self) {
        let ViewChoice { kind, flow, mode, centre, .. } = self.view;
        self.emphasis.clear();
        self.look_at(ViewChoice { kind, flow, mode, centre, ..ViewChoice::default() });
    }

    /// Keeps what is shown: as a new saved view, or in the place of one.
    pub(super) fn keep_view(&mut self, over: Option<ViewId>) {
        let document = self.editor.document();
        let emphasis = self.emphasis.iter().copied().collect();
        let (choice, area) = (self.view.clone(), self.canvas.area_seen());
        match over.and_then(|id| Some((id, document.view(id)?))) {
            Some((id, old)) => {
                let renewed = SavedView { choice, area, emphasis, ..(**old).clone() };
                self.edit("renew view", vec![Edit::PutView(id, renewed)], None);
            }
            None => {
                let name = name_for(document, &choice);
                let saved = SavedView { name: name.clone(), choice, area, emphasis, ..SavedView::default() };
                let edits = ops::save_view(document, &mut self.ids.borrow_mut(), saved);
                self.edit("keep view", edits, None);
                self.session.open_step = self.editor.document().views_in_order().last().map(|(id, _)| *id);
                self.session.steps = true;
                self.session.focus_steps = true;
                self.say(format!("Kept “{name}”: a step of the presentation."));
            }
        }
    }

    /// Puts the selected party into the centre of the onion.
    pub(super) fn centre_on_selection(&mut self) {
        let centre = self.editor.selection().single_party();
        let kind = if self.view.kind == ViewKind::Place { ViewKind::Place } else { ViewKind::Onion };
        self.look_at(ViewChoice { kind, centre, layers: None, ..self.view.clone() });
    }

    /// Turns what the view shows into the map's own places: one step.
    pub(super) fn use_as_positions(&mut self) {
        let document = self.editor.document();
        let drawing = self.canvas.at_rest();
        let place = |id: PartyId| Some((id, drawing.cards.get(&id)?.place));
        let places: Vec<_> = document.parties().filter_map(|(id, _)| place(id)).collect();
        let edits = places.into_iter().map(|(id, p)| Edit::Place(id, crate::geom::pt(p.x.round(), p.y.round())));
        let edits: Vec<Edit> = edits.collect();
        let label = format!("use the {} as positions", self.view.kind.title().to_lowercase());
        self.edit(label, edits, None);
        self.look_at(ViewChoice { kind: ViewKind::Map, filter: String::new(), ..self.view.clone() });
        self.canvas.fit_all();
        self.say("The map stands as in the view; undo takes it back.");
    }
}

/// What a kept view is called until somebody says otherwise.
fn name_for(document: &Document, choice: &ViewChoice) -> String {
    let mut name = choice.kind.title().to_owned();
    if let Some(centre) = choice.centre {
        name += &format!(" of {}", document.name_of(centre));
    }
    if let Some(layers) = choice.layers {
        name += &format!(" to layer {layers}");
    }
    if let Some(spotlight) = choice.spotlight {
        name += &format!(": what feeds {}", document.name_of(spotlight));
    }
    name
}

/// The layers to show when one more (or fewer) is to be seen; `None` is all of them.
pub(super) fn peeled(document: &Document, choice: &ViewChoice, more: bool) -> Option<usize> {
    let layers = views::layers(document, choice);
    // Showing all of them shows, last, what reaches no customer.
    let all = layers.last() + usize::from(layers.of.len() < document.parties_len());
    let now = choice.layers.unwrap_or(all);
    if more { Some(now + 1).filter(|layer| *layer < all) } else { Some(now.saturating_sub(1)) }
}

/// A wish for the view that is shown, set otherwise.
pub(super) fn wish(choice: ViewChoice) -> Action {
    Action::View(Box::new(choice))
}
