//! What a choice leaves in view: layers, what feeds a party, what a filter holds; against the words of the method.

use std::collections::{BTreeMap, BTreeSet};

use peel::analysis::handoff_cost;
use peel::model::{
    Agreement, Document, Figure, Handoff, HandoffId, History, LayerMode, Operator, PartyId, PartyKind, Requirement,
    RequirementId, Subject, ViewChoice, ViewKind,
};
use peel::scene::Ink;
use peel::scene::text::Fonts;
use peel::views;

use crate::maps::{small, thirty};
use crate::seen::assert_is_sound;
use crate::{drawn, of};

/// The step of a handoff's figure, as the views tell it.
pub fn step(document: &Document, figure: Figure, id: HandoffId) -> Option<u8> {
    let cost = |h: &Handoff| handoff_cost(document, h).yearly().total();
    let dearest = document.handoffs().filter_map(|(_, h)| cost(h)).fold(0.0, f64::max);
    let handoff = document.handoff(id)?;
    let share = cost(handoff).filter(|_| figure == Figure::Cost).map(|c| if dearest > 0.0 { c / dearest } else { 0.0 });
    views::step_of(figure, handoff, document.info().hours_per_day, share)
}

/// Layers as the method says: external customers 0, all others one more than the nearest party they give to.
fn layers(document: &Document) -> BTreeMap<PartyId, usize> {
    let customers = document.parties().filter(|(_, p)| p.kind == PartyKind::Customer);
    let mut layers: BTreeMap<PartyId, usize> = customers.map(|(id, _)| (id, 0)).collect();
    loop {
        let before = layers.clone();
        for (from, to) in document.handoffs().filter(|(_, h)| h.is_forward()).filter_map(|(_, h)| h.ends()) {
            if let Some(further_in) = before.get(&to) {
                let layer = layers.entry(from).or_insert(usize::MAX);
                *layer = (*layer).min(further_in + 1);
            }
        }
        if layers == before {
            return layers;
        }
    }
}

fn handoffs_among(document: &Document, parties: &BTreeSet<PartyId>) -> BTreeSet<HandoffId> {
    let inside = |h: &Handoff| [h.supplier, h.customer].into_iter().flatten().all(|end| parties.contains(&end));
    document.handoffs().filter(|(_, h)| inside(h)).map(|(id, _)| id).collect()
}

#[test]
fn peeling_shows_the_layers_of_the_method_and_the_handoffs_among_them() {
    let fonts = Fonts::bundled();
    for (name, document) in small() {
        let layers = layers(&document);
        let last = layers.values().copied().max().unwrap_or(0);
        for view in views::ALL.iter().filter(|view| view.peels) {
            for k in 0..=last + 1 {
                let choice = ViewChoice { layers: Some(k), ..of(view.kind) };
                let drawing = drawn(&document, &choice, &fonts);
                let wanted: BTreeSet<PartyId> = layers.iter().filter(|(_, l)| **l <= k).map(|(id, _)| *id).collect();
                let shown: BTreeSet<PartyId> = drawing.cards.keys().copied().collect();
                assert_eq!(shown, wanted, "{name} {:?} to layer {k}", view.kind);
                let shown: BTreeSet<HandoffId> = drawing.arrows.keys().copied().collect();
                assert_eq!(shown, handoffs_among(&document, &wanted), "{name} {:?} to layer {k}", view.kind);
                let furniture = drawing.behind.iter().chain(&drawing.above).filter_map(|group| group.layer);
                assert!(furniture.into_iter().all(|layer| layer <= k), "{name} {:?} to layer {k}", view.kind);
                assert_is_sound(&drawing, &document, &choice, &name);
            }
        }
    }
}

