//! Views as pictures: the steps of a presentation, and every view in every format.

use std::collections::{BTreeMap, BTreeSet};

use peel::export::{self, Extent, Page, Paper, Picture};
use peel::files::{format, samples};
use peel::geom::{Rect, pt};
use peel::model::{Document, Edit, Figure, IdGen, SavedView, Subject, ViewChoice, ViewKind};
use peel::scene::picture::PictureOptions;
use peel::scene::text::Fonts;
use peel::scene::{Ink, Item, Scene, Theme};
use peel::views::{self, Leaf, Look};

use crate::maps::{small, thirty};
use crate::seen::{bare, is_finite, texts};
use crate::{drawn, of};

fn leaf(document: &Document, choice: &ViewChoice, fonts: &Fonts) -> Leaf {
    views::leaf(
        &Look { document, choice, emphasis: &BTreeSet::new(), against: None },
        fonts,
        &PictureOptions::default(),
    )
}

fn words(scene: &Scene) -> String {
    let furniture = scene.groups.iter().filter(|group| group.subject.is_none());
    furniture.flat_map(|group| texts(&group.items)).map(|(_, text)| bare(text)).collect()
}

/// True for a line in the colour of a figure's step.
fn is_coloured(item: &Item) -> bool {
    matches!(item, Item::Path { stroke: Some(stroke), .. } if matches!(stroke.ink, Ink::Step(_)))
}

fn has_the_shape_of_a_screen(leaf: &Leaf) {
    let bounds = leaf.scene.bounds.expect("something to see");
    assert!((bounds.width() / bounds.height() - 16.0 / 9.0).abs() < 1e-3, "{}: {bounds:?}", leaf.title);
}

#[test]
fn every_view_is_a_picture_with_the_map_s_title_that_holds_all_it_paints() {
    let fonts = Fonts::bundled();
    for (name, document) in small() {
        for view in views::ALL {
            let made = leaf(&document, &of(view.kind), &fonts);
            let bounds = made.scene.bounds.expect("something to see");
            assert!(is_finite(&made.scene), "{name} {:?}", view.kind);
            assert!(words(&made.scene).contains(&bare(&document.info().title)), "{name} {:?}", view.kind);
            for group in &made.scene.groups {
                let texts: Vec<_> = texts(&group.items).collect();
                for (rect, text) in texts {
                    assert!(bounds.contains_rect(&rect), "{name} {:?}: “{text}” {rect:?}", view.kind);
                }
                assert!(group.bounds.is_none_or(|rect| bounds.contains_rect(&rect)), "{name} {:?}", view.kind);
            }
        }
    }
}

#[test]
fn a_figure_is_explained_on_every_picture_that_shows_it() {
    let (fonts, document) = (Fonts::bundled(), thirty());
    for kind in [ViewKind::Map, ViewKind::Chain, ViewKind::Onion, ViewKind::Lanes, ViewKind::Place] {
        for (figure, steps) in views::STEPS_SHOWN {
            let made = leaf(&document, &ViewChoice { figure: *figure, ..of(kind) }, &fonts);
            let words = words(&made.scene);
            assert!(words.contains(&bare(&format!("{}:", figure.title()))), "{kind:?} {figure:?}");
            assert!(steps.iter().all(|step| words.contains(&bare(step))), "{kind:?} {figure:?}");
            // Nothing is said of colours that are not there.
            assert!(!words.contains("Crossesaboundary"), "{kind:?} {figure:?}");
            if made.scene.groups.iter().flat_map(|group| &group.items).any(is_coloured) {
                assert!(!words.contains("Handoff"), "{kind:?} {figure:?}: {words}");
            }
        }
    }
    for kind in [ViewKind::Sipoc, ViewKind::List, ViewKind::Snowball, ViewKind::Timeline] {
        for (figure, steps) in views::STEPS_SHOWN {
            let words = words(&leaf(&document, &ViewChoice { figure: *figure, ..of(kind) }, &fonts).scene);
            assert!(words.contains(&bare(&format!("{}:", figure.title()))), "{kind:?} {figure:?}");
            assert!(steps.iter().all(|step| words.contains(&bare(step))), "{kind:?} {figure:?}");
        }
    }
    let made = leaf(&document, &ViewChoice { figure: Figure::Wait, ..of(ViewKind::Silos) }, &fonts);
    assert!(words(&made.scene).contains("thelargest"));
}

