//! Every view of small, hostile and large maps: nothing collides, nothing is missing, and what is chosen is what is shown.

#[path = "views/charts.rs"]
mod charts;
#[path = "views/chosen.rs"]
mod chosen;
#[path = "views/maps.rs"]
mod maps;
#[path = "views/pages.rs"]
mod pages;
#[path = "views/random.rs"]
mod random;
#[path = "views/seen.rs"]
mod seen;

use std::collections::BTreeSet;

use maps::{five_hundred, small, thirty};
use peel::files::format;
use peel::model::{Document, Figure, Flow, LayerMode, PartyKind, Subject, ViewChoice, ViewKind};
use peel::scene::drawing::Drawing;
use peel::scene::picture::PictureOptions;
use peel::scene::text::Fonts;
use peel::scene::{Group, Ink, Item, Stroke};
use peel::views::{self, Ask, Look};
use seen::{all_texts, assert_is_sound, bare};

/// Draws a view without emphasis.
pub fn drawn(document: &Document, choice: &ViewChoice, fonts: &Fonts) -> Drawing {
    let nothing = BTreeSet::new();
    views::draw(&Ask { document, choice, fonts, is_live: false, emphasis: &nothing, before: None, against: None })
}

/// A view in the usual setting.
pub fn of(kind: ViewKind) -> ViewChoice {
    ViewChoice { kind, ..ViewChoice::default() }
}

/// Every view in the usual setting, and the settings that lay it out in another way.
fn arranged() -> Vec<ViewChoice> {
    let mut choices: Vec<ViewChoice> = views::ALL.iter().map(|view| of(view.kind)).collect();
    choices.push(ViewChoice { flow: Flow::Down, ..of(ViewKind::Chain) });
    choices.push(ViewChoice { mode: LayerMode::Longest, ..of(ViewKind::Onion) });
    choices
}

#[test]
fn nothing_collides_and_all_words_are_within_their_shapes() {
    let fonts = Fonts::bundled();
    for (name, document) in small() {
        for choice in arranged() {
            assert_is_sound(&drawn(&document, &choice, &fonts), &document, &choice, &name);
        }
        for (id, _) in document.parties() {
            for kind in [ViewKind::Place, ViewKind::Sipoc] {
                let choice = ViewChoice { centre: Some(id), ..of(kind) };
                assert_is_sound(&drawn(&document, &choice, &fonts), &document, &choice, &name);
            }
        }
        for (id, _) in document.parties().filter(|(_, p)| p.kind == PartyKind::Customer) {
            let choice = ViewChoice { centre: Some(id), ..of(ViewKind::Onion) };
            assert_is_sound(&drawn(&document, &choice, &fonts), &document, &choice, &name);
        }
    }
}

#[test]
fn chain_and_lanes_of_a_small_map_have_room_for_the_words_of_handoffs() {
    let fonts = Fonts::bundled();
    for (name, document) in small() {
        for kind in [ViewKind::Chain, ViewKind::Lanes] {
            let drawing = drawn(&document, &of(kind), &fonts);
            let worded = document.handoffs().filter(|(_, h)| !h.item.trim().is_empty()).count();
            let shown = drawing.arrows.values().filter(|arrow| arrow.has_words()).count();
            assert!(shown * 100 >= worded * 95, "{name} {kind:?}: {shown} of {worded}");
        }
    }
}