#[test]
fn peeling_by_the_longest_way_shows_what_gives_only_further_in() {
    let (fonts, document) = (Fonts::bundled(), thirty());
    let whole = ViewChoice { mode: LayerMode::Longest, ..of(ViewKind::Onion) };
    let layers = views::layers(&document, &whole);
    for k in 0..=layers.last() {
        let drawing = drawn(&document, &ViewChoice { layers: Some(k), ..whole.clone() }, &fonts);
        assert!(drawing.cards.keys().all(|id| layers.of[id] <= k));
        assert_eq!(drawing.cards.len(), layers.of.values().filter(|l| **l <= k).count(), "{k}");
    }
    let centre = document.parties().find(|(_, p)| p.name == "Order desk").expect("there").0;
    let drawing = drawn(&document, &ViewChoice { centre: Some(centre), layers: Some(0), ..whole }, &fonts);
    assert_eq!(drawing.cards.keys().copied().collect::<Vec<_>>(), [centre]);
}

/// All that feeds a party, found the slow way.
fn feeds(document: &Document, party: PartyId) -> BTreeSet<Subject> {
    let mut found = BTreeSet::from([Subject::Party(party)]);
    loop {
        let before = found.len();
        for (id, handoff) in document.handoffs().filter(|(_, h)| h.is_forward()) {
            let Some(to) = handoff.customer else { continue };
            let ends_chain = to != party && document.party(to).is_some_and(|p| p.kind == PartyKind::Customer);
            if found.contains(&Subject::Party(to)) && !ends_chain {
                found.insert(Subject::Handoff(id));
                found.extend(handoff.supplier.map(Subject::Party));
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

#[test]
fn a_spotlight_dims_exactly_what_does_not_feed_the_party() {
    let fonts = Fonts::bundled();
    for (name, document) in small() {
        for (id, _) in document.parties() {
            let feeds = feeds(&document, id);
            assert_eq!(views::upstream(&document, id), feeds, "{name} {}", document.name_of(id));
            for kind in [ViewKind::Map, ViewKind::Place] {
                dims_the_rest(&document, &ViewChoice { spotlight: Some(id), centre: Some(id), ..of(kind) }, &feeds);
            }
        }
    }
    let document = thirty();
    let id = document.parties().find(|(_, p)| p.name == "Order desk").expect("there").0;
    for view in views::ALL.iter().filter(|view| view.peels) {
        dims_the_rest(&document, &ViewChoice { spotlight: Some(id), ..of(view.kind) }, &feeds(&document, id));
    }
    let nobody = PartyId::parse("nobody").expect("an id");
    let choice = ViewChoice { spotlight: Some(nobody), ..of(ViewKind::Chain) };
    assert_eq!(drawn(&document, &choice, &fonts), drawn(&document, &of(ViewKind::Chain), &fonts));
}

fn dims_the_rest(document: &Document, choice: &ViewChoice, bright: &BTreeSet<Subject>) {
    let fonts = Fonts::bundled();
    let drawing = drawn(document, choice, &fonts);
    let plain = drawn(document, &ViewChoice { spotlight: None, ..choice.clone() }, &fonts);
    for (id, placed) in &drawing.cards {
        let is_bright = bright.contains(&Subject::Party(*id));
        assert_eq!(placed.card.block != Ink::Pale, is_bright, "{choice:?} {}", document.name_of(*id));
        assert_eq!(*placed == plain.cards[id], is_bright, "{choice:?} {}", document.name_of(*id));
        assert_eq!((placed.place, placed.card.size), (plain.cards[id].place, plain.cards[id].card.size));
    }
    for (id, arrow) in &drawing.arrows {
        let is_bright = bright.contains(&Subject::Handoff(*id));
        assert_eq!(arrow.ink != Ink::Pale, is_bright, "{choice:?} {:?}", document.handoff(*id));
        assert_eq!(*arrow == plain.arrows[id], is_bright, "{choice:?} {:?}", document.handoff(*id));
    }
}

#[test]
fn a_filter_leaves_exactly_the_parties_that_match() {
    let (fonts, document) = (Fonts::bundled(), thirty());
    for filter in ["planning", " SALES ", "<b>r&d", "nobody is called this", "o"] {
        let wanted = filter.trim().to_lowercase();
        let has = |text: &str| text.to_lowercase().contains(&wanted);
        let wanted: BTreeSet<PartyId> =
            document.parties().filter(|(_, p)| has(&p.name) || has(&p.department)).map(|(id, _)| id).collect();
        for view in views::ALL.iter().filter(|view| view.peels) {
            let choice = ViewChoice { filter: filter.into(), ..of(view.kind) };
            let drawing = drawn(&document, &choice, &fonts);
            assert_eq!(drawing.cards.keys().copied().collect::<BTreeSet<_>>(), wanted, "{filter} {:?}", view.kind);
            let shown: BTreeSet<HandoffId> = drawing.arrows.keys().copied().collect();
            assert_eq!(shown, handoffs_among(&document, &wanted), "{filter} {:?}", view.kind);
            assert_is_sound(&drawing, &document, &choice, filter);
        }
    }
}

#[test]
fn steps_of_figures_begin_where_the_legend_says() {
    let with = |change: &dyn Fn(&mut Handoff)| {
        let mut handoff = Handoff::between(None, None, "it");
        change(&mut handoff);
        handoff
    };
    for (pct, step) in
        [(100.0, 0), (98.0, 0), (97.9, 1), (95.0, 1), (94.0, 2), (90.0, 2), (89.9, 3), (80.0, 3), (0.0, 4)]
    {
        let handoff = with(&|h| (h.complete_accurate_pct, h.on_time_pct) = (Some(pct), Some(pct)));
        for figure in [Figure::CompleteAccurate, Figure::OnTime] {
            assert_eq!(views::step_of(figure, &handoff, 8.0, None), Some(step), "{figure:?} {pct}");
        }
    }
    for (hours, step) in [(0.0, 0), (0.5, 0), (0.6, 1), (4.0, 1), (4.1, 2), (8.0, 2), (9.0, 3), (24.0, 3), (25.0, 4)] {
        let handoff = with(&|h| h.wait_h = Some(hours));
        assert_eq!(views::step_of(Figure::Wait, &handoff, 8.0, None), Some(step), "{hours} h");
    }
    for (share, step) in [(0.0, 0), (0.1, 0), (0.2, 1), (0.25, 1), (0.5, 2), (0.75, 3), (1.0, 4)] {
        assert_eq!(views::step_of(Figure::Cost, &with(&|_| ()), 8.0, Some(share)), Some(step), "{share}");
    }
    let agreed: Vec<Option<u8>> = Agreement::ALL
        .iter()
        .map(|state| views::step_of(Figure::Agreement, &with(&|h| h.agreement = *state), 8.0, None))
        .collect();
    assert_eq!(agreed, [None, Some(3), Some(2), Some(1), Some(0), Some(4)]);
    let scored = |must, passes: &[bool]| {
        let requirement = |(n, passes): (usize, &bool)| Requirement {
            operator: Some(Operator::AtLeast),
            target: Some(80.0),
            must,
            observations: History::of(if *passes { 90.0 } else { 10.0 }),
            ..Requirement::new(RequirementId::parse(&format!("r{n}")).expect("an id"), "")
        };
        let handoff = with(&|h| h.requirements = passes.iter().enumerate().map(requirement).collect());
        views::step_of(Figure::Score, &handoff, 8.0, None)
    };
    assert_eq!([scored(false, &[true]), scored(false, &[true, true, true, false])], [Some(0), Some(2)]);
    assert_eq!([scored(false, &[true, false]), scored(false, &[false])], [Some(3), Some(4)]);
    assert_eq!(scored(true, &[true, true, true, false]), Some(4), "a must failed");
    for figure in Figure::ALL {
        assert_eq!(views::step_of(figure, &with(&|_| ()), 8.0, None), None, "{figure:?} of what is unknown");
    }
}