#[test]
fn without_saved_views_the_presentation_peels_the_onion() {
    let fonts = Fonts::bundled();
    for (name, mut document) in small() {
        let saved: Vec<Edit> = document.views().map(|(id, _)| Edit::RemoveView(id)).collect();
        document.apply(saved).expect("there");
        let layers = views::layers(&document, &of(ViewKind::Onion));
        let pages = views::presentation(&document, &fonts, &PictureOptions::default());
        assert_eq!(pages.len(), layers.last() + 1, "{name}");
        for (k, page) in pages.iter().enumerate() {
            has_the_shape_of_a_screen(page);
            assert_eq!(page.scene.bounds, pages[0].scene.bounds, "{name}: the picture stands still");
            let shown: BTreeSet<Subject> = page.scene.groups.iter().filter_map(|group| group.subject).collect();
            let parties = document.parties().map(|(id, _)| id).filter(|id| shown.contains(&Subject::Party(*id)));
            let is_last = k == layers.last();
            let wanted = document.parties().map(|(id, _)| id);
            let wanted = wanted.filter(|id| layers.of.get(id).map_or(is_last, |layer| *layer <= k));
            assert_eq!(parties.collect::<Vec<_>>(), wanted.collect::<Vec<_>>(), "{name} page {k}");
        }
    }
}

#[test]
fn saved_views_are_the_steps_of_the_presentation() {
    let (fonts, mut document, mut ids) = (Fonts::bundled(), thirty(), IdGen::new(9, 9));
    let desk = document.parties().find(|(_, p)| p.name == "Order desk").expect("there").0;
    let chain = drawn(&document, &of(ViewKind::Chain), &fonts);
    let area = chain.cards[&desk].rect().expand(150.0);
    let gone = Subject::Party(peel::model::PartyId::parse("nobody").expect("an id"));
    let view = |name: &str, rank, kind| SavedView { name: name.into(), rank, choice: of(kind), ..SavedView::default() };
    let views = [
        SavedView { notes: "Mind the gap".into(), ..view("Third", 7, ViewKind::Silos) },
        SavedView { area: Some(area), ..view("First", 1, ViewKind::Chain) },
        SavedView { emphasis: vec![Subject::Party(desk), gone], ..view("Second", 5, ViewKind::Lanes) },
        view("Last", u32::MAX, ViewKind::Sipoc),
    ];
    document.apply(views.map(|view| Edit::PutView(ids.make(), view)).to_vec()).expect("sound");
    let pages = views::presentation(&document, &fonts, &PictureOptions::default());
    assert_eq!(pages.iter().map(|page| &*page.title).collect::<Vec<_>>(), ["First", "Second", "Third", "Last"]);
    assert_eq!(pages[2].notes, "Mind the gap");
    for page in &pages {
        has_the_shape_of_a_screen(page);
        assert!(words(&page.scene).contains(&page.title), "{}", page.title);
    }
    let first: BTreeSet<Subject> = pages[0].scene.groups.iter().filter_map(|group| group.subject).collect();
    for (id, placed) in &chain.cards {
        assert_eq!(first.contains(&Subject::Party(*id)), area.intersects(&placed.rect()), "{}", document.name_of(*id));
    }
    let bounds = pages[0].scene.bounds.expect("something to see");
    assert!(bounds.contains_rect(&area) && bounds.width() < chain.bounds().width(), "only the area: {bounds:?}");
    for group in &pages[1].scene.groups {
        if let Some(Subject::Party(id)) = group.subject {
            let inks = group.items.iter().filter_map(|item| match item {
                Item::Text { ink, .. } => Some(*ink),
                _ => None,
            });
            // Paper is what stands in a filled mark, pale or not.
            let inks: Vec<Ink> = inks.filter(|ink| *ink != Ink::Paper).collect();
            assert!(!inks.is_empty() && inks.iter().all(|ink| (*ink == Ink::Pale) == (id != desk)), "{}", group.title);
        }
    }
}