/// Every party's whole name, or every neighbour's or department's where the view is about those.
fn shows_all_names(document: &Document, fonts: &Fonts, name: &str) {
    for choice in arranged() {
        let drawing = drawn(document, &choice, fonts);
        let words = all_texts(&drawing, document);
        let says = |wanted: &str| {
            let wanted = bare(&Fonts::shown(wanted));
            assert!(words.iter().any(|text| text.contains(&wanted)), "{name} {choice:?}: “{wanted}”");
        };
        let named = |ids: &BTreeSet<_>| ids.iter().for_each(|id| says(&document.name_of(*id)));
        match choice.kind {
            ViewKind::Map | ViewKind::Chain | ViewKind::Onion | ViewKind::Lanes => {
                for (id, placed) in &drawing.cards {
                    let items: Vec<Item> = placed.card.items().collect();
                    let card: String = seen::texts(&items).map(|(_, text)| bare(text)).collect();
                    let wanted = bare(&Fonts::shown(&document.name_of(*id)));
                    assert!(card.contains(&wanted), "{name} {:?}: “{card}” is “{wanted}”", choice.kind);
                }
                assert_eq!(drawing.cards.len(), document.parties_len(), "{name} {choice:?}");
                assert_eq!(drawing.arrows.len(), document.handoffs_len(), "{name} {choice:?}");
                let titles: Vec<&str> = drawing.lanes.iter().filter_map(|lane| lane.department.as_deref()).collect();
                titles.into_iter().for_each(says);
            }
            ViewKind::Sipoc => {
                let process = |id: &_| document.party(*id).is_some_and(|p| p.kind == PartyKind::Process);
                let mut parties: BTreeSet<_> = document.parties().map(|(id, _)| id).filter(process).collect();
                let ends = document.handoffs().filter_map(|(_, h)| h.ends());
                parties.extend(ends.filter(|(a, b)| process(a) || process(b)).flat_map(|(a, b)| [a, b]));
                named(&parties);
            }
            ViewKind::Silos => {
                let departments = document.parties().map(|(_, p)| &p.department);
                departments.for_each(|department| says(department.trim()));
            }
            ViewKind::List => {
                named(&document.handoffs().flat_map(|(_, h)| [h.supplier, h.customer]).flatten().collect());
                document.handoffs().for_each(|(_, h)| says(h.item.trim()));
            }
            ViewKind::Place => {}
            // Charts name whom they are about, and everybody on them; see `charts`.
            ViewKind::Snowball | ViewKind::Timeline => {
                says(&document.name_of(choice.customer_of(document).expect("a customer")));
                let groups = drawing.groups(document, None);
                groups.iter().filter(|group| group.subject.is_some()).for_each(|group| match group.subject {
                    // A wait is told by its length.
                    Some(Subject::Handoff(_)) if choice.kind == ViewKind::Timeline => {}
                    _ => says(&group.title),
                });
            }
        }
    }
}

#[test]
fn every_name_can_be_read_in_full() {
    let fonts = Fonts::bundled();
    for (name, document) in small() {
        shows_all_names(&document, &fonts, &name);
        for (id, _) in document.parties() {
            let choice = ViewChoice { centre: Some(id), ..of(ViewKind::Place) };
            let words = all_texts(&drawn(&document, &choice, &fonts), &document);
            let ends = document.handoffs_of(id).flat_map(|(_, h)| [h.supplier, h.customer]).flatten();
            for end in ends.chain([id]) {
                let wanted = bare(&Fonts::shown(&document.name_of(end)));
                assert!(words.iter().any(|text| text.contains(&wanted)), "{name}: “{wanted}”");
            }
        }
    }
}

#[test]
fn a_view_depends_on_the_map_alone() {
    let (fonts, again) = (Fonts::bundled(), Fonts::bundled());
    for (name, document) in small() {
        let text = format::write(&document);
        let turned = format::read(maps::turned(&text).as_bytes()).expect("the same map").document;
        assert_eq!(document, format::read(text.as_bytes()).expect("sound").document);
        for choice in arranged() {
            let drawing = drawn(&document, &choice, &fonts);
            assert_eq!(drawn(&document, &choice, &again), drawing, "{name} {choice:?}: drawn twice");
            assert_eq!(drawn(&turned, &choice, &fonts), drawing, "{name} {choice:?}: records in another order");
        }
    }
}

