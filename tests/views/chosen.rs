//! What a choice leaves in view: layers, what feeds a party, what a filter holds; against the words of the method.

use std::collections::{BTreeMap, BTreeSet};

use peel::analysis::{handoff_cost, report};
use peel::model::{
    Agreement, Document, Figure, Handoff, HandoffId, History, LayerMode, Operator, PartyId, PartyKind, Requirement,
    RequirementId, Subject, ViewChoice, ViewKind,
};
use peel::scene::text::Fonts;
use peel::scene::{Ink, Item};
use peel::views;

use crate::maps::{small, thirty};
use crate::seen::assert_is_sound;
use crate::{drawn, of};

/// The step of each handoff's figure as the words of its legend tell it; those of costs, shares of the loss, slack
/// and steps of the method from the report.
pub fn steps(document: &Document, choice: &ViewChoice) -> BTreeMap<HandoffId, u8> {
    let figure = choice.figure;
    let cost = |h: &Handoff| handoff_cost(document, h).yearly().total();
    let dearest = document.handoffs().filter_map(|(_, h)| cost(h)).fold(0.0, f64::max);
    let report = report(document);
    let customer = choice.customer_of(document);
    let customer = report.customers.iter().find(|figures| Some(figures.party) == customer);
    let part = |id: HandoffId, handoff: &Handoff| match figure {
        Figure::Cost => cost(handoff).map(|cost| if dearest > 0.0 { cost / dearest } else { 0.0 }),
        Figure::Loss => Some(customer?.quality.shares.iter().find(|share| share.handoff == id)?.share),
        Figure::Slack => {
            let whole = customer?.lead_time.hours.value.filter(|hours| *hours > 0.0)?;
            Some(customer?.timeline.legs.iter().find(|leg| leg.handoff == id)?.slack_h / whole)
        }
        _ => None,
    };
    let giver = |handoff: &Handoff| report.steps.iter().find(|of| Some(of.party) == handoff.supplier);
    let step = |id, handoff: &Handoff| {
        let part = part(id, handoff);
        match (figure, part) {
            (Figure::Loss, part) => {
                part.map(|part| [0.01, 0.05, 0.1, 0.2].into_iter().filter(|limit| part > *limit).count() as u8)
            }
            (Figure::Slack, part) => part.map(|part| match part {
                0.0..1e-12 => 4,
                0.0..=0.05 => 3,
                0.0..=0.15 => 2,
                0.0..=0.4 => 1,
                _ => 0,
            }),
            (Figure::Steps, _) => giver(handoff).map(|of| step_of_done(of.over())),
            _ => views::step_of(figure, handoff, document.info().hours_per_day, part),
        }
    };
    document.handoffs().filter_map(|(id, handoff)| Some((id, step(id, handoff)?))).collect()
}

/// How bad a process is by the number of its seven steps that are over: all, 5 or 6, 3 or 4, 1 or 2, none.
pub fn step_of_done(over: usize) -> u8 {
    [4, 3, 3, 2, 2, 1, 1, 0][over]
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
fn what_a_filter_leaves_keeps_the_figures_of_the_whole_map() {
    let (fonts, document) = (Fonts::bundled(), thirty());
    for figure in [Figure::Loss, Figure::Slack, Figure::Cost] {
        for customer in document.customers().map(|(id, _)| id) {
            let whole = ViewChoice { figure, customer: Some(customer), ..of(ViewKind::Chain) };
            let steps = steps(&document, &whole);
            let choice = ViewChoice { filter: "o".into(), ..whole };
            let drawing = drawn(&document, &choice, &fonts);
            assert!(!drawing.arrows.is_empty() && drawing.arrows.len() < document.handoffs_len());
            for (id, arrow) in &drawing.arrows {
                assert_eq!(arrow.ink, steps.get(id).map_or(Ink::Faint, |step| Ink::Step(*step)), "{figure:?}");
            }
        }
    }
}

#[test]
fn rings_and_cells_show_the_share_of_the_loss_they_take_and_the_least_slack() {
    let fonts = Fonts::bundled();
    let document = peel::files::samples::Sample::find("lab").expect("there").open();
    let rings = |figure| {
        let drawing = drawn(&document, &ViewChoice { figure, ..of(ViewKind::Onion) }, &fonts);
        let fill = |group: &peel::scene::Group| match group.items[..] {
            [Item::Path { fill, .. }] => fill,
            _ => None,
        };
        let mut rings: Vec<_> = drawing.behind.iter().map(|group| (group.layer, fill(group))).collect();
        rings.sort_unstable();
        rings.into_iter().map(|(_, fill)| fill.expect("a colour")).collect::<Vec<Ink>>()
    };
    // Each ring of the laboratory gives one handoff: shares 5.8, 23.6, 11.7, 29.6, 11.7 and 17.6 % from the inside.
    let wanted = [2, 4, 3, 4, 3, 3].map(Ink::Scale);
    assert_eq!(rings(Figure::Loss)[1..7], wanted);
    assert_eq!(rings(Figure::Slack)[1..7], [Ink::Scale(4); 6], "all of it is critical");
    assert_eq!(rings(Figure::Loss)[0], Ink::Ring(0), "the customer gives nothing");
    let words = |figure| {
        let drawing = drawn(&document, &ViewChoice { figure, ..of(ViewKind::Silos) }, &fonts);
        let texts = drawing.behind.iter().flat_map(|group| crate::seen::texts(&group.items));
        texts.map(|(_, text)| text.to_owned()).collect::<Vec<_>>()
    };
    assert!(words(Figure::Loss).iter().any(|text| text == "100 %"), "all that is given");
    assert!(words(Figure::Slack).iter().any(|text| text == "critical path"));
    let slack = drawn(&thirty(), &ViewChoice { figure: Figure::Slack, ..of(ViewKind::Silos) }, &fonts);
    let of_thirty: Vec<_> = slack.behind.iter().flat_map(|group| crate::seen::texts(&group.items)).collect();
    assert!(of_thirty.iter().any(|(_, text)| text.starts_with("slack ")), "{of_thirty:?}");
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
    for (share, step) in [(0.0, 0), (0.01, 0), (0.011, 1), (0.05, 1), (0.1, 2), (0.2, 3), (0.21, 4), (1.0, 4)] {
        assert_eq!(views::step_of(Figure::Loss, &with(&|_| ()), 8.0, Some(share)), Some(step), "{share}");
    }
    for (slack, step) in [(0.0, 4), (1e-15, 4), (0.01, 3), (0.05, 3), (0.06, 2), (0.15, 2), (0.4, 1), (0.41, 0)] {
        assert_eq!(views::step_of(Figure::Slack, &with(&|_| ()), 8.0, Some(slack)), Some(step), "{slack}");
    }
    for over in 0..=7 {
        let step = views::step_of(Figure::Steps, &with(&|_| ()), 8.0, Some(over as f64 / 7.0));
        assert_eq!(step, Some(step_of_done(over)), "{over} of 7");
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