#[test]
fn every_format_holds_every_view_of_the_samples() {
    let fonts = Fonts::bundled();
    for sample in &samples::ALL {
        let document = sample.open();
        let (map, details) = (format::write(&document), views::details(&document));
        let leaves: Vec<Leaf> = views::ALL.iter().map(|view| leaf(&document, &of(view.kind), &fonts)).collect();
        let pages: Vec<Page<'_>> =
            leaves.iter().map(|l| Page { scene: &l.scene, title: &l.title, notes: &l.notes }).collect();
        let picture = Picture {
            pages: &pages,
            details: &details,
            paper: Paper::Fit,
            fonts: &fonts,
            theme: Theme::Dark,
            transparent: false,
            extent: Extent::Width(240),
            title: &document.info().title,
            map: Some(&map),
            cancel: None,
        };
        for exporter in export::ALL {
            let out = std::path::Path::new("map").with_extension(exporter.extension);
            let files = export::files(exporter, &picture, &out).expect(exporter.id);
            let count = if exporter.has_pages { 1 } else { views::ALL.len() };
            assert_eq!(files.len(), count, "{} {}", sample.id, exporter.id);
            let different: BTreeMap<&[u8], &std::path::Path> =
                files.iter().map(|(path, bytes)| (&bytes[..], path.as_path())).collect();
            assert_eq!(different.len(), count, "{} {}: each view is another picture", sample.id, exporter.id);
            assert!(files.iter().all(|(_, bytes)| bytes.len() > 500), "{} {}", sample.id, exporter.id);
        }
    }
}

#[test]
fn an_area_far_from_everything_is_an_empty_page() {
    let (fonts, mut document) = (Fonts::bundled(), thirty());
    let far = Rect { min: pt(-90_000.0, -90_000.0), max: pt(-89_000.0, -89_900.0) };
    let view = SavedView { name: "Nowhere".into(), area: Some(far), choice: of(ViewKind::Map), ..SavedView::default() };
    document.apply(vec![Edit::PutView(IdGen::new(1, 1).make(), view)]).expect("sound");
    let pages = views::presentation(&document, &fonts, &PictureOptions::default());
    has_the_shape_of_a_screen(&pages[0]);
    assert!(pages[0].scene.groups.iter().all(|group| group.subject.is_none()));
}

#[test]
fn the_title_of_a_page_begins_at_its_left_and_a_long_name_of_a_lane_is_whole() {
    let (fonts, mut document) = (Fonts::bundled(), thirty());
    let long = "Operations, maintenance and everything else that keeps the halls running day and night";
    let mill = document.parties().find(|(_, p)| p.name == "Maintenance").expect("there");
    let party = peel::model::Party { department: long.into(), ..(**mill.1).clone() };
    let view = SavedView { name: "Lanes".into(), choice: of(ViewKind::Lanes), ..SavedView::default() };
    let down = SavedView {
        name: "Down".into(),
        rank: 1,
        choice: ViewChoice { flow: peel::model::Flow::Down, ..of(ViewKind::Chain) },
        ..SavedView::default()
    };
    let (mut ids, mill) = (IdGen::new(2, 2), mill.0);
    let views = [view, down].map(|view| Edit::PutView(ids.make(), view));
    document.apply(views.into_iter().chain([Edit::PutParty(mill, party)])).expect("sound");
    let pages = views::presentation(&document, &fonts, &PictureOptions::default());
    let lanes = drawn(&document, &of(ViewKind::Lanes), &fonts);
    let mut names = lanes.behind.iter().map(|lane| texts(&lane.items).map(|(_, text)| bare(text)).collect::<String>());
    assert!(names.any(|name| name == bare(long)));
    for page in &pages {
        let bounds = page.scene.bounds.expect("something to see");
        let all = page.scene.groups.iter().flat_map(|group| texts(&group.items));
        let (title, _) = all.into_iter().find(|(_, text)| *text == page.title).expect("a title");
        let share = (title.min.x - bounds.min.x) / bounds.width();
        assert!(share < 0.1, "{}: {share}", page.title);
    }
}