#[test]
fn everything_that_can_be_asked_for_has_a_title_and_its_layer() {
    let fonts = Fonts::bundled();
    for (name, document) in small() {
        for choice in arranged() {
            let drawing = drawn(&document, &choice, &fonts);
            let layers = views::layers(&document, &choice).of;
            let groups = drawing.groups(&document, None);
            for group in &groups {
                let Some(subject) = group.subject else { continue };
                assert!(!group.title.trim().is_empty(), "{name} {choice:?} {subject:?}");
                let of = |id| layers.get(&id).copied().or(Some(Group::APART));
                let layer = match subject {
                    Subject::Party(id) => of(id),
                    Subject::Handoff(id) => {
                        let handoff = document.handoff(id).expect("there");
                        [handoff.supplier, handoff.customer].into_iter().flatten().filter_map(of).max()
                    }
                };
                if views::of(choice.kind).peels {
                    assert_eq!(group.layer, layer, "{name} {choice:?} {}", group.title);
                }
            }
            let subjects: BTreeSet<Subject> = groups.iter().filter_map(|group| group.subject).collect();
            let only: BTreeSet<Subject> = subjects.iter().copied().take(3).collect();
            let left = drawing.groups(&document, Some(&only));
            let left: BTreeSet<Subject> = left.iter().filter_map(|group| group.subject).collect();
            assert_eq!(left, only, "{name} {choice:?}");
        }
    }
}

/// Cards are as they were, but for an edge: of the critical path when slack is shown, of every process in the colour of its
/// steps when those are.
fn edges_alone_differ(drawing: &Drawing, plain: &Drawing, document: &Document, choice: &ViewChoice) {
    let customer = choice.customer_of(document);
    let report = peel::analysis::report(document);
    let path = report.customers.iter().find(|c| Some(c.party) == customer).map(|c| &c.lead_time.parties);
    assert_eq!(drawing.cards.len(), plain.cards.len());
    for (id, placed) in &drawing.cards {
        let before = &plain.cards[id];
        let edge = match choice.figure {
            Figure::Slack => path.is_some_and(|path| path.contains(id)).then_some(4),
            Figure::Steps => report.steps.iter().find(|of| of.party == *id).map(|of| chosen::step_of_done(of.over())),
            _ => None,
        };
        assert_eq!((placed.place, placed.card.size), (before.place, before.card.size), "{choice:?}");
        assert_eq!(placed.card != before.card, edge.is_some(), "{choice:?} {}", document.name_of(*id));
        let ink = |item: Item| match item {
            Item::Path { stroke: Some(Stroke { ink: Ink::Step(step), .. }), .. } => Some(step),
            _ => None,
        };
        let edges: Vec<u8> = placed.card.items().filter_map(ink).collect();
        assert_eq!(edges, Vec::from_iter(edge), "{choice:?} {}", document.name_of(*id));
    }
}

#[test]
fn figures_colour_arrows_and_say_so_and_nothing_else_changes() {
    let (fonts, document) = (Fonts::bundled(), thirty());
    for kind in [ViewKind::Map, ViewKind::Chain, ViewKind::Onion, ViewKind::Lanes, ViewKind::Place] {
        let plain = drawn(&document, &of(kind), &fonts);
        for figure in Figure::ALL.into_iter().filter(|figure| *figure != Figure::None) {
            let choice = ViewChoice { figure, ..of(kind) };
            let drawing = drawn(&document, &choice, &fonts);
            edges_alone_differ(&drawing, &plain, &document, &choice);
            let steps = chosen::steps(&document, &choice);
            assert!(drawing.key.len() > plain.key.len() && drawing.key.len() >= 6, "{kind:?} {figure:?}");
            for (id, arrow) in &drawing.arrows {
                assert_eq!((&arrow.path, arrow.label_area), (&plain.arrows[id].path, plain.arrows[id].label_area));
                let wanted = steps.get(id).map_or(Ink::Faint, |step| Ink::Step(*step));
                assert_eq!(arrow.ink, wanted, "{kind:?} {figure:?} {:?}", document.handoff(*id));
            }
        }
    }
}

#[test]
fn tables_and_charts_have_a_stripe_in_the_colour_of_a_figure_and_nothing_else_changes() {
    let (fonts, document) = (Fonts::bundled(), thirty());
    let report = peel::analysis::report(&document);
    for kind in [ViewKind::Sipoc, ViewKind::List, ViewKind::Snowball, ViewKind::Timeline] {
        let plain = drawn(&document, &of(kind), &fonts);
        for figure in Figure::ALL.into_iter().filter(|figure| *figure != Figure::None) {
            let choice = ViewChoice { figure, ..of(kind) };
            let drawing = drawn(&document, &choice, &fonts);
            let steps = chosen::steps(&document, &choice);
            let customer = report.customers.iter().find(|c| Some(c.party) == choice.customer_of(&document));
            let path = customer.map(|c| &c.lead_time.parties);
            assert!(drawing.key.len() >= plain.key.len() + 6, "{kind:?} {figure:?}");
            assert_eq!((drawing.behind.len(), &drawing.above), (plain.behind.len(), &plain.above));
            for (group, before) in drawing.behind.iter().zip(&plain.behind) {
                let wanted = match group.subject {
                    None => None,
                    Some(Subject::Handoff(id)) => Some(steps.get(&id).map_or(Ink::Faint, |step| Ink::Step(*step))),
                    Some(Subject::Party(id)) => match figure {
                        Figure::Slack => path.is_some_and(|path| path.contains(&id)).then_some(Ink::Step(4)),
                        Figure::Steps => {
                            let of = report.steps.iter().find(|of| of.party == id);
                            of.map(|of| Ink::Step(chosen::step_of_done(of.over())))
                        }
                        _ => None,
                    },
                };
                let (same, stripe) = group.items.split_at(before.items.len());
                assert_eq!(same, before.items, "{kind:?} {figure:?}");
                let ink = |item: &Item| if let Item::Rect { fill, .. } = item { *fill } else { None };
                let inks: Vec<Ink> = stripe.iter().filter_map(ink).collect();
                assert_eq!(inks, Vec::from_iter(wanted), "{kind:?} {figure:?} {}", group.title);
                // Nothing is written below it.
                let stripes =
                    stripe.iter().filter_map(|i| if let Item::Rect { rect, .. } = i { Some(*rect) } else { None });
                for (rect, (text, words)) in stripes.flat_map(|r| seen::texts(&group.items).map(move |t| (r, t))) {
                    assert!(!rect.intersects(&text), "{kind:?} {figure:?}: “{words}”");
                }
            }
        }
    }
}

#[test]
fn five_hundred_parties_are_shown_without_a_collision() {
    let (fonts, document) = (Fonts::bundled(), five_hundred());
    for view in views::ALL {
        let choice = of(view.kind);
        let drawing = drawn(&document, &choice, &fonts);
        assert_is_sound(&drawing, &document, &choice, "500 parties");
        if view.peels {
            assert_eq!((drawing.cards.len(), drawing.arrows.len()), (500, document.handoffs_len()), "{choice:?}");
        }
        for (id, placed) in &drawing.cards {
            let items: Vec<Item> = placed.card.items().collect();
            let card: String = seen::texts(&items).map(|(_, text)| bare(text)).collect();
            assert!(card.contains(&bare(&document.name_of(*id))), "{choice:?}: “{card}”");
        }
        if view.kind == ViewKind::Chain {
            assert_eq!(drawn(&document, &choice, &fonts), drawing, "drawn twice");
        }
    }
}

#[test]
fn an_empty_map_has_empty_views() {
    let (fonts, document, nothing) = (Fonts::bundled(), Document::default(), BTreeSet::new());
    for choice in arranged() {
        assert!(drawn(&document, &choice, &fonts).cards.is_empty());
        let look = Look { document: &document, choice: &choice, emphasis: &nothing, against: None };
        let leaf = views::leaf(&look, &fonts, &PictureOptions::default());
        assert!(seen::is_finite(&leaf.scene), "{choice:?}");
    }
}
